// The front door of the syntax: source text in, resolved syntax tree or located error out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/arena.hpp"
#include "runtime/base/source.hpp"
#include "runtime/script/syntax/ast.hpp"

namespace loopglass::script {

struct ParseOptions {
    bool allow_top_level_await = false;  // as `python -m asyncio` and notebooks do
};

enum class SyntaxErrorKind : uint8_t {
    None,
    SyntaxError,
    IndentationError,
    TabError,
    RecursionError,
};

// CPython's exception in its own terms: `offset` and `end_offset` count characters from 1, 0 or -1
// where CPython has no column. `text` is the line it shows, with the line end, when there is one.
struct SyntaxProblem {
    SyntaxErrorKind kind = SyntaxErrorKind::None;
    std::string message;
    int32_t line = 0;
    int32_t offset = 0;
    int32_t end_line = 0;
    int32_t end_offset = 0;
    bool late = false;  // found in a text that parses: CPython asks the file for the line
    bool has_text = false;
    std::string text;
};

struct ParseWarning {
    bool deprecation = false;  // else a SyntaxWarning
    std::string message;
    uint32_t line = 0;
};

struct ParseOutcome {
    Module* module = nullptr;  // nullptr if there is an error
    SyntaxProblem error;
    std::vector<ParseWarning> warnings;

    [[nodiscard]] explicit operator bool() const { return module != nullptr; }
};

// Parses and resolves a file. The tree lives in `arena` and keeps no reference to `source`.
[[nodiscard]] ParseOutcome parse_module(std::string_view source, std::string_view filename,
                                        ParseOptions options, base::Arena& arena);

// Parses and resolves one expression (eval): Module::expression.
[[nodiscard]] ParseOutcome parse_expression(std::string_view source, std::string_view filename,
                                            ParseOptions options, base::Arena& arena);

// What a REPL does with the lines typed so far (joined by \n, none behind the last), as codeop
// decides it.
enum class InputState : uint8_t { Complete, Incomplete, Error };

struct InteractiveOutcome {
    InputState state = InputState::Complete;
    ParseOutcome outcome;  // a module when Complete, the error when Error
};

[[nodiscard]] InteractiveOutcome parse_interactive(std::string_view source,
                                                   std::string_view filename, ParseOptions options,
                                                   base::Arena& arena);

// The error as CPython prints it on standard error: "  File …", the line, carets, the message.
[[nodiscard]] std::string render(const SyntaxProblem& error, std::string_view filename);

// "SyntaxError", "IndentationError", "TabError", "RecursionError".
[[nodiscard]] std::string_view type_name(SyntaxErrorKind kind);

}  // namespace loopglass::script
