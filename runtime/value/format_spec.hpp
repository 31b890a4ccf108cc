// The format-spec mini-language: [[fill]align][sign][z][#][0][width][grouping][.precision][type],
// and how a formatted number is laid out. CPython: Python/formatter_unicode.c.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace loopglass::value {

struct FormatSpec {
    std::string_view fill = " ";  // one character
    char align = '>';             // < > = ^
    char sign = 0;                // + - space; 0: not given
    bool no_negative_zero = false;
    bool alternate = false;
    bool zero_fill = false;  // "0" before the width, or fill "0" given
    int64_t width = -1;      // characters; -1: not given
    char grouping = 0;       // , or _; 0: none
    int64_t precision = -1;  // -1: not given
    uint32_t type = 0;       // a code point; 0: not given
    bool align_given = false;
};

// False with a ValueError pending. `type_name` is what messages call the value's class.
[[nodiscard]] bool parse_format_spec(std::string_view text, char default_align,
                                     std::string_view type_name, FormatSpec& out);
// "Unknown format code 'x' for object of type 'int'"; false.
bool unknown_format_code(uint32_t code, std::string_view type_name);

// The parts of a number's text.
struct NumberText {
    std::string_view sign;    // "", "-", "+", " "
    std::string_view prefix;  // "0x"
    std::string_view digits;  // before the point: these get grouped
    std::string_view rest;    // the point and all behind it
    size_t rest_width = 0;    // of rest, in characters
};
// Appends it grouped, filled and aligned. False with a MemoryError pending.
[[nodiscard]] bool append_number(std::string& out, const FormatSpec& spec, const NumberText& text);
// Appends `text` of that many characters, filled and aligned to the spec's width.
[[nodiscard]] bool append_aligned(std::string& out, const FormatSpec& spec, std::string_view text,
                                  size_t length);

// A finite, non-negative number in style e, f, g (or E, F, G), or r: the shortest repr. `add_point`
// makes whole numbers end in ".0" (r) or keeps one digit behind the point (g).
void append_double(std::string& out, double number, char style, int precision, bool alternate,
                   bool add_point);

}  // namespace loopglass::value
