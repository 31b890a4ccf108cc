// math: functions of integers.
#include "runtime/base/text.hpp"
#include "runtime/script/modules/math.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// Any int, through __index__; false: pending.
bool integer(const Value& value, BigInt& out) {
    if (to_big(value, out)) return true;
    auto* slot = value.type()->slots.index;
    if (!slot)
        return raise(errors::TypeError,
                     cat("'", type_name(value), "' object cannot be interpreted as an integer")),
               false;
    const Value index = slot(value);
    return index && to_big(index, out);
}

// Product of first … last, halved again and again so that the factors stay of like size.
BigInt range_product(uint64_t first, uint64_t last) {
    if (first > last) return 1;
    if (last - first < 8) {
        BigInt product = first;
        for (uint64_t i = first + 1; i <= last; ++i) product *= i;
        return product;
    }
    const uint64_t middle = first + (last - first) / 2;
    return range_product(first, middle) * range_product(middle + 1, last);
}

Value math_factorial(const Value* a) {
    BigInt number;
    if (!integer(a[0], number)) return {};
    if (number.sign() < 0)
        return raise(errors::ValueError, "factorial() not defined for negative values");
    if (number > INT32_MAX)
        return raise(errors::OverflowError,
                     "factorial() argument should not exceed 9223372036854775807");
    if (number > 2000000) return raise(errors::MemoryError, "");
    return make_big(range_product(1, static_cast<uint64_t>(number)));
}

// n and k of comb and perm, k no larger than what makes sense to loop over.
bool pair(const Value* a, BigInt& n, BigInt& k) {
    if (!integer(a[0], n) || !integer(a[1], k)) return false;
    if (n.sign() < 0) return raise(errors::ValueError, "n must be a non-negative integer"), false;
    if (k.sign() < 0) return raise(errors::ValueError, "k must be a non-negative integer"), false;
    return true;
}

BigInt falling(const BigInt& n, uint64_t k) {
    if (n < UINT64_MAX) {
        const auto top = static_cast<uint64_t>(n);
        return range_product(top - k + 1, top);
    }
    BigInt product = 1;
    for (uint64_t i = 0; i < k; ++i) product *= n - i;
    return product;
}

Value math_perm(const Value* a) {
    if (!a[1] || is_none(a[1])) return math_factorial(a);
    BigInt n, k;
    if (!pair(a, n, k)) return {};
    if (k > n) return Value::small(0);
    if (k > 2000000) return raise(errors::MemoryError, "");
    if (k.is_zero()) return Value::small(1);
    return make_big(falling(n, static_cast<uint64_t>(k)));
}

Value math_comb(const Value* a) {
    BigInt n, k;
    if (!pair(a, n, k)) return {};
    if (k > n) return Value::small(0);
    if (n - k < k) k = n - k;
    if (k.is_zero()) return Value::small(1);
    if (k > 2000000) return raise(errors::MemoryError, "");
    const auto count = static_cast<uint64_t>(k);
    return make_big(falling(n, count) / range_product(1, count));
}

// Folds the arguments of gcd and lcm.
template <typename Combine>
Value fold(const Value* a, BigInt result, Combine&& combine) {
    const auto* numbers = cast<Tuple>(a[0]);
    for (uint32_t i = 0; i < numbers->size; ++i) {
        BigInt number;
        if (!integer((*numbers)[i], number)) return {};
        result = combine(result, number);
    }
    return make_big(abs(result));
}
Value math_gcd(const Value* a) {
    return fold(a, 0, [](const BigInt& x, const BigInt& y) {
        return BigInt(boost::multiprecision::gcd(x, y));
    });
}
Value math_lcm(const Value* a) {
    return fold(a, 1, [](const BigInt& x, const BigInt& y) {
        return x.is_zero() || y.is_zero() ? BigInt(0) : BigInt(boost::multiprecision::lcm(x, y));
    });
}

Value math_isqrt(const Value* a) {
    BigInt number;
    if (!integer(a[0], number)) return {};
    if (number.sign() < 0) return raise(errors::ValueError, "isqrt() argument must be nonnegative");
    return make_big(sqrt(number));
}

constexpr auto kFunction = MethodKind::Function;
constexpr NativeMethod kFunctions[] = {
    {"factorial", math_factorial, "(n, /)", kFunction},
    {"perm", math_perm, "(n, k=None, /)", kFunction},
    {"comb", math_comb, "(n, k, /)", kFunction},
    {"gcd", math_gcd, "(*integers)", kFunction},
    {"lcm", math_lcm, "(*integers)", kFunction},
    {"isqrt", math_isqrt, "(n, /)", kFunction},
};

}  // namespace

const std::span<const NativeMethod> kMathIntegerFunctions = kFunctions;

}  // namespace loopglass::script
