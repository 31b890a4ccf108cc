// Slots and dunders: native slots show as dunder methods, and the dunders of script classes fill
// slots. One table says which belongs to which (CPython: Objects/typeobject.c, slotdefs).
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>

#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/slot_table.hpp"

namespace loopglass::value {

using base::cat;

namespace {

// ---- trampolines: slot → dunder
// ------------------------------------------------------------------------

// Calls the dunder of the object's class with the object first; empty without an exception if
// absent.
Value call_special(const Value& self, Str* name, const Value* arguments, size_t count,
                   bool& found) {
    const Value* method = type_lookup(self.type(), name);
    found = method != nullptr;
    if (!method) return {};
    if (method->type()->has(kMethodDescriptor)) {
        Value all[5] = {self};
        for (size_t i = 0; i < count; ++i) all[i + 1] = arguments[i];
        const Value callee = *method;
        return call(callee, Args{all, count + 1});
    }
    const Value bound = find_special(self, name);
    if (!bound) return {};
    return call(bound, Args{arguments, count});
}

Value call_special(const Value& self, Str* name, const Value* arguments = nullptr,
                   size_t count = 0) {
    bool found = false;
    Value result = call_special(self, name, arguments, count, found);
    if (!found && !has_raised()) return raise(errors::AttributeError, name->view());
    return result;
}

template <const char* kText>
Str* name_of() {
    static const Name name(kText);
    return name.get();
}

#define DUNDER(identifier) constexpr char k_##identifier[] = "__" #identifier "__"
DUNDER(repr);
DUNDER(str);
DUNDER(hash);
DUNDER(call);
DUNDER(getattribute);
DUNDER(getattr);
DUNDER(setattr);
DUNDER(delattr);
DUNDER(iter);
DUNDER(next);
DUNDER(index);
DUNDER(int);
DUNDER(float);
DUNDER(bool);
DUNDER(len);
DUNDER(getitem);
DUNDER(setitem);
DUNDER(delitem);
DUNDER(contains);
DUNDER(get);
DUNDER(set);
DUNDER(delete);
DUNDER(new);
DUNDER(init);
DUNDER(await);
DUNDER(aiter);
DUNDER(anext);
DUNDER(neg);
DUNDER(pos);
DUNDER(invert);
DUNDER(abs);
DUNDER(lt);
DUNDER(le);
DUNDER(eq);
DUNDER(ne);
DUNDER(gt);
DUNDER(ge);
DUNDER(add);
DUNDER(sub);
DUNDER(mul);
DUNDER(matmul);
DUNDER(truediv);
DUNDER(floordiv);
DUNDER(mod);
DUNDER(pow);
DUNDER(lshift);
DUNDER(rshift);
DUNDER(and);
DUNDER(or);
DUNDER(xor);
DUNDER(radd);
DUNDER(rsub);
DUNDER(rmul);
DUNDER(rmatmul);
DUNDER(rtruediv);
DUNDER(rfloordiv);
DUNDER(rmod);
DUNDER(rpow);
DUNDER(rlshift);
DUNDER(rrshift);
DUNDER(rand);
DUNDER(ror);
DUNDER(rxor);
DUNDER(iadd);
DUNDER(isub);
DUNDER(imul);
DUNDER(imatmul);
DUNDER(itruediv);
DUNDER(ifloordiv);
DUNDER(imod);
DUNDER(ipow);
DUNDER(ilshift);
DUNDER(irshift);
DUNDER(iand);
DUNDER(ior);
DUNDER(ixor);
#undef DUNDER

template <const char* kText>
Value slot_unary(const Value& self) {
    return call_special(self, name_of<kText>());
}

Value slot_repr(const Value& self) {
    Value result = call_special(self, name_of<k_repr>());
    if (result && !is<Str>(result))
        return raise(errors::TypeError,
                     cat("__repr__ returned non-string (type ", type_name(result), ")"));
    return result;
}

Value slot_str(const Value& self) {
    Value result = call_special(self, name_of<k_str>());
    if (result && !is<Str>(result))
        return raise(errors::TypeError,
                     cat("__str__ returned non-string (type ", type_name(result), ")"));
    return result;
}

bool slot_hash(const Value& self, int64_t& out) {
    const Value result = call_special(self, name_of<k_hash>());
    if (!result) return false;
    if (!is_int(result))
        return raise(errors::TypeError, "__hash__ method should return an integer"), false;
    // As CPython: what fits a machine word is the hash itself, only what does not is hashed.
    if (!int_value(result, out)) return hash(result, out);
    if (out == -1) out = -2;
    return true;
}

bool hash_not_implemented(const Value& self, int64_t&) {
    return raise(errors::TypeError, cat("unhashable type: '", type_name(self), "'")), false;
}

Value slot_call(const Value& self, const Args& args) {
    if (!has_stack())
        return raise(errors::RecursionError,
                     "maximum recursion depth exceeded while calling a Python object");
    const Value* method = type_lookup(self.type(), name_of<k_call>());
    if (!method)
        return raise(errors::TypeError, cat("'", type_name(self), "' object is not callable"));
    const Value callee = *method;
    if (!callee.type()->has(kMethodDescriptor)) {
        const Value bound = find_special(self, name_of<k_call>());
        return bound ? call(bound, args) : Value{};
    }
    const size_t total = args.count + args.named();
    std::vector<Value> all(total + 1);
    all[0] = self;
    for (size_t i = 0; i < total; ++i) all[i + 1] = args.items[i];
    return call(callee, Args{all.data(), args.count + 1, args.names});
}

Value slot_get_attribute(const Value& self, Str* name) {
    const Value* custom = type_lookup(self.type(), name_of<k_getattribute>());
    const Value argument = Value::share(name);
    Value result;
    if (custom && !is_exact<SlotWrapper>(*custom)) {
        result = call_special(self, name_of<k_getattribute>(), &argument, 1);
    } else if (custom && cast<SlotWrapper>(*custom)->owner->slots.get_attribute) {
        result = cast<SlotWrapper>(*custom)->owner->slots.get_attribute(self, name);
    } else {
        result = generic_get_attribute(self, name);
    }
    if (result || !raised_is(errors::AttributeError)) return result;
    if (!type_lookup(self.type(), name_of<k_getattr>())) return {};
    clear_raised();
    return call_special(self, name_of<k_getattr>(), &argument, 1);
}

bool slot_set_attribute(const Value& self, Str* name, const Value& value) {
    const Value arguments[] = {Value::share(name), value};
    return value ? static_cast<bool>(call_special(self, name_of<k_setattr>(), arguments, 2))
                 : static_cast<bool>(call_special(self, name_of<k_delattr>(), arguments, 1));
}

template <const char* kLeft, const char* kRight, BinaryOp kOp>
Value slot_binary(const Value& a, const Value& b) {
    using Slot = Value (*)(const Value&, const Value&);
    const Slot own = slot_binary<kLeft, kRight, kOp>;
    constexpr size_t op = static_cast<size_t>(kOp);
    const Type* left = a.type();
    const Type* right = b.type();
    bool try_right = left != right && right->slots.binary[op] == own;
    bool found = false;
    if (left->slots.binary[op] == own) {
        if (try_right && is_subtype(right, left)) {
            const Value* reflected = type_lookup(right, name_of<kRight>());
            const Value* inherited = type_lookup(left, name_of<kRight>());
            if (reflected && (!inherited || !reflected->is(*inherited))) {
                Value result = call_special(b, name_of<kRight>(), &a, 1, found);
                if (found && (!result || !result.is(g_not_implemented))) return result;
                try_right = false;
            }
        }
        Value result = call_special(a, name_of<kLeft>(), &b, 1, found);
        if (found && (!result || !result.is(g_not_implemented))) return result;
    }
    if (try_right) {
        Value result = call_special(b, name_of<kRight>(), &a, 1, found);
        if (found) return result;
    }
    return has_raised() ? Value{} : not_implemented();
}

Value slot_index(const Value& self) {
    return checked_integer(call_special(self, name_of<k_index>()), "__index__");
}
template <const char* kText>
Value slot_inplace(const Value& a, const Value& b) {
    bool found = false;
    Value result = call_special(a, name_of<kText>(), &b, 1, found);
    return found ? result : not_implemented();
}

Str* compare_name(CompareOp op) {
    static const Name names[] = {Name(k_lt), Name(k_le), Name(k_eq),
                                 Name(k_ne), Name(k_gt), Name(k_ge)};
    return names[static_cast<size_t>(op)].get();
}

Value slot_compare(const Value& a, const Value& b, CompareOp op) {
    bool found = false;
    Value result = call_special(a, compare_name(op), &b, 1, found);
    return found || has_raised() ? result : not_implemented();
}

Value slot_iter(const Value& self) {
    static const Name getitem(k_getitem);
    bool found = false;
    const Value* method = type_lookup(self.type(), name_of<k_iter>());
    if (method && is_none(*method))
        return raise(errors::TypeError, cat("'", type_name(self), "' object is not iterable"));
    return call_special(self, name_of<k_iter>(), nullptr, 0, found);
}

Value slot_next(const Value& self) {
    Value result = call_special(self, name_of<k_next>());
    if (!result) ends_by_stop();
    return result;
}

int slot_truth(const Value& self) {
    bool found = false;
    Value result = call_special(self, name_of<k_bool>(), nullptr, 0, found);
    if (found) {
        if (!result) return -1;
        if (!result.is(g_true) && !result.is(g_false))
            return raise(errors::TypeError,
                         cat("__bool__ should return bool, returned ", type_name(result))),
                   -1;
        return result.is(g_true);
    }
    if (has_raised()) return -1;
    if (!type_lookup(self.type(), name_of<k_len>())) return 1;
    const int64_t count = length(self);
    return count < 0 ? -1 : count > 0;
}

int64_t slot_length(const Value& self) {
    const Value result = call_special(self, name_of<k_len>());
    int64_t count = 0;
    if (!result) return -1;
    if (!is_int(result) && !result.type()->slots.index)
        return raise(errors::TypeError,
                     cat("'", type_name(result), "' object cannot be interpreted as an integer")),
               -1;
    if (!to_index(result, count)) return -1;
    if (count < 0) return raise(errors::ValueError, "__len__() should return >= 0"), -1;
    return count;
}

Value slot_get_item(const Value& self, const Value& key) {
    return call_special(self, name_of<k_getitem>(), &key, 1);
}

bool slot_set_item(const Value& self, const Value& key, const Value& value) {
    const Value arguments[] = {key, value};
    return value ? static_cast<bool>(call_special(self, name_of<k_setitem>(), arguments, 2))
                 : static_cast<bool>(call_special(self, name_of<k_delitem>(), arguments, 1));
}

int slot_contains(const Value& self, const Value& item) {
    const Value* method = type_lookup(self.type(), name_of<k_contains>());
    if (method && is_none(*method))
        return raise(errors::TypeError, cat("'", type_name(self), "' object is not a container")),
               -1;
    const Value result = call_special(self, name_of<k_contains>(), &item, 1);
    return result ? truth(result) : -1;
}

Value slot_descr_get(const Value& self, const Value& object, Type* owner) {
    const Value arguments[] = {object ? object : none(), owner ? Value::share(owner) : none()};
    return call_special(self, name_of<k_get>(), arguments, 2);
}

bool slot_descr_set(const Value& self, const Value& object, const Value& value) {
    const Value arguments[] = {object, value};
    return value ? static_cast<bool>(call_special(self, name_of<k_set>(), arguments, 2))
                 : static_cast<bool>(call_special(self, name_of<k_delete>(), arguments, 1));
}

Value slot_construct(Type* type, const Args& args) {
    const Value* method = type_lookup(type, name_of<k_new>());
    if (!method) return raise(errors::TypeError, "cannot create instances");
    Value callee = *method;
    if (auto* get = callee.type()->slots.descr_get) {
        callee = get(callee, Value{}, type);
        if (!callee) return {};
    }
    const size_t total = args.count + args.named();
    std::vector<Value> all(total + 1);
    all[0] = Value::share(type);
    for (size_t i = 0; i < total; ++i) all[i + 1] = args.items[i];
    return call(callee, Args{all.data(), args.count + 1, args.names});
}

bool slot_init(const Value& self, const Args& args) {
    const Value* method = type_lookup(self.type(), name_of<k_init>());
    if (!method) return true;
    const Value callee = *method;
    Value result;
    if (callee.type()->has(kMethodDescriptor)) {
        const size_t total = args.count + args.named();
        std::vector<Value> all(total + 1);
        all[0] = self;
        for (size_t i = 0; i < total; ++i) all[i + 1] = args.items[i];
        result = call(callee, Args{all.data(), args.count + 1, args.names});
    } else {
        const Value bound = find_special(self, name_of<k_init>());
        if (!bound) return false;
        result = call(bound, args);
    }
    if (!result) return false;
    if (!is_none(result))
        return raise(errors::TypeError,
                     cat("__init__() should return None, not '", type_name(result), "'")),
               false;
    return true;
}

// ---- wrappers: dunder → slot
// ------------------------------------------------------------------------------

using Unary = Value (*)(const Value&);
using Binary = Value (*)(const Value&, const Value&);

Value wrap_unary(AnyFunction slot, const Value& self, const Value*) {
    return as_slot<Unary>(slot)(self);
}
Value wrap_binary(AnyFunction slot, const Value& self, const Value* a) {
    return as_slot<Binary>(slot)(self, a[0]);
}
Value wrap_reflected(AnyFunction slot, const Value& self, const Value* a) {
    return as_slot<Binary>(slot)(a[0], self);
}
Value wrap_hash(AnyFunction slot, const Value& self, const Value*) {
    int64_t out = 0;
    return as_slot<bool (*)(const Value&, int64_t&)>(slot)(self, out) ? make_int(out) : Value{};
}
Value wrap_next(AnyFunction slot, const Value& self, const Value*) {
    Value item = as_slot<Unary>(slot)(self);
    if (!item && !has_raised()) return raise_with(errors::StopIteration, {});
    return item;
}
Value wrap_truth(AnyFunction slot, const Value& self, const Value*) {
    const int answer = as_slot<int (*)(const Value&)>(slot)(self);
    return answer < 0 ? Value{} : boolean(answer);
}
Value wrap_length(AnyFunction slot, const Value& self, const Value*) {
    const int64_t count = as_slot<int64_t (*)(const Value&)>(slot)(self);
    return count < 0 ? Value{} : make_int(count);
}
Value wrap_contains(AnyFunction slot, const Value& self, const Value* a) {
    const int answer = as_slot<int (*)(const Value&, const Value&)>(slot)(self, a[0]);
    return answer < 0 ? Value{} : boolean(answer);
}
using Setter = bool (*)(const Value&, const Value&, const Value&);
Value wrap_set(AnyFunction slot, const Value& self, const Value* a) {
    return done(as_slot<Setter>(slot)(self, a[0], a[1]));
}
Value wrap_delete(AnyFunction slot, const Value& self, const Value* a) {
    return done(as_slot<Setter>(slot)(self, a[0], Value{}));
}
using Compare = Value (*)(const Value&, const Value&, CompareOp);
template <CompareOp kOp>
Value wrap_compare(AnyFunction slot, const Value& self, const Value* a) {
    return as_slot<Compare>(slot)(self, a[0], kOp);
}

Str* attribute_name(const Value& name) {
    if (Str* text = as<Str>(name)) return text->flags & kInterned ? text : intern(text->view());
    raise(errors::TypeError, cat("attribute name must be string, not '", type_name(name), "'"));
    return nullptr;
}
Value wrap_get_attribute(AnyFunction slot, const Value& self, const Value* a) {
    Str* name = attribute_name(a[0]);
    return name ? as_slot<Value (*)(const Value&, Str*)>(slot)(self, name) : Value{};
}
using AttributeSetter = bool (*)(const Value&, Str*, const Value&);
Value wrap_set_attribute(AnyFunction slot, const Value& self, const Value* a) {
    Str* name = attribute_name(a[0]);
    return name ? done(as_slot<AttributeSetter>(slot)(self, name, a[1])) : Value{};
}
Value wrap_delete_attribute(AnyFunction slot, const Value& self, const Value* a) {
    Str* name = attribute_name(a[0]);
    return name ? done(as_slot<AttributeSetter>(slot)(self, name, Value{})) : Value{};
}
Value wrap_descr_get(AnyFunction slot, const Value& self, const Value* a) {
    Type* owner = as<Type>(a[1]);
    if (is_none(a[0]) && !owner) return raise(errors::TypeError, "__get__(None, None) is invalid");
    return as_slot<Value (*)(const Value&, const Value&, Type*)>(slot)(
        self, is_none(a[0]) ? Value{} : a[0], owner);
}

template <typename F>
AnyFunction any(F function) {
    return reinterpret_cast<AnyFunction>(function);
}

#define BINARY_SLOT(left, right, op)                                               \
    {k_##left, offsetof(Slots, binary) + sizeof(void*) * size_t(BinaryOp::op),     \
     any(slot_binary<k_##left, k_##right, BinaryOp::op>), wrap_binary, 1},         \
    {                                                                              \
        k_##right, offsetof(Slots, binary) + sizeof(void*) * size_t(BinaryOp::op), \
            any(slot_binary<k_##left, k_##right, BinaryOp::op>), wrap_reflected, 1 \
    }
#define INPLACE_SLOT(name, op)                                                     \
    {                                                                              \
        k_##name, offsetof(Slots, inplace) + sizeof(void*) * size_t(BinaryOp::op), \
            any(slot_inplace<k_##name>), wrap_binary, 1                            \
    }
#define UNARY_SLOT(name, op)                                                    \
    {                                                                           \
        k_##name, offsetof(Slots, unary) + sizeof(void*) * size_t(UnaryOp::op), \
            any(slot_unary<k_##name>), wrap_unary, 0                            \
    }
#define COMPARE_SLOT(name, op) \
    { k_##name, offsetof(Slots, compare), any(slot_compare), wrap_compare<CompareOp::op>, 1 }

const SlotDefinition kDefinitions[] = {
    {k_repr, offsetof(Slots, repr), any(slot_repr), wrap_unary, 0},
    {k_str, offsetof(Slots, str), any(slot_str), wrap_unary, 0},
    {k_hash, offsetof(Slots, hash), any(slot_hash), wrap_hash, 0},
    {k_call, offsetof(Slots, call), any(slot_call), nullptr, -1},
    {k_getattribute, offsetof(Slots, get_attribute), any(slot_get_attribute), wrap_get_attribute,
     1},
    {k_getattr, offsetof(Slots, get_attribute), any(slot_get_attribute), nullptr, 1},
    {k_setattr, offsetof(Slots, set_attribute), any(slot_set_attribute), wrap_set_attribute, 2},
    {k_delattr, offsetof(Slots, set_attribute), any(slot_set_attribute), wrap_delete_attribute, 1},
    COMPARE_SLOT(lt, Lt),
    COMPARE_SLOT(le, Le),
    COMPARE_SLOT(eq, Eq),
    COMPARE_SLOT(ne, Ne),
    COMPARE_SLOT(gt, Gt),
    COMPARE_SLOT(ge, Ge),
    {k_iter, offsetof(Slots, iter), any(slot_iter), wrap_unary, 0},
    {k_next, offsetof(Slots, next), any(slot_next), wrap_next, 0},
    BINARY_SLOT(add, radd, Add),
    BINARY_SLOT(sub, rsub, Sub),
    BINARY_SLOT(mul, rmul, Mul),
    BINARY_SLOT(matmul, rmatmul, MatMul),
    BINARY_SLOT(truediv, rtruediv, Div),
    BINARY_SLOT(floordiv, rfloordiv, FloorDiv),
    BINARY_SLOT(mod, rmod, Mod),
    BINARY_SLOT(pow, rpow, Pow),
    BINARY_SLOT(lshift, rlshift, LShift),
    BINARY_SLOT(rshift, rrshift, RShift),
    BINARY_SLOT(and, rand, And),
    BINARY_SLOT(or, ror, Or),
    BINARY_SLOT(xor, rxor, Xor),
    INPLACE_SLOT(iadd, Add),
    INPLACE_SLOT(isub, Sub),
    INPLACE_SLOT(imul, Mul),
    INPLACE_SLOT(imatmul, MatMul),
    INPLACE_SLOT(itruediv, Div),
    INPLACE_SLOT(ifloordiv, FloorDiv),
    INPLACE_SLOT(imod, Mod),
    INPLACE_SLOT(ipow, Pow),
    INPLACE_SLOT(ilshift, LShift),
    INPLACE_SLOT(irshift, RShift),
    INPLACE_SLOT(iand, And),
    INPLACE_SLOT(ior, Or),
    INPLACE_SLOT(ixor, Xor),
    UNARY_SLOT(neg, Neg),
    UNARY_SLOT(pos, Pos),
    UNARY_SLOT(invert, Invert),
    UNARY_SLOT(abs, Abs),
    {k_index, offsetof(Slots, index), any(slot_index), wrap_unary, 0},
    {k_int, offsetof(Slots, to_int), any(slot_unary<k_int>), wrap_unary, 0},
    {k_float, offsetof(Slots, to_float), any(slot_unary<k_float>), wrap_unary, 0},
    {k_bool, offsetof(Slots, truth), any(slot_truth), wrap_truth, 0},
    {k_len, offsetof(Slots, length), any(slot_length), wrap_length, 0},
    {k_getitem, offsetof(Slots, get_item), any(slot_get_item), wrap_binary, 1},
    {k_setitem, offsetof(Slots, set_item), any(slot_set_item), wrap_set, 2},
    {k_delitem, offsetof(Slots, set_item), any(slot_set_item), wrap_delete, 1},
    {k_contains, offsetof(Slots, contains), any(slot_contains), wrap_contains, 1},
    {k_get, offsetof(Slots, descr_get), any(slot_descr_get), wrap_descr_get, 2},
    {k_set, offsetof(Slots, descr_set), any(slot_descr_set), wrap_set, 2},
    {k_delete, offsetof(Slots, descr_set), any(slot_descr_set), wrap_delete, 1},
    {k_new, offsetof(Slots, construct), any(slot_construct), nullptr, -1},
    {k_init, offsetof(Slots, init), any(slot_init), nullptr, -1},
    {k_await, offsetof(Slots, await), any(slot_unary<k_await>), wrap_unary, 0},
    {k_aiter, offsetof(Slots, aiter), any(slot_unary<k_aiter>), wrap_unary, 0},
    {k_anext, offsetof(Slots, anext), any(slot_unary<k_anext>), wrap_unary, 0},
};

// Sequences concatenate without __radd__; texts and bytes are true by their length.
bool is_hidden(const Type* type, const SlotDefinition& definition) {
    static constexpr std::string_view kBytes[] = {"str", "bytes", "bytearray"};
    static constexpr std::string_view kOthers[] = {"list", "tuple"};
    const std::string_view name = definition.name, owner = type->name->view();
    if (name != "__bool__" && name != "__radd__") return false;
    return std::ranges::find(kBytes, owner) != std::end(kBytes) ||
           (name == "__radd__" && std::ranges::find(kOthers, owner) != std::end(kOthers));
}

}  // namespace

void expose_slots(Type* type) {
    Dict* dict = type->dict.get();
    for (const SlotDefinition& definition : kDefinitions) {
        if (!slot_at(type->slots, definition.offset) || definition.name == k_getattr) continue;
        Str* name = intern(definition.name);
        if (dict_find(dict, name) || is_hidden(type, definition)) continue;
        if (definition.name == k_new) {
            dict_set(dict, name, make<NewWrapper>(type));
        } else {
            dict_set(dict, name, make<SlotWrapper>(&definition, type));
        }
    }
}

void inherit_slots(Type* type) {
    for (size_t i = 1; i < type->mro_types.size(); ++i) {
        Slots& from = type->mro_types[i]->slots;
        // CPython inherits equality and hash together, or neither (inherit_slots,
        // Objects/typeobject.c).
        const bool own_compare = type->slots.compare != nullptr;
        for (size_t offset = 0; offset < sizeof(Slots); offset += sizeof(AnyFunction)) {
            if (offset == offsetof(Slots, hash) && own_compare) continue;
            AnyFunction& slot = slot_at(type->slots, offset);
            if (!slot) slot = slot_at(from, offset);
        }
    }
    if (!type->slots.hash) type->slots.hash = hash_not_implemented;
    if (type->slots.get_attribute == generic_get_attribute)
        type->type_flags |= kDefaultGetAttribute;
    else
        type->type_flags &= ~uint32_t{kDefaultGetAttribute};
}

namespace {

// What stands for the slot at `offset`, given the dunders found along the MRO.
AnyFunction resolve_slot(Type* type, size_t offset) {
    AnyFunction native = nullptr;
    for (const SlotDefinition& definition : kDefinitions) {
        if (definition.offset != offset) continue;
        const Value* found = type_lookup(type, intern(definition.name));
        if (!found) continue;
        if (offset == offsetof(Slots, hash) && is_none(*found)) return any(hash_not_implemented);
        AnyFunction specific = nullptr;
        if (is_exact<SlotWrapper>(*found) &&
            cast<SlotWrapper>(*found)->definition->offset == offset)
            specific = slot_at(cast<SlotWrapper>(*found)->owner->slots, offset);
        else if (is_exact<NewWrapper>(*found) && offset == offsetof(Slots, construct))
            specific = any(cast<NewWrapper>(*found)->owner->slots.construct);
        if (!specific || (native && native != specific)) return definition.trampoline;
        native = specific;
    }
    return native;
}

}  // namespace

bool is_slot_name(Str* name) {
    const std::string_view text = name->view();
    return text.size() > 4 && text.substr(0, 2) == "__" && text.substr(text.size() - 2) == "__";
}

void update_slots(Type* type, Str* name) {
    for (const SlotDefinition& definition : kDefinitions) {
        if (name && name->view() != definition.name) continue;
        const AnyFunction resolved = resolve_slot(type, definition.offset);
        // Only a script's class may lose a slot: a native one has slots without dunders.
        if (resolved || type->has(kHeapType)) slot_at(type->slots, definition.offset) = resolved;
    }
    if (!type->has(kHeapType)) return;
    if (!type->slots.hash) type->slots.hash = hash_not_implemented;
    static const Name del("__del__");
    if (type_lookup(type, del)) type->type_flags |= kHasDel;
    if (type->slots.get_attribute == generic_get_attribute)
        type->type_flags |= kDefaultGetAttribute;
    else
        type->type_flags &= ~uint32_t{kDefaultGetAttribute};
    if (!name) return;
    for (Type* subclass : type->subclasses) update_slots(subclass, name);
}

}  // namespace loopglass::value
