// The jump between stacks, told to AddressSanitizer. Debian's Boost.Context knows nothing of
// sanitizers, and with unannotated switches the first throw brings false reports. (ThreadSanitizer
// has no use here: there are no threads.)
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>

#include "runtime/fiber/place.hpp"

#ifdef LOOPGLASS_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace loopglass::fiber {

#ifdef LOOPGLASS_ASAN
extern StackMark g_left;  // where the stack lies that the last jump left
#endif

// The first thing after a jump, on the stack it entered: the place it left. It must have no local
// variable of its own: until the sanitizer is told, those would be put on the stack that was left.
inline Place after_jump(void* context, [[maybe_unused]] void* fake_stack) {
#ifdef LOOPGLASS_ASAN
    // The sanitizer itself knows where we came from; nobody else can say it of the host's stack.
    __sanitizer_finish_switch_fiber(fake_stack, &g_left.bottom, &g_left.bytes);
    return {context, g_left};
#else
    return {context, {}};
#endif
}

// Continues `to` and returns, when somebody jumps back here, the place that somebody left.
inline Place jump(const Place& to) {
    void* fake_stack = nullptr;
#ifdef LOOPGLASS_ASAN
    __sanitizer_start_switch_fiber(&fake_stack, to.mark.bottom, to.mark.bytes);
#endif
    return after_jump(boost::context::detail::jump_fcontext(to.context, nullptr).fctx, fake_stack);
}

// Continues `to`; nobody comes back here. No local variables, as in after_jump().
[[noreturn]] inline void jump_for_good(const Place& to) {
#ifdef LOOPGLASS_ASAN
    __sanitizer_start_switch_fiber(nullptr, to.mark.bottom, to.mark.bytes);
#endif
    boost::context::detail::jump_fcontext(to.context, nullptr);
    __builtin_unreachable();
}

// A place at the start of `entry`, on the stack of `bytes` from `base`.
inline Place new_place(char* base, size_t bytes,
                       void (*entry)(boost::context::detail::transfer_t)) {
    Place place{boost::context::detail::make_fcontext(base + bytes, bytes, entry), {}};
#ifdef LOOPGLASS_ASAN
    place.mark = {base, bytes};
#endif
    return place;
}

// The outermost frame of a finished fiber never returns, so its red zones stay until told
// otherwise.
inline void forget_frames([[maybe_unused]] char* base, [[maybe_unused]] size_t bytes) {
#ifdef LOOPGLASS_ASAN
    __asan_unpoison_memory_region(base, bytes);
#endif
}

}  // namespace loopglass::fiber
