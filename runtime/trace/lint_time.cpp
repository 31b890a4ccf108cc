// Lints about time and turns.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/trace/lint_checks.hpp"

namespace loopglass::trace::lints {
namespace {

using base::cat;

bool ends_step(EventKind kind) {
    return kind >= EventKind::TaskSuspended && kind <= EventKind::TaskCancelled;
}

struct Step {
    TaskId task;
    EventIndex begin, end;
    EventIndex blocked;  // its first blocking call, or kNoEvent
};

// Every step, or part of a run outside tasks, in which time passed at least `least`.
std::vector<Step> long_steps(const Linter& l, int64_t least) {
    std::vector<Step> out;
    Step open{0, kNoEvent, kNoEvent, kNoEvent};
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind == EventKind::TaskResumed || e.kind == EventKind::CallbackBegin) {
            open = {e.kind == EventKind::TaskResumed ? e.subject : 0, i, kNoEvent, kNoEvent};
        } else if (e.kind == EventKind::BlockedBegin && open.blocked == kNoEvent) {
            open.blocked = i;
        } else if (open.begin != kNoEvent && ((ends_step(e.kind) && e.subject == open.task) ||
                                              e.kind == EventKind::CallbackEnd)) {
            open.end = i;
            if (l.rec.time(i) - l.rec.time(open.begin) >= least) out.push_back(open);
            open = {0, kNoEvent, kNoEvent, kNoEvent};
        }
    }
    return out;
}

std::string step_name(const Linter& l, const Step& step) {
    return step.task == 0 ? "a callback" : l.name(step.task);
}

uint16_t step_line(const Linter& l, const Step& step) {
    return l.rec[step.blocked != kNoEvent ? step.blocked : step.begin].line;
}

}  // namespace

void slow_step(Linter& l) {
    for (const Step& step : long_steps(l, l.options.slow_step)) {
        const int64_t took = l.rec.time(step.end) - l.rec.time(step.begin);
        const std::string inside = step.blocked == kNoEvent
                                       ? ""
                                       : cat(" inside ", l.rec.text_of(l.rec[step.blocked].object));
        l.report(step.task, step_line(l, step),
                 step.blocked != kNoEvent ? step.blocked : step.begin,
                 cat(step_name(l, step), " kept the turn for ", l.seconds(took), inside, "."),
                 {step.begin, step.end});
    }
}

void starved_others(Linter& l) {
    Model model(l.rec);
    for (const Step& step : long_steps(l, l.options.slow_step)) {
        l.timeline.seek(model, step.end);
        const int64_t end = l.rec.time(step.end);
        int64_t paid = 0;
        std::vector<EventIndex> evidence;
        std::string first;
        for (TaskId id = 1; id <= model.task_count(); ++id) {
            if (id == step.task || !is_alive(model.phase(id))) continue;
            const TaskState state = model.task(id);
            int64_t could_run = end;
            if (state.phase == TaskPhase::Ready || state.phase == TaskPhase::New) {
                could_run = std::max(l.rec.time(state.since), l.rec.time(step.begin));
            } else if (state.phase == TaskPhase::Waiting && state.awaits == AwaitKind::Sleep) {
                const auto timer = model.timer(state.object);
                if (timer) could_run = std::max(timer->due, l.rec.time(step.begin));
            }
            if (could_run >= end) continue;
            paid += end - could_run;
            evidence.push_back(state.since);
            if (first.empty()) first = l.name(id);
        }
        if (evidence.empty()) continue;
        const std::string who =
            evidence.size() == 1 ? first : cat(first, " and ", evidence.size() - 1, " more");
        l.report(step.task, step_line(l, step), step.begin,
                 cat(who, " could have run while ", step_name(l, step),
                     " kept the turn: ", l.seconds(paid), " lost in all."),
                 std::move(evidence));
    }
}

void never_yields(Linter& l) {
    const Model& end = l.timeline.latest();
    const TaskId task = end.running();
    if (task == 0 || l.rec.empty()) return;
    const TaskState state = end.task(task);
    const int64_t ran = l.rec.duration() - l.rec.time(state.since);
    const bool cut_off = l.rec.info.end == EndReason::FuelBudget ||
                         l.rec.info.end == EndReason::EventBudget ||
                         l.rec.info.end == EndReason::TimeLimit;
    if (!cut_off && ran < l.options.never_yields) return;
    l.report(task, state.line, state.since,
             cat(l.name(task), " had the turn and never gave it back."));
}

void busy_yield(Linter& l) {
    struct Streak {
        uint32_t yields = 0;
        EventIndex first = kNoEvent;
    };
    std::unordered_map<TaskId, Streak> streaks;
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::TaskEnqueued) continue;
        Streak& streak = streaks[e.subject];
        if (e.detail_as<EnqueueReason>() != EnqueueReason::Yielded) {
            streak = {};
            continue;
        }
        if (streak.yields++ == 0) streak.first = i;
        if (streak.yields == l.options.busy_yields) {
            const EventIndex suspended = e.cause < i ? e.cause : i;
            l.report(e.subject, l.rec[suspended].line, streak.first,
                     cat(l.name(e.subject), " yielded ", streak.yields,
                         " times in a row without waiting for anything."),
                     {i});
        }
    }
}

void late_timer(Linter& l) {
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::TimerFired || e.cause >= i) continue;
        const int64_t late = l.rec.wide_of(e.arg);
        const int64_t delay = l.rec.time(i) - late - l.rec.time(e.cause);
        if (late <= std::max(l.options.late_timer, delay / 10)) continue;
        // Who had the turn when it should have rung: the last blocking call before now.
        EventIndex blocker = kNoEvent;
        for (EventIndex k = i; k-- > e.cause && blocker == kNoEvent;) {
            if (l.rec[k].kind == EventKind::BlockedBegin) blocker = k;
        }
        const Event& set = l.rec[e.cause];
        const std::string whose = blocker == kNoEvent
                                      ? std::string("the loop was busy")
                                      : cat(l.name(l.rec[blocker].subject), " was inside ",
                                            l.rec.text_of(l.rec[blocker].object));
        std::vector<EventIndex> evidence{e.cause};
        if (blocker != kNoEvent) evidence.push_back(blocker);
        l.report(l.timeline.actor(e.cause), set.line, i,
                 cat("A timer due at ", l.seconds(l.rec.time(i) - late), " rang ", l.seconds(late),
                     " late: ", whose, "."),
                 std::move(evidence));
    }
}

void slow_cancel(Linter& l) {
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::CancelRequested) continue;
        const EventIndex ended = l.timeline.task(e.subject).ended;
        const EventIndex until = ended == kNoEvent ? l.rec.size() - 1 : ended;
        if (until < i || l.rec.time(until) - l.rec.time(i) < l.options.slow_cancel) continue;
        l.report(
            e.subject, e.line, i,
            cat(l.name(e.subject), ended == kNoEvent ? " was still not over " : " ended only ",
                l.seconds(l.rec.time(until) - l.rec.time(i)), " after it was asked to cancel."),
            {until});
    }
}

void ready_pressure(Linter& l) {
    constexpr size_t kLeast = 20;
    std::vector<std::pair<int64_t, EventIndex>> delays;
    uint64_t lengths = 0, iterations = 0;
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind == EventKind::TaskResumed && e.cause < i)
            delays.emplace_back(l.rec.time(i) - l.rec.time(e.cause), i);
        if (e.kind == EventKind::IterationBegin) {
            lengths += e.object;
            ++iterations;
        }
    }
    if (delays.size() < kLeast) return;
    const auto p95 = delays.begin() + static_cast<std::ptrdiff_t>(delays.size() * 95 / 100);
    std::nth_element(delays.begin(), p95, delays.end());
    const bool slow = p95->first >= l.options.ready_delay;
    const bool crowded = iterations >= kLeast && lengths / iterations >= l.options.ready_length;
    if (!slow && !crowded) return;
    l.report(
        0, 0, p95->second,
        slow ? cat("One turn in twenty came ", l.seconds(p95->first),
                   " or more after it could have.")
             : cat("On average ", lengths / iterations, " stood in line at the start of a pass."));
}

void timer_churn(Linter& l) {
    uint32_t scheduled = 0, cancelled = 0;
    EventIndex last = kNoEvent;
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        if (l.rec[i].kind == EventKind::TimerScheduled) ++scheduled;
        if (l.rec[i].kind == EventKind::TimerCancelled) {
            ++cancelled;
            last = i;
        }
    }
    if (scheduled <= l.options.timer_churn || cancelled * 2 <= scheduled) return;
    l.report(0, 0, last, cat(cancelled, " of ", scheduled, " timers were cancelled."));
}

// Calls are recorded at level `line` only: below it nothing is known, and nothing said.
void deep_stack(Linter& l) {
    struct Chain {
        uint32_t depth = 0, deepest = 0;
        EventIndex at = kNoEvent;
    };
    std::unordered_map<TaskId, Chain> chains;
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::FrameEntered && e.kind != EventKind::FrameLeft) continue;
        Chain& chain = chains[e.subject];
        if (e.kind == EventKind::FrameLeft) {
            chain.depth -= chain.depth > 0;
        } else if (++chain.depth > chain.deepest) {
            chain.deepest = chain.depth;
            chain.at = i;
        }
    }
    for (const auto& [task, chain] : chains)
        if (chain.deepest >= l.options.stack_depth)
            l.report(task, l.rec[chain.at].line, chain.at,
                     cat(l.name(task), " had ", chain.deepest, " calls inside each other, in ",
                         l.rec.text_of(l.rec[chain.at].object), "()."));
}

void spin(Linter& l) {
    uint32_t streak = 0;
    EventIndex first = kNoEvent;
    int64_t at = -1;
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        if (l.rec[i].kind != EventKind::IterationBegin) continue;
        const int64_t now = l.rec.time(i);
        if (now != at) {
            streak = 0;
            first = i;
            at = now;
        }
        if (++streak == l.options.spin) {
            l.report(l.timeline.actor(i), 0, first,
                     cat("The loop made ", streak, " passes at ", l.seconds(now),
                         " without time passing."),
                     {i});
        }
    }
}

namespace {

// Waits one after the other that could have overlapped.
struct Chain {
    std::vector<EventIndex> evidence;
    int64_t sum = 0, longest = 0;

    void add(EventIndex event, int64_t took) {
        if (took <= 0) return;
        evidence.push_back(event);
        sum += took;
        longest = std::max(longest, took);
    }
};

void report_chain(Linter& l, TaskId task, const Chain& chain, std::string_view what) {
    if (chain.evidence.size() < 2) return;
    const auto saved = static_cast<double>(chain.sum - chain.longest);
    if (saved < l.options.sequential_share * static_cast<double>(l.rec.duration())) return;
    const EventIndex first = chain.evidence.front();
    l.report(task, l.rec[first].line, first,
             cat(l.name(task), " awaited ", chain.evidence.size(), " ", what,
                 " one after the other; together they would have taken ", l.seconds(chain.longest),
                 " instead of ", l.seconds(chain.sum), "."),
             chain.evidence);
}

// A child that its parent awaits right after making it, and the next one likewise after the first
// ended.
void sequential_tasks(Linter& l) {
    std::map<TaskId, Chain> chains;
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::TaskSuspended || e.detail_as<AwaitKind>() != AwaitKind::Task)
            continue;
        const TaskInfo& child = l.timeline.task(e.object);
        if (child.parent != e.subject || child.ended == kNoEvent) continue;
        Chain& chain = chains[e.subject];
        const bool after_the_last = chain.evidence.empty() || child.created > chain.evidence.back();
        if (!after_the_last) chain = {};
        chain.add(i, l.rec.time(child.ended) - l.rec.time(child.created));
    }
    for (const auto& [task, chain] : chains) report_chain(l, task, chain, "tasks");
}

// Line level: coroutines awaited directly, one call after the other in the same function. A wait of
// the function's own between them sets a rhythm and ends the chain.
class SequentialCalls {
public:
    explicit SequentialCalls(Linter& l) : l_(l) {}

    void take_in(EventIndex i) {
        const Event& e = l_.rec[i];
        if (!subject_is_task(e.kind) || e.subject == 0) return;
        std::vector<Frame>& frames = stacks_[e.subject];
        switch (e.kind) {
            case EventKind::FrameEntered:
                frames.push_back({i, 0, {}});
                break;
            case EventKind::FrameLeft:
                leave(e.subject, frames);
                break;
            case EventKind::TaskSuspended:
                suspended_[e.subject] = i;
                break;
            case EventKind::TaskResumed:
                waited(e.subject, frames, i);
                break;
            case EventKind::TaskDone:
            case EventKind::TaskFailed:
            case EventKind::TaskCancelled:
                while (!frames.empty()) leave(e.subject, frames);
                break;
            default:
                break;
        }
    }

private:
    struct Frame {
        EventIndex entered;
        int64_t waited;
        Chain calls;
    };
    void waited(TaskId task, std::vector<Frame>& frames, EventIndex resumed) {
        const auto since = suspended_.find(task);
        if (since == suspended_.end() || frames.empty()) return;
        const int64_t took = l_.rec.time(resumed) - l_.rec.time(since->second);
        suspended_.erase(since);
        if (took == 0) return;
        for (Frame& frame : frames) frame.waited += took;
        report_chain(l_, task, frames.back().calls, "calls");
        frames.back().calls = {};
    }
    void leave(TaskId task, std::vector<Frame>& frames) {
        if (frames.empty()) return;
        const Frame frame = std::move(frames.back());
        frames.pop_back();
        report_chain(l_, task, frame.calls, "calls");
        if (!frames.empty()) frames.back().calls.add(frame.entered, frame.waited);
    }

    Linter& l_;
    std::unordered_map<TaskId, std::vector<Frame>> stacks_;
    std::unordered_map<TaskId, EventIndex> suspended_;
};

}  // namespace

void sequential_awaits(Linter& l) {
    sequential_tasks(l);
    if (!l.rec.lines_on()) return;
    SequentialCalls calls(l);
    for (EventIndex i = 0; i < l.rec.size(); ++i) calls.take_in(i);
}

}  // namespace loopglass::trace::lints
