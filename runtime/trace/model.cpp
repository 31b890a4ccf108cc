// Questions to a Model: positions, wait-for edges, cycles, and what is wrong with it.
#include "runtime/trace/model.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"

namespace loopglass::trace {

using base::cat;

std::string_view phase_name(TaskPhase phase) {
    constexpr std::string_view kNames[] = {"unborn",  "new",  "ready",  "running",  "aside",
                                           "waiting", "done", "failed", "cancelled"};
    return kNames[static_cast<unsigned>(phase)];
}

Model::Model(const Recording& recording)
    : recording_(&recording), lives_(std::make_shared<Lifetimes>()) {}

TaskState Model::task(TaskId id) const {
    TaskState out;
    if (!tasks_.has(id)) return out;
    const TaskCore& core = tasks_[id];
    out.phase = core.phase;
    out.blocking = core.blocking != 0;
    out.cancel_delivered = core.cancel_delivered != 0;
    out.cancel_requests = core.cancel_requests;
    out.line = id == running_ ? running_line_ : core.line;
    out.since = core.since;
    out.suspended = core.suspended;
    out.steps = core.steps;
    const Lifetimes::Birth birth = lives_->birth(id);
    out.created = birth.event;
    out.parent = birth.parent;
    if (core.suspended < next_) {
        const Event& wait = (*recording_)[core.suspended];
        out.awaits = wait.detail_as<AwaitKind>();
        out.object = wait.object;
        out.future = wait.arg;
    }
    return out;
}

int32_t Model::ready_position(TaskId task) const {
    for (const ReadyEntry* entry = ready_begin(); entry != ready_end(); ++entry) {
        if (entry->kind == ReadyEntry::Kind::Step && entry->id == task)
            return static_cast<int32_t>(entry - ready_begin());
    }
    return -1;
}

std::optional<TimerState> Model::timer(HandleId id) const {
    const Lifetime life = lives_->timer(id);
    if (!life.alive(next_)) return std::nullopt;
    return TimerState{recording_->wide_of((*recording_)[life.begin].arg), life.begin};
}

std::optional<TimerState> Model::timer_ever(HandleId id) const {
    const Lifetime life = lives_->timer(id);
    if (life.begin >= next_) return std::nullopt;
    return TimerState{recording_->wide_of((*recording_)[life.begin].arg), life.begin};
}

// Newest first until all are found: what is alive is mostly young.
std::vector<Model::DueTimer> Model::timers_by_due() const {
    std::vector<DueTimer> out;
    out.reserve(timer_count_);
    for (HandleId id = lives_->timer_slots(); id-- > 1 && out.size() < timer_count_;) {
        if (const std::optional<TimerState> found = timer(id)) out.push_back({id, *found});
    }
    std::sort(out.begin(), out.end(), [](const DueTimer& a, const DueTimer& b) {
        return a.timer.due != b.timer.due ? a.timer.due < b.timer.due
                                          : a.timer.scheduled < b.timer.scheduled;
    });
    return out;
}

std::vector<FutureId> Model::pending_future_list() const {
    std::vector<FutureId> out;
    for (uint32_t id = lives_->future_slots(); id-- > 1 && out.size() < pending_futures_;) {
        if (is_pending(id | kPlainFutureBit)) out.push_back(id | kPlainFutureBit);
    }
    std::reverse(out.begin(), out.end());
    return out;
}

bool Model::is_resolved(uint32_t future) const {
    return is_plain_future(future) ? !is_pending(future) : is_over(phase(future));
}

uint32_t Model::children_done(GroupId id) const {
    const GroupState* group = groups_.find(id);
    if (group == nullptr) return 0;
    return static_cast<uint32_t>(
        std::count_if(group->children.begin(), group->children.end(),
                      [this](uint32_t child) { return is_resolved(child); }));
}

void Model::waits_for(TaskId id, std::vector<WaitEdge>& out) const {
    const TaskState state = task(id);
    if (state.phase != TaskPhase::Waiting) return;
    const auto add = [&](uint32_t target) {
        if (target != 0 && !is_plain_future(target) && is_alive(phase(target))) {
            out.push_back({id, target, state.awaits});
        }
    };
    switch (await_object_type(state.awaits)) {
        case FieldType::Task:
            add(state.object);
            break;
        case FieldType::Future:
            add(state.object);
            break;
        case FieldType::Group:
            if (const GroupState* waited = group(state.object)) {
                for (const uint32_t child : waited->children) add(child);
            }
            break;
        case FieldType::Sync:
            if (const SyncState* waited = sync(state.object)) {
                for (const TaskId holder : waited->holders) add(holder);
            }
            break;
        default:
            break;
    }
    if (state.object == 0) add(state.future);
}

std::vector<WaitEdge> Model::wait_edges() const {
    std::vector<WaitEdge> out;
    for (TaskId id = 1; id <= tasks_.size(); ++id) waits_for(id, out);
    return out;
}

std::vector<TaskId> Model::wait_cycle() const {
    enum : uint8_t { Unseen, OnPath, Finished };
    std::vector<uint8_t> mark(tasks_.size() + 1, Unseen);
    struct Step {
        TaskId task;
        std::vector<WaitEdge> edges;
        size_t next = 0;
    };
    for (TaskId root = 1; root <= tasks_.size(); ++root) {
        if (mark[root] != Unseen) continue;
        std::vector<Step> path;
        const auto enter = [&](TaskId task) {
            mark[task] = OnPath;
            path.push_back({task, {}, 0});
            waits_for(task, path.back().edges);
        };
        enter(root);
        while (!path.empty()) {
            Step& top = path.back();
            if (top.next == top.edges.size()) {
                mark[top.task] = Finished;
                path.pop_back();
                continue;
            }
            const TaskId target = top.edges[top.next++].target;
            if (mark[target] == Unseen) {
                enter(target);
            } else if (mark[target] == OnPath) {
                std::vector<TaskId> cycle;
                bool inside = false;
                for (const Step& step : path) {
                    inside = inside || step.task == target;
                    if (inside) cycle.push_back(step.task);
                }
                return cycle;
            }
        }
    }
    return {};
}

std::string Model::check() const {
    if (dropped_ > 0) return {};  // events are missing: nothing can be promised
    std::vector<uint32_t> in_line(tasks_.size() + 1, 0);
    for (const ReadyEntry* entry = ready_begin(); entry != ready_end(); ++entry) {
        if (entry->kind != ReadyEntry::Kind::Step) continue;
        if (entry->id > tasks_.size())
            return cat("task ", entry->id, " is in line but was never created");
        ++in_line[entry->id];
    }
    uint32_t alive = 0;
    for (TaskId id = 1; id <= tasks_.size(); ++id) {
        const TaskCore& state = tasks_[id];
        if (state.phase == TaskPhase::Unborn) continue;
        alive += is_alive(state.phase) ? 1 : 0;
        const uint32_t expected = state.phase == TaskPhase::Ready ? 1 : 0;
        if (in_line[id] != expected) {
            return cat("task ", id, " is ", phase_name(state.phase), " and stands in line ",
                       in_line[id], " times");
        }
        if ((state.phase == TaskPhase::Running) != (running_ == id)) {
            return cat("task ", id, " is ", phase_name(state.phase), " while task ", running_,
                       " has the turn");
        }
    }
    if (alive != live_tasks_) return cat(alive, " tasks are alive, ", live_tasks_, " were counted");
    return {};
}

size_t Model::memory_bytes() const {
    return sizeof *this + tasks_.memory_bytes() + syncs_.memory_bytes() + threads_.memory_bytes() +
           groups_.memory_bytes() + sockets_.memory_bytes() + chains_.memory_bytes() +
           ready_.capacity() * sizeof(ReadyEntry);
}

size_t Model::own_bytes() const {
    return sizeof *this + tasks_.own_bytes() + syncs_.own_bytes() + threads_.own_bytes() +
           groups_.memory_bytes() + sockets_.memory_bytes() + chains_.memory_bytes() +
           ready_.capacity() * sizeof(ReadyEntry);
}

}  // namespace loopglass::trace
