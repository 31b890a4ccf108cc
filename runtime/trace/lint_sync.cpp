// Lints about locks, queues and shared variables.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "runtime/trace/inspect.hpp"
#include "runtime/trace/lint_checks.hpp"

namespace loopglass::trace::lints {
namespace {

using base::cat;

std::string sync_name(const Linter& l, SyncId id) {
    return sync_label(l.timeline, id);
}

bool is_lock(const Linter& l, SyncId id) {
    const EventIndex created = l.timeline.created(FieldType::Sync, id);
    return created == kNoEvent || l.rec[created].detail_as<SyncType>() == SyncType::Lock;
}

bool suspended_between(const Linter& l, TaskId task, EventIndex from, EventIndex to) {
    const Lane& lane = l.timeline.lane(task);
    for (auto k = static_cast<uint32_t>(lane.span_at(from) + 1);
         k < lane.span_count() && lane.span(k) < to; ++k) {
        if (l.rec[lane.span(k)].kind == EventKind::TaskSuspended) return true;
    }
    return false;
}

// The task had begun, and was suspended or back in line, when the event happened.
bool out_of_turn(const Linter& l, TaskId task, EventIndex event) {
    if (task > l.timeline.task_count()) return false;
    const Lane& lane = l.timeline.lane(task);
    const int64_t span = lane.span_at(event);
    if (span <= 0) return false;
    const EventKind began = l.rec[lane.span(static_cast<uint32_t>(span))].kind;
    return began == EventKind::TaskSuspended || (began == EventKind::TaskEnqueued && span > 1);
}

}  // namespace

void lock_across_await(Linter& l) {
    std::unordered_map<SyncId, EventIndex> acquired;
    Model model(l.rec);
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::SyncChanged || e.subject == 0 || !is_lock(l, e.object)) continue;
        const auto op = e.detail_as<SyncOp>();
        if (op == SyncOp::Acquire) acquired[e.object] = i;
        const auto held = acquired.find(e.object);
        if (op != SyncOp::Release || held == acquired.end()) continue;
        const EventIndex since = held->second;
        acquired.erase(held);
        if (l.rec[since].subject != e.subject || e.subject > l.timeline.task_count()) continue;
        if (l.rec.time(i) - l.rec.time(since) < l.options.lock_held ||
            !suspended_between(l, e.subject, since, i))
            continue;
        l.timeline.seek(model, i);
        const SyncState* lock = model.sync(e.object);
        if (lock == nullptr || lock->waiters.empty()) continue;
        const uint16_t line = l.rec[since].line;
        l.report(e.subject, line, since,
                 cat(l.name(e.subject), " held ", sync_name(l, e.object), " for ",
                     l.seconds(l.rec.time(i) - l.rec.time(since)),
                     " while it was waiting itself, and ", lock->waiters.size(), " wanted it."),
                 {i});
    }
}

void convoy(Linter& l) {
    struct Life {
        int64_t began = -1, crowded = 0, since = -1;
        EventIndex first = kNoEvent;
        uint32_t waiters = 0, most = 0;
    };
    std::map<SyncId, Life> lives;
    std::unordered_map<TaskId, SyncId> waiting;
    const auto change = [&](SyncId id, int step, EventIndex i) {
        Life& life = lives[id];
        const int64_t now = l.rec.time(i);
        if (life.began < 0) life.began = now;
        if (life.waiters >= l.options.convoy) life.crowded += now - life.since;
        life.waiters = static_cast<uint32_t>(std::max(0, static_cast<int>(life.waiters) + step));
        life.most = std::max(life.most, life.waiters);
        if (life.waiters >= l.options.convoy && life.first == kNoEvent) life.first = i;
        life.since = now;
    };
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind == EventKind::SyncCreated) change(e.subject, 0, i);
        if (e.kind == EventKind::TaskSuspended) {
            const auto kind = e.detail_as<AwaitKind>();
            if (kind != AwaitKind::Lock && kind != AwaitKind::Semaphore) continue;
            waiting[e.subject] = e.object;
            change(e.object, 1, i);
        } else if (e.kind == EventKind::TaskResumed) {
            const auto place = waiting.find(e.subject);
            if (place == waiting.end()) continue;
            change(place->second, -1, i);
            waiting.erase(place);
        }
    }
    for (const auto& [id, life] : lives) {
        const int64_t age = l.rec.duration() - life.began;
        if (life.first == kNoEvent || age <= 0 || life.crowded * 2 < age) continue;
        l.report(0, l.rec[life.first].line, life.first,
                 cat("Up to ", life.most, " tasks waited for ", sync_name(l, id),
                     ", most of the time."));
    }
}

void queue_growth(Linter& l) {
    struct Queue {
        uint32_t most = 0, last = 0;
        EventIndex at = kNoEvent;
    };
    std::map<SyncId, Queue> queues;
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::SyncChanged) continue;
        const auto op = e.detail_as<SyncOp>();
        if (op != SyncOp::Put && op != SyncOp::Get) continue;
        Queue& queue = queues[e.object];
        queue.last = e.arg;
        if (e.arg >= l.options.queue_growth && queue.at == kNoEvent) queue.at = i;
        queue.most = std::max(queue.most, e.arg);
    }
    for (const auto& [id, queue] : queues) {
        const EventIndex created = l.timeline.created(FieldType::Sync, id);
        const bool bounded = created != kNoEvent && l.rec[created].arg > 0;
        if (bounded || queue.at == kNoEvent || queue.last * 10 < queue.most * 9) continue;
        l.report(l.rec[queue.at].subject, l.rec[queue.at].line, queue.at,
                 cat(sync_name(l, id), " has no maxsize and grew to ", queue.most, " items."));
    }
}

void herd(Linter& l) {
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::SyncChanged) continue;
        const auto op = e.detail_as<SyncOp>();
        if (op != SyncOp::Set && op != SyncOp::Notify && op != SyncOp::BarrierRelease) continue;
        uint32_t woken = 0, again = 0;
        for (EventIndex k = i + 1; k < l.rec.size(); ++k) {
            const Event& next = l.rec[k];
            if (next.kind == EventKind::SyncChanged || next.kind == EventKind::IterationEnd) break;
            if (next.kind != EventKind::TaskEnqueued || next.subject > l.timeline.task_count())
                continue;
            ++woken;
            const EventIndex resumed = l.timeline.when_will_run(next.subject, k);
            if (resumed == kNoEvent) continue;
            const EventIndex after = l.timeline.next_on_lane(next.subject, resumed);
            const Event& end = l.rec[after];
            again += end.kind == EventKind::TaskSuspended && end.object == e.object &&
                             await_object_type(end.detail_as<AwaitKind>()) == FieldType::Sync
                         ? 1
                         : 0;
        }
        if (woken < l.options.herd || again * 4 < woken * 3) continue;
        l.report(e.subject, e.line, i,
                 cat(sync_name(l, e.object), " woke ", woken, " tasks and ", again,
                     " of them went straight back to waiting for it."));
    }
}

void lost_update(Linter& l) {
    struct Write {
        TaskId task = 0;
        EventIndex event = kNoEvent;
        TextId value = 0, before = 0;
    };
    std::unordered_map<TextId, Write> last;
    for (EventIndex i = 0; i < l.rec.size(); ++i) {
        const Event& e = l.rec[i];
        if (e.kind != EventKind::VariableChanged ||
            e.detail_as<VariableScope>() == VariableScope::Local)
            continue;
        Write& write = last[e.object];
        const bool other =
            write.event != kNoEvent && write.task != e.subject && e.subject != 0 && write.task != 0;
        // Both wrote the same new value: the second had read the old one before it was suspended.
        const bool asleep = other && out_of_turn(l, e.subject, write.event);
        if (asleep && write.value == e.arg && write.before != e.arg) {
            l.report(e.subject, e.line, i,
                     cat(l.name(e.subject), " set ", l.rec.text_of(e.object), " to ",
                         l.rec.text_of(e.arg), ", as ", l.name(write.task),
                         " had done while it was suspended: one of the two changes is lost."),
                     {write.event});
        }
        write = {e.subject, i, e.arg, write.value};
    }
}

}  // namespace loopglass::trace::lints
