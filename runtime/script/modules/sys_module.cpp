// sys: the interpreter as scripts see it, and the three standard streams.
#include <cmath>
#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/script/modules/sizes.hpp"
#include "runtime/script/modules/standard_stream.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/namespace.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/struct_sequence.hpp"
#include "runtime/value/traceback.hpp"
#include "runtime/value/unraisable.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

Name kStdout("stdout"), kStderr("stderr"), kUnderscore("_"), kDisplayhook("displayhook"),
    kExcepthook("excepthook");

// ---- exceptions
// ---------------------------------------------------------------------------------------

Value handled() {
    return g_thread.handled ? g_thread.handled : none();
}

Value sys_exc_info(const Value*) {
    const Value exception = handled();
    if (is_none(exception)) return make_tuple({none(), none(), none()});
    const Value traceback = seen_from(cast<Exception>(exception)->traceback);
    return make_tuple({Value::share(exception.type()), exception, traceback ? traceback : none()});
}
Value sys_exception(const Value*) {
    return handled();
}

Value sys_exit(const Value* a) {
    return a[0] && !is_none(a[0]) ? raise_with(errors::SystemExit, {a[0]})
                                  : raise_with(errors::SystemExit, {});
}

bool write_to(Str* stream_name, std::string_view text) {
    static Name write("write");
    const Value* stream = dict_find(cast<Module>(g_host->sys)->dict.get(), stream_name);
    if (!stream || is_none(*stream)) return true;
    const Value argument = make_str(text);
    return static_cast<bool>(call_method(Value(*stream), write, &argument, 1));
}

Value sys_excepthook(const Value* a) {
    if (!is<Exception>(a[1]))
        return raise(errors::TypeError, cat("print_exception(): Exception expected for value, ",
                                            type_name(a[1]), " found"));
    return write_to(kStderr, format_exception(a[1])) ? none() : Value{};
}

Value sys_displayhook(const Value* a) {
    if (is_none(a[0])) return none();
    const Ref<Str> text = repr(a[0]);
    if (!text || !write_to(kStdout, cat(text->view(), "\n"))) return {};
    static Name builtins("builtins");
    if (const Value* module = dict_find(g_host->modules.get(), builtins))
        dict_set(cast<Module>(*module)->dict.get(), kUnderscore, a[0]);
    return none();
}

Value sys_unraisablehook(const Value* a) {
    static Name exc_value("exc_value"), object("object");
    const Value error = get_attribute(a[0], exc_value);
    const Value where = error ? get_attribute(a[0], object) : Value{};
    if (!error || !where) return {};
    auto* const hook = std::exchange(g_unraisable_hook, nullptr);  // it is the one to write
    write_unraisable(error, is_none(where) ? Value{} : where);
    g_unraisable_hook = hook;
    return none();
}

// What the interpreter itself cannot raise goes to the script's own hook, if it has set one.
bool ask_unraisable_hook(const Value& error, const Value& where) {
    static Name hook_name("unraisablehook"), own_name("__unraisablehook__");
    if (!g_host || !g_host->sys) return false;
    Dict* names = cast<Module>(g_host->sys)->dict.get();
    const Value *hook = dict_find(names, hook_name), *own = dict_find(names, own_name);
    if (!hook || !own || hook->is(*own)) return false;
    static Type* type = define_struct_sequence(
        "UnraisableHookArgs", {"exc_type", "exc_value", "exc_traceback", "err_msg", "object"});
    const Value& traceback = cast<Exception>(error)->traceback;
    const Value items[] = {Value::share(error.type()), error, traceback ? traceback : none(),
                           none(), where ? where : none()};
    const Value called = Value(*hook);
    if (!call(called, make_struct_sequence(type, items))) clear_raised();
    return true;
}

// ---- limits and facts
// -----------------------------------------------------------------------------------

Value sys_getrecursionlimit(const Value*) {
    return make_int(g_thread.recursion_limit);
}

Value sys_setrecursionlimit(const Value* a) {
    int64_t limit = 0;
    if (!to_index(a[0], limit)) return {};
    if (limit < 1)
        return raise(errors::ValueError, "recursion limit must be greater or equal than 1");
    if (limit <= g_thread.depth)
        return raise(errors::RecursionError,
                     cat("cannot set the recursion limit to ", limit, " at the recursion depth ",
                         g_thread.depth, ": the limit is too low"));
    g_thread.recursion_limit = static_cast<uint32_t>(std::min<int64_t>(limit, 1'000'000));
    return none();
}

Value sys_intern(const Value* a) {
    if (!is_exact<Str>(a[0]))
        return raise(errors::TypeError, cat("can't intern ", type_name(a[0])));
    return Value::share(intern(cast<Str>(a[0])->view()));
}

Value sys_getsizeof(const Value* a) {
    static Name sizeof_name("__sizeof__");
    const Type* type = a[0].type();
    // A script's own __sizeof__ counts without the collector's header.
    for (const Type* owner : type->mro_types)
        if (owner->has(kHeapType) && dict_find(owner->dict.get(), sizeof_name)) {
            int64_t own;
            const Value answer = call_method(a[0], sizeof_name);
            return answer && to_index(answer, own) ? make_int(own + 16) : Value();
        }
    return make_int(cpython_size(a[0]));
}
Value sys_getrefcount(const Value* a) {
    return make_int(a[0].is_object() ? a[0].object()->refs : 1);
}
Value sys_getdefaultencoding(const Value*) {
    return make_str("utf-8");
}
double g_switch_interval = 0.005;  // only told, never used: nothing is preempted
Value sys_getswitchinterval(const Value*) {
    return make_float(g_switch_interval);
}
Value sys_setswitchinterval(const Value* a) {
    double interval;
    if (!to_double(a[0], interval)) return {};
    if (interval <= 0)
        return raise(errors::ValueError, "switch interval must be strictly positive");
    g_switch_interval = interval;
    return none();
}
Value sys_set_int_max_str_digits(const Value* a) {
    int64_t digits;
    if (!to_index(a[0], digits)) return {};
    constexpr int64_t kLeast = 640;  // _PY_LONG_MAX_STR_DIGITS_THRESHOLD
    if (digits != 0 && (digits < kLeast || digits > INT32_MAX))
        return raise(errors::ValueError, "maxdigits must be 0 or larger than 640");
    g_int_max_str_digits = static_cast<uint32_t>(digits);
    return none();
}
Value sys_is_finalizing(const Value*) {
    return boolean(g_host->finalizing);
}
Value sys_gettrace(const Value*) {
    return none();
}
Value sys_settrace(const Value* a) {
    if (is_none(a[0])) return none();
    return raise(errors::NotImplementedError,
                 "trace functions are not supported here: the recording shows every line");
}
Value sys_get_int_max_str_digits(const Value*) {
    return make_int(g_int_max_str_digits);
}

Frame* frame_at(int64_t depth) {
    Frame* frame = g_thread.frame;
    while (frame && depth > 0) frame = frame->back, --depth;
    return frame;
}

Value sys_getframe(const Value* a) {
    int64_t depth = 0;
    if (a[0] && !to_index(a[0], depth)) return {};
    Frame* frame = frame_at(depth);
    if (!frame || !g_host->frame_object)
        return raise(errors::ValueError, "call stack is not deep enough");
    return g_host->frame_object(frame);
}

Value sys_getframemodulename(const Value* a) {
    static Name name("__name__");
    int64_t depth = 0;
    if (a[0] && !to_index(a[0], depth)) return {};
    Frame* frame = frame_at(depth);
    const Value* module = frame && frame->globals ? dict_find(frame->globals, name) : nullptr;
    return module ? *module : none();
}

constexpr NativeMethod kFunctions[] = {
    {"exc_info", sys_exc_info, "()", MethodKind::Function},
    {"exception", sys_exception, "()", MethodKind::Function},
    {"exit", sys_exit, "(status=None, /)", MethodKind::Function},
    {"excepthook", sys_excepthook, "(exctype, value, traceback, /)", MethodKind::Function},
    {"__excepthook__", sys_excepthook, "(exctype, value, traceback, /)", MethodKind::Function},
    {"displayhook", sys_displayhook, "(object, /)", MethodKind::Function},
    {"__displayhook__", sys_displayhook, "(object, /)", MethodKind::Function},
    {"unraisablehook", sys_unraisablehook, "(unraisable, /)", MethodKind::Function},
    {"__unraisablehook__", sys_unraisablehook, "(unraisable, /)", MethodKind::Function},
    {"getrecursionlimit", sys_getrecursionlimit, "()", MethodKind::Function},
    {"setrecursionlimit", sys_setrecursionlimit, "(limit, /)", MethodKind::Function},
    {"intern", sys_intern, "(string, /)", MethodKind::Function},
    {"getsizeof", sys_getsizeof, "(object, default=None)", MethodKind::Function},
    {"getrefcount", sys_getrefcount, "(object, /)", MethodKind::Function},
    {"getdefaultencoding", sys_getdefaultencoding, "()", MethodKind::Function},
    {"getfilesystemencoding", sys_getdefaultencoding, "()", MethodKind::Function},
    {"getswitchinterval", sys_getswitchinterval, "()", MethodKind::Function},
    {"setswitchinterval", sys_setswitchinterval, "(interval, /)", MethodKind::Function},
    {"set_int_max_str_digits", sys_set_int_max_str_digits, "(maxdigits)", MethodKind::Function},
    {"is_finalizing", sys_is_finalizing, "()", MethodKind::Function},
    {"gettrace", sys_gettrace, "()", MethodKind::Function},
    {"getprofile", sys_gettrace, "()", MethodKind::Function},
    {"settrace", sys_settrace, "(function, /)", MethodKind::Function},
    {"setprofile", sys_settrace, "(function, /)", MethodKind::Function},
    {"get_int_max_str_digits", sys_get_int_max_str_digits, "()", MethodKind::Function},
    {"_getframe", sys_getframe, "(depth=0, /)", MethodKind::Function},
    {"_getframemodulename", sys_getframemodulename, "(depth=0)", MethodKind::Function},
};

Value make_namespace(std::initializer_list<std::pair<const char*, Value>> fields) {
    const Value out = call(Value::share(SimpleNamespace::type));
    for (const auto& [name, content] : fields)
        if (out) static_cast<void>(set_attribute(out, intern(name), content));
    return out;
}

// A struct sequence of its own type, as CPython's sys holds them.
Value make_info(const char* name, std::initializer_list<const char*> fields,
                std::initializer_list<Value> values) {
    Type* type = define_struct_sequence(name, fields);
    return make_struct_sequence(type, {values.begin(), values.size()});
}

Value make_version_info() {
    static Type* type = define_struct_sequence(
        "sys.version_info", {"major", "minor", "micro", "releaselevel", "serial"});
    const Value items[] = {make_int(3), make_int(13), make_int(0), make_str("final"), make_int(0)};
    return make_struct_sequence(type, items);
}

void add_numbers(const Value& module) {
    module_set(module, "maxsize", make_int(INT64_MAX));
    module_set(module, "maxunicode", make_int(0x10FFFF));
    static const Value float_info = make_info(
        "sys.float_info",
        {"max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig",
         "epsilon", "radix", "rounds"},
        {make_float(1.7976931348623157e308), make_int(1024), make_int(308),
         make_float(2.2250738585072014e-308), make_int(-1021), make_int(-307), make_int(15),
         make_int(53), make_float(2.220446049250313e-16), make_int(2), make_int(1)});
    static const Value int_info = make_info(
        "sys.int_info",
        {"bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"},
        {make_int(30), make_int(4), make_int(4300), make_int(640)});
    static const Value hash_info = make_info(
        "sys.hash_info",
        {"width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"},
        {make_int(64), make_int((int64_t{1} << 61) - 1), make_int(314159), make_int(0),
         make_int(1000003), make_str("siphash13"), make_int(64), make_int(128), make_int(0)});
    module_set(module, "float_info", float_info);
    module_set(module, "int_info", int_info);
    module_set(module, "hash_info", hash_info);
}

void add_identity(const Value& module) {
    module_set(module, "version", make_str("3.13.0 (Loopglass)"));
    module_set(module, "hexversion", make_int(0x030D00F0));
    module_set(module, "api_version", make_int(1013));
    module_set(module, "version_info", make_version_info());
    module_set(module, "platform", make_str("linux"));
    module_set(module, "byteorder", make_str("little"));
    module_set(module, "copyright", make_str("Loopglass runs this script on a simulated machine."));
    module_set(module, "executable", make_str("/usr/bin/loopglass"));
    module_set(module, "prefix", make_str("/usr"));
    module_set(module, "base_prefix", make_str("/usr"));
    module_set(module, "exec_prefix", make_str("/usr"));
    module_set(module, "base_exec_prefix", make_str("/usr"));
    module_set(module, "platlibdir", make_str("lib"));
    module_set(module, "abiflags", make_str(""));
    module_set(module, "float_repr_style", make_str("short"));
    module_set(module, "dont_write_bytecode", boolean(true));
    module_set(module, "implementation",
               make_namespace({{"name", make_str("cpython")},
                               {"cache_tag", make_str("cpython-313")},
                               {"version", make_version_info()}}));
    module_set(module, "flags",
               make_namespace({{"debug", make_int(0)},
                               {"optimize", make_int(0)},
                               {"interactive", make_int(0)},
                               {"verbose", make_int(0)},
                               {"dev_mode", boolean(false)},
                               {"utf8_mode", make_int(0)},
                               {"hash_randomization", make_int(0)},
                               {"ignore_environment", make_int(0)},
                               {"isolated", make_int(0)}}));
}

}  // namespace

Value make_module_sys() {
    g_unraisable_hook = &ask_unraisable_hook;
    Value module = make_native_module("sys", kFunctions);
    g_host->sys = module;
    module_set(module, "modules", g_host->modules);
    Ref<List> argv = make_list({make_str(g_host->script_name)});
    for (const std::string& argument : g_host->arguments) argv->items.push_back(make_str(argument));
    module_set(module, "argv", argv);
    module_set(module, "orig_argv", argv);
    module_set(module, "path", make_list({make_str(g_host->files.working_directory())}));
    module_set(module, "meta_path", make_list());
    module_set(module, "path_hooks", make_list());
    module_set(module, "warnoptions", make_list());
    module_set(module, "builtin_module_names", make_tuple({make_str("builtins"), make_str("sys")}));
    for (const char* name : {"stdin", "__stdin__"})
        module_set(module, name, standard_stream(StandardStream::In));
    for (const char* name : {"stdout", "__stdout__"})
        module_set(module, name, standard_stream(StandardStream::Out));
    for (const char* name : {"stderr", "__stderr__"})
        module_set(module, name, standard_stream(StandardStream::Err));
    add_numbers(module);
    add_identity(module);
    return module;
}

}  // namespace loopglass::script
