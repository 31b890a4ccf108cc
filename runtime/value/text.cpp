// Unicode properties and letter case over utf8proc; stepping through UTF-8; SipHash.
#include "runtime/value/text.hpp"

#include <utf8proc.h>

#include <cstring>

#include "runtime/value/text_tables.hpp"

namespace loopglass::value {

namespace {

bool in_ranges(const CodePointRange* ranges, uint32_t code_point) {
    for (; ranges->first <= code_point; ++ranges)
        if (code_point <= ranges->last) return true;
    return false;
}

utf8proc_category_t category(uint32_t code_point) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
}

bool between(uint32_t code_point, uint32_t first, uint32_t last) {
    return code_point - first <= last - first;
}

}  // namespace

void append_code_point(std::string& out, uint32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

bool is_ascii(std::string_view text) {
    const char* at = text.data();
    size_t left = text.size();
    for (; left >= 8; at += 8, left -= 8) {
        uint64_t word;
        std::memcpy(&word, at, 8);
        if (word & 0x8080808080808080u) return false;
    }
    for (; left; ++at, --left)
        if (static_cast<unsigned char>(*at) & 0x80) return false;
    return true;
}

size_t count_code_points(std::string_view text) {
    if (is_ascii(text)) return text.size();
    size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

size_t byte_offset(std::string_view text, size_t index) {
    size_t at = 0;
    while (index-- > 0 && at < text.size())
        at += code_point_bytes(static_cast<unsigned char>(text[at]));
    return at;
}

std::string_view code_point_slice(std::string_view text, bool ascii, size_t start, size_t end) {
    if (end <= start) return {};
    if (ascii) return text.substr(start, end - start);
    const size_t first = byte_offset(text, start);
    const std::string_view rest = text.substr(first);
    return rest.substr(0, byte_offset(rest, end - start));
}

bool is_space(uint32_t c) {
    if (c < 0x80) return c == ' ' || between(c, 9, 13) || between(c, 0x1C, 0x1F);
    return c == 0x85 || c == 0xA0 || c == 0x1680 || between(c, 0x2000, 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}
bool is_line_break(uint32_t c) {
    return between(c, 10, 13) || between(c, 0x1C, 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}
bool is_printable(uint32_t c) {
    if (c < 0x7F) return c >= 0x20;
    switch (category(c)) {
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_ZS:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return false;
        default:
            return true;
    }
}
bool is_alpha(uint32_t c) {
    if (c < 0x80) return between(c | 0x20, 'a', 'z');
    const auto its = category(c);
    return its >= UTF8PROC_CATEGORY_LU && its <= UTF8PROC_CATEGORY_LO;
}
bool is_decimal(uint32_t c) {
    return c < 0x80 ? between(c, '0', '9') : category(c) == UTF8PROC_CATEGORY_ND;
}
bool is_digit(uint32_t c) {
    return is_decimal(c) || in_ranges(kOtherDigits, c);
}
bool is_numeric(uint32_t c) {
    if (c < 0x80) return between(c, '0', '9');
    const auto its = category(c);
    return (its >= UTF8PROC_CATEGORY_ND && its <= UTF8PROC_CATEGORY_NO) ||
           in_ranges(kNumericLetters, c);
}
bool is_lower(uint32_t c) {
    if (c < 0x80) return between(c, 'a', 'z');
    return category(c) == UTF8PROC_CATEGORY_LL || in_ranges(kOtherLower, c);
}
bool is_upper(uint32_t c) {
    if (c < 0x80) return between(c, 'A', 'Z');
    return category(c) == UTF8PROC_CATEGORY_LU || in_ranges(kOtherUpper, c);
}
bool is_title(uint32_t c) {
    return c >= 0x80 && category(c) == UTF8PROC_CATEGORY_LT;
}
bool is_cased(uint32_t c) {
    return is_lower(c) || is_upper(c) || is_title(c);
}
bool is_identifier_start(uint32_t c) {
    if (c == '_') return true;
    if (c < 0x80) return is_alpha(c);
    return is_alpha(c) || category(c) == UTF8PROC_CATEGORY_NL || c == 0x1885 || c == 0x1886 ||
           c == 0x2118 || c == 0x212E || c == 0x309B || c == 0x309C;
}
bool is_identifier_part(uint32_t c) {
    if (is_identifier_start(c) || is_decimal(c)) return true;
    if (c < 0x80) return false;
    const auto its = category(c);
    return its == UTF8PROC_CATEGORY_MN || its == UTF8PROC_CATEGORY_MC ||
           its == UTF8PROC_CATEGORY_PC || c == 0xB7 || c == 0x387 || between(c, 0x1369, 0x1371) ||
           c == 0x19DA;
}

int decimal_value(uint32_t c) {
    if (!is_decimal(c)) return -1;
    if (c < 0x80) return static_cast<int>(c - '0');
    if (between(c, 0x1D7CE, 0x1D7FF)) return static_cast<int>((c - 0x1D7CE) % 10);
    // Decimal digits stand in runs of ten.
    int value = 0;
    while (value < 9 && is_decimal(c - static_cast<uint32_t>(value) - 1)) ++value;
    return value;
}

// ---- letter case ------------------------------------------------------------------------------

namespace {

const SpecialCase* special_case(uint32_t c) {
    if (c < 0xDF) return nullptr;
    for (const SpecialCase* entry = kSpecialCases; entry->code_point <= c; ++entry)
        if (entry->code_point == c) return entry;
    return nullptr;
}

uint32_t simple_lower(uint32_t c) {
    return static_cast<uint32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

void append_upper(std::string& out, uint32_t c) {
    if (const SpecialCase* special = c < 0xDF ? nullptr : special_case(c))
        out += special->upper;
    else
        append_code_point(
            out, static_cast<uint32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c))));
}
void append_title(std::string& out, uint32_t c) {
    if (const SpecialCase* special = special_case(c))
        out += special->title;
    else
        append_code_point(
            out, static_cast<uint32_t>(utf8proc_totitle(static_cast<utf8proc_int32_t>(c))));
}

bool is_case_ignorable(uint32_t c) {
    if (c < 0x80) return c == '\'' || c == '.' || c == ':' || c == '^' || c == '`';
    switch (category(c)) {
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_ME:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_SK:
            return true;
        default:
            return c == 0xB7 || c == 0x2019 || c == 0x387 || c == 0x2018;
    }
}

// A capital sigma at the end of a word becomes the final form (Unicode, SpecialCasing).
bool is_final_sigma(std::string_view text, const char* sigma, const char* behind) {
    const char* at = sigma;
    bool cased_before = false;
    while (at > text.data()) {
        const uint32_t c = previous_code_point(at);
        if (is_case_ignorable(c)) continue;
        cased_before = is_cased(c);
        break;
    }
    if (!cased_before) return false;
    const char* end = text.data() + text.size();
    while (behind < end) {
        const uint32_t c = next_code_point(behind);
        if (!is_case_ignorable(c)) return !is_cased(c);
    }
    return true;
}

void append_lower(std::string& out, uint32_t c, std::string_view text, const char* behind) {
    if (c == 0x130) {
        out += "i\u0307";
    } else if (c == 0x3A3) {
        append_code_point(out, is_final_sigma(text, behind - 2, behind) ? 0x3C2 : 0x3C3);
    } else {
        append_code_point(out, simple_lower(c));
    }
}

template <typename Append>
std::string map_text(std::string_view text, Append&& append) {
    std::string out;
    out.reserve(text.size());
    const char* at = text.data();
    const char* end = at + text.size();
    while (at < end) {
        const uint32_t c = next_code_point(at);
        append(out, c, at);
    }
    return out;
}

std::string map_ascii(std::string_view text, char first, char last) {
    std::string out(text);
    for (char& c : out)
        if (c >= first && c <= last) c ^= 0x20;
    return out;
}

}  // namespace

std::string to_upper(std::string_view text) {
    if (is_ascii(text)) return map_ascii(text, 'a', 'z');
    return map_text(text, [](std::string& out, uint32_t c, const char*) { append_upper(out, c); });
}
std::string to_lower(std::string_view text) {
    if (is_ascii(text)) return map_ascii(text, 'A', 'Z');
    return map_text(text, [text](std::string& out, uint32_t c, const char* behind) {
        append_lower(out, c, text, behind);
    });
}
std::string to_title(std::string_view text) {
    bool in_word = false;
    return map_text(text, [&](std::string& out, uint32_t c, const char* behind) {
        if (in_word)
            append_lower(out, c, text, behind);
        else
            append_title(out, c);
        in_word = is_cased(c);
    });
}
std::string to_capitalized(std::string_view text) {
    bool first = true;
    return map_text(text, [&](std::string& out, uint32_t c, const char* behind) {
        if (first)
            append_title(out, c);
        else
            append_lower(out, c, text, behind);
        first = false;
    });
}
std::string to_swapped_case(std::string_view text) {
    return map_text(text, [text](std::string& out, uint32_t c, const char* behind) {
        if (is_upper(c))
            append_lower(out, c, text, behind);
        else if (is_lower(c))
            append_upper(out, c);
        else
            append_code_point(out, c);
    });
}
std::string to_casefold(std::string_view text) {
    if (is_ascii(text)) return map_ascii(text, 'A', 'Z');
    return map_text(text, [](std::string& out, uint32_t c, const char*) {
        utf8proc_int32_t folded[8];
        int boundary = 0;
        const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), folded, 8,
                                                   UTF8PROC_CASEFOLD, &boundary);
        if (count <= 0) return append_code_point(out, c);
        for (utf8proc_ssize_t i = 0; i < count; ++i)
            append_code_point(out, static_cast<uint32_t>(folded[i]));
    });
}

// ---- quoting ----------------------------------------------------------------------------------

void append_escape(std::string& out, uint32_t c) {
    static constexpr char kHex[] = "0123456789abcdef";
    const int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    out += '\\';
    out += digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
    for (int shift = digits * 4 - 4; shift >= 0; shift -= 4) out += kHex[c >> shift & 0xF];
}

void append_quoted(std::string& out, std::string_view text, bool ascii_only) {
    const bool has_single = text.find('\'') != std::string_view::npos;
    const bool has_double = text.find('"') != std::string_view::npos;
    const char quote = has_single && !has_double ? '"' : '\'';
    out += quote;
    const char* at = text.data();
    const char* end = at + text.size();
    while (at < end) {
        const char* start = at;
        const uint32_t c = next_code_point(at);
        if (c == static_cast<unsigned char>(quote) || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (!is_printable(c) || (ascii_only && c >= 0x80)) {
            append_escape(out, c);
        } else {
            out.append(start, at);
        }
    }
    out += quote;
}

std::string_view strip_space(std::string_view text) {
    const char* first = text.data();
    const char* last = first + text.size();
    while (first < last) {
        const char* at = first;
        if (!is_space(next_code_point(at))) break;
        first = at;
    }
    while (last > first) {
        const char* at = last;
        if (!is_space(previous_code_point(at))) break;
        last = at;
    }
    return {first, static_cast<size_t>(last - first)};
}

std::string plain_digits(std::string_view text) {
    text = strip_space(text);
    if (is_ascii(text)) return std::string(text);
    return map_text(text, [](std::string& out, uint32_t c, const char*) {
        const int value = c < 0x80 ? -1 : decimal_value(c);
        if (value >= 0)
            out += static_cast<char>('0' + value);
        else
            append_code_point(out, c);
    });
}

// ---- SipHash-1-3 ------------------------------------------------------------------------------

namespace {

struct Sip {
    uint64_t v0 = 0x736f6d6570736575, v1 = 0x646f72616e646f6d, v2 = 0x6c7967656e657261,
             v3 = 0x7465646279746573;

    static uint64_t rotate(uint64_t x, int by) { return x << by | x >> (64 - by); }
    void round() {
        v0 += v1, v1 = rotate(v1, 13) ^ v0, v0 = rotate(v0, 32);
        v2 += v3, v3 = rotate(v3, 16) ^ v2;
        v0 += v3, v3 = rotate(v3, 21) ^ v0;
        v2 += v1, v1 = rotate(v1, 17) ^ v2, v2 = rotate(v2, 32);
    }
    void word(uint64_t bits) {
        v3 ^= bits;
        round();
        v0 ^= bits;
    }
};

}  // namespace

int64_t hash_bytes(std::string_view bytes) {
    if (bytes.empty()) return 0;
    Sip sip;
    uint64_t last = static_cast<uint64_t>(bytes.size()) << 56;
    const char* at = bytes.data();
    size_t left = bytes.size();
    for (; left >= 8; at += 8, left -= 8) {
        uint64_t word;
        std::memcpy(&word, at, 8);
        sip.word(word);
    }
    uint64_t tail = 0;
    std::memcpy(&tail, at, left);
    sip.word(last | tail);
    sip.v2 ^= 0xFF;
    for (int i = 0; i < 3; ++i) sip.round();
    const auto hash = static_cast<int64_t>((sip.v0 ^ sip.v1) ^ (sip.v2 ^ sip.v3));
    return hash == -1 ? -2 : hash;
}

}  // namespace loopglass::value
