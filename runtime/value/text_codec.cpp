// Text encodings: UTF-8, ASCII, Latin-1, UTF-16 and UTF-32, with the error handlers scripts use.
// Which bytes an error names, and why, is CPython's (Objects/unicodeobject.c).
#include "runtime/base/text.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

Value (*g_other_codec)(bool, const Value&, std::string_view, std::string_view, bool) = nullptr;

namespace {

enum class Kind : uint8_t { Utf8, Utf8Sig, Ascii, Latin1, Utf16, Utf32 };
enum class Order : uint8_t { Marked, Little, Big };

struct Codec {
    const char* alias;  // normalised: lower case, '-' for '_' and ' '
    Kind kind;
    Order order;
    const char* name;  // as errors show it
};

constexpr Codec kCodecs[] = {
    {"utf-8", Kind::Utf8, Order::Little, "utf-8"},
    {"utf8", Kind::Utf8, Order::Little, "utf-8"},
    {"u8", Kind::Utf8, Order::Little, "utf-8"},
    {"utf", Kind::Utf8, Order::Little, "utf-8"},
    {"cp65001", Kind::Utf8, Order::Little, "utf-8"},
    {"utf-8-sig", Kind::Utf8Sig, Order::Little, "utf-8"},
    {"ascii", Kind::Ascii, Order::Little, "ascii"},
    {"us-ascii", Kind::Ascii, Order::Little, "ascii"},
    {"646", Kind::Ascii, Order::Little, "ascii"},
    {"latin-1", Kind::Latin1, Order::Little, "latin-1"},
    {"latin1", Kind::Latin1, Order::Little, "latin-1"},
    {"latin", Kind::Latin1, Order::Little, "latin-1"},
    {"l1", Kind::Latin1, Order::Little, "latin-1"},
    {"iso-8859-1", Kind::Latin1, Order::Little, "latin-1"},
    {"iso8859-1", Kind::Latin1, Order::Little, "latin-1"},
    {"8859", Kind::Latin1, Order::Little, "latin-1"},
    {"cp819", Kind::Latin1, Order::Little, "latin-1"},
    {"utf-16", Kind::Utf16, Order::Marked, "utf-16"},
    {"utf16", Kind::Utf16, Order::Marked, "utf-16"},
    {"u16", Kind::Utf16, Order::Marked, "utf-16"},
    {"utf-16-le", Kind::Utf16, Order::Little, "utf-16-le"},
    {"utf-16le", Kind::Utf16, Order::Little, "utf-16-le"},
    {"utf-16-be", Kind::Utf16, Order::Big, "utf-16-be"},
    {"utf-16be", Kind::Utf16, Order::Big, "utf-16-be"},
    {"utf-32", Kind::Utf32, Order::Marked, "utf-32"},
    {"utf32", Kind::Utf32, Order::Marked, "utf-32"},
    {"u32", Kind::Utf32, Order::Marked, "utf-32"},
    {"utf-32-le", Kind::Utf32, Order::Little, "utf-32-le"},
    {"utf-32le", Kind::Utf32, Order::Little, "utf-32-le"},
    {"utf-32-be", Kind::Utf32, Order::Big, "utf-32-be"},
    {"utf-32be", Kind::Utf32, Order::Big, "utf-32-be"},
};

const Codec* find_codec(std::string_view name) {
    std::string normal;
    for (const char c : name)
        normal += c == '_' || c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    for (const Codec& codec : kCodecs)
        if (normal == codec.alias) return &codec;
    if (!g_other_codec) raise(errors::LookupError, cat("unknown encoding: ", name));
    return nullptr;
}

// A handler that is none of CPython's own: scripts may register more. False: pending, or `other`.
bool unknown_handler(std::string_view name, bool& other) {
    if (g_other_codec) return other = true, false;
    return raise(errors::LookupError, cat("unknown error handler name '", name, "'")), false;
}

Value index(size_t number) {
    return make_int(static_cast<int64_t>(number));
}

bool is_surrogate(uint32_t c) {
    return c >= 0xD800 && c <= 0xDFFF;
}

// ---- decoding ---------------------------------------------------------------------------------

struct Decoding {
    std::string_view bytes;
    std::string_view handler;
    const Value& object;
    const char* name;
    std::string out;
    bool other = false;  // the handler is one that the script registered

    unsigned char at(size_t i) const { return static_cast<unsigned char>(bytes[i]); }

    // What the error handler puts in the place of bytes [start, end); false: pending.
    bool fail(size_t start, size_t end, const char* reason) {
        if (handler == "ignore") return true;
        if (handler == "replace") return out += "\uFFFD", true;
        if (handler == "backslashreplace") {
            for (size_t i = start; i < end; ++i) append_escape(out, at(i));
            return true;
        }
        if (handler == "surrogateescape" && at(start) >= 0x80) {
            for (size_t i = start; i < end && at(i) >= 0x80; ++i)
                append_code_point(out, 0xDC00 + at(i));
            return true;
        }
        if (handler != "strict" && handler != "surrogateescape" && handler != "surrogatepass")
            return unknown_handler(handler, other);
        raise_with(errors::UnicodeDecodeError,
                   {make_str(name), make_bytes(bytes), index(start), index(end), make_str(reason)});
        return false;
    }
};

// Length of a valid UTF-8 sequence at `i`, or 0; then `bad` bytes are wrong for `reason`.
size_t utf8_sequence(const Decoding& d, size_t i, size_t& bad, const char*& reason) {
    const unsigned lead = d.at(i);
    bad = 1;
    reason = "invalid start byte";
    const size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (!length) return 0;
    for (size_t k = 1; k < length; ++k) {
        if (i + k >= d.bytes.size()) {
            reason = "unexpected end of data";
            bad = k;
            return 0;
        }
        const unsigned c = d.at(i + k);
        unsigned low = 0x80, high = 0xBF;
        if (k == 1) {
            if (lead == 0xE0) low = 0xA0;
            if (lead == 0xED) high = d.handler == "surrogatepass" ? 0xBF : 0x9F;
            if (lead == 0xF0) low = 0x90;
            if (lead == 0xF4) high = 0x8F;
        }
        if (c < low || c > high) {
            reason = "invalid continuation byte";
            bad = k;
            return 0;
        }
    }
    return length;
}

bool decode_utf8(Decoding& d) {
    for (size_t i = 0; i < d.bytes.size();) {
        if (d.at(i) < 0x80) {
            d.out += d.bytes[i++];
            continue;
        }
        size_t bad;
        const char* reason;
        if (const size_t length = utf8_sequence(d, i, bad, reason)) {
            d.out += d.bytes.substr(i, length);
            i += length;
            continue;
        }
        if (!d.fail(i, i + bad, reason)) return false;
        i += bad;
    }
    return true;
}

bool decode_narrow(Decoding& d, bool ascii) {
    for (size_t i = 0; i < d.bytes.size(); ++i) {
        if (d.at(i) < 0x80 || !ascii)
            append_code_point(d.out, d.at(i));
        else if (!d.fail(i, i + 1, "ordinal not in range(128)"))
            return false;
    }
    return true;
}

uint32_t unit(const Decoding& d, size_t i, size_t width, bool big) {
    uint32_t value = 0;
    for (size_t k = 0; k < width; ++k)
        value |= uint32_t{d.at(i + k)} << 8 * (big ? width - 1 - k : k);
    return value;
}

// Reads the byte order mark, if this encoding has one.
bool is_big(Decoding& d, size_t width, Order order, size_t& start) {
    start = 0;
    if (order != Order::Marked) return order == Order::Big;
    if (d.bytes.size() < width) return false;
    start = width;
    if (unit(d, 0, width, false) == 0xFEFF) return false;
    if (unit(d, 0, width, true) == 0xFEFF) return true;
    start = 0;
    return false;
}

bool decode_utf16(Decoding& d, Order order) {
    size_t i;
    const bool big = is_big(d, 2, order, i);
    d.name = big ? "utf-16-be" : "utf-16-le";
    while (i < d.bytes.size()) {
        if (i + 2 > d.bytes.size()) return d.fail(i, d.bytes.size(), "truncated data");
        uint32_t c = unit(d, i, 2, big);
        if (!is_surrogate(c) || (d.handler == "surrogatepass" && c >= 0xDC00)) {
            append_code_point(d.out, c);
            i += 2;
            continue;
        }
        const char* reason = c >= 0xDC00 ? "illegal encoding" : "illegal UTF-16 surrogate";
        size_t end = i + 2;
        if (c < 0xDC00 && i + 4 > d.bytes.size()) {
            reason = "unexpected end of data";
            end = d.bytes.size();
        } else if (c < 0xDC00) {
            const uint32_t low = unit(d, i + 2, 2, big);
            if (low >= 0xDC00 && low <= 0xDFFF) {
                append_code_point(d.out, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
                i += 4;
                continue;
            }
        }
        if (!d.fail(i, end, reason)) return false;
        i = end;
    }
    return true;
}

bool decode_utf32(Decoding& d, Order order) {
    size_t i;
    const bool big = is_big(d, 4, order, i);
    d.name = big ? "utf-32-be" : "utf-32-le";
    for (; i < d.bytes.size(); i += 4) {
        if (i + 4 > d.bytes.size()) return d.fail(i, d.bytes.size(), "truncated data");
        const uint32_t c = unit(d, i, 4, big);
        if (c > 0x10FFFF) {
            if (!d.fail(i, i + 4, "code point not in range(0x110000)")) return false;
        } else if (is_surrogate(c) && d.handler != "surrogatepass") {
            if (!d.fail(i, i + 4, "code point in surrogate code point range(0xd800, 0xe000)"))
                return false;
        } else {
            append_code_point(d.out, c);
        }
    }
    return true;
}

// ---- encoding ---------------------------------------------------------------------------------

struct Encoding {
    Str* text;
    std::string_view handler;
    const char* name;
    std::string out;
    bool other = false;  // the handler is one that the script registered

    // Code points [start, end) from `at` to `behind` cannot be encoded. `put` appends a code point
    // in this encoding.
    template <typename Put>
    bool fail(size_t start, size_t end, const char* at, const char* behind, const char* reason,
              Put&& put) {
        if (handler == "ignore") return true;
        if (handler == "surrogateescape") {
            for (const char* p = at; p < behind;) {
                const uint32_t c = next_code_point(p);
                if (c < 0xDC80 || c > 0xDCFF) return strict(start, end, reason);
                out += static_cast<char>(c - 0xDC00);
            }
            return true;
        }
        std::string instead;
        for (const char* p = at; p < behind;) {
            const uint32_t c = next_code_point(p);
            if (handler == "replace") instead += '?';
            if (handler == "backslashreplace") append_escape(instead, c);
            if (handler == "xmlcharrefreplace") instead += cat("&#", c, ";");
        }
        if (instead.empty()) {
            if (handler == "strict" || handler == "surrogatepass")
                return strict(start, end, reason);
            return unknown_handler(handler, other);
        }
        for (const char c : instead) put(static_cast<unsigned char>(c));
        return true;
    }

    bool strict(size_t start, size_t end, const char* reason) {
        raise_with(errors::UnicodeEncodeError, {make_str(name), Value::share(text), index(start),
                                                index(end), make_str(reason)});
        return false;
    }

    // Encodes all; `fits` tells what the encoding holds. Runs of others make one error.
    template <typename Fits, typename Put>
    bool run(const char* reason, Fits&& fits, Put&& put) {
        const char* at = text->data();
        const char* end = at + text->size;
        for (size_t position = 0; at < end;) {
            const char* first = at;
            const uint32_t c = next_code_point(at);
            if (fits(c)) {
                put(c);
                ++position;
                continue;
            }
            const size_t start = position++;
            for (const char* more = at; more < end; ++position) {
                if (fits(next_code_point(more))) break;
                at = more;
            }
            if (!fail(start, position, first, at, reason, put)) return false;
        }
        return true;
    }
};

bool encode_utf8(Encoding& e) {
    const bool pass = e.handler == "surrogatepass";
    return e.run(
        "surrogates not allowed", [pass](uint32_t c) { return pass || !is_surrogate(c); },
        [&e](uint32_t c) { append_code_point(e.out, c); });
}

bool encode_narrow(Encoding& e, uint32_t limit) {
    return e.run(
        limit == 128 ? "ordinal not in range(128)" : "ordinal not in range(256)",
        [limit](uint32_t c) { return c < limit; },
        [&e](uint32_t c) { e.out += static_cast<char>(c); });
}

bool encode_wide(Encoding& e, size_t width, Order order) {
    const bool big = order == Order::Big;
    const bool pass = e.handler == "surrogatepass";
    const auto put_unit = [&](uint32_t c) {
        for (size_t k = 0; k < width; ++k)
            e.out += static_cast<char>(c >> 8 * (big ? width - 1 - k : k));
    };
    if (order == Order::Marked) put_unit(0xFEFF);
    return e.run(
        "surrogates not allowed", [pass](uint32_t c) { return pass || !is_surrogate(c); },
        [&](uint32_t c) {
            if (width == 4 || c < 0x10000) return put_unit(c);
            put_unit(0xD800 + ((c - 0x10000) >> 10));
            put_unit(0xDC00 + ((c - 0x10000) & 0x3FF));
        });
}

}  // namespace

Value decode_bytes(std::string_view bytes, std::string_view encoding,
                   std::string_view error_handler, const Value& object) {
    const Codec* codec = find_codec(encoding);
    const auto elsewhere = [&](bool known) {
        const Value bytes_object = make_bytes(bytes);
        return g_other_codec(false, bytes_object, encoding, error_handler, known);
    };
    if (!codec) return g_other_codec ? elsewhere(false) : Value();
    const bool plain = codec->kind <= Kind::Latin1;
    if (plain && is_ascii(bytes)) return make_str(bytes);
    Decoding decoding{bytes, error_handler, object, codec->name, {}, false};
    if (codec->kind == Kind::Utf8Sig && bytes.starts_with("\xEF\xBB\xBF"))
        decoding.bytes.remove_prefix(3);
    bool done = false;
    switch (codec->kind) {
        case Kind::Utf8:
        case Kind::Utf8Sig:
            done = decode_utf8(decoding);
            break;
        case Kind::Ascii:
            done = decode_narrow(decoding, true);
            break;
        case Kind::Latin1:
            done = decode_narrow(decoding, false);
            break;
        case Kind::Utf16:
            done = decode_utf16(decoding, codec->order);
            break;
        case Kind::Utf32:
            done = decode_utf32(decoding, codec->order);
            break;
    }
    if (decoding.other) return elsewhere(true);
    return done ? Value(make_str(decoding.out)) : Value();
}

Value encode_text(Str* text, std::string_view encoding, std::string_view error_handler) {
    const Codec* codec = find_codec(encoding);
    if (!codec && !g_other_codec) return {};
    if (!codec) return g_other_codec(true, Value::share(text), encoding, error_handler, false);
    if (codec->kind <= Kind::Latin1 && codec->kind != Kind::Utf8Sig && text->ascii())
        return make_bytes(text->view());
    Encoding e{text, error_handler, codec->name, {}, false};
    bool done = false;
    switch (codec->kind) {
        case Kind::Utf8Sig:
            e.out = "\xEF\xBB\xBF";
            [[fallthrough]];
        case Kind::Utf8:
            done = encode_utf8(e);
            break;
        case Kind::Ascii:
            done = encode_narrow(e, 128);
            break;
        case Kind::Latin1:
            done = encode_narrow(e, 256);
            break;
        case Kind::Utf16:
            done = encode_wide(e, 2, codec->order);
            break;
        case Kind::Utf32:
            done = encode_wide(e, 4, codec->order);
            break;
    }
    if (e.other) return g_other_codec(true, Value::share(text), encoding, error_handler, true);
    return done ? make_bytes(e.out) : Value();
}

}  // namespace loopglass::value
