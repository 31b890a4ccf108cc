// Tokens of the script language: the kinds, and one token with its place.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/base/source.hpp"
#include "runtime/script/syntax/scope.hpp"

namespace loopglass::script {

// Operators and keywords, each with its spelling; the order of the keywords is that of their ids in
// the symbol table. (The formatter never leaves these tables alone.)
// clang-format off
#define LOOPGLASS_OPERATORS(X)                                                                    \
    X(LeftParen, "(") X(RightParen, ")") X(LeftBracket, "[") X(RightBracket, "]")                 \
    X(LeftBrace, "{") X(RightBrace, "}") X(Colon, ":") X(Comma, ",") X(Semicolon, ";")            \
    X(Plus, "+") X(Minus, "-") X(Star, "*") X(Slash, "/") X(Pipe, "|") X(Ampersand, "&")          \
    X(Less, "<") X(Greater, ">") X(Equal, "=") X(Dot, ".") X(Percent, "%") X(Tilde, "~")          \
    X(Circumflex, "^") X(At, "@") X(Exclamation, "!") X(EqualEqual, "==") X(NotEqual, "!=")       \
    X(LessEqual, "<=") X(GreaterEqual, ">=") X(LeftShift, "<<") X(RightShift, ">>")               \
    X(DoubleStar, "**") X(DoubleSlash, "//") X(Arrow, "->") X(ColonEqual, ":=")                   \
    X(Ellipsis, "...") X(PlusEqual, "+=") X(MinusEqual, "-=") X(StarEqual, "*=")                  \
    X(SlashEqual, "/=") X(PercentEqual, "%=") X(AmpersandEqual, "&=") X(PipeEqual, "|=")          \
    X(CircumflexEqual, "^=") X(LeftShiftEqual, "<<=") X(RightShiftEqual, ">>=")                   \
    X(DoubleStarEqual, "**=") X(DoubleSlashEqual, "//=") X(AtEqual, "@=")

#define LOOPGLASS_KEYWORDS(X)                                                                     \
    X(False, "False") X(None, "None") X(True, "True") X(And, "and") X(As, "as")                   \
    X(Assert, "assert") X(Async, "async") X(Await, "await") X(Break, "break") X(Class, "class")   \
    X(Continue, "continue") X(Def, "def") X(Del, "del") X(Elif, "elif") X(Else, "else")           \
    X(Except, "except") X(Finally, "finally") X(For, "for") X(From, "from") X(Global, "global")   \
    X(If, "if") X(Import, "import") X(In, "in") X(Is, "is") X(Lambda, "lambda")                   \
    X(Nonlocal, "nonlocal") X(Not, "not") X(Or, "or") X(Pass, "pass") X(Raise, "raise")           \
    X(Return, "return") X(Try, "try") X(While, "while") X(With, "with") X(Yield, "yield")
// clang-format on

enum class TokenKind : uint8_t {
    EndMarker,
    Name,
    Number,
    String,
    FStringStart,
    FStringMiddle,
    FStringEnd,
    Newline,
    Indent,
    Dedent,
    Unknown,  // a character no token starts with, such as $
    Error,    // the lexer gave up here; always the last token
#define X(name, spelling) name,
    LOOPGLASS_OPERATORS(X)
#undef X
#define X(name, spelling) Kw##name,
        LOOPGLASS_KEYWORDS(X)
#undef X
};

inline constexpr uint32_t kKeywordCount = 35;

// Fixed ids right after the keywords, so that the parser can compare ids.
enum class SoftKeyword : uint32_t { Match = kKeywordCount, Case, Type, Wildcard };

// Tokens without text of their own (Indent, Dedent, EndMarker) have no column in CPython; `column`
// then is where the lexer stood.
struct Token {
    TokenKind kind = TokenKind::EndMarker;
    bool has_column = true;
    uint32_t begin = 0;  // byte offsets into the source
    uint32_t end = 0;
    base::Span span;
    Identifier name = nullptr;  // of names and keywords
};

}  // namespace loopglass::script
