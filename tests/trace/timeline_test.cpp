// Timeline: seeks, navigation, lanes, flows, counters.
#include "runtime/trace/timeline.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>

#include "tests/support/synthetic_recording.hpp"

using namespace loopglass::trace;
using namespace loopglass::testing;

namespace {

EventIndex find(const Recording& rec, EventKind kind, uint32_t subject, EventIndex from = 0) {
    for (EventIndex i = from; i < rec.size(); ++i) {
        if (rec[i].kind == kind && rec[i].subject == subject) return i;
    }
    return kNoEvent;
}

void require_equal(const Model& a, const Model& b) {
    REQUIRE(a.next() == b.next());
    REQUIRE(a.running() == b.running());
    REQUIRE(a.ready_count() == b.ready_count());
    for (uint32_t i = 0; i < a.ready_count(); ++i)
        REQUIRE(a.ready_begin()[i].queued == b.ready_begin()[i].queued);
    REQUIRE(a.timer_count() == b.timer_count());
    REQUIRE(a.pending_futures() == b.pending_futures());
    REQUIRE(a.task_count() == b.task_count());
    for (TaskId id = 1; id <= a.task_count(); ++id) {
        REQUIRE(a.task(id).phase == b.task(id).phase);
        REQUIRE(a.task(id).since == b.task(id).since);
        REQUIRE(a.task(id).steps == b.task(id).steps);
    }
}

}  // namespace

TEST_CASE("the world at any event is the same by seek and by replay, wherever one comes from") {
    const Recording rec = big_run(60'000, 300);
    const Timeline timeline(rec, {512, 1 << 20, 1});
    CHECK(timeline.checkpoint_count() > 4);
    std::mt19937 random(3);
    Model traveller(rec);
    for (int i = 0; i < 60; ++i) {
        const EventIndex target = random() % rec.size();
        Model plain(rec);
        plain.advance_to(target + 1);
        require_equal(timeline.model_at(target), plain);
        timeline.seek(traveller, target);
        require_equal(traveller, plain);
    }
    CHECK(timeline.model_at(kNoEvent).next() == 0);
    CHECK(timeline.model_at(rec.size() + 5).next() == rec.size());
}

TEST_CASE("a timeline fed in pieces equals one made at the end") {
    Recording growing;
    Timeline live(growing);
    const Recording rec = lesson_7();
    size_t point = 0;
    for (TextId id = 1; id < rec.texts().size(); ++id)
        static_cast<void>(growing.text(rec.text_of(id)));
    for (const int64_t wide : rec.wides()) static_cast<void>(growing.wide(wide));
    for (EventIndex i = 0; i < rec.size(); ++i) {
        while (point + 1 < rec.time_points().size() && rec.time_points()[point + 1].event <= i)
            ++point;
        growing.set_now(rec.time_points()[point].now);
        const Event& e = rec[i];
        growing.set_line(e.line);
        growing.append_because(e.cause, e.kind, e.subject, e.object, e.arg, e.detail);
        if (i % 7 == 0) live.update();
    }
    live.update();
    const Timeline whole(rec);
    for (TaskId id = 0; id <= whole.task_count(); ++id) {
        REQUIRE(live.lane(id).span_count() == whole.lane(id).span_count());
        for (uint32_t k = 0; k < whole.lane(id).span_count(); ++k)
            REQUIRE(live.lane(id).span(k) == whole.lane(id).span(k));
        REQUIRE(live.numbers(id, rec.size()).times.waiting ==
                whole.numbers(id, rec.size()).times.waiting);
    }
    CHECK(live.prints() == whole.prints());
}

TEST_CASE("tasks are called by their function, told apart by numbers, and have a letter") {
    Recording rec;
    const char* const names[][2] = {{"Task-1", "main"},
                                    {"Task-2", "Server.tick"},
                                    {"Task-3", "tick"},
                                    {"loader", "fetch"},
                                    {"Task-5", "try_it"}};
    for (const auto& name : names)
        rec.append(EventKind::TaskCreated, rec.new_task(), rec.text(name[0]), rec.text(name[1]));
    const Timeline timeline(rec);
    CHECK(timeline.label(1) == "main");
    CHECK(timeline.label(2) == "tick");
    CHECK(timeline.label(3) == "tick 2");
    CHECK(timeline.label(4) == "loader");
    CHECK(timeline.label(0) == "the script");
    CHECK(timeline.letter(1) == "M");
    CHECK(timeline.letter(2) == "T");
    CHECK(timeline.letter(3) == "T2");
    CHECK(timeline.letter(5) == "T3");
}

TEST_CASE("why goes from a resume to what woke it, and when_will_run the other way") {
    const Recording rec = lesson_7();
    const Timeline timeline(rec);
    const EventIndex suspended = find(rec, EventKind::TaskSuspended, 2);
    const EventIndex resumed = timeline.when_will_run(2, suspended);
    REQUIRE(resumed != kNoEvent);
    std::vector<EventKind> kinds;
    for (const EventIndex cause : timeline.why(resumed)) kinds.push_back(rec[cause].kind);
    const std::vector<EventKind> start(kinds.begin(), kinds.begin() + 5);
    CHECK((start == std::vector<EventKind>{EventKind::TaskEnqueued, EventKind::FutureResolved,
                                           EventKind::CallbackBegin, EventKind::TimerFired,
                                           EventKind::TimerScheduled}));
    CHECK(rec[timeline.why(resumed).back()].kind == EventKind::TaskCreated);
    CHECK(timeline.when_will_run(2, rec.size() - 1) == kNoEvent);
    CHECK(timeline.effect(timeline.why(resumed)[0]) == resumed);
}

TEST_CASE("each step size stops where it says, and back undoes forward") {
    const Recording rec = lesson_7(Level::Line);
    const Timeline timeline(rec);
    for (const StepSize step : {StepSize::Event, StepSize::Statement, StepSize::Switch,
                                StepSize::Iteration, StepSize::ClockJump}) {
        std::vector<EventIndex> forward, back;
        for (EventIndex at = kNoEvent; timeline.next(step, at) != at;)
            forward.push_back(at = timeline.next(step, at));
        for (EventIndex at = rec.size(); timeline.previous(step, at) != at;)
            back.push_back(at = timeline.previous(step, at));
        std::reverse(back.begin(), back.end());
        CHECK(forward == back);
        CHECK(forward.size() > 3);
    }
    EventIndex at = kNoEvent;
    std::vector<int64_t> jumps;
    while (timeline.next(StepSize::ClockJump, at) != at) {
        at = timeline.next(StepSize::ClockJump, at);
        jumps.push_back(rec.time(at) / kMillisecond);
    }
    CHECK((jumps == std::vector<int64_t>{100, 600, 700, 800}));
    CHECK(rec[timeline.next(StepSize::Statement, 0)].kind == EventKind::LineExecuted);
}

TEST_CASE("times of a task add up to its age at every event") {
    for (uint32_t seed = 0; seed < 40; ++seed) {
        const Recording rec = random_run(seed);
        const Timeline timeline(rec);
        for (TaskId id = 1; id <= timeline.task_count(); ++id) {
            for (EventIndex i = timeline.task(id).created; i < rec.size(); i += 13) {
                const LaneTimes times = timeline.lane(id).times_at(rec, i);
                const EventIndex end = std::min(i, timeline.task(id).ended);
                REQUIRE(times.running + times.ready + times.waiting ==
                        rec.time(end) - rec.time(timeline.task(id).created));
            }
        }
    }
    const Recording rec = lesson_7();
    const Timeline timeline(rec);
    const TaskNumbers bad = timeline.numbers(3, rec.size() - 1);
    CHECK(bad.times.blocking == 500 * kMillisecond);
    CHECK(bad.times.running == 500 * kMillisecond);
    CHECK(bad.times.waiting == 100 * kMillisecond);
    CHECK(bad.steps == 2);
    CHECK(timeline.numbers(2, rec.size() - 1).steps == 5);
}

TEST_CASE(
    "the lesson's lanes read as drawn: bad blocks, tick's bell rings unheard, the loop is stuck") {
    const Recording rec = lesson_7();
    const Timeline timeline(rec);
    std::vector<Box> boxes;
    const Window whole{Axis::Time, 0, 800 * kMillisecond, 1200, 3};
    timeline.boxes(3, whole, boxes);
    const auto blocking = std::find_if(boxes.begin(), boxes.end(),
                                       [](const Box& b) { return b.state == SpanState::Blocking; });
    REQUIRE(blocking != boxes.end());
    CHECK(blocking->begin == 100 * kMillisecond);
    CHECK(blocking->end == 600 * kMillisecond);
    CHECK(boxes.back().state == SpanState::Done);
    timeline.boxes(2, whole, boxes);
    const auto unheard =
        std::find_if(boxes.begin(), boxes.end(), [](const Box& b) { return b.bell >= 0; });
    REQUIRE(unheard != boxes.end());
    CHECK(unheard->bell == 200 * kMillisecond);
    CHECK(unheard->end == 600 * kMillisecond);
    timeline.boxes(0, whole, boxes);
    CHECK(std::any_of(boxes.begin(), boxes.end(),
                      [](const Box& b) { return b.state == SpanState::Blocking; }));
    CHECK(std::count_if(boxes.begin(), boxes.end(),
                        [](const Box& b) { return b.state == SpanState::LoopIdle; }) == 3);
    const EventIndex gather = find(rec, EventKind::TaskSuspended, 1);
    const WaitWords words = wait_words(timeline, timeline.model_at(gather), gather);
    CHECK(words.what == "gather(tick, bad)");
    CHECK(words.until == "0 of 2 done");
    const EventIndex nap = find(rec, EventKind::TaskSuspended, 2);
    CHECK(wait_words(timeline, timeline.model_at(nap), nap).what == "sleep(0.1)");
    CHECK(wait_words(timeline, timeline.model_at(nap), nap).until == "timer rings at 0.100 s");
}

TEST_CASE("boxes cover the window without gap or overlap and never outnumber the pixels") {
    std::mt19937 random(11);
    const Recording rec = big_run(40'000, 20);
    const Timeline timeline(rec);
    std::vector<Box> boxes;
    for (int i = 0; i < 200; ++i) {
        const Axis axis = i % 2 == 0 ? Axis::Time : Axis::Events;
        const int64_t extent = axis == Axis::Time ? rec.duration() : rec.size();
        const auto begin = static_cast<int64_t>(random() % static_cast<uint32_t>(extent));
        const int64_t length = std::max<int64_t>(extent >> (random() % 12), 1);
        const Window window{axis, begin, begin + length, 800, 3};
        const TaskId lane = random() % 21;
        timeline.boxes(lane, window, boxes);
        REQUIRE(boxes.size() <= 800);
        for (size_t k = 0; k + 1 < boxes.size(); ++k) REQUIRE(boxes[k].end == boxes[k + 1].begin);
        uint32_t spans = 0;
        for (const Box& box : boxes) spans += box.count;
        if (!boxes.empty()) {
            const auto first = static_cast<uint32_t>(timeline.lane(lane).span_at(boxes[0].first));
            REQUIRE(first + spans <= timeline.lane(lane).span_count());
            if (first > 0) REQUIRE(boxes[0].begin <= window.begin);
        }
    }
}

TEST_CASE("a rare failure is never lost in a zoomed-out lane") {
    Recording rec;
    const TaskId task = rec.new_task();
    EventIndex cause = rec.append(EventKind::TaskCreated, task, rec.text("t"), rec.text("f"));
    for (int i = 0; i < 20'000; ++i) {
        cause = rec.append_because(cause, EventKind::TaskEnqueued, task);
        rec.append_because(cause, EventKind::TaskResumed, task);
        if (i == 7777) {
            rec.append(EventKind::BlockedBegin, task, rec.text("time.sleep"));
            rec.set_now(rec.now() + 3);
            rec.append(EventKind::BlockedEnd, task);
        }
        cause = rec.append(EventKind::TaskSuspended, task, 0, 0, AwaitKind::Yield);
        rec.set_now(rec.now() + 1000);
    }
    const Timeline timeline(rec);
    std::vector<Box> boxes;
    timeline.boxes(task, {Axis::Time, 0, rec.duration(), 300, 3}, boxes);
    CHECK(boxes.size() < 210);
    CHECK(std::any_of(boxes.begin(), boxes.end(),
                      [](const Box& b) { return (b.flags & kHasBlocking) != 0; }));
}

TEST_CASE("arrows lead from the waker to the woken, in and out of a task") {
    const Recording rec = random_run(12);
    const Timeline timeline(rec);
    std::set<EventIndex> seen;
    std::vector<Flow> flows;
    for (TaskId id = 0; id <= timeline.task_count(); ++id) {
        timeline.flows(id, {Axis::Events, 0, rec.size(), 10'000'000, 0}, flows, 100'000);
        for (const Flow& flow : flows) {
            seen.insert(flow.enqueued);
            CHECK((flow.from == id || flow.to == id));
            CHECK(flow.cause < flow.enqueued);
        }
    }
    size_t wakes = 0;
    for (EventIndex i = 0; i < rec.size(); ++i)
        wakes += rec[i].kind == EventKind::TaskEnqueued ? 1 : 0;
    CHECK(seen.size() == wakes);
}

TEST_CASE("the ready-length counter agrees with the model, walked or from blocks") {
    const Recording rec = big_run(300'000, 500);
    const Timeline timeline(rec);
    std::vector<CounterBox> boxes;
    for (const int64_t end : {int64_t{50'000}, static_cast<int64_t>(rec.size())}) {
        timeline.counter(Counter::ReadyLength, {Axis::Events, 0, end, 700, 3}, boxes);
        REQUIRE_FALSE(boxes.empty());
        CHECK(boxes.size() <= 700);
        uint32_t greatest = 0;
        for (const CounterBox& box : boxes) greatest = std::max(greatest, box.greatest);
        CHECK(greatest == 500);
    }
}

TEST_CASE("prints, lines and marks can be looked up") {
    const Recording rec = lesson_7();
    const Timeline timeline(rec);
    REQUIRE(timeline.prints().size() == 6);
    CHECK(timeline.prints_until(timeline.prints()[2]) == 3);
    CHECK(timeline.prints_until(timeline.prints()[2] - 1) == 2);
    CHECK_FALSE(timeline.events_on_line(11).empty());
    std::vector<Mark> marks;
    timeline.marks(2, {Axis::Time, 0, 900 * kMillisecond, 900, 3}, marks);
    CHECK(marks.size() == 4);
    timeline.marks(2, {Axis::Time, 0, 900 * kMillisecond, 3, 3}, marks);
    CHECK(marks.size() == 1);
    CHECK(marks[0].count == 4);
    CHECK(timeline.event_at(Axis::Time, 100 * kMillisecond) < rec.first_at(100 * kMillisecond + 1));
    CHECK(timeline.active_tasks({Axis::Time, 650 * kMillisecond, 660 * kMillisecond}).size() == 2);
}
