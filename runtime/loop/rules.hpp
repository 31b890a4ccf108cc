// Rules: the wrong ideas people have of asyncio, each as a small change of the loop that really
// executes. A run under a rule is what such a person expects to see; it is never CPython's order.
// With Rule::None (always, but in lessons) every hook is one untaken branch.
#pragma once

#include <cstdint>

#include "runtime/value/value.hpp"

namespace loopglass::loop {

struct Task;
struct Coroutine;
struct Resumable;

enum class Rule : uint8_t {
    None,
    AwaitAlwaysYields,        // every await gives the turn back
    TaskStartsAtOnce,         // create_task runs the task's first step
    TaskWaitsForAwait,        // a task begins only when somebody awaits it
    SleepBlocksEverybody,     // asyncio.sleep stops the loop
    TimeSleepBlocksOneTask,   // time.sleep lets the others go on
    GatherInFinishingOrder,   // the list of results is in the order of the ends
    GatherCancelsSiblings,    // one failure cancels the others
    GatherOneByOne,           // the next begins when the one before is done
    CancelIsImmediate,        // cancel() has done its work when it returns
    LastInFirstOut,           // the newest of the ready line goes first
    AwaitWaitsForAll,         // awaiting one task waits for all of one's tasks
    AwaitOverlaps,            // await starts a coroutine and goes on
    CallRunsIt,               // calling a coroutine function runs its body
    SleepsEndInOrder,         // who slept first wakes first
    SleepZeroDoesNothing,     // sleep(0) gives nothing back
    FailureEndsProgram,       // an exception in a task ends everything
    ExceptCatchesCancel,      // `except Exception` takes a CancelledError
    GroupLetsSiblingsFinish,  // TaskGroup treats a failure as gather does
    SemaphoreInBatches,       // the next ones go in when all places are free
    QueueNeverFull,           // put never waits
    RunWaitsForTasks,         // asyncio.run waits for what main left behind
};
inline constexpr int kRuleCount = static_cast<int>(Rule::RunWaitsForTasks) + 1;

// The rule of the run; set before it begins and cleared after its end.
extern Rule g_rule;
[[nodiscard]] inline bool ruled(Rule rule) {
    return __builtin_expect(g_rule == rule, 0);
}
// Sets the rule and forgets what the last run left.
void set_rule(Rule rule);

// --- what the hooks call; each does nothing special under another rule
// ---------------------------
[[nodiscard]] value::Value await_by_rule(const value::Value& awaitable);
// At the end of a body: what it awaited without waiting is waited for, if it ended well. False and
// pending on error.
[[nodiscard]] bool wait_for_overlapping(Resumable* body, bool ended_well);
// CallRunsIt: runs a coroutine now; answers one that has the result already.
[[nodiscard]] value::Value run_at_call(const value::Value& coroutine);
// A task that stands back until somebody lets it in.
void release_held(Task* task);
// Cancels a task that waits, inside the call of cancel(); false: it has to be done as always.
[[nodiscard]] bool cancel_now(Task* task, const value::Value& message);
// AwaitWaitsForAll: a task that `task` made and that is not done; null if there is none.
[[nodiscard]] Task* unfinished_child(const Task* task);

}  // namespace loopglass::loop
