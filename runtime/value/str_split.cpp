// str: split, rsplit, splitlines, join, strip.
#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"
#include "runtime/value/text_search.hpp"

namespace loopglass::value {

using base::cat;

namespace {

Value list_of(const Str* whole, const Pieces& pieces) {
    std::vector<Value> items;
    items.reserve(pieces.size());
    for (const std::string_view piece : pieces) items.emplace_back(make_part(whole, piece));
    return make_list(std::move(items));
}

Value split(const Value* a, bool from_right) {
    const Str* text = self_str(a[0]);
    int64_t limit;
    if (!size_argument(a[2], -1, limit)) return {};
    if (!a[1] || is_none(a[1]))
        return list_of(text, from_right ? split_on_space_from_right(text->view(), limit, true)
                                        : split_on_space(text->view(), limit, true));
    const Str* separator = as<Str>(a[1]);
    if (!separator)
        return raise(errors::TypeError, cat("must be str or None, not ", type_name(a[1])));
    if (separator->size == 0) return raise(errors::ValueError, "empty separator");
    return list_of(text, from_right ? split_on_from_right(text->view(), separator->view(), limit)
                                    : split_on(text->view(), separator->view(), limit));
}
Value str_split(const Value* a) {
    return split(a, false);
}
Value str_rsplit(const Value* a) {
    return split(a, true);
}

Value str_splitlines(const Value* a) {
    const int keep = a[1] ? truth(a[1]) : 0;
    if (keep < 0) return {};
    return list_of(self_str(a[0]), split_lines(self_str(a[0])->view(), keep, true));
}

Value str_join_method(const Value* a) {
    const Str* separator = self_str(a[0]);
    if (is_exact<List>(a[1])) return str_join(separator, cast<List>(a[1])->items);
    if (!is_exact<Tuple>(a[1]) && !a[1].type()->slots.iter && !a[1].type()->slots.get_item)
        return raise(errors::TypeError, "can only join an iterable");
    const Ref<Tuple> items = tuple_from(a[1]);
    if (!items) return {};
    return str_join(separator, {items->items(), items->size});
}

bool is_stripped(uint32_t c, const Str* characters) {
    if (!characters) return is_space(c);
    const char* at = characters->data();
    const char* end = at + characters->size;
    while (at < end)
        if (next_code_point(at) == c) return true;
    return false;
}

Value strip(const Value* a, const char* name, bool left, bool right) {
    const Str* characters = nullptr;
    if (a[1] && !is_none(a[1]) && !(characters = as<Str>(a[1])))
        return raise(errors::TypeError, cat(name, " arg must be None or str"));
    const Str* text = self_str(a[0]);
    const char* first = text->data();
    const char* last = first + text->size;
    while (left && first < last) {
        const char* at = first;
        if (!is_stripped(next_code_point(at), characters)) break;
        first = at;
    }
    while (right && last > first) {
        const char* at = last;
        if (!is_stripped(previous_code_point(at), characters)) break;
        last = at;
    }
    const auto size = static_cast<size_t>(last - first);
    if (size == text->size && is_exact<Str>(a[0])) return a[0];
    return make_part(text, {first, size});
}
Value str_strip(const Value* a) {
    return strip(a, "strip", true, true);
}
Value str_lstrip(const Value* a) {
    return strip(a, "lstrip", true, false);
}
Value str_rstrip(const Value* a) {
    return strip(a, "rstrip", false, true);
}

constexpr NativeMethod kMethods[] = {
    {"split", str_split, "(self, /, sep=None, maxsplit=-1)"},
    {"rsplit", str_rsplit, "(self, /, sep=None, maxsplit=-1)"},
    {"splitlines", str_splitlines, "(self, /, keepends=False)"},
    {"join", str_join_method, "(self, iterable, /)"},
    {"strip", str_strip, "(self, chars=None, /)"},
    {"lstrip", str_lstrip, "(self, chars=None, /)"},
    {"rstrip", str_rstrip, "(self, chars=None, /)"},
};

}  // namespace

const std::span<const NativeMethod> kStrSplitMethods = kMethods;

}  // namespace loopglass::value
