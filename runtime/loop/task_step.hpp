// One run of a task from its resume to its next suspension or end (_asynciomodule.c task_step_impl,
// 3.13). Inline where it surrounds the switch: see resume.hpp.
#pragma once

#include "runtime/loop/context.hpp"
#include "runtime/loop/resume.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::loop {

// The loop's picture of who runs: tasks._enter_task and _leave_task.
class CurrentTask {
public:
    explicit CurrentTask(Task* task)
        : loop_(task->event_loop()),
          outer_(std::exchange(loop_->current_task, value::Value::share(task))),
          outer_id_(std::exchange(g_task_id, task->id)) {}
    ~CurrentTask() {
        loop_->current_task = std::move(outer_);
        g_task_id = outer_id_;
    }
    CurrentTask(const CurrentTask&) = delete;
    CurrentTask& operator=(const CurrentTask&) = delete;

private:
    EventLoop* loop_;
    value::Value outer_;
    trace::TaskId outer_id_;
};

class Step {
public:
    explicit Step(Task* task) : task_(task), recording_(g_machine->recording) {}

    // False and pending: as Task::step.
    [[nodiscard]] bool run(value::Value exception, trace::EventIndex cause);

    // The same where `coroutine`, the task's, waits on its fiber and nothing is thrown into it.
    [[gnu::always_inline]] bool run_on(Coroutine* coroutine, trace::EventIndex cause) {
        begin(coroutine, cause);
        value::Value out;
        const value::Value keep = value::Value::share(coroutine);
        coroutine->transfer = value::none();
        const value::SendResult result = resume_suspended(coroutine, out);
        if (__builtin_expect(g_abandoning, 0)) return false;
        if (result != value::SendResult::Yielded || !value::is_none(out) || task_->delivering)
            return end(result, std::move(out));
        g_await_note = {};
        gave_way(script_line(coroutine->registers.frame, coroutine->frame));
        return true;
    }

private:
    [[gnu::always_inline]] void begin(const Coroutine* coroutine, trace::EventIndex cause) {
        recording_.set_line(script_line(coroutine->registers.frame, coroutine->frame));
        recording_.append_because(cause, trace::EventKind::TaskResumed, task_->id);
        task_->waiter = {};
        task_->event_loop()->let_go_of_last();
    }
    [[nodiscard]] bool end(value::SendResult result, value::Value out);
    void swallowed();
    void ended(trace::EventKind kind, trace::TextId text);
    [[nodiscard]] bool returned(value::Value value);
    [[nodiscard]] bool raised_out();
    void suspended(trace::AwaitKind kind, uint32_t object, uint32_t future);
    void suspended_at(uint32_t line, trace::AwaitKind kind, uint32_t object, uint32_t future);
    void gave_way(uint32_t line);
    void complain(const std::string& message);
    void yielded(const value::Value& result);
    void wait_for(Future* future, const value::Value& result, const AwaitNote& note);
    void wait_for_foreign(const value::Value& result, const AwaitNote& note);
    void fail_next_step();
    void waits_on(const value::Value& result);

    Task* task_;
    trace::Recording& recording_;
    trace::EventIndex last_suspension_ = trace::kNoEvent;
};

// May `task` take its turn by run_on()? If so, its coroutine; null: by Task::step or Task::wakeup.
// `awaited`: the future it waited for, or empty.
[[nodiscard]] inline Coroutine* plain_turn(const Task* task, const value::Value& awaited) {
    if (g_rule != Rule::None || task->done() || task->must_cancel ||
        task->event_loop()->current_task || value::cast<Context>(task->context)->entered ||
        !value::is_exact<Coroutine>(task->coroutine))
        return nullptr;
    if (awaited) {  // its result is looked at as Future::result() does, which has no errors to
                    // raise
        if (!value::is_exact<Future>(awaited) && !value::is_exact<Task>(awaited)) return nullptr;
        const auto* future = value::cast<Future>(awaited);
        if (future->state != Future::State::Finished || future->failed) return nullptr;
    }
    auto* coroutine = value::cast<Coroutine>(task->coroutine);
    return coroutine->state == Resumable::State::Suspended && !coroutine->walk ? coroutine
                                                                               : nullptr;
}

}  // namespace loopglass::loop
