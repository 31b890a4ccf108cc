// Timeline: a recording made navigable. Checkpoints of the Model for instant seeks, lanes for
// drawing, and the look-ups behind "why did this run now?". Grows with its recording: call update()
// after events were appended. Everything asked about "an event" means the world just after it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/trace/checkpoint.hpp"
#include "runtime/trace/lanes.hpp"
#include "runtime/trace/model.hpp"
#include "runtime/trace/recording.hpp"

namespace loopglass::trace {

// What never changes about a task.
struct TaskInfo {
    TaskId id = 0;
    TextId name = 0;      // asyncio's: "Task-1" or as given
    TextId function = 0;  // its coroutine function
    TaskId parent = 0;    // who had the turn when it was created
    EventIndex created = kNoEvent;
    EventIndex ended = kNoEvent;  // TaskDone, TaskFailed or TaskCancelled
    uint32_t ordinal = 1;         // counts tasks that would have the same label
    uint32_t letter_ordinal = 1;  // counts tasks that would have the same letter
};

// The sizes of a step, each forward and back.
enum class StepSize : uint8_t {
    Event,      // every fact
    Statement,  // a line begins (needs Level::Line; otherwise: the line changes)
    Switch,     // a task gets or gives back the turn, or blocks the loop
    Iteration,  // a pass of the loop begins
    ClockJump,  // virtual time moves
};

struct TaskNumbers {
    uint32_t steps = 0;
    LaneTimes times;
};

// Least, greatest and last value of a counter over an interval.
struct CounterBox {
    int64_t begin = 0, end = 0;  // axis units
    uint32_t least = 0, greatest = 0, last = 0;
};
enum class Counter : uint8_t { ReadyLength, TimerCount };

struct TimelineOptions {
    uint32_t checkpoint_every = 2048;     // events; doubled when checkpoints outgrow their share
    size_t checkpoint_bytes = 24u << 20;  // what they may take at least …
    uint32_t checkpoint_bytes_per_event = 6;  // … or per event, whichever is more
};

class Timeline {
public:
    // The recording must outlive the timeline and stay at its address.
    explicit Timeline(const Recording& recording, TimelineOptions options = {});

    // Takes in the events appended since. About 30 ns an event.
    void update();
    [[nodiscard]] const Recording& recording() const { return *recording_; }
    [[nodiscard]] EventIndex size() const { return live_.next(); }

    // --- time travel
    // ------------------------------------------------------------------------------ The world just
    // after `event`; kNoEvent: before the first.
    [[nodiscard]] Model model_at(EventIndex event) const;
    // The same, into an existing model, which is moved forward where that is shorter.
    void seek(Model& model, EventIndex event) const;
    // The world after the last event.
    [[nodiscard]] const Model& latest() const { return live_; }

    // --- tasks
    // ------------------------------------------------------------------------------------
    [[nodiscard]] uint32_t task_count() const { return static_cast<uint32_t>(tasks_.size()) - 1; }
    // Ids run from 1 to task_count().
    [[nodiscard]] const TaskInfo& task(TaskId id) const {
        return tasks_[id < tasks_.size() ? id : 0];
    }
    // What to call it on screen: its given name, or its function ("tick", "tick 2"); task 0: "the
    // script".
    [[nodiscard]] std::string label(TaskId id) const;
    // One letter, with a number if needed: "T", "T2".
    [[nodiscard]] std::string letter(TaskId id) const;
    // Steps and times up to an event.
    [[nodiscard]] TaskNumbers numbers(TaskId id, EventIndex event) const;
    // Tasks and plain futures of a group, in order, and its owner, whether or not it is done.
    [[nodiscard]] std::vector<uint32_t> group_children(GroupId group) const;
    // The event that created a task, sync object, group, thread, work or socket; kNoEvent if
    // unknown.
    [[nodiscard]] EventIndex created(FieldType type, uint32_t id) const;
    // The task or, for 0, the loop itself, that had the turn when the event happened.
    [[nodiscard]] TaskId actor(EventIndex event) const;

    // --- navigation
    // ------------------------------------------------------------------------------- The nearest
    // stop after (before) an event; stays where it is if there is none.
    [[nodiscard]] EventIndex next(StepSize step, EventIndex event) const;
    [[nodiscard]] EventIndex previous(StepSize step, EventIndex event) const;
    [[nodiscard]] EventIndex next_on_lane(TaskId task, EventIndex event) const;
    [[nodiscard]] EventIndex previous_on_lane(TaskId task, EventIndex event) const;
    // The chain of causes, nearest first, the event itself not included.
    [[nodiscard]] std::vector<EventIndex> why(EventIndex event) const;
    // The first time the task is resumed after `event`; kNoEvent: never.
    [[nodiscard]] EventIndex when_will_run(TaskId task, EventIndex event) const;
    // The first event that has `event` as its cause; kNoEvent: none.
    [[nodiscard]] EventIndex effect(EventIndex event) const;

    // --- output and lines
    // ------------------------------------------------------------------------- Every Printed
    // event, in order.
    [[nodiscard]] const std::vector<EventIndex>& prints() const { return prints_; }
    // How many of them happened up to and including an event.
    [[nodiscard]] uint32_t prints_until(EventIndex event) const;
    // Every event a statement on this line brought about. Scans the recording (15 ms for 10 million
    // events).
    [[nodiscard]] std::vector<EventIndex> events_on_line(uint32_t line) const;

    // --- drawing
    // ---------------------------------------------------------------------------------- Requires 1
    // <= id <= task_count(); 0 is the loop's lane.
    [[nodiscard]] const Lane& lane(TaskId id) const { return lanes_[id]; }
    void boxes(TaskId lane, const Window& window, std::vector<Box>& out) const {
        lanes_[lane].boxes(*recording_, window, out);
    }
    void marks(TaskId lane, const Window& window, std::vector<Mark>& out) const {
        lanes_[lane].mark_boxes(*recording_, window, out);
    }
    // For Window::columns: the first event at or after the left edge of each column of min_pixels.
    // On the axis of events there is nothing to look up, and `out` is left empty.
    void columns(const Window& window, std::vector<EventIndex>& out) const;
    [[nodiscard]] Flow flow(EventIndex enqueued) const;
    // Arrows into and out of a task (for the loop: none) inside a window; at most `limit`, at least
    // `min_pixels` apart per direction.
    void flows(TaskId task, const Window& window, std::vector<Flow>& out, size_t limit = 300) const;
    // A counter over a window; about one box per pixel.
    void counter(Counter which, const Window& window, std::vector<CounterBox>& out) const;
    // Tasks with a span inside the window, in order of creation.
    [[nodiscard]] std::vector<TaskId> active_tasks(const Window& window) const;
    // Where an event stands on an axis, and which event stands at a place (the last at or before
    // it).
    [[nodiscard]] int64_t position(Axis axis, EventIndex event) const;
    [[nodiscard]] EventIndex event_at(Axis axis, int64_t position) const;

    // Bytes of everything but the recording itself.
    [[nodiscard]] size_t memory_bytes() const;
    [[nodiscard]] size_t checkpoint_count() const { return checkpoints_.size(); }

private:
    static constexpr unsigned kCounterShift = 8;
    struct CounterBlock {
        uint32_t ready_least = UINT32_MAX, ready_greatest = 0, ready_first = 0;
        uint32_t timers_least = UINT32_MAX, timers_greatest = 0, timers_first = 0;
    };

    void take_in(const Event& event, EventIndex index);
    void make_room(TaskId highest);
    void add_task(const Event& event, EventIndex index);
    void add_spans(const Event& event, EventIndex index, TaskId had_turn);
    void add_loop_span(const Event& event, EventIndex index);
    void count(EventIndex index);
    void take_checkpoint();
    void thin_checkpoints();
    [[nodiscard]] const Checkpoint* checkpoint_for(EventIndex events) const;
    [[nodiscard]] std::string_view label_text(const TaskInfo& info) const;
    [[nodiscard]] bool stops_at(StepSize step, EventIndex event) const;
    [[nodiscard]] TaskId waker(EventIndex enqueued, TaskId had_turn) const;

    const Recording* recording_;
    TimelineOptions options_;
    Model live_;
    uint32_t checkpoint_every_;
    size_t checkpoint_bytes_ = 0;
    std::vector<Checkpoint> checkpoints_;
    Checkpoint::Last last_checkpoint_;
    std::vector<TaskInfo> tasks_;
    std::vector<Lane> lanes_;
    FlatMap<uint32_t> label_counts_;  // hash of a label -> tasks so labelled
    uint32_t letter_counts_[256] = {};
    std::vector<EventIndex> prints_;
    std::vector<CounterBlock> counters_;
    std::vector<EventIndex> created_[5];  // by id: sync objects, groups, threads, work, sockets
    int64_t now_ = 0;
    size_t time_point_ = 0;
    EventIndex poll_ = kNoEvent;  // a poll that may take time is in progress
};

// How a task waits, for people: after a TaskSuspended.
struct WaitWords {
    std::string what;  // "sleep(0.1)", "gather(tick, bad)", "lock a", "tick"
    std::string
        until;  // "timer rings at 0.200 s", "0 of 2 done", "held by tick", "" if nothing to add
};
// `model` is the world just after `event`, or later while the wait lasts.
[[nodiscard]] WaitWords wait_words(const Timeline& timeline, const Model& model,
                                   EventIndex suspended);

// The runtime's own, such as the ones that tidy up at the end of asyncio.run: not the script's
// story.
[[nodiscard]] bool made_by_runtime(const Timeline& timeline, TaskId task);

// "0.200" for 200'000'000 ns: seconds with three digits (more only if asked for).
[[nodiscard]] std::string seconds_text(int64_t ns, int digits = 3);
// "0.1" rather than "0.100": as a programmer would write it. More digits than asked for where
// nothing would be left.
[[nodiscard]] std::string short_seconds_text(int64_t ns, int digits = 9);

}  // namespace loopglass::trace
