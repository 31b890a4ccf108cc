#include "runtime/session/repl_answers.hpp"

#include <algorithm>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/trace/draw_text.hpp"
#include "runtime/trace/lint.hpp"
#include "runtime/trace/say.hpp"

namespace loopglass::session {

using base::cat;
using trace::EventIndex;
using trace::EventKind;
using trace::kNoEvent;
using trace::Model;
using trace::Recording;
using trace::TaskId;
using trace::TaskPhase;
using trace::TaskState;
using trace::Timeline;

namespace {

constexpr size_t kMostTurns = 6, kMostCauses = 12, kMostOver = 5;

Model world(const Timeline& timeline, EventIndex position) {
    return timeline.model_at(position ? std::min(position, timeline.size()) - 1 : kNoEvent);
}

std::string at(int64_t ns) {
    return cat(trace::seconds_text(ns), " s");
}

std::string padded(std::string text, unsigned width) {
    const unsigned columns = trace::text_columns(text);
    if (columns < width) text.append(width - columns, ' ');
    return text;
}

// What a handle of the ready queue or the heap will call.
std::string callback_name(const Timeline& timeline, EventIndex scheduled) {
    const Recording& recording = timeline.recording();
    if (scheduled >= recording.size()) return "a callback";
    const trace::Event& event = recording[scheduled];
    if (event.kind == EventKind::TimerFired) return callback_name(timeline, event.cause);
    const auto text = event.kind == EventKind::TimerScheduled ? event.object : event.arg;
    return std::string(recording.text_of(text));
}

// The task that sleeps until this timer rings; 0: none does.
TaskId sleeper(const Model& model, trace::HandleId handle) {
    for (TaskId task = 1; task <= model.task_count(); ++task) {
        const TaskState state = model.task(task);
        if (state.phase == TaskPhase::Waiting && state.awaits == trace::AwaitKind::Sleep &&
            state.object == handle)
            return task;
    }
    return 0;
}

std::string waiting_for(const Timeline& timeline, const Model& model, const TaskState& state) {
    const trace::WaitWords words = trace::wait_words(timeline, model, state.since);
    return words.until.empty() ? words.what : cat(words.what, ": ", words.until);
}

// Why an event happened, without what happened.
std::string reason_of(const Timeline& timeline, EventIndex event) {
    const std::string sentence = trace::say(timeline, event);
    const size_t at = sentence.find(", because ");
    return at == std::string::npos ? sentence : sentence.substr(at + 2);
}

std::string task_row(const Timeline& timeline, const Model& model, TaskId task) {
    const TaskState state = model.task(task);
    std::string row = cat("  ", padded(timeline.label(task), 16), " ",
                          padded(std::string(trace::phase_name(state.phase)), 9), " since ",
                          at(timeline.recording().time(state.since)));
    if (state.phase == TaskPhase::Waiting)
        row += cat(", for ", waiting_for(timeline, model, state));
    if (trace::is_alive(state.phase) && state.line) row += cat(" (line ", state.line, ")");
    return row + "\n";
}

bool is_turn(EventKind kind) {
    return kind == EventKind::TaskResumed || kind == EventKind::CallbackBegin ||
           kind == EventKind::ClockAdvanced || kind == EventKind::TaskSuspended ||
           (kind >= EventKind::TaskDone && kind <= EventKind::TaskCancelled);
}

std::string summary(const Timeline& timeline, EventIndex begin, EventIndex end) {
    const Recording& recording = timeline.recording();
    uint32_t turns = 0, callbacks = 0, iterations = 0;
    for (EventIndex event = begin; event < end; ++event) {
        turns += recording[event].kind == EventKind::TaskResumed;
        callbacks += recording[event].kind == EventKind::CallbackBegin;
        iterations += recording[event].kind == EventKind::IterationBegin;
    }
    const Model model = world(timeline, end);
    return cat(at(end ? recording.time(end - 1) : 0), ": ", turns, turns == 1 ? " step" : " steps",
               " of tasks and ", callbacks, callbacks == 1 ? " callback" : " callbacks", " in ",
               iterations, iterations == 1 ? " iteration" : " iterations", "; ",
               model.ready_count(), " ready, ", model.timer_count(),
               model.timer_count() == 1 ? " timer" : " timers", " set.\n");
}

void add_tree(const Timeline& timeline, const Model& model, TaskId parent, unsigned depth,
              std::string& out) {
    for (TaskId task = 1; task <= model.task_count(); ++task) {
        if (timeline.task(task).parent != parent || model.phase(task) == TaskPhase::Unborn)
            continue;
        out += cat(std::string(2 * depth + 2, ' '), timeline.label(task), "  ",
                   trace::phase_name(model.phase(task)), "\n");
        if (depth < 60) add_tree(timeline, model, task, depth + 1, out);
    }
}

}  // namespace

std::string tell_event(const Timeline& timeline, EventIndex event) {
    return cat(at(timeline.recording().time(event)), "  ", trace::say(timeline, event), "\n");
}

std::string tell_events(const Timeline& timeline, EventIndex begin, EventIndex end) {
    std::vector<EventIndex> turns;
    for (EventIndex event = begin; event < end && turns.size() <= kMostTurns; ++event)
        if (is_turn(timeline.recording()[event].kind)) turns.push_back(event);
    if (turns.empty() || turns.size() > kMostTurns) return summary(timeline, begin, end);
    std::string out;
    for (const EventIndex event : turns) out += tell_event(timeline, event);
    return out;
}

std::string answer_tasks(const Timeline& timeline, EventIndex position) {
    const Model model = world(timeline, position);
    std::string out, over;
    size_t ended = 0;
    for (TaskId task = model.task_count(); task >= 1; --task) {
        const TaskPhase phase = model.phase(task);
        if (phase == TaskPhase::Unborn) continue;
        const trace::Event& born = timeline.recording()[timeline.task(task).created];
        const bool runtimes = born.detail_as<trace::TaskOrigin>() == trace::TaskOrigin::Runtime;
        if (runtimes && trace::is_over(phase)) continue;  // such as shutdown_asyncgens()
        if (trace::is_over(phase) && ++ended <= kMostOver)
            over.insert(0, task_row(timeline, model, task));
        else if (trace::is_alive(phase))
            out.insert(0, task_row(timeline, model, task));
    }
    if (ended > kMostOver) over.insert(0, cat("  ", ended - kMostOver, " more are over\n"));
    out += over;
    return out.empty() ? "There are no tasks.\n" : out;
}

std::string answer_ready(const Timeline& timeline, EventIndex position) {
    const Model model = world(timeline, position);
    std::string out;
    unsigned number = 0;
    for (const trace::ReadyEntry* entry = model.ready_begin(); entry != model.ready_end();
         ++entry) {
        out += cat("  ", ++number, ". ");
        if (entry->kind == trace::ReadyEntry::Kind::Step) {
            out += cat(timeline.label(entry->id), ", ", reason_of(timeline, entry->queued));
        } else {
            out += cat("callback ", callback_name(timeline, entry->queued));
            if (entry->kind == trace::ReadyEntry::Kind::Timer) out += ", its timer rang";
            if (entry->cancelled) out += ", cancelled: it will be passed over";
        }
        out += "\n";
    }
    return out.empty() ? "The ready queue is empty.\n" : out;
}

std::string answer_timers(const Timeline& timeline, EventIndex position) {
    const Model model = world(timeline, position);
    std::string out;
    for (const Model::DueTimer& timer : model.timers_by_due()) {
        out += cat("  ", at(timer.timer.due), ", in ", at(timer.timer.due - model.now()), ": ",
                   callback_name(timeline, timer.timer.scheduled));
        if (const TaskId task = sleeper(model, timer.handle))
            out += cat(", wakes ", timeline.label(task));
        out += "\n";
    }
    return out.empty() ? "No timer is set.\n" : out;
}

std::string answer_tree(const Timeline& timeline, EventIndex position) {
    const Model model = world(timeline, position);
    std::string out = "  the prompt\n";
    add_tree(timeline, model, 0, 1, out);
    return out;
}

std::string answer_lint(const Timeline& timeline, EventIndex position) {
    std::string out;
    for (const trace::Finding& finding : trace::lint(timeline)) {
        if (finding.event != kNoEvent && finding.event >= position) continue;
        out += cat("  ", finding.lint->id, " ", trace::severity_name(finding.lint->severity), ": ",
                   finding.sentence, "\n       ", finding.lint->fix, "\n");
    }
    return out.empty() ? "Nothing to remark.\n" : out;
}

std::string answer_output(const Timeline& timeline, EventIndex position) {
    const Recording& recording = timeline.recording();
    std::string out;
    bool line_start = true;
    for (const EventIndex print : timeline.prints()) {
        if (print >= position) break;
        std::string_view text = recording.text_of(recording[print].object);
        while (!text.empty()) {
            if (line_start) out += cat("  ", at(recording.time(print)), "  ");
            const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
            out += text.substr(0, end);
            line_start = text[end - 1] == '\n';
            text.remove_prefix(end);
        }
    }
    if (!line_start) out += "\n";
    return out.empty() ? "Nothing has been printed.\n" : out;
}

std::string answer_why(const Timeline& timeline, EventIndex position, TaskId task) {
    const Model model = world(timeline, position);
    const TaskState state = model.task(task);
    if (state.phase == TaskPhase::Unborn) return "That task does not exist yet.\n";
    std::string out = cat("  ", tell_event(timeline, state.since));
    size_t told = 0;
    for (const EventIndex cause : timeline.why(state.since)) {
        if (++told > kMostCauses) {
            out += "  …\n";
            break;
        }
        out += cat("  because: ", tell_event(timeline, cause));
    }
    return out;
}

std::string answer_waits(const Timeline& timeline, EventIndex position, TaskId task) {
    const Model model = world(timeline, position);
    std::string out;
    std::vector<TaskId> seen, next{task};
    while (!next.empty() && seen.size() < kMostCauses) {
        const TaskId waiter = next.front();
        next.erase(next.begin());
        if (std::find(seen.begin(), seen.end(), waiter) != seen.end()) continue;
        seen.push_back(waiter);
        const TaskState state = model.task(waiter);
        const std::string name = timeline.label(waiter);
        if (state.phase == TaskPhase::Waiting)
            out += cat("  ", name, " waits for ", waiting_for(timeline, model, state), "\n");
        else
            out += cat("  ", name, " does not wait: it is ", trace::phase_name(state.phase), "\n");
        std::vector<trace::WaitEdge> edges;
        model.waits_for(waiter, edges);
        for (const trace::WaitEdge& edge : edges) next.push_back(edge.target);
    }
    const std::vector<TaskId> cycle = model.wait_cycle();
    if (std::find(cycle.begin(), cycle.end(), task) == cycle.end()) return out;
    out += "  They wait for each other in a circle:";
    for (const TaskId member : cycle) out += cat(" ", timeline.label(member), " →");
    return out + cat(" ", timeline.label(cycle.front()), "\n");
}

std::string answer_locals(const Timeline& timeline, EventIndex position, TaskId task) {
    struct Variable {
        trace::TextId name, repr;
    };
    struct Activation {
        trace::TextId function = 0;
        std::vector<Variable> variables;
    };
    const Recording& recording = timeline.recording();
    std::vector<Activation> chain{{timeline.task(task).function, {}}};
    const EventIndex born = timeline.task(task).created;
    for (EventIndex i = born; i < std::min(position, recording.size()); ++i) {
        const trace::Event& event = recording[i];
        if (event.subject != task) continue;
        if (event.kind == EventKind::FrameEntered) {
            chain.push_back({event.object, {}});
        } else if (event.kind == EventKind::FrameLeft && chain.size() > 1) {
            chain.pop_back();
        } else if (event.kind == EventKind::VariableChanged &&
                   event.detail_as<trace::VariableScope>() == trace::VariableScope::Local) {
            std::vector<Variable>& known = chain.back().variables;
            const auto same = std::find_if(known.begin(), known.end(), [&](const Variable& v) {
                return v.name == event.object;
            });
            if (same == known.end())
                known.push_back({event.object, event.arg});
            else
                same->repr = event.arg;
        }
    }
    std::string out;
    for (const Activation& activation : chain) {
        if (activation.variables.empty()) continue;
        out += cat("  in ", recording.text_of(activation.function), "\n");
        for (const Variable& variable : activation.variables)
            if (variable.repr != 0)
                out += cat("    ", recording.text_of(variable.name), " = ",
                           recording.text_of(variable.repr), "\n");
    }
    return out.empty() ? cat(timeline.label(task), " has set no local variables yet.\n") : out;
}

}  // namespace loopglass::session
