// Inline caches of attribute look-ups: what the class says about a name, remembered by the class's
// version, and where the name stood in an instance's dict.
#pragma once

#include "runtime/script/nodes.hpp"

namespace loopglass::script::eval {

struct AttributeCache {
    enum class Kind : uint8_t {
        Slow,      // ask value::get_attribute
        Instance,  // instance dict first, then `on_class` (may be null)
        Data,      // a data descriptor on the class wins
        OfClass,   // the object is a class; `on_class` is the answer
    };
    uint64_t version = 0;             // of the object's class; of the object itself for OfClass
    uint64_t meta_version = 0;        // OfClass: of its metaclass
    const Value* on_class = nullptr;  // borrowed: stands in a class dict of this version
    Kind kind = Kind::Slow;
    bool method = false;  // on_class is called with the object in front
    int32_t hint = 0;     // position in the instance dict
};

void fill_cache(AttributeCache& cache, Type* type, Str* name);
void fill_class_cache(AttributeCache& cache, Type* object, Str* name);

// The instance's own attribute, or null.
[[nodiscard]] inline const Value* instance_attribute(AttributeCache& cache, Object* object,
                                                     Str* name) {
    const Ref<Dict>* place = value::instance_dict_slot(object);
    Dict* dict = place ? place->get() : nullptr;
    if (!dict) return nullptr;
    if (static_cast<uint32_t>(cache.hint) < dict->used) {
        const value::DictEntry& entry = dict->entries[cache.hint];
        if (__builtin_expect(entry.key.is(name), 1)) return &entry.value;
    }
    const int32_t position = value::dict_position(dict, name);
    if (position < 0) return nullptr;
    cache.hint = position;
    return &dict->entries[position].value;
}

// Does the instance's dict hide the class's attribute, or has looking into it (which may compare
// keys of the script's) changed the class? Most have a handful of other names.
[[nodiscard]] inline bool instance_hides(const AttributeCache& cache, Object* object, Str* name) {
    const Ref<Dict>* place = value::instance_dict_slot(object);
    Dict* dict = place ? place->get() : nullptr;
    if (!dict || dict->count == 0) return false;
    const Type* type = object->type;
    return value::dict_find(dict, name) != nullptr || cache.version != type->version;
}

// object.name, owned; empty with an exception pending.
[[nodiscard]] Value load_attribute(AttributeCache& cache, const Value& object, Str* name);
[[nodiscard]] bool store_attribute(AttributeCache& cache, const Value& object, Str* name,
                                   Value value);

}  // namespace loopglass::script::eval
