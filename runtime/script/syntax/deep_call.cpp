#include "runtime/script/syntax/deep_call.hpp"

#include <cstdlib>
#include <memory>
#include <new>
#include <utility>

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

struct Free {
    void operator()(char* block) const { std::free(block); }
};
using Block = std::unique_ptr<char, Free>;

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
    // Kept for the next call: a fresh block of this size costs more than most scripts take to
    // parse. Taken out while in use, so that a call within a call has its own.
    thread_local Block spare;
    Block stack = std::move(spare);
    // Uninitialised, and not `new`, which counts as the script's memory: only pages that are used
    // cost anything.
    if (!stack) stack.reset(static_cast<char*>(std::malloc(bytes)));
    if (!stack) throw std::bad_alloc();
    fiber::call_on_stack(stack.get(), bytes, function, argument);
    spare = std::move(stack);
}

}  // namespace loopglass::script
