// The functions of asyncio.tasks (3.13): sleep, create_task, ensure_future, wait, wait_for …
#include <cmath>

#include "runtime/loop/api.hpp"
#include "runtime/loop/combinators.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/cycles.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/loop/timeouts.hpp"

namespace loopglass::loop {

using trace::AwaitKind;
using trace::TaskOrigin;

namespace {

Name kClose("close"), kSetName("set_name"), kCreateTask("create_task");

// sleep(0).
[[gnu::always_inline]] inline Value yield_once() {
    if (ruled(Rule::SleepZeroDoesNothing)) return none();
    g_await_note = {AwaitKind::Yield, 0, true};
    return suspend(none());
}

}  // namespace

Value await_sleep(double delay) {
    if (delay <= 0 || ruled(Rule::SleepTakesNoTime)) return yield_once();
    if (ruled(Rule::SleepBlocksEverybody))
        return result_of(g_machine->sleep(to_ns(delay), "asyncio.sleep"));
    EventLoop* loop = get_running_loop();
    if (!loop) return {};
    trace::HandleId handle = 0;
    const Ref<Future> future = loop->sleep_future(delay, handle);
    Value result = await_future(future.get(), AwaitKind::Sleep, handle);
    if (future->sleep_timer != SleepTimer::Ran) {
        const Finally finally;
        loop->cancel_sleep(future.get(), handle);
    }
    return result;
}

bool is_awaitable(const Value& value) {
    return is_coroutine(value) || (value.is_object() && value.type()->slots.await);
}

// --- making tasks --------------------------------------------------------------------------------

// BaseEventLoop.create_task (3.13): with a factory every task gets its name, even "None".
Value create_task(EventLoop* loop, const Value& coroutine, const TaskOptions& options) {
    if (loop->Object::type->has(kHeapType))  // a script's loop may override it
        if (const Value* found = type_lookup(loop->Object::type, kCreateTask);
            found && !is<NativeFunction>(*found))
            return call_method_named(
                Value::share(loop), "create_task", {coroutine},
                {{"name", or_none(options.name)}, {"context", or_none(options.context)}});
    return create_task_plainly(loop, coroutine, options);
}

Value create_task_plainly(EventLoop* loop, const Value& coroutine, const TaskOptions& options) {
    if (!loop->check_closed()) return keep_with_raised(coroutine), Value();
    if (!loop->task_factory) return make_task(loop, coroutine, options);
    const Value self = Value::share(loop);
    // The frame of create_task, in which an eager factory runs the first step: `task` stays there.
    const Ref<List> locals = make_list();
    const RunFrame frame(locals);
    const Value task = given(options.context) ? call_named(loop->task_factory, {self, coroutine},
                                                           {{"context", options.context}})
                                              : call(loop->task_factory, self, coroutine);
    if (!task) return {};
    locals->items.push_back(task);
    const Value name = or_none(options.name);
    return value::call_method(task, kSetName, &name, 1) ? task : Value();
}

namespace {

Value wrap_awaitable(Resumable* self);
struct WrappedAwaitable : Coroutine {
    Value awaitable;
    explicit WrappedAwaitable(Type* its_type) : Coroutine(its_type, &wrap_awaitable) {}
};
Value wrap_awaitable(Resumable* self) {
    const Value awaitable = std::move(static_cast<WrappedAwaitable*>(self)->awaitable);
    return await(awaitable);
}

}  // namespace

Value ensure_future(const Value& argument, EventLoop* loop, TaskOrigin origin) {
    if (is_future(argument)) {
        if (loop && loop_of(argument) != loop) {
            if (raised()) return {};
            return raise(errors::ValueError,
                         "The future belongs to a different loop than the one specified as the "
                         "loop argument");
        }
        return argument;
    }
    Value coroutine = argument;
    const bool should_close = is_coroutine(argument);
    if (!should_close) {
        if (!is_awaitable(argument))
            return raise(errors::TypeError,
                         "An asyncio.Future, a coroutine or an awaitable is required");
        auto wrapped = make_resumable<WrappedAwaitable>(Coroutine::type);
        wrapped->awaitable = argument;
        wrapped->name = Ref<Str>::share(intern("_wrap_awaitable"));
        wrapped->qualname = Ref<Str>::share(intern("ensure_future.<locals>._wrap_awaitable"));
        coroutine = wrapped;
    }
    Value current;
    if (!loop) {
        current = get_event_loop();
        if (!current) return {};
        loop = cast<EventLoop>(current);
    }
    TaskOptions options;
    options.origin = origin;
    options.place = "tasks.py:748";
    Value task = create_task(loop, coroutine, options);
    if (!task && should_close && raised_is(errors::RuntimeError)) {
        const Finally finally;
        (void)call_method(coroutine, kClose, {});
    }
    return task;
}

// --- waiting -------------------------------------------------------------------------------------

namespace {

// What _wait's callback and its waiter share, as CPython's closure does: a callback that is on the
// ready queue already comes after the waiter has gone.
enum WaitField : size_t { kLeft, kReturnWhen, kWaiter, kTimeout, kWaitFields };

Value on_completion(NativeCallback* self, const Value& future) {
    std::vector<Value>& state = cast<List>(self->data[0])->items;
    const int64_t left = state[kLeft].small() - 1;
    const auto when = static_cast<ReturnWhen>(state[kReturnWhen].small());
    state[kLeft] = Value::small(left);
    bool enough = left == 0 || when == ReturnWhen::FirstCompleted;
    if (!enough && when == ReturnWhen::FirstException) {
        const int cancelled = is_cancelled(future);
        if (cancelled < 0) return {};
        if (!cancelled) {
            const Value exception = future_exception(future);
            if (!exception) return {};
            enough = !is_none(exception);
        }
    }
    if (!enough) return none();
    if (state[kTimeout]) cancel_handle(cast<TimerHandle>(state[kTimeout]));
    auto* waiter = cast<Future>(state[kWaiter]);
    return waiter->done() ? none() : result_of(waiter->set_result(none()));
}

Value release_waiter(NativeCallback* self, const Value&) {
    auto* waiter = cast<Future>(self->data[0]);
    return result_of(waiter->done() || waiter->set_result(none()));
}

[[nodiscard]] Value waiter_release(const Ref<Future>& waiter) {
    return make_callback(&release_waiter, "_release_waiter", "tasks.py:460", waiter);
}

}  // namespace

bool await_wait(std::span<const Value> futures, const Value& timeout, ReturnWhen when,
                EventLoop* loop) {
    trace::Recording& recording = g_machine->recording;
    const Ref<Future> waiter = create_future(loop, "wait");
    Ref<TimerHandle> timer;
    const trace::GroupId group = recording.new_group();
    emit(trace::EventKind::GroupCreated, group, g_task_id, static_cast<uint32_t>(futures.size()),
         trace::GroupType::Wait);
    for (const Value& future : futures)
        if (is<Future>(future)) emit(trace::EventKind::GroupChild, group, cast<Future>(future)->id);
    if (given(timeout)) {
        double seconds;
        if (!to_double(timeout, seconds)) return false;
        timer = loop->call_at(to_ns(loop->time() + seconds), waiter_release(waiter),
                              make_tuple(size_t{0}), {}, trace::TimerKind::Timeout);
    }
    std::vector<Value> shared(kWaitFields);
    shared[kLeft] = Value::small(static_cast<int64_t>(futures.size()));
    shared[kReturnWhen] = Value::small(static_cast<int64_t>(when));
    shared[kWaiter] = waiter;
    if (timer) shared[kTimeout] = timer;
    const Ref<List> state = make_list(std::move(shared));
    const Value callback =
        make_callback(&on_completion, "_wait.<locals>._on_completion", "tasks.py:521", state);
    for (const Value& future : futures)
        if (!add_done_callback(future, callback)) return false;
    const Value woken = await_future(waiter.get(), AwaitKind::Wait, group);
    if (!woken) keep_with_raised(make_tuple(futures));
    const Finally finally;
    if (timer) cancel_handle(timer.get());
    for (const Value& future : futures)
        if (!remove_done_callback(future, callback)) return false;
    if (!abandoning())
        emit(trace::EventKind::GroupDone, group, 0,
             static_cast<uint32_t>(futures.size()) -
                 static_cast<uint32_t>(state->items[kLeft].small()),
             woken ? trace::Outcome::Result : trace::Outcome::Cancelled);
    return static_cast<bool>(woken);
}

namespace {

// tasks._cancel_and_wait.
[[nodiscard]] bool cancel_and_wait(const Value& future) {
    EventLoop* loop = get_running_loop();
    if (!loop) return false;
    const Ref<Future> waiter = create_future(loop, "wait_for");
    const Value callback = waiter_release(waiter);
    if (!add_done_callback(future, callback)) return false;
    const bool fine = cancel(future) >= 0 && await_future(waiter.get());
    if (!fine) keep_with_raised(future);
    const Finally finally;
    return remove_done_callback(future, callback) && fine;
}

// wait_for with a timeout of 0 or less.
[[nodiscard]] Value wait_no_longer(const Value& future) {
    const int is_done_ = is_done(future);
    if (is_done_ < 0) return {};
    if (is_done_) return future_result(future);
    if (!cancel_and_wait(future)) return {};
    Value result = future_result(future);
    if (result || !raised_is(errors::CancelledError)) return result;
    keep_with_raised(future);  // it was raised in the frame of wait_for
    const Value error = take_raised();
    const Handling handling(error);
    return raise_from(errors::TimeoutError, "", error);
}

}  // namespace

// asyncio.wait_for (3.12 and later): in the caller's own task, under a timeout.
Value wait_for(const Value& awaitable, const Value& timeout) {
    const int at_once = given(timeout) ? compare_truth(CompareOp::Le, timeout, Value::small(0)) : 0;
    if (at_once < 0) return {};
    if (at_once) {
        const Value future = ensure_future(awaitable, nullptr, TaskOrigin::WaitFor);
        if (!future) return {};
        Value result = wait_no_longer(future);
        if (!result) keep_with_raised(future);
        return result;
    }
    const Ref<Timeout> scope = make_timeout(timeout, trace::GroupType::WaitFor);
    if (!scope || !enter_timeout(scope.get())) return {};
    Value waited = awaitable;
    if (ruled(Rule::TimeoutLetsItRun))
        waited = shield(ensure_future(awaitable, nullptr, TaskOrigin::WaitFor));
    Value result = waited ? await(waited) : Value();
    if (!result) keep_with_raised(awaitable);
    return exit_timeout(scope.get(), std::move(result));
}

namespace {

// --- as scripts call them ------------------------------------------------------------------------

Value sleep_for(const Value* a);

// The short way first: with nothing to put aside, sleep(0) is half a dozen instructions.
Value sleep(const Value* a) {
    const bool number = a[0].is_small();
    if (number && a[0].small() <= 0 && !a[1]) return yield_once();
    return sleep_for(a);
}

[[gnu::noinline]] Value sleep_for(const Value* a) {
    const int at_once = compare_truth(CompareOp::Le, a[0], Value::small(0));
    if (at_once < 0) return {};
    if (at_once) return yield_once() ? or_none(a[1]) : Value();
    double delay;
    if (!to_double(a[0], delay)) return {};
    if (std::isnan(delay)) return raise(errors::ValueError, "Invalid delay: NaN (not a number)");
    return await_sleep(delay) ? or_none(a[1]) : Value();
}

Value create_task_function(const Value* a) {
    EventLoop* loop = get_running_loop();
    if (!loop) return keep_with_raised(a[0]), Value();
    TaskOptions options;
    options.name = a[1];
    options.context = a[2];
    options.place = given(a[2]) ? "tasks.py:412" : "tasks.py:410";
    return create_task(loop, a[0], options);
}

Value ensure_future_function(const Value* a) {
    EventLoop* loop = nullptr;
    if (given(a[1]) && !(loop = as_loop(a[1]))) return {};
    return ensure_future(a[0], loop);
}

Value gather_function(const Value* a) {
    const auto* arguments = cast<Tuple>(a[0]);
    const int collect = a[1] ? truth(a[1]) : 0;
    if (collect < 0) return {};
    return gather({arguments->items(), arguments->size}, collect);
}

[[nodiscard]] bool read_return_when(const Value& value, ReturnWhen& when) {
    when = ReturnWhen::AllCompleted;
    if (!value) return true;
    const std::string text = text_of(value);
    if (text == "FIRST_COMPLETED")
        when = ReturnWhen::FirstCompleted;
    else if (text == "FIRST_EXCEPTION")
        when = ReturnWhen::FirstException;
    else if (text != "ALL_COMPLETED")
        return raise(errors::ValueError, "Invalid return_when value: " + text), false;
    return true;
}

[[nodiscard]] bool distinct(const Value& iterable, std::vector<Value>& out) {
    const Ref<Set> seen = make_set();
    return for_each(iterable, [&](const Value& item) {
        const int known = set_contains(seen.get(), item);
        if (known == 0) out.push_back(item);
        return known >= 0 && (known || set_add(seen.get(), item));
    });
}

// wait() has a frame in CPython, which its traceback holds: what it was given, and the set it made
// of that, live as long as the exception.
Value refuse_coroutines(const Value& given, const std::vector<Value>& futures) {
    raise(errors::TypeError, "Passing coroutines is forbidden, use tasks explicitly.");
    const Value exception = take_raised();
    std::vector<Value>& kept = cast<Exception>(exception)->fields;
    kept.push_back(given);
    kept.insert(kept.end(), futures.begin(), futures.end());
    restore_raised(exception);
    return {};
}

Value wait(const Value* a) {
    if (is_future(a[0]) || is_coroutine(a[0]))
        return raise(errors::TypeError, "expect a list of futures, not " + type_name(a[0]));
    const int any = truth(a[0]);
    if (any < 0) return {};
    if (!any) return raise(errors::ValueError, "Set of Tasks/Futures is empty.");
    ReturnWhen when;
    std::vector<Value> futures;
    if (!read_return_when(a[2], when) || !distinct(a[0], futures)) return {};
    for (const Value& future : futures)
        if (is_coroutine(future)) return refuse_coroutines(a[0], futures);
    EventLoop* loop = get_running_loop();
    if (!loop || !await_wait(futures, a[1], when, loop)) return {};
    const Ref<Set> done = make_set(), pending = make_set();
    for (const Value& future : futures) {
        const int is_done_ = is_done(future);
        if (is_done_ < 0 || !set_add((is_done_ ? done : pending).get(), future)) return {};
    }
    return make_tuple({done, pending});
}

Value wait_for_function(const Value* a) {
    return wait_for(a[0], a[1]);
}
Value shield_function(const Value* a) {
    return shield(a[0]);
}
Value current_task_function(const Value* a) {
    EventLoop* loop = given(a[0]) ? as_loop(a[0]) : get_running_loop();
    if (!loop) return {};
    return or_none(loop->current_task);
}
// For tasks that are not ours: who runs now (asyncio's "Extending" chapter).
Value enter_task(const Value* a) {
    EventLoop* loop = as_loop(a[0]);
    if (!loop) return {};
    if (loop->current_task)
        return raise(errors::RuntimeError,
                     cat("Cannot enter into task ", repr_of(a[1]), " while another task ",
                         repr_of(loop->current_task), " is being executed."));
    loop->current_task = a[1];
    return none();
}
Value leave_task(const Value* a) {
    EventLoop* loop = as_loop(a[0]);
    if (!loop) return {};
    if (!or_none(loop->current_task).is(a[1]))
        return raise(errors::RuntimeError,
                     cat("Leaving task ", repr_of(a[1]), " does not match the current task ",
                         repr_of(or_none(loop->current_task)), "."));
    loop->current_task = {};
    return none();
}
Value swap_current_task(const Value* a) {
    EventLoop* loop = as_loop(a[0]);
    if (!loop) return {};
    return or_none(std::exchange(loop->current_task, given(a[1]) ? a[1] : Value()));
}
Value all_tasks_function(const Value* a) {
    EventLoop* loop = given(a[0]) ? as_loop(a[0]) : get_running_loop();
    return loop ? all_tasks(loop) : Value();
}

Value eager_task_factory(const Value* a) {
    return call_named(Value::share(Task::type), {a[1]},
                      {{"loop", a[0]},
                       {"name", or_none(a[2])},
                       {"context", or_none(a[3])},
                       {"eager_start", boolean(true)}});
}

// create_eager_task_factory(constructor): a callable (loop, coro, *, name=None, context=None).
struct EagerFactory : Object {
    static Type* type;
    Value constructor;
    EagerFactory(Type* its_type, Value its_constructor)
        : Object(its_type), constructor(std::move(its_constructor)) {}
};
Type* EagerFactory::type = nullptr;
Value call_eager_factory(const Value& self, const Args& args) {
    static const Signature* signature = parse_signature("(loop, coro, *, name=None, context=None)");
    Value bound[4];
    if (!bind_arguments(*signature, "create_eager_task_factory.<locals>.factory",
                        ErrorStyle::Python, args, bound))
        return {};
    return call_named(cast<EagerFactory>(self)->constructor, {bound[1]},
                      {{"loop", bound[0]},
                       {"name", or_none(bound[2])},
                       {"context", or_none(bound[3])},
                       {"eager_start", boolean(true)}});
}
Value create_eager_task_factory(const Value* a) {
    return make<EagerFactory>(a[0]);
}

Value register_nothing(const Value*) {
    return none();
}

constexpr NativeMethod kFunctions[] = {
    async_function("sleep", sleep, "(delay, result=None)"),
    function("create_task", create_task_function, "(coro, *, name=None, context=None)"),
    function("ensure_future", ensure_future_function, "(coro_or_future, *, loop=None)"),
    function("gather", gather_function, "(*coros_or_futures, return_exceptions=False)"),
    async_function("wait", wait, "(fs, *, timeout=None, return_when=None)"),
    async_function("wait_for", wait_for_function, "(fut, timeout)"),
    function("shield", shield_function, "(arg)"),
    function("current_task", current_task_function, "(loop=None)"),
    function("all_tasks", all_tasks_function, "(loop=None)"),
    function("eager_task_factory", eager_task_factory, "(loop, coro, *, name=None, context=None)"),
    function("create_eager_task_factory", create_eager_task_factory, "(custom_task_constructor)"),
    function("_enter_task", enter_task, "(loop, task)"),
    function("_leave_task", leave_task, "(loop, task)"),
    function("_swap_current_task", swap_current_task, "(loop, task)"),
    function("_register_task", register_nothing, "(task)"),
    function("_unregister_task", register_nothing, "(task)"),
};

}  // namespace

Value all_tasks(EventLoop* loop) {
    const Ref<Set> tasks = make_set();
    for (Task* task = g_machine->first_task; task; task = task->next)
        if (task->loop.is(loop) && !task->done() && !set_add(tasks.get(), Value::share(task)))
            return {};
    return tasks;
}

std::span<const NativeMethod> tasks_functions() {
    return kFunctions;
}

void define_tasks_types() {
    NativeTypeSpec eager{"function", sizeof(EagerFactory)};
    eager.slots.destroy = &destroy_native<EagerFactory>;
    eager.slots.call = &call_eager_factory;
    EagerFactory::type = define_type(eager);
}

}  // namespace loopglass::loop
