// Functions, lambdas, comprehensions and classes: bodies with frames of their own.
#include <algorithm>
#include <string>

#include "runtime/base/text.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/compiler.hpp"
#include "runtime/script/generator.hpp"
#include "runtime/value/text_search.hpp"

namespace loopglass::script::eval {

// The compiler's state while it is inside one body.
struct Compiler::Context {
    Compiler& compiler;
    const ast::Scope* scope;
    FunctionCode* code;
    bool has_annotations;
    std::vector<Str*>* static_attributes;

    Context(Compiler& owner, const ast::Scope* inner, FunctionCode* its_code)
        : compiler(owner),
          scope(owner.scope_),
          code(owner.code_),
          has_annotations(owner.has_annotations_),
          static_attributes(owner.static_attributes_) {
        owner.scope_ = inner;
        owner.code_ = its_code;
        owner.has_annotations_ = false;
    }
    ~Context() {
        compiler.scope_ = scope;
        compiler.code_ = code;
        compiler.has_annotations_ = has_annotations;
        compiler.static_attributes_ = static_attributes;
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
};

namespace {

std::string_view source_line(const value::Code* code, uint32_t line) {
    const auto& source = static_cast<const FunctionCode*>(code)->source;
    return source && line >= 1 && line <= source->lines.size() ? source->lines[line - 1]
                                                               : std::string_view();
}

// A docstring without tabs and without the indentation its lines share; the first line counts for
// itself. CPython: _PyCompile_CleanDoc.
Value clean_docstring(const Value& written) {
    const std::string text = value::expand_tabs(value::cast<Str>(written)->view(), 8);
    const auto blanks = [&](size_t from) {
        return std::min(text.find_first_not_of(' ', from), text.size()) - from;
    };
    size_t margin = text.size();
    for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', end + 1)) {
        const size_t indent = blanks(end + 1);
        if (end + 1 + indent < text.size() && text[end + 1 + indent] != '\n')
            margin = std::min(margin, indent);
    }
    if (margin == text.size()) margin = 0;
    std::string out;
    for (size_t at = 0; at < text.size();) {
        const size_t skipped = at ? std::min(margin, blanks(at)) : blanks(at);
        const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        out.append(text, at + skipped, end - at - skipped);
        at = end;
    }
    return value::make_str(out);
}

uint32_t flags_of(const ast::Scope* scope, const ast::Arguments* arguments) {
    uint32_t flags = 0;
    const bool function =
        scope->kind != ast::ScopeKind::Module && scope->kind != ast::ScopeKind::Class;
    if (function) flags |= kOptimized | kNewLocals;
    if (scope->parent && scope->parent->kind != ast::ScopeKind::Module && function)
        flags |= kNested;
    if (scope->is_generator) flags |= kGenerator;
    if (scope->is_coroutine || scope->has_top_level_await) flags |= kCoroutine;
    if (scope->is_async_generator) flags |= kAsyncGenerator;
    if (arguments && arguments->vararg) flags |= kVarArgs;
    if (arguments && arguments->kwarg) flags |= kVarKeywords;
    return flags;
}

void describe_arguments(FunctionCode& code, const ast::Arguments& arguments) {
    code.positional_only = arguments.posonly.size();
    code.argument_count = arguments.posonly.size() + arguments.args.size();
    code.keyword_only = arguments.kwonly.size();
    code.parameters = code.argument_count + code.keyword_only + (arguments.vararg ? 1 : 0) +
                      (arguments.kwarg ? 1 : 0);
    code.plain_signature = code.parameters == code.argument_count;
}

}  // namespace

void add_hidden_locals(FunctionCode& code, uint32_t count, const char* name) {
    code.locals += count;
    code.frame_size += count;
    for (uint32_t i = 0; i < count; ++i) {
        code.local_names.push_back(value::intern(name));
        code.hidden.push_back(true);
    }
}

Ref<FunctionCode> Compiler::make_code(const ast::Scope* scope, const ast::Arguments* arguments) {
    Ref<FunctionCode> code = value::make<FunctionCode>();
    code->unit = &unit_;
    code->source = unit_.source;
    code->source_line = &source_line;
    code->filename = filename_;
    code->library = filename_->view().starts_with("<lib>");
    code->name = Ref<Str>::share(str(scope->name));
    code->qualname = value::make_str(scope->qualname.empty() ? scope->name->text : scope->qualname);
    code->first_line = scope->first_line;
    code->flags = flags_of(scope, arguments);
    if (module_.future_annotations) code->flags |= kFutureAnnotations;
    code->plain_signature = true;
    code->is_module = scope->kind == ast::ScopeKind::Module;
    code->is_class = scope->kind == ast::ScopeKind::Class;
    if (arguments) describe_arguments(*code, *arguments);
    for (const ast::LocalVariable& local : scope->locals) {
        code->local_names.push_back(str(local.name));
        code->hidden.push_back(local.hidden);
    }
    for (const ast::CellVariable& cell : scope->cells) {
        code->cell_names.push_back(str(cell.name));
        code->cells.push_back({cell.parameter});
    }
    for (const ast::FreeVariable& free : scope->frees) {
        code->free_names.push_back(str(free.name));
        code->captures.push_back({free.from_cell, free.index});
    }
    code->locals = scope->locals.size();
    code->frame_size = code->locals + scope->cells.size();
    code->has_cells = !code->cells.empty();
    code->class_cell = scope->class_cell;
    if (scope->docstring) code->docstring = clean_docstring(constant_value(*scope->docstring));
    code->enter = code->flags & kAsyncGenerator ? &enter_async_generator
                  : code->flags & kCoroutine    ? &enter_coroutine
                  : code->flags & kGenerator    ? &enter_generator
                                                : &enter_plain;
    unit_.codes.push_back(code);
    if (code_) code_->constants.push_back(code);
    return code;
}

// A body that is nothing but `return expression`; `span` is that of the statement.
void Compiler::return_only(FunctionCode& code, const ast::Expr* expression, const Span& span) {
    Node* value = expr(expression);
    code.expression_span = span.line ? span : expression->span;
    code.expression = value;
    code.body =
        make_block(unit_, code.expression_span, {make_return(unit_, code.expression_span, value)});
}

Node* Compiler::lambda(const ast::Lambda& node) {
    FunctionParts parts{};
    parts.defaults = exprs(node.args->defaults);
    for (size_t i = 0; i < node.args->kwonly.size(); ++i)
        if (node.args->kw_defaults[i]) {
            parts.keyword_names.push_back(str(node.args->kwonly[i].ref.name));
            parts.keyword_defaults.push_back(expr(node.args->kw_defaults[i]));
        }
    const Ref<FunctionCode> code = make_code(node.scope, node.args);
    {
        Context context(*this, node.scope, code.get());
        return_only(*code, node.body);
    }
    parts.code = code.get();
    return make_function_node(unit_, node.span, std::move(parts));
}

std::vector<Clause> Compiler::clauses(const ast::Comprehension& node, Node* first_iterable) {
    std::vector<Clause> made;
    for (size_t i = 0; i < node.generators.size(); ++i) {
        const ast::ForClause& clause = node.generators[i];
        Node* iterable = i == 0 ? first_iterable : expr(clause.iter);
        Target* where = target(clause.target);
        made.push_back({where, iterable, exprs(clause.ifs), clause.is_async});
    }
    return made;
}

Node* Compiler::comprehension(const ast::Comprehension& node) {
    Node* first = expr(node.generators[0].iter);
    std::vector<Clause> parts = clauses(node, first);
    Node* element = expr(node.elt);
    Node* mapped = node.value ? expr(node.value) : nullptr;
    const ComprehensionKind kind = node.kind == ast::ExprKind::ListComp  ? ComprehensionKind::List
                                   : node.kind == ast::ExprKind::SetComp ? ComprehensionKind::Set
                                                                         : ComprehensionKind::Dict;
    const auto copy = [](const ast::Array<uint32_t>& list) {
        return std::vector<uint32_t>(list.begin(), list.end());
    };
    return make_comprehension(unit_, node.span, kind, std::move(parts), element, mapped,
                              copy(node.scope->own_locals), copy(node.scope->own_cells));
}

Node* Compiler::generator_expression(const ast::Comprehension& node) {
    Node* first = expr(node.generators[0].iter);
    const Ref<FunctionCode> code = make_code(node.scope, nullptr);
    const uint32_t slot = code->locals;
    add_hidden_locals(*code, 1, ".0");
    {
        Context context(*this, node.scope, code.get());
        std::vector<Clause> parts = clauses(node, first);
        Node* element = expr(node.elt);
        if (code->flags & kGenerator)
            flatten(std::move(parts), element, slot, node.span);
        else
            code->body = make_generator_body(unit_, node.span, std::move(parts), element, slot);
    }
    return make_generator_expression(unit_, node.span, code.get(), first,
                                     node.generators[0].is_async, slot);
}

Node* Compiler::decorated(const ast::Array<ast::Expr*>& decorators, const Span& span, Node* inner) {
    if (decorators.empty()) return inner;
    return make_decorated(unit_, span, exprs(decorators), inner);
}

Node* Compiler::annotation_value(const ast::Expr* expression) {
    if (!module_.future_annotations) {
        if (const auto* starred = ast::as_if<ast::Starred>(expression))
            return make_spread_one(unit_, starred->span, expr(starred->value));
        return expr(expression);
    }
    return make_constant(unit_, expression->span, value::make_str(source_of(expression->span)));
}

void Compiler::annotation(const ast::Arg& arg, FunctionParts& parts) {
    if (!arg.annotation) return;
    parts.annotation_names.push_back(str(arg.ref.name ? arg.ref.name : arg.name));
    parts.annotations.push_back(annotation_value(arg.annotation));
}

void Compiler::annotations(const ast::FunctionDef& node, FunctionParts& parts) {
    const ast::Arguments& arguments = *node.args;
    // As CPython's compiler: positional-only ones second.
    for (const ast::Arg& arg : arguments.args) annotation(arg, parts);
    for (const ast::Arg& arg : arguments.posonly) annotation(arg, parts);
    if (arguments.vararg) annotation(*arguments.vararg, parts);
    for (const ast::Arg& arg : arguments.kwonly) annotation(arg, parts);
    if (arguments.kwarg) annotation(*arguments.kwarg, parts);
    if (node.returns) {
        parts.annotation_names.push_back(value::intern("return"));
        parts.annotations.push_back(annotation_value(node.returns));
    }
}

// The function itself, in the scope it stands in (or in that of its type parameters).
Node* Compiler::function_value(const ast::FunctionDef& node, FunctionParts parts) {
    annotations(node, parts);
    const Ref<FunctionCode> code = make_code(node.scope, node.args);
    if (!node.decorator_list.empty()) code->first_line = node.decorator_list[0]->span.line;
    {
        Context context(*this, node.scope, code.get());
        if (node.scope->is_method == false) static_attributes_ = nullptr;
        const auto* only =
            node.body.size() == 1 ? ast::as_if<ast::Return>(node.body.front()) : nullptr;
        if (only && only->value && !code->suspends())
            return_only(*code, only->value, only->span);
        else if ((code->flags & kGenerator) && can_flatten(node.body))
            flatten(node.body);
        else
            code->body = block(node.body, node.span);
    }
    parts.code = code.get();
    return make_function_node(unit_, node.span, std::move(parts));
}

Node* Compiler::function(const ast::FunctionDef& node) {
    FunctionParts parts{};
    parts.defaults = exprs(node.args->defaults);
    for (size_t i = 0; i < node.args->kwonly.size(); ++i)
        if (node.args->kw_defaults[i]) {
            parts.keyword_names.push_back(str(node.args->kwonly[i].ref.name));
            parts.keyword_defaults.push_back(expr(node.args->kw_defaults[i]));
        }
    if (!node.type_param_scope) return function_value(node, std::move(parts));
    // The defaults belong to the scope around; they travel into the inner one as hidden arguments.
    Nodes outer = parts.defaults;
    outer.insert(outer.end(), parts.keyword_defaults.begin(), parts.keyword_defaults.end());
    const uint32_t first = node.type_param_scope->locals.size();
    for (size_t i = 0; i < outer.size(); ++i) {
        Node* inner = make_local(unit_, outer[i]->span, first + static_cast<uint32_t>(i));
        if (i < parts.defaults.size())
            parts.defaults[i] = inner;
        else
            parts.keyword_defaults[i - parts.defaults.size()] = inner;
    }
    return generic(node.type_params, node.type_param_scope, node.span, std::move(outer),
                   [&](Node* params) {
                       parts.type_params = params;
                       return function_value(node, std::move(parts));
                   });
}

Node* Compiler::class_value(const ast::ClassDef& node, Node* type_params) {
    ClassParts parts{};
    parts.name = str(node.name);
    parts.arguments = arguments(node.bases, node.keywords);
    parts.type_params = type_params;
    const Ref<FunctionCode> code = make_code(node.scope, nullptr);
    parts.qualname = value::intern(code->qualname->view());
    const uint32_t line =
        node.decorator_list.empty() ? node.span.line : node.decorator_list[0]->span.line;
    code->first_line = line;
    {
        std::vector<Str*> attributes;
        Context context(*this, node.scope, code.get());
        static_attributes_ = &attributes;
        Statement* body = body_with_annotations(block(node.body, node.span), node.span);
        Ref<Tuple> names = value::make_tuple(attributes.size());
        for (size_t i = 0; i < attributes.size(); ++i)
            names->items()[i] = Value::share(attributes[i]);
        code->body = make_class_body(unit_, node.span, body, parts.qualname, line, names);
    }
    parts.body = code.get();
    return make_class_node(unit_, node.span, std::move(parts));
}

Node* Compiler::class_definition(const ast::ClassDef& node) {
    if (!node.type_param_scope) return class_value(node, nullptr);
    return generic(node.type_params, node.type_param_scope, node.span, {},
                   [&](Node* params) { return class_value(node, params); });
}

// ---- PEP 695

// Calls a hidden function at once that makes the type parameters and then what is generic.
Node* Compiler::generic(const ast::Array<ast::TypeParam>& params, const ast::Scope* scope,
                        const Span& span, Nodes arguments, auto&& make_inner) {
    const Ref<FunctionCode> code = make_code(scope, nullptr);
    const uint32_t first = code->locals;
    add_hidden_locals(*code, static_cast<uint32_t>(arguments.size()), ".default");
    {
        Context context(*this, scope, code.get());
        Statements body;
        Nodes loads;
        for (const ast::TypeParam& param : params) {
            body.push_back(make_type_parameter(param));
            loads.push_back(name(param.ref, param.span));
        }
        Node* tuple = make_tuple_display(unit_, span, std::move(loads));
        body.push_back(make_return(unit_, span, make_inner(tuple)));
        code->body = make_block(unit_, span, std::move(body));
    }
    return make_nested_call(unit_, span, code.get(), std::move(arguments), first);
}

Node* Compiler::thunk(const ast::Scope* scope, const ast::Expr* expression, const Span& span) {
    if (!expression) return make_constant(unit_, span, value::none());
    const Ref<FunctionCode> code = make_code(scope, nullptr);
    {
        Context context(*this, scope, code.get());
        return_only(*code, expression);
    }
    FunctionParts parts{};
    parts.code = code.get();
    return make_function_node(unit_, span, std::move(parts));
}

Statement* Compiler::make_type_parameter(const ast::TypeParam& param) {
    static constexpr const char* kKinds[] = {"T", "**", "*"};
    const bool constraints = param.bound && param.bound->kind == ast::ExprKind::Tuple;
    const Nodes arguments{
        make_constant(unit_, param.span, value::make_str(kKinds[static_cast<size_t>(param.kind)])),
        make_constant(unit_, param.span, Value::share(str(param.name))),
        thunk(param.bound_scope, constraints ? nullptr : param.bound, param.span),
        thunk(param.bound_scope, constraints ? param.bound : nullptr, param.span),
        thunk(param.default_scope, param.default_value, param.span)};
    Node* made = make_typing_call(unit_, param.span, "_type_param", arguments);
    return make_assign(unit_, param.span, {name_target(param.ref, param.span)}, made);
}

Statement* Compiler::type_alias(const ast::TypeAlias& node) {
    const auto make = [&](Node* params) {
        const Nodes arguments{
            make_constant(unit_, node.span, Value::share(str(ast::as<ast::Name>(*node.name).id))),
            params, thunk(node.scope, node.value, node.span)};
        return make_typing_call(unit_, node.span, "_type_alias", arguments);
    };
    Node* value = node.type_param_scope
                      ? generic(node.type_params, node.type_param_scope, node.span, {}, make)
                      : make(make_tuple_display(unit_, node.span, {}));
    return make_assign(unit_, node.span, {target(node.name)}, value);
}

}  // namespace loopglass::script::eval
