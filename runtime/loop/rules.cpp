#include "runtime/loop/rules.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "runtime/loop/exceptions.hpp"
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

// ThreadsOneAtATime: who stands in line for the one turn there is.
bool g_thread_runs = false;
std::vector<VirtualThread*> g_threads_in_line;

// The first task there is.
constexpr trace::TaskId kMainTask = 1;

// CancelStopsThread: threads that have not noticed yet.
std::vector<VirtualThread*> g_stopped;

// FailureInterruptsMain: what main is to hear of.
Value g_failure;

// WaitsShareTheirTime: the most timers that ran at the same time.
size_t g_most_waits = 0;

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

[[nodiscard]] Value await_without_waiting(const Value& awaitable) {
    if (is<Task>(awaitable) && !cast<Task>(awaitable)->done()) return none();
    EventLoop* loop = running_loop();
    if (!loop || !g_task_id || !is_script_coroutine(awaitable) ||
        cast<Coroutine>(awaitable)->state != Resumable::State::Created)
        return await_plainly(awaitable);
    return make_task(loop, awaitable, {}) ? none() : Value();
}

// Where main hears of a failure, it is as if it had been raised there.
[[nodiscard]] Value await_interrupted(const Value& awaitable) {
    Value result = await_plainly(awaitable);
    if (result || abandoning() || !g_failure || g_task_id != kMainTask) return result;
    if (!raised_is(errors::CancelledError)) return result;
    clear_raised();
    restore_raised(std::exchange(g_failure, {}));
    return {};
}

}  // namespace

void interrupt_main(const Value& exception) {
    if (g_failure) return;
    for (Task* each = g_machine->first_task; each; each = each->next) {
        if (each->id != kMainTask || each->done() || each->id == g_task_id) continue;
        g_failure = exception;
        (void)each->cancel({});
        return;
    }
}

void set_rule(Rule rule) {
    g_rule = rule;
    g_thread_runs = false;
    g_threads_in_line.clear();
    g_stopped.clear();
    g_most_waits = 0;
    g_failure = {};
    const std::vector<Overlapping> left = std::exchange(g_overlapping, {});
}

Value await_by_rule(const Value& awaitable) {
    if (g_rule == Rule::AwaitAlwaysYields) return await_and_yield(awaitable);
    if (g_rule == Rule::AwaitOverlaps) return await_in_background(awaitable);
    if (g_rule == Rule::AwaitDoesNotWait) return await_without_waiting(awaitable);
    if (g_rule == Rule::FailureInterruptsMain) return await_interrupted(awaitable);
    if (g_rule == Rule::FailureIsSilent && is<Task>(awaitable)) {
        Value result = await_plainly(awaitable);
        if (!result && !abandoning() && raised_is(errors::Exception)) {
            clear_raised();
            return none();
        }
        return result;
    }
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

Value start_at_call(const Value& coroutine) {
    EventLoop* loop = running_loop();
    return loop && g_task_id ? make_task(loop, coroutine, {}) : coroutine;
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

Value begin_in_background(std::string_view name, std::function<Value()> body) {
    EventLoop* loop = get_running_loop();
    if (!loop) return {};
    TaskOptions options;
    options.name = make_str(name);
    return make_task(loop, make_coroutine(name, std::move(body)), options);
}

bool take_turn_of_threads() {
    while (g_thread_runs && !abandoning()) {
        g_threads_in_line.push_back(g_machine->current());
        (void)g_machine->block();
    }
    g_thread_runs = true;
    return !abandoning() || (raise_abandoned(), false);
}

void pass_turn_of_threads() {
    g_thread_runs = false;
    if (g_threads_in_line.empty()) return;
    VirtualThread* next = g_threads_in_line.front();
    g_threads_in_line.erase(g_threads_in_line.begin());
    g_machine->make_ready(next);
}

// All but main.
[[nodiscard]] static bool is_plain_task(const Task* task) {
    return task->id != kMainTask && !task->done();
}

bool some_task_is_at_work() {
    for (Task* task = g_machine->first_task; task; task = task->next)
        if (is_plain_task(task) && !task->held) return true;
    return false;
}

void begin_next_task() {
    if (some_task_is_at_work()) return;
    for (Task* task = g_machine->first_task; task; task = task->next)
        if (task->held && is_plain_task(task)) return release_held(task);
}

ReadyItem next_by_rule(EventLoop* loop) {
    ReadyQueue& ready = loop->ready;
    if (g_rule == Rule::LastInFirstOut) return ready.pop_last();
    const auto goes_first = [](const ReadyItem& item) {
        using Kind = ReadyItem::Kind;
        if (g_rule == Rule::WokenGoesFirst)
            return item.kind == Kind::Wakeup || item.kind == Kind::SleepEnd ||
                   item.kind == Kind::Callback || is<TimerHandle>(item.target);
        return g_rule == Rule::MainGoesFirst && is<Task>(item.target) &&
               cast<Task>(item.target)->id == kMainTask;
    };
    size_t place = 0;
    while (place < ready.size() && !goes_first(ready[place])) ++place;
    if (place == ready.size()) place = 0;
    ReadyItem chosen;
    const size_t all = ready.size();
    for (size_t i = 0; i < all; ++i) {
        ReadyItem item = ready.pop();
        if (i == place)
            chosen = std::move(item);
        else
            ready.push(std::move(item));
    }
    return chosen;
}

void stop_thread(VirtualThread* thread) {
    g_stopped.push_back(thread);
    g_machine->make_ready(thread);
}

bool sleep_goes_on(VirtualThread* thread) {
    if (abandoning() || std::erase(g_stopped, thread) == 0) return true;
    return raise(errors::CancelledError, ""), false;
}

void hasten_timers(EventLoop* loop) {
    const size_t waits = loop->timers.size();
    g_most_waits = std::max(g_most_waits, waits);
    if (!waits || waits == g_most_waits || !loop->ready.empty()) return;
    const int64_t left = loop->timers.next_when() - g_machine->now();
    if (left <= 0) return;
    const auto share = static_cast<int64_t>(waits) * left / static_cast<int64_t>(g_most_waits);
    std::vector<TimerHeap::Entry> all;
    while (!loop->timers.empty()) all.push_back(loop->timers.pop());
    for (TimerHeap::Entry& entry : all) {
        entry.when -= left - share;
        loop->timers.push(std::move(entry));
    }
}

Task* unfinished_child(const Task* task) {
    for (Task* each = g_machine->first_task; each; each = each->next)
        if (each->parent == task->id && each != task && !each->done()) return each;
    return nullptr;
}

}  // namespace loopglass::loop
