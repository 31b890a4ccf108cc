// The timers of a loop against a sorted set.
#include "runtime/loop/timer_heap.hpp"

#include <doctest/doctest.h>

#include <set>
#include <utility>

#include "runtime/value/objects.hpp"

namespace loopglass::loop {

namespace {

using Expected = std::set<std::pair<int64_t, uint64_t>>;

struct Both {
    TimerHeap heap;
    Expected expected;
    uint64_t sequence = 0, dice = 42;
    [[nodiscard]] uint64_t roll(uint64_t sides) {
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        return (dice >> 33) % sides;
    }
    void push(int64_t when) {
        expected.insert({when, sequence});
        heap.push({when, sequence, {}, static_cast<uint32_t>(sequence), 0});
        ++sequence;
    }
    // False once they differ.
    [[nodiscard]] bool pop() {
        if (heap.next_when() != expected.begin()->first) return false;
        const TimerHeap::Entry entry = heap.pop();
        const bool same = std::pair(entry.when, entry.sequence) == *expected.begin();
        expected.erase(expected.begin());
        return same && heap.size() == expected.size();
    }
    [[nodiscard]] bool pop_all() {
        bool same = true;
        while (same && !heap.empty()) same = pop();
        return same && expected.empty();
    }
};

}  // namespace

TEST_CASE("timers come up by time, then in the order they were made") {
    for (const int64_t range : {1, 100, 1'000'000}) {
        Both both;
        for (int i = 0; i < 20'000; ++i) both.push(static_cast<int64_t>(both.roll(range)));
        CHECK(both.pop_all());
    }
    Both both;
    for (int i = 0; i < 5'000; ++i) both.push(i);
    for (int i = 5'000; i > 0; --i) both.push(i);
    CHECK(both.pop_all());
}

TEST_CASE("timers that come while others ring take their place among them") {
    Both both;
    bool same = true;
    int64_t now = 0;
    for (int i = 0; i < 30'000 && same; ++i) {
        const bool far = both.roll(3) == 0;
        both.push(now + static_cast<int64_t>(both.roll(far ? 1'000'000 : 300)) - 5);
        if (i > 5'000 && both.roll(10) < 9) {
            now = both.heap.next_when();
            same = both.pop();
        }
    }
    CHECK(same);
    CHECK(both.pop_all());
}

TEST_CASE("timers that are dropped are gone, and those shown are all there are") {
    Both both;
    for (int i = 0; i < 10'000; ++i) both.push(static_cast<int64_t>(both.roll(1'000)));
    value::initialise_types();
    const value::Value marked = value::make_str("dropped");
    const uint64_t refs = marked.object()->refs;
    for (uint64_t i = 0; i < 10'000; ++i)
        both.heap.push({static_cast<int64_t>(both.roll(1'000)), 100'000 + i, marked, 0, 0});
    CHECK(both.heap.entries().size() == 20'000);
    both.heap.prune([&](const value::Value& target) { return target.is(marked); });
    CHECK(marked.object()->refs == refs);
    auto at = both.expected.begin();
    bool same = both.heap.size() == both.expected.size();
    for (const TimerHeap::Entry& entry : both.heap.in_order())
        same = same && std::pair(entry.when, entry.sequence) == *at++;
    CHECK(same);
    CHECK(both.pop_all());
    both.heap.push({1, 1, marked, 0, 0});
    both.heap.clear();
    CHECK(both.heap.empty());
    CHECK(marked.object()->refs == refs);
}

}  // namespace loopglass::loop
