// Operators on any values: which operand's slot is asked first, and how refusal is worded
// (Objects/abstract.c).
#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/native_depth.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

namespace {

constexpr const char* kBinarySigns[] = {"+",           "-",  "*",  "@", "/", "//", "%",
                                        "** or pow()", "<<", ">>", "&", "|", "^"};
constexpr const char* kInplaceSigns[] = {
    "+=", "-=", "*=", "@=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "|=", "^="};
constexpr const char* kCompareSigns[] = {"<", "<=", "==", "!=", ">", ">="};
constexpr const char* kUnarySigns[] = {"-", "+", "~", "abs()"};
constexpr CompareOp kSwapped[] = {CompareOp::Gt, CompareOp::Ge, CompareOp::Eq,
                                  CompareOp::Ne, CompareOp::Lt, CompareOp::Le};

using BinarySlot = Value (*)(const Value&, const Value&);

bool refused(const Value& result) {
    return result && result.is(g_not_implemented);
}

// The left operand first, unless the right one's class derives from the left one's.
Value try_binary(size_t op, const Value& a, const Value& b) {
    const Type *left = a.type(), *right = b.type();
    BinarySlot first = left->slots.binary[op];
    BinarySlot second = left == right ? nullptr : right->slots.binary[op];
    if (second == first) second = nullptr;
    if (first && second && is_subtype(right, left)) std::swap(first, second);
    for (BinarySlot slot : {first, second}) {
        if (!slot) continue;
        Value result = slot(a, b);
        if (!refused(result)) return result;
    }
    return not_implemented();
}

// Sequences concatenate and repeat; CPython words their refusals itself.
const char* sequence_name(const Value& value) {
    const Type* type = value.type();
    return type->has(kStrSubclass)     ? "str"
           : type->has(kListSubclass)  ? "list"
           : type->has(kTupleSubclass) ? "tuple"
           : type->has(kBytesSubclass) ? "bytes"
           : is<ByteArray>(value)      ? "bytearray"
                                       : nullptr;
}

Value refuse(size_t op, const char* sign, const Value& a, const Value& b) {
    if (op == static_cast<size_t>(BinaryOp::Add)) {
        const char* name = sequence_name(a);
        if (name && (name[0] == 'b'))
            return raise(errors::TypeError, cat("can't concat ", type_name(b), " to ", name));
        if (name)
            return raise(errors::TypeError, cat("can only concatenate ", name, " (not \"",
                                                type_name(b), "\") to ", name));
    }
    if (op == static_cast<size_t>(BinaryOp::Mul) && (sequence_name(a) || sequence_name(b)))
        return raise(errors::TypeError, cat("can't multiply sequence by non-int of type '",
                                            type_name(sequence_name(a) ? b : a), "'"));
    // Python 2's print statement is worth a hint.
    const NativeFunction* function = as<NativeFunction>(a);
    const bool prints = op == static_cast<size_t>(BinaryOp::RShift) && function &&
                        std::string_view(function->method->name) == "print";
    return raise(
        errors::TypeError,
        cat("unsupported operand type(s) for ", sign, ": '", type_name(a), "' and '", type_name(b),
            "'", prints ? ". Did you mean \"print(<message>, file=<output_stream>)\"?" : ""));
}

}  // namespace

Value binary(BinaryOp op, const Value& a, const Value& b) {
    // Joining two texts is what most additions of objects are.
    if (op == BinaryOp::Add && is_exact<Str>(a) && is_exact<Str>(b) && cast<Str>(a)->size &&
        cast<Str>(b)->size)
        return str_concat(cast<Str>(a), cast<Str>(b));
    const auto index = static_cast<size_t>(op);
    Value result = try_binary(index, a, b);
    return refused(result) ? refuse(index, kBinarySigns[index], a, b) : result;
}

Value inplace(BinaryOp op, const Value& a, const Value& b) {
    const auto index = static_cast<size_t>(op);
    if (BinarySlot slot = a.type()->slots.inplace[index]) {
        Value result = slot(a, b);
        if (!refused(result)) return result;
    }
    Value result = try_binary(index, a, b);
    return refused(result) ? refuse(index, kInplaceSigns[index], a, b) : result;
}

Value unary(UnaryOp op, const Value& a) {
    const auto index = static_cast<size_t>(op);
    if (auto* slot = a.type()->slots.unary[index]) return slot(a);
    return raise(errors::TypeError, cat("bad operand type for ", op == UnaryOp::Abs ? "" : "unary ",
                                        kUnarySigns[index], ": '", type_name(a), "'"));
}

static Value compare_here(CompareOp op, const Value& a, const Value& b) {
    const Type *left = a.type(), *right = b.type();
    const CompareOp swapped = kSwapped[static_cast<size_t>(op)];
    bool right_tried = false;
    if (left != right && is_subtype(right, left) && right->slots.compare) {
        right_tried = true;
        Value result = right->slots.compare(b, a, swapped);
        if (!refused(result)) return result;
    }
    if (left->slots.compare) {
        Value result = left->slots.compare(a, b, op);
        if (!refused(result)) return result;
    }
    if (!right_tried && right->slots.compare) {
        Value result = right->slots.compare(b, a, swapped);
        if (!refused(result)) return result;
    }
    if (op == CompareOp::Eq) return boolean(a.is(b));
    if (op == CompareOp::Ne) return boolean(!a.is(b));
    return raise(errors::TypeError, cat("'", kCompareSigns[static_cast<size_t>(op)],
                                        "' not supported between instances of '", type_name(a),
                                        "' and '", type_name(b), "'"));
}

Value compare(CompareOp op, const Value& a, const Value& b) {
    if (too_deep(" in comparison")) return {};
    return deeper([&] { return compare_here(op, a, b); });
}

int compare_truth(CompareOp op, const Value& a, const Value& b) {
    const Value result = compare(op, a, b);
    return result ? truth(result) : -1;
}

int equal(const Value& a, const Value& b) {
    if (a.is(b)) return 1;
    if (a.is_small() && b.is_small()) return 0;
    if (is_exact<Str>(a) && is_exact<Str>(b)) return str_equal(cast<Str>(a), cast<Str>(b));
    return compare_truth(CompareOp::Eq, a, b);
}

int truth(const Value& value) {
    if (value.is(g_true)) return 1;
    if (value.is(g_false) || value.is(g_none)) return 0;
    if (value.is_small()) return value.small() != 0;
    const Slots& slots = value.type()->slots;
    if (slots.truth) return slots.truth(value);
    if (!slots.length) return 1;
    const int64_t count = slots.length(value);
    return count < 0 ? -1 : count > 0;
}

int contains(const Value& container, const Value& item) {
    if (auto* slot = container.type()->slots.contains) return slot(container, item);
    const Value iterator = iterate(container);
    if (!iterator) {
        if (!raised_is(errors::TypeError)) return -1;
        clear_raised();
        return raise(errors::TypeError,
                     cat("argument of type '", type_name(container), "' is not iterable")),
               -1;
    }
    while (const Value candidate = next(iterator)) {
        const int same = equal(candidate, item);
        if (same) return same;
    }
    return has_raised() ? -1 : 0;
}

bool hash(const Value& value, int64_t& out) {
    if (too_deep("")) return false;
    return deeper([&] { return value.type()->slots.hash(value, out); });
}

}  // namespace loopglass::value
