// str: find, index, count, startswith and their relatives, replace, partition.
#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"
#include "runtime/value/text_search.hpp"

namespace loopglass::value {

using base::cat;

Str* str_argument(const Value& value, const char* method, int position) {
    if (Str* text = as<Str>(value)) return text;
    if (position == 0)
        raise(errors::TypeError, cat(method, "() argument must be str, not ", type_name(value)));
    else
        raise(errors::TypeError,
              cat(method, "() argument ", position, " must be str, not ", type_name(value)));
    return nullptr;
}

bool size_argument(const Value& value, int64_t fallback, int64_t& out) {
    if (value) return to_index(value, out);
    out = fallback;
    return true;
}

bool repeat_count(const Value& value, int64_t& out) {
    if (to_index(value, out)) return true;
    if (!clear_raised_if(errors::OverflowError)) return false;
    return raise(errors::OverflowError,
                 cat("cannot fit '", type_name(value), "' into an index-sized integer")),
           false;
}

namespace {

bool clamp_bound(const Value& value, size_t length, size_t& out) {
    if (!value || is_none(value)) return true;
    if (!value.is_small() && !value.type()->slots.index)
        return raise(errors::TypeError,
                     "slice indices must be integers or None or have an __index__ method"),
               false;
    int64_t index;
    if (!to_index_clamped(value, index)) return false;
    const auto size = static_cast<int64_t>(length);
    if (index < 0) index += size;
    out = static_cast<size_t>(index < 0 ? 0 : index > size ? size : index);
    // A start behind the end stays so: nothing is found there, not even the empty text.
    if (index > size) out = length + 1;
    return true;
}

}  // namespace

bool bounds(const Value& start, const Value& end, size_t length, size_t& from, size_t& to) {
    from = 0;
    to = length;
    if (!clamp_bound(start, length, from) || !clamp_bound(end, length, to)) return false;
    if (to > length) to = length;
    return true;
}

namespace {

// Where text[start:end] lies; false in `valid` if start is behind end.
struct Window {
    std::string_view text;
    size_t from = 0;  // code points before it
    bool valid = false;
};

bool window(const Value* a, Window& out) {
    const Str* text = self_str(a[0]);
    size_t from, to;
    if (!bounds(a[2], a[3], text->length, from, to)) return false;
    out.from = from;
    out.valid = from <= to;
    if (out.valid) {
        out.text = code_point_slice(text->view(), text->ascii(), from, to);
        if (from == to) out.text = {};
    }
    return true;
}

// Index in code points, -1 if not found, -2: pending.
int64_t find(const Value* a, const char* name, bool from_right) {
    const Str* needle = str_argument(a[1], name, 1);
    Window where;
    if (!needle || !window(a, where)) return -2;
    if (!where.valid) return -1;
    const size_t found =
        from_right ? where.text.rfind(needle->view()) : where.text.find(needle->view());
    if (found == std::string_view::npos) return -1;
    const size_t before =
        self_str(a[0])->ascii() ? found : count_code_points(where.text.substr(0, found));
    return static_cast<int64_t>(where.from + before);
}

Value found_or_minus_one(int64_t index) {
    return index == -2 ? Value() : Value::small(index);
}
Value found_or_raise(int64_t index) {
    if (index == -2) return {};
    return index < 0 ? raise(errors::ValueError, "substring not found") : Value::small(index);
}
Value str_find(const Value* a) {
    return found_or_minus_one(find(a, "find", false));
}
Value str_rfind(const Value* a) {
    return found_or_minus_one(find(a, "rfind", true));
}
Value str_index(const Value* a) {
    return found_or_raise(find(a, "index", false));
}
Value str_rindex(const Value* a) {
    return found_or_raise(find(a, "rindex", true));
}

Value str_count(const Value* a) {
    const Str* needle = str_argument(a[1], "count", 1);
    Window where;
    if (!needle || !window(a, where)) return {};
    if (!where.valid) return Value::small(0);
    if (needle->size == 0) return make_int(static_cast<int64_t>(count_code_points(where.text) + 1));
    return make_int(static_cast<int64_t>(count_in(where.text, needle->view())));
}

bool matches_end(std::string_view text, std::string_view affix, bool at_start) {
    return at_start ? text.starts_with(affix) : text.ends_with(affix);
}

Value test_affix(const Value* a, const char* name, bool at_start) {
    const auto* choices = as<Tuple>(a[1]);
    if (!choices && !is<Str>(a[1]))
        return raise(errors::TypeError,
                     cat(name, " first arg must be str or a tuple of str, not ", type_name(a[1])));
    Window where;
    if (!window(a, where)) return {};
    if (!choices)
        return boolean(where.valid && matches_end(where.text, self_str(a[1])->view(), at_start));
    for (uint32_t i = 0; i < choices->size; ++i) {
        const Str* affix = as<Str>((*choices)[i]);
        if (!affix)
            return raise(errors::TypeError, cat("tuple for ", name, " must only contain str, not ",
                                                type_name((*choices)[i])));
        if (where.valid && matches_end(where.text, affix->view(), at_start)) return boolean(true);
    }
    return boolean(false);
}
Value str_startswith(const Value* a) {
    return test_affix(a, "startswith", true);
}
Value str_endswith(const Value* a) {
    return test_affix(a, "endswith", false);
}

Value unchanged(const Value& self) {
    return is_exact<Str>(self) ? self : Value(make_str(self_str(self)->view()));
}
Value str_removeprefix(const Value* a) {
    const Str* affix = str_argument(a[1], "removeprefix", 0);
    if (!affix) return {};
    const Str* text = self_str(a[0]);
    if (!text->view().starts_with(affix->view())) return unchanged(a[0]);
    return make_part(text, text->view().substr(affix->size));
}
Value str_removesuffix(const Value* a) {
    const Str* affix = str_argument(a[1], "removesuffix", 0);
    if (!affix) return {};
    const Str* text = self_str(a[0]);
    if (!text->view().ends_with(affix->view())) return unchanged(a[0]);
    return make_part(text, text->view().substr(0, text->size - affix->size));
}

Value str_replace(const Value* a) {
    const Str* from = str_argument(a[1], "replace", 1);
    const Str* to = from ? str_argument(a[2], "replace", 2) : nullptr;
    int64_t limit;
    if (!to || !size_argument(a[3], -1, limit)) return {};
    const Str* text = self_str(a[0]);
    if (limit == 0 || (from->size && text->view().find(from->view()) == std::string_view::npos))
        return unchanged(a[0]);
    return make_str(replace_in(text->view(), from->view(), to->view(), limit, true));
}

Value partition(const Value* a, bool from_right) {
    const Str* separator = as<Str>(a[1]);
    if (!separator) return raise(errors::TypeError, cat("must be str, not ", type_name(a[1])));
    if (separator->size == 0) return raise(errors::ValueError, "empty separator");
    const Str* text = self_str(a[0]);
    const size_t at =
        from_right ? text->view().rfind(separator->view()) : text->view().find(separator->view());
    if (at == std::string_view::npos) {
        if (from_right) return make_tuple({make_str(""), make_str(""), unchanged(a[0])});
        return make_tuple({unchanged(a[0]), make_str(""), make_str("")});
    }
    return make_tuple({make_part(text, text->view().substr(0, at)), a[1],
                       make_part(text, text->view().substr(at + separator->size))});
}
Value str_partition(const Value* a) {
    return partition(a, false);
}
Value str_rpartition(const Value* a) {
    return partition(a, true);
}

constexpr const char* kFindSignature = "(self, sub, start=None, end=None, /)";
constexpr NativeMethod kMethods[] = {
    {"find", str_find, kFindSignature},
    {"rfind", str_rfind, kFindSignature},
    {"index", str_index, kFindSignature},
    {"rindex", str_rindex, kFindSignature},
    {"count", str_count, kFindSignature},
    {"startswith", str_startswith, "(self, prefix, start=None, end=None, /)"},
    {"endswith", str_endswith, "(self, suffix, start=None, end=None, /)"},
    {"removeprefix", str_removeprefix, "(self, prefix, /)"},
    {"removesuffix", str_removesuffix, "(self, suffix, /)"},
    {"replace", str_replace, "(self, old, new, /, count=-1)"},
    {"partition", str_partition, "(self, sep, /)"},
    {"rpartition", str_rpartition, "(self, sep, /)"},
};

}  // namespace

const std::span<const NativeMethod> kStrSearchMethods = kMethods;

}  // namespace loopglass::value
