// Where an execution stands still. Apart from the jump itself, so that users of fibers include
// nothing of Boost.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define LOOPGLASS_ASAN 1
#elif defined(__SANITIZE_THREAD__)
#define LOOPGLASS_TSAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LOOPGLASS_ASAN 1
#elif __has_feature(thread_sanitizer)
#define LOOPGLASS_TSAN 1
#endif
#endif

namespace loopglass::fiber {

// Which stack an execution stands on, as far as the sanitizers must know.
struct StackMark {
#ifdef LOOPGLASS_ASAN
    const void* bottom = nullptr;
    size_t bytes = 0;
#endif
#ifdef LOOPGLASS_TSAN
    void* thread = nullptr;  // the sanitizer's own record of the fiber
#endif
};

// An execution that stands still: where to jump to continue it.
struct Place {
    void* context = nullptr;  // an fcontext_t of Boost.Context
    [[no_unique_address]] StackMark mark;
};

}  // namespace loopglass::fiber
