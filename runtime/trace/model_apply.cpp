// Model::apply: what each kind of event changes. A kind without a function here changes nothing.
#include <algorithm>

#include "runtime/trace/model.hpp"

namespace loopglass::trace {

// The fold, one function per kind; `i` is the event's index.
class ModelFold {
public:
    using Core = Model::TaskCore;
    static constexpr uint32_t kMostRequests = 63;  // what six bits hold

    // --- the loop
    // ---------------------------------------------------------------------------------
    static void loop_started(Model& m, const Event&, EventIndex i) {
        if (m.running_ != 0 || m.running_callback_ != 0) set_aside(m, i);
        ++m.loop_depth_;
        m.loop_phase_ = Model::LoopPhase::Working;
    }
    static void loop_stopped(Model& m, const Event&, EventIndex i) {
        if (m.loop_depth_ > 0) --m.loop_depth_;
        m.poll_until_ = -1;
        m.loop_phase_ = m.loop_depth_ > 0 ? Model::LoopPhase::Working : Model::LoopPhase::Stopped;
        m.running_ = 0;
        m.running_callback_ = 0;
        take_back(m, i);
    }
    // Whose step was thrown away is where it was before it got in line, and stays there.
    static void loop_closed(Model& m, EventIndex i) {
        if (m.threads_.size() > 1) return;  // the loops of several threads share one line
        for (uint32_t k = m.ready_head_; k < m.ready_.size(); ++k) {
            if (m.ready_[k].kind != ReadyEntry::Kind::Step) continue;
            Core& task = m.tasks_.edit(m.ready_[k].id);
            task.phase = task.steps > 0 ? TaskPhase::Waiting : TaskPhase::New;
            task.since = i;
        }
        m.ready_.clear();
        m.ready_head_ = 0;
    }
    static void iteration_begin(Model& m, const Event& e, EventIndex) { m.iteration_ = e.subject; }
    static void poll_begin(Model& m, const Event& e, EventIndex i) {
        m.loop_phase_ = Model::LoopPhase::Polling;
        const auto timeout = e.detail_as<PollTimeout>();
        const int64_t now = m.recording_->time(i);
        m.poll_until_ = timeout == PollTimeout::Forever ? -1
                        : timeout == PollTimeout::Zero  ? now
                                                        : now + m.recording_->wide_of(e.arg);
    }
    static void poll_end(Model& m, const Event&, EventIndex) {
        m.loop_phase_ = Model::LoopPhase::Working;
        m.poll_until_ = -1;
    }

    // --- tasks
    // ------------------------------------------------------------------------------------
    static void task_created(Model& m, const Event& e, EventIndex i) {
        Core& task = m.tasks_.edit(e.subject);
        task.phase = TaskPhase::New;
        task.since = i;
        task.line = e.line;
        ++m.live_tasks_;
        m.lives_->set_parent(e.subject, m.running_);
    }
    static void task_enqueued(Model& m, const Event& e, EventIndex i) {
        Core& task = m.tasks_.edit(e.subject);
        if (is_over(task.phase)) return;
        if (task.phase == TaskPhase::Waiting) stop_waiting(m, e.subject, task);
        task.phase = TaskPhase::Ready;
        task.since = i;
        m.ready_.push_back({ReadyEntry::Kind::Step, false, e.subject, i});
    }
    static void task_resumed(Model& m, const Event& e, EventIndex i) {
        if (m.running_ != 0 || m.running_callback_ != 0) set_aside(m, i);
        leave_line(m, true, e.subject);
        Core& task = m.tasks_.edit(e.subject);
        task.phase = TaskPhase::Running;
        task.since = i;
        ++task.steps;
        m.running_line_ = e.line != 0 ? e.line : task.line;
        m.running_ = e.subject;
        m.running_callback_ = 0;
    }
    static void task_suspended(Model& m, const Event& e, EventIndex i) {
        Core& task = m.tasks_.edit(e.subject);
        task.phase = TaskPhase::Waiting;
        task.since = task.suspended = i;
        task.line = e.line;
        if (await_object_type(e.detail_as<AwaitKind>()) == FieldType::Sync && e.object != 0) {
            m.syncs_.edit(e.object).waiters.push_back(e.subject);
        }
        give_back(m, e.subject, i);
    }
    static void task_over(Model& m, const Event& e, EventIndex i, TaskPhase phase) {
        Core& task = m.tasks_.edit(e.subject);
        if (is_over(task.phase)) return;
        if (task.phase == TaskPhase::Waiting) stop_waiting(m, e.subject, task);
        if (task.phase == TaskPhase::Ready) leave_line(m, true, e.subject);
        if (task.phase != TaskPhase::Unborn && m.live_tasks_ > 0) --m.live_tasks_;
        task.phase = phase;
        task.since = i;
        task.blocking = 0;
        if (m.running_ == e.subject) task.line = m.running_line_;
        m.chains_.erase(e.subject);
        give_back(m, e.subject, i);
    }
    static void cancel_requested(Model& m, const Event& e, EventIndex) {
        Core& task = m.tasks_.edit(e.subject);
        if (task.cancel_requests < kMostRequests) ++task.cancel_requests;
    }
    static void uncancelled(Model& m, const Event& e, EventIndex) {
        m.tasks_.edit(e.subject).cancel_requests = std::min(e.arg, kMostRequests) & kMostRequests;
    }

    // --- futures, callbacks, timers
    // ---------------------------------------------------------------
    static void callback_begin(Model& m, const Event& e, EventIndex i) {
        if (m.running_ != 0 || m.running_callback_ != 0) set_aside(m, i);
        leave_line(m, false, e.subject);
        m.running_ = 0;
        m.running_callback_ = e.subject;
    }
    static void callback_end(Model& m, const Event& e, EventIndex i) {
        if (m.running_callback_ != e.subject) return;
        m.running_callback_ = 0;
        take_back(m, i);
    }
    static void callback_cancelled(Model& m, const Event& e, EventIndex) {
        for (uint32_t k = m.ready_head_; k < m.ready_.size(); ++k) {
            ReadyEntry& entry = m.ready_[k];
            if (entry.kind != ReadyEntry::Kind::Step && entry.id == e.subject)
                entry.cancelled = true;
        }
    }
    static void callback_skipped(Model& m, const Event& e, EventIndex) {
        leave_line(m, false, e.subject);
    }
    static void timer_fired(Model& m, const Event& e, EventIndex i) {
        if (m.lives_->timer(e.subject).end == i && m.timer_count_ > 0) --m.timer_count_;
        m.ready_.push_back({ReadyEntry::Kind::Timer, false, e.subject, i});
    }
    static void timer_cancelled(Model& m, const Event& e, EventIndex i) {
        if (m.lives_->timer(e.subject).end == i) {
            if (m.timer_count_ > 0) --m.timer_count_;
        } else {
            callback_cancelled(m, e, i);
        }
    }

    // --- synchronisation, groups
    // ------------------------------------------------------------------
    static void sync_created(Model& m, const Event& e, EventIndex i) {
        SyncState& sync = m.syncs_.edit(e.subject);
        sync.type = e.detail_as<SyncType>();
        sync.created = sync.last_change = i;
        const bool starts_with_value =
            sync.type == SyncType::Semaphore || sync.type == SyncType::BoundedSemaphore;
        (starts_with_value ? sync.value : sync.capacity) = e.arg;
    }
    static void sync_changed(Model& m, const Event& e, EventIndex i) {
        SyncState& sync = m.syncs_.edit(e.object);
        sync.last_change = i;
        switch (e.detail_as<SyncOp>()) {
            case SyncOp::Acquire:
                sync.holders.push_back(e.subject);
                break;
            case SyncOp::Release:
                release(sync, e.subject);
                break;
            case SyncOp::Set:
                sync.set = true;
                break;
            case SyncOp::Clear:
                sync.set = false;
                break;
            default:
                break;
        }
        const auto op = e.detail_as<SyncOp>();
        if (op != SyncOp::Notify && op != SyncOp::Set && op != SyncOp::Clear) sync.value = e.arg;
    }
    static void group_created(Model& m, const Event& e, EventIndex i) {
        GroupState& group = m.groups_.edit(e.subject);
        group.type = e.detail_as<GroupType>();
        group.owner = e.object;
        group.created = i;
    }
    static void future_resolved(Model& m, const Event& e, EventIndex i) {
        const Lifetime life = m.lives_->future(e.subject);
        if (life.end == i && life.begin != kNoEvent && m.pending_futures_ > 0) --m.pending_futures_;
    }
    static void timeout_armed(Model& m, const Event& e, EventIndex) {
        m.groups_.edit(e.subject).due = e.object == 0 ? -1 : m.recording_->wide_of(e.arg);
    }

    // --- blocking, threads, sockets
    // ---------------------------------------------------------------
    static void blocked(Model& m, const Event& e, EventIndex i, bool begins) {
        m.blocked_ = begins ? i : kNoEvent;
        if (e.subject != 0) m.tasks_.edit(e.subject).blocking = begins ? 1 : 0;
    }
    static void thread_started(Model& m, const Event& e, EventIndex i) {
        const bool worker = e.detail_as<ThreadType>() == ThreadType::Worker;
        ThreadState& thread = m.threads_.edit(e.subject);
        thread.started = i;
        enter(thread, worker ? ThreadState::Phase::Idle : ThreadState::Phase::Working, i);
    }
    static void work_began(Model& m, const Event& e, EventIndex i) {
        if (m.work_waiting_ > 0) --m.work_waiting_;
        ThreadState& thread = m.threads_.edit(e.object);
        thread.work = e.subject;
        enter(thread, ThreadState::Phase::Working, i);
    }
    static void work_ended(Model& m, const Event& e, EventIndex i) {
        ThreadState& thread = m.threads_.edit(e.object);
        thread.work = 0;
        enter(thread, ThreadState::Phase::Idle, i);
    }
    static void thread_phase(Model& m, const Event& e, EventIndex i, ThreadState::Phase phase) {
        enter(m.threads_.edit(e.subject), phase, i);
    }
    static void socket_opened(Model& m, const Event& e, EventIndex i) {
        m.sockets_.edit(e.subject) = {e.detail_as<SocketRole>(), true, i, 0, 0};
    }
    static void socket_data(Model& m, const Event& e, EventIndex) {
        SocketState& socket = m.sockets_.edit(e.subject);
        (e.detail_as<SocketEvent>() == SocketEvent::Sent ? socket.bytes_out : socket.bytes_in) +=
            e.arg;
    }

    // --- what the script shows
    // --------------------------------------------------------------------
    static void printed(Model& m, const Event& e, EventIndex) {
        ++m.prints_;
        m.output_bytes_ += m.recording_->text_of(e.object).size();
    }
    static void frame_entered(Model& m, const Event& e, EventIndex) {
        m.chains_.edit(key(e)).push_back(e.object);
    }
    static void frame_left(Model& m, const Event& e, EventIndex) {
        std::vector<TextId>* chain = m.chains_.find(key(e));
        if (chain != nullptr && !chain->empty()) chain->pop_back();
    }

    // The statement now running belongs to the task that has the turn.
    static void follow_line(Model& m, const Event& e) {
        if (e.line != 0) m.running_line_ = e.line;
    }

private:
    static void enter(ThreadState& thread, ThreadState::Phase phase, EventIndex i) {
        thread.phase = phase;
        thread.since = i;
    }
    // Module-level code (task 0) has a chain too; FlatMap keys are not 0.
    static uint32_t key(const Event& e) { return e.subject == 0 ? UINT32_MAX : e.subject; }

    static void set_aside(Model& m, EventIndex i) {
        m.outer_.push_back({m.running_, m.running_callback_, m.loop_depth_, m.running_line_});
        if (m.running_ != 0) {
            Core& task = m.tasks_.edit(m.running_);
            task.phase = TaskPhase::Aside;
            task.since = i;
        }
        m.running_ = 0;
        m.running_callback_ = 0;
    }
    // Whoever was set aside at this loop depth has the turn again.
    static void take_back(Model& m, EventIndex i) {
        if (m.outer_.empty() || m.outer_.back().depth != m.loop_depth_) return;
        m.running_ = m.outer_.back().task;
        m.running_callback_ = m.outer_.back().callback;
        m.running_line_ = m.outer_.back().line;
        m.outer_.pop_back();
        if (m.running_ != 0) {
            Core& task = m.tasks_.edit(m.running_);
            task.phase = TaskPhase::Running;
            task.since = i;
        }
    }
    static void give_back(Model& m, TaskId task, EventIndex i) {
        if (m.running_ != task) return;
        m.running_ = 0;
        take_back(m, i);
    }
    static void stop_waiting(Model& m, TaskId id, const Core& task) {
        if (m.syncs_.size() == 0) return;
        const Event event = (*m.recording_)[task.suspended];
        if (event.object == 0 || await_object_type(event.detail_as<AwaitKind>()) != FieldType::Sync)
            return;
        std::vector<TaskId>& waiters = m.syncs_.edit(event.object).waiters;
        waiters.erase(std::remove(waiters.begin(), waiters.end(), id), waiters.end());
    }
    static void release(SyncState& sync, TaskId task) {
        auto place = std::find(sync.holders.begin(), sync.holders.end(), task);
        if (place == sync.holders.end()) place = sync.holders.begin();  // released by somebody else
        if (place != sync.holders.end()) sync.holders.erase(place);
    }
    // Takes a step or a callback off the ready queue; it is the front one unless the loop plays by
    // other rules.
    static void leave_line(Model& m, bool step, uint32_t id) {
        for (uint32_t k = m.ready_head_; k < m.ready_.size(); ++k) {
            const ReadyEntry& entry = m.ready_[k];
            if (entry.id != id || (entry.kind == ReadyEntry::Kind::Step) != step) continue;
            if (k != m.ready_head_) {
                m.ready_.erase(m.ready_.begin() + k);
            } else if (++m.ready_head_ == m.ready_.size()) {
                m.ready_.clear();
                m.ready_head_ = 0;
            } else if (m.ready_head_ > 64 && m.ready_head_ * 2 > m.ready_.size()) {
                m.ready_.erase(m.ready_.begin(), m.ready_.begin() + m.ready_head_);
                m.ready_head_ = 0;
            }
            return;
        }
    }
};

void Model::apply(const Event& e) {
    const EventIndex i = next_++;
    if (i == lives_->next()) lives_->take_in(e);
    ModelFold::follow_line(*this, e);
    switch (e.kind) {
        case EventKind::LoopStarted:
            return ModelFold::loop_started(*this, e, i);
        case EventKind::LoopStopped:
            return ModelFold::loop_stopped(*this, e, i);
        case EventKind::LoopClosed:
            return ModelFold::loop_closed(*this, i);
        case EventKind::IterationBegin:
            return ModelFold::iteration_begin(*this, e, i);
        case EventKind::PollBegin:
            return ModelFold::poll_begin(*this, e, i);
        case EventKind::PollEnd:
            return ModelFold::poll_end(*this, e, i);
        case EventKind::TaskCreated:
            return ModelFold::task_created(*this, e, i);
        case EventKind::TaskEnqueued:
            return ModelFold::task_enqueued(*this, e, i);
        case EventKind::TaskResumed:
            return ModelFold::task_resumed(*this, e, i);
        case EventKind::TaskSuspended:
            return ModelFold::task_suspended(*this, e, i);
        case EventKind::TaskDone:
            return ModelFold::task_over(*this, e, i, TaskPhase::Done);
        case EventKind::TaskFailed:
            return ModelFold::task_over(*this, e, i, TaskPhase::Failed);
        case EventKind::TaskCancelled:
            return ModelFold::task_over(*this, e, i, TaskPhase::Cancelled);
        case EventKind::CancelRequested:
            return ModelFold::cancel_requested(*this, e, i);
        case EventKind::CancelDelivered:
            tasks_.edit(e.subject).cancel_delivered = true;
            return;
        case EventKind::CancelSwallowed:
            tasks_.edit(e.subject).cancel_delivered = false;
            return;
        case EventKind::Uncancelled:
            return ModelFold::uncancelled(*this, e, i);
        case EventKind::FutureCreated:
            ++pending_futures_;
            return;
        case EventKind::FutureResolved:
            return ModelFold::future_resolved(*this, e, i);
        case EventKind::CallbackScheduled:
            ready_.push_back({ReadyEntry::Kind::Callback, false, e.subject, i});
            return;
        case EventKind::CallbackBegin:
            return ModelFold::callback_begin(*this, e, i);
        case EventKind::CallbackEnd:
            return ModelFold::callback_end(*this, e, i);
        case EventKind::CallbackCancelled:
            return ModelFold::callback_cancelled(*this, e, i);
        case EventKind::CallbackSkipped:
            return ModelFold::callback_skipped(*this, e, i);
        case EventKind::TimerScheduled:
            ++timer_count_;
            return;
        case EventKind::TimerFired:
            return ModelFold::timer_fired(*this, e, i);
        case EventKind::TimerCancelled:
            return ModelFold::timer_cancelled(*this, e, i);
        case EventKind::SyncCreated:
            return ModelFold::sync_created(*this, e, i);
        case EventKind::SyncChanged:
            return ModelFold::sync_changed(*this, e, i);
        case EventKind::GroupCreated:
            return ModelFold::group_created(*this, e, i);
        case EventKind::GroupChild:
            groups_.edit(e.subject).children.push_back(e.object);
            return;
        case EventKind::GroupDone:
            groups_.erase(e.subject);
            return;
        case EventKind::TimeoutArmed:
            return ModelFold::timeout_armed(*this, e, i);
        case EventKind::BlockedBegin:
            return ModelFold::blocked(*this, e, i, true);
        case EventKind::BlockedEnd:
            return ModelFold::blocked(*this, e, i, false);
        case EventKind::ThreadStarted:
            return ModelFold::thread_started(*this, e, i);
        case EventKind::ThreadEnded:
            return ModelFold::thread_phase(*this, e, i, ThreadState::Phase::Ended);
        case EventKind::ThreadBlocked:
            return ModelFold::thread_phase(*this, e, i, ThreadState::Phase::Blocked);
        case EventKind::ThreadContinues:
            return ModelFold::thread_phase(*this, e, i, ThreadState::Phase::Working);
        case EventKind::WorkSubmitted:
            ++work_waiting_;
            return;
        case EventKind::WorkBegan:
            return ModelFold::work_began(*this, e, i);
        case EventKind::WorkEnded:
            return ModelFold::work_ended(*this, e, i);
        case EventKind::SocketOpened:
            return ModelFold::socket_opened(*this, e, i);
        case EventKind::SocketData:
            return ModelFold::socket_data(*this, e, i);
        case EventKind::SocketClosed:
            sockets_.erase(e.subject);
            return;
        case EventKind::Printed:
            return ModelFold::printed(*this, e, i);
        case EventKind::FrameEntered:
            return ModelFold::frame_entered(*this, e, i);
        case EventKind::FrameLeft:
            return ModelFold::frame_left(*this, e, i);
        case EventKind::Gap:
            dropped_ += static_cast<uint64_t>(recording_->wide_of(e.arg));
            return;
        case EventKind::IterationEnd:
        case EventKind::ClockAdvanced:
        case EventKind::CallbackAdded:
        case EventKind::TimeoutExpired:
        case EventKind::SocketReady:
        case EventKind::Logged:
        case EventKind::UserMark:
        case EventKind::ExceptionRaised:
        case EventKind::ExceptionNeverRetrieved:
        case EventKind::CoroutineCreated:
        case EventKind::CoroutineNeverAwaited:
        case EventKind::TaskDestroyedPending:
        case EventKind::LineExecuted:
        case EventKind::VariableChanged:
        case EventKind::LinesSkipped:
        case EventKind::ReplInput:
        case EventKind::LessonCheck:
            return;
    }
}

void Model::advance_to(EventIndex end) {
    if (next_ < end) recording_->each(next_, end, [this](const Event& event) { apply(event); });
}

}  // namespace loopglass::trace
