// math: functions of floats. Domain and range errors are CPython's (Modules/mathmodule.c).
#include "runtime/script/modules/math.hpp"

#include <cmath>
#include <limits>

#include "runtime/base/text.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/float.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

Value domain_error() {
    return raise(errors::ValueError, "math domain error");
}
Value range_error() {
    return raise(errors::OverflowError, "math range error");
}

// NaN from a number is outside the domain; infinity from a finite one is outside the range, or a
// pole.
template <double (*Function)(double), bool CanOverflow>
Value of_one(const Value* a) {
    double x;
    if (!to_double(a[0], x)) return {};
    const double result = Function(x);
    if (std::isnan(result) && !std::isnan(x)) return domain_error();
    if (std::isinf(result) && std::isfinite(x)) return CanOverflow ? range_error() : domain_error();
    return make_float(result);
}

double degrees_of(double x) {
    return x * (180.0 / M_PI);
}
double radians_of(double x) {
    return x * (M_PI / 180.0);
}

template <double (*Function)(double, double)>
Value of_two(const Value* a) {
    double x, y;
    if (!to_double(a[0], x) || !to_double(a[1], y)) return {};
    const double result = Function(x, y);
    if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) return domain_error();
    if (std::isinf(result) && std::isfinite(x) && std::isfinite(y)) return range_error();
    return make_float(result);
}

Value math_pow(const Value* a) {
    double x, y;
    if (!to_double(a[0], x) || !to_double(a[1], y)) return {};
    const double result = std::pow(x, y);
    if (!std::isfinite(x) || !std::isfinite(y)) return make_float(result);
    if (std::isnan(result)) return domain_error();
    if (std::isinf(result)) return x == 0 ? domain_error() : range_error();
    return make_float(result);
}

// ---- logarithms -------------------------------------------------------------------------------

// Of an int of any size, which may be too large for a double.
template <double (*Log)(double)>
bool log_of(const Value& value, double& out) {
    double x;
    if (is_int(value)) {
        const BigInt number = big(value);
        if (number.sign() <= 0) return domain_error(), false;
        const auto bits = static_cast<int64_t>(bit_length(number));
        if (bits > 1000) {
            const double top = big_to_double(number >> static_cast<unsigned>(bits - 64));
            out = Log(top) + Log(2.0) * static_cast<double>(bits - 64);
            return true;
        }
        x = big_to_double(number);
    } else if (!to_double(value, x)) {
        return false;
    }
    if (x <= 0) return domain_error(), false;
    return out = Log(x), true;
}

Value math_log(const Value* a) {
    double x, base;
    if (!log_of<std::log>(a[0], x)) return {};
    if (!a[1]) return make_float(x);
    if (!log_of<std::log>(a[1], base)) return {};
    if (base == 0) return raise(errors::ZeroDivisionError, "float division by zero");
    return make_float(x / base);
}
Value math_log2(const Value* a) {
    double x;
    return log_of<std::log2>(a[0], x) ? make_float(x) : Value();
}
Value math_log10(const Value* a) {
    double x;
    return log_of<std::log10>(a[0], x) ? make_float(x) : Value();
}

// ---- rounding, parts --------------------------------------------------------------------------

// __floor__ and __ceil__ first, then the float's.
Value round_by(const Value& value, Name& dunder, double (*function)(double)) {
    if (is_int(value)) return int_exact(value);
    if (is_float(value)) return int_from_double(function(cast<Float>(value)->number));
    if (const Value method = find_special(value, dunder)) return call(method);
    double x;
    if (has_raised() || !to_double(value, x)) return {};
    return int_from_double(function(x));
}
Value math_floor(const Value* a) {
    static Name dunder("__floor__");
    return round_by(a[0], dunder, std::floor);
}
Value math_ceil(const Value* a) {
    static Name dunder("__ceil__");
    return round_by(a[0], dunder, std::ceil);
}
Value math_trunc(const Value* a) {
    static Name dunder("__trunc__");
    if (is_int(a[0])) return int_exact(a[0]);
    if (is_float(a[0])) return int_from_double(cast<Float>(a[0])->number);
    if (const Value method = find_special(a[0], dunder)) return call(method);
    if (has_raised()) return {};
    return raise(errors::TypeError,
                 cat("type ", type_name(a[0]), " doesn't define __trunc__ method"));
}

Value math_frexp(const Value* a) {
    double x;
    if (!to_double(a[0], x)) return {};
    int exponent = 0;
    const double mantissa = std::isfinite(x) ? std::frexp(x, &exponent) : x;
    return make_tuple({make_float(mantissa), make_int(exponent)});
}
Value math_modf(const Value* a) {
    double x, whole;
    if (!to_double(a[0], x)) return {};
    const double rest = std::modf(x, &whole);
    return make_tuple({make_float(rest), make_float(whole)});
}
Value math_ldexp(const Value* a) {
    double x;
    int64_t exponent;
    if (!to_double(a[0], x)) return {};
    if (!is_int(a[1]))
        return raise(errors::TypeError, "Expected an int as second argument to ldexp.");
    if (!int_value(a[1], exponent)) exponent = int_sign(a[1]) < 0 ? -100000 : 100000;
    if (x == 0 || !std::isfinite(x)) return make_float(x);
    exponent = std::max<int64_t>(std::min<int64_t>(exponent, 100000), -100000);
    const double result = std::ldexp(x, static_cast<int>(exponent));
    return std::isinf(result) ? range_error() : make_float(result);
}

// Gamma by Lanczos' approximation with g = 6.0246… and thirteen terms, the choice CPython's results
// come from; the C library's function differs from it in the last digits.
constexpr double kLanczosG = 6.024680040776729583740234375;
constexpr double kLanczosAbove[] = {23531376880.410759688572007674451636754734846804940,
                                    42919803642.649098768957899047001988850926355848959,
                                    35711959237.355668049440185451547166705960488635843,
                                    17921034426.037209699919755754458931112671403265390,
                                    6039542586.3520280050642916443072979210699388420708,
                                    1439720407.3117216736632230727949123939715485786372,
                                    248874557.86205415651146038641322942321632125127801,
                                    31426415.585400194380614231628318205362874684987640,
                                    2876370.6289353724412254090516208496135991145378768,
                                    186056.26539522349504029498971604569928220784236328,
                                    8071.6720023658162106380029022722506138218516325024,
                                    210.82427775157934587250973392071336271166969580291,
                                    2.5066282746310002701649081771338373386264310793408};
constexpr double kLanczosBelow[] = {0.0,        39916800.0, 120543840.0, 150917976.0, 105258076.0,
                                    45995730.0, 13339535.0, 2637558.0,   357423.0,    32670.0,
                                    1925.0,     66.0,       1.0};

double lanczos_sum(double x) {
    double above = 0, below = 0;
    for (int i = 0; i < 13; ++i) {
        // Powers of 1/x for large arguments, so that nothing overflows.
        const int k = x < 5 ? 12 - i : i;
        above = x < 5 ? above * x + kLanczosAbove[k] : above / x + kLanczosAbove[k];
        below = x < 5 ? below * x + kLanczosBelow[k] : below / x + kLanczosBelow[k];
    }
    return above / below;
}

// sin(pi * x) for x >= 0, exact at the quarters.
double sine_of_pi_times(double x) {
    const double rest = std::fmod(x, 2.0);
    switch (static_cast<int>(std::round(2.0 * rest))) {
        case 0:
            return std::sin(M_PI * rest);
        case 1:
            return std::cos(M_PI * (rest - 0.5));
        case 2:
            return std::sin(M_PI * (1.0 - rest));
        case 3:
            return -std::cos(M_PI * (rest - 1.5));
        default:
            return std::sin(M_PI * (rest - 2.0));
    }
}

double gamma_of(double x) {
    if (x == std::floor(x) && x > 0 && x <= 23) {
        double product = 1;
        for (int i = 2; i < static_cast<int>(x); ++i) product *= i;
        return product;
    }
    const double size = std::fabs(x);
    if (size < 1e-20) return 1.0 / x;
    if (size > 200.0) return x < 0 ? 0.0 / sine_of_pi_times(x < 0 ? -x : x) : HUGE_VAL;
    const double half = kLanczosG - 0.5;
    const double y = size + half;
    // What adding lost, made good to first order.
    const double lost = size > half ? (y - size) - half : (y - half) - size;
    const double correction = lost * kLanczosG / y;
    double result;
    const bool halves = size >= 140.0;
    const double power = std::pow(y, halves ? size / 2.0 - 0.25 : size - 0.5);
    if (x < 0) {
        result = -M_PI / sine_of_pi_times(size) / size * std::exp(y) / lanczos_sum(size);
        result -= correction * result;
        result /= power;
        if (halves) result /= power;
    } else {
        result = lanczos_sum(size) / std::exp(y);
        result += correction * result;
        result *= power;
        if (halves) result *= power;
    }
    return result;
}
Value math_gamma(const Value* a) {
    double x;
    if (!to_double(a[0], x)) return {};
    if (std::isnan(x) || (std::isinf(x) && x > 0)) return make_float(x);
    if (std::isinf(x) || (x <= 0 && x == std::floor(x))) return domain_error();
    const double result = gamma_of(x);
    return std::isinf(result) ? range_error() : make_float(result);
}
Value math_lgamma(const Value* a) {
    double x;
    if (!to_double(a[0], x)) return {};
    if (std::isnan(x)) return make_float(x);
    if (std::isinf(x)) return make_float(HUGE_VAL);
    if (x == std::floor(x) && x <= 2) return x <= 0 ? domain_error() : make_float(0);
    const double size = std::fabs(x);
    if (size < 1e-20) return make_float(-std::log(size));
    double result = std::log(lanczos_sum(size)) - kLanczosG;
    result += (size - 0.5) * (std::log(size + kLanczosG - 0.5) - 1);
    if (x < 0)
        result =
            std::log(M_PI) - std::log(std::fabs(sine_of_pi_times(size))) - std::log(size) - result;
    return std::isinf(result) ? range_error() : make_float(result);
}

// ---- tests and neighbours ---------------------------------------------------------------------

template <typename Test>
Value test(const Value* a, Test&& passes) {
    double x;
    return to_double(a[0], x) ? boolean(passes(x)) : Value();
}
Value math_isnan(const Value* a) {
    return test(a, [](double x) { return std::isnan(x); });
}
Value math_isinf(const Value* a) {
    return test(a, [](double x) { return std::isinf(x); });
}
Value math_isfinite(const Value* a) {
    return test(a, [](double x) { return std::isfinite(x); });
}
Value math_isclose(const Value* a) {
    double x, y, relative = 1e-9, absolute = 0;
    if (!to_double(a[0], x) || !to_double(a[1], y)) return {};
    if ((a[2] && !to_double(a[2], relative)) || (a[3] && !to_double(a[3], absolute))) return {};
    if (relative < 0 || absolute < 0)
        return raise(errors::ValueError, "tolerances must be non-negative");
    if (x == y) return boolean(true);
    if (std::isinf(x) || std::isinf(y)) return boolean(false);
    const double difference = std::fabs(y - x);
    return boolean(difference <= std::fabs(relative * y) || difference <= std::fabs(relative * x) ||
                   difference <= absolute);
}

Value math_copysign(const Value* a) {
    double x, y;
    if (!to_double(a[0], x) || !to_double(a[1], y)) return {};
    return make_float(std::copysign(x, y));
}
Value math_atan2(const Value* a) {
    double y, x;
    if (!to_double(a[0], y) || !to_double(a[1], x)) return {};
    return make_float(std::atan2(y, x));
}
Value math_fabs(const Value* a) {
    double x;
    return to_double(a[0], x) ? make_float(std::fabs(x)) : Value();
}
Value math_ulp(const Value* a) {
    double x;
    if (!to_double(a[0], x)) return {};
    x = std::fabs(x);
    if (!std::isfinite(x)) return make_float(x);
    const double above = std::nextafter(x, HUGE_VAL);
    return make_float(std::isinf(above) ? x - std::nextafter(x, -HUGE_VAL) : above - x);
}
Value math_nextafter(const Value* a) {
    double x, y;
    if (!to_double(a[0], x) || !to_double(a[1], y)) return {};
    if (!a[2] || is_none(a[2])) return make_float(std::nextafter(x, y));
    int64_t steps;
    if (!to_index_clamped(a[2], steps)) return {};
    if (steps < 0) return raise(errors::ValueError, "steps must be a non-negative integer");
    if (std::isnan(x) || std::isnan(y)) return make_float(std::nan(""));
    // Most walks are short; a long one ends at its target.
    for (int64_t i = 0; i < steps && x != y && i < 100000000; ++i) x = std::nextafter(x, y);
    return make_float(x);
}
Value math_fma(const Value* a) {
    double x, y, z;
    if (!to_double(a[0], x) || !to_double(a[1], y) || !to_double(a[2], z)) return {};
    const double result = std::fma(x, y, z);
    if (std::isfinite(result)) return make_float(result);
    if (std::isnan(result)) {
        if (!std::isnan(x) && !std::isnan(y) && !std::isnan(z))
            return raise(errors::ValueError, "invalid operation in fma");
    } else if (std::isfinite(x) && std::isfinite(y) && std::isfinite(z)) {
        return raise(errors::OverflowError, "overflow in fma");
    }
    return make_float(result);
}

constexpr auto kFunction = MethodKind::Function;
constexpr const char* kOne = "(x, /)";
constexpr const char* kTwo = "(x, y, /)";
constexpr NativeMethod kFunctions[] = {
    {"acos", of_one<std::acos, false>, kOne, kFunction},
    {"acosh", of_one<std::acosh, false>, kOne, kFunction},
    {"asin", of_one<std::asin, false>, kOne, kFunction},
    {"asinh", of_one<std::asinh, false>, kOne, kFunction},
    {"atan", of_one<std::atan, false>, kOne, kFunction},
    {"atanh", of_one<std::atanh, false>, kOne, kFunction},
    {"cbrt", of_one<std::cbrt, false>, kOne, kFunction},
    {"cos", of_one<std::cos, false>, kOne, kFunction},
    {"cosh", of_one<std::cosh, true>, kOne, kFunction},
    {"degrees", of_one<degrees_of, false>, kOne, kFunction},
    {"erf", of_one<std::erf, false>, kOne, kFunction},
    {"erfc", of_one<std::erfc, false>, kOne, kFunction},
    {"exp", of_one<std::exp, true>, kOne, kFunction},
    {"exp2", of_one<std::exp2, true>, kOne, kFunction},
    {"expm1", of_one<std::expm1, true>, kOne, kFunction},
    {"log1p", of_one<std::log1p, false>, kOne, kFunction},
    {"radians", of_one<radians_of, false>, kOne, kFunction},
    {"sin", of_one<std::sin, false>, kOne, kFunction},
    {"sinh", of_one<std::sinh, true>, kOne, kFunction},
    {"sqrt", of_one<std::sqrt, false>, kOne, kFunction},
    {"tan", of_one<std::tan, false>, kOne, kFunction},
    {"tanh", of_one<std::tanh, false>, kOne, kFunction},
    {"fmod", of_two<std::fmod>, kTwo, kFunction},
    {"remainder", of_two<std::remainder>, kTwo, kFunction},
    {"pow", math_pow, kTwo, kFunction},
    {"atan2", math_atan2, "(y, x, /)", kFunction},
    {"copysign", math_copysign, kTwo, kFunction},
    {"log", math_log, "(x, base=None, /)", kFunction},
    {"log2", math_log2, kOne, kFunction},
    {"log10", math_log10, kOne, kFunction},
    {"floor", math_floor, kOne, kFunction},
    {"ceil", math_ceil, kOne, kFunction},
    {"trunc", math_trunc, kOne, kFunction},
    {"frexp", math_frexp, kOne, kFunction},
    {"modf", math_modf, kOne, kFunction},
    {"ldexp", math_ldexp, "(x, i, /)", kFunction},
    {"gamma", math_gamma, kOne, kFunction},
    {"lgamma", math_lgamma, kOne, kFunction},
    {"isnan", math_isnan, kOne, kFunction},
    {"isinf", math_isinf, kOne, kFunction},
    {"isfinite", math_isfinite, kOne, kFunction},
    {"isclose", math_isclose, "(a, b, *, rel_tol=1e-09, abs_tol=0.0)", kFunction},
    {"fabs", math_fabs, kOne, kFunction},
    {"ulp", math_ulp, kOne, kFunction},
    {"nextafter", math_nextafter, "(x, y, /, *, steps=None)", kFunction},
    {"fma", math_fma, "(x, y, z, /)", kFunction},
};

}  // namespace

Value make_module_math() {
    Value module = make_native_module("math", kFunctions);
    for (const auto& part : {kMathIntegerFunctions, kMathSumFunctions})
        for (const NativeMethod& function : part)
            module_set(module, function.name, make_function(function, "math"));
    module_set(module, "pi", make_float(M_PI));
    module_set(module, "e", make_float(M_E));
    module_set(module, "tau", make_float(2 * M_PI));
    module_set(module, "inf", make_float(HUGE_VAL));
    module_set(module, "nan", make_float(std::numeric_limits<double>::quiet_NaN()));
    return module;
}

}  // namespace loopglass::script
