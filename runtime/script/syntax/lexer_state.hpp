// The lexer's state, shared by its three files: plain tokens, numbers, strings and f-strings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/script/syntax/lexer.hpp"

namespace loopglass::script {

// One f-string being read. Its literal parts are read in `in_text` mode, its replacement fields as
// plain tokens.
struct FStringMode {
    char quote = '"';
    uint32_t quote_size = 1;
    bool raw = false;
    bool in_text = true;
    bool in_format_spec = false;
    int brace_depth = 0;        // brackets of any kind open inside this string
    int expression_depth = -1;  // brace_depth at which the current field began; -1: no field
    uint32_t start = 0;         // offset of the opening quote's token
    uint32_t start_line = 0;
    uint32_t start_line_offset = 0;
};

class Lexer {
public:
    Lexer(const SourceText& source, SymbolTable& symbols, LexResult& result);

    void run();

private:
    // lexer.cpp
    void plain_token();
    bool indentation();
    bool measure_indentation(uint32_t& column, uint32_t& alternate);
    bool change_indentation(uint32_t column, uint32_t alternate);
    bool indent(uint32_t column, uint32_t alternate);
    bool dedent(uint32_t column, uint32_t alternate);
    bool inconsistent_tabs();
    bool skip_blank();
    bool line_continuation();
    void newline();
    void end_of_input();
    void unclosed_bracket();
    void name_or_prefixed_string();
    void identifier(uint32_t begin);
    void invalid_character(uint32_t begin, uint32_t bad, std::string_view word);
    void operator_token();
    TokenKind match_operator();
    void other_character(uint32_t begin);
    bool colon_ends_field();
    bool open_bracket();
    bool close_bracket();
    bool mismatched_bracket(char c, const OpenParen& paren);
    bool close_bracket_in_fstring(char c);

    // lexer_numbers.cpp: all but the first return false when the number is wrong and reported.
    void number();
    bool radix_number(char radix);
    bool zero_number();
    bool decimal_tail();
    bool fraction_and_rest();
    bool end_of_number(const char* kind);
    [[nodiscard]] bool keyword_follows() const;

    // lexer_strings.cpp
    void string(uint32_t begin);
    void unterminated_string(uint32_t begin, char quote, uint32_t size, bool escaped_quote);
    void fstring_start(uint32_t begin);
    void fstring_text();
    bool closing_quotes(FStringMode& mode);
    bool enter_field(FStringMode& mode);
    bool text_up_to_brace(FStringMode& mode);
    void skip_escape(FStringMode& mode, bool& in_name);
    void unterminated_fstring(char next);
    void push_text(uint32_t end);

    // Shared.
    [[nodiscard]] char at(size_t ahead = 0) const { return text_[cursor_ + ahead]; }
    [[nodiscard]] bool at_end() const { return cursor_ >= text_.size(); }
    [[nodiscard]] uint32_t column(uint32_t offset) const { return offset - line_start_; }
    [[nodiscard]] bool in_field() const {
        return !fstrings_.empty() && fstrings_.back().expression_depth >= 0;
    }
    // Within a token CPython keeps what it has read of it, which shows in one error's column.
    void advance_line(bool within_token = false);
    void start_token();
    Token& push(TokenKind kind, uint32_t begin, uint32_t end);
    void push_bare(TokenKind kind);

    // An error CPython's lexer words itself, at the character before `cursor_`.
    void fail(std::string message);
    void fail_range(std::string message, uint32_t from, uint32_t to);
    void fail_known(SyntaxErrorKind kind, std::string message, int32_t offset, int32_t end_offset,
                    bool end_of_input);
    void fail_at_end();
    void finish_with_error(LexError error);
    void warn(std::string message);

    const SourceText& source_;
    std::string_view text_;
    SymbolTable& symbols_;
    LexResult& result_;

    uint32_t cursor_ = 0;
    uint32_t line_ = 1;
    uint32_t line_start_ = 0;
    uint32_t buffer_start_ = 0;
    uint32_t token_begin_ = 0;
    uint32_t token_line_ = 1;        // where the token being read began
    uint32_t token_line_start_ = 0;  // offset of that line
    bool at_line_start_ = true;
    bool done_ = false;

    std::vector<uint32_t> indents_{0};
    std::vector<uint32_t> alternate_indents_{0};
    std::vector<OpenParen>& open_;
    std::vector<FStringMode> fstrings_;
};

}  // namespace loopglass::script
