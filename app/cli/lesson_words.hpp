// Every sentence the terminal's lessons speak, in one table, so that another language is another
// row.
#pragma once

#include <string_view>

namespace loopglass::cli {

struct LessonWords {
    std::string_view language;  // "en"
    const char *help, *yes, *not_yet, *not_a_choice, *type_it, *it_is, *because_run, *run_rule,
        *no_rule, *no_compare, *goal, *goal_hint, *no_goal, *no_hint, *goal_reached, *goal_not_yet,
        *first_difference, *compare, *page, *ended, *true_run, *your_rule, *cannot_read;
};

// The row for a language; English where there is none.
[[nodiscard]] const LessonWords& lesson_words(std::string_view language);

}  // namespace loopglass::cli
