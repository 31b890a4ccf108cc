// Model: the state of the world at an event, as a fold over events and nothing else. Small and
// cheap to copy: what never changes about a task (its name, its parent) stays in its TaskCreated
// event, and what is a sum over time (how long it ran) is asked of the Timeline.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/trace/event.hpp"
#include "runtime/trace/flat_map.hpp"
#include "runtime/trace/lifetimes.hpp"
#include "runtime/trace/paged_table.hpp"
#include "runtime/trace/recording.hpp"

namespace loopglass::trace {

enum class TaskPhase : uint8_t {
    Unborn,   // no TaskCreated yet
    New,      // created, not in line yet
    Ready,    // its next step is on the ready queue
    Running,  // it has the turn: Model::running() is this task
    Aside,    // in the middle of a step, but an eager task or a nested loop inside it has the turn
    Waiting,  // suspended at an await
    Done,     // returned
    Failed,   // raised
    Cancelled,
};
[[nodiscard]] std::string_view phase_name(TaskPhase phase);  // "waiting"
[[nodiscard]] constexpr bool is_over(TaskPhase phase) {
    return phase >= TaskPhase::Done;
}
[[nodiscard]] constexpr bool is_alive(TaskPhase phase) {
    return phase != TaskPhase::Unborn && phase < TaskPhase::Done;
}

// A task as seen from an event. Made on demand from what the model keeps and what the recording
// says.
struct TaskState {
    TaskPhase phase = TaskPhase::Unborn;
    AwaitKind awaits = AwaitKind::Yield;  // Waiting (and Ready after a wait): what it suspended for
    bool blocking = false;                // Running: inside a call that blocks the loop
    bool cancel_delivered = false;        // CancelledError was raised in it and it has not ended
    uint8_t cancel_requests = 0;          // asked for and not taken back (at most 63)
    uint16_t line = 0;                    // Running: current line; otherwise where it will go on
    uint32_t object = 0;                  // of the await; typed by await_object_type(awaits)
    uint32_t future = 0;                  // of the await: the future whose end will wake it
    EventIndex since = kNoEvent;          // the event at which this phase began
    EventIndex suspended = kNoEvent;      // its latest TaskSuspended
    EventIndex created = kNoEvent;        // its TaskCreated: name, function, line, cause
    TaskId parent = 0;                    // the task that was running when it was created
    uint32_t steps = 0;                   // times it was resumed
};

// One entry of the ready queue.
struct ReadyEntry {
    enum class Kind : uint8_t { Step, Callback, Timer };
    Kind kind = Kind::Step;
    bool cancelled = false;
    uint32_t id = 0;               // TaskId for Step, else HandleId
    EventIndex queued = kNoEvent;  // TaskEnqueued, CallbackScheduled or TimerFired
};

struct TimerState {
    int64_t due = 0;  // loop time, ns
    EventIndex scheduled = kNoEvent;
};

struct SyncState {
    SyncType type = SyncType::Lock;
    bool set = false;       // asyncio.Event
    uint32_t value = 0;     // queue size, semaphore value, tasks held by a barrier
    uint32_t capacity = 0;  // queue maxsize (0: unbounded), barrier parties
    EventIndex created = kNoEvent;
    EventIndex last_change = kNoEvent;
    std::vector<TaskId> holders;  // lock, semaphore: who acquired and has not released
    std::vector<TaskId> waiters;  // in order of arrival: suspended on it and not resumed
};

struct GroupState {
    GroupType type = GroupType::Gather;
    TaskId owner = 0;
    EventIndex created = kNoEvent;
    int64_t due = -1;                // timeouts
    std::vector<uint32_t> children;  // tasks and futures
};

struct ThreadState {
    enum class Phase : uint8_t { Idle, Working, Blocked, Ended };
    Phase phase = Phase::Idle;
    WorkId work = 0;
    EventIndex started = kNoEvent;
    EventIndex since = kNoEvent;
};

struct SocketState {
    SocketRole role = SocketRole::Listen;
    bool open = false;
    EventIndex opened = kNoEvent;
    uint32_t bytes_in = 0;
    uint32_t bytes_out = 0;
};

// An edge of "who waits for whom": `waiter` cannot go on before `target` does something.
struct WaitEdge {
    TaskId waiter = 0;
    TaskId target = 0;
    AwaitKind kind = AwaitKind::Task;
};

class Model {
public:
    enum class LoopPhase : uint8_t { Stopped, Working, Polling };

    // The world before the first event. The recording must outlive the model.
    explicit Model(const Recording& recording);

    // Applies the event with index next(). Events are applied in order, each once.
    void apply(const Event& event);
    void apply_next() { apply((*recording_)[next_]); }
    // Applies events until next() == end.
    void advance_to(EventIndex end);

    [[nodiscard]] const Recording& recording() const { return *recording_; }
    // Number of events applied; the model shows the world just after event next() - 1.
    [[nodiscard]] EventIndex next() const { return next_; }
    [[nodiscard]] int64_t now() const { return next_ == 0 ? 0 : recording_->time(next_ - 1); }

    [[nodiscard]] LoopPhase loop_phase() const { return loop_phase_; }
    [[nodiscard]] bool loop_runs() const { return loop_depth_ > 0; }
    // Loop time at which the poll in progress ends at the latest; -1: no poll, or it may last
    // forever.
    [[nodiscard]] int64_t poll_until() const { return poll_until_; }
    [[nodiscard]] uint32_t iteration() const { return iteration_; }
    // The task, or else the callback, that has the turn; 0 if none.
    [[nodiscard]] TaskId running() const { return running_; }
    [[nodiscard]] HandleId running_callback() const { return running_callback_; }
    // The event of a blocking call in progress, or kNoEvent.
    [[nodiscard]] EventIndex blocked_by() const { return blocked_; }

    [[nodiscard]] uint32_t task_count() const { return tasks_.size(); }
    [[nodiscard]] uint32_t live_tasks() const { return live_tasks_; }
    // The state of a task; Unborn for ids not created yet.
    [[nodiscard]] TaskState task(TaskId id) const;
    // The same, without the look-ups.
    [[nodiscard]] TaskPhase phase(TaskId id) const {
        return tasks_.has(id) ? tasks_[id].phase : TaskPhase::Unborn;
    }
    // The line, front first.
    [[nodiscard]] const ReadyEntry* ready_begin() const { return ready_.data() + ready_head_; }
    [[nodiscard]] const ReadyEntry* ready_end() const { return ready_.data() + ready_.size(); }
    [[nodiscard]] uint32_t ready_count() const {
        return static_cast<uint32_t>(ready_.size()) - ready_head_;
    }
    // Place in line, 0 = next; -1 if the task is not in line.
    [[nodiscard]] int32_t ready_position(TaskId task) const;

    [[nodiscard]] uint32_t timer_count() const { return timer_count_; }
    // Nothing if it is not in the heap (never was, fired or cancelled).
    [[nodiscard]] std::optional<TimerState> timer(HandleId id) const;
    // The same for a timer that may have fired or been cancelled since.
    [[nodiscard]] std::optional<TimerState> timer_ever(HandleId id) const;
    // The heap as a list, in the order in which the timers will fire.
    struct DueTimer {
        HandleId handle;
        TimerState timer;
    };
    [[nodiscard]] std::vector<DueTimer> timers_by_due() const;
    // A plain future that is not resolved, and the list of them, oldest first; `created` of one.
    [[nodiscard]] bool is_pending(FutureId id) const { return lives_->future(id).alive(next_); }
    [[nodiscard]] uint32_t pending_futures() const { return pending_futures_; }
    [[nodiscard]] std::vector<FutureId> pending_future_list() const;
    [[nodiscard]] EventIndex future_created(FutureId id) const { return lives_->future(id).begin; }
    [[nodiscard]] uint32_t sync_count() const { return syncs_.size(); }
    [[nodiscard]] const SyncState* sync(SyncId id) const {
        return syncs_.has(id) ? &syncs_[id] : nullptr;
    }
    // Null once done.
    [[nodiscard]] const GroupState* group(GroupId id) const { return groups_.find(id); }
    // Children of a group that are over or resolved; 0 once the group itself is done.
    [[nodiscard]] uint32_t children_done(GroupId id) const;
    // A task that is over, or a plain future that is not pending (or was never recorded).
    [[nodiscard]] bool is_resolved(uint32_t future) const;
    [[nodiscard]] uint32_t thread_count() const { return threads_.size(); }
    [[nodiscard]] const ThreadState* thread(ThreadId id) const {
        return threads_.has(id) ? &threads_[id] : nullptr;
    }
    [[nodiscard]] uint32_t work_waiting() const { return work_waiting_; }
    [[nodiscard]] const SocketState* socket(SocketId id) const { return sockets_.find(id); }
    [[nodiscard]] uint32_t socket_count() const { return sockets_.size(); }
    // Bytes printed so far, and Printed events so far.
    [[nodiscard]] uint64_t output_bytes() const { return output_bytes_; }
    [[nodiscard]] uint32_t prints() const { return prints_; }
    // Events missing so far (Gap); what follows from them is uncertain.
    [[nodiscard]] uint64_t dropped() const { return dropped_; }
    // Line level only: the chain of functions the task is in, outermost first (TextIds).
    [[nodiscard]] const std::vector<TextId>* await_chain(TaskId task) const {
        return chains_.find(task);
    }

    // Whom a task waits for: the awaited task, a gather's or group's unfinished tasks, a lock's
    // holders.
    void waits_for(TaskId task, std::vector<WaitEdge>& out) const;
    [[nodiscard]] std::vector<WaitEdge> wait_edges() const;
    // The tasks of one cycle in wait_edges(), in order; empty if there is none.
    [[nodiscard]] std::vector<TaskId> wait_cycle() const;

    // What is wrong with the state, as one sentence; empty if nothing is.
    [[nodiscard]] std::string check() const;
    [[nodiscard]] size_t memory_bytes() const;
    [[nodiscard]] size_t own_bytes() const;

private:
    friend class Checkpoint;
    friend class ModelFold;  // model_apply.cpp: one function per kind

    // What is kept of a task: all else stands in the events named here.
    struct TaskCore {
        EventIndex since = kNoEvent;
        EventIndex suspended = kNoEvent;
        uint32_t steps = 0;
        uint16_t line = 0;
        TaskPhase phase = TaskPhase::Unborn;
        uint8_t blocking : 1 = 0;
        uint8_t cancel_delivered : 1 = 0;
        uint8_t cancel_requests : 6 = 0;
    };
    static_assert(sizeof(TaskCore) == 16);

    const Recording* recording_;
    EventIndex next_ = 0;
    LoopPhase loop_phase_ = LoopPhase::Stopped;
    uint32_t loop_depth_ = 0;
    uint32_t iteration_ = 0;
    TaskId running_ = 0;
    HandleId running_callback_ = 0;
    EventIndex blocked_ = kNoEvent;
    int64_t poll_until_ = -1;
    uint16_t running_line_ = 0;
    uint32_t live_tasks_ = 0;
    uint32_t timer_count_ = 0;
    uint32_t pending_futures_ = 0;
    uint32_t ready_head_ = 0;
    uint32_t work_waiting_ = 0;
    uint32_t prints_ = 0;
    uint64_t output_bytes_ = 0;
    uint64_t dropped_ = 0;

    // Who had the turn before an eager task or a nested loop took it.
    struct Outer {
        TaskId task;
        HandleId callback;
        uint32_t depth;
        uint16_t line;
    };
    std::vector<Outer> outer_;
    std::shared_ptr<Lifetimes> lives_;  // shared with copies; fed by whichever gets ahead first
    PagedTable<TaskCore> tasks_;
    std::vector<ReadyEntry> ready_;
    PagedTable<SyncState> syncs_;
    FlatMap<GroupState> groups_;
    PagedTable<ThreadState> threads_;
    FlatMap<SocketState> sockets_;
    FlatMap<std::vector<TextId>> chains_;
};

}  // namespace loopglass::trace
