// String tokens and the literal text of f-strings. Escapes are decoded by the parser.
#include "runtime/base/text.hpp"
#include "runtime/script/syntax/lexer_state.hpp"

namespace loopglass::script {

namespace {

// CPython's limit on fields within the format specs of fields.
constexpr int kMaxFieldNesting = 3;

}  // namespace

// `begin` is where the prefix, or without one the quote, stands; cursor_ is at the quote.
void Lexer::string(uint32_t begin) {
    const char quote = at();
    uint32_t size = 1;
    if (at(1) == quote) {
        if (at(2) != quote) {  // the empty string
            cursor_ += 2;
            push(TokenKind::String, begin, cursor_);
            return;
        }
        size = 3;
    }
    cursor_ += size;
    uint32_t quotes = 0;
    bool escaped_quote = false;
    while (quotes < size) {
        const char c = at();
        if (at_end() || (size == 1 && c == '\n'))
            return unterminated_string(begin, quote, size, escaped_quote);
        ++cursor_;
        quotes = c == quote ? quotes + 1 : 0;
        if (c == '\n') advance_line(true);
        if (c != '\\' || at_end()) continue;
        if (at() == quote) escaped_quote = true;
        ++cursor_;
        if (text_[cursor_ - 1] == '\n') advance_line(true);
    }
    push(TokenKind::String, begin, cursor_);
}

void Lexer::unterminated_string(uint32_t begin, char quote, uint32_t size, bool escaped_quote) {
    const uint32_t detected = line_;
    const bool end = at_end();
    line_ = token_line_;
    line_start_ = token_line_start_;
    cursor_ = begin + 1;
    if (!fstrings_.empty() && fstrings_.back().quote == quote &&
        fstrings_.back().quote_size == size) {
        return fail("f-string: expecting '}'");
    }
    if (size == 3) {
        fail(base::cat("unterminated triple-quoted string literal (detected at line ", detected,
                       ")"));
    } else {
        fail(base::cat("unterminated string literal (detected at line ", detected,
                       escaped_quote ? "); perhaps you escaped the end quote?" : ")"));
    }
    result_.error->end_of_input = end;
}

void Lexer::fstring_start(uint32_t begin) {
    FStringMode mode;
    mode.quote = at();
    mode.quote_size = at(1) == mode.quote && at(2) == mode.quote ? 3 : 1;
    mode.raw = (text_[begin] | 0x20) == 'r' || (text_[begin + 1] | 0x20) == 'r';
    mode.start = begin;
    mode.start_line = line_;
    mode.start_line_offset = line_start_;
    cursor_ += mode.quote_size;
    push(TokenKind::FStringStart, begin, cursor_);
    if (fstrings_.size() >= 149) return fail("too many nested f-strings");
    fstrings_.push_back(mode);
}

// Reads what comes next in the literal part of an f-string: its end, a field, or text.
void Lexer::fstring_text() {
    FStringMode& mode = fstrings_.back();
    start_token();
    if (at() == '{' && at(1) != '{') {
        enter_field(mode);
        return;
    }
    if (closing_quotes(mode)) return;
    bool in_name = false;  // in the braces of \N{...}
    uint32_t quotes = 0;
    while (quotes < mode.quote_size) {
        const char c = at();
        const bool in_spec = mode.in_format_spec && mode.expression_depth >= 0;
        if (at_end() || (mode.quote_size == 1 && c == '\n')) {
            if (!in_spec || at_end()) return unterminated_fstring(c);
            mode.in_text = false;  // the format spec ends with its line
            mode.in_format_spec = false;
            return push_text(cursor_);
        }
        if (c == '{' || c == '}') {
            if (!in_name) {
                text_up_to_brace(mode);
                return;
            }
            ++cursor_;
            if (c == '}') return push_text(cursor_);
            continue;
        }
        ++cursor_;
        quotes = c == mode.quote ? quotes + 1 : 0;
        if (c == '\n') advance_line(true);
        if (c == '\\') skip_escape(mode, in_name);
    }
    cursor_ -= mode.quote_size;
    push_text(cursor_);
}

void Lexer::push_text(uint32_t end) {
    push(TokenKind::FStringMiddle, token_begin_, end);
}

bool Lexer::closing_quotes(FStringMode& mode) {
    for (uint32_t i = 0; i < mode.quote_size; ++i) {
        if (at(i) != mode.quote) return false;
    }
    const uint32_t begin = cursor_;
    cursor_ += mode.quote_size;
    push(TokenKind::FStringEnd, begin, cursor_);
    fstrings_.pop_back();
    return true;
}

// The next token is the `{` of a field.
bool Lexer::enter_field(FStringMode& mode) {
    if (mode.expression_depth + 1 >= kMaxFieldNesting) {
        fail("f-string: expressions nested too deeply");
        return false;
    }
    ++mode.expression_depth;
    mode.in_text = false;
    return true;
}

// At a brace inside text: a doubled one is text, its first half ends this token; any other ends the
// text. In a format spec braces cannot be doubled.
bool Lexer::text_up_to_brace(FStringMode& mode) {
    const char c = at();
    const bool in_spec = mode.in_format_spec && mode.expression_depth >= 0;
    if (c == '{') {
        if (at(1) != '{' || in_spec) {
            const uint32_t end = cursor_;
            if (mode.expression_depth + 1 >= kMaxFieldNesting) return enter_field(mode);
            push_text(end);
            return enter_field(mode);
        }
    } else if (at(1) != '}' || in_spec || mode.brace_depth != 0) {
        push_text(cursor_);
        mode.in_text = false;
        return true;
    }
    push_text(cursor_ + 1);
    ++result_.tokens.back().span.end_column;
    cursor_ += 2;
    return true;
}

// Behind a backslash. An escaped brace is still a brace; \N{...} is a name.
void Lexer::skip_escape(FStringMode& mode, bool& in_name) {
    if (at_end()) return;
    const char c = at();
    if (c == '{' || c == '}') {
        if (!mode.raw) warn(base::cat("invalid escape sequence '\\", c, '\''));
        return;
    }
    ++cursor_;
    if (c == '\n') advance_line(true);
    if (c == 'N' && !mode.raw && at() == '{') {
        ++cursor_;
        in_name = true;
    }
}

void Lexer::unterminated_fstring(char next) {
    const FStringMode mode = fstrings_.back();
    const uint32_t detected = line_;
    const bool end = at_end();
    line_ = mode.start_line;
    line_start_ = mode.start_line_offset;
    cursor_ = mode.start + 1;
    if (mode.quote_size == 3) {
        fail(base::cat("unterminated triple-quoted f-string literal (detected at line ", detected,
                       ")"));
        result_.error->end_of_input = end && next != '\n';
    } else {
        fail(base::cat("unterminated f-string literal (detected at line ", detected, ")"));
    }
}

}  // namespace loopglass::script
