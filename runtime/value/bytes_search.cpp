// bytes and bytearray: searching, splitting, joining, replacing.
#include "runtime/base/text.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text_search.hpp"

namespace loopglass::value {

using base::cat;

namespace {

// What find and count look for: bytes, or one byte as an int.
struct Needle {
    std::string_view bytes;
    char single = 0;

    bool read(const Value& value) {
        if (bytes_view(value, bytes)) return true;
        if (!is_int(value) && !value.type()->slots.index)
            return raise(errors::TypeError,
                         cat("argument should be integer or bytes-like object, not '",
                             type_name(value), "'")),
                   false;
        unsigned char byte;
        if (!byte_argument(value, byte)) return false;
        single = static_cast<char>(byte);
        bytes = {&single, 1};
        return true;
    }
};

// self[start:end]; `from` is where it begins; false in `valid` if start is behind end.
bool window(const Value* a, std::string_view& out, size_t& from, bool& valid) {
    const std::string_view bytes = own_bytes(a[0]);
    size_t to;
    if (!bounds(a[2], a[3], bytes.size(), from, to)) return false;
    valid = from <= to;
    out = valid ? bytes.substr(from, to - from) : std::string_view();
    return true;
}

// -1: not found, -2: pending.
int64_t find(const Value* a, bool from_right) {
    Needle needle;
    std::string_view bytes;
    size_t from;
    bool valid;
    if (!needle.read(a[1]) || !window(a, bytes, from, valid)) return -2;
    if (!valid) return -1;
    const size_t found = from_right ? bytes.rfind(needle.bytes) : bytes.find(needle.bytes);
    return found == std::string_view::npos ? -1 : static_cast<int64_t>(from + found);
}
Value found_or_minus_one(int64_t index) {
    return index == -2 ? Value() : Value::small(index);
}
Value found_or_raise(int64_t index) {
    if (index == -2) return {};
    return index < 0 ? raise(errors::ValueError, "subsection not found") : Value::small(index);
}
Value bytes_find(const Value* a) {
    return found_or_minus_one(find(a, false));
}
Value bytes_rfind(const Value* a) {
    return found_or_minus_one(find(a, true));
}
Value bytes_index(const Value* a) {
    return found_or_raise(find(a, false));
}
Value bytes_rindex(const Value* a) {
    return found_or_raise(find(a, true));
}
Value bytes_count(const Value* a) {
    Needle needle;
    std::string_view bytes;
    size_t from;
    bool valid;
    if (!needle.read(a[1]) || !window(a, bytes, from, valid)) return {};
    if (!valid) return Value::small(0);
    return make_int(static_cast<int64_t>(needle.bytes.empty() ? bytes.size() + 1
                                                              : count_in(bytes, needle.bytes)));
}

Value test_affix(const Value* a, const char* name, bool at_start) {
    const auto* choices = as<Tuple>(a[1]);
    std::string_view affix, bytes;
    size_t from;
    bool valid;
    if (!choices && !bytes_view(a[1], affix))
        return raise(errors::TypeError, cat(name, " first arg must be bytes or a tuple of bytes, ",
                                            "not ", type_name(a[1])));
    if (!window(a, bytes, from, valid)) return {};
    const auto matches = [&] {
        return valid && (at_start ? bytes.starts_with(affix) : bytes.ends_with(affix));
    };
    if (!choices) return boolean(matches());
    for (uint32_t i = 0; i < choices->size; ++i) {
        if (!bytes_argument((*choices)[i], affix)) return {};
        if (matches()) return boolean(true);
    }
    return boolean(false);
}
Value bytes_startswith(const Value* a) {
    return test_affix(a, "startswith", true);
}
Value bytes_endswith(const Value* a) {
    return test_affix(a, "endswith", false);
}
Value bytes_removeprefix(const Value* a) {
    std::string_view affix, bytes = own_bytes(a[0]);
    if (!bytes_argument(a[1], affix)) return {};
    return bytes_like(a[0], bytes.starts_with(affix) ? bytes.substr(affix.size()) : bytes);
}
Value bytes_removesuffix(const Value* a) {
    std::string_view affix, bytes = own_bytes(a[0]);
    if (!bytes_argument(a[1], affix)) return {};
    return bytes_like(
        a[0], bytes.ends_with(affix) ? bytes.substr(0, bytes.size() - affix.size()) : bytes);
}

Value bytes_replace(const Value* a) {
    std::string_view from, to;
    int64_t limit;
    if (!bytes_argument(a[1], from) || !bytes_argument(a[2], to)) return {};
    if (!size_argument(a[3], -1, limit)) return {};
    return bytes_like(a[0], replace_in(own_bytes(a[0]), from, to, limit, false));
}

Value list_of(const Value& self, const Pieces& pieces) {
    std::vector<Value> items;
    for (const std::string_view piece : pieces) items.push_back(bytes_like(self, piece));
    return make_list(std::move(items));
}

Value split(const Value* a, bool from_right) {
    const std::string_view bytes = own_bytes(a[0]);
    int64_t limit;
    if (!size_argument(a[2], -1, limit)) return {};
    if (!a[1] || is_none(a[1]))
        return list_of(a[0], from_right ? split_on_space_from_right(bytes, limit, false)
                                        : split_on_space(bytes, limit, false));
    std::string_view separator;
    if (!bytes_argument(a[1], separator)) return {};
    if (separator.empty()) return raise(errors::ValueError, "empty separator");
    return list_of(a[0], from_right ? split_on_from_right(bytes, separator, limit)
                                    : split_on(bytes, separator, limit));
}
Value bytes_split(const Value* a) {
    return split(a, false);
}
Value bytes_rsplit(const Value* a) {
    return split(a, true);
}
Value bytes_splitlines(const Value* a) {
    const int keep = a[1] ? truth(a[1]) : 0;
    if (keep < 0) return {};
    return list_of(a[0], split_lines(own_bytes(a[0]), keep, false));
}

Value partition(const Value* a, bool from_right) {
    std::string_view separator;
    if (!bytes_argument(a[1], separator)) return {};
    if (separator.empty()) return raise(errors::ValueError, "empty separator");
    const std::string_view bytes = own_bytes(a[0]);
    const size_t at = from_right ? bytes.rfind(separator) : bytes.find(separator);
    const Value empty = bytes_like(a[0], {});
    if (at == std::string_view::npos) {
        const Value whole = bytes_like(a[0], bytes);
        return from_right ? make_tuple({empty, bytes_like(a[0], {}), whole})
                          : make_tuple({whole, empty, bytes_like(a[0], {})});
    }
    return make_tuple({bytes_like(a[0], bytes.substr(0, at)), bytes_like(a[0], separator),
                       bytes_like(a[0], bytes.substr(at + separator.size()))});
}
Value bytes_partition(const Value* a) {
    return partition(a, false);
}
Value bytes_rpartition(const Value* a) {
    return partition(a, true);
}

Value bytes_join(const Value* a) {
    const Slots& slots = a[1].type()->slots;
    if (!slots.iter && !slots.get_item)
        return raise(errors::TypeError, "can only join an iterable");
    const Ref<Tuple> items = tuple_from(a[1]);
    if (!items) return {};
    std::string out;
    for (uint32_t i = 0; i < items->size; ++i) {
        std::string_view piece;
        if (!bytes_view((*items)[i], piece))
            return raise(errors::TypeError,
                         cat("sequence item ", i, ": expected a bytes-like object, ",
                             type_name((*items)[i]), " found"));
        if (i) out += own_bytes(a[0]);
        out += piece;
    }
    return bytes_like(a[0], out);
}

Value strip(const Value* a, bool left, bool right) {
    std::string_view characters = " \t\n\r\v\f", bytes = own_bytes(a[0]);
    if (a[1] && !is_none(a[1]) && !bytes_argument(a[1], characters)) return {};
    const auto stripped = [&](char c) { return characters.find(c) != std::string_view::npos; };
    while (left && !bytes.empty() && stripped(bytes.front())) bytes.remove_prefix(1);
    while (right && !bytes.empty() && stripped(bytes.back())) bytes.remove_suffix(1);
    if (bytes.size() == own_bytes(a[0]).size() && is_exact<Bytes>(a[0])) return a[0];
    return bytes_like(a[0], bytes);
}
Value bytes_strip(const Value* a) {
    return strip(a, true, true);
}
Value bytes_lstrip(const Value* a) {
    return strip(a, true, false);
}
Value bytes_rstrip(const Value* a) {
    return strip(a, false, true);
}

constexpr const char* kFindSignature = "(self, sub, start=None, end=None, /)";
constexpr NativeMethod kMethods[] = {
    {"find", bytes_find, kFindSignature},
    {"rfind", bytes_rfind, kFindSignature},
    {"index", bytes_index, kFindSignature},
    {"rindex", bytes_rindex, kFindSignature},
    {"count", bytes_count, kFindSignature},
    {"startswith", bytes_startswith, "(self, prefix, start=None, end=None, /)"},
    {"endswith", bytes_endswith, "(self, suffix, start=None, end=None, /)"},
    {"removeprefix", bytes_removeprefix, "(self, prefix, /)"},
    {"removesuffix", bytes_removesuffix, "(self, suffix, /)"},
    {"replace", bytes_replace, "(self, old, new, count=-1, /)"},
    {"split", bytes_split, "(self, /, sep=None, maxsplit=-1)"},
    {"rsplit", bytes_rsplit, "(self, /, sep=None, maxsplit=-1)"},
    {"splitlines", bytes_splitlines, "(self, /, keepends=False)"},
    {"partition", bytes_partition, "(self, sep, /)"},
    {"rpartition", bytes_rpartition, "(self, sep, /)"},
    {"join", bytes_join, "(self, iterable_of_bytes, /)"},
    {"strip", bytes_strip, "(self, bytes=None, /)"},
    {"lstrip", bytes_lstrip, "(self, bytes=None, /)"},
    {"rstrip", bytes_rstrip, "(self, bytes=None, /)"},
};

}  // namespace

const std::span<const NativeMethod> kBytesSearchMethods = kMethods;

}  // namespace loopglass::value
