// Module _signal: handlers and raise_signal on the simulated machine.
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/signals.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/script/modules/registry.hpp"

namespace loopglass::script {

using namespace loop;  // a file of bindings
namespace errors = loop::errors;

namespace {

struct SignalName {
    const char* name;
    int number;
    const char* description;
};
constexpr SignalName kNames[] = {
    {"SIGHUP", 1, "Hangup"},
    {"SIGINT", 2, "Interrupt"},
    {"SIGQUIT", 3, "Quit"},
    {"SIGILL", 4, "Illegal instruction"},
    {"SIGABRT", 6, "Aborted"},
    {"SIGFPE", 8, "Floating point exception"},
    {"SIGKILL", 9, "Killed"},
    {"SIGUSR1", 10, "User defined signal 1"},
    {"SIGSEGV", 11, "Segmentation fault"},
    {"SIGUSR2", 12, "User defined signal 2"},
    {"SIGPIPE", 13, "Broken pipe"},
    {"SIGALRM", 14, "Alarm clock"},
    {"SIGTERM", 15, "Terminated"},
    {"SIGCHLD", 17, "Child exited"},
    {"SIGCONT", 18, "Continued"},
    {"SIGSTOP", 19, "Stopped (signal)"},
    {"SIGWINCH", 28, "Window changed"},
};

[[nodiscard]] bool read_number(const Value& value, int64_t& number) {
    if (!to_index(value, number)) return false;
    if (number < 1 || number >= kSignals)
        return raise(errors::ValueError, "signal number out of range"), false;
    return true;
}

Value set_handler(const Value* a) {
    int64_t number;
    if (!read_number(a[0], number)) return {};
    int64_t constant = -1;
    const bool is_constant =
        is_int(a[1]) && int_value(a[1], constant) && (constant == 0 || constant == 1);
    if (!is_constant && !is_callable(a[1]))
        return raise(errors::TypeError,
                     "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    if (number == 9 || number == 19) return raise_os_error(22, "Invalid argument");
    Value previous = signal_handler(number);
    set_signal_handler(number, is_constant ? Value::small(constant) : a[1]);
    return previous;
}
Value get_handler(const Value* a) {
    int64_t number;
    return read_number(a[0], number) ? signal_handler(number) : Value();
}
Value raise_signal(const Value* a) {
    int64_t number;
    return read_number(a[0], number) ? result_of(deliver_signal(number)) : Value();
}
Value default_int_handler(const Value*) {
    return raise_with(errors::KeyboardInterrupt, {});
}
Value strsignal(const Value* a) {
    int64_t number;
    if (!read_number(a[0], number)) return {};
    for (const SignalName& row : kNames)
        if (row.number == number) return make_str(row.description);
    return none();
}
Value set_wakeup_fd(const Value*) {
    return Value::small(-1);
}
Value valid_signals(const Value*) {
    const Ref<Set> set = make_set();
    for (const SignalName& row : kNames)
        if (!set_add(set.get(), Value::small(row.number))) return {};
    return set;
}

constexpr MethodKind kFunction = MethodKind::Function;
constexpr NativeMethod kFunctions[] = {
    {"signal", set_handler, "(signalnum, handler, /)", kFunction},
    {"getsignal", get_handler, "(signalnum, /)", kFunction},
    {"raise_signal", raise_signal, "(signalnum, /)", kFunction},
    {"default_int_handler", default_int_handler, "(signalnum, frame, /)", kFunction},
    {"strsignal", strsignal, "(signalnum, /)", kFunction},
    {"set_wakeup_fd", set_wakeup_fd, "(fd, /, *, warn_on_full_buffer=True)", kFunction},
    {"valid_signals", valid_signals, "()", kFunction},
};

}  // namespace

Value make_module__signal() {
    const Value module = make_native_module("_signal", kFunctions);
    for (const SignalName& row : kNames) module_set(module, row.name, Value::small(row.number));
    module_set(module, "SIG_DFL", Value::small(0));
    module_set(module, "SIG_IGN", Value::small(1));
    module_set(module, "NSIG", Value::small(kSignals));
    g_default_int_handler =
        *dict_find(cast<Module>(module)->dict.get(), intern("default_int_handler"));
    return module;
}

}  // namespace loopglass::script
