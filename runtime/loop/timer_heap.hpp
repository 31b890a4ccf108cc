// The timers of a loop, first due first. A plain heap of a million timers misses the cache at every
// level of each pop. Here only the next few hundred stand in order; whatever is due later lies
// unsorted in segments, each due before the one in front of it, and is sorted a segment at a time
// when its turn comes: memory is only ever read from one end to the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/trace/event.hpp"
#include "runtime/value/value.hpp"

namespace loopglass::loop {

// By (when, order of creation). Entries of a cancelled timer stay until they come up.
class TimerHeap {
public:
    struct Entry {
        int64_t when;  // ns of loop time
        uint64_t sequence;
        value::Value target;  // TimerHandle, or the Future of a sleep
        trace::HandleId handle;
        trace::EventIndex scheduled;
    };
    TimerHeap() = default;
    ~TimerHeap() { clear(); }
    TimerHeap(const TimerHeap&) = delete;
    TimerHeap& operator=(const TimerHeap&) = delete;

    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] size_t size() const { return run_.size() + heap_.size() + far_.size(); }
    // The first one, of at least one.
    [[nodiscard]] int64_t next_when() { return first().when; }
    [[nodiscard]] value::Object* next_target() {
        return reinterpret_cast<value::Object*>(first().target);
    }
    void push(Entry entry);
    [[nodiscard]] Entry pop();
    // What may come up a few pops later: for asking the memory. Null if that is not known.
    [[nodiscard]] const value::Object* later(size_t pops) const {
        if (run_.size() <= pops) return nullptr;
        return reinterpret_cast<const value::Object*>(run_[run_.size() - 1 - pops].target);
    }
    // Copies of all, in no particular order, and in the order in which they are due.
    [[nodiscard]] std::vector<Entry> entries() const;
    [[nodiscard]] std::vector<Entry> in_order() const;
    // Drops all entries for which `dead(target)`.
    template <typename Dead>
    void prune(Dead&& dead) {
        std::vector<Entry> gone;  // dies when the rest is in order: scripts hear of it
        std::vector<Node> alive;
        for (const std::vector<Node>* part : {&heap_, &run_, &far_})
            for (const Node& node : *part) {
                Entry entry = take(node);
                if (dead(entry.target))
                    gone.push_back(std::move(entry));
                else
                    alive.push_back(loosen(std::move(entry)));
            }
        start_with(std::move(alive));
    }
    void clear();

private:
    // An entry whose reference the heap owns, movable as bytes.
    struct Node {
        int64_t when;
        uint64_t sequence;
        uintptr_t target;
        trace::HandleId handle;
        trace::EventIndex scheduled;
        __extension__ using Key = __int128;
        [[nodiscard]] Key key() const { return Key{when} << 64 | Key{sequence}; }
    };
    // Part of far_, up to where the next one begins: nothing in it is due before `least`, nothing
    // in the next one after that.
    struct Segment {
        size_t begin;
        Node::Key least;
    };

    [[nodiscard]] static Entry take(const Node& node) {
        return {node.when, node.sequence, value::Value::from_bits(node.target), node.handle,
                node.scheduled};
    }
    [[nodiscard]] static Node loosen(Entry entry) {
        return {entry.when, entry.sequence, entry.target.detach(), entry.handle, entry.scheduled};
    }
    [[nodiscard]] bool heap_is_first() const {
        return run_.empty() || (!heap_.empty() && heap_.front().key() < run_.back().key());
    }
    [[nodiscard]] const Node& first() {
        if (run_.empty() && heap_.empty()) bring_near();
        return heap_is_first() ? heap_.front() : run_.back();
    }
    void push_far(const Node& node);
    void spill();
    void bring_near();
    void split_last();
    void rise(size_t hole, const Node& moving);
    [[nodiscard]] Node pop_heap();
    void start_with(std::vector<Node> nodes);
    [[nodiscard]] static size_t least_child(const std::vector<Node>& heap, size_t first);

    std::vector<Node> run_;   // sorted, the first at the end
    std::vector<Node> heap_;  // 4-ary: those that came later and are due before all segments
    std::vector<Node> far_;
    std::vector<Segment> segments_;  // the last is due first
    uint64_t dice_ = 1;
};

}  // namespace loopglass::loop
