// The commands of the prompt, in one table: what they are called, what they take, what they do.
#pragma once

#include <string_view>
#include <vector>

#include "runtime/session/repl.hpp"

namespace loopglass::session {

// What an argument of a command may be, for completion.
enum class ReplArgument : uint8_t { None, Task, Format, Branch, OnOff, Stop, Command };

struct ReplCommandInfo {
    std::string_view name;       // without the colon
    std::string_view arguments;  // "TASK", "[seconds]"; empty: none
    std::string_view help;       // one line
    ReplArgument argument;
};
[[nodiscard]] std::vector<ReplCommandInfo> repl_commands();

// Carries out a line that begins with a colon.
void run_command(Repl& repl, std::string_view line);

// The task a text means: a label ("tick 2"), a name ("Task-3"), a letter, or a variable of the
// prompt that holds it; 0: none.
[[nodiscard]] trace::TaskId find_task(const Repl& repl, std::string_view text);
// Labels of the tasks that are alive at the position, for completion.
[[nodiscard]] std::vector<std::string> task_labels(const Repl& repl);

}  // namespace loopglass::session
