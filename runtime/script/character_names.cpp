// The packed table of character names, unpacked when a script first asks for one. Its form is
// described in scripts/make_unicode_names.py.
#include "runtime/script/character_names.hpp"

#include <zstd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>
#include <vector>

#include "embedded/character_tables.hpp"
#include "runtime/base/check.hpp"

namespace loopglass::script {

namespace {

struct NamedCharacter {
    uint32_t code_point;
    std::string_view name;
};
struct WidthRange {
    uint32_t first, last;
    std::string_view width;
};
struct Tables {
    std::string text;
    std::vector<NamedCharacter> names;  // in the order of code points
    std::unordered_map<std::string_view, uint32_t> by_name;
    std::unordered_map<uint32_t, NumericCharacter> numbers;
    std::vector<WidthRange> widths;
};

// Takes the text up to a separator off the front.
std::string_view take(std::string_view& rest, char separator) {
    const size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return taken;
}
uint32_t hexadecimal(std::string_view text) {
    return static_cast<uint32_t>(std::strtoul(std::string(text).c_str(), nullptr, 16));
}

std::string unpack(std::string_view packed) {
    std::string text(ZSTD_getFrameContentSize(packed.data(), packed.size()), '\0');
    const size_t size = ZSTD_decompress(text.data(), text.size(), packed.data(), packed.size());
    CHECK(size == text.size(), "the table of character names unpacks");
    return text;
}

void read_names(std::string_view& rest, Tables& out) {
    uint32_t code_point = UINT32_MAX;
    for (std::string_view line = take(rest, '\n'); !line.empty(); line = take(rest, '\n')) {
        const std::string_view step = take(line, ' ');
        code_point += step.empty() ? 1 : hexadecimal(step);
        out.names.push_back({code_point, line});
        out.by_name.emplace(line, code_point);
    }
    for (std::string_view line = take(rest, '\n'); !line.empty(); line = take(rest, '\n')) {
        const std::string_view number = take(line, ' ');
        out.by_name.emplace(line, hexadecimal(number));
    }
}
void read_numbers(std::string_view& rest, Tables& out) {
    for (std::string_view line = take(rest, '\n'); !line.empty(); line = take(rest, '\n')) {
        const uint32_t code_point = hexadecimal(take(line, ' '));
        const std::string_view digit = take(line, ' ');
        out.numbers[code_point] = {digit == "-" ? -1 : digit[0] - '0',
                                   std::strtod(std::string(line).c_str(), nullptr)};
    }
}
void read_widths(std::string_view& rest, Tables& out) {
    for (std::string_view line = take(rest, '\n'); !line.empty(); line = take(rest, '\n')) {
        const uint32_t first = hexadecimal(take(line, ' '));
        const uint32_t last = hexadecimal(take(line, ' '));
        out.widths.push_back({first, last, line});
    }
}

const Tables& tables() {
    static const Tables* const made = [] {
        auto* out = new Tables;
        out->text = unpack(embedded::character_tables()[0].text);
        std::string_view rest = out->text;
        read_names(rest, *out);
        read_numbers(rest, *out);
        read_widths(rest, *out);
        return out;
    }();
    return *made;
}

// ---- names that follow from the number
constexpr std::string_view kIdeograph = "CJK UNIFIED IDEOGRAPH-";
constexpr std::string_view kSyllable = "HANGUL SYLLABLE ";
constexpr uint32_t kIdeographs[][2] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0x20000, 0x2A6DF},
                                       {0x2A700, 0x2B739}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1},
                                       {0x2CEB0, 0x2EBE0}, {0x2EBF0, 0x2EE5D}, {0x30000, 0x3134A},
                                       {0x31350, 0x323AF}};
constexpr uint32_t kFirstSyllable = 0xAC00, kVowelCount = 21, kTailCount = 28;
constexpr std::string_view kLeads[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                       "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
constexpr std::string_view kVowels[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                        "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                        "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
constexpr std::string_view kTails[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                       "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                       "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};
constexpr uint32_t kSyllableCount = 19 * kVowelCount * kTailCount;

bool is_ideograph(uint32_t code_point) {
    return std::ranges::any_of(kIdeographs, [&](const uint32_t(&range)[2]) {
        return code_point >= range[0] && code_point <= range[1];
    });
}
std::string syllable_name(uint32_t index) {
    std::string name(kSyllable);
    name += kLeads[index / (kVowelCount * kTailCount)];
    name += kVowels[index / kTailCount % kVowelCount];
    name += kTails[index % kTailCount];
    return name;
}
std::optional<uint32_t> derived_character(std::string_view name) {
    if (name.starts_with(kIdeograph)) {
        const std::string_view digits = name.substr(kIdeograph.size());
        const bool fits = digits.size() >= 4 && digits.size() <= 5 &&
                          digits.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
        if (fits && is_ideograph(hexadecimal(digits))) return hexadecimal(digits);
    }
    if (name.starts_with(kSyllable))
        for (uint32_t i = 0; i < kSyllableCount; ++i)
            if (syllable_name(i) == name) return kFirstSyllable + i;
    return std::nullopt;
}

}  // namespace

std::string character_name(uint32_t code_point) {
    if (code_point >= kFirstSyllable && code_point < kFirstSyllable + kSyllableCount)
        return syllable_name(code_point - kFirstSyllable);
    if (is_ideograph(code_point)) {
        char digits[16];
        std::snprintf(digits, sizeof digits, "%X", code_point);
        return std::string(kIdeograph) + digits;
    }
    const auto& names = tables().names;
    const auto found = std::ranges::lower_bound(names, code_point, {}, &NamedCharacter::code_point);
    if (found == names.end() || found->code_point != code_point) return "";
    return std::string(found->name);
}

std::optional<uint32_t> character_called(std::string_view name) {
    std::string upper(name);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const auto& by_name = tables().by_name;
    const auto found = by_name.find(upper);
    return found != by_name.end() ? std::optional(found->second) : derived_character(upper);
}

std::optional<NumericCharacter> numeric_character(uint32_t code_point) {
    const auto& numbers = tables().numbers;
    const auto found = numbers.find(code_point);
    return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

std::string_view east_asian_width(uint32_t code_point) {
    const auto& widths = tables().widths;
    auto after = std::ranges::upper_bound(widths, code_point, {}, &WidthRange::first);
    if (after == widths.begin()) return "N";
    --after;
    return code_point <= after->last ? after->width : "N";
}

}  // namespace loopglass::script
