// Task: a Future that drives a coroutine (asyncio/tasks.py, 3.13).
#pragma once

#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/future.hpp"
#include "runtime/value/native.hpp"

namespace loopglass::loop {

struct Task : Future {
    static value::Type* type;

    value::Value coroutine;
    value::Value context;  // Context
    value::Value name;     // str, made when first asked for
    value::Value waiter;   // _fut_waiter: the future it is blocked on, or empty
    uint64_t number = 0;   // N of Task-N; 0: has a name of its own
    int32_t cancel_requests = 0;
    bool must_cancel = false;
    bool log_destroy_pending = true;
    bool held = false;           // a rule keeps it from beginning
    bool delivering = false;     // a CancelledError is inside the coroutine: see CancelSwallowed
    trace::TaskId parent = 0;    // who had the turn when it was made
    value::Value first_awaited;  // Rule::AwaitWaitsForAll: whose result it gets in the end
    trace::EventIndex request_event = trace::kNoEvent;  // the latest CancelRequested
    trace::EventIndex delivery_event = trace::kNoEvent;
    Task* previous = nullptr;  // among all live tasks of the machine
    Task* next = nullptr;

    Task(value::Type* its_type, EventLoop* its_loop) : Future(its_type, its_loop) {}
    ~Task();

    [[nodiscard]] bool cancel(value::Value message);
    [[nodiscard]] value::Str* get_name();
    // Runs one step in the task's context. False and pending: KeyboardInterrupt or SystemExit left
    // the coroutine.
    [[nodiscard]] bool step(value::Value exception, trace::EventIndex cause);
    [[nodiscard]] bool wakeup(const value::Value& future, trace::EventIndex cause);
    void wait_on(Task* other, trace::EventIndex cause);
    void enqueue_step(value::Value exception, trace::EnqueueReason reason, trace::EventIndex cause);
};

struct TaskOptions {
    value::Value name;     // empty: Task-N
    value::Value context;  // empty: a copy of the current one
    bool eager_start = false;
    const char* place = nullptr;  // in asyncio's source, for "created at"; null: the script's line
    trace::TaskOrigin origin = trace::TaskOrigin::CreateTask;
};
// Task(coro, loop=loop, ...): empty and pending on error.
[[nodiscard]] value::Value make_task(EventLoop* loop, const value::Value& coroutine,
                                     const TaskOptions& options);
// loop.create_task, with its task factory.
[[nodiscard]] value::Value create_task(EventLoop* loop, const value::Value& coroutine,
                                       const TaskOptions& options);
[[nodiscard]] value::Value create_task_plainly(EventLoop* loop, const value::Value& coroutine,
                                               const TaskOptions& options);
// asyncio.ensure_future.
[[nodiscard]] value::Value ensure_future(
    const value::Value& awaitable, EventLoop* loop,
    trace::TaskOrigin origin = trace::TaskOrigin::EnsureFuture);
[[nodiscard]] bool is_coroutine(const value::Value& value);  // asyncio.iscoroutine
[[nodiscard]] bool is_coroutine_function(const value::Value& value);

[[nodiscard]] Task* current_task();  // of the running loop; null if none
// The task that waits, in locks and timeouts; null and RuntimeError if there is none.
[[nodiscard]] value::Value all_tasks(EventLoop* loop);  // a set, in order of creation
[[nodiscard]] inline trace::TaskId task_id(const Task* task) {
    return task ? task->id : 0;
}

// One step inside the step of another task. False and pending: as Task::step.
[[nodiscard]] bool run_nested_step(Task* task, value::Value exception, trace::EventIndex cause);

// Task.__init__ on memory that may be a script's subclass. False and pending on error.
[[nodiscard]] bool initialise_task(Task* task, EventLoop* loop, const value::Value& coroutine,
                                   const TaskOptions& options);
// Its __qualname__, for people.
[[nodiscard]] std::string coroutine_name(const value::Value& coroutine);
// What Task's repr says, and what happens when the last reference to one drops.
[[nodiscard]] std::string task_info(const Task* task);
[[nodiscard]] std::string format_coroutine(const value::Value& coroutine);
void task_dropped(Task* task);
// Called while a task still has the turn and is about to give it back, at an await or at its end.
// Set by whoever records lines; null: nobody wants to know.
extern void (*g_turn_end_hook)(Task* task);
// What a dropped future reports before it goes; true if somebody kept it.
[[nodiscard]] bool revived_by_report(Future* future);
// Slots::destroy of Future, Task and native classes derived from them.
template <typename T>
void destroy_future(value::Object* object) {
    if (!revived_by_report(static_cast<T*>(object))) value::destroy_native<T>(object);
}

// The end of a program: tasks that only reference cycles keep are pending for ever. CPython's last
// collection reports them; so does this.
void report_leftover_tasks();

// The task whose wakeup a callback is, as futures of a script's own class are given it; or empty.
[[nodiscard]] value::Value waiting_task(const value::Value& callback);

// The line a suspended coroutine will go on at; 0 if unknown.
[[nodiscard]] uint32_t line_of(const value::Value& coroutine);

}  // namespace loopglass::loop
