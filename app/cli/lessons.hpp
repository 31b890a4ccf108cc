// Lessons for the commands: found by name, run, with their questions answered by the run.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/session/lesson.hpp"
#include "runtime/session/session.hpp"
#include "runtime/trace/timeline.hpp"

namespace loopglass::cli {

struct PlayedLesson {
    std::unique_ptr<trace::Recording> recording;
    std::unique_ptr<trace::Timeline> timeline;
    std::vector<session::Checkpoint> checkpoints;
};

// A built-in lesson by number or name, or a lesson's folder.
[[nodiscard]] base::Result<session::Lesson> open_lesson(const std::string& name);
[[nodiscard]] base::Result<PlayedLesson> play_lesson(const session::Lesson& lesson);

int list_lessons();
int lesson_in_terminal(const std::string& name);

}  // namespace loopglass::cli
