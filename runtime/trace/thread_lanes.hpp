// What threads did beside the loop, as lanes: which function each had in hand, and where it waited.
// Threads without work of the script's own (helpers of the library) have no lane.
#pragma once

#include <string>
#include <vector>

#include "runtime/trace/recording.hpp"

namespace loopglass::trace {

// From one event to another (kNoEvent: to the end of the recording) a thread worked, or waited in a
// blocking call.
struct ThreadSpan {
    EventIndex begin = 0, end = kNoEvent;
    bool waits = false;
    std::string label;  // "peel", or "time.sleep(0.3)" where it waits
};

struct ThreadLane {
    ThreadId id = 0;
    std::string name;  // "Thread-1"
    std::vector<ThreadSpan> spans;
};

// In the order in which the threads began.
[[nodiscard]] std::vector<ThreadLane> thread_lanes(const Recording& recording);

}  // namespace loopglass::trace
