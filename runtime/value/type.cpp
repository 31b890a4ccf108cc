// Making classes: bare types, native definitions, `class` statements, the MRO and look-ups in it.
#include "runtime/value/type.hpp"

#include <algorithm>
#include <cstring>

#include "runtime/base/check.hpp"
#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* Type::type = nullptr;
Type* g_int_type = nullptr;
void (*g_clear_weakrefs)(Object*) = nullptr;

namespace {

uint64_t g_next_version = 1;

struct BareType {
    const char* name;
    Type** where;
    Type* type = nullptr;
};
BareType g_bare_types[] = {
    {"type", &Type::type},
    {"str", &Str::type},
    {"tuple", &Tuple::type},
    {"dict", &Dict::type},
    {"int", &g_int_type},
    {"builtin_function_or_method", &NativeFunction::type},
    {"method_descriptor", &NativeFunction::method_type},
    {"classmethod_descriptor", &NativeFunction::class_method_type},
    {"getset_descriptor", &GetSet::type},
    {"wrapper_descriptor", &SlotWrapper::type},
    {"builtin_new", &NewWrapper::type},
};

// Look-ups along an MRO, remembered: (version, name) → value. A version is never reused, so an
// entry of a changed class is never hit again.
struct CacheEntry {
    uint64_t version = 0;
    Str* name = nullptr;
    const Value* found = nullptr;
};
constexpr size_t kCacheSize = 4096;
CacheEntry g_cache[kCacheSize];

CacheEntry& cache_entry(uint64_t version, const Str* name) {
    return g_cache[(version * 31 + (reinterpret_cast<uintptr_t>(name) >> 4)) % kCacheSize];
}

Type* new_bare_type(Type* metatype) {
    Type* type = new Type(metatype);
    type->refs = kImmortalRefs;
    return type;
}

void split_name(std::string_view full, std::string_view& module, std::string_view& name) {
    const size_t dot = full.rfind('.');
    module = dot == std::string_view::npos ? std::string_view("builtins") : full.substr(0, dot);
    name = dot == std::string_view::npos ? full : full.substr(dot + 1);
}

void adopt_bases(Type* type, Type* base) {
    type->base = base;
    if (!base) {
        set_mro(type, make_tuple({Value::share(type)}));
        type->bases = make_tuple(size_t{0});
        return;
    }
    type->bases = make_tuple({Value::share(base)});
    base->subclasses.push_back(type);
    CHECK(compute_mro(type), "a native class has a consistent MRO");
}

void add_methods(Type* type, std::span<const NativeMethod> methods);

}  // namespace

void bootstrap_types() {
    for (BareType& bare : g_bare_types) *bare.where = bare.type = new_bare_type(nullptr);
    for (BareType& bare : g_bare_types) static_cast<Object*>(bare.type)->type = Type::type;
}

Type* take_bare_type(std::string_view name) {
    for (BareType& bare : g_bare_types)
        if (bare.type && name == bare.name) return std::exchange(bare.type, nullptr);
    return nullptr;
}

Type* define_type(const NativeTypeSpec& spec) {
    static Type* object_type = nullptr;
    Type* type = take_bare_type(spec.name);
    if (!type) type = new_bare_type(Type::type);
    if (!object_type) object_type = type;  // `object` is defined first
    Type* base = type == object_type ? nullptr : spec.base ? spec.base : object_type;

    std::string_view module, name;
    split_name(spec.name, module, name);
    type->name = Ref<Str>::share(intern(name));
    type->qualname = type->name;
    type->dict = make_dict();
    type->instance_size = spec.instance_size;
    type->type_flags =
        spec.flags | (base ? base->type_flags & ~uint32_t{0xFFFF} : 0) |
        (base ? base->type_flags & (kMethodDescriptor | kVariableSize | kSelfPattern |
                                    kSequencePattern | kMappingPattern)
              : 0);
    type->slots = spec.slots;
    adopt_bases(type, base);
    if (spec.has_dict) {
        type->dict_offset = static_cast<int32_t>(type->instance_size);
        type->instance_size += sizeof(Ref<Dict>);
    } else if (base && base->dict_offset) {
        // The base's dict stands behind the base's struct; ours is larger, so it moves behind ours.
        type->dict_offset = static_cast<int32_t>(type->instance_size);
        type->instance_size += sizeof(Ref<Dict>);
    }
    if (module != "builtins") dict_set(type->dict.get(), intern("__module__"), make_str(module));
    type->version = g_next_version++;
    add_methods(type, spec.methods);
    expose_slots(type);
    if (const Value* own = dict_find(type->dict.get(), intern("__doc__")); !own && g_none)
        dict_set(type->dict.get(), intern("__doc__"), spec.doc ? make_str(spec.doc) : none());
    const bool first_dict = type->dict_offset && !(base && base->dict_offset);
    if (first_dict && GetSet::type && !dict_find(type->dict.get(), intern("__dict__")))
        dict_set(type->dict.get(), intern("__dict__"), make_dict_descriptor(type));
    if (type->slots.compare && !type->slots.hash && type != object_type)
        dict_set(type->dict.get(), intern("__hash__"), none());
    inherit_slots(type);
    type->version = g_next_version++;
    return type;
}

namespace {

void add_methods(Type* type, std::span<const NativeMethod> methods) {
    Dict* dict = type->dict.get();
    for (const NativeMethod& method : methods) {
        Str* name = intern(method.name);
        const Signature* signature = parse_signature(method.signature);
        switch (method.kind) {
            case MethodKind::Setter:
                break;  // taken up by its getter
            case MethodKind::Getter: {
                const NativeMethod* setter = nullptr;
                for (const NativeMethod& other : methods)
                    if (other.kind == MethodKind::Setter && !std::strcmp(other.name, method.name))
                        setter = &other;
                dict_set(dict, name, make<GetSet>(&method, setter, type));
                break;
            }
            case MethodKind::Static:
            case MethodKind::New: {
                auto function = Ref<NativeFunction>::take(
                    new (base::pool_allocate(sizeof(NativeFunction)))
                        NativeFunction(NativeFunction::type, &method, signature, type));
                dict_set(dict, name, std::move(function));
                break;
            }
            case MethodKind::Class: {
                auto function = Ref<NativeFunction>::take(
                    new (base::pool_allocate(sizeof(NativeFunction))) NativeFunction(
                        NativeFunction::class_method_type, &method, signature, type));
                dict_set(dict, name, std::move(function));
                break;
            }
            case MethodKind::Method:
            case MethodKind::Coroutine:
            case MethodKind::Function:
            case MethodKind::AsyncFunction: {
                auto function = Ref<NativeFunction>::take(
                    new (base::pool_allocate(sizeof(NativeFunction)))
                        NativeFunction(NativeFunction::method_type, &method, signature, type));
                dict_set(dict, name, std::move(function));
                break;
            }
        }
    }
    // A table's __new__ or __init__ also fills the slot.
    for (const char* name : {"__new__", "__init__"})
        if (dict_find(dict, intern(name))) update_slots(type, intern(name));
}

}  // namespace

void set_mro(Type* type, Ref<Tuple> mro) {
    type->mro_types.clear();
    for (size_t i = 0; i < mro->size; ++i) type->mro_types.push_back(cast<Type>((*mro)[i]));
    type->mro = std::move(mro);
}

namespace {

// C3: merges the bases' orders, keeping each one's own order (Objects/typeobject.c, pmerge).
bool merge_orders(std::vector<std::vector<Type*>>& orders, std::vector<Type*>& out) {
    for (;;) {
        bool any = false;
        Type* chosen = nullptr;
        for (auto& order : orders) {
            if (order.empty()) continue;
            any = true;
            Type* candidate = order.front();
            const bool in_a_tail =
                std::any_of(orders.begin(), orders.end(), [&](const auto& other) {
                    return std::find(other.begin() + (other.empty() ? 0 : 1), other.end(),
                                     candidate) != other.end();
                });
            if (!in_a_tail) {
                chosen = candidate;
                break;
            }
        }
        if (!any) return true;
        if (!chosen) return false;
        out.push_back(chosen);
        for (auto& order : orders)
            if (!order.empty() && order.front() == chosen) order.erase(order.begin());
    }
}

}  // namespace

bool compute_mro(Type* type) {
    std::vector<std::vector<Type*>> orders;
    std::vector<Type*> direct;
    for (size_t i = 0; i < type->bases->size; ++i) {
        Type* base = cast<Type>((*type->bases)[i]);
        orders.push_back(base->mro_types);
        direct.push_back(base);
    }
    orders.push_back(direct);
    std::vector<Type*> merged{type};
    if (!merge_orders(orders, merged)) {
        std::string names;
        for (const Type* base : direct) names += cat(names.empty() ? "" : ", ", base->name->view());
        return raise(errors::TypeError,
                     cat("Cannot create a consistent method resolution order (MRO) for bases ",
                         names)),
               false;
    }
    Ref<Tuple> mro = make_tuple(merged.size());
    for (size_t i = 0; i < merged.size(); ++i) mro->items()[i] = Value::share(merged[i]);
    set_mro(type, std::move(mro));
    return true;
}

const Value* type_lookup(const Type* type, Str* name) {
    CacheEntry& entry = cache_entry(type->version, name);
    if (entry.version == type->version && entry.name == name && type->version) return entry.found;
    const Value* found = nullptr;
    for (const Type* candidate : type->mro_types)
        if ((found = dict_find(candidate->dict.get(), name))) break;
    if ((name->flags & kInterned) && type->version) entry = {type->version, name, found};
    return found;
}

void type_modified(Type* type) {
    type->version = g_next_version++;
    for (Type* subclass : type->subclasses) type_modified(subclass);
}

// ---- memory
// -----------------------------------------------------------------------------------------

namespace {

constexpr size_t kPrefix = 16;  // room for a dict pointer before a variable-size object, aligned

size_t prefix_of(const Type* type) {
    return type->dict_offset < 0 ? kPrefix : 0;
}

}  // namespace

void* allocate_instance(Type* type, size_t header) {
    const size_t size = type->instance_size > header ? type->instance_size : header;
    char* memory = static_cast<char*>(base::pool_allocate(size));
    if (size > header) std::memset(memory + header, 0, size - header);
    if (type->has(kHeapType)) retain(type);
    return memory;
}

void free_instance(Object* object) {
    Type* type = object->type;
    base::pool_free(object, type->instance_size);
    if (type->has(kHeapType)) release(type);
}

void* allocate_variable(Type* type, size_t bytes) {
    const size_t prefix = prefix_of(type);
    char* memory = static_cast<char*>(base::pool_allocate(prefix + bytes));
    if (prefix) std::memset(memory, 0, prefix);
    if (type->has(kHeapType)) retain(type);
    return memory + prefix;
}

void free_variable(Object* object, size_t bytes) {
    Type* type = object->type;
    const size_t prefix = prefix_of(type);
    base::pool_free(reinterpret_cast<char*>(object) - prefix, prefix + bytes);
    if (type->has(kHeapType)) release(type);
}

Dict* instance_dict(Object* object) {
    Ref<Dict>* slot = instance_dict_slot(object);
    if (!slot) return nullptr;
    if (!*slot) *slot = make_dict();
    return slot->get();
}

}  // namespace loopglass::value
