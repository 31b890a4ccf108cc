// Future: a result that will exist (asyncio/futures.py, Modules/_asynciomodule.c of 3.13).
#pragma once

#include <string>
#include <vector>

#include "runtime/loop/event_loop.hpp"

namespace loopglass::loop {

struct Task;

// Where the timer is that asyncio.sleep made for its future. The future's own end does not show in
// recordings: the timer stands for it.
enum class SleepTimer : uint8_t { None, InHeap, Ready, Ran, Cancelled };

struct Future : value::Object {
    static value::Type* type;
    enum class State : uint8_t { Pending, Cancelled, Finished };
    struct Callback {
        value::Value callable;  // a Task here is its wakeup
        value::Value context;
    };

    State state = State::Pending;
    bool log_traceback = false;  // an exception nobody has looked at yet
    bool blocking = false;       // _asyncio_future_blocking
    SleepTimer sleep_timer = SleepTimer::None;
    trace::AwaitKind await_kind = trace::AwaitKind::Future;  // what awaiting it means …
    uint32_t await_object = 0;                               // … and for what; 0: itself
    trace::FutureId id = 0;                                  // a TaskId for tasks
    trace::EventIndex done_event = trace::kNoEvent;
    value::Value loop;     // EventLoop
    value::Value outcome;  // the result or the exception, once Finished
    bool failed = false;   // outcome is an exception
    Callback first;        // most futures have one
    std::vector<Callback> more;
    value::Value cancel_message;   // empty: None
    value::Value cancelled_error;  // the CancelledError that ended it, to be raised once
    value::Value exception_traceback;
    value::Value source_traceback;  // debug mode

    Future(value::Type* its_type, EventLoop* its_loop);

    [[nodiscard]] EventLoop* event_loop() const { return value::cast<EventLoop>(loop); }
    [[nodiscard]] bool done() const { return state != State::Pending; }
    [[nodiscard]] bool sleeps() const { return sleep_timer != SleepTimer::None; }
    [[nodiscard]] bool cancelled() const { return state == State::Cancelled; }

    // The script-level methods. Empty or false: an exception is pending.
    [[nodiscard]] value::Value result();
    [[nodiscard]] value::Value exception();  // None if it has none
    [[nodiscard]] bool set_result(value::Value result);
    [[nodiscard]] bool set_exception(value::Value exception);
    bool add_done_callback(value::Value callback, value::Value context = {});  // false: loop closed
    [[nodiscard]] int64_t remove_done_callback(const value::Value& callback);  // -1 on error
    // Future.cancel proper: false if it was done already.
    bool cancel_future(value::Value message);
    // The CancelledError an awaiter gets; consumes cancelled_error (the message travels once).
    [[nodiscard]] value::Value make_cancelled_error();
    bool schedule_callbacks();

    // Internal, without the checks for state.
    bool settle(State new_state, value::Value outcome, bool is_exception);
};

// future.cancel(msg), whatever overrides it: a Task's, a _GatheringFuture's, a script's. -1 on
// error.
[[nodiscard]] int cancel(const value::Value& future, const value::Value& message = {});
[[nodiscard]] value::Ref<Future> create_future(EventLoop* loop, std::string_view what = {});
// isfuture(): anything with _asyncio_future_blocking.
[[nodiscard]] bool is_future(const value::Value& value);
// A native future or task, not a script's subclass: its fields may be used directly.
[[nodiscard]] bool is_plain(const value::Value& value);
// For any future-like object.
[[nodiscard]] EventLoop* loop_of(const value::Value& future);
[[nodiscard]] int is_done(const value::Value& future);
[[nodiscard]] int is_cancelled(const value::Value& future);
[[nodiscard]] bool add_done_callback(const value::Value& future, value::Value callback);
[[nodiscard]] bool remove_done_callback(const value::Value& future, const value::Value& callback);
[[nodiscard]] value::Value future_result(const value::Value& future);
[[nodiscard]] value::Value future_exception(const value::Value& future);

// `await future`, saying in the recording what the task waits for.
[[nodiscard]] value::Value await_future(Future* future, trace::AwaitKind kind, uint32_t object);
[[nodiscard]] value::Value await_future(Future* future);
// What the suspension under way stands for; the task's step takes it.
struct AwaitNote {
    trace::AwaitKind kind = trace::AwaitKind::Other;
    uint32_t object = 0;
    bool set = false;
};
extern AwaitNote g_await_note;

// futures._set_result_unless_cancelled.
void set_result_unless_cancelled(Future* future, value::Value result);
// base_futures._future_repr_info, joined.
[[nodiscard]] std::string future_info(const Future* future);
[[nodiscard]] value::Value future_repr(const value::Value& self);
[[nodiscard]] std::string callbacks_text(const Future* future);  // "cb=[...]", or empty
// reprlib.repr: how results are shown.
[[nodiscard]] std::string short_repr(const value::Value& value);
// The event that explains what follows from the end of this future.
[[nodiscard]] trace::EventIndex cause_of(const Future* future);
// "Type: message" of an exception, as a text of the recording.
[[nodiscard]] trace::TextId exception_text(const value::Value& exception);
[[nodiscard]] trace::TextId value_text(const value::Value& value);

}  // namespace loopglass::loop
