// Patterns of match statements.
#include "runtime/script/syntax/parser.hpp"

namespace loopglass::script {

namespace {

bool is_wildcard(const Token* token) {
    return token->name->id == static_cast<uint32_t>(SoftKeyword::Wildcard);
}

}  // namespace

// The pattern of a case: a sequence without brackets, or any one pattern.
Pattern* Parser::case_patterns() {
    const Token* start = token_;
    Pattern* first = open_sequence_element();
    if (!first) return nullptr;
    if (kind() != TokenKind::Comma) return first->kind == PatternKind::Star ? nullptr : first;
    const size_t base = stack_.size();
    stack_.push_back(first);
    while (eat(TokenKind::Comma) && kind() != TokenKind::Colon && kind() != TokenKind::KwIf) {
        Pattern* next = open_sequence_element();
        if (!next) return nullptr;
        stack_.push_back(next);
    }
    auto* node = arena_.make<MatchSequence>();
    node->patterns = take<Pattern>(base);
    return finish(node, start);
}

Pattern* Parser::open_sequence_element() {
    return kind() == TokenKind::Star ? star_pattern() : as_pattern();
}

Pattern* Parser::star_pattern() {
    const Token* start = token_++;
    if (kind() != TokenKind::Name) return nullptr;
    auto* node = arena_.make<MatchStar>();
    if (!is_wildcard(token_)) node->name = token_->name;
    ++token_;
    return finish(node, start);
}

Pattern* Parser::as_pattern() {
    const Token* start = token_;
    Pattern* pattern = or_pattern();
    if (!pattern || kind() != TokenKind::KwAs) return pattern;
    ++token_;
    if (kind() != TokenKind::Name || is_wildcard(token_)) return nullptr;
    auto* node = arena_.make<MatchAs>();
    node->pattern = pattern;
    node->name = token_->name;
    ++token_;
    switch (kind()) {
        case TokenKind::Dot:
        case TokenKind::LeftParen:
        case TokenKind::Equal:
            return nullptr;
        default:
            return finish(node, start);
    }
}

Pattern* Parser::or_pattern() {
    const Depth depth(*this);
    if (depth.exceeded()) return nullptr;
    const Token* start = token_;
    Pattern* first = closed_pattern();
    if (!first || kind() != TokenKind::Pipe) return first;
    const size_t base = stack_.size();
    stack_.push_back(first);
    while (eat(TokenKind::Pipe)) {
        Pattern* next = closed_pattern();
        if (!next) return nullptr;
        stack_.push_back(next);
    }
    auto* node = arena_.make<MatchOr>();
    node->patterns = take<Pattern>(base);
    return finish(node, start);
}

Pattern* Parser::closed_pattern() {
    switch (kind()) {
        case TokenKind::Name:
            return name_pattern();
        case TokenKind::LeftParen:
            return sequence_pattern(TokenKind::RightParen);
        case TokenKind::LeftBracket:
            return sequence_pattern(TokenKind::RightBracket);
        case TokenKind::LeftBrace:
            return mapping_pattern();
        default:
            return literal_pattern();
    }
}

Pattern* Parser::literal_pattern() {
    const Token* start = token_;
    const TokenKind k = kind();
    if (k == TokenKind::KwNone || k == TokenKind::KwTrue || k == TokenKind::KwFalse) {
        ++token_;
        auto* node = arena_.make<MatchSingleton>();
        node->value = k == TokenKind::KwNone   ? ConstantKind::None
                      : k == TokenKind::KwTrue ? ConstantKind::True
                                               : ConstantKind::False;
        return finish(node, start);
    }
    auto* node = arena_.make<MatchValue>();
    node->value = literal_expression();
    return node->value ? finish(node, start) : nullptr;
}

// A literal that a pattern compares with: strings, signed numbers, complex numbers a+bj.
Expr* Parser::literal_expression() {
    const Token* start = token_;
    if (kind() == TokenKind::String || kind() == TokenKind::FStringStart) return strings();
    Expr* left = pattern_number();
    if (!left || (kind() != TokenKind::Plus && kind() != TokenKind::Minus)) return left;
    auto* node = arena_.make<BinOp>();
    node->left = left;
    node->op = kind() == TokenKind::Plus ? BinaryOperator::Add : BinaryOperator::Sub;
    node->op_position = position_of(token_++);
    if (kind() != TokenKind::Number) return nullptr;
    const Token* imaginary = token_;
    node->right = number();
    const Expr* real = left->kind == ExprKind::UnaryOp ? as<UnaryOp>(*left).operand : left;
    if (as<Constant>(*real).value == ConstantKind::Imaginary)
        return fail_at(*start, *(imaginary - 2), "real number required in complex literal");
    if (as<Constant>(*node->right).value != ConstantKind::Imaginary)
        return fail_at(*imaginary, *imaginary, "imaginary number required in complex literal");
    return finish(node, start);
}

Expr* Parser::pattern_number() {
    const Token* start = token_;
    const bool minus = eat(TokenKind::Minus);
    if (kind() != TokenKind::Number) return nullptr;
    Expr* value = number();
    if (!minus) return value;
    auto* node = arena_.make<UnaryOp>();
    node->op = UnaryOperator::USub;
    node->operand = value;
    return finish(node, start);
}

// A capture, the wildcard, a dotted value or a class.
Pattern* Parser::name_pattern() {
    const Token* start = token_;
    Expr* value = name();
    if (kind() != TokenKind::Dot && kind() != TokenKind::LeftParen) {
        if (kind() == TokenKind::Equal) return nullptr;
        auto* node = arena_.make<MatchAs>();
        if (!is_wildcard(start)) node->name = start->name;
        return finish(node, start);
    }
    while (kind() == TokenKind::Dot) {
        value = trailer(start, value);
        if (!value) return nullptr;
    }
    if (kind() == TokenKind::LeftParen) return class_pattern(start, value);
    if (kind() == TokenKind::Equal) return nullptr;
    auto* node = arena_.make<MatchValue>();
    node->value = value;
    return finish(node, start);
}

Pattern* Parser::class_pattern(const Token* start, Expr* cls) {
    ++token_;
    auto* node = arena_.make<MatchClass>();
    node->cls = cls;
    std::vector<Pattern*> patterns;
    std::vector<Pattern*> keyword_patterns;
    std::vector<Identifier> names;
    bool comma = true;
    while (comma && kind() != TokenKind::RightParen) {
        if (kind() == TokenKind::Name && kind_after(1) == TokenKind::Equal) {
            names.push_back(token_->name);
            token_ += 2;
            keyword_patterns.push_back(as_pattern());
            if (!keyword_patterns.back()) return nullptr;
        } else {
            if (!names.empty()) return nullptr;
            patterns.push_back(as_pattern());
            if (!patterns.back()) return nullptr;
        }
        comma = eat(TokenKind::Comma);
    }
    if (!eat(TokenKind::RightParen)) return nullptr;
    node->patterns = keep(patterns);
    node->kwd_attrs = keep(names);
    node->kwd_patterns = keep(keyword_patterns);
    return finish(node, start);
}

// [a, *b], (a, b) and the group (a).
Pattern* Parser::sequence_pattern(TokenKind close) {
    const Token* start = token_++;
    const size_t base = stack_.size();
    bool comma = close == TokenKind::RightParen && kind() == close;
    while (kind() != close) {
        Pattern* next = open_sequence_element();
        if (!next) return nullptr;
        stack_.push_back(next);
        comma = eat(TokenKind::Comma);
        if (!comma) break;
    }
    if (!eat(close)) return nullptr;
    if (close == TokenKind::RightParen && !comma && stack_.size() == base + 1) {
        auto* group = static_cast<Pattern*>(stack_.back());
        stack_.pop_back();
        return group->kind == PatternKind::Star ? nullptr : group;
    }
    auto* node = arena_.make<MatchSequence>();
    node->patterns = take<Pattern>(base);
    return finish(node, start);
}

Pattern* Parser::mapping_pattern() {
    const Token* start = token_++;
    auto* node = arena_.make<MatchMapping>();
    std::vector<Expr*> keys;
    std::vector<Pattern*> values;
    bool comma = true;
    while (comma && kind() != TokenKind::RightBrace) {
        if (node->rest || !mapping_item(*node, keys, values)) return nullptr;
        comma = eat(TokenKind::Comma);
    }
    if (!eat(TokenKind::RightBrace)) return nullptr;
    node->keys = keep(keys);
    node->patterns = keep(values);
    return finish(node, start);
}

bool Parser::mapping_item(MatchMapping& node, std::vector<Expr*>& keys,
                          std::vector<Pattern*>& values) {
    if (eat(TokenKind::DoubleStar)) {
        if (kind() != TokenKind::Name || is_wildcard(token_)) return false;
        node.rest = token_->name;
        ++token_;
        return true;
    }
    const Token* start = token_;
    Expr* key = nullptr;
    if (kind() == TokenKind::Name) {
        key = name();
        if (kind() != TokenKind::Dot) return false;
        while (key && kind() == TokenKind::Dot) key = trailer(start, key);
    } else if (kind() == TokenKind::KwNone) {
        key = constant(ConstantKind::None);
    } else if (kind() == TokenKind::KwTrue) {
        key = constant(ConstantKind::True);
    } else if (kind() == TokenKind::KwFalse) {
        key = constant(ConstantKind::False);
    } else {
        key = literal_expression();
    }
    if (!key || !eat(TokenKind::Colon)) return false;
    keys.push_back(key);
    values.push_back(as_pattern());
    return values.back() != nullptr;
}

}  // namespace loopglass::script
