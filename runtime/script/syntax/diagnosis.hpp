// What is wrong with a program that the parser could not read, in CPython's words and place.
#pragma once

#include <optional>

#include "runtime/script/syntax/lexer.hpp"
#include "runtime/script/syntax/parse.hpp"
#include "runtime/script/syntax/source_text.hpp"

namespace loopglass::script {

struct Diagnosis {
    SyntaxProblem problem;
    bool at_end = false;  // the reader got to the end of the input: more lines might mend it
};

enum class ParseGoal : uint8_t { Module, Expression };

// CPython reads the rest of the file before it reports a parser's error, and prefers what its lexer
// then finds: its own errors, and brackets left open before the line of the last token read.
[[nodiscard]] std::optional<SyntaxProblem> outranking_lexer_error(const SourceText& source,
                                                                  const LexResult& lexed,
                                                                  uint32_t last_read);

[[nodiscard]] Diagnosis diagnose(const SourceText& source, const LexResult& lexed, ParseGoal goal);

}  // namespace loopglass::script
