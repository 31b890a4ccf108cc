// dict: filling one from another mapping, from pairs, from keyword arguments.
#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/dict.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

namespace {

const Name kKeys("keys");

// Sets or, unless replace, only adds.
bool put(Dict* dict, const Value& key, int64_t hash, Value value, bool replace) {
    if (replace) return dict_set_hashed(dict, key, hash, std::move(value));
    int32_t position;
    if (!dict_lookup(dict, key, hash, position)) return false;
    return position >= 0 || dict_set_hashed(dict, key, hash, std::move(value));
}

bool put(Dict* dict, const Value& key, Value value, bool replace) {
    int64_t hash;
    return key_hash(key, hash) && put(dict, key, hash, std::move(value), replace);
}

bool merge_dict(Dict* dict, Dict* other, bool replace) {
    if (dict == other) return true;
    const uint32_t count = other->count;
    for (uint32_t position = 0; const DictEntry* entry = dict_next(other, position);) {
        const Value key = entry->key;
        if (!put(dict, key, entry->hash, entry->value, replace)) return false;
        if (other->count != count)
            return raise(errors::RuntimeError, "dict mutated during update"), false;
    }
    return true;
}

bool merge_pair(Dict* dict, const Value& pair, int64_t number, bool replace) {
    const Ref<Tuple> items = tuple_from(pair);
    if (!items) {
        if (!pair.type()->slots.iter && clear_raised_if(errors::TypeError))
            raise(errors::TypeError, cat("cannot convert dictionary update sequence element #",
                                         number, " to a sequence"));
        return false;
    }
    if (items->size != 2)
        return raise(errors::ValueError, cat("dictionary update sequence element #", number,
                                             " has length ", items->size, "; 2 is required")),
               false;
    return put(dict, (*items)[0], (*items)[1], replace);
}

}  // namespace

bool dict_merge(Dict* dict, const Value& mapping, bool replace) {
    // A dict whose class walks it in another way is asked through keys().
    Dict* other = as<Dict>(mapping);
    if (other && mapping.type()->slots.iter == Dict::type->slots.iter)
        return merge_dict(dict, other, replace);
    const Value keys = call_method(mapping, kKeys);
    if (!keys) return false;
    return for_each(keys, [&](const Value& key) {
        Value value = get_item(mapping, key);
        return value && put(dict, key, std::move(value), replace);
    });
}

bool dict_merge_pairs(Dict* dict, const Value& pairs, bool replace) {
    int64_t number = 0;
    return for_each(pairs,
                    [&](const Value& pair) { return merge_pair(dict, pair, number++, replace); });
}

bool dict_update(Dict* dict, const Value& source) {
    if (is_exact<Dict>(source)) return merge_dict(dict, cast<Dict>(source), true);
    const Value keys = find_attribute(source, kKeys);
    if (keys) return dict_merge(dict, source, true);
    return !has_raised() && dict_merge_pairs(dict, source, true);
}

bool dict_update_arguments(Dict* dict, const Args& args, const char* name) {
    if (!check_arity(args, name, 0, 1)) return false;
    if (args.count && !dict_update(dict, args.items[0])) return false;
    for (size_t i = 0; i < args.named(); ++i)
        dict_set(dict, cast<Str>((*args.names)[i]), args.items[args.count + i]);
    return true;
}

}  // namespace loopglass::value
