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

const TaskState& Model::task(TaskId id) const {
    static const TaskState kUnborn;
    return tasks_.has(id) ? tasks_[id] : kUnborn;
}

int32_t Model::ready_position(TaskId task) const {
    for (const ReadyEntry* entry = ready_begin(); entry != ready_end(); ++entry) {
        if (entry->kind == ReadyEntry::Kind::Step && entry->id == task)
            return static_cast<int32_t>(entry - ready_begin());
    }
    return -1;
}

std::vector<Model::DueTimer> Model::timers_by_due() const {
    std::vector<DueTimer> out;
    out.reserve(timers_.size());
    timers_.each([&](HandleId handle, const TimerState& timer) { out.push_back({handle, timer}); });
    std::sort(out.begin(), out.end(), [](const DueTimer& a, const DueTimer& b) {
        return a.timer.due != b.timer.due ? a.timer.due < b.timer.due
                                          : a.timer.scheduled < b.timer.scheduled;
    });
    return out;
}

bool Model::is_resolved(uint32_t future) const {
    if (is_plain_future(future)) return futures_.find(future) == nullptr;
    return is_over(task(future).phase);
}

uint32_t Model::children_done(GroupId id) const {
    const GroupState* group = groups_.find(id);
    if (group == nullptr) return 0;
    return static_cast<uint32_t>(
        std::count_if(group->children.begin(), group->children.end(),
                      [this](uint32_t child) { return is_resolved(child); }));
}

void Model::waits_for(TaskId id, std::vector<WaitEdge>& out) const {
    const TaskState& state = task(id);
    if (state.phase != TaskPhase::Waiting) return;
    const auto add = [&](uint32_t target) {
        if (target != 0 && !is_plain_future(target) && is_alive(task(target).phase)) {
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
        const TaskState& state = tasks_[id];
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
           timers_.memory_bytes() + futures_.memory_bytes() + groups_.memory_bytes() +
           sockets_.memory_bytes() + chains_.memory_bytes() +
           ready_.capacity() * sizeof(ReadyEntry);
}

size_t Model::own_bytes() const {
    return sizeof *this + tasks_.own_bytes() + syncs_.own_bytes() + threads_.own_bytes() +
           timers_.memory_bytes() + futures_.memory_bytes() + groups_.memory_bytes() +
           sockets_.memory_bytes() + chains_.memory_bytes() +
           ready_.capacity() * sizeof(ReadyEntry);
}

}  // namespace loopglass::trace
