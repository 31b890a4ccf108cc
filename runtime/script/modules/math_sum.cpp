// math: sums, products and lengths over many numbers, rounded once.
#include <cmath>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/script/modules/math.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings

namespace {

// Shewchuk's exact summation: partial sums that do not overlap, smallest first.
struct ExactSum {
    std::vector<double> parts;
    double special = 0;  // sum of what is not finite
    double infinities = 0;
    bool overflow = false;

    void add(double x) {
        const double given = x;
        size_t kept = 0;
        for (double y : parts) {
            if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
            const double high = x + y;
            const double low = y - (high - x);
            if (low != 0) parts[kept++] = low;
            x = high;
        }
        parts.resize(kept);
        if (x == 0) return;
        if (std::isfinite(x)) return parts.push_back(x);
        if (std::isfinite(given)) overflow = true;
        if (std::isinf(given)) infinities += given;
        special += given;
        parts.clear();
    }

    // Rounded half to even over all parts.
    [[nodiscard]] double total() const {
        if (special != 0 || std::isnan(special)) return special;
        size_t left = parts.size();
        if (left == 0) return 0;
        double high = parts[--left], low = 0;
        while (left > 0) {
            const double x = high, y = parts[--left];
            high = x + y;
            low = y - (high - x);
            if (low != 0) break;
        }
        if (left > 0 && ((low < 0 && parts[left - 1] < 0) || (low > 0 && parts[left - 1] > 0))) {
            const double twice = low * 2, more = high + twice;
            if (twice == more - high) high = more;
        }
        return high;
    }
};

Value math_fsum(const Value* a) {
    ExactSum sum;
    const bool done = for_each(a[0], [&sum](const Value& item) {
        double x;
        if (!to_double(item, x)) return false;
        sum.add(x);
        if (!sum.overflow) return true;
        return raise(errors::OverflowError, "intermediate overflow in fsum"), false;
    });
    if (!done) return {};
    if (std::isnan(sum.infinities)) return raise(errors::ValueError, "-inf + inf in fsum");
    return make_float(sum.total());
}

Value math_prod(const Value* a) {
    Value product = a[1] ? a[1] : Value::small(1);
    const bool done = for_each(a[0], [&product](const Value& item) {
        product = binary(BinaryOp::Mul, product, item);
        return static_cast<bool>(product);
    });
    return done ? product : Value();
}

// All floats (or ints beside floats): exactly, with the rounding errors of the products. Anything
// else: by the operators.
Value math_sumprod(const Value* a) {
    const Ref<Tuple> p = tuple_from(a[0]);
    if (!p) return {};
    const Ref<Tuple> q = tuple_from(a[1]);
    if (!q) return {};
    if (p->size != q->size) return raise(errors::ValueError, "Inputs are not the same length");
    bool floats = false, plain = true;
    for (uint32_t i = 0; i < p->size; ++i) {
        for (const Value* item : {&(*p)[i], &(*q)[i]}) {
            floats |= is_exact<Float>(*item);
            plain &= is_exact<Float>(*item) || item->is_small();
        }
    }
    if (floats && plain) {
        ExactSum sum;
        for (uint32_t i = 0; i < p->size; ++i) {
            double x, y;
            if (!to_double((*p)[i], x) || !to_double((*q)[i], y)) return {};
            const double product = x * y;
            sum.add(product);
            if (std::isfinite(product)) sum.add(std::fma(x, y, -product));
        }
        return make_float(sum.total());
    }
    Value total = Value::small(0);
    for (uint32_t i = 0; i < p->size; ++i) {
        const Value product = binary(BinaryOp::Mul, (*p)[i], (*q)[i]);
        if (!product) return {};
        total = binary(BinaryOp::Add, total, product);
        if (!total) return {};
    }
    return total;
}

// Scaled by the largest, so that nothing overflows.
double norm(const std::vector<double>& numbers) {
    double largest = 0;
    bool nan = false;
    for (const double x : numbers) {
        if (std::isinf(x)) return HUGE_VAL;
        nan |= std::isnan(x);
        largest = std::max(largest, std::fabs(x));
    }
    if (nan) return std::nan("");
    if (largest == 0) return 0;
    int exponent;
    (void)std::frexp(largest, &exponent);
    long double sum = 0;
    for (const double x : numbers) {
        const long double scaled = std::ldexp(static_cast<long double>(x), -exponent);
        sum += scaled * scaled;
    }
    return static_cast<double>(std::ldexp(std::sqrt(sum), exponent));
}

Value math_hypot(const Value* a) {
    const auto* coordinates = cast<Tuple>(a[0]);
    std::vector<double> numbers(coordinates->size);
    for (uint32_t i = 0; i < coordinates->size; ++i)
        if (!to_double((*coordinates)[i], numbers[i])) return {};
    return make_float(norm(numbers));
}

Value math_dist(const Value* a) {
    const Ref<Tuple> p = tuple_from(a[0]);
    if (!p) return {};
    const Ref<Tuple> q = tuple_from(a[1]);
    if (!q) return {};
    if (p->size != q->size)
        return raise(errors::ValueError, "both points must have the same number of dimensions");
    std::vector<double> numbers(p->size);
    for (uint32_t i = 0; i < p->size; ++i) {
        double x, y;
        if (!to_double((*p)[i], x) || !to_double((*q)[i], y)) return {};
        numbers[i] = x - y;
    }
    return make_float(norm(numbers));
}

constexpr auto kFunction = MethodKind::Function;
constexpr NativeMethod kFunctions[] = {
    {"fsum", math_fsum, "(seq, /)", kFunction},
    {"prod", math_prod, "(iterable, /, *, start=1)", kFunction},
    {"sumprod", math_sumprod, "(p, q, /)", kFunction},
    {"hypot", math_hypot, "(*coordinates)", kFunction},
    {"dist", math_dist, "(p, q, /)", kFunction},
};

}  // namespace

const std::span<const NativeMethod> kMathSumFunctions = kFunctions;

}  // namespace loopglass::script
