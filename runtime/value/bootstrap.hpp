// Types that must exist before any type can be defined: a type has a name (str), a dict and an MRO
// (tuple). They are allocated bare, and define_type fills them in when their author's turn comes.
#pragma once

#include <string_view>

#include "runtime/value/native.hpp"
#include "runtime/value/native_depth.hpp"

namespace loopglass::value {

void bootstrap_types();
// The bare type of that name, once; null for all others.
Type* take_bare_type(std::string_view name);

// Fills empty slots from the bases, in MRO order (slots.cpp).
void inherit_slots(Type* type);
// Native slots shown as dunder methods in the type's dict.
void expose_slots(Type* type);
// A script class: every slot from the dunders found along the MRO. `name` null: all of them.
void update_slots(Type* type, Str* name);
[[nodiscard]] bool is_slot_name(Str* name);

Value type_call(const Value& self, const Args& args);
Value type_get_attribute(const Value& self, Str* name);
bool type_set_attribute(const Value& self, Str* name, const Value& value);
bool compute_mro(Type* type);
void set_mro(Type* type, Ref<Tuple> mro);

// An attribute was not there: AttributeError.name and .obj, for "Did you mean".
void note_missing_attribute(const Value& object, Str* name);
// The __dict__ of instances of script classes.
Value make_dict_descriptor(Type* owner);
// Set by the containers: mappingproxy of a dict; the union type of `int | str`.
extern Value (*g_make_mapping_proxy)(const Value& dict);
extern Value (*g_make_union)(const Value& a, const Value& b);
// Is there stack left for one more native call? Where there is not, native recursion ends in a
// RecursionError, whatever the script's own limit is. Half of what is kept free below the limit is
// for native code that does not ask here.
inline constexpr long kNativeStackReserve = 16 * 1024;
[[nodiscard]] inline bool has_stack() {
    return !g_stack_limit ||
           static_cast<char*>(__builtin_frame_address(0)) > *g_stack_limit - kNativeStackReserve;
}
// Set by the script floor: what pickling and copying take an object apart into (copyreg).
extern Value (*g_reduce_object)(const Value& object);
// Set by the script floor: warnings.warn(message, DeprecationWarning); false: it became an error.
extern bool (*g_warn_deprecated)(std::string_view message);
// What __int__ or __index__ answered: an int, with a warning where it is of a subclass. Empty and
// pending where it is none.
Value checked_integer(Value result, const char* method);
extern Type* g_object_type;

Value object_new(Type* type, const Args& args);
bool object_init(const Value& self, const Args& args);

// An attribute computed by C++ functions.
struct GetSet : Object {
    static Type* type;
    const NativeMethod* getter;
    const NativeMethod* setter;  // may be null
    Type* owner;
    GetSet(Type* its_type, const NativeMethod* get, const NativeMethod* set, Type* its_owner)
        : Object(its_type), getter(get), setter(set), owner(its_owner) {}
};

// A native slot shown as a dunder method.
struct SlotDefinition;
struct SlotWrapper : Object {
    static Type* type;
    const SlotDefinition* definition;
    Type* owner;
    SlotWrapper(Type* its_type, const SlotDefinition* its_definition, Type* its_owner)
        : Object(its_type), definition(its_definition), owner(its_owner) {}
};

// Slots::construct of a native class shown as its __new__.
struct NewWrapper : Object {
    static Type* type;
    Type* owner;
    NewWrapper(Type* its_type, Type* its_owner) : Object(its_type), owner(its_owner) {}
};

void initialise_getset_types();      // getset_descriptor (getset.cpp)
void initialise_slot_types();        // wrapper_descriptor, method-wrapper (slots.cpp)
void initialise_descriptor_types();  // property, classmethod, super, method … (descriptors.cpp)
void initialise_function_types();    // builtin_function_or_method (native_call.cpp)
void initialise_type_type();         // type (type_object.cpp)

}  // namespace loopglass::value
