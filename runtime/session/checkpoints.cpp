// Answers computed from the run: what a lesson's questions ask, and which choice is right.
#include <algorithm>
#include <cstdio>

#include "runtime/base/text.hpp"
#include "runtime/session/lesson.hpp"

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

constexpr size_t kMostChoices = 4;

std::string printed_text(const Timeline& timeline, EventIndex event) {
    std::string text(timeline.recording().text_of(timeline.recording()[event].object));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

// The first Printed event after (not at) an event that shows something.
EventIndex next_print(const Timeline& timeline, EventIndex after) {
    for (size_t i = timeline.prints_until(after); i < timeline.prints().size(); ++i)
        if (!printed_text(timeline, timeline.prints()[i]).empty()) return timeline.prints()[i];
    return kNoEvent;
}

std::vector<std::string> next_lines(const Timeline& timeline, EventIndex after, size_t most) {
    std::vector<std::string> out;
    for (size_t i = timeline.prints_until(after); i < timeline.prints().size() && out.size() < most;
         ++i)
        if (std::string text = printed_text(timeline, timeline.prints()[i]); !text.empty())
            out.push_back(std::move(text));
    return out;
}

TaskId next_runner(const Timeline& timeline, EventIndex after) {
    const trace::Recording& recording = timeline.recording();
    for (EventIndex event = after + 1; event < recording.size(); ++event)
        if (recording[event].kind == EventKind::TaskResumed) return recording[event].subject;
    return 0;
}

TaskId task_named(const Timeline& timeline, std::string_view label) {
    for (TaskId task = 1; task <= timeline.task_count(); ++task)
        if (timeline.label(task) == label ||
            timeline.recording().text_of(timeline.task(task).name) == label)
            return task;
    return 0;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += cat(out.empty() ? "" : ", ", line);
    return out;
}

// The right answer of a question, and wrong ones the run itself suggests.
struct Answers {
    std::string question, right;
    std::vector<std::string> wrong;
};

Answers prints_answers(const Timeline& timeline, EventIndex at) {
    Answers out{"What prints next?", "", {}};
    const std::vector<std::string> lines = next_lines(timeline, at, 12);
    if (lines.empty()) return out;
    out.right = lines.front();
    out.wrong.assign(lines.begin() + 1, lines.end());
    return out;
}

Answers runs_answers(const Timeline& timeline, EventIndex at) {
    Answers out{"Which task runs next?", "", {}};
    const TaskId runner = next_runner(timeline, at);
    if (!runner) return out;
    out.right = timeline.label(runner);
    const trace::Model model = timeline.model_at(at);
    for (TaskId task = 1; task <= timeline.task_count(); ++task)
        if (task != runner && trace::is_alive(model.task(task).phase))
            out.wrong.push_back(timeline.label(task));
    return out;
}

Answers time_answers(const Timeline& timeline, EventIndex at) {
    Answers out{"", "", {}};
    const EventIndex print = next_print(timeline, at);
    if (print == kNoEvent) return out;
    out.question = cat("At what time does \"", printed_text(timeline, print), "\" print?");
    const int64_t right = timeline.recording().time(print);
    out.right = trace::seconds_text(right) + " s";
    for (const EventIndex other : timeline.prints())
        if (timeline.recording().time(other) != right)
            out.wrong.push_back(trace::seconds_text(timeline.recording().time(other)) + " s");
    return out;
}

Answers state_answers(const Timeline& timeline, EventIndex at, const std::string& task_label) {
    Answers out{cat("In what state is ", task_label, " now?"), "", {}};
    const TaskId task = task_named(timeline, task_label);
    if (!task) return out;
    out.right = trace::phase_name(timeline.model_at(at).task(task).phase);
    for (const trace::TaskPhase phase : {trace::TaskPhase::Ready, trace::TaskPhase::Running,
                                         trace::TaskPhase::Waiting, trace::TaskPhase::Done})
        if (trace::phase_name(phase) != out.right) out.wrong.emplace_back(trace::phase_name(phase));
    return out;
}

Answers order_answers(const Timeline& timeline, EventIndex at) {
    Answers out{"In what order do the next lines print?", "", {}};
    std::vector<std::string> lines = next_lines(timeline, at, 3);
    if (lines.size() < 2) return out;
    out.right = joined(lines);
    std::vector<std::string> shuffled = lines;
    std::sort(shuffled.begin(), shuffled.end());
    do out.wrong.push_back(joined(shuffled));
    while (std::next_permutation(shuffled.begin(), shuffled.end()));
    return out;
}

Answers answers_for(const Question& question, const Timeline& timeline, EventIndex at) {
    switch (question.kind) {
        case QuestionKind::Prints:
            return prints_answers(timeline, at);
        case QuestionKind::Runs:
            return runs_answers(timeline, at);
        case QuestionKind::Time:
            return time_answers(timeline, at);
        case QuestionKind::State:
            return state_answers(timeline, at, question.task);
        case QuestionKind::Order:
            return order_answers(timeline, at);
    }
    return {};
}

// Distinct wrong choices: the author's first.
std::vector<std::string> pick_wrong(const Question& question, const Answers& answers) {
    std::vector<std::string> out;
    for (const auto* list : {&question.choices, &answers.wrong})
        for (const std::string& choice : *list)
            if (choice != answers.right && out.size() + 1 < kMostChoices &&
                std::find(out.begin(), out.end(), choice) == out.end())
                out.push_back(choice);
    return out;
}

}  // namespace

Result<EventIndex> resolve(const Anchor& anchor, const Timeline& timeline) {
    const trace::Recording& recording = timeline.recording();
    uint32_t seen = 0;
    switch (anchor.kind) {
        case Anchor::Kind::Start:
            return EventIndex{0};
        case Anchor::Kind::End:
            return recording.size() ? recording.size() - 1 : 0;
        case Anchor::Kind::Print:
            for (const EventIndex print : timeline.prints())
                if (printed_text(timeline, print).starts_with(anchor.text) && ++seen == anchor.nth)
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

Result<std::vector<Checkpoint>> checkpoints(const Lesson& lesson, const Timeline& timeline) {
    std::vector<Checkpoint> out;
    for (size_t page = 0; page < lesson.pages.size(); ++page) {
        for (const Question& question : lesson.pages[page].questions) {
            const auto complain = [&](std::string_view what) {
                return Error{cat(lesson.slug, "/lesson.md:", question.source_line, ": ", what)};
            };
            auto at = resolve(question.at, timeline);
            if (!at) return complain(at.error().message);
            const Answers answers = answers_for(question, timeline, *at);
            if (answers.right.empty())
                return complain("the run gives this question no answer there");
            Checkpoint checkpoint;
            checkpoint.at = *at;
            checkpoint.page = page;
            checkpoint.question = question.text.empty() ? answers.question : question.text;
            checkpoint.explanation = question.explanation;
            checkpoint.choices = pick_wrong(question, answers);
            if (checkpoint.choices.size() < 2)
                return complain(
                    "this question has fewer than two wrong choices: add some to `choices`");
            // Where the right one stands follows from the texts alone.
            size_t place = 0;
            for (const char c : answers.right) place = place * 31 + static_cast<unsigned char>(c);
            place %= checkpoint.choices.size() + 1;
            checkpoint.choices.insert(
                checkpoint.choices.begin() + static_cast<std::ptrdiff_t>(place), answers.right);
            checkpoint.right = static_cast<int>(place);
            out.push_back(std::move(checkpoint));
        }
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Checkpoint& a, const Checkpoint& b) { return a.at < b.at; });
    return out;
}

}  // namespace loopglass::session
