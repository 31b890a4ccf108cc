// float.hex and float.fromhex.
#include <cmath>
#include <string>

#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/float.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

namespace {

Value float_hex(const Value* a) {
    const double number = cast<Float>(a[0])->number;
    if (!std::isfinite(number)) return make_str(float_repr(number));
    const std::string sign = std::signbit(number) ? "-" : "";
    if (number == 0) return make_str(sign + "0x0.0p+0");
    int exponent;
    double mantissa = std::frexp(std::fabs(number), &exponent);
    // One bit before the point, except for numbers too small for that.
    const int shift = 1 - (exponent < -1021 ? -1021 - exponent : 0);
    mantissa = std::ldexp(mantissa, shift);
    exponent -= shift;
    std::string out = sign + "0x" + static_cast<char>('0' + static_cast<int>(mantissa)) + '.';
    mantissa -= std::floor(mantissa);
    for (int i = 0; i < 13; ++i) {
        mantissa *= 16;
        out += "0123456789abcdef"[static_cast<int>(mantissa)];
        mantissa -= std::floor(mantissa);
    }
    out += exponent < 0 ? "p-" : "p+";
    return make_str(out + std::to_string(std::abs(exponent)));
}

Value bad_hex() {
    return raise(errors::ValueError, "invalid hexadecimal floating-point string");
}
Value too_large() {
    return raise(errors::OverflowError, "hexadecimal value too large to represent as a float");
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// mantissa * 2 ** exponent, rounded half to even.
Value scaled(const BigInt& mantissa, int64_t exponent, bool negative) {
    if (mantissa.is_zero()) return make_float(negative ? -0.0 : 0.0);
    const auto bits = static_cast<int64_t>(bit_length(mantissa));
    if (bits + exponent > 1024) return too_large();
    if (bits + exponent < -1080) return make_float(negative ? -0.0 : 0.0);
    // Bits that a double at this exponent has no room for.
    const int64_t lowest = bits + exponent - 53 > -1074 ? bits + exponent - 53 : -1074;
    const int64_t drop = lowest - exponent;
    BigInt kept = mantissa;
    if (drop > 0) {
        kept >>= static_cast<unsigned>(drop);
        const BigInt rest = mantissa - (kept << static_cast<unsigned>(drop));
        const int order = BigInt(rest * 2).compare(BigInt(1) << static_cast<unsigned>(drop));
        if (order > 0 || (order == 0 && (kept & 1) != 0)) ++kept;
        exponent += drop;
    }
    const double result = std::ldexp(big_to_double(kept), static_cast<int>(exponent));
    if (std::isinf(result)) return too_large();
    return make_float(negative ? -result : result);
}

Value read_hex(std::string_view text) {
    bool negative = false;
    size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
    double special;
    const std::string_view rest = text.substr(at);
    if (!rest.empty() && ((rest[0] | 0x20) == 'i' || (rest[0] | 0x20) == 'n')) {
        if (scan_float(rest, special) != rest.size()) return bad_hex();
        return make_float(negative ? -special : special);
    }
    if (rest.size() >= 2 && rest[0] == '0' && (rest[1] | 0x20) == 'x') at += 2;
    BigInt mantissa = 0;
    int64_t exponent = 0;
    size_t digits = 0;
    bool behind_point = false;
    for (; at < text.size(); ++at) {
        if (text[at] == '.' && !behind_point) {
            behind_point = true;
            continue;
        }
        const int digit = hex_digit(text[at]);
        if (digit < 0) break;
        mantissa = mantissa * 16 + digit;
        ++digits;
        if (behind_point) exponent -= 4;
    }
    if (!digits) return bad_hex();
    if (at < text.size() && (text[at] | 0x20) == 'p') {
        ++at;
        bool down = false;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) down = text[at++] == '-';
        if (at >= text.size()) return bad_hex();
        int64_t power = 0;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
            if (power < 1000000000) power = power * 10 + (text[at] - '0');
        exponent += down ? -power : power;
    }
    if (at != text.size()) return bad_hex();
    return scaled(mantissa, exponent, negative);
}

Value float_from_hex(const Value* a) {
    const Str* text = as<Str>(a[1]);
    if (!text)
        return raise(errors::TypeError,
                     base::cat("fromhex() argument must be str, not ", type_name(a[1])));
    Value number = read_hex(strip_space(text->view()));
    if (!number || a[0].is(Float::type)) return number;
    return call(a[0], number);
}

constexpr NativeMethod kMethods[] = {
    {"hex", float_hex},
    {"fromhex", float_from_hex, "(type, string, /)", MethodKind::Class},
};

}  // namespace

const std::span<const NativeMethod> kFloatHexMethods = kMethods;

}  // namespace loopglass::value
