// Pieces of text that reprs of this floor share.
#pragma once

#include <string>

#include "runtime/value/value.hpp"

namespace loopglass::loop {

[[nodiscard]] std::string address_text(const value::Object* object);  // "0x7f12..."
// "<module.qualname object at 0x...>" without the closing ">".
[[nodiscard]] std::string object_head(const value::Object* object);

}  // namespace loopglass::loop
