// CHECK(condition, "sentence"): an invariant of ours; always on, prints the sentence and aborts.
#pragma once

namespace loopglass::base {

[[noreturn]] void check_failed(const char* condition, const char* sentence, const char* file,
                               int line);

}  // namespace loopglass::base

#define CHECK(condition, sentence)                     \
    (__builtin_expect(static_cast<bool>(condition), 1) \
         ? static_cast<void>(0)                        \
         : ::loopglass::base::check_failed(#condition, sentence, __FILE__, __LINE__))

#define UNREACHABLE() \
    ::loopglass::base::check_failed("unreachable", "this line is never reached", __FILE__, __LINE__)
