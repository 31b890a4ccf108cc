#include "runtime/value/native_depth.hpp"

#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"

namespace loopglass::value {

char* const* g_stack_limit = nullptr;
void (*g_on_segment)(void (*)(void*), void*) = nullptr;
uint32_t g_native_depth = 0;

bool too_deep(const char* what) {
    constexpr uint32_t kMostDepth = 10'000;      // CPython's Py_C_RECURSION_LIMIT
    constexpr uint32_t kMostOnOneStack = 1'000;  // where nobody provides further pieces
    const uint32_t most = g_on_segment ? kMostDepth : kMostOnOneStack;
    if (__builtin_expect(g_native_depth < most, 1)) return false;
    raise(errors::RecursionError, base::cat("maximum recursion depth exceeded", what));
    return true;
}

}  // namespace loopglass::value
