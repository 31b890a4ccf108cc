// format() of int, bool, float and complex; doubles with a precision.
#include <charconv>
#include <cmath>
#include <cstring>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/float.hpp"
#include "runtime/value/format.hpp"
#include "runtime/value/format_spec.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

namespace {

bool fail(std::string_view message) {
    return raise(errors::ValueError, message), false;
}

std::string_view sign_of(bool negative, char wanted) {
    if (negative) return "-";
    return wanted == '+' ? "+" : wanted == ' ' ? " " : "";
}

std::string_view type_name_of(const Value& value) {
    return value.type()->name->view();
}

// ---- int --------------------------------------------------------------------------------------

bool format_character(const Value& number, FormatSpec& spec, std::string& out) {
    if (spec.sign) return fail("Sign not allowed with integer format specifier 'c'");
    if (spec.alternate)
        return fail("Alternate form (#) not allowed with integer format specifier 'c'");
    int64_t code_point;
    if (!int_value(number, code_point) || code_point < 0 || code_point > 0x10FFFF)
        return raise(errors::OverflowError, "%c arg not in range(0x110000)"), false;
    std::string character;
    append_code_point(character, static_cast<uint32_t>(code_point));
    NumberText text;
    text.rest = character;
    text.rest_width = 1;
    return append_number(out, spec, text);
}

bool format_integer(const Value& number, FormatSpec& spec, std::string& out) {
    const int base = spec.type == 'b'                       ? 2
                     : spec.type == 'o'                     ? 8
                     : spec.type == 'x' || spec.type == 'X' ? 16
                                                            : 10;
    std::string digits;
    char buffer[24];
    NumberText text;
    if (base == 10 && number.is_small()) {
        text.digits = small_text(number.small(), buffer);
    } else {
        if (!big_text(big(number), base, digits)) return false;
        text.digits = digits;
    }
    const bool negative = text.digits[0] == '-';
    if (negative) text.digits.remove_prefix(1);
    text.sign = sign_of(negative, spec.sign);
    std::string upper;
    if (spec.type == 'X') {
        upper = to_upper(text.digits);
        text.digits = upper;
    }
    if (spec.alternate && base != 10)
        text.prefix = base == 2 ? "0b" : base == 8 ? "0o" : spec.type == 'X' ? "0X" : "0x";
    return append_number(out, spec, text);
}

}  // namespace

bool format_int(const Value& number, std::string_view spec_text, std::string& out) {
    if (spec_text.empty()) {
        if (number.is_small()) {
            char digits[24];
            return out += small_text(number.small(), digits), true;
        }
        const Ref<Str> text = str(number);
        if (text) out += text->view();
        return static_cast<bool>(text);
    }
    FormatSpec spec;
    if (!parse_format_spec(spec_text, '>', type_name_of(number), spec)) return false;
    switch (spec.type) {
        case 0:
        case 'b':
        case 'c':
        case 'd':
        case 'o':
        case 'x':
        case 'X':
        case 'n':
            if (spec.precision >= 0)
                return fail("Precision not allowed in integer format specifier");
            if (spec.no_negative_zero)
                return fail("Negative zero coercion (z) not allowed in integer format specifier");
            return spec.type == 'c' ? format_character(number, spec, out)
                                    : format_integer(number, spec, out);
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
        case '%': {
            const double real = int_to_double(number);
            if (std::isinf(real))
                return raise(errors::OverflowError, "int too large to convert to float"), false;
            return format_float(real, spec_text, out);
        }
        default:
            return unknown_format_code(spec.type, type_name_of(number));
    }
}

// ---- float ------------------------------------------------------------------------------------

namespace {

void append_exponent(std::string& out, std::string_view text, char style) {
    for (const char c : text) out += c == 'e' && style == 'E' ? 'E' : c;
}

// %g: as many significant digits as the precision, in the shorter of both styles.
void append_general(std::string& out, double number, char style, int precision, bool alternate,
                    bool add_point) {
    if (precision == 0) precision = 1;
    std::vector<char> buffer(static_cast<size_t>(precision) + 40);
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                   std::chars_format::scientific, precision - 1);
    const std::string_view text(buffer.data(), static_cast<size_t>(end.ptr - buffer.data()));
    const size_t mark = text.rfind('e');
    int exponent = 0;
    const size_t number_at = mark + (text[mark + 1] == '+' ? 2 : 1);
    std::from_chars(text.data() + number_at, end.ptr, exponent);
    std::string digits(1, text[0]);
    if (mark > 2) digits += text.substr(2, mark - 2);
    if (!alternate)
        while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
    if (exponent < -4 || exponent >= precision - (add_point ? 1 : 0)) {
        out += digits[0];
        if (digits.size() > 1 || alternate) (out += '.').append(digits, 1);
        return append_exponent(out, text.substr(mark), style == 'G' ? 'E' : 'e');
    }
    const int point = exponent + 1;
    const auto count = static_cast<int>(digits.size());
    if (point <= 0) {
        (out += "0.").append(static_cast<size_t>(-point), '0') += digits;
    } else if (point >= count) {
        (out += digits).append(static_cast<size_t>(point - count), '0');
        out += alternate ? "." : add_point ? ".0" : "";
    } else {
        out.append(digits, 0, static_cast<size_t>(point)) += '.';
        out.append(digits, static_cast<size_t>(point));
    }
}

}  // namespace

void append_double(std::string& out, double number, char style, int precision, bool alternate,
                   bool add_point) {
    if (style == 'g' || style == 'G')
        return append_general(out, number, style, precision, alternate, add_point);
    if (style == 'r') {
        const size_t start = out.size();
        append_float(out, number, add_point);
        if (!alternate || out.find('.', start) != std::string::npos) return;
        const size_t mark = out.find('e', start);
        out.insert(mark == std::string::npos ? out.size() : mark, ".");
        return;
    }
    const bool fixed = style == 'f' || style == 'F';
    char small[400];
    std::vector<char> large;
    char* buffer = small;
    size_t room = sizeof small;
    if (precision > 60) {
        large.resize(static_cast<size_t>(precision) + sizeof small);
        buffer = large.data();
        room = large.size();
    }
    const auto end =
        std::to_chars(buffer, buffer + room, number,
                      fixed ? std::chars_format::fixed : std::chars_format::scientific, precision);
    std::string_view text(buffer, static_cast<size_t>(end.ptr - buffer));
    if (fixed) {
        out += text;
        if (alternate && precision == 0) out += '.';
        return;
    }
    const size_t mark = text.rfind('e');
    out += text.substr(0, mark);
    if (alternate && precision == 0) out += '.';
    append_exponent(out, text.substr(mark), style);
}

namespace {

// Splits "12.5e+10" behind its leading digits.
void split_digits(std::string_view text, NumberText& out) {
    size_t at = 0;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    out.digits = text.substr(0, at);
    out.rest = text.substr(at);
    out.rest_width = out.rest.size();
}

struct FloatStyle {
    char style;
    int precision;
    bool add_point;
    bool percent;
};

// What the spec asks for; false and pending if the type is none of a float's.
bool float_style(const FormatSpec& spec, std::string_view type_name, bool complex,
                 FloatStyle& out) {
    constexpr int64_t kMostPrecise = INT32_MAX;
    if (spec.precision > kMostPrecise) return fail("precision too big");
    out = {'r', spec.precision < 0 ? 6 : static_cast<int>(spec.precision), false, false};
    switch (spec.type) {
        case 0:
            if (spec.precision >= 0) out.style = 'g';
            out.add_point = !complex;
            return true;
        case 'n':
            out.style = 'g';
            return true;
        case '%':
            if (complex) break;
            out.style = 'f';
            out.percent = true;
            return true;
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
            out.style = static_cast<char>(spec.type);
            return true;
        default:
            break;
    }
    return unknown_format_code(spec.type, type_name);
}

// The number without its sign; returns whether it shows one.
bool append_magnitude(std::string& out, double number, const FloatStyle& style,
                      const FormatSpec& spec) {
    const size_t start = out.size();
    bool negative = std::signbit(number);
    if (std::isnan(number)) {
        out += "nan";
        negative = false;
    } else if (std::isinf(number)) {
        out += "inf";
    } else {
        append_double(out, std::fabs(number), style.style, style.precision, spec.alternate,
                      style.add_point);
        if (negative && spec.no_negative_zero &&
            out.find_first_of("123456789", start) == std::string::npos)
            negative = false;
    }
    if ((style.style == 'E' || style.style == 'F' || style.style == 'G') && !std::isfinite(number))
        for (size_t i = start; i < out.size(); ++i) out[i] = static_cast<char>(out[i] & ~0x20);
    return negative;
}

}  // namespace

bool format_float(double number, std::string_view spec_text, std::string& out) {
    if (spec_text.empty()) return append_float(out, number, true), true;
    FormatSpec spec;
    FloatStyle style;
    if (!parse_format_spec(spec_text, '>', "float", spec)) return false;
    if (!float_style(spec, "float", false, style)) return false;
    std::string magnitude;
    const bool negative =
        append_magnitude(magnitude, style.percent ? number * 100 : number, style, spec);
    if (style.percent) magnitude += '%';
    NumberText text;
    split_digits(magnitude, text);
    text.sign = sign_of(negative, spec.sign);
    return append_number(out, spec, text);
}

bool format_complex(double real, double imaginary, std::string_view spec_text, std::string& out) {
    FormatSpec spec;
    FloatStyle style;
    if (!parse_format_spec(spec_text, '>', "complex", spec)) return false;
    if (!float_style(spec, "complex", true, style)) return false;
    if (spec.fill == "0") return fail("Zero padding is not allowed in complex format specifier");
    if (spec.align == '=')
        return fail("'=' alignment flag is not allowed in complex format specifier");
    // Without a type it looks like repr: bracketed, and without a real part that is zero.
    const bool like_repr = spec.type == 0;
    const bool skip_real = like_repr && real == 0 && !std::signbit(real);
    FormatSpec part = spec;
    part.width = -1;
    std::string whole = like_repr && !skip_real ? "(" : "";
    const auto append_part = [&](double number, char sign) {
        std::string magnitude;
        const bool negative = append_magnitude(magnitude, number, style, spec);
        NumberText text;
        split_digits(magnitude, text);
        text.sign = sign_of(negative, sign);
        return append_number(whole, part, text);
    };
    if (!skip_real && !append_part(real, spec.sign)) return false;
    if (!append_part(imaginary, skip_real ? spec.sign : '+')) return false;
    whole += like_repr && !skip_real ? "j)" : "j";
    return append_aligned(out, spec, whole, count_code_points(whole));
}

// ---- any value --------------------------------------------------------------------------------

bool format_append(const Value& value, std::string_view spec, std::string& out) {
    if (value.is_small()) return format_int(value, spec, out);
    const Type* type = value.object()->type;
    if (type == Str::type) return format_str(self_str(value), spec, out);
    if (type == Float::type) return format_float(cast<Float>(value)->number, spec, out);
    if (type == Int::type || type == g_bool_type) return format_int(value, spec, out);
    const Ref<Str> spec_text = make_str(spec);
    const Ref<Str> text = format(value, spec_text.get());
    if (text) out += text->view();
    return static_cast<bool>(text);
}

}  // namespace loopglass::value
