// int: reading text, and int(...) itself. CPython: Objects/longobject.c, PyLong_FromString.
#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

namespace {

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

int base_of_prefix(std::string_view text) {
    if (text.size() < 2 || text[0] != '0') return 0;
    switch (text[1] | 0x20) {
        case 'x':
            return 16;
        case 'o':
            return 8;
        case 'b':
            return 2;
        default:
            return 0;
    }
}

enum class Reading : uint8_t { Done, NotANumber, TooLong };

// Digits in a base, single underscores between them.
Reading read_digits(std::string_view text, int base, BigInt& out, size_t& digits) {
    BigInt number = 0;
    uint64_t chunk = 0, weight = 1;
    bool after_digit = false;
    digits = 0;
    std::string plain;
    for (const char c : text) {
        if (c == '_') {
            if (!after_digit) return Reading::NotANumber;
            after_digit = false;
            continue;
        }
        if (digit_of(c) >= base) return Reading::NotANumber;
        after_digit = true;
        plain += c;
    }
    if (!after_digit) return Reading::NotANumber;
    digits = plain.size();
    if ((base & (base - 1)) && g_int_max_str_digits && digits > g_int_max_str_digits)
        return Reading::TooLong;
    for (const char c : plain) {
        chunk = chunk * static_cast<unsigned>(base) + static_cast<unsigned>(digit_of(c));
        weight *= static_cast<unsigned>(base);
        if (weight < UINT64_MAX / 64) continue;
        number = number * weight + chunk;
        chunk = 0;
        weight = 1;
    }
    out = number.is_zero() ? BigInt(chunk) : BigInt(number * weight + chunk);
    return Reading::Done;
}

// The literal with sign, prefix and underscores; spaces are gone already.
Reading read_literal(std::string_view text, int base, BigInt& out, size_t& digits) {
    bool negative = false;
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    const int prefix = base_of_prefix(text);
    const bool only_zeros = base == 0 && prefix == 0 && !text.empty() && text[0] == '0';
    if (base == 0) base = prefix ? prefix : 10;
    if (prefix == base && prefix) {
        text.remove_prefix(2);
        if (!text.empty() && text[0] == '_') text.remove_prefix(1);
    }
    const Reading reading = read_digits(text, base, out, digits);
    if (reading == Reading::Done && only_zeros && !out.is_zero()) return Reading::NotANumber;
    if (negative) out = -out;
    return reading;
}

// Few, plain decimal digits: most of what programs convert.
bool read_short(std::string_view text, int64_t& out) {
    if (text.empty() || text.size() > 18) return false;
    const bool negative = text[0] == '-';
    if (negative) text.remove_prefix(1);
    if (text.empty()) return false;
    int64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        number = number * 10 + (c - '0');
    }
    out = negative ? -number : number;
    return true;
}

// `shown` is what the message quotes: the repr of what the script gave.
template <typename Shown>
Value parse(std::string_view text, int base, Shown&& shown) {
    BigInt number;
    size_t digits = 0;
    switch (read_literal(text, base, number, digits)) {
        case Reading::Done:
            return make_big(std::move(number));
        case Reading::TooLong:
            return raise(errors::ValueError,
                         cat("Exceeds the limit (", g_int_max_str_digits,
                             " digits) for integer string conversion: value has ", digits,
                             " digits; use sys.set_int_max_str_digits() to increase the limit"));
        default:
            break;
    }
    const std::string quoted = shown();
    return raise(errors::ValueError,
                 cat("invalid literal for int() with base ", base, ": ",
                     std::string_view(quoted).substr(0, byte_offset(quoted, 200))));
}

Value parse_object(const Value& object, int base) {
    if (const Str* text = as<Str>(object)) return int_from_text(text->view(), base);
    std::string_view bytes;
    (void)bytes_view(object, bytes);
    while (!bytes.empty() && bytes.front() >= 0 && is_space(static_cast<uint32_t>(bytes.front())))
        bytes.remove_prefix(1);
    while (!bytes.empty() && bytes.back() >= 0 && is_space(static_cast<uint32_t>(bytes.back())))
        bytes.remove_suffix(1);
    return parse(bytes, base, [&] {
        std::string_view all;
        (void)bytes_view(object, all);
        const Ref<Str> shown = repr(make_bytes(all));
        return shown ? std::string(shown->view()) : std::string();
    });
}

bool is_text(const Value& object) {
    std::string_view bytes;
    return is<Str>(object) || bytes_view(object, bytes);
}

// __int__, __index__ and __trunc__ may answer an instance of a subclass.
Value checked_int(Value result, const char* method) {
    Value number = checked_integer(std::move(result), method);
    return number ? int_exact(number) : Value();
}

Value convert(const Value& object) {
    const Slots& slots = object.type()->slots;
    if (slots.to_int) return checked_int(slots.to_int(object), "__int__");
    if (slots.index) {
        const Value number = slots.index(object);  // checked there
        return number ? int_exact(number) : Value();
    }
    static const Name trunc("__trunc__");
    if (const Value method = find_special(object, trunc)) {
        Value whole = call(method);
        if (whole && !is_int(whole) && whole.type()->slots.index)
            whole = whole.type()->slots.index(whole);
        return checked_int(std::move(whole), "__trunc__");
    }
    if (has_raised()) return {};
    if (is_text(object)) return parse_object(object, 10);
    return raise(errors::TypeError,
                 cat("int() argument must be a string, a bytes-like object or a real number, not '",
                     type_name(object), "'"));
}

Value convert_with_base(const Value& object, const Value& base) {
    int64_t number;
    if (!to_index(base, number)) {
        if (!clear_raised_if(errors::OverflowError)) return {};
        number = 99;
    }
    if (number != 0 && (number < 2 || number > 36))
        return raise(errors::ValueError, "int() base must be >= 2 and <= 36, or 0");
    if (!is_text(object))
        return raise(errors::TypeError, "int() can't convert non-string with explicit base");
    return parse_object(object, static_cast<int>(number));
}

Value of_arguments(const Args& args) {
    static const Signature* signature = parse_signature("(x=0, /, base=10)");
    if (args.count == 1 && !args.named()) return convert(args.items[0]);
    if (args.count > 2)
        return raise(errors::TypeError, cat("int expected at most 2 arguments, got ", args.count));
    Value bound[2];
    if (!bind_arguments(*signature, "int", ErrorStyle::C, args, bound)) return {};
    if (!bound[0])
        return bound[1] ? raise(errors::TypeError, "int() missing string argument")
                        : Value::small(0);
    return bound[1] ? convert_with_base(bound[0], bound[1]) : convert(bound[0]);
}

}  // namespace

Value int_from_text(std::string_view digits, int base) {
    int64_t number;
    if (base == 10 && read_short(digits, number)) return Value::small(number);
    const std::string plain = plain_digits(digits);
    return parse(plain, base, [&] { return quote(digits); });
}

Value int_construct(Type* type, const Args& args) {
    Value number = of_arguments(args);
    if (!number || type == Int::type) return number;
    return make_as<Int>(type, big(number));
}

bool (*g_warn_deprecated)(std::string_view) = nullptr;

Value checked_integer(Value result, const char* method) {
    if (!result || result.is_small() || result.type() == g_int_type) return result;
    const std::string what = cat(method, " returned non-int (type ", type_name(result), ")");
    if (!is_int(result)) return raise(errors::TypeError, what);
    const bool fine = !g_warn_deprecated ||
                      g_warn_deprecated(cat(what,
                                            ".  The ability to return an instance of a strict "
                                            "subclass of int is deprecated, and may be removed "
                                            "in a future version of Python."));
    return fine ? result : Value();
}

}  // namespace loopglass::value
