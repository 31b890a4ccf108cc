// str: letter case and padding.
#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"
#include "runtime/value/text_search.hpp"

namespace loopglass::value {

using base::cat;

namespace {

Value str_upper(const Value* a) {
    return make_str(to_upper(self_str(a[0])->view()));
}
Value str_lower(const Value* a) {
    return make_str(to_lower(self_str(a[0])->view()));
}
Value str_title(const Value* a) {
    return make_str(to_title(self_str(a[0])->view()));
}
Value str_capitalize(const Value* a) {
    return make_str(to_capitalized(self_str(a[0])->view()));
}
Value str_swapcase(const Value* a) {
    return make_str(to_swapped_case(self_str(a[0])->view()));
}
Value str_casefold(const Value* a) {
    return make_str(to_casefold(self_str(a[0])->view()));
}

Value padded(const Value& self, int64_t left, int64_t right, std::string_view fill) {
    const Str* text = self_str(self);
    if (left <= 0 && right <= 0) return is_exact<Str>(self) ? self : make_str(text->view());
    if (left > INT32_MAX || right > INT32_MAX) return raise(errors::MemoryError, "");
    std::string out;
    out.reserve(static_cast<size_t>(left + right) * fill.size() + text->size);
    for (int64_t i = 0; i < left; ++i) out += fill;
    out += text->view();
    for (int64_t i = 0; i < right; ++i) out += fill;
    return make_str(out);
}

// Width and fill character; false: pending.
bool pad_arguments(const Value* a, int64_t& missing, std::string_view& fill) {
    int64_t width;
    if (!to_index(a[1], width)) return false;
    fill = " ";
    if (a[2]) {
        const Str* character = as<Str>(a[2]);
        if (!character)
            return raise(errors::TypeError,
                         cat("The fill character must be a unicode character, not ",
                             type_name(a[2]))),
                   false;
        if (character->length != 1)
            return raise(errors::TypeError,
                         "The fill character must be exactly one character long"),
                   false;
        fill = character->view();
    }
    missing = width - static_cast<int64_t>(self_str(a[0])->length);
    if (missing < 0) missing = 0;
    return true;
}
Value str_ljust(const Value* a) {
    int64_t missing;
    std::string_view fill;
    return pad_arguments(a, missing, fill) ? padded(a[0], 0, missing, fill) : Value();
}
Value str_rjust(const Value* a) {
    int64_t missing;
    std::string_view fill;
    return pad_arguments(a, missing, fill) ? padded(a[0], missing, 0, fill) : Value();
}
Value str_center(const Value* a) {
    int64_t missing;
    std::string_view fill;
    if (!pad_arguments(a, missing, fill)) return {};
    const int64_t width = missing + static_cast<int64_t>(self_str(a[0])->length);
    const int64_t left = missing / 2 + (missing & width & 1);
    return padded(a[0], left, missing - left, fill);
}
Value str_zfill(const Value* a) {
    int64_t width;
    if (!to_index(a[1], width)) return {};
    const Str* text = self_str(a[0]);
    const int64_t missing = width - static_cast<int64_t>(text->length);
    const bool has_sign = text->size && (text->data()[0] == '+' || text->data()[0] == '-');
    if (missing <= 0 || !has_sign) return padded(a[0], missing, 0, "0");
    const Value rest = make_part(text, text->view().substr(1));
    const Value zeros = padded(rest, missing, 0, "0");
    if (!zeros) return {};
    return str_concat(make_str(text->view().substr(0, 1)).get(), self_str(zeros));
}

Value str_expandtabs(const Value* a) {
    int64_t size;
    if (!size_argument(a[1], 8, size)) return {};
    return make_str(expand_tabs(self_str(a[0])->view(), size));
}

constexpr NativeMethod kMethods[] = {
    {"upper", str_upper},
    {"lower", str_lower},
    {"title", str_title},
    {"capitalize", str_capitalize},
    {"swapcase", str_swapcase},
    {"casefold", str_casefold},
    {"ljust", str_ljust, "(self, width, fillchar=' ', /)"},
    {"rjust", str_rjust, "(self, width, fillchar=' ', /)"},
    {"center", str_center, "(self, width, fillchar=' ', /)"},
    {"zfill", str_zfill, "(self, width, /)"},
    {"expandtabs", str_expandtabs, "(self, /, tabsize=8)"},
};

}  // namespace

const std::span<const NativeMethod> kStrLayoutMethods = kMethods;

}  // namespace loopglass::value
