// What the files that make up float and complex share.
#pragma once

#include <span>

#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::value {

// x ** y as Python means it: a complex for a negative base with a fraction as exponent, and errors.
[[nodiscard]] Value float_power(double x, double y);
// Quotient and remainder of floor division; `y` is not zero.
void float_divmod(double x, double y, double& quotient, double& remainder);
[[nodiscard]] int64_t hash_double(double number, const Object* object);
// float('...'): false and nothing pending if the text is no number.
[[nodiscard]] bool parse_float(std::string_view text, double& out);
// The same without surrounding spaces or underscores; how many characters were a number.
[[nodiscard]] size_t scan_float(std::string_view text, double& out);
// round(number, digits), correctly rounded on the decimal value.
[[nodiscard]] Value round_double(double number, int64_t digits);
// repr(number), with or without the ".0" of whole ones.
void append_float(std::string& out, double number, bool add_point);
// (a + bj) ** (c + dj): a complex, or an exception.
[[nodiscard]] Value complex_power(double a, double b, double c, double d);
// -1, 0, 1 by exact value; `number` is not NaN.
[[nodiscard]] int compare_int_double(const Value& integer, double number);
extern const std::span<const NativeMethod> kFloatMethods;     // float_methods.cpp
extern const std::span<const NativeMethod> kFloatHexMethods;  // float_hex.cpp
void initialise_complex_type();

}  // namespace loopglass::value
