// str.format and str.format_map: replacement fields, their names, nested specs. CPython:
// Objects/stringlib/unicode_format.h.
#include "runtime/base/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/format.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

namespace {

bool fail(std::string_view message) {
    return raise(errors::ValueError, message), false;
}

// Where the values come from, and how fields have been numbered so far.
struct Source {
    const Value* positional;
    size_t count;
    Value mapping;       // of keyword arguments, or format_map's
    bool is_map;         // format_map: there are no positional ones
    int64_t next = 0;    // the next automatic number
    char numbering = 0;  // 'a'utomatic, 'm'anual; 0: not decided
};

struct Field {
    std::string_view name;
    std::string_view spec;
    char32_t conversion = 0;
    bool nested = false;  // the spec has fields of its own
};

bool is_number(std::string_view text, int64_t& out) {
    if (text.empty()) return false;
    int64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        if (number > (INT64_MAX - 9) / 10) {
            out = -2;
            return true;
        }
        number = number * 10 + (c - '0');
    }
    out = number;
    return true;
}

bool choose_numbering(Source& source, char style) {
    if (source.numbering && source.numbering != style)
        return fail(style == 'a' ? "cannot switch from manual field specification to automatic "
                                   "field numbering"
                                 : "cannot switch from automatic field numbering to manual field "
                                   "specification");
    source.numbering = style;
    return true;
}

Value positional(Source& source, int64_t index) {
    if (source.is_map) return raise(errors::ValueError, "Format string contains positional fields");
    if (index < static_cast<int64_t>(source.count)) return source.positional[index];
    return raise(errors::IndexError,
                 cat("Replacement index ", index, " out of range for positional args tuple"));
}

// The first part of a field name: a number, a keyword, or nothing.
Value first_value(Source& source, std::string_view name) {
    int64_t index;
    if (name.empty()) {
        if (!choose_numbering(source, 'a')) return {};
        return positional(source, source.next++);
    }
    if (is_number(name, index)) {
        if (index == -2) return fail("Too many decimal digits in format string"), Value();
        if (!choose_numbering(source, 'm')) return {};
        return positional(source, index);
    }
    const Ref<Str> key = make_str(name);
    if (!source.mapping) return raise_key_error(key);
    return get_item(source.mapping, key);
}

// ".attribute" or "[item]" at the front of `rest`.
Value follow(const Value& value, std::string_view& rest) {
    if (rest[0] == '.') {
        const size_t end = std::min(rest.find_first_of(".[", 1), rest.size());
        const std::string_view name = rest.substr(1, end - 1);
        rest.remove_prefix(end);
        if (name.empty()) return fail("Empty attribute in format string"), Value();
        return get_attribute(value, intern(make_str(name).get()).get());
    }
    if (rest[0] != '[')
        return fail("Only '.' or '[' may follow ']' in format field specifier"), Value();
    const size_t end = rest.find(']');
    if (end == std::string_view::npos) return fail("Missing ']' in format string"), Value();
    const std::string_view key = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    if (key.empty()) return fail("Empty attribute in format string"), Value();
    int64_t index;
    if (!is_number(key, index)) return get_item(value, make_str(key));
    if (index == -2) return fail("Too many decimal digits in format string"), Value();
    return get_item(value, make_int(index));
}

Value field_value(Source& source, std::string_view name) {
    const size_t first = std::min(name.find_first_of(".["), name.size());
    std::string_view rest = name.substr(first);
    Value value = first_value(source, name.substr(0, first));
    while (value && !rest.empty()) value = follow(value, rest);
    return value;
}

// Reads a field behind its '{'; `text` moves behind its '}'.
bool parse_field(std::string_view& text, Field& out) {
    size_t at = 0;
    bool bracket = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '{') return fail("unexpected '{' in field name");
        if (c == '[') bracket = true;
        if (c == ']') bracket = false;
        if (!bracket && (c == '}' || c == ':' || c == '!')) break;
    }
    out.name = text.substr(0, at);
    if (at >= text.size()) return fail("expected '}' before end of string");
    if (text[at] == '!') {
        if (at + 1 >= text.size())
            return fail("end of string while looking for conversion specifier");
        const char* position = text.data() + at + 1;
        out.conversion = next_code_point(position);
        at = static_cast<size_t>(position - text.data());
        if (at < text.size() && text[at] != ':' && text[at] != '}')
            return fail("expected ':' after conversion specifier");
        if (at >= text.size()) return fail("unmatched '{' in format spec");
    }
    if (text[at] == '}') return text.remove_prefix(at + 1), true;
    const size_t start = ++at;
    for (int depth = 1; at < text.size(); ++at) {
        if (text[at] == '{') {
            out.nested = true;
            ++depth;
        } else if (text[at] == '}' && --depth == 0) {
            out.spec = text.substr(start, at - start);
            return text.remove_prefix(at + 1), true;
        }
    }
    return fail("unmatched '{' in format spec");
}

Value converted(const Value& value, char32_t conversion) {
    switch (conversion) {
        case 0:
            return value;
        case 'r':
            return repr(value);
        case 's':
            return str(value);
        case 'a':
            return ascii(value);
        default:
            break;
    }
    std::string shown;
    if (conversion > 32 && conversion < 127)
        shown = static_cast<char>(conversion);
    else
        append_escape(shown, conversion);
    return fail(cat("Unknown conversion specifier ", shown)), Value();
}

bool append_template(std::string_view text, Source& source, int depth, std::string& out);

bool append_field(const Field& field, Source& source, int depth, std::string& out) {
    Value value = field_value(source, field.name);
    if (!value) return false;
    value = converted(value, field.conversion);
    if (!value) return false;
    if (!field.nested) return format_append(value, field.spec, out);
    std::string spec;
    return append_template(field.spec, source, depth - 1, spec) && format_append(value, spec, out);
}

bool append_template(std::string_view text, Source& source, int depth, std::string& out) {
    if (depth < 0) return fail("Max string recursion exceeded");
    while (!text.empty()) {
        const size_t brace = text.find_first_of("{}");
        out += text.substr(0, brace);
        if (brace == std::string_view::npos) return true;
        const char c = text[brace];
        text.remove_prefix(brace + 1);
        if (!text.empty() && text[0] == c) {
            out += c;
            text.remove_prefix(1);
            continue;
        }
        if (c == '}') return fail("Single '}' encountered in format string");
        if (text.empty()) return fail("Single '{' encountered in format string");
        Field field;
        if (!parse_field(text, field) || !append_field(field, source, depth, out)) return false;
    }
    return true;
}

Value finish_template(const Value& self, Source& source) {
    StrBuilder builder;
    if (!append_template(self_str(self)->view(), source, 2, builder.text())) return {};
    return builder.finish();
}

Value str_format(const Value* a) {
    const auto* positional_ones = cast<Tuple>(a[1]);
    Source source{positional_ones->items(), positional_ones->size, a[2], false};
    return finish_template(a[0], source);
}
Value str_format_map(const Value* a) {
    Source source{nullptr, 0, a[1], true};
    return finish_template(a[0], source);
}
Value str_dunder_format(const Value* a) {
    const Str* spec = str_argument(a[1], "__format__", 0);
    if (!spec) return {};
    if (spec->size == 0) return is_exact<Str>(a[0]) ? a[0] : Value(str(a[0]));
    StrBuilder builder;
    if (!format_str(self_str(a[0]), spec->view(), builder.text())) return {};
    return builder.finish();
}

constexpr NativeMethod kMethods[] = {
    {"format", str_format, "(self, /, *args, **kwargs)"},
    {"format_map", str_format_map, "(self, mapping, /)"},
    {"__format__", str_dunder_format, "(self, format_spec, /)"},
};

}  // namespace

const std::span<const NativeMethod> kStrFormatMethods = kMethods;

}  // namespace loopglass::value
