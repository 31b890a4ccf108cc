// Operators: binary, unary, and/or/not, conditional expressions, the walrus.
#include "runtime/script/arithmetic.hpp"
#include "runtime/script/factory.hpp"

namespace loopglass::script::eval {

namespace {

template <BinaryOp Op, typename Left, typename Right>
struct BinaryNode final : Node {
    Left left;
    Right right;
    BinaryNode(const Span& where, const Node* a, const Node* b) : Node(where), left(a), right(b) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value left_storage, right_storage;
        const Value* a = left.get(frame, left_storage);
        if (!a) return 0;
        const Value* b = right.get(frame, right_storage);
        if (!b) return 0;
        Word result;
        if constexpr (std::is_same_v<Left, NodeOperand>)
            result = fast_binary_owned<Op>(left_storage, *b);
        else
            result = fast_binary<Op>(*a, *b);
        if (__builtin_expect(result == 0, 0)) result = binary_word(Op, *a, *b);
        return __builtin_expect(result != 0, 1) ? result : fail(frame, this);
    }
};

struct AnyBinaryNode final : Node {
    const Node *left, *right;
    BinaryOp op;
    AnyBinaryNode(const Span& where, BinaryOp its_op, const Node* a, const Node* b)
        : Node(where), left(a), right(b), op(its_op) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value a = run(left, frame);
        if (!a) return 0;
        const Value b = run(right, frame);
        if (!b) return 0;
        const Word result = binary_word(op, a, b);
        return result ? result : fail(frame, this);
    }
};

template <BinaryOp Op>
Node* make_specialised(Unit& unit, const Span& span, Node* left, Node* right) {
    const bool left_local = left->kind == NodeKind::Local;
    if (right->kind == NodeKind::Local)
        return left_local ? static_cast<Node*>(unit.add<BinaryNode<Op, LocalOperand, LocalOperand>>(
                                span, left, right))
                          : unit.add<BinaryNode<Op, NodeOperand, LocalOperand>>(span, left, right);
    if (right->kind == NodeKind::Const)
        return left_local ? static_cast<Node*>(unit.add<BinaryNode<Op, LocalOperand, ConstOperand>>(
                                span, left, right))
                          : unit.add<BinaryNode<Op, NodeOperand, ConstOperand>>(span, left, right);
    return unit.add<BinaryNode<Op, NodeOperand, NodeOperand>>(span, left, right);
}

struct UnaryNode final : Node {
    const Node* operand;
    UnaryOp op;
    UnaryNode(const Span& where, UnaryOp its_op, const Node* its_operand)
        : Node(where), operand(its_operand), op(its_op) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value value = run(operand, frame);
        if (!value) return 0;
        if (op == UnaryOp::Neg && value.is_small() && value.small() != value::kSmallMin)
            return Value::small(-value.small()).detach();
        const Word result = value::unary(op, value).detach();
        return result ? result : fail(frame, this);
    }
};

struct NotNode final : Node {
    const Node* operand;
    NotNode(const Span& where, const Node* its_operand) : Node(where), operand(its_operand) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const int result = operand->test(frame);
        return result < 0 ? 0 : value::boolean(!result).detach();
    }
    [[nodiscard]] int test(ScriptFrame& frame) const override {
        const int result = operand->test(frame);
        return result < 0 ? -1 : !result;
    }
};

struct AndOrNode final : Node {
    Nodes values;
    bool is_and;
    AndOrNode(const Span& where, bool its_and, Nodes its_values)
        : Node(where), values(std::move(its_values)), is_and(its_and) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const size_t last = values.size() - 1;
        for (size_t i = 0; i < last; ++i) {
            Value value = run(values[i], frame);
            if (!value) return 0;
            const int truth = truth_of(value);
            if (truth < 0) return fail(frame, values[i]);
            if (truth != is_and) return value.detach();
        }
        return values[last]->eval(frame);
    }
    [[nodiscard]] int test(ScriptFrame& frame) const override {
        for (const Node* node : values) {
            const int truth = node->test(frame);
            if (truth != is_and) return truth;  // -1 as well
        }
        return is_and;
    }
};

struct ConditionalNode final : Node {
    const Node *condition, *body, *orelse;
    ConditionalNode(const Span& where, const Node* a, const Node* b, const Node* c)
        : Node(where), condition(a), body(b), orelse(c) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const int truth = condition->test(frame);
        if (truth < 0) return 0;
        return (truth ? body : orelse)->eval(frame);
    }
    [[nodiscard]] int test(ScriptFrame& frame) const override {
        const int truth = condition->test(frame);
        return truth < 0 ? -1 : (truth ? body : orelse)->test(frame);
    }
};

struct NamedNode final : Node {
    const Target* target;
    const Node* node;
    NamedNode(const Span& where, const Target* its_target, const Node* its_value)
        : Node(where), target(its_target), node(its_value) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value value = run(node, frame);
        if (!value || !target->store(frame, value)) return 0;
        return value.detach();
    }
};

}  // namespace

Node* make_binary(Unit& unit, const Span& span, BinaryOp op, Node* left, Node* right) {
    switch (op) {
        case BinaryOp::Add:
            return make_specialised<BinaryOp::Add>(unit, span, left, right);
        case BinaryOp::Sub:
            return make_specialised<BinaryOp::Sub>(unit, span, left, right);
        case BinaryOp::Mul:
            return make_specialised<BinaryOp::Mul>(unit, span, left, right);
        case BinaryOp::Div:
            return make_specialised<BinaryOp::Div>(unit, span, left, right);
        case BinaryOp::Mod:
            return make_specialised<BinaryOp::Mod>(unit, span, left, right);
        case BinaryOp::FloorDiv:
            return make_specialised<BinaryOp::FloorDiv>(unit, span, left, right);
        case BinaryOp::And:
            return make_specialised<BinaryOp::And>(unit, span, left, right);
        case BinaryOp::Xor:
            return make_specialised<BinaryOp::Xor>(unit, span, left, right);
        case BinaryOp::RShift:
            return make_specialised<BinaryOp::RShift>(unit, span, left, right);
        default:
            return unit.add<AnyBinaryNode>(span, op, left, right);
    }
}
Node* make_unary(Unit& unit, const Span& span, UnaryOp op, Node* operand) {
    return unit.add<UnaryNode>(span, op, operand);
}
Node* make_not(Unit& unit, const Span& span, Node* operand) {
    return unit.add<NotNode>(span, operand);
}
Node* make_and_or(Unit& unit, const Span& span, bool is_and, Nodes values) {
    return unit.add<AndOrNode>(span, is_and, std::move(values));
}
Node* make_conditional(Unit& unit, const Span& span, Node* test, Node* body, Node* orelse) {
    return unit.add<ConditionalNode>(span, test, body, orelse);
}
Node* make_named(Unit& unit, const Span& span, Target* target, Node* value) {
    return unit.add<NamedNode>(span, target, value);
}

}  // namespace loopglass::script::eval
