// Iterators over sequences, for the iter slots of their types.
#pragma once

#include "runtime/value/objects.hpp"

namespace loopglass::value {

[[nodiscard]] Value make_tuple_iterator(const Value& tuple);
[[nodiscard]] Value make_list_iterator(const Value& list);
[[nodiscard]] Value make_list_reverse_iterator(const Value& list);
// reversed() of an object that only has __getitem__ and __len__.
[[nodiscard]] Value make_sequence_reverse_iterator(const Value& sequence, int64_t length);
[[nodiscard]] Value make_range_iterator(const Value& range);
// iter(callable, sentinel)
[[nodiscard]] Value make_callable_iterator(const Value& callable, const Value& sentinel);

// The range iterator, bare for the evaluator's for loop.
struct RangeIterator : Object {
    static Type* type;
    int64_t at, stride, left;
    RangeIterator(Type* its_type, int64_t first, int64_t its_stride, int64_t count)
        : Object(its_type), at(first), stride(its_stride), left(count) {}
};
struct ListIterator : Object {
    static Type* type;
    Ref<List> list;  // null when exhausted
    size_t at = 0;
    ListIterator(Type* its_type, Ref<List> its_list)
        : Object(its_type), list(std::move(its_list)) {}
};
struct TupleIterator : Object {
    static Type* type;
    Ref<Tuple> tuple;  // null when exhausted
    size_t at = 0;
    TupleIterator(Type* its_type, Ref<Tuple> its_tuple)
        : Object(its_type), tuple(std::move(its_tuple)) {}
};

}  // namespace loopglass::value
