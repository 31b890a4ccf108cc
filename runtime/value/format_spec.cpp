// The format-spec mini-language: parsing, layout, format() of str.
#include "runtime/value/format_spec.hpp"

#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/format.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

namespace {

constexpr int64_t kWidest = int64_t{1} << 31;

bool is_align(char c) {
    return c == '<' || c == '>' || c == '=' || c == '^';
}

bool fail(std::string_view message) {
    return raise(errors::ValueError, message), false;
}

// A decimal number at the front of `text`; false: too large. `out` untouched if there is none.
bool take_number(std::string_view& text, int64_t& out) {
    bool any = false;
    int64_t number = 0;
    while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
        if (number > (INT64_MAX - 9) / 10) return fail("Too many decimal digits in format string");
        number = number * 10 + (text[0] - '0');
        text.remove_prefix(1);
        any = true;
    }
    if (any) out = number;
    return true;
}

void take_fill_and_align(std::string_view& text, char default_align, FormatSpec& out) {
    out.align = default_align;
    const size_t first = text.empty() ? 0 : code_point_bytes(static_cast<unsigned char>(text[0]));
    if (text.size() > first && first && is_align(text[first])) {
        out.fill = text.substr(0, first);
        out.align = text[first];
        out.align_given = true;
        text.remove_prefix(first + 1);
    } else if (!text.empty() && is_align(text[0])) {
        out.align = text[0];
        out.align_given = true;
        text.remove_prefix(1);
    }
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text[0] != c) return false;
    text.remove_prefix(1);
    return true;
}

bool take_grouping(std::string_view& text, FormatSpec& out) {
    if (take(text, ',')) out.grouping = ',';
    if (take(text, '_')) {
        if (out.grouping) return fail("Cannot specify both ',' and '_'.");
        out.grouping = '_';
    }
    if (!text.empty() && text[0] == ',' && out.grouping == '_')
        return fail("Cannot specify both ',' and '_'.");
    return true;
}

bool grouping_allowed(const FormatSpec& spec) {
    switch (spec.type) {
        case 'd':
        case 'e':
        case 'f':
        case 'g':
        case 'E':
        case 'G':
        case '%':
        case 'F':
        case 0:
            return true;
        case 'b':
        case 'o':
        case 'x':
        case 'X':
            return spec.grouping == '_';
        default:
            return false;
    }
}

}  // namespace

bool parse_format_spec(std::string_view text, char default_align, std::string_view type_name,
                       FormatSpec& out) {
    const std::string_view all = text;
    take_fill_and_align(text, default_align, out);
    const bool fill_given = out.align_given && out.fill.data() == all.data();
    if (!text.empty() && (text[0] == '+' || text[0] == '-' || text[0] == ' ')) {
        out.sign = text[0];
        text.remove_prefix(1);
    }
    out.no_negative_zero = take(text, 'z');
    out.alternate = take(text, '#');
    if (!fill_given && take(text, '0')) {
        out.fill = "0";
        if (!out.align_given && default_align == '>') out.align = '=';
    }
    if (!take_number(text, out.width) || !take_grouping(text, out)) return false;
    if (take(text, '.')) {
        if (!take_number(text, out.precision)) return false;
        if (out.precision < 0) return fail("Format specifier missing precision");
    }
    if (!text.empty()) {
        const char* at = text.data();
        out.type = next_code_point(at);
        if (at != text.data() + text.size())
            return fail(
                cat("Invalid format specifier '", all, "' for object of type '", type_name, "'"));
    }
    if (out.grouping && !grouping_allowed(out)) {
        std::string code;
        append_code_point(code, out.type);
        if (out.type > 32 && out.type < 128)
            return fail(cat("Cannot specify '", out.grouping, "' with '", code, "'."));
        code.clear();
        append_escape(code, out.type);
        return fail(cat("Cannot specify '", out.grouping, "' with '", code, "'."));
    }
    out.zero_fill = out.fill == "0" && out.align == '=';
    return true;
}

bool unknown_format_code(uint32_t code, std::string_view type_name) {
    std::string shown;
    if (code > 32 && code < 128)
        shown = static_cast<char>(code);
    else
        append_escape(shown, code);
    return fail(cat("Unknown format code '", shown, "' for object of type '", type_name, "'"));
}

// ---- layout -----------------------------------------------------------------------------------

namespace {

bool too_wide(int64_t width) {
    return width > kWidest && (raise(errors::MemoryError, ""), true);
}

void append_fill(std::string& out, std::string_view fill, int64_t times) {
    if (times <= 0) return;
    if (fill.size() == 1) {
        out.append(static_cast<size_t>(times), fill[0]);
        return;
    }
    while (times-- > 0) out += fill;
}

// Digits in groups, filled with zeros to at least `width` characters
// (Objects/stringlib/localeutil.h).
std::string group_digits(std::string_view digits, char separator, size_t group, int64_t width) {
    std::string reversed;
    auto left = static_cast<int64_t>(digits.size());
    for (;;) {
        const int64_t wanted = left > width ? left : width;
        const int64_t take =
            std::min<int64_t>(static_cast<int64_t>(group), wanted > 1 ? wanted : 1);
        for (int64_t i = 0; i < take; ++i, --left)
            reversed += left > 0 ? digits[static_cast<size_t>(left - 1)] : '0';
        if (left < 0) left = 0;
        width -= take;
        if (left == 0 && width <= 0) break;
        reversed += separator;
        --width;
    }
    return {reversed.rbegin(), reversed.rend()};
}

}  // namespace

bool append_aligned(std::string& out, const FormatSpec& spec, std::string_view text,
                    size_t length) {
    const int64_t missing = spec.width - static_cast<int64_t>(length);
    if (missing <= 0) return out += text, true;
    if (too_wide(spec.width)) return false;
    const int64_t left = spec.align == '<' ? 0 : spec.align == '^' ? missing / 2 : missing;
    append_fill(out, spec.fill, left);
    out += text;
    append_fill(out, spec.fill, missing - left);
    return true;
}

bool append_number(std::string& out, const FormatSpec& spec, const NumberText& text) {
    if (too_wide(spec.width)) return false;
    const size_t around = text.sign.size() + text.prefix.size() + text.rest_width;
    std::string grouped;
    std::string_view digits = text.digits;
    if (spec.grouping && !digits.empty()) {
        const bool fours =
            spec.type == 'b' || spec.type == 'o' || spec.type == 'x' || spec.type == 'X';
        const int64_t least = spec.zero_fill ? spec.width - static_cast<int64_t>(around) : 0;
        grouped = group_digits(digits, spec.grouping, fours ? 4 : 3, least);
        digits = grouped;
    }
    const int64_t missing = spec.width - static_cast<int64_t>(around + digits.size());
    int64_t left = 0, inner = 0, right = 0;
    if (missing > 0) {
        switch (spec.align) {
            case '<':
                right = missing;
                break;
            case '=':
                inner = missing;
                break;
            case '^':
                left = missing / 2;
                right = missing - left;
                break;
            default:
                left = missing;
        }
    }
    append_fill(out, spec.fill, left);
    (out += text.sign) += text.prefix;
    append_fill(out, spec.fill, inner);
    (out += digits) += text.rest;
    append_fill(out, spec.fill, right);
    return true;
}

// ---- str --------------------------------------------------------------------------------------

bool format_str(const Str* text, std::string_view spec_text, std::string& out) {
    if (spec_text.empty()) return out += text->view(), true;
    FormatSpec spec;
    if (!parse_format_spec(spec_text, '<', "str", spec)) return false;
    if (spec.type && spec.type != 's') return unknown_format_code(spec.type, "str");
    if (spec.sign)
        return fail(spec.sign == ' ' ? "Space not allowed in string format specifier"
                                     : "Sign not allowed in string format specifier");
    if (spec.no_negative_zero)
        return fail("Negative zero coercion (z) not allowed in string format specifier");
    if (spec.alternate) return fail("Alternate form (#) not allowed in string format specifier");
    if (spec.grouping) return fail(cat("Cannot specify '", spec.grouping, "' with 's'."));
    if (spec.align == '=') return fail("'=' alignment not allowed in string format specifier");
    std::string_view shown = text->view();
    size_t length = text->length;
    if (spec.precision >= 0 && static_cast<size_t>(spec.precision) < length) {
        length = static_cast<size_t>(spec.precision);
        shown = code_point_slice(shown, text->ascii(), 0, length);
    }
    return append_aligned(out, spec, shown, length);
}

}  // namespace loopglass::value
