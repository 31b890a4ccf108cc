// complex: two doubles. CPython: Objects/complexobject.c.
#include <cmath>
#include <complex>

#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/float.hpp"
#include "runtime/value/format.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

Type* Complex::type = nullptr;

Value make_complex(double real, double imaginary) {
    return make<Complex>(real, imaginary);
}

namespace {

using Number = std::complex<double>;

// 1, 0 if it is no number of ours, -1: pending.
int operand(const Value& value, Number& out) {
    if (const Complex* number = as<Complex>(value))
        return out = {number->real, number->imaginary}, 1;
    if (!is_int(value) && !is_float(value)) return 0;
    double real;
    if (!to_double(value, real)) return -1;
    return out = real, 1;
}

template <typename Compute>
Value arithmetic(const Value& a, const Value& b, Compute&& compute) {
    Number x, y;
    int known = operand(a, x);
    if (known == 1) known = operand(b, y);
    if (known != 1) return known ? Value() : not_implemented();
    return compute(x, y);
}

Value made(const Number& number) {
    return make_complex(number.real(), number.imag());
}

// Smith's method, scaled by the larger part of the divisor.
Value quotient(const Number& a, const Number& b) {
    if (b.real() == 0 && b.imag() == 0)
        return raise(errors::ZeroDivisionError, "complex division by zero");
    if (std::fabs(b.real()) >= std::fabs(b.imag())) {
        const double ratio = b.imag() / b.real();
        const double divisor = b.real() + b.imag() * ratio;
        return make_complex((a.real() + a.imag() * ratio) / divisor,
                            (a.imag() - a.real() * ratio) / divisor);
    }
    if (std::fabs(b.imag()) >= std::fabs(b.real())) {
        const double ratio = b.real() / b.imag();
        const double divisor = b.real() * ratio + b.imag();
        return make_complex((a.real() * ratio + a.imag()) / divisor,
                            (a.imag() * ratio - a.real()) / divisor);
    }
    return make_complex(std::nan(""), std::nan(""));
}

Number product(const Number& a, const Number& b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

// By repeated squaring, as CPython does for whole exponents up to 100.
Value whole_power(Number base, int exponent) {
    Number result(1, 0);
    const bool inverse = exponent < 0;
    for (unsigned left = static_cast<unsigned>(std::abs(exponent)); left; left >>= 1) {
        if (left & 1) result = product(result, base);
        base = product(base, base);
    }
    return inverse ? quotient(Number(1, 0), result) : made(result);
}

Value complex_add(const Value& a, const Value& b) {
    return arithmetic(a, b, [](Number x, Number y) { return made(x + y); });
}
Value complex_subtract(const Value& a, const Value& b) {
    return arithmetic(a, b, [](Number x, Number y) { return made(x - y); });
}
Value complex_multiply(const Value& a, const Value& b) {
    return arithmetic(a, b, [](Number x, Number y) { return made(product(x, y)); });
}
Value complex_divide(const Value& a, const Value& b) {
    return arithmetic(a, b, [](Number x, Number y) { return quotient(x, y); });
}
Value complex_power_slot(const Value& a, const Value& b) {
    return arithmetic(a, b, [](Number x, Number y) {
        return complex_power(x.real(), x.imag(), y.real(), y.imag());
    });
}

Value complex_negative(const Value& a) {
    return make_complex(-cast<Complex>(a)->real, -cast<Complex>(a)->imaginary);
}
Value complex_positive(const Value& a) {
    return is_exact<Complex>(a) ? a
                                : make_complex(cast<Complex>(a)->real, cast<Complex>(a)->imaginary);
}
Value complex_absolute(const Value& a) {
    const Complex* number = cast<Complex>(a);
    const double size = std::hypot(number->real, number->imaginary);
    if (std::isinf(size) && std::isfinite(number->real) && std::isfinite(number->imaginary))
        return raise(errors::OverflowError, "absolute value too large");
    return make_float(size);
}

Value complex_compare(const Value& a, const Value& b, CompareOp op) {
    if (op != CompareOp::Eq && op != CompareOp::Ne) return not_implemented();
    const bool left = is<Complex>(a);
    const Complex* number = cast<Complex>(left ? a : b);
    const Value& other = left ? b : a;
    bool same;
    if (const Complex* second = as<Complex>(other))
        same = number->real == second->real && number->imaginary == second->imaginary;
    else if (is_float(other))
        same = number->imaginary == 0 && number->real == cast<Float>(other)->number;
    else if (is_int(other))
        same = number->imaginary == 0 && !std::isnan(number->real) &&
               compare_int_double(other, number->real) == 0;
    else
        return not_implemented();
    return boolean(same == (op == CompareOp::Eq));
}

Value complex_repr(const Value& self) {
    const Complex* number = cast<Complex>(self);
    std::string out;
    if (number->real == 0 && !std::signbit(number->real)) {
        append_float(out, number->imaginary, false);
        return make_str(out + 'j');
    }
    out = "(";
    append_float(out, number->real, false);
    std::string imaginary;
    append_float(imaginary, number->imaginary, false);
    if (imaginary[0] != '-') out += '+';
    return make_str(out + imaginary + "j)");
}

bool complex_hash(const Value& self, int64_t& out) {
    const Complex* number = cast<Complex>(self);
    const auto real = static_cast<uint64_t>(hash_double(number->real, number));
    const auto imaginary = static_cast<uint64_t>(hash_double(number->imaginary, number));
    out = static_cast<int64_t>(real + 1000003 * imaginary);
    if (out == -1) out = -2;
    return true;
}
int complex_truth(const Value& self) {
    return cast<Complex>(self)->real != 0 || cast<Complex>(self)->imaginary != 0;
}

// ---- construction -----------------------------------------------------------------------------

bool parse(std::string_view text, Number& out) {
    std::string plain;
    for (const char c : plain_digits(text)) plain += c;
    std::string_view rest = strip_space(plain);
    if (rest.size() >= 2 && rest.front() == '(' && rest.back() == ')')
        rest = strip_space(rest.substr(1, rest.size() - 2));
    const auto ends_in_j = [](std::string_view part) {
        return part.size() == 1 && (part[0] | 0x20) == 'j';
    };
    const auto unit = [&](std::string_view part, double& number) {
        if (part.empty() || (part.back() | 0x20) != 'j') return false;
        part.remove_suffix(1);
        if (part.empty() || part == "+" || part == "-")
            return number = part == "-" ? -1.0 : 1.0, true;
        return scan_float(part, number) == part.size();
    };
    double first, second;
    const size_t used = scan_float(rest, first);
    if (used == 0) return unit(rest, second) && (out = Number(0, second), true);
    const std::string_view behind = rest.substr(used);
    if (behind.empty()) return out = Number(first, 0), true;
    if (ends_in_j(behind)) return out = Number(0, first), true;
    if (behind[0] != '+' && behind[0] != '-') return false;
    return unit(behind, second) && (out = Number(first, second), true);
}

// One argument of complex(): a number, or what has __complex__, __float__ or __index__.
bool convert(const Value& value, const char* which, Number& out) {
    static const Name dunder("__complex__");
    const int known = operand(value, out);
    if (known) return known == 1;
    if (const Value method = find_special(value, dunder)) {
        const Value result = call(method);
        if (!result) return false;
        if (const Complex* number = as<Complex>(result))
            return out = {number->real, number->imaginary}, true;
        return raise(errors::TypeError,
                     cat("__complex__ returned non-complex (type ", type_name(result), ")")),
               false;
    }
    if (has_raised()) return false;
    const Slots& slots = value.type()->slots;
    double real;
    if (slots.to_float || slots.index) return to_double(value, real) && (out = real, true);
    return raise(errors::TypeError, cat("complex() ", which, " argument must be a ",
                                        which[0] == 'f' ? "string or a number" : "number",
                                        ", not '", type_name(value), "'")),
           false;
}

Value complex_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(real=0, imag=0)");
    Value bound[2];
    if (!bind_arguments(*signature, "complex", ErrorStyle::C, args, bound)) return {};
    Number number(0, 0), second(0, 0);
    if (bound[0] && is<Str>(bound[0])) {
        if (bound[1])
            return raise(errors::TypeError, "complex() can't take second arg if first is a string");
        if (!parse(self_str(bound[0])->view(), number))
            return raise(errors::ValueError, "complex() arg is a malformed string");
    } else {
        if (bound[1] && is<Str>(bound[1]))
            return raise(errors::TypeError, "complex() second arg can't be a string");
        if (bound[0] && !convert(bound[0], "first", number)) return {};
        if (bound[1] && !convert(bound[1], "second", second)) return {};
        if (bound[1]) {
            const bool plain = !is<Complex>(bound[1]);
            number = {plain ? number.real() : number.real() - second.imag(),
                      number.imag() + second.real()};
            if (!bound[0] || !is<Complex>(bound[0])) number.imag(second.real());
        }
    }
    return make_as<Complex>(type, number.real(), number.imag());
}

// ---- methods ----------------------------------------------------------------------------------

Value complex_real(const Value* a) {
    return make_float(cast<Complex>(a[0])->real);
}
Value complex_imaginary(const Value* a) {
    return make_float(cast<Complex>(a[0])->imaginary);
}
Value complex_conjugate(const Value* a) {
    return make_complex(cast<Complex>(a[0])->real, -cast<Complex>(a[0])->imaginary);
}
Value complex_complex(const Value* a) {
    return complex_positive(a[0]);
}
Value complex_getnewargs(const Value* a) {
    return make_tuple({complex_real(a), complex_imaginary(a)});
}
Value complex_format(const Value* a) {
    const Str* spec = as<Str>(a[1]);
    if (!spec)
        return raise(errors::TypeError,
                     cat("__format__() argument must be str, not ", type_name(a[1])));
    const Complex* number = cast<Complex>(a[0]);
    if (spec->size == 0) return str(a[0]);
    StrBuilder builder;
    if (!format_complex(number->real, number->imaginary, spec->view(), builder.text())) return {};
    return builder.finish();
}

constexpr NativeMethod kMethods[] = {
    {"real", complex_real, "(self)", MethodKind::Getter},
    {"imag", complex_imaginary, "(self)", MethodKind::Getter},
    {"conjugate", complex_conjugate},
    {"__complex__", complex_complex},
    {"__getnewargs__", complex_getnewargs},
    {"__format__", complex_format, "(self, format_spec, /)"},
};

}  // namespace

Value complex_power(double a, double b, double c, double d) {
    if (c == 0 && d == 0) return make_complex(1, 0);
    if (a == 0 && b == 0) {
        if (d != 0 || c < 0)
            return raise(errors::ZeroDivisionError, "0.0 to a negative or complex power");
        return make_complex(0, 0);
    }
    if (d == 0 && c == std::floor(c) && std::fabs(c) <= 100)
        return whole_power({a, b}, static_cast<int>(c));
    const double size = std::hypot(a, b), angle = std::atan2(b, a);
    double length = std::pow(size, c), phase = angle * c;
    if (d != 0) {
        length *= std::exp(-angle * d);
        phase += d * std::log(size);
    }
    const double real = length * std::cos(phase), imaginary = length * std::sin(phase);
    if (!std::isfinite(real) || !std::isfinite(imaginary))
        return raise(errors::OverflowError, "complex exponentiation");
    return make_complex(real, imaginary);
}

void initialise_complex_type() {
    Slots slots{.destroy = destroy_native<Complex>,
                .repr = complex_repr,
                .hash = complex_hash,
                .compare = complex_compare,
                .truth = complex_truth,
                .construct = complex_construct};
    const std::pair<BinaryOp, Value (*)(const Value&, const Value&)> binary[] = {
        {BinaryOp::Add, complex_add},        {BinaryOp::Sub, complex_subtract},
        {BinaryOp::Mul, complex_multiply},   {BinaryOp::Div, complex_divide},
        {BinaryOp::Pow, complex_power_slot},
    };
    for (const auto& [op, function] : binary) slots.binary[static_cast<size_t>(op)] = function;
    slots.unary[static_cast<size_t>(UnaryOp::Neg)] = complex_negative;
    slots.unary[static_cast<size_t>(UnaryOp::Pos)] = complex_positive;
    slots.unary[static_cast<size_t>(UnaryOp::Abs)] = complex_absolute;
    Complex::type = define_type({.name = "complex",
                                 .instance_size = sizeof(Complex),
                                 .flags = kBaseType,
                                 .slots = slots,
                                 .methods = kMethods});
}

}  // namespace loopglass::value
