// Fast paths of operators on small ints, floats and short texts. Everything else goes to
// value::binary and value::compare, which know all of Python's rules.
#pragma once

#include <cmath>

#include "runtime/script/nodes.hpp"

namespace loopglass::script::eval {

// Two's complement tricks on tagged words: a small int n is the word 2n + 1.
template <BinaryOp Op>
[[gnu::always_inline]] inline Word small_binary(Word a, Word b) {
    const auto x = static_cast<int64_t>(a), y = static_cast<int64_t>(b);
    int64_t out;
    if constexpr (Op == BinaryOp::Add) {
        if (__builtin_expect(__builtin_add_overflow(x, y - 1, &out), 0)) return 0;
        return static_cast<Word>(out);
    } else if constexpr (Op == BinaryOp::Sub) {
        if (__builtin_expect(__builtin_sub_overflow(x, y - 1, &out), 0)) return 0;
        return static_cast<Word>(out);
    } else if constexpr (Op == BinaryOp::Mul) {
        if (__builtin_expect(__builtin_mul_overflow(x - 1, y >> 1, &out), 0)) return 0;
        return static_cast<Word>(out) + 1;
    } else if constexpr (Op == BinaryOp::Mod) {
        const int64_t divisor = y >> 1;
        if (__builtin_expect(divisor == 0, 0)) return 0;
        if (divisor == -1) return 1;
        const int64_t number = x >> 1;
        // 32-bit division is several times faster on common processors.
        if (((number | divisor) >> 31) == 0)
            return (static_cast<Word>(static_cast<uint32_t>(number) %
                                      static_cast<uint32_t>(divisor))
                    << 1) |
                   1;
        out = number % divisor;
        if (out != 0 && ((out ^ divisor) < 0)) out += divisor;
        return (static_cast<Word>(out) << 1) | 1;
    } else if constexpr (Op == BinaryOp::FloorDiv) {
        const int64_t divisor = y >> 1;
        if (__builtin_expect(divisor == 0 || divisor == -1, 0)) return 0;
        const int64_t number = x >> 1;
        if (((number | divisor) >> 31) == 0)
            return (static_cast<Word>(static_cast<uint32_t>(number) /
                                      static_cast<uint32_t>(divisor))
                    << 1) |
                   1;
        out = number / divisor;
        if (number % divisor != 0 && ((number ^ divisor) < 0)) --out;
        return (static_cast<Word>(out) << 1) | 1;
    } else if constexpr (Op == BinaryOp::And) {
        return a & b;
    } else if constexpr (Op == BinaryOp::Or) {
        return a | b;
    } else if constexpr (Op == BinaryOp::Xor) {
        return (a ^ b) | 1;
    } else if constexpr (Op == BinaryOp::LShift) {
        const int64_t count = y >> 1, number = x >> 1;
        if (count < 0 || count > 60) return 0;
        const int64_t shifted = static_cast<int64_t>(static_cast<uint64_t>(number) << count);
        if ((shifted >> count) != number || !value::fits_small(shifted)) return 0;
        return (static_cast<Word>(shifted) << 1) | 1;
    } else if constexpr (Op == BinaryOp::RShift) {
        const int64_t count = y >> 1;
        if (count < 0) return 0;
        return static_cast<Word>((x >> (count > 62 ? 63 : count)) | 1);
    } else {
        return 0;
    }
}

template <BinaryOp Op>
inline constexpr bool kFloatFast =
    Op == BinaryOp::Add || Op == BinaryOp::Sub || Op == BinaryOp::Mul || Op == BinaryOp::Div;

template <BinaryOp Op>
[[gnu::always_inline]] inline bool float_binary(double a, double b, double& out) {
    if constexpr (Op == BinaryOp::Add) return out = a + b, true;
    if constexpr (Op == BinaryOp::Sub) return out = a - b, true;
    if constexpr (Op == BinaryOp::Mul) return out = a * b, true;
    if constexpr (Op == BinaryOp::Div) return b != 0.0 && (out = a / b, true);
    return false;
}

// A float, or an int small enough to be one exactly.
[[gnu::always_inline]] inline bool quick_double(const Value& value, double& out) {
    if (value.is_small()) {
        out = static_cast<double>(value.small());
        return value.small() <= (int64_t{1} << 53) && value.small() >= -(int64_t{1} << 53);
    }
    if (value.object()->type != value::Float::type) return false;
    out = value::cast<value::Float>(value)->number;
    return true;
}

// 0 without an exception when it is not one of the fast cases.
template <BinaryOp Op>
[[gnu::always_inline]] inline Word fast_binary(const Value& a, const Value& b) {
    if (both_small(a, b)) {
        if constexpr (Op != BinaryOp::Div) return small_binary<Op>(a.bits(), b.bits());
    }
    if constexpr (kFloatFast<Op>) {
        double x, y, out;
        if (!(a.is_small() && b.is_small() && Op != BinaryOp::Div) && quick_double(a, x) &&
            quick_double(b, y) && float_binary<Op>(x, y, out))
            return value::make_float(out).detach();
    }
    return 0;
}

// The same, writing into `a` if it is a float nobody else holds: the caller owns it and needs it no
// more.
template <BinaryOp Op>
[[gnu::always_inline]] inline Word fast_binary_owned(Value& a, const Value& b) {
    if constexpr (kFloatFast<Op>) {
        if (a.is_object() && a.object()->type == value::Float::type && a.object()->refs == 1) {
            double y, out;
            auto* number = value::cast<value::Float>(a);
            if (quick_double(b, y) && float_binary<Op>(number->number, y, out)) {
                number->number = out;
                return a.detach();
            }
            return 0;
        }
    }
    return fast_binary<Op>(a, b);
}

template <BinaryOp Op>
[[gnu::always_inline]] inline Word binary_word(const Value& a, const Value& b) {
    const Word fast = fast_binary<Op>(a, b);
    return __builtin_expect(fast != 0, 1) ? fast : value::binary(Op, a, b).detach();
}

// The same by an operator known only at run time, for those that have no node of their own.
[[nodiscard]] inline Word binary_word(BinaryOp op, const Value& a, const Value& b) {
    return value::binary(op, a, b).detach();
}

// 1, 0, -1 (pending).
template <CompareOp Op>
[[gnu::always_inline]] inline int compare_numbers(auto a, auto b) {
    if constexpr (Op == CompareOp::Lt) return a < b;
    if constexpr (Op == CompareOp::Le) return a <= b;
    if constexpr (Op == CompareOp::Eq) return a == b;
    if constexpr (Op == CompareOp::Ne) return a != b;
    if constexpr (Op == CompareOp::Gt) return a > b;
    return a >= b;
}

// -2 when it is not one of the fast cases.
template <CompareOp Op>
[[gnu::always_inline]] inline int fast_compare(const Value& a, const Value& b) {
    if (both_small(a, b))
        return compare_numbers<Op>(static_cast<int64_t>(a.bits()), static_cast<int64_t>(b.bits()));
    if (a.is_object() && b.is_object()) {
        const Type* type = a.object()->type;
        if (type == b.object()->type) {
            if constexpr (Op == CompareOp::Eq || Op == CompareOp::Ne)
                if (type == Str::type)
                    return value::str_equal(value::cast<Str>(a), value::cast<Str>(b)) ==
                           (Op == CompareOp::Eq);
            if (type == value::Float::type)
                return compare_numbers<Op>(value::cast<value::Float>(a)->number,
                                           value::cast<value::Float>(b)->number);
        }
    }
    return -2;
}

}  // namespace loopglass::script::eval
