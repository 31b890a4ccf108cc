// Goals: what a changed script has to reach, judged by its run.
#pragma once

#include <string>
#include <vector>

#include "runtime/session/play.hpp"

namespace loopglass::session {

struct GoalCondition {
    std::string wanted;  // "takes at most 0.200 s"
    bool holds = false;
    std::string seen;  // "it takes 0.300 s"; empty where `wanted` says it all
};
struct GoalResult {
    std::vector<GoalCondition> conditions;
    [[nodiscard]] bool reached() const;
};
// What the record of progress calls a goal: which of its lesson, counted from 1.
[[nodiscard]] std::string goal_key(const Lesson& lesson, size_t page, size_t goal_of_page);
// Judges a run against the goal. `before` is the run of the script the goal begins with.
[[nodiscard]] GoalResult judge_goal(const Goal& goal, const trace::Timeline& run,
                                    const trace::Timeline& before);
// The script a goal begins with.
[[nodiscard]] const std::string* goal_script(const Lesson& lesson, const Goal& goal);
// Runs a script and judges it; errors are those of running.
[[nodiscard]] base::Result<GoalResult> try_goal(const Lesson& lesson, const Goal& goal,
                                                const std::string& source);
// That the goal is not reached yet by its script, and is by its solution.
[[nodiscard]] base::Result<bool> check_goal(const Lesson& lesson, const Goal& goal);

}  // namespace loopglass::session
