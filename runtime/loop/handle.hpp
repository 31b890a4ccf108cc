// Handle and TimerHandle: callbacks that wait for their turn (asyncio/events.py), and the line
// they wait in for their turn, the ready queue (a ring). That of timers: timer_heap.hpp.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "runtime/loop/context.hpp"
#include "runtime/trace/event.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::loop {

struct EventLoop;

struct Handle : value::Object {
    static value::Type* type;
    value::Value callback;  // None once cancelled
    value::Ref<value::Tuple> args;
    value::Value context;  // Context; empty: one of its own, made when it runs, with these in it
    std::shared_ptr<const Context::Map> variables;
    value::Value loop;              // EventLoop
    value::Value cancelled_repr;    // debug mode: what it was
    value::Value source_traceback;  // debug mode: see debug.hpp
    bool cancelled = false;
    bool waiting =
        true;  // in the heap or on the ready queue: cancelling it still changes something
    trace::HandleId id = 0;
    trace::EventIndex scheduled_by =
        trace::kNoEvent;  // its CallbackScheduled, TimerScheduled or TimerFired
    explicit Handle(value::Type* its_type) : Object(its_type) {}
};

struct TimerHandle : Handle {
    static value::Type* type;
    int64_t when = 0;  // ns of loop time
    uint64_t sequence = 0;
    bool in_heap = false;
    using Handle::Handle;
};

// The context it runs in, which is made if need be.
[[nodiscard]] Context* context_of(Handle* handle);
// Handle.cancel and TimerHandle.cancel.
void cancel_handle(Handle* handle);
// Handle._run: calls the callback in its context; errors go to the loop's exception handler. False
// and pending for KeyboardInterrupt and SystemExit only.
[[nodiscard]] bool run_handle(Handle* handle);

// One entry of the ready queue. Steps of tasks and done callbacks need no Handle of their own.
struct ReadyItem {
    enum class Kind : uint8_t {
        Handle,    // target: the Handle
        Step,      // target: the Task; argument: an exception to throw in, or empty
        Wakeup,    // target: the Task; argument: the future it waited for
        Callback,  // target: a callable; argument: the future that is done
        SleepEnd,  // target: the future asyncio.sleep waits for
    };
    Kind kind = Kind::Handle;
    trace::HandleId handle = 0;
    trace::EventIndex cause = trace::kNoEvent;
    value::Value target, argument, context;

    // On a fresh one: the next step of `task`.
    void set_step(value::Object* task, trace::EventIndex its_cause) {
        kind = Kind::Step;
        handle = 0;
        cause = its_cause;
        target = value::Value::share(task);
    }
};

class ReadyQueue {
public:
    [[nodiscard]] size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    void push(ReadyItem item) { add() = std::move(item); }
    // A new one at the end, empty.
    [[nodiscard]] ReadyItem& add() {
        if (__builtin_expect(size_ == items_.size(), 0)) grow();
        return items_[(head_ + size_++) & (items_.size() - 1)];
    }
    [[nodiscard]] ReadyItem pop() {
        ReadyItem item = std::move(items_[head_]);
        head_ = (head_ + 1) & (items_.size() - 1);
        --size_;
        return item;
    }
    // The newest one: for a run under Rule::LastInFirstOut.
    [[nodiscard]] ReadyItem pop_last() {
        return std::move(items_[(head_ + --size_) & (items_.size() - 1)]);
    }
    // Drops everything that waits for the turn of `target`.
    void remove(const value::Object* target) {
        const size_t all = size_;
        for (size_t i = 0; i < all; ++i) {
            ReadyItem item = pop();
            if (!item.target.is_object() || item.target.object() != target) push(std::move(item));
        }
    }
    [[nodiscard]] const ReadyItem& operator[](size_t i) const {
        return items_[(head_ + i) & (items_.size() - 1)];
    }
    void clear() {
        while (!empty()) (void)pop();
    }

private:
    void grow() {
        std::vector<ReadyItem> larger(items_.empty() ? 64 : items_.size() * 2);
        for (size_t i = 0; i < size_; ++i)
            larger[i] = std::move(items_[(head_ + i) & (items_.size() - 1)]);
        items_ = std::move(larger);
        head_ = 0;
    }
    std::vector<ReadyItem> items_;
    size_t head_ = 0, size_ = 0;
};

}  // namespace loopglass::loop
