// The lessons there are: those built into the program, and those of folders of one's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/session/lesson.hpp"

namespace loopglass::session {

// Where lessons are looked for besides those built in, and in which language. Call before the first
// lessons(); a folder that does not exist holds none. Sets the words of the language, too.
struct LibraryOptions {
    std::vector<std::string> folders;
    std::string language;  // "de": texts of lessons/de/ where there are some; empty: English
};
void set_library(LibraryOptions options);
// $XDG_DATA_HOME/loopglass/lessons, or ~/.local/share/loopglass/lessons; empty without a home.
[[nodiscard]] std::string own_lessons_folder();

// All of them: the built-in ones by number, then those of the folders. Loaded once.
[[nodiscard]] const std::vector<Lesson>& lessons();
// What is wrong with lessons of the folders that cannot be read, a sentence each.
[[nodiscard]] const std::vector<std::string>& lesson_troubles();
// Only those built in.
[[nodiscard]] const std::vector<Lesson>& built_in_lessons();

// By number ("7"), slug ("asleep") or folder name; null if there is none.
[[nodiscard]] const Lesson* find_lesson(std::string_view name);

}  // namespace loopglass::session
