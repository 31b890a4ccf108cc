// float: its methods but for hexadecimal text.
#include <charconv>
#include <cmath>

#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/float.hpp"
#include "runtime/value/format.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

namespace {

double number_of(const Value& value) {
    return cast<Float>(value)->number;
}

Value float_real(const Value* a) {
    return is_exact<Float>(a[0]) ? a[0] : make_float(number_of(a[0]));
}
Value float_imaginary(const Value*) {
    return make_float(0.0);
}
Value float_is_integer(const Value* a) {
    const double number = number_of(a[0]);
    return boolean(std::isfinite(number) && std::floor(number) == number);
}

Value float_ratio(const Value* a) {
    const double number = number_of(a[0]);
    if (std::isinf(number))
        return raise(errors::OverflowError, "cannot convert Infinity to integer ratio");
    if (std::isnan(number)) return raise(errors::ValueError, "cannot convert NaN to integer ratio");
    int exponent;
    double fraction = std::frexp(number, &exponent);
    while (fraction != std::floor(fraction)) {
        fraction *= 2;
        --exponent;
    }
    BigInt numerator = big_from_double(fraction), denominator = 1;
    if (exponent > 0)
        numerator <<= static_cast<unsigned>(exponent);
    else
        denominator <<= static_cast<unsigned>(-exponent);
    return make_tuple({make_big(std::move(numerator)), make_big(std::move(denominator))});
}

Value float_trunc(const Value* a) {
    return int_from_double(number_of(a[0]));
}
Value float_floor(const Value* a) {
    return int_from_double(std::floor(number_of(a[0])));
}
Value float_ceil(const Value* a) {
    return int_from_double(std::ceil(number_of(a[0])));
}

Value float_round(const Value* a) {
    const double number = number_of(a[0]);
    if (!a[1] || is_none(a[1])) return int_from_double(std::nearbyint(number));
    int64_t digits;
    if (!to_index_clamped(a[1], digits)) return {};
    return round_double(number, digits);
}

// At 10 ** -digits, digits < 0, on the exact value; half to even.
Value round_to_tens(double number, int64_t digits) {
    const BigInt unit = pow(BigInt(10), static_cast<unsigned>(-digits));
    const double size = std::fabs(number);
    BigInt quotient, rest;
    floor_divide(big_from_double(std::floor(size)), unit, quotient, rest);
    const int order = BigInt(rest * 2).compare(unit);
    const bool beyond = size != std::floor(size);
    if (order > 0 || (order == 0 && (beyond || (quotient & 1) != 0))) ++quotient;
    const double result = big_to_double(quotient * unit);
    if (std::isinf(result))
        return raise(errors::OverflowError, "rounded value too large to represent");
    return make_float(std::copysign(result, number));
}

Value float_format(const Value* a) {
    const Str* spec = as<Str>(a[1]);
    if (!spec)
        return raise(errors::TypeError,
                     cat("__format__() argument must be str, not ", type_name(a[1])));
    StrBuilder builder;
    if (!format_float(number_of(a[0]), spec->view(), builder.text())) return {};
    return builder.finish();
}

Value divmod(const Value& a, const Value& b) {
    if (!(is_float(a) || is_int(a)) || !(is_float(b) || is_int(b))) return not_implemented();
    double x, y, quotient, remainder;
    if (!to_double(a, x) || !to_double(b, y)) return {};
    if (y == 0) return raise(errors::ZeroDivisionError, "float divmod()");
    float_divmod(x, y, quotient, remainder);
    return make_tuple({make_float(quotient), make_float(remainder)});
}
Value float_power_method(const Value* a) {
    if (a[2] && !is_none(a[2]))
        return raise(errors::TypeError,
                     "pow() 3rd argument not allowed unless all arguments are integers");
    return Float::type->slots.binary[static_cast<size_t>(BinaryOp::Pow)](a[0], a[1]);
}
Value float_divmod_method(const Value* a) {
    return divmod(a[0], a[1]);
}
Value float_divmod_reflected(const Value* a) {
    return divmod(a[1], a[0]);
}
Value float_getnewargs(const Value* a) {
    return make_tuple({make_float(number_of(a[0]))});
}
Value float_getformat(const Value* a) {
    const Str* kind = as<Str>(a[1]);
    if (!kind)
        return raise(errors::TypeError,
                     cat("__getformat__() argument must be str, not ", type_name(a[1])));
    if (kind->view() == "double" || kind->view() == "float") return make_str("IEEE, little-endian");
    return raise(errors::ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
}

constexpr NativeMethod kMethods[] = {
    {"conjugate", float_real},
    {"real", float_real, "(self)", MethodKind::Getter},
    {"imag", float_imaginary, "(self)", MethodKind::Getter},
    {"is_integer", float_is_integer},
    {"as_integer_ratio", float_ratio},
    {"__trunc__", float_trunc},
    {"__floor__", float_floor},
    {"__ceil__", float_ceil},
    {"__round__", float_round, "(self, ndigits=None, /)"},
    {"__format__", float_format, "(self, format_spec, /)"},
    {"__pow__", float_power_method, "(self, value, mod=None, /)"},
    {"__divmod__", float_divmod_method, "(self, value, /)"},
    {"__rdivmod__", float_divmod_reflected, "(self, value, /)"},
    {"__getnewargs__", float_getnewargs},
    {"__getformat__", float_getformat, "(type, typestr, /)", MethodKind::Class},
};

}  // namespace

Value round_double(double number, int64_t digits) {
    if (!std::isfinite(number) || number == 0) return make_float(number);
    int exponent;
    (void)std::frexp(number, &exponent);
    // Beyond the digits a double has, nothing changes; before its first one, nothing is left.
    if (digits > static_cast<int64_t>((53 - exponent) * 0.30103)) {
        if (digits > 323 || digits > (53 - exponent)) return make_float(number);
    }
    if (digits < -308) return make_float(0.0 * number);
    if (digits < 0) return round_to_tens(number, digits);
    char buffer[800];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed,
                                   static_cast<int>(digits));
    double rounded = number;
    std::from_chars(buffer, end.ptr, rounded);
    return make_float(rounded);
}

const std::span<const NativeMethod> kFloatMethods = kMethods;

}  // namespace loopglass::value
