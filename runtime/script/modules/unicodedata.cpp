// unicodedata: what utf8proc knows of characters, and our own tables of names and values.
#include <utf8proc.h>

#include <cstdlib>

#include "runtime/base/text.hpp"
#include "runtime/script/character_names.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/script/syntax/characters.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

// The one character of an argument; false: pending.
bool character(const Value& value, const char* function, uint32_t& out) {
    const Str* text = as<Str>(value);
    if (!text || text->length != 1) {
        const std::string given = type_name(value);
        return raise(errors::TypeError,
                     cat(function, "() argument must be a unicode character, not ", given)),
               false;
    }
    const char* at = text->data();
    out = next_code_point(at);
    return true;
}

Value category(const Value* a) {
    uint32_t c;
    if (!character(a[0], "category", c)) return {};
    return make_str(utf8proc_category_string(static_cast<utf8proc_int32_t>(c)));
}
Value combining(const Value* a) {
    uint32_t c;
    if (!character(a[0], "combining", c)) return {};
    return make_int(utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->combining_class);
}

// The value of a digit, the fallback, or a ValueError.
Value digit_value(const Value* a, const char* function, bool as_float) {
    uint32_t c;
    if (!character(a[0], function, c)) return {};
    const int value = decimal_value(c);
    const bool decimal = std::string_view(function) == "decimal";
    const auto numeric = value >= 0 || decimal ? std::nullopt : numeric_character(c);
    if (numeric && as_float) return make_float(numeric->value);
    if (numeric && numeric->digit >= 0) return Value::small(numeric->digit);
    if (value >= 0) return as_float ? make_float(value) : Value::small(value);
    if (a[1]) return a[1];
    return raise(errors::ValueError, cat("not a ", as_float ? "numeric character" : function));
}
Value decimal(const Value* a) {
    return digit_value(a, "decimal", false);
}
Value digit(const Value* a) {
    return digit_value(a, "digit", false);
}
Value numeric(const Value* a) {
    return digit_value(a, "numeric", true);
}

// The text in a normal form; false: pending.
bool normal_form(const Value& form, const Value& text, std::string& out) {
    const Str* name = as<Str>(form);
    const Str* given = as<Str>(text);
    if (!name || !given)
        return raise(errors::TypeError, cat("normalize() argument ", name ? 2 : 1,
                                            " must be str, not ", type_name(name ? text : form))),
               false;
    int options = UTF8PROC_STABLE;
    const std::string_view wanted = name->view();
    if (wanted != "NFC" && wanted != "NFD" && wanted != "NFKC" && wanted != "NFKD")
        return raise(errors::ValueError, "invalid normalization form"), false;
    options |= wanted.ends_with('C') ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE;
    if (wanted.size() == 4) options |= UTF8PROC_COMPAT;
    utf8proc_uint8_t* made = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(given->data()),
                                   static_cast<utf8proc_ssize_t>(given->size), &made,
                                   static_cast<utf8proc_option_t>(options));
    if (size < 0)
        out = given->view();  // lone surrogates have no normal form
    else
        out.assign(reinterpret_cast<const char*>(made), static_cast<size_t>(size));
    std::free(made);
    return true;
}
Value normalize(const Value* a) {
    std::string out;
    return normal_form(a[0], a[1], out) ? Value(make_str(out)) : Value();
}
Value is_normalized(const Value* a) {
    std::string out;
    return normal_form(a[0], a[1], out) ? boolean(out == cast<Str>(a[1])->view()) : Value();
}

Value name(const Value* a) {
    uint32_t c;
    if (!character(a[0], "name", c)) return {};
    const std::string found = character_name(c);
    if (!found.empty()) return make_str(found);
    return a[1] ? a[1] : raise(errors::ValueError, "no such name");
}
Value lookup(const Value* a) {
    const Str* text = as<Str>(a[0]);
    if (!text)
        return raise(errors::TypeError,
                     cat("lookup() argument must be str, not ", type_name(a[0])));
    const auto code = character_called(text->view());
    if (!code)
        return raise_key_error(make_str(cat("undefined character name '", text->view(), "'")));
    std::string out;
    append_utf8(out, *code);
    return make_str(out);
}
Value width(const Value* a) {
    uint32_t c;
    return character(a[0], "east_asian_width", c) ? Value(make_str(east_asian_width(c))) : Value();
}
Value mirrored(const Value* a) {
    uint32_t c;
    if (!character(a[0], "mirrored", c)) return {};
    return Value::small(utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->bidi_mirrored);
}
Value bidirectional(const Value* a) {
    static constexpr const char* kClasses[] = {
        "",   "L",  "LRE", "LRO", "R", "AL", "RLE", "RLO", "PDF", "EN",  "ES",  "ET",
        "AN", "CS", "NSM", "BN",  "B", "S",  "WS",  "ON",  "LRI", "RLI", "FSI", "PDI"};
    uint32_t c;
    if (!character(a[0], "bidirectional", c)) return {};
    return make_str(kClasses[utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->bidi_class]);
}

constexpr NativeMethod kFunctions[] = {
    {"name", name, "(chr, default=None, /)", MethodKind::Function},
    {"lookup", lookup, "(name, /)", MethodKind::Function},
    {"east_asian_width", width, "(chr, /)", MethodKind::Function},
    {"mirrored", mirrored, "(chr, /)", MethodKind::Function},
    {"bidirectional", bidirectional, "(chr, /)", MethodKind::Function},
    {"category", category, "(chr, /)", MethodKind::Function},
    {"combining", combining, "(chr, /)", MethodKind::Function},
    {"decimal", decimal, "(chr, default=None, /)", MethodKind::Function},
    {"digit", digit, "(chr, default=None, /)", MethodKind::Function},
    {"numeric", numeric, "(chr, default=None, /)", MethodKind::Function},
    {"normalize", normalize, "(form, unistr, /)", MethodKind::Function},
    {"is_normalized", is_normalized, "(form, unistr, /)", MethodKind::Function},
};

}  // namespace

Value make_module_unicodedata() {
    Value module = make_native_module("unicodedata", kFunctions);
    module_set(module, "unidata_version", make_str("15.1.0"));
    return module;
}

}  // namespace loopglass::script
