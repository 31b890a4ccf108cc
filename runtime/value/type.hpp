// Type: a class, native or written in a script, and the slots through which every operation
// dispatches. The shape follows CPython's type objects (Objects/typeobject.c): dunder methods of a
// script's class fill slots, and slots of a native class show as dunder methods.
#pragma once

#include <vector>

#include "runtime/value/value.hpp"

namespace loopglass::value {

struct Str;
struct Tuple;
struct Dict;

// Positional arguments, followed by the values of the keywords named in `names` (may be null).
struct Args {
    const Value* items = nullptr;
    size_t count = 0;              // positional ones
    const Tuple* names = nullptr;  // of Str

    [[nodiscard]] size_t named() const;                   // how many keyword arguments
    [[nodiscard]] Value keyword(const char* name) const;  // its value, or empty
};

enum class CompareOp : uint8_t { Lt, Le, Eq, Ne, Gt, Ge };

enum class BinaryOp : uint8_t {
    Add,
    Sub,
    Mul,
    MatMul,
    Div,
    FloorDiv,
    Mod,
    Pow,
    LShift,
    RShift,
    And,
    Or,
    Xor,
};
inline constexpr size_t kBinaryOps = 13;
enum class UnaryOp : uint8_t { Neg, Pos, Invert, Abs };
inline constexpr size_t kUnaryOps = 4;

enum class SendResult : uint8_t { Yielded, Returned, Raised };

// Conventions: an empty Value, false or -1 means that an exception is pending. Where a slot can end
// without a result (next), the empty Value without a pending exception means "exhausted".
struct Slots {
    void (*destroy)(Object*) = nullptr;  // run the C++ destructor and free the memory
    Value (*repr)(const Value&) = nullptr;
    Value (*str)(const Value&) = nullptr;
    bool (*hash)(const Value&, int64_t& out) = nullptr;
    Value (*call)(const Value& self, const Args&) = nullptr;
    Value (*get_attribute)(const Value& self, Str* name) = nullptr;
    // An empty value deletes.
    bool (*set_attribute)(const Value& self, Str* name, const Value& value) = nullptr;
    Value (*compare)(const Value&, const Value&, CompareOp) = nullptr;  // may answer NotImplemented
    Value (*iter)(const Value&) = nullptr;
    Value (*next)(const Value&) = nullptr;
    // Both operand orders arrive here, as in CPython's number slots; may answer NotImplemented.
    Value (*binary[kBinaryOps])(const Value&, const Value&) = {};
    Value (*inplace[kBinaryOps])(const Value&, const Value&) = {};
    Value (*unary[kUnaryOps])(const Value&) = {};
    Value (*index)(const Value&) = nullptr;
    Value (*to_int)(const Value&) = nullptr;
    Value (*to_float)(const Value&) = nullptr;
    int (*truth)(const Value&) = nullptr;       // 1, 0, -1
    int64_t (*length)(const Value&) = nullptr;  // -1
    Value (*get_item)(const Value&, const Value& key) = nullptr;
    bool (*set_item)(const Value&, const Value& key,
                     const Value& value) = nullptr;  // empty deletes
    int (*contains)(const Value&, const Value& item) = nullptr;
    Value (*descr_get)(const Value& self, const Value& object,
                       Type* owner) = nullptr;  // object may be empty
    bool (*descr_set)(const Value& self, const Value& object, const Value& value) = nullptr;
    Value (*construct)(Type*, const Args&) = nullptr;        // __new__
    bool (*init)(const Value& self, const Args&) = nullptr;  // __init__
    Value (*await)(const Value&) = nullptr;
    Value (*aiter)(const Value&) = nullptr;
    Value (*anext)(const Value&) = nullptr;
    // Generators, coroutines and what awaiting a future gives: one resumption. `out` is the yielded
    // or returned value.
    SendResult (*send)(const Value& self, const Value& value, Value& out) = nullptr;
};

enum TypeFlags : uint32_t {
    kHeapType = 1,          // made by a class statement or type(): attributes may be set
    kBaseType = 2,          // may be subclassed
    kMethodDescriptor = 4,  // instances called through an attribute take self first, unbound
    kAbstract = 8,          // has unimplemented abstract methods
    kHasDel = 16,
    kSequencePattern = 32,       // matches [a, b] patterns
    kMappingPattern = 64,        // matches {k: v} patterns
    kSelfPattern = 128,          // int(x), str(x) … patterns capture the whole subject
    kDefaultGetAttribute = 256,  // get_attribute is the plain one: inline caches apply
    kVariableSize = 512,         // items or text follow the struct: allocate_variable
    kDottedName = 1024,          // a class of CPython's C modules: messages show "module.Name"
    // One bit per family, so that a subclass test is one load.
    kIntSubclass = 1 << 16,
    kFloatSubclass = 1 << 17,
    kStrSubclass = 1 << 18,
    kBytesSubclass = 1 << 19,
    kListSubclass = 1 << 20,
    kTupleSubclass = 1 << 21,
    kDictSubclass = 1 << 22,
    kSetSubclass = 1 << 23,  // set and frozenset
    kExceptionSubclass = 1 << 24,
    kTypeSubclass = 1 << 25,
};

struct Type : Object {
    static Type* type;  // `type` itself

    Ref<Str> name;
    Ref<Str> qualname;
    Type* base = nullptr;
    Ref<Tuple> bases;
    Ref<Tuple> mro;
    Ref<Dict> dict;
    std::vector<Type*> mro_types;   // the same as mro, borrowed
    std::vector<Type*> subclasses;  // borrowed; a dying subclass takes itself out
    uint32_t instance_size = 0;  // bytes of a fixed-size instance, its dict and __slots__ included
    int32_t dict_offset = 0;  // where an instance keeps its Ref<Dict>; before the object (negative)
                              // for variable-size types; 0: it has none
    uint32_t type_flags = 0;
    uint32_t slots_offset = 0;  // first __slots__ member; 0: none
    uint32_t slots_count = 0;   // of this and all bases, contiguous per class
    uint64_t version =
        0;  // changes when an attribute of it or of a base changes; never 0, never reused
    Slots slots;

    explicit Type(Type* metatype) : Object(metatype) {}
    [[nodiscard]] bool has(uint32_t flag) const { return type_flags & flag; }
};

// True if `type` is `base` or derives from it.
[[nodiscard]] inline bool is_subtype(const Type* type, const Type* base) {
    if (type == base) return true;
    for (const Type* candidate : type->mro_types)
        if (candidate == base) return true;
    return false;
}

extern Type* g_int_type;
inline Type* Value::type() const {
    return is_small() ? g_int_type : object()->type;
}

// Is it a T (or of a subclass)? T names a native object struct with `static Type* type`.
template <typename T>
[[nodiscard]] bool is(const Value& value) {
    return value.is_object() && is_subtype(value.object()->type, T::type);
}
template <typename T>
[[nodiscard]] bool is_exact(const Value& value) {
    return value.is_object() && value.object()->type == T::type;
}
// Null if it is not one.
template <typename T>
[[nodiscard]] T* as(const Value& value) {
    return is<T>(value) ? static_cast<T*>(value.object()) : nullptr;
}
template <typename T>
[[nodiscard]] T* cast(const Value& value) {
    return static_cast<T*>(value.object());
}

// Memory for an instance of `type`, zeroed behind `header` bytes (dict and __slots__ start empty).
void* allocate_instance(Type* type, size_t header);
void free_instance(Object* object);  // after the C++ destructor ran
// The same for types whose items follow the struct (kVariableSize): `bytes` in all, without the
// dict.
void* allocate_variable(Type* type, size_t bytes);
void free_variable(Object* object, size_t bytes);
// Set by weakref.cpp: clears the weak references to a dying object (flag kHasWeakrefs).
extern void (*g_clear_weakrefs)(Object* object);

// A new T of the given class (its own, or a script's subclass of it).
template <typename T, typename... Arguments>
[[nodiscard]] Ref<T> make_as(Type* type, Arguments&&... arguments) {
    return Ref<T>::take(new (allocate_instance(type, sizeof(T)))
                            T(type, std::forward<Arguments>(arguments)...));
}
template <typename T, typename... Arguments>
[[nodiscard]] Ref<T> make(Arguments&&... arguments) {
    return make_as<T>(T::type, std::forward<Arguments>(arguments)...);
}

// An attribute found on the class (along the MRO), without binding; null if there is none.
[[nodiscard]] const Value* type_lookup(const Type* type, Str* name);
// Call after changing a class's dict by other means than set_attribute.
void type_modified(Type* type);

// class NAME(BASES): the work of type.__new__ — metaclass instance, MRO, slots, __set_name__,
// __init_subclass__. `metatype` has been computed. Consumes nothing; empty and pending on error.
[[nodiscard]] Value new_class(Type* metatype, Str* name, Tuple* bases, Dict* namespace_,
                              const Args& keywords);
// The most derived metaclass of the bases, or null with a TypeError pending.
[[nodiscard]] Type* winning_metatype(Type* metatype, Tuple* bases);

// The instance's __dict__, made if need be; null if its type has none.
[[nodiscard]] Dict* instance_dict(Object* object);
// Where it would stand; null if the type has none. The Ref itself may be empty.
[[nodiscard]] inline Ref<Dict>* instance_dict_slot(Object* object) {
    return object->type->dict_offset
               ? reinterpret_cast<Ref<Dict>*>(reinterpret_cast<char*>(object) +
                                              object->type->dict_offset)
               : nullptr;
}

}  // namespace loopglass::value
