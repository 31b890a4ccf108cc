// sys.getsizeof: what CPython 3.13's objects of such contents take on a 64-bit machine. Ours are
// laid out otherwise; programs that compare a list with a generator are about CPython's numbers.
#include "runtime/script/modules/sizes.hpp"

#include <bit>
#include <string_view>

#include "runtime/value/containers.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::script {

using namespace value;  // a file about values

namespace {

// Places a list has after growing by append to `count` items (list_resize).
int64_t places_after_appends(int64_t count) {
    int64_t places = 0;
    while (places < count) {
        const int64_t wanted = places + 1;
        places = (wanted + (wanted >> 3) + 6) & ~int64_t{3};
    }
    return places;
}

int64_t list_size(const List* list) {
    const auto count = static_cast<int64_t>(list->items.size());
    const auto room = list->items.capacity();
    const bool grown = room > list->items.size() && std::has_single_bit(room);
    const int64_t places = grown && count ? places_after_appends(count)
                           : grown        ? 0
                                          : static_cast<int64_t>(room);
    return 56 + 8 * places;
}

int64_t dict_size(const Dict* dict) {
    int64_t count = 0;
    bool text = true;
    for (uint32_t i = 0; i < dict->used; ++i)
        if (dict->entries[i].key) {
            ++count;
            text = text && is_exact<Str>(dict->entries[i].key);
        }
    if (!count) return 64;
    int64_t table = 8;
    while (table * 2 / 3 < count) table *= 2;
    const int64_t index = table <= 128 ? 1 : table <= 32768 ? 2 : 4;
    return 64 + 32 + table * index + table * 2 / 3 * (text ? 16 : 24);
}

// A set grown item by item (set_table_resize).
int64_t set_size(int64_t count) {
    int64_t table = 8;
    for (int64_t used = 1; used <= count; ++used)
        if (used * 5 >= (table - 1) * 3) {
            const int64_t wanted = used > 50000 ? used * 2 : used * 4;
            while (table <= wanted) table *= 2;
        }
    return table == 8 ? 216 : 216 + table * 16;
}

int64_t text_size(const Str* text) {
    uint32_t widest = 0;
    for (const char c : text->view()) widest = std::max<uint32_t>(widest, static_cast<uint8_t>(c));
    const auto count = static_cast<int64_t>(text->length);
    if (widest < 0x80) return 41 + count;
    // The lead byte of UTF-8 tells how wide the code point is.
    if (widest < 0xC4) return 57 + count;
    return widest < 0xF0 ? 58 + 2 * count : 60 + 4 * count;
}

struct FixedSize {
    std::string_view type;
    int64_t bytes;
};
constexpr FixedSize kFixedSizes[] = {
    {"NoneType", 16},
    {"ellipsis", 16},
    {"NotImplementedType", 16},
    {"bool", 28},
    {"float", 24},
    {"complex", 32},
    {"object", 16},
    {"range", 48},
    {"slice", 56},
    {"function", 160},
    {"method", 64},
    {"builtin_function_or_method", 72},
    {"module", 72},
    {"property", 72},
    {"staticmethod", 56},
    {"classmethod", 56},
    {"map", 48},
    {"filter", 48},
    {"zip", 64},
    {"enumerate", 72},
    {"reversed", 48},
    {"list_iterator", 48},
    {"tuple_iterator", 48},
    {"range_iterator", 32},
    {"str_iterator", 48},
    {"str_ascii_iterator", 48},
    {"dict_keys", 40},
    {"dict_values", 40},
    {"dict_items", 40},
    {"generator", 200},
    {"coroutine", 200},
    {"async_generator", 200},
    {"memoryview", 184},
    {"deque", 760},
    {"mappingproxy", 48},
    {"cell", 40},
    {"type", 1712},
};

}  // namespace

int64_t cpython_size(const Value& value) {
    const Type* type = value.type();
    if (is_bool(value)) return 28;
    if (is_int(value)) {
        int64_t digits = 1;  // of 30 bits
        int64_t small;
        if (int_value(value, small)) {
            for (uint64_t rest = small < 0 ? ~static_cast<uint64_t>(small) + 1
                                           : static_cast<uint64_t>(small);
                 rest >>= 30;)
                ++digits;
        } else {
            const std::string hex = int_text(value, 16);
            const bool minus = hex.front() == '-';
            const int first = std::stoi(hex.substr(minus, 1), nullptr, 16);
            const auto bits = static_cast<int64_t>(hex.size() - minus - 1) * 4 +
                              std::bit_width(static_cast<unsigned>(first));
            digits = (bits + 29) / 30;
        }
        return 24 + 4 * digits;
    }
    if (const Str* text = as<Str>(value)) return text_size(text);
    if (const Bytes* bytes = as<Bytes>(value)) return 33 + static_cast<int64_t>(bytes->size);
    if (const ByteArray* array = as<ByteArray>(value))
        return 57 + static_cast<int64_t>(array->bytes.size()) - array->bytes.empty();
    if (const Tuple* tuple = as<Tuple>(value)) return 40 + 8 * static_cast<int64_t>(tuple->size);
    if (const List* list = as<List>(value)) return list_size(list);
    if (const Dict* dict = as<Dict>(value)) return dict_size(dict);
    if (type->has(kSetSubclass)) return set_size(length(value));
    for (const FixedSize& fixed : kFixedSizes)
        if (type->name->view() == fixed.type && !type->has(kHeapType)) return fixed.bytes;
    if (type->has(kTypeSubclass)) return 1712;
    return 48;
}

}  // namespace loopglass::script
