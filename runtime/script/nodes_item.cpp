// Items, slices and unpacking.
#include "runtime/base/text.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/factory.hpp"

namespace loopglass::script::eval {

using base::cat;

namespace {

// The item without an exception, or null where the slow way must decide.
[[gnu::always_inline]] inline const Value* quick_item(const Value& object, const Value& key) {
    if (!object.is_object()) return nullptr;
    const Type* type = object.object()->type;
    if (key.is_small()) {
        int64_t index = key.small();
        if (type == List::type) {
            const std::vector<Value>& items = value::cast<List>(object)->items;
            const auto size = static_cast<int64_t>(items.size());
            if (index < 0) index += size;
            return index >= 0 && index < size ? &items[static_cast<size_t>(index)] : nullptr;
        }
        if (type == Tuple::type) {
            const auto* tuple = value::cast<Tuple>(object);
            if (index < 0) index += tuple->size;
            return index >= 0 && index < tuple->size ? &(*tuple)[static_cast<size_t>(index)]
                                                     : nullptr;
        }
    }
    if (type == Dict::type && (key.is_small() || value::is_exact<Str>(key))) {
        Value* found = nullptr;
        if (value::dict_find(value::cast<Dict>(object), key, found)) return found;
        value::clear_raised();
    }
    return nullptr;
}

template <typename Left, typename Right>
struct ItemNode final : Node {
    Left object;
    Right key;
    ItemNode(const Span& where, const Node* its_object, const Node* its_key)
        : Node(where), object(its_object), key(its_key) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value object_storage, key_storage;
        const Value* container = object.get(frame, object_storage);
        if (!container) return 0;
        const Value* index = key.get(frame, key_storage);
        if (!index) return 0;
        if (const Value* item = quick_item(*container, *index)) return Value(*item).detach();
        const Word result = value::get_item(*container, *index).detach();
        return __builtin_expect(result != 0, 1) ? result : fail(frame, this);
    }
};

struct SliceNode final : Node {
    const Node *start, *stop, *step;
    SliceNode(const Span& where, const Node* a, const Node* b, const Node* c)
        : Node(where), start(a), stop(b), step(c) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value parts[3];
        const Node* nodes[3] = {start, stop, step};
        for (int i = 0; i < 3; ++i) {
            parts[i] = nodes[i] ? run(nodes[i], frame) : value::none();
            if (!parts[i]) return 0;
        }
        return Value(value::make<Slice>(std::move(parts[0]), std::move(parts[1]),
                                        std::move(parts[2])))
            .detach();
    }
};

bool store_item(const Value& container, const Value& key, Value value) {
    if (key.is_small() && value::is_exact<List>(container)) {
        std::vector<Value>& items = value::cast<List>(container)->items;
        int64_t index = key.small();
        if (index < 0) index += static_cast<int64_t>(items.size());
        if (index >= 0 && index < static_cast<int64_t>(items.size())) {
            items[static_cast<size_t>(index)].swap(value);  // the old one dies on return
            return true;
        }
    } else if (value::is_exact<Dict>(container)) {
        return value::dict_set(value::cast<Dict>(container), key, std::move(value));
    }
    return value::set_item(container, key, value);
}

struct ItemTarget final : Target {
    const Node *object, *key;
    Span anchor;
    ItemTarget(const Span& where, const Span& brackets, const Node* its_object, const Node* its_key)
        : Target(where), object(its_object), key(its_key), anchor(brackets) {}
    [[nodiscard]] bool store(ScriptFrame& frame, Value value) const override {
        const Value container = run(object, frame);
        if (!container) return false;
        const Value index = run(key, frame);
        if (!index) return false;
        return store_item(container, index, std::move(value)) || fail(frame, span, anchor);
    }
    [[nodiscard]] bool remove(ScriptFrame& frame) const override {
        const Value container = run(object, frame);
        if (!container) return false;
        const Value index = run(key, frame);
        if (!index) return false;
        return value::delete_item(container, index) || fail(frame, span, anchor);
    }
};

struct AugmentedItem final : Statement {
    const Node *object, *key, *node;
    BinaryOp op;
    Span anchor, target_span;
    AugmentedItem(const Span& where, const Span& brackets, BinaryOp its_op, const Span& its_target,
                  const Node* its_object, const Node* its_key, const Node* its_value)
        : Statement(where),
          object(its_object),
          key(its_key),
          node(its_value),
          op(its_op),
          anchor(brackets),
          target_span(its_target) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const Value container = run(object, frame);
        if (!container) return Status::Raised;
        const Value index = run(key, frame);
        if (!index) return Status::Raised;
        const Value* quick = quick_item(container, index);
        Value old = quick ? *quick : value::get_item(container, index);
        if (!old) return fail(frame, target_span, anchor), Status::Raised;
        const Value operand = run(node, frame);
        if (!operand) return Status::Raised;
        Value result = inplace_value(op, std::move(old), operand);
        if (!result) return fail(frame, span), Status::Raised;
        if (!store_item(container, index, std::move(result)))
            return fail(frame, target_span, anchor), Status::Raised;
        return Status::Normal;
    }
};

// a, b = …   and   a, *rest = …
struct UnpackTarget final : Target {
    std::vector<Target*> targets;
    int32_t star;  // which of them takes the rest, or -1
    UnpackTarget(const Span& where, std::vector<Target*> its_targets, int32_t its_star)
        : Target(where), targets(std::move(its_targets)), star(its_star) {}

    [[nodiscard]] bool store(ScriptFrame& frame, Value value) const override {
        if (star < 0 && value::is_exact<Tuple>(value)) {
            const auto* tuple = value::cast<Tuple>(value);
            if (tuple->size == targets.size()) {
                for (size_t i = 0; i < targets.size(); ++i)
                    if (!targets[i]->store(frame, (*tuple)[i])) return false;
                return true;
            }
        }
        std::vector<Value> items;
        items.reserve(targets.size());
        if (!take(value, items)) return fail(frame, span), false;
        for (size_t i = 0; i < targets.size(); ++i)
            if (!targets[i]->store(frame, std::move(items[i]))) return false;
        return true;
    }

    [[nodiscard]] bool remove(ScriptFrame& frame) const override {
        for (const Target* target : targets)
            if (!target->remove(frame)) return false;
        return true;
    }

    // Exactly one value per target.
    bool take(const Value& value, std::vector<Value>& items) const {
        const Type* type = value.type();
        if (!type->slots.iter && !type->slots.get_item) {
            value::raise(value::errors::TypeError,
                         cat("cannot unpack non-iterable ", value::type_name(value), " object"));
            return false;
        }
        const Value iterator = value::iterate(value);
        if (!iterator) return false;
        const size_t before = star < 0 ? targets.size() : static_cast<size_t>(star);
        while (items.size() < before) {
            Value item = value::next(iterator);
            if (!item) return too_few(items.size());
            items.push_back(std::move(item));
        }
        if (star >= 0) return take_rest(iterator, items);
        if (value::next(iterator)) {
            value::raise(value::errors::ValueError,
                         cat("too many values to unpack (expected ", targets.size(), ")"));
            return false;
        }
        return !value::raised();
    }

    bool too_few(size_t got) const {
        if (value::raised()) return false;
        value::raise(value::errors::ValueError,
                     star < 0 ? cat("not enough values to unpack (expected ", targets.size(),
                                    ", got ", got, ")")
                              : cat("not enough values to unpack (expected at least ",
                                    targets.size() - 1, ", got ", got, ")"));
        return false;
    }

    bool take_rest(const Value& iterator, std::vector<Value>& items) const {
        Ref<List> rest = value::list_from(iterator);
        if (!rest) return false;
        const size_t after = targets.size() - 1 - static_cast<size_t>(star);
        std::vector<Value>& all = rest->items;
        if (all.size() < after) return too_few(static_cast<size_t>(star) + all.size());
        std::vector<Value> tail(std::make_move_iterator(all.end() - static_cast<long>(after)),
                                std::make_move_iterator(all.end()));
        all.resize(all.size() - after);
        items.push_back(Value(std::move(rest)));
        for (Value& item : tail) items.push_back(std::move(item));
        return true;
    }
};

}  // namespace

Node* make_item(Unit& unit, const Span& span, Node* object, Node* key) {
    const bool local = object->kind == NodeKind::Local;
    if (local && key->kind == NodeKind::Local)
        return unit.add<ItemNode<LocalOperand, LocalOperand>>(span, object, key);
    if (local && key->kind == NodeKind::Const)
        return unit.add<ItemNode<LocalOperand, ConstOperand>>(span, object, key);
    if (key->kind == NodeKind::Const)
        return unit.add<ItemNode<NodeOperand, ConstOperand>>(span, object, key);
    return unit.add<ItemNode<NodeOperand, NodeOperand>>(span, object, key);
}
Target* make_item_target(Unit& unit, const Span& span, const Span& anchor, Node* object,
                         Node* key) {
    return unit.add<ItemTarget>(span, anchor, object, key);
}
Node* make_slice(Unit& unit, const Span& span, Node* start, Node* stop, Node* step) {
    return unit.add<SliceNode>(span, start, stop, step);
}
Target* make_unpack_target(Unit& unit, const Span& span, std::vector<Target*> targets,
                           int32_t star) {
    return unit.add<UnpackTarget>(span, std::move(targets), star);
}
Statement* make_augmented_item(Unit& unit, const Span& span, const Span& anchor, BinaryOp op,
                               const Span& target_span, Node* object, Node* key, Node* value) {
    return unit.add<AugmentedItem>(span, anchor, op, target_span, object, key, value);
}

}  // namespace loopglass::script::eval
