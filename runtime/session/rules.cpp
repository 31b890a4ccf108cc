#include "runtime/session/rules.hpp"

namespace loopglass::session {

namespace {

constexpr RuleInfo kRules[] = {
    {Rule::None, "", "", ""},
    {Rule::AwaitAlwaysYields, "await-always-yields", "every await gives the turn back",
     "An await gives the turn back only where something is not ready yet."},
    {Rule::TaskStartsAtOnce, "create-task-starts-at-once", "create_task starts the task at once",
     "create_task only puts the task in line: it begins when the one that runs gives the turn "
     "back."},
    {Rule::TaskWaitsForAwait, "create-task-waits-for-await",
     "a task begins only when somebody awaits it",
     "A task stands in line as soon as it is created, whether or not anybody awaits it."},
    {Rule::SleepBlocksEverybody, "sleep-blocks-everybody", "asyncio.sleep stops everybody",
     "asyncio.sleep sets a timer and gives the turn back: the others run meanwhile."},
    {Rule::TimeSleepBlocksOneTask, "time-sleep-blocks-one-task",
     "time.sleep pauses only the task that calls it",
     "time.sleep keeps the turn: nobody else can run until it returns."},
    {Rule::GatherInFinishingOrder, "gather-in-finishing-order",
     "gather returns the results in the order in which they were finished",
     "gather keeps a place for every argument: its list is in the order of the arguments."},
    {Rule::GatherCancelsSiblings, "gather-cancels-siblings",
     "gather cancels the others when one fails",
     "gather passes the first exception on and leaves the others running."},
    {Rule::GatherOneByOne, "gather-one-by-one", "gather runs its arguments one after the other",
     "gather puts all of them in line at once: each runs while the others wait."},
    {Rule::CancelIsImmediate, "cancel-is-immediate", "cancel() stops the task at once",
     "cancel() only asks: the CancelledError is raised when the task gets its next turn."},
    {Rule::LastInFirstOut, "last-in-first-out", "the newest in line goes first",
     "The ready line is first in, first out."},
    {Rule::AwaitWaitsForAll, "await-waits-for-all", "awaiting one task waits for all of them",
     "await waits for exactly the task it names; the others may still be running."},
    {Rule::AwaitOverlaps, "await-overlaps", "two awaits in a row overlap",
     "await waits: the next line runs when the awaited coroutine is finished."},
    {Rule::CallRunsIt, "call-runs-it", "calling a coroutine function runs it",
     "The call only makes a coroutine object: its first line runs when somebody awaits it."},
    {Rule::SleepsEndInOrder, "sleeps-end-in-order", "who went to sleep first wakes up first",
     "Timers ring when they are due, whoever set them first."},
    {Rule::SleepZeroDoesNothing, "sleep-zero-does-nothing", "sleep(0) does nothing",
     "sleep(0) gives the turn back once: everybody in line runs first."},
    {Rule::FailureEndsProgram, "failure-ends-program",
     "an exception in a task ends the whole program",
     "An exception stays in its task until somebody awaits it; everybody else runs on."},
    {Rule::ExceptCatchesCancel, "except-catches-cancel", "except Exception catches a cancellation",
     "CancelledError is a BaseException: except Exception does not see it."},
    {Rule::GroupLetsSiblingsFinish, "group-lets-siblings-finish",
     "TaskGroup lets the others finish when one fails",
     "A TaskGroup cancels the others as soon as one fails."},
    {Rule::SemaphoreInBatches, "semaphore-in-batches",
     "a semaphore lets the next ones in when all places are free",
     "Each release lets the next one in at once: a sliding window, not batches."},
    {Rule::QueueNeverFull, "queue-never-full", "put never waits",
     "A full queue makes put wait until somebody has taken something out."},
    {Rule::RunWaitsForTasks, "run-waits-for-tasks", "asyncio.run waits for all tasks",
     "asyncio.run ends with main: what is still running then is cancelled."},
    {Rule::ToThreadBlocks, "to-thread-blocks",
     "to_thread keeps the loop until its function is done",
     "A thread works beside the loop: only the task that awaits it waits."},
    {Rule::ToThreadDoesNotWait, "to-thread-does-not-wait", "await to_thread only starts the thread",
     "await waits until the thread's function has returned; only the others go on meanwhile."},
    {Rule::CancelStopsThread, "cancel-stops-thread",
     "cancelling the task stops the thread it waits for",
     "Nothing can stop a thread from outside: cancelling ends the waiting, and the thread works "
     "on."},
    {Rule::ThreadsOneAtATime, "threads-one-at-a-time",
     "the GIL lets a thread finish before the next begins",
     "The GIL goes to another thread as soon as one blocks, and every few milliseconds besides."},
    {Rule::WaitsShareTheirTime, "waits-share-their-time",
     "four waits at once take a quarter of their sum",
     "Waits that overlap take as long as the longest: none of them gets shorter."},
    {Rule::SizeDecides, "size-decides", "the smallest page is there first",
     "What decides is how long each server takes to answer, and then the transfer."},
    {Rule::ForWorksAhead, "async-for-works-ahead",
     "async for fetches the next item while the body runs",
     "The generator stands still at its yield until the body asks for the next item."},
    {Rule::ForCollectsFirst, "async-for-collects-first",
     "async for fetches all items before the first round",
     "Every item gets its round as soon as it is there."},
    {Rule::ForRoundsOverlap, "async-for-rounds-overlap",
     "async for works on several items at the same time",
     "async for goes through the whole body before it asks for the next item."},
    {Rule::SleepTakesNoTime, "sleep-takes-no-time",
     "sleep only lets the others go first, however long it is",
     "sleep sets a bell: its task goes on when that much time has passed."},
    {Rule::WokenGoesFirst, "woken-goes-first", "who has waited goes before those in line",
     "A bell puts its task at the end of the line: who stood there before goes first."},
    {Rule::MainGoesFirst, "main-goes-first", "main goes before all others",
     "main is a task like the others and stands in the same line."},
    {Rule::TasksOneByOne, "tasks-one-by-one", "a task begins when the one before it is done",
     "Every task stands in line as soon as it is created, and has its turn while others wait."},
    {Rule::AwaitDoesNotWait, "await-does-not-wait", "awaiting a task only sees that it is started",
     "await goes on when the task is done, and not before."},
    {Rule::FailureIsSilent, "failure-is-silent", "an exception in a task is lost",
     "A task keeps its exception, and whoever awaits it gets it."},
    {Rule::CancelIsIgnored, "cancel-lets-it-finish", "cancel() lets the task finish what it does",
     "CancelledError is raised where the task waits, at its next turn."},
    {Rule::CancelSkipsFinally, "cancel-skips-finally", "a cancelled task ends without its finally",
     "CancelledError is an exception like others: every finally on its way runs."},
    {Rule::TimeoutLetsItRun, "timeout-lets-it-run",
     "a timeout gives up the waiting and lets the task go on",
     "At its deadline a timeout cancels what it waits for, and waits until that is over."},
    {Rule::CallStartsIt, "call-starts-it", "calling a coroutine function starts it as a task",
     "The call only makes a coroutine object; create_task would make a task of it."},
    {Rule::GroupDoesNotWait, "group-does-not-wait",
     "a TaskGroup's block ends while its tasks still run",
     "The block of a TaskGroup ends when the last of its tasks is done."},
    {Rule::GatherReturnsFirst, "gather-returns-first",
     "gather goes on as soon as the first of them is done",
     "gather waits for all of its arguments: asyncio.wait can stop at the first."},
    {Rule::FailureInterruptsMain, "failure-interrupts-main",
     "an exception in a task is raised in main at once",
     "An exception stays in its task: main hears of it where it awaits that task."},
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
