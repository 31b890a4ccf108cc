// Included before everything in every unit test (see CMakeLists.txt). Both doctest and the base
// floor call their macro CHECK: one argument is doctest's, a condition with a sentence is the
// program's own invariant. A doctest condition with a comma outside parentheses needs a second pair
// of parentheses.
#pragma once

#include <doctest/doctest.h>
#undef CHECK
#include "runtime/base/check.hpp"
#undef CHECK

#define LOOPGLASS_INVARIANT(condition, sentence)       \
    (__builtin_expect(static_cast<bool>(condition), 1) \
         ? static_cast<void>(0)                        \
         : ::loopglass::base::check_failed(#condition, sentence, __FILE__, __LINE__))
#define LOOPGLASS_PICK(first, second, name, ...) name
#define CHECK(...) \
    LOOPGLASS_PICK(__VA_ARGS__, LOOPGLASS_INVARIANT, DOCTEST_CHECK, unused)(__VA_ARGS__)
