// What the tests of numbers and texts share: values to text, and the text of a raised exception.
#pragma once

#include <string>

#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/thread.hpp"

namespace loopglass::test {

// repr(value), or "Type: message" of the exception that is pending instead.
inline std::string shown(const value::Value& value) {
    using namespace loopglass::value;
    if (value) return std::string(repr(value)->view());
    const Value raised = take_raised();
    return std::string(raised.type()->name->view()) + ": " + std::string(str(raised)->view());
}
inline value::Value integer(const char* digits) {
    return value::int_from_text(digits, 10);
}
inline value::Value text(std::string_view content) {
    return value::make_str(content);
}
// object.name(arguments...)
template <typename... Arguments>
std::string method(const value::Value& object, const char* name, const Arguments&... arguments) {
    const value::Value all[] = {arguments..., value::Value()};
    return shown(value::call_method(object, value::intern(name), all, sizeof...(arguments)));
}
// Makes the types before the first test of a file runs.
struct Types {
    Types() { value::initialise_types(); }
};

}  // namespace loopglass::test
