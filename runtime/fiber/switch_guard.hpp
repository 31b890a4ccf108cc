// The jump between stacks, told to the sanitizers. Debian's Boost.Context knows nothing of them,
// and unannotated switches make AddressSanitizer report false errors at the first throw. In plain
// builds all of this is empty.
#pragma once

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>

#include "runtime/fiber/place.hpp"

#ifdef LOOPGLASS_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef LOOPGLASS_TSAN
#include <sanitizer/tsan_interface.h>
#endif

namespace loopglass::fiber {

enum class Leave : bool { ToReturn, ForGood };

#if defined(LOOPGLASS_ASAN) || defined(LOOPGLASS_TSAN)

extern StackMark g_mark;      // the stack running now
extern StackMark g_left;      // the stack the last jump left
extern StackMark g_arriving;  // the stack the jump under way enters

inline void before_jump(const Place& to, [[maybe_unused]] Leave leave,
                        [[maybe_unused]] void** fake_stack) {
    g_left = g_mark;
    g_arriving = to.mark;
#ifdef LOOPGLASS_ASAN
    __sanitizer_start_switch_fiber(leave == Leave::ForGood ? nullptr : fake_stack, to.mark.bottom,
                                   to.mark.bytes);
#else
    if (to.mark.thread != g_mark.thread) __tsan_switch_to_fiber(to.mark.thread, 0);
#endif
}
inline void after_jump([[maybe_unused]] void* fake_stack) {
#ifdef LOOPGLASS_ASAN
    // The sanitizer itself tells where the stack we came from lies: the only way to know the
    // host's.
    __sanitizer_finish_switch_fiber(fake_stack, &g_left.bottom, &g_left.bytes);
#endif
    g_mark = g_arriving;
}
[[nodiscard]] inline StackMark left_mark() {
    return g_left;
}

#else

inline void before_jump(const Place&, Leave, void**) {}
inline void after_jump(void*) {}
[[nodiscard]] inline StackMark left_mark() {
    return {};
}

#endif

// Continues `to` and returns, when somebody jumps back here, the place that somebody left.
inline Place jump(const Place& to, Leave leave = Leave::ToReturn) {
    [[maybe_unused]] void* fake_stack = nullptr;
    before_jump(to, leave, &fake_stack);
    const boost::context::detail::transfer_t from =
        boost::context::detail::jump_fcontext(to.context, nullptr);
    after_jump(fake_stack);
    return {from.fctx, left_mark()};
}

// The first thing on a new stack: the place that jumped here.
inline Place arrive(const boost::context::detail::transfer_t& from) {
    after_jump(nullptr);
    return {from.fctx, left_mark()};
}

// A stack of `bytes` from `base`; a fiber has a sanitizer thread of its own, a segment shares its
// fiber's.
[[nodiscard]] inline StackMark mark_stack([[maybe_unused]] char* base,
                                          [[maybe_unused]] size_t bytes) {
#if defined(LOOPGLASS_ASAN)
    return {base, bytes};
#elif defined(LOOPGLASS_TSAN)
    return {g_mark.thread};
#else
    return {};
#endif
}
[[nodiscard]] inline StackMark mark_fiber([[maybe_unused]] char* base,
                                          [[maybe_unused]] size_t bytes) {
#ifdef LOOPGLASS_TSAN
    return {__tsan_create_fiber(0)};
#else
    return mark_stack(base, bytes);
#endif
}
inline void unmark_fiber([[maybe_unused]] const StackMark& mark) {
#ifdef LOOPGLASS_TSAN
    __tsan_destroy_fiber(mark.thread);
#endif
}

// The outermost frame of a finished fiber never returns, so its red zones stay until told
// otherwise.
inline void forget_frames([[maybe_unused]] char* base, [[maybe_unused]] size_t bytes) {
#ifdef LOOPGLASS_ASAN
    __asan_unpoison_memory_region(base, bytes);
#endif
}

}  // namespace loopglass::fiber
