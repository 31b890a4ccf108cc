// What sys.getsizeof says of an object.
#pragma once

#include "runtime/value/value.hpp"

namespace loopglass::script {

// Bytes CPython 3.13 takes for an object of such contents, collector's header included; 48, an
// instance with a few attributes, for what nothing is known of.
[[nodiscard]] int64_t cpython_size(const value::Value& value);

}  // namespace loopglass::script
