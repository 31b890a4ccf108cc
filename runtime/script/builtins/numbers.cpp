// Builtins on numbers and characters.
#include <string>
#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/script/builtins/builtins.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

Value abs_of(const Value* a) {
    return unary(UnaryOp::Abs, a[0]);
}

// The int an argument stands for (__index__); empty: pending.
Value as_index(const Value& value) {
    if (is_int(value)) return value;
    if (auto* slot = value.type()->slots.index) return slot(value);
    return raise(errors::TypeError,
                 cat("'", type_name(value), "' object cannot be interpreted as an integer"));
}

Value in_base(const Value& value, int base, const char* prefix) {
    const Value number = as_index(value);
    if (!number) return {};
    std::string digits = int_text(number, base);
    const bool negative = digits[0] == '-';
    return make_str(cat(negative ? "-" : "", prefix, digits.substr(negative)));
}
Value bin(const Value* a) {
    return in_base(a[0], 2, "0b");
}
Value oct(const Value* a) {
    return in_base(a[0], 8, "0o");
}
Value hex(const Value* a) {
    return in_base(a[0], 16, "0x");
}

Value chr(const Value* a) {
    const Value number = as_index(a[0]);
    int64_t code_point;
    if (!number) return {};
    if (!int_value(number, code_point) || code_point < 0 || code_point > 0x10FFFF)
        return raise(errors::ValueError, "chr() arg not in range(0x110000)");
    return str_char(static_cast<uint32_t>(code_point));
}

uint32_t code_point_of(const Str* text) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text->data());
    if (text->size == 1) return bytes[0];
    uint32_t code_point = bytes[0] & (0x7Fu >> text->size);
    for (uint32_t i = 1; i < text->size; ++i) code_point = code_point << 6 | (bytes[i] & 0x3Fu);
    return code_point;
}

Value ord(const Value* a) {
    std::string_view bytes;
    size_t count;
    if (const Str* text = as<Str>(a[0])) {
        if (text->length == 1) return Value::small(code_point_of(text));
        count = text->length;
    } else if (bytes_view(a[0], bytes)) {
        if (bytes.size() == 1) return Value::small(static_cast<unsigned char>(bytes[0]));
        count = bytes.size();
    } else {
        return raise(errors::TypeError,
                     cat("ord() expected string of length 1, but ", type_name(a[0]), " found"));
    }
    return raise(errors::TypeError,
                 cat("ord() expected a character, but string of length ", count, " found"));
}

// A method of the operands' classes in both orders, as a slot of numbers would be asked.
Value ask_both(Str* straight, Str* reflected, const Value& a, const Value& b) {
    const bool right_first = a.type() != b.type() && is_subtype(b.type(), a.type());
    for (const bool swapped : {right_first, !right_first}) {
        if (swapped && a.type() == b.type()) continue;
        const Value method = find_special(swapped ? b : a, swapped ? reflected : straight);
        if (!method && has_raised()) return {};
        Value answer = method ? call(method, swapped ? a : b) : not_implemented();
        if (!answer || !answer.is(g_not_implemented)) return answer;
    }
    return not_implemented();
}

Value divmod(const Value* a) {
    static const Name straight("__divmod__"), reflected("__rdivmod__");
    Value answer = ask_both(straight, reflected, a[0], a[1]);
    if (!answer || !answer.is(g_not_implemented)) return answer;
    return raise(errors::TypeError, cat("unsupported operand type(s) for divmod(): '",
                                        type_name(a[0]), "' and '", type_name(a[1]), "'"));
}

// ---- pow(base, exponent, modulus) of ints

// a OP b, or empty where an operand is (pending).
Value apply(BinaryOp op, const Value& a, const Value& b) {
    return a && b ? binary(op, a, b) : Value();
}
bool is_zero(const Value& number) {
    return truth(number) == 0;
}

// The inverse of a modulo n > 0, by Euclid; ValueError if there is none.
Value invert(const Value& a, const Value& n) {
    Value old_rest = apply(BinaryOp::Mod, a, n), rest = n;
    Value old_factor = Value::small(1), factor = Value::small(0);
    while (rest && factor && !is_zero(rest)) {
        const Value quotient = binary(BinaryOp::FloorDiv, old_rest, rest);
        Value next = apply(BinaryOp::Sub, old_rest, apply(BinaryOp::Mul, quotient, rest));
        old_rest = std::exchange(rest, std::move(next));
        next = apply(BinaryOp::Sub, old_factor, apply(BinaryOp::Mul, quotient, factor));
        old_factor = std::exchange(factor, std::move(next));
    }
    if (!rest || !factor) return {};
    if (old_rest.is(Value::small(1))) return binary(BinaryOp::Mod, old_factor, n);
    return raise(errors::ValueError, "base is not invertible for the given modulus");
}

// By squaring, from the exponent's lowest bit on; exponent >= 0.
Value power_modulo(Value base, Value exponent, const Value& modulus) {
    Value result = apply(BinaryOp::Mod, Value::small(1), modulus);
    base = apply(BinaryOp::Mod, base, modulus);
    while (result && base && exponent && !is_zero(exponent)) {
        const Value odd = binary(BinaryOp::And, exponent, Value::small(1));
        if (odd && !is_zero(odd))
            result = apply(BinaryOp::Mod, binary(BinaryOp::Mul, result, base), modulus);
        base = apply(BinaryOp::Mod, binary(BinaryOp::Mul, base, base), modulus);
        exponent = binary(BinaryOp::RShift, exponent, Value::small(1));
    }
    return base && exponent ? result : Value();
}

Value int_power(const Value& base, const Value& exponent, const Value& modulus) {
    if (is_zero(modulus)) return raise(errors::ValueError, "pow() 3rd argument cannot be 0");
    if (compare_truth(CompareOp::Lt, exponent, Value::small(0)) <= 0)
        return power_modulo(base, exponent, modulus);
    const Value inverse = invert(base, unary(UnaryOp::Abs, modulus));
    return inverse ? power_modulo(inverse, unary(UnaryOp::Neg, exponent), modulus) : Value();
}

Value pow(const Value* a) {
    static const Name power("__pow__");
    if (!a[2] || is_none(a[2])) return binary(BinaryOp::Pow, a[0], a[1]);
    if (is_int(a[0]) && is_int(a[1]) && is_int(a[2])) return int_power(a[0], a[1], a[2]);
    if (!a[0].type()->has(kHeapType))
        return raise(errors::TypeError,
                     is_float(a[0]) || is_int(a[0])
                         ? "pow() 3rd argument not allowed unless all arguments are integers"
                         : cat("unsupported operand type(s) for ** or pow(): '", type_name(a[0]),
                               "', '", type_name(a[1]), "', '", type_name(a[2]), "'"));
    const Value method = find_special(a[0], power);
    if (!method && has_raised()) return {};
    Value answer = method ? call(method, a[1], a[2]) : not_implemented();
    if (!answer || !answer.is(g_not_implemented)) return answer;
    return raise(errors::TypeError,
                 cat("unsupported operand type(s) for ** or pow(): '", type_name(a[0]), "', '",
                     type_name(a[1]), "', '", type_name(a[2]), "'"));
}

Value round(const Value* a) {
    static const Name rounding("__round__");
    const Value method = find_special(a[0], rounding);
    if (!method)
        return has_raised() ? Value()
                            : raise(errors::TypeError, cat("type ", type_name(a[0]),
                                                           " doesn't define __round__ method"));
    return a[1] && !is_none(a[1]) ? call(method, a[1]) : call(method);
}

constexpr NativeMethod kFunctions[] = {
    {"abs", abs_of, "(x, /)", MethodKind::Function},
    {"bin", bin, "(number, /)", MethodKind::Function},
    {"oct", oct, "(number, /)", MethodKind::Function},
    {"hex", hex, "(number, /)", MethodKind::Function},
    {"chr", chr, "(i, /)", MethodKind::Function},
    {"ord", ord, "(c, /)", MethodKind::Function},
    {"divmod", divmod, "(x, y, /)", MethodKind::Function},
    {"pow", pow, "(base, exp, mod=None)", MethodKind::Function},
    {"round", round, "(number, ndigits=None)", MethodKind::Function},
};

}  // namespace

std::span<const NativeMethod> number_builtins() {
    return kFunctions;
}

}  // namespace loopglass::script
