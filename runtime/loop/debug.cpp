#include "runtime/loop/debug.hpp"

#include <algorithm>

#include "runtime/loop/future.hpp"
#include "runtime/loop/handle.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {

namespace {

// A captured stack is the text of its entries; its last "File" line says where.
[[nodiscard]] std::string last_place(const Value& stack) {
    if (!stack) return {};
    const std::string_view text = cast<Str>(stack)->view();
    const size_t file = text.rfind("  File \"");
    if (file == std::string_view::npos) return {};
    const size_t name = file + 8, name_end = text.find('"', name);
    const size_t line = text.find("line ", name_end) + 5;
    return cat(" created at ", text.substr(name, name_end - name), ":",
               text.substr(line, text.find_first_of(",\n", line) - line));
}

void add(const Ref<Dict>& context, const Value& stack) {
    if (stack) dict_set(context.get(), intern("source_traceback"), stack);
}

}  // namespace

Value capture_stack(const char* library) {
    std::vector<std::string> entries;
    for (const Frame* frame = g_thread.frame; frame; frame = frame->back) {
        if (!frame->code || !frame->at) continue;
        std::string entry = cat("  File \"", frame->code->filename->view(), "\", line ",
                                frame->at->line, ", in ", frame->code->name->view(), "\n");
        if (frame->code->source_line) {
            std::string_view source = frame->code->source_line(frame->code, frame->at->line);
            const size_t start = source.find_first_not_of(" \t");
            if (start != std::string_view::npos) entry += cat("    ", source.substr(start), "\n");
        }
        entries.push_back(std::move(entry));
    }
    std::string text;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) text += *entry;
    if (library) {
        const std::string_view place = library;
        const size_t colon = place.rfind(':');
        text += cat("  File \"<lib>/asyncio/", place.substr(0, colon), "\", line ",
                    place.substr(colon + 1), "\n");
    }
    return make_str(text);
}

std::string created_at_text(const Handle* handle) {
    return last_place(handle->source_traceback);
}
std::string created_at_text(const Future* future) {
    return last_place(future->source_traceback);
}
void add_source_traceback(const Ref<Dict>& context, const Handle* handle) {
    add(context, handle->source_traceback);
}
void add_source_traceback(const Ref<Dict>& context, const Future* future) {
    add(context, future->source_traceback);
}

}  // namespace loopglass::loop
