// Expressions, from the loosest binding (tuples) to the tightest (trailers).
#include "runtime/script/syntax/parser.hpp"

namespace loopglass::script {

namespace {

// Longer chains (a + b + c …, a.b.c…) would make trees too deep to walk.
constexpr int kMaxChain = 3000;

struct BinaryInfo {
    int precedence = 0;  // 0: not a binary operator
    BinaryOperator op = BinaryOperator::Add;
};

BinaryInfo binary_info(TokenKind kind) {
    switch (kind) {
        case TokenKind::Pipe:
            return {1, BinaryOperator::BitOr};
        case TokenKind::Circumflex:
            return {2, BinaryOperator::BitXor};
        case TokenKind::Ampersand:
            return {3, BinaryOperator::BitAnd};
        case TokenKind::LeftShift:
            return {4, BinaryOperator::LShift};
        case TokenKind::RightShift:
            return {4, BinaryOperator::RShift};
        case TokenKind::Plus:
            return {5, BinaryOperator::Add};
        case TokenKind::Minus:
            return {5, BinaryOperator::Sub};
        case TokenKind::Star:
            return {6, BinaryOperator::Mult};
        case TokenKind::Slash:
            return {6, BinaryOperator::Div};
        case TokenKind::DoubleSlash:
            return {6, BinaryOperator::FloorDiv};
        case TokenKind::Percent:
            return {6, BinaryOperator::Mod};
        case TokenKind::At:
            return {6, BinaryOperator::MatMult};
        default:
            return {};
    }
}

// Tokens that end an expression list, so that a comma before them is a trailing one.
bool ends_list(TokenKind kind) {
    switch (kind) {
        case TokenKind::Newline:
        case TokenKind::EndMarker:
        case TokenKind::Semicolon:
        case TokenKind::RightParen:
        case TokenKind::RightBracket:
        case TokenKind::RightBrace:
        case TokenKind::Equal:
        case TokenKind::Colon:
        case TokenKind::Exclamation:
        case TokenKind::KwIn:
            return true;
        default:
            return kind >= TokenKind::PlusEqual && kind <= TokenKind::AtEqual;
    }
}

}  // namespace

Expr* Parser::star_expressions() {
    const Token* start = token_;
    Expr* first = star_expression();
    if (!first || kind() != TokenKind::Comma) return first;
    const size_t base = stack_.size();
    stack_.push_back(first);
    while (eat(TokenKind::Comma) && !ends_list(kind())) {
        Expr* next = star_expression();
        if (!next) return nullptr;
        stack_.push_back(next);
    }
    auto* node = arena_.make<Tuple>();
    node->elts = take<Expr>(base);
    return finish(node, start);
}

Expr* Parser::star_expression() {
    if (kind() != TokenKind::Star) return expression();
    const Token* start = token_++;
    auto* node = arena_.make<Starred>();
    node->value = binary(1);
    return node->value ? finish(node, start) : nullptr;
}

Expr* Parser::star_named_expression() {
    return kind() == TokenKind::Star ? star_expression() : named_expression();
}

Expr* Parser::named_expression() {
    if (kind() != TokenKind::Name || kind_after(1) != TokenKind::ColonEqual) return expression();
    const Token* start = token_;
    auto* node = arena_.make<NamedExpr>();
    node->target = name();
    node->target->context = ExprContext::Store;
    ++token_;
    node->value = expression();
    return node->value ? finish(node, start) : nullptr;
}

Expr* Parser::expression() {
    const Depth depth(*this);
    if (depth.exceeded()) return nullptr;
    return kind() == TokenKind::KwLambda ? lambda() : conditional();
}

Expr* Parser::conditional() {
    const Token* start = token_;
    Expr* body = disjunction();
    if (!body || kind() != TokenKind::KwIf) return body;
    ++token_;
    auto* node = arena_.make<IfExp>();
    node->body = body;
    node->test = disjunction();
    if (!node->test || !eat(TokenKind::KwElse)) return nullptr;
    node->orelse = expression();
    return node->orelse ? finish(node, start) : nullptr;
}

Expr* Parser::lambda() {
    const Token* start = token_++;
    auto* node = arena_.make<Lambda>();
    node->args = parameters(TokenKind::Colon, false);
    if (!node->args || !eat(TokenKind::Colon)) return nullptr;
    node->body = expression();
    return node->body ? finish(node, start) : nullptr;
}

Expr* Parser::disjunction() {
    const Token* start = token_;
    Expr* first = conjunction();
    if (!first || kind() != TokenKind::KwOr) return first;
    const size_t base = stack_.size();
    stack_.push_back(first);
    while (eat(TokenKind::KwOr)) {
        Expr* next = conjunction();
        if (!next) return nullptr;
        stack_.push_back(next);
    }
    auto* node = arena_.make<BoolOp>();
    node->op = BoolOperator::Or;
    node->values = take<Expr>(base);
    return finish(node, start);
}

Expr* Parser::conjunction() {
    const Token* start = token_;
    Expr* first = inversion();
    if (!first || kind() != TokenKind::KwAnd) return first;
    const size_t base = stack_.size();
    stack_.push_back(first);
    while (eat(TokenKind::KwAnd)) {
        Expr* next = inversion();
        if (!next) return nullptr;
        stack_.push_back(next);
    }
    auto* node = arena_.make<BoolOp>();
    node->op = BoolOperator::And;
    node->values = take<Expr>(base);
    return finish(node, start);
}

Expr* Parser::inversion() {
    if (kind() != TokenKind::KwNot) return comparison();
    const Depth depth(*this);
    if (depth.exceeded()) return nullptr;
    const Token* start = token_++;
    auto* node = arena_.make<UnaryOp>();
    node->op = UnaryOperator::Not;
    node->operand = inversion();
    return node->operand ? finish(node, start) : nullptr;
}

bool Parser::compare_operator(CompareOperator& op) {
    size_t size = 1;
    switch (kind()) {
        case TokenKind::EqualEqual:
            op = CompareOperator::Eq;
            break;
        case TokenKind::NotEqual:
            op = CompareOperator::NotEq;
            break;
        case TokenKind::Less:
            op = CompareOperator::Lt;
            break;
        case TokenKind::LessEqual:
            op = CompareOperator::LtE;
            break;
        case TokenKind::Greater:
            op = CompareOperator::Gt;
            break;
        case TokenKind::GreaterEqual:
            op = CompareOperator::GtE;
            break;
        case TokenKind::KwIn:
            op = CompareOperator::In;
            break;
        case TokenKind::KwNot:
            if (kind_after(1) != TokenKind::KwIn) return false;
            op = CompareOperator::NotIn;
            size = 2;
            break;
        case TokenKind::KwIs: {
            const bool negated = kind_after(1) == TokenKind::KwNot;
            op = negated ? CompareOperator::IsNot : CompareOperator::Is;
            size = negated ? 2 : 1;
            break;
        }
        default:
            return false;
    }
    token_ += size;
    return true;
}

Expr* Parser::comparison() {
    const Token* start = token_;
    Expr* left = binary(1);
    CompareOperator op;
    if (!left || !compare_operator(op)) return left;
    std::vector<CompareOperator> ops;
    const size_t base = stack_.size();
    do {
        ops.push_back(op);
        Expr* right = binary(1);
        if (!right) return nullptr;
        stack_.push_back(right);
    } while (compare_operator(op));
    auto* node = arena_.make<Compare>();
    node->left = left;
    node->ops = keep(ops);
    node->comparators = take<Expr>(base);
    return finish(node, start);
}

Expr* Parser::binary(int min_precedence) {
    const Token* start = token_;
    Expr* left = factor();
    for (int length = 0; left; ++length) {
        const BinaryInfo info = binary_info(kind());
        if (info.precedence < min_precedence || info.precedence == 0) return left;
        if (length > kMaxChain) return too_deep();
        auto* node = arena_.make<BinOp>();
        node->left = left;
        node->op = info.op;
        node->op_position = position_of(token_++);
        node->right = binary(info.precedence + 1);
        if (!node->right) return nullptr;
        left = finish(node, start);
    }
    return nullptr;
}

Expr* Parser::factor() {
    UnaryOperator op;
    switch (kind()) {
        case TokenKind::Plus:
            op = UnaryOperator::UAdd;
            break;
        case TokenKind::Minus:
            op = UnaryOperator::USub;
            break;
        case TokenKind::Tilde:
            op = UnaryOperator::Invert;
            break;
        default:
            return power();
    }
    const Depth depth(*this);
    if (depth.exceeded()) return nullptr;
    const Token* start = token_++;
    auto* node = arena_.make<UnaryOp>();
    node->op = op;
    node->operand = factor();
    return node->operand ? finish(node, start) : nullptr;
}

Expr* Parser::power() {
    const Token* start = token_;
    Expr* base = await_primary();
    if (!base || kind() != TokenKind::DoubleStar) return base;
    const Depth depth(*this);
    if (depth.exceeded()) return nullptr;
    auto* node = arena_.make<BinOp>();
    node->left = base;
    node->op = BinaryOperator::Pow;
    node->op_position = position_of(token_++);
    node->right = factor();
    return node->right ? finish(node, start) : nullptr;
}

Expr* Parser::await_primary() {
    if (kind() != TokenKind::KwAwait) return primary();
    const Token* start = token_++;
    auto* node = arena_.make<Await>();
    node->value = primary();
    return node->value ? finish(node, start) : nullptr;
}

Expr* Parser::primary() {
    const Token* start = token_;
    Expr* value = atom();
    for (int length = 0; value; ++length) {
        if (length > kMaxChain) return too_deep();
        switch (kind()) {
            case TokenKind::Dot:
            case TokenKind::LeftParen:
            case TokenKind::LeftBracket:
                value = trailer(start, value);
                break;
            default:
                return value;
        }
    }
    return nullptr;
}

Expr* Parser::trailer(const Token* start, Expr* value) {
    if (kind() == TokenKind::LeftParen) return call(start, value);
    if (kind() == TokenKind::LeftBracket) return subscript(start, value);
    ++token_;
    if (kind() != TokenKind::Name) return nullptr;
    auto* node = arena_.make<Attribute>();
    node->value = value;
    node->attr = node->stored_name = token_->name;
    node->attr_position = position_of(token_++);
    return finish(node, start);
}

Expr* Parser::subscript(const Token* start, Expr* value) {
    auto* node = arena_.make<Subscript>();
    node->value = value;
    node->bracket = position_of(token_++);
    node->slice = slices();
    if (!node->slice || !eat(TokenKind::RightBracket)) return nullptr;
    return finish(node, start);
}

Expr* Parser::slices() {
    const Token* start = token_;
    const size_t base = stack_.size();
    do {
        if (stack_.size() > base && kind() == TokenKind::RightBracket) break;
        Expr* element = kind() == TokenKind::Star ? star_expression() : slice();
        if (!element) return nullptr;
        stack_.push_back(element);
    } while (eat(TokenKind::Comma));
    auto* first = static_cast<Expr*>(stack_[base]);
    const bool comma = token_[-1].kind == TokenKind::Comma;
    if (!comma && stack_.size() == base + 1 && first->kind != ExprKind::Starred) {
        stack_.pop_back();
        return first;
    }
    auto* node = arena_.make<Tuple>();
    node->elts = take<Expr>(base);
    return finish(node, start);
}

Expr* Parser::slice() {
    const Token* start = token_;
    Expr* lower = nullptr;
    if (kind() != TokenKind::Colon) {
        lower = named_expression();
        if (!lower || kind() != TokenKind::Colon) return lower;
        if (lower->kind == ExprKind::NamedExpr && !lower->parenthesized) return nullptr;
    }
    ++token_;
    auto* node = arena_.make<Slice>();
    node->lower = lower;
    const auto part = [&](Expr*& out) {
        switch (kind()) {
            case TokenKind::Colon:
            case TokenKind::Comma:
            case TokenKind::RightBracket:
                return true;
            default:
                return (out = expression()) != nullptr;
        }
    };
    if (!part(node->upper)) return nullptr;
    if (eat(TokenKind::Colon) && !part(node->step)) return nullptr;
    return finish(node, start);
}

Expr* Parser::yield_expression() {
    const Token* start = token_++;
    if (eat(TokenKind::KwFrom)) {
        auto* node = arena_.make<YieldFrom>();
        node->value = expression();
        return node->value ? finish(node, start) : nullptr;
    }
    auto* node = arena_.make<Yield>();
    if (!ends_list(kind())) {
        node->value = star_expressions();
        if (!node->value) return nullptr;
    }
    return finish(node, start);
}

// ---- targets of for, with and comprehensions
// -------------------------------------------------------

Expr* Parser::target() {
    const Token* start = token_;
    Expr* e = nullptr;
    if (eat(TokenKind::Star)) {
        auto* starred = arena_.make<Starred>();
        starred->value = primary();
        if (!starred->value) return nullptr;
        e = finish(starred, start);
    } else {
        e = primary();
    }
    if (!e || !is_target(e)) return nullptr;
    set_context(e, ExprContext::Store);
    return e;
}

Expr* Parser::targets() {
    const Token* start = token_;
    Expr* first = target();
    if (!first || kind() != TokenKind::Comma) return first;
    const size_t base = stack_.size();
    stack_.push_back(first);
    while (eat(TokenKind::Comma) && kind() != TokenKind::KwIn) {
        Expr* next = target();
        if (!next) return nullptr;
        stack_.push_back(next);
    }
    auto* node = arena_.make<Tuple>();
    node->context = ExprContext::Store;
    node->elts = take<Expr>(base);
    return finish(node, start);
}

}  // namespace loopglass::script
