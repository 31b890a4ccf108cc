// What a run answers to a question of a lesson.
#pragma once

#include <string>
#include <vector>

#include "runtime/session/lesson.hpp"

namespace loopglass::session {

struct Answers {
    std::string question;                       // as it is worded if the author does not word it
    std::string right;                          // empty: the run gives no answer there
    trace::EventIndex event = trace::kNoEvent;  // that is the answer
    std::vector<std::string> lines;             // Order: that are to be put in order
};
// `at` is the focus when it is asked.
[[nodiscard]] Answers answers_of(const Question& question, const trace::Timeline& timeline,
                                 trace::EventIndex at);

// What another run answers at the same point, made comparable with the true run's answer; empty if
// that point does not exist there, or the question makes no sense there.
[[nodiscard]] std::string answer_of_other(const Question& question, const trace::Timeline& truth,
                                          trace::EventIndex at, const trace::Timeline& other);

// The sentences that lead to the answer, the nearest cause last; at most three.
[[nodiscard]] std::vector<std::string> causes_of_answer(const Question& question,
                                                        const trace::Timeline& timeline,
                                                        trace::EventIndex at,
                                                        trace::EventIndex answer,
                                                        trace::Clothes clothes);

// Lines as one answer to an Order question.
[[nodiscard]] std::string joined(const std::vector<std::string>& lines);

// The text of a Printed event without its newline.
[[nodiscard]] std::string printed_line(const trace::Timeline& timeline, trace::EventIndex event);

}  // namespace loopglass::session
