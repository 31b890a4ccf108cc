// How C++ offers functions and classes to scripts: tables of methods with a signature each.
//
// A signature is written as Python shows it: "(self, iterable=None, /, *, key=None,
// reverse=False)". The call machinery binds arguments to it and words the errors; the function gets
// one Value per parameter, in order (empty where a default was left out; a Tuple for *args, a Dict
// for **kwargs).
#pragma once

#include <initializer_list>
#include <span>

#include "runtime/value/type.hpp"

namespace loopglass::value {

using NativeFunctionPointer = Value (*)(const Value* arguments);

enum class MethodKind : uint8_t {
    Method,  // first parameter: self
    Static,
    Class,      // first parameter: the class
    New,        // __new__: first parameter the class
    Getter,     // a read-only attribute computed by the function (self)
    Setter,     // (self, value); stands beside a Getter of the same name; empty value: delete
    Coroutine,  // a method whose call makes a coroutine; the body may suspend (loop/coroutine.hpp)
    Function,   // module-level
    AsyncFunction,  // module-level, makes a coroutine
};

// How arity errors are worded: as CPython words those of C functions, or of Python functions
// (which is what most of asyncio is).
enum class ErrorStyle : uint8_t { C, Python };

struct NativeMethod {
    const char* name;
    NativeFunctionPointer function;
    const char* signature = "(self)";
    MethodKind kind = MethodKind::Method;
    ErrorStyle style = ErrorStyle::C;
    const char* doc = nullptr;
};

struct Signature;  // a parsed signature; native_call.cpp

struct NativeFunction : Object {
    static Type* type;               // builtin_function_or_method
    static Type* method_type;        // method_descriptor: found on a class, takes self first
    static Type* class_method_type;  // classmethod_descriptor: binds to the class
    const NativeMethod* method;
    const Signature* signature;
    Value self;    // bound instance, class or module; empty when unbound
    Type* owner;   // the class it was defined on; null for functions
    Value module;  // name of its module, or empty

    NativeFunction(Type* its_type, const NativeMethod* its_method, const Signature* its_signature,
                   Type* its_owner)
        : Object(its_type), method(its_method), signature(its_signature), owner(its_owner) {}
};

// A module-level function object. The table entry must live forever.
[[nodiscard]] Value make_function(const NativeMethod& method, const char* module);

// Set by the loop floor: makes a coroutine object of a native async method and its bound arguments.
extern Value (*g_make_native_coroutine)(const NativeFunction& function,
                                        std::span<const Value> bound);

struct NativeTypeSpec {
    const char* name;        // "list"; with dots, "asyncio.locks.Lock": module and name
    uint32_t instance_size;  // sizeof(T)
    uint32_t flags = 0;      // TypeFlags
    Type* base = nullptr;    // object if null
    Slots slots = {};        // unset ones are inherited
    std::span<const NativeMethod> methods = {};
    bool has_dict = false;  // instances take attributes
    const char* doc = nullptr;
};
// Registers a native class for the life of the process.
Type* define_type(const NativeTypeSpec& spec);

template <typename T>
void destroy_native(Object* object) {
    static_cast<T*>(object)->~T();
    free_instance(object);
}

// Binds a call's arguments to a parsed signature without calling; false and pending on error.
// For natives that want raw Args, put a function into Slots::call / construct / init instead.
bool bind_arguments(const Signature& signature, const char* function_name, ErrorStyle style,
                    const Args& args, std::span<Value> out);
const Signature* parse_signature(const char* text);
[[nodiscard]] size_t parameter_count(const Signature& signature);
// May a call with `given` positional arguments (self included) go straight to the function, with
// empty values for the parameters left out?
[[nodiscard]] bool fits_directly(const Signature& signature, size_t given);

}  // namespace loopglass::value
