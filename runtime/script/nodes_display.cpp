// Displays: tuples, lists, sets, dicts, with stars.
#include "runtime/base/text.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/value/containers.hpp"

namespace loopglass::script::eval {

using base::cat;

namespace {

bool has_star(const Nodes& items) {
    for (const Node* node : items)
        if (node->kind == NodeKind::Starred) return true;
    return false;
}

struct TupleDisplay final : Node {
    Nodes items;
    TupleDisplay(const Span& where, Nodes its_items) : Node(where), items(std::move(its_items)) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Ref<Tuple> tuple = value::make_tuple(items.size());
        for (size_t i = 0; i < items.size(); ++i) {
            tuple->items()[i] = run(items[i], frame);
            if (!(*tuple)[i]) return 0;
        }
        return Value(std::move(tuple)).detach();
    }
};

// Evaluates the items, stars spread, into `out`.
bool gather(ScriptFrame& frame, const Nodes& items, std::vector<Value>& out, bool set = false) {
    out.reserve(items.size());
    for (const Node* node : items) {
        Value value = run(node, frame);
        if (!value) return false;
        if (node->kind != NodeKind::Starred) {
            out.push_back(std::move(value));
            continue;
        }
        const Type* type = value.type();
        if (!set && !type->slots.iter && !type->slots.get_item) {
            value::raise(value::errors::TypeError,
                         cat("Value after * must be an iterable, not ", value::type_name(value)));
            return fail(frame, node), false;
        }
        if (!value::for_each_sized(value, [&](Value& item) {
                out.push_back(std::move(item));
                return true;
            }))
            return fail(frame, node), false;
    }
    return true;
}

// The one item a starred annotation of *args gives: *args: *Ts.
struct SpreadOne final : Node {
    const Node* operand;
    SpreadOne(const Span& where, const Node* its_operand) : Node(where), operand(its_operand) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value given = run(operand, frame);
        if (!given) return 0;
        const Value iterator = value::iterate(given);
        Value item = iterator ? value::next_or_stop(iterator) : Value();
        return item ? item.detach() : fail(frame, this);
    }
};

struct ListDisplay final : Node {
    Nodes items;
    bool tuple;     // of a tuple with stars
    size_t places;  // sys.getsizeof shows it: three constants or more come in pairs
    ListDisplay(const Span& where, Nodes its_items, bool as_tuple)
        : Node(where), items(std::move(its_items)), tuple(as_tuple), places(items.size()) {
        bool constant = items.size() >= 3;
        for (const Node* node : items) constant = constant && node->kind == NodeKind::Const;
        if (constant) places = (places + 1) & ~size_t{1};
    }
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        std::vector<Value> values;
        values.reserve(places);
        if (!gather(frame, items, values)) return 0;
        if (tuple) return Value(value::make_tuple(std::span<const Value>(values))).detach();
        return Value(value::make_list(std::move(values))).detach();
    }
};

struct SetDisplay final : Node {
    Nodes items;
    SetDisplay(const Span& where, Nodes its_items) : Node(where), items(std::move(its_items)) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        std::vector<Value> values;
        if (!gather(frame, items, values, true)) return 0;
        Ref<Set> set = value::make_set();
        for (const Value& value : values)
            if (!value::set_add(set.get(), value)) return fail(frame, this);
        return Value(std::move(set)).detach();
    }
};

struct DictDisplay final : Node {
    Nodes keys, values;  // a null key spreads its value
    DictDisplay(const Span& where, Nodes its_keys, Nodes its_values)
        : Node(where), keys(std::move(its_keys)), values(std::move(its_values)) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Ref<Dict> dict = value::make_dict();
        for (size_t i = 0; i < keys.size(); ++i) {
            Value key;
            if (keys[i] && !(key = run(keys[i], frame))) return 0;
            Value value = run(values[i], frame);
            if (!value) return 0;
            if (!keys[i]) {
                if (!spread(frame, dict.get(), value, this)) return 0;
            } else if (!value::dict_set(dict.get(), key, std::move(value))) {
                return fail(frame, this);
            }
        }
        return Value(std::move(dict)).detach();
    }
    static bool spread(ScriptFrame& frame, Dict* dict, const Value& mapping, const Node* where) {
        static const Name kKeys("keys");
        if (!value::is<Dict>(mapping)) {
            const Value keys = value::find_attribute(mapping, kKeys);
            if (!keys) {
                if (!value::raised())
                    value::raise(value::errors::TypeError,
                                 cat("'", value::type_name(mapping), "' object is not a mapping"));
                return fail(frame, where), false;
            }
        }
        return value::dict_update(dict, mapping) || fail(frame, where);
    }
};

}  // namespace

Node* make_tuple_display(Unit& unit, const Span& span, Nodes items) {
    if (has_star(items)) return unit.add<ListDisplay>(span, std::move(items), true);
    return unit.add<TupleDisplay>(span, std::move(items));
}
Node* make_spread_one(Unit& unit, const Span& span, Node* operand) {
    return unit.add<SpreadOne>(span, operand);
}
Node* make_list_display(Unit& unit, const Span& span, Nodes items) {
    return unit.add<ListDisplay>(span, std::move(items), false);
}
Node* make_set_display(Unit& unit, const Span& span, Nodes items) {
    return unit.add<SetDisplay>(span, std::move(items));
}
Node* make_dict_display(Unit& unit, const Span& span, Nodes keys, Nodes values) {
    return unit.add<DictDisplay>(span, std::move(keys), std::move(values));
}

}  // namespace loopglass::script::eval
