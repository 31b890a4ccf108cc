// The say-it line: one true sentence for every event. Subject first, present tense, ending in its
// reason: "tick gets the turn, because its timer rang at 0.100 s and it is first in line."
#pragma once

#include <string>

#include "runtime/trace/timeline.hpp"
#include "runtime/trace/words.hpp"

namespace loopglass::trace {

// `after` is the world just after the event (Timeline::model_at(event)).
[[nodiscard]] std::string say(const Timeline& timeline, const Model& after, EventIndex event,
                              Clothes clothes = Clothes::Asyncio);
[[nodiscard]] std::string say(const Timeline& timeline, EventIndex event,
                              Clothes clothes = Clothes::Asyncio);

// The event told as a reason, to stand after "because": "its timer rang at 0.100 s". `task` is whom
// it is told of.
[[nodiscard]] std::string say_reason(const Timeline& timeline, EventIndex event, TaskId task,
                                     Clothes clothes = Clothes::Asyncio);

}  // namespace loopglass::trace
