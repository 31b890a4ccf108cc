// The parser: tokens to syntax tree, for programs that are right. It does not explain what is
// wrong: where it cannot go on it stops, and diagnosis.hpp finds the words CPython has for it. Only
// errors that CPython, too, finds while building the tree (a bad escape, say) are reported here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/script/syntax/ast.hpp"
#include "runtime/script/syntax/lexer.hpp"

namespace loopglass::script {

class Parser {
public:
    Parser(const SourceText& source, const LexResult& lexed, SymbolTable& symbols,
           base::Arena& arena);

    // The module, or nullptr: then `problem()` says why, unless diagnosis has to find out.
    [[nodiscard]] Module* module();
    // The same for one expression; only blank lines may follow.
    [[nodiscard]] Module* expression_only();

    [[nodiscard]] const std::optional<SyntaxProblem>& problem() const { return problem_; }
    // How many tokens CPython would have looked at by now.
    [[nodiscard]] uint32_t tokens_read() const {
        return static_cast<uint32_t>(token_ - lexed_.tokens.data()) + 1;
    }
    [[nodiscard]] std::vector<ParseWarning>& warnings() { return warnings_; }

private:
    // parser.cpp: statements on one line
    bool statements(Array<Stmt*>& out, TokenKind end);
    bool statement();
    bool simple_statements();
    Stmt* simple_statement();
    Stmt* expression_statement();
    Stmt* assignment(const Token* start, Expr* first);
    Stmt* annotated_assignment(const Token* start, Expr* target);
    Stmt* augmented_assignment(const Token* start, Expr* target, BinaryOperator op);
    Expr* assigned_value();
    Stmt* return_statement();
    Stmt* raise_statement();
    Stmt* assert_statement();
    Stmt* delete_statement();
    Stmt* import_statement();
    Stmt* import_from_statement();
    bool import_names(std::vector<Alias>& names);
    bool dotted_name(std::string& text);
    bool alias_as(Alias& alias, const Token* start);
    template <typename T>
    Stmt* scope_statement();
    template <typename T>
    Stmt* keyword_statement();
    bool is_type_alias() const;
    Stmt* type_alias();

    // parser_compound.cpp
    Stmt* compound_statement();
    bool block(Array<Stmt*>& body);
    bool block_after_colon(Array<Stmt*>& body);
    bool else_block(Array<Stmt*>& orelse);
    Stmt* if_statement();
    Stmt* while_statement();
    Stmt* for_statement(const Token* start, bool is_async);
    Stmt* with_statement(const Token* start, bool is_async);
    bool parenthesized_with_items(std::vector<WithItem>& items);
    bool with_items(std::vector<WithItem>& items);
    bool with_item(WithItem& item);
    Stmt* try_statement();
    bool except_clause(Try& node, std::vector<ExceptHandler>& handlers);
    Stmt* async_statement();
    Stmt* decorated();
    Stmt* function_def(const Token* start, bool is_async, Array<Expr*> decorators);
    Stmt* class_def(Array<Expr*> decorators);
    bool type_params(Array<TypeParam>& out);
    bool type_param(TypeParam& param);
    Stmt* match_statement();
    bool match_case(MatchCase& out);
    Expr* match_subject();

    // parser_params.cpp
    Arguments* parameters(TokenKind end, bool annotated);
    struct ParameterLists;
    bool parameter_group(ParameterLists& lists, bool annotated);
    bool star_parameter(ParameterLists& lists, TokenKind end, bool annotated);
    bool plain_parameter(ParameterLists& lists, bool annotated);
    bool slash_parameter(ParameterLists& lists);
    bool parameter(Arg& arg, bool annotated, bool star_annotation);

    // parser_patterns.cpp
    Pattern* case_patterns();
    Pattern* open_sequence_element();
    Pattern* as_pattern();
    Pattern* or_pattern();
    Pattern* closed_pattern();
    Pattern* star_pattern();
    Pattern* literal_pattern();
    Expr* literal_expression();
    Expr* pattern_number();
    Pattern* name_pattern();
    Pattern* class_pattern(const Token* start, Expr* cls);
    Pattern* sequence_pattern(TokenKind close);
    Pattern* mapping_pattern();
    bool mapping_item(MatchMapping& node, std::vector<Expr*>& keys, std::vector<Pattern*>& values);

    // parser_expressions.cpp
    Expr* star_expressions();
    Expr* star_expression();
    Expr* star_named_expression();
    Expr* named_expression();
    Expr* expression();
    Expr* conditional();
    Expr* disjunction();
    Expr* conjunction();
    Expr* inversion();
    Expr* comparison();
    bool compare_operator(CompareOperator& op);
    Expr* binary(int min_precedence);
    Expr* factor();
    Expr* power();
    Expr* await_primary();
    Expr* primary();
    Expr* trailer(const Token* start, Expr* value);
    Expr* subscript(const Token* start, Expr* value);
    Expr* slices();
    Expr* slice();
    Expr* lambda();
    Expr* yield_expression();
    Expr* targets();
    Expr* target();

    // parser_atoms.cpp
    Expr* atom();
    Expr* name();
    Expr* constant(ConstantKind kind);
    Expr* parenthesized();
    Expr* list_display();
    Expr* brace_display();
    Expr* dict_display(const Token* start);
    bool dict_item(std::vector<Expr*>& keys, std::vector<Expr*>& values);
    Expr* comprehension(const Token* start, ExprKind kind, Expr* elt, Expr* value, TokenKind close);
    bool for_clauses(Array<ForClause>& out);
    Expr* call(const Token* start, Expr* func);
    bool call_arguments(Array<Expr*>& args, Array<Keyword>& keywords);
    struct ArgumentLists;
    bool call_argument(ArgumentLists& lists);
    Expr* number();

    // parser_strings.cpp
    Expr* strings();
    Expr* plain_strings(const Token* start, bool bytes);
    bool append_literal(const Token& token, std::string& out);
    bool decode_into(std::string& out, std::string_view body, bool raw, bool bytes,
                     const Token& token);
    bool fstring(std::vector<Expr*>& values);
    bool fstring_part(std::vector<Expr*>& values, bool raw);
    bool fstring_text(std::vector<Expr*>& values, bool raw);
    bool fstring_field(std::vector<Expr*>& values, bool raw);
    bool fstring_conversion(FormattedValue& node);
    bool is_conversion(const Token& token);
    Expr* fstring_format_spec(bool raw);
    std::string debug_text(const Token& from, const Token& to) const;
    Array<Expr*> merge_constants(const std::vector<Expr*>& values);
    void warn_escape(const Token& token, std::string_view escape, bool octal);

    // targets.cpp
    static bool is_target(const Expr* e);
    static bool is_single_target(const Expr* e);
    static bool is_delete_target(const Expr* e);
    static void set_context(Expr* e, ExprContext context);

    // ---- helpers ----
    [[nodiscard]] TokenKind kind() const { return token_->kind; }
    [[nodiscard]] TokenKind kind_after(size_t n) const;
    bool eat(TokenKind k) {
        if (token_->kind != k) return false;
        ++token_;
        return true;
    }
    [[nodiscard]] bool at_soft(SoftKeyword keyword) const {
        return token_->kind == TokenKind::Name &&
               token_->name->id == static_cast<uint32_t>(keyword);
    }
    [[nodiscard]] Span span_from(const Token* start) const;
    [[nodiscard]] static Position position_of(const Token* token) {
        return {token->span.line, token->span.column};
    }
    template <typename T>
    T* finish(T* node, const Token* start) {
        node->span = span_from(start);
        return node;
    }
    template <typename T>
    Array<T> keep(const std::vector<T>& items) {
        return arena_.copy(items.data(), items.size());
    }
    // Node lists are collected on one stack and copied out when complete.
    template <typename T>
    Array<T*> take(size_t mark) {
        T** out = static_cast<T**>(arena_.allocate(sizeof(T*) * (stack_.size() - mark), 8));
        const Array<T*> list{out, static_cast<uint32_t>(stack_.size() - mark)};
        for (size_t i = mark; i < stack_.size(); ++i) *out++ = static_cast<T*>(stack_[i]);
        stack_.resize(mark);
        return list.count ? list : Array<T*>{};
    }
    std::nullptr_t fail_at(const Token& first, const Token& last, std::string message);
    std::nullptr_t too_deep();

    // Counts nesting; deeper than a stack can bear is an error, as in CPython.
    struct Depth {
        explicit Depth(Parser& p) : parser(p) { ++parser.depth_; }
        ~Depth() { --parser.depth_; }
        [[nodiscard]] bool exceeded() const;
        Parser& parser;
    };

    // A place to come back to.
    struct Mark {
        const Token* token;
        size_t stack;
        size_t warnings;
    };
    [[nodiscard]] Mark mark() const { return {token_, stack_.size(), warnings_.size()}; }
    void back_to(const Mark& place);

    const SourceText& source_;
    const LexResult& lexed_;
    SymbolTable& symbols_;
    base::Arena& arena_;
    const Token* token_;
    int depth_ = 0;
    std::vector<void*> stack_;
    std::optional<SyntaxProblem> problem_;
    std::vector<ParseWarning> warnings_;
};

}  // namespace loopglass::script
