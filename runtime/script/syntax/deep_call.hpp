// Room for deep recursion: parsing nests as deep as the program does, and a fiber's stack is small.
#pragma once

#include <cstddef>

namespace loopglass::script {

// Runs function(argument) where at least deep_stack_bytes() are left: here, or on a stack made for
// the call. The function must not throw.
void call_deep(void (*function)(void*), void* argument);

// Enough for every program that CPython accepts, and small enough to have.
[[nodiscard]] size_t deep_stack_bytes();

// True while the caller may go deeper on the running stack.
[[nodiscard]] bool may_go_deeper();

// Runs `callee()` with room.
template <typename Callee>
void with_deep_stack(Callee&& callee) {
    auto* const pointer = &callee;
    call_deep([](void* argument) { (**static_cast<decltype(pointer)*>(argument))(); },
              const_cast<void*>(static_cast<const void*>(&pointer)));
}

}  // namespace loopglass::script
