// The core of the loop: scheduling, run_once, running and closing. Its methods for scripts stand in
// event_loop_methods.cpp, the exception handler in exception_handler.cpp.
#include "runtime/loop/event_loop.hpp"

#include <algorithm>

#include "runtime/loop/asyncgen.hpp"
#include "runtime/loop/cycles.hpp"
#include "runtime/loop/debug.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/network.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/loop/task_step.hpp"

namespace loopglass::loop {

using trace::EventIndex;
using trace::EventKind;
using trace::HandleKind;
using trace::TimerKind;

namespace {

constexpr int64_t kMaximumSelectNs = 24LL * 3600 * 1'000'000'000;
constexpr uint32_t kMinimumScheduledTimers = 100;  // _MIN_SCHEDULED_TIMER_HANDLES

[[nodiscard]] bool is_handle(const Object* target) {
    return target->type == TimerHandle::type || is_subtype(target->type, Handle::type);
}

[[nodiscard]] bool timer_is_dead(const Object* target) {
    if (is_handle(target)) return static_cast<const Handle*>(target)->cancelled;
    return static_cast<const Future*>(target)->sleep_timer == SleepTimer::Cancelled;
}
[[nodiscard]] bool timer_is_dead(const Value& target) {
    return timer_is_dead(target.object());
}

constexpr size_t kLine = 64;
template <typename T>
void fetch(const T* object, size_t bytes = sizeof(T)) {
    for (size_t at = 0; at < bytes; at += kLine)
        __builtin_prefetch(reinterpret_cast<const char*>(object) + at);
}

void leave_heap(const Value& target) {
    if (is<Handle>(target))
        cast<TimerHandle>(target)->in_heap = false;
    else if (!timer_is_dead(target))
        cast<Future>(target)->sleep_timer = SleepTimer::Ready;
}

// A context of its own is made when it runs: until then its variables are all there is to it.
void set_context(Handle* handle, Value context) {
    if (given(context))
        handle->context = std::move(context);
    else if (g_context)
        handle->variables = cast<Context>(g_context)->map;
}

}  // namespace

EventLoop::~EventLoop() = default;

bool EventLoop::check_closed() const {
    return !closed || (raise(errors::RuntimeError, "Event loop is closed"), false);
}

bool EventLoop::check_running() const {
    if (running && !g_machine->nested_runs)
        return raise_misuse("This event loop is already running"), false;
    if (g_running_loop && !g_machine->nested_runs)
        return raise_misuse("Cannot run the event loop while another loop is running"), false;
    return true;
}

// Many timers ring the same function: its name is made once.
trace::TextId EventLoop::callback_text(const Value& callback) {
    trace::Recording& recording = g_machine->recording;
    if (is_exact<NativeCallback>(callback))
        return recording.pinned_text(cast<NativeCallback>(callback)->qualname);
    Value name = callback_qualname(callback);
    if (!name) return recording.text(callback_name(callback));
    if (!name.is(last_name_)) {
        last_name_text_ = recording.text(callback_name(callback));
        last_name_ = std::move(name);
    }
    return last_name_text_;
}

Ref<Handle> EventLoop::call_soon(Value callback, Ref<Tuple> args, Value its_context,
                                 HandleKind kind) {
    Ref<Handle> handle = make<Handle>();
    handle->callback = std::move(callback);
    handle->args = std::move(args);
    handle->loop = Value::share(this);
    set_context(handle.get(), std::move(its_context));
    handle->id = g_machine->recording.new_handle();
    if (debug) handle->source_traceback = capture_stack();
    handle->scheduled_by =
        emit(EventKind::CallbackScheduled, handle->id, 0, callback_text(handle->callback), kind);
    ready.push({ReadyItem::Kind::Handle, handle->id, handle->scheduled_by, handle, {}, {}});
    return handle;
}

Ref<Handle> EventLoop::call_soon_threadsafe(Value callback, Ref<Tuple> args, Value its_context) {
    Ref<Handle> handle = call_soon(std::move(callback), std::move(args), std::move(its_context),
                                   HandleKind::ThreadSafe);
    write_to_self();
    return handle;
}

void EventLoop::write_to_self() {
    woken = true;
    if (selecting) g_machine->make_ready(selecting);
}

Ref<TimerHandle> EventLoop::call_at(int64_t when, Value callback, Ref<Tuple> args,
                                    Value its_context, TimerKind kind) {
    Ref<TimerHandle> handle = make<TimerHandle>();
    handle->callback = std::move(callback);
    handle->args = std::move(args);
    handle->loop = Value::share(this);
    set_context(handle.get(), std::move(its_context));
    handle->id = g_machine->recording.new_handle();
    if (debug)
        handle->source_traceback =
            capture_stack(kind == TimerKind::CallLater ? "base_events.py:795" : nullptr);
    handle->when = when;
    handle->sequence = timer_sequence++;
    handle->in_heap = true;
    handle->scheduled_by =
        emit(EventKind::TimerScheduled, handle->id, callback_text(handle->callback),
             g_machine->recording.wide(when), kind);
    timers.push({when, handle->sequence, handle, handle->id, handle->scheduled_by});
    return handle;
}

Ref<Future> EventLoop::sleep_future(double delay, trace::HandleId& handle) {
    Ref<Future> future = make<Future>(this);
    future->sleep_timer = SleepTimer::InHeap;
    if (debug) future->source_traceback = capture_stack("base_events.py:460");
    trace::Recording& recording = g_machine->recording;
    handle = recording.new_handle();
    int64_t when = to_ns(to_seconds(g_machine->now()) + delay);
    if (ruled(Rule::SleepsEndInOrder)) when = last_sleep_end = std::max(when, last_sleep_end);
    const EventIndex scheduled =
        emit(EventKind::TimerScheduled, handle, recording.pinned_text("sleep"),
             recording.wide(when), TimerKind::Sleep);
    timers.push({when, timer_sequence++, future, handle, scheduled});
    return future;
}

void EventLoop::cancel_sleep(Future* future, trace::HandleId handle) {
    if (future->sleep_timer == SleepTimer::InHeap) ++cancelled_timers;
    future->sleep_timer = SleepTimer::Cancelled;
    // Closing the loop has told of it already.
    if (!abandoning() && !closed) emit(EventKind::TimerCancelled, handle);
}

// --- one iteration -------------------------------------------------------------------------------

void EventLoop::select(int64_t timeout) {
    Machine& machine = *g_machine;
    trace::Recording& recording = machine.recording;
    recording.append_because(trace::kNoEvent, EventKind::PollBegin, 0, 0,
                             timeout > 0 && timeout != kNever ? recording.wide(timeout) : 0,
                             timeout == 0        ? trace::PollTimeout::Zero
                             : timeout == kNever ? trace::PollTimeout::Forever
                                                 : trace::PollTimeout::Finite);
    machine.yield();
    uint32_t found = poll_sockets(this);
    if (!found && !woken && timeout == 0) {
        machine.spin();
    } else if (!found && !woken) {
        selecting = machine.current();
        machine.block(timeout == kNever ? kNever : machine.now() + timeout, 1,
                      trace::ClockReason::Timer);
        selecting = nullptr;
        found = poll_sockets(this);
    }
    if (woken) ++found;
    woken = false;
    recording.append_because(trace::kNoEvent, EventKind::PollEnd, found);
}

// Timers ring in an order that has nothing to do with where they lie.
void EventLoop::fetch_later_timers() const {
    if (const Object* later = timers.later(24)) fetch(later, sizeof(TimerHandle));
    const Object* const sooner = timers.later(6);
    if (sooner && !is_handle(sooner))
        fetch(static_cast<const Future*>(sooner)->first.callable.object(), sizeof(Task));
}

void EventLoop::take_due_timers() {
    const int64_t now = g_machine->now();
    while (!timers.empty() && timers.next_when() <= now) {
        fetch_later_timers();
        TimerHeap::Entry entry = timers.pop();
        const bool handle = is_handle(entry.target.object());
        // A cancelled one takes its place in line as well, unseen: it has left the picture before.
        EventIndex fired = trace::kNoEvent;
        if (!timer_is_dead(entry.target))
            fired = g_machine->recording.append_because(
                entry.scheduled, EventKind::TimerFired, entry.handle, 0,
                g_machine->recording.wide(now - entry.when));
        leave_heap(entry.target);
        ready.push({handle ? ReadyItem::Kind::Handle : ReadyItem::Kind::SleepEnd,
                    entry.handle,
                    fired,
                    std::move(entry.target),
                    {},
                    {}});
    }
}

namespace {

// A timer cancelled while it was in the heap has no cause and no place in the recording's line.
void skip_callback(const ReadyItem& item) {
    if (item.cause != trace::kNoEvent)
        g_machine->recording.append_because(item.cause, EventKind::CallbackSkipped, item.handle);
}

}  // namespace

bool EventLoop::run_callback(ReadyItem& item) {
    trace::Recording& recording = g_machine->recording;
    if (item.kind == ReadyItem::Kind::Handle) {
        auto* handle = cast<Handle>(item.target);
        handle->waiting = false;
        if (handle->cancelled) return skip_callback(item), true;
        recording.append_because(item.cause, EventKind::CallbackBegin, item.handle);
        let_go_of_last();
        const bool fine = run_handle(handle);
        recording.append(EventKind::CallbackEnd, item.handle);
        return fine;
    }
    const bool sleep_end = item.kind == ReadyItem::Kind::SleepEnd;
    if (sleep_end && timer_is_dead(item.target)) return skip_callback(item), true;
    recording.append_because(item.cause, EventKind::CallbackBegin, item.handle);
    let_go_of_last();
    bool fine = true;
    if (sleep_end) {
        cast<Future>(item.target)->sleep_timer = SleepTimer::Ran;
        set_result_unless_cancelled(cast<Future>(item.target), none());
    } else {
        // A done callback: as a Handle, but without making one.
        Ref<Handle> handle = make<Handle>();
        handle->callback = std::move(item.target);
        handle->args = make_tuple({std::move(item.argument)});
        handle->loop = Value::share(this);
        handle->context = std::move(item.context);
        item.target = handle;
        fine = run_handle(handle.get());
    }
    recording.append(EventKind::CallbackEnd, item.handle);
    return fine;
}

void EventLoop::end_last(const LibraryPlace& place) {
    Value task = std::exchange(current_task, {});
    const trace::TaskId id = std::exchange(g_task_id, 0);
    {
        const InLibrary here(place);
        letting_go = true;
        const ReadyItem last = std::exchange(last_item_, {});
    }
    letting_go = false;
    current_task = std::move(task);
    g_task_id = id;
}

bool EventLoop::run_item(ReadyItem& item) {
    switch (item.kind) {
        case ReadyItem::Kind::Step:
            return cast<Task>(item.target)->step(item.argument, item.cause);
        case ReadyItem::Kind::Wakeup:
            return cast<Task>(item.target)->wakeup(item.argument, item.cause);
        default:
            return run_callback(item);
    }
}

void EventLoop::drop_dead_timers() {
    if (timers.size() > kMinimumScheduledTimers && cancelled_timers * 2 > timers.size()) {
        timers.prune([](const Value& target) { return timer_is_dead(target); });
        cancelled_timers = 0;
    }
    while (!timers.empty() && timer_is_dead(timers.next_target())) {
        leave_heap(timers.pop().target);
        if (cancelled_timers) --cancelled_timers;
    }
}

namespace {

// With many tasks each turn begins on memory that was last touched a thousand turns ago. Who comes
// next is known, so its parts are asked for while others run: the task, a turn later what hangs on
// it, then its fiber, then the top of its stack. Each look goes to what an earlier turn has
// brought.
class FetchAhead {
public:
    explicit FetchAhead(const ReadyQueue& ready) : ready_(ready) {}

    // Before the turn of the item in front of `ready`, which has been taken out already.
    [[gnu::always_inline]] void look() const {
        constexpr size_t kFew = 24;  // those stay near by themselves
        if (ready_.size() < kFew) return;
        if (const Task* task = task_at(3)) fetch(task);
        if (const Task* task = task_at(2)) {
            fetch(task->context.object(), kLine);
            constexpr size_t kFrame = 2 * kLine;  // of a script's, which follows
            if (is_exact<Coroutine>(task->coroutine))
                fetch(cast<Coroutine>(task->coroutine), sizeof(Coroutine) + kFrame);
        }
        look_at_callbacks();
        if (const Coroutine* coroutine = coroutine_at(1)) {
            fetch(coroutine->fiber);
            if (const value::Frame* frame = coroutine->frame) fetch(frame->slots, kLine);
        }
        const Coroutine* const next = coroutine_at(0);
        if (next && next->fiber && next->fiber->suspended()) next->fiber->fetch_stack();
    }

private:
    // Timers ring in an order that has nothing to do with where they lie.
    [[gnu::always_inline]] void look_at_callbacks() const {
        const ReadyItem& later = ready_[3];
        if (later.kind == ReadyItem::Kind::Handle)
            fetch(static_cast<const Handle*>(later.target.object()));
        else if (later.kind == ReadyItem::Kind::SleepEnd)
            fetch(static_cast<const Future*>(later.target.object()));
        const ReadyItem& sooner = ready_[1];
        if (sooner.kind == ReadyItem::Kind::SleepEnd)
            fetch(static_cast<const Future*>(sooner.target.object())->first.callable.object(),
                  sizeof(Task));
    }
    [[nodiscard]] const Task* task_at(size_t place) const {
        const ReadyItem& item = ready_[place];
        const bool turn =
            item.kind == ReadyItem::Kind::Step || item.kind == ReadyItem::Kind::Wakeup;
        return turn ? cast<Task>(item.target) : nullptr;
    }
    [[nodiscard]] const Coroutine* coroutine_at(size_t place) const {
        const Task* task = task_at(place);
        if (!task || !is_exact<Coroutine>(task->coroutine)) return nullptr;
        return cast<Coroutine>(task->coroutine);
    }

    const ReadyQueue& ready_;
};

}  // namespace

bool EventLoop::run_watched(ReadyItem& item) {
    const int64_t began = g_machine->now();
    const ReadyItem kept = item;
    const bool fine = run_item(item);
    report_slow_callback(this, kept, g_machine->now() - began);
    return fine;
}

namespace {

[[gnu::always_inline]] inline Coroutine* plain_turn(const ReadyItem& item) {
    const bool step = item.kind == ReadyItem::Kind::Step && !item.argument;
    if (!step && item.kind != ReadyItem::Kind::Wakeup) return nullptr;
    return plain_turn(cast<Task>(item.target), item.argument);
}

[[gnu::always_inline]] inline bool run_turn(Coroutine* coroutine, const ReadyItem& item) {
    auto* const task = cast<Task>(item.target);
    const EnterContext enter(cast<Context>(task->context));
    const CurrentTask current(task);
    return Step(task).run_on(coroutine, item.cause);
}

}  // namespace

bool EventLoop::run_once() {
    drop_dead_timers();
    if (ruled(Rule::WaitsShareTheirTime)) hasten_timers(this);
    if (ruled(Rule::TasksOneByOne)) begin_next_task();
    int64_t timeout = kNever;
    if (!ready.empty() || stopping)
        timeout = 0;
    else if (!timers.empty())
        timeout = std::clamp<int64_t>(timers.next_when() - g_machine->now(), 0, kMaximumSelectNs);
    if (!g_machine->count_iteration()) return raise_abandoned(), false;
    select(timeout);
    if (abandoning()) return raise_abandoned(), false;
    take_due_timers();

    trace::Recording& recording = g_machine->recording;
    size_t todo = ready.size();
    const uint32_t number = ++iteration;
    recording.append_because(trace::kNoEvent, EventKind::IterationBegin, number,
                             static_cast<uint32_t>(todo), static_cast<uint32_t>(timers.size()));
    bool fine = true;
    const InLibrary here(kRunsHandle);
    const FetchAhead ahead(ready);
    for (; todo > 0 && !ready.empty() && fine; --todo) {
        ReadyItem item =
            __builtin_expect(g_rule != Rule::None, 0) ? next_by_rule(this) : ready.pop();
        ahead.look();
        if (__builtin_expect(debug, 0))
            fine = run_watched(item);
        else if (Coroutine* coroutine = plain_turn(item))
            fine = run_turn(coroutine, item);
        else
            fine = run_item(item);
        let_go_of_last();  // if it was skipped
        last_item_ = std::move(item);
    }
    let_go_of_last(kLetsGoOfHandle);
    if (!abandoning()) recording.append_because(trace::kNoEvent, EventKind::IterationEnd, number);
    return fine && (!abandoning() || (raise_abandoned(), false));
}

// --- running -------------------------------------------------------------------------------------

namespace {

// events._set_running_loop(loop) with what goes with it, undone at the end.
class Running {
public:
    explicit Running(EventLoop* loop)
        : loop_(loop),
          nested_(loop->running),
          outer_task_(g_task_id),
          outer_loop_(std::exchange(g_running_loop, Value::share(loop))),
          outer_thread_(std::exchange(loop->thread, g_machine->current())),
          context_(g_machine->recording.save_context()) {
        if (nested_) current_.swap(loop->current_task);
        loop->running = true;
        g_task_id = 0;
    }
    ~Running() {
        loop_->stopping = false;
        loop_->running = nested_;
        loop_->thread = outer_thread_;
        if (nested_) current_.swap(loop_->current_task);
        g_running_loop = std::move(outer_loop_);
        g_task_id = outer_task_;
        g_machine->recording.restore_context(context_);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    [[nodiscard]] bool nested() const { return nested_; }

private:
    EventLoop* loop_;
    bool nested_;
    trace::TaskId outer_task_;
    Value outer_loop_, current_;
    VirtualThread* outer_thread_;
    trace::Recording::Context context_;
};

Value run_until_complete_callback(NativeCallback*, const Value& future) {
    const int is_cancelled_ = is_cancelled(future);
    if (is_cancelled_ < 0) return {};
    if (!is_cancelled_) {
        const Value exception = future_exception(future);
        if (!exception) return {};
        // Issue #22429 of CPython: run_forever() already raises these.
        if (is_exception(exception, errors::SystemExit) ||
            is_exception(exception, errors::KeyboardInterrupt))
            return none();
    }
    if (EventLoop* loop = loop_of(future)) loop->stopping = true;
    return none();
}

[[nodiscard]] const Value& until_complete_callback() {
    static const Value callback =
        make_callback(&run_until_complete_callback, "_run_until_complete_cb", "base_events.py:182");
    return callback;
}

}  // namespace

bool EventLoop::run_forever(trace::LoopEntry entry) {
    if (!check_closed() || !check_running()) return false;
    const Value keep = Value::share(this);
    const Running now(this);
    const AsyncgenHooks hooks(this);
    emit(EventKind::LoopStarted, 0, 0, 0, now.nested() ? trace::LoopEntry::Nested : entry);
    bool fine;
    do fine = run_once();
    while (fine && !stopping);
    if (!abandoning())
        emit(EventKind::LoopStopped, 0, 0, 0,
             fine ? trace::StopReason::Stopped : trace::StopReason::Failed);
    return fine;
}

// BaseEventLoop.run_until_complete (3.13); nested runs as nest_asyncio does them.
Value EventLoop::run_until_complete(const Value& awaitable, trace::LoopEntry entry) {
    if (!check_closed() || !check_running()) return keep_with_raised(awaitable), Value();
    const bool new_task = !is_future(awaitable);
    const Value future = ensure_future(awaitable, this, trace::TaskOrigin::Main);
    if (!future) return {};
    if (running) {
        const Running now(this);
        while (is_done(future) == 0)
            if (!run_once()) return {};
        return future_result(future);
    }
    if (new_task && is<Task>(future)) cast<Task>(future)->log_destroy_pending = false;
    if (!add_done_callback(future, until_complete_callback())) return {};
    const RunFrame frame(future);
    const bool fine = run_forever(entry);
    if (abandoning()) return {};
    {
        const Finally finally;
        if (!fine && new_task && is_done(future) == 1 && is_cancelled(future) == 0) {
            (void)future_exception(future);
            clear_raised();
        }
        if (!remove_done_callback(future, until_complete_callback())) return {};
    }
    if (!fine) return {};
    if (is_done(future) == 0)
        return raise(errors::RuntimeError, "Event loop stopped before Future completed.");
    return future_result(future);
}

void EventLoop::record_what_is_left() {
    std::vector<uint32_t> alive;
    for (const auto& entry : timers.entries())
        if (!timer_is_dead(entry.target)) alive.push_back(entry.handle);
    if (abandoning() || (ready.empty() && alive.empty())) return;
    const EventIndex closed_at = emit(EventKind::LoopClosed, static_cast<uint32_t>(ready.size()),
                                      static_cast<uint32_t>(alive.size()));
    for (const uint32_t handle : alive)
        g_machine->recording.append_because(closed_at, EventKind::TimerCancelled, handle);
}

void EventLoop::close() {
    if (closed) return;
    if (debug) log(LogAs::Debug, "Close " + repr_of(Value::share(this)));
    closed = true;
    record_what_is_left();
    {
        const InLibrary here(kClearsReady);
        ready.clear();
    }
    {
        const InLibrary here(kClearsTimers);
        timers.clear();
    }
    executor_shut_down = true;
    drop_watches(this);
    if (const Value executor = std::exchange(default_executor, Value()))
        if (!call_method_named(executor, "shutdown", {}, {{"wait", boolean(false)}}))
            clear_raised();
}

EventLoop* get_running_loop() {
    EventLoop* loop = running_loop();
    if (!loop) raise(errors::RuntimeError, "no running event loop");
    return loop;
}

EventLoop* as_loop(const Value& loop) {
    // A plain BaseEventLoop is the same thing under another name.
    if (loop.is_object() && is_subtype(loop.type(), EventLoop::base_type))
        return static_cast<EventLoop*>(loop.object());
    raise(errors::TypeError, cat("an event loop was expected, got ", repr_of(loop)));
    return nullptr;
}

}  // namespace loopglass::loop
