// Lints about what got lost or stuck.
#include <algorithm>
#include <unordered_map>

#include "runtime/trace/lint_checks.hpp"

namespace loopglass::trace::lints {
namespace {

using base::cat;

std::string join(const Linter& l, const std::vector<TaskId>& tasks) {
    constexpr size_t kNamed = 4;
    std::string out;
    for (size_t i = 0; i < tasks.size() && i < kNamed; ++i) {
        if (i > 0) out += ", ";
        out += l.name(tasks[i]);
    }
    if (tasks.size() > kNamed) base::append(out, cat(" and ", tasks.size() - kNamed, " more"));
    return out;
}

std::string_view missing_deed(AwaitKind kind) {
    switch (kind) {
        case AwaitKind::Future:
            return "nobody is left to set its result";
        case AwaitKind::Event:
            return "nobody is left to set it";
        case AwaitKind::Condition:
            return "nobody is left to notify it";
        case AwaitKind::QueueGet:
            return "nobody is left to put anything into it";
        case AwaitKind::QueuePut:
            return "nobody is left to take anything out of it";
        case AwaitKind::QueueJoin:
            return "nobody is left to call task_done()";
        case AwaitKind::Lock:
        case AwaitKind::Semaphore:
            return "nobody is left to release it";
        case AwaitKind::Barrier:
            return "nobody is left to arrive";
        default:
            return "nobody is left to wake it";
    }
}

}  // namespace

void deadlock(Linter& l) {
    for (const EventIndex at : l.standstills()) {
        const Model model = l.timeline.model_at(at);
        const std::vector<TaskId> cycle = model.wait_cycle();
        if (cycle.empty()) continue;
        std::vector<EventIndex> evidence;
        for (const TaskId task : cycle) evidence.push_back(model.task(task).since);
        std::string sentence = l.name(cycle[0]);
        for (size_t i = 1; i <= cycle.size(); ++i)
            base::append(sentence, cat(" waits for ", l.name(cycle[i % cycle.size()]),
                                       i < cycle.size() ? ", which" : "."));
        const TaskState first = model.task(cycle[0]);
        const EventIndex event = *std::max_element(evidence.begin(), evidence.end());
        l.report(cycle[0], first.line, event, std::move(sentence), std::move(evidence));
    }
}

void stuck_forever(Linter& l) {
    for (const EventIndex at : l.standstills()) {
        const Model model = l.timeline.model_at(at);
        if (model.ready_count() > 0 || model.timer_count() > 0) continue;
        std::vector<WaitEdge> edges;
        for (TaskId id = 1; id <= model.task_count(); ++id) {
            if (model.phase(id) != TaskPhase::Waiting) continue;
            edges.clear();
            model.waits_for(id, edges);
            if (!edges.empty()) continue;  // it waits for another task, which is reported itself
            const TaskState state = model.task(id);
            const WaitWords words = wait_words(l.timeline, model, state.since);
            l.report(id, state.line, state.since,
                     cat(l.name(id), " waits for ", words.what, " and ", missing_deed(state.awaits),
                         "."),
                     {at});
        }
    }
}

void never_awaited(Linter& l) {
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::CoroutineNeverAwaited) continue;
        l.report(0, e.line, i,
                 cat("The coroutine ", l.rec.text_of(e.object),
                     "() was made and thrown away without having run."));
    }
}

void not_kept(Linter& l) {
    std::unordered_map<TaskId, EventIndex> awaited;  // and since when
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind == EventKind::TaskDestroyedPending) {
            const uint16_t line =
                l.rec[l.timeline.task(e.subject).created < i ? l.timeline.task(e.subject).created
                                                             : i]
                    .line;
            l.report(
                e.subject, line, i,
                cat(l.name(e.subject),
                    " disappeared while it was still waiting: nobody kept a reference to it."));
        }
        if (e.kind == EventKind::TaskSuspended) {
            awaited.try_emplace(e.arg, i);
            if (await_object_type(e.detail_as<AwaitKind>()) == FieldType::Task)
                awaited.try_emplace(e.object, i);
        }
        if (e.kind == EventKind::GroupChild) awaited.try_emplace(e.object, i);
        if (e.kind == EventKind::CallbackAdded) awaited.try_emplace(e.subject, i);
    }
    for (TaskId id = 1; id <= l.timeline.task_count(); ++id) {
        const TaskInfo& task = l.timeline.task(id);
        if (task.id == 0 || task.parent == 0) continue;
        if (l.rec[task.created].detail_as<TaskOrigin>() != TaskOrigin::CreateTask) continue;
        const EventIndex parent_end = l.timeline.task(task.parent).ended;
        if (parent_end == kNoEvent || (task.ended != kNoEvent && task.ended < parent_end)) continue;
        // What asyncio.run gathers after main has ended was not waited for by main.
        const auto since = awaited.find(id);
        if (since != awaited.end() && since->second < parent_end) continue;
        l.report(
            id, l.rec[task.created].line, task.created,
            cat(l.name(task.parent), " started ", l.name(id), " and ended without waiting for it."),
            {parent_end});
    }
}

void never_retrieved(Linter& l) {
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::ExceptionNeverRetrieved) continue;
        const TaskId task = is_plain_future(e.subject) ? 0 : e.subject;
        const EventIndex failed = e.cause < i ? e.cause : i;
        l.report(task, l.rec[failed].line, failed,
                 cat(task == 0 ? std::string("A future") : l.name(task), " failed with ",
                     l.rec.text_of(e.object), " and nobody looked."),
                 {i});
    }
}

void pending_at_exit(Linter& l) {
    for (TaskId id = 1; id <= l.timeline.task_count(); ++id) {
        const TaskInfo& main = l.timeline.task(id);
        if (main.id == 0 || main.ended == kNoEvent) continue;
        if (l.rec[main.created].detail_as<TaskOrigin>() != TaskOrigin::Main) continue;
        const Model model = l.timeline.model_at(main.ended);
        std::vector<TaskId> left;
        std::vector<EventIndex> evidence;
        for (TaskId other = 1; other <= model.task_count(); ++other) {
            // A task whose last step is only waiting for its turn is as good as done if it never
            // suspends again.
            if (!is_alive(model.phase(other))) continue;
            left.push_back(other);
            evidence.push_back(model.task(other).since);
        }
        if (left.empty()) continue;
        const bool one = left.size() == 1;
        l.report(
            id, l.rec[main.ended].line, main.ended,
            cat(join(l, left), one ? " was" : " were", " not done when ", l.name(id), " ended."),
            std::move(evidence));
    }
}

void swallowed_cancel(Linter& l) {
    struct Delivery {
        EventIndex event = kNoEvent;
        bool caught = false;   // CancelSwallowed
        bool went_on = false;  // suspended again
    };
    std::vector<Delivery> deliveries(l.timeline.task_count() + 1);
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (!subject_is_task(e.kind) || e.subject >= deliveries.size()) continue;
        Delivery& open = deliveries[e.subject];
        if (e.kind == EventKind::CancelDelivered) open = {i, false, false};
        if (open.event == kNoEvent) continue;
        if (e.kind == EventKind::CancelSwallowed) open.caught = true;
        if (e.kind == EventKind::TaskSuspended) open.went_on = true;
        // Awaits in a finally are clean-up; they count only if the exception did not come through
        // after them.
        const bool swallowed = open.went_on && (open.caught || e.kind == EventKind::TaskDone);
        if (swallowed) {
            l.report(
                e.subject, l.rec[open.event].line, i,
                cat(l.name(e.subject), " received CancelledError and went on as if it had not."),
                {open.event});
        }
        const bool settled = swallowed || e.kind == EventKind::Uncancelled ||
                             e.kind == EventKind::TaskDone || e.kind == EventKind::TaskCancelled ||
                             e.kind == EventKind::TaskFailed;
        if (settled) open = {};
    }
}

void nested_run(Linter& l) {
    constexpr std::string_view kSigns[] = {
        "cannot be called from a running event loop", "event loop is already running",
        "Non-thread-safe operation", "attached to a different loop",
        "Cannot run the event loop while another loop is running"};
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::ExceptionRaised && e.kind != EventKind::TaskFailed) continue;
        const std::string_view text = l.rec.text_of(e.object);
        for (const std::string_view sign : kSigns) {
            if (text.find(sign) != std::string_view::npos)
                l.report(e.subject, e.line, i, cat(l.name(e.subject), " got ", text, "."));
        }
    }
}

void incomplete(Linter& l) {
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        if (l.rec[i].kind == EventKind::Gap)
            l.report(0, 0, i, cat(l.rec.wide_of(l.rec[i].arg), " events are missing."));
    }
}

}  // namespace loopglass::trace::lints
