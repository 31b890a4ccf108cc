#include "runtime/value/buffer.hpp"

#include <cmath>
#include <cstring>
#include <limits>

#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

namespace {

struct Format {
    char letter;
    uint8_t size;
    char kind;  // i signed, u unsigned, f real, ? truth, c one byte, t one character
};
constexpr Format kFormats[] = {{'b', 1, 'i'}, {'B', 1, 'u'}, {'h', 2, 'i'}, {'H', 2, 'u'},
                               {'i', 4, 'i'}, {'I', 4, 'u'}, {'l', 8, 'i'}, {'L', 8, 'u'},
                               {'q', 8, 'i'}, {'Q', 8, 'u'}, {'n', 8, 'i'}, {'N', 8, 'u'},
                               {'P', 8, 'u'}, {'f', 4, 'f'}, {'d', 8, 'f'}, {'?', 1, '?'},
                               {'c', 1, 'c'}, {'u', 4, 't'}, {'w', 4, 't'}};

const Format* format_of(char letter) {
    for (const Format& format : kFormats)
        if (format.letter == letter) return &format;
    return nullptr;
}

uint64_t read_word(const char* from, size_t size) {
    uint64_t word = 0;
    std::memcpy(&word, from, size);  // the formats are those of this machine
    return word;
}

Stored store_whole(char* to, const Format& format, const Value& value) {
    Value number = value;
    if (!is_int(number)) {
        if (!number.is_object() || !number.type()->slots.index) return Stored::WrongType;
        number = number.type()->slots.index(number);
        if (!number) return Stored::Raised;
    }
    const int bits = format.size * 8;
    int64_t small;
    uint64_t word;
    if (int_value(number, small)) {
        if (format.kind == 'u' ? small < 0 || (bits < 64 && small >> bits)
                               : bits < 64 && (small < -(int64_t{1} << (bits - 1)) ||
                                               small >= int64_t{1} << (bits - 1)))
            return Stored::OutOfRange;
        word = static_cast<uint64_t>(small);
    } else {
        // Beyond 63 bits: what is left after 2**63 has to fit.
        if (format.kind != 'u' || bits != 64) return Stored::OutOfRange;
        const std::string digits = int_text(number, 16);
        if (digits.front() == '-' || digits.size() > 16) return Stored::OutOfRange;
        word = std::stoull(digits, nullptr, 16);
    }
    std::memcpy(to, &word, format.size);
    return Stored::Good;
}

Stored store_real(char* to, const Format& format, const Value& value) {
    if (!is_float(value) && !is_int(value) &&
        !(value.is_object() && (value.type()->slots.to_float || value.type()->slots.index)))
        return Stored::WrongType;
    double number;
    if (!to_double(value, number)) return Stored::Raised;
    if (format.size == 8) return std::memcpy(to, &number, 8), Stored::Good;
    if (std::isfinite(number) && std::fabs(number) > std::numeric_limits<float>::max())
        return raise(errors::OverflowError, "float too large to pack with f format"),
               Stored::Raised;
    const auto single = static_cast<float>(number);
    std::memcpy(to, &single, 4);
    return Stored::Good;
}

}  // namespace

Type* ArrayObject::type = nullptr;

size_t ArrayObject::item_size() const {
    return format_size(code);
}

size_t format_size(char format) {
    const Format* found = format_of(format);
    return found ? found->size : 0;
}

Value load_item(const char* from, char letter) {
    const Format& format = *format_of(letter);
    if (format.kind == 'f') {
        if (format.size == 8) {
            double number;
            std::memcpy(&number, from, 8);
            return make_float(number);
        }
        float number;
        std::memcpy(&number, from, 4);
        return make_float(static_cast<double>(number));
    }
    const uint64_t word = read_word(from, format.size);
    const int unused = 64 - format.size * 8;
    switch (format.kind) {
        case 'i':
            return make_int(static_cast<int64_t>(word << unused) >> unused);
        case 'u':
            return make_int_unsigned(word);
        case '?':
            return boolean(word);
        case 'c':
            return make_bytes({from, 1});
        default: {
            std::string text;
            append_code_point(text, static_cast<uint32_t>(word));
            return make_str(text);
        }
    }
}

Stored store_item(char* to, char letter, const Value& value) {
    const Format& format = *format_of(letter);
    switch (format.kind) {
        case 'f':
            return store_real(to, format, value);
        case '?': {
            const int yes = truth(value);
            if (yes < 0) return Stored::Raised;
            *to = static_cast<char>(yes);
            return Stored::Good;
        }
        case 'c': {
            const Bytes* bytes = as<Bytes>(value);
            if (!bytes) return Stored::WrongType;
            if (bytes->size != 1) return Stored::OutOfRange;
            *to = *bytes->data();
            return Stored::Good;
        }
        case 't': {
            const Str* text = as<Str>(value);
            if (!text) return Stored::WrongType;
            if (text->length != 1) return Stored::OutOfRange;
            const char* at = text->view().data();
            const uint32_t point = next_code_point(at);
            std::memcpy(to, &point, 4);
            return Stored::Good;
        }
        default:
            return store_whole(to, format, value);
    }
}

Writable writable_memory(const Value& value) {
    if (ByteArray* array = as<ByteArray>(value)) return {&array->bytes, 0, array->bytes.size()};
    if (ArrayObject* array = as<ArrayObject>(value)) return {&array->bytes, 0, array->bytes.size()};
    const MemoryView* view = as<MemoryView>(value);
    if (!view || !view->source || static_cast<const ShapedView*>(view)->read_only) return {};
    Writable whole = writable_memory(view->source);
    if (!whole.storage || view->start + view->count > whole.storage->size()) return {};
    return {whole.storage, view->start, view->count};
}

}  // namespace loopglass::value
