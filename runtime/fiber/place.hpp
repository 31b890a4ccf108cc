// Where an execution stands still. Apart from the jump itself, so that users of fibers include
// nothing of Boost.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define LOOPGLASS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LOOPGLASS_ASAN 1
#endif
#endif

namespace loopglass::fiber {

// Which stack an execution stands on, as far as AddressSanitizer must know; empty in plain builds.
struct StackMark {
#ifdef LOOPGLASS_ASAN
    const void* bottom = nullptr;
    size_t bytes = 0;
#endif
};

// An execution that stands still: where to jump to continue it.
struct Place {
    void* context = nullptr;  // an fcontext_t of Boost.Context
    [[no_unique_address]] StackMark mark;
};

}  // namespace loopglass::fiber
