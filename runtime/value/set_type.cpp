// set and frozenset: the types and their methods.
#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/set.hpp"

namespace loopglass::value {

using base::cat;

namespace {

Set* self_of(const Value* arguments) {
    return cast<Set>(arguments[0]);
}
// What an operation on a set makes: subclasses' results are of the native class.
Type* native_type(const Value& set) {
    return is<Set>(set) ? Set::type : Set::frozen_type;
}
const Tuple& rest_of(const Value* arguments) {
    return *cast<Tuple>(arguments[1]);
}

Value set_construct(Type* type, const Args&) {
    return new_set(type);
}

bool set_init(const Value& self, const Args& args) {
    if (!check_no_keywords(args, "set") || !check_arity(args, "set", 0, 1)) return false;
    Set* set = cast<Set>(self);
    if (set->fill) set_clear(set);
    return !args.count || set_update(set, args.items[0]);
}

Value frozenset_construct(Type* type, const Args& args) {
    if (type == Set::frozen_type && !check_no_keywords(args, "frozenset")) return {};
    if (!check_arity(args, "frozenset", 0, 1)) return {};
    if (type != Set::frozen_type) return args.count ? set_from(args.items[0], type) : new_set(type);
    if (args.count && args.items[0].type() == Set::frozen_type) return args.items[0];
    Ref<Set> set = args.count ? set_from(args.items[0], type) : new_set(type);
    if (!set || set->count) return set;
    static const Value empty = new_set(Set::frozen_type);
    return empty;
}

Value set_repr(const Value& self) {
    Set* set = cast<Set>(self);
    const std::string_view name = self.type()->name->view();
    const bool plain = self.type() == Set::type;
    const ReprGuard guard(set);
    if (guard.again()) return make_str(cat(name, "(...)"));
    if (!set->count) return make_str(cat(name, "()"));
    StrBuilder out;
    if (!plain) out.add(cat(name, "("));
    out.add('{');
    const Ref<List> items = list_from(self);
    if (!items) return {};
    for (size_t i = 0; i < items->items.size(); ++i) {
        if (i) out.add(", ");
        if (!out.add_repr(items->items[i])) return {};
    }
    out.add(plain ? "}" : "})");
    return out.finish();
}

bool frozenset_hash_slot(const Value& self, int64_t& out) {
    Set* set = cast<Set>(self);
    if (set->hash == -1) set->hash = frozenset_hash(set);
    out = set->hash;
    return true;
}

// 1, 0, -1
int sets_equal(Set* a, Set* b) {
    if (a->count != b->count || (a->hash != -1 && b->hash != -1 && a->hash != b->hash)) return 0;
    return set_is_subset(a, b);
}

Value set_compare(const Value& self, const Value& other, CompareOp op) {
    if (!is_set(other) || !is_set(self)) return not_implemented();
    NativeDepth depth;
    if (!depth.enter(" in comparison")) return {};
    Set *a = cast<Set>(self), *b = cast<Set>(other);
    int answer = 0;
    switch (op) {
        case CompareOp::Eq:
        case CompareOp::Ne:
            answer = sets_equal(a, b);
            break;
        case CompareOp::Le:
            answer = set_is_subset(a, b);
            break;
        case CompareOp::Lt:
            answer = a->count == b->count ? 0 : set_is_subset(a, b);
            break;
        case CompareOp::Ge:
            answer = set_is_subset(b, a);
            break;
        case CompareOp::Gt:
            answer = a->count == b->count ? 0 : set_is_subset(b, a);
            break;
    }
    if (answer < 0) return {};
    return boolean((answer > 0) != (op == CompareOp::Ne));
}

struct SetIterator : Object {
    static Type* type;
    Ref<Set> set;  // null when exhausted
    uint32_t position = 0;
    uint32_t expected_count, left;
    SetIterator(Type* its_type, Ref<Set> its_set)
        : Object(its_type), set(std::move(its_set)), expected_count(set->count), left(set->count) {}
};
Type* SetIterator::type = nullptr;

Value set_iter(const Value& self) {
    return make<SetIterator>(Ref<Set>::share(cast<Set>(self)));
}
Value iterator_next(const Value& self) {
    auto* iterator = cast<SetIterator>(self);
    Set* set = iterator->set.get();
    if (!set) return {};
    if (set->count != iterator->expected_count) {
        iterator->expected_count = UINT32_MAX;
        return raise(errors::RuntimeError, "Set changed size during iteration");
    }
    if (const SetEntry* entry = set_next(set, iterator->position)) {
        --iterator->left;
        return entry->key;
    }
    iterator->set = {};
    return {};
}
Value iterator_length_hint(const Value* arguments) {
    const auto* iterator = cast<SetIterator>(arguments[0]);
    const bool live = iterator->set && iterator->set->count == iterator->expected_count;
    return Value::small(live ? iterator->left : 0);
}

int64_t set_length(const Value& self) {
    return cast<Set>(self)->count;
}
int set_contains_slot(const Value& self, const Value& key) {
    return set_contains_key(cast<Set>(self), key);
}

// ---- operators: sets on both sides only
bool both_sets(const Value& a, const Value& b) {
    return is_set(a) && is_set(b);
}
Value set_or(const Value& a, const Value& b) {
    if (!both_sets(a, b)) return not_implemented();
    const Ref<Set> both = set_copy(cast<Set>(a), native_type(a));
    return both && set_update(both.get(), b) ? Value(both) : Value();
}
Value set_and(const Value& a, const Value& b) {
    if (!both_sets(a, b)) return not_implemented();
    return set_intersection(cast<Set>(a), b, native_type(a));
}
Value set_subtract(const Value& a, const Value& b) {
    if (!both_sets(a, b)) return not_implemented();
    return set_difference(cast<Set>(a), b, native_type(a));
}
Value symmetric_difference(const Value& a, const Value& b) {
    // CPython starts from the other side.
    const Ref<Set> result = set_from(b, native_type(a));
    return result && set_symmetric_difference_update(result.get(), a) ? Value(result) : Value();
}
Value set_xor(const Value& a, const Value& b) {
    return both_sets(a, b) ? symmetric_difference(a, b) : not_implemented();
}
Value set_inplace_or(const Value& a, const Value& b) {
    if (!is_set(b)) return not_implemented();
    return set_update(cast<Set>(a), b) ? a : Value();
}
bool intersection_update(Set* set, const Value& other) {
    const Ref<Set> result = set_intersection(set, other, Set::type);
    if (!result) return false;
    set_swap(set, result.get());
    return true;
}
Value set_inplace_and(const Value& a, const Value& b) {
    if (!is_set(b)) return not_implemented();
    return intersection_update(cast<Set>(a), b) ? a : Value();
}
Value set_inplace_subtract(const Value& a, const Value& b) {
    if (!is_set(b)) return not_implemented();
    return set_difference_update(cast<Set>(a), b) ? a : Value();
}
Value set_inplace_xor(const Value& a, const Value& b) {
    if (!is_set(b)) return not_implemented();
    return set_symmetric_difference_update(cast<Set>(a), b) ? a : Value();
}

// ---- methods
Value set_add_method(const Value* arguments) {
    return set_add(self_of(arguments), arguments[1]) ? none() : Value();
}
Value set_remove_method(const Value* arguments) {
    const int removed = set_discard_key(self_of(arguments), arguments[1]);
    if (removed < 0) return {};
    return removed ? none() : raise_key_error(arguments[1]);
}
Value set_discard(const Value* arguments) {
    return set_discard_key(self_of(arguments), arguments[1]) >= 0 ? none() : Value();
}
Value set_pop(const Value* arguments) {
    Set* set = self_of(arguments);
    if (!set->count) return raise_key_error(make_str("pop from an empty set"));
    uint32_t position = set->finger & set->mask;
    while (!set->table[position].key) position = position == set->mask ? 0 : position + 1;
    if (uint32_t first = 0; set->table[position].key.is_object() &&
                            set->table[position].key.type()->slots.hash == object_hash)
        position = static_cast<uint32_t>(set_next(set, first) - set->table);
    Value key = set->table[position].key;
    set_remove_at(set, position);
    set->finger = position + 1;
    return key;
}
Value set_clear_method(const Value* arguments) {
    return set_clear(self_of(arguments)), none();
}
Value set_copy_method(const Value* arguments) {
    if (arguments[0].type() == Set::frozen_type) return arguments[0];
    return set_copy(self_of(arguments), native_type(arguments[0]));
}
Value set_update_method(const Value* arguments) {
    const Tuple& others = rest_of(arguments);
    for (size_t i = 0; i < others.size; ++i)
        if (!set_update(self_of(arguments), others[i])) return {};
    return none();
}
Value set_union(const Value* arguments) {
    const Tuple& others = rest_of(arguments);
    const Ref<Set> result = set_copy(self_of(arguments), native_type(arguments[0]));
    if (!result) return {};
    for (size_t i = 0; i < others.size; ++i)
        if (!set_update(result.get(), others[i])) return {};
    return result;
}
Value set_intersection_method(const Value* arguments) {
    const Tuple& others = rest_of(arguments);
    if (!others.size) return set_copy_method(arguments);
    Type* type = native_type(arguments[0]);
    Ref<Set> result = Ref<Set>::share(self_of(arguments));
    for (size_t i = 0; i < others.size; ++i) {
        result = set_intersection(result.get(), others[i], type);
        if (!result) return {};
    }
    return result;
}
Value set_intersection_update(const Value* arguments) {
    const Value result = set_intersection_method(arguments);
    if (!result) return {};
    set_swap(self_of(arguments), cast<Set>(result));
    return none();
}
Value set_difference_method(const Value* arguments) {
    const Tuple& others = rest_of(arguments);
    if (!others.size) return set_copy_method(arguments);
    Ref<Set> result = set_difference(self_of(arguments), others[0], native_type(arguments[0]));
    for (size_t i = 1; result && i < others.size; ++i)
        if (!set_difference_update(result.get(), others[i])) return {};
    return result;
}
Value set_difference_update_method(const Value* arguments) {
    const Tuple& others = rest_of(arguments);
    for (size_t i = 0; i < others.size; ++i)
        if (!set_difference_update(self_of(arguments), others[i])) return {};
    return none();
}
Value set_symmetric_difference_method(const Value* arguments) {
    return symmetric_difference(arguments[0], arguments[1]);
}
Value set_symmetric_difference_update_method(const Value* arguments) {
    return set_symmetric_difference_update(self_of(arguments), arguments[1]) ? none() : Value();
}
Value set_isdisjoint(const Value* arguments) {
    const int answer = set_is_disjoint(self_of(arguments), arguments[1]);
    return answer < 0 ? Value() : boolean(answer);
}
Value set_issubset(const Value* arguments) {
    const Ref<Set> other = is_set(arguments[1]) ? Ref<Set>::share(cast<Set>(arguments[1]))
                                                : set_from(arguments[1], Set::type);
    const int answer = other ? set_is_subset(self_of(arguments), other.get()) : -1;
    return answer < 0 ? Value() : boolean(answer);
}
Value set_issuperset(const Value* arguments) {
    if (is_set(arguments[1])) {
        const int answer = set_is_subset(cast<Set>(arguments[1]), self_of(arguments));
        return answer < 0 ? Value() : boolean(answer);
    }
    int answer = 1;
    const bool finished = for_each(arguments[1], [&](const Value& key) {
        answer = set_contains(self_of(arguments), key);
        return answer > 0;
    });
    return finished || !has_raised() ? boolean(answer) : Value();
}

#define LOOPGLASS_SHARED_SET_METHODS                                                     \
    {"copy", set_copy_method, "(self, /)"}, {"union", set_union, "(self, /, *others)"},  \
        {"intersection", set_intersection_method, "(self, /, *others)"},                 \
        {"difference", set_difference_method, "(self, /, *others)"},                     \
        {"symmetric_difference", set_symmetric_difference_method, "(self, other, /)"},   \
        {"isdisjoint", set_isdisjoint, "(self, other, /)"},                              \
        {"issubset", set_issubset, "(self, other, /)"},                                  \
        {"issuperset", set_issuperset, "(self, other, /)"}, {                            \
        "__class_getitem__", native_class_getitem, "(cls, object, /)", MethodKind::Class \
    }

constexpr NativeMethod kFrozensetMethods[] = {LOOPGLASS_SHARED_SET_METHODS};
constexpr NativeMethod kSetMethods[] = {
    LOOPGLASS_SHARED_SET_METHODS,
    {"add", set_add_method, "(self, object, /)"},
    {"remove", set_remove_method, "(self, object, /)"},
    {"discard", set_discard, "(self, object, /)"},
    {"pop", set_pop, "(self, /)"},
    {"clear", set_clear_method, "(self, /)"},
    {"update", set_update_method, "(self, /, *others)"},
    {"intersection_update", set_intersection_update, "(self, /, *others)"},
    {"difference_update", set_difference_update_method, "(self, /, *others)"},
    {"symmetric_difference_update", set_symmetric_difference_update_method, "(self, other, /)"},
};
constexpr NativeMethod kIteratorMethods[] = {
    {"__length_hint__", iterator_length_hint, "(self, /)"},
};

Slots shared_slots() {
    Slots slots;
    slots.destroy = destroy_native<Set>;
    slots.repr = set_repr;
    slots.compare = set_compare;
    slots.iter = set_iter;
    slots.length = set_length;
    slots.contains = set_contains_slot;
    slots.binary[static_cast<size_t>(BinaryOp::Or)] = set_or;
    slots.binary[static_cast<size_t>(BinaryOp::And)] = set_and;
    slots.binary[static_cast<size_t>(BinaryOp::Sub)] = set_subtract;
    slots.binary[static_cast<size_t>(BinaryOp::Xor)] = set_xor;
    return slots;
}

}  // namespace

void initialise_set_types() {
    NativeTypeSpec spec{.name = "set",
                        .instance_size = sizeof(Set),
                        .flags = kBaseType | kSetSubclass | kSelfPattern | kDefaultGetAttribute};
    spec.slots = shared_slots();
    spec.slots.construct = set_construct;
    spec.slots.init = set_init;
    spec.slots.inplace[static_cast<size_t>(BinaryOp::Or)] = set_inplace_or;
    spec.slots.inplace[static_cast<size_t>(BinaryOp::And)] = set_inplace_and;
    spec.slots.inplace[static_cast<size_t>(BinaryOp::Sub)] = set_inplace_subtract;
    spec.slots.inplace[static_cast<size_t>(BinaryOp::Xor)] = set_inplace_xor;
    spec.methods = kSetMethods;
    spec.doc = "Build an unordered collection of unique elements.";
    Set::type = define_type(spec);

    NativeTypeSpec frozen{.name = "frozenset",
                          .instance_size = sizeof(Set),
                          .flags = kBaseType | kSetSubclass | kSelfPattern | kDefaultGetAttribute};
    frozen.slots = shared_slots();
    frozen.slots.construct = frozenset_construct;
    frozen.slots.hash = frozenset_hash_slot;
    frozen.methods = kFrozensetMethods;
    frozen.doc = "Build an immutable unordered collection of unique elements.";
    Set::frozen_type = define_type(frozen);

    NativeTypeSpec iterator{.name = "set_iterator",
                            .instance_size = sizeof(SetIterator),
                            .flags = kDefaultGetAttribute};
    iterator.slots.destroy = destroy_native<SetIterator>;
    iterator.slots.iter = iterator_self;
    iterator.slots.next = iterator_next;
    iterator.methods = kIteratorMethods;
    SetIterator::type = define_type(iterator);
}

}  // namespace loopglass::value
