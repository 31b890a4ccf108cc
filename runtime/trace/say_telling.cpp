// Names and reasons the rows of the say-it table share.
#include "runtime/trace/say_telling.hpp"

#include "runtime/trace/inspect.hpp"

namespace loopglass::trace::telling {

std::string first_line(std::string_view text, size_t most) {
    const size_t newline = text.find('\n');
    std::string out(text.substr(0, newline));
    if (out.size() > most) {
        size_t cut = most;
        while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0) == 0x80)
            --cut;  // not inside a character
        out = out.substr(0, cut) + "…";
    }
    return out;
}

std::string future_name(const Telling& t, uint32_t future) {
    if (future == 0) return "a future";
    if (!is_plain_future(future)) return t.task(future);
    const EventIndex created = t.after.future_created(future);
    const std::string what = created == kNoEvent ? "" : t.text(t.rec[created].object);
    return what.empty() ? cat("future ", future & ~kPlainFutureBit) : cat("the future of ", what);
}

std::string sync_name(const Telling& t, SyncId id) {
    const EventIndex created = t.timeline.created(FieldType::Sync, id);
    const bool named = created == kNoEvent || t.rec[created].object != 0;
    return cat(named ? "" : "the ", sync_label(t.timeline, id));
}

std::string group_name(const Telling& t, GroupId id) {
    constexpr std::string_view kNames[] = {
        "gather", "wait", "wait_for", "as_completed", "the TaskGroup", "the timeout", "shield"};
    const EventIndex created = t.timeline.created(FieldType::Group, id);
    return created == kNoEvent ? cat("group ", id) : std::string(kNames[t.rec[created].detail]);
}

std::string created_text(const Telling& t, FieldType type, uint32_t id,
                         std::string_view otherwise) {
    const EventIndex created = t.timeline.created(type, id);
    const std::string text = created == kNoEvent ? "" : t.text(t.rec[created].object);
    return text.empty() ? std::string(otherwise) : text;
}
std::string thread_name(const Telling& t, ThreadId id) {
    return created_text(t, FieldType::Thread, id, "a thread");
}
std::string work_name(const Telling& t, WorkId id) {
    return created_text(t, FieldType::Work, id, "a function");
}
std::string socket_name(const Telling& t, SocketId id) {
    return cat("socket ", created_text(t, FieldType::Socket, id, ""));
}

// Handles are named by the event that made them, which is somewhere up the chain of causes.
std::string callback_name(const Telling& t) {
    EventIndex i = t.index;
    while (i < t.rec.size()) {
        const Event& e = t.rec[i];
        if (e.kind == EventKind::CallbackScheduled)
            return e.arg == 0 ? "a callback" : t.text(e.arg);
        if (e.kind == EventKind::TimerScheduled)
            return e.object == 0 ? "a callback" : t.text(e.object);
        if (e.cause >= i) break;
        i = e.cause;
    }
    return "a callback";
}

// Who prints: a task, a thread, or a callback of the loop.
std::string printer_name(const Telling& t) {
    if (t.e.subject != 0) return t.subject();
    if (t.e.arg != 0) return cat("the thread ", thread_name(t, t.e.arg));
    return t.after.running_callback() != 0 ? cat("the callback ", callback_name(t)) : t.subject();
}

std::string in_line(const Telling& t) {
    const uint32_t count = t.after.ready_count();
    return count == 1 ? std::string("one is ") + std::string(t.w.line)
                      : cat(count, " are ", t.w.line);
}

// Another task whose turn is overdue, for the sentence about blocking.
std::string somebody_else(const Telling& t) {
    for (TaskId id = 1; id <= t.after.task_count(); ++id) {
        const TaskPhase phase = t.after.phase(id);
        if (id == t.e.subject || (phase != TaskPhase::Ready && phase != TaskPhase::Waiting))
            continue;
        if (phase == TaskPhase::Ready || t.after.task(id).awaits == AwaitKind::Sleep)
            return t.task(id);
    }
    return {};
}

std::string creation_reason(TaskOrigin origin) {
    switch (origin) {
        case TaskOrigin::Main:
            return "it is what asyncio.run was given";
        case TaskOrigin::Gather:
            return "gather wraps each coroutine it is given in a task";
        case TaskOrigin::TaskGroup:
            return "the TaskGroup was asked to start it";
        case TaskOrigin::WaitFor:
            return "what is waited for has to be a task";
        case TaskOrigin::EnsureFuture:
            return "ensure_future wraps a coroutine in a task";
        case TaskOrigin::Eager:
            return "the eager task factory starts it at once";
        case TaskOrigin::Runtime:
            return "asyncio needs it for its own work";
        case TaskOrigin::CreateTask:
            break;
    }
    return "create_task was called; nothing of it has run yet";
}

std::string stop_reason(StopReason reason) {
    switch (reason) {
        case StopReason::Completed:
            return "what it was to run until is done";
        case StopReason::Stopped:
            return "loop.stop() was called";
        case StopReason::Failed:
            return "an exception came through";
        case StopReason::Cancelled:
            return "the main task was cancelled";
        case StopReason::Stuck:
            return "nobody can ever become ready again";
        case StopReason::BudgetSpent:
            return "the run has used up the events it was allowed";
        case StopReason::Interrupted:
            return "it was interrupted";
    }
    return "it was told to";
}

std::string sync_clause(const Telling& t) {
    const std::string name = sync_name(t, t.e.object);
    switch (t.e.detail_as<SyncOp>()) {
        case SyncOp::Acquire:
            return cat(t.subject(), " acquires ", name);
        case SyncOp::Release:
            return cat(t.subject(), " releases ", name);
        case SyncOp::Set:
            return cat(t.subject(), " sets ", name);
        case SyncOp::Clear:
            return cat(t.subject(), " clears ", name);
        case SyncOp::Notify:
            return cat(t.subject(), " notifies ", t.e.arg, " of those who wait at ", name);
        case SyncOp::Put:
            return cat(t.subject(), " puts an item into ", name, ", which now holds ", t.e.arg);
        case SyncOp::Get:
            return cat(t.subject(), " takes an item from ", name, ", which now holds ", t.e.arg);
        case SyncOp::TaskDone:
            return cat(t.subject(), " reports an item of ", name, " as done");
        case SyncOp::BarrierArrive:
            return cat(t.subject(), " arrives at ", name, " as number ", t.e.arg);
        case SyncOp::BarrierRelease:
            return cat(t.subject(), " lets everybody through ", name);
        case SyncOp::BarrierReset:
            return cat(t.subject(), " resets ", name);
        case SyncOp::Shutdown:
            return cat(t.subject(), " shuts ", name, " down");
    }
    return {};
}

std::string sync_reason(const Telling& t) {
    switch (t.e.detail_as<SyncOp>()) {
        case SyncOp::Acquire:
            return "it is free now and this task is next";
        case SyncOp::Release:
            return "it leaves the part that only one may be in";
        case SyncOp::Put:
            return "there is room";
        case SyncOp::Get:
            return "there is one";
        case SyncOp::BarrierRelease:
            return "the last one it waited for has arrived";
        default:
            return "its code says so on this line";
    }
}

std::string enqueue_reason(const Telling& t) {
    switch (t.e.detail_as<EnqueueReason>()) {
        case EnqueueReason::New:
            return cat("it was just created and its first step waits like everybody else's");
        case EnqueueReason::Yielded:
            return cat("sleep(0) waits for nothing: it only lets the others go first");
        case EnqueueReason::Woken:
        case EnqueueReason::Timer:
        case EnqueueReason::Io:
        case EnqueueReason::Cancelled:
        case EnqueueReason::Callback:
            break;
    }
    return t.reason();
}

std::string wait_clause(const Telling& t) {
    if (t.e.detail_as<AwaitKind>() == AwaitKind::Yield)
        return cat(t.subject(), " ", t.w.gives_turn);
    const WaitWords words = wait_words(t.timeline, t.after, t.index);
    return cat(t.subject(), " ", t.w.gives_turn, " and waits for ", words.what);
}

std::string wait_reason(const Telling& t) {
    if (t.e.detail_as<AwaitKind>() == AwaitKind::Yield)
        return "sleep(0) asks to go to the end of the line";
    const WaitWords words = wait_words(t.timeline, t.after, t.index);
    const auto kind = t.e.detail_as<AwaitKind>();
    if (kind == AwaitKind::Sleep && !words.until.empty()) return cat("its ", words.until);
    if (words.until.empty()) return "it cannot go on before that happens";
    if (kind == AwaitKind::QueueGet || kind == AwaitKind::QueuePut) return words.until;
    if (kind == AwaitKind::Lock && words.until.starts_with("held"))
        return cat("it is ", words.until);
    if (words.until.starts_with("until ")) return cat("it has to wait ", words.until);
    return cat("it is not finished: ", words.until);
}

std::string poll_clause(const Telling& t) {
    switch (t.e.detail_as<PollTimeout>()) {
        case PollTimeout::Zero:
            return cat(t.w.loop, " looks for news without waiting");
        case PollTimeout::Finite:
            return cat(t.w.loop, " waits until ", t.at(t.rec.time(t.index) + t.wide()));
        case PollTimeout::Forever:
            return cat(t.w.loop, " waits for news from outside");
    }
    return {};
}

std::string poll_reason(const Telling& t) {
    switch (t.e.detail_as<PollTimeout>()) {
        case PollTimeout::Zero:
            return t.after.ready_count() > 0 ? in_line(t) : "a timer is already due";
        case PollTimeout::Finite:
            return cat("nobody is ", t.w.line, " and the next ", t.w.timer, " rings then");
        case PollTimeout::Forever:
            return cat("nobody is ", t.w.line, " and no ", t.w.timer, " is set");
    }
    return {};
}

std::string clock_reason(const Telling& t) {
    switch (t.e.detail_as<ClockReason>()) {
        case ClockReason::Timer:
            return cat("everybody waits and the next ", t.w.timer, " rings then");
        case ClockReason::Blocked:
            return t.reason();
        case ClockReason::Thread:
            return "a thread sleeps until then and nobody else can run";
        case ClockReason::PollingGuard:
            return "the loop went round ten thousand times without waiting";
        case ClockReason::External:
            return "time passed outside";
    }
    return {};
}

std::string blocked_clause(const Telling& t) {
    const std::string other = somebody_else(t);
    const std::string inside =
        cat(t.subject(), " is inside ", t.text(t.e.object), " and ", t.w.keeps_turn);
    return other.empty() ? inside : cat(inside, "; ", other, " must wait for it");
}

std::string outcome_verb(Outcome outcome) {
    return outcome == Outcome::Result      ? "gets its result"
           : outcome == Outcome::Exception ? "gets an exception"
                                           : "is cancelled";
}

std::string resume_reason(const Telling& t) {
    // The TaskEnqueued is the cause; what made that happen is the better story.
    const EventIndex queued = t.e.cause;
    if (queued >= t.index) return "it is first in line";
    const Event& enqueued = t.rec[queued];
    if (enqueued.kind != EventKind::TaskEnqueued) return "an eager task starts at once";
    const Telling there{t.timeline, t.rec, t.after, queued, enqueued, t.w, t.clothes};
    switch (enqueued.detail_as<EnqueueReason>()) {
        case EnqueueReason::New:
            return cat("it was created and is now first ", t.w.line);
        case EnqueueReason::Yielded:
            return "everybody who stood before it has had a turn";
        default:
            return cat(there.reason(), " and it is now first ", t.w.line);
    }
}

}  // namespace loopglass::trace::telling
