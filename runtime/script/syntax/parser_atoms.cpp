// Atoms: names, constants, displays, comprehensions; and call arguments.
#include <charconv>
#include <cstdlib>
#include <string>

#include "runtime/script/syntax/parser.hpp"

namespace loopglass::script {

Expr* Parser::atom() {
    switch (kind()) {
        case TokenKind::Name:
            return name();
        case TokenKind::Number:
            return number();
        case TokenKind::String:
        case TokenKind::FStringStart:
            return strings();
        case TokenKind::LeftParen:
            return parenthesized();
        case TokenKind::LeftBracket:
            return list_display();
        case TokenKind::LeftBrace:
            return brace_display();
        case TokenKind::KwNone:
            return constant(ConstantKind::None);
        case TokenKind::KwTrue:
            return constant(ConstantKind::True);
        case TokenKind::KwFalse:
            return constant(ConstantKind::False);
        case TokenKind::Ellipsis:
            return constant(ConstantKind::Ellipsis);
        default:
            return nullptr;
    }
}

Expr* Parser::name() {
    const Token* start = token_++;
    auto* node = arena_.make<Name>();
    node->id = start->name;
    return finish(node, start);
}

Expr* Parser::constant(ConstantKind constant_kind) {
    const Token* start = token_++;
    auto* node = arena_.make<Constant>();
    node->value = constant_kind;
    return finish(node, start);
}

// ---- numbers
// -------------------------------------------------------------------------------------

namespace {

int radix_of(std::string_view digits) {
    if (digits.size() < 2 || digits[0] != '0') return 10;
    switch (digits[1] | 0x20) {
        case 'x':
            return 16;
        case 'o':
            return 8;
        case 'b':
            return 2;
        default:
            return 10;
    }
}

void read_integer(std::string_view digits, Constant& node, base::Arena& arena) {
    const int radix = radix_of(digits);
    if (radix != 10) digits.remove_prefix(2);
    const auto result =
        std::from_chars(digits.data(), digits.data() + digits.size(), node.integer, radix);
    node.value = ConstantKind::Int;
    if (result.ec == std::errc()) return;
    node.value = ConstantKind::BigInt;
    node.integer = 0;
    node.radix = static_cast<uint8_t>(radix);
    node.text = arena.copy(digits);
}

void read_float(std::string_view digits, Constant& node) {
    const bool imaginary = (digits.back() | 0x20) == 'j';
    if (imaginary) digits.remove_suffix(1);
    node.value = imaginary ? ConstantKind::Imaginary : ConstantKind::Float;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), node.number);
    if (result.ec == std::errc::result_out_of_range)
        node.number = std::strtod(std::string(digits).c_str(), nullptr);
}

}  // namespace

Expr* Parser::number() {
    const Token* start = token_++;
    std::string_view digits = source_.text.substr(start->begin, start->end - start->begin);
    std::string plain;
    if (digits.find('_') != std::string_view::npos) {
        for (const char c : digits) {
            if (c != '_') plain += c;
        }
        digits = plain;
    }
    auto* node = arena_.make<Constant>();
    const bool whole =
        radix_of(digits) != 10 || digits.find_first_of(".eEjJ") == std::string_view::npos;
    if (whole)
        read_integer(digits, *node, arena_);
    else
        read_float(digits, *node);
    return finish(node, start);
}

// ---- displays
// ------------------------------------------------------------------------------------

// What a parenthesis begins: a tuple, a generator expression, a yield or just an expression.
Expr* Parser::parenthesized() {
    const Token* start = token_++;
    if (kind() == TokenKind::KwYield) {
        Expr* e = yield_expression();
        if (!e || !eat(TokenKind::RightParen)) return nullptr;
        e->parenthesized = true;
        return e;
    }
    const size_t base = stack_.size();
    bool comma = true;  // () is a tuple
    while (comma && kind() != TokenKind::RightParen) {
        Expr* e = star_named_expression();
        if (!e) return nullptr;
        if (stack_.size() == base && (kind() == TokenKind::KwFor || kind() == TokenKind::KwAsync))
            return comprehension(start, ExprKind::GeneratorExp, e, nullptr, TokenKind::RightParen);
        stack_.push_back(e);
        comma = eat(TokenKind::Comma);
    }
    if (!eat(TokenKind::RightParen)) return nullptr;
    if (!comma && stack_.size() == base + 1) {
        auto* e = static_cast<Expr*>(stack_.back());
        stack_.pop_back();
        if (e->kind == ExprKind::Starred) return nullptr;
        e->parenthesized = true;
        return e;
    }
    auto* node = arena_.make<Tuple>();
    node->elts = take<Expr>(base);
    node->parenthesized = true;
    return finish(node, start);
}

Expr* Parser::list_display() {
    const Token* start = token_++;
    const size_t base = stack_.size();
    bool comma = true;
    while (comma && kind() != TokenKind::RightBracket) {
        Expr* e = star_named_expression();
        if (!e) return nullptr;
        if (stack_.size() == base && (kind() == TokenKind::KwFor || kind() == TokenKind::KwAsync))
            return comprehension(start, ExprKind::ListComp, e, nullptr, TokenKind::RightBracket);
        stack_.push_back(e);
        comma = eat(TokenKind::Comma);
    }
    if (!eat(TokenKind::RightBracket)) return nullptr;
    auto* node = arena_.make<List>();
    node->elts = take<Expr>(base);
    return finish(node, start);
}

Expr* Parser::brace_display() {
    const Token* start = token_++;
    if (kind() == TokenKind::RightBrace || kind() == TokenKind::DoubleStar)
        return dict_display(start);
    const Mark place = mark();
    Expr* first = star_named_expression();
    if (!first) return nullptr;
    if (kind() == TokenKind::Colon && first->kind != ExprKind::Starred) {
        back_to(place);
        return dict_display(start);
    }
    if (kind() == TokenKind::KwFor || kind() == TokenKind::KwAsync)
        return comprehension(start, ExprKind::SetComp, first, nullptr, TokenKind::RightBrace);
    const size_t base = stack_.size();
    stack_.push_back(first);
    while (eat(TokenKind::Comma) && kind() != TokenKind::RightBrace) {
        Expr* e = star_named_expression();
        if (!e) return nullptr;
        stack_.push_back(e);
    }
    if (!eat(TokenKind::RightBrace)) return nullptr;
    auto* node = arena_.make<Set>();
    node->elts = take<Expr>(base);
    return finish(node, start);
}

bool Parser::dict_item(std::vector<Expr*>& keys, std::vector<Expr*>& values) {
    if (eat(TokenKind::DoubleStar)) {
        keys.push_back(nullptr);
        values.push_back(binary(1));
        return values.back() != nullptr;
    }
    keys.push_back(expression());
    if (!keys.back() || !eat(TokenKind::Colon)) return false;
    values.push_back(expression());
    return values.back() != nullptr;
}

Expr* Parser::dict_display(const Token* start) {
    std::vector<Expr*> keys;
    std::vector<Expr*> values;
    bool comma = true;
    while (comma && kind() != TokenKind::RightBrace) {
        if (!dict_item(keys, values)) return nullptr;
        const bool comp = kind() == TokenKind::KwFor || kind() == TokenKind::KwAsync;
        if (comp && keys.size() == 1 && keys[0])
            return comprehension(start, ExprKind::DictComp, keys[0], values[0],
                                 TokenKind::RightBrace);
        comma = eat(TokenKind::Comma);
    }
    if (!eat(TokenKind::RightBrace)) return nullptr;
    auto* node = arena_.make<Dict>();
    node->keys = keep(keys);
    node->values = keep(values);
    return finish(node, start);
}

// ---- comprehensions
// ------------------------------------------------------------------------------

Expr* Parser::comprehension(const Token* start, ExprKind comp_kind, Expr* elt, Expr* value,
                            TokenKind close) {
    if (elt->kind == ExprKind::Starred) return nullptr;
    auto* node = arena_.make<Comprehension>(comp_kind);
    node->elt = elt;
    node->value = value;
    if (!for_clauses(node->generators) || !eat(close)) return nullptr;
    return finish(node, start);
}

bool Parser::for_clauses(Array<ForClause>& out) {
    std::vector<ForClause> clauses;
    while (kind() == TokenKind::KwFor || kind() == TokenKind::KwAsync) {
        ForClause& clause = clauses.emplace_back();
        clause.is_async = eat(TokenKind::KwAsync);
        if (!eat(TokenKind::KwFor)) return false;
        clause.target = targets();
        if (!clause.target || !eat(TokenKind::KwIn)) return false;
        clause.iter = disjunction();
        if (!clause.iter) return false;
        const size_t base = stack_.size();
        while (eat(TokenKind::KwIf)) {
            Expr* condition = disjunction();
            if (!condition) return false;
            stack_.push_back(condition);
        }
        clause.ifs = take<Expr>(base);
    }
    out = keep(clauses);
    return true;
}

// ---- calls
// ---------------------------------------------------------------------------------------

Expr* Parser::call(const Token* start, Expr* func) {
    auto* node = arena_.make<Call>();
    node->func = func;
    node->paren = position_of(token_++);
    if (!call_arguments(node->args, node->keywords)) return nullptr;
    if (!eat(TokenKind::RightParen)) return nullptr;
    return finish(node, start);
}

struct Parser::ArgumentLists {
    size_t base;  // positional ones are on the stack from here
    std::vector<Keyword> keywords;
    bool named = false;        // a keyword was seen: no plain argument may follow
    bool double_star = false;  // ** was seen: nor may *
    bool generator = false;    // a bare generator expression: must be alone
};

// The arguments behind an opening parenthesis, up to the closing one.
bool Parser::call_arguments(Array<Expr*>& args, Array<Keyword>& keywords) {
    ArgumentLists lists{stack_.size(), {}};
    bool comma = true;
    while (comma && kind() != TokenKind::RightParen) {
        if (lists.generator || !call_argument(lists)) return false;
        comma = eat(TokenKind::Comma);
        if (lists.generator && comma) return false;
    }
    args = take<Expr>(lists.base);
    keywords = keep(lists.keywords);
    return true;
}

bool Parser::call_argument(ArgumentLists& lists) {
    const Token* start = token_;
    if (kind() == TokenKind::Name && kind_after(1) == TokenKind::Equal) {
        token_ += 2;
        lists.named = true;
        Keyword keyword;
        keyword.name = start->name;
        keyword.value = expression();
        if (!keyword.value) return false;
        keyword.span = span_from(start);
        lists.keywords.push_back(keyword);
        return true;
    }
    if (eat(TokenKind::DoubleStar)) {
        lists.named = lists.double_star = true;
        Keyword keyword;
        keyword.value = expression();
        if (!keyword.value) return false;
        keyword.span = span_from(start);
        lists.keywords.push_back(keyword);
        return true;
    }
    if (kind() == TokenKind::Star) {
        if (lists.double_star) return false;
        ++token_;
        auto* starred = arena_.make<Starred>();
        starred->value = expression();
        if (!starred->value) return false;
        stack_.push_back(finish(starred, start));
        return true;
    }
    if (lists.named) return false;
    Expr* e = named_expression();
    if (!e) return false;
    if (kind() == TokenKind::KwFor || kind() == TokenKind::KwAsync) {
        if (stack_.size() != lists.base) return false;
        auto* node = arena_.make<Comprehension>(ExprKind::GeneratorExp);
        node->elt = e;
        if (!for_clauses(node->generators)) return false;
        // As in CPython the generator expression owns the call's parentheses.
        node->span = span_from(start - 1);
        node->span.end_line = token_->span.end_line;
        node->span.end_column = token_->span.end_column;
        lists.generator = true;
        e = node;
    }
    stack_.push_back(e);
    return true;
}

}  // namespace loopglass::script
