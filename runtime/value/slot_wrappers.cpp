// The objects that show native slots as dunders: wrapper_descriptor, method-wrapper and __new__
// (CPython: Objects/descrobject.c; Objects/typeobject.c, tp_new_wrapper).
#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/slot_table.hpp"

namespace loopglass::value {

using base::cat;

Type* SlotWrapper::type = nullptr;
Type* NewWrapper::type = nullptr;

namespace {

bool check_arity(const SlotDefinition& definition, const Args& args) {
    if (args.named())
        return raise(errors::TypeError,
                     cat("wrapper ", definition.name, "() takes no keyword arguments")),
               false;
    const auto wanted = static_cast<size_t>(definition.arguments);
    const bool optional_owner = definition.offset == offsetof(Slots, descr_get) && args.count == 1;
    if (args.count == wanted || optional_owner) return true;
    return raise(errors::TypeError, cat("expected ", wanted, " argument", wanted == 1 ? "" : "s",
                                        ", got ", args.count)),
           false;
}

// str, list, tuple, bytes and bytearray concatenate and repeat in slots that raise where those of
// numbers answer NotImplemented.
bool is_sequence(const Type* type) {
    return type->has(kStrSubclass | kListSubclass | kTupleSubclass | kBytesSubclass) ||
           is_subtype(type, ByteArray::type);
}
bool is_binary(const SlotDefinition& definition, BinaryOp op) {
    return definition.offset ==
           offsetof(Slots, binary) + static_cast<size_t>(op) * sizeof(AnyFunction);
}
bool refuses_factor(const SlotDefinition& definition, const Value& factor) {
    return is_binary(definition, BinaryOp::Mul) && !is_int(factor) && !factor.type()->slots.index;
}

Value call_wrapper(const SlotWrapper* wrapper, const Value& self, const Args& args) {
    const SlotDefinition& definition = *wrapper->definition;
    const AnyFunction slot = slot_at(wrapper->owner->slots, definition.offset);
    if (definition.offset == offsetof(Slots, call))
        return as_slot<Value (*)(const Value&, const Args&)>(slot)(self, args);
    if (definition.offset == offsetof(Slots, init))
        return done(as_slot<bool (*)(const Value&, const Args&)>(slot)(self, args));
    if (!check_arity(definition, args)) return {};
    const Value padded[] = {args.count > 0 ? args.items[0] : Value{},
                            args.count > 1 ? args.items[1] : none()};
    if (!is_sequence(wrapper->owner)) return definition.wrap(slot, self, padded);
    if (refuses_factor(definition, padded[0]))
        return raise(errors::TypeError, cat("'", type_name(padded[0]),
                                            "' object cannot be interpreted as an integer"));
    Value result = definition.wrap(slot, self, padded);
    if (!result.is(g_not_implemented) || !is_binary(definition, BinaryOp::Add)) return result;
    return binary(BinaryOp::Add, self, padded[0]);
}

Value wrapper_call(const Value& self, const Args& args) {
    const auto* wrapper = cast<SlotWrapper>(self);
    if (!args.count)
        return raise(errors::TypeError,
                     cat("descriptor '", wrapper->definition->name, "' of '",
                         wrapper->owner->name->view(), "' object needs an argument"));
    if (!is_subtype(args.items[0].type(), wrapper->owner))
        return raise(errors::TypeError,
                     cat("descriptor '", wrapper->definition->name, "' requires a '",
                         wrapper->owner->name->view(), "' object but received a '",
                         type_name(args.items[0]), "'"));
    return call_wrapper(wrapper, args.items[0], Args{args.items + 1, args.count - 1, args.names});
}

struct BoundSlot : Object {
    static Type* type;  // method-wrapper
    Value wrapper, self;
    BoundSlot(Type* its_type, Value w, Value s)
        : Object(its_type), wrapper(std::move(w)), self(std::move(s)) {}
};
Type* BoundSlot::type = nullptr;

Value wrapper_get(const Value& self, const Value& object, Type*) {
    return object ? Value(make<BoundSlot>(self, object)) : self;
}
Value bound_call(const Value& self, const Args& args) {
    const auto* bound = cast<BoundSlot>(self);
    return call_wrapper(cast<SlotWrapper>(bound->wrapper), bound->self, args);
}
const SlotWrapper* wrapper_of(const Value& value) {
    return is_exact<BoundSlot>(value) ? cast<SlotWrapper>(cast<BoundSlot>(value)->wrapper)
                                      : cast<SlotWrapper>(value);
}
Value wrapper_repr(const Value& self) {
    const SlotWrapper* wrapper = wrapper_of(self);
    return make_str(cat("<slot wrapper '", wrapper->definition->name, "' of '",
                        wrapper->owner->name->view(), "' objects>"));
}
Value bound_repr(const Value& self) {
    return make_str(cat("<method-wrapper '", wrapper_of(self)->definition->name, "' of ",
                        type_name(cast<BoundSlot>(self)->self), " object at ",
                        address_text(cast<BoundSlot>(self)->self), ">"));
}
Value wrapper_name(const Value* a) {
    return make_str(wrapper_of(a[0])->definition->name);
}
Value wrapper_qualname(const Value* a) {
    return make_str(
        cat(wrapper_of(a[0])->owner->qualname->view(), ".", wrapper_of(a[0])->definition->name));
}
Value wrapper_owner(const Value* a) {
    return Value::share(wrapper_of(a[0])->owner);
}
Value bound_self(const Value* a) {
    return cast<BoundSlot>(a[0])->self;
}
constexpr NativeMethod kWrapperMethods[] = {
    {"__name__", wrapper_name, "(self)", MethodKind::Getter},
    {"__qualname__", wrapper_qualname, "(self)", MethodKind::Getter},
    {"__objclass__", wrapper_owner, "(self)", MethodKind::Getter},
};
constexpr NativeMethod kBoundMethods[] = {
    {"__name__", wrapper_name, "(self)", MethodKind::Getter},
    {"__qualname__", wrapper_qualname, "(self)", MethodKind::Getter},
    {"__self__", bound_self, "(self)", MethodKind::Getter},
};

Value new_wrapper_call(const Value& self, const Args& args) {
    const Type* owner = cast<NewWrapper>(self)->owner;
    const std::string_view name = owner->name->view();
    if (!args.count) return raise(errors::TypeError, cat(name, ".__new__(): not enough arguments"));
    Type* type = as<Type>(args.items[0]);
    if (!type)
        return raise(errors::TypeError, cat(name, ".__new__(X): X is not a type object (",
                                            type_name(args.items[0]), ")"));
    if (!is_subtype(type, owner))
        return raise(errors::TypeError, cat(name, ".__new__(", type->name->view(), "): ",
                                            type->name->view(), " is not a subtype of ", name));
    const Type* native = type;
    while (native->has(kHeapType) && native->base) native = native->base;
    if (native->slots.construct && native->slots.construct != owner->slots.construct)
        return raise(errors::TypeError,
                     cat(name, ".__new__(", type->name->view(), ") is not safe, use ",
                         native->name->view(), ".__new__()"));
    return owner->slots.construct(type, Args{args.items + 1, args.count - 1, args.names});
}
Value new_wrapper_repr(const Value& self) {
    return make_str(cat("<built-in method __new__ of type object at ",
                        address_text(Value::share(cast<NewWrapper>(self)->owner)), ">"));
}
Value new_wrapper_name(const Value*) {
    return make_str("__new__");
}
constexpr NativeMethod kNewWrapperMethods[] = {
    {"__name__", new_wrapper_name, "(self)", MethodKind::Getter}};

}  // namespace

void initialise_slot_types() {
    define_type({.name = "wrapper_descriptor",
                 .instance_size = sizeof(SlotWrapper),
                 .flags = kMethodDescriptor,
                 .slots = {.destroy = destroy_native<SlotWrapper>,
                           .repr = wrapper_repr,
                           .call = wrapper_call,
                           .descr_get = wrapper_get},
                 .methods = kWrapperMethods});
    BoundSlot::type = define_type(
        {.name = "method-wrapper",
         .instance_size = sizeof(BoundSlot),
         .slots = {.destroy = destroy_native<BoundSlot>, .repr = bound_repr, .call = bound_call},
         .methods = kBoundMethods});
    define_type({.name = "builtin_new",
                 .instance_size = sizeof(NewWrapper),
                 .slots = {.destroy = destroy_native<NewWrapper>,
                           .repr = new_wrapper_repr,
                           .call = new_wrapper_call},
                 .methods = kNewWrapperMethods});
}

}  // namespace loopglass::value
