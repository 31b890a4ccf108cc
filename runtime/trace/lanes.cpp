#include "runtime/trace/lanes.hpp"

#include <algorithm>
#include <cmath>

namespace loopglass::trace {
namespace {

SpanState own_state(const Event& event) {
    switch (event.kind) {
        case EventKind::TaskCreated:
            return SpanState::New;
        case EventKind::TaskEnqueued:
            return SpanState::Ready;
        case EventKind::TaskResumed:
        case EventKind::BlockedEnd:
            return SpanState::Running;
        case EventKind::TaskSuspended:
            return SpanState::Waiting;
        case EventKind::BlockedBegin:
            return SpanState::Blocking;
        case EventKind::TaskDone:
            return SpanState::Done;
        case EventKind::TaskFailed:
            return SpanState::Failed;
        case EventKind::TaskCancelled:
            return SpanState::Cancelled;
        default:
            return SpanState::None;
    }
}

SpanState loop_state(const Event& event) {
    switch (event.kind) {
        case EventKind::LoopStopped:
            return SpanState::LoopStopped;
        case EventKind::PollBegin:
            return SpanState::LoopIdle;
        case EventKind::TaskResumed:
        case EventKind::CallbackBegin:
        case EventKind::BlockedEnd:
            return SpanState::Running;
        case EventKind::BlockedBegin:
            return SpanState::Blocking;
        default:
            return SpanState::LoopWorking;
    }
}

bool is_end(SpanState state) {
    return state == SpanState::Done || state == SpanState::Failed || state == SpanState::Cancelled;
}

void add_time(LaneTimes& times, SpanState state, int64_t duration) {
    switch (state) {
        case SpanState::Blocking:
            times.blocking += duration;
            [[fallthrough]];
        case SpanState::Running:
        case SpanState::LoopWorking:
            times.running += duration;
            break;
        case SpanState::New:
        case SpanState::Ready:
            times.ready += duration;
            break;
        case SpanState::Aside:
        case SpanState::Waiting:
        case SpanState::LoopIdle:
            times.waiting += duration;
            break;
        default:
            break;
    }
}

uint8_t flags_of(SpanState state) {
    switch (state) {
        case SpanState::Running:
            return kHasRun;
        case SpanState::Blocking:
            return kHasRun | kHasBlocking;
        case SpanState::Failed:
            return kHasFailure;
        case SpanState::Cancelled:
            return kHasCancel;
        default:
            return 0;
    }
}

}  // namespace

std::string_view span_state_name(SpanState state) {
    constexpr std::string_view kNames[] = {"none",    "new",      "ready", "running", "aside",
                                           "waiting", "blocking", "done",  "failed",  "cancelled",
                                           "stopped", "working",  "idle"};
    return kNames[static_cast<unsigned>(state)];
}

SpanState span_state(const Recording& recording, EventIndex index, TaskId task) {
    const Event& event = recording[index];
    if (task == 0) return loop_state(event);
    if (subject_is_task(event.kind) && event.subject == task) return own_state(event);
    // Somebody inside this task's step took the turn, or gave it back.
    switch (event.kind) {
        case EventKind::TaskResumed:
        case EventKind::LoopStarted:
        case EventKind::CallbackBegin:
            return SpanState::Aside;
        default:
            return SpanState::Running;
    }
}

void Lane::begin_span(EventIndex event, int64_t now, SpanState state, uint8_t flags) {
    add_time(total_, open_state_, now - open_start_);
    if ((spans_.size() & ((1u << kBlockShift) - 1)) == 0) blocks_.push_back({total_, 0});
    blocks_.back().flags |= static_cast<uint8_t>(flags | flags_of(state));
    spans_.push_back(event, state);
    open_state_ = state;
    open_start_ = now;
}

int64_t Lane::span_at(EventIndex event) const {
    if (event == kNoEvent) return int64_t{spans_.size()} - 1;
    return int64_t{spans_.lower_bound(0, spans_.size(), event + 1)} - 1;
}

LaneTimes Lane::times_at(const Recording& recording, EventIndex event) const {
    const int64_t last = span_at(event);
    if (last < 0) return {};
    const auto block = static_cast<size_t>(last) >> kBlockShift;
    LaneTimes times = blocks_[block].before;
    for (auto k = static_cast<uint32_t>(block << kBlockShift); k <= last; ++k) {
        const EventIndex end = k < last ? spans_[k + 1] : event;
        add_time(times, spans_.state(k), recording.time(end) - recording.time(spans_[k]));
    }
    return times;
}

// Positions of spans on the axis of a window.
class Lane::Placer {
public:
    Placer(const Lane& lane, const Recording& recording, const Window& window)
        : lane_(lane), rec_(recording), time_(window.axis == Axis::Time) {
        end_ = time_ ? recording.duration() : static_cast<int64_t>(recording.size());
        if (time_ && window.columns) {
            columns_ = window.columns;
            from_ = window.begin;
            step_ = window.least();
        }
    }

    [[nodiscard]] int64_t of_event(EventIndex event) const {
        return time_ ? rec_.time(event) : static_cast<int64_t>(event);
    }
    [[nodiscard]] int64_t begin(uint32_t k) const {
        return k < lane_.spans_.size() ? of_event(lane_.spans_[k]) : end_;
    }
    [[nodiscard]] int64_t end(uint32_t k) const {
        if (k + 1 < lane_.spans_.size()) return begin(k + 1);
        return is_end(state(k)) ? begin(k) : std::max(end_, begin(k));
    }
    [[nodiscard]] SpanState state(uint32_t k) const { return lane_.spans_.state(k); }
    [[nodiscard]] const Recording& recording() const { return rec_; }
    [[nodiscard]] bool on_time() const { return time_; }

    // The first span in [from, count) that begins at or after `place`. The place becomes an event
    // once; then spans are compared by their events alone.
    [[nodiscard]] uint32_t first_from(uint32_t from, int64_t place) const {
        const Spans& spans = lane_.spans_;
        const EventIndex event = first_event(place);
        const uint32_t count = spans.size();
        uint32_t low = from, high = from;
        for (uint32_t stride = 1; high < count && spans[high] < event; stride *= 2) {
            low = high + 1;
            high = std::min(count, high + stride);
        }
        return spans.lower_bound(low, high, event);
    }

private:
    [[nodiscard]] EventIndex first_event(int64_t place) const {
        if (place <= 0) return 0;
        if (columns_ && place > from_) {
            const auto column = static_cast<size_t>((place - from_ + step_ - 1) / step_);
            if (column < columns_->size()) return (*columns_)[column];
        }
        return time_ ? rec_.first_at(place)
                     : static_cast<EventIndex>(std::min<int64_t>(place, kNoEvent));
    }

    const Lane& lane_;
    const Recording& rec_;
    bool time_;
    int64_t end_;
    const std::vector<EventIndex>* columns_ = nullptr;
    int64_t from_ = 0, step_ = 1;
};

Box Lane::exact_box(const Placer& place, uint32_t k, int64_t begin, int64_t end) const {
    Box box;
    box.begin = begin;
    box.end = end;
    box.first = spans_[k];
    box.state = place.state(k);
    box.flags = flags_of(box.state);
    return box;
}

// Exact: a block that is only partly inside is looked into if it has something to tell.
uint8_t Lane::block_flags(const Placer& place, uint32_t from, uint32_t to) const {
    uint8_t flags = 0;
    for (uint32_t b = from >> kBlockShift; b <= (to - 1) >> kBlockShift; ++b) {
        const uint32_t begin = std::max(from, b << kBlockShift);
        const uint32_t end = std::min(to, (b + 1) << kBlockShift);
        const bool whole = end - begin == 1u << kBlockShift;
        if (whole || (blocks_[b].flags & ~flags & ~kHasRun) == 0) {
            flags |= whole ? blocks_[b].flags : static_cast<uint8_t>(blocks_[b].flags & kHasRun);
            continue;
        }
        for (uint32_t k = begin; k < end; ++k) flags |= flags_of(place.state(k));
    }
    return flags;
}

Box Lane::merged_box(const Placer& place, uint32_t from, uint32_t to, int64_t begin,
                     int64_t end) const {
    // Up to here spans are looked at one by one; short lanes can afford to be exact.
    const uint32_t walk = spans_.size() <= 8192 ? 128 : 12;
    Box box;
    box.begin = begin;
    box.end = end;
    box.first = spans_[from];
    box.count = to - from;
    LaneTimes sum;
    if (box.count <= walk) {
        int64_t at = begin;
        for (uint32_t k = from; k < to; ++k) {
            const SpanState state = place.state(k);
            box.flags |= flags_of(state);
            const int64_t next = k + 1 == to && to < spans_.size() ? end : place.end(k);
            add_time(sum, state, next - at);
            at = next;
        }
    } else {
        // Whole blocks: the shares are exact for the blocks, near enough for the box.
        const uint32_t first = from >> kBlockShift;
        const uint32_t last = std::max(first + 1, to >> kBlockShift);
        box.flags = block_flags(place, from, to);
        const LaneTimes& after = last < blocks_.size() ? blocks_[last].before : total_;
        const LaneTimes& before = blocks_[first].before;
        sum = {after.running - before.running, after.blocking - before.blocking,
               after.ready - before.ready, after.waiting - before.waiting};
    }
    const int64_t whole = sum.running + sum.ready + sum.waiting;
    const auto share = [whole](int64_t part) {
        return whole == 0 ? uint8_t{0}
                          : static_cast<uint8_t>(static_cast<double>(part) * 255.0 /
                                                 static_cast<double>(whole));
    };
    box.running = share(sum.running);
    box.ready = share(sum.ready);
    box.waiting = share(sum.waiting);
    if (sum.blocking * 2 > whole) {
        box.state = SpanState::Blocking;
    } else if (whole == 0) {
        box.state = (box.flags & kHasRun) != 0 ? SpanState::Running : place.state(from);
    } else if (sum.running >= sum.ready && sum.running >= sum.waiting) {
        box.state =
            task_ == 0 && (box.flags & kHasRun) == 0 ? SpanState::LoopWorking : SpanState::Running;
    } else if (sum.ready >= sum.waiting) {
        box.state = SpanState::Ready;
    } else {
        box.state = task_ == 0 ? SpanState::LoopIdle : SpanState::Waiting;
    }
    return box;
}

namespace {

// When a sleep's timer rang, if it is known: the TimerScheduled stands just before the
// TaskSuspended.
int64_t bell_of(const Recording& recording, EventIndex suspended) {
    const Event& event = recording[suspended];
    if (event.detail_as<AwaitKind>() != AwaitKind::Sleep) return -1;
    const EventIndex stop = suspended > 64 ? suspended - 64 : 0;
    for (EventIndex i = suspended; i-- > stop;) {
        const Event& candidate = recording[i];
        if (candidate.kind == EventKind::TimerScheduled && candidate.subject == event.object) {
            return recording.wide_of(candidate.arg);
        }
    }
    return -1;
}

}  // namespace

int64_t Window::least() const {
    const double unit = static_cast<double>(end - begin) / std::max(pixels, 1.0);
    return std::max<int64_t>(static_cast<int64_t>(std::ceil(unit * min_pixels)), 1);
}

// Every place is looked up once and handed on: in a long recording each look-up is a miss of the
// cache.
void Lane::boxes(const Recording& recording, const Window& window, std::vector<Box>& out) const {
    out.clear();
    if (spans_.empty() || window.end <= window.begin) return;
    const Placer place(*this, recording, window);
    const int64_t least = window.least();
    const uint32_t count = spans_.size();
    uint32_t k = place.first_from(0, window.begin);
    if (k > 0) --k;  // the one that reaches into the window
    int64_t begin = place.begin(k);
    while (k < count && begin < window.end) {
        const int64_t end = place.end(k);
        if (end - begin >= least || k + 1 == count) {
            Box box = exact_box(place, k++, begin, end);
            const bool wide = end - begin >= 4 * least || k + 1 >= count;
            if (box.state == SpanState::Waiting && wide)
                box.awaits = recording[box.first].detail_as<AwaitKind>();
            if (box.awaits == AwaitKind::Sleep && place.on_time()) {
                const int64_t bell = bell_of(recording, box.first);
                if (bell > box.begin && bell < box.end) box.bell = bell;
            }
            out.push_back(box);
            begin = end;
            continue;
        }
        uint32_t next = std::max(place.first_from(k + 1, begin + least), k + 1);
        int64_t after = place.begin(next);
        // The last span of the group may reach far beyond it: then it gets its own box.
        if (next - 1 > k) {
            const int64_t last = place.begin(next - 1);
            const bool cap = next == count && is_end(place.state(next - 1));  // drawn apart
            if (after - last >= least || cap) {
                --next;
                after = last;
            }
        }
        out.push_back(next - k == 1 ? exact_box(place, k, begin, end)
                                    : merged_box(place, k, next, begin, after));
        begin = next - k == 1 ? end : after;
        k = next;
    }
}

void Lane::mark_boxes(const Recording& recording, const Window& window,
                      std::vector<Mark>& out) const {
    out.clear();
    if (window.end <= window.begin) return;
    const Placer place(*this, recording, window);
    const int64_t least = window.least();
    const auto from = [&](std::vector<EventIndex>::const_iterator start, int64_t at) {
        return std::partition_point(start, marks_.end(),
                                    [&](EventIndex e) { return place.of_event(e) < at; });
    };
    for (auto mark = from(marks_.begin(), window.begin); mark != marks_.end();) {
        const int64_t at = place.of_event(*mark);
        if (at >= window.end) return;
        const auto next = from(mark, at + least);
        out.push_back({at, *mark, static_cast<uint32_t>(next - mark)});
        mark = next;
    }
}

size_t Lane::memory_bytes() const {
    return sizeof *this + spans_.memory_bytes() + blocks_.capacity() * sizeof(Block) +
           marks_.capacity() * 4 + wakes_.capacity() * 4;
}

}  // namespace loopglass::trace
