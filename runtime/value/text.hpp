// UTF-8 text as bytes: stepping through code points, their Unicode properties, and letter case.
// Text is always valid UTF-8, lone surrogates as three bytes (WTF-8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace loopglass::value {

// Bytes of the character that starts with `lead`.
inline size_t code_point_bytes(unsigned char lead) {
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// The code point at `at`, which moves behind it.
inline uint32_t next_code_point(const char*& at) {
    const auto* p = reinterpret_cast<const unsigned char*>(at);
    const uint32_t lead = p[0];
    if (lead < 0x80) return ++at, lead;
    if (lead < 0xE0) return at += 2, (lead & 0x1F) << 6 | (p[1] & 0x3Fu);
    if (lead < 0xF0) return at += 3, (lead & 0xF) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    at += 4;
    return (lead & 7) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
}

// The code point before `at`, which moves to its start.
inline uint32_t previous_code_point(const char*& at) {
    do --at;
    while ((static_cast<unsigned char>(*at) & 0xC0) == 0x80);
    const char* copy = at;
    return next_code_point(copy);
}

void append_code_point(std::string& out, uint32_t code_point);
[[nodiscard]] size_t count_code_points(std::string_view text);
// The offset in bytes of the code point with that index (the size, if it is the length).
[[nodiscard]] size_t byte_offset(std::string_view text, size_t index);
[[nodiscard]] bool is_ascii(std::string_view text);

// Where [start, end) in code points stands in bytes, and back.
[[nodiscard]] std::string_view code_point_slice(std::string_view text, bool ascii, size_t start,
                                                size_t end);

// Properties, as the str methods of the same names ask for them.
[[nodiscard]] bool is_space(uint32_t code_point);
[[nodiscard]] bool is_line_break(uint32_t code_point);
[[nodiscard]] bool is_printable(uint32_t code_point);
[[nodiscard]] bool is_alpha(uint32_t code_point);
[[nodiscard]] bool is_decimal(uint32_t code_point);
[[nodiscard]] bool is_digit(uint32_t code_point);
[[nodiscard]] bool is_numeric(uint32_t code_point);
[[nodiscard]] bool is_lower(uint32_t code_point);
[[nodiscard]] bool is_upper(uint32_t code_point);
[[nodiscard]] bool is_title(uint32_t code_point);
[[nodiscard]] bool is_cased(uint32_t code_point);
[[nodiscard]] bool is_identifier_start(uint32_t code_point);
[[nodiscard]] bool is_identifier_part(uint32_t code_point);
[[nodiscard]] int decimal_value(uint32_t code_point);  // -1 if it is none

// Case mappings of whole texts, those of one character to several included.
[[nodiscard]] std::string to_upper(std::string_view text);
[[nodiscard]] std::string to_lower(std::string_view text);
[[nodiscard]] std::string to_title(std::string_view text);
[[nodiscard]] std::string to_capitalized(std::string_view text);
[[nodiscard]] std::string to_swapped_case(std::string_view text);
[[nodiscard]] std::string to_casefold(std::string_view text);

// Appends \x.., \u.... or \U........ in the shortest form that holds the code point.
void append_escape(std::string& out, uint32_t code_point);
// Appends repr() of a text; with ascii_only as ascii() does.
void append_quoted(std::string& out, std::string_view text, bool ascii_only = false);

// Text for numbers and messages that has decimal digits of other scripts: those as ASCII ones,
// spaces stripped (CPython: _PyUnicode_TransformDecimalAndSpaceToASCII).
[[nodiscard]] std::string plain_digits(std::string_view text);
[[nodiscard]] std::string_view strip_space(std::string_view text);

// SipHash-1-3 with the zero key: what CPython hashes text and bytes with when PYTHONHASHSEED is 0.
[[nodiscard]] int64_t hash_bytes(std::string_view bytes);

}  // namespace loopglass::value
