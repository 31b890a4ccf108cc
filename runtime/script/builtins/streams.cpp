// print, input and open.
#include <algorithm>
#include <string>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/script/builtins/builtins.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

const Name kStdout("stdout"), kStdin("stdin"), kOriginal("__stdout__"), kWrite("write"),
    kFlush("flush"), kReadline("readline");

// What sys holds under a name; null if sys or the name is gone.
const Value* sys_entry(Str* name) {
    if (!g_host || !g_host->sys) return nullptr;
    return dict_find(cast<Module>(g_host->sys)->dict.get(), name);
}

// The program's own standard output, not one a script has put in its place.
bool is_machine_output(const Value& file) {
    const Value* original = sys_entry(kOriginal);
    return loop::g_machine && original && file.is(*original);
}

// Texts that print() calls under way have put together and not yet written. A str() of theirs may
// print in turn: what they have goes out first.
std::vector<std::string*> g_open_prints;

void write_out(std::string& text) {
    if (text.empty()) return;
    std::string out;
    out.swap(text);
    loop::g_machine->write(trace::Stream::Stdout, out);
}

// The text of one print() call, listed for as long as it lives.
class OpenPrint {
public:
    OpenPrint() { g_open_prints.push_back(&text); }
    ~OpenPrint() {
        write_out(text);
        g_open_prints.erase(std::find(g_open_prints.begin(), g_open_prints.end(), &text));
    }
    OpenPrint(const OpenPrint&) = delete;
    OpenPrint& operator=(const OpenPrint&) = delete;
    std::string text;
};

// Separator or end of print(); empty and pending if it is neither str nor None.
Value text_option(const Value& option, const char* name, const char* missing) {
    if (!option || is_none(option)) return make_str(missing);
    if (is<Str>(option)) return option;
    return raise(errors::TypeError,
                 cat(name, " must be None or a string, not ", type_name(option)));
}

Value print_to_machine(const Tuple& items, const Value& separator, const Value& end) {
    flush_open_prints();
    OpenPrint out;
    for (size_t i = 0; i < items.size; ++i) {
        if (i) out.text += cast<Str>(separator)->view();
        const Ref<Str> text = str(items[i]);
        if (!text) return {};
        out.text += text->view();
    }
    out.text += cast<Str>(end)->view();
    return none();
}

Value print_to_file(const Value& file, const Tuple& items, const Value& separator,
                    const Value& end) {
    for (size_t i = 0; i < items.size; ++i) {
        if (i && !call_method(file, kWrite, &separator, 1)) return {};
        const Value text = str(items[i]);
        if (!text || !call_method(file, kWrite, &text, 1)) return {};
    }
    return call_method(file, kWrite, &end, 1) ? none() : Value();
}

// (*args, sep=' ', end='\n', file=None, flush=False)
Value print(const Value* a) {
    Value file = a[3] && !is_none(a[3]) ? a[3] : Value();
    if (!file) {
        const Value* standard = sys_entry(kStdout);
        if (!standard) return raise(errors::RuntimeError, "lost sys.stdout");
        if (is_none(*standard)) return none();
        file = *standard;
    }
    const Value separator = text_option(a[1], "sep", " ");
    const Value end = separator ? text_option(a[2], "end", "\n") : Value();
    if (!end) return {};
    const Tuple& items = *cast<Tuple>(a[0]);
    if (is_machine_output(file)) return print_to_machine(items, separator, end);
    if (!print_to_file(file, items, separator, end)) return {};
    const int flush = a[4] ? truth(a[4]) : 0;
    if (flush < 0 || (flush && !call_method(file, kFlush))) return {};
    return none();
}

// Standard input is empty unless a script has put something in its place.
Value input(const Value* a) {
    const Value *source = sys_entry(kStdin), *out = sys_entry(kStdout);
    if (!source || is_none(*source)) return raise(errors::RuntimeError, "input(): lost sys.stdin");
    if (!out || is_none(*out)) return raise(errors::RuntimeError, "input(): lost sys.stdout");
    const Value file = *out, reader = *source;
    if (a[0]) {
        const Value prompt = str(a[0]);
        if (!prompt || !call_method(file, kWrite, &prompt, 1)) return {};
    }
    const Value line = call_method(reader, kReadline);
    if (!line) return {};
    if (!is<Str>(line)) return raise(errors::TypeError, "object.readline() returned non-string");
    std::string_view text = cast<Str>(line)->view();
    if (text.empty()) return raise(errors::EOFError, "EOF when reading a line");
    if (text.back() == '\n') text.remove_suffix(1);
    return make_str(text);
}

// Files are module _io's.
Value open_builtin(const Value* a) {
    static const Name open("open");
    const Value module = import_module("_io");
    const Value function = module ? get_attribute(module, open) : Value();
    if (!function) return {};
    const Tuple& positional = *cast<Tuple>(a[0]);
    std::vector<Value> items(positional.items(), positional.items() + positional.size);
    std::vector<Value> names;
    if (const Dict* keywords = a[1] ? cast<Dict>(a[1]) : nullptr)
        for (uint32_t i = 0; i < keywords->used; ++i)
            if (keywords->entries[i].key) {
                names.push_back(keywords->entries[i].key);
                items.push_back(keywords->entries[i].value);
            }
    const Ref<Tuple> named = make_tuple(std::span<const Value>(names));
    return call(function,
                Args{items.data(), positional.size, names.empty() ? nullptr : named.get()});
}

constexpr NativeMethod kFunctions[] = {
    {"print", print, "(*args, sep=' ', end='\\n', file=None, flush=False)", MethodKind::Function},
    {"input", input, "(prompt='', /)", MethodKind::Function},
    {"open", open_builtin, "(*args, **kwargs)", MethodKind::Function},
};

}  // namespace

std::span<const NativeMethod> stream_builtins() {
    return kFunctions;
}

void flush_open_prints() {
    for (std::string* text : g_open_prints) write_out(*text);
}

}  // namespace loopglass::script
