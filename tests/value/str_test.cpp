// Texts: code points, methods, interning, repr.
#include "tests/value/numeric_support.hpp"

using namespace loopglass::value;
using namespace loopglass::test;

namespace {
const Types g_types;
}

TEST_CASE("indices and lengths count code points") {
    const Value word = text("aé€😀z");
    CHECK(length(word) == 5);
    CHECK(shown(get_item(word, Value::small(3))) == "'😀'");
    CHECK(shown(get_item(word, Value::small(-1))) == "'z'");
    CHECK(shown(get_item(word, Value::small(9))) == "IndexError: string index out of range");
}

TEST_CASE("repr chooses its quotes and escapes what cannot be printed") {
    CHECK(quote("it's") == "\"it's\"");
    CHECK(quote("'\"") == "'\\'\"'");
    CHECK(quote("a\n\x01\u200b\u00e9") == "'a\\n\\x01\\u200bé'");
}

TEST_CASE("interned texts are one object") {
    CHECK(intern("hello") == intern("hello"));
    CHECK(make_str("x").is(make_str("x")));
}

TEST_CASE("appending to the only reference grows in place and stays right") {
    Value grown = text(std::string(600, 'a'));
    for (int i = 0; i < 1000; ++i) CHECK(str_append(grown, text("bé")));
    CHECK(length(grown) == 2600);
}

TEST_CASE("splitting") {
    CHECK(method(text(" a  b "), "split") == "['a', 'b']");
    CHECK(method(text("a,b,c"), "rsplit", text(","), Value::small(1)) == "['a,b', 'c']");
    CHECK(method(text("a"), "split", text("")) == "ValueError: empty separator");
    CHECK(method(text("a\r\nb\x0b"), "splitlines") == "['a', 'b']");
    CHECK(method(text("a-b"), "partition", text("-")) == "('a', '-', 'b')");
}

TEST_CASE("searching") {
    CHECK(method(text("héllo"), "find", text("l")) == "2");
    CHECK(method(text("abc"), "index", text("z")) == "ValueError: substring not found");
    CHECK(method(text("aaa"), "count", text("")) == "4");
    CHECK(method(text("abc"), "replace", text(""), text("-")) == "'-a-b-c-'");
}

TEST_CASE("letter case knows characters that become several") {
    CHECK(method(text("straße"), "upper") == "'STRASSE'");
    CHECK(method(text("ΑΣ"), "lower") == "'ας'");
    CHECK(method(text("they're"), "title") == "\"They'Re\"");
    CHECK(method(text("ß"), "casefold") == "'ss'");
}

TEST_CASE("what is not text is refused in CPython's words") {
    CHECK(shown(binary(BinaryOp::Add, text("a"), Value::small(1))) ==
          "TypeError: can only concatenate str (not \"int\") to str");
    CHECK(shown(binary(BinaryOp::Mul, text("a"), text("b"))) ==
          "TypeError: can't multiply sequence by non-int of type 'str'");
    CHECK(method(text("a"), "join", make_tuple({Value::small(1)})) ==
          "TypeError: sequence item 0: expected str instance, int found");
}

TEST_CASE("encoding and its errors") {
    CHECK(method(text("é"), "encode") == "b'\\xc3\\xa9'");
    CHECK(method(text("é€"), "encode", text("ascii")) ==
          "UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not "
          "in range(128)");
    CHECK(method(text("a"), "encode", text("x")) == "LookupError: unknown encoding: x");
}
