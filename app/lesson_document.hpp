// A lesson as the window shows it, and what the window asks about it while it is open.
#pragma once

#include <string>
#include <vector>

#include "app/gui/state.hpp"
#include "runtime/base/result.hpp"
#include "runtime/session/lesson.hpp"

namespace loopglass {

// `name` is how the lesson is found again: a slug, or a folder.
[[nodiscard]] base::Result<gui::Document> lesson_document(const session::Lesson& lesson,
                                                          const std::string& name);
// The lesson's goals, judged by the document's run; a goal that is reached is remembered.
[[nodiscard]] std::vector<gui::GoalCard> judge_goals(const gui::Document& document);
// Into the record of this machine; what goes wrong is told on stderr once.
void record_progress(const gui::Document& document, const gui::LessonNote& note);

}  // namespace loopglass
