// Builtins on code and namespaces: eval, exec, compile, globals, locals, vars, dir, __import__.
#include "runtime/script/code.hpp"

#include <algorithm>
#include <string>

#include "runtime/base/text.hpp"
#include "runtime/script/builtins/builtins.hpp"
#include "runtime/script/frame.hpp"
#include "runtime/script/interpreter_parts.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;
using eval::FunctionCode;

namespace {

const Name kBuiltinsName("__builtins__");

// Compiled from a text that is no file: tracebacks show no line of it.
Value without_lines(Value code) {
    if (code) cast<FunctionCode>(code)->source->lines.clear();
    return code;
}

// The innermost frame of a script; null if none runs.
Frame* script_frame() {
    Frame* frame = g_thread.frame;
    while (frame && !eval::is_script_frame(frame)) frame = frame->back;
    return frame;
}

Value current_locals() {
    Frame* frame = script_frame();
    return frame ? eval::frame_locals(frame) : raise(errors::SystemError, "frame does not exist");
}

Value globals(const Value*) {
    Frame* frame = script_frame();
    return frame ? Value::share(frame->globals) : none();
}
Value locals(const Value*) {
    return current_locals();
}

Value vars(const Value* a) {
    static const Name dict("__dict__");
    if (!a[0]) return current_locals();
    Value found = find_attribute(a[0], dict);
    if (found || has_raised()) return found;
    return raise(errors::TypeError, "vars() argument must have __dict__ attribute");
}

Value sorted_list(const Value& names) {
    Ref<List> list = names ? list_from(names) : Ref<List>();
    return list && sort_list(list.get(), Value(), false) ? Value(list) : Value();
}

Value dir(const Value* a) {
    static const Name dunder("__dir__"), keys("keys");
    if (!a[0]) {
        const Value namespace_ = current_locals();
        return namespace_ ? sorted_list(call_method(namespace_, keys)) : Value();
    }
    const Value method = find_special(a[0], dunder);
    if (!method)
        return has_raised() ? Value() : raise(errors::TypeError, "object does not provide __dir__");
    return sorted_list(call(method));
}

// ---- eval, exec, compile

struct Namespaces {
    Ref<Dict> globals;
    Value locals;  // empty: the globals
};

// The namespaces code runs in, from the arguments; false: pending.
bool choose_namespaces(const char* name, const Value& globals_argument,
                       const Value& locals_argument, Namespaces& out) {
    const bool has_globals = globals_argument && !is_none(globals_argument);
    const bool has_locals = locals_argument && !is_none(locals_argument);
    const bool exec = name[1] == 'x';
    const auto refuse = [&](const char* evals, const char* execs, const Value& given) {
        raise(errors::TypeError, exec ? cat(execs, type_name(given)) : std::string(evals));
        return false;
    };
    if (has_locals && !locals_argument.type()->slots.get_item)
        return refuse("locals must be a mapping", "locals must be a mapping or None, not ",
                      locals_argument);
    if (has_globals) {
        if (!is<Dict>(globals_argument))
            return refuse("globals must be a dict", "exec() globals must be a dict, not ",
                          globals_argument);
        out.globals = Ref<Dict>::share(cast<Dict>(globals_argument));
        out.locals = has_locals ? locals_argument : Value();
    } else {
        Frame* frame = script_frame();
        if (!frame) return raise(errors::SystemError, "globals and locals cannot be NULL"), false;
        out.globals = Ref<Dict>::share(frame->globals);
        out.locals = has_locals ? locals_argument : eval::frame_locals(frame);
        if (!out.locals) return false;
    }
    if (out.locals.is(out.globals.get())) out.locals = Value();
    return true;
}

// The text of a source argument; false: pending.
bool source_text(const Value& source, const char* name, const char* what, std::string& out) {
    std::string_view bytes;
    if (const Str* text = as<Str>(source))
        out = text->view();
    else if (bytes_view(source, bytes))
        out = bytes;
    else
        return raise(errors::TypeError, cat(name, "() arg 1 must be a ", what)), false;
    if (out.find('\0') == std::string::npos) return true;
    return raise(errors::SyntaxError, "source code string cannot contain null bytes"), false;
}

Value run(const Value& source, const Namespaces& where, const char* name, CompileMode mode,
          const Value& closure) {
    Value code = source;
    if (!is<FunctionCode>(source)) {
        std::string text;
        if (!source_text(source, name, "string, bytes or code object", text)) return {};
        if (mode == CompileMode::Expression)
            text.erase(0, std::min(text.find_first_not_of(" \t"), text.size()));
        code = without_lines(eval::compile_text(text, "<string>", mode, false));
        if (!code) return {};
    }
    auto* body = cast<FunctionCode>(code);
    const size_t needed = body->free_names.size();
    const Tuple* cells = closure ? as<Tuple>(closure) : nullptr;
    if (needed && !cells)
        return raise(errors::TypeError,
                     cat("code object passed to ", name, "() may not contain free variables"));
    return eval::run_code(body, where.globals.get(), where.locals, cells);
}

Value eval_builtin(const Value* a) {
    Namespaces where;
    if (!choose_namespaces("eval", a[1], a[2], where)) return {};
    return run(a[0], where, "eval", CompileMode::Expression, Value());
}

Value exec_builtin(const Value* a) {
    Namespaces where;
    if (!choose_namespaces("exec", a[1], a[2], where)) return {};
    const Value result =
        run(a[0], where, "exec", CompileMode::Module, a[3] && !is_none(a[3]) ? a[3] : Value());
    return result ? none() : Value();
}

bool compile_mode(const Value& mode, int64_t flags, CompileMode& out) {
    constexpr int64_t kAllowTopLevelAwait = 0x2000;
    const std::string_view name = is<Str>(mode) ? cast<Str>(mode)->view() : std::string_view();
    if (name == "exec")
        out = flags & kAllowTopLevelAwait ? CompileMode::ModuleAwait : CompileMode::Module;
    else if (name == "eval")
        out = CompileMode::Expression;
    else if (name == "single")
        out = CompileMode::Interactive;
    else
        return raise(errors::ValueError, "compile() mode must be 'exec', 'eval' or 'single'"),
               false;
    return true;
}

// (source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)
Value compile_builtin(const Value* a) {
    std::string text;
    int64_t flags = 0;
    CompileMode mode;
    if (a[3] && !to_index(a[3], flags)) return {};
    if (!compile_mode(a[2], flags, mode)) return {};
    if (is<FunctionCode>(a[0])) return a[0];
    if (!source_text(a[0], "compile", "string, bytes or AST object", text)) return {};
    std::string_view filename;
    if (is<Str>(a[1]))
        filename = cast<Str>(a[1])->view();
    else if (!bytes_view(a[1], filename))
        return raise(errors::TypeError,
                     cat("expected str, bytes or os.PathLike object, not ", type_name(a[1])));
    if (mode == CompileMode::Expression)
        text.erase(0, std::min(text.find_first_not_of(" \t"), text.size()));
    return without_lines(eval::compile_text(text, filename, mode, true));
}

// (name, globals=None, locals=None, fromlist=(), level=0)
Value import_builtin(const Value* a) {
    if (!is<Str>(a[0])) return raise(errors::TypeError, "module name must be a string");
    int64_t level = 0;
    if (a[4] && !to_index(a[4], level)) return {};
    if (level < 0) return raise(errors::ValueError, "level must be >= 0");
    const std::string_view name = cast<Str>(a[0])->view();
    if (name.empty() && level == 0) return raise(errors::ValueError, "Empty module name");
    const int leaf = a[3] ? truth(a[3]) : 0;
    if (leaf < 0) return {};
    Dict* where = a[1] ? as<Dict>(a[1]) : nullptr;
    if (!where && script_frame()) where = script_frame()->globals;
    const Ref<Dict> empty = where ? Ref<Dict>::share(where) : make_dict();
    const Value module = eval::import_name(name, empty.get(), static_cast<uint32_t>(level), leaf);
    if (!module || !leaf) return module;
    // Names that are modules of the package are imported; others are the caller's affair.
    const bool done = for_each(a[3], [&](const Value& item) {
        if (!is<Str>(item) || cast<Str>(item)->view() == "*") return true;
        const Value found = eval::import_from(module, intern(cast<Str>(item)->view()));
        return found || clear_raised_if(errors::ImportError);
    });
    return done ? module : Value();
}

Value breakpoint_builtin(const Value*) {
    return raise(
        errors::RuntimeError,
        "breakpoint() needs a terminal with a debugger; step through the recording instead");
}

constexpr NativeMethod kFunctions[] = {
    {"globals", globals, "()", MethodKind::Function},
    {"locals", locals, "()", MethodKind::Function},
    {"vars", vars, "(object=None, /)", MethodKind::Function},
    {"dir", dir, "(object=None, /)", MethodKind::Function},
    {"eval", eval_builtin, "(source, /, globals=None, locals=None)", MethodKind::Function},
    {"exec", exec_builtin, "(source, /, globals=None, locals=None, *, closure=None)",
     MethodKind::Function},
    {"compile", compile_builtin,
     "(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
     MethodKind::Function},
    {"__import__", import_builtin, "(name, globals=None, locals=None, fromlist=(), level=0)",
     MethodKind::Function},
    {"breakpoint", breakpoint_builtin, "(*args, **kws)", MethodKind::Function},
};

}  // namespace

std::span<const NativeMethod> code_builtins() {
    return kFunctions;
}

}  // namespace loopglass::script
