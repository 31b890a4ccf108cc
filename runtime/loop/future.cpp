// Future's state machine. Its methods for scripts and its repr stand in future_methods.cpp.
#include "runtime/loop/future.hpp"

#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/debug.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/value/identity.hpp"

namespace loopglass::loop {

using trace::EnqueueReason;
using trace::EventIndex;
using trace::EventKind;
using trace::Outcome;

AwaitNote g_await_note;

namespace {

Name kBlocking("_asyncio_future_blocking"), kCancel("cancel"), kDone("done"),
    kCancelled("cancelled"), kResult("result"), kException("exception"), kGetLoop("get_loop"),
    kLoop("_loop"), kAddDoneCallback("add_done_callback"),
    kRemoveDoneCallback("remove_done_callback"), kMessage("msg"), kClass("__class__");

}  // namespace

Future::Future(Type* its_type, EventLoop* its_loop)
    : Object(its_type), loop(its_loop ? Value::share(its_loop) : Value()) {
    static_cast<void>(value::identity_number(this));  // sets of tasks go by the order of creation
}

// --- ending it -----------------------------------------------------------------------------------

bool Future::settle(State new_state, Value its_outcome, bool is_error) {
    state = new_state;
    outcome = std::move(its_outcome);
    failed = is_error;
    if (!trace::is_plain_future(id)) {
        if (id == 0 && !sleeps()) id = g_machine->recording.new_future();
        if (id == 0 || !trace::is_plain_future(id)) return schedule_callbacks();
    }
    trace::TextId text = 0;
    if (new_state == State::Finished)
        text = is_error ? exception_text(outcome) : value_text(outcome);
    done_event = emit(EventKind::FutureResolved, id, text, g_task_id,
                      new_state == State::Cancelled ? Outcome::Cancelled
                      : is_error                    ? Outcome::Exception
                                                    : Outcome::Result);
    return schedule_callbacks();
}

// Everybody who waits is put on the ready queue, in the order in which they began to wait.
bool Future::schedule_callbacks() {
    if (!first.callable) return true;
    EventLoop* const its_loop = event_loop();
    Callback head = std::exchange(first, {});
    std::vector<Callback> rest;
    if (__builtin_expect(!more.empty(), 0)) rest.swap(more);
    if (!its_loop->check_closed()) return false;
    const EventIndex cause = cause_of(this);
    const auto schedule = [&](Callback& callback) {
        trace::Recording& recording = g_machine->recording;
        if (is<Task>(callback.callable)) {
            auto* task = cast<Task>(callback.callable);
            const EnqueueReason reason = cancelled() && task->cancel_requests > 0
                                             ? EnqueueReason::Cancelled
                                         : sleeps() ? EnqueueReason::Timer
                                                    : EnqueueReason::Woken;
            const EventIndex enqueued =
                recording.append_because(cause, EventKind::TaskEnqueued, task->id, id, 0, reason);
            ReadyItem& item = its_loop->ready.add();
            item.kind = ReadyItem::Kind::Wakeup;
            item.handle = 0;
            item.cause = enqueued;
            item.target = std::move(callback.callable);
            item.argument = Value::share(this);
        } else {
            ReadyItem item;
            item.argument = Value::share(this);
            item.kind = ReadyItem::Kind::Callback;
            item.handle = recording.new_handle();
            const std::string text = callback_name(callback.callable);
            item.cause =
                recording.append_because(cause, EventKind::CallbackScheduled, item.handle, id,
                                         recording.text(text), trace::HandleKind::DoneCallback);
            item.context = std::move(callback.context);
            item.target = std::move(callback.callable);
            its_loop->ready.push(std::move(item));
        }
    };
    schedule(head);
    for (Callback& callback : rest) schedule(callback);
    return true;
}

bool Future::set_result(Value result) {
    if (state != State::Pending) return raise(errors::InvalidStateError, "invalid state"), false;
    return settle(State::Finished, std::move(result), false);
}

bool Future::set_exception(Value exception) {
    if (state != State::Pending) return raise(errors::InvalidStateError, "invalid state"), false;
    if (is_class(exception, errors::BaseException)) {
        exception = call(exception);
        if (!exception) return false;
    }
    if (is_exception(exception, errors::StopIteration)) {
        Value replacement = make_exception(
            errors::RuntimeError,
            "StopIteration interacts badly with generators and cannot be raised into a Future");
        cast<Exception>(replacement)->cause = exception;
        cast<Exception>(replacement)->context = exception;
        cast<Exception>(replacement)->suppress_context = true;
        exception = std::move(replacement);
    }
    if (!is_exception(exception, errors::BaseException))
        return raise(errors::TypeError, "invalid exception object"), false;
    exception_traceback = cast<Exception>(exception)->traceback;
    log_traceback = true;
    return settle(State::Finished, std::move(exception), true);
}

bool Future::cancel_future(Value message) {
    log_traceback = false;
    if (state != State::Pending) return false;
    cancel_message = std::move(message);
    // Deviation: a cancellation on a closed loop reaches nobody, and raises nothing.
    if (!settle(State::Cancelled, {}, false)) clear_raised();
    return true;
}

// --- looking at it -------------------------------------------------------------------------------

// Future._make_cancelled_error: the one that ended a task is given out once.
Value Future::make_cancelled_error() {
    if (cancelled_error) return std::exchange(cancelled_error, Value());
    return cancel_message ? make_exception(errors::CancelledError, {cancel_message})
                          : make_exception(errors::CancelledError, {});
}

Value Future::result() {
    if (state == State::Cancelled) return raise_value(make_cancelled_error());
    if (state != State::Finished) return raise(errors::InvalidStateError, "Result is not set.");
    log_traceback = false;
    if (!failed) return outcome;
    // The traceback it came with is given out once, as in C's future_get_result.
    cast<Exception>(outcome)->traceback = std::exchange(exception_traceback, Value());
    return raise_value(outcome);
}

Value Future::exception() {
    if (state == State::Cancelled) return raise_value(make_cancelled_error());
    if (state != State::Finished) return raise(errors::InvalidStateError, "Exception is not set.");
    log_traceback = false;
    return failed ? outcome : none();
}

bool Future::add_done_callback(Value callback, Value context) {
    if (Value task = waiting_task(callback)) callback = std::move(task);
    // Who waits for a task that is kept back lets it begin.
    if (ruled(Rule::TaskWaitsForAwait) && is<Task>(Value::share(this)) &&
        (is<Task>(callback) || is_exact<NativeCallback>(callback)))
        release_held(static_cast<Task*>(this));
    if (!context) context = copy_context();
    if (state != State::Pending) {
        if (is<Task>(callback)) {
            auto* task = cast<Task>(callback);
            const EventIndex enqueued = emit_because(cause_of(this), EventKind::TaskEnqueued,
                                                     task->id, id, 0, EnqueueReason::Woken);
            event_loop()->ready.push(
                {ReadyItem::Kind::Wakeup, 0, enqueued, callback, Value::share(this), {}});
            return true;
        }
        if (!event_loop()->check_closed()) return false;
        (void)event_loop()->call_soon(std::move(callback), make_tuple({Value::share(this)}),
                                      std::move(context), trace::HandleKind::DoneCallback);
        return true;
    }
    if (!first.callable)
        first = {std::move(callback), std::move(context)};
    else
        more.push_back({std::move(callback), std::move(context)});
    return true;
}

int64_t Future::remove_done_callback(const Value& callback) {
    std::vector<Callback> kept;
    int64_t removed = 0;
    const auto look_at = [&](Callback& entry) {
        if (!entry.callable) return true;
        const int same = equal(entry.callable, callback);
        if (same < 0) return false;
        if (same)
            ++removed;
        else
            kept.push_back(std::move(entry));
        return true;
    };
    if (!first.callable) return 0;
    Callback head = std::move(first);
    first = {};
    std::vector<Callback> rest = std::move(more);
    more.clear();
    bool fine = look_at(head);
    for (Callback& entry : rest) fine = fine && look_at(entry);
    if (!kept.empty()) first = std::move(kept.front());
    for (size_t i = 1; i < kept.size(); ++i) more.push_back(std::move(kept[i]));
    return fine ? removed : -1;
}

// --- any future-like object ----------------------------------------------------------------------

bool is_plain(const Value& value) {
    return is<Future>(value) && !value.object()->type->has(kHeapType);
}

bool is_future(const Value& value) {
    if (is<Future>(value)) return true;
    if (!value.is_object()) return false;
    if (!type_lookup(value.type(), kBlocking)) {  // a stand-in may say that it is one (__class__)
        const Value says = value.type()->has(kHeapType) ? find_attribute(value, kClass) : Value();
        if (!says || !is<Type>(says) || !type_lookup(cast<Type>(says), kBlocking))
            return clear_raised(), false;
    }
    const Value blocking = find_attribute(value, kBlocking);
    if (!blocking) clear_raised();
    return given(blocking);
}

int cancel(const Value& future, const Value& message) {
    if (is_exact<Future>(future)) return cast<Future>(future)->cancel_future(message);
    if (is_exact<Task>(future)) return cast<Task>(future)->cancel(message);
    const Value method = get_attribute(future, kCancel);
    if (!method) return -1;
    const Value answer = message ? call_named(method, {}, {{"msg", message}}) : call(method);
    return answer ? truth(answer) : -1;
}

int is_done(const Value& future) {
    if (is<Future>(future)) return cast<Future>(future)->done();
    const Value answer = call_method(future, kDone, {});
    return answer ? truth(answer) : -1;
}
int is_cancelled(const Value& future) {
    if (is<Future>(future)) return cast<Future>(future)->cancelled();
    const Value answer = call_method(future, kCancelled, {});
    return answer ? truth(answer) : -1;
}
Value future_result(const Value& future) {
    return is_plain(future) ? cast<Future>(future)->result() : call_method(future, kResult, {});
}
Value future_exception(const Value& future) {
    return is_plain(future) ? cast<Future>(future)->exception()
                            : call_method(future, kException, {});
}

bool add_done_callback(const Value& future, Value callback) {
    if (is<Future>(future)) {
        auto* self = cast<Future>(future);
        const std::string text = is_exact<NativeCallback>(callback)
                                     ? std::string(cast<NativeCallback>(callback)->qualname)
                                     : format_callback_source(callback, nullptr, false);
        emit(EventKind::CallbackAdded, self->id, g_machine->recording.text(text));
        if (is_plain(future)) return self->add_done_callback(std::move(callback));
    }
    return static_cast<bool>(call_method(future, kAddDoneCallback, {callback}));
}
bool remove_done_callback(const Value& future, const Value& callback) {
    if (is_plain(future)) return cast<Future>(future)->remove_done_callback(callback) >= 0;
    return static_cast<bool>(call_method(future, kRemoveDoneCallback, {callback}));
}

EventLoop* loop_of(const Value& future) {
    if (is<Future>(future)) return cast<Future>(future)->event_loop();
    Value loop = find_attribute(future, kGetLoop);
    if (!loop && raised()) return nullptr;
    loop = loop ? call(loop) : get_attribute(future, kLoop);
    return loop ? as_loop(loop) : nullptr;
}

Ref<Future> create_future(EventLoop* loop, std::string_view what) {
    Ref<Future> future = make<Future>(loop);
    trace::Recording& recording = g_machine->recording;
    future->id = recording.new_future();
    if (loop->debug) future->source_traceback = capture_stack("base_events.py:460");
    emit(EventKind::FutureCreated, future->id, what.empty() ? 0 : recording.pinned_text(what));
    return future;
}

void set_result_unless_cancelled(Future* future, Value result) {
    if (future->cancelled()) return;
    if (!future->set_result(std::move(result))) clear_raised();
}

// --- awaiting ------------------------------------------------------------------------------------

// Future.__await__ (3.13).
Value await_future(Future* future, trace::AwaitKind kind, uint32_t object) {
    const Value keep = Value::share(future);
    if (!future->done()) {
        future->blocking = true;
        g_await_note = {kind, object, true};
        Resumable* const innermost = innermost_resumable();
        if (innermost) innermost->awaiting_on = keep;
        const Value sent = suspend(keep);
        if (innermost) innermost->awaiting_on = {};
        if (!sent) return {};
        if (!future->done()) return raise(errors::RuntimeError, "await wasn't used with future");
    }
    return future->result();
}

Value await_future(Future* future) {
    if (is<Task>(Value::share(future)))
        return await_future(future, trace::AwaitKind::Task, future->id);
    return await_future(future, future->await_kind,
                        future->await_object ? future->await_object : future->id);
}

// --- for the recording ---------------------------------------------------------------------------

EventIndex cause_of(const Future* future) {
    return future->done_event != trace::kNoEvent ? future->done_event
                                                 : g_machine->recording.context();
}

trace::TextId exception_text(const Value& exception) {
    const std::string text = text_of(exception);
    const std::string_view name = exception.type()->name->view();
    return g_machine->recording.text(text.empty() ? std::string(name) : cat(name, ": ", text));
}

trace::TextId value_text(const Value& value) {
    constexpr size_t kMost = 80;
    if (is_none(value)) return 0;
    if (value.is_small()) return g_machine->recording.text(std::to_string(value.small()));
    if (value.is(g_true)) return g_machine->recording.pinned_text("True");
    if (value.is(g_false)) return g_machine->recording.pinned_text("False");
    // A repr written by a script may do anything; those are named by their class.
    const bool of_script = value.type()->has(kHeapType);
    std::string text = of_script ? cat("<", value.type()->name->view(), ">") : short_repr(value);
    if (text.size() > kMost) text.resize(kMost);
    return g_machine->recording.text(text);
}

}  // namespace loopglass::loop
