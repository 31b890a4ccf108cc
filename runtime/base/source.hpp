// Places in a script: what every diagnostic and traceback points at.
#pragma once

#include <cstdint>

namespace loopglass::base {

// Lines count from 1, columns from 0 in UTF-8 bytes, as in CPython's `ast`; the end is exclusive.
struct Span {
    uint32_t line = 0;
    uint32_t column = 0;
    uint32_t end_line = 0;
    uint32_t end_column = 0;

    friend bool operator==(const Span&, const Span&) = default;
};

}  // namespace loopglass::base
