// Breakpoints: the moments they name, and going from one to the next.
#include <algorithm>

#include "app/gui/state.hpp"

namespace loopglass::gui {

using trace::Event;
using trace::EventIndex;
using trace::EventKind;
using trace::kNoEvent;
using trace::TaskPhase;

namespace {

// The phase a task comes into by an event; Unborn: none.
TaskPhase phase_after(EventKind kind) {
    switch (kind) {
        case EventKind::TaskEnqueued:
            return TaskPhase::Ready;
        case EventKind::TaskResumed:
            return TaskPhase::Running;
        case EventKind::TaskSuspended:
            return TaskPhase::Waiting;
        case EventKind::TaskDone:
        case EventKind::TaskFailed:
        case EventKind::TaskCancelled:
            return TaskPhase::Done;
        default:
            return TaskPhase::Unborn;
    }
}

// A line is reached when its statement begins; in recordings without lines, when its first event
// happens.
bool reaches_line(const trace::Recording& rec, EventIndex i, uint32_t line) {
    const Event& event = rec[i];
    if (event.line != line) return false;
    if (rec.lines_on()) return event.kind == EventKind::LineExecuted;
    return i == 0 || rec[i - 1].line != line;
}

bool hits(const trace::Recording& rec, EventIndex i, const Breakpoint& breakpoint) {
    const Event& event = rec[i];
    switch (breakpoint.kind) {
        case Breakpoint::Kind::Line:
            return reaches_line(rec, i, breakpoint.line);
        case Breakpoint::Kind::Print:
            return event.kind == EventKind::Printed;
        case Breakpoint::Kind::Phase:
            return event.subject == breakpoint.task && phase_after(event.kind) == breakpoint.phase;
    }
    return false;
}

}  // namespace

bool AppState::has_breakpoint(const Breakpoint& wanted) const {
    return std::find(breakpoints_.begin(), breakpoints_.end(), wanted) != breakpoints_.end();
}

void AppState::find_stops() {
    stops_.clear();
    if (breakpoints_.empty()) return;
    const trace::Recording& rec = *document_.recording;
    for (EventIndex i = 0; i < timeline().size(); ++i)
        for (const Breakpoint& breakpoint : breakpoints_)
            if (hits(rec, i, breakpoint)) {
                stops_.push_back(i);
                break;
            }
}

EventIndex AppState::stop_between(EventIndex from, EventIndex to) const {
    const auto at = std::upper_bound(stops_.begin(), stops_.end(), from);
    return at != stops_.end() && *at <= to ? *at : kNoEvent;
}

}  // namespace loopglass::gui
