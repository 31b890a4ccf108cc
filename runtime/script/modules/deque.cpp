// deque: the ring, and what all operations stand on. CPython: Modules/_collectionsmodule.c.
#include "runtime/script/modules/deque.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/generic_alias.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

Type* Deque::type = nullptr;

void Deque::grow() {
    std::vector<Value> larger(ring.empty() ? 8 : ring.size() * 2);
    for (size_t i = 0; i < count; ++i) larger[i] = std::move(at(i));
    ring.swap(larger);
    first = 0;
}
Value Deque::push_back(Value item) {
    if (count == ring.size()) grow();
    at(count++) = std::move(item);
    ++changes;
    return limit >= 0 && count > static_cast<size_t>(limit) ? pop_front() : Value();
}
Value Deque::push_front(Value item) {
    if (count == ring.size()) grow();
    first = (first - 1) & (ring.size() - 1);
    ring[first] = std::move(item);
    ++count;
    ++changes;
    return limit >= 0 && count > static_cast<size_t>(limit) ? pop_back() : Value();
}
Value Deque::pop_back() {
    ++changes;
    return std::exchange(at(--count), Value());
}
Value Deque::pop_front() {
    ++changes;
    Value item = std::exchange(at(0), Value());
    first = (first + 1) & (ring.size() - 1);
    --count;
    return item;
}
void Deque::remove(size_t i) {
    const Value gone = std::move(at(i));
    for (; i + 1 < count; ++i) at(i) = std::move(at(i + 1));
    --count;
    ++changes;
}
void Deque::insert(size_t i, Value item) {
    if (count == ring.size()) grow();
    for (size_t k = count++; k > i; --k) at(k) = std::move(at(k - 1));
    at(i) = std::move(item);
    ++changes;
}
void Deque::rotate(int64_t steps) {
    if (count < 2) return;
    const auto size = static_cast<int64_t>(count);
    steps = (steps % size + size) % size;
    for (; steps > 0; --steps) {
        Value item = pop_back();
        first = (first - 1) & (ring.size() - 1);
        ring[first] = std::move(item);
        ++count;
    }
}

namespace {

Deque* self_of(const Value& self) {
    return cast<Deque>(self);
}

// ---- construction -----------------------------------------------------------------------------

bool extend(Deque* deque, const Value& iterable) {
    if (is<Deque>(iterable) && cast<Deque>(iterable) == deque) {
        const Ref<List> copy = list_from(iterable);
        return copy && extend(deque, copy);
    }
    return for_each(iterable, [deque](const Value& item) {
        const Value gone = deque->push_back(item);
        return true;
    });
}

Value deque_construct(Type* type, const Args&) {
    return make_as<Deque>(type);
}
bool deque_init(const Value& self, const Args& args) {
    static const Signature* signature = parse_signature("(iterable=(), maxlen=None)");
    Value bound[2];
    if (!bind_arguments(*signature, "deque", ErrorStyle::C, args, bound)) return false;
    int64_t limit = -1;
    if (bound[1] && !is_none(bound[1])) {
        if (!is_int(bound[1])) return raise(errors::TypeError, "an integer is required"), false;
        if (!to_index(bound[1], limit)) return false;
        if (limit < 0) return raise(errors::ValueError, "maxlen must be non-negative"), false;
    }
    Deque* deque = self_of(self);
    while (deque->count) const Value gone = deque->pop_back();
    deque->limit = limit;
    return !bound[0] || extend(deque, bound[0]);
}

// A deque of the same class and limit.
Value same_kind(const Value& self) {
    const Deque* deque = self_of(self);
    if (is_exact<Deque>(self)) {
        Ref<Deque> made = make<Deque>();
        made->limit = deque->limit;
        return made;
    }
    const Value limit = deque->limit < 0 ? none() : make_int(deque->limit);
    return call(Value::share(self.object()->type), make_tuple(size_t{0}), limit);
}
Value copy_of(const Value& self) {
    Value made = same_kind(self);
    if (!made || !is<Deque>(made)) return made;
    return extend(self_of(made), self) ? made : Value();
}

// ---- slots ------------------------------------------------------------------------------------

Value deque_repr(const Value& self) {
    const ReprGuard guard(self.object());
    if (guard.again()) return make_str("[...]");
    const Ref<List> items = list_from(self);
    if (!items) return {};
    StrBuilder out;
    out.add(cat(self.object()->type->name->view(), "("));
    if (!out.add_repr(items)) return {};
    if (self_of(self)->limit >= 0) out.add(cat(", maxlen=", self_of(self)->limit));
    out.add(')');
    return out.finish();
}

Value deque_compare(const Value& a, const Value& b, CompareOp op) {
    if (!is<Deque>(a) || !is<Deque>(b)) return not_implemented();
    const Ref<List> x = list_from(a);
    const Ref<List> y = list_from(b);
    if (!x || !y) return {};
    return compare(op, x, y);
}
int64_t deque_length(const Value& self) {
    return static_cast<int64_t>(self_of(self)->count);
}

// The place an index means; false: pending.
bool place(const Value& self, const Value& key, size_t& out) {
    if (!has_index(key))
        return raise(errors::TypeError,
                     cat("sequence index must be integer, not '", type_name(key), "'")),
               false;
    int64_t index;
    if (!to_index(key, index)) return false;
    const int64_t size = deque_length(self);
    if (index < 0) index += size;
    if (index < 0 || index >= size)
        return raise(errors::IndexError, "deque index out of range"), false;
    out = static_cast<size_t>(index);
    return true;
}
Value deque_get_item(const Value& self, const Value& key) {
    size_t i;
    return place(self, key, i) ? self_of(self)->at(i) : Value();
}
bool deque_set_item(const Value& self, const Value& key, const Value& value) {
    size_t i;
    if (!place(self, key, i)) return false;
    if (!value) return self_of(self)->remove(i), true;
    const Value old = std::exchange(self_of(self)->at(i), value);
    return true;
}

Value mutated() {
    return raise(errors::RuntimeError, "deque mutated during iteration");
}
int deque_contains(const Value& self, const Value& item) {
    Deque* deque = self_of(self);
    const uint64_t changes = deque->changes;
    for (size_t i = 0; i < deque->count; ++i) {
        const Value candidate = deque->at(i);
        const int same = equal(candidate, item);
        if (same) return same;
        if (deque->changes != changes) return mutated(), -1;
    }
    return 0;
}

Value deque_add(const Value& a, const Value& b) {
    if (!is<Deque>(a)) return not_implemented();
    if (!is<Deque>(b)) {
        Value answer = ask_right_operand(BinaryOp::Add, a, b);
        if (!answer || !answer.is(g_not_implemented)) return answer;
        return raise(errors::TypeError,
                     cat("can only concatenate deque (not \"", type_name(b), "\") to deque"));
    }
    Value made = copy_of(a);
    if (!made || !is<Deque>(made)) return made;
    return extend(self_of(made), b) ? made : Value();
}
Value deque_inplace_add(const Value& self, const Value& other) {
    return extend(self_of(self), other) ? self : Value();
}

bool repeat(Deque* deque, int64_t times) {
    const size_t size = deque->count;
    if (times <= 0) {
        while (deque->count) const Value gone = deque->pop_back();
        return true;
    }
    if (size && times > static_cast<int64_t>(INT32_MAX / size))
        return raise(errors::MemoryError, ""), false;
    std::vector<Value> items;
    for (size_t i = 0; i < size; ++i) items.push_back(deque->at(i));
    for (; times > 1; --times)
        for (const Value& item : items) const Value gone = deque->push_back(item);
    return true;
}
Value deque_multiply(const Value& a, const Value& b) {
    const bool left = is<Deque>(a);
    const Value& factor = left ? b : a;
    if (!has_index(factor)) return not_implemented();
    int64_t times;
    if (!to_repetitions(factor, times)) return {};
    Value made = copy_of(left ? a : b);
    if (!made || !is<Deque>(made)) return made;
    return repeat(self_of(made), times) ? made : Value();
}
Value deque_inplace_multiply(const Value& self, const Value& factor) {
    if (!has_index(factor)) return not_implemented();
    int64_t times;
    return to_repetitions(factor, times) && repeat(self_of(self), times) ? self : Value();
}

// ---- iteration --------------------------------------------------------------------------------

struct DequeIterator : Object {
    static Type* type;
    static Type* reverse_type;
    Value deque;  // empty: exhausted
    size_t index = 0;
    uint64_t changes;
    DequeIterator(Type* its_type, Value its_deque)
        : Object(its_type), deque(std::move(its_deque)), changes(self_of(deque)->changes) {}
};
Type* DequeIterator::type = nullptr;
Type* DequeIterator::reverse_type = nullptr;

Value deque_iter(const Value& self) {
    return make<DequeIterator>(self);
}
Value deque_reversed(const Value* a) {
    return make_as<DequeIterator>(DequeIterator::reverse_type, a[0]);
}
Value iterator_itself(const Value& self) {
    return self;
}
Value iterator_next(const Value& self) {
    auto* iterator = cast<DequeIterator>(self);
    if (!iterator->deque) return {};
    Deque* deque = self_of(iterator->deque);
    if (deque->changes != iterator->changes) {
        iterator->deque = Value();
        return mutated();
    }
    if (iterator->index >= deque->count) {
        iterator->deque = Value();
        return {};
    }
    const size_t i = iterator->index++;
    return deque->at(self.object()->type == DequeIterator::type ? i : deque->count - 1 - i);
}
Value iterator_length_hint(const Value* a) {
    const auto* iterator = cast<DequeIterator>(a[0]);
    return make_int(iterator->deque
                        ? static_cast<int64_t>(self_of(iterator->deque)->count - iterator->index)
                        : 0);
}
constexpr NativeMethod kIteratorMethods[] = {{"__length_hint__", iterator_length_hint}};

Type* define_iterator(const char* name) {
    return define_type({.name = name,
                        .instance_size = sizeof(DequeIterator),
                        .flags = kDottedName,
                        .slots = {.destroy = destroy_native<DequeIterator>,
                                  .iter = iterator_itself,
                                  .next = iterator_next},
                        .methods = kIteratorMethods});
}

// ---- methods ----------------------------------------------------------------------------------

Value deque_append(const Value* a) {
    const Value gone = self_of(a[0])->push_back(a[1]);
    return none();
}
Value deque_appendleft(const Value* a) {
    const Value gone = self_of(a[0])->push_front(a[1]);
    return none();
}
Value empty_pop() {
    return raise(errors::IndexError, "pop from an empty deque");
}
Value deque_pop(const Value* a) {
    return self_of(a[0])->count ? self_of(a[0])->pop_back() : empty_pop();
}
Value deque_popleft(const Value* a) {
    return self_of(a[0])->count ? self_of(a[0])->pop_front() : empty_pop();
}
Value deque_extend(const Value* a) {
    return extend(self_of(a[0]), a[1]) ? none() : Value();
}
Value deque_extendleft(const Value* a) {
    Value source = a[1];
    if (source.is(a[0].object())) source = list_from(source);
    if (!source) return {};
    const bool done = for_each(source, [&](const Value& item) {
        const Value gone = self_of(a[0])->push_front(item);
        return true;
    });
    return done ? none() : Value();
}
Value deque_clear(const Value* a) {
    Deque* deque = self_of(a[0]);
    std::vector<Value> dying;
    dying.swap(deque->ring);
    deque->first = deque->count = 0;
    ++deque->changes;
    return none();
}
Value deque_rotate(const Value* a) {
    int64_t steps = 1;
    if (a[1] && !to_index(a[1], steps)) return {};
    self_of(a[0])->rotate(steps);
    return none();
}
Value deque_reverse(const Value* a) {
    Deque* deque = self_of(a[0]);
    for (size_t i = 0; i < deque->count / 2; ++i)
        deque->at(i).swap(deque->at(deque->count - 1 - i));
    ++deque->changes;
    return none();
}
Value deque_copy(const Value* a) {
    return copy_of(a[0]);
}
Value deque_maxlen(const Value* a) {
    return self_of(a[0])->limit < 0 ? none() : make_int(self_of(a[0])->limit);
}

Value deque_count(const Value* a) {
    Deque* deque = self_of(a[0]);
    const uint64_t changes = deque->changes;
    int64_t count = 0;
    for (size_t i = 0; i < deque->count; ++i) {
        const Value candidate = deque->at(i);
        const int same = equal(candidate, a[1]);
        if (same < 0) return {};
        if (deque->changes != changes) return mutated();
        count += same;
    }
    return make_int(count);
}
// The position of an equal item in [from, to); -1: none, -2: pending.
int64_t find(Deque* deque, const Value& item, size_t from, size_t to) {
    const uint64_t changes = deque->changes;
    for (size_t i = from; i < to && i < deque->count; ++i) {
        const Value candidate = deque->at(i);
        const int same = equal(candidate, item);
        if (same < 0) return -2;
        if (deque->changes != changes) return mutated(), -2;
        if (same) return static_cast<int64_t>(i);
    }
    return -1;
}
bool bound(const Value& value, int64_t size, int64_t& out) {
    if (!value || is_none(value)) return true;
    if (!to_index_clamped(value, out)) return false;
    if (out < 0) out = std::max<int64_t>(out + size, 0);
    out = std::min(out, size);
    return true;
}
Value deque_index(const Value* a) {
    const int64_t size = deque_length(a[0]);
    int64_t from = 0, to = size;
    if (!bound(a[2], size, from) || !bound(a[3], size, to)) return {};
    const int64_t found =
        find(self_of(a[0]), a[1], static_cast<size_t>(from), static_cast<size_t>(to));
    if (found >= 0) return make_int(found);
    if (found == -2) return {};
    const Ref<Str> shown = repr(a[1]);
    if (!shown) return {};
    return raise(errors::ValueError, cat(shown->view(), " is not in deque"));
}
Value deque_remove(const Value* a) {
    Deque* deque = self_of(a[0]);
    const uint64_t changes = deque->changes;
    const int64_t found = find(deque, a[1], 0, deque->count);
    if (found == -2) return {};
    if (deque->changes != changes)
        return raise(errors::IndexError, "deque mutated during remove().");
    if (found < 0) {
        const Ref<Str> shown = repr(a[1]);
        if (!shown) return {};
        return raise(errors::ValueError, cat(shown->view(), " is not in deque"));
    }
    deque->remove(static_cast<size_t>(found));
    return none();
}
Value deque_insert(const Value* a) {
    Deque* deque = self_of(a[0]);
    int64_t index;
    if (!to_index(a[1], index)) return {};
    if (deque->limit >= 0 && deque->count >= static_cast<size_t>(deque->limit))
        return raise(errors::IndexError, "deque already at its maximum size");
    const int64_t size = deque_length(a[0]);
    if (index < 0) index = std::max<int64_t>(index + size, 0);
    deque->insert(static_cast<size_t>(std::min(index, size)), a[2]);
    return none();
}
Value deque_class_item(const Value* a) {
    return make_generic_alias(a[0], a[1]);
}
Value deque_reduce(const Value* a) {
    const Ref<List> items = list_from(a[0]);
    const Value limit = deque_maxlen(a);
    return make_tuple({Value::share(a[0].object()->type), make_tuple({items, limit})});
}

constexpr NativeMethod kMethods[] = {
    {"append", deque_append, "(self, item, /)"},
    {"appendleft", deque_appendleft, "(self, item, /)"},
    {"pop", deque_pop},
    {"popleft", deque_popleft},
    {"extend", deque_extend, "(self, iterable, /)"},
    {"extendleft", deque_extendleft, "(self, iterable, /)"},
    {"clear", deque_clear},
    {"rotate", deque_rotate, "(self, n=1, /)"},
    {"reverse", deque_reverse},
    {"copy", deque_copy},
    {"__copy__", deque_copy},
    {"count", deque_count, "(self, value, /)"},
    {"index", deque_index, "(self, value, start=None, stop=None, /)"},
    {"remove", deque_remove, "(self, value, /)"},
    {"insert", deque_insert, "(self, index, value, /)"},
    {"__reversed__", deque_reversed},
    {"__reduce__", deque_reduce},
    {"__class_getitem__", deque_class_item, "(cls, item, /)", MethodKind::Class},
    {"maxlen", deque_maxlen, "(self)", MethodKind::Getter},
};

}  // namespace

Type* define_deque() {
    if (Deque::type) return Deque::type;
    Slots slots{.destroy = destroy_native<Deque>,
                .repr = deque_repr,
                .compare = deque_compare,
                .iter = deque_iter,
                .length = deque_length,
                .get_item = deque_get_item,
                .set_item = deque_set_item,
                .contains = deque_contains,
                .construct = deque_construct,
                .init = deque_init};
    slots.binary[static_cast<size_t>(BinaryOp::Add)] = deque_add;
    slots.binary[static_cast<size_t>(BinaryOp::Mul)] = deque_multiply;
    slots.inplace[static_cast<size_t>(BinaryOp::Add)] = deque_inplace_add;
    slots.inplace[static_cast<size_t>(BinaryOp::Mul)] = deque_inplace_multiply;
    Deque::type = define_type({.name = "collections.deque",
                               .instance_size = sizeof(Deque),
                               .flags = kBaseType | kSequencePattern | kDottedName,
                               .slots = slots,
                               .methods = kMethods});
    DequeIterator::type = define_iterator("collections._deque_iterator");
    DequeIterator::reverse_type = define_iterator("collections._deque_reverse_iterator");
    return Deque::type;
}

Value make_module__collections() {
    Value module = make_native_module("_collections", {});
    module_set(module, "deque", Value::share(define_deque()));
    module_set(module, "defaultdict", Value::share(define_defaultdict()));
    module_set(module, "OrderedDict", Value::share(define_ordered_dict()));
    return module;
}

}  // namespace loopglass::script
