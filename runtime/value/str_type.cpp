// str: the type itself — construction, slots, iteration — put together from the method tables.
#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/format.hpp"
#include "runtime/value/initialise.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

namespace {

void str_destroy(Object* object) {
    const size_t bytes = sizeof(Str) + static_cast<Str*>(object)->size;
    if (object->type == Str::type)
        base::pool_free(object, bytes);
    else
        free_variable(object, bytes);
}

// ---- construction -----------------------------------------------------------------------------

// The text as an instance of a class derived from str.
Value as_subclass(Type* type, const Str* text) {
    auto* made =
        new (allocate_variable(type, sizeof(Str) + text->size)) Str(type, text->size, text->length);
    std::memcpy(made->data(), text->data(), text->size);
    return Value::take(made);
}

Value wrong_str_argument(const char* name, const Value& value) {
    return raise(errors::TypeError,
                 cat("str() argument '", name, "' must be str, not ", type_name(value)));
}

// str(bytes, encoding, errors)
Value decode_object(const Value& object, const Value& encoding, const Value& errors_name) {
    if (encoding && !is<Str>(encoding)) return wrong_str_argument("encoding", encoding);
    if (errors_name && !is<Str>(errors_name)) return wrong_str_argument("errors", errors_name);
    if (is<Str>(object)) return raise(errors::TypeError, "decoding str is not supported");
    std::string_view bytes;
    if (!bytes_view(object, bytes))
        return raise(errors::TypeError, cat("decoding to str: need a bytes-like object, ",
                                            type_name(object), " found"));
    return decode_bytes(bytes, encoding ? self_str(encoding)->view() : "utf-8",
                        errors_name ? self_str(errors_name)->view() : "strict", object);
}

Value make_of_arguments(const Args& args) {
    static const Signature* signature =
        parse_signature("(object='', encoding='utf-8', errors='strict')");
    if (args.count == 1 && !args.named()) return str(args.items[0]);
    if (args.count > 3)
        return raise(errors::TypeError, cat("str expected at most 3 arguments, got ", args.count));
    Value bound[3];
    if (!bind_arguments(*signature, "str", ErrorStyle::C, args, bound)) return {};
    if (bound[1] || bound[2])
        return bound[0] ? decode_object(bound[0], bound[1], bound[2]) : Value(make_str(""));
    return bound[0] ? Value(str(bound[0])) : Value(make_str(""));
}

Value str_construct(Type* type, const Args& args) {
    Value text = make_of_arguments(args);
    if (!text || type == Str::type) return text;
    return as_subclass(type, self_str(text));
}

// ---- slots ------------------------------------------------------------------------------------

Value str_repr(const Value& self) {
    StrBuilder builder;
    append_quoted(builder.text(), self_str(self)->view());
    return builder.finish();
}
Value str_str(const Value& self) {
    if (is_exact<Str>(self)) return self;
    return make_part(self_str(self), self_str(self)->view());
}
bool str_hash_slot(const Value& self, int64_t& out) {
    out = str_hash(self_str(self));
    return true;
}
int str_truth(const Value& self) {
    return self_str(self)->size != 0;
}
int64_t str_length(const Value& self) {
    return self_str(self)->length;
}

Value str_compare(const Value& a, const Value& b, CompareOp op) {
    if (!is<Str>(a) || !is<Str>(b)) return not_implemented();
    const Str* left = self_str(a);
    const Str* right = self_str(b);
    if (op == CompareOp::Eq) return boolean(str_equal(left, right));
    if (op == CompareOp::Ne) return boolean(!str_equal(left, right));
    // The order of UTF-8 bytes is the order of code points.
    const int order = left->view().compare(right->view());
    switch (op) {
        case CompareOp::Lt:
            return boolean(order < 0);
        case CompareOp::Le:
            return boolean(order <= 0);
        case CompareOp::Gt:
            return boolean(order > 0);
        default:
            return boolean(order >= 0);
    }
}

Value str_add(const Value& a, const Value& b) {
    if (!is<Str>(a) || !is<Str>(b)) return not_implemented();
    if (self_str(b)->size == 0 && is_exact<Str>(a)) return a;
    if (self_str(a)->size == 0 && is_exact<Str>(b)) return b;
    return str_concat(self_str(a), self_str(b));
}

Value str_repeat(const Str* text, int64_t times) {
    if (times <= 0 || text->size == 0) return make_str("");
    if (times > static_cast<int64_t>(INT64_MAX / text->size))
        return raise(errors::OverflowError, "repeated string is too long");
    const uint64_t bytes = text->size * static_cast<uint64_t>(times);
    if (bytes > UINT32_MAX) return raise(errors::MemoryError, "");
    if (bytes == 1) return make_str(text->view());
    Ref<Str> made = make_str_raw(bytes, text->length * static_cast<uint64_t>(times));
    if (text->size == 1) {
        std::memset(made->data(), text->data()[0], bytes);
        return made;
    }
    for (char* to = made->data(); times-- > 0; to += text->size)
        std::memcpy(to, text->data(), text->size);
    return made;
}

Value str_multiply(const Value& a, const Value& b) {
    const bool left = is<Str>(a);
    const Value& text = left ? a : b;
    const Value& count = left ? b : a;
    if (!count.is_small() && !count.type()->slots.index) return not_implemented();
    int64_t times;
    if (!repeat_count(count, times)) return {};
    if (times == 1 && is_exact<Str>(text)) return text;
    return str_repeat(self_str(text), times);
}

Value str_modulo(const Value& a, const Value& b) {
    if (!is<Str>(a)) return not_implemented();
    return percent_format(self_str(a), b);
}

Value slice_text(const Str* text, const Slice* slice) {
    int64_t start, step, count;
    if (!slice_indices(slice, text->length, start, step, count)) return {};
    if (count <= 0) return make_str("");
    if (step == 1) {
        if (count == text->length && text->Object::type == Str::type)
            return Value::share(const_cast<Str*>(text));
        const auto first = static_cast<size_t>(start);
        return make_part(text, code_point_slice(text->view(), text->ascii(), first,
                                                first + static_cast<size_t>(count)));
    }
    std::string out;
    if (text->ascii()) {
        for (int64_t i = 0; i < count; ++i) out += text->data()[start + i * step];
        return make_str(out);
    }
    std::vector<uint32_t> all;
    for (const char* at = text->data(); at < text->data() + text->size;)
        all.push_back(next_code_point(at));
    for (int64_t i = 0; i < count; ++i)
        append_code_point(out, all[static_cast<size_t>(start + i * step)]);
    return make_str(out);
}

Value str_get_item(const Value& self, const Value& key) {
    const Str* text = self_str(self);
    int64_t index;
    if (key.is_small()) {
        index = key.small();
    } else if (is<Slice>(key)) {
        return slice_text(text, cast<Slice>(key));
    } else if (!key.type()->slots.index) {
        return raise(errors::TypeError,
                     cat("string indices must be integers, not '", type_name(key), "'"));
    } else if (!to_index(key, index)) {
        if (clear_raised_if(errors::OverflowError))
            return raise(errors::IndexError,
                         cat("cannot fit '", type_name(key), "' into an index-sized integer"));
        return {};
    }
    if (index < 0) index += text->length;
    if (index < 0 || index >= static_cast<int64_t>(text->length))
        return raise(errors::IndexError, "string index out of range");
    const auto at = static_cast<size_t>(index);
    if (text->ascii()) return str_char(static_cast<unsigned char>(text->data()[at]));
    const char* position = text->data() + byte_offset(text->view(), at);
    return str_char(next_code_point(position));
}

int str_contains(const Value& self, const Value& item) {
    if (!is<Str>(item))
        return raise(errors::TypeError,
                     cat("'in <string>' requires string as left operand, not ", type_name(item))),
               -1;
    return self_str(self)->view().find(self_str(item)->view()) != std::string_view::npos;
}

// ---- iteration --------------------------------------------------------------------------------

struct StrIterator : Object {
    static Type* type;       // str_ascii_iterator
    static Type* wide_type;  // str_iterator
    Value text;              // empty: exhausted
    size_t offset = 0;       // bytes
    size_t index = 0;        // code points
    StrIterator(Type* its_type, Value its_text) : Object(its_type), text(std::move(its_text)) {}
};
Type* StrIterator::type = nullptr;
Type* StrIterator::wide_type = nullptr;

Value str_iter(const Value& self) {
    return make_as<StrIterator>(
        self_str(self)->ascii() ? StrIterator::type : StrIterator::wide_type, self);
}
Value iterator_iter(const Value& self) {
    return self;
}
Value iterator_next(const Value& self) {
    auto* iterator = cast<StrIterator>(self);
    if (!iterator->text) return {};
    const Str* text = self_str(iterator->text);
    if (iterator->offset >= text->size) {
        iterator->text = Value();
        return {};
    }
    const char* at = text->data() + iterator->offset;
    const uint32_t c = next_code_point(at);
    iterator->offset = static_cast<size_t>(at - text->data());
    ++iterator->index;
    return str_char(c);
}
Value iterator_length_hint(const Value* a) {
    const auto* iterator = cast<StrIterator>(a[0]);
    return make_int(iterator->text
                        ? static_cast<int64_t>(self_str(iterator->text)->length - iterator->index)
                        : 0);
}
constexpr NativeMethod kIteratorMethods[] = {{"__length_hint__", iterator_length_hint}};

Type* define_iterator(const char* name) {
    return define_type({.name = name,
                        .instance_size = sizeof(StrIterator),
                        .slots = {.destroy = destroy_native<StrIterator>,
                                  .iter = iterator_iter,
                                  .next = iterator_next},
                        .methods = kIteratorMethods});
}

Value str_getnewargs(const Value* a) {
    return make_tuple({str_str(a[0])});
}
Value str_sizeof(const Value* a) {
    const Str* text = self_str(a[0]);
    return make_int(static_cast<int64_t>(text->ascii() ? 41 + text->size : 58 + 2 * text->length));
}
constexpr NativeMethod kOwnMethods[] = {{"__getnewargs__", str_getnewargs},
                                        {"__sizeof__", str_sizeof}};

// A method table must live as long as the type.
std::span<const NativeMethod> all_methods() {
    static std::vector<NativeMethod> all;
    for (const auto& part :
         {std::span<const NativeMethod>(kOwnMethods), kStrSearchMethods, kStrSplitMethods,
          kStrLayoutMethods, kStrTestMethods, kStrTranslateMethods, kStrFormatMethods})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

Slots str_slots() {
    Slots slots{.destroy = str_destroy,
                .repr = str_repr,
                .str = str_str,
                .hash = str_hash_slot,
                .compare = str_compare,
                .iter = str_iter,
                .truth = str_truth,
                .length = str_length,
                .get_item = str_get_item,
                .contains = str_contains,
                .construct = str_construct};
    slots.binary[static_cast<size_t>(BinaryOp::Add)] = str_add;
    slots.binary[static_cast<size_t>(BinaryOp::Mul)] = str_multiply;
    slots.binary[static_cast<size_t>(BinaryOp::Mod)] = str_modulo;
    return slots;
}

}  // namespace

void initialise_str_types() {
    define_type({.name = "str",
                 .instance_size = sizeof(Str),
                 .flags = kBaseType | kStrSubclass | kSelfPattern | kVariableSize,
                 .slots = str_slots(),
                 .methods = all_methods()});
    StrIterator::type = define_iterator("str_ascii_iterator");
    StrIterator::wide_type = define_iterator("str_iterator");
}

}  // namespace loopglass::value
