// Lifetimes: when each task, future and timer began and ended, by id. What a Model need not carry
// because it can be looked up: "pending at event i" is "created at or before i and not ended by
// then".
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/trace/event.hpp"

namespace loopglass::trace {

struct Lifetime {
    EventIndex begin = kNoEvent;
    EventIndex end = kNoEvent;

    // Alive in the world made of the first `events` events.
    [[nodiscard]] bool alive(EventIndex events) const { return begin < events && end >= events; }
};

class Lifetimes {
public:
    // Takes in the event with index next().
    void take_in(const Event& event) {
        const EventIndex i = next_++;
        switch (event.kind) {
            case EventKind::FutureCreated:
                at(futures_, event.subject & ~kPlainFutureBit).begin = i;
                break;
            case EventKind::FutureResolved:
                end(futures_, event.subject & ~kPlainFutureBit, i);
                break;
            case EventKind::TimerScheduled:
                at(timers_, event.subject).begin = i;
                break;
            case EventKind::TimerFired:
            case EventKind::TimerCancelled:
                end(timers_, event.subject, i);
                break;
            case EventKind::TaskCreated:
                at(births_, event.subject).event = i;
                break;
            default:
                break;
        }
    }
    void set_parent(TaskId task, TaskId parent) { at(births_, task).parent = parent; }
    [[nodiscard]] EventIndex next() const { return next_; }

    struct Birth {
        EventIndex event = kNoEvent;
        TaskId parent = 0;
    };
    [[nodiscard]] Lifetime future(FutureId id) const {
        return get(futures_, id & ~kPlainFutureBit);
    }
    [[nodiscard]] Lifetime timer(HandleId id) const { return get(timers_, id); }
    [[nodiscard]] Birth birth(TaskId id) const { return get(births_, id); }
    [[nodiscard]] uint32_t future_slots() const { return static_cast<uint32_t>(futures_.size()); }
    [[nodiscard]] uint32_t timer_slots() const { return static_cast<uint32_t>(timers_.size()); }
    [[nodiscard]] size_t memory_bytes() const {
        return (futures_.capacity() + timers_.capacity()) * sizeof(Lifetime) +
               births_.capacity() * sizeof(Birth);
    }

private:
    template <typename T>
    static T& at(std::vector<T>& table, uint32_t id) {
        if (id >= table.size()) table.resize(static_cast<size_t>(id) + 1);
        return table[id];
    }
    template <typename T>
    static T get(const std::vector<T>& table, uint32_t id) {
        return id < table.size() ? table[id] : T{};
    }
    static void end(std::vector<Lifetime>& table, uint32_t id, EventIndex i) {
        Lifetime& life = at(table, id);
        if (life.end == kNoEvent) life.end = i;
    }

    EventIndex next_ = 0;
    std::vector<Lifetime> futures_;  // by id without the plain-future bit
    std::vector<Lifetime> timers_;   // by handle
    std::vector<Birth> births_;      // by task
};

}  // namespace loopglass::trace
