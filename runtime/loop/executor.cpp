#include "runtime/loop/executor.hpp"

#include <algorithm>

#include "runtime/loop/api.hpp"
#include "runtime/loop/chain.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/timeouts.hpp"

namespace loopglass::loop {

using trace::EventKind;

Value (*g_import)(std::string_view, std::string_view) = nullptr;

namespace {

Name kSubmit("submit"), kShutdown("shutdown");

// A function on its way through an executor: tells the recording when a thread runs it.
struct Work : Object {
    static Type* type;
    Value function, context;  // context: of asyncio.to_thread, or empty
    Ref<Tuple> args;
    Ref<Dict> kwargs;
    trace::WorkId id = 0;
    trace::EventIndex submitted = trace::kNoEvent;
    VirtualThread* thread = nullptr;  // while it runs
    explicit Work(Type* its_type) : Object(its_type) {}
};
Type* Work::type = nullptr;

[[nodiscard]] Value call_work(const Value& self, const Args&) {
    auto* work = cast<Work>(self);
    if (ruled(Rule::ThreadsOneAtATime) && !take_turn_of_threads()) return {};
    work->thread = g_machine->current();
    const uint32_t thread = work->thread->id;
    emit_because(work->submitted, EventKind::WorkBegan, work->id, thread);
    Value result;
    if (work->context) {
        const EnterContext enter(cast<Context>(work->context));
        if (enter.ok()) result = call_with(work->function, work->args.get(), work->kwargs.get());
    } else {
        result = call_with(work->function, work->args.get(), work->kwargs.get());
    }
    if (ruled(Rule::ThreadsOneAtATime)) pass_turn_of_threads();
    work->thread = nullptr;
    if (!abandoning())
        emit_because(work->submitted, EventKind::WorkEnded, work->id, thread, 0,
                     result ? trace::Outcome::Result : trace::Outcome::Exception);
    return result;
}

[[nodiscard]] Value default_executor(EventLoop* loop) {
    if (loop->executor_shut_down)
        return raise(errors::RuntimeError, "Executor shutdown has been called");
    if (!loop->default_executor) {
        const Value factory =
            g_import ? g_import("concurrent.futures", "ThreadPoolExecutor") : Value();
        if (!factory)
            return raised() ? Value() : raise(errors::RuntimeError, "no thread pool here");
        loop->default_executor =
            call_named(factory, {}, {{"thread_name_prefix", make_str("asyncio")}});
    }
    return loop->default_executor;
}

[[nodiscard]] Value submit(EventLoop* loop, const Value& executor, Ref<Work> work) {
    const Value pool = given(executor) ? executor : default_executor(loop);
    if (!pool) return {};
    trace::Recording& recording = g_machine->recording;
    work->id = recording.new_work();
    std::string name = format_callback_source(work->function, nullptr, false);
    name.resize(std::min(name.find("()"), name.size()));
    work->submitted = emit(EventKind::WorkSubmitted, work->id, recording.text(name));
    const Value submitted = call_method(pool, kSubmit, {work});
    if (!submitted) return {};
    const Value future = wrap_future(submitted, Value::share(loop));
    if (!future || !is<Future>(future)) return future;
    cast<Future>(future)->await_kind = trace::AwaitKind::Thread;
    cast<Future>(future)->await_object = work->id;
    return future;
}

}  // namespace

Value run_in_executor(const Value* a) {
    auto* loop = cast<EventLoop>(a[0]);
    if (!loop->check_closed()) return {};
    Ref<Work> work = make<Work>();
    work->function = a[2];
    work->args = Ref<Tuple>::share(cast<Tuple>(a[3]));
    return submit(loop, a[1], std::move(work));
}

Value set_default_executor(const Value* a) {
    const std::string kind = type_name(a[1]);
    if (!a[1].is_object() || kind.find("PoolExecutor") == std::string::npos) {
        const Value pool =
            g_import ? g_import("concurrent.futures", "ThreadPoolExecutor") : Value();
        const int fits = pool ? is_instance(a[1], pool) : -1;
        if (fits < 0) return {};
        if (!fits) return raise(errors::TypeError, "executor must be ThreadPoolExecutor instance");
    }
    cast<EventLoop>(a[0])->default_executor = a[1];
    return none();
}

namespace {

// BaseEventLoop._do_shutdown, in a thread of its own.
void do_shutdown(const Value& loop_value, const Value& executor, const Ref<Future>& future) {
    auto* loop = cast<EventLoop>(loop_value);
    const bool fine =
        static_cast<bool>(call_method_named(executor, "shutdown", {}, {{"wait", boolean(true)}}));
    if (abandoning()) return;
    const Value error = fine ? Value() : take_raised();
    if (loop->closed) return;
    const auto settle = [](NativeCallback* self, const Value&) -> Value {
        auto* waiting = cast<Future>(self->data[0]);
        if (!self->data[1])
            set_result_unless_cancelled(waiting, none());
        else if (!waiting->done())
            return result_of(waiting->set_exception(self->data[1]));
        return none();
    };
    (void)loop->call_soon_threadsafe(
        make_callback(settle, "_set_result_unless_cancelled", "futures.py:311", future, error),
        make_tuple(size_t{0}));
}

}  // namespace

Value shutdown_default_executor(const Value* a) {
    auto* loop = cast<EventLoop>(a[0]);
    loop->executor_shut_down = true;
    if (!loop->default_executor) return none();
    const Value self = a[0], executor = loop->default_executor;
    const Ref<Future> future = create_future(loop, "executor shutdown");
    VirtualThread* thread =
        g_machine->start_thread("Thread (_do_shutdown)", false,
                                [self, executor, future] { do_shutdown(self, executor, future); });
    if (abandoning()) return raise_abandoned();
    const Ref<Timeout> scope = make_timeout(a[1], trace::GroupType::Timeout);
    if (!scope || !enter_timeout(scope.get())) return {};
    Value result = await_future(future.get());
    result = exit_timeout(scope.get(), std::move(result));
    if (result)
        return g_machine->join(thread) ? none() : (abandoning() ? raise_abandoned() : none());
    if (!raised_is(errors::TimeoutError)) return {};
    clear_raised();
    if (!warn(errors::RuntimeWarning,
              cat("The executor did not finishing joining its threads within ",
                  text_of(or_none(a[1])), " seconds."),
              2))
        return {};
    return call_method_named(executor, "shutdown", {}, {{"wait", boolean(false)}});
}

namespace {

Value to_thread(const Value* a) {
    EventLoop* loop = get_running_loop();
    if (!loop) return {};
    Ref<Work> work = make<Work>();
    work->function = a[0];
    work->args = Ref<Tuple>::share(cast<Tuple>(a[1]));
    work->kwargs = Ref<Dict>::share(cast<Dict>(a[2]));
    work->context = copy_context();
    if (ruled(Rule::ToThreadBlocks))
        return call_with(work->function, work->args.get(), work->kwargs.get());
    const Value future = submit(loop, none(), work);
    if (!future) return {};
    if (ruled(Rule::ToThreadDoesNotWait)) return none();
    Value result = is<Future>(future) ? await_future(cast<Future>(future)) : await(future);
    if (!result && ruled(Rule::CancelStopsThread) && work->thread) stop_thread(work->thread);
    return result;
}
constexpr NativeMethod kThreadsFunctions[] = {
    async_function("to_thread", to_thread, "(func, /, *args, **kwargs)"),
};

}  // namespace

std::span<const NativeMethod> threads_functions() {
    return kThreadsFunctions;
}

void define_executor_types() {
    NativeTypeSpec work{"function", sizeof(Work)};
    work.slots.destroy = &destroy_native<Work>;
    work.slots.call = &call_work;
    Work::type = define_type(work);
}

}  // namespace loopglass::loop
