#include "runtime/loop/text.hpp"

#include <cstdio>

#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::loop {

std::string address_text(const value::Object* object) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%llx",
                  static_cast<unsigned long long>(reinterpret_cast<uintptr_t>(object)));
    return text;
}

std::string object_head(const value::Object* object) {
    std::string text = value::default_repr(value::Value::share(const_cast<value::Object*>(object)));
    if (!text.empty() && text.back() == '>') text.pop_back();
    return text;
}

}  // namespace loopglass::loop
