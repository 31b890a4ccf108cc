// The resolver: scopes, where each name lives, and the errors CPython's compiler finds after
// parsing.
#pragma once

#include <optional>
#include <vector>

#include "runtime/script/syntax/ast.hpp"
#include "runtime/script/syntax/parse.hpp"
#include "runtime/script/syntax/source_text.hpp"
#include "runtime/script/syntax/symbol_table.hpp"

namespace loopglass::script {

struct ResolveContext {
    const SourceText& source;
    SymbolTable& symbols;
    base::Arena& arena;
    ParseOptions options;
    std::vector<ParseWarning>& warnings;

    // An error as the compiler locates it: in bytes, unlike the parser's.
    [[nodiscard]] SyntaxProblem problem(const Span& span, std::string message) const;
};

// Fills in every Ref and Scope of the module, or says what is wrong with it.
[[nodiscard]] std::optional<SyntaxProblem> resolve(Module& module, ResolveContext& context);

}  // namespace loopglass::script
