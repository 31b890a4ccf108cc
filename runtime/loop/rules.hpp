// Rules: the wrong ideas people have of asyncio, each as a small change of the loop that really
// executes. A run under a rule is what such a person expects to see; it is never CPython's order.
// With Rule::None (always, but in lessons) every hook is one untaken branch.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "runtime/value/value.hpp"

namespace loopglass::loop {

struct Task;
struct EventLoop;
struct ReadyItem;
struct Coroutine;
struct Resumable;
struct VirtualThread;

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
    ToThreadBlocks,           // to_thread keeps the turn until the function returns
    ToThreadDoesNotWait,      // awaiting to_thread only starts the thread
    CancelStopsThread,        // a cancelled wait for a thread ends the thread too
    ThreadsOneAtATime,        // the GIL lets a thread finish before the next begins
    WaitsShareTheirTime,      // waits that overlap make each other shorter
    SizeDecides,              // a small page is there first
    ForWorksAhead,            // async for fetches the next item during the round
    ForCollectsFirst,         // async for begins when it has all items
    ForRoundsOverlap,         // async for works on several items at the same time
    SleepTakesNoTime,         // sleep only lets the others go first
    WokenGoesFirst,           // who has waited goes before those in line
    MainGoesFirst,            // main goes before all others
    TasksOneByOne,            // a task begins when the one before it is done
    AwaitDoesNotWait,         // awaiting a task only sees that it is started
    FailureIsSilent,          // awaiting a task that failed gives None
    CancelIsIgnored,          // cancel() lets the task finish
    CancelSkipsFinally,       // a cancelled task ends without its finally
    TimeoutLetsItRun,         // wait_for gives up waiting, and the task goes on
    CallStartsIt,             // calling a coroutine function starts it as a task
    GroupDoesNotWait,         // a TaskGroup's block ends while its tasks run
    GatherReturnsFirst,       // gather goes on with the first result there is
    FailureInterruptsMain,    // an exception in a task is raised in main at once
};
inline constexpr int kRuleCount = static_cast<int>(Rule::FailureInterruptsMain) + 1;

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
// CallStartsIt: a task of it.
[[nodiscard]] value::Value start_at_call(const value::Value& coroutine);
// A task that stands back until somebody lets it in.
void release_held(Task* task);
// Cancels a task that waits, inside the call of cancel(); false: it has to be done as always.
[[nodiscard]] bool cancel_now(Task* task, const value::Value& message);
// FailureInterruptsMain: main leaves what it waits for, with that exception.
void interrupt_main(const value::Value& exception);
// AwaitWaitsForAll: a task that `task` made and that is not done; null if there is none.
[[nodiscard]] Task* unfinished_child(const Task* task);

// A task that does `body`; empty and pending without a running loop.
[[nodiscard]] value::Value begin_in_background(std::string_view name,
                                               std::function<value::Value()> body);
// ThreadsOneAtATime: waits for the threads that came before; false and pending on abandonment.
[[nodiscard]] bool take_turn_of_threads();
void pass_turn_of_threads();
// CancelStopsThread: whatever the thread sleeps in raises CancelledError.
void stop_thread(VirtualThread* thread);
// False and pending if the thread was stopped in its sleep.
[[nodiscard]] bool sleep_goes_on(VirtualThread* thread);
// WaitsShareTheirTime: with some of the waits over, the rest goes faster.
void hasten_timers(EventLoop* loop);
// TasksOneByOne: whether a task has begun and is not done; and the next begins where none has.
[[nodiscard]] bool some_task_is_at_work();
void begin_next_task();
// Whoever goes next under this run's rule; the line is not empty.
[[nodiscard]] ReadyItem next_by_rule(EventLoop* loop);

}  // namespace loopglass::loop
