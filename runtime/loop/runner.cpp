#include "runtime/loop/runner.hpp"

#include "runtime/loop/api.hpp"
#include "runtime/loop/combinators.hpp"
#include "runtime/loop/cycles.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/signals.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {

bool set_event_loop(const Value& loop);  // policy.cpp

namespace {

constexpr int64_t kThreadJoinTimeout = 300;  // constants.THREAD_JOIN_TIMEOUT, seconds

struct Runner : Object {
    static Type* type;
    enum class State : uint8_t { Created, Initialized, Closed };
    State state = State::Created;
    Value debug, loop_factory;  // empty: None
    Value loop, context;
    int64_t interrupts = 0;
    bool set_loop = false;
    explicit Runner(Type* its_type) : Object(its_type) {}
};
Type* Runner::type = nullptr;

Name kShutdownAsyncgens("shutdown_asyncgens"), kRunUntilComplete("run_until_complete"),
    kClose("close"), kSetDebug("set_debug"), kUncancel("uncancel");

[[nodiscard]] bool lazy_init(Runner* runner) {
    if (runner->state == Runner::State::Closed)
        return raise(errors::RuntimeError, "Runner is closed"), false;
    if (runner->state == Runner::State::Initialized) return true;
    if (runner->loop_factory) {
        runner->loop = call(runner->loop_factory);
        if (!runner->loop || !as_loop(runner->loop)) return false;
    } else {
        runner->loop = new_event_loop();
        if (!runner->loop) return false;
        if (!runner->set_loop && !set_event_loop(runner->loop)) return false;
        runner->set_loop = true;
    }
    if (runner->debug && !call_method(runner->loop, kSetDebug, {runner->debug})) return false;
    runner->context = copy_context();
    runner->state = Runner::State::Initialized;
    return true;
}

// runners._cancel_all_tasks, in the order in which the tasks were made.
[[nodiscard]] bool cancel_all_tasks(EventLoop* loop) {
    std::vector<Value> tasks;
    for (Task* task = g_machine->first_task; task; task = task->next)
        if (task->loop.is(loop) && !task->done()) tasks.push_back(Value::share(task));
    if (tasks.empty()) return true;
    if (!ruled(Rule::RunWaitsForTasks))
        for (const Value& task : tasks)
            if (cancel(task) < 0) return false;
    const RunFrame frame(make_list(tasks));
    const Value all = gather(tasks, true);
    if (!all || !loop->run_until_complete(all, trace::LoopEntry::RunUntilComplete)) return false;
    for (const Value& value : tasks) {
        auto* task = cast<Task>(value);
        if (task->cancelled() || !task->failed) continue;
        task->log_traceback = false;
        if (!loop->call_exception_handler(
                error_context("unhandled exception during asyncio.run() shutdown",
                              {{"exception", task->outcome}, {"task", value}})))
            return false;
    }
    return true;
}

[[nodiscard]] bool run_shutdown(EventLoop* loop, const char* method_name,
                                std::initializer_list<Value> arguments) {
    const Value coroutine = call_method_named(Value::share(loop), method_name, arguments, {});
    // A task of the runtime's own: pictures leave it out.
    const Value task =
        coroutine ? ensure_future(coroutine, loop, trace::TaskOrigin::Runtime) : Value{};
    if (task && is<Task>(task)) cast<Task>(task)->log_destroy_pending = false;
    return task && loop->run_until_complete(task, trace::LoopEntry::RunUntilComplete);
}

[[nodiscard]] bool close(Runner* runner) {
    if (runner->state != Runner::State::Initialized) return true;
    const Value keep = runner->loop;
    auto* loop = cast<EventLoop>(keep);
    bool fine = cancel_all_tasks(loop) && run_shutdown(loop, "shutdown_asyncgens", {}) &&
                run_shutdown(loop, "shutdown_default_executor", {Value::small(kThreadJoinTimeout)});
    if (abandoning()) return false;
    {
        const Finally finally;
        if (runner->set_loop && !set_event_loop(none())) return false;
        loop->close();
        runner->loop = {};
        runner->state = Runner::State::Closed;
    }
    return fine;
}

Value on_sigint(NativeCallback* self, const Value&) {
    auto* runner = cast<Runner>(self->data[0]);
    ++runner->interrupts;
    if (runner->interrupts == 1 && is_done(self->data[1]) == 0) {
        if (cancel(self->data[1]) < 0) return {};
        cast<EventLoop>(runner->loop)->write_to_self();
        return none();
    }
    return raise_with(errors::KeyboardInterrupt, {});
}

[[nodiscard]] Value run_in(Runner* runner, const Value& coroutine, const Value& context) {
    if (!is_coroutine(coroutine))
        return raise(errors::ValueError, "a coroutine was expected, got " + repr_of(coroutine));
    if (g_running_loop && !g_machine->nested_runs)
        return raise_misuse("Runner.run() cannot be called from a running event loop");
    if (!lazy_init(runner)) {
        keep_with_raised(coroutine);
        return {};
    }
    auto* loop = cast<EventLoop>(runner->loop);
    TaskOptions options;
    options.context = given(context) ? context : runner->context;
    options.origin = trace::TaskOrigin::Main;
    options.place = "runners.py:100";
    const Value task = create_task(loop, coroutine, options);
    if (!task) return {};

    const bool main_thread = g_machine->current() == g_machine->main_thread();
    Value on_interrupt;
    if (main_thread && signal_is_default(kSigInt)) {
        on_interrupt =
            make_callback(&on_sigint, "Runner._on_sigint", nullptr, Value::share(runner), task);
        set_signal_handler(kSigInt, on_interrupt);
    }
    runner->interrupts = 0;
    Value result = loop->run_until_complete(task, trace::LoopEntry::Run);
    if (abandoning()) return {};
    if (on_interrupt && signal_handler(kSigInt).is(on_interrupt)) set_signal_handler(kSigInt, {});
    if (!result && raised_is(errors::CancelledError) && runner->interrupts > 0) {
        const Value error = take_raised();
        const Handling handling(error);
        const Value left = call_method(task, kUncancel, {});
        if (!left) return {};
        if (left.is_small() && left.small() == 0) return raise_with(errors::KeyboardInterrupt, {});
        restore_raised(error);
    }
    return result;
}

[[nodiscard]] Runner* self_of(const Value* a) {
    return cast<Runner>(a[0]);
}
Value construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(*, debug=None, loop_factory=None)");
    Value bound[2];
    if (!bind_arguments(*signature, "Runner.__init__", ErrorStyle::Python, args, bound)) return {};
    Ref<Runner> runner = make_as<Runner>(type);
    if (given(bound[0])) runner->debug = bound[0];
    if (given(bound[1])) runner->loop_factory = bound[1];
    return runner;
}
Value enter(const Value* a) {
    return lazy_init(self_of(a)) ? a[0] : Value();
}
Value exit(const Value* a) {
    return result_of(close(self_of(a)));
}
Value close_method(const Value* a) {
    return result_of(close(self_of(a)));
}
Value get_loop(const Value* a) {
    return lazy_init(self_of(a)) ? self_of(a)->loop : Value();
}
Value run_method(const Value* a) {
    return run_in(self_of(a), a[1], a[2]);
}
constexpr NativeMethod kMethods[] = {
    method("__enter__", enter),
    method("__exit__", exit, "(self, exc_type, exc_val, exc_tb)"),
    method("close", close_method),
    method("get_loop", get_loop),
    method("run", run_method, "(self, coro, *, context=None)"),
};

Value run_function(const Value* a) {
    return run(a[0], a[1], a[2]);
}
constexpr NativeMethod kFunctions[] = {
    function("run", run_function, "(main, *, debug=None, loop_factory=None)"),
};

}  // namespace

// asyncio.run as nest_asyncio leaves it: on the current loop, which is not closed afterwards.
[[nodiscard]] static Value run_nested(const Value& main, const Value& debug) {
    const Value current = get_event_loop();
    if (!current) return {};
    auto* loop = cast<EventLoop>(current);
    if (given(debug)) loop->debug = truth(debug) == 1;
    const Value task = ensure_future(main, loop, trace::TaskOrigin::Main);
    if (!task) return {};
    Value result = loop->run_until_complete(task, trace::LoopEntry::Nested);
    if (result || abandoning() || is_done(task) == 1) return result;
    const Finally finally;
    if (cancel(task) < 0) return {};
    if (!loop->run_until_complete(task, trace::LoopEntry::Nested))
        (void)clear_raised_if(errors::CancelledError);
    return {};
}

Value run(const Value& main, const Value& debug, const Value& loop_factory) {
    if (g_machine->nested_runs) return run_nested(main, debug);
    if (g_running_loop) {
        raise_misuse("asyncio.run() cannot be called from a running event loop");
        keep_with_raised(main);
        return {};
    }
    const Ref<Runner> runner = make<Runner>();
    if (given(debug)) runner->debug = debug;
    if (given(loop_factory)) runner->loop_factory = loop_factory;
    if (!lazy_init(runner.get())) return {};
    Value result = run_in(runner.get(), main, {});
    if (abandoning()) return {};
    if (result) return close(runner.get()) ? result : Value();
    const Value exception = take_raised();
    {
        const Handling handling(exception);
        if (!close(runner.get())) return {};
    }
    restore_raised(exception);
    return {};
}

std::span<const NativeMethod> runners_functions() {
    return kFunctions;
}

void define_runner_type() {
    NativeTypeSpec runner{"asyncio.runners.Runner", sizeof(Runner), kBaseType};
    runner.slots.destroy = &destroy_native<Runner>;
    runner.slots.construct = &construct;
    runner.methods = kMethods;
    Runner::type = define_type(runner);
    publish_type("asyncio.runners.Runner", Runner::type);
}

}  // namespace loopglass::loop
