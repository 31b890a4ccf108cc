// Lints: for each a run that shows the mistake and one that does not.
#include "runtime/trace/lint.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "runtime/trace/invariants.hpp"
#include "tests/support/synthetic_recording.hpp"

using namespace loopglass::trace;
using namespace loopglass::testing;

namespace {

std::vector<Finding> findings(const Recording& rec, const LintOptions& options = {}) {
    const Timeline timeline(rec);
    std::vector<Finding> out = lint(timeline, options);
    for (Finding& finding : out) {
        CHECK(finding.event < rec.size());
        for (const EventIndex event : finding.evidence) CHECK(event < rec.size());
        CHECK(finding.sentence.back() == '.');
    }
    return out;
}

// The sentence of the first finding of a lint; empty if there is none.
std::string found(const Recording& rec, std::string_view id, const LintOptions& options = {}) {
    for (const Finding& finding : findings(rec, options)) {
        if (finding.lint->id == id) return finding.sentence;
    }
    return "";
}

Recording play(std::vector<Program> programs, int locks = 0, int queues = 0,
               Level level = Level::Switch) {
    Recording rec(level);
    MiniLoop(rec, std::move(programs), locks, queues).run();
    CHECK(check_invariants(rec).empty());
    return rec;
}

constexpr int64_t ms(int64_t n) {
    return n * kMillisecond;
}

// A running task to write facts about by hand.
TaskId running_task(Recording& rec, TaskOrigin origin = TaskOrigin::Main) {
    const TaskId task = rec.new_task();
    const EventIndex created =
        rec.append(EventKind::TaskCreated, task, rec.text("Task-" + std::to_string(task)),
                   rec.text("worker"), origin);
    const EventIndex queued = rec.append_because(created, EventKind::TaskEnqueued, task);
    rec.append_because(queued, EventKind::TaskResumed, task);
    return task;
}

}  // namespace

TEST_CASE("a calm program has no findings") {
    const Recording rec = play({{"main", {{Op::Gather, 1, 0, 0, {1, 2}}}},
                                {"a", {{Op::Sleep, 2, ms(10)}, {Op::Print, 3, 0, 0, {}, "a"}}},
                                {"b", {{Op::Sleep, 4, ms(20)}, {Op::Yield, 5}}}});
    CHECK(findings(rec).empty());
}

TEST_CASE("the table is complete and unique") {
    std::set<std::string_view> ids;
    for (const LintInfo& info : all_lints()) {
        CHECK(ids.insert(info.id).second);
        CHECK(info.why.back() == '.');
        CHECK(info.fix.back() == '.');
        CHECK(find_lint(info.id) == &info);
    }
    CHECK(find_lint("L99") == nullptr);
    CHECK(severity_name(Severity::Warning) == "warning");
}

TEST_CASE("L01, L02, L05: the blocking lesson") {
    const Recording rec = lesson_7();
    CHECK(found(rec, "L01") == "bad kept the turn for 0.500 s inside time.sleep(0.5).");
    CHECK(found(rec, "L02") == "tick could have run while bad kept the turn: 0.400 s lost in all.");
    CHECK(found(rec, "L05") ==
          "A timer due at 0.200 s rang 0.400 s late: bad was inside time.sleep(0.5).");
    const Recording brief = play({{"main", {{Op::Block, 1, ms(40), 0, {}, "time.sleep"}}}});
    CHECK(findings(brief).empty());
    LintOptions strict;
    strict.slow_step = ms(20);
    CHECK_FALSE(found(brief, "L01", strict).empty());
    CHECK(found(brief, "L02", strict).empty());
}

TEST_CASE("L03: a task that had the turn when the run was cut off") {
    Recording rec;
    running_task(rec);
    rec.finish(EndReason::FuelBudget, 1);
    CHECK(found(rec, "L03") == "worker had the turn and never gave it back.");
    Recording over;
    over.append(EventKind::TaskDone, running_task(over));
    over.finish(EndReason::FuelBudget, 1);
    CHECK(found(over, "L03").empty());
}

TEST_CASE("L04, L22: polling with sleep(0)") {
    Program poller{"poller", std::vector<Op>(120, Op{Op::Yield, 3})};
    const Recording rec = play({poller});
    CHECK(found(rec, "L04") == "poller yielded 20 times in a row without waiting for anything.");
    CHECK(found(rec, "L22").starts_with("The loop made 100 passes at 0.000 s"));
    Program polite{"polite", {}};
    for (int i = 0; i < 60; ++i)
        polite.body.push_back(i % 10 == 9 ? Op{Op::Sleep, 4, ms(1)} : Op{Op::Yield, 3});
    const Recording good = play({polite});
    CHECK(found(good, "L04").empty());
    CHECK(found(good, "L22").empty());
}

TEST_CASE("L06: two locks taken in opposite orders") {
    Recording rec;
    for (TaskId id = 1; id <= 2; ++id) {
        const TaskId task = running_task(rec, TaskOrigin::CreateTask);
        rec.append(EventKind::SyncCreated, rec.new_sync(), rec.text("lock"), 0, SyncType::Lock);
        rec.append(EventKind::SyncChanged, task, id, 1, SyncOp::Acquire);
        rec.append(EventKind::TaskSuspended, task, 3 - id, rec.new_future(), AwaitKind::Lock);
    }
    rec.append(EventKind::LoopStopped, 0, 0, 0, StopReason::Stuck);
    rec.finish(EndReason::Stuck, 1);
    CHECK(found(rec, "L06") == "worker waits for worker 2, which waits for worker.");
    CHECK(found(rec, "L07").empty());
}

TEST_CASE("L07: a get without a put") {
    const Recording rec = play({{"main", {{Op::Get, 2, 0, 0}}}}, 0, 1);
    CHECK(rec.info.end == EndReason::Stuck);
    CHECK(found(rec, "L07") ==
          "main waits for get from queue1 and nobody is left to put anything into it.");
    CHECK(found(rec, "L06").empty());
    CHECK(found(play({{"main", {{Op::Put, 2, 0, 0}, {Op::Get, 3, 0, 0}}}}, 0, 1), "L07").empty());
}

TEST_CASE("L08, L10: what CPython warns about") {
    Recording rec;
    rec.append_at(4, EventKind::CoroutineNeverAwaited, 0, rec.text("fetch"));
    const TaskId task = running_task(rec);
    const EventIndex failed = rec.append(EventKind::TaskFailed, task, rec.text("ValueError: no"));
    rec.append_because(failed, EventKind::ExceptionNeverRetrieved, task,
                       rec.text("ValueError: no"));
    CHECK(found(rec, "L08") ==
          "The coroutine fetch() was made and thrown away without having run.");
    CHECK(found(rec, "L10") == "worker failed with ValueError: no and nobody looked.");
}

TEST_CASE("L09, L11: fire and forget") {
    const std::vector<Program> programs{{"main", {{Op::Spawn, 1, 0, 1}, {Op::Sleep, 2, ms(10)}}},
                                        {"child", {{Op::Sleep, 5, ms(500)}}}};
    const Recording rec = play(programs);
    CHECK(found(rec, "L09") == "main started child and ended without waiting for it.");
    CHECK(found(rec, "L11") == "child was not done when main ended.");
    std::vector<Program> waiting = programs;
    waiting[0].body.push_back({Op::Await, 3, 0, 0});
    const Recording good = play(waiting);
    CHECK(found(good, "L09").empty());
    CHECK(found(good, "L11").empty());
    Recording lost;
    const TaskId task = running_task(lost, TaskOrigin::CreateTask);
    lost.append(EventKind::TaskSuspended, task, 0, lost.new_future(), AwaitKind::Future);
    lost.append(EventKind::TaskDestroyedPending, task);
    CHECK(found(lost, "L09").starts_with("worker disappeared"));
}

TEST_CASE("L12: tasks started and awaited one by one") {
    const Program nap{"nap", {{Op::Sleep, 9, ms(300)}}};
    const Recording rec = play(
        {{"main",
          {{Op::Spawn, 1, 0, 1}, {Op::Await, 2, 0, 0}, {Op::Spawn, 3, 0, 1}, {Op::Await, 4, 0, 1}}},
         nap});
    CHECK(found(rec, "L12") ==
          "main awaited 2 tasks one after the other; together they would have taken 0.300 s "
          "instead of 0.600 s.");
    const Recording good = play(
        {{"main",
          {{Op::Spawn, 1, 0, 1}, {Op::Spawn, 3, 0, 1}, {Op::Await, 2, 0, 0}, {Op::Await, 4, 0, 1}}},
         nap});
    CHECK(found(good, "L12").empty());
}

TEST_CASE("L12: coroutines awaited one by one, seen through their frames") {
    const auto run = [](bool paced) {
        Recording rec(Level::Line);
        const TaskId task = running_task(rec);
        rec.append_at(1, EventKind::FrameEntered, task, rec.text("main"));
        const auto wait = [&] {
            rec.append(EventKind::TaskSuspended, task, 0, rec.new_future(), AwaitKind::Other);
            const EventIndex queued =
                rec.append_because(0, EventKind::TaskEnqueued, task, 0, 0, EnqueueReason::Woken);
            rec.set_now(rec.now() + ms(100));
            rec.append_because(queued, EventKind::TaskResumed, task);
        };
        for (uint32_t i = 0; i < 3; ++i) {
            rec.append_at(2 + i, EventKind::FrameEntered, task, rec.text("fetch"));
            wait();
            rec.append(EventKind::FrameLeft, task, rec.text("fetch"));
            if (paced) wait();
        }
        rec.append(EventKind::FrameLeft, task, rec.text("main"));
        rec.append(EventKind::TaskDone, task);
        return rec;
    };
    CHECK(found(run(false), "L12") ==
          "worker awaited 3 calls one after the other; together they would have taken 0.100 s "
          "instead of 0.300 s.");
    CHECK(found(run(true), "L12").empty());
}

TEST_CASE("L13, L14: a cancellation that does not come through") {
    const std::vector<Op> body{{Op::Sleep, 5, ms(100)}, {Op::Sleep, 6, ms(1500)}};
    const std::vector<Op> main{
        {Op::Spawn, 1, 0, 1}, {Op::Sleep, 2, ms(10)}, {Op::Cancel, 3, 0, 0}, {Op::Await, 4, 0, 0}};
    const Recording rec = play({{"main", main}, {"stubborn", body, true}});
    CHECK(found(rec, "L13") == "stubborn received CancelledError and went on as if it had not.");
    CHECK(found(rec, "L14") == "stubborn ended only 1.500 s after it was asked to cancel.");
    const Recording good = play({{"main", main}, {"obedient", body}});
    CHECK(found(good, "L13").empty());
    CHECK(found(good, "L14").empty());
}

TEST_CASE("L15, L16: a lock held while waiting, and the queue before it") {
    const Program worker{"worker", {{Op::Acquire, 5}, {Op::Sleep, 6, ms(80)}, {Op::Release, 7}}};
    const Recording rec =
        play({{"main", {{Op::Gather, 1, 0, 0, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}}}, worker}, 1);
    CHECK(found(rec, "L15") ==
          "worker held lock1 for 0.080 s while it was waiting itself, and 11 wanted it.");
    CHECK(found(rec, "L16") == "Up to 11 tasks waited for lock1, most of the time.");
    const Program quick{"quick", {{Op::Acquire, 5}, {Op::Release, 7}, {Op::Sleep, 6, ms(80)}}};
    const Recording good =
        play({{"main", {{Op::Gather, 1, 0, 0, {1, 1, 1, 1, 1, 1, 1, 1}}}}, quick}, 1);
    CHECK(found(good, "L15").empty());
    CHECK(found(good, "L16").empty());
}

TEST_CASE("L17: an unbounded queue that only grows") {
    const auto produce = [](uint32_t maxsize) {
        Recording rec;
        const TaskId task = running_task(rec);
        const SyncId queue = rec.new_sync();
        rec.append(EventKind::SyncCreated, queue, rec.text("jobs"), maxsize, SyncType::Queue);
        for (uint32_t n = 1; n <= 80; ++n)
            rec.append(EventKind::SyncChanged, task, queue, n, SyncOp::Put);
        return rec;
    };
    CHECK(found(produce(0), "L17") == "jobs has no maxsize and grew to 80 items.");
    CHECK(found(produce(100), "L17").empty());
}

TEST_CASE("L18: everybody is woken, one finds something") {
    const auto wake = [](bool again) {
        Recording rec;
        const SyncId condition = rec.new_sync();
        rec.append(EventKind::SyncCreated, condition, rec.text("news"), 0, SyncType::Condition);
        std::vector<EventIndex> queued;
        for (int i = 0; i < 10; ++i) {
            const TaskId task = running_task(rec);
            rec.append(EventKind::TaskSuspended, task, condition, rec.new_future(),
                       AwaitKind::Condition);
        }
        const TaskId waker = running_task(rec);
        rec.append(EventKind::SyncChanged, waker, condition, 10, SyncOp::Notify);
        for (TaskId task = 1; task <= 10; ++task)
            queued.push_back(rec.append(EventKind::TaskEnqueued, task, 0, 0, EnqueueReason::Woken));
        rec.append(EventKind::TaskDone, waker);
        for (TaskId task = 1; task <= 10; ++task) {
            rec.append_because(queued[task - 1], EventKind::TaskResumed, task);
            if (again && task > 1) {
                rec.append(EventKind::TaskSuspended, task, condition, rec.new_future(),
                           AwaitKind::Condition);
            } else {
                rec.append(EventKind::TaskDone, task);
            }
        }
        return rec;
    };
    CHECK(found(wake(true), "L18") ==
          "news woke 10 tasks and 9 of them went straight back to waiting for it.");
    CHECK(found(wake(false), "L18").empty());
}

TEST_CASE("L19, L20: a long line, and timers that never ring") {
    std::vector<int> many(150, 1);
    const Program worker{"worker", std::vector<Op>(30, Op{Op::Yield, 4})};
    CHECK(found(play({{"main", {{Op::Gather, 1, 0, 0, many}}}, worker}), "L19")
              .starts_with("On average"));
    Recording rec;
    for (int i = 0; i < 150; ++i) {
        const HandleId handle = rec.new_handle();
        rec.append(EventKind::TimerScheduled, handle, 0, rec.wide(ms(10)), TimerKind::Timeout);
        if (i % 3 != 0) rec.append(EventKind::TimerCancelled, handle);
    }
    CHECK(found(rec, "L20") == "100 of 150 timers were cancelled.");
    CHECK(found(lesson_7(), "L19").empty());
    CHECK(found(lesson_7(), "L20").empty());
}

TEST_CASE("L23: run() inside a running loop") {
    Recording rec;
    const TaskId task = running_task(rec);
    rec.append(EventKind::ExceptionRaised, task,
               rec.text("RuntimeError: asyncio.run() cannot be called from a running event loop"));
    rec.append(EventKind::ExceptionRaised, task, rec.text("ValueError: something else"));
    CHECK(found(rec, "L23") ==
          "worker got RuntimeError: asyncio.run() cannot be called from a running event loop.");
}

TEST_CASE("L24: two tasks read, await and write the same variable") {
    const auto count = [](int second) {
        Recording rec(Level::Line);
        rec.append(EventKind::VariableChanged, 0, rec.text("counter"), rec.text("0"),
                   VariableScope::Global);
        const Program one{"one", {{Op::Sleep, 4, ms(10)}, {Op::Set, 5, 0, 1, {}, "counter"}}};
        Program two{"two", {{Op::Sleep, 4, ms(20)}, {Op::Set, 5, 0, second, {}, "counter"}}};
        MiniLoop(rec, {{"main", {{Op::Gather, 1, 0, 0, {1, 2}}}}, one, two}).run();
        return rec;
    };
    CHECK(found(count(1), "L24") ==
          "two set counter to 1, though one had set it to 1 while it was suspended: one of the two "
          "changes is lost.");
    CHECK(found(count(2), "L24").empty());
}

TEST_CASE("L25: a gap silences what cannot be known") {
    Recording rec;
    rec.append_at(4, EventKind::CoroutineNeverAwaited, 0, rec.text("fetch"));
    CHECK_FALSE(found(rec, "L08").empty());
    rec.append(EventKind::Gap, 0, 0, rec.wide(12));
    CHECK(found(rec, "L25") == "12 events are missing.");
    CHECK(found(rec, "L08").empty());
}

TEST_CASE("repeated findings at one place are counted, not repeated") {
    Program blocker{"blocker", {}};
    for (int i = 0; i < 5; ++i) {
        blocker.body.push_back({Op::Block, 2, ms(200), 0, {}, "time.sleep"});
        blocker.body.push_back({Op::Sleep, 3, ms(1)});
    }
    const std::vector<Finding> all = findings(play({blocker}));
    REQUIRE(all.size() == 1);
    CHECK(all[0].count == 5);
    CHECK(all[0].line == 2);
}

TEST_CASE("random runs are linted without a stumble") {
    for (uint32_t seed = 0; seed < 100; ++seed)
        static_cast<void>(findings(random_run(seed, Level::Line)));
}
