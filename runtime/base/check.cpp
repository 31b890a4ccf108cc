#include "runtime/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace loopglass::base {

void check_failed(const char* condition, const char* sentence, const char* file, int line) {
    std::fprintf(stderr, "loopglass: internal error at %s:%d: %s (%s)\n", file, line, sentence,
                 condition);
    std::abort();
}

}  // namespace loopglass::base
