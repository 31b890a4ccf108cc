// Lints about locks, queues and shared variables.
#include <algorithm>
#include <cctype>
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

namespace {

// Which shared variable a line of the script assigns: `total = …`, `total += …`. What is assigned
// without changing is no event, but a lost update often looks just so.
class Assignments {
public:
    explicit Assignments(const Recording& rec) {
        std::string_view rest(rec.info.source);
        for (uint32_t line = 1; !rest.empty(); ++line) {
            const size_t end = std::min(rest.find('\n'), rest.size());
            if (const std::string_view name = assigned(rest.substr(0, end)); !name.empty())
                by_line_[line] = name;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    [[nodiscard]] std::string_view on_line(uint32_t line) const {
        const auto found = by_line_.find(line);
        return found == by_line_.end() ? std::string_view() : found->second;
    }

private:
    static std::string_view assigned(std::string_view line) {
        const size_t begin = line.find_first_not_of(" \t");
        if (begin == 0 || begin == std::string_view::npos) return {};  // not in a function
        size_t end = begin;
        while (end < line.size() &&
               (std::isalnum(static_cast<unsigned char>(line[end])) != 0 || line[end] == '_'))
            ++end;
        const std::string_view name = line.substr(begin, end - begin);
        const size_t sign = line.find_first_not_of(' ', end);
        if (name.empty() || sign == std::string_view::npos) return {};
        const bool plain = line[sign] == '=' && line.substr(sign, 2) != "==";
        const bool augmented =
            sign + 1 < line.size() && line[sign + 1] == '=' &&
            std::string_view("+-*/|&").find(line[sign]) != std::string_view::npos;
        return plain || augmented ? name : std::string_view();
    }
    std::unordered_map<uint32_t, std::string_view> by_line_;
};

struct Write {
    TaskId task = 0;
    EventIndex event = kNoEvent;
    TextId value = 0, before = 0;
};

// Follows the shared variables of a run, and what tasks remember of them in variables of their own.
class Updates {
public:
    explicit Updates(Linter& l) : l_(l), assignments_(l.rec) {}

    void take(const Event& e, EventIndex i) {
        if (e.kind == EventKind::VariableChanged) {
            if (e.detail_as<VariableScope>() == VariableScope::Local) return remember(e, i);
            pending_.erase(e.subject);
            return write(e.subject, e.object, e.arg, i, e.line);
        }
        if (!subject_is_task(e.kind) || e.subject == 0) return;
        const bool statement_over =
            e.kind == EventKind::LineExecuted || e.kind == EventKind::TaskSuspended ||
            (e.kind >= EventKind::TaskDone && e.kind <= EventKind::TaskCancelled);
        if (!statement_over) return;
        if (const auto same = pending_.find(e.subject); same != pending_.end()) {
            const auto [name, line] = same->second;
            pending_.erase(same);
            if (const auto known = last_.find(name); known != last_.end())
                write(e.subject, name, known->second.value, i, line);
        }
        if (e.kind != EventKind::LineExecuted) return;
        const std::string_view name = assignments_.on_line(e.line);
        if (name.empty()) return;
        for (const auto& [text, known] : last_)
            if (l_.rec.text_of(text) == name) pending_[e.subject] = {text, e.line};
    }

private:
    void remember(const Event& e, EventIndex i) {
        if (e.subject != 0) remembered_[{e.subject, e.object}] = {e.arg, i};
    }

    // A variable of the task that still holds what the shared one was before the other's write.
    [[nodiscard]] bool still_holds(TaskId task, const Write& other) const {
        for (auto at = remembered_.lower_bound({task, 0});
             at != remembered_.end() && at->first.first == task; ++at)
            if (at->second.first == other.before && at->second.second < other.event) return true;
        return false;
    }

    void write(TaskId task, TextId name, TextId value, EventIndex i, uint16_t line) {
        Write& last = last_[name];
        const bool other =
            last.event != kNoEvent && last.task != task && task != 0 && last.task != 0;
        // Both wrote the same new value, or this one still held the old one: it had read it before
        // it was suspended.
        const bool asleep =
            other && last.before != value && last.before != 0 && out_of_turn(l_, task, last.event);
        if (asleep && (last.value == value || still_holds(task, last)))
            l_.report(
                task, line, i,
                cat(l_.name(task), " set ", l_.rec.text_of(name), " to ", l_.rec.text_of(value),
                    ", though ", l_.name(last.task), " had set it to ", l_.rec.text_of(last.value),
                    " while it was suspended: one of the two changes is lost."),
                {last.event});
        last = {task, i, value, last.value};
    }

    Linter& l_;
    Assignments assignments_;
    std::unordered_map<TextId, Write> last_;
    std::unordered_map<TaskId, std::pair<TextId, uint16_t>> pending_;
    std::map<std::pair<TaskId, TextId>, std::pair<TextId, EventIndex>> remembered_;
};

}  // namespace

void lost_update(Linter& l) {
    if (!l.rec.lines_on()) return;
    Updates updates(l);
    for (EventIndex i = 0; i < l.rec.size(); ++i) updates.take(l.rec[i], i);
}

}  // namespace loopglass::trace::lints
