// bytearray: what it has beyond bytes.
#include <algorithm>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* ByteArray::type = nullptr;

namespace {

ByteArray* self_of(const Value& self) {
    return cast<ByteArray>(self);
}

Value array_construct(Type* type, const Args& args) {
    Ref<ByteArray> made = make_as<ByteArray>(type);
    if (type == ByteArray::type && !bytes_arguments(args, "bytearray", made->bytes)) return {};
    return made;
}
// Subclasses may override __init__; the plain type is filled by __new__.
bool array_init(const Value& self, const Args& args) {
    if (is_exact<ByteArray>(self)) return true;
    self_of(self)->bytes.clear();
    return bytes_arguments(args, "bytearray", self_of(self)->bytes);
}

Value array_repr(const Value& self) {
    std::string out(self.type()->name->view());
    out += '(';
    append_bytes_repr(out, own_bytes(self));
    return make_str(out + ')');
}
int array_truth(const Value& self) {
    return !self_of(self)->bytes.empty();
}
int64_t array_length(const Value& self) {
    return static_cast<int64_t>(self_of(self)->bytes.size());
}
Value array_get_item(const Value& self, const Value& key) {
    return bytes_item(self, key, "bytearray ");
}

bool set_slice(ByteArray* array, const Slice* slice, const Value& value) {
    std::string with;
    if (value) {
        std::string_view view;
        if (bytes_view(value, view)) {
            with = view;
        } else if (is_int(value) || is<Str>(value) || !value.type()->slots.iter) {
            return raise(errors::TypeError,
                         "can assign only bytes, buffers, or iterables of ints "
                         "in range(0, 256)"),
                   false;
        } else {
            const Value made = bytes_from(value);
            if (!made) return false;
            with = own_bytes(made);
        }
    }
    int64_t start, step, count;
    if (!slice_indices(slice, static_cast<int64_t>(array->bytes.size()), start, step, count))
        return false;
    const auto first = static_cast<size_t>(start), size = static_cast<size_t>(count);
    if (step == 1) return array->bytes.replace(first, size, with), true;
    if (!value) {
        std::vector<size_t> gone;
        for (int64_t i = 0; i < count; ++i) gone.push_back(static_cast<size_t>(start + i * step));
        std::sort(gone.rbegin(), gone.rend());
        for (const size_t at : gone) array->bytes.erase(at, 1);
        return true;
    }
    if (with.size() != size)
        return raise(errors::ValueError, cat("attempt to assign bytes of size ", with.size(),
                                             " to extended slice of size ", count)),
               false;
    for (int64_t i = 0; i < count; ++i)
        array->bytes[static_cast<size_t>(start + i * step)] = with[static_cast<size_t>(i)];
    return true;
}

// The place an index means, or false with an IndexError pending.
bool place(const ByteArray* array, const Value& key, const char* message, size_t& out) {
    int64_t index;
    if (!key.is_small() && !key.type()->slots.index)
        return raise(errors::TypeError,
                     cat("bytearray indices must be integers or slices, not ", type_name(key))),
               false;
    if (!to_index(key, index)) return false;
    const auto size = static_cast<int64_t>(array->bytes.size());
    if (index < 0) index += size;
    if (index < 0 || index >= size) return raise(errors::IndexError, message), false;
    out = static_cast<size_t>(index);
    return true;
}

bool array_set_item(const Value& self, const Value& key, const Value& value) {
    ByteArray* array = self_of(self);
    if (is<Slice>(key)) return set_slice(array, cast<Slice>(key), value);
    size_t at;
    unsigned char byte = 0;
    if (!place(array, key, "bytearray index out of range", at)) return false;
    if (!value) return array->bytes.erase(at, 1), true;
    if (!byte_argument(value, byte)) return false;
    if (at < array->bytes.size()) array->bytes[at] = static_cast<char>(byte);
    return true;
}

Value array_inplace_add(const Value& self, const Value& other) {
    if (other.is_object() && self.is(other.object()) && !own_bytes(self).empty())
        return raise(errors::BufferError, "Existing exports of data: object cannot be re-sized");
    std::string_view bytes;
    if (!bytes_view(other, bytes)) return not_implemented();
    self_of(self)->bytes += std::string(bytes);
    return self;
}
Value array_inplace_multiply(const Value& self, const Value& times) {
    const Value made = bytes_multiply(self, times);
    if (!made || made.is(g_not_implemented)) return made;
    self_of(self)->bytes = self_of(made)->bytes;
    return self;
}

Value array_append(const Value* a) {
    unsigned char byte;
    if (!byte_argument(a[1], byte)) return {};
    self_of(a[0])->bytes += static_cast<char>(byte);
    return none();
}
Value array_extend(const Value* a) {
    std::string_view bytes;
    if (bytes_view(a[1], bytes)) {
        self_of(a[0])->bytes += std::string(bytes);
        return none();
    }
    if (is<Str>(a[1])) return raise(errors::TypeError, "expected iterable of integers; got: 'str'");
    const Slots& slots = a[1].type()->slots;
    if (!slots.iter && !slots.get_item)
        return raise(errors::TypeError, cat("can't extend bytearray with ", type_name(a[1])));
    std::string more;
    const bool done = for_each_sized(a[1], [&more](const Value& item) {
        unsigned char byte;
        if (!byte_argument(item, byte)) return false;
        more += static_cast<char>(byte);
        return true;
    });
    if (!done) return {};
    self_of(a[0])->bytes += more;
    return none();
}
Value array_insert(const Value* a) {
    int64_t index;
    unsigned char byte;
    if (!to_index(a[1], index) || !byte_argument(a[2], byte)) return {};
    std::string& bytes = self_of(a[0])->bytes;
    const auto size = static_cast<int64_t>(bytes.size());
    if (index < 0) index = std::max<int64_t>(index + size, 0);
    bytes.insert(static_cast<size_t>(std::min(index, size)), 1, static_cast<char>(byte));
    return none();
}
Value array_pop(const Value* a) {
    std::string& bytes = self_of(a[0])->bytes;
    if (bytes.empty()) return raise(errors::IndexError, "pop from empty bytearray");
    size_t at = bytes.size() - 1;
    if (a[1] && !place(self_of(a[0]), a[1], "pop index out of range", at)) return {};
    const auto byte = static_cast<unsigned char>(bytes[at]);
    bytes.erase(at, 1);
    return Value::small(byte);
}
Value array_remove(const Value* a) {
    unsigned char byte;
    if (!byte_argument(a[1], byte)) return {};
    std::string& bytes = self_of(a[0])->bytes;
    const size_t at = bytes.find(static_cast<char>(byte));
    if (at == std::string::npos) return raise(errors::ValueError, "value not found in bytearray");
    bytes.erase(at, 1);
    return none();
}
Value array_reverse(const Value* a) {
    std::string& bytes = self_of(a[0])->bytes;
    std::reverse(bytes.begin(), bytes.end());
    return none();
}
Value array_clear(const Value* a) {
    self_of(a[0])->bytes.clear();
    return none();
}
Value array_copy(const Value* a) {
    return bytes_like(a[0], own_bytes(a[0]));
}

constexpr NativeMethod kMethods[] = {
    {"append", array_append, "(self, item, /)"},
    {"extend", array_extend, "(self, iterable_of_ints, /)"},
    {"insert", array_insert, "(self, index, item, /)"},
    {"pop", array_pop, "(self, index=-1, /)"},
    {"remove", array_remove, "(self, value, /)"},
    {"reverse", array_reverse},
    {"clear", array_clear},
    {"copy", array_copy},
};

}  // namespace

void initialise_bytearray_type() {
    static std::vector<NativeMethod> methods;
    for (const auto& part :
         {std::span<const NativeMethod>(kMethods), kBytesSearchMethods, kBytesTextMethods})
        methods.insert(methods.end(), part.begin(), part.end());
    Slots slots{.destroy = destroy_native<ByteArray>,
                .repr = array_repr,
                .compare = bytes_compare,
                .iter = bytes_iter,
                .truth = array_truth,
                .length = array_length,
                .get_item = array_get_item,
                .set_item = array_set_item,
                .contains = bytes_contains,
                .construct = array_construct,
                .init = array_init};
    slots.binary[static_cast<size_t>(BinaryOp::Add)] = bytes_add;
    slots.binary[static_cast<size_t>(BinaryOp::Mul)] = bytes_multiply;
    slots.binary[static_cast<size_t>(BinaryOp::Mod)] = bytes_modulo;
    slots.inplace[static_cast<size_t>(BinaryOp::Add)] = array_inplace_add;
    slots.inplace[static_cast<size_t>(BinaryOp::Mul)] = array_inplace_multiply;
    ByteArray::type = define_type({.name = "bytearray",
                                   .instance_size = sizeof(ByteArray),
                                   .flags = kBaseType | kSelfPattern,
                                   .slots = slots,
                                   .methods = methods});
}

}  // namespace loopglass::value
