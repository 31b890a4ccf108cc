// Expressions, as the checker sees them.
#include "runtime/base/text.hpp"
#include "runtime/script/syntax/checker.hpp"

namespace loopglass::script {

namespace {

constexpr uint32_t kMaxBeforeStar = 255;

bool is_number(const Constant& c) {
    switch (c.value) {
        case ConstantKind::Int:
        case ConstantKind::BigInt:
        case ConstantKind::Float:
        case ConstantKind::Imaginary:
            return true;
        default:
            return false;
    }
}

std::string_view constant_type(const Constant& c) {
    switch (c.value) {
        case ConstantKind::None:
            return "NoneType";
        case ConstantKind::True:
        case ConstantKind::False:
            return "bool";
        case ConstantKind::Ellipsis:
            return "ellipsis";
        case ConstantKind::Str:
            return "str";
        case ConstantKind::Bytes:
            return "bytes";
        case ConstantKind::Float:
            return "float";
        case ConstantKind::Imaginary:
            return "complex";
        default:
            return "int";
    }
}

// A constant, looking through a sign as CPython's folding does.
const Constant* constant_of(const Expr* e) {
    const auto* unary = as_if<UnaryOp>(e);
    if (unary && unary->op == UnaryOperator::Not) return nullptr;
    if (!unary) return as_if<Constant>(e);
    const auto* operand = as_if<Constant>(unary->operand);
    return operand && is_number(*operand) ? operand : nullptr;
}

bool is_constant_tuple(const Expr* e) {
    const auto* tuple = as_if<Tuple>(e);
    if (!tuple) return false;
    for (const Expr* element : tuple->elts) {
        if (!constant_of(element) && !is_constant_tuple(element)) return false;
    }
    return true;
}

// The type an expression certainly has, or "".
std::string_view inferred_type(const Expr* e) {
    switch (e->kind) {
        case ExprKind::Tuple:
            return "tuple";
        case ExprKind::List:
        case ExprKind::ListComp:
            return "list";
        case ExprKind::Dict:
        case ExprKind::DictComp:
            return "dict";
        case ExprKind::Set:
        case ExprKind::SetComp:
            return "set";
        case ExprKind::GeneratorExp:
            return "generator";
        case ExprKind::Lambda:
            return "function";
        case ExprKind::JoinedStr:
        case ExprKind::FormattedValue:
            return "str";
        default:
            break;
    }
    const Constant* c = constant_of(e);
    return c ? constant_type(*c) : std::string_view();
}

bool is_callable_kind(const Expr* e) {
    switch (e->kind) {
        case ExprKind::Tuple:
        case ExprKind::List:
        case ExprKind::ListComp:
        case ExprKind::Dict:
        case ExprKind::DictComp:
        case ExprKind::Set:
        case ExprKind::SetComp:
        case ExprKind::GeneratorExp:
        case ExprKind::JoinedStr:
        case ExprKind::FormattedValue:
            return false;
        default:
            return !constant_of(e);
    }
}

bool is_subscriptable_kind(const Expr* e) {
    switch (e->kind) {
        case ExprKind::Set:
        case ExprKind::SetComp:
        case ExprKind::GeneratorExp:
        case ExprKind::Lambda:
            return false;
        default:
            break;
    }
    const Constant* c = constant_of(e);
    return !c || c->value == ConstantKind::Str || c->value == ConstantKind::Bytes;
}

bool wants_integer_index(const Expr* e) {
    switch (e->kind) {
        case ExprKind::Tuple:
        case ExprKind::List:
        case ExprKind::ListComp:
        case ExprKind::JoinedStr:
        case ExprKind::FormattedValue:
            return true;
        default:
            break;
    }
    const auto* c = as_if<Constant>(e);
    return c && (c->value == ConstantKind::Str || c->value == ConstantKind::Bytes);
}

// A literal that `is` should not compare; "" for None, True, … and for what is no literal.
std::string_view identity_literal(const Expr* e) {
    if (is_constant_tuple(e)) return "tuple";
    const Constant* c = constant_of(e);
    if (!c) return {};
    const bool numeric_or_text =
        is_number(*c) || c->value == ConstantKind::Str || c->value == ConstantKind::Bytes;
    return numeric_or_text ? constant_type(*c) : std::string_view();
}

}  // namespace

void Checker::exprs(const Array<Expr*>& list) {
    for (const Expr* e : list) expr(e);
}

void Checker::expr(const Expr* e) {
    if (!e || problem_) return;
    switch (e->kind) {
        case ExprKind::Constant:
            return;
        case ExprKind::Name:
            return forbidden(as<Name>(*e).id, e->context, e->span);
        case ExprKind::Attribute:
            expr(as<Attribute>(*e).value);
            return forbidden(as<Attribute>(*e).attr, e->context, e->span);
        case ExprKind::Call:
            return call(as<Call>(*e));
        case ExprKind::Subscript:
            return subscript(as<Subscript>(*e));
        case ExprKind::Compare:
            return compare(as<Compare>(*e));
        case ExprKind::Lambda:
            return lambda(as<Lambda>(*e));
        case ExprKind::ListComp:
        case ExprKind::SetComp:
        case ExprKind::DictComp:
        case ExprKind::GeneratorExp:
            return comprehension(static_cast<const Comprehension&>(*e));
        case ExprKind::Await:
            return await(*e);
        case ExprKind::Yield:
        case ExprKind::YieldFrom:
            return yield(*e);
        case ExprKind::Tuple:
            return elements(*e, as<Tuple>(*e).elts);
        case ExprKind::List:
            return elements(*e, as<List>(*e).elts);
        case ExprKind::Set:
            return elements(*e, as<Set>(*e).elts);
        case ExprKind::Starred:
            return fail(e->span, e->context == ExprContext::Load
                                     ? "can't use starred expression here"
                                     : "starred assignment target must be in a list or tuple");
        default:
            return other_expr(*e);
    }
}

void Checker::other_expr(const Expr& e) {
    switch (e.kind) {
        case ExprKind::BoolOp:
            return exprs(as<BoolOp>(e).values);
        case ExprKind::BinOp:
            return binary(as<BinOp>(e));
        case ExprKind::UnaryOp:
            return expr(as<UnaryOp>(e).operand);
        case ExprKind::IfExp:
            expr(as<IfExp>(e).test);
            expr(as<IfExp>(e).body);
            return expr(as<IfExp>(e).orelse);
        case ExprKind::NamedExpr:
            expr(as<NamedExpr>(e).value);
            return expr(as<NamedExpr>(e).target);
        case ExprKind::Dict: {
            const auto& node = as<Dict>(e);
            for (uint32_t i = 0; i < node.values.size(); ++i) {
                expr(node.keys[i]);
                expr(node.values[i]);
            }
            return;
        }
        case ExprKind::Slice:
            expr(as<Slice>(e).lower);
            expr(as<Slice>(e).upper);
            return expr(as<Slice>(e).step);
        case ExprKind::JoinedStr:
            return exprs(as<JoinedStr>(e).values);
        default:
            expr(as<FormattedValue>(e).value);
            return expr(as<FormattedValue>(e).format_spec);
    }
}

void Checker::binary(const BinOp& node) {
    std::vector<const BinOp*> spine{&node};
    while (const auto* left = as_if<BinOp>(spine.back()->left)) spine.push_back(left);
    expr(spine.back()->left);
    for (size_t i = spine.size(); i-- > 0;) expr(spine[i]->right);
}

// Where *x may stand.
void Checker::element(const Expr* e) {
    const auto* starred = as_if<Starred>(e);
    expr(starred ? starred->value : e);
}

void Checker::elements(const Expr& e, const Array<Expr*>& list) {
    if (e.context == ExprContext::Store) {
        bool star = false;
        for (uint32_t i = 0; i < list.size(); ++i) {
            if (list[i]->kind != ExprKind::Starred) continue;
            if (star) return fail(e.span, "multiple starred expressions in assignment");
            if (i > kMaxBeforeStar)
                return fail(e.span, "too many expressions in star-unpacking assignment");
            star = true;
        }
    }
    for (const Expr* part : list) element(part);
}

void Checker::forbidden(Identifier name, ExprContext context, const Span& span) {
    if (context == ExprContext::Load || name->text != "__debug__") return;
    fail(span,
         context == ExprContext::Store ? "cannot assign to __debug__" : "cannot delete __debug__");
}

// ---- calls, subscripts, comparisons
// ----------------------------------------------------------------

void Checker::keywords(const Array<Keyword>& list) {
    for (uint32_t i = 0; i < list.size(); ++i) {
        if (!list[i].name) continue;
        forbidden(list[i].name, ExprContext::Store, list[i].span);
        for (uint32_t k = i + 1; k < list.size(); ++k) {
            if (list[k].name == list[i].name)
                return fail(list[k].span,
                            base::cat("keyword argument repeated: ", list[i].name->text));
        }
    }
    for (const Keyword& keyword : list) expr(keyword.value);
}

void Checker::call(const Call& node) {
    if (!is_callable_kind(node.func))
        warn(node.func->span, base::cat("'", inferred_type(node.func),
                                        "' object is not callable; perhaps you missed a comma?"));
    expr(node.func);
    for (const Expr* e : node.args) element(e);
    keywords(node.keywords);
}

void Checker::subscript(const Subscript& node) {
    if (node.context == ExprContext::Load) {
        if (!is_subscriptable_kind(node.value))
            warn(node.value->span,
                 base::cat("'", inferred_type(node.value),
                           "' object is not subscriptable; perhaps you missed a comma?"));
        const std::string_view index = inferred_type(node.slice);
        if (wants_integer_index(node.value) && !index.empty() && index != "int" && index != "bool")
            warn(node.value->span,
                 base::cat(inferred_type(node.value), " indices must be integers or slices, not ",
                           index, "; perhaps you missed a comma?"));
    }
    expr(node.value);
    expr(node.slice);
}

void Checker::compare(const Compare& node) {
    const Expr* left = node.left;
    for (uint32_t i = 0; i < node.ops.size(); ++i) {
        const Expr* right = node.comparators[i];
        const CompareOperator op = node.ops[i];
        if (op == CompareOperator::Is || op == CompareOperator::IsNot) {
            std::string_view type = identity_literal(left);
            if (type.empty()) type = identity_literal(right);
            if (!type.empty()) {
                const bool is = op == CompareOperator::Is;
                const std::string_view word = is ? "\"is\"" : "\"is not\"";
                const std::string_view better = is ? "\"==\"" : "\"!=\"";
                warn(node.span,
                     base::cat(word, " with '", type, "' literal. Did you mean ", better, "?"));
                break;
            }
        }
        left = right;
    }
    expr(node.left);
    exprs(node.comparators);
}

// ---- functions within expressions
// ------------------------------------------------------------------

void Checker::lambda(const Lambda& node) {
    parameters(*node.args);
    parameter_names(*node.args);
    surroundings_.push_back({node.scope, {}});
    expr(node.body);
    surroundings_.pop_back();
}

void Checker::comprehension(const Comprehension& node) {
    const bool generator = node.kind == ExprKind::GeneratorExp;
    const bool may_wait =
        in_async_function() || top_level_await() || scope().kind == ScopeKind::GeneratorExpression;
    expr(node.generators[0].iter);
    if (node.scope->is_async && !generator && !may_wait)
        return fail(node.span, "asynchronous comprehension outside of an asynchronous function");
    if (generator) surroundings_.push_back({node.scope, {}});
    for (uint32_t i = 0; i < node.generators.size(); ++i) {
        const ForClause& clause = node.generators[i];
        if (i > 0) expr(clause.iter);
        expr(clause.target);
        exprs(clause.ifs);
    }
    expr(node.elt);
    expr(node.value);
    if (generator) surroundings_.pop_back();
}

void Checker::await(const Expr& e) {
    if (!top_level_await()) {
        if (!in_function_like()) return fail(e.span, "'await' outside function");
        if (!in_async_function() && scope().kind != ScopeKind::GeneratorExpression)
            return fail(e.span, "'await' outside async function");
    }
    expr(as<Await>(e).value);
}

void Checker::yield(const Expr& e) {
    const bool from = e.kind == ExprKind::YieldFrom;
    if (!in_function_like())
        return fail(e.span, from ? "'yield from' outside function" : "'yield' outside function");
    if (e.kind == ExprKind::Yield) return expr(as<Yield>(e).value);
    if (in_async_function()) return fail(e.span, "'yield from' inside async function");
    expr(as<YieldFrom>(e).value);
}

}  // namespace loopglass::script
