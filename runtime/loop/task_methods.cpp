// Task as scripts see it: the class _asyncio.Task, its repr, what happens when one is dropped.
#include <algorithm>

#include "runtime/loop/cycles.hpp"
#include "runtime/loop/debug.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::loop {

using trace::EventKind;

Type* Task::type = nullptr;

namespace {

Name kQualname("__qualname__"), kName("__name__"), kCrCode("cr_code"), kGiCode("gi_code"),
    kCrFrame("cr_frame"), kGiFrame("gi_frame"), kFilename("co_filename"),
    kFirstLine("co_firstlineno"), kLine("f_lineno"), kRunning("cr_running"), kBack("f_back"),
    kSend("send"), kThrow("throw"), kClose("close"), kAwait("__await__");

// getattr(object, name, None), errors swallowed.
[[nodiscard]] Value peek(const Value& object, Str* name) {
    Value found = find_attribute(object, name);
    if (!found) clear_raised();
    return given(found) ? found : Value();
}

}  // namespace

bool is_coroutine(const Value& value) {
    if (is_exact<Coroutine>(value)) return true;
    if (!value.is_object() || type_name(value) == "generator" || value.type()->has(kTypeSubclass))
        return false;
    for (Str* name : {kSend.get(), kThrow.get(), kClose.get(), kAwait.get()})
        if (!type_lookup(value.type(), name)) return false;
    return true;
}

std::string coroutine_name(const Value& coroutine) {
    if (is_exact<Coroutine>(coroutine)) {
        const auto* self = cast<Coroutine>(coroutine);
        return self->qualname ? std::string(self->qualname->view()) : std::string("?");
    }
    for (Str* name : {kQualname.get(), kName.get()})
        if (const Value found = peek(coroutine, name)) return text_of(found);
    return cat("<", type_name(coroutine), " without __name__>");
}

// Where CPython's asyncio defines the async functions that are native here, and awaits in them.
struct LibraryCoroutine {
    std::string_view qualname;
    const char* file;
    int defined, awaits;
};
constexpr LibraryCoroutine kLibraryPlaces[] = {
    {"sleep", "tasks.py", 703, 718},
    {"wait_for", "tasks.py", 459, 507},
    {"wait", "tasks.py", 424, 451},
    {"_AsCompletedIterator._wait_for_one", "tasks.py", 626, 630},
    {"to_thread", "threads.py", 12, 25},
    {"Lock.acquire", "locks.py", 90, 110},
    {"Event.wait", "locks.py", 200, 213},
    {"Condition.wait", "locks.py", 248, 272},
    {"Condition.wait_for", "locks.py", 303, 313},
    {"Semaphore.acquire", "locks.py", 386, 407},
    {"Barrier.wait", "locks.py", 511, 527},
    {"Queue.put", "queues.py", 125, 139},
    {"Queue.get", "queues.py", 172, 186},
    {"Queue.join", "queues.py", 242, 251},
};

// " running at …" of a native coroutine; empty if CPython has no such function.
[[nodiscard]] std::string library_place(const Value& coroutine, std::string_view qualname) {
    if (!is_exact<Coroutine>(coroutine)) return {};
    const Resumable::State state = cast<Coroutine>(coroutine)->state;
    for (const LibraryCoroutine& row : kLibraryPlaces) {
        if (row.qualname != qualname) continue;
        const bool closed = state == Resumable::State::Closed;
        const int line = closed || state == Resumable::State::Created ? row.defined : row.awaits;
        return cat(closed ? " done, defined at " : " running at ", "<lib>/asyncio/", row.file, ":",
                   line);
    }
    return {};
}

// coroutines._format_coroutine (3.13).
std::string format_coroutine(const Value& coroutine) {
    const std::string name = coroutine_name(coroutine) + "()";
    Value code = peek(coroutine, kCrCode);
    if (!code) code = peek(coroutine, kGiCode);
    if (!code) {
        const std::string place = library_place(coroutine, coroutine_name(coroutine));
        if (!place.empty()) return name + place;
        const Value running = peek(coroutine, kRunning);
        return running && truth(running) == 1 ? name + " running" : name;
    }
    const std::string file = text_of(peek(code, kFilename));
    Value frame = peek(coroutine, kGiFrame);
    if (!frame) frame = peek(coroutine, kCrFrame);
    if (frame) return cat(name, " running at ", file, ":", text_of(peek(frame, kLine)));
    return cat(name, " done, defined at ", file, ":", text_of(peek(code, kFirstLine)));
}

// base_tasks._task_repr_info, joined.
std::string task_info(const Task* task) {
    std::string info = future_info(task);
    const size_t state_end = info.find(' ');
    std::string state = info.substr(0, state_end);
    const std::string rest = state_end == std::string::npos ? "" : info.substr(state_end);
    if (task->cancel_requests > 0 && !task->done()) state = "cancelling";
    std::string text =
        cat(state, " name=", repr_of(Value::share(const_cast<Task*>(task)->get_name())));
    if (given(task->coroutine)) text += cat(" coro=<", format_coroutine(task->coroutine), ">");
    if (task->waiter) text += " wait_for=" + repr_of(task->waiter);
    return text + rest;
}

// Task.__del__.
void task_dropped(Task* task) {
    if (task->state != Future::State::Pending || !task->log_destroy_pending || !task->loop ||
        !task->coroutine)
        return;
    task->log_destroy_pending = false;
    ++task->refs;
    const Value pending = take_raised();
    {
        const Value self = Value::share(task);
        emit(EventKind::TaskDestroyedPending, task->id);
        auto context = error_context("Task was destroyed but it is pending!", {{"task", self}});
        add_source_traceback(context, task);
        task->event_loop()->call_exception_handler(context);
    }
    clear_raised();
    if (pending) restore_raised(pending);
    --task->refs;
}

void report_leftover_tasks() {
    std::vector<Value> left;
    for (Task* task = g_machine->first_task; task; task = task->next)
        if (!task->loop || task->event_loop()->closed || !policy_holds(task->event_loop()))
            left.push_back(Value::share(task));
    for (const Value& task : left) task_dropped(cast<Task>(task));
}

// Does the future it waits for know it, as one to wake?
[[nodiscard]] static bool is_known_to_waiter(const Task* task) {
    if (!is<Future>(task->waiter)) return false;
    const auto* future = cast<Future>(task->waiter);
    return future->first.callable.is(task) ||
           std::any_of(future->more.begin(), future->more.end(),
                       [&](const Future::Callback& each) { return each.callable.is(task); });
}

void collect_lost_tasks() {
    static const Name close("close");
    if (!g_machine) return;
    std::vector<Value> lost;
    for (Task* task = g_machine->first_task; task; task = task->next)
        if (task->state == Future::State::Pending && task->loop && task->event_loop()->closed &&
            task->refs == 1 && given(task->coroutine) && is_known_to_waiter(task))
            lost.push_back(Value::share(task));
    for (const Value& task : lost) {
        const Value coroutine = cast<Task>(task)->coroutine;
        if (!call_method(coroutine, close)) value::write_unraisable(take_raised(), coroutine);
        task_dropped(cast<Task>(task));
    }
}

namespace {

[[nodiscard]] Task* self_of(const Value* a) {
    return cast<Task>(a[0]);
}

Value task_construct(Type* type, const Args&) {
    Ref<Task> task = make_as<Task>(type, nullptr);
    task->log_destroy_pending = false;  // until __init__ has run
    return task;
}

const Signature* init_signature() {
    static const Signature* signature =
        parse_signature("(coro, *, loop=None, name=None, context=None, eager_start=False)");
    return signature;
}

bool task_init(const Value& self, const Args& args) {
    Value bound[5];
    if (!bind_arguments(*init_signature(), "Task", ErrorStyle::C, args, bound)) return false;
    Value loop = bound[1];
    if (!given(loop)) loop = get_event_loop();
    if (!loop || !as_loop(loop)) return false;
    TaskOptions options;
    options.name = bound[2];
    options.context = bound[3];
    const int eager = bound[4] ? truth(bound[4]) : 0;
    if (eager < 0) return false;
    options.eager_start = eager;
    if (eager) options.origin = trace::TaskOrigin::Eager;
    auto* task = cast<Task>(self);
    task->log_destroy_pending = true;
    return initialise_task(task, cast<EventLoop>(loop), bound[0], options);
}

Value get_coro(const Value* a) {
    return or_none(self_of(a)->coroutine);
}
Value get_context(const Value* a) {
    return or_none(self_of(a)->context);
}
Value get_name(const Value* a) {
    return Value::share(self_of(a)->get_name());
}
Value set_name(const Value* a) {
    const Ref<Str> text = str(a[1]);
    if (!text) return {};
    self_of(a)->name = text;
    return none();
}
Value set_result(const Value*) {
    return raise(errors::RuntimeError, "Task does not support set_result operation");
}
Value set_exception(const Value*) {
    return raise(errors::RuntimeError, "Task does not support set_exception operation");
}
Value cancel_method(const Value* a) {
    return boolean(self_of(a)->cancel(given(a[1]) ? a[1] : Value()));
}
Value cancelling(const Value* a) {
    return make_int(self_of(a)->cancel_requests);
}
Value uncancel(const Value* a) {
    Task* task = self_of(a);
    if (task->cancel_requests > 0) {
        --task->cancel_requests;
        if (task->cancel_requests == 0) task->must_cancel = false;
        emit(EventKind::Uncancelled, task->id, 0, static_cast<uint32_t>(task->cancel_requests));
    }
    return make_int(task->cancel_requests);
}

// base_tasks._task_get_stack (3.13).
[[nodiscard]] Ref<List> stack_of(Task* task, int64_t limit) {
    Ref<List> frames = make_list();
    Value frame = peek(or_none(task->coroutine), kCrFrame);
    if (!frame) frame = peek(or_none(task->coroutine), kGiFrame);
    if (frame) {
        for (; frame && limit > 0; frame = peek(frame, kBack), --limit)
            frames->items.push_back(frame);
        std::reverse(frames->items.begin(), frames->items.end());
    } else if (task->failed) {
        static Name kNext("tb_next"), kFrame("tb_frame");
        Value traceback = seen_from(cast<Exception>(task->outcome)->traceback);
        for (; traceback && limit > 0; traceback = peek(traceback, kNext), --limit)
            frames->items.push_back(peek(traceback, kFrame));
    }
    return frames;
}
[[nodiscard]] bool read_limit(const Value& argument, int64_t& limit) {
    limit = INT64_MAX;
    return !given(argument) || to_index(argument, limit);
}
Value get_stack(const Value* a) {
    int64_t limit;
    return read_limit(a[1], limit) ? Value(stack_of(self_of(a), limit)) : Value();
}
Value print_stack(const Value* a) {
    int64_t limit;
    if (!read_limit(a[1], limit)) return {};
    Task* task = self_of(a);
    const Ref<List> frames = stack_of(task, limit);
    const std::string self = repr_of(a[0]);
    std::string text = frames->items.empty() ? cat("No stack for ", self, "\n")
                       : task->failed ? cat("Traceback for ", self, " (most recent call last):\n")
                                      : cat("Stack for ", self, " (most recent call last):\n");
    static Name kFCode("f_code"), kCoName("co_name");
    for (const Value& frame : frames->items) {
        const Value code = peek(frame, kFCode), line = peek(frame, kLine);
        text += cat("  File \"", text_of(peek(code, kFilename)), "\", line ", text_of(line),
                    ", in ", text_of(peek(code, kCoName)), "\n");
        int64_t number = 0;
        // The evaluator's own class stands on Code, not under it.
        const bool known = code && code.is_object() && code.type()->name->view() == "code";
        const auto* compiled = known ? cast<Code>(code) : nullptr;
        if (!compiled || !compiled->source_line || !int_value(line, number)) continue;
        const std::string_view source =
            compiled->source_line(compiled, static_cast<uint32_t>(number));
        const size_t start = source.find_first_not_of(" \t");
        if (start != std::string_view::npos) text += cat("    ", source.substr(start), "\n");
    }
    if (task->failed) {
        const std::string message = text_of(task->outcome);
        text +=
            cat(task->outcome.type()->qualname->view(), message.empty() ? "" : ": ", message, "\n");
    }
    if (given(a[2])) return call_method_named(a[2], "write", {make_str(text)}, {});
    g_machine->write(trace::Stream::Stderr, text);
    return none();
}

Value get_waiter(const Value* a) {
    return or_none(self_of(a)->waiter);
}
Value get_must_cancel(const Value* a) {
    return boolean(self_of(a)->must_cancel);
}
Value get_log_destroy(const Value* a) {
    return boolean(self_of(a)->log_destroy_pending);
}
Value set_log_destroy(const Value* a) {
    const int on = a[1] ? truth(a[1]) : 0;
    if (on < 0) return {};
    self_of(a)->log_destroy_pending = on;
    return none();
}

constexpr NativeMethod kMethods[] = {
    {"get_coro", get_coro},
    {"get_context", get_context},
    {"get_name", get_name},
    {"set_name", set_name, "(self, value, /)"},
    {"set_result", set_result, "(self, result, /)"},
    {"set_exception", set_exception, "(self, exception, /)"},
    {"cancel", cancel_method, "(self, /, msg=None)"},
    {"cancelling", cancelling},
    {"uncancel", uncancel},
    {"get_stack", get_stack, "(self, /, *, limit=None)"},
    {"print_stack", print_stack, "(self, /, *, limit=None, file=None)"},
    getter("_coro", get_coro),
    getter("_fut_waiter", get_waiter),
    getter("_must_cancel", get_must_cancel),
    getter("_log_destroy_pending", get_log_destroy),
    setter("_log_destroy_pending", set_log_destroy),
};

}  // namespace

void define_task_type() {
    NativeTypeSpec task{"_asyncio.Task", sizeof(Task), kBaseType};
    task.base = Future::type;
    task.slots.destroy = &destroy_future<Task>;
    task.slots.construct = &task_construct;
    task.slots.init = &task_init;
    task.methods = kMethods;
    task.flags |= kDottedName;
    Task::type = define_type(task);
}

}  // namespace loopglass::loop
