// What the tests of the containers share: short ways to make values, call methods and look at
// results.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value::test {

// The fixture of every test: after it, the types are there.
struct Started {
    Started() { initialise_types(); }
};

inline Value num(int64_t number) {
    return make_int(number);
}
inline Value text(std::string_view characters) {
    return make_str(characters);
}
inline Value list_of(std::vector<Value> items) {
    return make_list(std::move(items));
}
inline Value tuple_of(std::initializer_list<Value> items) {
    return make_tuple(items);
}
// The pending exception, "TypeError: message", which is cleared; "" if there is none.
inline std::string error() {
    const Value raised = take_raised();
    if (!raised) return "";
    const Ref<Str> message = str(raised);
    return std::string(raised.type()->name->view()) + ": " + std::string(message->view());
}
// repr() of a result, or the error that stands for it.
inline std::string shown(const Value& value) {
    if (!value) return error();
    const Ref<Str> result = repr(value);
    return result ? std::string(result->view()) : error();
}
inline Value invoke(const Value& object, const char* method, std::vector<Value> arguments = {}) {
    return call_method(object, intern(method), arguments.data(), arguments.size());
}
inline Value construct(Type* type, std::vector<Value> arguments = {}) {
    return call(Value::share(type), Args{arguments.data(), arguments.size(), nullptr});
}
// A function of C++ for scripts' places: key functions, callbacks.
inline Value function_of(NativeFunctionPointer function, const char* signature) {
    auto* method = new NativeMethod{"f", function, signature, MethodKind::Function};
    return make_function(*method, "__main__");
}

}  // namespace loopglass::value::test
