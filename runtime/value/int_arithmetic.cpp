// int: the operators. Small operands take a path of machine arithmetic, others Boost's integers.
// Meaning and messages are CPython's (Objects/longobject.c).
#include <cmath>

#include "runtime/value/errors.hpp"
#include "runtime/value/float.hpp"
#include "runtime/value/fuel.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"

namespace loopglass::value {

namespace {

// A result of more bits than this is refused with a MemoryError before it eats the machine.
constexpr uint64_t kMostBits = uint64_t{1} << 31;
// The same for products and powers, which nothing can interrupt.
constexpr uint64_t kMostProductBits = uint64_t{1} << 24;

Value out_of_memory() {
    return raise(errors::MemoryError, "");
}

// Is the time for a product (or quotient) of that many bits acceptable, as nothing can interrupt
// it? Spends fuel for it. False with an exception pending.
bool affordable(uint64_t bits_a, uint64_t bits_b, uint64_t most_steps) {
    const uint64_t steps = (bits_a / 64) * (bits_b / 64);
    if (steps > most_steps) return out_of_memory(), false;
    return spend(static_cast<int64_t>(steps >> 10));
}
constexpr uint64_t kMostProductSteps = uint64_t{1} << 34;
constexpr uint64_t kMostQuotientSteps = uint64_t{1} << 31;

bool both_ints(const Value& a, const Value& b) {
    return is_int(a) && is_int(b);
}
bool both_words(const Value& a, const Value& b, int64_t& x, int64_t& y) {
    return int_value(a, x) && int_value(b, y);
}

Value int_add(const Value& a, const Value& b) {
    if (a.is_small() && b.is_small()) return make_int(a.small() + b.small());
    if (!both_ints(a, b)) return not_implemented();
    return make_big(big(a) + big(b));
}
Value int_subtract(const Value& a, const Value& b) {
    if (a.is_small() && b.is_small()) return make_int(a.small() - b.small());
    if (!both_ints(a, b)) return not_implemented();
    return make_big(big(a) - big(b));
}
Value int_multiply(const Value& a, const Value& b) {
    int64_t product;
    if (a.is_small() && b.is_small() && !__builtin_mul_overflow(a.small(), b.small(), &product))
        return make_int(product);
    if (!both_ints(a, b)) return not_implemented();
    const BigInt x = big(a), y = big(b);
    if (!affordable(bit_length(x), bit_length(y), kMostProductSteps)) return {};
    return make_big(x * y);
}

// Rounded towards minus infinity; false if they do not fit in words or b is zero.
bool divide_words(const Value& a, const Value& b, int64_t& quotient, int64_t& remainder) {
    int64_t x, y;
    if (!both_words(a, b, x, y) || y == 0 || (x == INT64_MIN && y == -1)) return false;
    quotient = x / y;
    remainder = x % y;
    if (remainder && (remainder ^ y) < 0) {
        remainder += y;
        --quotient;
    }
    return true;
}

bool divided(const Value& a, const Value& b, BigInt& whole, BigInt& rest) {
    const BigInt x = big(a), y = big(b);
    const uint64_t bits = bit_length(x), least = bit_length(y);
    if (!affordable(bits > least ? bits - least : 0, least, kMostQuotientSteps)) return false;
    floor_divide(x, y, whole, rest);
    return true;
}

Value int_floor_divide(const Value& a, const Value& b) {
    if (!both_ints(a, b)) return not_implemented();
    int64_t quotient, remainder;
    if (divide_words(a, b, quotient, remainder)) return make_int(quotient);
    if (int_sign(b) == 0)
        return raise(errors::ZeroDivisionError, "integer division or modulo by zero");
    BigInt whole, rest;
    return divided(a, b, whole, rest) ? make_big(std::move(whole)) : Value();
}
Value int_modulo(const Value& a, const Value& b) {
    if (!both_ints(a, b)) return not_implemented();
    int64_t quotient, remainder;
    if (divide_words(a, b, quotient, remainder)) return make_int(remainder);
    if (int_sign(b) == 0) return raise(errors::ZeroDivisionError, "integer modulo by zero");
    BigInt whole, rest;
    return divided(a, b, whole, rest) ? make_big(std::move(rest)) : Value();
}

// a / b rounded half to even at 53 bits; `b` is not zero (longobject.c, long_true_divide).
Value divide_rounded(const BigInt& a, const BigInt& b) {
    const BigInt top = abs(a), bottom = abs(b);
    if (top.is_zero()) return make_float(a.sign() * b.sign() < 0 ? -0.0 : 0.0);
    const auto difference =
        static_cast<int64_t>(bit_length(top)) - static_cast<int64_t>(bit_length(bottom));
    const bool negative = (a.sign() < 0) != (b.sign() < 0);
    if (difference > 1024)
        return raise(errors::OverflowError, "integer division result too large for a float");
    if (difference < -1076) return make_float(negative ? -0.0 : 0.0);
    // The quotient of the shifted numbers has at least two bits more than fit.
    const int64_t shift = (difference > -1021 ? difference : -1021) - 55;
    BigInt numerator = top, denominator = bottom, quotient, rest;
    if (shift < 0)
        numerator <<= static_cast<unsigned>(-shift);
    else
        denominator <<= static_cast<unsigned>(shift);
    boost::multiprecision::divide_qr(numerator, denominator, quotient, rest);
    const auto bits = static_cast<int64_t>(bit_length(quotient));
    const int64_t extra = (bits > -1021 - shift ? bits : -1021 - shift) - 53;
    auto mantissa = static_cast<uint64_t>(quotient);
    const uint64_t unit = uint64_t{1} << extra, half = unit >> 1;
    const uint64_t low = mantissa & (unit - 1);
    const bool up = low > half || (low == half && (!rest.is_zero() || (mantissa & unit)));
    mantissa = (mantissa & ~(unit - 1)) + (up ? unit : 0);
    const double result = std::ldexp(static_cast<double>(mantissa), static_cast<int>(shift));
    if (std::isinf(result))
        return raise(errors::OverflowError, "integer division result too large for a float");
    return make_float(negative ? -result : result);
}

Value int_true_divide(const Value& a, const Value& b) {
    if (!both_ints(a, b)) return not_implemented();
    constexpr int64_t kExact = int64_t{1} << 53;
    if (int_sign(b) == 0) return raise(errors::ZeroDivisionError, "division by zero");
    int64_t x, y;
    if (both_words(a, b, x, y) && x >= -kExact && x <= kExact && y >= -kExact && y <= kExact)
        return make_float(static_cast<double>(x) / static_cast<double>(y));
    return divide_rounded(big(a), big(b));
}

Value big_power(const BigInt& base, uint64_t exponent) {
    if (exponent == 0) return Value::small(1);
    if (base.is_zero() || base == 1) return make_big(base);
    if (base == -1) return Value::small(exponent & 1 ? -1 : 1);
    if (bit_length(base) > kMostProductBits / exponent) return out_of_memory();
    const uint64_t bits = bit_length(base) * exponent;
    if (!affordable(bits / 2, bits / 2, kMostProductSteps)) return {};
    return make_big(pow(base, static_cast<unsigned>(exponent)));
}

Value int_power(const Value& a, const Value& b) {
    if (!both_ints(a, b)) return not_implemented();
    if (int_sign(b) < 0) {
        const double x = int_to_double(a), y = int_to_double(b);
        if (std::isinf(x) || std::isinf(y))
            return raise(errors::OverflowError, "int too large to convert to float");
        return float_power(x, y);
    }
    int64_t exponent;
    if (!int_value(b, exponent)) {
        int64_t base;
        if (!int_value(a, base) || base < -1 || base > 1) return out_of_memory();
        return big_power(BigInt(base), 2 + bit_is_set(big(b), 0));
    }
    int64_t base, result = 1;
    if (!int_value(a, base)) return big_power(big(a), static_cast<uint64_t>(exponent));
    for (int64_t left = exponent; left;) {
        if ((left & 1) && __builtin_mul_overflow(result, base, &result))
            return big_power(big(a), static_cast<uint64_t>(exponent));
        left >>= 1;
        if (left && __builtin_mul_overflow(base, base, &base))
            return big_power(big(a), static_cast<uint64_t>(exponent));
    }
    return make_int(result);
}

Value int_shift_left(const Value& a, const Value& b) {
    if (!both_ints(a, b)) return not_implemented();
    if (int_sign(b) < 0) return raise(errors::ValueError, "negative shift count");
    if (int_sign(a) == 0) return Value::small(0);
    int64_t x, by;
    if (!int_value(b, by)) return raise(errors::OverflowError, "too many digits in integer");
    if (int_value(a, x) && by < 63 && (x << by) >> by == x) return make_int(x << by);
    if (static_cast<uint64_t>(by) > kMostBits) return out_of_memory();
    return make_big(big(a) << static_cast<unsigned>(by));
}
Value int_shift_right(const Value& a, const Value& b) {
    if (!both_ints(a, b)) return not_implemented();
    if (int_sign(b) < 0) return raise(errors::ValueError, "negative shift count");
    int64_t x, by;
    if (!int_value(b, by)) return Value::small(int_sign(a) < 0 ? -1 : 0);
    if (int_value(a, x)) return make_int(by > 63 ? (x < 0 ? -1 : 0) : x >> by);
    const BigInt number = big(a);
    if (static_cast<uint64_t>(by) >= bit_length(number))
        return Value::small(number.sign() < 0 ? -1 : 0);
    return make_big(number >> static_cast<unsigned>(by));
}

Value int_and(const Value& a, const Value& b) {
    if (!both_ints(a, b)) return not_implemented();
    int64_t x, y;
    return both_words(a, b, x, y) ? make_int(x & y) : make_big(big(a) & big(b));
}
Value int_or(const Value& a, const Value& b) {
    if (!both_ints(a, b)) return not_implemented();
    int64_t x, y;
    return both_words(a, b, x, y) ? make_int(x | y) : make_big(big(a) | big(b));
}
Value int_xor(const Value& a, const Value& b) {
    if (!both_ints(a, b)) return not_implemented();
    int64_t x, y;
    return both_words(a, b, x, y) ? make_int(x ^ y) : make_big(big(a) ^ big(b));
}

Value int_negative(const Value& a) {
    return a.is_small() ? make_int(-a.small()) : make_big(-big(a));
}
Value int_positive(const Value& a) {
    return a.is_small() ? a : int_exact(a);
}
Value int_invert(const Value& a) {
    return a.is_small() ? make_int(~a.small()) : make_big(-big(a) - 1);
}
Value int_absolute(const Value& a) {
    return int_sign(a) < 0 ? int_negative(a) : int_positive(a);
}

Value int_compare(const Value& a, const Value& b, CompareOp op) {
    if (!both_ints(a, b)) return not_implemented();
    int order;
    if (a.is_small() && b.is_small())
        order = (a.small() > b.small()) - (a.small() < b.small());
    else
        order = big(a).compare(big(b));
    switch (op) {
        case CompareOp::Lt:
            return boolean(order < 0);
        case CompareOp::Le:
            return boolean(order <= 0);
        case CompareOp::Eq:
            return boolean(order == 0);
        case CompareOp::Ne:
            return boolean(order != 0);
        case CompareOp::Gt:
            return boolean(order > 0);
        default:
            return boolean(order >= 0);
    }
}

Value int_repr(const Value& self) {
    if (self.is_small()) return small_str(self.small());
    std::string text;
    if (!big_text(cast<Int>(self)->number, 10, text)) return {};
    return make_str(text);
}
bool int_hash_slot(const Value& self, int64_t& out) {
    out = int_hash(self);
    return true;
}
int int_truth(const Value& self) {
    return int_sign(self) != 0;
}
Value int_to_float(const Value& self) {
    const double number = int_to_double(self);
    if (std::isinf(number))
        return raise(errors::OverflowError, "int too large to convert to float");
    return make_float(number);
}

// Multiplicative inverse of a modulo m (m > 0), or zero if there is none.
BigInt modular_inverse(BigInt a, const BigInt& m) {
    BigInt x0 = 1, x1 = 0, rest = m;
    while (!rest.is_zero()) {
        BigInt quotient, remainder;
        floor_divide(a, rest, quotient, remainder);
        BigInt next = x0 - quotient * x1;
        x0 = std::move(x1);
        x1 = std::move(next);
        a = std::move(rest);
        rest = std::move(remainder);
    }
    if (a != 1) return 0;
    return x0;
}

}  // namespace

Value int_exact(const Value& value) {
    if (value.is_small() || is_exact<Int>(value)) return value;
    return make_big(cast<Int>(value)->number);
}

Value int_power_modulo(const Value& base, const Value& exponent, const Value& modulus) {
    if (!is_int(base) || !is_int(exponent) || !is_int(modulus))
        return raise(errors::TypeError,
                     "pow() 3rd argument not allowed unless all arguments are integers");
    const BigInt signed_modulus = big(modulus);
    const BigInt m = abs(signed_modulus);
    if (m.is_zero()) return raise(errors::ValueError, "pow() 3rd argument cannot be 0");
    if (m == 1) return Value::small(0);
    BigInt quotient, b, e = big(exponent);
    floor_divide(big(base), m, quotient, b);
    if (e.sign() < 0) {
        b = modular_inverse(b, m);
        if (b.is_zero())
            return raise(errors::ValueError, "base is not invertible for the given modulus");
        if (b.sign() < 0) b += m;
        e = -e;
    }
    const uint64_t words = bit_length(m) / 64 + 1;
    if (!affordable(bit_length(e) * 64, words * words * 64, kMostQuotientSteps)) return {};
    BigInt result = powm(b, e, m);
    if (signed_modulus.sign() < 0 && !result.is_zero()) result -= m;
    return make_big(std::move(result));
}

Value int_divmod(const Value& a, const Value& b) {
    if (!both_ints(a, b)) return not_implemented();
    int64_t quotient, remainder;
    if (divide_words(a, b, quotient, remainder))
        return make_tuple({make_int(quotient), make_int(remainder)});
    if (int_sign(b) == 0)
        return raise(errors::ZeroDivisionError, "integer division or modulo by zero");
    BigInt whole, rest;
    if (!divided(a, b, whole, rest)) return {};
    return make_tuple({make_big(std::move(whole)), make_big(std::move(rest))});
}

void fill_int_slots(Slots& slots) {
    const std::pair<BinaryOp, Value (*)(const Value&, const Value&)> binary[] = {
        {BinaryOp::Add, int_add},
        {BinaryOp::Sub, int_subtract},
        {BinaryOp::Mul, int_multiply},
        {BinaryOp::Div, int_true_divide},
        {BinaryOp::FloorDiv, int_floor_divide},
        {BinaryOp::Mod, int_modulo},
        {BinaryOp::Pow, int_power},
        {BinaryOp::LShift, int_shift_left},
        {BinaryOp::RShift, int_shift_right},
        {BinaryOp::And, int_and},
        {BinaryOp::Or, int_or},
        {BinaryOp::Xor, int_xor},
    };
    for (const auto& [op, function] : binary) slots.binary[static_cast<size_t>(op)] = function;
    slots.unary[static_cast<size_t>(UnaryOp::Neg)] = int_negative;
    slots.unary[static_cast<size_t>(UnaryOp::Pos)] = int_positive;
    slots.unary[static_cast<size_t>(UnaryOp::Invert)] = int_invert;
    slots.unary[static_cast<size_t>(UnaryOp::Abs)] = int_absolute;
    slots.repr = int_repr;
    slots.hash = int_hash_slot;
    slots.compare = int_compare;
    slots.truth = int_truth;
    slots.index = int_exact;
    slots.to_int = int_exact;
    slots.to_float = int_to_float;
}

}  // namespace loopglass::value
