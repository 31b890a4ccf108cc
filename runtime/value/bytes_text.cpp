// bytes and bytearray: hexadecimal, decoding, and the methods that take them for ASCII text.
#include "runtime/base/text.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text_search.hpp"

namespace loopglass::value {

using base::cat;

namespace {

bool lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool alpha(char c) {
    return lower(c) || upper(c);
}
bool digit(char c) {
    return c >= '0' && c <= '9';
}
bool alphanumeric(char c) {
    return alpha(c) || digit(c);
}
bool space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
bool ascii_byte(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

// ---- case -------------------------------------------------------------------------------------

template <typename Map>
Value mapped(const Value& self, Map&& map) {
    std::string out(own_bytes(self));
    for (char& c : out) c = map(c);
    return bytes_like(self, out);
}
char to_up(char c) {
    return lower(c) ? static_cast<char>(c - 32) : c;
}
char to_low(char c) {
    return upper(c) ? static_cast<char>(c + 32) : c;
}
Value bytes_upper(const Value* a) {
    return mapped(a[0], to_up);
}
Value bytes_lower(const Value* a) {
    return mapped(a[0], to_low);
}
Value bytes_swapcase(const Value* a) {
    return mapped(a[0], [](char c) { return lower(c) ? to_up(c) : to_low(c); });
}
Value bytes_capitalize(const Value* a) {
    bool first = true;
    return mapped(a[0], [&](char c) { return std::exchange(first, false) ? to_up(c) : to_low(c); });
}
Value bytes_title(const Value* a) {
    bool in_word = false;
    return mapped(a[0], [&](char c) {
        const char made = in_word ? to_low(c) : to_up(c);
        in_word = alpha(c);
        return made;
    });
}

// ---- tests ------------------------------------------------------------------------------------

template <bool (*Test)(char)>
Value every(const Value* a) {
    const std::string_view bytes = own_bytes(a[0]);
    for (const char c : bytes)
        if (!Test(c)) return boolean(false);
    return boolean(!bytes.empty());
}
Value bytes_isascii(const Value* a) {
    return own_bytes(a[0]).empty() ? boolean(true) : every<ascii_byte>(a);
}
template <bool (*Wanted)(char)>
Value one_case(const Value* a) {
    bool seen = false;
    for (const char c : own_bytes(a[0])) {
        if (Wanted(c))
            seen = true;
        else if (alpha(c))
            return boolean(false);
    }
    return boolean(seen);
}
Value bytes_istitle(const Value* a) {
    bool seen = false, in_word = false;
    for (const char c : own_bytes(a[0])) {
        if (upper(c) ? in_word : lower(c) && !in_word) return boolean(false);
        in_word = alpha(c);
        seen |= in_word;
    }
    return boolean(seen);
}

// ---- padding ----------------------------------------------------------------------------------

bool pad_arguments(const Value* a, const char* name, int64_t& missing, char& fill) {
    int64_t width;
    if (!to_index(a[1], width)) return false;
    fill = ' ';
    if (a[2]) {
        std::string_view byte;
        if ((!is<Bytes>(a[2]) && !is<ByteArray>(a[2])) || !bytes_view(a[2], byte) ||
            byte.size() != 1)
            return raise(errors::TypeError,
                         cat(name, "() argument 2 must be a byte string of length 1, not ",
                             type_name(a[2]))),
                   false;
        fill = byte[0];
    }
    missing = width - static_cast<int64_t>(own_bytes(a[0]).size());
    if (missing < 0) missing = 0;
    if (missing > INT32_MAX) return raise(errors::MemoryError, ""), false;
    return true;
}
Value padded(const Value& self, int64_t left, int64_t right, char fill) {
    std::string out(static_cast<size_t>(left), fill);
    out += own_bytes(self);
    out.append(static_cast<size_t>(right), fill);
    return bytes_like(self, out);
}
Value bytes_ljust(const Value* a) {
    int64_t missing;
    char fill;
    return pad_arguments(a, "ljust", missing, fill) ? padded(a[0], 0, missing, fill) : Value();
}
Value bytes_rjust(const Value* a) {
    int64_t missing;
    char fill;
    return pad_arguments(a, "rjust", missing, fill) ? padded(a[0], missing, 0, fill) : Value();
}
Value bytes_center(const Value* a) {
    int64_t missing;
    char fill;
    if (!pad_arguments(a, "center", missing, fill)) return {};
    const int64_t width = missing + static_cast<int64_t>(own_bytes(a[0]).size());
    const int64_t left = missing / 2 + (missing & width & 1);
    return padded(a[0], left, missing - left, fill);
}
Value bytes_zfill(const Value* a) {
    int64_t width;
    if (!to_index(a[1], width)) return {};
    std::string out(own_bytes(a[0]));
    const int64_t missing = width - static_cast<int64_t>(out.size());
    const bool has_sign = !out.empty() && (out[0] == '+' || out[0] == '-');
    if (missing > 0) out.insert(has_sign ? 1 : 0, static_cast<size_t>(missing), '0');
    return bytes_like(a[0], out);
}
Value bytes_expandtabs(const Value* a) {
    int64_t size;
    if (!size_argument(a[1], 8, size)) return {};
    return bytes_like(a[0], expand_tabs(own_bytes(a[0]), size));
}

// ---- hexadecimal, decode, translate -----------------------------------------------------------

int hex_digit(char c) {
    if (digit(c)) return c - '0';
    const char low = to_low(c);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

Value bytes_from_hex(const Value* a) {
    const Str* text = str_argument(a[1], "fromhex", 0);
    if (!text) return {};
    const std::string_view hex = text->view();
    std::string out;
    for (size_t i = 0; i < hex.size();) {
        if (space(hex[i])) {
            ++i;
            continue;
        }
        const int high = hex_digit(hex[i]);
        const int low = i + 1 < hex.size() ? hex_digit(hex[i + 1]) : -1;
        if (high < 0 || low < 0)
            return raise(errors::ValueError,
                         cat("non-hexadecimal number found in fromhex() arg at position ",
                             count_code_points(hex.substr(0, i)) + (high < 0 ? 0 : 1)));
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    Value bytes = make_bytes(out);
    if (a[0].is(Bytes::type) || !bytes) return bytes;
    return call(a[0], bytes);
}
Value bytes_hex_method(const Value* a) {
    return bytes_hex(own_bytes(a[0]), a[1], a[2]);
}

Value bytes_decode(const Value* a) {
    const char* const names[] = {"encoding", "errors"};
    for (int i = 1; i <= 2; ++i)
        if (a[i] && !is<Str>(a[i]))
            return raise(errors::TypeError, cat("decode() argument '", names[i - 1],
                                                "' must be str, not ", type_name(a[i])));
    return decode_bytes(own_bytes(a[0]), a[1] ? self_str(a[1])->view() : "utf-8",
                        a[2] ? self_str(a[2])->view() : "strict", a[0]);
}

Value bytes_translate(const Value* a) {
    std::string_view table, gone;
    if (!is_none(a[1]) && !bytes_argument(a[1], table)) return {};
    if (!is_none(a[1]) && table.size() != 256)
        return raise(errors::ValueError, "translation table must be 256 characters long");
    if (a[2] && !bytes_argument(a[2], gone)) return {};
    std::string out;
    for (const char c : own_bytes(a[0]))
        if (gone.find(c) == std::string_view::npos)
            out += table.empty() ? c : table[static_cast<unsigned char>(c)];
    return bytes_like(a[0], out);
}
Value bytes_maketrans(const Value* a) {
    std::string_view from, to;
    if (!bytes_argument(a[0], from) || !bytes_argument(a[1], to)) return {};
    if (from.size() != to.size())
        return raise(errors::ValueError, "maketrans arguments must have same length");
    std::string table(256, '\0');
    for (int i = 0; i < 256; ++i) table[static_cast<size_t>(i)] = static_cast<char>(i);
    for (size_t i = 0; i < from.size(); ++i) table[static_cast<unsigned char>(from[i])] = to[i];
    return make_bytes(table);
}

constexpr NativeMethod kMethods[] = {
    {"upper", bytes_upper},
    {"lower", bytes_lower},
    {"swapcase", bytes_swapcase},
    {"capitalize", bytes_capitalize},
    {"title", bytes_title},
    {"isalpha", every<alpha>},
    {"isalnum", every<alphanumeric>},
    {"isdigit", every<digit>},
    {"isspace", every<space>},
    {"isascii", bytes_isascii},
    {"islower", one_case<lower>},
    {"isupper", one_case<upper>},
    {"istitle", bytes_istitle},
    {"ljust", bytes_ljust, "(self, width, fillchar=b' ', /)"},
    {"rjust", bytes_rjust, "(self, width, fillchar=b' ', /)"},
    {"center", bytes_center, "(self, width, fillchar=b' ', /)"},
    {"zfill", bytes_zfill, "(self, width, /)"},
    {"expandtabs", bytes_expandtabs, "(self, /, tabsize=8)"},
    {"fromhex", bytes_from_hex, "(type, string, /)", MethodKind::Class},
    {"hex", bytes_hex_method, "(self, /, sep=None, bytes_per_sep=1)"},
    {"decode", bytes_decode, "(self, /, encoding='utf-8', errors='strict')"},
    {"translate", bytes_translate, "(self, table, /, delete=b'')"},
    {"maketrans", bytes_maketrans, "(frm, to, /)", MethodKind::Static},
};

}  // namespace

Value bytes_hex(std::string_view bytes, const Value& separator, const Value& every_) {
    static constexpr char kDigits[] = "0123456789abcdef";
    int64_t group = 1;
    std::string_view between;
    if (separator && !is_none(separator)) {
        if (length(separator) < 0) return {};
        if (const Str* text = as<Str>(separator))
            between = text->view();
        else if (!bytes_view(separator, between))
            return raise(errors::TypeError, "sep must be str or bytes.");
        const bool one =
            is<Str>(separator) ? self_str(separator)->length == 1 : between.size() == 1;
        if (!one) return raise(errors::ValueError, "sep must be length 1.");
        if (static_cast<unsigned char>(between[0]) >= 0x80)
            return raise(errors::ValueError, "sep must be ASCII.");
    }
    if (every_ && !to_index(every_, group)) return {};
    std::string out;
    const size_t unit = static_cast<size_t>(group < 0 ? -group : group);
    for (size_t i = 0; i < bytes.size(); ++i) {
        // Groups are counted from the end, or from the start if negative.
        const size_t place = group < 0 ? i : bytes.size() - i;
        if (i && unit && !between.empty() && place % unit == 0) out += between;
        const auto byte = static_cast<unsigned char>(bytes[i]);
        (out += kDigits[byte >> 4]) += kDigits[byte & 15];
    }
    return make_str(out);
}

const std::span<const NativeMethod> kBytesTextMethods = kMethods;

}  // namespace loopglass::value
