// Questions to a timeline: navigation, causes, output, what to draw.
#include <algorithm>
#include <cmath>

#include "runtime/trace/timeline.hpp"

namespace loopglass::trace {

TaskNumbers Timeline::numbers(TaskId id, EventIndex event) const {
    if (id == 0 || id >= lanes_.size() || recording_->empty()) return {};
    const EventIndex at = std::min(event, recording_->size() - 1);
    TaskNumbers out;
    out.times = lanes_[id].times_at(*recording_, at);
    out.steps = model_at(at).task(id).steps;
    return out;
}

std::vector<uint32_t> Timeline::group_children(GroupId group) const {
    std::vector<uint32_t> out;
    const EventIndex from = created(FieldType::Group, group);
    for (EventIndex i = from; i < size(); ++i) {
        const Event& event = (*recording_)[i];
        if (event.kind == EventKind::GroupChild && event.subject == group)
            out.push_back(event.object);
        if (event.kind == EventKind::GroupDone && event.subject == group) break;
    }
    return out;
}

TaskId Timeline::actor(EventIndex event) const {
    const int64_t span = lanes_[0].span_at(event);
    if (span < 0) return 0;
    const Event& began = (*recording_)[lanes_[0].span(static_cast<uint32_t>(span))];
    return subject_is_task(began.kind) ? began.subject : 0;
}

// --- navigation
// ------------------------------------------------------------------------------------

namespace {
// A blocking call that is over before the clock moves (two threads shaking hands) stops nobody.
bool takes_time(const Recording& rec, EventIndex blocked) {
    constexpr EventIndex kFar = 200;
    for (EventIndex i = blocked + 1; i < rec.size() && i < blocked + kFar; ++i) {
        if (rec.time(i) != rec.time(blocked)) return true;
        if (rec[i].kind == EventKind::BlockedEnd) return false;
    }
    return true;
}
}  // namespace

bool Timeline::stops_at(StepSize step, EventIndex index) const {
    const Event& event = (*recording_)[index];
    switch (step) {
        case StepSize::Event:
            return true;
        case StepSize::Statement:
            if (recording_->lines_on()) return event.kind == EventKind::LineExecuted;
            return event.line != 0 && (index == 0 || (*recording_)[index - 1].line != event.line);
        case StepSize::Switch:
            return event.kind == EventKind::TaskResumed ||
                   (event.kind == EventKind::BlockedBegin && takes_time(*recording_, index)) ||
                   (event.kind >= EventKind::TaskSuspended &&
                    event.kind <= EventKind::TaskCancelled);
        case StepSize::Iteration:
            return event.kind == EventKind::IterationBegin;
        case StepSize::ClockJump:
            return index > 0 && recording_->time(index) != recording_->time(index - 1);
    }
    return false;
}

EventIndex Timeline::next(StepSize step, EventIndex event) const {
    if (step == StepSize::ClockJump) {
        const std::vector<TimePoint>& points = recording_->time_points();
        const auto point =
            std::upper_bound(points.begin(), points.end(), event == kNoEvent ? 0 : event,
                             [](EventIndex e, const TimePoint& p) { return e < p.event; });
        return point == points.end() || point->event >= size() ? event : point->event;
    }
    for (EventIndex i = event + 1; i < size(); ++i) {  // kNoEvent + 1 is 0
        if (stops_at(step, i)) return i;
    }
    return event;
}

EventIndex Timeline::previous(StepSize step, EventIndex event) const {
    for (EventIndex i = std::min(event, size()); i-- > 0;) {
        if (stops_at(step, i)) return i;
    }
    return event;
}

EventIndex Timeline::next_on_lane(TaskId task, EventIndex event) const {
    const Lane& lane = lanes_[task];
    const auto span = static_cast<uint32_t>(event == kNoEvent ? 0 : lane.span_at(event) + 1);
    return span < lane.span_count() ? lane.span(span) : event;
}

EventIndex Timeline::previous_on_lane(TaskId task, EventIndex event) const {
    if (event == kNoEvent || event == 0) return event;
    const int64_t span = lanes_[task].span_at(event - 1);
    return span < 0 ? event : lanes_[task].span(static_cast<uint32_t>(span));
}

std::vector<EventIndex> Timeline::why(EventIndex event) const {
    std::vector<EventIndex> chain;
    while (event < size()) {
        const EventIndex cause = (*recording_)[event].cause;
        if (cause >= event) break;
        chain.push_back(cause);
        event = cause;
    }
    return chain;
}

EventIndex Timeline::when_will_run(TaskId task, EventIndex event) const {
    if (task >= lanes_.size()) return kNoEvent;
    const Lane& lane = lanes_[task];
    for (auto k = static_cast<uint32_t>(lane.span_at(event) + 1); k < lane.span_count(); ++k) {
        const Event& began = (*recording_)[lane.span(k)];
        if (began.kind == EventKind::TaskResumed && began.subject == task) return lane.span(k);
    }
    return kNoEvent;
}

EventIndex Timeline::effect(EventIndex event) const {
    if (event == kNoEvent) return kNoEvent;
    for (EventIndex i = event + 1; i < size(); ++i) {
        if ((*recording_)[i].cause == event) return i;
    }
    return kNoEvent;
}

// --- output and lines
// ------------------------------------------------------------------------------

uint32_t Timeline::prints_until(EventIndex event) const {
    if (event == kNoEvent) return 0;
    return static_cast<uint32_t>(std::upper_bound(prints_.begin(), prints_.end(), event) -
                                 prints_.begin());
}

std::vector<EventIndex> Timeline::events_on_line(uint32_t line) const {
    std::vector<EventIndex> out;
    for (EventIndex i = 0; i < size(); ++i) {
        if ((*recording_)[i].line == line) out.push_back(i);
    }
    return out;
}

// --- drawing
// ---------------------------------------------------------------------------------------

int64_t Timeline::position(Axis axis, EventIndex event) const {
    return axis == Axis::Time ? recording_->time(event) : static_cast<int64_t>(event);
}

EventIndex Timeline::event_at(Axis axis, int64_t position) const {
    if (size() == 0 || position < 0) return kNoEvent;
    if (axis == Axis::Events)
        return static_cast<EventIndex>(std::min<int64_t>(position, size() - 1));
    const EventIndex after = std::min(recording_->first_at(position + 1), size());
    return after == 0 ? kNoEvent : after - 1;
}

void Timeline::columns(const Window& window, std::vector<EventIndex>& out) const {
    out.clear();
    if (window.axis != Axis::Time || window.end <= window.begin) return;
    const std::vector<TimePoint>& points = recording_->time_points();
    const int64_t step = window.least();
    const auto before = [](const TimePoint& p, int64_t t) { return p.now < t; };
    auto point = std::lower_bound(points.begin(), points.end(), window.begin, before);
    ptrdiff_t stride = 1;  // what lay between the last two columns: a good guess for the next
    for (int64_t at = window.begin; at < window.end + step; at += step) {
        auto low = point;
        for (ptrdiff_t jump = stride; point != points.end() && point->now < at; jump *= 2) {
            low = point + 1;
            point += std::min(jump, points.end() - point);
        }
        point = std::lower_bound(low, point, at, before);
        stride = std::max<ptrdiff_t>((point - low) / 2 + 1, stride / 2);
        out.push_back(point == points.end() ? size() : std::min(point->event, size()));
    }
}

Flow Timeline::flow(EventIndex enqueued) const {
    const Event& event = (*recording_)[enqueued];
    return {event.cause, enqueued, when_will_run(event.subject, enqueued),
            waker(enqueued, actor(enqueued)), event.subject};
}

void Timeline::flows(TaskId task, const Window& window, std::vector<Flow>& out,
                     size_t limit) const {
    out.clear();
    if (task >= lanes_.size() || window.end <= window.begin) return;
    const Lane& lane = lanes_[task];
    const double unit =
        static_cast<double>(window.end - window.begin) / std::max(window.pixels, 1.0);
    const auto gap = static_cast<int64_t>(unit * window.min_pixels * 8);
    int64_t last = INT64_MIN / 2;
    const auto take = [&](EventIndex event) {
        const int64_t at = position(window.axis, event);
        if (at - last < gap && !out.empty()) return true;
        last = at;
        out.push_back(flow(event));
        return out.size() < limit;
    };
    const EventIndex first = event_at(window.axis, window.begin - 1) + 1;  // the first inside
    const auto from = static_cast<uint32_t>(lane.span_at(first == 0 ? 0 : first - 1) + 1);
    // Where many stand closer than the gap, the next one far enough away is looked up.
    const auto beyond = [&](EventIndex event) {
        const EventIndex near = event_at(window.axis, position(window.axis, event) + gap);
        return near == kNoEvent || near <= event ? event : near;
    };
    for (uint32_t k = first == 0 ? 0 : from; k < lane.span_count(); ++k) {
        const EventIndex event = lane.span(k);
        if (position(window.axis, event) >= window.end) break;
        if ((*recording_)[event].kind != EventKind::TaskEnqueued) continue;
        if (!take(event)) return;
        const EventIndex near = beyond(event);
        if (near > event) k = std::max(k, static_cast<uint32_t>(lane.span_at(near)));
    }
    last = INT64_MIN / 2;
    const std::vector<EventIndex>& wakes = lane.wakes();
    for (auto wake = std::lower_bound(wakes.begin(), wakes.end(), first); wake != wakes.end();) {
        if (position(window.axis, *wake) >= window.end || !take(*wake)) return;
        const EventIndex near = beyond(*wake);
        wake = near > *wake ? std::upper_bound(wake, wakes.end(), near) : wake + 1;
    }
}

void Timeline::counter(Counter which, const Window& window, std::vector<CounterBox>& out) const {
    out.clear();
    if (size() == 0 || window.end <= window.begin) return;
    const bool ready = which == Counter::ReadyLength;
    const EventIndex last_event = event_at(window.axis, window.end - 1);
    const EventIndex first_event = event_at(window.axis, std::max<int64_t>(window.begin, 0));
    if (last_event == kNoEvent || first_event == kNoEvent) return;
    constexpr EventIndex kWalk = 8'000;  // up to here the model itself is asked
    const bool walk = last_event - first_event <= kWalk;
    Model model(*recording_);
    if (walk) seek(model, first_event);
    Window fine = window;
    fine.min_pixels = 1;
    const int64_t step = fine.least();
    std::vector<EventIndex> edges;
    columns(fine, edges);
    // The first event at or after the left edge of a column.
    const auto edge = [&](size_t c, int64_t at) {
        return window.axis == Axis::Time
                   ? edges[c]
                   : static_cast<EventIndex>(std::clamp<int64_t>(at, 0, size()));
    };
    uint32_t value = walk ? (ready ? model.ready_count() : model.timer_count()) : 0;
    size_t c = 0;
    for (int64_t begin = window.begin; begin < window.end; begin += step, ++c) {
        const int64_t end = std::min(begin + step, window.end);
        const EventIndex after = edge(c + 1, begin + step);
        if (after == 0) continue;
        const EventIndex until = after - 1;
        CounterBox box{begin, end, value, value, value};
        if (walk) {
            while (model.next() <= until) {
                model.apply_next();
                value = ready ? model.ready_count() : model.timer_count();
                box.least = std::min(box.least, value);
                box.greatest = std::max(box.greatest, value);
            }
        } else {
            const EventIndex from = edge(c, begin);
            const size_t first = std::min(from, until) >> kCounterShift;
            const size_t last = std::max(first, static_cast<size_t>(until >> kCounterShift));
            box.least = UINT32_MAX;
            for (size_t b = first; b <= last && b < counters_.size(); ++b) {
                const CounterBlock& block = counters_[b];
                box.least = std::min(box.least, ready ? block.ready_least : block.timers_least);
                box.greatest =
                    std::max(box.greatest, ready ? block.ready_greatest : block.timers_greatest);
                value = ready ? block.ready_first : block.timers_first;
            }
        }
        box.last = value;
        if (!out.empty() && out.back().least == box.least && out.back().greatest == box.greatest &&
            out.back().last == box.last) {
            out.back().end = end;
        } else {
            out.push_back(box);
        }
    }
}

std::vector<TaskId> Timeline::active_tasks(const Window& window) const {
    std::vector<TaskId> out;
    const EventIndex first = event_at(window.axis, window.begin - 1) + 1;  // the first inside
    const EventIndex last = event_at(window.axis, window.end - 1);
    if (last == kNoEvent) return out;
    for (TaskId id = 1; id < tasks_.size(); ++id) {
        const TaskInfo& info = tasks_[id];
        if (info.id == 0) continue;
        if (info.created > last) break;  // they are in order of creation
        if (info.ended == kNoEvent || info.ended >= first) out.push_back(id);
    }
    return out;
}

}  // namespace loopglass::trace
