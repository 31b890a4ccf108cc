// Lints: what a recording shows to be a mistake, or worth knowing. Each finding names its evidence,
// so that the window can show it; each lint says why it matters and how to mend it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/trace/timeline.hpp"

namespace loopglass::trace {

enum class Severity : uint8_t { Info, Warning, Error };
[[nodiscard]] std::string_view severity_name(Severity severity);  // "warning"

struct LintInfo {
    std::string_view id;    // "L01"
    std::string_view name;  // "slow-step"
    Severity severity;
    std::string_view title;  // a few words
    std::string_view why;    // why it matters, one or two sentences
    std::string_view fix;    // what to write instead
};

struct Finding {
    const LintInfo* lint = nullptr;
    TaskId task = 0;                   // whom it is about; 0: nobody in particular
    uint16_t line = 0;                 // of the script; 0: none
    EventIndex event = kNoEvent;       // the moment to show
    std::vector<EventIndex> evidence;  // further events that prove it
    uint32_t count = 1;                // how often, at this task and line
    std::string sentence;              // what happened here, with names and numbers
};

// Thresholds, in nanoseconds of virtual time or plain counts.
struct LintOptions {
    int64_t slow_step = 100'000'000;
    int64_t never_yields = 1'000'000'000;
    uint32_t busy_yields = 20;
    int64_t late_timer = 10'000'000;
    int64_t slow_cancel = 1'000'000'000;
    int64_t lock_held = 50'000'000;
    uint32_t convoy = 5;
    uint32_t queue_growth = 50;
    uint32_t herd = 8;
    int64_t ready_delay = 100'000'000;
    uint32_t ready_length = 100;
    uint32_t timer_churn = 100;
    uint32_t stack_depth = 750;  // three quarters of CPython's limit
    uint32_t spin = 100;
    double sequential_share = 0.2;  // of the run's time that overlapping would save
};

[[nodiscard]] const std::vector<LintInfo>& all_lints();
// Null if there is no such id.
[[nodiscard]] const LintInfo* find_lint(std::string_view id);
// Every finding, in order of its event.
[[nodiscard]] std::vector<Finding> lint(const Timeline& timeline, const LintOptions& options = {});

}  // namespace loopglass::trace
