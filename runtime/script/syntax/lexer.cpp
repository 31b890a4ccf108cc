#include "runtime/script/syntax/lexer.hpp"

#include <array>

#include "runtime/base/text.hpp"
#include "runtime/script/syntax/characters.hpp"
#include "runtime/script/syntax/lexer_state.hpp"

namespace loopglass::script {

namespace {

// CPython's limits.
constexpr size_t kMaxIndents = 100;
constexpr size_t kMaxParens = 200;
constexpr uint32_t kTabSize = 8;

struct OperatorSpelling {
    TokenKind kind;
    std::string_view text;
};

constexpr OperatorSpelling kOperators[] = {
#define X(name, spelling) {TokenKind::name, spelling},
    LOOPGLASS_OPERATORS(X)
#undef X
};

// For each first character the operators that begin with it, the longest first.
struct OperatorIndex {
    std::array<std::array<uint8_t, 5>, 128> by_first{};  // 1-based, 0 ends
    constexpr OperatorIndex() {
        for (size_t length = 3; length > 0; --length) {
            for (size_t i = 0; i < std::size(kOperators); ++i) {
                const std::string_view text = kOperators[i].text;
                if (text.size() != length) continue;
                auto& list = by_first[static_cast<size_t>(text[0])];
                size_t k = 0;
                while (list[k] != 0) ++k;
                list[k] = static_cast<uint8_t>(i + 1);
            }
        }
    }
};
constexpr OperatorIndex kOperatorIndex;

// The prefixes a string may have, in any case: u, b, r, f, br, rb, fr, rf.
bool is_string_prefix(std::string_view prefix) {
    if (prefix.size() > 2) return false;
    const char first = static_cast<char>(prefix[0] | 0x20);
    if (prefix.size() == 1) return first == 'u' || first == 'b' || first == 'r' || first == 'f';
    const char second = static_cast<char>(prefix[1] | 0x20);
    if (second == 'r') return first == 'b' || first == 'f';
    return first == 'r' && (second == 'b' || second == 'f');
}

char closing_of(char open) {
    return open == '(' ? ')' : open == '[' ? ']' : '}';
}

}  // namespace

Lexer::Lexer(const SourceText& source, SymbolTable& symbols, LexResult& result)
    : source_(source), text_(source.text), symbols_(symbols), result_(result), open_(result.open) {
    result_.tokens.reserve(text_.size() / 4 + 16);
}

void Lexer::run() {
    while (!done_) {
        if (!fstrings_.empty() && fstrings_.back().in_text)
            fstring_text();
        else
            plain_token();
    }
}

// ---- places and errors
// ---------------------------------------------------------------------------

// Called with cursor_ just behind a line end; at the end of the source the last line stays current.
void Lexer::advance_line(bool within_token) {
    if (at_end()) return;
    ++line_;
    line_start_ = cursor_;
    if (!within_token) buffer_start_ = cursor_;
}

void Lexer::start_token() {
    token_begin_ = cursor_;
    token_line_ = line_;
    token_line_start_ = line_start_;
}

Token& Lexer::push(TokenKind kind, uint32_t begin, uint32_t end) {
    Token& token = result_.tokens.emplace_back();
    token.kind = kind;
    token.begin = begin;
    token.end = end;
    token.span = {token_line_, begin - token_line_start_, line_, end - line_start_};
    return token;
}

void Lexer::push_bare(TokenKind kind) {
    Token& token = result_.tokens.emplace_back();
    token.kind = kind;
    token.has_column = false;
    token.begin = token.end = cursor_;
    token.span = {line_, column(cursor_), line_, column(cursor_)};
}

void Lexer::finish_with_error(LexError error) {
    result_.error = std::move(error);
    push_bare(TokenKind::Error);
    done_ = true;
}

void Lexer::fail(std::string message) {
    fail_range(std::move(message), cursor_, cursor_);
}

void Lexer::fail_range(std::string message, uint32_t from, uint32_t to) {
    LexError error;
    error.worded = true;
    SyntaxProblem& problem = error.problem;
    const std::string_view line =
        text_.substr(line_start_, text_.find('\n', line_start_) - line_start_);
    problem.kind = SyntaxErrorKind::SyntaxError;
    problem.message = std::move(message);
    problem.line = problem.end_line = static_cast<int32_t>(line_);
    problem.offset = character_count(text_.substr(line_start_), column(from));
    problem.end_offset = character_count(text_.substr(line_start_), column(to));
    problem.has_text = true;
    problem.text = line;
    finish_with_error(std::move(error));
}

void Lexer::fail_known(SyntaxErrorKind kind, std::string message, int32_t offset,
                       int32_t end_offset, bool end_of_input) {
    LexError error;
    error.end_of_input = end_of_input;
    SyntaxProblem& problem = error.problem;
    problem.kind = kind;
    problem.message = std::move(message);
    problem.line = problem.end_line = static_cast<int32_t>(line_);
    problem.offset = offset;
    problem.end_offset = end_offset;
    problem.has_text = true;
    problem.text = base::cat(source_.line(problem.line), '\n');
    finish_with_error(std::move(error));
}

void Lexer::fail_at_end() {
    if (!open_.empty()) return unclosed_bracket();
    const std::string_view line = source_.line(static_cast<int32_t>(line_));
    fail_known(SyntaxErrorKind::SyntaxError, "unexpected EOF while parsing",
               character_count(line, line.size()) + 1, -1, true);
}

void Lexer::warn(std::string message) {
    ParseWarning& warning = result_.warnings.emplace_back();
    warning.message = std::move(message);
    warning.line = line_;
}

SyntaxProblem never_closed(const SourceText& source, const OpenParen& paren) {
    const auto line = static_cast<int32_t>(paren.line);
    return source.problem(SyntaxErrorKind::SyntaxError,
                          base::cat('\'', paren.character, "' was never closed"), line,
                          static_cast<int32_t>(paren.column), line, kNoColumn);
}

// ---- lines and indentation
// -----------------------------------------------------------------------

// Reads one token that is not f-string text, with the blanks before it.
void Lexer::plain_token() {
    if (at_line_start_) {
        at_line_start_ = false;
        if (!indentation()) return;
    }
    if (!skip_blank()) return;
    start_token();
    if (at_end()) return end_of_input();
    const char c = at();
    if (c == '\n' || c == '#') return newline();
    if (is_identifier_start(c)) return name_or_prefixed_string();
    if (is_digit(c) || (c == '.' && is_digit(at(1)))) return number();
    if (c == '"' || c == '\'') return string(cursor_);
    operator_token();
}

// At the start of a line: emits Indent or Dedents unless the line is blank or inside parentheses.
bool Lexer::indentation() {
    uint32_t column = 0;
    uint32_t alternate = 0;
    if (!measure_indentation(column, alternate)) return false;
    if (!open_.empty()) return true;
    if (!at_end() && (at() == '#' || at() == '\n')) return true;
    return change_indentation(column, alternate);
}

bool Lexer::measure_indentation(uint32_t& column, uint32_t& alternate) {
    uint32_t before_continuation = 0;
    for (;; ++cursor_) {
        const char c = at();
        if (c == ' ') {
            ++column;
            ++alternate;
        } else if (c == '\t') {
            column = (column / kTabSize + 1) * kTabSize;
            ++alternate;
        } else if (c == '\f') {
            column = alternate = 0;
        } else if (c == '\\') {
            if (before_continuation == 0) before_continuation = column;
            if (!line_continuation()) return false;
            --cursor_;
        } else {
            break;
        }
    }
    if (before_continuation != 0) column = alternate = before_continuation;
    return true;
}

bool Lexer::change_indentation(uint32_t column, uint32_t alternate) {
    if (column > indents_.back()) return indent(column, alternate);
    if (column < indents_.back()) return dedent(column, alternate);
    return alternate == alternate_indents_.back() || inconsistent_tabs();
}

bool Lexer::inconsistent_tabs() {
    fail_known(SyntaxErrorKind::TabError, "inconsistent use of tabs and spaces in indentation", 1,
               0, false);
    return false;
}

bool Lexer::indent(uint32_t column, uint32_t alternate) {
    if (indents_.size() >= kMaxIndents) {
        fail_known(SyntaxErrorKind::IndentationError, "too many levels of indentation", 1, 0,
                   false);
        return false;
    }
    if (alternate <= alternate_indents_.back()) return inconsistent_tabs();
    indents_.push_back(column);
    alternate_indents_.push_back(alternate);
    push_bare(TokenKind::Indent);
    return true;
}

bool Lexer::dedent(uint32_t column, uint32_t alternate) {
    uint32_t dedents = 0;
    while (column < indents_.back()) {
        indents_.pop_back();
        alternate_indents_.pop_back();
        ++dedents;
    }
    if (column != indents_.back()) {
        const std::string_view line = source_.line(static_cast<int32_t>(line_));
        fail_known(SyntaxErrorKind::IndentationError,
                   "unindent does not match any outer indentation level",
                   character_count(line, line.size()) + 1, -1, false);
        return false;
    }
    if (alternate != alternate_indents_.back()) return inconsistent_tabs();
    while (dedents-- > 0) push_bare(TokenKind::Dedent);
    return true;
}

// Skips blanks, continued lines and, inside parentheses, comments and line ends.
bool Lexer::skip_blank() {
    for (;;) {
        const char c = at();
        if (c == ' ' || c == '\t' || c == '\f') {
            ++cursor_;
        } else if (c == '\\') {
            if (!line_continuation()) return false;
        } else if (c == '#' || c == '\n') {
            const bool blank_line = result_.tokens.empty() ||
                                    result_.tokens.back().kind == TokenKind::Newline ||
                                    !result_.tokens.back().has_column;
            if (open_.empty() && !blank_line) return true;
            cursor_ = static_cast<uint32_t>(text_.find('\n', cursor_)) + 1;
            advance_line();
            if (open_.empty()) {
                at_line_start_ = true;
                return false;
            }
        } else {
            return true;
        }
    }
}

bool Lexer::line_continuation() {
    if (at(1) != '\n') {
        const auto line = static_cast<int32_t>(line_);
        const auto column_read = static_cast<int32_t>(cursor_ + 1 - buffer_start_);
        LexError error;
        error.problem = source_.problem(SyntaxErrorKind::SyntaxError,
                                        "unexpected character after line continuation character",
                                        line, column_read, line, kNoColumn);
        finish_with_error(std::move(error));
        return false;
    }
    cursor_ += 2;
    if (at_end()) {
        fail_at_end();
        return false;
    }
    advance_line(true);
    return true;
}

// A line end that ends a statement. A comment before it belongs to the token, as in CPython.
void Lexer::newline() {
    const uint32_t begin = cursor_;
    cursor_ = static_cast<uint32_t>(text_.find('\n', cursor_)) + 1;
    Token& token = push(TokenKind::Newline, begin, cursor_);
    if (at_end() && source_.ended_without_newline) --token.span.end_column;
    advance_line();
    at_line_start_ = true;
}

void Lexer::end_of_input() {
    if (!open_.empty()) return unclosed_bracket();
    push_bare(TokenKind::EndMarker);
    done_ = true;
}

void Lexer::unclosed_bracket() {
    LexError error;
    error.problem = never_closed(source_, open_.back());
    error.end_of_input = true;
    finish_with_error(std::move(error));
}

// ---- names
// ---------------------------------------------------------------------------------------

void Lexer::name_or_prefixed_string() {
    const uint32_t begin = cursor_;
    while (is_identifier_part(at())) ++cursor_;
    const char c = at();
    if ((c == '"' || c == '\'') && is_string_prefix(text_.substr(begin, cursor_ - begin))) {
        const char first = static_cast<char>(text_[begin] | 0x20);
        const char last = static_cast<char>(text_[cursor_ - 1] | 0x20);
        if (first == 'f' || last == 'f') return fstring_start(begin);
        return string(begin);
    }
    identifier(begin);
}

void Lexer::identifier(uint32_t begin) {
    const std::string_view word = text_.substr(begin, cursor_ - begin);
    bool ascii = true;
    for (const char c : word) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    Identifier name = nullptr;
    if (ascii) {
        name = symbols_.intern(word, true);
    } else {
        const size_t bad = first_invalid_in_identifier(word);
        if (bad != std::string_view::npos)
            return invalid_character(begin, static_cast<uint32_t>(bad), word);
        name = symbols_.intern(normalised_identifier(word));
    }
    constexpr auto kFirst = static_cast<uint32_t>(TokenKind::KwFalse);
    const TokenKind kind =
        name->id < kKeywordCount ? static_cast<TokenKind>(kFirst + name->id) : TokenKind::Name;
    push(kind, begin, cursor_).name = name;
}

void Lexer::invalid_character(uint32_t begin, uint32_t bad, std::string_view word) {
    const Character c = character_at(word.substr(bad));
    cursor_ = begin + bad + static_cast<uint32_t>(c.bytes);
    const std::string code = code_point_name(c.code);
    if (!is_printable(c.code)) return fail(base::cat("invalid non-printable character ", code));
    fail(base::cat("invalid character '", word.substr(bad, c.bytes), "' (", code, ")"));
}

// ---- operators
// -----------------------------------------------------------------------------------

TokenKind Lexer::match_operator() {
    const auto c = static_cast<unsigned char>(at());
    if (c >= 128) return TokenKind::Unknown;
    for (const uint8_t index : kOperatorIndex.by_first[c]) {
        if (index == 0) break;
        const OperatorSpelling& op = kOperators[index - 1];
        if (text_.compare(cursor_, op.text.size(), op.text) == 0) {
            cursor_ += static_cast<uint32_t>(op.text.size());
            return op.kind;
        }
    }
    return TokenKind::Unknown;
}

void Lexer::operator_token() {
    const uint32_t begin = cursor_;
    const char c = at();
    if (in_field() && colon_ends_field()) return;
    if (c == '<' && at(1) == '>') {  // Python 2's unequal: one token that fits nowhere
        cursor_ += 2;
        push(TokenKind::Unknown, begin, cursor_);
        return;
    }
    const TokenKind kind = match_operator();
    if (kind == TokenKind::Unknown) return other_character(begin);
    if ((c == '(' || c == '[' || c == '{') && !open_bracket()) return;
    if ((c == ')' || c == ']' || c == '}') && !close_bracket()) return;
    push(kind, begin, cursor_);
}

void Lexer::other_character(uint32_t begin) {
    ++cursor_;
    const auto code = static_cast<unsigned char>(text_[begin]);
    if (!is_printable(code))
        return fail(base::cat("invalid non-printable character ", code_point_name(code)));
    push(TokenKind::Unknown, begin, cursor_);
}

// In a replacement field a colon ends the expression, whatever follows it.
bool Lexer::colon_ends_field() {
    FStringMode& mode = fstrings_.back();
    if (at() != ':' || mode.brace_depth - 1 != mode.expression_depth) return false;
    push(TokenKind::Colon, cursor_, cursor_ + 1);
    ++cursor_;
    mode.in_text = true;
    mode.in_format_spec = true;
    return true;
}

bool Lexer::open_bracket() {
    if (open_.size() >= kMaxParens) {
        fail("too many nested parentheses");
        return false;
    }
    open_.push_back({text_[cursor_ - 1], line_, column(cursor_ - 1)});
    if (!fstrings_.empty()) ++fstrings_.back().brace_depth;
    return true;
}

bool Lexer::close_bracket() {
    const char c = text_[cursor_ - 1];
    FStringMode* const mode = fstrings_.empty() ? nullptr : &fstrings_.back();
    if (mode && mode->brace_depth == 0 && c == '}') {
        fail("f-string: single '}' is not allowed");
        return false;
    }
    if (open_.empty()) {
        fail(base::cat("unmatched '", c, '\''));
        return false;
    }
    const OpenParen paren = open_.back();
    open_.pop_back();
    if (closing_of(paren.character) != c) return mismatched_bracket(c, paren);
    return !mode || close_bracket_in_fstring(c);
}

bool Lexer::mismatched_bracket(char c, const OpenParen& paren) {
    const FStringMode* const mode = fstrings_.empty() ? nullptr : &fstrings_.back();
    if (mode && paren.character == '{' && mode->brace_depth - 1 == mode->expression_depth) {
        fail(base::cat("f-string: unmatched '", c, '\''));
        return false;
    }
    std::string message =
        base::cat("closing parenthesis '", c, "' does not match opening parenthesis '",
                  paren.character, '\'');
    if (paren.line != line_) message += base::cat(" on line ", paren.line);
    fail(std::move(message));
    return false;
}

bool Lexer::close_bracket_in_fstring(char c) {
    FStringMode& mode = fstrings_.back();
    if (--mode.brace_depth < 0) {
        fail(base::cat("f-string: unmatched '", c, '\''));
        return false;
    }
    if (c == '}' && mode.brace_depth == mode.expression_depth) {
        --mode.expression_depth;
        mode.in_text = true;
        mode.in_format_spec = false;
    }
    return true;
}

LexResult tokenize(const SourceText& source, SymbolTable& symbols) {
    LexResult result;
    Lexer(source, symbols, result).run();
    return result;
}

}  // namespace loopglass::script
