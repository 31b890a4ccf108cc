// Simple statements.
#include "runtime/script/arithmetic.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/script/step.hpp"

namespace loopglass::script::eval {

void (*g_statement_hook)(ScriptFrame& frame, const Span& span) = nullptr;
bool (*g_out_of_fuel)() = nullptr;

bool out_of_fuel() {
    if (!g_out_of_fuel) {
        g_thread.fuel = INT64_MAX;
        return true;
    }
    return g_out_of_fuel();
}

namespace {

struct Block final : Statement {
    Statements body;
    Block(const Span& where, Statements its_body) : Statement(where), body(std::move(its_body)) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        for (const Statement* statement : body) {
            step(frame, statement->span);
            const Status status = statement->exec(frame);
            if (__builtin_expect(status != Status::Normal, 0)) return status;
        }
        return Status::Normal;
    }
};

struct SingleBlock final : Statement {
    const Statement* statement;
    SingleBlock(const Span& where, const Statement* only) : Statement(where), statement(only) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        step(frame, statement->span);
        return statement->exec(frame);
    }
};

struct ExpressionStatement final : Statement {
    const Node* node;
    ExpressionStatement(const Span& where, const Node* its_value)
        : Statement(where), node(its_value) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        return run(node, frame) ? Status::Normal : Status::Raised;
    }
};

struct AssignLocal final : Statement {
    uint32_t slot;
    const Node* node;
    AssignLocal(const Span& where, uint32_t its_slot, const Node* its_value)
        : Statement(where), slot(its_slot), node(its_value) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        Value value = run(node, frame);
        if (__builtin_expect(!value, 0)) return Status::Raised;
        frame.slots[slot] = std::move(value);
        return Status::Normal;
    }
};

struct Assign final : Statement {
    std::vector<Target*> targets;
    const Node* node;
    Assign(const Span& where, std::vector<Target*> its_targets, const Node* its_value)
        : Statement(where), targets(std::move(its_targets)), node(its_value) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        Value value = run(node, frame);
        if (!value) return Status::Raised;
        for (size_t i = 0; i + 1 < targets.size(); ++i)
            if (!targets[i]->store(frame, value)) return Status::Raised;
        return targets.back()->store(frame, std::move(value)) ? Status::Normal : Status::Raised;
    }
};

// local op= value
template <BinaryOp Op, typename Operand>
struct AugmentedLocal final : Statement {
    uint32_t slot;
    Operand operand;
    Span target_span;
    AugmentedLocal(const Span& where, uint32_t its_slot, const Span& its_target,
                   const Node* its_value)
        : Statement(where), slot(its_slot), operand(its_value), target_span(its_target) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        Value& place = frame.slots[slot];
        if (__builtin_expect(!place, 0))
            return fail_unbound_local(frame, slot, target_span), Status::Raised;
        if constexpr (std::is_same_v<Operand, NodeOperand>) {
            // The right side may assign the local: CPython has loaded it before.
            Value left = place;
            Value storage;
            const Value* right = operand.get(frame, storage);
            if (!right) return Status::Raised;
            return finish(frame, std::move(left), *right);
        } else {
            Value storage;
            const Value* right = operand.get(frame, storage);
            if (!right) return Status::Raised;
            if (const Word quick = fast_binary<Op>(place, *right)) {
                place = Value::from_bits(quick);
                return Status::Normal;
            }
            return finish(frame, place, *right);
        }
    }
    // A text that only the local holds grows in place, as CPython's does.
    static bool texts(const Value& left, const Value& right) {
        return Op == BinaryOp::Add && value::is_exact<Str>(left) && value::is_exact<Str>(right);
    }
    Status finish(ScriptFrame& frame, Value left, const Value& right) const {
        if (texts(left, right) && left.is(frame.slots[slot])) {
            left = Value();
            if (value::str_append(frame.slots[slot], right)) return Status::Normal;
            return fail(frame, span), Status::Raised;
        }
        Word result = fast_binary<Op>(left, right);
        if (!result) result = inplace_value(Op, std::move(left), right).detach();
        if (!result) return fail(frame, span), Status::Raised;
        frame.slots[slot] = Value::from_bits(result);
        return Status::Normal;
    }
};

// Any name op= value
struct AugmentedName final : Statement {
    const Node* load;
    const Target* target;
    const Node* node;
    BinaryOp op;
    AugmentedName(const Span& where, BinaryOp its_op, const Node* its_load,
                  const Target* its_target, const Node* its_value)
        : Statement(where), load(its_load), target(its_target), node(its_value), op(its_op) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        Value left = run(load, frame);
        if (!left) return Status::Raised;
        const Value right = run(node, frame);
        if (!right) return Status::Raised;
        Value result;
        if (op == BinaryOp::Add && both_small(left, right))
            result = Value::from_bits(small_binary<BinaryOp::Add>(left.bits(), right.bits()));
        if (!result) result = inplace_value(op, std::move(left), right);
        if (!result) return fail(frame, span), Status::Raised;
        return target->store(frame, std::move(result)) ? Status::Normal : Status::Raised;
    }
};

template <BinaryOp Op>
Statement* make_augmented_local(Unit& unit, const Span& span, const Target* target, Node* value) {
    const auto slot = static_cast<uint32_t>(target->local_slot());
    if (value->kind == NodeKind::Const)
        return unit.add<AugmentedLocal<Op, ConstOperand>>(span, slot, target->span, value);
    if (value->kind == NodeKind::Local)
        return unit.add<AugmentedLocal<Op, LocalOperand>>(span, slot, target->span, value);
    return unit.add<AugmentedLocal<Op, NodeOperand>>(span, slot, target->span, value);
}

struct Delete final : Statement {
    std::vector<Target*> targets;
    Delete(const Span& where, std::vector<Target*> its_targets)
        : Statement(where), targets(std::move(its_targets)) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        for (const Target* target : targets)
            if (!target->remove(frame)) return Status::Raised;
        return Status::Normal;
    }
};

struct Return final : Statement {
    const Node* node;  // or null
    Return(const Span& where, const Node* its_value) : Statement(where), node(its_value) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        frame.result = node ? run(node, frame) : value::none();
        return frame.result ? Status::Return : Status::Raised;
    }
};

template <Status Outcome>
struct Jump final : Statement {
    using Statement::Statement;
    [[nodiscard]] Status exec(ScriptFrame&) const override { return Outcome; }
};

struct Assert final : Statement {
    const Node *condition, *message;
    Assert(const Span& where, const Node* its_condition, const Node* its_message)
        : Statement(where), condition(its_condition), message(its_message) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const int truth = condition->test(frame);
        if (truth > 0) return Status::Normal;
        if (truth < 0) return Status::Raised;
        if (message) {
            const Value text = run(message, frame);
            if (!text) return Status::Raised;
            value::raise_with(value::errors::AssertionError, {text});
        } else {
            value::raise_with(value::errors::AssertionError, {});
        }
        return fail(frame, condition), Status::Raised;
    }
};

const Value* find_annotations(ScriptFrame& frame, Value& storage) {
    static const Name kAnnotations("__annotations__");
    if (!frame.names) return value::dict_find(frame.globals, kAnnotations);
    if (value::is_exact<Dict>(frame.names))
        return value::dict_find(value::cast<Dict>(frame.names), kAnnotations);
    storage = value::get_item(frame.names, Value::share(kAnnotations.get()));
    if (!storage) value::clear_raised();
    return storage ? &storage : nullptr;
}

// x: annotation, in a module or class.
struct Annotation final : Statement {
    Str* name;
    const Node* annotation;
    Annotation(const Span& where, Str* its_name, const Node* its_annotation)
        : Statement(where), name(its_name), annotation(its_annotation) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const Value value = run(annotation, frame);
        if (!value) return Status::Raised;
        Value storage;
        const Value* annotations = find_annotations(frame, storage);
        if (!annotations) {
            value::raise(value::errors::NameError, "name '__annotations__' is not defined");
            return fail(frame, span), Status::Raised;
        }
        const Value keep = *annotations;
        if (!value::set_item(keep, Value::share(name), value))
            return fail(frame, span), Status::Raised;
        return Status::Normal;
    }
};

struct SetupAnnotations final : Statement {
    using Statement::Statement;
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        static const Name kAnnotations("__annotations__");
        Value storage;
        if (find_annotations(frame, storage)) return Status::Normal;
        if (!frame.names) {
            value::dict_set(frame.globals, kAnnotations, Value(value::make_dict()));
            return Status::Normal;
        }
        return value::set_item(frame.names, Value::share(kAnnotations.get()), value::make_dict())
                   ? Status::Normal
                   : (fail(frame, span), Status::Raised);
    }
};

}  // namespace

Statement* make_block(Unit& unit, const Span& span, Statements body) {
    if (body.size() == 1) return unit.add<SingleBlock>(span, body.front());
    return unit.add<Block>(span, std::move(body));
}
Statement* make_expression_statement(Unit& unit, const Span& span, Node* value) {
    return unit.add<ExpressionStatement>(span, value);
}
Statement* make_assign(Unit& unit, const Span& span, std::vector<Target*> targets, Node* value) {
    if (targets.size() == 1 && targets[0]->local_slot() >= 0)
        return unit.add<AssignLocal>(span, static_cast<uint32_t>(targets[0]->local_slot()), value);
    return unit.add<Assign>(span, std::move(targets), value);
}
Statement* make_augmented_name(Unit& unit, const Span& span, BinaryOp op, Node* load,
                               Target* target, Node* value) {
    if (target->local_slot() >= 0) {
        switch (op) {
            case BinaryOp::Add:
                return make_augmented_local<BinaryOp::Add>(unit, span, target, value);
            case BinaryOp::Sub:
                return make_augmented_local<BinaryOp::Sub>(unit, span, target, value);
            case BinaryOp::Mul:
                return make_augmented_local<BinaryOp::Mul>(unit, span, target, value);
            case BinaryOp::FloorDiv:
                return make_augmented_local<BinaryOp::FloorDiv>(unit, span, target, value);
            default:
                break;
        }
    }
    return unit.add<AugmentedName>(span, op, load, target, value);
}
Statement* make_delete(Unit& unit, const Span& span, std::vector<Target*> targets) {
    return unit.add<Delete>(span, std::move(targets));
}
Statement* make_return(Unit& unit, const Span& span, Node* value) {
    return unit.add<Return>(span, value);
}
Statement* make_pass(Unit& unit, const Span& span) {
    return unit.add<Jump<Status::Normal>>(span);
}
Statement* make_break(Unit& unit, const Span& span) {
    return unit.add<Jump<Status::Break>>(span);
}
Statement* make_continue(Unit& unit, const Span& span) {
    return unit.add<Jump<Status::Continue>>(span);
}
Statement* make_assert(Unit& unit, const Span& span, Node* test, Node* message) {
    return unit.add<Assert>(span, test, message);
}
Statement* make_annotation(Unit& unit, const Span& span, Str* name, Node* annotation) {
    return unit.add<Annotation>(span, name, annotation);
}
Statement* make_setup_annotations(Unit& unit, const Span& span) {
    return unit.add<SetupAnnotations>(span);
}

}  // namespace loopglass::script::eval
