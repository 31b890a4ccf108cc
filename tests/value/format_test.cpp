// The format-spec language, str.format, the % operator.
#include "runtime/value/format.hpp"

#include "tests/value/numeric_support.hpp"

using namespace loopglass::value;
using namespace loopglass::test;

namespace {
const Types g_types;

std::string formatted(const Value& value, std::string_view spec) {
    std::string out;
    return format_append(value, spec, out) ? out : shown(Value());
}
std::string percent(std::string_view format, const Value& values) {
    return shown(binary(BinaryOp::Mod, text(format), values));
}
}  // namespace

TEST_CASE("integers") {
    CHECK(formatted(Value::small(1234567), "020,") == "0,000,000,001,234,567");
    CHECK(formatted(Value::small(255), "#010x") == "0x000000ff");
    CHECK(formatted(Value::small(-5), "08b") == "-0000101");
    CHECK(formatted(Value::small(5), "é>3") == "éé5");
    CHECK(formatted(Value::small(1), ".2") ==
          "ValueError: Precision not allowed in integer format specifier");
    CHECK(formatted(Value::small(1), "s") ==
          "ValueError: Unknown format code 's' for object of type 'int'");
}

TEST_CASE("floats") {
    CHECK(formatted(make_float(1234567.891), ",.2f") == "1,234,567.89");
    CHECK(formatted(make_float(0.125), ".1%") == "12.5%");
    CHECK(formatted(make_float(123.0), ".5") == "123.0");
    CHECK(formatted(make_float(1e5), "#.3g") == "1.00e+05");
    CHECK(formatted(make_float(-0.0), "z.1f") == "0.0");
    CHECK(formatted(make_float(2.5), ".0f") == "2");
    CHECK(formatted(make_float(1.5), ".") == "ValueError: Format specifier missing precision");
}

TEST_CASE("texts") {
    CHECK(formatted(text("héllo"), "*^10.3") == "***hél****");
    CHECK(formatted(text("a"), "=") ==
          "ValueError: '=' alignment not allowed in string format specifier");
}

TEST_CASE("replacement fields") {
    const Value three = Value::small(3);
    CHECK(method(text("{0.real!r:>{1}}"), "format", three, Value::small(5)) == "'    3'");
    CHECK(method(text("{}{0}"), "format", three) ==
          "ValueError: cannot switch from automatic field numbering to manual field specification");
    CHECK(method(text("{"), "format") == "ValueError: Single '{' encountered in format string");
    CHECK(method(text("{}"), "format") ==
          "IndexError: Replacement index 0 out of range for positional args tuple");
}

TEST_CASE("the percent operator") {
    CHECK(percent("%05d|%-5s|%x", make_tuple({Value::small(-3), text("ab"), Value::small(255)})) ==
          "'-0003|ab   |ff'");
    CHECK(percent("%.3f", Value::small(1)) == "'1.000'");
    CHECK(percent("%d", text("a")) == "TypeError: %d format: a real number is required, not str");
    CHECK(percent("%s %s", Value::small(1)) == "TypeError: not enough arguments for format string");
    CHECK(percent("x", Value::small(1)) ==
          "TypeError: not all arguments converted during string formatting");
    CHECK(percent("%y", Value::small(1)) ==
          "ValueError: unsupported format character 'y' (0x79) at index 1");
}
