// Statements that contain statements.
#include "runtime/script/syntax/parser.hpp"

namespace loopglass::script {

Stmt* Parser::compound_statement() {
    switch (kind()) {
        case TokenKind::KwIf:
            return if_statement();
        case TokenKind::KwWhile:
            return while_statement();
        case TokenKind::KwFor:
            return for_statement(token_, false);
        case TokenKind::KwWith:
            return with_statement(token_, false);
        case TokenKind::KwTry:
            return try_statement();
        case TokenKind::KwDef:
            return function_def(token_, false, {});
        case TokenKind::KwClass:
            return class_def({});
        case TokenKind::KwAsync:
            return async_statement();
        default:
            return decorated();
    }
}

bool Parser::block(Array<Stmt*>& body) {
    if (eat(TokenKind::Newline)) {
        if (!eat(TokenKind::Indent)) return false;
        return statements(body, TokenKind::Dedent);
    }
    const size_t base = stack_.size();
    if (!simple_statements()) return false;
    body = take<Stmt>(base);
    return true;
}

bool Parser::block_after_colon(Array<Stmt*>& body) {
    return eat(TokenKind::Colon) && block(body);
}

bool Parser::else_block(Array<Stmt*>& orelse) {
    return !eat(TokenKind::KwElse) || block_after_colon(orelse);
}

// An elif is an If alone in the orelse of the one before; built without recursion, because such
// chains get long.
Stmt* Parser::if_statement() {
    std::vector<If*> chain;
    std::vector<const Token*> starts;
    do {
        starts.push_back(token_++);
        If* node = arena_.make<If>();
        node->test = named_expression();
        if (!node->test || !block_after_colon(node->body)) return nullptr;
        if (!chain.empty()) {
            Stmt* nested = node;
            chain.back()->orelse = arena_.copy(&nested, 1);
        }
        chain.push_back(node);
    } while (kind() == TokenKind::KwElif);
    if (chain.size() > 1000) return too_deep();
    if (!else_block(chain.back()->orelse)) return nullptr;
    for (size_t i = 0; i < chain.size(); ++i) finish(chain[i], starts[i]);
    return chain.front();
}

Stmt* Parser::while_statement() {
    const Token* start = token_++;
    auto* node = arena_.make<While>();
    node->test = named_expression();
    if (!node->test || !block_after_colon(node->body) || !else_block(node->orelse)) return nullptr;
    return finish(node, start);
}

Stmt* Parser::for_statement(const Token* start, bool is_async) {
    ++token_;
    auto* node = arena_.make<For>();
    node->is_async = is_async;
    node->target = targets();
    if (!node->target || !eat(TokenKind::KwIn)) return nullptr;
    node->iter = star_expressions();
    if (!node->iter || !block_after_colon(node->body) || !else_block(node->orelse)) return nullptr;
    return finish(node, start);
}

Stmt* Parser::async_statement() {
    const Token* start = token_++;
    if (kind() == TokenKind::KwDef) return function_def(start, true, {});
    if (kind() == TokenKind::KwFor) return for_statement(start, true);
    if (kind() == TokenKind::KwWith) return with_statement(start, true);
    return nullptr;
}

// ---- with
// ----------------------------------------------------------------------------------------

Stmt* Parser::with_statement(const Token* start, bool is_async) {
    ++token_;
    auto* node = arena_.make<With>();
    node->is_async = is_async;
    std::vector<WithItem> items;
    const Mark place = mark();
    if (kind() != TokenKind::LeftParen || !parenthesized_with_items(items)) {
        if (problem_) return nullptr;
        back_to(place);
        items.clear();
        if (!with_items(items)) return nullptr;
    }
    node->items = keep(items);
    if (!block_after_colon(node->body)) return nullptr;
    return finish(node, start);
}

bool Parser::parenthesized_with_items(std::vector<WithItem>& items) {
    ++token_;
    do {
        if (!items.empty() && kind() == TokenKind::RightParen) break;
        if (!with_item(items.emplace_back())) return false;
    } while (eat(TokenKind::Comma));
    return eat(TokenKind::RightParen) && kind() == TokenKind::Colon;
}

bool Parser::with_items(std::vector<WithItem>& items) {
    do {
        if (!with_item(items.emplace_back())) return false;
    } while (eat(TokenKind::Comma));
    return true;
}

bool Parser::with_item(WithItem& item) {
    item.context_expr = expression();
    if (!item.context_expr) return false;
    if (!eat(TokenKind::KwAs)) return true;
    item.optional_vars = target();
    return item.optional_vars != nullptr;
}

// ---- try
// -----------------------------------------------------------------------------------------

Stmt* Parser::try_statement() {
    const Token* start = token_++;
    auto* node = arena_.make<Try>();
    if (!block_after_colon(node->body)) return nullptr;
    std::vector<ExceptHandler> handlers;
    while (kind() == TokenKind::KwExcept) {
        if (!except_clause(*node, handlers)) return nullptr;
    }
    node->handlers = keep(handlers);
    if (!handlers.empty() && !else_block(node->orelse)) return nullptr;
    if (eat(TokenKind::KwFinally)) {
        if (!block_after_colon(node->finalbody)) return nullptr;
    } else if (handlers.empty()) {
        return nullptr;
    }
    return finish(node, start);
}

bool Parser::except_clause(Try& node, std::vector<ExceptHandler>& handlers) {
    const Token* start = token_++;
    const bool star = eat(TokenKind::Star);
    if (handlers.empty()) node.is_star = star;
    if (node.is_star != star) return false;
    ExceptHandler& handler = handlers.emplace_back();
    if (star || kind() != TokenKind::Colon) {
        handler.type = expression();
        if (!handler.type) return false;
        if (eat(TokenKind::KwAs)) {
            if (kind() != TokenKind::Name) return false;
            handler.name = token_->name;
            ++token_;
        }
    }
    if (!block_after_colon(handler.body)) return false;
    handler.span = span_from(start);
    return true;
}

// ---- def and class
// -------------------------------------------------------------------------------

Stmt* Parser::decorated() {
    const size_t base = stack_.size();
    while (eat(TokenKind::At)) {
        Expr* decorator = named_expression();
        if (!decorator || !eat(TokenKind::Newline)) return nullptr;
        stack_.push_back(decorator);
    }
    const Array<Expr*> decorators = take<Expr>(base);
    if (kind() == TokenKind::KwClass) return class_def(decorators);
    const Token* start = token_;
    const bool is_async = eat(TokenKind::KwAsync);
    return kind() == TokenKind::KwDef ? function_def(start, is_async, decorators) : nullptr;
}

Stmt* Parser::function_def(const Token* start, bool is_async, Array<Expr*> decorators) {
    ++token_;
    auto* node = arena_.make<FunctionDef>();
    node->is_async = is_async;
    node->decorator_list = decorators;
    if (kind() != TokenKind::Name) return nullptr;
    node->name_position = position_of(token_);
    node->name = token_->name;
    ++token_;
    if (!type_params(node->type_params) || !eat(TokenKind::LeftParen)) return nullptr;
    node->args = parameters(TokenKind::RightParen, true);
    if (!node->args || !eat(TokenKind::RightParen)) return nullptr;
    if (eat(TokenKind::Arrow)) {
        node->returns = expression();
        if (!node->returns) return nullptr;
    }
    if (!block_after_colon(node->body)) return nullptr;
    return finish(node, start);
}

Stmt* Parser::class_def(Array<Expr*> decorators) {
    const Token* start = token_++;
    auto* node = arena_.make<ClassDef>();
    node->decorator_list = decorators;
    if (kind() != TokenKind::Name) return nullptr;
    node->name_position = position_of(token_);
    node->name = token_->name;
    ++token_;
    if (!type_params(node->type_params)) return nullptr;
    if (eat(TokenKind::LeftParen)) {
        if (!call_arguments(node->bases, node->keywords)) return nullptr;
        if (!eat(TokenKind::RightParen)) return nullptr;
    }
    if (!block_after_colon(node->body)) return nullptr;
    return finish(node, start);
}

bool Parser::type_params(Array<TypeParam>& out) {
    if (!eat(TokenKind::LeftBracket)) return true;
    std::vector<TypeParam> params;
    do {
        if (!params.empty() && kind() == TokenKind::RightBracket) break;
        if (!type_param(params.emplace_back())) return false;
    } while (eat(TokenKind::Comma));
    out = keep(params);
    return eat(TokenKind::RightBracket);
}

bool Parser::type_param(TypeParam& param) {
    const Token* start = token_;
    if (eat(TokenKind::Star))
        param.kind = TypeParamKind::TypeVarTuple;
    else if (eat(TokenKind::DoubleStar))
        param.kind = TypeParamKind::ParamSpec;
    if (kind() != TokenKind::Name) return false;
    param.name = token_->name;
    ++token_;
    if (param.kind == TypeParamKind::TypeVar && eat(TokenKind::Colon)) {
        param.bound = expression();
        if (!param.bound) return false;
    }
    if (eat(TokenKind::Equal)) {
        const bool star = param.kind == TypeParamKind::TypeVarTuple;
        param.default_value = star ? star_expression() : expression();
        if (!param.default_value) return false;
    }
    param.span = span_from(start);
    return true;
}

// ---- match
// ---------------------------------------------------------------------------------------

// `match` is an ordinary name too: nullptr, and nothing lost, if this is no match statement.
Stmt* Parser::match_statement() {
    const Token* start = token_++;
    auto* node = arena_.make<Match>();
    node->subject = match_subject();
    if (!node->subject || !eat(TokenKind::Colon) || !eat(TokenKind::Newline)) return nullptr;
    if (!eat(TokenKind::Indent)) return nullptr;
    std::vector<MatchCase> cases;
    do {
        if (!match_case(cases.emplace_back())) return nullptr;
    } while (kind() != TokenKind::Dedent);
    ++token_;
    node->cases = keep(cases);
    return finish(node, start);
}

Expr* Parser::match_subject() {
    switch (kind()) {
        case TokenKind::Equal:
        case TokenKind::Dot:
        case TokenKind::Comma:
        case TokenKind::Colon:
        case TokenKind::Newline:
        case TokenKind::RightParen:
            return nullptr;
        default:
            break;
    }
    const Token* start = token_;
    const size_t base = stack_.size();
    do {
        if (stack_.size() > base && kind() == TokenKind::Colon) break;
        Expr* e = star_named_expression();
        if (!e) return nullptr;
        stack_.push_back(e);
    } while (eat(TokenKind::Comma));
    auto* first = static_cast<Expr*>(stack_.back());
    const bool comma = token_[-1].kind == TokenKind::Comma;
    if (!comma && stack_.size() == base + 1) {
        stack_.pop_back();
        return first->kind == ExprKind::Starred ? nullptr : first;
    }
    auto* node = arena_.make<Tuple>();
    node->elts = take<Expr>(base);
    return finish(node, start);
}

bool Parser::match_case(MatchCase& out) {
    if (!at_soft(SoftKeyword::Case)) return false;
    ++token_;
    out.pattern = case_patterns();
    if (!out.pattern) return false;
    if (eat(TokenKind::KwIf)) {
        out.guard = named_expression();
        if (!out.guard) return false;
    }
    return block_after_colon(out.body);
}

}  // namespace loopglass::script
