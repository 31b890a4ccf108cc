// Lessons for the commands: found by name, listed, played in a plain terminal, reported on.
#pragma once

#include <string>
#include <vector>

#include "runtime/session/play.hpp"

namespace loopglass::cli {

// What every command about lessons takes.
struct LessonOptions {
    std::string name;
    std::vector<std::string> folders;  // of one's own lessons, besides the usual one
    std::string language;              // empty: what LOOPGLASS_LANG says
    bool json = false;
    std::string report;                 // where to write a class report; its end says the form
    std::vector<std::string> progress;  // files to report on; empty: this machine's
    std::string pupil;                  // the name to put into this machine's record
};
// "de"; empty: English.
[[nodiscard]] std::string language_of(const LessonOptions& options);
// Tells the library where lessons lie; before anything asks for one.
void use_lessons(const LessonOptions& options);

// A lesson by number or name, or a lesson's folder.
[[nodiscard]] base::Result<session::Lesson> open_lesson(const std::string& name);

// `loopglass lessons`: the list, with what was done of it; or a report.
int list_lessons(const LessonOptions& options);
int lesson_in_terminal(const LessonOptions& options);
// `loopglass rules`: the wrong ideas that can be run.
int list_rules(bool json);

}  // namespace loopglass::cli
