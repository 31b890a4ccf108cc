// Lanes: what the timeline draws. A lane is a row (one task, or the loop itself) tiled by spans; a
// span is the index of the event that began it, and its state, since its time can be looked up.
// Blocks of 32 spans carry sums, so that any window of any length is drawn with a few boxes per
// pixel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/trace/event.hpp"
#include "runtime/trace/recording.hpp"
#include "runtime/trace/spans.hpp"

namespace loopglass::trace {

enum class SpanState : uint8_t {
    None,  // before birth
    New,
    Ready,
    Running,
    Aside,  // see TaskPhase::Aside
    Waiting,
    Blocking,  // inside a call that blocks the loop (the loop's lane: stuck in a task's blocking
               // call)
    Done,
    Failed,
    Cancelled,
    LoopStopped,
    LoopWorking,  // the loop's own work between steps
    LoopIdle,     // in the selector, waiting for a timer or a socket
};
[[nodiscard]] std::string_view span_state_name(SpanState state);

// Things worth a mark on a box or block, however small it is drawn.
enum SpanFlag : uint8_t {
    kHasRun = 1,  // the task had the turn inside
    kHasBlocking = 2,
    kHasFailure = 4,
    kHasCancel = 8,
};

enum class Axis : uint8_t { Time, Events };  // nanoseconds, or event indexes at equal width

// What part of the recording to draw, in how many pixels.
struct Window {
    Axis axis = Axis::Time;
    int64_t begin = 0;  // ns or event index
    int64_t end = 0;    // exclusive
    double pixels = 1000;
    double min_pixels = 3;  // narrower spans are merged
    // Made by Timeline::columns() and shared by the lanes of a window: then what is merged reaches
    // to the edge of a column, and no lane searches the clock again. Null: as wide as min_pixels.
    const std::vector<EventIndex>* columns = nullptr;

    // What min_pixels are on the axis, at least 1.
    [[nodiscard]] int64_t least() const;
};

// One rectangle. count == 1: exactly the span begun by `first`. count > 1: that many spans, merged.
struct Box {
    int64_t begin = 0;  // axis units; not clipped to the window
    int64_t end = 0;    // begin == end: no time passed (virtual time): draw a tick
    EventIndex first = kNoEvent;
    uint32_t count = 1;
    SpanState state = SpanState::None;  // of the span, or the one that covers most of a merged box
    AwaitKind awaits = AwaitKind::Yield;  // Waiting, count == 1, at least 4 min_pixels wide
    uint8_t flags = 0;
    uint8_t running = 0, ready = 0, waiting = 0;  // merged: share of the box in 1/255
    int64_t bell =
        -1;  // the same, for a timer whose due time lies inside the box: when it rang unheard
};

// A mark (print, exception, cancel …) or several too close to draw apart.
struct Mark {
    int64_t at = 0;
    EventIndex first = kNoEvent;
    uint32_t count = 1;
};

// An arrow: `cause` made `enqueued` happen, which puts task `to` in line; it runs at `resumed`.
struct Flow {
    EventIndex cause = kNoEvent;
    EventIndex enqueued = kNoEvent;
    EventIndex resumed = kNoEvent;  // kNoEvent: not yet
    TaskId from = 0;                // 0: the loop
    TaskId to = 0;
};

// Sums of virtual time in nanoseconds.
struct LaneTimes {
    int64_t running = 0;  // blocking included
    int64_t blocking = 0;
    int64_t ready = 0;
    int64_t waiting = 0;
};

class Lane {
public:
    explicit Lane(TaskId task = 0) : task_(task) {}

    // --- written by Timeline --------------------------------------------------------------------
    void begin_span(EventIndex event, int64_t now, SpanState state, uint8_t flags = 0);
    void add_mark(EventIndex event) { marks_.push_back(event); }
    void add_wake(EventIndex enqueued) { wakes_.push_back(enqueued); }

    // --- read -----------------------------------------------------------------------------------
    [[nodiscard]] TaskId task() const { return task_; }  // 0: the loop's lane
    [[nodiscard]] uint32_t span_count() const { return spans_.size(); }
    // The event that began span k.
    [[nodiscard]] EventIndex span(uint32_t k) const { return spans_[k]; }
    // The span an event falls into: the last one begun at or before it; -1 before the first.
    [[nodiscard]] int64_t span_at(EventIndex event) const;
    [[nodiscard]] const std::vector<EventIndex>& marks() const { return marks_; }
    // TaskEnqueued events this task caused in others (none are kept for the loop).
    [[nodiscard]] const std::vector<EventIndex>& wakes() const { return wakes_; }
    // Sums over [birth, event).
    [[nodiscard]] LaneTimes times_at(const Recording& recording, EventIndex event) const;
    // The boxes of a window, left to right; at most about two per min_pixels. `out` is cleared
    // first.
    void boxes(const Recording& recording, const Window& window, std::vector<Box>& out) const;
    void mark_boxes(const Recording& recording, const Window& window, std::vector<Mark>& out) const;
    [[nodiscard]] size_t memory_bytes() const;

private:
    static constexpr uint32_t kBlockShift = Spans::kBlockShift;
    struct Block {
        LaneTimes before;  // sums up to its first span
        uint8_t flags = 0;
    };

    class Placer;
    [[nodiscard]] Box exact_box(const Placer& place, uint32_t k, int64_t begin, int64_t end) const;
    [[nodiscard]] Box merged_box(const Placer& place, uint32_t from, uint32_t to, int64_t begin,
                                 int64_t end) const;
    [[nodiscard]] uint8_t block_flags(const Placer& place, uint32_t from, uint32_t to) const;

    TaskId task_;
    SpanState open_state_ = SpanState::None;
    int64_t open_start_ = 0;
    LaneTimes total_;
    Spans spans_;  // with their states, so that drawing need not visit the events
    std::vector<Block> blocks_;
    std::vector<EventIndex> marks_;
    std::vector<EventIndex> wakes_;
};

// The state a span begun by `event` has on the lane of `task` (0: the loop's lane).
[[nodiscard]] SpanState span_state(const Recording& recording, EventIndex event, TaskId task);

}  // namespace loopglass::trace
