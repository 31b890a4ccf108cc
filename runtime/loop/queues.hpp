// asyncio.queues (3.13): Queue, PriorityQueue, LifoQueue.
#pragma once

#include <deque>

#include "runtime/loop/locks.hpp"

namespace loopglass::loop {

struct Queue : SyncObject {  // `waiters` is not used: getters and putters wait apart
    static value::Type* type;
    static value::Type* priority_type;
    static value::Type* lifo_type;
    enum class Order : uint8_t { Fifo, Priority, Lifo };
    Order order = Order::Fifo;
    bool overridden = false;  // a script's class may redefine _get, _put, qsize, empty, full …
    bool shut_down = false;
    int64_t maxsize = 0;
    value::Value maxsize_given;  // as it was given, for repr
    int64_t unfinished = 0;
    Waiters getters, putters;
    value::Ref<AsyncEvent> finished;
    std::deque<value::Value> items;  // a heap for PriorityQueue
    value::Value own_items;          // what a script's _init assigned to _queue, or empty
    using SyncObject::SyncObject;

    [[nodiscard]] value::Value put(const value::Value& item);
    [[nodiscard]] bool put_nowait(const value::Value& item);
    [[nodiscard]] value::Value get();
    [[nodiscard]] value::Value get_nowait();
};

// A plain Queue, as as_completed uses one.
[[nodiscard]] value::Ref<Queue> make_queue(int64_t maxsize = 0);

}  // namespace loopglass::loop
