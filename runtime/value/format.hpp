// Formatting: format() of the builtin types, str.format and the % operator.
#pragma once

#include <string>
#include <string_view>

#include "runtime/value/objects.hpp"

namespace loopglass::value {

// text % values, bytes % values. Empty and pending on error.
[[nodiscard]] Value percent_format(Str* format, const Value& values);
[[nodiscard]] Value percent_format_bytes(std::string_view format, const Value& values,
                                         bool as_bytearray);

// format(value, spec) of the exact builtin types; `out` gets the text. False and pending on error.
[[nodiscard]] bool format_str(const Str* text, std::string_view spec, std::string& out);
[[nodiscard]] bool format_int(const Value& number, std::string_view spec, std::string& out);
[[nodiscard]] bool format_float(double number, std::string_view spec, std::string& out);
[[nodiscard]] bool format_complex(double real, double imaginary, std::string_view spec,
                                  std::string& out);
// For the builtin types as above, for others through __format__.
[[nodiscard]] bool format_append(const Value& value, std::string_view spec, std::string& out);

}  // namespace loopglass::value
