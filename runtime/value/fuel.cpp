#include "runtime/value/fuel.hpp"

namespace loopglass::value {

bool (*g_refuel)() = nullptr;

bool refuel() {
    if (g_refuel) return g_refuel();
    g_thread.fuel = INT64_MAX;
    return true;
}

}  // namespace loopglass::value
