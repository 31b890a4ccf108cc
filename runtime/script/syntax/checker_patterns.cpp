// Patterns, as the checker sees them.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "runtime/base/text.hpp"
#include "runtime/script/syntax/checker.hpp"

namespace loopglass::script {

namespace {

bool is_irrefutable(const Pattern& p) {
    if (const auto* as_pattern = as_if<MatchAs>(&p))
        return !as_pattern->pattern || is_irrefutable(*as_pattern->pattern);
    if (const auto* either = as_if<MatchOr>(&p)) return is_irrefutable(*either->patterns.back());
    return false;
}

// A literal key: how the message shows it, and its value as far as equality goes (True is 1
// is 1.0).
struct Key {
    std::string shown;
    std::string value;
};

std::string shown_number(double number, bool imaginary) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    std::string out(digits, end);
    if (imaginary) return out + 'j';
    if (out.find_first_not_of("-0123456789") == std::string::npos) out += ".0";
    return out;
}

Key number_key(const Constant& c, bool minus) {
    const double sign = minus ? -1 : 1;
    if (c.value == ConstantKind::Int) {
        const std::string digits = std::to_string(minus ? -c.integer : c.integer);
        return {digits, digits};
    }
    const double number = sign * c.number;
    const bool imaginary = c.value == ConstantKind::Imaginary;
    const bool whole = std::trunc(number) == number && std::abs(number) < 1e15;
    const std::string shown = shown_number(number, imaginary);
    if (whole && (!imaginary || number == 0))
        return {shown, std::to_string(static_cast<int64_t>(number))};
    return {shown, shown};
}

Key key_of(const Expr* e) {
    const auto* unary = as_if<UnaryOp>(e);
    const auto* c = as_if<Constant>(unary ? unary->operand : e);
    if (!c) return {};
    switch (c->value) {
        case ConstantKind::None:
            return {"None", "None"};
        case ConstantKind::True:
            return {"True", "1"};
        case ConstantKind::False:
            return {"False", "0"};
        case ConstantKind::Str:
        case ConstantKind::Bytes: {
            const bool bytes = c->value == ConstantKind::Bytes;
            const std::string quoted = base::cat(bytes ? "b'" : "'", c->text, '\'');
            return {quoted, quoted};
        }
        case ConstantKind::Int:
        case ConstantKind::Float:
        case ConstantKind::Imaginary:
            return number_key(*c, unary != nullptr);
        default:
            return {};
    }
}

}  // namespace

void Checker::match(const Match& node) {
    expr(node.subject);
    for (uint32_t i = 0; i < node.cases.size() && !problem_; ++i) {
        const MatchCase& c = node.cases[i];
        std::vector<Identifier> names;
        if (is_irrefutable(*c.pattern) && !c.guard && i + 1 < node.cases.size())
            unreachable(*c.pattern);
        pattern(*c.pattern, names);
        expr(c.guard);
        body(c.body);
    }
}

void Checker::unreachable(const Pattern& p) {
    const Pattern* at = &p;
    for (;;) {
        if (const auto* either = as_if<MatchOr>(at)) {
            at = either->patterns.back();
        } else {
            const auto* capture = as_if<MatchAs>(at);
            if (!capture || !capture->pattern) break;
            at = capture->pattern;
        }
    }
    const auto* capture = as_if<MatchAs>(at);
    if (capture && capture->name)
        return fail(at->span, base::cat("name capture '", capture->name->text,
                                        "' makes remaining patterns unreachable"));
    fail(at->span, "wildcard makes remaining patterns unreachable");
}

void Checker::capture(Identifier name, const Span& span, std::vector<Identifier>& names) {
    if (!name) return;
    forbidden(name, ExprContext::Store, span);
    if (std::ranges::find(names, name) != names.end())
        return fail(span, base::cat("multiple assignments to name '", name->text, "' in pattern"));
    names.push_back(name);
}

void Checker::pattern(const Pattern& p, std::vector<Identifier>& names) {
    if (problem_) return;
    switch (p.kind) {
        case PatternKind::Value: {
            const Expr* value = as<MatchValue>(p).value;
            if (value->kind == ExprKind::JoinedStr)
                return fail(value->span, "patterns may only match literals and attribute lookups");
            return expr(value);
        }
        case PatternKind::Singleton:
            return;
        case PatternKind::Sequence:
            return sequence(as<MatchSequence>(p), names);
        case PatternKind::Mapping:
            return mapping(as<MatchMapping>(p), names);
        case PatternKind::Class:
            return class_pattern(as<MatchClass>(p), names);
        case PatternKind::Star:
            return capture(as<MatchStar>(p).name, p.span, names);
        case PatternKind::As:
            if (as<MatchAs>(p).pattern) pattern(*as<MatchAs>(p).pattern, names);
            return capture(as<MatchAs>(p).name, p.span, names);
        case PatternKind::Or:
            return alternatives(as<MatchOr>(p), names);
    }
}

// All alternatives must bind the same names, and all but the last must be able to fail.
void Checker::alternatives(const MatchOr& node, std::vector<Identifier>& names) {
    std::vector<Identifier> first;
    for (uint32_t i = 0; i < node.patterns.size() && !problem_; ++i) {
        if (i + 1 < node.patterns.size() && is_irrefutable(*node.patterns[i]))
            return unreachable(*node.patterns[i]);
        std::vector<Identifier> bound;
        pattern(*node.patterns[i], bound);
        std::ranges::sort(bound);
        if (i == 0)
            first = bound;
        else if (bound != first)
            fail(node.span, "alternative patterns bind different names");
    }
    for (const Identifier name : first) capture(name, node.span, names);
}

void Checker::sequence(const MatchSequence& node, std::vector<Identifier>& names) {
    uint32_t stars = 0;
    for (const Pattern* part : node.patterns) stars += part->kind == PatternKind::Star ? 1 : 0;
    if (stars > 1) return fail(node.span, "multiple starred names in sequence pattern");
    for (const Pattern* part : node.patterns) pattern(*part, names);
}

void Checker::mapping(const MatchMapping& node, std::vector<Identifier>& names) {
    std::vector<std::string> seen;
    for (const Expr* key : node.keys) {
        if (key->kind == ExprKind::JoinedStr)
            return fail(node.span,
                        "mapping pattern keys may only match literals and attribute lookups");
        Key literal = key_of(key);
        if (!literal.value.empty() && std::ranges::find(seen, literal.value) != seen.end())
            return fail(node.span,
                        base::cat("mapping pattern checks duplicate key (", literal.shown, ")"));
        seen.push_back(std::move(literal.value));
        expr(key);
    }
    for (const Pattern* part : node.patterns) pattern(*part, names);
    capture(node.rest, node.span, names);
}

void Checker::class_pattern(const MatchClass& node, std::vector<Identifier>& names) {
    for (uint32_t i = 0; i < node.kwd_attrs.size(); ++i) {
        for (uint32_t k = i + 1; k < node.kwd_attrs.size(); ++k) {
            if (node.kwd_attrs[i] == node.kwd_attrs[k])
                return fail(node.kwd_patterns[k]->span,
                            base::cat("attribute name repeated in class pattern: ",
                                      node.kwd_attrs[k]->text));
        }
    }
    expr(node.cls);
    for (const Pattern* part : node.patterns) pattern(*part, names);
    for (const Pattern* part : node.kwd_patterns) pattern(*part, names);
}

}  // namespace loopglass::script
