// tuple: making them in C++, and the type.
#include <bit>
#include <new>

#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/dict.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/iterators.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* Tuple::type = nullptr;

namespace {

size_t bytes_of(size_t size) {
    return sizeof(Tuple) + size * sizeof(Value);
}

// A tuple with empty slots, also of a subclass and also of no items.
Tuple* new_tuple(Type* type, size_t size) {
    void* memory = type == Tuple::type ? base::pool_allocate(bytes_of(size))
                                       : allocate_variable(type, bytes_of(size));
    auto* tuple = new (memory) Tuple(type, static_cast<uint32_t>(size));
    for (size_t i = 0; i < size; ++i) new (tuple->items() + i) Value();
    return tuple;
}

void destroy_tuple(Object* object) {
    auto* tuple = static_cast<Tuple*>(object);
    const size_t bytes = bytes_of(tuple->size);
    for (size_t i = tuple->size; i-- > 0;) tuple->items()[i].~Value();
    if (object->type == Tuple::type)
        base::pool_free(tuple, bytes);
    else
        free_variable(tuple, bytes);
}

std::span<const Value> items_of(const Value& value) {
    const auto* tuple = cast<Tuple>(value);
    return {tuple->items(), tuple->size};
}

Value tuple_construct(Type* type, const Args& args) {
    if (type == Tuple::type && !check_no_keywords(args, "tuple")) return {};
    if (!check_arity(args, "tuple", 0, 1)) return {};
    Ref<Tuple> plain = args.count ? tuple_from(args.items[0]) : make_tuple(size_t{0});
    if (!plain || type == Tuple::type) return plain;
    Tuple* tuple = new_tuple(type, plain->size);
    for (size_t i = 0; i < plain->size; ++i) tuple->items()[i] = (*plain)[i];
    return Value::take(tuple);
}

Value tuple_repr(const Value& self) {
    const std::span<const Value> items = items_of(self);
    if (items.empty()) return make_str("()");
    const ReprGuard guard(self.object());
    if (guard.again()) return make_str("(...)");
    StrBuilder out;
    out.add('(');
    for (size_t i = 0; i < items.size(); ++i) {
        if (i) out.add(", ");
        if (!out.add_repr(items[i])) return {};
    }
    out.add(items.size() == 1 ? ",)" : ")");
    return out.finish();
}

// CPython's tuplehash (Objects/tupleobject.c): xxHash over the items' hashes.
bool tuple_hash(const Value& self, int64_t& out) {
    constexpr uint64_t kPrime1 = 11400714785074694791u, kPrime2 = 14029467366897019727u,
                       kPrime5 = 2870177450012600261u;
    NativeDepth depth;
    if (!depth.enter("")) return false;
    const std::span<const Value> items = items_of(self);
    uint64_t sum = kPrime5;
    for (const Value& item : items) {
        int64_t lane;
        if (!key_hash(item, lane)) return false;
        sum += static_cast<uint64_t>(lane) * kPrime2;
        sum = std::rotl(sum, 31) * kPrime1;
    }
    sum += items.size() ^ (kPrime5 ^ 3527539u);
    out = sum == ~uint64_t{0} ? 1546275796 : static_cast<int64_t>(sum);
    return true;
}

Value tuple_compare(const Value& a, const Value& b, CompareOp op) {
    if (!is<Tuple>(a) || !is<Tuple>(b)) return not_implemented();
    const std::span<const Value> left = items_of(a), right = items_of(b);
    return compare_items(left.data(), left.size(), right.data(), right.size(), op);
}

Value tuple_add(const Value& a, const Value& b) {
    if (!is<Tuple>(a)) return not_implemented();
    if (!is<Tuple>(b)) {
        Value answer = ask_right_operand(BinaryOp::Add, a, b);
        if (!answer || !answer.is(g_not_implemented)) return answer;
        return raise(errors::TypeError,
                     cat("can only concatenate tuple (not \"", type_name(b), "\") to tuple"));
    }
    const std::span<const Value> left = items_of(a), right = items_of(b);
    if (left.empty() && is_exact<Tuple>(b)) return b;
    if (right.empty() && is_exact<Tuple>(a)) return a;
    Ref<Tuple> sum = make_tuple(left.size() + right.size());
    size_t at = 0;
    for (const Value& item : left) sum->items()[at++] = item;
    for (const Value& item : right) sum->items()[at++] = item;
    return sum;
}

Value tuple_multiply(const Value& a, const Value& b) {
    const bool left = is<Tuple>(a);
    const Value& self = left ? a : b;
    const Value& factor = left ? b : a;
    if (left && !is_int(factor)) {
        Value answer = ask_right_operand(BinaryOp::Mul, a, b);
        if (!answer || !answer.is(g_not_implemented)) return answer;
    }
    int64_t times;
    if (!to_repetitions(factor, times)) return {};
    const std::span<const Value> items = items_of(self);
    if (is_exact<Tuple>(self) && (times == 1 || items.empty())) return self;
    if (times > 0 && items.size() > (size_t{1} << 31) / static_cast<size_t>(times))
        return raise(errors::MemoryError, "");
    Ref<Tuple> product = make_tuple(items.size() * static_cast<size_t>(times));
    for (size_t i = 0; i < product->size; ++i) product->items()[i] = items[i % items.size()];
    return product;
}

Value tuple_get_item(const Value& self, const Value& key) {
    const std::span<const Value> items = items_of(self);
    const auto size = static_cast<int64_t>(items.size());
    if (has_index(key)) {
        int64_t at;
        if (!to_position(key, at)) return {};
        if (at < 0) at += size;
        if (at < 0 || at >= size) return raise(errors::IndexError, "tuple index out of range");
        return items[static_cast<size_t>(at)];
    }
    if (!is<Slice>(key)) return raise_bad_index("tuple", key);
    int64_t start, step, count;
    if (!slice_indices(cast<Slice>(key), size, start, step, count)) return {};
    if (count == size && step == 1 && is_exact<Tuple>(self)) return self;
    Ref<Tuple> part = make_tuple(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i)
        part->items()[i] = items[static_cast<size_t>(start + i * step)];
    return part;
}

int64_t tuple_length(const Value& self) {
    return cast<Tuple>(self)->size;
}

int tuple_contains(const Value& self, const Value& item) {
    for (const Value& candidate : items_of(self)) {
        const int same = equal(candidate, item);
        if (same) return same;
    }
    return 0;
}

Value tuple_count(const Value* arguments) {
    int64_t found = 0;
    for (const Value& item : items_of(arguments[0])) {
        const int same = equal(item, arguments[1]);
        if (same < 0) return {};
        found += same;
    }
    return Value::small(found);
}

Value tuple_index(const Value* arguments) {
    const std::span<const Value> items = items_of(arguments[0]);
    int64_t first, last;
    if (!to_search_range(arguments[2], arguments[3], static_cast<int64_t>(items.size()), first,
                         last))
        return {};
    for (int64_t i = first; i < last; ++i) {
        const int same = equal(items[static_cast<size_t>(i)], arguments[1]);
        if (same < 0) return {};
        if (same) return Value::small(i);
    }
    return raise(errors::ValueError, "tuple.index(x): x not in tuple");
}

Value tuple_getnewargs(const Value* arguments) {
    Ref<Tuple> plain = make_tuple(items_of(arguments[0]));
    return make_tuple({plain});
}

constexpr NativeMethod kTupleMethods[] = {
    {"count", tuple_count, "(self, value, /)"},
    {"index", tuple_index, "(self, value, start=0, stop=9223372036854775807, /)"},
    {"__getnewargs__", tuple_getnewargs, "(self, /)"},
    {"__class_getitem__", native_class_getitem, "(cls, object, /)", MethodKind::Class},
};

Slots tuple_slots() {
    Slots slots;
    slots.destroy = destroy_tuple;
    slots.construct = tuple_construct;
    slots.repr = tuple_repr;
    slots.hash = tuple_hash;
    slots.compare = tuple_compare;
    slots.iter = make_tuple_iterator;
    slots.binary[static_cast<size_t>(BinaryOp::Add)] = tuple_add;
    slots.binary[static_cast<size_t>(BinaryOp::Mul)] = tuple_multiply;
    slots.length = tuple_length;
    slots.get_item = tuple_get_item;
    slots.contains = tuple_contains;
    return slots;
}

}  // namespace

void initialise_tuple_type() {
    Tuple::type = define_type({
        .name = "tuple",
        .instance_size = sizeof(Tuple),
        .flags = kBaseType | kTupleSubclass | kSequencePattern | kSelfPattern | kVariableSize |
                 kDefaultGetAttribute,
        .slots = tuple_slots(),
        .methods = kTupleMethods,
        .doc = "Built-in immutable sequence.",
    });
}

Ref<Tuple> make_tuple(size_t size) {
    if (size == 0) {
        static Tuple* empty = [] {
            Tuple* tuple = new_tuple(Tuple::type, 0);
            tuple->refs = kImmortalRefs;
            return tuple;
        }();
        return Ref<Tuple>::share(empty);
    }
    return Ref<Tuple>::take(new_tuple(Tuple::type, size));
}

Ref<Tuple> make_tuple(std::initializer_list<Value> items) {
    return make_tuple(std::span<const Value>(items.begin(), items.size()));
}

Ref<Tuple> make_tuple(std::span<const Value> items) {
    Ref<Tuple> tuple = make_tuple(items.size());
    for (size_t i = 0; i < items.size(); ++i) tuple->items()[i] = items[i];
    return tuple;
}

Ref<Tuple> tuple_from(const Value& iterable) {
    if (is_exact<Tuple>(iterable)) return Ref<Tuple>::share(cast<Tuple>(iterable));
    if (is_exact<List>(iterable))
        return make_tuple(std::span<const Value>(cast<List>(iterable)->items));
    std::vector<Value> items;
    const bool read = for_each_sized(
        iterable, [&](Value& item) { return items.push_back(std::move(item)), true; });
    if (!read) return {};
    Ref<Tuple> tuple = make_tuple(items.size());
    for (size_t i = 0; i < items.size(); ++i) tuple->items()[i] = std::move(items[i]);
    return tuple;
}

}  // namespace loopglass::value
