#include "runtime/script/syntax/deep_call.hpp"

#include <memory>

#include "runtime/fiber/fiber.hpp"
#include "runtime/fiber/stack.hpp"

namespace loopglass::script {

namespace {

constexpr size_t kMebibyte = size_t{1} << 20;

// The deepest nesting (200 brackets and a mistake inside) was measured at 1.6 MiB in an optimised
// build; frames of the others are several times larger.
#if defined(__SANITIZE_ADDRESS__)
constexpr size_t kStackBytes = 48 * kMebibyte;
#elif !defined(__OPTIMIZE__)
constexpr size_t kStackBytes = 12 * kMebibyte;
#else
constexpr size_t kStackBytes = 3 * kMebibyte;
#endif

}  // namespace

size_t deep_stack_bytes() {
    return kStackBytes;
}

bool may_go_deeper() {
    return fiber::has_room();
}

void call_deep(void (*function)(void*), void* argument) {
    if (fiber::bytes_left() >= kStackBytes) return function(argument);
    const size_t bytes = kStackBytes + fiber::stack_sizes().reserve_bytes;
    // Uninitialised: only pages that are used cost anything.
    const std::unique_ptr<char[]> stack(new char[bytes]);
    fiber::call_on_stack(stack.get(), bytes, function, argument);
}

}  // namespace loopglass::script
