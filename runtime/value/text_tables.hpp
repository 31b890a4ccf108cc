// Tables of the Unicode character database beside utf8proc's; each ends with 0xFFFFFFFF.
#pragma once

#include <cstdint>

namespace loopglass::value {

struct CodePointRange {
    uint32_t first, last;
};
struct SpecialCase {
    uint32_t code_point;
    const char* upper;
    const char* title;
};
extern const CodePointRange kOtherLower[];
extern const CodePointRange kOtherUpper[];
extern const CodePointRange kOtherDigits[];
extern const CodePointRange kNumericLetters[];
extern const SpecialCase kSpecialCases[];

}  // namespace loopglass::value
