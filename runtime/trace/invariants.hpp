// The rules every recording obeys, checked from outside: what the loop writes is only trusted if it
// is.
#pragma once

#include <string>
#include <vector>

#include "runtime/trace/recording.hpp"

namespace loopglass::trace {

struct Violation {
    EventIndex event = kNoEvent;
    std::string sentence;
};

// Checks, for the whole recording:
//  (a) at most one task has the turn, and steps begin and end in turn;
//  (b) every TaskResumed has exactly one TaskEnqueued before it, which is its cause (an eager
//  task's
//      first step has its TaskCreated instead);
//  (c) every TaskEnqueued has a cause;
//  (d) a task only goes from one phase to a phase that may follow it;
//  (e) a cause is an earlier event, ids were created before they are used, timers fire once and in
//  order
//      of their due times, and the clock never goes back.
// Returns at most `limit` violations, in order. Nothing is reported after a Gap.
[[nodiscard]] std::vector<Violation> check_invariants(const Recording& recording,
                                                      size_t limit = 20);

}  // namespace loopglass::trace
