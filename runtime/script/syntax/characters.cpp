#include "runtime/script/syntax/characters.hpp"

#include <utf8proc.h>

#include <cstdlib>

namespace loopglass::script {

namespace {

struct ClassTable {
    uint8_t of[256] = {};
    constexpr ClassTable() {
        for (int c = 'a'; c <= 'z'; ++c) of[c] = of[c - 'a' + 'A'] = kLetter;
        for (int c = '0'; c <= '9'; ++c) of[c] = kDigit;
        for (int c = 0x80; c < 0x100; ++c) of[c] = kLetter;
        of[static_cast<int>('_')] = kLetter;
    }
};

bool starts_identifier(uint32_t code) {
    if (code < 0x80) return is_identifier_start(static_cast<char>(code));
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_NL:
            return true;
        default:  // Unicode's Other_ID_Start
            return code == 0x2118 || code == 0x212E || code == 0x309B || code == 0x309C;
    }
}

bool continues_identifier(uint32_t code) {
    if (starts_identifier(code)) return true;
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_PC:
            return true;
        default:  // Unicode's Other_ID_Continue
            return code == 0xB7 || code == 0x387 || (code >= 0x1369 && code <= 0x1371) ||
                   code == 0x19DA;
    }
}

}  // namespace

constexpr ClassTable kTable;
alignas(64) const uint8_t kCharacterClass[256] = {
#define ROW(i)                                                                            \
    kTable.of[i], kTable.of[i + 1], kTable.of[i + 2], kTable.of[i + 3], kTable.of[i + 4], \
        kTable.of[i + 5], kTable.of[i + 6], kTable.of[i + 7]
#define BLOCK(i) ROW(i), ROW(i + 8), ROW(i + 16), ROW(i + 24)
    BLOCK(0),   BLOCK(32),  BLOCK(64), BLOCK(96), BLOCK(128),
    BLOCK(160), BLOCK(192), BLOCK(224)
#undef BLOCK
#undef ROW
};

Character character_at(std::string_view text) {
    utf8proc_int32_t code = 0;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (size <= 0) return {0xFFFD, 1};
    return {static_cast<uint32_t>(code), static_cast<size_t>(size)};
}

size_t first_invalid_in_identifier(std::string_view word) {
    for (size_t i = 0; i < word.size();) {
        const Character c = character_at(word.substr(i));
        const bool fits = i == 0 ? starts_identifier(c.code) : continues_identifier(c.code);
        if (!fits) return i;
        i += c.bytes;
    }
    return std::string_view::npos;
}

std::string normalised_identifier(std::string_view word) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(word.data());
    const auto options =
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    const auto size =
        utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(word.size()), &mapped, options);
    if (size < 0) return std::string(word);
    std::string out(reinterpret_cast<const char*>(mapped), static_cast<size_t>(size));
    std::free(mapped);
    return out;
}

bool is_printable(uint32_t code) {
    if (code == ' ') return true;
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
        case UTF8PROC_CATEGORY_ZS:
            return false;
        default:
            return true;
    }
}

std::string code_point_name(uint32_t code) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string digits;
    for (; code > 0 || digits.size() < 4; code >>= 4)
        digits.insert(digits.begin(), kDigits[code & 15]);
    return "U+" + digits;
}

void append_utf8(std::string& out, uint32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
    } else {
        if (code < 0x10000) {
            out += static_cast<char>(0xE0 | (code >> 12));
        } else {
            out += static_cast<char>(0xF0 | (code >> 18));
            out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        }
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    }
    out += static_cast<char>(0x80 | (code & 0x3F));
}

}  // namespace loopglass::script
