#include "runtime/loop/text.hpp"

#include "runtime/value/identity.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::loop {

std::string address_text(const value::Object* object) {
    return value::address_text(value::Value::share(const_cast<value::Object*>(object)));
}

std::string object_head(const value::Object* object) {
    std::string text = value::default_repr(value::Value::share(const_cast<value::Object*>(object)));
    if (!text.empty() && text.back() == '>') text.pop_back();
    return text;
}

}  // namespace loopglass::loop
