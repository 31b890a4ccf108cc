// Inside dicts: hashing of small ints, look-ups with a known hash, ways to walk the entries.
#pragma once

#include "runtime/value/objects.hpp"

namespace loopglass::value {

// A dict whose keys are not all interned strings and small ints; in the others a key is found by
// identity or not at all.
inline constexpr uint32_t kMixedKeys = kFrozen;

// hash() of an int: CPython's Objects/longobject.c, modulo 2^61 - 1.
[[nodiscard]] inline int64_t small_hash(int64_t number) {
    constexpr int64_t kModulus = (int64_t{1} << 61) - 1;
    if (__builtin_expect(number >= kModulus || number <= -kModulus, 0)) number %= kModulus;
    return number == -1 ? -2 : number;
}
[[nodiscard]] inline bool is_plain_key(const Value& key) {
    return key.is_small() || (key.object()->flags & kInterned);
}
// hash() with the common kinds of keys in line; false: pending.
[[nodiscard]] bool key_hash(const Value& key, int64_t& out);

// Position among the entries, or -1; false: pending.
[[nodiscard]] bool dict_lookup(Dict* dict, const Value& key, int64_t hash, int32_t& position);
[[nodiscard]] bool dict_set_hashed(Dict* dict, const Value& key, int64_t hash, Value value);
void dict_remove_at(Dict* dict, int32_t position);
// The next live entry from position on, which moves behind it; null at the end.
[[nodiscard]] inline DictEntry* dict_next(const Dict* dict, uint32_t& position) {
    while (position < dict->used) {
        DictEntry* entry = &dict->entries[position++];
        if (entry->key) return entry;
    }
    return nullptr;
}
// d[key] of a dict or of a subclass (__missing__ included).
[[nodiscard]] Value dict_get_item(const Value& self, const Value& key);
// The three ways to fill: a dict or mapping (with keys()), pairs, both chosen as dict.update does.
[[nodiscard]] bool dict_merge(Dict* dict, const Value& mapping, bool replace);
[[nodiscard]] bool dict_merge_pairs(Dict* dict, const Value& pairs, bool replace);
// update(iterable=(), /, **keywords) and __init__.
[[nodiscard]] bool dict_update_arguments(Dict* dict, const Args& args, const char* name);

enum class DictPart : uint8_t { Keys, Values, Items };
struct DictView : Object {
    static Type* types[3];
    Ref<Dict> dict;
    DictPart part;
    DictView(Type* its_type, Ref<Dict> its_dict, DictPart its_part)
        : Object(its_type), dict(std::move(its_dict)), part(its_part) {}
};
[[nodiscard]] Value make_dict_view(const Value& dict, DictPart part);
[[nodiscard]] Value make_dict_iterator(const Value& dict, DictPart part, bool reversed);

}  // namespace loopglass::value
