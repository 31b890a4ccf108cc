// str: isalpha and its relatives.
#include "runtime/value/str.hpp"

#include "runtime/value/protocol.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

namespace {

// Does every character pass, and is there one?
template <bool (*Test)(uint32_t)>
Value every(const Value* a) {
    const Str* text = self_str(a[0]);
    const char* at = text->data();
    const char* end = at + text->size;
    while (at < end)
        if (!Test(next_code_point(at))) return boolean(false);
    return boolean(text->size != 0);
}

bool is_alphanumeric(uint32_t c) {
    return is_alpha(c) || is_numeric(c);
}

// No cased character of the other kinds, and one of this kind.
template <bool (*Wanted)(uint32_t)>
Value one_case(const Value* a) {
    const Str* text = self_str(a[0]);
    const char* at = text->data();
    const char* end = at + text->size;
    bool seen = false;
    while (at < end) {
        const uint32_t c = next_code_point(at);
        if (Wanted(c))
            seen = true;
        else if (is_cased(c))
            return boolean(false);
    }
    return boolean(seen);
}

Value str_istitle(const Value* a) {
    const Str* text = self_str(a[0]);
    const char* at = text->data();
    const char* end = at + text->size;
    bool seen = false, in_word = false;
    while (at < end) {
        const uint32_t c = next_code_point(at);
        const bool starts = is_upper(c) || is_title(c);
        if (starts ? in_word : is_lower(c) && !in_word) return boolean(false);
        in_word = starts || is_lower(c);
        seen |= in_word;
    }
    return boolean(seen);
}

Value str_isprintable(const Value* a) {
    const Str* text = self_str(a[0]);
    return text->size == 0 ? boolean(true) : every<is_printable>(a);
}
Value str_isascii(const Value* a) {
    return boolean(self_str(a[0])->ascii());
}

Value str_isidentifier(const Value* a) {
    const Str* text = self_str(a[0]);
    const char* at = text->data();
    const char* end = at + text->size;
    if (at == end || !is_identifier_start(next_code_point(at))) return boolean(false);
    while (at < end)
        if (!is_identifier_part(next_code_point(at))) return boolean(false);
    return boolean(true);
}

constexpr NativeMethod kMethods[] = {
    {"isalpha", every<is_alpha>},     {"isalnum", every<is_alphanumeric>},
    {"isdecimal", every<is_decimal>}, {"isdigit", every<is_digit>},
    {"isnumeric", every<is_numeric>}, {"isspace", every<is_space>},
    {"islower", one_case<is_lower>},  {"isupper", one_case<is_upper>},
    {"istitle", str_istitle},         {"isprintable", str_isprintable},
    {"isascii", str_isascii},         {"isidentifier", str_isidentifier},
};

}  // namespace

const std::span<const NativeMethod> kStrTestMethods = kMethods;

}  // namespace loopglass::value
