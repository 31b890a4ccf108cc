// Answers to questions asked at the prompt: functions of a recording and a position in it (so many
// of its events are in the past). Lines end in '\n'.
#pragma once

#include <string>

#include "runtime/trace/timeline.hpp"

namespace loopglass::session {

// One event as a sentence, with its time: "0.100 s  tick gets the turn, because …".
[[nodiscard]] std::string tell_event(const trace::Timeline& timeline, trace::EventIndex event);
// What happened from `begin` to before `end`: the turns taken, or a summary where they are many.
[[nodiscard]] std::string tell_events(const trace::Timeline& timeline, trace::EventIndex begin,
                                      trace::EventIndex end);

[[nodiscard]] std::string answer_tasks(const trace::Timeline& timeline, trace::EventIndex position);
[[nodiscard]] std::string answer_ready(const trace::Timeline& timeline, trace::EventIndex position);
[[nodiscard]] std::string answer_timers(const trace::Timeline& timeline,
                                        trace::EventIndex position);
[[nodiscard]] std::string answer_tree(const trace::Timeline& timeline, trace::EventIndex position);
[[nodiscard]] std::string answer_lint(const trace::Timeline& timeline, trace::EventIndex position);
[[nodiscard]] std::string answer_output(const trace::Timeline& timeline,
                                        trace::EventIndex position);
// The chain of causes of what the task does now.
[[nodiscard]] std::string answer_why(const trace::Timeline& timeline, trace::EventIndex position,
                                     trace::TaskId task);
// What the task waits for, and whom that waits for.
[[nodiscard]] std::string answer_waits(const trace::Timeline& timeline, trace::EventIndex position,
                                       trace::TaskId task);
// The local variables of the functions the task is in, outermost first.
[[nodiscard]] std::string answer_locals(const trace::Timeline& timeline, trace::EventIndex position,
                                        trace::TaskId task);

}  // namespace loopglass::session
