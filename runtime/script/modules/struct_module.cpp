// _struct: bytes from values by a format, and back. CPython: Modules/_struct.c.
#include <cmath>
#include <cstring>

#include "runtime/base/text.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/buffer.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/int.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

Type* g_error = nullptr;  // struct.error

Value fail(std::string_view message) {
    return raise(g_error, message);
}

// One kind of item of a format: its size as native code and in the standard form (0: not there).
struct ItemKind {
    char code;
    uint8_t native_size;
    uint8_t standard_size;
    char family;  // i: signed, u: unsigned, f: float, or the code itself
};
constexpr ItemKind kKinds[] = {
    {'x', 1, 1, 'x'}, {'c', 1, 1, 'c'}, {'b', 1, 1, 'i'}, {'B', 1, 1, 'u'}, {'?', 1, 1, '?'},
    {'h', 2, 2, 'i'}, {'H', 2, 2, 'u'}, {'i', 4, 4, 'i'}, {'I', 4, 4, 'u'}, {'l', 8, 4, 'i'},
    {'L', 8, 4, 'u'}, {'q', 8, 8, 'i'}, {'Q', 8, 8, 'u'}, {'n', 8, 0, 'i'}, {'N', 8, 0, 'u'},
    {'e', 2, 2, 'f'}, {'f', 4, 4, 'f'}, {'d', 8, 8, 'f'}, {'s', 1, 1, 's'}, {'p', 1, 1, 'p'},
    {'P', 8, 0, 'u'},
};

struct Item {
    const ItemKind* kind;
    size_t size;    // of one
    size_t repeat;  // of s and p: the length of the one
    size_t offset;
};

struct Layout {
    std::vector<Item> items;
    size_t size = 0;
    size_t values = 0;
    bool big = false;
    bool native = false;
};

bool add_item(Layout& out, char code, int64_t repeat, bool native, bool aligned) {
    const ItemKind* kind = nullptr;
    for (const ItemKind& candidate : kKinds)
        if (candidate.code == code) kind = &candidate;
    const size_t size = kind ? native ? kind->native_size : kind->standard_size : 0;
    if (!size) return fail("bad char in struct format"), false;
    if (aligned) out.size = (out.size + size - 1) / size * size;
    if (repeat > INT32_MAX || out.size > INT32_MAX)
        return fail("total struct size too long"), false;
    const auto count = static_cast<size_t>(repeat);
    out.items.push_back({kind, size, count, out.size});
    out.size += size * count;
    const bool text = kind->family == 's' || kind->family == 'p';
    if (kind->family != 'x') out.values += text ? 1 : count;
    return true;
}

bool parse_layout(std::string_view format, Layout& out) {
    bool native = true, aligned = true;
    if (!format.empty() && std::string_view("@=<>!").find(format[0]) != std::string_view::npos) {
        out.big = format[0] == '>' || format[0] == '!';
        native = aligned = format[0] == '@';
        format.remove_prefix(1);
    }
    out.native = native;
    while (!format.empty()) {
        if (std::string_view(" \t\n\r\v\f").find(format[0]) != std::string_view::npos) {
            format.remove_prefix(1);
            continue;
        }
        int64_t repeat = 1;
        if (format[0] >= '0' && format[0] <= '9') {
            repeat = 0;
            while (!format.empty() && format[0] >= '0' && format[0] <= '9') {
                if (repeat > INT32_MAX) return fail("total struct size too long"), false;
                repeat = repeat * 10 + (format[0] - '0');
                format.remove_prefix(1);
            }
            if (format.empty()) return fail("repeat count given without format specifier"), false;
        }
        if (!add_item(out, format[0], repeat, native, aligned)) return false;
        format.remove_prefix(1);
    }
    return true;
}

// The format argument, as text; false: pending.
bool layout_of(const Value& format, Layout& out) {
    std::string_view text;
    if (const Str* str_format = as<Str>(format)) {
        text = str_format->view();
    } else if (!bytes_view(format, text)) {
        return raise(errors::TypeError,
                     cat("Struct() argument 1 must be a str or bytes object, not ",
                         type_name(format))),
               false;
    }
    return parse_layout(text, out);
}

// ---- packing ----------------------------------------------------------------------------------

void put_word(char* to, uint64_t word, size_t size, bool big) {
    for (size_t i = 0; i < size; ++i)
        to[big ? size - 1 - i : i] = static_cast<char>(word >> (8 * i));
}
uint64_t get_word(const char* from, size_t size, bool big) {
    uint64_t word = 0;
    for (size_t i = 0; i < size; ++i)
        word |= uint64_t{static_cast<unsigned char>(from[big ? size - 1 - i : i])} << (8 * i);
    return word;
}

bool pack_integer(const Item& item, const Value& value, char* to, bool big_endian) {
    Value number = value;
    if (!is_int(number)) {
        auto* slot = value.type()->slots.index;
        if (!slot) return fail("required argument is not an integer"), false;
        number = slot(value);
        if (!number) return false;
    }
    const BigInt given = big(number);
    const bool is_signed = item.kind->family == 'i';
    const auto bits = static_cast<unsigned>(item.size * 8);
    const BigInt least = is_signed ? -(BigInt(1) << (bits - 1)) : BigInt(0);
    const BigInt most = (BigInt(1) << (is_signed ? bits - 1 : bits)) - 1;
    if (given < least || given > most)
        return fail(cat("'", item.kind->code, "' format requires ", least.str(),
                        " <= number <= ", most.str())),
               false;
    const BigInt wrapped = given.sign() < 0 ? BigInt(given + (BigInt(1) << bits)) : given;
    put_word(to, static_cast<uint64_t>(wrapped), item.size, big_endian);
    return true;
}

// Half precision, rounded half to even; false if it does not fit.
bool to_half(double number, uint16_t& out) {
    const uint16_t sign = std::signbit(number) ? 0x8000 : 0;
    const double size = std::fabs(number);
    if (std::isnan(number)) return out = sign | 0x7E00, true;
    if (std::isinf(number)) return out = sign | 0x7C00, true;
    int exponent;
    (void)std::frexp(size, &exponent);
    // The unit of the last of eleven bits, or of the smallest subnormal.
    const int unit = std::max(exponent - 11, -24);
    const double scaled = std::nearbyint(std::ldexp(size, -unit));
    const double rounded = std::ldexp(scaled, unit);
    if (rounded >= 65520.0) return false;
    if (rounded < 0x1p-14) return out = sign | static_cast<uint16_t>(std::ldexp(rounded, 24)), true;
    (void)std::frexp(rounded, &exponent);
    const auto mantissa = static_cast<uint16_t>(std::ldexp(rounded, 11 - exponent));
    out = static_cast<uint16_t>(sign | (exponent + 14) << 10 | (mantissa & 0x3FF));
    return true;
}
double from_half(uint16_t half) {
    const int exponent = half >> 10 & 0x1F;
    const int mantissa = half & 0x3FF;
    const double sign = half & 0x8000 ? -1.0 : 1.0;
    if (exponent == 31) return mantissa ? std::nan("") : sign * HUGE_VAL;
    return sign *
           (exponent ? std::ldexp(1024 + mantissa, exponent - 25) : std::ldexp(mantissa, -24));
}

bool too_large(const Item& item, const Value& value) {
    // What CPython says of an int that its float conversion could not hold.
    if (is_int(value)) return fail("int too large to convert"), false;
    return raise(errors::OverflowError,
                 cat("float too large to pack with ", item.kind->code, " format")),
           false;
}

bool pack_float(const Item& item, const Value& value, char* to, const Layout& layout) {
    double number;
    if (!to_double(value, number)) {
        if (!clear_raised_if(errors::TypeError)) return false;
        return fail("required argument is not a float"), false;
    }
    uint64_t word = 0;
    if (item.size == 8) {
        std::memcpy(&word, &number, 8);
    } else if (item.size == 4) {
        const auto narrow = static_cast<float>(number);
        // Native floats are converted as C does.
        if (std::isinf(narrow) && !std::isinf(number) && !layout.native)
            return too_large(item, value);
        uint32_t bits;
        std::memcpy(&bits, &narrow, 4);
        word = bits;
    } else {
        uint16_t half;
        if (!to_half(number, half)) return too_large(item, value);
        word = half;
    }
    put_word(to, word, item.size, layout.big);
    return true;
}

bool pack_text(const Item& item, const Value& value, char* to) {
    std::string_view bytes;
    if ((!is<Bytes>(value) && !is<ByteArray>(value)) || !bytes_view(value, bytes))
        return fail(cat("argument for '", item.kind->code, "' must be a bytes object")), false;
    if (item.kind->family == 's') {
        std::memcpy(to, bytes.data(), std::min(bytes.size(), item.repeat));
    } else if (item.repeat) {
        const size_t length = std::min({bytes.size(), item.repeat - 1, size_t{255}});
        to[0] = static_cast<char>(length);
        std::memcpy(to + 1, bytes.data(), length);
    }
    return true;
}

bool pack_one(const Item& item, const Value& value, char* to, const Layout& layout) {
    switch (item.kind->family) {
        case 'i':
        case 'u':
            return pack_integer(item, value, to, layout.big);
        case 'f':
            return pack_float(item, value, to, layout);
        case '?': {
            const int answer = truth(value);
            *to = static_cast<char>(answer == 1);
            return answer >= 0;
        }
        default: {  // c
            std::string_view byte;
            if (!is<Bytes>(value) || !bytes_view(value, byte) || byte.size() != 1)
                return fail("char format requires a bytes object of length 1"), false;
            *to = byte[0];
            return true;
        }
    }
}

// Writes all values; `to` has room for the layout.
bool pack_all(const Layout& layout, const char* function, std::span<const Value> values, char* to) {
    if (values.size() != layout.values)
        return fail(cat(function, " expected ", layout.values, " items for packing (got ",
                        values.size(), ")")),
               false;
    size_t next_value = 0;
    for (const Item& item : layout.items) {
        if (item.kind->family == 'x') continue;
        if (item.kind->family == 's' || item.kind->family == 'p') {
            if (!pack_text(item, values[next_value++], to + item.offset)) return false;
            continue;
        }
        for (size_t i = 0; i < item.repeat; ++i)
            if (!pack_one(item, values[next_value++], to + item.offset + i * item.size, layout))
                return false;
    }
    return true;
}

Value unpack_one(const Item& item, const char* from, bool big_endian) {
    const uint64_t word = get_word(from, item.size, big_endian);
    switch (item.kind->family) {
        case 'u':
            return make_int_unsigned(word);
        case 'i': {
            const auto shift = static_cast<int>(64 - item.size * 8);
            return make_int(static_cast<int64_t>(word << shift) >> shift);
        }
        case '?':
            return boolean(word != 0);
        case 'f':
            break;
        default:
            return make_bytes({from, 1});
    }
    if (item.size == 2) return make_float(from_half(static_cast<uint16_t>(word)));
    if (item.size == 4) {
        const auto bits = static_cast<uint32_t>(word);
        float narrow;
        std::memcpy(&narrow, &bits, 4);
        return make_float(narrow);
    }
    double number;
    std::memcpy(&number, &word, 8);
    return make_float(number);
}

Value unpack_all(const Layout& layout, const char* from) {
    Ref<Tuple> out = make_tuple(layout.values);
    size_t next_value = 0;
    for (const Item& item : layout.items) {
        const char* at = from + item.offset;
        switch (item.kind->family) {
            case 'x':
                break;
            case 's':
                out->items()[next_value++] = make_bytes({at, item.repeat});
                break;
            case 'p': {
                const size_t stored = item.repeat ? static_cast<unsigned char>(*at) : 0;
                const size_t length = item.repeat ? std::min(stored, item.repeat - 1) : 0;
                out->items()[next_value++] = make_bytes({at + 1, length});
                break;
            }
            default:
                for (size_t i = 0; i < item.repeat; ++i)
                    out->items()[next_value++] = unpack_one(item, at + i * item.size, layout.big);
        }
    }
    return out;
}

// ---- the functions, on a layout ---------------------------------------------------------------

Value pack(const Layout& layout, std::span<const Value> values) {
    std::string out(layout.size, '\0');
    return pack_all(layout, "pack", values, out.data()) ? make_bytes(out) : Value();
}

bool need_bytes(const Value& value, std::string_view& out) {
    if (bytes_view(value, out)) return true;
    return raise(errors::TypeError,
                 cat("a bytes-like object is required, not '", type_name(value), "'")),
           false;
}

Value unpack(const Layout& layout, const Value& buffer) {
    std::string_view bytes;
    if (!need_bytes(buffer, bytes)) return {};
    if (bytes.size() != layout.size)
        return fail(cat("unpack requires a buffer of ", layout.size, " bytes"));
    return unpack_all(layout, bytes.data());
}

// Checks an offset into a buffer; negative ones count from the end.
bool place(const Layout& layout, const char* function, const char* doing, size_t size,
           int64_t& offset) {
    const auto total = static_cast<int64_t>(size);
    const auto need = static_cast<int64_t>(layout.size);
    if (offset < 0) {
        if (offset + need > 0)
            return fail(cat("not enough data to ",
                            std::string_view(doing).substr(0, doing[0] == 'p' ? 4 : 6), " ", need,
                            " bytes")),
                   false;
        if (offset + total < 0)
            return fail(cat("offset ", offset, " out of range for ", size, "-byte buffer")), false;
        offset += total;
    }
    if (total - offset >= need) return true;
    return fail(cat(function, " requires a buffer of at least ", offset + need, " bytes for ",
                    doing, " ", need, " bytes at offset ", offset, " (actual buffer size is ", size,
                    ")")),
           false;
}

Value unpack_from(const Layout& layout, const Value& buffer, const Value& at) {
    std::string_view bytes;
    int64_t offset = 0;
    if (!need_bytes(buffer, bytes) || (at && !to_index(at, offset))) return {};
    if (!place(layout, "unpack_from", "unpacking", bytes.size(), offset)) return {};
    return unpack_all(layout, bytes.data() + offset);
}

Value pack_into(const Layout& layout, std::span<const Value> given) {
    if (given.size() < 1) return fail("pack_into expected buffer argument");
    if (given.size() < 2) return fail("pack_into expected offset argument");
    int64_t offset;
    const Writable memory = writable_memory(given[0]);
    if (!memory.storage)
        return raise(errors::TypeError, cat("argument must be read-write bytes-like object, not ",
                                            type_name(given[0])));
    if (!to_index(given[1], offset)) return {};
    if (!place(layout, "pack_into", "packing", memory.size, offset)) return {};
    std::string out(layout.size, '\0');
    if (!pack_all(layout, "pack_into", given.subspan(2), out.data())) return {};
    const size_t start = memory.start + static_cast<size_t>(offset);
    if (start + layout.size <= memory.storage->size())
        std::memcpy(memory.storage->data() + start, out.data(), layout.size);
    return none();
}

// ---- iter_unpack ------------------------------------------------------------------------------

struct UnpackIterator : Object {
    static Type* type;
    Layout layout;
    Value buffer;
    size_t at = 0;
    UnpackIterator(Type* its_type, Layout its_layout, Value its_buffer)
        : Object(its_type), layout(std::move(its_layout)), buffer(std::move(its_buffer)) {}
};
Type* UnpackIterator::type = nullptr;

Value itself(const Value& self) {
    return self;
}
Value unpack_next(const Value& self) {
    auto* iterator = cast<UnpackIterator>(self);
    std::string_view bytes;
    (void)bytes_view(iterator->buffer, bytes);
    if (iterator->at + iterator->layout.size > bytes.size()) return {};
    Value out = unpack_all(iterator->layout, bytes.data() + iterator->at);
    iterator->at += iterator->layout.size;
    return out;
}
Value iter_unpack(const Layout& layout, const Value& buffer) {
    std::string_view bytes;
    if (layout.size == 0) return fail("cannot iteratively unpack with a struct of length 0");
    if (!need_bytes(buffer, bytes)) return {};
    if (bytes.size() % layout.size)
        return fail(
            cat("iterative unpacking requires a buffer of a multiple of ", layout.size, " bytes"));
    return make<UnpackIterator>(layout, buffer);
}

// ---- class Struct -----------------------------------------------------------------------------

struct Struct : Object {
    static Type* type;
    Layout layout;
    Value format;
    explicit Struct(Type* its_type) : Object(its_type) {}
};
Type* Struct::type = nullptr;

const Layout& layout_in(const Value& self) {
    return cast<Struct>(self)->layout;
}
std::span<const Value> items_of(const Value& tuple) {
    return {cast<Tuple>(tuple)->items(), cast<Tuple>(tuple)->size};
}

Value struct_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(format)");
    Value format;
    if (!bind_arguments(*signature, "Struct", ErrorStyle::C, args, {&format, 1})) return {};
    Ref<Struct> made = make_as<Struct>(type);
    if (!layout_of(format, made->layout)) return {};
    std::string_view bytes;
    made->format = bytes_view(format, bytes) ? Value(make_str(bytes)) : format;
    return made;
}
Value struct_repr(const Value& self) {
    StrBuilder out;
    out.add(cat(self.type()->name->view(), "("));
    if (!out.add_repr(cast<Struct>(self)->format)) return {};
    out.add(')');
    return out.finish();
}
Value struct_pack(const Value* a) {
    return pack(layout_in(a[0]), items_of(a[1]));
}
Value struct_unpack(const Value* a) {
    return unpack(layout_in(a[0]), a[1]);
}
Value struct_pack_into(const Value* a) {
    return pack_into(layout_in(a[0]), items_of(a[1]));
}
Value struct_unpack_from(const Value* a) {
    return unpack_from(layout_in(a[0]), a[1], a[2]);
}
Value struct_iter_unpack(const Value* a) {
    return iter_unpack(layout_in(a[0]), a[1]);
}
Value struct_size(const Value* a) {
    return make_int(static_cast<int64_t>(layout_in(a[0]).size));
}
Value struct_format(const Value* a) {
    return cast<Struct>(a[0])->format;
}
constexpr NativeMethod kStructMethods[] = {
    {"pack", struct_pack, "(self, /, *values)"},
    {"unpack", struct_unpack, "(self, buffer, /)"},
    {"pack_into", struct_pack_into, "(self, /, *values)"},
    {"unpack_from", struct_unpack_from, "(self, /, buffer, offset=0)"},
    {"iter_unpack", struct_iter_unpack, "(self, buffer, /)"},
    {"size", struct_size, "(self)", MethodKind::Getter},
    {"format", struct_format, "(self)", MethodKind::Getter},
};

// ---- module functions -------------------------------------------------------------------------

Value module_pack(const Value* a) {
    Layout layout;
    return layout_of(a[0], layout) ? pack(layout, items_of(a[1])) : Value();
}
Value module_unpack(const Value* a) {
    Layout layout;
    return layout_of(a[0], layout) ? unpack(layout, a[1]) : Value();
}
Value module_pack_into(const Value* a) {
    Layout layout;
    return layout_of(a[0], layout) ? pack_into(layout, items_of(a[1])) : Value();
}
Value module_unpack_from(const Value* a) {
    Layout layout;
    return layout_of(a[0], layout) ? unpack_from(layout, a[1], a[2]) : Value();
}
Value module_iter_unpack(const Value* a) {
    Layout layout;
    return layout_of(a[0], layout) ? iter_unpack(layout, a[1]) : Value();
}
Value module_calcsize(const Value* a) {
    Layout layout;
    return layout_of(a[0], layout) ? make_int(static_cast<int64_t>(layout.size)) : Value();
}
constexpr auto kFunction = MethodKind::Function;
constexpr NativeMethod kFunctions[] = {
    {"pack", module_pack, "(format, /, *values)", kFunction},
    {"unpack", module_unpack, "(format, buffer, /)", kFunction},
    {"pack_into", module_pack_into, "(format, /, *values)", kFunction},
    {"unpack_from", module_unpack_from, "(format, /, buffer, offset=0)", kFunction},
    {"iter_unpack", module_iter_unpack, "(format, buffer, /)", kFunction},
    {"calcsize", module_calcsize, "(format, /)", kFunction},
};

void define_types() {
    UnpackIterator::type = define_type(
        {.name = "_struct.unpack_iterator",
         .instance_size = sizeof(UnpackIterator),
         .flags = kDottedName,
         .slots = {
             .destroy = destroy_native<UnpackIterator>, .iter = itself, .next = unpack_next}});
    Struct::type = define_type({.name = "_struct.Struct",
                                .instance_size = sizeof(Struct),
                                .flags = kBaseType | kDottedName,
                                .slots = {.destroy = destroy_native<Struct>,
                                          .repr = struct_repr,
                                          .construct = struct_construct},
                                .methods = kStructMethods});
    g_error = define_type({.name = "struct.error",
                           .instance_size = sizeof(Exception),
                           .flags = kBaseType,
                           .base = errors::Exception,
                           .has_dict = true});
}

}  // namespace

Value make_module__struct() {
    if (!Struct::type) define_types();
    Value module = make_native_module("_struct", kFunctions);
    module_set(module, "Struct", Value::share(Struct::type));
    module_set(module, "error", Value::share(g_error));
    return module;
}

}  // namespace loopglass::script
