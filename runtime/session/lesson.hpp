// Lessons: text, a scenario with its variants, and blocks. A folder NN-slug/ holds lesson.md and
// scenario.py; the format is described in lessons/README.md. Answers are never written in a lesson:
// they are computed from runs (checkpoint.hpp), so a lesson cannot be wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/result.hpp"
#include "runtime/session/rules.hpp"
#include "runtime/trace/timeline.hpp"
#include "runtime/trace/words.hpp"

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

// Where in lesson.md a block begins, for messages.
struct BlockPlace {
    uint32_t line = 0;
};

// A question as the lesson's author wrote it.
struct Question {
    QuestionKind kind = QuestionKind::Prints;
    Anchor at;
    std::string text;         // of the question; empty: worded by its kind
    std::string task;         // State: the task's label
    std::string of;           // Prints, Time: the beginning of the line it is about, not the next
    uint32_t lines = 3;       // Order: how many
    std::vector<Rule> rules;  // whose answers are the wrong choices; empty: all that differ
    std::vector<std::string> choices;   // wrong choices to prefer: some rule gives each
    std::vector<std::string> invented;  // wrong choices that no rule gives
    bool typed = false;                 // the answer is written, not chosen
    std::string explanation;            // shown after the second wrong answer
    BlockPlace place;
};

// Two runs beside each other on one time axis.
struct Compare {
    std::string title;
    std::string left, right;  // names of scripts of the lesson; the scenario if nothing is said
    Rule rule = Rule::None;   // the right run is the left one's script under this rule
    std::string text;         // what to look at
    BlockPlace place;
};

// Change the script until all of this holds.
struct Goal {
    std::string text;                 // what is wanted, for people
    std::string hint;                 // shown on request
    std::string file, solution;       // scripts of the lesson: where it begins, one that reaches it
    std::optional<double> total;      // it takes at most so many seconds
    std::vector<std::string> prints;  // the whole output is these lines
    std::vector<std::string> shows, never;                    // lines it prints, and must not print
    std::vector<std::pair<std::string, std::string>> before;  // one line before the other
    std::vector<std::string> no_lint;                         // ids of lints that must be silent
    bool same_lines = false;  // it prints the lines it printed at first, in any order
    BlockPlace place;
};

struct LessonPage {
    std::string title;
    std::string text;  // Markdown without the blocks
    std::vector<Anchor> stops;
    std::vector<Question> questions;
    std::vector<Compare> compares;
    std::vector<Goal> goals;
};

// A script of the lesson's folder.
struct LessonFile {
    std::string name, text;
};

struct Lesson {
    int number = 0;
    std::string slug, title, misconception;
    std::string breaks;   // where the analogy breaks
    std::string clothes;  // it opens in: asyncio, restaurant or theatre; empty: the reader's own
    std::string step;     // size of a step to begin with: statement, switch, iteration, clock
    std::vector<Rule> rules;  // wrong ideas it is about: their answers come first
    int minutes = 0;
    std::vector<LessonPage> pages;
    std::string scenario;           // the script
    std::string scenario_name;      // "scenario.py"
    std::vector<LessonFile> files;  // its variants
    std::string path;               // of lesson.md, for messages
    bool own = false;               // from a folder of the disk, not built in

    // What `clothes` names; asyncio's own where it is empty.
    [[nodiscard]] trace::Clothes dress() const;
    // What `step` names; a switch where it is empty.
    [[nodiscard]] trace::StepSize step_size() const;
    // The script of that name, the scenario for an empty one; null if there is none.
    [[nodiscard]] const std::string* script(std::string_view name) const;
};

// `name` is for messages ("07-asleep/lesson.md"). What is wrong is said with line and column.
[[nodiscard]] base::Result<Lesson> parse_lesson(std::string_view markdown,
                                                std::string_view scenario, std::string_view name);

// A lesson from a folder of the disk, with its variants. A text of another language lies beside the
// folder: de/NN-slug/lesson.md; where there is none, the lesson's own is taken.
[[nodiscard]] base::Result<Lesson> load_lesson(const std::string& folder,
                                               std::string_view language = {});

// "07-asleep" is number 7, slug "asleep".
void take_folder_name(std::string_view folder, Lesson& lesson);

// The event an anchor means; an error if the run has no such moment.
[[nodiscard]] base::Result<trace::EventIndex> resolve(const Anchor& anchor,
                                                      const trace::Timeline& timeline);

}  // namespace loopglass::session
