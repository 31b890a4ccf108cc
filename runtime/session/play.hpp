// A lesson that was run: the true run, what every wrong rule makes of it, and the questions graded
// by them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runtime/session/lesson.hpp"
#include "runtime/trace/recording.hpp"

namespace loopglass::session {

// A run to look at.
struct LessonRun {
    std::unique_ptr<trace::Recording> recording;
    std::unique_ptr<trace::Timeline> timeline;
    Rule rule = Rule::None;
};
// Runs a script of a lesson, lines recorded. A run under a rule gets a small budget: a wrong idea
// may never end.
[[nodiscard]] base::Result<LessonRun> run_lesson_script(const std::string& source,
                                                        const std::string& filename,
                                                        Rule rule = Rule::None);

// One answer to choose.
struct Choice {
    std::string text;
    Rule rule =
        Rule::None;  // the wrong idea that gives this answer; None: none does, or it is right
};

// A question with its answer, computed from runs.
struct Checkpoint {
    trace::EventIndex at = 0;  // the focus when it is asked
    QuestionKind kind = QuestionKind::Prints;
    std::string key;  // "3": which of its lesson, for the record of progress
    std::string question;
    std::vector<Choice> choices;  // in an order that gives nothing away, the same every time
    int right = 0;
    std::vector<std::string> lines;   // Order: as they are shown, to be put in order
    bool typed = false;               // asked without showing the choices
    std::string explanation;          // the author's; may be empty
    std::vector<std::string> causes;  // sentences of the run that lead to the answer
    size_t page = 0;
    BlockPlace place;
};

struct PlayedLesson {
    LessonRun truth;
    std::map<Rule, LessonRun> rules;  // of every rule that some choice names
    std::vector<Checkpoint> checkpoints;

    [[nodiscard]] const trace::Timeline& timeline() const { return *truth.timeline; }
};
// Errors say what is wrong with the lesson, with file and line: a moment that does not exist, a
// question whose answer the run does not give, too few wrong choices.
[[nodiscard]] base::Result<PlayedLesson> play_lesson(const Lesson& lesson);

// Order: the answer that "2 1 3" means, the lines by their numbers; empty if not every line is
// named once.
[[nodiscard]] std::string order_meant(const Checkpoint& checkpoint, std::string_view answer);

// Answers that differ only in blanks and case are the same.
[[nodiscard]] bool same_answer(std::string_view a, std::string_view b);

// The choice a written answer means: its number, or its text; -1: none. Answers that differ from
// all choices only in blanks and case are the same.
[[nodiscard]] int choice_meant(const Checkpoint& checkpoint, std::string_view answer);

}  // namespace loopglass::session
