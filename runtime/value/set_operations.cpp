// set and frozenset: union, intersection, difference. Which side is walked decides the order of the
// result, so the choices are CPython's (Objects/setobject.c).
#include "runtime/value/containers.hpp"
#include "runtime/value/dict.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/set.hpp"

namespace loopglass::value {

namespace {

// Makes room for `extra` keys before adding them one by one.
void reserve(Set* set, uint32_t extra) {
    if (uint64_t{set->fill + extra} * 5 >= uint64_t{set->mask} * 3)
        set_resize(set, (set->count + extra) * 2);
}

bool merge_set(Set* set, Set* other) {
    if (set == other || !other->count) return true;
    reserve(set, other->count);
    if (set->fill == 0 && set->mask == other->mask && other->fill == other->count) {
        for (uint32_t i = 0; i <= set->mask; ++i) set->table[i] = other->table[i];
        set->fill = set->count = other->count;
        ++set->version;
        return true;
    }
    for (uint32_t position = 0; const SetEntry* entry = set_next(other, position);) {
        const Value key = entry->key;
        if (!set_add_hashed(set, key, entry->hash)) return false;
    }
    return true;
}

bool merge_dict(Set* set, Dict* dict) {
    reserve(set, dict->count);
    for (uint32_t position = 0; const DictEntry* entry = dict_next(dict, position);) {
        const Value key = entry->key;
        if (!set_add_hashed(set, key, entry->hash)) return false;
    }
    return true;
}

// Adds to `result` what of `from` is (or is not) in `in`.
bool add_filtered(Set* result, Set* from, Set* in, bool wanted) {
    for (uint32_t position = 0; const SetEntry* entry = set_next(from, position);) {
        const Value key = entry->key;
        const int64_t hash = entry->hash;
        int64_t found;
        if (!set_lookup(in, key, hash, found)) return false;
        if ((found >= 0) == wanted && !set_add_hashed(result, key, hash)) return false;
    }
    return true;
}

Ref<Set> copy_and_subtract(Set* set, const Value& other, Type* type) {
    Ref<Set> result = set_copy(set, type);
    return result && set_difference_update(result.get(), other) ? result : Ref<Set>();
}

Ref<Set> subtract_dict(Set* set, Dict* other, Type* type) {
    Ref<Set> result = new_set(type);
    for (uint32_t position = 0; const SetEntry* entry = set_next(set, position);) {
        const Value key = entry->key;
        const int64_t hash = entry->hash;
        int32_t found;
        if (!dict_lookup(other, key, hash, found)) return {};
        if (found < 0 && !set_add_hashed(result.get(), key, hash)) return {};
    }
    return result;
}

bool toggle(Set* set, const Value& key, int64_t hash) {
    const int removed = set_remove_hashed(set, key, hash);
    return removed > 0 || (removed == 0 && set_add_hashed(set, key, hash));
}

uint64_t shuffle(int64_t hash) {
    const auto bits = static_cast<uint64_t>(hash);
    return ((bits ^ 89869747u) ^ (bits << 16)) * 3644798167u;
}

}  // namespace

bool set_update(Set* set, const Value& iterable) {
    if (is_set(iterable)) return merge_set(set, cast<Set>(iterable));
    if (is_exact<Dict>(iterable)) return merge_dict(set, cast<Dict>(iterable));
    return for_each(iterable, [&](const Value& key) { return set_add(set, key); });
}

Ref<Set> set_from(const Value& iterable, Type* type) {
    Ref<Set> set = new_set(type);
    return set_update(set.get(), iterable) ? set : Ref<Set>();
}

Ref<Set> set_copy(Set* set, Type* type) {
    Ref<Set> copy = new_set(type);
    return merge_set(copy.get(), set) ? copy : Ref<Set>();
}

Ref<Set> set_intersection(Set* set, const Value& other, Type* type) {
    if (other.is(set)) return set_copy(set, type);
    Ref<Set> result = new_set(type);
    if (is_set(other)) {
        Set *walked = cast<Set>(other), *asked = set;
        if (walked->count > asked->count) std::swap(walked, asked);
        return add_filtered(result.get(), walked, asked, true) ? result : Ref<Set>();
    }
    const bool done = for_each(other, [&](const Value& key) {
        int64_t hash, found;
        if (!key_hash(key, hash) || !set_lookup(set, key, hash, found)) return false;
        return found < 0 || set_add_hashed(result.get(), key, hash);
    });
    return done ? result : Ref<Set>();
}

Ref<Set> set_difference(Set* set, const Value& other, Type* type) {
    if (is_set(other)) {
        if (set->count >> 2 > cast<Set>(other)->count) return copy_and_subtract(set, other, type);
        Ref<Set> result = new_set(type);
        return add_filtered(result.get(), set, cast<Set>(other), false) ? result : Ref<Set>();
    }
    if (!is_exact<Dict>(other) || set->count >> 2 > cast<Dict>(other)->count)
        return copy_and_subtract(set, other, type);
    return subtract_dict(set, cast<Dict>(other), type);
}

bool set_difference_update(Set* set, const Value& other) {
    if (other.is(set)) return set_clear(set), true;
    if (is_set(other)) {
        Ref<Set> keys = Ref<Set>::share(cast<Set>(other));
        if (keys->count >> 3 > set->count) keys = set_intersection(set, other, Set::type);
        if (!keys) return false;
        for (uint32_t position = 0; const SetEntry* entry = set_next(keys.get(), position);) {
            const Value key = entry->key;
            if (set_remove_hashed(set, key, entry->hash) < 0) return false;
        }
    } else if (!for_each(other, [&](const Value& key) { return set_remove(set, key) >= 0; })) {
        return false;
    }
    if (set->fill - set->count > set->mask / 4)
        set_resize(set, set->count > 50000 ? set->count * 2 : set->count * 4);
    return true;
}

bool set_symmetric_difference_update(Set* set, const Value& other) {
    if (other.is(set)) return set_clear(set), true;
    if (Dict* dict = is_exact<Dict>(other) ? cast<Dict>(other) : nullptr) {
        for (uint32_t position = 0; const DictEntry* entry = dict_next(dict, position);) {
            const Value key = entry->key;
            if (!toggle(set, key, entry->hash)) return false;
        }
        return true;
    }
    const Ref<Set> keys =
        is_set(other) ? Ref<Set>::share(cast<Set>(other)) : set_from(other, Set::type);
    if (!keys) return false;
    for (uint32_t position = 0; const SetEntry* entry = set_next(keys.get(), position);) {
        const Value key = entry->key;
        if (!toggle(set, key, entry->hash)) return false;
    }
    return true;
}

int set_is_subset(Set* set, Set* other) {
    if (set->count > other->count) return 0;
    for (uint32_t position = 0; const SetEntry* entry = set_next(set, position);) {
        const Value key = entry->key;
        int64_t found;
        if (!set_lookup(other, key, entry->hash, found)) return -1;
        if (found < 0) return 0;
    }
    return 1;
}

int set_is_disjoint(Set* set, const Value& iterable) {
    bool apart = true;
    const bool finished = for_each(iterable, [&](const Value& key) {
        const int found = set_contains(set, key);
        apart = found == 0;
        return apart;
    });
    return finished || !has_raised() ? apart : -1;
}

// CPython's frozenset_hash: does not depend on the order of the table.
int64_t frozenset_hash(const Set* set) {
    uint64_t hash = 0;
    for (uint32_t position = 0; const SetEntry* entry = set_next(set, position);)
        hash ^= shuffle(entry->hash);
    hash ^= (uint64_t{set->count} + 1) * 1927868237u;
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash * 69069u + 907133923u;
    return hash == ~uint64_t{0} ? 590923713 : static_cast<int64_t>(hash);
}

}  // namespace loopglass::value
