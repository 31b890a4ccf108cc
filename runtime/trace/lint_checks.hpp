// Inside the lints: what a check may ask and how it reports. Not for others.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/trace/lint.hpp"

namespace loopglass::trace::lints {

class Linter {
public:
    Linter(const Timeline& subject, const LintOptions& limits)
        : timeline(subject), rec(subject.recording()), options(limits) {}

    const Timeline& timeline;
    const Recording& rec;
    const LintOptions& options;

    void set_lint(const LintInfo& info) { lint_ = &info; }
    // One finding for each task and line; a repetition only counts. Null then.
    Finding* report(TaskId task, uint16_t line, EventIndex event, std::string sentence,
                    std::vector<EventIndex> evidence = {});
    [[nodiscard]] std::string name(TaskId task) const { return timeline.label(task); }
    [[nodiscard]] std::string seconds(int64_t ns) const {
        return base::cat(seconds_text(ns), " s");
    }
    // Moments at which nothing could ever happen again: a poll without end or timers, or the run's
    // end as stuck.
    [[nodiscard]] std::vector<EventIndex> standstills() const;
    [[nodiscard]] std::vector<Finding> take();

private:
    const LintInfo* lint_ = nullptr;
    std::vector<Finding> found_;
    std::map<std::tuple<const LintInfo*, TaskId, uint16_t>, size_t> places_;
};

// lint_time.cpp: time and turns.
void slow_step(Linter& l);
void starved_others(Linter& l);
void never_yields(Linter& l);
void busy_yield(Linter& l);
void late_timer(Linter& l);
void slow_cancel(Linter& l);
void ready_pressure(Linter& l);
void timer_churn(Linter& l);
void deep_stack(Linter& l);
void spin(Linter& l);
void sequential_awaits(Linter& l);
// lint_lost.cpp: what got lost or stuck.
void deadlock(Linter& l);
void stuck_forever(Linter& l);
void never_awaited(Linter& l);
void not_kept(Linter& l);
void never_retrieved(Linter& l);
void pending_at_exit(Linter& l);
void swallowed_cancel(Linter& l);
void nested_run(Linter& l);
void incomplete(Linter& l);
// lint_sync.cpp: locks, queues, shared variables.
void lock_across_await(Linter& l);
void convoy(Linter& l);
void queue_growth(Linter& l);
void herd(Linter& l);
void lost_update(Linter& l);

}  // namespace loopglass::trace::lints
