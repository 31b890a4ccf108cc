#include "runtime/fiber/switch.hpp"

#include <boost/context/detail/fcontext.hpp>
#include <cstdint>

#ifdef LOOPGLASS_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace loopglass::fiber {
namespace {

// For the first function on a new stack, which runs right after it is set.
void (*g_entry)(const Place& from) = nullptr;

}  // namespace

#ifdef LOOPGLASS_ASAN

StackMark g_left;

void announce_jump(const Place& to, void** fake_stack) {
    __sanitizer_start_switch_fiber(fake_stack, to.mark.bottom, to.mark.bytes);
}

Place arrive(void* context, void* fake_stack) {
    // The sanitizer itself knows where we came from; nobody else can say it of the host's stack.
    __sanitizer_finish_switch_fiber(fake_stack, &g_left.bottom, &g_left.bytes);
    return {context, g_left};
}

#else

void announce_jump(const Place&, void**) {}
Place arrive(void* context, void*) {
    return {context, {}};
}

#endif

void jump_for_good(const Place& to) {
    void* const context = to.context;  // `to` may die with the stack it lies on
    announce_jump(to, nullptr);
    switch_stacks(context);
    __builtin_unreachable();
}

#ifdef LOOPGLASS_INLINE_SWITCH

namespace {

// The third argument is in the register in which switch_stacks() leaves the context it came from.
[[noreturn]] void first_frame(void*, void*, void* from) {
    g_entry(arrive(from, nullptr));
    __builtin_unreachable();
}

// As if first_frame() had been called from nowhere: a return address of zero ends backtraces.
void* new_context(char* base, size_t bytes) {
    auto* top = reinterpret_cast<uintptr_t*>(base + bytes);
    *--top = 0;
    *--top = reinterpret_cast<uintptr_t>(&first_frame);
    return top;
}

}  // namespace

#else

namespace {

[[noreturn]] void first_frame(boost::context::detail::transfer_t from) {
    g_entry(arrive(from.fctx, nullptr));
    __builtin_unreachable();
}

void* new_context(char* base, size_t bytes) {
    return boost::context::detail::make_fcontext(base + bytes, bytes, &first_frame);
}

}  // namespace

void* switch_stacks(void* to) {
    return boost::context::detail::jump_fcontext(to, nullptr).fctx;
}

#endif

Place jump_to_new(char* base, size_t bytes, void (*entry)(const Place& from)) {
    Place place{new_context(base, bytes), {}};
#ifdef LOOPGLASS_ASAN
    // The outermost frame of the stack's last user never returned, so its red zones are still
    // there.
    constexpr size_t kMuchMoreThanOneFrame = 4096;
    __asan_unpoison_memory_region(base + bytes - kMuchMoreThanOneFrame, kMuchMoreThanOneFrame);
    place.mark = {base, bytes};
#endif
    g_entry = entry;
    return jump(place);
}

}  // namespace loopglass::fiber
