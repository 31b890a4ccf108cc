// What CPython's reference counting leaves behind in a cycle, for its collector to find some day:
// the frames of asyncio's own functions, held by the tracebacks of what they raised, hold the task,
// the timeout or the exception that holds the traceback.
#pragma once

#include "runtime/value/value.hpp"

namespace loopglass::loop {

// The locals of such a frame; what they hold is let go when many more have come, when gc.collect()
// is called or the run ends.
[[nodiscard]] value::Value make_library_frame(value::Value locals);
void collect_cycles();

}  // namespace loopglass::loop
