// EventLoop: asyncio's loop (base_events.py, selector_events.py, unix_events.py of 3.13) on the
// simulated machine. Scripts see it as asyncio.unix_events._UnixSelectorEventLoop.
#pragma once

#include <deque>
#include <string_view>
#include <vector>

#include "runtime/loop/context.hpp"
#include "runtime/loop/handle.hpp"
#include "runtime/loop/library_place.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/timer_heap.hpp"

namespace loopglass::loop {

struct Future;
struct Endpoint;

struct EventLoop : value::Object {
    static value::Type* type;           // _UnixSelectorEventLoop
    static value::Type* abstract_type;  // AbstractEventLoop
    static value::Type* base_type;      // BaseEventLoop

    ReadyQueue ready;
    TimerHeap timers;
    uint64_t timer_sequence = 0;
    int64_t last_sleep_end = 0;  // of a run under Rule::SleepsEndInOrder
    uint32_t cancelled_timers = 0;
    uint32_t iteration = 0;
    bool running = false;  // _thread_id is set
    bool stopping = false;
    bool closed = false;
    bool letting_go =
        false;  // what ran last dies now, outside any task, though the next one has its turn
    bool debug = false;
    bool executor_shut_down = false;
    bool asyncgens_shut_down = false;
    bool woken = false;                  // a byte stands in the self-pipe
    VirtualThread* thread = nullptr;     // that runs it
    VirtualThread* selecting = nullptr;  // that is blocked in its select()
    value::Value current_task;           // Task, or empty
    value::Value task_factory, exception_handler, default_executor;  // empty: None
    double slow_callback_duration = 0.1;
    std::vector<value::Value> asyncgens;  // weak references
    std::deque<Endpoint*> ready_sockets;  // epoll's ready list
    struct Watch {
        int descriptor;
        value::Value reader, writer;  // Handles, or empty
    };
    std::vector<Watch> watches;
    std::vector<std::pair<int64_t, value::Value>> signal_handlers;  // signal number, Handle

    explicit EventLoop(value::Type* its_type) : Object(its_type) {}
    ~EventLoop();

    [[nodiscard]] double time() const { return to_seconds(g_machine->now()); }
    [[nodiscard]] bool check_closed() const;  // false: RuntimeError pending
    [[nodiscard]] bool check_running() const;

    // Scheduling. `args` may be null, `context` empty (a copy of the current one).
    value::Ref<Handle> call_soon(value::Value callback, value::Ref<value::Tuple> args,
                                 value::Value context = {},
                                 trace::HandleKind kind = trace::HandleKind::CallSoon);
    value::Ref<Handle> call_soon_threadsafe(value::Value callback, value::Ref<value::Tuple> args,
                                            value::Value context = {});
    value::Ref<TimerHandle> call_at(int64_t when, value::Value callback,
                                    value::Ref<value::Tuple> args, value::Value context = {},
                                    trace::TimerKind kind = trace::TimerKind::CallAt);
    // What asyncio.sleep waits for: a future that gets its result after `delay` seconds.
    [[nodiscard]] value::Ref<Future> sleep_future(double delay, trace::HandleId& handle);
    // What sleep() does on its way out: cancels the timer, wherever it is.
    void cancel_sleep(Future* future, trace::HandleId handle);
    void write_to_self();

    [[nodiscard]] value::Value run_until_complete(const value::Value& future,
                                                  trace::LoopEntry entry);
    [[nodiscard]] bool run_forever(trace::LoopEntry entry = trace::LoopEntry::RunForever);
    [[nodiscard]] bool run_once();
    void close();

    // The context of CPython's dict: message, exception, future, handle … Never fails, except for
    // KeyboardInterrupt and SystemExit of a custom handler (false and pending).
    bool call_exception_handler(const value::Ref<value::Dict>& context);
    void default_exception_handler(const value::Dict* context);

    // The local variable `handle` of _run_once: what ran last lives until the next one has been
    // taken off the ready queue, and ends outside any task.
    void let_go_of_last(const LibraryPlace& place = kTakesNextHandle) {
        if (!last_item_.target) return;
        if (is_last_owner(last_item_.target) || is_last_owner(last_item_.argument))
            return end_last(place);
        last_item_.target = {};
        last_item_.argument = {};
        last_item_.context = {};
    }

private:
    void record_what_is_left();  // as it is closed: what will never run
    friend class ByHand;
    [[nodiscard]] static bool is_last_owner(const value::Value& value) {
        return value.is_object() && value.object()->refs == 1;
    }
    void end_last(const LibraryPlace& place);
    [[nodiscard]] bool run_item(ReadyItem& item);
    [[nodiscard]] bool run_callback(ReadyItem& item);
    [[nodiscard]] bool run_watched(ReadyItem& item);  // debug mode: says what took long
    ReadyItem last_item_;
    void select(int64_t timeout);
    void drop_dead_timers();
    void fetch_later_timers() const;
    void take_due_timers();
    [[nodiscard]] trace::TextId callback_text(const value::Value& callback);

    value::Value last_name_;  // the __qualname__ that callback_text() saw last
    trace::TextId last_name_text_ = 0;
};

// The running loop of this thread; null, without an exception, if there is none.
[[nodiscard]] inline EventLoop* running_loop() {
    return value::cast<EventLoop>(g_running_loop);
}
// asyncio.get_running_loop(): null with RuntimeError pending.
[[nodiscard]] EventLoop* get_running_loop();
// events._get_event_loop / get_event_loop(): the running one, or the policy's.
[[nodiscard]] value::Value get_event_loop();
[[nodiscard]] value::Ref<EventLoop> new_event_loop();
// What the default policy makes: a new loop, announced to the asyncio logger.
[[nodiscard]] value::Ref<EventLoop> make_event_loop();
// What a `loop` argument means: itself if it is an EventLoop; null and TypeError otherwise.
[[nodiscard]] EventLoop* as_loop(const value::Value& loop);

// A context dict for call_exception_handler.
[[nodiscard]] value::Ref<value::Dict> error_context(
    std::string_view message, std::initializer_list<std::pair<const char*, value::Value>> entries);

}  // namespace loopglass::loop
