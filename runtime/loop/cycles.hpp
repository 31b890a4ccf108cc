// What CPython's reference counting leaves behind in a cycle, for its collector to find some day.
#pragma once

#include "runtime/value/value.hpp"

namespace loopglass::loop {

// Keeps the value until many more have come, gc.collect() is called or the run ends.
void keep_in_cycle(value::Value value);
void collect_cycles();

}  // namespace loopglass::loop
