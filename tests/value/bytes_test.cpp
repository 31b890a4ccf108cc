// bytes and bytearray.
#include "tests/value/numeric_support.hpp"

using namespace loopglass::value;
using namespace loopglass::test;

namespace {
const Types g_types;
}

TEST_CASE("bytes show as literals") {
    CHECK(shown(make_bytes(std::string_view("\0a\n'\xff", 5))) == "b\"\\x00a\\n'\\xff\"");
}

TEST_CASE("items are numbers and slices are bytes") {
    CHECK(shown(get_item(make_bytes("ab"), Value::small(0))) == "97");
    CHECK(shown(get_item(make_bytes("ab"), Value::small(5))) == "IndexError: index out of range");
    CHECK(shown(binary(BinaryOp::Add, make_bytes("a"), text("b"))) ==
          "TypeError: can't concat str to bytes");
}

TEST_CASE("decoding names the byte that is wrong") {
    CHECK(method(make_bytes("h\xc3\xa9"), "decode") == "'hé'");
    CHECK(method(make_bytes("\xc3"), "decode") ==
          "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 0: unexpected end "
          "of data");
    CHECK(method(make_bytes("\xff"), "decode", text("utf-8"), text("replace")) == "'\uFFFD'");
    CHECK(method(make_bytes("\xff"), "decode", text("utf-8"), text("surrogateescape")) ==
          "'\\udcff'");
}

TEST_CASE("hexadecimal text") {
    CHECK(method(make_bytes("abcd"), "hex", text(":"), Value::small(2)) == "'6162:6364'");
}

TEST_CASE("a bytearray changes in place") {
    const Value array = call(Value::share(ByteArray::type), make_bytes("abc"));
    CHECK(set_item(array, Value::small(0), Value::small(120)));
    CHECK(method(array, "append", Value::small(33)) == "None");
    CHECK(shown(array) == "bytearray(b'xbc!')");
    CHECK(method(array, "append", Value::small(300)) ==
          "ValueError: byte must be in range(0, 256)");
}
