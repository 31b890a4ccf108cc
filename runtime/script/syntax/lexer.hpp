// The lexer: source text to tokens, in one go. What follows an error is not read: the error becomes
// the last token, and whoever reaches it reports it, which is when CPython would have found it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/arena.hpp"
#include "runtime/script/syntax/parse.hpp"
#include "runtime/script/syntax/source_text.hpp"
#include "runtime/script/syntax/symbol_table.hpp"
#include "runtime/script/syntax/token.hpp"

namespace loopglass::script {

struct OpenParen {
    char character = 0;
    uint32_t line = 0;
    uint32_t column = 0;
};

struct LexError {
    SyntaxProblem problem;
    bool worded = false;  // CPython's lexer words it itself: it then outranks "invalid syntax"
    bool end_of_input = false;  // more input might mend it
};

struct LexResult {
    std::vector<Token> tokens;  // ends with EndMarker or Error
    std::optional<LexError> error;
    std::vector<OpenParen> open;  // what was open where the lexer stopped, innermost last
    std::vector<ParseWarning> warnings;
};

[[nodiscard]] LexResult tokenize(const SourceText& source, SymbolTable& symbols);

// "'(' was never closed"
[[nodiscard]] SyntaxProblem never_closed(const SourceText& source, const OpenParen& paren);

}  // namespace loopglass::script
