#include "runtime/script/syntax/parse.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/script/syntax/deep_call.hpp"
#include "runtime/script/syntax/diagnosis.hpp"
#include "runtime/script/syntax/lexer.hpp"
#include "runtime/script/syntax/parser.hpp"
#include "runtime/script/syntax/resolver.hpp"
#include "runtime/script/syntax/source_text.hpp"
#include "runtime/script/syntax/symbol_table.hpp"

namespace loopglass::script {

namespace {

// A file that is not UTF-8 and says nothing of its encoding: CPython names the byte and nothing
// else (Parser/tokenizer/helpers.c, _syntaxerror_range()).
void name_undecodable(SyntaxProblem& error, std::string_view text, std::string_view filename) {
    constexpr std::string_view kSign = "(unicode error) 'utf-8' codec can't decode byte 0x";
    if (!error.message.starts_with(kSign) || filename.starts_with('<')) return;
    if (text.substr(0, 200).find("coding") != std::string_view::npos) return;
    error.message =
        base::cat("Non-UTF-8 code starting with '\\x", error.message.substr(kSign.size(), 2),
                  "' in file ", filename, " on line ", error.line,
                  ", but no encoding declared; see "
                  "https://peps.python.org/pep-0263/ for details");
    error.line = 0;
}

struct Attempt {
    ParseOutcome outcome;
    bool at_end = false;  // failed at the end of the input
};

Attempt attempt_here(std::string_view text, std::string_view filename, ParseOptions options,
                     base::Arena& arena, ParseGoal goal) {
    Attempt result;
    ParseOutcome& outcome = result.outcome;
    SourceText source;
    outcome.error = decode_source(text, arena, source);
    name_undecodable(outcome.error, text, filename);
    if (outcome.error.kind != SyntaxErrorKind::None) return result;
    SymbolTable symbols(arena);
    LexResult lexed = tokenize(source, symbols);
    outcome.warnings = std::move(lexed.warnings);
    Parser parser(source, lexed, symbols, arena);
    Module* module = goal == ParseGoal::Module ? parser.module() : parser.expression_only();
    auto& warnings = parser.warnings();
    outcome.warnings.insert(outcome.warnings.end(), warnings.begin(), warnings.end());
    if (!module) {
        if (parser.problem()) {
            outcome.error = *parser.problem();
            const bool final = outcome.error.kind == SyntaxErrorKind::RecursionError;
            auto better = outranking_lexer_error(source, lexed, parser.tokens_read() - 1);
            if (better && !final) outcome.error = std::move(*better);
        } else {
            Diagnosis diagnosis = diagnose(source, lexed, goal);
            outcome.error = std::move(diagnosis.problem);
            result.at_end = diagnosis.at_end;
        }
        return result;
    }
    module->filename = arena.copy(filename);
    module->lines = source.lines;
    ResolveContext context{source, symbols, arena, options, outcome.warnings};
    if (auto problem = resolve(*module, context)) {
        outcome.error = std::move(*problem);
        outcome.error.late = true;
        return result;
    }
    module->symbols = symbols.all();
    outcome.module = module;
    return result;
}

Attempt attempt(std::string_view text, std::string_view filename, ParseOptions options,
                base::Arena& arena, ParseGoal goal) {
    Attempt result;
    with_deep_stack([&] { result = attempt_here(text, filename, options, arena, goal); });
    return result;
}

bool is_blank(std::string_view line) {
    const size_t first = line.find_first_not_of(" \t\f\r");
    return first == std::string_view::npos || line[first] == '#';
}

// A REPL waits for an empty line behind a compound statement, as codeop does: lines are joined by
// \n, so that the text ends with one if the last line is empty.
bool block_may_go_on(const Module& module, std::string_view text) {
    if (module.body.empty()) return false;
    const Stmt& last = *module.body.back();
    switch (last.kind) {
        case StmtKind::FunctionDef:
        case StmtKind::ClassDef:
        case StmtKind::For:
        case StmtKind::While:
        case StmtKind::If:
        case StmtKind::With:
        case StmtKind::Match:
        case StmtKind::Try:
            break;
        default:
            return false;
    }
    return !text.ends_with('\n');
}

bool all_blank(std::string_view text) {
    while (!text.empty()) {
        const size_t end = text.find('\n');
        if (!is_blank(text.substr(0, end))) return false;
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return true;
}

// Only the text of a file or a block of statements is given the line end it lacks. What is missing
// at the end of such an expression has no column.
void without_line_end(SyntaxProblem& error, std::string_view source) {
    const auto last = std::count(source.begin(), source.end(), '\n') + 1;
    if (error.line != last || !error.text.ends_with('\n')) return;
    error.text.pop_back();
    const int32_t length = character_count(error.text, error.text.size());
    if (error.message == "invalid syntax" && error.offset > length)
        error.offset = error.end_offset = 0;
}

}  // namespace

ParseOutcome parse_module(std::string_view source, std::string_view filename, ParseOptions options,
                          base::Arena& arena) {
    return attempt(source, filename, options, arena, ParseGoal::Module).outcome;
}

ParseOutcome parse_expression(std::string_view source, std::string_view filename,
                              ParseOptions options, base::Arena& arena) {
    source.remove_prefix(std::min(source.find_first_not_of(" \t"), source.size()));
    ParseOutcome outcome = attempt(source, filename, options, arena, ParseGoal::Expression).outcome;
    if (!outcome && !source.ends_with('\n')) without_line_end(outcome.error, source);
    return outcome;
}

InteractiveOutcome parse_interactive(std::string_view source, std::string_view filename,
                                     ParseOptions options, base::Arena& arena) {
    InteractiveOutcome result;
    Attempt tried = attempt(source, filename, options, arena, ParseGoal::Module);
    result.outcome = std::move(tried.outcome);
    if (!result.outcome) {
        result.state = tried.at_end ? InputState::Incomplete : InputState::Error;
    } else if (!all_blank(source) && block_may_go_on(*result.outcome.module, source)) {
        result.state = InputState::Incomplete;
    }
    return result;
}

}  // namespace loopglass::script
