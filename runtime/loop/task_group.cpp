// asyncio.TaskGroup (taskgroups.py, 3.13).
#include <algorithm>

#include "runtime/loop/api.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"

namespace loopglass::loop {

using trace::EventKind;

namespace {

struct TaskGroup : Object {
    static Type* type;
    bool entered = false, exiting = false, aborting = false;
    bool parent_cancel_requested = false;
    Value loop, parent, base_error;
    std::vector<Value> tasks;  // in the order they were made: CPython's is a set
    std::vector<Value> errors;
    Ref<Future> on_completed;
    uint32_t finished = 0;
    trace::GroupId group = 0;
    explicit TaskGroup(Type* its_type) : Object(its_type) {}
};
Type* TaskGroup::type = nullptr;

Name kClose("close"), kUncancel("uncancel"), kCancelling("cancelling");

[[nodiscard]] TaskGroup* self_of(const Value* a) {
    return cast<TaskGroup>(a[0]);
}
[[nodiscard]] bool is_base_error(const Value& exception) {
    return is_exception(exception, errors::SystemExit) ||
           is_exception(exception, errors::KeyboardInterrupt);
}

[[nodiscard]] bool abort_tasks(TaskGroup* group) {
    group->aborting = true;
    const std::vector<Value> tasks = group->tasks;
    for (const Value& task : tasks) {
        const int done = is_done(task);
        if (done < 0 || (!done && cancel(task) < 0)) return false;
    }
    return true;
}

[[nodiscard]] bool on_task_done(TaskGroup* group, const Value& task) {
    std::erase_if(group->tasks, [&](const Value& each) { return each.is(task); });
    ++group->finished;
    if (group->on_completed && group->tasks.empty() && !group->on_completed->done())
        (void)group->on_completed->set_result(boolean(true));
    const int cancelled = is_cancelled(task);
    if (cancelled) return cancelled > 0;
    const Value exception = future_exception(task);
    if (!exception) return false;
    if (is_none(exception)) return true;
    group->errors.push_back(exception);
    if (is_base_error(exception) && !group->base_error) group->base_error = exception;
    const int parent_done = is_done(group->parent);
    if (parent_done < 0) return false;
    if (parent_done)
        return cast<EventLoop>(group->loop)
            ->call_exception_handler(
                error_context(cat("Task ", repr_of(task), " has errored out but its parent task ",
                                  repr_of(group->parent), " is already completed"),
                              {{"exception", exception}, {"task", task}}));
    if (group->aborting || group->parent_cancel_requested) return true;
    if (ruled(Rule::GroupLetsSiblingsFinish)) return true;
    if (!abort_tasks(group)) return false;
    group->parent_cancel_requested = true;
    return cancel(group->parent) >= 0;
}

Value task_done_callback(NativeCallback* self, const Value& task) {
    return result_of(on_task_done(cast<TaskGroup>(self->data[0]), task));
}

[[nodiscard]] int64_t number_from(const Value& task, Str* name) {
    const Value answer = value::call_method(task, name);
    int64_t number = -1;
    return answer && int_value(answer, number) ? number : -1;
}

// Waits until no child is left; a cancellation meanwhile aborts them, and is kept in `propagate`.
[[nodiscard]] bool wait_for_children(TaskGroup* group, Value& propagate) {
    while (!group->tasks.empty() && !ruled(Rule::GroupDoesNotWait)) {
        if (!group->on_completed)
            group->on_completed = create_future(cast<EventLoop>(group->loop), "task group");
        const Ref<Future> completed = group->on_completed;
        if (!await_future(completed.get(), trace::AwaitKind::TaskGroup, group->group)) {
            if (abandoning() || !raised_is(errors::CancelledError)) return false;
            const Value error = take_raised();
            if (!group->aborting) {
                propagate = error;
                const Handling handling(error);
                if (!abort_tasks(group)) return false;
            }
        }
        group->on_completed = {};
    }
    return true;
}

void record_end(const TaskGroup* group) {
    emit(EventKind::GroupDone, group->group, 0, group->finished,
         !group->errors.empty() ? trace::Outcome::Exception : trace::Outcome::Result);
}

[[nodiscard]] Value raise_errors(TaskGroup* group) {
    const int64_t requests = number_from(group->parent, kCancelling);
    if (requests < 0) return {};
    if (requests > 0 && (number_from(group->parent, kUncancel) < 0 || cancel(group->parent) < 0))
        return {};
    Ref<List> list = make_list(std::exchange(group->errors, {}));
    const Value error = call(Value::share(errors::BaseExceptionGroup),
                             make_str("unhandled errors in a TaskGroup"), list);
    if (!error) return {};
    raise_value(error);
    cast<Exception>(error)->cause = {};
    cast<Exception>(error)->suppress_context = true;
    keep_with_raised(error);  // `me` of the frame of __aexit__
    return {};
}

// TaskGroup.__aexit__(et, exc, tb).
Value aexit(const Value* a) {
    if (abandoning()) return {};
    TaskGroup* group = self_of(a);
    const Value& exception = a[2];
    const bool failed = given(exception);
    const bool was_cancelled = failed && is_exception(exception, errors::CancelledError);
    group->exiting = true;
    if (failed && is_base_error(exception) && !group->base_error) group->base_error = exception;
    Value propagate = was_cancelled ? exception : Value();
    if (failed && !group->aborting && !abort_tasks(group)) return {};
    if (!wait_for_children(group, propagate)) return {};
    if (group->base_error) return raise_value(group->base_error);
    if (group->parent_cancel_requested) {
        const int64_t left = number_from(group->parent, kUncancel);
        if (left < 0) return {};
        if (left == 0) propagate = {};
    }
    if (failed && !was_cancelled && !(propagate && group->errors.empty()))
        group->errors.push_back(exception);
    record_end(group);
    if (propagate && group->errors.empty()) {
        raise_value(propagate);
        keep_with_raised(propagate);  // its frame holds it
        return {};
    }
    return group->errors.empty() ? none() : raise_errors(group);
}

Value aenter(const Value* a) {
    TaskGroup* group = self_of(a);
    if (group->entered)
        return raise(errors::RuntimeError,
                     cat("TaskGroup ", repr_of(a[0]), " has already been entered"));
    EventLoop* loop = get_running_loop();
    if (!loop) return {};
    if (!group->loop) group->loop = g_running_loop;
    group->parent = loop->current_task;
    if (!group->parent)
        return raise(errors::RuntimeError,
                     cat("TaskGroup ", repr_of(a[0]), " cannot determine the parent task"));
    group->entered = true;
    group->group = g_machine->recording.new_group();
    emit(EventKind::GroupCreated, group->group, g_task_id, 0, trace::GroupType::TaskGroup);
    return a[0];
}

[[nodiscard]] Value refuse(const Value& coroutine, const Value& self, const char* why) {
    if (!call_method(coroutine, kClose, {})) return {};
    return raise(errors::RuntimeError, cat("TaskGroup ", repr_of(self), why));
}

Value create_task_method(const Value* a) {
    TaskGroup* group = self_of(a);
    if (!group->entered) return refuse(a[1], a[0], " has not been entered");
    if (group->exiting && group->tasks.empty()) return refuse(a[1], a[0], " is finished");
    if (group->aborting) return refuse(a[1], a[0], " is shutting down");
    TaskOptions options;
    options.name = a[2];
    options.context = a[3];
    options.origin = trace::TaskOrigin::TaskGroup;
    options.place = given(a[3]) ? "taskgroups.py:175" : "taskgroups.py:173";
    Value task = create_task(cast<EventLoop>(group->loop), a[1], options);
    if (!task) return {};
    if (is<Future>(task)) emit(EventKind::GroupChild, group->group, cast<Future>(task)->id);
    const int done = is_done(task);
    if (done < 0) return {};
    if (done) return on_task_done(group, task) ? task : Value();
    group->tasks.push_back(task);
    const Value callback =
        make_callback(&task_done_callback, "TaskGroup._on_task_done", nullptr, a[0]);
    if (is_plain(task))
        (void)cast<Future>(task)->add_done_callback(callback);
    else if (!add_done_callback(task, callback))
        return {};
    return task;
}

Value construct(Type* type, const Args&) {
    return make_as<TaskGroup>(type);
}
bool accept_init(const Value&, const Args&) {
    return true;
}
Value group_repr(const Value& self) {
    const auto* group = cast<TaskGroup>(self);
    std::string text = "<TaskGroup";
    if (!group->tasks.empty()) text += cat(" tasks=", group->tasks.size());
    if (!group->errors.empty()) text += cat(" errors=", group->errors.size());
    if (group->aborting)
        text += " cancelling";
    else if (group->entered)
        text += " entered";
    return make_str(text + ">");
}
Value get_tasks(const Value* a) {
    const Ref<Set> tasks = make_set();
    for (const Value& task : self_of(a)->tasks)
        if (!set_add(tasks.get(), task)) return {};
    return tasks;
}

constexpr NativeMethod kMethods[] = {
    async_method("__aenter__", aenter),
    async_method("__aexit__", aexit, "(self, et, exc, tb)"),
    method("create_task", create_task_method, "(self, coro, *, name=None, context=None)"),
    getter("_tasks", get_tasks),
};

}  // namespace

void define_task_group_type() {
    NativeTypeSpec group{"asyncio.taskgroups.TaskGroup", sizeof(TaskGroup), kBaseType};
    group.slots.destroy = &destroy_native<TaskGroup>;
    group.slots.construct = &construct;
    group.slots.init = &accept_init;
    group.slots.repr = &group_repr;
    group.methods = kMethods;
    group.has_dict = true;
    TaskGroup::type = define_type(group);
    publish_type("asyncio.taskgroups.TaskGroup", TaskGroup::type);
}

}  // namespace loopglass::loop
