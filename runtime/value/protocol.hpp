// Python's operations on any value: what an expression means. Each answers an empty Value (or
// false, -1) with an exception pending when it fails. CPython: Objects/abstract.c, object.c.
#pragma once

#include <string>
#include <string_view>

#include "runtime/value/type.hpp"

namespace loopglass::value {

// The constants. Immortal; use `none()` to get an owned copy.
extern Object *g_none, *g_true, *g_false, *g_ellipsis, *g_not_implemented;
inline Value none() {
    return Value::share(g_none);
}
inline Value boolean(bool b) {
    return Value::share(b ? g_true : g_false);
}
inline Value not_implemented() {
    return Value::share(g_not_implemented);
}
inline bool is_none(const Value& value) {
    return value.is(g_none);
}

// Attributes.
[[nodiscard]] Value get_attribute(const Value& object, Str* name);
// Empty without a pending exception where there is no such attribute.
[[nodiscard]] Value find_attribute(const Value& object, Str* name);
[[nodiscard]] bool set_attribute(const Value& object, Str* name,
                                 const Value& value);  // empty deletes
// object.__getattribute__ and object.__setattr__.
[[nodiscard]] Value generic_get_attribute(const Value& object, Str* name);
[[nodiscard]] bool generic_set_attribute(const Value& object, Str* name, const Value& value);
// A dunder looked up on the class and bound to the object, as implicit calls do; empty without a
// pending exception if the class has none.
[[nodiscard]] Value find_special(const Value& object, Str* name);

// Calls.
[[nodiscard]] Value call(const Value& callee, const Args& args);
[[nodiscard]] Value call(const Value& callee);
[[nodiscard]] Value call(const Value& callee, const Value& a);
[[nodiscard]] Value call(const Value& callee, const Value& a, const Value& b);
[[nodiscard]] Value call(const Value& callee, const Value& a, const Value& b, const Value& c);
// object.name(...), without making a bound method where that can be avoided.
[[nodiscard]] Value call_method(const Value& object, Str* name, const Value* arguments = nullptr,
                                size_t count = 0);
[[nodiscard]] bool is_callable(const Value& value);

// Operators.
[[nodiscard]] Value binary(BinaryOp op, const Value& a, const Value& b);
[[nodiscard]] Value inplace(BinaryOp op, const Value& a, const Value& b);
[[nodiscard]] Value unary(UnaryOp op, const Value& a);
[[nodiscard]] Value compare(CompareOp op, const Value& a, const Value& b);
[[nodiscard]] int compare_truth(CompareOp op, const Value& a, const Value& b);  // 1, 0, -1
[[nodiscard]] int equal(const Value& a, const Value& b);                // identity first; 1, 0, -1
[[nodiscard]] int truth(const Value& value);                            // 1, 0, -1
[[nodiscard]] int contains(const Value& container, const Value& item);  // 1, 0, -1
[[nodiscard]] bool hash(const Value& value, int64_t& out);

// Items.
[[nodiscard]] Value get_item(const Value& container, const Value& key);
[[nodiscard]] bool set_item(const Value& container, const Value& key, const Value& value);
[[nodiscard]] bool delete_item(const Value& container, const Value& key);
[[nodiscard]] int64_t length(const Value& value);       // -1
[[nodiscard]] int64_t length_hint(const Value& value);  // a guess, never an error

// Iteration.
[[nodiscard]] Value iterate(const Value& iterable);
// Empty without a pending exception: exhausted.
[[nodiscard]] Value next(const Value& iterator);
// As the next() of a script: exhausted is a pending StopIteration, the very one that a __next__ of
// the script raised.
[[nodiscard]] Value next_or_stop(const Value& iterator);
// In a native iterator whose step calls script code: a StopIteration that this raised is the end.
// True if it was one; it is no longer pending then.
bool ends_by_stop();
[[nodiscard]] bool has_raised();  // is an exception pending?
// Calls visit(item) for each; visit answers false to stop with its error pending.
template <typename Visit>
[[nodiscard]] bool for_each(const Value& iterable, Visit&& visit);

// Text.
[[nodiscard]] Ref<Str> repr(const Value& value);
[[nodiscard]] Ref<Str> str(const Value& value);
[[nodiscard]] Ref<Str> ascii(const Value& value);
[[nodiscard]] Ref<Str> format(const Value& value, Str* spec);
// "<module.Name object at 0x...>" and its relatives.
[[nodiscard]] std::string shown_name(const Type* type);   // with its module for some C types
[[nodiscard]] std::string type_name(const Value& value);  // "list", as messages show it
[[nodiscard]] std::string default_repr(const Value& value);

// Tests.
[[nodiscard]] int is_instance(const Value& value, const Value& class_or_tuple);  // 1, 0, -1
[[nodiscard]] int is_subclass(const Value& value, const Value& class_or_tuple);

// Numbers from values. False and pending (TypeError, OverflowError) on error.
[[nodiscard]] bool to_index(const Value& value,
                            int64_t& out);  // __index__; OverflowError beyond 64 bits
[[nodiscard]] bool to_index_clamped(const Value& value,
                                    int64_t& out);              // for slices: clamps instead
[[nodiscard]] bool to_double(const Value& value, double& out);  // float, int, __float__, __index__

template <typename Visit>
bool for_each(const Value& iterable, Visit&& visit) {
    const Value iterator = iterate(iterable);
    if (!iterator) return false;
    auto* step = iterator.type()->slots.next;
    while (Value item = step(iterator))
        if (!visit(item)) return false;
    return !has_raised();
}

}  // namespace loopglass::value
