#include "runtime/value/weakref.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <unordered_map>

#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* WeakRef::type = nullptr;
Type* WeakRef::proxy_type = nullptr;
Type* WeakRef::callable_proxy_type = nullptr;

namespace {

// The references to each object: first the ones without a callback, which are shared, then the
// others, newest first (as CPython lists and calls them).
using Registry = std::unordered_map<const Object*, std::vector<WeakRef*>>;
Registry& registry() {
    static auto* all = new Registry;  // outlives every object
    return *all;
}

// Native types whose instances CPython gives no room for weak references.
constexpr std::string_view kUnreferable[] = {
    "int",
    "bool",
    "float",
    "complex",
    "str",
    "bytes",
    "bytearray",
    "tuple",
    "list",
    "dict",
    "range",
    "slice",
    "object",
    "NoneType",
    "ellipsis",
    "cell",
    "property",
    "staticmethod",
    "classmethod",
    "super",
    "mappingproxy",
    "UnionType",
    "zip",
    "map",
    "filter",
    "enumerate",
    "reversed",
    "dict_keys",
    "dict_values",
    "dict_items",
    "list_iterator",
    "iterator",
    "tuple_iterator",
    "set_iterator",
    "SimpleNamespace",
    "ReferenceType",
    "method-wrapper",
    "wrapper_descriptor",
    "NotImplementedType",
};

bool is_unreferable_native(const Type* type) {
    return type->has(kExceptionSubclass) ||
           std::find(std::begin(kUnreferable), std::end(kUnreferable), type->name->view()) !=
               std::end(kUnreferable);
}

bool names_weakref(const Value& slots) {
    static const Name name("__weakref__");
    if (is<Str>(slots)) return cast<Str>(slots)->view() == name.get()->view();
    bool found = false;
    const bool done = for_each(slots, [&](const Value& slot) {
        found |= is<Str>(slot) && cast<Str>(slot)->view() == name.get()->view();
        return true;
    });
    if (!done) clear_raised();
    return found;
}

// A script's class has room unless it and its script bases list their slots without "__weakref__".
}  // namespace

bool takes_weakrefs(const Type* type) {
    static const Name slots("__slots__");
    for (const Type* base : type->mro_types) {
        if (!base->has(kHeapType)) continue;
        const Value* listed = dict_find(base->dict.get(), slots);
        if (!listed || names_weakref(*listed)) return true;
    }
    const Type* native = type;
    while (native->has(kHeapType)) native = native->base;
    return !is_unreferable_native(native);
}

namespace {

// Not WeakRef::type, which hides the object's own.
const Type* type_of(const Object* object) {
    return object->type;
}

bool is_plain(const WeakRef* reference) {
    return !reference->callback &&
           (type_of(reference) == WeakRef::type || type_of(reference) == WeakRef::proxy_type ||
            type_of(reference) == WeakRef::callable_proxy_type);
}

WeakRef* find_plain(const Object* target, const Type* type) {
    if (!(target->flags & kHasWeakrefs)) return nullptr;
    for (WeakRef* reference : registry()[target])
        if (type_of(reference) == type && is_plain(reference)) return reference;
    return nullptr;
}

void enlist(WeakRef* reference, Object* target) {
    std::vector<WeakRef*>& all = registry()[target];
    auto at = all.begin();
    if (!is_plain(reference))
        while (at != all.end() && is_plain(*at)) ++at;
    else if (type_of(reference) != WeakRef::type && at != all.end() &&
             type_of(*at) == WeakRef::type)
        ++at;
    all.insert(at, reference);
    target->flags |= kHasWeakrefs;
    reference->target = target;
}

Value new_reference(Type* type, const Value& target, const Value& callback) {
    const bool calls = callback && !is_none(callback);
    if (!target.is_object() || !takes_weakrefs(target.type()))
        return raise(errors::TypeError,
                     cat("cannot create weak reference to '", type_name(target), "' object"));
    if (!calls)
        if (WeakRef* known = find_plain(target.object(), type)) return Value::share(known);
    Ref<WeakRef> reference = make_as<WeakRef>(type);
    if (calls) reference->callback = callback;
    enlist(reference.get(), target.object());
    return reference;
}

void call_back(const Value& reference) {
    const Value callback = std::move(cast<WeakRef>(reference)->callback);
    if (!callback || call(callback, reference)) return;
    const Value error = take_raised();
    write_unraisable(error, callback);
}

// The object is about to go: its references lead nowhere from now on, then callbacks run.
void clear_references(Object* object) {
    const auto found = registry().find(object);
    object->flags &= ~uint32_t{kHasWeakrefs};
    if (found == registry().end()) return;
    const std::vector<WeakRef*> references = std::move(found->second);
    registry().erase(found);
    std::vector<Value> to_call;
    for (WeakRef* reference : references) {
        reference->target = nullptr;
        if (reference->callback && reference->refs > 0) to_call.push_back(Value::share(reference));
    }
    if (to_call.empty()) return;
    const Value pending = take_raised();
    for (const Value& reference : to_call) call_back(reference);
    if (pending) restore_raised(pending);
}

// "<weakref at 0x..; to 'C' at 0x..>"
std::string describe(const char* kind, WeakRef* reference, bool with_name) {
    const std::string start = cat("<", kind, " at ", address_text(Value::share(reference)), "; ");
    const Value target = weakref_target(reference);
    if (!target) return start + "dead>";
    std::string name;
    if (with_name) {
        static const Name dunder("__name__");
        const Value found = find_attribute(target, dunder);
        if (found && is<Str>(found)) name = cat(" (", cast<Str>(found)->view(), ")");
        if (!found) clear_raised();
    }
    return cat(start, "to '", type_name(target), "' at ", address_text(target), name, ">");
}

// ---- weakref.ref
Value ref_construct(Type* type, const Args& args) {
    if (type == WeakRef::type && !check_no_keywords(args, "ref")) return {};
    if (!check_arity(args, "__new__", 1, 2)) return {};
    return new_reference(type, args.items[0], args.count > 1 ? args.items[1] : Value());
}
bool ref_init(const Value&, const Args& args) {
    return check_arity(args, "__init__", 1, 2);
}
Value ref_call(const Value& self, const Args& args) {
    if (!check_no_keywords(args, "ref") || !check_arity(args, "__call__", 0, 0)) return {};
    Value target = weakref_target(cast<WeakRef>(self));
    return target ? target : none();
}
Value ref_repr(const Value& self) {
    return make_str(describe("weakref", cast<WeakRef>(self), true));
}
bool ref_hash(const Value& self, int64_t& out) {
    auto* reference = cast<WeakRef>(self);
    if (reference->hash == -1) {
        const Value target = weakref_target(reference);
        if (!target) return raise(errors::TypeError, "weak object has gone away"), false;
        if (!hash(target, reference->hash)) return false;
    }
    out = reference->hash;
    return true;
}
Value ref_compare(const Value& a, const Value& b, CompareOp op) {
    if ((op != CompareOp::Eq && op != CompareOp::Ne) || !is<WeakRef>(a) || !is<WeakRef>(b))
        return not_implemented();
    const Value left = weakref_target(cast<WeakRef>(a)), right = weakref_target(cast<WeakRef>(b));
    if (!left || !right) return boolean(a.is(b) == (op == CompareOp::Eq));
    return compare(op, left, right);
}
Value ref_callback(const Value* arguments) {
    const Value& callback = cast<WeakRef>(arguments[0])->callback;
    return callback ? callback : none();
}

constexpr NativeMethod kRefMethods[] = {
    {"__callback__", ref_callback, "(self)", MethodKind::Getter},
    {"__class_getitem__", native_class_getitem, "(cls, object, /)", MethodKind::Class},
};

// ---- proxies: every operation goes to the target
bool is_proxy(const Value& value) {
    return value.is_object() &&
           (value.type() == WeakRef::proxy_type || value.type() == WeakRef::callable_proxy_type);
}
// What a proxy stands for, or the value itself; empty: ReferenceError pending.
Value behind(const Value& value) {
    if (!is_proxy(value)) return value;
    Value target = weakref_target(cast<WeakRef>(value));
    return target ? target
                  : raise(errors::ReferenceError, "weakly-referenced object no longer exists");
}

Value proxy_repr(const Value& self) {
    return make_str(describe("weakproxy", cast<WeakRef>(self), false));
}
Value proxy_str(const Value& self) {
    const Value target = behind(self);
    return target ? Value(str(target)) : Value();
}
Value proxy_call(const Value& self, const Args& args) {
    const Value target = behind(self);
    return target ? call(target, args) : Value();
}
Value proxy_get_attribute(const Value& self, Str* name) {
    const Value target = behind(self);
    return target ? get_attribute(target, name) : Value();
}
bool proxy_set_attribute(const Value& self, Str* name, const Value& value) {
    const Value target = behind(self);
    return target && set_attribute(target, name, value);
}
Value proxy_compare(const Value& a, const Value& b, CompareOp op) {
    const Value left = behind(a), right = left ? behind(b) : Value();
    return right ? compare(op, left, right) : Value();
}
Value proxy_iter(const Value& self) {
    const Value target = behind(self);
    return target ? iterate(target) : Value();
}
Value proxy_next(const Value& self) {
    const Value target = behind(self);
    return target ? next(target) : Value();
}
template <BinaryOp op>
Value proxy_binary(const Value& a, const Value& b) {
    const Value left = behind(a), right = left ? behind(b) : Value();
    return right ? binary(op, left, right) : Value();
}
template <BinaryOp op>
Value proxy_inplace(const Value& a, const Value& b) {
    const Value left = behind(a), right = left ? behind(b) : Value();
    return right ? inplace(op, left, right) : Value();
}
template <UnaryOp op>
Value proxy_unary(const Value& self) {
    const Value target = behind(self);
    return target ? unary(op, target) : Value();
}
int proxy_truth(const Value& self) {
    const Value target = behind(self);
    return target ? truth(target) : -1;
}
int64_t proxy_length(const Value& self) {
    const Value target = behind(self);
    return target ? length(target) : -1;
}
Value proxy_get_item(const Value& self, const Value& key) {
    const Value target = behind(self);
    return target ? get_item(target, key) : Value();
}
bool proxy_set_item(const Value& self, const Value& key, const Value& value) {
    const Value target = behind(self);
    if (!target) return false;
    return value ? set_item(target, key, value) : delete_item(target, key);
}
int proxy_contains(const Value& self, const Value& item) {
    const Value target = behind(self);
    return target ? contains(target, item) : -1;
}

template <size_t... op>
void set_operators(Slots& slots, std::index_sequence<op...>) {
    ((slots.binary[op] = proxy_binary<static_cast<BinaryOp>(op)>), ...);
    ((slots.inplace[op] = proxy_inplace<static_cast<BinaryOp>(op)>), ...);
}

Type* define_proxy(const char* name, bool callable) {
    NativeTypeSpec spec{.name = name, .instance_size = sizeof(WeakRef)};
    Slots& slots = spec.slots;
    slots.destroy = destroy_native<WeakRef>;
    slots.repr = proxy_repr;
    slots.str = proxy_str;
    if (callable) slots.call = proxy_call;
    slots.get_attribute = proxy_get_attribute;
    slots.set_attribute = proxy_set_attribute;
    slots.compare = proxy_compare;
    slots.iter = proxy_iter;
    slots.next = proxy_next;
    set_operators(slots, std::make_index_sequence<kBinaryOps>());
    slots.unary[static_cast<size_t>(UnaryOp::Neg)] = proxy_unary<UnaryOp::Neg>;
    slots.unary[static_cast<size_t>(UnaryOp::Pos)] = proxy_unary<UnaryOp::Pos>;
    slots.unary[static_cast<size_t>(UnaryOp::Invert)] = proxy_unary<UnaryOp::Invert>;
    slots.unary[static_cast<size_t>(UnaryOp::Abs)] = proxy_unary<UnaryOp::Abs>;
    slots.truth = proxy_truth;
    slots.length = proxy_length;
    slots.get_item = proxy_get_item;
    slots.set_item = proxy_set_item;
    slots.contains = proxy_contains;
    return define_type(spec);
}

}  // namespace

WeakRef::~WeakRef() {
    if (!target) return;
    const auto found = registry().find(target);
    std::erase(found->second, this);
    if (!found->second.empty()) return;
    registry().erase(found);
    target->flags &= ~uint32_t{kHasWeakrefs};
}

Value make_weakref(const Value& target, const Value& callback) {
    return new_reference(WeakRef::type, target, callback);
}

Value make_weak_proxy(const Value& target, const Value& callback) {
    return new_reference(is_callable(target) ? WeakRef::callable_proxy_type : WeakRef::proxy_type,
                         target, callback);
}

Value weakref_target(const WeakRef* reference) {
    // An object on its way out (count zero) is gone already.
    if (!reference->target || reference->target->refs == 0) return {};
    return Value::share(reference->target);
}

size_t weakref_count(const Object* target) {
    return target->flags & kHasWeakrefs ? registry()[target].size() : 0;
}

Ref<List> weakref_list(const Object* target) {
    Ref<List> list = make_list();
    if (target->flags & kHasWeakrefs)
        for (WeakRef* reference : registry()[target])
            list->items.push_back(Value::share(reference));
    return list;
}

void initialise_weakref_types() {
    NativeTypeSpec spec{.name = "weakref.ReferenceType",
                        .instance_size = sizeof(WeakRef),
                        .flags = kBaseType | kDefaultGetAttribute};
    spec.slots.destroy = destroy_native<WeakRef>;
    spec.slots.construct = ref_construct;
    spec.slots.init = ref_init;
    spec.slots.call = ref_call;
    spec.slots.repr = ref_repr;
    spec.slots.hash = ref_hash;
    spec.slots.compare = ref_compare;
    spec.methods = kRefMethods;
    WeakRef::type = define_type(spec);
    WeakRef::proxy_type = define_proxy("weakref.ProxyType", false);
    WeakRef::callable_proxy_type = define_proxy("weakref.CallableProxyType", true);
    g_clear_weakrefs = clear_references;
}

}  // namespace loopglass::value
