// What a character may be in a program: identifier parts (Unicode's XID rules), printability.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace loopglass::script {

enum CharacterClass : uint8_t {
    kOther = 0,
    kLetter = 1,  // ASCII letters, underscore, and every byte of a longer character
    kDigit = 2,
};

extern const uint8_t kCharacterClass[256];

inline bool is_identifier_start(char c) {
    return kCharacterClass[static_cast<unsigned char>(c)] == kLetter;
}
inline bool is_identifier_part(char c) {
    return kCharacterClass[static_cast<unsigned char>(c)] != kOther;
}
inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The character at the start of `text` (valid UTF-8) and its size in bytes.
struct Character {
    uint32_t code = 0;
    size_t bytes = 1;
};
[[nodiscard]] Character character_at(std::string_view text);

// Where in `word`, made of identifier bytes, the first character stands that no identifier may have
// there; npos if it is an identifier.
[[nodiscard]] size_t first_invalid_in_identifier(std::string_view word);

// The NFKC form, under which CPython compares identifiers.
[[nodiscard]] std::string normalised_identifier(std::string_view word);

[[nodiscard]] bool is_printable(uint32_t code);

// "U+20AC": at least four upper-case digits.
[[nodiscard]] std::string code_point_name(uint32_t code);

// Appends the UTF-8 (for surrogates: WTF-8) form.
void append_utf8(std::string& out, uint32_t code);

}  // namespace loopglass::script
