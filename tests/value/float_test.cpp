// Floats and complex numbers: text, arithmetic, rounding.
#include <cmath>

#include "tests/value/numeric_support.hpp"

using namespace loopglass::value;
using namespace loopglass::test;

namespace {
const Types g_types;
}

TEST_CASE("the shortest text that reads back the same, in CPython's style") {
    CHECK(float_repr(0.1) == "0.1");
    CHECK(float_repr(1e15) == "1000000000000000.0");
    CHECK(float_repr(1e16) == "1e+16");
    CHECK(float_repr(1e-5) == "1e-05");
    CHECK(float_repr(0.0001) == "0.0001");
    CHECK(float_repr(-0.0) == "-0.0");
    CHECK(float_repr(5e-324) == "5e-324");
    CHECK(float_repr(HUGE_VAL) == "inf");
}

TEST_CASE("floor division and modulo keep the divisor's sign") {
    CHECK(shown(binary(BinaryOp::FloorDiv, make_float(-7.5), Value::small(2))) == "-4.0");
    CHECK(shown(binary(BinaryOp::Mod, make_float(-7.5), Value::small(2))) == "0.5");
    CHECK(shown(binary(BinaryOp::Mod, make_float(5), Value::small(-3))) == "-1.0");
    CHECK(shown(binary(BinaryOp::FloorDiv, make_float(1), Value::small(0))) ==
          "ZeroDivisionError: float floor division by zero");
}

TEST_CASE("a negative base with a fraction gives a complex number") {
    CHECK(shown(binary(BinaryOp::Pow, Value::small(-1), make_float(0.5))) ==
          "(6.123233995736766e-17+1j)");
    CHECK(shown(binary(BinaryOp::Pow, make_float(1e300), Value::small(2))) ==
          "OverflowError: (34, 'Numerical result out of range')");
}

TEST_CASE("floats compare with integers by exact value") {
    const Value large = integer("9007199254740993");
    CHECK(compare_truth(CompareOp::Eq, large, make_float(9007199254740992.0)) == 0);
    CHECK(compare_truth(CompareOp::Gt, large, make_float(9007199254740992.0)) == 1);
    CHECK(compare_truth(CompareOp::Lt, Value::small(1), make_float(std::nan(""))) == 0);
}

TEST_CASE("round is exact on the decimal value and half to even") {
    CHECK(method(make_float(2.5), "__round__") == "2");
    CHECK(method(make_float(2.675), "__round__", Value::small(2)) == "2.67");
    CHECK(method(make_float(1234.5), "__round__", Value::small(-2)) == "1200.0");
}

TEST_CASE("hexadecimal text") {
    CHECK(method(make_float(1.5), "hex") == "'0x1.8000000000000p+0'");
    CHECK(method(make_float(5e-324), "hex") == "'0x0.0000000000001p-1022'");
}

TEST_CASE("complex numbers show their parts") {
    CHECK(shown(make_complex(1, 2)) == "(1+2j)");
    CHECK(shown(make_complex(0, 1)) == "1j");
    CHECK(shown(make_complex(-0.0, -0.0)) == "(-0-0j)");
}
