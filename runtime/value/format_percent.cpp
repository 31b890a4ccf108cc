// The % operator of str, bytes and bytearray. CPython: Objects/unicodeobject.c, bytesobject.c.
#include <cmath>

#include "runtime/base/text.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/format.hpp"
#include "runtime/value/format_spec.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

namespace {

bool fail(Type* type, std::string_view message) {
    return raise(type, message), false;
}

// One conversion specifier: %(key)-05.2f
struct Conversion {
    bool left = false, plus = false, space = false, alternate = false, zero = false;
    int64_t width = -1, precision = -1;
    uint32_t type = 0;
};

class Formatter {
public:
    Formatter(std::string_view format, const Value& values, bool bytes)
        : format_(format), rest_(format), values_(values), bytes_(bytes) {
        const bool texts =
            is<Str>(values) || (bytes && (is<Bytes>(values) || is<ByteArray>(values)));
        tuple_ = as<Tuple>(values);
        mapping_ = !tuple_ && !texts && values.is_object() && values.type()->slots.get_item;
    }

    bool run(std::string& out) {
        while (!rest_.empty()) {
            const size_t mark = rest_.find('%');
            out += rest_.substr(0, mark);
            if (mark == std::string_view::npos) break;
            rest_.remove_prefix(mark + 1);
            if (!convert(out)) return false;
        }
        const bool left_over = tuple_ ? next_ < tuple_->size : next_ == 0 && !mapping_;
        if (!left_over) return true;
        return fail(errors::TypeError,
                    bytes_ ? "not all arguments converted during bytes formatting"
                           : "not all arguments converted during string formatting");
    }

private:
    Value next_argument() {
        if (tuple_ && next_ < tuple_->size) return (*tuple_)[next_++];
        if (!tuple_ && next_ == 0) {
            ++next_;
            return argument_ ? argument_ : values_;
        }
        return raise(errors::TypeError, "not enough arguments for format string");
    }

    // (key): brackets may nest.
    bool take_key() {
        if (!mapping_) return fail(errors::TypeError, "format requires a mapping");
        int depth = 1;
        size_t at = 1;
        for (; at < rest_.size(); ++at) {
            if (rest_[at] == '(') ++depth;
            if (rest_[at] == ')' && --depth == 0) break;
        }
        if (depth) return fail(errors::ValueError, "incomplete format key");
        const std::string_view name = rest_.substr(1, at - 1);
        rest_.remove_prefix(at + 1);
        const Value key = bytes_ ? make_bytes(name) : Value(make_str(name));
        argument_ = get_item(values_, key);
        next_ = 0;
        return static_cast<bool>(argument_);
    }

    bool take_star(int64_t& number) {
        rest_.remove_prefix(1);
        const Value value = next_argument();
        if (!value) return false;
        if (!is_int(value)) return fail(errors::TypeError, "* wants int");
        if (!int_value(value, number))
            return fail(errors::OverflowError, "Python int too large to convert to C ssize_t");
        return true;
    }

    bool take_number(int64_t& number, const char* too_big) {
        number = 0;
        for (; !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; rest_.remove_prefix(1)) {
            number = number * 10 + (rest_[0] - '0');
            if (number > (INT64_MAX - 9) / 10) return fail(errors::ValueError, too_big);
        }
        return true;
    }

    bool incomplete() { return fail(errors::ValueError, "incomplete format"); }

    void take_flags(Conversion& out) {
        for (; !rest_.empty(); rest_.remove_prefix(1)) {
            switch (rest_[0]) {
                case '-':
                    out.left = true;
                    break;
                case '+':
                    out.plus = true;
                    break;
                case ' ':
                    out.space = true;
                    break;
                case '#':
                    out.alternate = true;
                    break;
                case '0':
                    out.zero = true;
                    break;
                default:
                    return;
            }
        }
    }

    bool take_width(Conversion& out) {
        if (rest_.empty()) return true;
        if (rest_[0] == '*') {
            if (!take_star(out.width)) return false;
            if (out.width < 0) {
                out.left = true;
                out.width = -out.width;
            }
        } else if (rest_[0] >= '0' && rest_[0] <= '9') {
            if (!take_number(out.width, "width too big")) return false;
        }
        return true;
    }

    bool take_precision(Conversion& out) {
        if (rest_.empty() || rest_[0] != '.') return true;
        rest_.remove_prefix(1);
        out.precision = 0;
        if (!rest_.empty() && rest_[0] == '*') {
            if (!take_star(out.precision)) return false;
            if (out.precision < 0) out.precision = 0;
            return true;
        }
        if (!take_number(out.precision, "precision too big")) return false;
        if (out.precision > INT32_MAX) return fail(errors::ValueError, "precision too big");
        return true;
    }

    bool parse(Conversion& out) {
        if (!rest_.empty() && rest_[0] == '(' && !take_key()) return false;
        take_flags(out);
        if (!take_width(out) || !take_precision(out)) return false;
        if (!rest_.empty() && (rest_[0] == 'h' || rest_[0] == 'l' || rest_[0] == 'L'))
            rest_.remove_prefix(1);
        if (rest_.empty()) return incomplete();
        if (bytes_) {
            out.type = static_cast<unsigned char>(rest_[0]);
            rest_.remove_prefix(1);
            return true;
        }
        const char* at = rest_.data();
        out.type = next_code_point(at);
        rest_.remove_prefix(static_cast<size_t>(at - rest_.data()));
        return true;
    }

    bool convert(std::string& out) {
        Conversion conversion;
        if (!parse(conversion)) return false;
        if (conversion.type == '%' && !percent_takes_argument(conversion)) return out += '%', true;
        const Value value = next_argument();
        if (!value) return false;
        if (conversion.type == '%') return out += '%', true;
        return append(out, conversion, value);
    }

    // "%5%" wants an argument in CPython, "%%" does not.
    bool percent_takes_argument(const Conversion& conversion) const {
        return conversion.width >= 0 || conversion.precision >= 0 || conversion.left ||
               conversion.plus || conversion.space || conversion.alternate || conversion.zero;
    }

    bool append(std::string& out, const Conversion& conversion, const Value& value) {
        switch (conversion.type) {
            case 'd':
            case 'i':
            case 'u':
            case 'o':
            case 'x':
            case 'X':
                return append_integer(out, conversion, value);
            case 'e':
            case 'E':
            case 'f':
            case 'F':
            case 'g':
            case 'G':
                return append_real(out, conversion, value);
            case 'c':
                return append_character(out, conversion, value);
            case 's':
            case 'r':
            case 'a':
                return bytes_ ? append_bytes(out, conversion, value)
                              : append_text(out, conversion, value);
            case 'b':
                if (bytes_) return append_bytes(out, conversion, value);
                break;
            default:
                break;
        }
        std::string hex;
        append_escape(hex, conversion.type);
        while (hex.size() > 3 && hex[2] == '0') hex.erase(2, 1);
        const size_t position = count_code_points(
            format_.substr(0, static_cast<size_t>(rest_.data() - format_.data())));
        const char shown = conversion.type > 31 && conversion.type < 127
                               ? static_cast<char>(conversion.type)
                               : '?';
        return fail(errors::ValueError,
                    cat("unsupported format character '", shown, "' (0x",
                        std::string_view(hex).substr(2), ") at index ", position - 1));
    }

    bool pad(std::string& out, const Conversion& conversion, std::string_view text, size_t length) {
        FormatSpec spec;
        spec.width = conversion.width;
        spec.align = conversion.left ? '<' : '>';
        return append_aligned(out, spec, text, length);
    }

    bool append_text(std::string& out, const Conversion& conversion, const Value& value) {
        const Ref<Str> text = conversion.type == 's'   ? str(value)
                              : conversion.type == 'r' ? repr(value)
                                                       : ascii(value);
        if (!text) return false;
        size_t length = text->length;
        std::string_view shown = text->view();
        if (conversion.precision >= 0 && static_cast<size_t>(conversion.precision) < length) {
            length = static_cast<size_t>(conversion.precision);
            shown = code_point_slice(shown, text->ascii(), 0, length);
        }
        return pad(out, conversion, shown, length);
    }

    bool append_bytes(std::string& out, const Conversion& conversion, const Value& value) {
        std::string_view shown;
        Value holder;
        if (conversion.type == 'r' || conversion.type == 'a') {
            const Ref<Str> text = ascii(value);
            if (!text) return false;
            shown = text->view();
            holder = text;
        } else if (!bytes_view(value, shown)) {
            static const Name dunder("__bytes__");
            const Value method = find_special(value, dunder);
            if (!method && has_raised()) return false;
            if (!method)
                return fail(errors::TypeError,
                            cat("%b requires a bytes-like object, or an object that implements "
                                "__bytes__, not '",
                                type_name(value), "'"));
            holder = call(method);
            if (!holder) return false;
            (void)bytes_view(holder, shown);
        }
        if (conversion.precision >= 0)
            shown = shown.substr(0, static_cast<size_t>(conversion.precision));
        return pad(out, conversion, shown, shown.size());
    }

    bool append_character(std::string& out, const Conversion& conversion, const Value& value) {
        std::string character;
        int64_t code;
        std::string_view view;
        if (is_int(value) || (value.type()->slots.index && !is_float(value))) {
            const Value index = is_int(value) ? value : value.type()->slots.index(value);
            if (!index) return false;
            const int64_t limit = bytes_ ? 0x100 : 0x110000;
            if (!int_value(index, code) || code < 0 || code >= limit)
                return fail(errors::OverflowError,
                            bytes_ ? "%c arg not in range(256)" : "%c arg not in range(0x110000)");
            if (bytes_)
                character = static_cast<char>(code);
            else
                append_code_point(character, static_cast<uint32_t>(code));
        } else if (!bytes_ && is<Str>(value) && self_str(value)->length == 1) {
            character = self_str(value)->view();
        } else if (bytes_ && bytes_view(value, view) && view.size() == 1) {
            character = view;
        } else {
            return fail(errors::TypeError,
                        bytes_ ? "%c requires an integer in range(256) or a single byte"
                               : "%c requires int or char");
        }
        return pad(out, conversion, character, 1);
    }

    char sign_for(const Conversion& conversion) {
        return conversion.plus ? '+' : conversion.space ? ' ' : '-';
    }

    // The int that %d or %x shows.
    Value integer_of(const Conversion& conversion, const Value& value) {
        if (is_int(value)) return value;
        const Slots& slots = value.type()->slots;
        const bool decimal =
            conversion.type == 'd' || conversion.type == 'i' || conversion.type == 'u';
        Value whole;
        if (slots.index)
            whole = slots.index(value);
        else if (decimal && slots.to_int && !is<Str>(value))
            whole = slots.to_int(value);
        else
            return raise(errors::TypeError,
                         cat("%", static_cast<char>(conversion.type), " format: ",
                             decimal ? "a real number is required" : "an integer is required",
                             ", not ", type_name(value)));
        return whole;
    }

    bool append_integer(std::string& out, const Conversion& conversion, const Value& value) {
        const Value whole = integer_of(conversion, value);
        if (!whole) return false;
        const int base = conversion.type == 'o'                             ? 8
                         : conversion.type == 'x' || conversion.type == 'X' ? 16
                                                                            : 10;
        std::string digits;
        if (!big_text(big(whole), base, digits)) return false;
        const bool negative = digits[0] == '-';
        if (negative) digits.erase(0, 1);
        if (conversion.precision > static_cast<int64_t>(digits.size()))
            digits.insert(0, static_cast<size_t>(conversion.precision) - digits.size(), '0');
        if (conversion.type == 'X') digits = to_upper(digits);
        std::string_view prefix;
        if (conversion.alternate && base != 10)
            prefix = base == 8 ? "0o" : conversion.type == 'X' ? "0X" : "0x";
        return append_signed(out, conversion, negative, prefix, digits);
    }

    bool append_signed(std::string& out, const Conversion& conversion, bool negative,
                       std::string_view prefix, std::string_view digits) {
        const char sign = sign_for(conversion);
        NumberText text;
        text.sign = negative ? "-" : sign == '+' ? "+" : sign == ' ' ? " " : "";
        text.prefix = prefix;
        text.digits = digits;
        FormatSpec spec;
        spec.width = conversion.width;
        spec.align = conversion.left ? '<' : conversion.zero ? '=' : '>';
        spec.fill = conversion.zero && !conversion.left ? "0" : " ";
        return append_number(out, spec, text);
    }

    bool append_real(std::string& out, const Conversion& conversion, const Value& value) {
        double number;
        if (!to_double(value, number)) {
            if (is_int(value) || value.type()->slots.to_float || !raised_is(errors::TypeError))
                return false;
            clear_raised();
            return fail(errors::TypeError,
                        bytes_ ? cat("float argument required, not ", type_name(value))
                               : cat("must be real number, not ", type_name(value)));
        }
        std::string digits;
        const auto style = static_cast<char>(conversion.type);
        if (std::isnan(number) || std::isinf(number)) {
            digits = std::isnan(number) ? "nan" : "inf";
            if (style < 'a') digits = to_upper(digits);
        } else {
            append_double(digits, std::fabs(number), style,
                          conversion.precision < 0 ? 6 : static_cast<int>(conversion.precision),
                          conversion.alternate, false);
        }
        return append_signed(out, conversion, std::signbit(number) && !std::isnan(number), "",
                             digits);
    }

    std::string_view format_, rest_;
    const Value& values_;
    const bool bytes_;
    const Tuple* tuple_ = nullptr;
    bool mapping_ = false;
    size_t next_ = 0;
    Value argument_;  // what the last key named: it stands where a single value would
};

}  // namespace

Value percent_format(Str* format, const Value& values) {
    StrBuilder builder;
    if (!Formatter(format->view(), values, false).run(builder.text())) return {};
    return builder.finish();
}

Value percent_format_bytes(std::string_view format, const Value& values, bool as_bytearray) {
    std::string out;
    if (!Formatter(format, values, true).run(out)) return {};
    if (!as_bytearray) return make_bytes(out);
    Ref<ByteArray> made = make<ByteArray>();
    made->bytes = std::move(out);
    return made;
}

}  // namespace loopglass::value
