#include "runtime/loop/timeouts.hpp"

#include <cmath>

#include "runtime/loop/api.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {

using trace::EventKind;
using State = Timeout::State;

Type* Timeout::type = nullptr;

namespace {

constexpr const char* kStateNames[] = {"created", "active", "expiring", "expired", "finished"};
Name kCancelling("cancelling"), kUncancel("uncancel"), kExceptions("exceptions");

Value on_timeout(NativeCallback* self, const Value&) {
    auto* timeout = cast<Timeout>(self->data[0]);
    if (!abandoning())
        emit(EventKind::TimeoutExpired, timeout->group,
             is<Task>(timeout->task) ? cast<Task>(timeout->task)->id : 0);
    if (cancel(timeout->task) < 0) return {};
    timeout->state = State::Expiring;
    timeout->handler = {};
    return none();
}

[[nodiscard]] bool reschedule(Timeout* timeout, const Value& when) {
    if (timeout->state == State::Created)
        return raise(errors::RuntimeError, "Timeout has not been entered"), false;
    if (timeout->state != State::Entered)
        return raise(errors::RuntimeError,
                     cat("Cannot change state of ", kStateNames[static_cast<int>(timeout->state)],
                         " Timeout")),
               false;
    timeout->when = when;
    if (timeout->handler) cancel_handle(timeout->handler.get());
    timeout->handler = {};
    if (is_none(when)) return true;
    EventLoop* loop = get_running_loop();
    double deadline;
    if (!loop || !to_double(when, deadline)) return false;
    const Value callback =
        make_callback(&on_timeout, "Timeout._on_timeout", nullptr, Value::share(timeout));
    const Ref<Tuple> nothing = make_tuple(size_t{0});
    if (deadline <= loop->time())
        timeout->handler = loop->call_soon(callback, nothing);
    else
        timeout->handler = Ref<Handle>::share(
            loop->call_at(to_ns(deadline), callback, nothing, {}, trace::TimerKind::Timeout).get());
    emit(EventKind::TimeoutArmed, timeout->group, timeout->handler->id,
         g_machine->recording.wide(to_ns(deadline)));
    return true;
}

// A CancelledError deep in the context chain becomes the cause of a TimeoutError there.
void insert_timeout_error(Exception* exception) {
    while (given(exception->context)) {
        auto* context = cast<Exception>(exception->context);
        if (is_exception(exception->context, errors::CancelledError)) {
            const Value error = make_exception(errors::TimeoutError, {});
            cast<Exception>(error)->context = exception->context;
            cast<Exception>(error)->cause = exception->context;
            cast<Exception>(error)->suppress_context = true;
            exception->context = error;
            return;
        }
        exception = context;
    }
}

[[nodiscard]] int64_t uncancel(const Value& task) {
    const Value left = call_method(task, kUncancel, {});
    int64_t count = 0;
    return left && int_value(left, count) ? count : -1;
}

// Timeout.__aexit__; `exception` is None where the block ended well. True: go on as it was.
[[nodiscard]] bool leave(Timeout* timeout, const Value& exception) {
    if (timeout->handler) {
        cancel_handle(timeout->handler.get());
        timeout->handler = {};
    }
    const bool expiring = timeout->state == State::Expiring;
    if (!abandoning())
        emit(EventKind::GroupDone, timeout->group, 0, 1,
             expiring             ? trace::Outcome::Cancelled
             : is_none(exception) ? trace::Outcome::Result
                                  : trace::Outcome::Exception);
    if (timeout->state == State::Entered) timeout->state = State::Exited;
    if (!expiring) return true;
    timeout->state = State::Expired;
    const int64_t left = uncancel(timeout->task);
    if (left < 0) return false;
    if (left > timeout->cancelling || is_none(exception)) return true;
    if (is_exception(exception, errors::CancelledError)) {
        raise_from(errors::TimeoutError, "", exception);
        keep_with_raised(make_tuple({Value::share(timeout), exception}));  // the frame of __aexit__
        return false;
    }
    insert_timeout_error(cast<Exception>(exception));
    if (is_exception(exception, errors::ExceptionGroup)) {
        const Value inner = get_attribute(exception, kExceptions);
        if (!inner) return false;
        return for_each(inner, [](const Value& each) {
            insert_timeout_error(cast<Exception>(each));
            return true;
        });
    }
    return true;
}

}  // namespace

Ref<Timeout> make_timeout(const Value& delay, trace::GroupType purpose) {
    EventLoop* loop = get_running_loop();
    if (!loop) return {};
    Ref<Timeout> timeout = make<Timeout>();
    timeout->purpose = purpose;
    timeout->when = none();
    if (given(delay)) {
        timeout->when = binary(BinaryOp::Add, make_float(loop->time()), delay);
        if (!timeout->when) return {};
    }
    return timeout;
}

bool enter_timeout(Timeout* timeout) {
    if (timeout->state != State::Created)
        return raise(errors::RuntimeError, "Timeout has already been entered"), false;
    if (!get_running_loop()) return false;
    Task* task = current_task();
    if (!task) return raise(errors::RuntimeError, "Timeout should be used inside a task"), false;
    timeout->state = State::Entered;
    timeout->task = Value::share(task);
    timeout->cancelling = task->cancel_requests;
    timeout->group = g_machine->recording.new_group();
    emit(EventKind::GroupCreated, timeout->group, task->id, 1, timeout->purpose);
    const Value when = timeout->when;
    return reschedule(timeout, when);
}

Value exit_timeout(Timeout* timeout, Value result) {
    if (abandoning()) return {};
    if (result) return leave(timeout, none()) ? result : Value();
    const Value exception = take_raised();
    {
        const Handling handling(exception);
        if (!leave(timeout, exception)) return {};
    }
    restore_raised(exception);
    return {};
}

namespace {

[[nodiscard]] Timeout* self_of(const Value* a) {
    return cast<Timeout>(a[0]);
}
Value construct(Type* type, const Args& args) {
    const Value when = args.count ? args.items[0] : args.keyword("when");
    if (!when || args.count > 1)
        return raise(errors::TypeError,
                     "Timeout.__init__() missing 1 required positional argument: 'when'");
    Ref<Timeout> timeout = make_as<Timeout>(type);
    timeout->when = when;
    return timeout;
}
Value when_method(const Value* a) {
    return self_of(a)->when;
}
Value reschedule_method(const Value* a) {
    return result_of(reschedule(self_of(a), a[1]));
}
Value expired(const Value* a) {
    return boolean(self_of(a)->state == State::Expiring || self_of(a)->state == State::Expired);
}
Value aenter(const Value* a) {
    return enter_timeout(self_of(a)) ? a[0] : Value();
}
Value aexit(const Value* a) {
    return result_of(leave(self_of(a), a[2]));
}
Value timeout_repr(const Value& self) {
    const auto* timeout = cast<Timeout>(self);
    std::string text = cat("<Timeout [", kStateNames[static_cast<int>(timeout->state)], "]");
    if (timeout->state == State::Entered) {
        double when = 0;
        text += " when=";
        if (is_none(timeout->when))
            text += "None";
        else if (!is_float(timeout->when))
            text += repr_of(timeout->when);
        else if (to_double(timeout->when, when))
            text += float_repr(std::nearbyint(when * 1000) / 1000);
    }
    return make_str(text + ">");
}

constexpr NativeMethod kMethods[] = {
    method("when", when_method),
    method("reschedule", reschedule_method, "(self, when)"),
    method("expired", expired),
    async_method("__aenter__", aenter),
    async_method("__aexit__", aexit, "(self, exc_type, exc_val, exc_tb)"),
};

Value timeout_function(const Value* a) {
    return make_timeout(a[0], trace::GroupType::Timeout);
}
Value timeout_at(const Value* a) {
    Ref<Timeout> timeout = make<Timeout>();
    timeout->when = a[0];
    return timeout;
}
constexpr NativeMethod kFunctions[] = {
    function("timeout", timeout_function, "(delay)"),
    function("timeout_at", timeout_at, "(when)"),
};

}  // namespace

std::span<const NativeMethod> timeouts_functions() {
    return kFunctions;
}

void define_timeout_type() {
    NativeTypeSpec timeout{"asyncio.timeouts.Timeout", sizeof(Timeout)};
    timeout.slots.destroy = &destroy_native<Timeout>;
    timeout.slots.construct = &construct;
    timeout.slots.repr = &timeout_repr;
    timeout.methods = kMethods;
    Timeout::type = define_type(timeout);
    publish_type("asyncio.timeouts.Timeout", Timeout::type);
}

}  // namespace loopglass::loop
