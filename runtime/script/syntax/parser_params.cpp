// Parameter lists of def and lambda.
#include "runtime/script/syntax/parser.hpp"

namespace loopglass::script {

struct Parser::ParameterLists {
    std::vector<Arg> posonly;
    std::vector<Arg> args;
    std::vector<Arg> kwonly;
    std::vector<Expr*> defaults;
    std::vector<Expr*> kw_defaults;
    Arg* vararg = nullptr;
    Arg* kwarg = nullptr;
    bool after_star = false;
    bool after_slash = false;
};

Arguments* Parser::parameters(TokenKind end, bool annotated) {
    ParameterLists lists;
    while (kind() != end) {
        if (lists.kwarg || !parameter_group(lists, annotated)) return nullptr;
        if (!eat(TokenKind::Comma) && kind() != end) return nullptr;
    }
    const bool bare_star = lists.after_star && !lists.vararg;
    if (bare_star && lists.kwonly.empty()) return nullptr;
    auto* node = arena_.make<Arguments>();
    node->posonly = keep(lists.posonly);
    node->args = keep(lists.args);
    node->kwonly = keep(lists.kwonly);
    node->defaults = keep(lists.defaults);
    node->kw_defaults = keep(lists.kw_defaults);
    node->vararg = lists.vararg;
    node->kwarg = lists.kwarg;
    return node;
}

bool Parser::parameter_group(ParameterLists& lists, bool annotated) {
    if (kind() == TokenKind::Slash) return slash_parameter(lists);
    if (kind() == TokenKind::Star)
        return star_parameter(lists, annotated ? TokenKind::RightParen : TokenKind::Colon,
                              annotated);
    if (eat(TokenKind::DoubleStar)) {
        lists.kwarg = arena_.make<Arg>();
        return parameter(*lists.kwarg, annotated, false);
    }
    return plain_parameter(lists, annotated);
}

bool Parser::slash_parameter(ParameterLists& lists) {
    if (lists.after_slash || lists.after_star || lists.args.empty()) return false;
    lists.after_slash = true;
    lists.posonly.swap(lists.args);
    ++token_;
    return true;
}

bool Parser::star_parameter(ParameterLists& lists, TokenKind end, bool annotated) {
    if (lists.after_star) return false;
    lists.after_star = true;
    ++token_;
    if (kind() == TokenKind::Comma) {
        // `*,` must be followed by a keyword-only parameter
        return kind_after(1) != end && kind_after(1) != TokenKind::DoubleStar;
    }
    lists.vararg = arena_.make<Arg>();
    return parameter(*lists.vararg, annotated, true);
}

bool Parser::plain_parameter(ParameterLists& lists, bool annotated) {
    Arg& arg = (lists.after_star ? lists.kwonly : lists.args).emplace_back();
    if (!parameter(arg, annotated, false)) return false;
    Expr* value = nullptr;
    if (eat(TokenKind::Equal)) {
        value = expression();
        if (!value) return false;
    }
    if (lists.after_star) {
        lists.kw_defaults.push_back(value);
        return true;
    }
    if (!value) return lists.defaults.empty();
    lists.defaults.push_back(value);
    return true;
}

bool Parser::parameter(Arg& arg, bool annotated, bool star_annotation) {
    if (kind() != TokenKind::Name) return false;
    const Token* start = token_++;
    arg.name = start->name;
    if (annotated && eat(TokenKind::Colon)) {
        arg.annotation = star_annotation ? star_expression() : expression();
        if (!arg.annotation) return false;
    }
    arg.span = span_from(start);
    return true;
}

}  // namespace loopglass::script
