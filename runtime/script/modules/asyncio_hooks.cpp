// What the loop floor asks of the interpreter: imports, warnings, logging.
#include "runtime/loop/executor.hpp"
#include "runtime/loop/library_place.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/signals.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using loop::call_method_named;

namespace {

[[nodiscard]] Value import_attribute(std::string_view module_name, std::string_view name) {
    const Value module = import_module(module_name);
    return module ? get_attribute(module, intern(name)) : Value();
}

// The frame a warning is about: `level` 1 is the innermost script function.
[[nodiscard]] const Frame* frame_at(int level) {
    const Frame* frame = g_thread.frame;
    for (; frame && level > 1; --level) frame = frame->back;
    return frame;
}

// Where a warning is said to come from.
struct Place {
    Value file, line, module;
    Dict* globals;  // whose registry remembers what was told already; may be null
};

[[nodiscard]] Place place_in_script(const Frame* frame) {
    // Outside any frame the module sys stands for the place, its registry included.
    Place place{make_str("<sys>"), make_int(frame && frame->at ? frame->at->line : 0),
                make_str("sys"),
                frame         ? frame->globals
                : g_host->sys ? cast<Module>(g_host->sys)->dict.get()
                              : nullptr};
    if (frame && frame->code) place.file = Value(frame->code->filename);
    if (place.globals)
        if (const Value* name = dict_find(place.globals, intern("__name__"))) place.module = *name;
    return place;
}

[[nodiscard]] Place place_in_library(const loop::LibraryPlace& its) {
    Str* const module = intern(base::cat("asyncio.", its.module));
    const Value* known = dict_find(g_host->modules.get(), module);
    return {make_str(base::cat("<lib>/asyncio/", its.module, ".py")), make_int(its.line),
            Value::share(module),
            known && is<Module>(*known) ? cast<Module>(*known)->dict.get() : nullptr};
}

[[nodiscard]] bool issue_warning(Type* category, std::string_view message, int level,
                                 const Value& source) {
    if (!g_host->modules) {  // the interpreter has ended
        loop::g_machine->write(trace::Stream::Stderr,
                               base::cat("sys:1: ", category->name->view(), ": ", message, "\n"));
        return true;
    }
    const Value warnings = import_module("warnings");
    if (!warnings) return false;
    const loop::LibraryPlace* library = level == 1 ? loop::InLibrary::now() : nullptr;
    const Place place = library ? place_in_library(*library) : place_in_script(frame_at(level));
    Value registry = none();
    if (place.globals) {
        Str* const name = intern("__warningregistry__");
        if (!dict_find(place.globals, name)) dict_set(place.globals, name, make_dict());
        registry = *dict_find(place.globals, name);
    }
    return static_cast<bool>(call_method_named(
        warnings, "warn_explicit",
        {make_str(message), Value::share(category), place.file, place.line, place.module, registry},
        {{"source", g_host->finalizing ? none() : loop::or_none(source)}}));
}

// The global `logger` of base_events, if a test has put one there; else the logger 'asyncio'.
[[nodiscard]] Value its_logger(const Value& logging) {
    if (const Value* module = dict_find(g_host->modules.get(), intern("asyncio.base_events")))
        if (const Value* own = dict_find(cast<Module>(*module)->dict.get(), intern("logger")))
            return *own;
    const Value name = make_str("asyncio");
    return call_method(logging, intern("getLogger"), &name, 1);
}

[[nodiscard]] std::string_view level_method(loop::LogAs level) {
    switch (level) {
        case loop::LogAs::Debug:
            return "debug";
        case loop::LogAs::Info:
            return "info";
        case loop::LogAs::Warning:
            return "warning";
        case loop::LogAs::Error:
            return "error";
    }
    return "error";
}

// logging.getLogger('asyncio').error(message, exc_info=exception), if anybody imported
// logging; what its last resort prints otherwise.
void log_message(loop::LogAs level, std::string_view message, const Value& exception) {
    const bool ended = !g_host->modules;
    const Value* logging = ended ? nullptr : dict_find(g_host->modules.get(), intern("logging"));
    if (!logging) {
        if (level < loop::LogAs::Warning) return;
        std::string text = base::cat(message, "\n");
        if (exception) text += format_exception(exception);
        if (ended) return loop::g_machine->write(trace::Stream::Stderr, text);
        const Value* sys_err =
            g_host->sys ? dict_find(cast<Module>(g_host->sys)->dict.get(), intern("stderr"))
                        : nullptr;
        const Value line = make_str(text);
        if (!sys_err || !call_method(*sys_err, intern("write"), &line, 1)) clear_raised();
        return;
    }
    const Value logger = its_logger(*logging);
    Value exc_info = boolean(false);
    if (exception) {
        const Value traceback = seen_from(cast<Exception>(exception)->traceback);
        exc_info =
            make_tuple({Value::share(exception.type()), exception, loop::or_none(traceback)});
    }
    if (!logger || !call_method_named(logger, level_method(level), {make_str(message)},
                                      {{"exc_info", exc_info}}))
        clear_raised();
}

}  // namespace

void install_loop_hooks() {
    loop::g_import = &import_attribute;
    loop::g_warn = &issue_warning;
    loop::g_log = &log_message;
}

}  // namespace loopglass::script
