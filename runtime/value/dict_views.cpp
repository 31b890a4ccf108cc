// dict.keys(), values(), items() and the iterators of dicts.
#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/dict.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/namespace.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* DictView::types[3] = {};

namespace {

constexpr const char* kViewNames[3] = {"dict_keys", "dict_values", "dict_items"};

struct DictIterator : Object {
    static Type* types[2][3];  // [reversed][part]
    Ref<Dict> dict;            // null when exhausted
    DictPart part;
    bool reversed;
    uint32_t position;        // of the entry to look at next; reversed: one behind it
    uint32_t expected_count;  // a dict of another size has been changed
    uint32_t left;
    DictIterator(Type* its_type, Ref<Dict> its_dict, DictPart its_part, bool backwards)
        : Object(its_type),
          dict(std::move(its_dict)),
          part(its_part),
          reversed(backwards),
          position(backwards ? dict->used : 0),
          expected_count(dict->count),
          left(dict->count) {}
};
Type* DictIterator::types[2][3] = {};

Value entry_part(const DictEntry& entry, DictPart part) {
    switch (part) {
        case DictPart::Keys:
            return entry.key;
        case DictPart::Values:
            return entry.value;
        case DictPart::Items:
            break;
    }
    Ref<Tuple> pair = make_tuple(size_t{2});
    pair->items()[0] = entry.key;
    pair->items()[1] = entry.value;
    return pair;
}

const DictEntry* previous_entry(const Dict* dict, uint32_t& position) {
    position = std::min(position, dict->used);
    while (position > 0)
        if (dict->entries[--position].key) return &dict->entries[position];
    return nullptr;
}

Value iterator_next(const Value& self) {
    auto* iterator = cast<DictIterator>(self);
    Dict* dict = iterator->dict.get();
    if (!dict) return {};
    if (__builtin_expect(dict->count != iterator->expected_count, 0)) {
        iterator->expected_count = UINT32_MAX;  // from now on it fails
        return raise(errors::RuntimeError, "dictionary changed size during iteration");
    }
    const DictEntry* entry = iterator->reversed ? previous_entry(dict, iterator->position)
                                                : dict_next(dict, iterator->position);
    if (entry && iterator->left) {
        --iterator->left;
        return entry_part(*entry, iterator->part);
    }
    if (entry) raise(errors::RuntimeError, "dictionary keys changed during iteration");
    iterator->dict = {};
    return {};
}

Value iterator_length_hint(const Value* arguments) {
    const auto* iterator = cast<DictIterator>(arguments[0]);
    const bool live = iterator->dict && iterator->dict->count == iterator->expected_count;
    return Value::small(live ? iterator->left : 0);
}

constexpr NativeMethod kIteratorMethods[] = {
    {"__length_hint__", iterator_length_hint, "(self, /)"},
};

// ---- views

Dict* dict_of(const Value& view) {
    return cast<DictView>(view)->dict.get();
}
bool is_view(const Value& value) {
    return value.is_object() &&
           (value.type() == DictView::types[0] || value.type() == DictView::types[1] ||
            value.type() == DictView::types[2]);
}
// What the views that are like sets can be compared with.
bool is_set_like(const Value& value) {
    return (is_view(value) && cast<DictView>(value)->part != DictPart::Values) ||
           (value.is_object() && value.type()->has(kSetSubclass));
}

Value view_iter(const Value& self) {
    return make_dict_iterator(cast<DictView>(self)->dict, cast<DictView>(self)->part, false);
}

Value view_repr(const Value& self) {
    const ReprGuard guard(self.object());
    if (guard.again()) return make_str("...");
    const Ref<List> items = list_from(self);
    if (!items) return {};
    const Ref<Str> shown = repr(items);
    if (!shown) return {};
    return make_str(cat(self.type()->name->view(), "(", shown->view(), ")"));
}

int64_t view_length(const Value& self) {
    return dict_of(self)->count;
}

int view_contains(const Value& self, const Value& item) {
    Value* found;
    if (cast<DictView>(self)->part == DictPart::Keys)
        return dict_find(dict_of(self), item, found) ? found != nullptr : -1;
    const Tuple* pair = as<Tuple>(item);
    if (!pair || pair->size != 2) return 0;
    if (!dict_find(dict_of(self), (*pair)[0], found)) return -1;
    if (!found) return 0;
    const Value value = *found;
    return equal(value, (*pair)[1]);
}

// Is every item of a in b? 1, 0, -1
int all_contained(const Value& a, const Value& b) {
    int answer = 1;
    const bool finished = for_each(a, [&](const Value& item) {
        answer = contains(b, item);
        return answer > 0;
    });
    return finished || !has_raised() ? answer : -1;
}

Value view_compare(const Value& self, const Value& other, CompareOp op) {
    if (!is_set_like(self) || !is_set_like(other)) return not_implemented();
    const int64_t mine = view_length(self), theirs = length(other);
    if (theirs < 0) return {};
    int answer = 0;
    switch (op) {
        case CompareOp::Eq:
        case CompareOp::Ne:
            answer = mine == theirs ? all_contained(self, other) : 0;
            break;
        case CompareOp::Lt:
            answer = mine < theirs ? all_contained(self, other) : 0;
            break;
        case CompareOp::Le:
            answer = mine <= theirs ? all_contained(self, other) : 0;
            break;
        case CompareOp::Gt:
            answer = mine > theirs ? all_contained(other, self) : 0;
            break;
        case CompareOp::Ge:
            answer = mine >= theirs ? all_contained(other, self) : 0;
            break;
    }
    if (answer < 0) return {};
    return boolean((answer > 0) != (op == CompareOp::Ne));
}

Ref<Set> set_of(const Value& iterable) {
    Ref<Set> set = make_set();
    if (!set_update(set.get(), iterable)) return {};
    return set;
}

// A set of the items of `from` that are (or are not) in `in`.
Value filtered(const Value& from, const Value& in, bool wanted) {
    Ref<Set> result = make_set();
    const bool done = for_each(from, [&](const Value& item) {
        const int found = contains(in, item);
        return found >= 0 && ((found > 0) != wanted || set_add(result.get(), item));
    });
    return done ? Value(result) : Value();
}

bool takes_part(const Value& a, const Value& b) {
    return is_set_like(is_view(a) ? a : b);
}

Value view_and(const Value& a, const Value& b) {
    if (!takes_part(a, b)) return not_implemented();
    // The view is looked into; the larger of two views is.
    if (!is_view(a)) return filtered(a, b, true);
    if (is_set_like(b)) {
        const int64_t size = length(b);
        if (size < 0) return {};
        if (size > view_length(a)) return filtered(a, b, true);
    }
    return filtered(b, a, true);
}

Value view_or(const Value& a, const Value& b) {
    if (!takes_part(a, b)) return not_implemented();
    const Ref<Set> both = set_of(a);
    return both && set_update(both.get(), b) ? Value(both) : Value();
}

Value view_subtract(const Value& a, const Value& b) {
    if (!takes_part(a, b)) return not_implemented();
    const Ref<Set> rest = set_of(a);
    if (!rest) return {};
    const bool done =
        for_each(b, [&](const Value& item) { return set_remove(rest.get(), item) >= 0; });
    return done ? Value(rest) : Value();
}

Value view_xor(const Value& a, const Value& b) {
    if (!takes_part(a, b)) return not_implemented();
    const Ref<Set> result = set_of(a);
    const Ref<Set> other = result ? set_of(b) : Ref<Set>();
    if (!other) return {};
    const bool done = for_each(other, [&](const Value& item) {
        const int removed = set_remove(result.get(), item);
        return removed > 0 || (removed == 0 && set_add(result.get(), item));
    });
    return done ? Value(result) : Value();
}

Value view_isdisjoint(const Value* arguments) {
    bool apart = true;
    const bool finished = for_each(arguments[1], [&](const Value& item) {
        const int found = contains(arguments[0], item);
        apart = found == 0;
        return apart;
    });
    return finished || !has_raised() ? boolean(apart) : Value();
}

Value view_reversed(const Value* arguments) {
    return make_dict_iterator(cast<DictView>(arguments[0])->dict,
                              cast<DictView>(arguments[0])->part, true);
}

Value view_mapping(const Value* arguments) {
    return make_mapping_proxy(cast<DictView>(arguments[0])->dict);
}

constexpr NativeMethod kSetViewMethods[] = {
    {"isdisjoint", view_isdisjoint, "(self, other, /)"},
    {"__reversed__", view_reversed, "(self, /)"},
    {"mapping", view_mapping, "(self)", MethodKind::Getter},
};
constexpr NativeMethod kValueViewMethods[] = {
    {"__reversed__", view_reversed, "(self, /)"},
    {"mapping", view_mapping, "(self)", MethodKind::Getter},
};

Slots view_slots(DictPart part) {
    Slots slots;
    slots.destroy = destroy_native<DictView>;
    slots.repr = view_repr;
    slots.iter = view_iter;
    slots.length = view_length;
    if (part == DictPart::Values) return slots;
    slots.contains = view_contains;
    slots.compare = view_compare;
    slots.binary[static_cast<size_t>(BinaryOp::And)] = view_and;
    slots.binary[static_cast<size_t>(BinaryOp::Or)] = view_or;
    slots.binary[static_cast<size_t>(BinaryOp::Sub)] = view_subtract;
    slots.binary[static_cast<size_t>(BinaryOp::Xor)] = view_xor;
    return slots;
}

void define_view(DictPart part) {
    const auto at = static_cast<size_t>(part);
    NativeTypeSpec spec{
        .name = kViewNames[at], .instance_size = sizeof(DictView), .flags = kDefaultGetAttribute};
    spec.slots = view_slots(part);
    spec.methods = part == DictPart::Values ? std::span<const NativeMethod>(kValueViewMethods)
                                            : std::span<const NativeMethod>(kSetViewMethods);
    DictView::types[at] = define_type(spec);
}

void define_iterator(const char* name, bool reversed, DictPart part) {
    NativeTypeSpec spec{
        .name = name, .instance_size = sizeof(DictIterator), .flags = kDefaultGetAttribute};
    spec.slots.destroy = destroy_native<DictIterator>;
    spec.slots.iter = iterator_self;
    spec.slots.next = iterator_next;
    spec.methods = kIteratorMethods;
    DictIterator::types[reversed][static_cast<size_t>(part)] = define_type(spec);
}

}  // namespace

Value make_dict_view(const Value& dict, DictPart part) {
    return make_as<DictView>(DictView::types[static_cast<size_t>(part)],
                             Ref<Dict>::share(cast<Dict>(dict)), part);
}

Value make_dict_iterator(const Value& dict, DictPart part, bool reversed) {
    return make_as<DictIterator>(DictIterator::types[reversed][static_cast<size_t>(part)],
                                 Ref<Dict>::share(cast<Dict>(dict)), part, reversed);
}

void initialise_dict_view_types() {
    for (DictPart part : {DictPart::Keys, DictPart::Values, DictPart::Items}) define_view(part);
    define_iterator("dict_keyiterator", false, DictPart::Keys);
    define_iterator("dict_valueiterator", false, DictPart::Values);
    define_iterator("dict_itemiterator", false, DictPart::Items);
    define_iterator("dict_reversekeyiterator", true, DictPart::Keys);
    define_iterator("dict_reversevalueiterator", true, DictPart::Values);
    define_iterator("dict_reverseitemiterator", true, DictPart::Items);
}

}  // namespace loopglass::value
