// Included before everything in every unit test (see CMakeLists.txt). Both doctest and the base
// floor call their macro CHECK. Without a comma it is doctest's; with one it is either a condition
// and a sentence, the program's own invariant, or a condition of doctest's that contains a comma.
#pragma once

#include <doctest/doctest.h>
#undef CHECK
#include "runtime/base/check.hpp"
#undef CHECK

namespace loopglass::test {

template <typename Condition>
constexpr void check(const char* text, const char* file, int line, const Condition& condition,
                     const char* sentence) {
    if (!static_cast<bool>(condition)) base::check_failed(text, sentence, file, line);
}

inline void check(const char* text, const char* file, int line, bool condition) {
    if (condition) {
        DOCTEST_CHECK(condition);
    } else {
        DOCTEST_ADD_FAIL_CHECK_AT(file, line, text);
    }
}

}  // namespace loopglass::test

#define LOOPGLASS_CHECK(condition) DOCTEST_CHECK(condition)
#define LOOPGLASS_CHECK_MANY(...) \
    ::loopglass::test::check(#__VA_ARGS__, __FILE__, __LINE__, __VA_ARGS__)
#define CHECK(first, ...) LOOPGLASS_CHECK##__VA_OPT__(_MANY)(first __VA_OPT__(, ) __VA_ARGS__)
