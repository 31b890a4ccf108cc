// `type`: calling a class, attributes of classes, and the class statement (Objects/typeobject.c).
#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/subclasses.hpp"
#include "runtime/value/text.hpp"
#include "runtime/value/weakref.hpp"

namespace loopglass::value {

using base::cat;

bool (*g_shows_class)(const Type*) = nullptr;

namespace {

Name kModule("__module__"), kQualname("__qualname__"), kDoc("__doc__"), kSlots("__slots__"),
    kDict("__dict__"), kWeakref("__weakref__"), kSetName("__set_name__"),
    kInitSubclass("__init_subclass__"), kClasscell("__classcell__"),
    kClassGetItem("__class_getitem__"), kNew("__new__"), kEq("__eq__"), kHash("__hash__"),
    kAbstractMethods("__abstractmethods__"), kMroEntries("mro"), kAnnotations("__annotations__");

// ---- a member named in __slots__
// --------------------------------------------------------------------

struct Member : Object {
    static Type* type;
    Ref<Str> name;
    uint32_t offset;
    Type* owner;  // borrowed: it owns us
    Member(Type* its_type, Ref<Str> its_name, uint32_t its_offset, Type* its_owner)
        : Object(its_type), name(std::move(its_name)), offset(its_offset), owner(its_owner) {}
};
Type* Member::type = nullptr;

Value& member_at(const Value& object, uint32_t offset) {
    return *reinterpret_cast<Value*>(reinterpret_cast<char*>(object.object()) + offset);
}

bool check_member_owner(const Member* member, const Value& object) {
    if (is_subtype(object.type(), member->owner)) return true;
    return raise(errors::TypeError,
                 cat("descriptor '", member->name->view(), "' for '", member->owner->name->view(),
                     "' objects doesn't apply to a '", type_name(object), "' object")),
           false;
}

Value raise_no_attribute(const Value& object, Str* name) {
    raise(errors::AttributeError,
          cat("'", type_name(object), "' object has no attribute '", name->view(), "'"));
    return {};
}

Value member_get(const Value& self, const Value& object, Type*) {
    if (!object) return self;
    const auto* member = cast<Member>(self);
    if (!check_member_owner(member, object)) return {};
    const Value& content = member_at(object, member->offset);
    return content ? content : raise_no_attribute(object, member->name.get());
}

bool member_set(const Value& self, const Value& object, const Value& value) {
    const auto* member = cast<Member>(self);
    if (!check_member_owner(member, object)) return false;
    Value& content = member_at(object, member->offset);
    if (!value && !content) return raise_no_attribute(object, member->name.get()), false;
    content = value;
    return true;
}

Value member_repr(const Value& self) {
    const auto* member = cast<Member>(self);
    return make_str(cat("<member '", member->name->view(), "' of '", member->owner->name->view(),
                        "' objects>"));
}
Value member_name(const Value* a) {
    return cast<Member>(a[0])->name;
}
Value member_owner(const Value* a) {
    return Value::share(cast<Member>(a[0])->owner);
}
Value member_doc(const Value*) {
    return none();
}
constexpr NativeMethod kMemberMethods[] = {
    {"__name__", member_name, "(self)", MethodKind::Getter},
    {"__objclass__", member_owner, "(self)", MethodKind::Getter},
    {"__doc__", member_doc, "(self)", MethodKind::Getter}};

// ---- a class under construction
// -------------------------------------------------------------------------

// The base whose native layout instances share: the one with the most derived struct.
Type* solid_base(Type* type) {
    while (type->has(kHeapType) && type->base) type = type->base;
    return type;
}

// The same among bases: native classes that add nothing to their base's struct (most exceptions)
// are as good as the base.
Type* layout_base(Type* type) {
    while (type->base &&
           (type->has(kHeapType) || (type->instance_size == type->base->instance_size &&
                                     type->slots.destroy == type->base->slots.destroy)))
        type = type->base;
    return type;
}

// The nearest class of a script, from `type` up the layout, that has __slots__ members; null if
// none.
const Type* slots_owner(const Type* type) {
    while (type && type->slots_count == 0) type = type->base;
    return type;
}

// Two bases with the same native part: the one whose members stand in the instance must be
// followed. False with an exception pending if both have members of their own.
bool choose_by_slots(Type*& winner, Type* base) {
    const Type *mine = slots_owner(winner), *others = slots_owner(base);
    if (!others || (mine && is_subtype(mine, others))) return true;
    if (mine && !is_subtype(others, mine))
        return raise(errors::TypeError, "multiple bases have instance lay-out conflict"), false;
    winner = base;
    return true;
}

Type* best_base(Tuple* bases) {
    Type* winner = nullptr;
    for (size_t i = 0; i < bases->size; ++i) {
        Type* base = as<Type>((*bases)[i]);
        if (!base) {
            raise(errors::TypeError, "bases must be types");
            return nullptr;
        }
        if (!base->has(kBaseType)) {
            raise(errors::TypeError,
                  cat("type '", base->name->view(), "' is not an acceptable base type"));
            return nullptr;
        }
        Type* solid = layout_base(base);
        if (!winner) {
            winner = base;
        } else if (is_subtype(solid, layout_base(winner))) {
            if (solid != layout_base(winner))
                winner = base;
            else if (!choose_by_slots(winner, base))
                return nullptr;
        } else if (!is_subtype(layout_base(winner), solid)) {
            raise(errors::TypeError, "multiple bases have instance lay-out conflict");
            return nullptr;
        }
    }
    return winner;
}

Value mangled(Type* type, const Value& slot) {
    const std::string_view text = cast<Str>(slot)->view();
    std::string_view owner = type->name->view();
    if (text.substr(0, 2) != "__" || text.substr(text.size() - 2) == "__") return slot;
    while (!owner.empty() && owner.front() == '_') owner.remove_prefix(1);
    return owner.empty() ? slot : Value(make_str(cat("_", owner, text)));
}

bool is_identifier(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    if (at == end || !is_identifier_start(next_code_point(at))) return false;
    while (at < end)
        if (!is_identifier_part(next_code_point(at))) return false;
    return true;
}

// __slots__: a member descriptor each; answers false on a bad declaration. `wants_dict` becomes
// false unless '__dict__' is among them.
bool add_slot_members(Type* type, const Value& declared, bool& wants_dict) {
    wants_dict = false;
    Ref<List> names = is<Str>(declared) ? make_list({declared}) : list_from(declared);
    if (!names) return false;
    for (const Value& slot : names->items) {
        if (!is<Str>(slot))
            return raise(errors::TypeError,
                         cat("__slots__ items must be strings, not '", type_name(slot), "'")),
                   false;
        const std::string_view special = cast<Str>(slot)->view();
        if ((special == "__dict__" && type->base->dict_offset) ||
            (special == "__weakref__" && takes_weakrefs(type->base)))
            return raise(errors::TypeError, cat(special, " slot disallowed: we already got one")),
                   false;
        if (cast<Str>(slot)->view() == "__dict__") {
            wants_dict = true;
            continue;
        }
        if (cast<Str>(slot)->view() == "__weakref__") continue;
        if (!is_identifier(cast<Str>(slot)->view()))
            return raise(errors::TypeError, "__slots__ must be identifiers"), false;
        const Value private_name = mangled(type, slot);
        Str* name = intern(cast<Str>(private_name)->view());
        if (dict_find(type->dict.get(), name))
            return raise(errors::ValueError,
                         cat("'", name->view(), "' in __slots__ conflicts with class variable")),
                   false;
        const uint32_t offset = type->instance_size;
        type->instance_size += sizeof(Value);
        if (!type->slots_offset) type->slots_offset = offset;
        ++type->slots_count;
        dict_set(type->dict.get(), name, make<Member>(Ref<Str>::share(name), offset, type));
    }
    return true;
}

// Destroys an instance of a script's class: __del__, then members, dict, and the native part.
void destroy_instance(Object* object) {
    Type* type = object->type;
    for (Type* owner : type->mro_types)
        for (uint32_t i = 0; owner->has(kHeapType) && owner->slots_offset && i < owner->slots_count;
             ++i) {
            Value dropped = std::move(*reinterpret_cast<Value*>(
                reinterpret_cast<char*>(object) + owner->slots_offset + i * sizeof(Value)));
        }
    if (Ref<Dict>* dict = instance_dict_slot(object)) Ref<Dict> dropped = std::move(*dict);
    Type* native = solid_base(type);
    if (native->slots.destroy)
        native->slots.destroy(object);
    else
        free_instance(object);
}

void lay_out(Type* type, bool wants_dict) {
    const Type* base = type->base;
    if (type->has(kTypeSubclass)) return;  // classes have the dict of their attributes
    if (type->has(kVariableSize)) {
        type->dict_offset = base->dict_offset ? base->dict_offset : wants_dict ? -16 : 0;
        return;
    }
    if (base->dict_offset) {
        type->dict_offset = base->dict_offset;
    } else if (wants_dict) {
        type->dict_offset = static_cast<int32_t>(type->instance_size);
        type->instance_size += sizeof(Ref<Dict>);
    }
}

void add_dict_descriptor(Type* type) {
    if (type->dict_offset && !type->base->dict_offset)
        dict_set(type->dict.get(), kDict, make_dict_descriptor(type));
}

Value get_weakref(const Value* a) {
    const Ref<List> all = a[0].is_object() ? weakref_list(a[0].object()) : Ref<List>();
    return all && !all->items.empty() ? all->items[0] : none();
}
constexpr NativeMethod kWeakrefGetter = {"__weakref__", get_weakref, "(self)", MethodKind::Getter};

// Where instances can be referred to weakly and those of the base cannot.
void add_weakref_descriptor(Type* type) {
    if (takes_weakrefs(type) && !takes_weakrefs(type->base) && !type->has(kVariableSize))
        dict_set(type->dict.get(), kWeakref, make<GetSet>(&kWeakrefGetter, nullptr, type));
}

// __set_name__ of everything in the body that has it.
bool set_names(Type* type) {
    const Ref<Dict> body = dict_copy(type->dict.get());
    for (uint32_t i = 0; i < body->used; ++i) {
        const DictEntry& entry = body->entries[i];
        if (!entry.key) continue;
        const Value hook = find_special(entry.value, kSetName);
        if (!hook && has_raised()) return false;
        if (!hook) continue;
        if (!call(hook, Value::share(type), entry.key)) {
            const Value error = take_raised();
            restore_raised(error);
            static Name add_note("add_note");
            const Value note = make_str(
                cat("Error calling __set_name__ on '", type_name(entry.value), "' instance ",
                    repr(entry.key)->view(), " in '", type->name->view(), "'"));
            const Value pending = take_raised();
            const Value noted = call_method(pending, add_note, &note, 1);
            restore_raised(pending);
            return false;
        }
    }
    return true;
}

bool init_subclass(Type* type, const Args& keywords) {
    // super(type, type).__init_subclass__(**keywords)
    for (size_t i = 1; i < type->mro_types.size(); ++i) {
        const Value* hook = dict_find(type->mro_types[i]->dict.get(), kInitSubclass);
        if (!hook) continue;
        Value bound = *hook;
        if (auto* get = bound.type()->slots.descr_get) bound = get(bound, Value{}, type);
        return bound && call(bound, Args{keywords.items, 0, keywords.names});
    }
    return true;
}

void wrap_implicit(Dict* body, Str* name, Type* wrapper) {
    Value* function = dict_find(body, name);
    if (!function || !function->type()->has(kMethodDescriptor)) return;
    const Value wrapped = call(Value::share(wrapper), *function);
    if (wrapped) dict_set(body, name, wrapped);
}

bool fill_dict(Type* type, Dict* body) {
    type->dict = dict_copy(body);
    Dict* dict = type->dict.get();
    if (const Value* qualname = dict_find(dict, kQualname)) {
        Str* text = as<Str>(*qualname);
        if (!text)
            return raise(errors::TypeError,
                         cat("type __qualname__ must be a str, not ", type_name(*qualname))),
                   false;
        type->qualname = Ref<Str>::share(text);
        dict_remove(dict, kQualname);
    }
    if (!dict_find(dict, kModule) && g_thread.frame && g_thread.frame->globals) {
        static Name name("__name__");
        if (const Value* module = dict_find(g_thread.frame->globals, name))
            dict_set(dict, kModule, *module);
    }
    wrap_implicit(dict, kNew, StaticMethod::type);
    wrap_implicit(dict, kInitSubclass, ClassMethod::type);
    wrap_implicit(dict, kClassGetItem, ClassMethod::type);
    if (dict_find(dict, kEq) && !dict_find(dict, kHash)) dict_set(dict, kHash, none());
    return true;
}

}  // namespace

Type* winning_metatype(Type* metatype, Tuple* bases) {
    Type* winner = metatype;
    for (size_t i = 0; i < bases->size; ++i) {
        Type* candidate = (*bases)[i].type();
        if (is_subtype(winner, candidate)) continue;
        if (is_subtype(candidate, winner)) {
            winner = candidate;
            continue;
        }
        raise(
            errors::TypeError,
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass "
            "of the metaclasses of all its bases");
        return nullptr;
    }
    return winner;
}

namespace {

// A metaclass may have an order of its own. CPython: Objects/typeobject.c, mro_invoke().
bool ask_mro(Type* type) {
    static const Name mro("mro");
    const Value* own = type_lookup(static_cast<Object*>(type)->type, mro);
    const Value* native = type_lookup(Type::type, mro);
    if (!own || !native || own->is(*native)) return true;
    const Value answer = call_method(Value::share(type), mro);
    Ref<Tuple> order = answer ? tuple_from(answer) : Ref<Tuple>();
    if (!order) return false;
    for (size_t i = 0; i < order->size; ++i)
        if (!is<Type>((*order)[i]))
            return raise(errors::TypeError,
                         cat("mro() returned a non-class ('", type_name((*order)[i]), "')")),
                   false;
    set_mro(type, std::move(order));
    return true;
}

// The cell of __class__ is filled before a metaclass's mro() may ask for it.
bool take_class_cell(Type* type, const Dict* body) {
    const Value* cell = dict_find(const_cast<Dict*>(body), kClasscell);
    if (!cell) return true;
    if (!is<Cell>(*cell))
        return raise(errors::TypeError, cat("__classcell__ must be a nonlocal cell, not ",
                                            repr(Value::share(cell->type()))->view())),
               false;
    cast<Cell>(*cell)->content = Value::share(type);
    return true;
}

// Classes of our library in Python that are C in CPython: messages show those with their module.
bool is_dotted(const Type* type) {
    const Value* where = dict_find(type->dict.get(), kModule);
    const Str* module = where ? as<Str>(*where) : nullptr;
    if (!module) return false;
    const std::string_view name = type->name->view();
    // datetime and date stand on classes of ours under the virtual clock, as they do on CPython.
    if (module->view() == "datetime") return name != "datetime" && name != "date";
    if (module->view() == "decimal") return true;
    return module->view() == "re" && (name == "Match" || name == "Pattern");
}

}  // namespace

Value new_class(Type* metatype, Str* name, Tuple* bases, Dict* body, const Args& keywords) {
    Ref<Tuple> all_bases =
        bases->size ? Ref<Tuple>::share(bases) : make_tuple({Value::share(g_object_type)});
    Type* base = best_base(all_bases.get());
    if (!base) return {};
    // Metaclasses with attributes of their own are plain Types with a dict behind.
    Ref<Type> type =
        Ref<Type>::take(new (allocate_instance(metatype, sizeof(Type))) Type(metatype));
    type->name = Ref<Str>::share(name);
    type->qualname = type->name;
    type->base = base;
    type->bases = all_bases;
    type->type_flags =
        kHeapType | kBaseType |
        (base->type_flags & (0xFFFF0000u | kVariableSize | kMethodDescriptor | kSelfPattern |
                             kSequencePattern | kMappingPattern | kHasDel));
    for (size_t i = 0; i < all_bases->size; ++i) {
        Type* parent = cast<Type>((*all_bases)[i]);
        type->type_flags |= parent->type_flags & (kSequencePattern | kMappingPattern | kHasDel);
        parent->subclasses.push_back(type.get());
    }
    type->instance_size = (base->instance_size + 7u) & ~7u;
    type->slots.send = base->slots.send;
    if (!take_class_cell(type.get(), body)) return {};
    if (!compute_mro(type.get()) || !fill_dict(type.get(), body)) return {};
    if (metatype != Type::type && !ask_mro(type.get())) return {};
    if (is_dotted(type.get())) type->type_flags |= kDottedName;
    bool wants_dict = true;
    if (const Value* declared = dict_find(type->dict.get(), kSlots))
        if (!add_slot_members(type.get(), Value(*declared), wants_dict)) return {};
    for (size_t i = 0; i < all_bases->size; ++i)  // another base may bring a dict
        wants_dict = wants_dict || cast<Type>((*all_bases)[i])->dict_offset != 0;
    lay_out(type.get(), wants_dict);
    if (is_subtype(type.get(), Int::type))  // its limbs want more than the pool's step of 8 bytes
        type->instance_size = static_cast<uint32_t>((type->instance_size + alignof(Int) - 1) /
                                                    alignof(Int) * alignof(Int));
    add_dict_descriptor(type.get());
    add_weakref_descriptor(type.get());
    if (!dict_find(type->dict.get(), kDoc)) dict_set(type->dict.get(), kDoc, none());
    type_modified(type.get());
    update_slots(type.get(), nullptr);
    type->slots.destroy = destroy_instance;
    type->slots.send = base->slots.send;
    if (dict_remove(type->dict.get(), kClasscell)) type_modified(type.get());
    if (!set_names(type.get()) || !init_subclass(type.get(), keywords)) return {};
    return type;
}

// ---- type as an object
// ----------------------------------------------------------------------------------

namespace {

void destroy_type(Object* object) {
    Type* type = static_cast<Type*>(object);
    for (size_t i = 0; type->bases && i < type->bases->size; ++i) {
        auto& siblings = cast<Type>((*type->bases)[i])->subclasses;
        siblings.erase(std::remove(siblings.begin(), siblings.end(), type), siblings.end());
    }
    type->~Type();
    free_instance(object);
}

Value type_new(Type* metatype, const Args& args) {
    if (metatype == Type::type && args.count == 1 && !args.named())
        return Value::share(args.items[0].type());
    if (args.count != 3)
        return raise(errors::TypeError, metatype == Type::type && !args.count
                                            ? "type() takes 1 or 3 arguments"
                                            : "type() takes 1 or 3 arguments");
    Str* name = as<Str>(args.items[0]);
    if (!name)
        return raise(errors::TypeError,
                     cat("type.__new__() argument 1 must be str, not ", type_name(args.items[0])));
    Tuple* bases = as<Tuple>(args.items[1]);
    if (!bases)
        return raise(errors::TypeError, cat("type.__new__() argument 2 must be tuple, not ",
                                            type_name(args.items[1])));
    Dict* body = as<Dict>(args.items[2]);
    if (!body)
        return raise(errors::TypeError,
                     cat("type.__new__() argument 3 must be dict, not ", type_name(args.items[2])));
    Type* winner = winning_metatype(metatype, bases);
    if (!winner) return {};
    if (winner != metatype && winner->slots.construct != type_new)
        return winner->slots.construct(winner, args);
    return new_class(winner, name, bases, body, Args{args.items + 3, 0, args.names});
}

bool type_init(const Value&, const Args& args) {
    if (args.count == 1 || args.count == 3) return true;
    return raise(errors::TypeError, "type.__init__() takes 1 or 3 arguments"), false;
}

Value type_repr(const Value& self) {
    const Type* type = cast<Type>(self);
    const Value* module = dict_find(type->dict.get(), kModule);
    const std::string_view qualname = type->qualname->view();
    if (module && is<Str>(*module) && cast<Str>(*module)->view() == "builtins")
        return make_str(cat("<class '", type->name->view(), "'>"));
    if (!module || !is<Str>(*module)) return make_str(cat("<class '", qualname, "'>"));
    return make_str(cat("<class '", cast<Str>(*module)->view(), ".", qualname, "'>"));
}

Type* self_type(const Value* a) {
    return cast<Type>(a[0]);
}
Value get_name(const Value* a) {
    return self_type(a)->name;
}
bool check_settable(Type* type, std::string_view attribute) {
    if (type->has(kHeapType)) return true;
    return raise(errors::TypeError,
                 cat("cannot set '", attribute, "' attribute of immutable type '",
                     type->name->view(), "'")),
           false;
}
Value set_name(const Value* a) {
    if (!check_settable(self_type(a), "__name__")) return {};
    if (!is<Str>(a[1]))
        return raise(errors::TypeError,
                     cat("can only assign string to ", self_type(a)->name->view(),
                         ".__name__, not '", type_name(a[1]), "'"));
    self_type(a)->name = Ref<Str>::share(cast<Str>(a[1]));
    return none();
}
Value get_qualname(const Value* a) {
    return self_type(a)->qualname;
}
Value set_qualname(const Value* a) {
    if (!check_settable(self_type(a), "__qualname__")) return {};
    if (!is<Str>(a[1]))
        return raise(errors::TypeError,
                     cat("can only assign string to ", self_type(a)->name->view(),
                         ".__qualname__, not '", type_name(a[1]), "'"));
    self_type(a)->qualname = Ref<Str>::share(cast<Str>(a[1]));
    return none();
}
Value get_module(const Value* a) {
    if (const Value* module = dict_find(self_type(a)->dict.get(), kModule)) return *module;
    return make_str("builtins");
}
Value set_module(const Value* a) {
    if (!check_settable(self_type(a), "__module__")) return {};
    dict_set(self_type(a)->dict.get(), kModule, a[1]);
    if (is_dotted(self_type(a))) self_type(a)->type_flags |= kDottedName;
    type_modified(self_type(a));
    return none();
}
Value get_doc(const Value* a) {
    const Value* doc = dict_find(self_type(a)->dict.get(), kDoc);
    if (!doc) return none();
    if (auto* get = doc->type()->slots.descr_get) return get(*doc, Value{}, self_type(a));
    return *doc;
}
Value set_doc(const Value* a) {
    if (!check_settable(self_type(a), "__doc__")) return {};
    dict_set(self_type(a)->dict.get(), kDoc, a[1]);
    type_modified(self_type(a));
    return none();
}
Value get_bases(const Value* a) {
    return self_type(a)->bases;
}
Value get_base(const Value* a) {
    return self_type(a)->base ? Value::share(self_type(a)->base) : none();
}
Value get_mro(const Value* a) {
    return self_type(a)->mro;
}
Value get_dict(const Value* a) {
    return g_make_mapping_proxy ? g_make_mapping_proxy(self_type(a)->dict)
                                : Value(self_type(a)->dict);
}
Value get_annotations(const Value* a) {
    Dict* dict = self_type(a)->dict.get();
    if (const Value* found = dict_find(dict, kAnnotations)) return *found;
    if (!self_type(a)->has(kHeapType))
        return raise(errors::AttributeError, cat("type object '", self_type(a)->name->view(),
                                                 "' has no attribute '__annotations__'"));
    dict_set(dict, kAnnotations, make_dict());
    type_modified(self_type(a));
    return *dict_find(dict, kAnnotations);
}
Value set_annotations(const Value* a) {
    if (!check_settable(self_type(a), "__annotations__")) return {};
    if (!a[1]) {
        if (!dict_remove(self_type(a)->dict.get(), kAnnotations))
            return raise(errors::AttributeError, "__annotations__");
        type_modified(self_type(a));
        return none();
    }
    dict_set(self_type(a)->dict.get(), kAnnotations, a[1]);
    type_modified(self_type(a));
    return none();
}
Value get_abstract(const Value* a) {
    if (const Value* found = dict_find(self_type(a)->dict.get(), kAbstractMethods)) return *found;
    return raise(errors::AttributeError, "__abstractmethods__");
}
Value set_abstract(const Value* a) {
    Type* type = self_type(a);
    if (!a[1] && !dict_remove(type->dict.get(), kAbstractMethods))
        return raise(errors::AttributeError, "__abstractmethods__");
    if (a[1]) dict_set(type->dict.get(), kAbstractMethods, a[1]);
    const int any = a[1] ? truth(a[1]) : 0;
    if (any < 0) return {};
    type->type_flags = any ? type->type_flags | kAbstract : type->type_flags & ~uint32_t{kAbstract};
    type_modified(type);
    return none();
}
Value type_mro(const Value* a) {
    return list_from(self_type(a)->mro);
}
Value type_subclasses(const Value* a) {
    Ref<List> out = make_list();
    for (Type* subclass : self_type(a)->subclasses)
        if (subclass->has(kHeapType) || !g_shows_class || g_shows_class(subclass))
            out->items.push_back(Value::share(subclass));
    return out;
}
Value type_instancecheck(const Value* a) {
    return boolean(is_subtype(a[1].type(), self_type(a)));
}
Value type_subclasscheck(const Value* a) {
    const Type* candidate = as<Type>(a[1]);
    if (!candidate) return raise(errors::TypeError, "issubclass() arg 1 must be a class");
    return boolean(is_subtype(candidate, self_type(a)));
}
Value type_prepare(const Value*) {
    return make_dict();
}
Value type_or(const Value& a, const Value& b) {
    return g_make_union ? g_make_union(a, b) : not_implemented();
}
Value type_dir(const Value* a) {
    Ref<Dict> names = make_dict();
    for (auto owner = self_type(a)->mro_types.rbegin(); owner != self_type(a)->mro_types.rend();
         ++owner)
        if (!dict_update(names.get(), (*owner)->dict)) return {};
    Ref<List> out = list_from(names);
    return out && sort_list(out.get(), Value{}, false) ? Value(out) : Value{};
}

constexpr NativeMethod kMethods[] = {
    {"__name__", get_name, "(self)", MethodKind::Getter},
    {"__name__", set_name, "(self, value)", MethodKind::Setter},
    {"__qualname__", get_qualname, "(self)", MethodKind::Getter},
    {"__qualname__", set_qualname, "(self, value)", MethodKind::Setter},
    {"__module__", get_module, "(self)", MethodKind::Getter},
    {"__module__", set_module, "(self, value)", MethodKind::Setter},
    {"__doc__", get_doc, "(self)", MethodKind::Getter},
    {"__doc__", set_doc, "(self, value)", MethodKind::Setter},
    {"__bases__", get_bases, "(self)", MethodKind::Getter},
    {"__base__", get_base, "(self)", MethodKind::Getter},
    {"__mro__", get_mro, "(self)", MethodKind::Getter},
    {"__dict__", get_dict, "(self)", MethodKind::Getter},
    {"__annotations__", get_annotations, "(self)", MethodKind::Getter},
    {"__annotations__", set_annotations, "(self, value)", MethodKind::Setter},
    {"__abstractmethods__", get_abstract, "(self)", MethodKind::Getter},
    {"__abstractmethods__", set_abstract, "(self, value)", MethodKind::Setter},
    {"mro", type_mro},
    {"__subclasses__", type_subclasses},
    {"__instancecheck__", type_instancecheck, "(self, instance, /)"},
    {"__subclasscheck__", type_subclasscheck, "(self, subclass, /)"},
    {"__prepare__", type_prepare, "(cls, *args, **kwargs)", MethodKind::Class},
    {"__dir__", type_dir},
};

}  // namespace

Value (*g_make_mapping_proxy)(const Value&) = nullptr;
Value (*g_make_union)(const Value&, const Value&) = nullptr;

Value type_call(const Value& self, const Args& args) {
    Type* type = cast<Type>(self);
    if (type == Str::type && args.count == 1 && !args.named()) return str(args.items[0]);
    if (!type->slots.construct)
        return raise(errors::TypeError, cat("cannot create '", type->name->view(), "' instances"));
    Value object = type->slots.construct(type, args);
    if (!object || type == Type::type) return object;
    if (!is_subtype(object.type(), type) || !object.type()->slots.init) return object;
    return object.type()->slots.init(object, args) ? object : Value{};
}

// type.__getattribute__: the metaclass's data descriptors, then the class and its bases, then the
// metaclass (Objects/typeobject.c, type_getattro).
Value type_get_attribute(const Value& self, Str* name) {
    Type* type = cast<Type>(self);
    const Value* meta = type_lookup(self.type(), name);
    if (meta && meta->type()->slots.descr_get && meta->type()->slots.descr_set)
        return meta->type()->slots.descr_get(Value(*meta), self, self.type());
    if (const Value* found = type_lookup(type, name)) {
        const Value attribute = *found;
        auto* get = attribute.type()->slots.descr_get;
        return get ? get(attribute, Value{}, type) : attribute;
    }
    if (meta) {
        const Value attribute = *meta;
        auto* get = attribute.type()->slots.descr_get;
        return get ? get(attribute, self, self.type()) : attribute;
    }
    raise(errors::AttributeError,
          cat("type object '", shown_name(type), "' has no attribute '", name->view(), "'"));
    note_missing_attribute(self, name);
    return {};
}

bool type_set_attribute(const Value& self, Str* name, const Value& value) {
    Type* type = cast<Type>(self);
    if (!type->has(kHeapType))
        return raise(errors::TypeError,
                     cat("cannot set '", name->view(), "' attribute of immutable type '",
                         type->name->view(), "'")),
               false;
    const Value* meta = type_lookup(self.type(), name);
    if (meta && meta->type()->slots.descr_set)
        return meta->type()->slots.descr_set(Value(*meta), self, value);
    if (value) {
        dict_set(type->dict.get(), name, value);
    } else if (!dict_remove(type->dict.get(), name)) {
        return raise(errors::AttributeError, cat("type object '", type->name->view(),
                                                 "' has no attribute '", name->view(), "'")),
               false;
    }
    type_modified(type);
    if (is_slot_name(name)) update_slots(type, name);
    return true;
}

void initialise_type_type() {
    Member::type = define_type({.name = "member_descriptor",
                                .instance_size = sizeof(Member),
                                .slots = {.destroy = destroy_native<Member>,
                                          .repr = member_repr,
                                          .descr_get = member_get,
                                          .descr_set = member_set},
                                .methods = kMemberMethods});
    Slots slots = {.destroy = destroy_type,
                   .repr = type_repr,
                   .call = type_call,
                   .get_attribute = type_get_attribute,
                   .set_attribute = type_set_attribute,
                   .construct = type_new,
                   .init = type_init};
    slots.binary[static_cast<size_t>(BinaryOp::Or)] = type_or;
    define_type({.name = "type",
                 .instance_size = sizeof(Type),
                 .flags = kBaseType | kTypeSubclass,
                 .slots = slots,
                 .methods = kMethods});
}

}  // namespace loopglass::value
