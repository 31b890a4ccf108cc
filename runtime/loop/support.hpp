// Short words for what every file of this floor writes often: tables of methods, raising, calling
// with a tuple of arguments, C++ shapes of `except` and `finally`.
#pragma once

#include <initializer_list>
#include <string_view>

#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/thread.hpp"

namespace loopglass::loop {

using namespace value;  // NOLINT: this floor speaks of values in every line
using base::cat;

// Rows of method tables, for what is Python code in CPython.
constexpr NativeMethod method(const char* name, NativeFunctionPointer function,
                              const char* signature = "(self)") {
    return {name, function, signature, MethodKind::Method, ErrorStyle::Python};
}
constexpr NativeMethod async_method(const char* name, NativeFunctionPointer function,
                                    const char* signature = "(self)") {
    return {name, function, signature, MethodKind::Coroutine, ErrorStyle::Python};
}
constexpr NativeMethod static_method(const char* name, NativeFunctionPointer function,
                                     const char* signature) {
    return {name, function, signature, MethodKind::Static, ErrorStyle::Python};
}
constexpr NativeMethod getter(const char* name, NativeFunctionPointer function) {
    return {name, function, "(self)", MethodKind::Getter, ErrorStyle::Python};
}
constexpr NativeMethod setter(const char* name, NativeFunctionPointer function) {
    return {name, function, "(self, value)", MethodKind::Setter, ErrorStyle::Python};
}
constexpr NativeMethod function(const char* name, NativeFunctionPointer pointer,
                                const char* signature = "()") {
    return {name, pointer, signature, MethodKind::Function, ErrorStyle::Python};
}
constexpr NativeMethod async_function(const char* name, NativeFunctionPointer pointer,
                                      const char* signature = "()") {
    return {name, pointer, signature, MethodKind::AsyncFunction, ErrorStyle::Python};
}

// A left-out argument reads as None.
[[nodiscard]] inline Value or_none(const Value& argument) {
    return argument ? argument : none();
}
[[nodiscard]] inline bool given(const Value& argument) {
    return argument && !is_none(argument);
}
[[nodiscard]] inline Value result_of(bool succeeded) {
    return succeeded ? none() : Value();
}

// callee(*args, **kwargs); either may be null.
[[nodiscard]] Value call_with(const Value& callee, const Tuple* args, const Dict* kwargs = nullptr);
[[nodiscard]] Value call_named(const Value& callee, std::initializer_list<Value> positional,
                               std::initializer_list<std::pair<const char*, Value>> named);
[[nodiscard]] Value call_method_named(const Value& object, std::string_view name,
                                      std::initializer_list<Value> positional,
                                      std::initializer_list<std::pair<const char*, Value>> named);
[[nodiscard]] inline Value call_method(const Value& object, const Name& name,
                                       std::initializer_list<Value> arguments) {
    return value::call_method(object, name, arguments.begin(), arguments.size());
}

// raise TYPE(message) from cause (a null cause: from None).
Value raise_from(Type* type, std::string_view message, const Value& cause);
// The pending exception keeps a value alive. In CPython a traceback holds the frames of asyncio's
// own functions, and those the coroutine they were given: it is dropped with the exception.
void keep_with_raised(const Value& value);
// An exception instance that is not raised.
[[nodiscard]] Value make_exception(Type* type, std::string_view message);
[[nodiscard]] Value make_exception(Type* type, std::initializer_list<Value> args);
[[nodiscard]] bool is_class(const Value& value, const Type* base);

// `finally`: what is pending when it begins is put aside and brought back at the end, unless the
// block raised an error of its own.
class Finally {
public:
    Finally() : pending_(take_raised()) {}
    ~Finally() {
        if (pending_ && !raised()) restore_raised(std::move(pending_));
    }
    Finally(const Finally&) = delete;
    Finally& operator=(const Finally&) = delete;

private:
    Value pending_;
};

// `except`: while it lives, sys.exception() is this exception, and what is raised gets it as
// context.
class Handling {
public:
    explicit Handling(Value exception) : outer_(std::move(g_thread.handled)) {
        g_thread.handled = std::move(exception);
    }
    ~Handling() { g_thread.handled = std::move(outer_); }
    Handling(const Handling&) = delete;
    Handling& operator=(const Handling&) = delete;
    [[nodiscard]] const Value& exception() const { return g_thread.handled; }

private:
    Value outer_;
};

[[nodiscard]] std::string text_of(const Value& value);  // str(value); errors become "?"
[[nodiscard]] std::string repr_of(const Value& value);  // repr(value), likewise

// A callback of the loop's own, as CPython's nested functions are: shown in reprs as
// "gather.<locals>._done_callback() at <lib>/asyncio/tasks.py:820".
struct NativeCallback : Object {
    static Type* type;
    using Function = Value (*)(NativeCallback* self, const Value& argument);
    Function function;
    const char* qualname;
    const char* place;  // "tasks.py:820"; null for builtins
    Value data[3];
    NativeCallback(Type* its_type, Function its_function, const char* its_qualname,
                   const char* its_place)
        : Object(its_type), function(its_function), qualname(its_qualname), place(its_place) {}
};
[[nodiscard]] Ref<NativeCallback> make_callback(NativeCallback::Function function,
                                                const char* qualname, const char* place,
                                                Value first = {}, Value second = {},
                                                Value third = {});

// asyncio.format_helpers (3.13).
[[nodiscard]] std::string format_callback_source(const Value& callback, const Tuple* args,
                                                 bool debug);
// The name alone: "main.<locals>.ring".
[[nodiscard]] std::string callback_name(const Value& callback);
// The str it rests on; empty where it takes more: a partial, an object without a name.
[[nodiscard]] Value callback_qualname(const Value& callback);
// "name at file:line", or empty if it is not a function with source.
[[nodiscard]] std::string function_source(const Value& function);

// Asks the script floor to warn; stack_level as warnings.warn. False: the warning became an error.
extern bool (*g_warn)(Type* category, std::string_view message, int stack_level,
                      const Value& source);
[[nodiscard]] bool warn(Type* category, std::string_view message, int stack_level = 1,
                        const Value& source = {});
// Asks the script floor to log through logger 'asyncio'; `exception` may be empty. Without a script
// floor, or without `logging` imported, it goes to stderr as logging's last resort would do.
enum class LogAs : uint8_t { Debug = 10, Info = 20, Warning = 30, Error = 40 };
extern void (*g_log)(LogAs level, std::string_view message, const Value& exception);
void log(LogAs level, std::string_view message, const Value& exception = {});

// RuntimeError for using the loop where it cannot be used; the recording keeps it even if the
// script catches it. Answers empty, pending.
value::Value raise_misuse(std::string_view message);

}  // namespace loopglass::loop
