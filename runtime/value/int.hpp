// Int: integers beyond 63 bits, bools, and instances of classes derived from int. Only the files
// that make up int include this, because of what the library behind it costs to compile.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <span>

#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::value {

using BigInt = boost::multiprecision::cpp_int;

struct Int : Object {
    static Type* type;
    BigInt number;
    Int(Type* its_type, BigInt its_number) : Object(its_type), number(std::move(its_number)) {}
};

// A small int where it fits, otherwise an Int.
[[nodiscard]] Value make_big(BigInt number);
// Of any int; false if `value` is none.
[[nodiscard]] bool to_big(const Value& value, BigInt& out);
[[nodiscard]] inline BigInt big(const Value& value) {
    return value.is_small() ? BigInt(value.small()) : static_cast<Int*>(value.object())->number;
}
// The sign of any int: -1, 0, 1.
[[nodiscard]] int int_sign(const Value& value);
[[nodiscard]] size_t bit_length(const BigInt& number);
// Rounded half to even, as CPython; infinite beyond the range.
[[nodiscard]] double big_to_double(const BigInt& number);
[[nodiscard]] BigInt big_from_double(double whole);
[[nodiscard]] int64_t hash_big(const BigInt& number);
[[nodiscard]] bool bit_is_set(const BigInt& number, size_t bit);  // of the magnitude

// Quotient and remainder rounded towards minus infinity; `b` is not zero.
void floor_divide(const BigInt& a, const BigInt& b, BigInt& quotient, BigInt& remainder);

// Digits of the magnitude with a sign, lower case; false with a ValueError pending where the text
// would be too long for CPython's limit.
[[nodiscard]] bool big_text(const BigInt& number, int base, std::string& out);

extern const std::span<const NativeMethod> kIntBytesMethods;  // int_bytes.cpp
Value int_construct(Type* type, const Args& args);            // int_parse.cpp
void fill_int_slots(Slots& slots);                            // int_arithmetic.cpp

}  // namespace loopglass::value
