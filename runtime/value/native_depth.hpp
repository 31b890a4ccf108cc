// Recursion in native code: repr of a list in a list, a map over a map. It may go as deep as
// CPython lets C code go, on further pieces of stack where the fiber's own is too small.
#pragma once

#include <cstdint>

namespace loopglass::value {

// Set by the loop floor: calls must not go deeper than the address that stands there; and what runs
// a function on a further piece of stack.
extern char* const* g_stack_limit;
extern void (*g_on_segment)(void (*function)(void*), void* argument);

// Raises RecursionError, "maximum recursion depth exceeded" and `what`, if it is too deep.
[[nodiscard]] bool too_deep(const char* what);

extern uint32_t g_native_depth;

[[nodiscard]] inline bool low_on_stack() {
    return g_stack_limit && static_cast<char*>(__builtin_frame_address(0)) <= *g_stack_limit;
}

// Calls `callee()` one level deeper. Ask too_deep() before.
template <typename Callee>
auto deeper(Callee&& callee) -> decltype(callee()) {
    struct Level {
        Level() { ++g_native_depth; }
        ~Level() { --g_native_depth; }
    } const level;
    if (__builtin_expect(!low_on_stack(), 1)) return callee();
    struct Call {
        Callee& callee;
        decltype(callee()) result{};
    } call{callee};
    g_on_segment(
        [](void* argument) {
            auto* self = static_cast<Call*>(argument);
            self->result = self->callee();
        },
        &call);
    return static_cast<decltype(call.result)&&>(call.result);
}

}  // namespace loopglass::value
