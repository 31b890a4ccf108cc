// str: how texts are made, interned, hashed, joined and grown. The slots of the type are in
// str_type.cpp.
#include "runtime/value/str.hpp"

#include <cstdlib>

#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

Type* Str::type = nullptr;

namespace {

Str* g_empty = nullptr;
Str* g_latin[256] = {};

// All interned texts: open addressing, a power of two of places.
struct InternTable {
    Str** places = nullptr;
    size_t mask = 0;
    size_t count = 0;

    // Where `text` stands, or the free place where it belongs.
    Str** find(std::string_view text, int64_t hash) const {
        for (size_t i = static_cast<size_t>(hash) & mask;; i = (i + 1) & mask)
            if (!places[i] || (places[i]->hash == hash && places[i]->view() == text))
                return &places[i];
    }
    void grow() {
        const size_t old_size = places ? mask + 1 : 0;
        Str** old = places;
        mask = old_size ? old_size * 2 - 1 : 4095;
        places = static_cast<Str**>(std::calloc(mask + 1, sizeof(Str*)));
        for (size_t i = 0; i < old_size; ++i)
            if (old[i]) *find(old[i]->view(), old[i]->hash) = old[i];
        std::free(old);
    }
};
InternTable g_interned;

int64_t hash_text(std::string_view text) {
    if (is_ascii(text)) return hash_bytes(text);
    // CPython hashes its own representation: one, two or four bytes a character.
    uint32_t widest = 0;
    const char* at = text.data();
    const char* end = at + text.size();
    while (at < end) widest |= next_code_point(at);
    const size_t width = widest < 0x100 ? 1 : widest < 0x10000 ? 2 : 4;
    std::string wide;
    for (at = text.data(); at < end;) {
        const uint32_t c = next_code_point(at);
        for (size_t i = 0; i < width; ++i) wide += static_cast<char>(c >> (8 * i));
    }
    return hash_bytes(wide);
}

Str* add_interned(Str* text, int64_t hash, Str** place) {
    text->hash = hash;
    text->flags |= kInterned;
    *place = text;
    if (++g_interned.count * 2 > g_interned.mask) g_interned.grow();
    return text;
}

// One-character texts are shared, as in CPython, for speed and for what `is` answers.
Ref<Str> shared_char(uint32_t c) {
    if (!g_latin[c]) {
        std::string text;
        append_code_point(text, c);
        g_latin[c] = intern(text);
    }
    return Ref<Str>::share(g_latin[c]);
}

}  // namespace

Ref<Str> make_str_raw(size_t bytes, size_t code_points) {
    void* memory = base::pool_allocate(sizeof(Str) + bytes);
    return Ref<Str>::take(new (memory) Str(Str::type, static_cast<uint32_t>(bytes),
                                           static_cast<uint32_t>(code_points)));
}

Ref<Str> make_str_uninitialised(size_t bytes) {
    return make_str_raw(bytes, bytes);
}

Ref<Str> make_str(std::string_view text) {
    if (text.size() <= 1) {
        if (text.size() == 1) return shared_char(static_cast<unsigned char>(text[0]));
        if (!g_empty) g_empty = intern("");
        return Ref<Str>::share(g_empty);
    }
    return make_str_sized(text, count_code_points(text));
}

Ref<Str> make_part(const Str* whole, std::string_view part) {
    if (part.size() <= 1 || !whole->ascii()) return make_str(part);
    return make_str_sized(part, part.size());
}

Value str_char(uint32_t code_point) {
    if (code_point < 256) return shared_char(code_point);
    std::string text;
    append_code_point(text, code_point);
    return make_str_sized(text, 1);
}

Str* intern(std::string_view text) {
    if (!g_interned.places) g_interned.grow();
    const int64_t hash = hash_text(text);
    Str** place = g_interned.find(text, hash);
    if (*place) return *place;
    Ref<Str> made = make_str_sized(text, count_code_points(text));
    made->refs = kImmortalRefs;
    return add_interned(made.get(), hash, place);
}

Ref<Str> intern(Str* text) {
    if (text->flags & kInterned) return Ref<Str>::share(text);
    if (text->Object::type != Str::type) return Ref<Str>::share(intern(text->view()));
    if (!g_interned.places) g_interned.grow();
    Str** place = g_interned.find(text->view(), str_hash(text));
    if (*place) return Ref<Str>::share(*place);
    retain(text);  // the table's own
    return Ref<Str>::share(add_interned(text, text->hash, place));
}

int64_t str_hash(Str* text) {
    if (text->hash == 0) text->hash = hash_text(text->view());
    return text->hash;
}

std::string quote(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

// ---- joining ----------------------------------------------------------------------------------

Ref<Str> str_concat(const Str* a, const Str* b) {
    if (static_cast<uint64_t>(a->size) + b->size > UINT32_MAX)
        return raise(errors::MemoryError, ""), Ref<Str>();
    Ref<Str> made = make_str_raw(a->size + b->size, a->length + b->length);
    std::memcpy(made->data(), a->data(), a->size);
    std::memcpy(made->data() + a->size, b->data(), b->size);
    return made;
}

Ref<Str> str_concat(std::span<const Value> pieces) {
    uint64_t bytes = 0, code_points = 0;
    for (const Value& piece : pieces) {
        bytes += self_str(piece)->size;
        code_points += self_str(piece)->length;
    }
    if (bytes > UINT32_MAX) return raise(errors::MemoryError, ""), Ref<Str>();
    if (bytes <= 1)
        return make_str(bytes ? [&] {
        for (const Value& piece : pieces)
            if (self_str(piece)->size) return self_str(piece)->view();
        return std::string_view();
    }() : std::string_view());
    Ref<Str> made = make_str_raw(bytes, code_points);
    char* to = made->data();
    for (const Value& piece : pieces) {
        const Str* text = self_str(piece);
        std::memcpy(to, text->data(), text->size);
        to += text->size;
    }
    return made;
}

bool str_append(Value& left, const Value& right) {
    Str* a = self_str(left);
    const Str* b = self_str(right);
    const uint64_t bytes = static_cast<uint64_t>(a->size) + b->size;
    const size_t old_block = sizeof(Str) + a->size;
    const size_t new_block = sizeof(Str) + bytes;
    const bool growable = a->refs == 1 && a->Object::type == Str::type &&
                          !(a->flags & (kInterned | kHasWeakrefs)) && bytes <= UINT32_MAX &&
                          old_block > base::kPoolLimit && a != b;
    if (!growable) {
        Ref<Str> joined = str_concat(a, b);
        if (!joined) return false;
        left = Value(std::move(joined));
        return true;
    }
    // Blocks beyond the pool's limit are malloc's: realloc grows in place or moves pages.
    auto* grown = static_cast<Str*>(base::counted_reallocate(a, new_block));
    (void)left.detach();
    std::memcpy(grown->data() + grown->size, b->data(), b->size);
    grown->size = static_cast<uint32_t>(bytes);
    grown->length += b->length;
    grown->hash = 0;
    left = Value::take(grown);
    return true;
}

namespace {

Value wrong_item(size_t position, const Value& item) {
    return raise(errors::TypeError,
                 base::cat("sequence item ", position, ": expected str instance, ", type_name(item),
                           " found"));
}

// The texts of `items` with `separator` between them, all of them str.
Ref<Str> join_texts(const Str* separator, std::span<const Value> items) {
    uint64_t bytes = static_cast<uint64_t>(separator->size) * (items.size() - 1);
    uint64_t code_points = static_cast<uint64_t>(separator->length) * (items.size() - 1);
    for (size_t i = 0; i < items.size(); ++i) {
        const Str* text = as<Str>(items[i]);
        if (!text) return wrong_item(i, items[i]), Ref<Str>();
        bytes += text->size;
        code_points += text->length;
    }
    if (bytes > UINT32_MAX) return raise(errors::MemoryError, ""), Ref<Str>();
    if (bytes == 0) return make_str("");
    Ref<Str> made = make_str_raw(bytes, code_points);
    char* to = made->data();
    for (size_t i = 0; i < items.size(); ++i) {
        if (i && separator->size) {
            std::memcpy(to, separator->data(), separator->size);
            to += separator->size;
        }
        const Str* text = self_str(items[i]);
        std::memcpy(to, text->data(), text->size);
        to += text->size;
    }
    return made;
}

}  // namespace

Ref<Str> str_join(const Str* separator, std::span<const Value> items) {
    if (items.empty()) return make_str("");
    if (items.size() == 1 && is_exact<Str>(items[0])) return Ref<Str>::share(self_str(items[0]));
    return join_texts(separator, items);
}

// ---- building ---------------------------------------------------------------------------------

namespace {

constexpr size_t kSpareBuffers = 16;
constexpr size_t kLargestSpare = 4096;
std::string g_spare[kSpareBuffers];
size_t g_spare_count = 0;

}  // namespace

StrBuilder::StrBuilder() {
    if (g_spare_count) text_.swap(g_spare[--g_spare_count]);
}
StrBuilder::~StrBuilder() {
    if (g_spare_count == kSpareBuffers || text_.capacity() > kLargestSpare) return;
    text_.clear();
    g_spare[g_spare_count++].swap(text_);
}

bool StrBuilder::add_str(const Value& value) {
    if (is_exact<Str>(value)) return add(self_str(value)->view()), true;
    if (value.is_small()) {
        char digits[24];
        return add(small_text(value.small(), digits)), true;
    }
    const Ref<Str> text = str(value);
    if (text) add(text->view());
    return static_cast<bool>(text);
}
bool StrBuilder::add_repr(const Value& value) {
    if (value.is_small()) return add_str(value);
    const Ref<Str> text = repr(value);
    if (text) add(text->view());
    return static_cast<bool>(text);
}

// Two digits at a time, from the end.
std::string_view small_text(int64_t number, char (&digits)[24]) {
    static constexpr char kPairs[] =
        "000102030405060708091011121314151617181920212223242526272829303132333435363738394041424344"
        "45"
        "464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990"
        "91"
        "9293949596979899";
    char* at = digits + 24;
    uint64_t rest = number < 0 ? 0 - static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
    while (rest >= 100) {
        at -= 2;
        std::memcpy(at, kPairs + rest % 100 * 2, 2);
        rest /= 100;
    }
    if (rest >= 10) {
        at -= 2;
        std::memcpy(at, kPairs + rest * 2, 2);
    } else {
        *--at = static_cast<char>('0' + rest);
    }
    if (number < 0) *--at = '-';
    return {at, static_cast<size_t>(digits + 24 - at)};
}

Ref<Str> small_str(int64_t number) {
    char digits[24];
    const std::string_view text = small_text(number, digits);
    return text.size() == 1 ? make_str(text) : make_str_sized(text, text.size());
}

}  // namespace loopglass::value
