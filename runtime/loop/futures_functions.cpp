// asyncio.futures and asyncio.coroutines (3.13): isfuture, wrap_future, chaining to the futures of
// concurrent.futures, run_coroutine_threadsafe.
#include "runtime/loop/api.hpp"
#include "runtime/loop/chain.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/executor.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"

namespace loopglass::loop {

namespace {

Name kSetRunning("set_running_or_notify_cancel"), kSetException("set_exception"),
    kSetResult("set_result"), kCancelName("cancel"), kCode("__code__"), kFlags("co_flags"),
    kFunc("func"), kMarker("_is_coroutine_mark"), kFunction("__func__"), kArgs("args");

[[nodiscard]] bool is_concurrent(const Value& value) {
    return value.is_object() && type_lookup(value.type(), kSetRunning);
}

// futures._convert_future_exc.
[[nodiscard]] Value convert_exception(const Value& exception) {
    const std::string_view name = exception.type()->name->view();
    Type* wanted = name == "CancelledError"      ? errors::CancelledError
                   : name == "InvalidStateError" ? errors::InvalidStateError
                                                 : nullptr;
    if (!wanted || exception.type() == wanted) return exception;
    const auto* args = cast<Exception>(exception)->args.get();
    return call_with(Value::share(wanted), args);
}

[[nodiscard]] bool finish_with(const Value& target, const Value& source) {
    const Value exception = future_exception(source);
    if (!exception) return false;
    if (!is_none(exception)) {
        const Value converted = convert_exception(exception);
        return converted && call_method(target, kSetException, {converted});
    }
    const Value result = future_result(source);
    return result && call_method(target, kSetResult, {result});
}

// futures._set_concurrent_future_state and _copy_future_state.
[[nodiscard]] bool set_state(const Value& target, const Value& source) {
    const int source_cancelled = is_cancelled(source);
    if (source_cancelled < 0) return false;
    if (is_future(target)) {
        const int target_cancelled = is_cancelled(target);
        if (target_cancelled) return target_cancelled > 0;
        if (source_cancelled) return cancel(target) >= 0;
        return finish_with(target, source);
    }
    if (source_cancelled && cancel(target) < 0) return false;
    const Value running = call_method(target, kSetRunning, {});
    if (!running) return false;
    return truth(running) != 1 || finish_with(target, source);
}

// data: source, destination.
Value set_state_callback(NativeCallback* self, const Value&) {
    return result_of(set_state(self->data[1], self->data[0]));
}

// data: the other one of the two. Neither callback holds the future that holds it.
Value call_check_cancel(NativeCallback* self, const Value& destination) {
    const Value& source = self->data[0];
    const int cancelled = is_cancelled(destination);
    if (cancelled <= 0) return cancelled < 0 ? Value() : none();
    EventLoop* source_loop = is_future(source) ? loop_of(source) : nullptr;
    EventLoop* target_loop = is_future(destination) ? loop_of(destination) : nullptr;
    if (raised()) return {};
    if (!source_loop || source_loop == target_loop) return result_of(cancel(source) >= 0);
    const Value cancel_method = get_attribute(source, kCancelName);
    if (!cancel_method || !source_loop->check_closed()) return {};
    (void)source_loop->call_soon_threadsafe(cancel_method, make_tuple(size_t{0}));
    return none();
}

Value call_set_state(NativeCallback* self, const Value& source) {
    const Value& destination = self->data[0];
    EventLoop* source_loop = is_future(source) ? loop_of(source) : nullptr;
    EventLoop* target_loop = is_future(destination) ? loop_of(destination) : nullptr;
    if (raised()) return {};
    const int cancelled = is_cancelled(destination);
    if (cancelled < 0) return {};
    if (cancelled && target_loop && target_loop->closed) return none();
    if (!target_loop || target_loop == source_loop)
        return result_of(set_state(destination, source));
    if (target_loop->closed) return none();
    (void)target_loop->call_soon_threadsafe(
        make_callback(&set_state_callback, "_chain_future.<locals>._set_state", "futures.py:381",
                      source, destination),
        make_tuple(size_t{0}));
    return none();
}

}  // namespace

bool chain_future(const Value& source, const Value& destination) {
    if (!is_future(source) && !is_concurrent(source))
        return raise(errors::TypeError, "A future is required for source argument"), false;
    if (!is_future(destination) && !is_concurrent(destination))
        return raise(errors::TypeError, "A future is required for destination argument"), false;
    return add_done_callback(destination, make_callback(&call_check_cancel,
                                                        "_chain_future.<locals>._call_check_cancel",
                                                        "futures.py:387", source)) &&
           add_done_callback(
               source, make_callback(&call_set_state, "_chain_future.<locals>._call_set_state",
                                     "futures.py:393", destination));
}

Value wrap_future(const Value& future, const Value& loop) {
    if (is_future(future)) return future;
    if (!is_concurrent(future))
        return raise(errors::AssertionError,
                     "concurrent.futures.Future is expected, got " + repr_of(future));
    const Value its_loop = given(loop) ? loop : get_event_loop();
    if (!its_loop || !as_loop(its_loop)) return {};
    const Ref<Future> wrapped = create_future(cast<EventLoop>(its_loop), "thread");
    return chain_future(future, wrapped) ? Value(wrapped) : Value();
}

namespace {

Value start_threadsafe(NativeCallback* self, const Value&) {
    const Value &coroutine = self->data[0], &loop = self->data[1], &future = self->data[2];
    const Value task = ensure_future(coroutine, cast<EventLoop>(loop));
    if (task && chain_future(task, future)) return none();
    if (raised_is(errors::SystemExit) || raised_is(errors::KeyboardInterrupt)) return {};
    const Value error = take_raised();
    const Value running = call_method(future, kSetRunning, {});
    if (!running) return {};
    if (truth(running) == 1 && !call_method(future, kSetException, {error})) return {};
    restore_raised(error);
    return {};
}

Value run_coroutine_threadsafe(const Value* a) {
    if (!is_coroutine(a[0])) return raise(errors::TypeError, "A coroutine object is required");
    EventLoop* loop = as_loop(a[1]);
    if (!loop) return {};
    const Value factory = g_import ? g_import("concurrent.futures", "Future") : Value();
    if (!factory)
        return raised() ? Value() : raise(errors::RuntimeError, "no module concurrent.futures");
    const Value future = call(factory);
    if (!future || !loop->check_closed()) return {};
    (void)loop->call_soon_threadsafe(
        make_callback(&start_threadsafe, "run_coroutine_threadsafe.<locals>.callback",
                      "tasks.py:1000", a[0], a[1], future),
        make_tuple(size_t{0}));
    return future;
}

Value isfuture(const Value* a) {
    return boolean(is_future(a[0]));
}
Value wrap_future_function(const Value* a) {
    return wrap_future(a[0], a[1]);
}
Value chain_future_function(const Value* a) {
    return result_of(chain_future(a[0], a[1]));
}
Value set_result_function(const Value* a) {
    const int cancelled = is_cancelled(a[0]);
    if (cancelled) return cancelled < 0 ? Value() : none();
    return call_method(a[0], kSetResult, {a[1]}) ? none() : Value();
}
Value iscoroutine(const Value* a) {
    return boolean(is_coroutine(a[0]));
}
Value iscoroutinefunction(const Value* a) {
    return boolean(is_coroutine_function(a[0]));
}

Value copy_future_state(const Value* a) {
    const int cancelled = is_cancelled(a[1]);
    if (cancelled) return cancelled < 0 ? Value() : none();
    return result_of(set_state(a[1], a[0]));
}

constexpr NativeMethod kFuturesFunctions[] = {
    function("isfuture", isfuture, "(obj)"),
    function("wrap_future", wrap_future_function, "(future, *, loop=None)"),
    function("run_coroutine_threadsafe", run_coroutine_threadsafe, "(coro, loop)"),
    function("_copy_future_state", copy_future_state, "(source, dest)"),
    function("_chain_future", chain_future_function, "(source, destination)"),
    function("_set_result_unless_cancelled", set_result_function, "(fut, result)"),
};
constexpr NativeMethod kCoroutinesFunctions[] = {
    function("iscoroutine", iscoroutine, "(obj)"),
    function("iscoroutinefunction", iscoroutinefunction, "(func)"),
};

}  // namespace

// inspect.iscoroutinefunction: through methods and partials, by the flag of the code.
bool is_coroutine_function(const Value& function) {
    constexpr int64_t kCoroutineFlag = 128;
    if (is<NativeFunction>(function)) {
        const MethodKind kind = cast<NativeFunction>(function)->method->kind;
        return kind == MethodKind::Coroutine || kind == MethodKind::AsyncFunction;
    }
    if (is<BoundMethod>(function))
        return is_coroutine_function(cast<BoundMethod>(function)->function);
    if (!function.is_object()) return false;
    if (type_name(function) == "partial" || type_name(function) == "functools.partial") {
        const Value inner = find_attribute(function, kFunc);
        if (inner) return is_coroutine_function(inner);
        clear_raised();
    }
    const Value code = find_attribute(function, kCode);
    const Value flags = code ? find_attribute(code, kFlags) : Value();
    int64_t bits = 0;
    if (flags && int_value(flags, bits)) return bits & kCoroutineFlag;
    clear_raised();
    return false;
}

std::span<const NativeMethod> futures_functions() {
    return kFuturesFunctions;
}
std::span<const NativeMethod> coroutines_functions() {
    return kCoroutinesFunctions;
}

}  // namespace loopglass::loop
