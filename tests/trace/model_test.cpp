// Model: the fold, its invariants, wait-for edges.
#include "runtime/trace/model.hpp"

#include <doctest/doctest.h>

#include <string>

#include "runtime/trace/invariants.hpp"
#include "runtime/trace/timeline.hpp"
#include "tests/support/synthetic_recording.hpp"

using namespace loopglass::trace;
using namespace loopglass::testing;

namespace {

std::string violations(const Recording& rec) {
    std::string out;
    for (const Violation& v : check_invariants(rec))
        out += std::to_string(v.event) + ": " + v.sentence + "\n";
    return out;
}

}  // namespace

TEST_CASE("a task can be followed from its creation to its end") {
    const Recording rec = lesson_7();
    Model model(rec);
    CHECK(model.task(1).phase == TaskPhase::Unborn);
    bool saw_blocking = false;
    while (model.next() < rec.size()) {
        model.apply_next();
        CHECK(model.check().empty());
        if (model.blocked_by() != kNoEvent && !saw_blocking) {
            saw_blocking = true;
            CHECK(model.running() == 3);
            CHECK(model.task(3).blocking);
            CHECK(model.task(3).line == 11);
            CHECK(model.task(2).phase == TaskPhase::Waiting);
            CHECK(model.task(2).awaits == AwaitKind::Sleep);
            CHECK(model.timers_by_due().size() == 1);
            CHECK(model.timers_by_due()[0].timer.due == 200 * kMillisecond);
            CHECK(model.task(1).awaits == AwaitKind::Gather);
            CHECK(model.children_done(1) == 0);
            CHECK(model.wait_edges().size() == 2);
        }
    }
    CHECK(saw_blocking);
    CHECK(model.live_tasks() == 0);
    CHECK(model.task(1).phase == TaskPhase::Done);
    CHECK(model.task(2).steps == 5);
    CHECK(model.now() == 800 * kMillisecond);
    CHECK(rec.output(Stream::Stdout) == "tick 0\ntick 1\nblock\nunblock\ntick 2\ntick 3\n");
}

TEST_CASE("random runs keep every invariant and are equal when repeated") {
    for (uint32_t seed = 0; seed < 300; ++seed) {
        const Recording rec = random_run(seed);
        REQUIRE_MESSAGE(violations(rec).empty(), "seed " << seed << "\n" << violations(rec));
        REQUIRE(random_run(seed).hash() == rec.hash());
        REQUIRE(random_run(seed, Level::Line).hash() == rec.hash());
    }
    const Recording big = big_run(50'000, 100);
    CHECK(violations(big).empty());
}

TEST_CASE(
    "the checker sees a resume without a cause, a jumped line, a lost cause and two running "
    "tasks") {
    const auto start = [](Recording& rec) {
        for (int i = 0; i < 2; ++i) {
            const TaskId task = rec.new_task();
            const EventIndex created =
                rec.append(EventKind::TaskCreated, task, rec.text("t"), rec.text("f"));
            rec.append_because(created, EventKind::TaskEnqueued, task, 0, 0, EnqueueReason::New);
        }
    };
    Recording uncaused;
    start(uncaused);
    uncaused.append(EventKind::TaskResumed, 1);
    CHECK(violations(uncaused).find("its cause is not") != std::string::npos);
    Recording jumped;
    start(jumped);
    jumped.append_because(3, EventKind::TaskResumed, 2);
    CHECK(violations(jumped).find("jumped the line") != std::string::npos);
    Recording two;
    start(two);
    two.append_because(1, EventKind::TaskResumed, 1);
    two.append_because(3, EventKind::TaskResumed, 2);
    CHECK(violations(two).find("two have the turn") != std::string::npos);
    Recording future_cause;
    future_cause.append_because(5, EventKind::IterationBegin, 1);
    CHECK(violations(future_cause).find("not an earlier event") != std::string::npos);
    Recording unborn;
    unborn.append_because(kNoEvent, EventKind::TaskEnqueued, 9);
    CHECK(violations(unborn).find("without a cause") != std::string::npos);
}

TEST_CASE("an eager task's first step sets its creator aside and gives the turn back") {
    Recording rec;
    const TaskId outer = rec.new_task();
    const EventIndex created =
        rec.append(EventKind::TaskCreated, outer, rec.text("Task-1"), rec.text("main"));
    const EventIndex queued = rec.append_because(created, EventKind::TaskEnqueued, outer);
    const EventIndex resumed = rec.append_because(queued, EventKind::TaskResumed, outer);
    const TaskId eager = rec.new_task();
    const EventIndex made = rec.append(EventKind::TaskCreated, eager, rec.text("Task-2"),
                                       rec.text("child"), TaskOrigin::Eager);
    rec.append_because(made, EventKind::TaskResumed, eager);
    Model model(rec);
    model.advance_to(rec.size());
    CHECK(model.running() == eager);
    CHECK(model.task(outer).phase == TaskPhase::Aside);
    rec.append(EventKind::TaskDone, eager);
    rec.set_context(resumed);
    model.advance_to(rec.size());
    CHECK(model.running() == outer);
    CHECK(model.task(eager).parent == outer);
    rec.append(EventKind::LoopStarted, 0, 0, 0, LoopEntry::Nested);
    model.advance_to(rec.size());
    CHECK(model.running() == 0);
    rec.append(EventKind::LoopStopped);
    model.advance_to(rec.size());
    CHECK(model.running() == outer);
    CHECK(violations(rec).empty());
}

TEST_CASE("two tasks that hold one lock each and want the other's form a cycle") {
    Recording rec;
    for (TaskId id = 1; id <= 2; ++id) {
        const TaskId task = rec.new_task();
        const EventIndex created =
            rec.append(EventKind::TaskCreated, task, rec.text("t"), rec.text("f"));
        const EventIndex queued = rec.append_because(created, EventKind::TaskEnqueued, task);
        rec.append(EventKind::SyncCreated, rec.new_sync(), 0, 0, SyncType::Lock);
        rec.append_because(queued, EventKind::TaskResumed, task);
        rec.append(EventKind::SyncChanged, id, id, 1, SyncOp::Acquire);
        rec.append(EventKind::TaskSuspended, id, 3 - id, rec.new_future(), AwaitKind::Lock);
    }
    Model model(rec);
    model.advance_to(rec.size());
    CHECK((model.wait_cycle() == std::vector<TaskId>{1, 2}));
    CHECK((model.sync(1)->holders == std::vector<TaskId>{1}));
    CHECK((model.sync(1)->waiters == std::vector<TaskId>{2}));
}

TEST_CASE("a copied model is independent of the original") {
    const Recording rec = big_run(20'000, 200);
    Model model(rec);
    model.advance_to(5'000);
    const Model kept = model;
    model.advance_to(rec.size());
    Model again = kept;
    CHECK(again.next() == 5'000);
    again.advance_to(rec.size());
    for (TaskId id = 1; id <= model.task_count(); ++id) {
        CHECK(again.task(id).since == model.task(id).since);
        CHECK(again.task(id).steps == model.task(id).steps);
    }
    CHECK(again.timer_count() == model.timer_count());
}

TEST_CASE("a flat map agrees with a plain one under random edits") {
    std::mt19937 random(7);
    FlatMap<uint32_t> flat;
    std::map<uint32_t, uint32_t> plain;
    for (int i = 0; i < 20'000; ++i) {
        const uint32_t key = 1 + random() % 300;
        if (random() % 2 == 0) {
            flat.edit(key) = static_cast<uint32_t>(i);
            plain[key] = static_cast<uint32_t>(i);
        } else {
            flat.erase(key);
            plain.erase(key);
        }
        const uint32_t probe = 1 + random() % 300;
        const uint32_t* found = flat.find(probe);
        REQUIRE((found != nullptr) == (plain.count(probe) == 1));
        if (found != nullptr) REQUIRE(*found == plain[probe]);
        REQUIRE(flat.size() == plain.size());
    }
}

TEST_CASE("closing a loop empties its line: a task whose step is thrown away is not in line") {
    Recording rec(Level::Switch);
    const TaskId task = rec.new_task();
    const EventIndex created = rec.append(EventKind::TaskCreated, task);
    rec.append_because(created, EventKind::TaskEnqueued, task, 0, 0, EnqueueReason::New);
    rec.append(EventKind::LoopClosed, 1);
    const Timeline timeline(rec);
    const Model& model = timeline.latest();
    CHECK(model.ready_begin() == model.ready_end());
    CHECK(model.phase(task) == TaskPhase::New);
    CHECK(model.check() == "");
}
