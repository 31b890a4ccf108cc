// int: its methods but for bytes; bool; and the definition of both types.
#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/format.hpp"
#include "runtime/value/initialise.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"

namespace loopglass::value {

using base::cat;

namespace {

Value int_self(const Value* a) {
    return int_exact(a[0]);
}
Value int_zero(const Value*) {
    return Value::small(0);
}
Value int_one(const Value*) {
    return Value::small(1);
}
Value int_bit_length(const Value* a) {
    return make_int(static_cast<int64_t>(bit_length(big(a[0]))));
}
Value int_bit_count(const Value* a) {
    if (a[0].is_small()) {
        const int64_t number = a[0].small();
        return make_int(__builtin_popcountll(number < 0 ? 0 - static_cast<uint64_t>(number)
                                                        : static_cast<uint64_t>(number)));
    }
    const BigInt& number = cast<Int>(a[0])->number;
    int64_t count = 0;
    for (unsigned i = 0; i < number.backend().size(); ++i)
        count += __builtin_popcountll(number.backend().limbs()[i]);
    return make_int(count);
}
Value int_ratio(const Value* a) {
    return make_tuple({int_exact(a[0]), Value::small(1)});
}
Value int_is_integer(const Value*) {
    return boolean(true);
}
Value int_getnewargs(const Value* a) {
    return make_tuple({int_exact(a[0])});
}
Value int_sizeof(const Value* a) {
    const auto digits = static_cast<int64_t>((bit_length(big(a[0])) + 29) / 30);
    return make_int(24 + 4 * (digits ? digits : 1));
}
Value int_format(const Value* a) {
    const Str* spec = as<Str>(a[1]);
    if (!spec)
        return raise(errors::TypeError,
                     cat("__format__() argument must be str, not ", type_name(a[1])));
    StrBuilder builder;
    if (!format_int(a[0], spec->view(), builder.text())) return {};
    return builder.finish();
}
Value int_divmod_method(const Value* a) {
    return int_divmod(a[0], a[1]);
}
Value int_divmod_reflected(const Value* a) {
    return int_divmod(a[1], a[0]);
}

// The operator is int's slot; this is what pow() with a modulus calls.
Value int_power_method(const Value* a) {
    if (!a[2] || is_none(a[2]))
        return g_int_type->slots.binary[static_cast<size_t>(BinaryOp::Pow)](a[0], a[1]);
    const bool known = (is_int(a[1]) || is_float(a[1])) && (is_int(a[2]) || is_float(a[2]));
    return known ? int_power_modulo(a[0], a[1], a[2]) : not_implemented();
}

// Rounds half to even at 10 ** -digits.
Value int_round(const Value* a) {
    if (!a[1]) return int_exact(a[0]);
    const Value digits = a[1].type()->slots.index || a[1].is_small() ? a[1] : Value();
    if (!digits)
        return raise(errors::TypeError,
                     cat("'", type_name(a[1]), "' object cannot be interpreted as an integer"));
    int64_t places;
    if (!to_index_clamped(digits, places)) return {};
    if (places >= 0) return int_exact(a[0]);
    const BigInt number = big(a[0]);
    // Beyond its own digits every number rounds to zero.
    if (static_cast<uint64_t>(-places) > bit_length(number) / 3 + 2) return Value::small(0);
    const BigInt unit = pow(BigInt(10), static_cast<unsigned>(-places));
    BigInt quotient, rest;
    floor_divide(number, unit, quotient, rest);
    const int order = BigInt(rest * 2).compare(unit);
    if (order > 0 || (order == 0 && (quotient & 1) != 0)) ++quotient;
    return make_big(quotient * unit);
}

constexpr NativeMethod kMethods[] = {
    {"conjugate", int_self},
    {"real", int_self, "(self)", MethodKind::Getter},
    {"imag", int_zero, "(self)", MethodKind::Getter},
    {"numerator", int_self, "(self)", MethodKind::Getter},
    {"denominator", int_one, "(self)", MethodKind::Getter},
    {"bit_length", int_bit_length},
    {"bit_count", int_bit_count},
    {"as_integer_ratio", int_ratio},
    {"is_integer", int_is_integer},
    {"__trunc__", int_self},
    {"__floor__", int_self},
    {"__ceil__", int_self},
    {"__round__", int_round, "(self, ndigits=None, /)"},
    {"__format__", int_format, "(self, format_spec, /)"},
    {"__pow__", int_power_method, "(self, value, mod=None, /)"},
    {"__divmod__", int_divmod_method, "(self, value, /)"},
    {"__rdivmod__", int_divmod_reflected, "(self, value, /)"},
    {"__getnewargs__", int_getnewargs},
    {"__sizeof__", int_sizeof},
};

std::span<const NativeMethod> all_methods() {
    static std::vector<NativeMethod> all;
    for (const auto& part : {std::span<const NativeMethod>(kMethods), kIntBytesMethods})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

// ---- bool -------------------------------------------------------------------------------------

bool bool_value(const Value& value) {
    return value.is(g_true);
}
Value bool_repr(const Value& self) {
    static const Name yes("True"), no("False");
    return Value::share(bool_value(self) ? yes.get() : no.get());
}
int bool_truth(const Value& self) {
    return bool_value(self);
}

// &, | and ^ of two bools are a bool; all else is int's.
Value bool_and(const Value& a, const Value& b) {
    if (is_bool(a) && is_bool(b)) return boolean(bool_value(a) && bool_value(b));
    return g_int_type->slots.binary[static_cast<size_t>(BinaryOp::And)](a, b);
}
Value bool_or(const Value& a, const Value& b) {
    if (is_bool(a) && is_bool(b)) return boolean(bool_value(a) || bool_value(b));
    return g_int_type->slots.binary[static_cast<size_t>(BinaryOp::Or)](a, b);
}
Value bool_xor(const Value& a, const Value& b) {
    if (is_bool(a) && is_bool(b)) return boolean(bool_value(a) != bool_value(b));
    return g_int_type->slots.binary[static_cast<size_t>(BinaryOp::Xor)](a, b);
}

Value bool_construct(Type*, const Args& args) {
    if (args.named()) return raise(errors::TypeError, "bool() takes no keyword arguments");
    if (args.count > 1)
        return raise(errors::TypeError, cat("bool expected at most 1 argument, got ", args.count));
    const int answer = args.count ? truth(args.items[0]) : 0;
    return answer < 0 ? Value() : boolean(answer);
}

Slots bool_slots() {
    Slots slots;
    fill_int_slots(slots);
    slots.destroy = destroy_native<Int>;
    slots.repr = bool_repr;
    slots.truth = bool_truth;
    slots.construct = bool_construct;
    slots.binary[static_cast<size_t>(BinaryOp::And)] = bool_and;
    slots.binary[static_cast<size_t>(BinaryOp::Or)] = bool_or;
    slots.binary[static_cast<size_t>(BinaryOp::Xor)] = bool_xor;
    return slots;
}

Object* make_bool(int number) {
    Ref<Int> made = make_as<Int>(g_bool_type, BigInt(number));
    made->refs = kImmortalRefs;
    return Value(std::move(made)).object();
}

}  // namespace

void initialise_int_types() {
    Slots slots;
    fill_int_slots(slots);
    slots.destroy = destroy_native<Int>;
    slots.construct = int_construct;
    Int::type = define_type({.name = "int",
                             .instance_size = sizeof(Int),
                             .flags = kBaseType | kIntSubclass | kSelfPattern,
                             .slots = slots,
                             .methods = all_methods()});
    g_bool_type = define_type({.name = "bool",
                               .instance_size = sizeof(Int),
                               .flags = kIntSubclass | kSelfPattern,
                               .base = Int::type,
                               .slots = bool_slots()});
    g_true = make_bool(1);
    g_false = make_bool(0);
}

}  // namespace loopglass::value
