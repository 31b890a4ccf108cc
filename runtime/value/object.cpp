// `object`, the constants, plain attribute access, and the end of an object's life.
#include <cstdio>
#include <vector>

#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/initialise.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/thread.hpp"

namespace loopglass::value {

using base::cat;

Thread g_thread;
Object *g_none, *g_ellipsis, *g_not_implemented;
Type* g_object_type = nullptr;

bool has_raised() {
    return raised();
}

// ---- the end of an object
// -----------------------------------------------------------------------------

bool object_hash(const Value& self, int64_t& out) {
    out = static_cast<int64_t>(address_of(self) >> 4);
    return true;
}

namespace {

// A long chain of objects is freed from a list, not by recursion: a fiber's stack is small.
constexpr int kMaxNesting = 60;
int g_destroy_nesting = 0;
std::vector<Object*> g_destroy_later;

// __del__; false if it brought the object back to life.
bool finalise(Object* object) {
    static Name del("__del__");
    object->refs = 1;
    object->flags |= kFinalized;
    const Value pending = take_raised();
    {
        const Value self = Value::share(object);
        const Value method = find_special(self, del);
        if (!method || !call(method)) {
            const Value error = take_raised();
            const Value* function = type_lookup(object->type, del);
            if (error) write_unraisable(error, function ? *function : Value{});
        }
    }
    restore_raised(pending);
    return --object->refs == 0;
}

void destroy_now(Object* object) {
    if (object->type->has(kHasDel) && !(object->flags & kFinalized) && !finalise(object)) return;
    if (object->flags & kHasWeakrefs && g_clear_weakrefs) g_clear_weakrefs(object);
    object->type->slots.destroy(object);
}

}  // namespace

void destroy_object(Object* object) {
    if (g_destroy_nesting >= kMaxNesting) {
        g_destroy_later.push_back(object);
        return;
    }
    ++g_destroy_nesting;
    destroy_now(object);
    --g_destroy_nesting;
    if (g_destroy_nesting) return;
    while (!g_destroy_later.empty()) {
        Object* next = g_destroy_later.back();
        g_destroy_later.pop_back();
        ++g_destroy_nesting;
        destroy_now(next);
        --g_destroy_nesting;
    }
}

// ---- attributes
// -----------------------------------------------------------------------------------------

// Remembers what was asked of whom, for "Did you mean" and AttributeError.name, .obj.
void note_missing_attribute(const Value& object, Str* name) {
    auto* error = cast<Exception>(g_thread.raised);
    error->fields.resize(2);
    error->fields[0] = Value::share(name);
    error->fields[1] = object;
}

namespace {

Value raise_missing(const Value& object, Str* name) {
    raise(errors::AttributeError,
          cat("'", type_name(object), "' object has no attribute '", name->view(), "'"));
    note_missing_attribute(object, name);
    return {};
}

}  // namespace

Value generic_get_attribute(const Value& object, Str* name) {
    Type* type = object.type();
    const Value* found = type_lookup(type, name);
    if (found && found->type()->slots.descr_set && found->type()->slots.descr_get) {
        const Value descriptor = *found;
        return descriptor.type()->slots.descr_get(descriptor, object, type);
    }
    // Looking into the object may compare keys of the script's, which may change the class.
    const Value attribute = found ? *found : Value();
    if (object.is_object())
        if (const Ref<Dict>* dict = instance_dict_slot(object.object()); dict && *dict)
            if (const Value* own = dict_find(dict->get(), name)) return *own;
    if (!attribute) return raise_missing(object, name);
    auto* get = attribute.type()->slots.descr_get;
    return get ? get(attribute, object, type) : attribute;
}

bool generic_set_attribute(const Value& object, Str* name, const Value& value) {
    Type* type = object.type();
    const Value* found = type_lookup(type, name);
    if (found && found->type()->slots.descr_set) {
        const Value descriptor = *found;
        return descriptor.type()->slots.descr_set(descriptor, object, value);
    }
    if (!object.is_object() || !type->dict_offset) {
        if (found) {
            raise(errors::AttributeError, cat("'", type_name(object), "' object attribute '",
                                              name->view(), "' is read-only"));
            return false;
        }
        std::string message =
            cat("'", type_name(object), "' object has no attribute '", name->view(), "'");
        if (!found) message += " and no __dict__ for setting new attributes";
        raise(errors::AttributeError, message);
        note_missing_attribute(object, name);
        return false;
    }
    if (value) {
        Str* key = name->flags & kInterned ? name : intern(name->view());
        dict_set(instance_dict(object.object()), key, value);
        return true;
    }
    if (dict_remove(instance_dict(object.object()), name)) return true;
    raise_missing(object, name);
    return false;
}

// ---- object
// ---------------------------------------------------------------------------------------------

namespace {

bool has_excess(const Args& args) {
    return args.count || args.named();
}

Value refuse_abstract(Type* type) {
    static Name abstract("__abstractmethods__");
    const Value* methods = dict_find(type->dict.get(), abstract);
    Ref<List> names = methods ? list_from(*methods) : make_list();
    if (!names || !sort_list(names.get(), Value{}, false)) return {};
    std::string list;
    for (const Value& name : names->items)
        list += cat(list.empty() ? "'" : ", '", str(name)->view(), "'");
    return raise(errors::TypeError, cat("Can't instantiate abstract class ", type->name->view(),
                                        " without an implementation for abstract method",
                                        names->items.size() > 1 ? "s " : " ", list));
}

void destroy_plain(Object* object) {
    free_instance(object);
}

Value object_repr(const Value& self) {
    return make_str(default_repr(self));
}
Value object_str(const Value& self) {
    return repr(self);
}
Value object_compare(const Value& a, const Value& b, CompareOp op) {
    if (op == CompareOp::Eq) return a.is(b) ? boolean(true) : not_implemented();
    if (op != CompareOp::Ne) return not_implemented();
    // By default `!=` is the opposite of `==`.
    if (!a.type()->slots.compare) return not_implemented();
    const Value same = a.type()->slots.compare(a, b, CompareOp::Eq);
    if (!same || same.is(g_not_implemented)) return same;
    const int answer = truth(same);
    return answer < 0 ? Value{} : boolean(!answer);
}

Value get_class(const Value* a) {
    return Value::share(a[0].type());
}
Value set_class(const Value* a) {
    if (!a[1]) return raise(errors::TypeError, "can't delete __class__ attribute");
    Type* to = as<Type>(a[1]);
    if (!to)
        return raise(errors::TypeError,
                     cat("__class__ must be set to a class, not '", type_name(a[1]), "' object"));
    Type* from = a[0].type();
    if (!from->has(kHeapType) || !to->has(kHeapType) || from->instance_size != to->instance_size ||
        from->dict_offset != to->dict_offset)
        return raise(
            errors::TypeError,
            cat("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    retain(to);
    a[0].object()->type = to;
    release(from);
    return none();
}
Value get_instance_dict(const Value* a) {
    if (a[0].is_object())
        if (Dict* dict = instance_dict(a[0].object())) return Value::share(dict);
    return raise(errors::AttributeError,
                 cat("'", type_name(a[0]), "' object has no attribute '__dict__'"));
}
Value set_instance_dict(const Value* a) {
    Ref<Dict>* slot = a[0].is_object() ? instance_dict_slot(a[0].object()) : nullptr;
    if (!slot) return raise(errors::AttributeError, "This object has no __dict__");
    if (!a[1]) {
        *slot = Ref<Dict>();
        return none();
    }
    Dict* dict = as<Dict>(a[1]);
    if (!dict)
        return raise(errors::TypeError,
                     cat("__dict__ must be set to a dictionary, not a '", type_name(a[1]), "'"));
    *slot = Ref<Dict>::share(dict);
    return none();
}
Value object_format(const Value* a) {
    if (!is<Str>(a[1]))
        return raise(errors::TypeError,
                     cat("__format__() argument must be str, not ", type_name(a[1])));
    if (cast<Str>(a[1])->size)
        return raise(errors::TypeError,
                     cat("unsupported format string passed to ", type_name(a[0]), ".__format__"));
    return str(a[0]);
}
Value object_init_subclass(const Value* a) {
    const std::string_view name = cast<Type>(a[0])->name->view();
    if (const size_t given = cast<Tuple>(a[1])->size)
        return raise(errors::TypeError,
                     cat(name, ".__init_subclass__() takes no arguments (", given, " given)"));
    if (cast<Dict>(a[2])->count)
        return raise(errors::TypeError,
                     cat(name, ".__init_subclass__() takes no keyword arguments"));
    return none();
}
Value object_subclasshook(const Value*) {
    return not_implemented();
}
Value object_sizeof(const Value* a) {
    return make_int(a[0].type()->instance_size);
}
Value object_dir(const Value* a) {
    Ref<Dict> names = make_dict();
    Type* type = a[0].type();
    for (auto owner = type->mro_types.rbegin(); owner != type->mro_types.rend(); ++owner)
        if (!dict_update(names.get(), (*owner)->dict)) return {};
    // Notes live in the instance's dict, once there are any.
    if (const auto* exception = as<Exception>(a[0]); exception && !exception->notes)
        dict_remove(names.get(), intern("__notes__"));
    if (a[0].is_object())
        if (const Ref<Dict>* dict = instance_dict_slot(a[0].object()); dict && *dict)
            if (!dict_update(names.get(), *dict)) return {};
    Ref<List> out = list_from(names);
    return out && sort_list(out.get(), Value{}, false) ? Value(out) : Value{};
}
Value object_reduce(const Value* a) {
    if (g_reduce_object) return g_reduce_object(a[0]);
    return raise(errors::TypeError, cat("cannot pickle '", type_name(a[0]), "' object"));
}
// A class with a __reduce__ of its own is asked that.
Value object_reduce_ex(const Value* a) {
    static const Name reduce("__reduce__");
    const Value* own = type_lookup(a[0].type(), reduce);
    const Value* plain = type_lookup(g_object_type, reduce);
    if (own && plain && !own->is(*plain)) return call_method(a[0], reduce);
    return object_reduce(a);
}
Value object_getstate(const Value* a) {
    if (a[0].is_object())
        if (const Ref<Dict>* dict = instance_dict_slot(a[0].object()); dict && *dict)
            return dict_copy(dict->get());
    return none();
}

// type(None)(), type(...)(): the one there is.
template <Object** Constant>
Value construct_constant(Type* type, const Args& args) {
    static_cast<void>(type);
    const char* name = Constant == &g_none       ? "NoneType"
                       : Constant == &g_ellipsis ? "EllipsisType"
                                                 : "NotImplementedType";
    if (has_excess(args)) return raise(errors::TypeError, cat(name, " takes no arguments"));
    return Value::share(*Constant);
}

constexpr NativeMethod kObjectMethods[] = {
    {"__class__", get_class, "(self)", MethodKind::Getter},
    {"__class__", set_class, "(self, value)", MethodKind::Setter},
    {"__format__", object_format, "(self, format_spec, /)"},
    {"__init_subclass__", object_init_subclass, "(cls, /, *args, **kwargs)", MethodKind::Class},
    {"__subclasshook__", object_subclasshook, "(cls, subclass, /)", MethodKind::Class},
    {"__sizeof__", object_sizeof},
    {"__dir__", object_dir},
    {"__reduce__", object_reduce},
    {"__reduce_ex__", object_reduce_ex, "(self, protocol, /)"},
    {"__getstate__", object_getstate},
};
constexpr NativeMethod kDictGetter = {"__dict__", get_instance_dict, "(self)", MethodKind::Getter};
constexpr NativeMethod kDictSetter = {"__dict__", set_instance_dict, "(self, value)",
                                      MethodKind::Setter};

// ---- the constants
// ----------------------------------------------------------------------------------------

template <int kWhich>
Value constant_repr(const Value&) {
    constexpr const char* kTexts[] = {"None", "Ellipsis", "NotImplemented"};
    static Name text(kTexts[kWhich]);
    return Value::share(text.get());
}
int none_truth(const Value&) {
    return 0;
}
int not_implemented_truth(const Value&) {
    return raise(errors::TypeError, "NotImplemented should not be used in a boolean context"), -1;
}
Object* define_constant(const char* type_name, Value (*text)(const Value&),
                        int (*is_true)(const Value&)) {
    Slots slots = {.repr = text, .truth = is_true};
    if (text == constant_repr<0>) {
        slots.construct = construct_constant<&g_none>;
        // The same in every run since CPython 3.12.
        slots.hash = [](const Value&, int64_t& out) { return out = 0xFCA86420, true; };
        slots.binary[static_cast<size_t>(BinaryOp::Or)] = [](const Value& a, const Value& b) {
            return g_make_union && (is<Type>(a) || is<Type>(b)) ? g_make_union(a, b)
                                                                : not_implemented();
        };
    }
    if (text == constant_repr<1>) slots.construct = construct_constant<&g_ellipsis>;
    if (text == constant_repr<2>) slots.construct = construct_constant<&g_not_implemented>;
    Type* type = define_type({.name = type_name, .instance_size = sizeof(Object), .slots = slots});
    auto* object = new Object(type);
    object->refs = kImmortalRefs;
    return object;
}

}  // namespace

Value (*g_reduce_object)(const Value&) = nullptr;

Value object_new(Type* type, const Args& args) {
    if (has_excess(args)) {
        if (type->slots.construct != object_new)
            return raise(errors::TypeError,
                         "object.__new__() takes exactly one argument (the type to instantiate)");
        if (type->slots.init == object_init)
            return raise(errors::TypeError, cat(type->name->view(), "() takes no arguments"));
    }
    if (type->has(kAbstract)) return refuse_abstract(type);
    return Value::take(new (allocate_instance(type, sizeof(Object))) Object(type));
}

bool object_init(const Value& self, const Args& args) {
    if (!has_excess(args)) return true;
    const Type* type = self.type();
    if (type->slots.init != object_init)
        return raise(errors::TypeError,
                     "object.__init__() takes exactly one argument (the instance to initialize)"),
               false;
    if (type->slots.construct == object_new)
        return raise(errors::TypeError,
                     cat(type->name->view(),
                         ".__init__() takes exactly one argument (the instance to initialize)")),
               false;
    return true;
}

void initialise_object_types() {
    g_object_type = define_type({.name = "object",
                                 .instance_size = sizeof(Object),
                                 .flags = kBaseType,
                                 .slots = {.destroy = destroy_plain,
                                           .repr = object_repr,
                                           .str = object_str,
                                           .hash = object_hash,
                                           .get_attribute = generic_get_attribute,
                                           .set_attribute = generic_set_attribute,
                                           .compare = object_compare,
                                           .construct = object_new,
                                           .init = object_init},
                                 .methods = kObjectMethods});
    initialise_type_type();
    g_none = define_constant("NoneType", constant_repr<0>, none_truth);
    g_ellipsis = define_constant("ellipsis", constant_repr<1>, nullptr);
    g_not_implemented =
        define_constant("NotImplementedType", constant_repr<2>, not_implemented_truth);
    for (const Type* first : {g_object_type, Type::type, g_none->type})
        if (!dict_find(first->dict.get(), intern("__doc__")))
            dict_set(first->dict.get(), intern("__doc__"), none());
    initialise_slot_types();
    initialise_descriptor_types();
    initialise_function_types();
}

// `__dict__` of instances of script classes that have one.
Value make_dict_descriptor(Type* owner) {
    return make<GetSet>(&kDictGetter, &kDictSetter, owner);
}

void initialise_types() {
    static bool done = false;
    if (std::exchange(done, true)) return;
    bootstrap_types();
    initialise_object_types();
    initialise_container_types();  // from here on tuples and dicts can be dropped
    initialise_exception_types();
    initialise_str_types();
    initialise_int_types();
    initialise_float_types();
    initialise_bytes_types();
}

}  // namespace loopglass::value
