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
// A pending task of a closed loop that only the future it waits for still knows is such a cycle:
// the collector closes its coroutine, whose `finally` blocks run, and then the task says that it
// was pending.
void collect_lost_tasks();

struct EventLoop;
// Is it the current loop of a thread's policy? Such a loop lives for ever, with all its tasks.
[[nodiscard]] bool policy_holds(const EventLoop* loop);

}  // namespace loopglass::loop
