// Expressions, as the scope builder sees them.
#include "runtime/base/text.hpp"
#include "runtime/script/syntax/scope_builder.hpp"

namespace loopglass::script {

namespace {

ScopeKind scope_kind(ExprKind kind) {
    switch (kind) {
        case ExprKind::ListComp:
            return ScopeKind::ListComprehension;
        case ExprKind::SetComp:
            return ScopeKind::SetComprehension;
        case ExprKind::DictComp:
            return ScopeKind::DictComprehension;
        default:
            return ScopeKind::GeneratorExpression;
    }
}

std::string_view scope_name(ScopeKind kind) {
    switch (kind) {
        case ScopeKind::ListComprehension:
            return "<listcomp>";
        case ScopeKind::SetComprehension:
            return "<setcomp>";
        case ScopeKind::DictComprehension:
            return "<dictcomp>";
        default:
            return "<genexpr>";
    }
}

bool is_comprehension(ScopeKind kind) {
    return kind == ScopeKind::GeneratorExpression || kind == ScopeKind::ListComprehension ||
           kind == ScopeKind::SetComprehension || kind == ScopeKind::DictComprehension;
}

std::string_view comprehension_words(ScopeKind kind) {
    switch (kind) {
        case ScopeKind::ListComprehension:
            return "list comprehension";
        case ScopeKind::SetComprehension:
            return "set comprehension";
        case ScopeKind::DictComprehension:
            return "dict comprehension";
        default:
            return "generator expression";
    }
}

// Scopes in which := within a comprehension has nowhere to bind.
std::string_view no_walrus_in(ScopeKind kind) {
    switch (kind) {
        case ScopeKind::Class:
            return "in a class body";
        case ScopeKind::TypeParameters:
            return "within the definition of a generic";
        case ScopeKind::TypeVariable:
            return "in a TypeVar bound";
        case ScopeKind::TypeAlias:
            return "in a type alias";
        default:
            return {};
    }
}

// Functions that look at the caller's local variables.
bool looks_at_locals(std::string_view name) {
    return name == "locals" || name == "vars" || name == "dir" || name == "exec" || name == "eval";
}

}  // namespace

void ScopeBuilder::exprs(const Array<Expr*>& list) {
    for (Expr* e : list) expr(e);
}

void ScopeBuilder::expr(Expr* e) {
    if (!e || problem_) return;
    switch (e->kind) {
        case ExprKind::Name:
            return name(as<Name>(*e));
        case ExprKind::Constant:
            return;
        case ExprKind::Attribute: {
            auto& node = as<Attribute>(*e);
            expr(node.value);
            node.stored_name = mangle(node.attr);
            return;
        }
        case ExprKind::Call: {
            auto& node = as<Call>(*e);
            expr(node.func);
            exprs(node.args);
            for (Keyword& keyword : node.keywords) expr(keyword.value);
            return;
        }
        case ExprKind::Lambda:
            return lambda(as<Lambda>(*e));
        case ExprKind::ListComp:
        case ExprKind::SetComp:
        case ExprKind::DictComp:
        case ExprKind::GeneratorExp:
            return comprehension(static_cast<Comprehension&>(*e));
        case ExprKind::NamedExpr:
            return named_expression(as<NamedExpr>(*e));
        case ExprKind::Await:
            if (reject_in_lazy_scope(e->span, "await expression")) return;
            expr(as<Await>(*e).value);
            return await_in();
        case ExprKind::Yield:
        case ExprKind::YieldFrom: {
            const bool from = e->kind == ExprKind::YieldFrom;
            if (reject_in_lazy_scope(e->span, "yield expression")) return;
            expr(from ? as<YieldFrom>(*e).value : as<Yield>(*e).value);
            return yield_in(e->span);
        }
        case ExprKind::FormattedValue:
            expr(as<FormattedValue>(*e).value);
            return expr(as<FormattedValue>(*e).format_spec);
        default:
            return operators(*e);
    }
}

void ScopeBuilder::operators(Expr& e) {
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
        case ExprKind::Compare:
            expr(as<Compare>(e).left);
            return exprs(as<Compare>(e).comparators);
        case ExprKind::Subscript:
            expr(as<Subscript>(e).value);
            return expr(as<Subscript>(e).slice);
        case ExprKind::Starred:
            return expr(as<Starred>(e).value);
        case ExprKind::Slice:
            expr(as<Slice>(e).lower);
            expr(as<Slice>(e).upper);
            return expr(as<Slice>(e).step);
        default:
            return displays(e);
    }
}

void ScopeBuilder::displays(Expr& e) {
    switch (e.kind) {
        case ExprKind::Dict: {
            auto& node = as<Dict>(e);
            for (uint32_t i = 0; i < node.values.size(); ++i) {
                expr(node.keys[i]);
                expr(node.values[i]);
            }
            return;
        }
        case ExprKind::Set:
            return exprs(as<Set>(e).elts);
        case ExprKind::List:
            return exprs(as<List>(e).elts);
        case ExprKind::Tuple:
            return exprs(as<Tuple>(e).elts);
        default:
            return exprs(as<JoinedStr>(e).values);
    }
}

// a + b + c + … is a tree as deep as it is long: walked with a loop.
void ScopeBuilder::binary(BinOp& node) {
    std::vector<BinOp*> spine{&node};
    while (auto* left = as_if<BinOp>(spine.back()->left)) spine.push_back(left);
    expr(spine.back()->left);
    for (size_t i = spine.size(); i-- > 0;) expr(spine[i]->right);
}

// ---- names
// ---------------------------------------------------------------------------------------

void ScopeBuilder::name(Name& node) {
    if (node.context != ExprContext::Load) {
        const uint16_t iteration = in_iteration_target_ ? kIteration : 0;
        return refer(node.id, node.ref, static_cast<uint16_t>(kBound | iteration), node.span);
    }
    refer(node.id, node.ref, kUsed, node.span);
    if (looks_at_locals(node.id->text)) current_->frame->scope->calls_locals = true;
    if (node.id == super_ && current_->is_function_like())
        current_->variables[current_->index_of(class_cell_)].use |= kUsed;
}

void ScopeBuilder::named_expression(NamedExpr& node) {
    if (current_->iterable_depth > 0)
        return fail(node.span,
                    "assignment expression cannot be used in a comprehension iterable expression");
    if (reject_in_lazy_scope(node.span, "named expression")) return;
    auto& target = as<Name>(*node.target);
    if (is_comprehension(current_->scope->kind) && !extend_to_function(target)) return;
    expr(node.value);
    name(target);
}

// In a comprehension := binds in the function around it.
bool ScopeBuilder::extend_to_function(Name& target) {
    const Identifier stored = mangle(target.id);
    Variable& here = current_->variables[current_->index_of(stored)];
    for (ScopeData* scope = current_; scope; scope = scope->parent) {
        const ScopeKind kind = scope->scope->kind;
        if (is_comprehension(kind)) {
            const Variable* known = scope->find(stored);
            if (!known || !(known->use & kIteration)) continue;
            fail(target.span,
                 base::cat("assignment expression cannot rebind comprehension iteration variable '",
                           target.id->text, "'"));
            return false;
        }
        if (const std::string_view where = no_walrus_in(kind); !where.empty()) {
            fail(target.span,
                 base::cat("assignment expression within a comprehension cannot be used ", where));
            return false;
        }
        Variable& there = scope->variables[scope->index_of(stored)];
        const bool global = kind == ScopeKind::Module || (there.use & kGlobal);
        here.use |= global ? kGlobal : kNonlocal;
        if (kind == ScopeKind::Module)
            there.use |= kGlobal;
        else if (!global)
            there.use |= kBound;
        return true;
    }
    return true;
}

// ---- lambda and comprehensions
// ---------------------------------------------------------------------

void ScopeBuilder::lambda(Lambda& node) {
    defaults(*node.args);
    ScopeData& data = open(ScopeKind::Lambda, context_.symbols.intern("<lambda>", true), node.span);
    node.scope = data.scope;
    parameters(*node.args);
    expr(node.body);
    data.scope->is_generator = data.scope->has_yield;
    close();
}

void ScopeBuilder::comprehension(Comprehension& node) {
    // The first iterable is evaluated outside.
    ++current_->iterable_depth;
    expr(node.generators[0].iter);
    --current_->iterable_depth;
    const ScopeKind kind = scope_kind(node.kind);
    ScopeData& data = open(kind, context_.symbols.intern(scope_name(kind), true), node.span);
    node.scope = data.scope;
    for (uint32_t i = 0; i < node.generators.size(); ++i) clause(node.generators[i], i == 0);
    expr(node.value);  // before the key, for the order of errors
    expr(node.elt);
    const bool generator = kind == ScopeKind::GeneratorExpression;
    data.scope->is_generator = generator && !data.scope->is_async;
    data.scope->is_async_generator = generator && data.scope->is_async;
    const bool spreads = data.scope->is_async && !generator;
    close();
    if (spreads) await_in();
}

void ScopeBuilder::clause(ForClause& clause, bool first) {
    if (clause.is_async) await_in();
    if (!first) {
        ++current_->iterable_depth;
        expr(clause.iter);
        --current_->iterable_depth;
    }
    iteration_target(clause.target);
    exprs(clause.ifs);
}

void ScopeBuilder::iteration_target(Expr* target) {
    in_iteration_target_ = true;
    expr(target);
    in_iteration_target_ = false;
}

// ---- yield and await
// -------------------------------------------------------------------------------

void ScopeBuilder::yield_in(const Span& span) {
    if (is_comprehension(current_->scope->kind))
        return fail(span, base::cat("'yield' inside ", comprehension_words(current_->scope->kind)));
    current_->scope->has_yield = true;
    current_->yields.push_back(span);
}

// The scope waits: a comprehension becomes asynchronous, a module gets top-level await.
void ScopeBuilder::await_in() {
    Scope& scope = *current_->scope;
    if (scope.kind == ScopeKind::Module) scope.has_top_level_await = true;
    if (is_comprehension(scope.kind)) scope.is_async = true;
}

bool ScopeBuilder::reject_in_lazy_scope(const Span& span, std::string_view what) {
    std::string_view where;
    switch (current_->scope->kind) {
        case ScopeKind::TypeVariable:
            where = "a TypeVar bound";
            break;
        case ScopeKind::TypeAlias:
            where = "a type alias";
            break;
        case ScopeKind::TypeParameters:
            where = "the definition of a generic";
            break;
        default:
            return false;
    }
    fail(span, base::cat(what, " cannot be used within ", where));
    return true;
}

}  // namespace loopglass::script
