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

// What a piece of stack holds of calls that are not counted one by one, at the least.
inline constexpr uint32_t kLevelsOfSegment = 128;

// Calls `callee()` so many levels deeper. Ask too_deep() before.
template <typename Callee>
auto deeper(Callee&& callee, uint32_t levels = 1) -> decltype(callee()) {
    struct Level {
        const uint32_t levels;
        explicit Level(uint32_t its_levels) : levels(its_levels) { g_native_depth += levels; }
        ~Level() { g_native_depth -= levels; }
    } const level(levels);
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
