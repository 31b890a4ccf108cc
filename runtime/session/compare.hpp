// Two runs beside each other: where they first differ, and both as text on one time axis.
#pragma once

#include <string>

#include "runtime/session/play.hpp"

namespace loopglass::session {

// The first printed line that is not the same line at the same time in both runs.
struct Difference {
    size_t line = 0;  // counted from 0 among the printed lines
    trace::EventIndex left = trace::kNoEvent, right = trace::kNoEvent;  // kNoEvent: prints no more
    [[nodiscard]] bool any() const { return left != trace::kNoEvent || right != trace::kNoEvent; }
};
[[nodiscard]] Difference first_difference(const trace::Timeline& left,
                                          const trace::Timeline& right);

// What to say at the first difference between the true run and the run of a rule: what the rule
// expects, what really happens, and why.
[[nodiscard]] std::string sentence_of_rule(Rule rule, const trace::Timeline& truth,
                                           const trace::Timeline& other);

// A compare block whose two runs were made.
struct Comparison {
    std::string title, text;
    std::string left_name, right_name;
    LessonRun left, right;
};
[[nodiscard]] base::Result<Comparison> run_compare(const Lesson& lesson, const Compare& compare);

struct SideBySideOptions {
    unsigned width = 100;
    bool unicode = true;
    bool to_difference = false;  // stop after the first line that differs
};
// Both pictures on one axis, then the printed lines in two columns. `names` stand above them.
[[nodiscard]] std::string draw_side_by_side(const trace::Timeline& left, std::string_view left_name,
                                            const trace::Timeline& right,
                                            std::string_view right_name,
                                            const SideBySideOptions& options = {});

}  // namespace loopglass::session
