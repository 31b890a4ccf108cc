// asyncio.locks (3.13): Lock, Event, Condition, Semaphore, BoundedSemaphore, Barrier. Each method
// keeps the order of effects of its model; `await` stands where theirs does.
#pragma once

#include <vector>

#include "runtime/loop/task.hpp"

namespace loopglass::loop {

// Futures that wait, first come first served. Removing the first is cheap, and so is appending.
class Waiters {
public:
    [[nodiscard]] bool empty() const { return head_ == items_.size(); }
    [[nodiscard]] size_t size() const { return items_.size() - head_; }
    [[nodiscard]] Future* operator[](size_t i) const { return items_[head_ + i].get(); }
    [[nodiscard]] Future* front() const { return items_[head_].get(); }
    void append(value::Ref<Future> future) { items_.push_back(std::move(future)); }
    [[nodiscard]] value::Ref<Future> pop_front() {
        value::Ref<Future> first = std::move(items_[head_++]);
        compact();
        return first;
    }
    // False if it was not there.
    bool remove(const Future* future) {
        for (size_t i = head_; i < items_.size(); ++i) {
            if (items_[i].get() != future) continue;
            if (i == head_)
                (void)pop_front();
            else
                items_.erase(items_.begin() + static_cast<ptrdiff_t>(i));
            return true;
        }
        return false;
    }

private:
    void compact() {
        if (head_ == items_.size()) {
            items_.clear();
            head_ = 0;
        } else if (head_ > 32 && head_ * 2 > items_.size()) {
            items_.erase(items_.begin(), items_.begin() + static_cast<ptrdiff_t>(head_));
            head_ = 0;
        }
    }
    std::vector<value::Ref<Future>> items_;
    size_t head_ = 0;
};

// What all of them share: the loop they were first used in, and their name in the recording.
struct SyncObject : value::Object {
    value::Value loop;  // EventLoop, once bound (mixins._LoopBoundMixin)
    trace::SyncId id = 0;
    Waiters waiters;
    explicit SyncObject(value::Type* its_type) : Object(its_type) {}

    void created(trace::SyncType kind, uint32_t value);
    trace::EventIndex changed(trace::SyncOp operation, uint32_t value = 0) const;
    // _get_loop: null with RuntimeError pending when it is bound to another one.
    [[nodiscard]] EventLoop* get_loop();
    [[nodiscard]] value::Value self() const {
        return value::Value::share(const_cast<SyncObject*>(this));
    }
    // The attribute _loop, which subclasses and tests look at and set.
    [[nodiscard]] static value::Value get_bound_loop(const value::Value* arguments);
    [[nodiscard]] static value::Value set_bound_loop(const value::Value* arguments);
    // "<asyncio.locks.Lock object at 0x... [unlocked, waiters:2]>"
    [[nodiscard]] value::Value repr_with(std::string extra) const;
};

struct Lock : SyncObject {
    static value::Type* type;
    bool locked = false;
    using SyncObject::SyncObject;
    [[nodiscard]] value::Value acquire();
    [[nodiscard]] bool release();
    void wake_up_first();
};

struct AsyncEvent : SyncObject {
    static value::Type* type;
    bool value_ = false;
    using SyncObject::SyncObject;
    void set();
    void clear();
    [[nodiscard]] value::Value wait(trace::AwaitKind kind, uint32_t object);
    [[nodiscard]] value::Value wait() { return wait(trace::AwaitKind::Event, id); }
};

struct Condition : SyncObject {
    static value::Type* type;
    value::Value lock;
    using SyncObject::SyncObject;
    [[nodiscard]] int is_locked() const;  // -1: pending
    [[nodiscard]] value::Value acquire();
    [[nodiscard]] bool release();
    [[nodiscard]] value::Value wait();
    [[nodiscard]] bool notify(int64_t count);
    void wake(int64_t count);
};

struct Semaphore : SyncObject {
    static value::Type* type;
    static value::Type* bounded_type;
    int64_t value_ = 1;
    int64_t bound = 0;  // of a BoundedSemaphore
    using SyncObject::SyncObject;
    [[nodiscard]] bool locked() const;
    [[nodiscard]] value::Value acquire();
    [[nodiscard]] bool release();
    bool wake_up_next();
};

struct Barrier : SyncObject {
    static value::Type* type;
    enum class State : uint8_t { Filling, Draining, Resetting, Broken };
    value::Ref<Condition> condition;
    int64_t parties = 1, count = 0;
    State state = State::Filling;
    using SyncObject::SyncObject;
};

}  // namespace loopglass::loop
