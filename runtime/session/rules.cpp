#include "runtime/session/rules.hpp"

#include "runtime/base/words.hpp"

namespace loopglass::session {

namespace {

using base::mark;

constexpr RuleInfo kRules[] = {
    {Rule::None, "", "", ""},
    {Rule::AwaitAlwaysYields, "await-always-yields", mark("every await gives the turn back"),
     mark("An await gives the turn back only where something is not ready yet.")},
    {Rule::TaskStartsAtOnce, "create-task-starts-at-once",
     mark("create_task starts the task at once"),
     mark("create_task only puts the task in line: it begins when the one that runs gives the turn "
          "back.")},
    {Rule::TaskWaitsForAwait, "create-task-waits-for-await",
     mark("a task begins only when somebody awaits it"),
     mark("A task stands in line as soon as it is created, whether or not anybody awaits it.")},
    {Rule::SleepBlocksEverybody, "sleep-blocks-everybody", mark("asyncio.sleep stops everybody"),
     mark("asyncio.sleep sets a timer and gives the turn back: the others run meanwhile.")},
    {Rule::TimeSleepBlocksOneTask, "time-sleep-blocks-one-task",
     mark("time.sleep pauses only the task that calls it"),
     mark("time.sleep keeps the turn: nobody else can run until it returns.")},
    {Rule::GatherInFinishingOrder, "gather-in-finishing-order",
     mark("gather returns the results in the order in which they were finished"),
     mark("gather keeps a place for every argument: its list is in the order of the arguments.")},
    {Rule::GatherCancelsSiblings, "gather-cancels-siblings",
     mark("gather cancels the others when one fails"),
     mark("gather passes the first exception on and leaves the others running.")},
    {Rule::GatherOneByOne, "gather-one-by-one",
     mark("gather runs its arguments one after the other"),
     mark("gather puts all of them in line at once: each runs while the others wait.")},
    {Rule::CancelIsImmediate, "cancel-is-immediate", mark("cancel() stops the task at once"),
     mark("cancel() only asks: the CancelledError is raised when the task gets its next turn.")},
    {Rule::LastInFirstOut, "last-in-first-out", mark("the newest in line goes first"),
     mark("The ready line is first in, first out.")},
    {Rule::AwaitWaitsForAll, "await-waits-for-all", mark("awaiting one task waits for all of them"),
     mark("await waits for exactly the task it names; the others may still be running.")},
    {Rule::AwaitOverlaps, "await-overlaps", mark("two awaits in a row overlap"),
     mark("await waits: the next line runs when the awaited coroutine is finished.")},
    {Rule::CallRunsIt, "call-runs-it", mark("calling a coroutine function runs it"),
     mark("The call only makes a coroutine object: its first line runs when somebody awaits it.")},
    {Rule::SleepsEndInOrder, "sleeps-end-in-order", mark("who went to sleep first wakes up first"),
     mark("Timers ring when they are due, whoever set them first.")},
    {Rule::SleepZeroDoesNothing, "sleep-zero-does-nothing", mark("sleep(0) does nothing"),
     mark("sleep(0) gives the turn back once: everybody in line runs first.")},
    {Rule::FailureEndsProgram, "failure-ends-program",
     mark("an exception in a task ends the whole program"),
     mark("An exception stays in its task until somebody awaits it; everybody else runs on.")},
    {Rule::ExceptCatchesCancel, "except-catches-cancel",
     mark("except Exception catches a cancellation"),
     mark("CancelledError is a BaseException: except Exception does not see it.")},
    {Rule::GroupLetsSiblingsFinish, "group-lets-siblings-finish",
     mark("TaskGroup lets the others finish when one fails"),
     mark("A TaskGroup cancels the others as soon as one fails.")},
    {Rule::SemaphoreInBatches, "semaphore-in-batches",
     mark("a semaphore lets the next ones in when all places are free"),
     mark("Each release lets the next one in at once: a sliding window, not batches.")},
    {Rule::QueueNeverFull, "queue-never-full", mark("put never waits"),
     mark("A full queue makes put wait until somebody has taken something out.")},
    {Rule::RunWaitsForTasks, "run-waits-for-tasks", mark("asyncio.run waits for all tasks"),
     mark("asyncio.run ends with main: what is still running then is cancelled.")},
    {Rule::ToThreadBlocks, "to-thread-blocks",
     mark("to_thread keeps the loop until its function is done"),
     mark("A thread works beside the loop: only the task that awaits it waits.")},
    {Rule::ToThreadDoesNotWait, "to-thread-does-not-wait",
     mark("await to_thread only starts the thread"),
     mark(
         "await waits until the thread's function has returned; only the others go on meanwhile.")},
    {Rule::CancelStopsThread, "cancel-stops-thread",
     mark("cancelling the task stops the thread it waits for"),
     mark("Nothing can stop a thread from outside: cancelling ends the waiting, and the thread "
          "works "
          "on.")},
    {Rule::ThreadsOneAtATime, "threads-one-at-a-time",
     mark("the GIL lets a thread finish before the next begins"),
     mark("The GIL goes to another thread as soon as one blocks, and every few milliseconds "
          "besides.")},
    {Rule::WaitsShareTheirTime, "waits-share-their-time",
     mark("four waits at once take a quarter of their sum"),
     mark("Waits that overlap take as long as the longest: none of them gets shorter.")},
    {Rule::SizeDecides, "size-decides", mark("the smallest page is there first"),
     mark("What decides is how long each server takes to answer, and then the transfer.")},
    {Rule::ForWorksAhead, "async-for-works-ahead",
     mark("async for fetches the next item while the body runs"),
     mark("The generator stands still at its yield until the body asks for the next item.")},
    {Rule::ForCollectsFirst, "async-for-collects-first",
     mark("async for fetches all items before the first round"),
     mark("Every item gets its round as soon as it is there.")},
    {Rule::ForRoundsOverlap, "async-for-rounds-overlap",
     mark("async for works on several items at the same time"),
     mark("async for goes through the whole body before it asks for the next item.")},
    {Rule::SleepTakesNoTime, "sleep-takes-no-time",
     mark("sleep only lets the others go first, however long it is"),
     mark("sleep sets a bell: its task goes on when that much time has passed.")},
    {Rule::WokenGoesFirst, "woken-goes-first", mark("who has waited goes before those in line"),
     mark("A bell puts its task at the end of the line: who stood there before goes first.")},
    {Rule::MainGoesFirst, "main-goes-first", mark("main goes before all others"),
     mark("main is a task like the others and stands in the same line.")},
    {Rule::TasksOneByOne, "tasks-one-by-one", mark("a task begins when the one before it is done"),
     mark("Every task stands in line as soon as it is created, and has its turn while others "
          "wait.")},
    {Rule::AwaitDoesNotWait, "await-does-not-wait",
     mark("awaiting a task only sees that it is started"),
     mark("await goes on when the task is done, and not before.")},
    {Rule::FailureIsSilent, "failure-is-silent", mark("an exception in a task is lost"),
     mark("A task keeps its exception, and whoever awaits it gets it.")},
    {Rule::CancelIsIgnored, "cancel-lets-it-finish",
     mark("cancel() lets the task finish what it does"),
     mark("CancelledError is raised where the task waits, at its next turn.")},
    {Rule::CancelSkipsFinally, "cancel-skips-finally",
     mark("a cancelled task ends without its finally"),
     mark("CancelledError is an exception like others: every finally on its way runs.")},
    {Rule::TimeoutLetsItRun, "timeout-lets-it-run",
     mark("a timeout gives up the waiting and lets the task go on"),
     mark("At its deadline a timeout cancels what it waits for, and waits until that is over.")},
    {Rule::CallStartsIt, "call-starts-it", mark("calling a coroutine function starts it as a task"),
     mark("The call only makes a coroutine object; create_task would make a task of it.")},
    {Rule::GroupDoesNotWait, "group-does-not-wait",
     mark("a TaskGroup's block ends while its tasks still run"),
     mark("The block of a TaskGroup ends when the last of its tasks is done.")},
    {Rule::GatherReturnsFirst, "gather-returns-first",
     mark("gather goes on as soon as the first of them is done"),
     mark("gather waits for all of its arguments: asyncio.wait can stop at the first.")},
    {Rule::FailureInterruptsMain, "failure-interrupts-main",
     mark("an exception in a task is raised in main at once"),
     mark("An exception stays in its task: main hears of it where it awaits that task.")},
};
static_assert(std::size(kRules) == loop::kRuleCount);

}  // namespace

std::span<const RuleInfo> rules() {
    return std::span(kRules).subspan(1);
}

const RuleInfo& rule_info(Rule rule) {
    return kRules[static_cast<size_t>(rule)];
}

const RuleInfo* find_rule(std::string_view name) {
    for (const RuleInfo& info : rules())
        if (info.name == name) return &info;
    return nullptr;
}

}  // namespace loopglass::session
