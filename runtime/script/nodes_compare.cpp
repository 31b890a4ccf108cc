// Comparisons, single and chained, with tests that need no bool object.
#include "runtime/script/arithmetic.hpp"
#include "runtime/script/factory.hpp"

namespace loopglass::script::eval {

namespace {

constexpr CompareOp kRich[] = {CompareOp::Lt, CompareOp::Le, CompareOp::Eq,
                               CompareOp::Ne, CompareOp::Gt, CompareOp::Ge};

template <CompareOp Op, typename Left, typename Right>
struct CompareNode final : Node {
    Left left;
    Right right;
    CompareNode(const Span& where, const Node* a, const Node* b) : Node(where), left(a), right(b) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value left_storage, right_storage;
        const Value* a = left.get(frame, left_storage);
        if (!a) return 0;
        const Value* b = right.get(frame, right_storage);
        if (!b) return 0;
        const int fast = fast_compare<Op>(*a, *b);
        if (__builtin_expect(fast >= 0, 1)) return value::boolean(fast).detach();
        const Word result = value::compare(Op, *a, *b).detach();
        return result ? result : fail(frame, this);
    }
    [[nodiscard]] int test(ScriptFrame& frame) const override {
        Value left_storage, right_storage;
        const Value* a = left.get(frame, left_storage);
        if (!a) return -1;
        const Value* b = right.get(frame, right_storage);
        if (!b) return -1;
        const int fast = fast_compare<Op>(*a, *b);
        if (__builtin_expect(fast >= 0, 1)) return fast;
        const int result = value::compare_truth(Op, *a, *b);
        if (result < 0) (void)fail(frame, this);
        return result;
    }
};

template <CompareOp Op>
Node* make_specialised(Unit& unit, const Span& span, Node* left, Node* right) {
    const bool left_local = left->kind == NodeKind::Local;
    if (right->kind == NodeKind::Local)
        return left_local
                   ? static_cast<Node*>(
                         unit.add<CompareNode<Op, LocalOperand, LocalOperand>>(span, left, right))
                   : unit.add<CompareNode<Op, NodeOperand, LocalOperand>>(span, left, right);
    if (right->kind == NodeKind::Const)
        return left_local
                   ? static_cast<Node*>(
                         unit.add<CompareNode<Op, LocalOperand, ConstOperand>>(span, left, right))
                   : unit.add<CompareNode<Op, NodeOperand, ConstOperand>>(span, left, right);
    return unit.add<CompareNode<Op, NodeOperand, NodeOperand>>(span, left, right);
}

template <typename Left, typename Right>
struct IsNode final : Node {
    Left left;
    Right right;
    bool wanted;
    IsNode(const Span& where, bool is_positive, const Node* a, const Node* b)
        : Node(where), left(a), right(b), wanted(is_positive) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const int result = test(frame);
        return result < 0 ? 0 : value::boolean(result).detach();
    }
    [[nodiscard]] int test(ScriptFrame& frame) const override {
        Value left_storage, right_storage;
        const Value* a = left.get(frame, left_storage);
        if (!a) return -1;
        const Value* b = right.get(frame, right_storage);
        if (!b) return -1;
        return a->is(*b) == wanted;
    }
};

struct InNode final : Node {
    const Node *item, *container;
    bool wanted;
    InNode(const Span& where, bool is_positive, const Node* a, const Node* b)
        : Node(where), item(a), container(b), wanted(is_positive) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const int result = test(frame);
        return result < 0 ? 0 : value::boolean(result).detach();
    }
    [[nodiscard]] int test(ScriptFrame& frame) const override {
        const Value a = run(item, frame);
        if (!a) return -1;
        const Value b = run(container, frame);
        if (!b) return -1;
        const int result = value::contains(b, a);
        if (result < 0) return (void)fail(frame, this), -1;
        return result == wanted;
    }
};

// One link of a chain, on values: the result of the comparison, or empty.
Value compare_values(Comparison op, const Value& a, const Value& b) {
    switch (op) {
        case Comparison::Is:
            return value::boolean(a.is(b));
        case Comparison::IsNot:
            return value::boolean(!a.is(b));
        case Comparison::In:
        case Comparison::NotIn: {
            const int result = value::contains(b, a);
            return result < 0 ? Value() : value::boolean(result == (op == Comparison::In));
        }
        default:
            return value::compare(kRich[static_cast<size_t>(op)], a, b);
    }
}

// a < b <= c: each operand once, up to the first false.
struct ChainNode final : Node {
    std::vector<Comparison> ops;
    const Node* first;
    Nodes others;
    ChainNode(const Span& where, std::vector<Comparison> its_ops, const Node* its_first,
              Nodes its_others)
        : Node(where), ops(std::move(its_ops)), first(its_first), others(std::move(its_others)) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value left = run(first, frame);
        if (!left) return 0;
        for (size_t i = 0;; ++i) {
            Value right = run(others[i], frame);
            if (!right) return 0;
            Value result = compare_values(ops[i], left, right);
            if (!result) return fail(frame, this);
            if (i + 1 == ops.size()) return result.detach();
            const int truth = truth_of(result);
            if (truth < 0) return fail(frame, this);
            if (!truth) return result.detach();
            left = std::move(right);
        }
    }
};

}  // namespace

Node* make_comparison(Unit& unit, const Span& span, Comparison op, Node* left, Node* right) {
    switch (op) {
        case Comparison::Lt:
            return make_specialised<CompareOp::Lt>(unit, span, left, right);
        case Comparison::Le:
            return make_specialised<CompareOp::Le>(unit, span, left, right);
        case Comparison::Eq:
            return make_specialised<CompareOp::Eq>(unit, span, left, right);
        case Comparison::Ne:
            return make_specialised<CompareOp::Ne>(unit, span, left, right);
        case Comparison::Gt:
            return make_specialised<CompareOp::Gt>(unit, span, left, right);
        case Comparison::Ge:
            return make_specialised<CompareOp::Ge>(unit, span, left, right);
        case Comparison::Is:
        case Comparison::IsNot:
            if (left->kind == NodeKind::Local && right->kind == NodeKind::Const)
                return unit.add<IsNode<LocalOperand, ConstOperand>>(span, op == Comparison::Is,
                                                                    left, right);
            return unit.add<IsNode<NodeOperand, NodeOperand>>(span, op == Comparison::Is, left,
                                                              right);
        default:
            return unit.add<InNode>(span, op == Comparison::In, left, right);
    }
}

Node* make_comparison_chain(Unit& unit, const Span& span, std::vector<Comparison> ops, Node* first,
                            Nodes others) {
    return unit.add<ChainNode>(span, std::move(ops), first, std::move(others));
}

}  // namespace loopglass::script::eval
