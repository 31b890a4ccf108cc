// What the container types share: guards against endless recursion, positions given by scripts,
// operators that leave a chance to the right operand.
#pragma once

#include <string_view>
#include <vector>

#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/thread.hpp"

namespace loopglass::value {

// Counts a nested native operation against the recursion limit for as long as it lives.
class NativeDepth {
public:
    ~NativeDepth() { g_thread.depth -= entered_; }
    // False with a RecursionError pending: "maximum recursion depth exceeded" + where.
    [[nodiscard]] bool enter(std::string_view where);

private:
    uint32_t entered_ = 0;
};

// Marks a container as being shown, so that one that holds itself shows as "[...]".
class ReprGuard {
public:
    explicit ReprGuard(const Object* object);
    ~ReprGuard();
    ReprGuard(const ReprGuard&) = delete;
    ReprGuard& operator=(const ReprGuard&) = delete;
    [[nodiscard]] bool again() const { return again_; }  // it is being shown already

private:
    bool again_;
};

// A position as an index expression gives it; IndexError where it does not fit.
[[nodiscard]] bool to_position(const Value& value, int64_t& out);
[[nodiscard]] inline bool has_index(const Value& value) {
    return is_int(value) || value.type()->slots.index;
}
// "list indices must be integers or slices, not str"
Value raise_bad_index(const char* sequence, const Value& key);

// What the right operand makes of `sequence op other` before the sequence raises: CPython asks the
// number slots of both operands before a sequence's concatenation or repetition. NotImplemented if
// it has nothing to say.
[[nodiscard]] Value ask_right_operand(BinaryOp op, const Value& a, const Value& b);
// The factor of a repetition, negative ones as 0; TypeError for what is not an int.
[[nodiscard]] bool to_repetitions(const Value& factor, int64_t& out);
// Which operand of `a * b` is the sequence and which the factor.
struct Repetition {
    const Value* sequence;
    const Value* factor;
};

// Orders two runs of values as tuples and lists do. May answer an empty value (pending).
[[nodiscard]] Value compare_items(const Value* a, size_t a_count, const Value* b, size_t b_count,
                                  CompareOp op);
// Turns a three-way result into the answer of a comparison.
[[nodiscard]] bool order_answer(CompareOp op, int64_t a, int64_t b);

// Start and stop of index(value, start, stop), clamped to 0..length.
[[nodiscard]] bool to_search_range(const Value& start, const Value& stop, int64_t length,
                                   int64_t& first, int64_t& last);
// "list expected at most 1 argument, got 2" and "list() takes no keyword arguments".
[[nodiscard]] bool check_arity(const Args& args, const char* name, size_t least, size_t most);
[[nodiscard]] bool check_no_keywords(const Args& args, const char* name);

// {"__class_getitem__"}: list[int].
// The iter slot of every iterator.
[[nodiscard]] Value iterator_self(const Value& self);

[[nodiscard]] Value native_class_getitem(const Value* arguments);

// Parts of initialise_container_types().
void initialise_tuple_type();
void initialise_list_type();
void initialise_dict_types();
void initialise_dict_view_types();
void initialise_set_types();
void initialise_slice_type();
void initialise_range_types();
void initialise_sequence_iterator_types();
// iterate(), and then what the object says of its length, as list() and tuple() ask: a script's
// __len__ or __length_hint__ runs, and may fail.
[[nodiscard]] Value iterate_sized(const Value& iterable);
template <typename Visit>
[[nodiscard]] bool for_each_sized(const Value& iterable, Visit&& visit) {
    const Value iterator = iterate_sized(iterable);
    if (!iterator) return false;
    auto* step = iterator.type()->slots.next;
    while (Value item = step(iterator))
        if (!visit(item)) return false;
    return !has_raised();
}
void initialise_functional_iterator_types();
void initialise_alias_types();
void initialise_namespace_types();
void initialise_weakref_types();

}  // namespace loopglass::value
