// match statements and their patterns.
#include "runtime/script/compiler.hpp"

namespace loopglass::script::eval {

std::vector<Matcher*> Compiler::patterns(const ast::Array<ast::Pattern*>& list) {
    std::vector<Matcher*> made;
    for (const ast::Pattern* node : list) made.push_back(pattern(node));
    return made;
}

Matcher* Compiler::pattern(const ast::Pattern* node) {
    using Kind = ast::PatternKind;
    const Span& span = node->span;
    switch (node->kind) {
        case Kind::Value:
            return make_match_value(unit_, span, expr(ast::as<ast::MatchValue>(*node).value));
        case Kind::Singleton: {
            ast::Constant constant;
            constant.value = ast::as<ast::MatchSingleton>(*node).value;
            return make_match_singleton(unit_, span, constant_value(constant));
        }
        case Kind::Sequence: {
            const auto& sequence = ast::as<ast::MatchSequence>(*node);
            std::vector<Matcher*> items;
            int32_t star = -1;
            Target* rest = nullptr;
            for (const ast::Pattern* item : sequence.patterns) {
                if (const auto* starred = ast::as_if<ast::MatchStar>(item)) {
                    star = static_cast<int32_t>(items.size());
                    if (starred->name) rest = name_target(starred->ref, starred->span);
                    items.push_back(nullptr);
                } else {
                    items.push_back(pattern(item));
                }
            }
            return make_match_sequence(unit_, span, std::move(items), star, rest);
        }
        case Kind::Mapping: {
            const auto& mapping = ast::as<ast::MatchMapping>(*node);
            Target* rest = mapping.rest ? name_target(mapping.ref, span) : nullptr;
            return make_match_mapping(unit_, span, exprs(mapping.keys), patterns(mapping.patterns),
                                      rest);
        }
        case Kind::Class: {
            const auto& cls = ast::as<ast::MatchClass>(*node);
            std::vector<Str*> names;
            for (const ast::Identifier name : cls.kwd_attrs) names.push_back(str(name));
            return make_match_class(unit_, span, expr(cls.cls), patterns(cls.patterns),
                                    std::move(names), patterns(cls.kwd_patterns));
        }
        case Kind::As: {
            const auto& as = ast::as<ast::MatchAs>(*node);
            Matcher* inner = as.pattern ? pattern(as.pattern) : nullptr;
            return make_match_as(unit_, span, inner, as.name ? name_target(as.ref, span) : nullptr);
        }
        case Kind::Or:
            return make_match_or(unit_, span, patterns(ast::as<ast::MatchOr>(*node).patterns));
        case Kind::Star:
            break;  // only inside a sequence, which looks at it itself
    }
    UNREACHABLE();
}

Statement* Compiler::match(const ast::Match& node) {
    Node* subject = expr(node.subject);
    std::vector<Case> cases;
    for (const ast::MatchCase& choice : node.cases) {
        Matcher* matcher = pattern(choice.pattern);
        Node* guard = optional(choice.guard);
        cases.push_back({matcher, guard, block(choice.body, choice.pattern->span)});
    }
    return make_match(unit_, node.span, subject, std::move(cases));
}

}  // namespace loopglass::script::eval
