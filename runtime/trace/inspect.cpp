#include "runtime/trace/inspect.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"

namespace loopglass::trace {

namespace {

using base::cat;

constexpr EventIndex kLookBack = 50'000;  // events; more would be felt in a frame

// Collects what the events before a moment say of one task, newest first.
class LookBack {
public:
    LookBack(const Timeline& timeline, TaskId task, EventIndex event, TaskReport& out)
        : rec_(timeline.recording()), timeline_(timeline), task_(task), event_(event), out_(out) {}

    void run() {
        const EventIndex last = std::min(event_, timeline_.size() - 1);
        const EventIndex created = timeline_.task(task_).created;
        EventIndex stop = last > kLookBack ? last - kLookBack : 0;
        if (created != kNoEvent) stop = std::max(stop, created);
        for (EventIndex i = last + 1; i-- > stop;)
            if (rec_[i].subject == task_ && subject_is_task(rec_[i].kind)) take(rec_[i], i);
        std::reverse(out_.history.begin(), out_.history.end());
        std::erase_if(out_.variables, [](const VariableView& v) { return v.repr == 0; });
        std::reverse(out_.variables.begin(), out_.variables.end());
    }

private:
    void take(const Event& e, EventIndex i) {
        switch (e.kind) {
            case EventKind::LineExecuted:
                ++lines_;
                return;
            case EventKind::FrameLeft:
                ++depth_;
                return;
            case EventKind::FrameEntered:
                --depth_;  // below zero: what comes now belongs to an outer function
                return;
            case EventKind::VariableChanged:
                return variable(e, i);
            case EventKind::TaskResumed:
                if (!resumed_) moment(i, cat("got the turn, line ", e.line));
                resumed_ = true;
                return;
            case EventKind::CancelRequested:
                return moment(i, cat("cancel() asked for by ",
                                     e.object ? timeline_.label(e.object) : "a callback"));
            case EventKind::CancelDelivered:
                return moment(i, "CancelledError raised inside");
            case EventKind::CancelSwallowed:
                return moment(i, "swallowed the cancellation");
            case EventKind::TaskDone:
                return moment(i, e.object ? cat("returned ", rec_.text_of(e.object)) : "returned");
            case EventKind::TaskFailed:
                return moment(i, cat("raised ", rec_.text_of(e.object)));
            case EventKind::TaskCancelled:
                return moment(i, "ended as cancelled");
            default:
                return;
        }
    }

    void variable(const Event& e, EventIndex i) {
        const bool global = e.detail_as<VariableScope>() != VariableScope::Local;
        if (!global && depth_ != 0) return;
        for (const VariableView& known : out_.variables)
            if (known.name == e.object && known.global == global) return;
        out_.variables.push_back({e.object, e.arg, i, global, lines_ < 2 && e.line != 0});
    }

    void moment(EventIndex i, std::string text) {
        constexpr size_t kMost = 6;
        if (out_.history.size() < kMost) out_.history.push_back({i, std::move(text)});
    }

    const Recording& rec_;
    const Timeline& timeline_;
    TaskId task_;
    EventIndex event_;
    TaskReport& out_;
    uint32_t lines_ = 0;
    int depth_ = 0;
    bool resumed_ = false;
};

Moment birth(const Timeline& timeline, TaskId task) {
    const TaskInfo& info = timeline.task(task);
    const Event& e = timeline.recording()[info.created];
    std::string text = cat("created by ", timeline.label(info.parent));
    if (e.line) base::append(text, cat(", line ", e.line));
    return {info.created, std::move(text)};
}

}  // namespace

TaskReport report_task(const Timeline& timeline, const Model& model, TaskId task,
                       EventIndex event) {
    TaskReport out;
    out.task = task;
    out.state = model.task(task);
    if (out.state.phase == TaskPhase::Unborn || timeline.size() == 0) return out;
    out.numbers.steps = out.state.steps;
    out.numbers.times = timeline.lane(task).times_at(timeline.recording(), event);
    out.place_in_line = model.ready_position(task);
    if (const auto* chain = model.await_chain(task); chain && is_alive(out.state.phase))
        out.chain = *chain;
    if (out.state.phase == TaskPhase::Waiting)
        out.waits = wait_words(timeline, model, out.state.since);
    std::vector<WaitEdge> edges;
    model.waits_for(task, edges);
    for (const WaitEdge& edge : edges) out.waits_for.push_back(edge.target);
    for (const WaitEdge& edge : model.wait_edges())
        if (edge.target == task) out.waited_by.push_back(edge.waiter);
    LookBack(timeline, task, event, out).run();
    if (timeline.task(task).created != kNoEvent)
        out.history.insert(out.history.begin(), birth(timeline, task));
    if (is_over(out.state.phase))
        std::erase_if(out.variables, [](const VariableView& v) { return !v.global; });
    return out;
}

std::vector<CycleLink> deadlock_cycle(const Timeline& timeline, const Model& model) {
    const std::vector<TaskId> tasks = model.wait_cycle();
    std::vector<CycleLink> out;
    for (size_t i = 0; i < tasks.size(); ++i)
        out.push_back({tasks[i], tasks[(i + 1) % tasks.size()],
                       wait_words(timeline, model, model.task(tasks[i]).since).what});
    return out;
}

std::string sync_label(const Timeline& timeline, SyncId id) {
    const EventIndex created = timeline.created(FieldType::Sync, id);
    if (created == kNoEvent) return cat("object ", id);
    const Recording& rec = timeline.recording();
    const std::string_view name = rec.text_of(rec[created].object);
    if (!name.empty()) return std::string(name);
    constexpr std::string_view kNames[] = {"lock",      "asyncio.Event",  "condition",
                                           "semaphore", "semaphore",      "barrier",
                                           "queue",     "priority queue", "LIFO queue"};
    // Several of a kind are counted in the order in which the script made them.
    const auto same = [&](SyncId other) {
        const EventIndex at = timeline.created(FieldType::Sync, other);
        return at != kNoEvent && rec[at].detail == rec[created].detail;
    };
    constexpr SyncId kMost = 200;
    uint32_t ordinal = 1;
    bool alone = true;
    for (SyncId other = 1; other < id && other < kMost; ++other)
        if (same(other)) ++ordinal, alone = false;
    for (SyncId other = id + 1; alone && other < id + 4; ++other) alone = !same(other);
    std::string label(kNames[rec[created].detail]);
    if (!alone) base::append(label, cat(" ", ordinal));
    return label;
}

std::vector<EventIndex> path_to_turn(const Timeline& timeline, TaskId task, EventIndex event) {
    const EventIndex turn = timeline.when_will_run(task, event);
    if (turn == kNoEvent) return {};
    std::vector<EventIndex> path{turn};
    for (const EventIndex cause : timeline.why(turn)) {
        if (cause <= event) break;
        path.push_back(cause);
    }
    std::reverse(path.begin(), path.end());
    return path;
}

}  // namespace loopglass::trace
