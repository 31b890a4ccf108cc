#include "runtime/loop/rules.hpp"

#include <utility>
#include <vector>

#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"

namespace loopglass::loop {

Rule g_rule = Rule::None;

namespace {

// AwaitOverlaps: tasks that a body awaited without waiting for them.
struct Overlapping {
    Resumable* body;
    Value task;
};
std::vector<Overlapping> g_overlapping;

[[nodiscard]] bool is_script_coroutine(const Value& value) {
    if (!is_exact<Coroutine>(value) || !g_code_object) return false;
    const Value code = g_code_object(cast<Coroutine>(value));
    return given(code);
}

// The turn goes round once, unless the await has given it away itself.
[[nodiscard]] Value await_and_yield(const Value& awaitable) {
    const trace::EventIndex turn = g_machine->recording.context();
    Value result = await_plainly(awaitable);
    if (!result || !g_task_id || !current_resumable()) return result;
    if (g_machine->recording.context() != turn) return result;
    g_await_note = {trace::AwaitKind::Yield, 0, true};
    return suspend(none()) ? result : Value();
}

[[nodiscard]] Value await_in_background(const Value& awaitable) {
    EventLoop* loop = running_loop();
    if (!loop || !g_task_id || !is_script_coroutine(awaitable) ||
        cast<Coroutine>(awaitable)->state != Resumable::State::Created)
        return await_plainly(awaitable);
    TaskOptions options;
    options.eager_start = true;
    const Value task = make_task(loop, awaitable, options);
    if (!task) return {};
    if (cast<Task>(task)->done()) return cast<Task>(task)->result();
    g_overlapping.push_back({innermost_resumable(), task});
    return none();
}

}  // namespace

void set_rule(Rule rule) {
    g_rule = rule;
    const std::vector<Overlapping> left = std::exchange(g_overlapping, {});
}

Value await_by_rule(const Value& awaitable) {
    if (g_rule == Rule::AwaitAlwaysYields) return await_and_yield(awaitable);
    if (g_rule == Rule::AwaitOverlaps) return await_in_background(awaitable);
    return await_plainly(awaitable);
}

bool wait_for_overlapping(Resumable* body, bool ended_well) {
    if (!ended_well || !current_resumable()) {
        std::erase_if(g_overlapping, [&](const Overlapping& each) { return each.body == body; });
        return ended_well;
    }
    for (size_t i = 0; i < g_overlapping.size();) {
        if (g_overlapping[i].body != body) {
            ++i;
            continue;
        }
        const Value task = g_overlapping[i].task;
        g_overlapping.erase(g_overlapping.begin() + static_cast<std::ptrdiff_t>(i));
        if (!await_plainly(task)) return false;
        i = 0;
    }
    return true;
}

Value run_at_call(const Value& coroutine) {
    if (!g_task_id || !current_resumable()) return coroutine;
    auto* body = cast<Coroutine>(coroutine);
    Value result = await_plainly(coroutine);
    if (!result) return {};
    return make_coroutine(body->qualname->view(), [result] { return result; });
}

void release_held(Task* task) {
    if (!task->held) return;
    task->held = false;
    task->enqueue_step({}, trace::EnqueueReason::New, g_machine->recording.context());
}

bool cancel_now(Task* task, const Value& message) {
    EventLoop* loop = task->event_loop();
    if (!loop->running || !is_exact<Coroutine>(task->coroutine)) return false;
    const auto* coroutine = cast<Coroutine>(task->coroutine);
    if (coroutine->state != Resumable::State::Created &&
        coroutine->state != Resumable::State::Suspended)
        return false;
    const Value keep = Value::share(task);
    if (const Value waited = task->waiter) {
        if (!is<Future>(waited)) return false;
        (void)cast<Future>(waited)->remove_done_callback(keep);
        task->waiter = {};
        if (loop::cancel(waited, message) < 0) clear_raised();
    }
    loop->ready.remove(task);
    task->held = false;
    task->cancel_message = message;
    return run_nested_step(task, task->make_cancelled_error(), task->request_event);
}

Task* unfinished_child(const Task* task) {
    for (Task* each = g_machine->first_task; each; each = each->next)
        if (each->parent == task->id && each != task && !each->done()) return each;
    return nullptr;
}

}  // namespace loopglass::loop
