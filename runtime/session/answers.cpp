#include "runtime/session/answers.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/base/words.hpp"
#include "runtime/trace/say.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;
using trace::EventIndex;
using trace::EventKind;
using trace::kNoEvent;
using trace::TaskId;
using trace::Timeline;

namespace {

// The first Printed event after (not at) an event that shows something.
EventIndex next_print(const Timeline& timeline, EventIndex after) {
    for (size_t i = timeline.prints_until(after); i < timeline.prints().size(); ++i)
        if (!printed_line(timeline, timeline.prints()[i]).empty()) return timeline.prints()[i];
    return kNoEvent;
}

// The line a question is about: the next one, or the next that begins so.
EventIndex line_asked(const Question& question, const Timeline& timeline, EventIndex after) {
    if (question.of.empty()) return next_print(timeline, after);
    for (size_t i = timeline.prints_until(after); i < timeline.prints().size(); ++i)
        if (printed_line(timeline, timeline.prints()[i]).starts_with(question.of))
            return timeline.prints()[i];
    return kNoEvent;
}

std::vector<std::string> next_lines(const Timeline& timeline, EventIndex after, size_t most) {
    std::vector<std::string> out;
    for (size_t i = timeline.prints_until(after); i < timeline.prints().size() && out.size() < most;
         ++i)
        if (std::string text = printed_line(timeline, timeline.prints()[i]); !text.empty())
            out.push_back(std::move(text));
    return out;
}

EventIndex next_resumption(const Timeline& timeline, EventIndex after) {
    const trace::Recording& recording = timeline.recording();
    for (EventIndex event = after + 1; event < recording.size(); ++event)
        if (recording[event].kind == EventKind::TaskResumed) return event;
    return kNoEvent;
}

TaskId task_named(const Timeline& timeline, std::string_view label) {
    for (TaskId task = 1; task <= timeline.task_count(); ++task)
        if (timeline.label(task) == label ||
            timeline.recording().text_of(timeline.task(task).name) == label)
            return task;
    return 0;
}

Answers prints_answers(const Question& question, const Timeline& timeline, EventIndex at) {
    Answers out{base::tr("What prints next?"), "", line_asked(question, timeline, at), {}};
    if (!question.of.empty())
        out.question = base::filled(base::tr("What does the line say that begins with \"{}\"?"),
                                    {question.of});
    if (out.event != kNoEvent) out.right = printed_line(timeline, out.event);
    return out;
}

Answers runs_answers(const Timeline& timeline, EventIndex at) {
    Answers out{base::tr("Which task runs next?"), "", next_resumption(timeline, at), {}};
    if (out.event != kNoEvent) out.right = timeline.label(timeline.recording()[out.event].subject);
    return out;
}

std::string time_text(const Timeline& timeline, EventIndex event) {
    return trace::seconds_text(timeline.recording().time(event)) + " s";
}

Answers time_answers(const Question& question, const Timeline& timeline, EventIndex at) {
    Answers out;
    out.event = line_asked(question, timeline, at);
    if (out.event == kNoEvent) return out;
    out.question =
        base::filled(base::tr("At what time does \"{}\" print?"),
                     {question.of.empty() ? printed_line(timeline, out.event) : question.of});
    out.right = time_text(timeline, out.event);
    return out;
}

Answers state_answers(const Timeline& timeline, EventIndex at, const std::string& task_label) {
    Answers out{base::filled(base::tr("In what state is {} now?"), {task_label}), "", kNoEvent, {}};
    const TaskId task = task_named(timeline, task_label);
    if (!task) return out;
    for (EventIndex event = at + 1; event-- > 0 && out.event == kNoEvent;)
        if (trace::subject_is_task(timeline.recording()[event].kind) &&
            timeline.recording()[event].subject == task)
            out.event = event;
    out.right = trace::phase_name(timeline.model_at(at).task(task).phase);
    return out;
}

Answers order_answers(const Question& question, const Timeline& timeline, EventIndex at) {
    Answers out{
        base::tr("In what order do the next lines print?"), "", next_print(timeline, at), {}};
    out.lines = next_lines(timeline, at, question.lines);
    if (out.lines.size() < 2) return out;
    out.right = joined(out.lines);
    return out;
}

// The lines of the true run in the order in which the other run prints them; empty unless it prints
// all of them.
std::string order_in_other(const std::vector<std::string>& lines, const Timeline& other,
                           EventIndex at) {
    std::vector<std::string> left = lines, found;
    for (std::string& line : next_lines(other, at, 1000)) {
        const auto place = std::find(left.begin(), left.end(), line);
        if (place == left.end()) continue;
        left.erase(place);
        found.push_back(std::move(line));
    }
    return left.empty() ? joined(found) : std::string();
}

// When the other run prints the line.
std::string time_in_other(const std::string& line, const Timeline& other, EventIndex at) {
    for (size_t i = other.prints_until(at); i < other.prints().size(); ++i)
        if (printed_line(other, other.prints()[i]) == line)
            return time_text(other, other.prints()[i]);
    return {};
}

}  // namespace

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += cat(out.empty() ? "" : ", ", line);
    return out;
}

std::string printed_line(const Timeline& timeline, EventIndex event) {
    std::string text(timeline.recording().text_of(timeline.recording()[event].object));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

std::string answer_of_other(const Question& question, const Timeline& truth, EventIndex at,
                            const Timeline& other) {
    const auto there = resolve(question.at, other);
    if (!there) return {};
    switch (question.kind) {
        case QuestionKind::Order:
            return order_in_other(next_lines(truth, at, question.lines), other, *there);
        case QuestionKind::Time: {
            if (!question.of.empty()) return answers_of(question, other, *there).right;
            const EventIndex print = next_print(truth, at);
            if (print == kNoEvent) return {};
            return time_in_other(printed_line(truth, print), other, *there);
        }
        case QuestionKind::Runs: {
            // Only tasks the reader sees: not the rule's own, nor those that end a run.
            std::string label = answers_of(question, other, *there).right;
            if (!task_named(truth, label) || label.starts_with("shutdown_")) label.clear();
            return label;
        }
        case QuestionKind::State: {
            // A task that is not there yet is in no state a reader would name.
            std::string state = answers_of(question, other, *there).right;
            if (state == trace::phase_name(trace::TaskPhase::Unborn)) state.clear();
            return state;
        }
        case QuestionKind::Prints: {
            // That a run has nothing more to say, or breaks off, is an answer too.
            std::string line = answers_of(question, other, *there).right;
            if (!question.of.empty()) return line;
            if (line.find('\n') != std::string::npos)
                return base::tr("a traceback, and then nothing more");
            return line.empty() ? base::tr("nothing more") : line;
        }
        default:
            return answers_of(question, other, *there).right;
    }
}

std::vector<std::string> causes_of_answer(const Question& question, const Timeline& timeline,
                                          EventIndex at, EventIndex answer,
                                          trace::Clothes clothes) {
    std::vector<std::string> out;
    if (answer == kNoEvent) return out;
    const trace::Recording& recording = timeline.recording();
    if (question.kind == QuestionKind::State || question.kind == QuestionKind::Runs)
        return {trace::say(timeline, answer, clothes)};
    // Whoever prints goes on, or gets the turn: what happened between asking and that moment.
    const EventIndex turn = recording[answer].cause;
    if (turn == kNoEvent || turn <= at) return {trace::say(timeline, answer, clothes)};
    for (EventIndex event = at + 1; event < turn && out.size() < 1; ++event)
        if (recording[event].kind == EventKind::TaskSuspended)
            out.push_back(trace::say(timeline, event, clothes));
    out.push_back(trace::say(timeline, turn, clothes));
    return out;
}

Answers answers_of(const Question& question, const Timeline& timeline, EventIndex at) {
    switch (question.kind) {
        case QuestionKind::Prints:
            return prints_answers(question, timeline, at);
        case QuestionKind::Runs:
            return runs_answers(timeline, at);
        case QuestionKind::Time:
            return time_answers(question, timeline, at);
        case QuestionKind::State:
            return state_answers(timeline, at, question.task);
        case QuestionKind::Order:
            return order_answers(question, timeline, at);
    }
    return {};
}

// The last thing the script itself does: behind it, the loop only tidies up.
static EventIndex end_of_script(const Timeline& timeline) {
    const trace::Recording& recording = timeline.recording();
    for (EventIndex at = recording.size(); at-- > 0;) {
        const EventKind kind = recording[at].kind;
        const bool acts = kind == EventKind::Printed || kind == EventKind::TaskDone ||
                          kind == EventKind::TaskFailed || kind == EventKind::TaskCancelled ||
                          kind == EventKind::ExceptionRaised;
        if (acts && !trace::made_by_runtime(timeline, timeline.actor(at))) return at;
    }
    return recording.size() ? recording.size() - 1 : 0;
}

Result<EventIndex> resolve(const Anchor& anchor, const Timeline& timeline) {
    const trace::Recording& recording = timeline.recording();
    uint32_t seen = 0;
    switch (anchor.kind) {
        case Anchor::Kind::Start:
            return EventIndex{0};
        case Anchor::Kind::End:
            return end_of_script(timeline);
        case Anchor::Kind::Print:
            for (const EventIndex print : timeline.prints())
                if (printed_line(timeline, print).starts_with(anchor.text) && ++seen == anchor.nth)
                    return print;
            return Error{
                cat("the run prints no line that begins with \"", anchor.text, "\"",
                    anchor.nth > 1 ? cat(" for the ", anchor.nth, "th time") : std::string())};
        case Anchor::Kind::Line: {
            const std::vector<EventIndex> events = timeline.events_on_line(anchor.line);
            if (events.size() >= anchor.nth) return events[anchor.nth - 1];
            return Error{cat("nothing happens on line ", anchor.line, " of the scenario",
                             anchor.nth > 1 ? cat(" ", anchor.nth, " times") : std::string())};
        }
        case Anchor::Kind::Time: {
            const EventIndex event = recording.first_at(static_cast<int64_t>(anchor.time * 1e9));
            if (event < recording.size()) return event;
            return Error{"the run ends before that time"};
        }
    }
    return Error{"this anchor means nothing"};
}

}  // namespace loopglass::session
