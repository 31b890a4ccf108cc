// bytes: the type, and the operations it shares with bytearray.
#include "runtime/value/bytes.hpp"

#include <cstring>
#include <vector>

#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/buffer.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/format.hpp"
#include "runtime/value/initialise.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/str.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

Type* Bytes::type = nullptr;

namespace {

Bytes* new_bytes(Type* type, std::string_view bytes) {
    const size_t size = sizeof(Bytes) + bytes.size();
    void* memory = type == Bytes::type ? base::pool_allocate(size) : allocate_variable(type, size);
    auto* made = new (memory) Bytes(type, static_cast<uint32_t>(bytes.size()));
    if (!bytes.empty()) std::memcpy(static_cast<void*>(made + 1), bytes.data(), bytes.size());
    return made;
}

void bytes_destroy(Object* object) {
    const size_t size = sizeof(Bytes) + static_cast<Bytes*>(object)->size;
    if (object->type == Bytes::type)
        base::pool_free(object, size);
    else
        free_variable(object, size);
}

}  // namespace

Value make_bytes(std::string_view bytes) {
    if (bytes.size() > UINT32_MAX) return raise(errors::MemoryError, "");
    return Value::take(new_bytes(Bytes::type, bytes));
}

bool bytes_view(const Value& value, std::string_view& out) {
    if (const Bytes* bytes = as<Bytes>(value)) return out = bytes->view(), true;
    if (const ByteArray* bytes = as<ByteArray>(value)) return out = bytes->bytes, true;
    if (const MemoryView* view = as<MemoryView>(value)) return out = view->bytes(), true;
    if (const ArrayObject* array = as<ArrayObject>(value)) return out = array->bytes, true;
    return false;
}

std::string_view own_bytes(const Value& self) {
    std::string_view view;
    (void)bytes_view(self, view);
    return view;
}

Value bytes_like(const Value& self, std::string_view bytes) {
    if (!is<ByteArray>(self)) return make_bytes(bytes);
    Ref<ByteArray> made = make<ByteArray>();
    made->bytes = bytes;
    return made;
}

bool bytes_argument(const Value& value, std::string_view& out) {
    if (bytes_view(value, out)) return true;
    return raise(errors::TypeError,
                 cat("a bytes-like object is required, not '", type_name(value), "'")),
           false;
}

bool byte_argument(const Value& value, unsigned char& out) {
    int64_t number;
    if (!to_index(value, number)) {
        if (!clear_raised_if(errors::OverflowError)) return false;
        number = -1;
    }
    if (number < 0 || number > 255)
        return raise(errors::ValueError, "byte must be in range(0, 256)"), false;
    out = static_cast<unsigned char>(number);
    return true;
}

// ---- construction -----------------------------------------------------------------------------

namespace {

bool add_items(const Value& iterable, const char* type_name, std::string& out) {
    return for_each_sized(iterable, [&](const Value& item) {
        int64_t number;
        if (!to_index(item, number)) {
            if (!clear_raised_if(errors::OverflowError)) return false;
            number = -1;
        }
        if (number < 0 || number > 255)
            return raise(errors::ValueError, cat(type_name, " must be in range(0, 256)")), false;
        out += static_cast<char>(number);
        return true;
    });
}

// Without an encoding: a size, bytes, an iterable, or what has __bytes__.
bool collect(const Value& source, const char* items_name, std::string& out) {
    static const Name dunder("__bytes__");
    std::string_view view;
    if (bytes_view(source, view)) return out = view, true;
    if (is<Str>(source))
        return raise(errors::TypeError, "string argument without an encoding"), false;
    if (!is_int(source)) {
        if (const Value method = find_special(source, dunder)) {
            const Value result = call(method);
            if (!result) return false;
            if (bytes_view(result, view)) return out = view, true;
            return raise(errors::TypeError,
                         cat("__bytes__ returned non-bytes (type ", type_name(result), ")")),
                   false;
        }
        if (has_raised()) return false;
    }
    if (is_int(source) || source.type()->slots.index) {
        int64_t size;
        if (to_index(source, size)) {
            if (size < 0) return raise(errors::ValueError, "negative count"), false;
            if (size > INT32_MAX) return raise(errors::MemoryError, ""), false;
            return out.assign(static_cast<size_t>(size), '\0'), true;
        }
        if (clear_raised_if(errors::OverflowError))
            return raise(errors::OverflowError,
                         cat("cannot fit '", type_name(source), "' into an index-sized integer")),
                   false;
        // What has a wrong __index__ may still be iterable.
        if (!clear_raised_if(errors::TypeError)) return false;
    }
    const Slots& slots = source.type()->slots;
    if (!slots.iter && !slots.get_item)
        return raise(errors::TypeError,
                     cat("cannot convert '", type_name(source), "' object to bytes")),
               false;
    return add_items(source, items_name, out);
}

}  // namespace

Value bytes_from(const Value& value) {
    if (is_exact<Bytes>(value)) return value;
    std::string out;
    if (is_int(value) || is<Str>(value))
        return raise(errors::TypeError,
                     cat("cannot convert '", type_name(value), "' object to bytes"));
    return collect(value, "bytes", out) ? make_bytes(out) : Value();
}

bool bytes_arguments(const Args& args, const char* type_name, std::string& out) {
    static const Signature* signature =
        parse_signature("(source=b'', encoding='utf-8', errors='strict')");
    Value bound[3];
    if (!bind_arguments(*signature, type_name, ErrorStyle::C, args, bound)) return false;
    const char* const names[] = {"encoding", "errors"};
    for (int i = 1; i <= 2; ++i)
        if (bound[i] && !is<Str>(bound[i]))
            return raise(errors::TypeError, cat(type_name, "() argument '", names[i - 1],
                                                "' must be str, not ", value::type_name(bound[i]))),
                   false;
    if (!bound[0] || !is<Str>(bound[0])) {
        if (bound[1] || bound[2])
            return raise(errors::TypeError, bound[1] ? "encoding without a string argument"
                                                     : "errors without a string argument"),
                   false;
        return !bound[0] || collect(bound[0], type_name[5] ? "byte" : "bytes", out);
    }
    if (!bound[1]) return raise(errors::TypeError, "string argument without an encoding"), false;
    const Value encoded = encode_text(self_str(bound[0]), self_str(bound[1])->view(),
                                      bound[2] ? self_str(bound[2])->view() : "strict");
    if (!encoded) return false;
    out = own_bytes(encoded);
    return true;
}

namespace {

Value bytes_construct(Type* type, const Args& args) {
    if (type == Bytes::type && args.count == 1 && !args.named() && is_exact<Bytes>(args.items[0]))
        return args.items[0];
    std::string bytes;
    if (!bytes_arguments(args, "bytes", bytes)) return {};
    if (bytes.size() > UINT32_MAX) return raise(errors::MemoryError, "");
    return Value::take(new_bytes(type, bytes));
}

}  // namespace

// ---- operations of bytes and bytearray --------------------------------------------------------

Value bytes_item(const Value& self, const Value& key, const char* type_name) {
    const std::string_view bytes = own_bytes(self);
    const bool array = is<ByteArray>(self);
    if (is<Slice>(key)) {
        int64_t start, step, count;
        if (!slice_indices(cast<Slice>(key), static_cast<int64_t>(bytes.size()), start, step,
                           count))
            return {};
        if (count <= 0) return bytes_like(self, {});
        if (step == 1)
            return bytes_like(self,
                              bytes.substr(static_cast<size_t>(start), static_cast<size_t>(count)));
        std::string out;
        for (int64_t i = 0; i < count; ++i) out += bytes[static_cast<size_t>(start + i * step)];
        return bytes_like(self, out);
    }
    if (!key.is_small() && !key.type()->slots.index)
        return raise(errors::TypeError,
                     cat(array ? "bytearray" : "byte", " indices must be integers or slices, not ",
                         value::type_name(key)));
    int64_t index;
    if (!to_index(key, index)) return {};
    if (index < 0) index += static_cast<int64_t>(bytes.size());
    if (index < 0 || index >= static_cast<int64_t>(bytes.size()))
        return raise(errors::IndexError, cat(type_name, "index out of range"));
    return Value::small(static_cast<unsigned char>(bytes[static_cast<size_t>(index)]));
}

Value bytes_add(const Value& a, const Value& b) {
    std::string_view right;
    if (!is<Bytes>(a) && !is<ByteArray>(a)) return not_implemented();
    if (!bytes_view(b, right)) return not_implemented();
    return bytes_like(a, std::string(own_bytes(a)).append(right));
}

Value bytes_multiply(const Value& a, const Value& b) {
    const bool left = is<Bytes>(a) || is<ByteArray>(a);
    const Value& self = left ? a : b;
    const Value& count = left ? b : a;
    if (!count.is_small() && !count.type()->slots.index) return not_implemented();
    int64_t times;
    if (!repeat_count(count, times)) return {};
    const std::string_view bytes = own_bytes(self);
    if (times <= 0 || bytes.empty()) return bytes_like(self, {});
    if (times > static_cast<int64_t>(UINT32_MAX / bytes.size()))
        return raise(errors::MemoryError, "");
    std::string out;
    out.reserve(bytes.size() * static_cast<size_t>(times));
    while (times-- > 0) out += bytes;
    return bytes_like(self, out);
}

Value bytes_modulo(const Value& a, const Value& b) {
    if (!is<Bytes>(a) && !is<ByteArray>(a)) return not_implemented();
    return percent_format_bytes(own_bytes(a), b, is<ByteArray>(a));
}

Value bytes_compare(const Value& a, const Value& b, CompareOp op) {
    std::string_view x, y;
    if (!bytes_view(a, x) || !bytes_view(b, y)) return not_implemented();
    switch (op) {
        case CompareOp::Lt:
            return boolean(x < y);
        case CompareOp::Le:
            return boolean(x <= y);
        case CompareOp::Eq:
            return boolean(x == y);
        case CompareOp::Ne:
            return boolean(x != y);
        case CompareOp::Gt:
            return boolean(x > y);
        default:
            return boolean(x >= y);
    }
}

int bytes_contains(const Value& self, const Value& item) {
    std::string_view needle;
    if (bytes_view(item, needle)) return own_bytes(self).find(needle) != std::string_view::npos;
    if (!is_int(item) && !item.type()->slots.index)
        return raise(errors::TypeError,
                     cat("a bytes-like object is required, not '", type_name(item), "'")),
               -1;
    unsigned char byte;
    if (!byte_argument(item, byte)) return -1;
    return own_bytes(self).find(static_cast<char>(byte)) != std::string_view::npos;
}

void append_bytes_repr(std::string& out, std::string_view bytes) {
    const bool has_single = bytes.find('\'') != std::string_view::npos;
    const char quote = has_single && bytes.find('"') == std::string_view::npos ? '"' : '\'';
    (out += 'b') += quote;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == quote || c == '\\')
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\t')
            out += "\\t";
        else if (byte < 0x20 || byte >= 0x7F)
            append_escape(out, byte);
        else
            out += c;
    }
    out += quote;
}

namespace {

Value bytes_repr(const Value& self) {
    std::string out;
    append_bytes_repr(out, own_bytes(self));
    return make_str(out);
}
bool bytes_hash_slot(const Value& self, int64_t& out) {
    Bytes* bytes = cast<Bytes>(self);
    if (bytes->hash == 0) bytes->hash = hash_bytes(bytes->view());
    out = bytes->hash;
    return true;
}
int bytes_truth(const Value& self) {
    return !own_bytes(self).empty();
}
int64_t bytes_length(const Value& self) {
    return static_cast<int64_t>(own_bytes(self).size());
}
Value bytes_get_item(const Value& self, const Value& key) {
    return bytes_item(self, key, "");
}

// ---- iteration --------------------------------------------------------------------------------

struct BytesIterator : Object {
    static Type* type;
    static Type* array_type;
    Value source;  // empty: exhausted
    size_t index = 0;
    BytesIterator(Type* its_type, Value its_source)
        : Object(its_type), source(std::move(its_source)) {}
};
Type* BytesIterator::type = nullptr;
Type* BytesIterator::array_type = nullptr;

Value iterator_iter(const Value& self) {
    return self;
}
Value iterator_next(const Value& self) {
    auto* iterator = cast<BytesIterator>(self);
    if (!iterator->source) return {};
    const std::string_view bytes = own_bytes(iterator->source);
    if (iterator->index < bytes.size())
        return Value::small(static_cast<unsigned char>(bytes[iterator->index++]));
    iterator->source = Value();
    return {};
}
Value iterator_length_hint(const Value* a) {
    const auto* iterator = cast<BytesIterator>(a[0]);
    const size_t size = iterator->source ? own_bytes(iterator->source).size() : 0;
    return make_int(size > iterator->index ? static_cast<int64_t>(size - iterator->index) : 0);
}
constexpr NativeMethod kIteratorMethods[] = {{"__length_hint__", iterator_length_hint}};

Type* define_iterator(const char* name) {
    return define_type({.name = name,
                        .instance_size = sizeof(BytesIterator),
                        .slots = {.destroy = destroy_native<BytesIterator>,
                                  .iter = iterator_iter,
                                  .next = iterator_next},
                        .methods = kIteratorMethods});
}

Value bytes_bytes(const Value* a) {
    return is_exact<Bytes>(a[0]) ? a[0] : make_bytes(own_bytes(a[0]));
}
Value bytes_getnewargs(const Value* a) {
    return make_tuple({make_bytes(own_bytes(a[0]))});
}
Value bytes_sizeof(const Value* a) {
    return make_int(33 + bytes_length(a[0]));
}
constexpr NativeMethod kOwnMethods[] = {
    {"__bytes__", bytes_bytes},
    {"__getnewargs__", bytes_getnewargs},
    {"__sizeof__", bytes_sizeof},
};

}  // namespace

Value bytes_iter(const Value& self) {
    return make_as<BytesIterator>(
        is<ByteArray>(self) ? BytesIterator::array_type : BytesIterator::type, self);
}

void initialise_bytes_types() {
    static std::vector<NativeMethod> methods;
    for (const auto& part :
         {std::span<const NativeMethod>(kOwnMethods), kBytesSearchMethods, kBytesTextMethods})
        methods.insert(methods.end(), part.begin(), part.end());
    Slots slots{.destroy = bytes_destroy,
                .repr = bytes_repr,
                .hash = bytes_hash_slot,
                .compare = bytes_compare,
                .iter = bytes_iter,
                .truth = bytes_truth,
                .length = bytes_length,
                .get_item = bytes_get_item,
                .contains = bytes_contains,
                .construct = bytes_construct};
    slots.binary[static_cast<size_t>(BinaryOp::Add)] = bytes_add;
    slots.binary[static_cast<size_t>(BinaryOp::Mul)] = bytes_multiply;
    slots.binary[static_cast<size_t>(BinaryOp::Mod)] = bytes_modulo;
    Bytes::type = define_type({.name = "bytes",
                               .instance_size = sizeof(Bytes),
                               .flags = kBaseType | kBytesSubclass | kSelfPattern | kVariableSize,
                               .slots = slots,
                               .methods = methods});
    BytesIterator::type = define_iterator("bytes_iterator");
    BytesIterator::array_type = define_iterator("bytearray_iterator");
    initialise_bytearray_type();
    initialise_memoryview_type();
}

}  // namespace loopglass::value
