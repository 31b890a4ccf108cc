// Statements, and the whole text.
#include "runtime/script/compiler.hpp"

namespace loopglass::script::eval {

bool Compiler::in_class_or_module() const {
    return scope_->kind == ast::ScopeKind::Class || scope_->kind == ast::ScopeKind::Module;
}

std::string Compiler::source_of(const Span& span) const {
    std::string text;
    for (uint32_t line = span.line; line <= span.end_line && line <= module_.lines.size(); ++line) {
        std::string_view part = module_.lines[line - 1];
        if (line == span.end_line) part = part.substr(0, span.end_column);
        if (line == span.line) part.remove_prefix(std::min<size_t>(span.column, part.size()));
        if (!text.empty()) text += ' ';
        text += part;
    }
    return text;
}

void Compiler::block_item(const ast::Stmt* node, Statements& out) {
    switch (node->kind) {
        case ast::StmtKind::Import:
            return import(ast::as<ast::Import>(*node), out);
        case ast::StmtKind::AnnAssign:
            return annotated(ast::as<ast::AnnAssign>(*node), out);
        case ast::StmtKind::Global:
        case ast::StmtKind::Nonlocal:
            return;
        default:
            out.push_back(statement(node));
    }
}

Statement* Compiler::block(const ast::Array<ast::Stmt*>& body, const Span& span) {
    Statements made;
    for (const ast::Stmt* node : body) block_item(node, made);
    if (made.empty()) return make_pass(unit_, span);
    return make_block(unit_, span, std::move(made));
}

Statement* Compiler::statement(const ast::Stmt* node) {
    using Kind = ast::StmtKind;
    const Span& span = node->span;
    switch (node->kind) {
        case Kind::Expr:
            return expression_statement(ast::as<ast::ExprStmt>(*node));
        case Kind::Assign:
            return assign(ast::as<ast::Assign>(*node));
        case Kind::AugAssign:
            return augmented(ast::as<ast::AugAssign>(*node));
        case Kind::Return: {
            const auto& statement = ast::as<ast::Return>(*node);
            return make_return(unit_, span, optional(statement.value));
        }
        case Kind::If: {
            const auto& statement = ast::as<ast::If>(*node);
            Node* test = expr(statement.test);
            Statement* body = block(statement.body, span);
            return make_if(unit_, span, test, body, optional_block(statement.orelse, span));
        }
        case Kind::While: {
            const auto& statement = ast::as<ast::While>(*node);
            Node* test = expr(statement.test);
            Statement* body = block(statement.body, span);
            return make_while(unit_, span, test, body, optional_block(statement.orelse, span));
        }
        case Kind::For:
            return for_loop(ast::as<ast::For>(*node));
        case Kind::FunctionDef: {
            const auto& statement = ast::as<ast::FunctionDef>(*node);
            Node* made = decorated(statement.decorator_list, span, function(statement));
            return make_assign(unit_, span, {name_target(statement.ref, span)}, made);
        }
        case Kind::ClassDef: {
            const auto& statement = ast::as<ast::ClassDef>(*node);
            Node* made = decorated(statement.decorator_list, span, class_definition(statement));
            return make_assign(unit_, span, {name_target(statement.ref, span)}, made);
        }
        case Kind::Delete:
            return make_delete(unit_, span, targets(ast::as<ast::Delete>(*node).targets));
        case Kind::With:
            return with(ast::as<ast::With>(*node), 0);
        case Kind::Match:
            return match(ast::as<ast::Match>(*node));
        case Kind::Raise: {
            const auto& statement = ast::as<ast::Raise>(*node);
            Node* exception = optional(statement.exc);
            return make_raise(unit_, span, exception, optional(statement.cause));
        }
        case Kind::Try:
            return try_statement(ast::as<ast::Try>(*node));
        case Kind::Assert: {
            const auto& statement = ast::as<ast::Assert>(*node);
            Node* test = expr(statement.test);
            if (!test->anchor.line) test->anchor = anchor_of(statement.test);
            return make_assert(unit_, span, test, optional(statement.msg));
        }
        case Kind::ImportFrom:
            return import_from(ast::as<ast::ImportFrom>(*node));
        case Kind::TypeAlias:
            return type_alias(ast::as<ast::TypeAlias>(*node));
        case Kind::Break:
            return make_break(unit_, span);
        case Kind::Continue:
            return make_continue(unit_, span);
        case Kind::Pass:
        case Kind::Global:
        case Kind::Nonlocal:
        case Kind::Import:
        case Kind::AnnAssign:
            return make_pass(unit_, span);
    }
    UNREACHABLE();
}

Statement* Compiler::expression_statement(const ast::ExprStmt& node) {
    if (mode_ == CompileMode::Interactive && scope_->kind == ast::ScopeKind::Module)
        return make_display_statement(unit_, node.span, expr(node.value));
    if (node.value->kind == ast::ExprKind::Constant) return make_pass(unit_, node.span);
    return make_expression_statement(unit_, node.span, expr(node.value));
}

Statement* Compiler::assign(const ast::Assign& node) {
    Node* value = expr(node.value);
    return make_assign(unit_, node.span, targets(node.targets), value);
}

Statement* Compiler::augmented(const ast::AugAssign& node) {
    const BinaryOp op = binary_op(node.op);
    if (const auto* attribute = ast::as_if<ast::Attribute>(node.target)) {
        Node* object = expr(attribute->value);
        return make_augmented_attribute(unit_, node.span, op, attribute->span, object,
                                        str(attribute->stored_name), expr(node.value));
    }
    if (const auto* item = ast::as_if<ast::Subscript>(node.target)) {
        Node* object = expr(item->value);
        Node* key = expr(item->slice);
        return make_augmented_item(unit_, node.span, anchor_of(item), op, item->span, object, key,
                                   expr(node.value));
    }
    const auto& name_node = ast::as<ast::Name>(*node.target);
    Node* load = name(name_node.ref, name_node.span);
    return make_augmented_name(unit_, node.span, op, load, target(node.target), expr(node.value));
}

void Compiler::annotated(const ast::AnnAssign& node, Statements& out) {
    if (node.value) {
        Node* value = expr(node.value);
        out.push_back(make_assign(unit_, node.span, {target(node.target)}, value));
    }
    const bool evaluated = in_class_or_module();
    const auto* plain = ast::as_if<ast::Name>(node.target);
    if (evaluated && node.simple && plain) {
        has_annotations_ = true;
        out.push_back(make_annotation(unit_, node.span, str(plain->ref.name),
                                      annotation_value(node.annotation)));
    } else if (evaluated && !module_.future_annotations) {
        out.push_back(make_expression_statement(unit_, node.span, expr(node.annotation)));
    } else if (!node.value) {
        out.push_back(make_pass(unit_, node.span));
    }
}

Statement* Compiler::for_loop(const ast::For& node) {
    const auto* call = ast::as_if<ast::Call>(node.iter);
    const auto* callee = call ? ast::as_if<ast::Name>(call->func) : nullptr;
    const bool global = callee && (callee->ref.access == ast::Access::GlobalImplicit ||
                                   callee->ref.access == ast::Access::GlobalExplicit);
    bool range = !node.is_async && global && callee->id->text == "range" &&
                 call->keywords.empty() && call->args.size() >= 1 && call->args.size() <= 3;
    for (size_t i = 0; range && i < call->args.size(); ++i)
        range = call->args[i]->kind != ast::ExprKind::Starred;
    Node* iterable = expr(node.iter);
    Nodes range_arguments = range ? exprs(call->args) : Nodes();
    Target* where = target(node.target);
    Statement* body = block(node.body, node.span);
    Statement* orelse = optional_block(node.orelse, node.span);
    if (node.is_async) return make_async_for(unit_, node.span, where, iterable, body, orelse);
    if (!range) return make_for(unit_, node.span, where, iterable, body, orelse);
    Node* load = make_global(unit_, callee->span, str(callee->ref.name));
    return make_for_range(unit_, node.span, where, load, std::move(range_arguments), iterable, body,
                          orelse);
}

Statement* Compiler::with(const ast::With& node, size_t item) {
    Node* manager = expr(node.items[item].context_expr);
    Target* where =
        node.items[item].optional_vars ? target(node.items[item].optional_vars) : nullptr;
    Statement* body =
        item + 1 < node.items.size() ? with(node, item + 1) : block(node.body, node.span);
    return make_with(unit_, node.span, manager, where, body, node.is_async);
}

Statement* Compiler::try_statement(const ast::Try& node) {
    Statement* made = block(node.body, node.span);
    if (!node.handlers.empty()) {
        std::vector<Handler> handlers;
        for (const ast::ExceptHandler& handler : node.handlers) {
            Node* type = optional(handler.type);
            Target* bound = handler.name ? name_target(handler.ref, handler.span) : nullptr;
            handlers.push_back({type, bound, block(handler.body, handler.span), handler.span});
        }
        Statement* orelse = optional_block(node.orelse, node.span);
        made = node.is_star ? make_try_star(unit_, node.span, made, std::move(handlers), orelse)
                            : make_try_except(unit_, node.span, made, std::move(handlers), orelse);
    }
    if (!node.finalbody.empty())
        made = make_try_finally(unit_, node.span, made, block(node.finalbody, node.span));
    return made;
}

void Compiler::import(const ast::Import& node, Statements& out) {
    for (const ast::Alias& alias : node.names)
        out.push_back(make_import(unit_, node.span, str(alias.name), alias.asname != nullptr,
                                  name_target(alias.ref, node.span)));
}

Statement* Compiler::import_from(const ast::ImportFrom& node) {
    Str* module = node.module ? str(node.module) : value::intern("");
    if (node.names.size() == 1 && node.names[0].name->text == "*")
        return make_import_star(unit_, node.span, module, node.level);
    std::vector<ImportName> names;
    for (const ast::Alias& alias : node.names)
        names.push_back({str(alias.name), name_target(alias.ref, node.span), alias.span});
    return make_import_from(unit_, node.span, module, node.level, std::move(names));
}

Statement* Compiler::body_with_annotations(Statement* body, const Span& span) {
    if (!has_annotations_) return body;
    return make_block(unit_, span, {make_setup_annotations(unit_, body->span), body});
}

Ref<FunctionCode> Compiler::compile() {
    filename_ = value::make_str(module_.filename);
    const Ref<FunctionCode> code = make_code(module_.scope, nullptr);
    scope_ = module_.scope;
    code_ = code.get();
    code->first_line = 1;
    Span whole{1, 0, 1, 0};
    if (module_.expression) {
        Node* value = expr(module_.expression);
        code->body =
            make_block(unit_, whole, {make_return(unit_, module_.expression->span, value)});
    } else {
        ast::Array<ast::Stmt*> body = module_.body;
        const ast::ExprStmt* last = mode_ == CompileMode::Cell && !body.empty()
                                        ? ast::as_if<ast::ExprStmt>(body.back())
                                        : nullptr;
        if (last) --body.count;
        Statement* made = block(body, whole);
        if (last)
            made =
                make_block(unit_, whole, {made, make_return(unit_, last->span, expr(last->value))});
        code->body = body_with_annotations(made, whole);
    }
    code->owns_unit = true;
    Unit::retain(&unit_);
    return code;
}

}  // namespace loopglass::script::eval
