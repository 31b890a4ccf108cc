// Integers: small and large arithmetic, text, hash.
#include "tests/value/numeric_support.hpp"

using namespace loopglass::value;
using namespace loopglass::test;

namespace {
const Types g_types;
Value apply(BinaryOp op, const char* a, const char* b) {
    return binary(op, integer(a), integer(b));
}
}  // namespace

TEST_CASE("small results stay in the word and large ones become objects") {
    CHECK(apply(BinaryOp::Add, "1", "2").is_small());
    CHECK(shown(apply(BinaryOp::Add, "4611686018427387903", "1")) == "4611686018427387904");
    CHECK_FALSE(apply(BinaryOp::Add, "4611686018427387903", "1").is_small());
    CHECK(apply(BinaryOp::Sub, "4611686018427387904", "1").is_small());
    CHECK(shown(apply(BinaryOp::Mul, "99999999999", "99999999999")) == "9999999999800000000001");
}

TEST_CASE("division rounds towards minus infinity and the remainder has the divisor's sign") {
    CHECK(shown(apply(BinaryOp::FloorDiv, "-7", "2")) == "-4");
    CHECK(shown(apply(BinaryOp::Mod, "-7", "2")) == "1");
    CHECK(shown(apply(BinaryOp::Mod, "7", "-2")) == "-1");
    CHECK(shown(apply(BinaryOp::FloorDiv, "-1267650600228229401496703205376", "7")) ==
          "-181092942889747057356671886483");
    CHECK(shown(apply(BinaryOp::FloorDiv, "1", "0")) ==
          "ZeroDivisionError: integer division or modulo by zero");
    CHECK(shown(apply(BinaryOp::Mod, "1", "0")) == "ZeroDivisionError: integer modulo by zero");
    CHECK(shown(apply(BinaryOp::Div, "1", "0")) == "ZeroDivisionError: division by zero");
}

TEST_CASE("true division of large integers is rounded once") {
    CHECK(shown(apply(BinaryOp::Div, "10000000000000000000000000000000001", "3")) ==
          "3.3333333333333333e+33");
    CHECK(shown(apply(BinaryOp::Div, "1", "3")) == "0.3333333333333333");
}

TEST_CASE("powers, shifts and bits of negative numbers follow two's complement") {
    CHECK(shown(apply(BinaryOp::Pow, "2", "100")) == "1267650600228229401496703205376");
    CHECK(shown(apply(BinaryOp::Pow, "2", "-2")) == "0.25");
    CHECK(shown(apply(BinaryOp::RShift, "-5", "1")) == "-3");
    CHECK(shown(apply(BinaryOp::And, "-1", "18446744073709551615")) == "18446744073709551615");
    CHECK(shown(apply(BinaryOp::LShift, "1", "-1")) == "ValueError: negative shift count");
    CHECK(shown(int_power_modulo(integer("3"), integer("-2"), integer("-7"))) == "-3");
}

TEST_CASE("a text is read as CPython reads it") {
    CHECK(shown(int_from_text(" -1_000 ", 10)) == "-1000");
    CHECK(shown(int_from_text("0x_1f", 0)) == "31");
    CHECK(shown(int_from_text("010", 0)) ==
          "ValueError: invalid literal for int() with base 0: '010'");
    CHECK(shown(int_from_text("1__0", 10)) ==
          "ValueError: invalid literal for int() with base 10: '1__0'");
    CHECK(shown(int_from_text(std::string(4301, '1'), 10)).find("value has 4301 digits") !=
          std::string::npos);
}

TEST_CASE("hashes are CPython's") {
    int64_t hashed = 0;
    CHECK((hash(integer("-1"), hashed) && hashed == -2));
    CHECK((hash(integer("2305843009213693952"), hashed) && hashed == 1));
    CHECK((hash(make_float(1.5), hashed) && hashed == 1152921504606846977));
    CHECK((hash(text("abc"), hashed) && hashed == -4594863902769663758));
}

TEST_CASE("bools combine to bools and count as integers") {
    CHECK(binary(BinaryOp::And, boolean(true), boolean(false)).is(g_false));
    CHECK(shown(binary(BinaryOp::Add, boolean(true), boolean(true))) == "2");
    CHECK(shown(boolean(true)) == "True");
}

TEST_CASE("bytes of integers") {
    CHECK(method(integer("500"), "to_bytes", Value::small(2)) == "b'\\x01\\xf4'");
    CHECK(method(integer("500"), "to_bytes") == "OverflowError: int too big to convert");
    CHECK(method(integer("255"), "bit_length") == "8");
}
