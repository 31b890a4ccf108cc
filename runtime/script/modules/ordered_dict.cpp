// OrderedDict, in _collections: a dict that can move keys to its ends and compares in order.
#include "runtime/base/text.hpp"
#include "runtime/script/modules/deque.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/dict.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

struct OrderedDict : Dict {
    static Type* type;
    explicit OrderedDict(Type* its_type) : Dict(its_type) {}
};
Type* OrderedDict::type = nullptr;

Dict* self_of(const Value& self) {
    return cast<Dict>(self);
}

Value ordered_construct(Type* type, const Args&) {
    return make_as<OrderedDict>(type);
}
bool ordered_init(const Value& self, const Args& args) {
    return dict_update_arguments(self_of(self), args, "OrderedDict");
}

Value ordered_repr(const Value& self) {
    const auto name = self.object()->type->name->view();
    const ReprGuard guard(self.object());
    if (guard.again()) return make_str("...");
    if (self_of(self)->count == 0) return make_str(cat(name, "()"));
    const Ref<Dict> plain = dict_copy(self_of(self));
    StrBuilder out;
    out.add(cat(name, "("));
    if (!out.add_repr(plain)) return {};
    out.add(')');
    return out.finish();
}

// Do both have the same keys in the same order? 1, 0, -1
int same_order(Dict* a, Dict* b) {
    uint32_t i = 0, j = 0;
    for (;;) {
        const DictEntry* x = dict_next(a, i);
        const DictEntry* y = dict_next(b, j);
        if (!x || !y) return !x && !y;
        const Value left = x->key, right = y->key;
        const int same = equal(left, right);
        if (same <= 0) return same;
    }
}
Value ordered_compare(const Value& a, const Value& b, CompareOp op) {
    Value plain = Dict::type->slots.compare(a, b, op);
    if (!plain || !is<OrderedDict>(a) || !is<OrderedDict>(b)) return plain;
    if (op == CompareOp::Eq ? !plain.is(g_true) : op != CompareOp::Ne || !plain.is(g_false))
        return plain;
    const int same = same_order(self_of(a), self_of(b));
    return same < 0 ? Value() : boolean((same == 1) == (op == CompareOp::Eq));
}

// The first or last entry's position; -1: empty.
int64_t end_position(const Dict* dict, bool last) {
    for (uint32_t i = 0; i < dict->used; ++i) {
        const uint32_t at = last ? dict->used - 1 - i : i;
        if (dict->entries[at].key) return at;
    }
    return -1;
}

bool move_to_front(Dict* dict, const Value& key, const Value& value) {
    const Ref<Dict> others = dict_copy(dict);
    if (dict_remove(others.get(), key) < 0) return false;
    dict_clear(dict);
    return dict_set(dict, key, value) && dict_update(dict, others);
}

Value ordered_move_to_end(const Value* a) {
    const int last = a[2] ? truth(a[2]) : 1;
    if (last < 0) return {};
    Dict* dict = self_of(a[0]);
    int64_t hashed;
    int32_t position;
    if (!key_hash(a[1], hashed) || !dict_lookup(dict, a[1], hashed, position)) return {};
    if (position < 0) return raise_key_error(a[1]);
    if (position == end_position(dict, last)) return none();
    const Value key = dict->entries[position].key, value = dict->entries[position].value;
    if (!last) return move_to_front(dict, key, value) ? none() : Value();
    dict_remove_at(dict, position);
    return dict_set_hashed(dict, key, hashed, value) ? none() : Value();
}

Value ordered_popitem(const Value* a) {
    const int last = a[1] ? truth(a[1]) : 1;
    if (last < 0) return {};
    Dict* dict = self_of(a[0]);
    const int64_t position = end_position(dict, last);
    if (position < 0) return raise_key_error(make_str("dictionary is empty"));
    const DictEntry& entry = dict->entries[position];
    Value pair = make_tuple({entry.key, entry.value});
    dict_remove_at(dict, static_cast<int32_t>(position));
    return pair;
}

// keys(), values() and items() show under names of their own.
Type* g_views[3] = {};
template <DictPart Part>
Value ordered_view(const Value* a) {
    return make_as<DictView>(g_views[static_cast<size_t>(Part)], Ref<Dict>::share(self_of(a[0])),
                             Part);
}

Value ordered_copy(const Value* a) {
    return call(Value::share(a[0].object()->type), a[0]);
}
Value ordered_reduce(const Value* a) {
    static const Name items("items");
    const Value view = call_method(a[0], items);
    const Value iterator = view ? iterate(view) : Value();
    if (!iterator) return {};
    return make_tuple(
        {Value::share(a[0].object()->type), make_tuple(size_t{0}), none(), none(), iterator});
}

Value ordered_or(const Value& a, const Value& b) {
    const bool left = is<OrderedDict>(a);
    if (!is<Dict>(a) || !is<Dict>(b)) return not_implemented();
    Value made = call(Value::share((left ? a : b).object()->type), a);
    if (!made || !dict_update(cast<Dict>(made), b)) return {};
    return made;
}

constexpr NativeMethod kMethods[] = {
    {"move_to_end", ordered_move_to_end, "(self, /, key, last=True)"},
    {"popitem", ordered_popitem, "(self, /, last=True)"},
    {"keys", ordered_view<DictPart::Keys>},
    {"values", ordered_view<DictPart::Values>},
    {"items", ordered_view<DictPart::Items>},
    {"copy", ordered_copy},
    {"__copy__", ordered_copy},
    {"__reduce__", ordered_reduce},
};

}  // namespace

Type* define_ordered_dict() {
    if (OrderedDict::type) return OrderedDict::type;
    const char* const names[] = {"odict_keys", "odict_values", "odict_items"};
    for (size_t i = 0; i < 3; ++i)
        g_views[i] = define_type(
            {.name = names[i], .instance_size = sizeof(DictView), .base = DictView::types[i]});
    Slots slots{.destroy = destroy_native<OrderedDict>,
                .repr = ordered_repr,
                .compare = ordered_compare,
                .construct = ordered_construct,
                .init = ordered_init};
    slots.binary[static_cast<size_t>(BinaryOp::Or)] = ordered_or;
    return OrderedDict::type = define_type({.name = "collections.OrderedDict",
                                            .instance_size = sizeof(OrderedDict),
                                            .flags = kBaseType | kMappingPattern | kDottedName,
                                            .base = Dict::type,
                                            .slots = slots,
                                            .methods = kMethods,
                                            .has_dict = true});
}

}  // namespace loopglass::script
