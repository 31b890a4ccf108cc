// Steps taken by native code that may go on for long: whoever makes items without end, or compares
// a million times, spends fuel as a script's own loops do, so that the host gets the machine back.
#pragma once

#include "runtime/value/thread.hpp"

namespace loopglass::value {

// Set by the script floor: gives the machine to the host and refills; false and pending if the run
// must end.
extern bool (*g_refuel)();

[[gnu::noinline, gnu::cold]] bool refuel();
// False with an exception pending: stop at once.
[[nodiscard]] inline bool spend(int64_t steps = 1) {
    return __builtin_expect((g_thread.fuel -= steps) >= 0, 1) || refuel();
}

}  // namespace loopglass::value
