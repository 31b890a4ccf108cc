// float: arithmetic, comparison, hash and text. CPython: Objects/floatobject.c, Python/pyhash.c.
#include "runtime/value/float.hpp"

#include <charconv>
#include <cmath>
#include <cstring>

#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/initialise.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

Type* Float::type = nullptr;

Value make_float(double number) {
    return Value::take(new (base::pool_allocate(sizeof(Float))) Float(Float::type, number));
}

// ---- text -------------------------------------------------------------------------------------

namespace {

// Digits with the point moved to where a power of ten puts it: "12345", 2 → "12.345" of 1.2345e1.
void place_point(std::string& out, std::string_view digits, int point) {
    const auto count = static_cast<int>(digits.size());
    if (point <= 0) {
        out += "0.";
        out.append(static_cast<size_t>(-point), '0');
        out += digits;
    } else if (point >= count) {
        out += digits;
        out.append(static_cast<size_t>(point - count), '0');
    } else {
        out += digits.substr(0, static_cast<size_t>(point));
        out += '.';
        out += digits.substr(static_cast<size_t>(point));
    }
}

}  // namespace

void append_float(std::string& out, double number, bool add_point) {
    if (std::isnan(number)) {
        out += "nan";
        return;
    }
    if (std::isinf(number)) {
        out += number < 0 ? "-inf" : "inf";
        return;
    }
    char buffer[40];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
    const std::string_view text(buffer, static_cast<size_t>(end.ptr - buffer));
    const size_t mark = text.rfind('e');
    int exponent = 0;
    std::from_chars(text.data() + mark + (text[mark + 1] == '+' ? 2 : 1), end.ptr, exponent);
    char digits[24];
    size_t count = 0;
    for (const char c : text.substr(0, mark))
        if (c >= '0' && c <= '9') digits[count++] = c;
    if (text[0] == '-') out += '-';
    // CPython's choice (Python/pystrtod.c): an exponent below 1e-4 and from 1e16 on.
    if (exponent >= -4 && exponent < 16) {
        place_point(out, {digits, count}, exponent + 1);
        if (add_point && exponent + 1 >= static_cast<int>(count)) out += ".0";
        return;
    }
    out += digits[0];
    if (count > 1) (out += '.').append(digits + 1, count - 1);
    out += 'e';
    out += exponent < 0 ? '-' : '+';
    const int magnitude = exponent < 0 ? -exponent : exponent;
    if (magnitude < 10) out += '0';
    out += std::to_string(magnitude);
}

std::string float_repr(double number) {
    std::string out;
    append_float(out, number, true);
    return out;
}

// ---- reading ----------------------------------------------------------------------------------

size_t scan_float(std::string_view text, double& out) {
    size_t at = 0;
    const bool negative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) at = 1;
    const auto word = [&](std::string_view expected) {
        if (text.size() - at < expected.size()) return false;
        for (size_t i = 0; i < expected.size(); ++i)
            if ((text[at + i] | 0x20) != expected[i]) return false;
        at += expected.size();
        return true;
    };
    if (word("infinity") || word("inf")) {
        out = negative ? -HUGE_VAL : HUGE_VAL;
        return at;
    }
    if (word("nan")) {
        out = std::copysign(std::nan(""), negative ? -1.0 : 1.0);
        return at;
    }
    if (at >= text.size() || !((text[at] >= '0' && text[at] <= '9') || text[at] == '.')) return 0;
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [behind, error] = std::from_chars(text.data() + at, end, number);
    if (error == std::errc::invalid_argument) return 0;
    if (error == std::errc::result_out_of_range)
        number = std::strtod(std::string(text.data() + at, behind).c_str(), nullptr);
    out = negative ? -number : number;
    return static_cast<size_t>(behind - text.data());
}

bool parse_float(std::string_view text, double& out) {
    std::string plain = plain_digits(text);
    // Underscores stand between digits only.
    const auto digit = [&](size_t i) {
        return i < plain.size() && plain[i] >= '0' && plain[i] <= '9';
    };
    if (plain.find('_') != std::string::npos) {
        std::string without;
        for (size_t i = 0; i < plain.size(); ++i) {
            if (plain[i] != '_')
                without += plain[i];
            else if (i == 0 || !digit(i - 1) || !digit(i + 1))
                return false;
        }
        plain = std::move(without);
    }
    return !plain.empty() && scan_float(plain, out) == plain.size();
}

// ---- hash and order ---------------------------------------------------------------------------

int64_t hash_double(double number, const Object* object) {
    if (std::isnan(number)) {
        return identity_number(const_cast<Object*>(object));
    }
    if (std::isinf(number)) return number > 0 ? 314159 : -314159;
    constexpr uint64_t kModulus = (uint64_t{1} << 61) - 1;
    int exponent;
    double mantissa = std::frexp(std::fabs(number), &exponent);
    uint64_t hash = 0;
    while (mantissa != 0) {
        hash = (hash << 28 & kModulus) | hash >> 33;
        mantissa *= 268435456.0;  // 2 ** 28
        exponent -= 28;
        const auto part = static_cast<uint64_t>(mantissa);
        mantissa -= static_cast<double>(part);
        hash += part;
        if (hash >= kModulus) hash -= kModulus;
    }
    exponent = exponent >= 0 ? exponent % 61 : 60 - (-1 - exponent) % 61;
    hash = (hash << exponent & kModulus) | hash >> (61 - exponent);
    const auto result = static_cast<int64_t>(number < 0 ? 0 - hash : hash);
    return result == -1 ? -2 : result;
}

int compare_int_double(const Value& integer, double number) {
    if (std::isinf(number)) return number > 0 ? -1 : 1;
    const double whole = std::trunc(number);
    const double rest = number - whole;
    int64_t word;
    int order;
    if (int_value(integer, word) && std::fabs(whole) < 9e18) {
        const auto other = static_cast<int64_t>(whole);
        order = (word > other) - (word < other);
    } else {
        order = big(integer).compare(big_from_double(whole));
    }
    return order ? order : (rest < 0) - (rest > 0);
}

// ---- arithmetic -------------------------------------------------------------------------------

namespace {

// An operand's value: 1; 0 if it is no number of ours; -1: pending (an int beyond the range).
int operand(const Value& value, double& out) {
    if (value.is_small()) return out = static_cast<double>(value.small()), 1;
    const Type* type = value.object()->type;
    if (type->has(kFloatSubclass)) return out = cast<Float>(value)->number, 1;
    if (!type->has(kIntSubclass)) return 0;
    out = int_to_double(value);
    if (!std::isinf(out)) return 1;
    return raise(errors::OverflowError, "int too large to convert to float"), -1;
}

template <typename Compute>
Value arithmetic(const Value& a, const Value& b, Compute&& compute) {
    double x, y;
    int known = operand(a, x);
    if (known == 1) known = operand(b, y);
    if (known != 1) return known ? Value() : not_implemented();
    return compute(x, y);
}

Value divided_by_zero(const char* message) {
    return raise(errors::ZeroDivisionError, message);
}

Value float_add(const Value& a, const Value& b) {
    return arithmetic(a, b, [](double x, double y) { return make_float(x + y); });
}
Value float_subtract(const Value& a, const Value& b) {
    return arithmetic(a, b, [](double x, double y) { return make_float(x - y); });
}
Value float_multiply(const Value& a, const Value& b) {
    return arithmetic(a, b, [](double x, double y) { return make_float(x * y); });
}
Value float_divide(const Value& a, const Value& b) {
    return arithmetic(a, b, [](double x, double y) {
        return y == 0 ? divided_by_zero("float division by zero") : make_float(x / y);
    });
}
Value float_floor_divide(const Value& a, const Value& b) {
    return arithmetic(a, b, [](double x, double y) {
        if (y == 0) return divided_by_zero("float floor division by zero");
        double quotient, remainder;
        float_divmod(x, y, quotient, remainder);
        return make_float(quotient);
    });
}
Value float_modulo(const Value& a, const Value& b) {
    return arithmetic(a, b, [](double x, double y) {
        if (y == 0) return divided_by_zero("float modulo by zero");
        double quotient, remainder;
        float_divmod(x, y, quotient, remainder);
        return make_float(remainder);
    });
}
Value float_power_slot(const Value& a, const Value& b) {
    return arithmetic(a, b, float_power);
}

bool is_odd(double number) {
    return std::fmod(std::fabs(number), 2.0) == 1.0;
}

// x ** y where either is not finite.
double power_of_infinite(double x, double y) {
    if (std::isnan(x)) return y == 0 ? 1.0 : x;
    if (std::isnan(y)) return x == 1.0 ? 1.0 : y;
    if (std::isinf(y)) {
        const double size = std::fabs(x);
        if (size == 1.0) return 1.0;
        return (y > 0) == (size > 1.0) ? std::fabs(y) : 0.0;
    }
    const bool odd = is_odd(y);
    if (y > 0) return odd ? x : std::fabs(x);
    return y < 0 ? (odd ? std::copysign(0.0, x) : 0.0) : 1.0;
}

}  // namespace

Value float_power(double x, double y) {
    if (y == 0) return make_float(1.0);
    if (!std::isfinite(x) || !std::isfinite(y)) return make_float(power_of_infinite(x, y));
    if (x == 0) {
        if (y < 0) return divided_by_zero("0.0 cannot be raised to a negative power");
        return make_float(is_odd(y) ? x : 0.0);
    }
    if (x < 0 && y != std::floor(y)) return complex_power(x, 0.0, y, 0.0);
    const double result = std::pow(x, y);
    if (std::isinf(result))
        return raise_with(errors::OverflowError,
                          {Value::small(34), make_str("Numerical result out of range")});
    return make_float(result);
}

void float_divmod(double x, double y, double& quotient, double& remainder) {
    remainder = std::fmod(x, y);
    double whole = (x - remainder) / y;
    if (remainder != 0) {
        if ((y < 0) != (remainder < 0)) {
            remainder += y;
            whole -= 1.0;
        }
    } else {
        remainder = std::copysign(0.0, y);
    }
    if (whole == 0) {
        quotient = std::copysign(0.0, x / y);
        return;
    }
    quotient = std::floor(whole);
    if (whole - quotient > 0.5) quotient += 1.0;
}

namespace {

Value float_negative(const Value& a) {
    return make_float(-cast<Float>(a)->number);
}
Value float_positive(const Value& a) {
    return is_exact<Float>(a) ? a : make_float(cast<Float>(a)->number);
}
Value float_absolute(const Value& a) {
    return make_float(std::fabs(cast<Float>(a)->number));
}

Value order_answer(int order, bool unordered, CompareOp op) {
    if (unordered) return boolean(op == CompareOp::Ne);
    switch (op) {
        case CompareOp::Lt:
            return boolean(order < 0);
        case CompareOp::Le:
            return boolean(order <= 0);
        case CompareOp::Eq:
            return boolean(order == 0);
        case CompareOp::Ne:
            return boolean(order != 0);
        case CompareOp::Gt:
            return boolean(order > 0);
        default:
            return boolean(order >= 0);
    }
}

Value float_compare(const Value& a, const Value& b, CompareOp op) {
    if (is_float(a) && is_float(b)) {
        const double x = cast<Float>(a)->number, y = cast<Float>(b)->number;
        return order_answer((x > y) - (x < y), std::isnan(x) || std::isnan(y), op);
    }
    const bool left = is_float(a);
    if (!is_int(left ? b : a)) return not_implemented();
    const double number = cast<Float>(left ? a : b)->number;
    if (std::isnan(number)) return order_answer(0, true, op);
    const int order = compare_int_double(left ? b : a, number);
    return order_answer(left ? -order : order, false, op);
}

Value float_repr_slot(const Value& self) {
    StrBuilder builder;
    append_float(builder.text(), cast<Float>(self)->number, true);
    return make_str_sized(builder.text(), builder.text().size());
}
bool float_hash(const Value& self, int64_t& out) {
    out = hash_double(cast<Float>(self)->number, self.object());
    return true;
}
int float_truth(const Value& self) {
    return cast<Float>(self)->number != 0;
}
Value float_to_int(const Value& self) {
    return int_from_double(cast<Float>(self)->number);
}

void float_destroy(Object* object) {
    if (object->type == Float::type)
        base::pool_free(object, sizeof(Float));
    else
        free_instance(object);
}

Value bad_text(const Value& shown) {
    const Ref<Str> text = repr(shown);
    if (!text) return {};
    return raise(errors::ValueError, cat("could not convert string to float: ", text->view()));
}

Value convert(const Value& object, double& out) {
    if (is_exact<Float>(object)) return object;
    std::string_view text;
    const bool is_text = is<Str>(object);
    if (is_text) text = self_str(object)->view();
    if (is_text || (!object.is_small() && bytes_view(object, text)))
        return parse_float(text, out) ? none() : bad_text(object);
    const Slots& slots = object.type()->slots;
    if (!slots.to_float && !slots.index)
        return raise(errors::TypeError,
                     cat("float() argument must be a string or a real number, not '",
                         type_name(object), "'"));
    return to_double(object, out) ? none() : Value();
}

Value float_construct(Type* type, const Args& args) {
    if (args.named()) return raise(errors::TypeError, "float() takes no keyword arguments");
    if (args.count > 1)
        return raise(errors::TypeError, cat("float expected at most 1 argument, got ", args.count));
    double number = 0;
    if (args.count) {
        Value same = convert(args.items[0], number);
        if (!same) return {};
        if (!is_none(same)) {
            if (type == Float::type) return same;
            number = cast<Float>(same)->number;
        }
    }
    if (type == Float::type) return make_float(number);
    return make_as<Float>(type, number);
}

Slots float_slots() {
    Slots slots{.destroy = float_destroy,
                .repr = float_repr_slot,
                .hash = float_hash,
                .compare = float_compare,
                .to_int = float_to_int,
                .to_float = float_positive,
                .truth = float_truth,
                .construct = float_construct};
    const std::pair<BinaryOp, Value (*)(const Value&, const Value&)> binary[] = {
        {BinaryOp::Add, float_add},
        {BinaryOp::Sub, float_subtract},
        {BinaryOp::Mul, float_multiply},
        {BinaryOp::Div, float_divide},
        {BinaryOp::FloorDiv, float_floor_divide},
        {BinaryOp::Mod, float_modulo},
        {BinaryOp::Pow, float_power_slot},
    };
    for (const auto& [op, function] : binary) slots.binary[static_cast<size_t>(op)] = function;
    slots.unary[static_cast<size_t>(UnaryOp::Neg)] = float_negative;
    slots.unary[static_cast<size_t>(UnaryOp::Pos)] = float_positive;
    slots.unary[static_cast<size_t>(UnaryOp::Abs)] = float_absolute;
    return slots;
}

}  // namespace

void initialise_float_types() {
    static std::vector<NativeMethod> methods;
    for (const auto& part : {kFloatMethods, kFloatHexMethods})
        methods.insert(methods.end(), part.begin(), part.end());
    Float::type = define_type({.name = "float",
                               .instance_size = sizeof(Float),
                               .flags = kBaseType | kFloatSubclass | kSelfPattern,
                               .slots = float_slots(),
                               .methods = methods});
    initialise_complex_type();
}

}  // namespace loopglass::value
