// Chrome trace JSON, for ui.perfetto.dev: one track per task and one for the loop, thread states,
// arrows from wakers to the woken, counters, and prints as instants.
#pragma once

#include <string>

#include "runtime/trace/lanes.hpp"
#include "runtime/trace/timeline.hpp"

namespace loopglass::trace {

// Viewers grow slow beyond about this many events.
inline constexpr uint32_t kChromeComfort = 1'000'000;

struct ChromeOptions {
    // Time: virtual time; steps that take none are zero wide. Events: each event is a microsecond
    // wide, so that every step can be seen.
    Axis axis = Axis::Time;
};

[[nodiscard]] std::string write_chrome(const Timeline& timeline, ChromeOptions options = {});

}  // namespace loopglass::trace
