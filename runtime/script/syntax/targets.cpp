// Which expressions can be assigned to or deleted, and turning them into targets.
#include "runtime/script/syntax/parser.hpp"

namespace loopglass::script {

namespace {

Array<Expr*> elements(const Expr* e) {
    if (const auto* tuple = as_if<Tuple>(e)) return tuple->elts;
    if (const auto* list = as_if<List>(e)) return list->elts;
    return {};
}

}  // namespace

bool Parser::is_single_target(const Expr* e) {
    return e->kind == ExprKind::Name || e->kind == ExprKind::Attribute ||
           e->kind == ExprKind::Subscript;
}

bool Parser::is_target(const Expr* e) {
    if (is_single_target(e)) return true;
    if (const auto* starred = as_if<Starred>(e))
        return starred->value->kind != ExprKind::Starred && is_target(starred->value);
    if (e->kind != ExprKind::Tuple && e->kind != ExprKind::List) return false;
    for (const Expr* element : elements(e)) {
        if (!is_target(element)) return false;
    }
    return true;
}

bool Parser::is_delete_target(const Expr* e) {
    if (is_single_target(e)) return true;
    if (e->kind != ExprKind::Tuple && e->kind != ExprKind::List) return false;
    for (const Expr* element : elements(e)) {
        if (!is_delete_target(element)) return false;
    }
    return true;
}

void Parser::set_context(Expr* e, ExprContext context) {
    e->context = context;
    if (auto* starred = as_if<Starred>(e)) set_context(starred->value, context);
    for (Expr* element : elements(e)) set_context(element, context);
}

}  // namespace loopglass::script
