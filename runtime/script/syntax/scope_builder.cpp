#include "runtime/script/syntax/scope_builder.hpp"

#include "runtime/base/text.hpp"

namespace loopglass::script {

// ---- variables of a scope
// ------------------------------------------------------------------------

Variable* ScopeData::find(Identifier name) {
    if (buckets.empty()) return nullptr;
    const size_t mask = buckets.size() - 1;
    for (size_t i = name->id & mask; buckets[i] != 0; i = (i + 1) & mask) {
        if (variables[buckets[i] - 1].name == name) return &variables[buckets[i] - 1];
    }
    return nullptr;
}

uint32_t ScopeData::index_of(Identifier name) {
    if (Variable* found = find(name)) return static_cast<uint32_t>(found - variables.data());
    if ((variables.size() + 1) * 2 > buckets.size()) {
        buckets.assign(buckets.empty() ? 8 : buckets.size() * 2, 0);
        const size_t mask = buckets.size() - 1;
        for (uint32_t v = 0; v < variables.size(); ++v) {
            size_t i = variables[v].name->id & mask;
            while (buckets[i] != 0) i = (i + 1) & mask;
            buckets[i] = v + 1;
        }
    }
    const size_t mask = buckets.size() - 1;
    size_t i = name->id & mask;
    while (buckets[i] != 0) i = (i + 1) & mask;
    variables.emplace_back().name = name;
    buckets[i] = static_cast<uint32_t>(variables.size());
    return static_cast<uint32_t>(variables.size() - 1);
}

// ---- scopes
// --------------------------------------------------------------------------------------

ScopeBuilder::ScopeBuilder(Module& module, ResolveContext& context)
    : module_(module),
      context_(context),
      super_(context.symbols.intern("super", true)),
      class_cell_(context.symbols.intern("__class__", true)) {}

ScopeList ScopeBuilder::build() {
    ScopeData& top =
        open(ScopeKind::Module, context_.symbols.intern("<module>", true), {1, 0, 1, 0});
    module_.scope = top.scope;
    docstring(module_.body);
    if (module_.expression) expr(module_.expression);
    body(module_.body);
    return std::move(scopes_);
}

ScopeData& ScopeBuilder::open(ScopeKind kind, Identifier name, const Span& span) {
    ScopeData& data = *scopes_.emplace_back(std::make_unique<ScopeData>());
    auto* scope = context_.arena.make<Scope>();
    data.scope = scope;
    data.parent = current_;
    if (current_) {
        data.private_class = current_->private_class;
        data.iterable_depth = current_->iterable_depth;
    }
    scope->kind = kind;
    scope->name = name;
    scope->first_line = span.line;
    scope->parent = current_ ? current_->scope : nullptr;
    const bool inlined = kind == ScopeKind::ListComprehension ||
                         kind == ScopeKind::SetComprehension ||
                         kind == ScopeKind::DictComprehension;
    data.frame = inlined ? current_->frame : &data;
    scope->frame = data.frame->scope;
    scope->qualname = qualname(kind, name);
    current_ = &data;
    return data;
}

// "outer.<locals>.inner"; a name declared global in the enclosing scope counts as the module's.
std::string_view ScopeBuilder::qualname(ScopeKind kind, Identifier name) const {
    const ScopeData* parent = current_;
    while (parent && (parent->scope->kind == ScopeKind::TypeParameters || parent->frame != parent))
        parent = parent->parent;
    if (!parent || parent->scope->kind == ScopeKind::Module) return name->text;
    if (kind == ScopeKind::Function || kind == ScopeKind::Class) {
        Variable* declared = const_cast<ScopeData*>(parent)->find(mangle(name));
        if (declared && (declared->use & kGlobal)) return name->text;
    }
    const bool plain = parent->scope->kind == ScopeKind::Class ||
                       parent->scope->kind == ScopeKind::GeneratorExpression;
    return context_.arena.copy(
        base::cat(parent->scope->qualname,
                  plain ? std::string_view(".") : std::string_view(".<locals>."), name->text));
}

Identifier ScopeBuilder::generic_name(Identifier name) {
    return context_.symbols.intern(base::cat("<generic parameters of ", name->text, ">"));
}

// In class C the name __x is stored as _C__x.
Identifier ScopeBuilder::mangle(Identifier name) const {
    const std::string_view text = name->text;
    if (!current_ || !current_->private_class || !text.starts_with("__")) return name;
    if (text.ends_with("__") || text.find('.') != std::string_view::npos) return name;
    std::string_view class_name = current_->private_class->text;
    class_name.remove_prefix(std::min(class_name.find_first_not_of('_'), class_name.size()));
    if (class_name.empty()) return name;
    return context_.symbols.intern(base::cat('_', class_name, text));
}

void ScopeBuilder::fail(const Span& span, std::string message) {
    if (!problem_) problem_ = context_.problem(span, std::move(message));
}

// ---- names
// ---------------------------------------------------------------------------------------

void ScopeBuilder::refer(Identifier name, Ref& ref, uint16_t use, const Span& span) {
    const uint32_t index = current_->index_of(mangle(name));
    Variable& variable = current_->variables[index];
    if (!check_binding(variable, use, span)) return;
    variable.use |= use;
    current_->references.push_back({&ref, index});
}

void ScopeBuilder::bind(Identifier name, Ref& ref, const Span& span) {
    refer(name, ref, kBound, span);
}

bool ScopeBuilder::check_binding(Variable& variable, uint16_t use, const Span& span) {
    const std::string_view text = variable.name->text;
    if ((use & kParameter) && (variable.use & kParameter)) {
        fail(span, base::cat("duplicate argument '", text, "' in function definition"));
        return false;
    }
    if ((use & kTypeParameter) && (variable.use & kTypeParameter)) {
        fail(span, base::cat("duplicate type parameter '", text, "'"));
        return false;
    }
    if ((use & kIteration) && (variable.use & (kGlobal | kNonlocal))) {
        fail(span,
             base::cat("comprehension inner loop cannot rebind assignment expression target '",
                       text, "'"));
        return false;
    }
    return true;
}

// global and nonlocal must come before the name is used.
void ScopeBuilder::declare(const Array<Identifier>& names, const Span& span, bool global) {
    const std::string_view word = global ? "global" : "nonlocal";
    for (const Identifier name : names) {
        Variable& variable = current_->variables[current_->index_of(mangle(name))];
        const uint16_t before = variable.use;
        const std::string_view text = variable.name->text;
        std::string message;
        if (before & kParameter)
            message = base::cat("name '", text, "' is parameter and ", word);
        else if (before & kUsed)
            message = base::cat("name '", text, "' is used prior to ", word, " declaration");
        else if (before & kAnnotated)
            message = base::cat("annotated name '", text, "' can't be ", word);
        else if (before & kBound)
            message = base::cat("name '", text, "' is assigned to before ", word, " declaration");
        if (!message.empty()) return fail(span, std::move(message));
        variable.use |= global ? kGlobal : kNonlocal;
        if (variable.directive.line == 0) variable.directive = span;
    }
}

void ScopeBuilder::import(Array<Alias>& names, bool from) {
    for (Alias& alias : names) {
        if (alias.name->text == "*") {
            current_->scope->has_star_import = true;
            if (current_->scope->kind != ScopeKind::Module)
                fail(alias.span, "import * only allowed at module level");
            continue;
        }
        Identifier bound = alias.asname ? alias.asname : alias.name;
        if (!alias.asname && !from) {
            const size_t dot = bound->text.find('.');
            if (dot != std::string_view::npos)
                bound = context_.symbols.intern(bound->text.substr(0, dot));
        }
        bind(bound, alias.ref, alias.span);
    }
}

void ScopeBuilder::docstring(const Array<Stmt*>& statements) {
    if (statements.empty()) return;
    const auto* first = as_if<ExprStmt>(statements[0]);
    const auto* text = first ? as_if<Constant>(first->value) : nullptr;
    if (text && text->value == ConstantKind::Str) current_->scope->docstring = text;
}

// ---- statements, in the order in which they are executed
// -------------------------------------------

void ScopeBuilder::body(const Array<Stmt*>& statements) {
    for (Stmt* s : statements) {
        if (problem_) return;
        statement(*s);
    }
}

void ScopeBuilder::statement(Stmt& s) {
    if (!definition(s) && !compound(s)) simple(s);
}

bool ScopeBuilder::definition(Stmt& s) {
    switch (s.kind) {
        case StmtKind::FunctionDef:
            function(as<FunctionDef>(s));
            return true;
        case StmtKind::ClassDef:
            class_def(as<ClassDef>(s));
            return true;
        case StmtKind::TypeAlias:
            type_alias(as<TypeAlias>(s));
            return true;
        default:
            return false;
    }
}

bool ScopeBuilder::compound(Stmt& s) {
    switch (s.kind) {
        case StmtKind::For: {
            auto& node = as<For>(s);
            if (node.is_async) await_in();
            expr(node.iter);
            expr(node.target);
            body(node.body);
            body(node.orelse);
            return true;
        }
        case StmtKind::While:
            expr(as<While>(s).test);
            body(as<While>(s).body);
            body(as<While>(s).orelse);
            return true;
        case StmtKind::If:
            expr(as<If>(s).test);
            body(as<If>(s).body);
            body(as<If>(s).orelse);
            return true;
        case StmtKind::With:
            if (as<With>(s).is_async) await_in();
            for (WithItem& item : as<With>(s).items) {
                expr(item.context_expr);
                expr(item.optional_vars);
            }
            body(as<With>(s).body);
            return true;
        case StmtKind::Try:
            try_statement(as<Try>(s));
            return true;
        case StmtKind::Match:
            match_statement(as<Match>(s));
            return true;
        default:
            return false;
    }
}

void ScopeBuilder::simple(Stmt& s) {
    switch (s.kind) {
        case StmtKind::Return:
            return expr(as<Return>(s).value);
        case StmtKind::Delete:
            return exprs(as<Delete>(s).targets);
        case StmtKind::Assign:
            expr(as<Assign>(s).value);
            return exprs(as<Assign>(s).targets);
        case StmtKind::AugAssign:
            expr(as<AugAssign>(s).target);
            return expr(as<AugAssign>(s).value);
        case StmtKind::AnnAssign:
            return annotated_assignment(as<AnnAssign>(s));
        case StmtKind::Raise:
            expr(as<Raise>(s).exc);
            return expr(as<Raise>(s).cause);
        case StmtKind::Assert:
            expr(as<Assert>(s).test);
            return expr(as<Assert>(s).msg);
        case StmtKind::Import:
            return import(as<Import>(s).names, false);
        case StmtKind::ImportFrom:
            return import(as<ImportFrom>(s).names, true);
        case StmtKind::Global:
            return declare(as<Global>(s).names, s.span, true);
        case StmtKind::Nonlocal:
            return declare(as<Nonlocal>(s).names, s.span, false);
        case StmtKind::Expr:
            return expr(as<ExprStmt>(s).value);
        default:
            return;
    }
}

void ScopeBuilder::try_statement(Try& node) {
    body(node.body);
    for (ExceptHandler& handler : node.handlers) {
        expr(handler.type);
        if (handler.name) bind(handler.name, handler.ref, handler.span);
        body(handler.body);
    }
    body(node.orelse);
    body(node.finalbody);
}

void ScopeBuilder::annotated_assignment(AnnAssign& node) {
    auto* target = as_if<Name>(node.target);
    if (target) {
        Variable* known = current_->find(mangle(target->id));
        const bool declared = known && (known->use & (kGlobal | kNonlocal));
        if (declared && node.simple && current_->scope->kind != ScopeKind::Module) {
            const std::string_view word = known->use & kGlobal ? "global" : "nonlocal";
            return fail(node.span,
                        base::cat("annotated name '", known->name->text, "' can't be ", word));
        }
    }
    expr(node.value);
    if (target && node.simple) {
        refer(target->id, target->ref, kAnnotated | kBound, target->span);
    } else if (target && !node.value) {
        refer(target->id, target->ref, 0, target->span);
    } else {
        expr(node.target);
    }
    annotation(node.annotation);
}

// ---- match
// ---------------------------------------------------------------------------------------

void ScopeBuilder::match_statement(Match& node) {
    expr(node.subject);
    for (MatchCase& c : node.cases) {
        pattern(*c.pattern);
        expr(c.guard);
        body(c.body);
    }
}

void ScopeBuilder::pattern(Pattern& p) {
    switch (p.kind) {
        case PatternKind::Value:
            return expr(as<MatchValue>(p).value);
        case PatternKind::Singleton:
            return;
        case PatternKind::Sequence:
            for (Pattern* part : as<MatchSequence>(p).patterns) pattern(*part);
            return;
        case PatternKind::Mapping: {
            auto& node = as<MatchMapping>(p);
            exprs(node.keys);
            for (Pattern* part : node.patterns) pattern(*part);
            if (node.rest) bind(node.rest, node.ref, p.span);
            return;
        }
        case PatternKind::Class: {
            auto& node = as<MatchClass>(p);
            expr(node.cls);
            for (Pattern* part : node.patterns) pattern(*part);
            for (Pattern* part : node.kwd_patterns) pattern(*part);
            return;
        }
        case PatternKind::Star:
            if (as<MatchStar>(p).name) bind(as<MatchStar>(p).name, as<MatchStar>(p).ref, p.span);
            return;
        case PatternKind::As:
            if (as<MatchAs>(p).pattern) pattern(*as<MatchAs>(p).pattern);
            if (as<MatchAs>(p).name) bind(as<MatchAs>(p).name, as<MatchAs>(p).ref, p.span);
            return;
        case PatternKind::Or:
            for (Pattern* part : as<MatchOr>(p).patterns) pattern(*part);
            return;
    }
}

// ---- def and class
// -------------------------------------------------------------------------------

void ScopeBuilder::function(FunctionDef& node) {
    exprs(node.decorator_list);
    defaults(*node.args);
    // The name is bound before the body is looked at, but executed last: the order of local
    // variables does not tell, errors about the name do.
    bind(node.name, node.ref, node.span);
    const bool generic = !node.type_params.empty();
    if (generic) {
        node.type_param_scope =
            open(ScopeKind::TypeParameters, generic_name(node.name), node.span).scope;
        type_params(node.type_params);
    }
    annotations(*node.args);
    annotation(node.returns);
    const bool method = current_->scope->kind == ScopeKind::Class ||
                        (generic && current_->parent->scope->kind == ScopeKind::Class);
    const Span first = node.decorator_list.empty() ? node.span : node.decorator_list[0]->span;
    ScopeData& data = open(ScopeKind::Function, node.name, first);
    node.scope = data.scope;
    data.scope->is_async = node.is_async;
    data.scope->is_method = method;
    docstring(node.body);
    parameters(*node.args);
    body(node.body);
    data.scope->is_generator = data.scope->has_yield && !node.is_async;
    data.scope->is_coroutine = node.is_async && !data.scope->has_yield;
    data.scope->is_async_generator = node.is_async && data.scope->has_yield;
    close();
    if (generic) close();
}

void ScopeBuilder::class_def(ClassDef& node) {
    exprs(node.decorator_list);
    bind(node.name, node.ref, node.span);
    const bool generic = !node.type_params.empty();
    if (generic) {
        ScopeData& params = open(ScopeKind::TypeParameters, generic_name(node.name), node.span);
        node.type_param_scope = params.scope;
        params.private_class = node.name;
        type_params(node.type_params);
    }
    exprs(node.bases);
    for (Keyword& keyword : node.keywords) expr(keyword.value);
    const Span first = node.decorator_list.empty() ? node.span : node.decorator_list[0]->span;
    ScopeData& data = open(ScopeKind::Class, node.name, first);
    data.private_class = node.name;
    node.scope = data.scope;
    docstring(node.body);
    body(node.body);
    close();
    if (generic) close();
}

void ScopeBuilder::parameters(Arguments& args) {
    for (Arg& arg : args.posonly) parameter(arg);
    for (Arg& arg : args.args) parameter(arg);
    for (Arg& arg : args.kwonly) parameter(arg);
    if (args.vararg) parameter(*args.vararg);
    if (args.kwarg) parameter(*args.kwarg);
}

void ScopeBuilder::parameter(Arg& arg) {
    refer(arg.name, arg.ref, kParameter | kBound, arg.span);
}

void ScopeBuilder::defaults(const Arguments& args) {
    exprs(args.defaults);
    for (Expr* e : args.kw_defaults) expr(e);
}

void ScopeBuilder::annotations(const Arguments& args) {
    for (const Arg& arg : args.posonly) annotation(arg.annotation);
    for (const Arg& arg : args.args) annotation(arg.annotation);
    if (args.vararg) annotation(args.vararg->annotation);
    for (const Arg& arg : args.kwonly) annotation(arg.annotation);
    if (args.kwarg) annotation(args.kwarg->annotation);
}

// Under `from __future__ import annotations` annotations are text: their names are nobody's.
void ScopeBuilder::annotation(Expr* e) {
    if (!module_.future_annotations) expr(e);
}

void ScopeBuilder::type_params(const Array<TypeParam>& params) {
    for (TypeParam& param : params) {
        refer(param.name, param.ref, kTypeParameter | kBound, param.span);
        if (param.bound) lazy(ScopeKind::TypeVariable, param.name, param.bound, param.bound_scope);
        if (param.default_value)
            lazy(ScopeKind::TypeVariable, param.name, param.default_value, param.default_scope);
    }
}

// An expression that is evaluated on demand, as if it were a function's body.
void ScopeBuilder::lazy(ScopeKind kind, Identifier name, Expr* value, Scope*& scope) {
    scope = open(kind, name, value->span).scope;
    expr(value);
    close();
}

void ScopeBuilder::type_alias(TypeAlias& node) {
    expr(node.name);
    const Identifier alias = as<Name>(*node.name).id;
    const bool generic = !node.type_params.empty();
    if (generic) {
        node.type_param_scope =
            open(ScopeKind::TypeParameters, generic_name(alias), node.span).scope;
        type_params(node.type_params);
    }
    lazy(ScopeKind::TypeAlias, alias, node.value, node.scope);
    if (generic) close();
}

}  // namespace loopglass::script
