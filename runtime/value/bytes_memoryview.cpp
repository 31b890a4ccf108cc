// memoryview: a window on a bytes, bytearray, array or what __buffer__ answers, as items of a
// format.
#include "runtime/base/text.hpp"
#include "runtime/value/buffer.hpp"
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

ShapedView* self_of(const Value& self) {
    return static_cast<ShapedView*>(cast<MemoryView>(self));
}
// A part of the bytes a view shows, of the same items.
Value make_part(const ShapedView* of, const Value& source, size_t start, size_t count) {
    Ref<ShapedView> made = make<ShapedView>(source, start, count);
    made->format = of->format;
    made->item_size = of->item_size;
    made->read_only = of->read_only;
    made->shape = {static_cast<int64_t>(count / of->item_size)};
    return made;
}
Value make_bytes_view(const Value& source, size_t size) {
    return make_view_of(source, 'B', size);
}

Value view_construct(Type*, const Args& args) {
    static const Signature* signature = parse_signature("(object)");
    static const Name buffer("__buffer__");
    Value object;
    if (!bind_arguments(*signature, "memoryview", ErrorStyle::C, args, {&object, 1})) return {};
    if (is<MemoryView>(object)) {
        const ShapedView* view = self_of(object);
        if (!view->source)
            return raise(errors::ValueError, "operation forbidden on released memoryview object");
        Ref<ShapedView> made = make<ShapedView>(view->source, view->start, view->count);
        made->format = view->format;
        made->item_size = view->item_size;
        made->read_only = view->read_only;
        made->shape = view->shape;
        return made;
    }
    if (const ArrayObject* array = as<ArrayObject>(object))
        return make_view_of(object, array->code == 'u' ? 'w' : array->code, array->bytes.size());
    std::string_view bytes;
    if (bytes_view(object, bytes)) return make_bytes_view(object, bytes.size());
    if (const Value method = find_special(object, buffer)) {
        const Value full = Value::small(284);  // inspect.BufferFlags.FULL_RO
        const Value view = call(method, full);
        if (!view || is<MemoryView>(view)) return view;
        return raise(errors::TypeError,
                     cat("__buffer__ returned non-memoryview object, not '", type_name(view), "'"));
    }
    if (has_raised()) return {};
    return raise(errors::TypeError,
                 cat("memoryview: a bytes-like object is required, not '", type_name(object), "'"));
}

Value released() {
    return raise(errors::ValueError, "operation forbidden on released memoryview object");
}
bool is_released(const Value& self) {
    return !self_of(self)->source;
}
bool is_text(const ShapedView* view) {
    return view->format == 'w' &&
           (raise(errors::NotImplementedError,
                  cat("memoryview: format ", std::string(1, view->format), " not supported")),
            true);
}

// One index of a dimension; false: pending.
bool place_in(const ShapedView* view, size_t dimension, const Value& key, int64_t& out) {
    if (!to_index(key, out)) return false;
    const int64_t size = view->shape[dimension];
    if (out < 0) out += size;
    if (out >= 0 && out < size) return true;
    return raise(errors::IndexError, cat("index out of bounds on dimension ", dimension + 1)),
           false;
}

// Where the item a key names begins, in bytes of the view; false: pending.
bool place(const ShapedView* view, const Value& key, size_t& out) {
    int64_t at = 0;
    if (const Tuple* indices = as<Tuple>(key)) {
        for (size_t i = 0; i < indices->size; ++i)
            if (!(*indices)[i].is_small() && !(*indices)[i].type()->slots.index)
                return raise(errors::TypeError, "memoryview: invalid slice key"), false;
        if (indices->size < view->shape.size())
            return raise(errors::NotImplementedError, "sub-views are not implemented"), false;
        if (indices->size > view->shape.size())
            return raise(errors::TypeError,
                         cat("cannot index ", view->shape.size(), "-dimension view with ",
                             indices->size, "-element tuple")),
                   false;
        int64_t index = 0;
        for (size_t i = 0; i < indices->size; ++i) {
            if (!place_in(view, i, (*indices)[i], index)) return false;
            at = at * view->shape[i] + index;
        }
    } else {
        if (!key.is_small() && !key.type()->slots.index)
            return raise(errors::TypeError, "memoryview: invalid slice key"), false;
        if (view->shape.empty())
            return raise(errors::TypeError, "invalid indexing of 0-dim memory"), false;
        if (view->shape.size() > 1)
            return raise(errors::NotImplementedError,
                         "multi-dimensional sub-views are not implemented"),
                   false;
        if (!place_in(view, 0, key, at)) return false;
    }
    out = static_cast<size_t>(at) * view->item_size;
    return true;
}

Value view_slice(const ShapedView* view, const Slice* slice) {
    if (view->shape.size() != 1)
        return raise(errors::NotImplementedError, "multi-dimensional slicing is not implemented");
    int64_t start, step, count;
    if (!slice_indices(slice, view->shape[0], start, step, count)) return {};
    const auto size = static_cast<int64_t>(view->item_size);
    if (step == 1)
        return make_part(view, view->source, view->start + static_cast<size_t>(start * size),
                         static_cast<size_t>(count * size));
    // Steps are rare: such a view stands on a copy.
    std::string copy;
    for (int64_t i = 0; i < count; ++i)
        copy +=
            view->bytes().substr(static_cast<size_t>((start + i * step) * size), view->item_size);
    return make_part(view, make_bytes(copy), 0, copy.size());
}

Value view_get_item(const Value& self, const Value& key) {
    if (is_released(self)) return released();
    const ShapedView* view = self_of(self);
    if (is<Slice>(key)) return view_slice(view, cast<Slice>(key));
    size_t at;
    if (is_text(view) || !place(view, key, at)) return {};
    const std::string_view bytes = view->bytes();
    if (at + view->item_size > bytes.size())
        return raise(errors::IndexError, "index out of bounds on dimension 1");
    return load_item(bytes.data() + at, view->format);
}

bool set_slice(const Value& self, const Writable& memory, const Slice* slice, const Value& value) {
    const ShapedView* view = self_of(self);
    int64_t start, step, count;
    const Value given = view_construct(nullptr, Args{&value, 1});
    if (!given || !slice_indices(slice, view->shape[0], start, step, count)) return false;
    const ShapedView* from = self_of(given);
    const auto size = static_cast<int64_t>(view->item_size);
    if (from->format != view->format || from->shape.size() != 1 || from->shape[0] != count)
        return raise(errors::ValueError,
                     "memoryview assignment: lvalue and rvalue have different structures"),
               false;
    const std::string copy(from->bytes());
    for (int64_t i = 0; i < count; ++i)
        memory.storage->replace(memory.start + static_cast<size_t>((start + i * step) * size),
                                view->item_size, copy, static_cast<size_t>(i * size),
                                view->item_size);
    return true;
}

bool view_set_item(const Value& self, const Value& key, const Value& value) {
    if (is_released(self)) return released(), false;
    const ShapedView* view = self_of(self);
    if (is_text(view)) return false;
    const Writable memory = writable_memory(self);
    if (!memory.storage) return raise(errors::TypeError, "cannot modify read-only memory"), false;
    if (!value) return raise(errors::TypeError, "cannot delete memory"), false;
    if (is<Slice>(key) && view->shape.size() == 1)
        return set_slice(self, memory, cast<Slice>(key), value);
    size_t at;
    if (!place(view, key, at)) return false;
    switch (store_item(memory.storage->data() + memory.start + at, view->format, value)) {
        case Stored::Good:
            return true;
        case Stored::Raised:
            return false;
        case Stored::WrongType:
            return raise(errors::TypeError, cat("memoryview: invalid type for format '",
                                                std::string(1, view->format), "'")),
                   false;
        case Stored::OutOfRange:
            break;
    }
    return raise(errors::ValueError,
                 cat("memoryview: invalid value for format '", std::string(1, view->format), "'")),
           false;
}

int64_t view_length(const Value& self) {
    if (is_released(self)) return released(), -1;
    if (self_of(self)->shape.empty())
        return raise(errors::TypeError, "0-dim memory has no length"), -1;
    return self_of(self)->shape[0];
}
Value view_repr(const Value& self) {
    std::string text = default_repr(self);
    // "<memory at 0x...>"
    const size_t at = text.rfind("0x");
    return make_str(cat(is_released(self) ? "<released memory at " : "<memory at ",
                        std::string_view(text).substr(at)));
}
bool view_hash(const Value& self, int64_t& out) {
    if (writable_memory(self).storage)
        return raise(errors::ValueError, "cannot hash writable memoryview object"), false;
    if (self_of(self)->item_size != 1 || self_of(self)->format == '?')
        return raise(errors::ValueError,
                     "memoryview: hashing is restricted to formats 'B', 'b' or 'c'"),
               false;
    out = hash_bytes(self_of(self)->bytes());
    return true;
}

// Items from `at` on, nested as the shape is.
Value items_of(const ShapedView* view, size_t dimension, size_t& at) {
    const std::string_view bytes = view->bytes();
    if (dimension == view->shape.size()) {
        const char* from = bytes.data() + at;
        at += view->item_size;
        return load_item(from, view->format);
    }
    std::vector<Value> items;
    for (int64_t i = 0; i < view->shape[dimension] && at < bytes.size(); ++i)
        items.push_back(items_of(view, dimension + 1, at));
    return make_list(std::move(items));
}
Value view_tolist(const Value* a) {
    if (is_released(a[0])) return released();
    size_t at = 0;
    if (is_text(self_of(a[0]))) return {};
    return items_of(self_of(a[0]), 0, at);
}

Value view_compare(const Value& a, const Value& b, CompareOp op) {
    if (op != CompareOp::Eq && op != CompareOp::Ne) return not_implemented();
    const auto answer = [op](bool same) { return boolean(same == (op == CompareOp::Eq)); };
    const bool identical = b.is_object() && a.is(b.object());
    if (is_released(a) || (is<MemoryView>(b) && is_released(b))) return answer(identical);
    std::string_view bytes;
    if (!is<ArrayObject>(b) && !bytes_view(b, bytes)) return not_implemented();
    const Value other = view_construct(nullptr, Args{&b, 1});
    if (!other) return {};
    const ShapedView *x = self_of(a), *y = self_of(other);
    if (x->shape != y->shape) return answer(false);
    if (x->format == y->format && x->format != 'f' && x->format != 'd')
        return answer(x->bytes() == y->bytes());
    if (x->format == 'w' || y->format == 'w') return answer(false);
    size_t first = 0, second = 0;
    return compare(op, items_of(x, 0, first), items_of(y, 0, second));
}
Value view_iter(const Value& self) {
    if (is_released(self)) return released();
    if (self_of(self)->shape.size() != 1)
        return raise(self_of(self)->shape.empty() ? errors::TypeError : errors::NotImplementedError,
                     self_of(self)->shape.empty()
                         ? "invalid indexing of 0-dim memory"
                         : "multi-dimensional sub-views are not implemented");
    const Value items = view_tolist(&self);
    return items ? iterate(items) : Value();
}

// Of every item, in the order of memory, as one row.
Value view_cast(const Value* a) {
    if (is_released(a[0])) return released();
    const ShapedView* view = self_of(a[0]);
    const Str* text = as<Str>(a[1]);
    if (!text)
        return raise(errors::TypeError,
                     cat("cast() argument 'format' must be str, not ", type_name(a[1])));
    std::string_view letters = text->view();
    if (letters.starts_with('@')) letters.remove_prefix(1);
    if (letters.size() != 1 || !format_size(letters[0]) || letters == "u" || letters == "w")
        return raise(errors::ValueError,
                     "memoryview: destination format must be a native single character format "
                     "prefixed with an optional '@'");
    const auto is_byte = [](char c) { return c == 'b' || c == 'B' || c == 'c'; };
    const char format = letters[0];
    const size_t size = format_size(format);
    if (!is_byte(view->format) && !is_byte(format))
        return raise(errors::TypeError, "memoryview: cannot cast between two non-byte formats");
    if (view->count % size)
        return raise(errors::TypeError, "memoryview: length is not a multiple of itemsize");
    Ref<ShapedView> made = make<ShapedView>(view->source, view->start, view->count);
    made->format = format;
    made->item_size = size;
    made->read_only = view->read_only;
    made->shape = {static_cast<int64_t>(view->count / size)};
    if (!a[2] || is_none(a[2])) return made;
    if (!is<Tuple>(a[2]) && !is<List>(a[2]))
        return raise(errors::TypeError, "shape must be a list or a tuple");
    made->shape.clear();
    int64_t product = static_cast<int64_t>(size);
    const bool read = for_each(a[2], [&](const Value& item) {
        int64_t extent;
        if (!is_int(item))
            return raise(errors::TypeError,
                         "memoryview.cast(): elements of shape must be integers"),
                   false;
        if (!to_index(item, extent)) return false;
        if (extent <= 0)
            return raise(errors::ValueError,
                         "memoryview.cast(): elements of shape must be integers > 0"),
                   false;
        product *= extent;
        made->shape.push_back(extent);
        return product <= static_cast<int64_t>(view->count) || static_cast<bool>(product);
    });
    if (!read) return {};
    if (view->shape.size() != 1 && made->shape.size() != 1)
        return raise(errors::TypeError, "memoryview: cast must be 1D -> ND or ND -> 1D");
    if (product != static_cast<int64_t>(view->count))
        return raise(errors::TypeError, "memoryview: product(shape) * itemsize != buffer size");
    return made;
}

Value view_tobytes(const Value* a) {
    return is_released(a[0]) ? released() : make_bytes(self_of(a[0])->bytes());
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
Value view_item_size(const Value* a) {
    return make_int(static_cast<int64_t>(self_of(a[0])->item_size));
}
Value view_dimensions(const Value* a) {
    return make_int(static_cast<int64_t>(self_of(a[0])->shape.size()));
}
Value view_format(const Value* a) {
    return make_str(std::string(1, self_of(a[0])->format));
}
Value view_readonly(const Value* a) {
    return boolean(!writable_memory(a[0]).storage);
}
Value view_object(const Value* a) {
    return is_released(a[0]) ? released() : self_of(a[0])->source;
}
Value view_shape(const Value* a) {
    std::vector<Value> extents;
    for (const int64_t extent : self_of(a[0])->shape) extents.push_back(make_int(extent));
    return make_tuple(std::span<const Value>(extents));
}
Value view_strides(const Value* a) {
    const ShapedView* view = self_of(a[0]);
    std::vector<Value> strides(view->shape.size());
    auto stride = static_cast<int64_t>(view->item_size);
    for (size_t i = view->shape.size(); i-- > 0; stride *= view->shape[i])
        strides[i] = make_int(stride);
    return make_tuple(std::span<const Value>(strides));
}
Value view_suboffsets(const Value*) {
    return make_tuple({});
}
// Rows of C are columns of Fortran: the same only where there is one of them.
Value view_f_contiguous(const Value* a) {
    return boolean(self_of(a[0])->shape.size() <= 1);
}
Value view_contiguous(const Value*) {
    return boolean(true);
}
// The same memory, not to be written.
Value view_to_readonly(const Value* a) {
    if (is_released(a[0])) return released();
    const Value made = view_construct(nullptr, Args{a, 1});
    if (made) self_of(made)->read_only = true;
    return made;
}

constexpr NativeMethod kMethods[] = {
    {"tobytes", view_tobytes, "(self, /, order='C')"},
    {"tolist", view_tolist},
    {"cast", view_cast, "(self, /, format, shape=None)"},
    {"hex", view_hex, "(self, /, sep=None, bytes_per_sep=1)"},
    {"toreadonly", view_to_readonly},
    {"release", view_release},
    {"__enter__", view_enter},
    {"__exit__", view_exit, "(self, /, *args)"},
    {"nbytes", live<view_size>, "(self)", MethodKind::Getter},
    {"itemsize", live<view_item_size>, "(self)", MethodKind::Getter},
    {"ndim", live<view_dimensions>, "(self)", MethodKind::Getter},
    {"format", live<view_format>, "(self)", MethodKind::Getter},
    {"readonly", live<view_readonly>, "(self)", MethodKind::Getter},
    {"obj", view_object, "(self)", MethodKind::Getter},
    {"shape", live<view_shape>, "(self)", MethodKind::Getter},
    {"strides", live<view_strides>, "(self)", MethodKind::Getter},
    {"suboffsets", live<view_suboffsets>, "(self)", MethodKind::Getter},
    {"f_contiguous", live<view_f_contiguous>, "(self)", MethodKind::Getter},
    {"c_contiguous", live<view_contiguous>, "(self)", MethodKind::Getter},
    {"contiguous", live<view_contiguous>, "(self)", MethodKind::Getter},
};

}  // namespace

Value make_view_of(const Value& source, char format, size_t bytes) {
    Ref<ShapedView> made = make<ShapedView>(source, size_t{0}, bytes);
    made->format = format;
    made->item_size = format_size(format);
    made->shape = {static_cast<int64_t>(bytes / made->item_size)};
    return made;
}

void initialise_memoryview_type() {
    MemoryView::type = define_type({.name = "memoryview",
                                    .instance_size = sizeof(ShapedView),
                                    .flags = kSequencePattern,
                                    .slots = {.destroy = destroy_native<ShapedView>,
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
