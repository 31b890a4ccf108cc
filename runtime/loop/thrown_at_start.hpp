// A hook of the script floor.
#pragma once

#include "runtime/loop/coroutine.hpp"

namespace loopglass::loop {

// Something was thrown into a body that had not begun: the pending exception passed its first line.
extern void (*g_thrown_at_start)(Resumable* resumable);

}  // namespace loopglass::loop
