// str: translate and maketrans, encode.
#include "runtime/base/text.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

namespace {

// What a table maps one character to, appended; false: pending.
bool append_mapped(std::string& out, uint32_t c, const Value& table) {
    const Value mapped = get_item(table, Value::small(c));
    if (!mapped) {
        if (!clear_raised_if(errors::LookupError)) return false;
        return append_code_point(out, c), true;
    }
    if (is_none(mapped)) return true;
    if (const Str* text = as<Str>(mapped)) return out += text->view(), true;
    int64_t code_point;
    if (is_int(mapped)) {
        if (int_value(mapped, code_point) && code_point >= 0 && code_point <= 0x10FFFF)
            return append_code_point(out, static_cast<uint32_t>(code_point)), true;
        return raise(errors::ValueError, "character mapping must be in range(0x110000)"), false;
    }
    return raise(errors::TypeError, "character mapping must return integer, None or str"), false;
}

Value str_translate(const Value* a) {
    const Str* text = self_str(a[0]);
    std::string out;
    const char* at = text->data();
    const char* end = at + text->size;
    while (at < end)
        if (!append_mapped(out, next_code_point(at), a[1])) return {};
    return make_str(out);
}

// maketrans(dict): keys may be one-character texts.
Value table_of_dict(Dict* from) {
    Ref<Dict> table = make_dict();
    for (uint32_t i = 0; i < from->used; ++i) {
        const DictEntry& entry = from->entries[i];
        if (!entry.key) continue;
        Value key = entry.key;
        if (const Str* text = as<Str>(key)) {
            if (text->length != 1)
                return raise(errors::ValueError,
                             "string keys in translate table must be of length 1");
            const char* at = text->data();
            key = Value::small(next_code_point(at));
        } else if (!is_int(key)) {
            return raise(errors::TypeError, "keys in translate table must be strings or integers");
        }
        if (!dict_set(table.get(), key, entry.value)) return {};
    }
    return table;
}

Value table_of_texts(const Value* a) {
    const Str* from = as<Str>(a[0]);
    if (!is<Str>(a[1])) return static_cast<void>(str_argument(a[1], "maketrans", 2)), Value();
    if (!from)
        return raise(errors::TypeError,
                     "first maketrans argument must be a string if there is a "
                     "second argument");
    const Str* to = str_argument(a[1], "maketrans", 2);
    if (!to) return {};
    if (from->length != to->length)
        return raise(errors::ValueError,
                     "the first two maketrans arguments must have equal length");
    const Str* gone = nullptr;
    if (a[2] && !(gone = str_argument(a[2], "maketrans", 3))) return {};
    Ref<Dict> table = make_dict();
    const char* source = from->data();
    const char* target = to->data();
    for (uint32_t i = 0; i < from->length; ++i) {
        const Value key = Value::small(next_code_point(source));
        if (!dict_set(table.get(), key, Value::small(next_code_point(target)))) return {};
    }
    if (!gone) return table;
    const char* at = gone->data();
    while (at < gone->data() + gone->size)
        if (!dict_set(table.get(), Value::small(next_code_point(at)), none())) return {};
    return table;
}

Value str_maketrans(const Value* a) {
    if (a[1]) return table_of_texts(a);
    if (is<Dict>(a[0])) return table_of_dict(cast<Dict>(a[0]));
    return raise(errors::TypeError, "if you give only one argument to maketrans it must be a dict");
}

Value str_encode(const Value* a) {
    const char* const names[] = {"encoding", "errors"};
    for (int i = 1; i <= 2; ++i)
        if (a[i] && !is<Str>(a[i]))
            return raise(errors::TypeError, cat("encode() argument '", names[i - 1],
                                                "' must be str, not ", type_name(a[i])));
    return encode_text(self_str(a[0]), a[1] ? self_str(a[1])->view() : "utf-8",
                       a[2] ? self_str(a[2])->view() : "strict");
}

constexpr NativeMethod kMethods[] = {
    {"translate", str_translate, "(self, table, /)"},
    {"maketrans", str_maketrans, "(x, y=None, z=None, /)", MethodKind::Static},
    {"encode", str_encode, "(self, /, encoding='utf-8', errors='strict')"},
};

}  // namespace

const std::span<const NativeMethod> kStrTranslateMethods = kMethods;

}  // namespace loopglass::value
