// Bound methods, property, staticmethod, classmethod, super, cells and modules.
#include <cstdio>

#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* BoundMethod::type = nullptr;
Type* Property::type = nullptr;
Type* StaticMethod::type = nullptr;
Type* ClassMethod::type = nullptr;
Type* Module::type = nullptr;
Type* Code::type = nullptr;

namespace {

Name kName("__name__"), kQualname("__qualname__"), kDoc("__doc__"),
    kAbstract("__isabstractmethod__"), kGetattr("__getattr__"), kFile("__file__"),
    kSpec("__spec__");

// ---- method
// ---------------------------------------------------------------------------------------------

Value method_call(const Value& self, const Args& args) {
    const auto* method = cast<BoundMethod>(self);
    const size_t total = args.count + args.named();
    if (total < 8) {
        Value all[8];
        all[0] = method->self;
        for (size_t i = 0; i < total; ++i) all[i + 1] = args.items[i];
        return call(method->function, Args{all, args.count + 1, args.names});
    }
    std::vector<Value> all(total + 1);
    all[0] = method->self;
    for (size_t i = 0; i < total; ++i) all[i + 1] = args.items[i];
    return call(method->function, Args{all.data(), args.count + 1, args.names});
}
Value method_repr(const Value& self) {
    const auto* method = cast<BoundMethod>(self);
    Value name = find_attribute(method->function, kQualname);
    if (!name) {
        if (has_raised()) return {};
        name = find_attribute(method->function, kName);
    }
    if (has_raised()) return {};
    const Ref<Str> of = repr(method->self);
    return of ? Value(make_str(cat("<bound method ",
                                   name && is<Str>(name) ? cast<Str>(name)->view() : "?", " of ",
                                   of->view(), ">")))
              : Value{};
}
Value method_compare(const Value& a, const Value& b, CompareOp op) {
    if (!is_exact<BoundMethod>(b) || (op != CompareOp::Eq && op != CompareOp::Ne))
        return not_implemented();
    const auto *x = cast<BoundMethod>(a), *y = cast<BoundMethod>(b);
    const bool same = x->self.is(y->self) && x->function.is(y->function);
    return boolean(same == (op == CompareOp::Eq));
}
bool method_hash(const Value& self, int64_t& out) {
    const auto* method = cast<BoundMethod>(self);
    out = static_cast<int64_t>((method->self.bits() >> 4) * 31 ^ (method->function.bits() >> 4));
    return true;
}
Value method_get_attribute(const Value& self, Str* name) {
    const bool own = type_lookup(BoundMethod::type, name) && name->view() != kDoc.get()->view();
    return own ? generic_get_attribute(self, name)
               : get_attribute(cast<BoundMethod>(self)->function, name);
}
Value method_new(Type*, const Args& args) {
    if (args.count != 2)
        return raise(errors::TypeError, cat("method expected 2 arguments, got ", args.count));
    if (!is_callable(args.items[0]))
        return raise(errors::TypeError, "first argument must be callable");
    return make<BoundMethod>(args.items[0], args.items[1]);
}
Value method_function(const Value* a) {
    return cast<BoundMethod>(a[0])->function;
}
Value method_self(const Value* a) {
    return cast<BoundMethod>(a[0])->self;
}
constexpr NativeMethod kMethodMethods[] = {
    {"__func__", method_function, "(self)", MethodKind::Getter},
    {"__self__", method_self, "(self)", MethodKind::Getter},
};

// ---- property
// -------------------------------------------------------------------------------------------

Value or_none(const Value& value) {
    return value ? value : none();
}

std::string property_name(const Property* property) {
    if (property->name && is<Str>(property->name))
        return cat("'", cast<Str>(property->name)->view(), "' ");
    if (property->getter) {
        const Value name = find_attribute(property->getter, kName);
        if (name && is<Str>(name)) return cat("'", cast<Str>(name)->view(), "' ");
        clear_raised();
    }
    return "";
}

Value property_get(const Value& self, const Value& object, Type*) {
    if (!object) return self;
    const auto* property = cast<Property>(self);
    if (property->getter) return call(property->getter, object);
    return raise(errors::AttributeError,
                 cat("property ", property_name(property), "of '", object.type()->qualname->view(),
                     "' object has no getter"));
}
bool property_set(const Value& self, const Value& object, const Value& value) {
    const auto* property = cast<Property>(self);
    const Value& function = value ? property->setter : property->deleter;
    if (!function)
        return raise(errors::AttributeError, cat("property ", property_name(property), "of '",
                                                 object.type()->qualname->view(),
                                                 "' object has no ", value ? "setter" : "deleter")),
               false;
    return static_cast<bool>(value ? call(function, object, value) : call(function, object));
}
Value property_new(Type* type, const Args&) {
    return make_as<Property>(type);
}
bool property_init(const Value& self, const Args& args) {
    static const Signature* signature =
        parse_signature("(fget=None, fset=None, fdel=None, doc=None)");
    Value a[4];
    if (!bind_arguments(*signature, "property", ErrorStyle::C, args, a)) return false;
    auto* property = cast<Property>(self);
    const auto given = [](const Value& value) {
        return value && !is_none(value) ? value : Value{};
    };
    property->getter = given(a[0]);
    property->setter = given(a[1]);
    property->deleter = given(a[2]);
    property->doc = given(a[3]);
    if (!property->doc && property->getter) {
        property->doc = find_attribute(property->getter, kDoc);
        clear_raised();
    }
    return true;
}
Value property_copy(const Value& self, const Value* getter, const Value* setter,
                    const Value* deleter) {
    const auto* from = cast<Property>(self);
    const Value arguments[] = {
        or_none(getter ? *getter : from->getter), or_none(setter ? *setter : from->setter),
        or_none(deleter ? *deleter : from->deleter), getter ? none() : or_none(from->doc)};
    Value copy = call(Value::share(self.type()), Args{arguments, 4});
    if (copy && is<Property>(copy)) cast<Property>(copy)->name = from->name;
    return copy;
}
Value property_getter(const Value* a) {
    return property_copy(a[0], &a[1], nullptr, nullptr);
}
Value property_setter(const Value* a) {
    return property_copy(a[0], nullptr, &a[1], nullptr);
}
Value property_deleter(const Value* a) {
    return property_copy(a[0], nullptr, nullptr, &a[1]);
}
Value property_fget(const Value* a) {
    return or_none(cast<Property>(a[0])->getter);
}
Value property_fset(const Value* a) {
    return or_none(cast<Property>(a[0])->setter);
}
Value property_fdel(const Value* a) {
    return or_none(cast<Property>(a[0])->deleter);
}
Value property_doc(const Value* a) {
    return or_none(cast<Property>(a[0])->doc);
}
Value property_set_doc(const Value* a) {
    cast<Property>(a[0])->doc = a[1];
    return none();
}
Value property_set_name(const Value* a) {
    cast<Property>(a[0])->name = a[2];
    return none();
}
Value is_abstract(const Value& function) {
    if (!function) return boolean(false);
    const Value mark = find_attribute(function, kAbstract);
    if (!mark) return has_raised() ? Value{} : boolean(false);
    const int answer = truth(mark);
    return answer < 0 ? Value{} : boolean(answer);
}
Value property_abstract(const Value* a) {
    const auto* property = cast<Property>(a[0]);
    for (const Value* function : {&property->getter, &property->setter, &property->deleter}) {
        Value answer = is_abstract(*function);
        if (!answer || answer.is(g_true)) return answer;
    }
    return boolean(false);
}
constexpr NativeMethod kPropertyMethods[] = {
    {"getter", property_getter, "(self, fget, /)"},
    {"setter", property_setter, "(self, fset, /)"},
    {"deleter", property_deleter, "(self, fdel, /)"},
    {"fget", property_fget, "(self)", MethodKind::Getter},
    {"fset", property_fset, "(self)", MethodKind::Getter},
    {"fdel", property_fdel, "(self)", MethodKind::Getter},
    {"__doc__", property_doc, "(self)", MethodKind::Getter},
    {"__doc__", property_set_doc, "(self, value)", MethodKind::Setter},
    {"__set_name__", property_set_name, "(self, owner, name, /)"},
    {"__isabstractmethod__", property_abstract, "(self)", MethodKind::Getter},
};

// ---- staticmethod and classmethod
// ------------------------------------------------------------------------

template <typename T>
Value wrapper_new(Type* type, const Args& args) {
    if (args.count != 1 || args.named())
        return raise(errors::TypeError,
                     cat(T::type->name->view(), " expected 1 argument, got ", args.count));
    auto wrapper = make_as<T>(type);
    wrapper->function = args.items[0];
    return wrapper;
}
template <typename T>
bool wrapper_init(const Value&, const Args&) {
    return true;
}
template <typename T>
Value wrapped_function(const Value* a) {
    return cast<T>(a[0])->function;
}
template <typename T>
Value wrapper_abstract(const Value* a) {
    return is_abstract(cast<T>(a[0])->function);
}
template <typename T>
Value wrapper_attribute(const Value& self, Str* name) {
    Value own = generic_get_attribute(self, name);
    if (own || !raised_is(errors::AttributeError)) return own;
    clear_raised();
    return get_attribute(cast<T>(self)->function, name);
}
template <typename T>
Value wrapper_repr(const Value& self) {
    const Ref<Str> inner = repr(cast<T>(self)->function);
    return inner ? Value(make_str(cat("<", T::type->name->view(), "(", inner->view(), ")>")))
                 : Value{};
}
template <typename T>
constexpr NativeMethod kWrapperMethods[] = {
    {"__func__", wrapped_function<T>, "(self)", MethodKind::Getter},
    {"__wrapped__", wrapped_function<T>, "(self)", MethodKind::Getter},
    {"__isabstractmethod__", wrapper_abstract<T>, "(self)", MethodKind::Getter},
};
Value static_get(const Value& self, const Value&, Type*) {
    return cast<StaticMethod>(self)->function;
}
Value static_call(const Value& self, const Args& args) {
    return call(cast<StaticMethod>(self)->function, args);
}
Value class_get(const Value& self, const Value& object, Type* owner) {
    const Value function = cast<ClassMethod>(self)->function;
    Type* bound_to = owner ? owner : object.type();
    if (function.type()->has(kMethodDescriptor))
        return make<BoundMethod>(function, Value::share(bound_to));
    if (auto* get = function.type()->slots.descr_get)
        return get(function, Value::share(bound_to), bound_to->type);
    return make<BoundMethod>(function, Value::share(bound_to));
}

// ---- super
// ------------------------------------------------------------------------------------------------

struct Super : Object {
    static Type* type;
    Type* after = nullptr;  // look-ups begin behind this class
    Value keep, object;     // keeps `after` alive; the instance or class, or empty
    Type* object_type = nullptr;
    explicit Super(Type* its_type) : Object(its_type) {}
};
Type* super_check(Type* type, const Value& object) {
    if (Type* as_class = as<Type>(object); as_class && is_subtype(as_class, type)) return as_class;
    if (is_subtype(object.type(), type)) return object.type();
    raise(errors::TypeError,
          cat("super(type, obj): obj (", is<Type>(object) ? "type" : "instance of", " ",
              is<Type>(object) ? cast<Type>(object)->name->view() : object.type()->name->view(),
              ") is not an instance or subtype of type (", type->name->view(), ")."));
    return nullptr;
}
bool in_function_with_arguments() {
    static const Name count("co_argcount");
    if (!g_thread.frame || !g_thread.frame->code) return false;
    const Value arguments = find_attribute(Value::share(g_thread.frame->code), count);
    return arguments && arguments.is_small() && arguments.small() > 0;
}

Value super_new(Type* type, const Args&) {
    return make_as<Super>(type);
}
bool super_init(const Value& self, const Args& args) {
    auto* super = cast<Super>(self);
    if (args.count > 2)
        return raise(errors::TypeError,
                     cat("super() expected at most 2 arguments, got ", args.count)),
               false;
    if (args.count < 1)  // the evaluator knows what it stands for where there is a __class__ cell
        return raise(errors::RuntimeError, in_function_with_arguments()
                                               ? "super(): __class__ cell not found"
                                               : "super(): no arguments"),
               false;
    Type* type = as<Type>(args.items[0]);
    if (!type)
        return raise(errors::TypeError,
                     cat("super() argument 1 must be a type, not ", type_name(args.items[0]))),
               false;
    super->after = type;
    super->keep = args.items[0];
    if (args.count < 2 || is_none(args.items[1])) return true;
    super->object_type = super_check(type, args.items[1]);
    if (!super->object_type) return false;
    super->object = args.items[1];
    return true;
}
Value super_attribute(const Value& self, Str* name) {
    const auto* super = cast<Super>(self);
    if (!super->object_type || name->view() == "__class__")
        return generic_get_attribute(self, name);
    bool behind = false;
    for (const Type* candidate : super->object_type->mro_types) {
        if (behind) {
            if (const Value* found = dict_find(candidate->dict.get(), name)) {
                const Value attribute = *found;
                auto* get = attribute.type()->slots.descr_get;
                if (!get) return attribute;
                return get(attribute,
                           super->object.is(super->object_type) ? Value{} : super->object,
                           super->object_type);
            }
        }
        behind = behind || candidate == super->after;
    }
    return generic_get_attribute(self, name);
}
Value super_repr(const Value& self) {
    const auto* super = cast<Super>(self);
    const std::string_view of = super->object_type ? super->object_type->name->view() : "NULL";
    return make_str(cat("<super: <class '", super->after->name->view(), "'>, ",
                        super->object_type ? cat("<", of, " object>") : "NULL", ">"));
}
Value super_get(const Value& self, const Value& object, Type*) {
    const auto* super = cast<Super>(self);
    if (!object || super->object) return self;
    return call(Value::share(self.type()), super->keep, object);
}
Value super_thisclass(const Value* a) {
    return or_none(cast<Super>(a[0])->keep);
}
Value super_self(const Value* a) {
    return or_none(cast<Super>(a[0])->object);
}
Value super_self_class(const Value* a) {
    Type* type = cast<Super>(a[0])->object_type;
    return type ? Value::share(type) : none();
}
constexpr NativeMethod kSuperMethods[] = {
    {"__thisclass__", super_thisclass, "(self)", MethodKind::Getter},
    {"__self__", super_self, "(self)", MethodKind::Getter},
    {"__self_class__", super_self_class, "(self)", MethodKind::Getter},
};

// ---- module
// -------------------------------------------------------------------------------------------------

Value module_new(Type* type, const Args& args) {
    if (args.count < 1)
        return raise(errors::TypeError, "module() missing required argument 'name' (pos 1)");
    if (!is<Str>(args.items[0]))
        return raise(errors::TypeError,
                     cat("module() argument 'name' must be str, not ", type_name(args.items[0])));
    auto module = make_as<Module>(type, make_dict());
    dict_set(module->dict.get(), kName, args.items[0]);
    dict_set(module->dict.get(), kDoc, args.count > 1 ? args.items[1] : none());
    return module;
}
bool is_library_module(const Module* module) {
    const Value* file = dict_find(module->dict.get(), kFile);
    return file && is<Str>(*file) && cast<Str>(*file)->view().starts_with("<lib>");
}
Value module_attribute(const Value& self, Str* name) {
    const auto* module = cast<Module>(self);
    if (const Value* found = dict_find(module->dict.get(), name)) {
        if (!type_lookup(self.type(), name)) return *found;
    }
    Value own = generic_get_attribute(self, name);
    if (own || !raised_is(errors::AttributeError)) return own;
    if (const Value* found = dict_find(module->dict.get(), name)) {
        clear_raised();
        return *found;
    }
    if (const Value* hook = dict_find(module->dict.get(), kGetattr)) {
        clear_raised();
        Value made = call(Value(*hook), Value::share(name));
        // A library module's own hook stands for a plain look-up in CPython: no frame of it shows.
        if (made || !raised_is(errors::AttributeError) || !is_library_module(module)) return made;
        // What tells more than that there is none is kept.
        Value error = take_raised();
        const Ref<Str> told = str(error);
        const bool plain = told && !cast<Exception>(error)->notes &&
                           told->view().ends_with(cat("attribute '", name->view(), "'"));
        restore_raised(std::move(error));
        if (!plain) return {};
    }
    clear_raised();
    const Value* module_name = dict_find(module->dict.get(), kName);
    raise(errors::AttributeError,
          cat("module '",
              module_name && is<Str>(*module_name) ? cast<Str>(*module_name)->view() : "?",
              "' has no attribute '", name->view(), "'"));
    note_missing_attribute(self, name);
    return {};
}
bool module_set_attribute(const Value& self, Str* name, const Value& value) {
    Dict* dict = cast<Module>(self)->dict.get();
    if (value) {
        dict_set(dict, name->flags & kInterned ? name : intern(name->view()), value);
        return true;
    }
    if (dict_remove(dict, name)) return true;
    return raise(errors::AttributeError, cat("module has no attribute '", name->view(), "'")),
           false;
}
Value module_repr(const Value& self) {
    Dict* dict = cast<Module>(self)->dict.get();
    const Value* name = dict_find(dict, kName);
    const Value* file = dict_find(dict, kFile);
    std::string text =
        cat("<module '", name && is<Str>(*name) ? cast<Str>(*name)->view() : "?", "'");
    text +=
        file && is<Str>(*file) ? cat(" from '", cast<Str>(*file)->view(), "'>") : " (built-in)>";
    return make_str(text);
}
Value module_dict(const Value* a) {
    return cast<Module>(a[0])->dict;
}
Value module_dir(const Value* a) {
    Ref<List> out = list_from(cast<Module>(a[0])->dict);
    return out && sort_list(out.get(), Value{}, false) ? Value(out) : Value{};
}
constexpr NativeMethod kModuleMethods[] = {
    {"__dict__", module_dict, "(self)", MethodKind::Getter},
    {"__dir__", module_dir},
};

Type* Super::type = nullptr;

}  // namespace

void initialise_descriptor_types() {
    initialise_getset_types();
    BoundMethod::type = define_type({.name = "method",
                                     .instance_size = sizeof(BoundMethod),
                                     .slots = {.destroy = destroy_native<BoundMethod>,
                                               .repr = method_repr,
                                               .hash = method_hash,
                                               .call = method_call,
                                               .get_attribute = method_get_attribute,
                                               .compare = method_compare,
                                               .construct = method_new},
                                     .methods = kMethodMethods});
    Property::type = define_type({.name = "property",
                                  .instance_size = sizeof(Property),
                                  .flags = kBaseType,
                                  .slots = {.destroy = destroy_native<Property>,
                                            .descr_get = property_get,
                                            .descr_set = property_set,
                                            .construct = property_new,
                                            .init = property_init},
                                  .methods = kPropertyMethods});
    StaticMethod::type = define_type({.name = "staticmethod",
                                      .instance_size = sizeof(StaticMethod),
                                      .flags = kBaseType,
                                      .slots = {.destroy = destroy_native<StaticMethod>,
                                                .repr = wrapper_repr<StaticMethod>,
                                                .call = static_call,
                                                .get_attribute = wrapper_attribute<StaticMethod>,
                                                .descr_get = static_get,
                                                .construct = wrapper_new<StaticMethod>,
                                                .init = wrapper_init<StaticMethod>},
                                      .methods = kWrapperMethods<StaticMethod>,
                                      .has_dict = true});
    ClassMethod::type = define_type({.name = "classmethod",
                                     .instance_size = sizeof(ClassMethod),
                                     .flags = kBaseType,
                                     .slots = {.destroy = destroy_native<ClassMethod>,
                                               .repr = wrapper_repr<ClassMethod>,
                                               .get_attribute = wrapper_attribute<ClassMethod>,
                                               .descr_get = class_get,
                                               .construct = wrapper_new<ClassMethod>,
                                               .init = wrapper_init<ClassMethod>},
                                     .methods = kWrapperMethods<ClassMethod>,
                                     .has_dict = true});
    Super::type = define_type({.name = "super",
                               .instance_size = sizeof(Super),
                               .flags = kBaseType,
                               .slots = {.destroy = destroy_native<Super>,
                                         .repr = super_repr,
                                         .get_attribute = super_attribute,
                                         .descr_get = super_get,
                                         .construct = super_new,
                                         .init = super_init},
                               .methods = kSuperMethods});
    Module::type = define_type({.name = "module",
                                .instance_size = sizeof(Module),
                                .flags = kBaseType,
                                .slots = {.destroy = destroy_native<Module>,
                                          .repr = module_repr,
                                          .get_attribute = module_attribute,
                                          .set_attribute = module_set_attribute,
                                          .construct = module_new,
                                          .init = [](const Value&, const Args&) { return true; }},
                                .methods = kModuleMethods});
}

Ref<Module> make_module(std::string_view name) {
    Ref<Module> module = make<Module>(make_dict());
    dict_set(module->dict.get(), kName, make_str(name));
    dict_set(module->dict.get(), kDoc, none());
    return module;
}

Value make_super(Type* after, const Value& object) {
    const Value arguments[] = {Value::share(after), object};
    return call(Value::share(Super::type), Args{arguments, 2});
}

}  // namespace loopglass::value
