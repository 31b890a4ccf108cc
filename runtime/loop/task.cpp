// Task's steps: how the loop drives a coroutine; cancelling and making one. Its methods for scripts
// stand in task_methods.cpp.
#include "runtime/loop/task.hpp"

#include "runtime/loop/debug.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task_step.hpp"

namespace loopglass::loop {

using trace::EnqueueReason;
using trace::EventIndex;
using trace::EventKind;

namespace {

Name kBlocking("_asyncio_future_blocking"), kAddDoneCallback("add_done_callback");

Value wakeup_callback(NativeCallback* self, const Value& future) {
    return result_of(cast<Task>(self->data[0])->wakeup(future, trace::kNoEvent));
}

}  // namespace

Value waiting_task(const Value& callback) {
    if (!is_exact<NativeCallback>(callback)) return {};
    const auto* native = cast<NativeCallback>(callback);
    return native->function == &wakeup_callback ? native->data[0] : Value();
}

bool Step::run(Value exception, EventIndex cause) {
    recording_.set_line(line_of(task_->coroutine));
    recording_.append_because(cause, EventKind::TaskResumed, task_->id);
    task_->waiter = {};
    const bool cancels = is_exception(exception, errors::CancelledError);
    if (cancels && task_->request_event != trace::kNoEvent && !task_->delivering) {
        task_->delivery_event =
            recording_.append_because(task_->request_event, EventKind::CancelDelivered, task_->id);
        task_->delivering = true;
    }
    task_->event_loop()->let_go_of_last();
    Value out;
    SendResult result;
    if (exception) {
        const Value held = std::move(exception);  // as an argument of throw() is
        restore_raised(held);
        result = step_iterator(task_->coroutine, {}, out);
    } else {
        result = is_exact<Coroutine>(task_->coroutine)
                     ? resume(cast<Coroutine>(task_->coroutine), none(), out)
                     : step_iterator(task_->coroutine, none(), out);
    }
    if (__builtin_expect(abandoning(), 0)) return false;
    return end(result, std::move(out));
}

bool Step::end(SendResult result, Value out) {
    if (task_->delivering && (result != SendResult::Raised)) swallowed();
    switch (result) {
        case SendResult::Returned:
            return returned(std::move(out));
        case SendResult::Raised:
            return raised_out();
        case SendResult::Yielded:
            yielded(out);
            return true;
    }
    return true;
}

void Step::swallowed() {
    recording_.append_because(task_->delivery_event, EventKind::CancelSwallowed, task_->id);
    task_->delivering = false;
    task_->request_event = trace::kNoEvent;
}

void Step::ended(EventKind kind, trace::TextId text) {
    if (g_turn_end_hook) g_turn_end_hook(task_);
    task_->done_event = recording_.append(kind, task_->id, text);
}

bool Step::returned(Value value) {
    if (task_->must_cancel) {  // it was told to stop during its last step
        task_->must_cancel = false;
        Value message = task_->cancel_message;
        ended(EventKind::TaskCancelled, message ? value_text(message) : 0);
        task_->cancel_future(std::move(message));
        return true;
    }
    ended(EventKind::TaskDone, value_text(value));
    return task_->settle(Future::State::Finished, std::move(value), false);
}

bool Step::raised_out() {
    Value exception = take_raised();
    if (is_exception(exception, errors::CancelledError)) {
        const auto* args = cast<Exception>(exception)->args.get();
        ended(EventKind::TaskCancelled, args && args->size ? value_text((*args)[0]) : 0);
        task_->cancelled_error = std::move(exception);
        task_->cancel_future({});
        return true;
    }
    const bool leaves = is_exception(exception, errors::KeyboardInterrupt) ||
                        is_exception(exception, errors::SystemExit) ||
                        (ruled(Rule::FailureEndsProgram) && !task_->first.callable);
    ended(EventKind::TaskFailed, exception_text(exception));
    if (!task_->set_exception(exception)) clear_raised();
    if (ruled(Rule::FailureInterruptsMain)) interrupt_main(exception);
    if (leaves) restore_raised(std::move(exception));
    return !leaves;
}

[[gnu::always_inline]] inline void Step::suspended_at(uint32_t line, trace::AwaitKind kind,
                                                      uint32_t object, uint32_t future) {
    if (g_turn_end_hook) g_turn_end_hook(task_);
    recording_.set_line(line);
    last_suspension_ = recording_.append_because(recording_.context(), EventKind::TaskSuspended,
                                                 task_->id, object, future, kind);
}

void Step::suspended(trace::AwaitKind kind, uint32_t object, uint32_t future) {
    suspended_at(line_of(task_->coroutine), kind, object, future);
}

// sleep(0), or a bare yield.
void Step::gave_way(uint32_t line) {
    suspended_at(line, trace::AwaitKind::Yield, 0, 0);
    const EventIndex enqueued = recording_.append_because(last_suspension_, EventKind::TaskEnqueued,
                                                          task_->id, 0, 0, EnqueueReason::Yielded);
    task_->event_loop()->ready.add().set_step(task_, enqueued);
}

// The next step throws a RuntimeError in: the coroutine yielded what no task understands.
void Step::complain(const std::string& message) {
    suspended(trace::AwaitKind::Other, 0, 0);
    task_->enqueue_step(make_exception(errors::RuntimeError, message), EnqueueReason::Yielded,
                        last_suspension_);
}

namespace {

// A script's class may have its own add_done_callback, which CPython's tasks call.
[[nodiscard]] bool watches_callbacks(const Value& future) {
    if (!future.type()->has(kHeapType)) return false;
    const Value* method = type_lookup(future.type(), kAddDoneCallback);
    return method && !is<NativeFunction>(*method);
}

}  // namespace

void Step::yielded(const Value& result) {
    const AwaitNote note = std::exchange(g_await_note, {});
    if (is_none(result)) return gave_way(line_of(task_->coroutine));
    if (result.is(task_)) return complain(cat("Task cannot await on itself: ", repr_of(result)));
    if (is<Future>(result) && !watches_callbacks(result))
        return wait_for(cast<Future>(result), result, note);
    if (is_future(result)) return wait_for_foreign(result, note);
    const std::string kind = type_name(result);
    const std::string self = repr_of(Value::share(task_));
    if (kind == "generator")
        return complain(cat("yield was used instead of yield from for generator in task ", self,
                            " with ", repr_of(result)));
    complain(cat("Task got bad yield: ", repr_of(result)));
}

void Step::wait_for(Future* future, const Value& result, const AwaitNote& note) {
    const auto self_text = [this] { return repr_of(Value::share(task_)); };
    if (future->event_loop() != task_->event_loop())
        return complain(cat("Task ", self_text(), " got Future ", repr_of(result),
                            " attached to a different loop"));
    if (!future->blocking)
        return complain(cat("yield was used instead of yield from in task ", self_text(), " with ",
                            repr_of(result)));
    future->blocking = false;
    if (note.set)
        suspended(note.kind, note.object, future->id);
    else if (is<Task>(result))
        suspended(trace::AwaitKind::Task, future->id, future->id);
    else
        suspended(future->await_kind, future->await_object ? future->await_object : future->id,
                  future->id);
    future->add_done_callback(Value::share(task_), task_->context);
    waits_on(result);
}

void Step::wait_for_foreign(const Value& result, const AwaitNote& note) {
    const auto self_text = [this] { return repr_of(Value::share(task_)); };
    const Value blocking = get_attribute(result, kBlocking);
    if (!blocking) return fail_next_step();
    EventLoop* const its_loop = loop_of(result);
    if (!its_loop) return fail_next_step();
    if (its_loop != task_->event_loop())
        return complain(cat("Task ", self_text(), " got Future ", repr_of(result),
                            " attached to a different loop"));
    if (truth(blocking) != 1)
        return complain(cat("yield was used instead of yield from in task ", self_text(), " with ",
                            repr_of(result)));
    suspended(note.set ? note.kind : trace::AwaitKind::Other, note.object, 0);
    const Value wakeup =
        make_callback(&wakeup_callback, "Task.task_wakeup", nullptr, Value::share(task_));
    const Value its_own = copy_context();  // the step enters the task's context itself
    if (!set_attribute(result, kBlocking, boolean(false)) ||
        !call_method_named(result, "add_done_callback", {wakeup}, {{"context", its_own}}))
        return fail_next_step();
    waits_on(result);
}

void Step::fail_next_step() {
    suspended(trace::AwaitKind::Other, 0, 0);
    task_->enqueue_step(take_raised(), EnqueueReason::Yielded, last_suspension_);
}

void Step::waits_on(const Value& result) {
    task_->waiter = result;
    if (!task_->must_cancel) return;
    // Its turn is over: what the request cancels now, it cancels because of the request.
    const trace::Recording::Context now = recording_.save_context();
    recording_.restore_context({task_->request_event, now.line});
    const int cancelled = loop::cancel(result, task_->cancel_message);
    recording_.restore_context(now);
    if (cancelled < 0) clear_raised();
    if (cancelled > 0) task_->must_cancel = false;
}

void Task::enqueue_step(Value exception, EnqueueReason reason, EventIndex cause) {
    EventIndex enqueued =
        g_machine->recording.append_because(cause, EventKind::TaskEnqueued, id, 0, 0, reason);
    ReadyItem& item = event_loop()->ready.add();
    item.set_step(this, enqueued);
    item.argument = std::move(exception);
}

bool Task::step(Value exception, EventIndex cause) {
    const Value keep = Value::share(this);
    EventLoop* const its_loop = event_loop();
    if (done()) {
        raise(errors::InvalidStateError, cat("__step(): already done: ", repr_of(keep), ", ",
                                             exception ? repr_of(exception) : "None"));
    } else if (its_loop->current_task) {
        raise(errors::RuntimeError,
              cat("Cannot enter into task ", repr_of(keep), " while another task ",
                  repr_of(its_loop->current_task), " is being executed."));
    } else {
        const EnterContext enter(cast<Context>(context));
        if (enter.ok()) {
            const CurrentTask current(this);
            if (must_cancel) {
                if (!is_exception(exception, errors::CancelledError))
                    exception = make_cancelled_error();
                must_cancel = false;
            }
            return Step(this).run(std::move(exception), cause);
        }
    }
    const Value error = take_raised();
    return its_loop->call_exception_handler(error_context(
        "Exception in callback <TaskStepMethWrapper object>()", {{"exception", error}}));
}

// Task.__wakeup: the future it waited for is done.
bool Task::wakeup(const Value& future, EventIndex cause) {
    if (ruled(Rule::AwaitWaitsForAll) && is<Task>(future) && !must_cancel) {
        if (!first_awaited) first_awaited = future;
        if (Task* next_one = unfinished_child(this)) return wait_on(next_one, cause), true;
        const Value result = future_result(std::exchange(first_awaited, Value()));
        return result ? step({}, cause) : step(take_raised(), cause);
    }
    const Value result = future_result(future);
    if (result) return step({}, cause);
    const Value error = take_raised();  // task_wakeup holds it until the step has ended
    return step(error, cause);
}

// Rule::AwaitWaitsForAll: takes its turn only to wait for one more.
void Task::wait_on(Task* other, EventIndex cause) {
    trace::Recording& recording = g_machine->recording;
    recording.set_line(line_of(coroutine));
    const EventIndex resumed = recording.append_because(cause, EventKind::TaskResumed, id);
    recording.append_because(resumed, EventKind::TaskSuspended, id, other->id, other->id,
                             trace::AwaitKind::Task);
    other->add_done_callback(Value::share(this), context);
    waiter = Value::share(other);
}

bool Task::cancel(Value message) {
    log_traceback = false;
    if (done()) return false;
    ++cancel_requests;
    request_event =
        emit(EventKind::CancelRequested, id, g_task_id, message ? value_text(message) : 0);
    delivering = false;
    if (__builtin_expect(g_rule != Rule::None, 0)) {
        if (g_rule == Rule::CancelIsIgnored) return true;
        if (g_rule == Rule::CancelIsImmediate && cancel_now(this, message)) return true;
        release_held(this);
    }
    if (waiter) {
        const Value waited = waiter;
        if (is<Future>(waited) && cast<Future>(waited)->sleeps() && !cast<Future>(waited)->done())
            cast<Future>(waited)->done_event = request_event;
        const int cancelled = loop::cancel(waited, message);
        if (cancelled < 0) clear_raised();
        if (cancelled > 0) return true;
    }
    must_cancel = true;
    cancel_message = std::move(message);
    return true;
}

Str* Task::get_name() {
    if (!name) name = make_str(cat("Task-", number));
    return cast<Str>(name);
}

void (*g_turn_end_hook)(Task* task) = nullptr;

uint32_t line_of(const Value& coroutine) {
    if (!is_exact<Coroutine>(coroutine)) return 0;
    const auto* body = cast<Coroutine>(coroutine);
    return script_line(body->registers.frame, body->frame);
}

// --- making one ----------------------------------------------------------------------------------

namespace {

void link(Task* task) {
    task->previous = g_machine->last_task;
    (task->previous ? task->previous->next : g_machine->first_task) = task;
    g_machine->last_task = task;
}

}  // namespace

bool run_nested_step(Task* task, Value exception, EventIndex cause) {
    trace::Recording& recording = g_machine->recording;
    const trace::Recording::Context context = recording.save_context();
    const trace::TaskId outer = g_task_id;
    bool fine;
    {
        const EnterContext enter(cast<Context>(task->context));
        if (!enter.ok()) return false;
        const CurrentTask current(task);
        fine = Step(task).run(std::move(exception), cause);
    }
    g_task_id = outer;
    recording.restore_context(context);
    return fine;
}

namespace {

// Task.__eager_start: the first step at once, inside the step that makes it.
[[nodiscard]] bool start_eagerly(Task* task, EventIndex created) {
    const bool fine = run_nested_step(task, {}, created);
    if (task->done()) task->coroutine = none();
    return fine;
}

// Rules that change when a task begins: whether it is kept back, and whether it begins at once.
[[nodiscard]] bool is_held_back(trace::TaskOrigin origin) {
    return (g_rule == Rule::TaskWaitsForAwait && origin == trace::TaskOrigin::CreateTask) ||
           (g_rule == Rule::GatherOneByOne && origin == trace::TaskOrigin::Gather) ||
           (g_rule == Rule::TasksOneByOne && origin != trace::TaskOrigin::Main &&
            origin != trace::TaskOrigin::Runtime && some_task_is_at_work());
}
[[nodiscard]] bool is_started_at_once(trace::TaskOrigin origin) {
    return ruled(Rule::TaskStartsAtOnce) && origin != trace::TaskOrigin::Main &&
           origin != trace::TaskOrigin::Runtime;
}

}  // namespace

Task::~Task() {
    if (!previous && !next && (!g_machine || g_machine->first_task != this)) return;
    (previous ? previous->next : g_machine->first_task) = next;
    (next ? next->previous : g_machine->last_task) = previous;
}

// Task.__init__. The memory may be a script's subclass.
bool initialise_task(Task* task, EventLoop* loop, const Value& coroutine,
                     const TaskOptions& options) {
    if (!is_coroutine(coroutine)) {
        task->log_destroy_pending = false;
        return raise(errors::TypeError, cat("a coroutine was expected, got ", repr_of(coroutine))),
               false;
    }
    task->loop = Value::share(loop);
    task->context = given(options.context) ? options.context : Value(copy_context());
    task->coroutine = coroutine;
    if (loop->debug) task->source_traceback = capture_stack(options.place);
    if (given(options.name)) {
        const Ref<Str> text = str(options.name);
        if (!text) return false;
        task->name = text;
    } else {
        task->number = ++g_machine->unnamed_tasks;
    }
    trace::Recording& recording = g_machine->recording;
    task->id = recording.new_task();
    task->parent = g_task_id;
    link(task);
    const EventIndex created =
        emit(EventKind::TaskCreated, task->id, recording.text(task->get_name()->view()),
             recording.text(coroutine_name(coroutine)), options.origin);
    if ((options.eager_start || is_started_at_once(options.origin)) && loop->running)
        return start_eagerly(task, created);
    if (__builtin_expect(g_rule != Rule::None, 0) && is_held_back(options.origin))
        return task->held = true;
    task->enqueue_step({}, EnqueueReason::New, created);
    return true;
}

Value make_task(EventLoop* loop, const Value& coroutine, const TaskOptions& options) {
    if (ruled(Rule::CallStartsIt) && is<Task>(coroutine)) return coroutine;
    Ref<Task> task = make<Task>(loop);
    if (!initialise_task(task.get(), loop, coroutine, options)) return {};
    return task;
}

Task* current_task() {
    EventLoop* loop = running_loop();
    return loop && is<Task>(loop->current_task) ? cast<Task>(loop->current_task) : nullptr;
}

}  // namespace loopglass::loop
