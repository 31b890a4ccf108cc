// memoryview, of unsigned bytes only: a window on a bytes or bytearray.
#include "runtime/base/text.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/text.hpp"

namespace loopglass::value {

using base::cat;

Type* MemoryView::type = nullptr;

std::string_view MemoryView::bytes() const {
    std::string_view all;
    (void)bytes_view(source, all);
    return start <= all.size() ? all.substr(start, count) : std::string_view();
}

namespace {

MemoryView* self_of(const Value& self) {
    return cast<MemoryView>(self);
}
Value make_view(const Value& source, size_t start, size_t count) {
    return make<MemoryView>(source, start, count);
}

Value view_construct(Type*, const Args& args) {
    static const Signature* signature = parse_signature("(object)");
    Value object;
    if (!bind_arguments(*signature, "memoryview", ErrorStyle::C, args, {&object, 1})) return {};
    if (const MemoryView* view = as<MemoryView>(object))
        return make_view(view->source, view->start, view->count);
    std::string_view bytes;
    if (!bytes_view(object, bytes))
        return raise(errors::TypeError, cat("memoryview: a bytes-like object is required, not '",
                                            type_name(object), "'"));
    return make_view(object, 0, bytes.size());
}

Value released() {
    return raise(errors::ValueError, "operation forbidden on released memoryview object");
}
bool is_released(const Value& self) {
    return !self_of(self)->source;
}

// The byte an index means; false: pending.
bool place(const Value& self, const Value& key, size_t& out) {
    int64_t index;
    if (!key.is_small() && !key.type()->slots.index)
        return raise(errors::TypeError, "memoryview: invalid slice key"), false;
    if (!to_index(key, index)) return false;
    const auto size = static_cast<int64_t>(self_of(self)->count);
    if (index < 0) index += size;
    if (index < 0 || index >= size)
        return raise(errors::IndexError, "index out of bounds on dimension 1"), false;
    out = static_cast<size_t>(index);
    return true;
}

Value view_get_item(const Value& self, const Value& key) {
    if (is_released(self)) return released();
    const MemoryView* view = self_of(self);
    if (is<Slice>(key)) {
        int64_t start, step, count;
        if (!slice_indices(cast<Slice>(key), static_cast<int64_t>(view->count), start, step, count))
            return {};
        if (step == 1)
            return make_view(view->source, view->start + static_cast<size_t>(start),
                             static_cast<size_t>(count));
        // Steps are rare: such a view stands on a copy.
        std::string copy;
        for (int64_t i = 0; i < count; ++i)
            copy += view->bytes()[static_cast<size_t>(start + i * step)];
        return make_view(make_bytes(copy), 0, copy.size());
    }
    size_t at;
    if (!place(self, key, at)) return {};
    return Value::small(static_cast<unsigned char>(view->bytes()[at]));
}

bool view_set_item(const Value& self, const Value& key, const Value& value) {
    if (is_released(self)) return released(), false;
    const MemoryView* view = self_of(self);
    ByteArray* array = as<ByteArray>(view->source);
    if (!array) return raise(errors::TypeError, "cannot modify read-only memory"), false;
    if (!value) return raise(errors::TypeError, "cannot delete memory"), false;
    if (is<Slice>(key)) {
        int64_t start, step, count;
        std::string_view with;
        if (!slice_indices(cast<Slice>(key), static_cast<int64_t>(view->count), start, step,
                           count) ||
            !bytes_argument(value, with))
            return false;
        if (static_cast<int64_t>(with.size()) != count)
            return raise(errors::ValueError,
                         "memoryview assignment: lvalue and rvalue have different structures"),
                   false;
        const std::string copy(with);
        for (int64_t i = 0; i < count; ++i)
            array->bytes[view->start + static_cast<size_t>(start + i * step)] =
                copy[static_cast<size_t>(i)];
        return true;
    }
    size_t at;
    int64_t byte;
    if (!place(self, key, at)) return false;
    if (!is_int(value))
        return raise(errors::TypeError, "memoryview: invalid type for format 'B'"), false;
    if (!int_value(value, byte) || byte < 0 || byte > 255)
        return raise(errors::ValueError, "memoryview: invalid value for format 'B'"), false;
    array->bytes[view->start + at] = static_cast<char>(byte);
    return true;
}

int64_t view_length(const Value& self) {
    if (is_released(self)) return released(), -1;
    return static_cast<int64_t>(self_of(self)->count);
}
Value view_repr(const Value& self) {
    std::string text = default_repr(self);
    // "<memory at 0x...>"
    const size_t at = text.rfind("0x");
    return make_str(cat(is_released(self) ? "<released memory at " : "<memory at ",
                        std::string_view(text).substr(at)));
}
bool view_hash(const Value& self, int64_t& out) {
    if (as<ByteArray>(self_of(self)->source))
        return raise(errors::ValueError, "cannot hash writable memoryview object"), false;
    out = hash_bytes(self_of(self)->bytes());
    return true;
}
Value view_compare(const Value& a, const Value& b, CompareOp op) {
    std::string_view x, y;
    if (op != CompareOp::Eq && op != CompareOp::Ne) return not_implemented();
    if (is_released(a))
        return boolean((b.is_object() && a.is(b.object())) == (op == CompareOp::Eq));
    if (!bytes_view(a, x) || !bytes_view(b, y)) return not_implemented();
    return boolean((x == y) == (op == CompareOp::Eq));
}
Value view_iter(const Value& self) {
    return bytes_iter(make_bytes(self_of(self)->bytes()));
}

Value view_tobytes(const Value* a) {
    return is_released(a[0]) ? released() : make_bytes(self_of(a[0])->bytes());
}
Value view_tolist(const Value* a) {
    if (is_released(a[0])) return released();
    std::vector<Value> items;
    for (const char c : self_of(a[0])->bytes())
        items.push_back(Value::small(static_cast<unsigned char>(c)));
    return make_list(std::move(items));
}
Value view_hex(const Value* a) {
    return is_released(a[0]) ? released() : bytes_hex(self_of(a[0])->bytes(), a[1], a[2]);
}
Value view_release(const Value* a) {
    self_of(a[0])->source = Value();
    return none();
}
Value view_enter(const Value* a) {
    return is_released(a[0]) ? released() : a[0];
}
Value view_exit(const Value* a) {
    return view_release(a);
}
// An attribute that a released view no longer has.
template <NativeFunctionPointer Get>
Value live(const Value* a) {
    return is_released(a[0]) ? released() : Get(a);
}
Value view_size(const Value* a) {
    return make_int(static_cast<int64_t>(self_of(a[0])->count));
}
Value view_one(const Value*) {
    return Value::small(1);
}
Value view_format(const Value*) {
    return make_str("B");
}
Value view_readonly(const Value* a) {
    return boolean(!as<ByteArray>(self_of(a[0])->source));
}
Value view_object(const Value* a) {
    return is_released(a[0]) ? released() : self_of(a[0])->source;
}
Value view_shape(const Value* a) {
    return make_tuple({view_size(a)});
}
Value view_strides(const Value*) {
    return make_tuple({Value::small(1)});
}
Value view_contiguous(const Value*) {
    return boolean(true);
}
// The same bytes, not to be written: a view of what cannot change.
Value view_to_readonly(const Value* a) {
    if (is_released(a[0])) return released();
    const std::string_view bytes = self_of(a[0])->bytes();
    return make_view(make_bytes(bytes), 0, bytes.size());
}

constexpr NativeMethod kMethods[] = {
    {"tobytes", view_tobytes, "(self, /, order='C')"},
    {"tolist", view_tolist},
    {"hex", view_hex, "(self, /, sep=None, bytes_per_sep=1)"},
    {"toreadonly", view_to_readonly},
    {"release", view_release},
    {"__enter__", view_enter},
    {"__exit__", view_exit, "(self, /, *args)"},
    {"nbytes", live<view_size>, "(self)", MethodKind::Getter},
    {"itemsize", live<view_one>, "(self)", MethodKind::Getter},
    {"ndim", live<view_one>, "(self)", MethodKind::Getter},
    {"format", live<view_format>, "(self)", MethodKind::Getter},
    {"readonly", live<view_readonly>, "(self)", MethodKind::Getter},
    {"obj", view_object, "(self)", MethodKind::Getter},
    {"shape", live<view_shape>, "(self)", MethodKind::Getter},
    {"strides", live<view_strides>, "(self)", MethodKind::Getter},
    {"c_contiguous", live<view_contiguous>, "(self)", MethodKind::Getter},
    {"contiguous", live<view_contiguous>, "(self)", MethodKind::Getter},
};

}  // namespace

void initialise_memoryview_type() {
    MemoryView::type = define_type({.name = "memoryview",
                                    .instance_size = sizeof(MemoryView),
                                    .flags = kSequencePattern,
                                    .slots = {.destroy = destroy_native<MemoryView>,
                                              .repr = view_repr,
                                              .hash = view_hash,
                                              .compare = view_compare,
                                              .iter = view_iter,
                                              .length = view_length,
                                              .get_item = view_get_item,
                                              .set_item = view_set_item,
                                              .construct = view_construct},
                                    .methods = kMethods});
}

}  // namespace loopglass::value
