#include "runtime/loop/cycles.hpp"

#include <deque>
#include <utility>

namespace loopglass::loop {

namespace {
std::deque<value::Value> g_cycles;
}  // namespace

void keep_in_cycle(value::Value value) {
    constexpr size_t kMost = 1000;
    g_cycles.push_back(std::move(value));
    if (g_cycles.size() <= kMost) return;
    const value::Value eldest = std::move(g_cycles.front());
    g_cycles.pop_front();
}

void collect_cycles() {
    const std::deque<value::Value> garbage = std::exchange(g_cycles, {});
}

}  // namespace loopglass::loop
