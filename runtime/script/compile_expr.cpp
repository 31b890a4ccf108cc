// Expressions.
#include <iterator>

#include "runtime/script/compiler.hpp"

namespace loopglass::script::eval {

namespace {

constexpr BinaryOp kBinary[] = {BinaryOp::Add,     BinaryOp::Sub, BinaryOp::Mul, BinaryOp::MatMul,
                                BinaryOp::Div,     BinaryOp::Mod, BinaryOp::Pow, BinaryOp::LShift,
                                BinaryOp::RShift,  BinaryOp::Or,  BinaryOp::Xor, BinaryOp::And,
                                BinaryOp::FloorDiv};

constexpr Comparison kComparison[] = {
    Comparison::Eq, Comparison::Ne, Comparison::Lt,    Comparison::Le, Comparison::Gt,
    Comparison::Ge, Comparison::Is, Comparison::IsNot, Comparison::In, Comparison::NotIn};

uint32_t operator_width(ast::BinaryOperator op) {
    using Op = ast::BinaryOperator;
    return op == Op::Pow || op == Op::FloorDiv || op == Op::LShift || op == Op::RShift ? 2 : 1;
}

Span until_end(const ast::Position& from, const Span& span) {
    return {from.line, from.column, span.end_line, span.end_column};
}

}  // namespace

BinaryOp binary_op(ast::BinaryOperator op) {
    return kBinary[static_cast<size_t>(op)];
}

Span operator_span(const ast::BinOp& node) {
    const ast::Position& at = node.op_position;
    return {at.line, at.column, at.line, at.column + operator_width(node.op)};
}

Span anchor_of(const ast::Expr* expression) {
    if (const auto* node = ast::as_if<ast::BinOp>(expression)) return operator_span(*node);
    if (const auto* node = ast::as_if<ast::Subscript>(expression))
        return until_end(node->bracket, node->span);
    if (const auto* node = ast::as_if<ast::Call>(expression))
        return until_end(node->paren, node->span);
    return {};
}

Value constant_value(const ast::Constant& constant) {
    using Kind = ast::ConstantKind;
    switch (constant.value) {
        case Kind::None:
            return value::none();
        case Kind::True:
            return value::boolean(true);
        case Kind::False:
            return value::boolean(false);
        case Kind::Ellipsis:
            return Value::share(value::g_ellipsis);
        case Kind::Str:
            return constant.text.size() <= 64 ? Value::share(value::intern(constant.text))
                                              : Value(value::make_str(constant.text));
        case Kind::Bytes:
            return value::make_bytes(constant.text);
        case Kind::Int:
            return value::make_int(constant.integer);
        case Kind::BigInt:
            return value::int_from_text(constant.text, constant.radix);
        case Kind::Float:
            return value::make_float(constant.number);
        case Kind::Imaginary:
            return value::make_complex(0.0, constant.number);
    }
    return value::none();
}

Str* Compiler::str(ast::Identifier identifier) {
    if (identifier->id >= names_.size()) names_.resize(identifier->id + 1);
    Str*& known = names_[identifier->id];
    if (!known) known = value::intern(identifier->text);
    return known;
}

Nodes Compiler::exprs(const ast::Array<ast::Expr*>& list) {
    Nodes nodes;
    nodes.reserve(list.size());
    for (const ast::Expr* expression : list) nodes.push_back(expr(expression));
    return nodes;
}

Node* Compiler::expr(const ast::Expr* expression) {
    using Kind = ast::ExprKind;
    const Span& span = expression->span;
    switch (expression->kind) {
        case Kind::Constant:
            return constant(ast::as<ast::Constant>(*expression));
        case Kind::Name:
            return name(ast::as<ast::Name>(*expression).ref, span);
        case Kind::BinOp:
            return binary(ast::as<ast::BinOp>(*expression));
        case Kind::UnaryOp:
            return unary(ast::as<ast::UnaryOp>(*expression));
        case Kind::Compare:
            return comparison(ast::as<ast::Compare>(*expression));
        case Kind::Call:
            return call(ast::as<ast::Call>(*expression));
        case Kind::Attribute:
            return attribute(ast::as<ast::Attribute>(*expression));
        case Kind::Subscript: {
            const auto& node = ast::as<ast::Subscript>(*expression);
            Node* object = expr(node.value);
            Node* made = make_item(unit_, span, object, expr(node.slice));
            made->anchor = anchor_of(expression);
            return made;
        }
        case Kind::BoolOp: {
            const auto& node = ast::as<ast::BoolOp>(*expression);
            return make_and_or(unit_, span, node.op == ast::BoolOperator::And, exprs(node.values));
        }
        case Kind::IfExp: {
            const auto& node = ast::as<ast::IfExp>(*expression);
            Node* condition = expr(node.test);
            Node* body = expr(node.body);
            return make_conditional(unit_, span, condition, body, expr(node.orelse));
        }
        case Kind::NamedExpr: {
            const auto& node = ast::as<ast::NamedExpr>(*expression);
            return make_named(unit_, span, target(node.target), expr(node.value));
        }
        case Kind::Lambda:
            return lambda(ast::as<ast::Lambda>(*expression));
        case Kind::Tuple:
            return display_tuple(ast::as<ast::Tuple>(*expression));
        case Kind::List:
            return make_list_display(unit_, span, exprs(ast::as<ast::List>(*expression).elts));
        case Kind::Set:
            return make_set_display(unit_, span, exprs(ast::as<ast::Set>(*expression).elts));
        case Kind::Dict: {
            const auto& node = ast::as<ast::Dict>(*expression);
            Nodes keys;
            for (const ast::Expr* key : node.keys) keys.push_back(optional(key));
            return make_dict_display(unit_, span, std::move(keys), exprs(node.values));
        }
        case Kind::ListComp:
        case Kind::SetComp:
        case Kind::DictComp:
            return comprehension(static_cast<const ast::Comprehension&>(*expression));
        case Kind::GeneratorExp:
            return generator_expression(static_cast<const ast::Comprehension&>(*expression));
        case Kind::Await:
            return make_await(unit_, span, expr(ast::as<ast::Await>(*expression).value));
        case Kind::Yield:
            return make_yield(unit_, span, optional(ast::as<ast::Yield>(*expression).value));
        case Kind::YieldFrom:
            return make_yield_from(unit_, span, expr(ast::as<ast::YieldFrom>(*expression).value));
        case Kind::JoinedStr:
            return fstring(ast::as<ast::JoinedStr>(*expression));
        case Kind::FormattedValue: {
            // Alone only inside a JoinedStr, which looks into it itself.
            const auto& node = ast::as<ast::FormattedValue>(*expression);
            return expr(node.value);
        }
        case Kind::Starred:
            return make_starred(unit_, span, expr(ast::as<ast::Starred>(*expression).value));
        case Kind::Slice: {
            const auto& node = ast::as<ast::Slice>(*expression);
            Node* lower = optional(node.lower);
            Node* upper = optional(node.upper);
            return make_slice(unit_, span, lower, upper, optional(node.step));
        }
    }
    UNREACHABLE();
}

Node* Compiler::name(const ast::Ref& ref, const Span& span) {
    switch (ref.access) {
        case ast::Access::Local:
            return make_local(unit_, span, ref.slot);
        case ast::Access::Cell:
            return make_cell(unit_, span, ref.slot);
        case ast::Access::Free:
            return make_free(unit_, span, ref.slot);
        case ast::Access::ClassName:
            return make_name(unit_, span, str(ref.name), -1);
        case ast::Access::ClassFree:
            return make_name(unit_, span, str(ref.name), static_cast<int32_t>(ref.slot));
        case ast::Access::GlobalImplicit:
            if (scope_->kind == ast::ScopeKind::Module)
                return make_name(unit_, span, str(ref.name), -1);
            return make_global(unit_, span, str(ref.name));
        case ast::Access::GlobalExplicit:
        case ast::Access::Unresolved:
            return make_global(unit_, span, str(ref.name));
    }
    UNREACHABLE();
}

Node* Compiler::constant(const ast::Constant& node) {
    return make_constant(unit_, node.span, constant_value(node));
}

Node* Compiler::binary(const ast::BinOp& node) {
    Node* left = expr(node.left);
    Node* right = expr(node.right);
    Node* made = make_binary(unit_, node.span, binary_op(node.op), left, right);
    made->anchor = operator_span(node);
    return made;
}

Node* Compiler::unary(const ast::UnaryOp& node) {
    Node* operand = expr(node.operand);
    if (node.op == ast::UnaryOperator::Not) return make_not(unit_, node.span, operand);
    const UnaryOp op = node.op == ast::UnaryOperator::Invert ? UnaryOp::Invert
                       : node.op == ast::UnaryOperator::USub ? UnaryOp::Neg
                                                             : UnaryOp::Pos;
    if (operand->kind == NodeKind::Const && op == UnaryOp::Neg) {
        Value folded = value::unary(op, static_cast<ConstNode*>(operand)->value);
        if (folded) return make_constant(unit_, node.span, std::move(folded));
        value::clear_raised();
    }
    return make_unary(unit_, node.span, op, operand);
}

Node* Compiler::comparison(const ast::Compare& node) {
    Node* left = expr(node.left);
    if (node.ops.size() == 1)
        return make_comparison(unit_, node.span, kComparison[static_cast<size_t>(node.ops[0])],
                               left, expr(node.comparators[0]));
    std::vector<Comparison> ops;
    for (const ast::CompareOperator op : node.ops)
        ops.push_back(kComparison[static_cast<size_t>(op)]);
    return make_comparison_chain(unit_, node.span, std::move(ops), left, exprs(node.comparators));
}

// The place of an attribute access: from the name on where the object stands on earlier lines
// (Python/compile.c, update_start_location_to_match_attr).
static Span attribute_span(const ast::Attribute& node) {
    if (node.span.line == node.span.end_line) return node.span;
    return until_end(node.attr_position, node.span);
}

Node* Compiler::attribute(const ast::Attribute& node) {
    return make_attribute(unit_, attribute_span(node), expr(node.value), str(node.stored_name));
}

CallArguments Compiler::arguments(const ast::Array<ast::Expr*>& positional,
                                  const ast::Array<ast::Keyword>& keywords) {
    CallArguments made;
    made.positional = exprs(positional);
    for (const ast::Keyword& keyword : keywords) {
        made.names.push_back(keyword.name ? str(keyword.name) : nullptr);
        made.keywords.push_back(expr(keyword.value));
    }
    return made;
}

Node* Compiler::call(const ast::Call& node) {
    if (const auto* callee = ast::as_if<ast::Attribute>(node.func))
        return method_call(node, *callee);
    Node* made = nullptr;
    const auto* name = ast::as_if<ast::Name>(node.func);
    if (name && name->id->text == "super" && node.args.empty() && node.keywords.empty() &&
        scope_->class_cell >= 0 && scope_->kind != ast::ScopeKind::Class &&
        !scope_->locals.empty()) {
        made = make_super_call(unit_, node.span, expr(node.func),
                               static_cast<uint32_t>(scope_->class_cell));
    } else {
        Node* callee = expr(node.func);
        made = make_call(unit_, node.span, callee, arguments(node.args, node.keywords));
    }
    made->anchor = anchor_of(&node);
    return made;
}

Node* Compiler::method_call(const ast::Call& node, const ast::Attribute& callee) {
    Node* object = expr(callee.value);
    CallArguments given = arguments(node.args, node.keywords);
    Span span = node.span;
    const bool moved = span.line != callee.span.end_line && given.simple();
    if (moved)
        span = {callee.attr_position.line, callee.attr_position.column, span.end_line,
                callee.span.end_column};
    Node* made = make_method_call(unit_, span, attribute_span(callee), object,
                                  str(callee.stored_name), std::move(given));
    if (!moved) made->anchor = anchor_of(&node);
    return made;
}

Node* Compiler::display_tuple(const ast::Tuple& node) {
    Nodes items = exprs(node.elts);
    Ref<Tuple> folded = value::make_tuple(items.size());
    for (size_t i = 0; i < items.size(); ++i) {
        if (items[i]->kind != NodeKind::Const)
            return make_tuple_display(unit_, node.span, std::move(items));
        folded->items()[i] = static_cast<ConstNode*>(items[i])->value;
    }
    return make_constant(unit_, node.span, folded);
}

void Compiler::fstring_parts(const ast::JoinedStr& node, std::vector<FormatPart>& parts) {
    for (const ast::Expr* piece : node.values) {
        FormatPart part;
        part.span = piece->span;
        if (const auto* text = ast::as_if<ast::Constant>(piece)) {
            part.text = value::intern(text->text);
        } else if (const auto* nested = ast::as_if<ast::JoinedStr>(piece)) {
            fstring_parts(*nested, parts);
            continue;
        } else {
            const auto& formatted = ast::as<ast::FormattedValue>(*piece);
            part.value = expr(formatted.value);
            part.conversion = formatted.conversion;
            part.spec = optional(formatted.format_spec);
        }
        parts.push_back(part);
    }
}

Node* Compiler::fstring(const ast::JoinedStr& node) {
    std::vector<FormatPart> parts;
    fstring_parts(node, parts);
    return make_fstring(unit_, node.span, std::move(parts));
}

}  // namespace loopglass::script::eval
