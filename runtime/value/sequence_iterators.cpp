// Iterators over tuples and lists, and reversed() of what is read by position.
#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/iterators.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

Type* ListIterator::type = nullptr;
Type* TupleIterator::type = nullptr;

namespace {

// ---- list
Value list_iterator_next(const Value& self) {
    auto* iterator = cast<ListIterator>(self);
    List* list = iterator->list.get();
    if (!list) return {};
    if (iterator->at < list->items.size()) return list->items[iterator->at++];
    iterator->list = {};
    return {};
}
Value list_iterator_hint(const Value* arguments) {
    const auto* iterator = cast<ListIterator>(arguments[0]);
    const size_t size = iterator->list ? iterator->list->items.size() : 0;
    return make_int(size > iterator->at ? static_cast<int64_t>(size - iterator->at) : 0);
}

// ---- list, from the end
struct ListReverseIterator : Object {
    static Type* type;
    Ref<List> list;  // null when exhausted
    size_t left;
    ListReverseIterator(Type* its_type, Ref<List> its_list)
        : Object(its_type), list(std::move(its_list)), left(list->items.size()) {}
};
Type* ListReverseIterator::type = nullptr;

Value list_reverse_next(const Value& self) {
    auto* iterator = cast<ListReverseIterator>(self);
    List* list = iterator->list.get();
    if (list && iterator->left > 0 && iterator->left <= list->items.size())
        return list->items[--iterator->left];
    iterator->list = {};
    return {};
}
Value list_reverse_hint(const Value* arguments) {
    const auto* iterator = cast<ListReverseIterator>(arguments[0]);
    const bool live = iterator->list && iterator->left <= iterator->list->items.size();
    return make_int(live ? static_cast<int64_t>(iterator->left) : 0);
}

// ---- tuple
Value tuple_iterator_next(const Value& self) {
    auto* iterator = cast<TupleIterator>(self);
    Tuple* tuple = iterator->tuple.get();
    if (!tuple) return {};
    if (iterator->at < tuple->size) return (*tuple)[iterator->at++];
    iterator->tuple = {};
    return {};
}
Value tuple_iterator_hint(const Value* arguments) {
    const auto* iterator = cast<TupleIterator>(arguments[0]);
    return make_int(iterator->tuple ? static_cast<int64_t>(iterator->tuple->size - iterator->at)
                                    : 0);
}

// ---- anything with __getitem__, from the end
// IndexError and StopIteration end the walk.
bool ends_walk() {
    return clear_raised_if(errors::IndexError) || clear_raised_if(errors::StopIteration);
}

struct SequenceReverseIterator : Object {
    static Type* type;
    Value sequence;  // empty when exhausted
    int64_t left;
    SequenceReverseIterator(Type* its_type, Value its_sequence, int64_t count)
        : Object(its_type), sequence(std::move(its_sequence)), left(count) {}
};
Type* SequenceReverseIterator::type = nullptr;

Value sequence_reverse_next(const Value& self) {
    auto* iterator = cast<SequenceReverseIterator>(self);
    if (!iterator->sequence) return {};
    if (iterator->left > 0) {
        const Value sequence = iterator->sequence;
        Value item = get_item(sequence, make_int(--iterator->left));
        if (item || !ends_walk()) return item;
    }
    iterator->sequence = {};
    iterator->left = 0;
    return {};
}
Value sequence_reverse_hint(const Value* arguments) {
    return make_int(cast<SequenceReverseIterator>(arguments[0])->left);
}

// reversed(sequence): a class of its own, whose construction may answer anything __reversed__ does.
Value reversed_construct(Type* type, const Args& args) {
    if (type == SequenceReverseIterator::type && !check_no_keywords(args, "reversed")) return {};
    if (!check_arity(args, "reversed", 1, 1)) return {};
    const Value& sequence = args.items[0];
    static const Name dunder("__reversed__");
    const Value method = find_special(sequence, dunder);
    if (!method && has_raised()) return {};
    if (method && !is_none(method)) return call(method);
    const Slots& slots = sequence.type()->slots;
    const bool mapping = sequence.is_object() && sequence.type()->has(kDictSubclass);
    if (method || mapping || !slots.get_item || !slots.length)
        return raise(errors::TypeError,
                     base::cat("'", type_name(sequence), "' object is not reversible"));
    const int64_t size = length(sequence);
    return size < 0 ? Value() : make_as<SequenceReverseIterator>(type, sequence, size);
}

template <typename T>
Type* define_iterator(const char* name, Value (*next)(const Value&), NativeFunctionPointer hint,
                      Value (*construct)(Type*, const Args&) = nullptr) {
    // One table per iterator, which lives as long as the process.
    auto* method = new NativeMethod{"__length_hint__", hint, "(self, /)"};
    NativeTypeSpec spec{.name = name, .instance_size = sizeof(T), .flags = kDefaultGetAttribute};
    if (construct) spec.flags |= kBaseType;
    spec.slots.construct = construct;
    spec.slots.destroy = destroy_native<T>;
    spec.slots.iter = iterator_self;
    spec.slots.next = next;
    spec.methods = {method, 1};
    return define_type(spec);
}

}  // namespace

Value make_tuple_iterator(const Value& tuple) {
    return make<TupleIterator>(Ref<Tuple>::share(cast<Tuple>(tuple)));
}
Value make_list_iterator(const Value& list) {
    return make<ListIterator>(Ref<List>::share(cast<List>(list)));
}
Value make_list_reverse_iterator(const Value& list) {
    return make<ListReverseIterator>(Ref<List>::share(cast<List>(list)));
}
Value make_sequence_reverse_iterator(const Value& sequence, int64_t count) {
    return make<SequenceReverseIterator>(sequence, count);
}

void initialise_sequence_iterator_types() {
    ListIterator::type =
        define_iterator<ListIterator>("list_iterator", list_iterator_next, list_iterator_hint);
    ListReverseIterator::type = define_iterator<ListReverseIterator>(
        "list_reverseiterator", list_reverse_next, list_reverse_hint);
    TupleIterator::type =
        define_iterator<TupleIterator>("tuple_iterator", tuple_iterator_next, tuple_iterator_hint);
    SequenceReverseIterator::type = define_iterator<SequenceReverseIterator>(
        "reversed", sequence_reverse_next, sequence_reverse_hint, reversed_construct);
}

}  // namespace loopglass::value
