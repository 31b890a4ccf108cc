// The exception classes of asyncio (asyncio.exceptions, asyncio.queues).
#pragma once

#include "runtime/value/errors.hpp"

namespace loopglass::loop::errors {

using namespace value::errors;  // NOLINT: one list of names for `errors::X`
extern value::Type *CancelledError, *InvalidStateError, *SendfileNotAvailableError,
    *IncompleteReadError, *LimitOverrunError, *BrokenBarrierError, *QueueEmpty, *QueueFull,
    *QueueShutDown;

}  // namespace loopglass::loop::errors
