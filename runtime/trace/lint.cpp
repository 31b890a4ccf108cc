// The table of lints, and the way findings are gathered.
#include "runtime/trace/lint.hpp"

#include <algorithm>
#include <utility>

#include "runtime/trace/lint_checks.hpp"

namespace loopglass::trace {
namespace {

using lints::Linter;

struct Row {
    LintInfo info;
    void (*check)(Linter&);
    bool needs_every_event;  // silent when events are missing
};

const Row kRows[] = {
    {{"L01", "slow-step", Severity::Warning, "A step blocks the loop",
      "While one task runs, no other can: timers ring unheard and nobody else moves until it "
      "awaits or ends.",
      "Use the awaitable twin (asyncio.sleep, an async client), or hand the call to "
      "asyncio.to_thread()."},
     lints::slow_step,
     false},
    {{"L02", "starved-others", Severity::Warning, "Others pay for a blocking step",
      "Tasks that could have run had to wait for somebody else's blocking call.",
      "Take the blocking call out of the loop's thread; their waiting time is what it costs."},
     lints::starved_others,
     false},
    {{"L03", "never-yields", Severity::Error, "A task never gives the turn back",
      "A loop without an await keeps the turn for ever; asyncio never takes it away.",
      "Await something inside the loop; await asyncio.sleep(0) is the least that lets others in."},
     lints::never_yields,
     false},
    {{"L04", "busy-yield", Severity::Warning, "Polling instead of waiting",
      "sleep(0) in a loop asks for the next turn again and again: the loop never rests and learns "
      "nothing.",
      "Await the thing itself: an asyncio.Event, a Future, a Queue or the task."},
     lints::busy_yield,
     false},
    {{"L05", "late-timer", Severity::Info, "A sleep lasted longer than asked",
      "sleep(d) lasts at least d: when the timer rings somebody else may have the turn.",
      "Shorten the step that was running then; for exact rhythm compute the next deadline from "
      "loop.time()."},
     lints::late_timer,
     false},
    {{"L06", "deadlock", Severity::Error, "Tasks wait for each other in a circle",
      "Each holds what the next one wants, so none can ever go on.",
      "Acquire locks in one fixed order everywhere, or hold only one at a time; never await your "
      "own caller."},
     lints::deadlock,
     true},
    {{"L07", "stuck-forever", Severity::Error, "A task waits for what nobody will do",
      "Nothing is ready, no timer is set and nobody is left who could wake it.",
      "Make sure that somebody calls set_result, set, put, release or notify on every path, or use "
      "a timeout."},
     lints::stuck_forever,
     true},
    {{"L08", "never-awaited", Severity::Error, "A coroutine was never awaited",
      "Calling an async function only makes a coroutine object; nothing of it runs.",
      "Write await before the call, or asyncio.create_task() around it."},
     lints::never_awaited,
     true},
    {{"L09", "task-not-kept", Severity::Warning, "Fire and forget",
      "Nobody waits for this task: its exception is lost, it may be cut off, and the loop keeps "
      "only a weak reference.",
      "Keep the task and await it, or start it in a TaskGroup."},
     lints::not_kept,
     true},
    {{"L10", "exception-never-retrieved", Severity::Error, "An exception nobody saw",
      "The task failed and nobody awaited it, so the program went on as if all were well.",
      "Await the task, or look at task.exception() in a done callback."},
     lints::never_retrieved,
     true},
    {{"L11", "pending-at-exit", Severity::Warning, "Tasks are unfinished when main ends",
      "asyncio.run cancels whatever is left when the main coroutine returns.",
      "Await or gather them before returning, or start them in a TaskGroup."},
     lints::pending_at_exit,
     true},
    {{"L12", "sequential-awaits", Severity::Info, "One after the other, though independent",
      "Each wait begins only after the one before has ended; their times add up.",
      "Start them together: asyncio.gather(...), or tasks in a TaskGroup."},
     lints::sequential_awaits,
     false},
    {{"L13", "swallowed-cancel", Severity::Error, "A cancellation was swallowed",
      "The task caught CancelledError and went on, so whoever cancelled it waits or is misled.",
      "After cleaning up, raise it again; put clean-up into finally instead of except."},
     lints::swallowed_cancel,
     true},
    {{"L14", "slow-cancel", Severity::Warning, "Cancelling takes long",
      "A cancelled task ends only when its clean-up has; until then its canceller waits.",
      "Keep awaits in finally short, or bound them with asyncio.timeout()."},
     lints::slow_cancel,
     false},
    {{"L15", "lock-across-await", Severity::Info, "A lock is held during a long wait",
      "Others queue for the lock while its holder is only waiting.",
      "Do the slow await before or after the locked part; lock only what must not interleave."},
     lints::lock_across_await,
     false},
    {{"L16", "convoy", Severity::Warning, "A queue stands before a lock",
      "Most of the time several tasks wait for the same lock: they run one after the other again.",
      "Split the lock, hold it for less, or use a Semaphore if more than one may be inside."},
     lints::convoy,
     false},
    {{"L17", "queue-growth", Severity::Warning, "An unbounded queue grows",
      "The producer is faster than the consumer and nothing holds it back; memory is the only "
      "limit.",
      "Give the queue a maxsize, so that put() waits, or add consumers."},
     lints::queue_growth,
     false},
    {{"L18", "thundering-herd", Severity::Info, "Many are woken and most go back to sleep",
      "Each of them takes a turn only to find that there is nothing for it.",
      "Wake as many as there is work for: notify(n) instead of notify_all(), a Semaphore or a "
      "Queue."},
     lints::herd,
     false},
    {{"L19", "ready-pressure", Severity::Warning, "The line is long",
      "Tasks stand ready for long before they get a turn: there is more to do than one thread can.",
      "Do less in each step, limit how many tasks run at once, or move computing into processes."},
     lints::ready_pressure,
     false},
    {{"L20", "timer-churn", Severity::Info, "Most timers are cancelled",
      "A timer per message, nearly always cancelled, makes work for the heap.",
      "Use one timeout around the whole exchange."},
     lints::timer_churn,
     false},
    {{"L21", "deep-stack", Severity::Warning, "A call chain is nearly as deep as it may be",
      "Every call and every awaited coroutine inside another takes a piece of the task's stack; at "
      "a "
      "depth of 1000 Python raises RecursionError.",
      "Write the recursion as a loop, or give each level a task of its own."},
     lints::deep_stack,
     false},
    {{"L22", "spin", Severity::Warning, "The loop spins without time passing",
      "Pass after pass runs at the same instant: somebody is always ready again at once.",
      "Find who asks for a turn each time (sleep(0), call_soon from a callback) and let it wait "
      "for something."},
     lints::spin,
     false},
    {{"L23", "wrong-loop-call", Severity::Error, "The loop is used in the wrong place",
      "run() starts a loop of its own and cannot be called inside one; most loop methods belong to "
      "its thread.",
      "Inside async code use await; from another thread use run_coroutine_threadsafe or "
      "call_soon_threadsafe."},
     lints::nested_run,
     false},
    {{"L24", "lost-update", Severity::Info, "An update was probably lost",
      "Every await is a moment at which others may change a shared variable; what was read before "
      "it may be stale.",
      "Read and write without an await in between, or hold an asyncio.Lock around both."},
     lints::lost_update,
     false},
    {{"L25", "incomplete", Severity::Info, "The recording has a gap",
      "Events are missing, so findings that need all of them are not given.",
      "Run with a larger event budget."},
     lints::incomplete,
     false},
};

bool has_gap(const Recording& rec) {
    for (EventIndex i = 0; i < rec.size(); ++i) {
        if (rec[i].kind == EventKind::Gap) return true;
    }
    return rec.dropped() > 0;
}

}  // namespace

namespace lints {

Finding* Linter::report(TaskId task, uint16_t line, EventIndex event, std::string sentence,
                        std::vector<EventIndex> evidence) {
    const auto [place, fresh] = places_.try_emplace({lint_, task, line}, found_.size());
    if (!fresh) {
        ++found_[place->second].count;
        return nullptr;
    }
    found_.push_back({lint_, task, line, event, std::move(evidence), 1, std::move(sentence)});
    return &found_.back();
}

std::vector<EventIndex> Linter::standstills() const {
    std::vector<EventIndex> out;
    for (EventIndex i = 0; i < rec.size(); ++i) {
        const Event& e = rec[i];
        const bool endless_poll =
            e.kind == EventKind::PollBegin && e.detail_as<PollTimeout>() == PollTimeout::Forever;
        const bool stopped =
            e.kind == EventKind::LoopStopped && e.detail_as<StopReason>() == StopReason::Stuck;
        if (stopped) out.push_back(i);
        // A poll without end may still be ended by a socket or a thread: then the next event is
        // later news.
        if (endless_poll && i + 1 == rec.size()) out.push_back(i);
    }
    if (out.empty() && rec.info.end == EndReason::Stuck && !rec.empty())
        out.push_back(rec.size() - 1);
    return out;
}

std::vector<Finding> Linter::take() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Finding& a, const Finding& b) { return a.event < b.event; });
    return std::move(found_);
}

}  // namespace lints

std::string_view severity_name(Severity severity) {
    constexpr std::string_view kNames[] = {"info", "warning", "error"};
    return kNames[static_cast<unsigned>(severity)];
}

const std::vector<LintInfo>& all_lints() {
    static const std::vector<LintInfo> infos = [] {
        std::vector<LintInfo> out;
        for (const Row& row : kRows) out.push_back(row.info);
        return out;
    }();
    return infos;
}

const LintInfo* find_lint(std::string_view id) {
    for (const LintInfo& info : all_lints()) {
        if (info.id == id) return &info;
    }
    return nullptr;
}

std::vector<Finding> lint(const Timeline& timeline, const LintOptions& options) {
    Linter linter(timeline, options);
    const bool gap = has_gap(timeline.recording());
    for (const Row& row : kRows) {
        if (gap && row.needs_every_event) continue;
        linter.set_lint(*find_lint(row.info.id));
        row.check(linter);
    }
    return linter.take();
}

}  // namespace loopglass::trace
