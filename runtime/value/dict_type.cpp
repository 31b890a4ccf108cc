// dict: the type and its methods.
#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/dict.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

namespace {

Value dict_construct(Type* type, const Args&) {
    return make_as<Dict>(type);
}

bool dict_init(const Value& self, const Args& args) {
    return dict_update_arguments(cast<Dict>(self), args, "dict");
}

bool add_entry_repr(StrBuilder& out, const Value& key, const Value& value) {
    if (!out.add_repr(key)) return false;
    out.add(": ");
    return out.add_repr(value);
}

Value dict_repr(const Value& self) {
    Dict* dict = cast<Dict>(self);
    if (!dict->count) return make_str("{}");
    const ReprGuard guard(dict);
    if (guard.again()) return make_str("{...}");
    StrBuilder out;
    out.add('{');
    bool first = true;
    for (uint32_t position = 0; const DictEntry* entry = dict_next(dict, position);) {
        if (!first) out.add(", ");
        first = false;
        const Value key = entry->key, value = entry->value;
        if (!add_entry_repr(out, key, value)) return {};
    }
    out.add('}');
    return out.finish();
}

// 1, 0, -1
int dict_equal(Dict* a, Dict* b) {
    if (a->count != b->count) return 0;
    for (uint32_t position = 0; const DictEntry* entry = dict_next(a, position);) {
        const Value key = entry->key, value = entry->value;
        int32_t found;
        if (!dict_lookup(b, key, entry->hash, found)) return -1;
        if (found < 0) return 0;
        const Value other = b->entries[found].value;
        const int same = equal(value, other);
        if (same <= 0) return same;
    }
    return 1;
}

Value dict_compare(const Value& a, const Value& b, CompareOp op) {
    if ((op != CompareOp::Eq && op != CompareOp::Ne) || !is<Dict>(a) || !is<Dict>(b))
        return not_implemented();
    NativeDepth depth;
    if (!depth.enter(" in comparison")) return {};
    const int same = dict_equal(cast<Dict>(a), cast<Dict>(b));
    return same < 0 ? Value() : boolean(same == (op == CompareOp::Eq));
}

Value dict_iter(const Value& self) {
    return make_dict_iterator(self, DictPart::Keys, false);
}

Value dict_or(const Value& a, const Value& b) {
    if (!is<Dict>(a) || !is<Dict>(b)) return not_implemented();
    Ref<Dict> both = dict_copy(cast<Dict>(a));
    if (!dict_update(both.get(), b)) return {};
    return both;
}

Value dict_inplace_or(const Value& self, const Value& other) {
    if (!dict_update(cast<Dict>(self), other)) return {};
    return self;
}

int64_t dict_length(const Value& self) {
    return cast<Dict>(self)->count;
}

bool dict_set_item(const Value& self, const Value& key, const Value& value) {
    if (value) return dict_set(cast<Dict>(self), key, value);
    const int removed = dict_remove(cast<Dict>(self), key);
    if (removed == 0) raise_key_error(key);
    return removed > 0;
}

int dict_contains(const Value& self, const Value& key) {
    Value* found;
    if (!dict_find(cast<Dict>(self), key, found)) return -1;
    return found != nullptr;
}

Value or_none(const Value& value) {
    return value ? value : none();
}

Value dict_get(const Value* arguments) {
    Value* found;
    if (!dict_find(cast<Dict>(arguments[0]), arguments[1], found)) return {};
    return found ? *found : or_none(arguments[2]);
}

Value dict_setdefault(const Value* arguments) {
    Dict* dict = cast<Dict>(arguments[0]);
    int64_t hash;
    int32_t position;
    if (!key_hash(arguments[1], hash) || !dict_lookup(dict, arguments[1], hash, position))
        return {};
    if (position >= 0) return dict->entries[position].value;
    Value value = or_none(arguments[2]);
    return dict_set_hashed(dict, arguments[1], hash, value) ? value : Value();
}

Value dict_pop(const Value* arguments) {
    Dict* dict = cast<Dict>(arguments[0]);
    Value removed;
    if (!dict->count) return arguments[2] ? arguments[2] : raise_key_error(arguments[1]);
    const int found = dict_remove(dict, arguments[1], &removed);
    if (found < 0) return {};
    if (found) return removed;
    return arguments[2] ? arguments[2] : raise_key_error(arguments[1]);
}

Value dict_popitem(const Value* arguments) {
    Dict* dict = cast<Dict>(arguments[0]);
    if (!dict->count) return raise_key_error(make_str("popitem(): dictionary is empty"));
    while (!dict->entries[dict->used - 1].key) --dict->used;
    const DictEntry& last = dict->entries[dict->used - 1];
    Value item = make_tuple({last.key, last.value});
    dict_remove_at(dict, static_cast<int32_t>(dict->used - 1));
    --dict->used;
    return item;
}

Value dict_clear_method(const Value* arguments) {
    dict_clear(cast<Dict>(arguments[0]));
    return none();
}

Value dict_copy_method(const Value* arguments) {
    return dict_copy(cast<Dict>(arguments[0]));
}

// update(self, *args, **keywords)
Value dict_update_method(const Value* arguments) {
    const auto* positional = cast<Tuple>(arguments[1]);
    Dict* dict = cast<Dict>(arguments[0]);
    const Args args{positional->items(), positional->size, nullptr};
    if (!dict_update_arguments(dict, args, "update")) return {};
    if (arguments[2] && !dict_merge(dict, arguments[2], true)) return {};
    return none();
}

Value dict_fromkeys(const Value* arguments) {
    Value made = call(arguments[0]);
    if (!made) return {};
    const Value value = or_none(arguments[2]);
    const bool direct = is_exact<Dict>(made);
    const bool filled = for_each(arguments[1], [&](const Value& key) {
        return direct ? dict_set(cast<Dict>(made), key, value) : set_item(made, key, value);
    });
    return filled ? made : Value();
}

Value dict_keys(const Value* arguments) {
    return make_dict_view(arguments[0], DictPart::Keys);
}
Value dict_values(const Value* arguments) {
    return make_dict_view(arguments[0], DictPart::Values);
}
Value dict_items(const Value* arguments) {
    return make_dict_view(arguments[0], DictPart::Items);
}
Value dict_reversed(const Value* arguments) {
    return make_dict_iterator(arguments[0], DictPart::Keys, true);
}

constexpr NativeMethod kDictMethods[] = {
    {"get", dict_get, "(self, key, default=None, /)"},
    {"setdefault", dict_setdefault, "(self, key, default=None, /)"},
    {"pop", dict_pop, "(self, key, default=None, /)"},
    {"popitem", dict_popitem, "(self, /)"},
    {"keys", dict_keys, "(self, /)"},
    {"values", dict_values, "(self, /)"},
    {"items", dict_items, "(self, /)"},
    {"update", dict_update_method, "(self, /, *args, **kwargs)"},
    {"fromkeys", dict_fromkeys, "(cls, iterable, value=None, /)", MethodKind::Class},
    {"clear", dict_clear_method, "(self, /)"},
    {"copy", dict_copy_method, "(self, /)"},
    {"__reversed__", dict_reversed, "(self, /)"},
    {"__class_getitem__", native_class_getitem, "(cls, object, /)", MethodKind::Class},
};

Slots dict_slots() {
    Slots slots;
    slots.destroy = destroy_native<Dict>;
    slots.construct = dict_construct;
    slots.init = dict_init;
    slots.repr = dict_repr;
    slots.compare = dict_compare;
    slots.iter = dict_iter;
    slots.binary[static_cast<size_t>(BinaryOp::Or)] = dict_or;
    slots.inplace[static_cast<size_t>(BinaryOp::Or)] = dict_inplace_or;
    slots.length = dict_length;
    slots.get_item = dict_get_item;
    slots.set_item = dict_set_item;
    slots.contains = dict_contains;
    return slots;
}

}  // namespace

Value dict_get_item(const Value& self, const Value& key) {
    Value* found;
    if (!dict_find(cast<Dict>(self), key, found)) return {};
    if (found) return *found;
    if (self.object()->type != Dict::type) {
        static const Name missing("__missing__");
        const Value fallback = find_special(self, missing);
        if (fallback) return call(fallback, key);
        if (has_raised()) return {};
    }
    return raise_key_error(key);
}

void initialise_dict_types() {
    Dict::type = define_type({
        .name = "dict",
        .instance_size = sizeof(Dict),
        .flags = kBaseType | kDictSubclass | kMappingPattern | kSelfPattern | kDefaultGetAttribute,
        .slots = dict_slots(),
        .methods = kDictMethods,
        .doc = "dict() -> new empty dictionary",
    });
}

}  // namespace loopglass::value
