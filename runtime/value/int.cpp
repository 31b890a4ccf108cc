// int: making integers small and large, what C++ reads of them, hash and text.
#include "runtime/value/int.hpp"

#include <cmath>
#include <cstring>

#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"

namespace loopglass::value {

Type* Int::type = nullptr;
Type* g_bool_type = nullptr;
uint32_t g_int_max_str_digits = 4300;

namespace {

constexpr uint64_t kHashModulus = (uint64_t{1} << 61) - 1;

int64_t signed_hash(uint64_t magnitude, bool negative) {
    const auto reduced = static_cast<int64_t>(magnitude % kHashModulus);
    const int64_t hash = negative ? -reduced : reduced;
    return hash == -1 ? -2 : hash;
}

bool fits_word(const BigInt& number, int64_t& out) {
    if (number.backend().size() > 1) return false;
    const uint64_t magnitude = number.backend().limbs()[0];
    if (number.sign() >= 0) {
        out = static_cast<int64_t>(magnitude);
        return magnitude <= INT64_MAX;
    }
    out = static_cast<int64_t>(0 - magnitude);
    return magnitude <= uint64_t{1} << 63;
}

}  // namespace

Value make_int(int64_t number) {
    if (fits_small(number)) return Value::small(number);
    return make<Int>(BigInt(number));
}

Value make_int_unsigned(uint64_t number) {
    if (number <= static_cast<uint64_t>(kSmallMax))
        return Value::small(static_cast<int64_t>(number));
    return make<Int>(BigInt(number));
}

Value make_big(BigInt number) {
    int64_t word;
    if (fits_word(number, word) && fits_small(word)) return Value::small(word);
    return make<Int>(std::move(number));
}

bool to_big(const Value& value, BigInt& out) {
    if (!is_int(value)) return false;
    out = big(value);
    return true;
}

bool int_value(const Value& value, int64_t& out) {
    if (value.is_small()) return out = value.small(), true;
    return fits_word(cast<Int>(value)->number, out);
}

int int_sign(const Value& value) {
    if (value.is_small()) return (value.small() > 0) - (value.small() < 0);
    return cast<Int>(value)->number.sign();
}

size_t bit_length(const BigInt& number) {
    return number.is_zero() ? 0 : boost::multiprecision::msb(abs(number)) + 1;
}

bool bit_is_set(const BigInt& number, size_t bit) {
    return boost::multiprecision::bit_test(number.sign() < 0 ? BigInt(-number) : number,
                                           static_cast<unsigned>(bit));
}

double big_to_double(const BigInt& number) {
    int64_t word;
    if (fits_word(number, word)) return static_cast<double>(word);
    const BigInt magnitude = abs(number);
    const size_t bits = bit_length(magnitude);
    if (bits <= 64) {
        const auto whole = static_cast<double>(static_cast<uint64_t>(magnitude));
        return number.sign() < 0 ? -whole : whole;
    }
    if (bits > 1024) return number.sign() < 0 ? -HUGE_VAL : HUGE_VAL;
    // The leading 64 bits, the last one sticky: the conversion then rounds half to even rightly.
    const size_t cut = bits - 64;
    auto top = static_cast<uint64_t>(BigInt(magnitude >> cut));
    if (boost::multiprecision::lsb(magnitude) < cut) top |= 1;
    const double result = std::ldexp(static_cast<double>(top), static_cast<int>(cut));
    return number.sign() < 0 ? -result : result;
}

double int_to_double(const Value& value) {
    return value.is_small() ? static_cast<double>(value.small())
                            : big_to_double(cast<Int>(value)->number);
}

BigInt big_from_double(double whole) {
    int exponent;
    const double fraction = std::frexp(whole, &exponent);
    const auto mantissa = static_cast<int64_t>(std::ldexp(fraction, 53));
    const int shift = exponent - 53;
    BigInt number = mantissa < 0 ? -mantissa : mantissa;
    if (shift >= 0)
        number <<= shift;
    else
        number >>= -shift;
    return mantissa < 0 ? BigInt(-number) : number;
}

Value int_from_double(double number) {
    if (std::isnan(number)) return raise(errors::ValueError, "cannot convert float NaN to integer");
    if (std::isinf(number))
        return raise(errors::OverflowError, "cannot convert float infinity to integer");
    const double whole = std::trunc(number);
    if (std::fabs(whole) < 4e18) return make_int(static_cast<int64_t>(whole));
    return make_big(big_from_double(whole));
}

int64_t hash_big(const BigInt& number) {
    const BigInt reduced = abs(number) % kHashModulus;
    return signed_hash(static_cast<uint64_t>(reduced), number.sign() < 0);
}

int64_t int_hash(const Value& value) {
    if (!value.is_small()) return hash_big(cast<Int>(value)->number);
    const int64_t number = value.small();
    return signed_hash(
        number < 0 ? 0 - static_cast<uint64_t>(number) : static_cast<uint64_t>(number), number < 0);
}

// ---- text -------------------------------------------------------------------------------------

namespace {

void append_power_of_two(const BigInt& magnitude, unsigned shift, std::string& out) {
    static constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    const size_t digits = (bit_length(magnitude) + shift - 1) / shift;
    for (size_t i = digits; i-- > 0;) {
        unsigned digit = 0;
        for (unsigned bit = shift; bit-- > 0;)
            digit = digit * 2 + (boost::multiprecision::bit_test(
                                     magnitude, static_cast<unsigned>(i * shift + bit))
                                     ? 1
                                     : 0);
        out += kDigits[digit];
    }
}

std::string unlimited_text(const BigInt& number, int base) {
    if (base == 10 || number.is_zero()) return number.str();
    std::string out = number.sign() < 0 ? "-" : "";
    append_power_of_two(abs(number), base == 16 ? 4 : base == 8 ? 3 : 1, out);
    return out;
}

}  // namespace

std::string int_text(const Value& value, int base) {
    if (value.is_small() && base == 10) {
        char digits[24];
        return std::string(small_text(value.small(), digits));
    }
    return unlimited_text(big(value), base);
}

bool big_text(const BigInt& number, int base, std::string& out) {
    const size_t limit = base == 10 ? g_int_max_str_digits : 0;
    // A digit takes 3.32 bits; only numbers near the limit need counting.
    const bool far_beyond = limit && bit_length(number) > limit * 4;
    if (!far_beyond) out = unlimited_text(number, base);
    if (far_beyond || (limit && out.size() - (number.sign() < 0) > limit))
        return raise(errors::ValueError,
                     base::cat("Exceeds the limit (", limit,
                               " digits) for integer string conversion; use "
                               "sys.set_int_max_str_digits() to increase the limit")),
               false;
    return true;
}

void floor_divide(const BigInt& a, const BigInt& b, BigInt& quotient, BigInt& remainder) {
    boost::multiprecision::divide_qr(a, b, quotient, remainder);
    if (!remainder.is_zero() && (remainder.sign() < 0) != (b.sign() < 0)) {
        remainder += b;
        --quotient;
    }
}

}  // namespace loopglass::value
