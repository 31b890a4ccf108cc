// Tokens: kinds, places, indentation, strings, and the errors the lexer words itself.
#include "runtime/script/syntax/lexer.hpp"

#include <doctest/doctest.h>

#include <string>

#include "runtime/base/arena.hpp"

using namespace loopglass;
using namespace loopglass::script;

namespace {

struct Lexed {
    base::Arena arena;
    SourceText source;
    SymbolTable symbols{arena};
    LexResult result;

    explicit Lexed(std::string_view text) {
        REQUIRE(decode_source(text, arena, source).kind == SyntaxErrorKind::None);
        result = tokenize(source, symbols);
    }
    // The texts of the tokens, `<newline>` and the like for those without.
    [[nodiscard]] std::string texts() const {
        std::string out;
        for (const Token& token : result.tokens) {
            if (!out.empty()) out += ' ';
            switch (token.kind) {
                case TokenKind::Newline:
                    out += "<newline>";
                    break;
                case TokenKind::Indent:
                    out += "<indent>";
                    break;
                case TokenKind::Dedent:
                    out += "<dedent>";
                    break;
                case TokenKind::EndMarker:
                    out += "<end>";
                    break;
                case TokenKind::Error:
                    out += "<error>";
                    break;
                default:
                    out += source.text.substr(token.begin, token.end - token.begin);
            }
        }
        return out;
    }
    [[nodiscard]] std::string error() const {
        return result.error ? result.error->problem.message : "";
    }
};

std::string texts(std::string_view source) {
    return Lexed(source).texts();
}
std::string error(std::string_view source) {
    return Lexed(source).error();
}

}  // namespace

TEST_CASE("a line is its tokens and a newline, also without a line end") {
    CHECK(texts("x = 1\n") == "x = 1 <newline> <end>");
    CHECK(texts("x = 1") == "x = 1 <newline> <end>");
    CHECK(texts("") == "<end>");
}

TEST_CASE("the longest operator wins") {
    CHECK(texts("a**=b//c") == "a **= b // c <newline> <end>");
    CHECK(texts("a<<=b->...:=!=") == "a <<= b -> ... := != <newline> <end>");
}

TEST_CASE("blank lines and comments are no tokens, and do not indent") {
    CHECK(texts("if x:\n\n    # c\n  # d\n    y\n\nz\n") ==
          "if x : <newline> <indent> y <newline> <dedent> z <newline> <end>");
}

TEST_CASE("inside brackets lines go on") {
    CHECK(texts("f(a,\n  # c\n  b)\n") == "f ( a , b ) <newline> <end>");
}

TEST_CASE("a backslash continues a line") {
    CHECK(texts("x = \\\n  1\n") == "x = 1 <newline> <end>");
}

TEST_CASE("a form feed starts the indentation anew") {
    CHECK(texts("if x:\n  y\n \f  z\n") ==
          "if x : <newline> <indent> y <newline> z <newline> <dedent> <end>");
}

TEST_CASE("columns count bytes from the start of the line") {
    const Lexed lexed("\n  é = 'ä'\n");
    const Token& string = lexed.result.tokens[3];
    CHECK(string.kind == TokenKind::String);
    CHECK(string.span.line == 2);
    CHECK(string.span.column == 7);
    CHECK(string.span.end_column == 11);
}

TEST_CASE("keywords have kinds of their own, soft keywords are names") {
    const Lexed lexed("lambda match");
    CHECK(lexed.result.tokens[0].kind == TokenKind::KwLambda);
    CHECK(lexed.result.tokens[1].kind == TokenKind::Name);
    CHECK(lexed.result.tokens[1].name->id == static_cast<uint32_t>(SoftKeyword::Match));
}

TEST_CASE("equal names are one symbol, also when written with other code points") {
    const Lexed lexed("ﬁ fi");
    CHECK(lexed.result.tokens[0].name == lexed.result.tokens[1].name);
}

TEST_CASE("an f-string is a start, its parts and an end") {
    CHECK(texts("f'a{x!r:>{w}}b'") == "f' a { x ! r : > { w }  } b ' <newline> <end>");
    CHECK(texts("f'{a:=5}'") == "f' { a : =5 } ' <newline> <end>");
    CHECK(texts("f'{f\"{1}\"}'") == "f' { f\" { 1 } \" } ' <newline> <end>");
}

TEST_CASE("a doubled brace in an f-string is text") {
    const Lexed lexed("f'{{x}}'");
    CHECK(lexed.result.tokens.size() == 6);
    CHECK(lexed.result.tokens[1].kind == TokenKind::FStringMiddle);
}

TEST_CASE("numbers") {
    CHECK(texts("1_000 0xFf 0b1_0 0o17 1.5e-3 .5 5. 1j 00") ==
          "1_000 0xFf 0b1_0 0o17 1.5e-3 .5 5. 1j 00 <newline> <end>");
    CHECK(error("1__0") == "invalid decimal literal");
    CHECK(error("1a") == "invalid decimal literal");
    CHECK(error("0b12") == "invalid digit '2' in binary literal");
    CHECK(error("0x") == "invalid hexadecimal literal");
    CHECK(error("0777") ==
          "leading zeros in decimal integer literals are not permitted; "
          "use an 0o prefix for octal integers");
}

TEST_CASE("a number that touches a keyword is a warning") {
    const Lexed lexed("1if x else 2");
    CHECK(lexed.error().empty());
    REQUIRE(lexed.result.warnings.size() == 1);
    CHECK(lexed.result.warnings[0].message == "invalid decimal literal");
}

TEST_CASE("strings that do not end are reported where they begin") {
    const Lexed lexed("x = 'abc\n");
    CHECK(lexed.error() == "unterminated string literal (detected at line 1)");
    CHECK(lexed.result.error->problem.offset == 5);
    CHECK(error("x = '''abc\n\ny") ==
          "unterminated triple-quoted string literal (detected at line 3)");
    CHECK(error("f'abc") == "unterminated f-string literal (detected at line 1)");
    CHECK(error("'it\\'") ==
          "unterminated string literal (detected at line 1); perhaps you escaped the end quote?");
}

TEST_CASE("brackets have to match") {
    CHECK(error("(]") == "closing parenthesis ']' does not match opening parenthesis '('");
    CHECK(error("(\n]") ==
          "closing parenthesis ']' does not match opening parenthesis '(' on line 1");
    CHECK(error(")") == "unmatched ')'");
    CHECK(error("(1") == "'(' was never closed");
    CHECK(error("f'}'") == "f-string: single '}' is not allowed");
    CHECK(error(std::string(201, '(')) == "too many nested parentheses");
}

TEST_CASE("indentation has to match an outer block") {
    const Lexed lexed("if x:\n    y\n  z\n");
    CHECK(lexed.error() == "unindent does not match any outer indentation level");
    CHECK(lexed.result.error->problem.kind == SyntaxErrorKind::IndentationError);
    CHECK(Lexed("if x:\n\ty\n        z\n").result.error->problem.kind == SyntaxErrorKind::TabError);
}

TEST_CASE("characters that no program contains are named") {
    CHECK(error("x = “a”") == "invalid character '“' (U+201C)");
    CHECK(error("x\u00a0= 1") == "invalid non-printable character U+00A0");
    CHECK(error("a \\ b") == "unexpected character after line continuation character");
}
