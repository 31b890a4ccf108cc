#include "runtime/script/syntax/parser.hpp"

#include "runtime/base/text.hpp"
#include "runtime/script/syntax/deep_call.hpp"

namespace loopglass::script {

namespace {

// Nesting that recursion must bear, here, in the resolver and in the evaluator.
constexpr int kMaxDepth = 1000;

struct Augmented {
    TokenKind token;
    BinaryOperator op;
};
constexpr Augmented kAugmented[] = {
    {TokenKind::PlusEqual, BinaryOperator::Add},
    {TokenKind::MinusEqual, BinaryOperator::Sub},
    {TokenKind::StarEqual, BinaryOperator::Mult},
    {TokenKind::SlashEqual, BinaryOperator::Div},
    {TokenKind::PercentEqual, BinaryOperator::Mod},
    {TokenKind::AmpersandEqual, BinaryOperator::BitAnd},
    {TokenKind::PipeEqual, BinaryOperator::BitOr},
    {TokenKind::CircumflexEqual, BinaryOperator::BitXor},
    {TokenKind::LeftShiftEqual, BinaryOperator::LShift},
    {TokenKind::RightShiftEqual, BinaryOperator::RShift},
    {TokenKind::DoubleStarEqual, BinaryOperator::Pow},
    {TokenKind::DoubleSlashEqual, BinaryOperator::FloorDiv},
    {TokenKind::AtEqual, BinaryOperator::MatMult},
};

bool is_layout(TokenKind kind) {
    return kind == TokenKind::Newline || kind == TokenKind::Indent || kind == TokenKind::Dedent ||
           kind == TokenKind::EndMarker;
}

}  // namespace

Parser::Parser(const SourceText& source, const LexResult& lexed, SymbolTable& symbols,
               base::Arena& arena)
    : source_(source),
      lexed_(lexed),
      symbols_(symbols),
      arena_(arena),
      token_(lexed.tokens.data()) {}

Span Parser::span_from(const Token* start) const {
    const Token* last = token_ - 1;
    while (last > start && is_layout(last->kind)) --last;
    return {start->span.line, start->span.column, last->span.end_line, last->span.end_column};
}

TokenKind Parser::kind_after(size_t n) const {
    const Token* const last = &lexed_.tokens.back();
    return token_ + n < last ? token_[n].kind : last->kind;
}

void Parser::back_to(const Mark& place) {
    token_ = place.token;
    stack_.resize(place.stack);
    warnings_.resize(place.warnings);
}

std::nullptr_t Parser::fail_at(const Token& first, const Token& last, std::string message) {
    if (problem_) return nullptr;
    problem_ = source_.problem(
        SyntaxErrorKind::SyntaxError, std::move(message), static_cast<int32_t>(first.span.line),
        static_cast<int32_t>(first.span.column), static_cast<int32_t>(last.span.end_line),
        static_cast<int32_t>(last.span.end_column));
    return nullptr;
}

std::nullptr_t Parser::too_deep() {
    if (problem_) return nullptr;
    problem_.emplace();
    problem_->kind = SyntaxErrorKind::RecursionError;
    problem_->message = "maximum recursion depth exceeded during compilation";
    return nullptr;
}

bool Parser::Depth::exceeded() const {
    if (parser.depth_ <= kMaxDepth && may_go_deeper()) return false;
    parser.too_deep();
    return true;
}

Module* Parser::module() {
    auto* node = arena_.make<Module>();
    if (!statements(node->body, TokenKind::EndMarker)) return nullptr;
    return node;
}

Module* Parser::expression_only() {
    auto* node = arena_.make<Module>();
    node->expression = star_expressions();
    if (!node->expression) return nullptr;
    while (eat(TokenKind::Newline)) {
    }
    if (kind() != TokenKind::EndMarker) return nullptr;
    return node;
}

// ---- statements
// ----------------------------------------------------------------------------------

bool Parser::statements(Array<Stmt*>& out, TokenKind end) {
    const size_t base = stack_.size();
    while (kind() != end) {
        if (!statement()) return false;
    }
    ++token_;
    out = take<Stmt>(base);
    return true;
}

// Pushes one compound statement or all statements of a line.
bool Parser::statement() {
    const Depth depth(*this);
    if (depth.exceeded()) return false;
    switch (kind()) {
        case TokenKind::KwIf:
        case TokenKind::KwFor:
        case TokenKind::KwWhile:
        case TokenKind::KwWith:
        case TokenKind::KwTry:
        case TokenKind::KwDef:
        case TokenKind::KwClass:
        case TokenKind::KwAsync:
        case TokenKind::At: {
            Stmt* node = compound_statement();
            if (node) stack_.push_back(node);
            return node != nullptr;
        }
        case TokenKind::Name:
            if (at_soft(SoftKeyword::Match)) {
                const Mark place = mark();
                if (Stmt* node = match_statement()) {
                    stack_.push_back(node);
                    return true;
                }
                if (problem_) return false;
                back_to(place);
            }
            return simple_statements();
        default:
            return simple_statements();
    }
}

bool Parser::simple_statements() {
    do {
        Stmt* node = simple_statement();
        if (!node) return false;
        stack_.push_back(node);
    } while (eat(TokenKind::Semicolon) && kind() != TokenKind::Newline);
    return eat(TokenKind::Newline);
}

template <typename T>
Stmt* Parser::keyword_statement() {
    const Token* start = token_++;
    return finish(arena_.make<T>(), start);
}

template <typename T>
Stmt* Parser::scope_statement() {
    const Token* start = token_++;
    std::vector<Identifier> names;
    do {
        if (kind() != TokenKind::Name) return nullptr;
        names.push_back(token_->name);
        ++token_;
    } while (eat(TokenKind::Comma));
    auto* node = arena_.make<T>();
    node->names = keep(names);
    return finish(node, start);
}

Stmt* Parser::simple_statement() {
    switch (kind()) {
        case TokenKind::KwReturn:
            return return_statement();
        case TokenKind::KwImport:
            return import_statement();
        case TokenKind::KwFrom:
            return import_from_statement();
        case TokenKind::KwRaise:
            return raise_statement();
        case TokenKind::KwPass:
            return keyword_statement<Pass>();
        case TokenKind::KwDel:
            return delete_statement();
        case TokenKind::KwAssert:
            return assert_statement();
        case TokenKind::KwBreak:
            return keyword_statement<Break>();
        case TokenKind::KwContinue:
            return keyword_statement<Continue>();
        case TokenKind::KwGlobal:
            return scope_statement<Global>();
        case TokenKind::KwNonlocal:
            return scope_statement<Nonlocal>();
        default:
            break;
    }
    return is_type_alias() ? type_alias() : expression_statement();
}

Stmt* Parser::expression_statement() {
    const Token* start = token_;
    Expr* value = kind() == TokenKind::KwYield ? yield_expression() : star_expressions();
    if (!value) return nullptr;
    if (kind() == TokenKind::Equal) return assignment(start, value);
    if (kind() == TokenKind::Colon) return annotated_assignment(start, value);
    for (const Augmented& candidate : kAugmented) {
        if (kind() == candidate.token) return augmented_assignment(start, value, candidate.op);
    }
    auto* node = arena_.make<ExprStmt>();
    node->value = value;
    return finish(node, start);
}

Expr* Parser::assigned_value() {
    return kind() == TokenKind::KwYield ? yield_expression() : star_expressions();
}

Stmt* Parser::assignment(const Token* start, Expr* first) {
    const size_t base = stack_.size();
    Expr* value = first;
    while (eat(TokenKind::Equal)) {
        if (!is_target(value)) return nullptr;
        set_context(value, ExprContext::Store);
        stack_.push_back(value);
        value = assigned_value();
        if (!value) return nullptr;
    }
    auto* node = arena_.make<Assign>();
    node->targets = take<Expr>(base);
    node->value = value;
    return finish(node, start);
}

Stmt* Parser::annotated_assignment(const Token* start, Expr* target) {
    if (!is_single_target(target)) return nullptr;
    set_context(target, ExprContext::Store);
    ++token_;
    auto* node = arena_.make<AnnAssign>();
    node->target = target;
    node->annotation = expression();
    if (!node->annotation) return nullptr;
    node->simple = target->kind == ExprKind::Name && !target->parenthesized;
    if (eat(TokenKind::Equal)) {
        node->value = assigned_value();
        if (!node->value) return nullptr;
    }
    return finish(node, start);
}

Stmt* Parser::augmented_assignment(const Token* start, Expr* target, BinaryOperator op) {
    if (!is_single_target(target)) return nullptr;
    set_context(target, ExprContext::Store);
    auto* node = arena_.make<AugAssign>();
    node->target = target;
    node->op = op;
    node->op_position = position_of(token_++);
    node->value = assigned_value();
    return node->value ? finish(node, start) : nullptr;
}

Stmt* Parser::return_statement() {
    const Token* start = token_++;
    auto* node = arena_.make<Return>();
    if (kind() != TokenKind::Newline && kind() != TokenKind::Semicolon) {
        node->value = star_expressions();
        if (!node->value) return nullptr;
    }
    return finish(node, start);
}

Stmt* Parser::raise_statement() {
    const Token* start = token_++;
    auto* node = arena_.make<Raise>();
    if (kind() != TokenKind::Newline && kind() != TokenKind::Semicolon) {
        node->exc = expression();
        if (!node->exc) return nullptr;
        if (eat(TokenKind::KwFrom)) {
            node->cause = expression();
            if (!node->cause) return nullptr;
        }
    }
    return finish(node, start);
}

Stmt* Parser::assert_statement() {
    const Token* start = token_++;
    auto* node = arena_.make<Assert>();
    node->test = expression();
    if (!node->test) return nullptr;
    if (eat(TokenKind::Comma)) {
        node->msg = expression();
        if (!node->msg) return nullptr;
    }
    return finish(node, start);
}

Stmt* Parser::delete_statement() {
    const Token* start = token_++;
    const size_t base = stack_.size();
    do {
        if (kind() == TokenKind::Newline || kind() == TokenKind::Semicolon) break;
        Expr* target = primary();
        if (!target || !is_delete_target(target)) return nullptr;
        set_context(target, ExprContext::Del);
        stack_.push_back(target);
    } while (eat(TokenKind::Comma));
    if (stack_.size() == base) return nullptr;
    auto* node = arena_.make<Delete>();
    node->targets = take<Expr>(base);
    return finish(node, start);
}

// ---- imports
// -------------------------------------------------------------------------------------

bool Parser::dotted_name(std::string& text) {
    do {
        if (kind() != TokenKind::Name) return false;
        if (!text.empty()) text += '.';
        text += token_->name->text;
        ++token_;
    } while (eat(TokenKind::Dot));
    return true;
}

bool Parser::alias_as(Alias& alias, const Token* start) {
    if (eat(TokenKind::KwAs)) {
        if (kind() != TokenKind::Name) return false;
        alias.asname = token_->name;
        ++token_;
    }
    alias.span = span_from(start);
    return true;
}

Stmt* Parser::import_statement() {
    const Token* start = token_++;
    std::vector<Alias> names;
    do {
        const Token* first = token_;
        std::string text;
        if (!dotted_name(text)) return nullptr;
        Alias& alias = names.emplace_back();
        alias.name = symbols_.intern(text);
        if (!alias_as(alias, first)) return nullptr;
    } while (eat(TokenKind::Comma));
    auto* node = arena_.make<Import>();
    node->names = keep(names);
    return finish(node, start);
}

Stmt* Parser::import_from_statement() {
    const Token* start = token_++;
    auto* node = arena_.make<ImportFrom>();
    for (; kind() == TokenKind::Dot || kind() == TokenKind::Ellipsis; ++token_)
        node->level += kind() == TokenKind::Dot ? 1 : 3;
    if (kind() != TokenKind::KwImport || node->level == 0) {
        std::string text;
        if (!dotted_name(text)) return nullptr;
        node->module = symbols_.intern(text);
    }
    if (!eat(TokenKind::KwImport)) return nullptr;
    std::vector<Alias> names;
    if (kind() == TokenKind::Star) {
        Alias& alias = names.emplace_back();
        alias.name = symbols_.intern("*", true);
        const Token* star = token_++;
        alias.span = span_from(star);
    } else if (!import_names(names)) {
        return nullptr;
    }
    node->names = keep(names);
    return finish(node, start);
}

bool Parser::import_names(std::vector<Alias>& names) {
    const bool parens = eat(TokenKind::LeftParen);
    do {
        if (parens && !names.empty() && kind() == TokenKind::RightParen) break;
        if (kind() != TokenKind::Name) return false;
        const Token* first = token_++;
        Alias& alias = names.emplace_back();
        alias.name = first->name;
        if (!alias_as(alias, first)) return false;
    } while (eat(TokenKind::Comma));
    return !parens || eat(TokenKind::RightParen);
}

// ---- type aliases
// --------------------------------------------------------------------------------

bool Parser::is_type_alias() const {
    return at_soft(SoftKeyword::Type) && kind_after(1) == TokenKind::Name &&
           (kind_after(2) == TokenKind::Equal || kind_after(2) == TokenKind::LeftBracket);
}

Stmt* Parser::type_alias() {
    const Token* start = token_++;
    auto* node = arena_.make<TypeAlias>();
    node->name = name();
    node->name->context = ExprContext::Store;
    if (!type_params(node->type_params) || !eat(TokenKind::Equal)) return nullptr;
    node->value = expression();
    return node->value ? finish(node, start) : nullptr;
}

}  // namespace loopglass::script
