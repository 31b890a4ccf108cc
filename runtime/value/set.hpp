// Inside set and frozenset: the table's operations by hash, and the algebra on them.
#pragma once

#include "runtime/value/objects.hpp"

namespace loopglass::value {

[[nodiscard]] inline bool is_set(const Value& value) {
    return value.is_object() && value.type()->has(kSetSubclass);
}
[[nodiscard]] Ref<Set> new_set(Type* type);
// Position in the table, or -1; false: pending.
[[nodiscard]] bool set_lookup(Set* set, const Value& key, int64_t hash, int64_t& position);
[[nodiscard]] bool set_add_hashed(Set* set, const Value& key, int64_t hash);
[[nodiscard]] int set_remove_hashed(Set* set, const Value& key, int64_t hash);  // 1, 0, -1
void set_remove_at(Set* set, int64_t position);
// A table with room for more than `least` entries, without deleted ones.
void set_resize(Set* set, uint32_t least);
void set_clear(Set* set);
void set_swap(Set* a, Set* b);
// Hash of a key; a set as key, where a look-up allows it, counts as the frozenset of its items.
[[nodiscard]] int set_contains_key(Set* set, const Value& key);  // 1, 0, -1
[[nodiscard]] int set_discard_key(Set* set, const Value& key);   // 1, 0, -1

// The algebra (set_operations.cpp). New sets are of `type`; an empty Ref is pending.
[[nodiscard]] Ref<Set> set_copy(Set* set, Type* type);
[[nodiscard]] Ref<Set> set_from(const Value& iterable, Type* type);
[[nodiscard]] Ref<Set> set_intersection(Set* set, const Value& other, Type* type);
[[nodiscard]] Ref<Set> set_difference(Set* set, const Value& other, Type* type);
[[nodiscard]] bool set_difference_update(Set* set, const Value& other);
[[nodiscard]] bool set_symmetric_difference_update(Set* set, const Value& other);
[[nodiscard]] int set_is_subset(Set* set, Set* other);               // 1, 0, -1
[[nodiscard]] int set_is_disjoint(Set* set, const Value& iterable);  // 1, 0, -1
[[nodiscard]] int64_t frozenset_hash(const Set* set);

}  // namespace loopglass::value
