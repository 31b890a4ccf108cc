// sum(): exact for ints, compensated for floats.
#pragma once

#include "runtime/value/value.hpp"

namespace loopglass::script {

// sum(iterable, start); empty and pending on error.
[[nodiscard]] value::Value sum(const value::Value& iterable, const value::Value& start);

}  // namespace loopglass::script
