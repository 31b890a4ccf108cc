// The fenced blocks of a lesson.md: lesson, stop, predict, compare, goal. Their bodies are TOML.
#pragma once

#include <string_view>

#include "runtime/session/lesson.hpp"

namespace loopglass::session {

// Adds what the block says to the lesson (to its last page). Blocks of other kinds (python …) are
// text for readers of the Markdown and change nothing. `line` is the block's first line.
[[nodiscard]] base::Result<bool> read_block(std::string_view kind, std::string_view body,
                                            std::string_view name, uint32_t line, Lesson& lesson);

}  // namespace loopglass::session
