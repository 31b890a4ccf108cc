// What CPython's reference counting leaves behind in a cycle, for its collector to find some day:
// the frames of asyncio's own functions, held by the tracebacks of what they raised, hold the task,
// the timeout or the exception that holds the traceback.
#pragma once

#include "runtime/value/value.hpp"

namespace loopglass::value {
struct Frame;
}

namespace loopglass::loop {

// The locals of such a frame; what they hold is let go when many more have come, when gc.collect()
// is called or the run ends.
[[nodiscard]] value::Value make_library_frame(value::Value locals);
// Set by the script floor: the object of a frame, which the library's frame above holds (f_back).
extern value::Value (*g_object_of_frame)(value::Frame* frame);
void collect_cycles();
// A pending task of a closed loop that only the future it waits for still knows is such a cycle:
// the collector closes its coroutine, whose `finally` blocks run, and then the task says that it
// was pending.
void collect_lost_tasks();

struct EventLoop;
// Is it the current loop of a thread's policy? Such a loop lives for ever, with all its tasks.
[[nodiscard]] bool policy_holds(const EventLoop* loop);

// The frames below all script frames of a thread while it runs a loop: run_until_complete's, which
// holds the future, and who called it. A frame object that outlives its frame holds them (f_back).
class RunFrame {
public:
    explicit RunFrame(value::Value locals);
    ~RunFrame();
    RunFrame(const RunFrame&) = delete;
    RunFrame& operator=(const RunFrame&) = delete;

private:
    uint64_t number_;
};
// Of the thread that runs; empty if it runs no loop.
[[nodiscard]] value::Value run_frame();

}  // namespace loopglass::loop
