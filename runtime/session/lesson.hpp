// Lessons: text, a scenario and checkpoints. A folder NN-slug/ holds lesson.md and scenario.py; the
// format is described in lessons/README.md. Answers are never written in a lesson: they are
// computed from the run of its scenario, so a lesson cannot be wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.hpp"
#include "runtime/trace/timeline.hpp"

namespace loopglass::session {

// A moment of the run, named by what happens there.
struct Anchor {
    enum class Kind : uint8_t { Start, Print, Line, Time, End } kind = Kind::Start;
    std::string text;   // Print: a printed line (or its beginning)
    uint32_t line = 0;  // Line: a statement of this line causes something
    double time = 0;    // Time: seconds
    uint32_t nth = 1;   // which of several
};

enum class QuestionKind : uint8_t {
    Prints,  // what prints next?
    Runs,    // which task runs next?
    Time,    // at what time does the next line print?
    State,   // in what state is a task?
    Order,   // in what order do the next lines print?
};

// A question as the lesson's author wrote it.
struct Question {
    QuestionKind kind = QuestionKind::Prints;
    Anchor at;
    std::string text;                  // of the question; empty: worded by its kind
    std::string task;                  // State: the task's label
    std::vector<std::string> choices;  // more (wrong) choices; the right one is added by itself
    std::string explanation;           // shown after the second wrong answer
    uint32_t source_line = 0;          // in lesson.md
};

struct LessonPage {
    std::string title;
    std::string text;  // Markdown without the blocks
    std::vector<Anchor> stops;
    std::vector<Question> questions;
};

struct Lesson {
    int number = 0;
    std::string slug, title, misconception;
    std::string breaks;  // where the analogy breaks
    std::string step;    // size of a step to begin with: statement, switch, iteration, clock
    int minutes = 0;
    std::vector<LessonPage> pages;
    std::string scenario;       // the script
    std::string scenario_name;  // "scenario.py"
};

// A question with its answer, computed from a run.
struct Checkpoint {
    trace::EventIndex at = 0;  // the focus when it is asked
    std::string question;
    std::vector<std::string> choices;  // in an order that gives nothing away, the same every time
    int right = 0;
    std::string explanation;
    size_t page = 0;
};

// `files` are the lesson.md and the scenario; `name` is for messages ("07-asleep/lesson.md").
[[nodiscard]] base::Result<Lesson> parse_lesson(std::string_view markdown,
                                                std::string_view scenario, std::string_view name);

// The lessons built into the program, by number.
[[nodiscard]] const std::vector<Lesson>& built_in_lessons();
// By number ("7"), slug ("asleep") or folder name; null if there is none.
[[nodiscard]] const Lesson* find_lesson(std::string_view name);
// A lesson from a folder of the disk.
[[nodiscard]] base::Result<Lesson> load_lesson(const std::string& folder);

// The event an anchor means; an error if the run has no such moment.
[[nodiscard]] base::Result<trace::EventIndex> resolve(const Anchor& anchor,
                                                      const trace::Timeline& timeline);
// All checkpoints of a lesson on the run of its scenario. Errors say what is wrong with the lesson:
// an anchor that does not exist, a question whose answer the run does not give, too few choices.
[[nodiscard]] base::Result<std::vector<Checkpoint>> checkpoints(const Lesson& lesson,
                                                                const trace::Timeline& timeline);

}  // namespace loopglass::session
