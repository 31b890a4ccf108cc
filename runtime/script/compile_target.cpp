// Targets of assignments, loops and deletions.
#include <algorithm>

#include "runtime/script/compiler.hpp"

namespace loopglass::script::eval {

Target* Compiler::name_target(const ast::Ref& ref, const Span& span) {
    switch (ref.access) {
        case ast::Access::Local:
            return make_local_target(unit_, span, ref.slot);
        case ast::Access::Cell:
            return make_cell_target(unit_, span, ref.slot);
        case ast::Access::Free:
            return make_free_target(unit_, span, ref.slot);
        case ast::Access::ClassName:
        case ast::Access::ClassFree:
            return make_name_target(unit_, span, str(ref.name));
        case ast::Access::GlobalImplicit:
            if (scope_->kind == ast::ScopeKind::Module)
                return make_name_target(unit_, span, str(ref.name));
            return make_global_target(unit_, span, str(ref.name));
        case ast::Access::GlobalExplicit:
        case ast::Access::Unresolved:
            return make_global_target(unit_, span, str(ref.name));
    }
    UNREACHABLE();
}

Target* Compiler::unpack_target(const ast::Array<ast::Expr*>& elements, const Span& span) {
    std::vector<Target*> parts;
    int32_t star = -1;
    for (const ast::Expr* element : elements) {
        if (const auto* starred = ast::as_if<ast::Starred>(element)) {
            star = static_cast<int32_t>(parts.size());
            parts.push_back(target(starred->value));
        } else {
            parts.push_back(target(element));
        }
    }
    return make_unpack_target(unit_, span, std::move(parts), star);
}

Target* Compiler::target(const ast::Expr* expression) {
    const Span& span = expression->span;
    switch (expression->kind) {
        case ast::ExprKind::Name:
            return name_target(ast::as<ast::Name>(*expression).ref, span);
        case ast::ExprKind::Attribute: {
            const auto& node = ast::as<ast::Attribute>(*expression);
            const auto* self = ast::as_if<ast::Name>(node.value);
            if (static_attributes_ && self && self->id->text == "self") {
                Str* attribute = str(node.stored_name);
                auto& known = *static_attributes_;
                if (std::find(known.begin(), known.end(), attribute) == known.end())
                    known.push_back(attribute);
            }
            return make_attribute_target(unit_, span, expr(node.value), str(node.stored_name));
        }
        case ast::ExprKind::Subscript: {
            const auto& node = ast::as<ast::Subscript>(*expression);
            Node* object = expr(node.value);
            return make_item_target(unit_, span, anchor_of(expression), object, expr(node.slice));
        }
        case ast::ExprKind::Tuple:
            return unpack_target(ast::as<ast::Tuple>(*expression).elts, span);
        case ast::ExprKind::List:
            return unpack_target(ast::as<ast::List>(*expression).elts, span);
        case ast::ExprKind::Starred:
            return target(ast::as<ast::Starred>(*expression).value);
        default:
            UNREACHABLE();
    }
}

std::vector<Target*> Compiler::targets(const ast::Array<ast::Expr*>& list) {
    std::vector<Target*> made;
    for (const ast::Expr* expression : list) made.push_back(target(expression));
    return made;
}

}  // namespace loopglass::script::eval
