// array: numbers of one machine type, packed.
#include <algorithm>
#include <cstring>

#include "runtime/base/text.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/value/buffer.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

using namespace value;  // a file of bindings
using base::cat;

namespace {

constexpr std::string_view kCodes = "bBuwhHiIlLqQfd";

// What an item out of range is called: below, above.
struct RangeWords {
    char code;
    const char *below, *above;
};
constexpr RangeWords kRangeWords[] = {
    {'b', "signed char is less than minimum", "signed char is greater than maximum"},
    {'B', "unsigned byte integer is less than minimum",
     "unsigned byte integer is greater than maximum"},
    {'h', "signed short integer is less than minimum",
     "signed short integer is greater than maximum"},
    {'H', "unsigned short is less than minimum", "unsigned short is greater than maximum"},
    {'i', "signed integer is less than minimum", "signed integer is greater than maximum"},
    {'I', "can't convert negative value to unsigned int", "unsigned int is greater than maximum"},
    {'l', "Python int too large to convert to C long", "Python int too large to convert to C long"},
    {'L', "can't convert negative value to unsigned int",
     "Python int too large to convert to C unsigned long"},
    {'q', "int too big to convert", "int too big to convert"},
    {'Q', "can't convert negative int to unsigned", "int too big to convert"},
};

ArrayObject* self_of(const Value& self) {
    return cast<ArrayObject>(self);
}
bool is_text_code(char code) {
    return code == 'u' || code == 'w';
}

void raise_range(char code, const Value& value) {
    for (const RangeWords& words : kRangeWords)
        if (words.code == code) {
            const bool below = int_text(value).front() == '-';
            raise(errors::OverflowError, below ? words.below : words.above);
            return;
        }
}
void raise_kind(char code, const Value& value) {
    if (is_text_code(code))
        raise(errors::TypeError, "array item must be unicode character");
    else if (code == 'f' || code == 'd')
        raise(errors::TypeError, cat("must be real number, not ", type_name(value)));
    else
        raise(errors::TypeError,
              cat("'", type_name(value), "' object cannot be interpreted as an integer"));
}

// Writes one item; false and pending.
bool store(char* to, char code, const Value& value) {
    if (code == 'f' && (is_float(value) || is_int(value))) {
        // Too large for a float is infinite, not an error.
        double number;
        if (!to_double(value, number)) return false;
        const auto single = static_cast<float>(number);
        std::memcpy(to, &single, sizeof single);
        return true;
    }
    switch (store_item(to, code, value)) {
        case Stored::Good:
            return true;
        case Stored::Raised:
            return false;
        case Stored::WrongType:
            return raise_kind(code, value), false;
        case Stored::OutOfRange:
            break;
    }
    if (is_text_code(code))
        raise_kind(code, value);
    else
        raise_range(code, value);
    return false;
}
bool append_item(ArrayObject* array, const Value& value) {
    char item[8];
    if (!store(item, array->code, value)) return false;
    array->bytes.append(item, array->item_size());
    return true;
}
Value item_at(const ArrayObject* array, size_t i) {
    return load_item(array->bytes.data() + i * array->item_size(), array->code);
}
Ref<ArrayObject> make_like(const ArrayObject* of, std::string bytes) {
    Ref<ArrayObject> made = make<ArrayObject>();
    made->code = of->code;
    made->bytes = std::move(bytes);
    return made;
}

bool extend(ArrayObject* array, const Value& iterable) {
    if (const ArrayObject* other = as<ArrayObject>(iterable)) {
        if (other->code != array->code)
            return raise(errors::TypeError, "can only extend with array of same kind"), false;
        array->bytes += std::string(other->bytes);
        return true;
    }
    return for_each(iterable, [array](const Value& item) { return append_item(array, item); });
}

bool from_bytes(ArrayObject* array, std::string_view bytes) {
    if (bytes.size() % array->item_size())
        return raise(errors::ValueError, "bytes length not a multiple of item size"), false;
    array->bytes += std::string(bytes);
    return true;
}

bool fill(ArrayObject* array, const Value& from) {
    const char code = array->code;
    const std::string shown(1, code);
    const ArrayObject* other = as<ArrayObject>(from);
    if (is<Str>(from) && !is_text_code(code))
        return raise(errors::TypeError,
                     cat("cannot use a str to initialize an array with typecode '", shown, "'")),
               false;
    if (other && is_text_code(code) != is_text_code(other->code))
        return raise(errors::TypeError,
                     cat("cannot use a unicode array to initialize an array with typecode '", shown,
                         "'")),
               false;
    std::string_view bytes;
    if ((is<Bytes>(from) || is<ByteArray>(from)) && bytes_view(from, bytes))
        return from_bytes(array, bytes);
    if (!other || other->code == code) return extend(array, from);
    for (size_t i = 0; i < other->count(); ++i)
        if (!append_item(array, item_at(other, i))) return false;
    return true;
}

Value array_construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(typecode, initializer=(), /)");
    if (args.named() && type == ArrayObject::type)
        return raise(errors::TypeError, "array.array() takes no keyword arguments");
    if (args.count < 1)
        return raise(errors::TypeError, "array() takes at least 1 argument (0 given)");
    if (args.count > 2)
        return raise(errors::TypeError,
                     cat("array() takes at most 2 arguments (", args.count, " given)"));
    Value bound[2];
    const Args positional{args.items, args.count};
    if (!bind_arguments(*signature, "array", ErrorStyle::C, positional, bound)) return {};
    const Str* code = as<Str>(bound[0]);
    if (!code || code->length != 1)
        return raise(errors::TypeError, cat("array() argument 1 must be a unicode character, not ",
                                            type_name(bound[0])));
    Ref<ArrayObject> made = make_as<ArrayObject>(type);
    made->code = code->view().front();
    if (code->size != 1 || kCodes.find(made->code) == std::string_view::npos)
        return raise(errors::ValueError,
                     "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
    if (bound[1] && !fill(made.get(), bound[1])) return {};
    return made;
}
bool array_init(const Value&, const Args&) {
    return true;
}

// The place an index means; false and an IndexError pending.
bool place(const ArrayObject* array, const Value& key, const char* message, size_t& out) {
    int64_t index;
    if (!key.is_small() && !key.type()->slots.index)
        return raise(errors::TypeError, "array indices must be integers"), false;
    if (!to_index(key, index)) return false;
    const auto size = static_cast<int64_t>(array->count());
    if (index < 0) index += size;
    if (index < 0 || index >= size) return raise(errors::IndexError, message), false;
    out = static_cast<size_t>(index);
    return true;
}

Value array_get_item(const Value& self, const Value& key) {
    const ArrayObject* array = self_of(self);
    const size_t size = array->item_size();
    size_t at;
    if (!is<Slice>(key))
        return place(array, key, "array index out of range", at) ? item_at(array, at) : Value();
    int64_t start, step, count;
    if (!slice_indices(cast<Slice>(key), static_cast<int64_t>(array->count()), start, step, count))
        return {};
    std::string bytes;
    for (int64_t i = 0; i < count; ++i)
        bytes.append(array->bytes, static_cast<size_t>(start + i * step) * size, size);
    return make_like(array, std::move(bytes));
}

bool set_slice(ArrayObject* array, const Slice* slice, const Value& value) {
    const ArrayObject* from = value ? as<ArrayObject>(value) : nullptr;
    if (value && !from)
        return raise(errors::TypeError,
                     cat("can only assign array (not \"", type_name(value), "\") to array slice")),
               false;
    if (from && from->code != array->code)
        return raise(errors::TypeError, "bad argument type for built-in operation"), false;
    int64_t start, step, count;
    if (!slice_indices(slice, static_cast<int64_t>(array->count()), start, step, count))
        return false;
    const size_t size = array->item_size(), first = static_cast<size_t>(start) * size;
    const std::string with = from ? from->bytes : std::string();
    if (step == 1)
        return array->bytes.replace(first, static_cast<size_t>(count) * size, with), true;
    if (from && static_cast<int64_t>(from->count()) != count)
        return raise(errors::ValueError, cat("attempt to assign array of size ", from->count(),
                                             " to extended slice of size ", count)),
               false;
    std::vector<size_t> places;
    for (int64_t i = 0; i < count; ++i) {
        places.push_back(static_cast<size_t>(start + i * step) * size);
        if (from)
            array->bytes.replace(places.back(), size, with, static_cast<size_t>(i) * size, size);
    }
    if (from) return true;
    std::sort(places.rbegin(), places.rend());
    for (const size_t at : places) array->bytes.erase(at, size);
    return true;
}
bool array_set_item(const Value& self, const Value& key, const Value& value) {
    ArrayObject* array = self_of(self);
    if (is<Slice>(key)) return set_slice(array, cast<Slice>(key), value);
    size_t at;
    if (!place(array, key, "array assignment index out of range", at)) return false;
    const size_t size = array->item_size();
    if (!value) return array->bytes.erase(at * size, size), true;
    char item[8];
    if (!store(item, array->code, value)) return false;
    if (at < array->count()) array->bytes.replace(at * size, size, item, size);
    return true;
}

Ref<List> items_of(const ArrayObject* array) {
    Ref<List> items = make_list();
    for (size_t i = 0; i < array->count(); ++i) items->items.push_back(item_at(array, i));
    return items;
}

Value array_repr(const Value& self) {
    const ArrayObject* array = self_of(self);
    const std::string head = cat(self.type()->name->view(), "('", std::string(1, array->code), "'");
    if (!array->count()) return make_str(head + ")");
    Value shown = items_of(array);
    if (is_text_code(array->code)) {
        std::string text;
        for (const Value& item : cast<List>(shown)->items) text += cast<Str>(item)->view();
        shown = make_str(text);
    }
    const Ref<Str> inner = repr(shown);
    return inner ? Value(make_str(cat(head, ", ", inner->view(), ")"))) : Value();
}
bool array_hash(const Value& self, int64_t&) {
    return raise(errors::TypeError, cat("unhashable type: '", type_name(self), "'")), false;
}
Value array_compare(const Value& a, const Value& b, CompareOp op) {
    if (!is<ArrayObject>(a) || !is<ArrayObject>(b)) return not_implemented();
    return compare(op, items_of(self_of(a)), items_of(self_of(b)));
}
int64_t array_length(const Value& self) {
    return static_cast<int64_t>(self_of(self)->count());
}
int array_contains(const Value& self, const Value& item) {
    return contains(items_of(self_of(self)), item);
}

struct ArrayIterator : Object {
    static Type* type;
    Value array;
    size_t at = 0;
    ArrayIterator(Type* its_type, Value its_array)
        : Object(its_type), array(std::move(its_array)) {}
};
Type* ArrayIterator::type = nullptr;
Value same(const Value& self) {
    return self;
}
Value iterator_next(const Value& self) {
    auto* iterator = cast<ArrayIterator>(self);
    if (!iterator->array || iterator->at >= self_of(iterator->array)->count())
        return iterator->array = Value(), Value();
    return item_at(self_of(iterator->array), iterator->at++);
}
Value array_iter(const Value& self) {
    return make<ArrayIterator>(self);
}

Value array_add(const Value& a, const Value& b) {
    if (!is<ArrayObject>(a)) return not_implemented();
    const ArrayObject* other = as<ArrayObject>(b);
    if (!other)
        return raise(errors::TypeError,
                     cat("can only append array (not \"", type_name(b), "\") to array"));
    if (other->code != self_of(a)->code)
        return raise(errors::TypeError, "bad argument type for built-in operation");
    return make_like(self_of(a), self_of(a)->bytes + other->bytes);
}
Value array_inplace_add(const Value& a, const Value& b) {
    if (!is<ArrayObject>(b))
        return raise(errors::TypeError,
                     cat("can only extend with array (not \"", type_name(b), "\")"));
    return extend(self_of(a), b) ? a : Value();
}
// False and pending: no number of times.
bool repeated(const ArrayObject* array, const Value& times, std::string& out) {
    int64_t count;
    if (!to_index(times, count)) return false;
    if (count > 0 && array->bytes.size() > (size_t{1} << 31) / static_cast<size_t>(count))
        return raise(errors::MemoryError, ""), false;
    for (int64_t i = 0; i < count; ++i) out += array->bytes;
    return true;
}
Value array_multiply(const Value& a, const Value& b) {
    const bool left = is<ArrayObject>(a);
    const Value& times = left ? b : a;
    if (!times.is_small() && !(times.is_object() && times.type()->slots.index))
        return left || is<ArrayObject>(b)
                   ? raise(errors::TypeError, cat("can't multiply sequence by non-int of type '",
                                                  type_name(times), "'"))
                   : not_implemented();
    std::string bytes;
    const ArrayObject* array = self_of(left ? a : b);
    return repeated(array, times, bytes) ? Value(make_like(array, std::move(bytes))) : Value();
}
Value array_inplace_multiply(const Value& a, const Value& times) {
    const Value made = array_multiply(a, times);
    if (!made || made.is(g_not_implemented)) return made;
    self_of(a)->bytes = self_of(made)->bytes;
    return a;
}

Value array_append(const Value* a) {
    return append_item(self_of(a[0]), a[1]) ? none() : Value();
}
Value array_extend(const Value* a) {
    return extend(self_of(a[0]), a[1]) ? none() : Value();
}
Value array_fromlist(const Value* a) {
    if (!is<List>(a[1])) return raise(errors::TypeError, "arg must be list");
    const std::string before = self_of(a[0])->bytes;
    if (extend(self_of(a[0]), a[1])) return none();
    self_of(a[0])->bytes = before;
    return {};
}
Value array_fromunicode(const Value* a) {
    if (!is_text_code(self_of(a[0])->code))
        return raise(errors::ValueError,
                     "fromunicode() may only be called on unicode type arrays ('u' or 'w')");
    return array_extend(a);
}
Value array_tounicode(const Value* a) {
    if (!is_text_code(self_of(a[0])->code))
        return raise(errors::ValueError,
                     "tounicode() may only be called on unicode type arrays ('u' or 'w')");
    std::string text;
    for (const Value& item : items_of(self_of(a[0]))->items) text += cast<Str>(item)->view();
    return make_str(text);
}
Value array_frombytes(const Value* a) {
    std::string_view bytes;
    if (!bytes_view(a[1], bytes))
        return raise(errors::TypeError,
                     cat("a bytes-like object is required, not '", type_name(a[1]), "'"));
    return from_bytes(self_of(a[0]), bytes) ? none() : Value();
}
Value array_tobytes(const Value* a) {
    return make_bytes(self_of(a[0])->bytes);
}
Value array_tolist(const Value* a) {
    return items_of(self_of(a[0]));
}
Value array_fromfile(const Value* a) {
    static const Name read("read");
    int64_t count;
    if (!to_index(a[2], count)) return {};
    const auto size = static_cast<int64_t>(self_of(a[0])->item_size());
    const Value wanted = make_int(count * size);
    const Value data = call_method(a[1], read, &wanted, 1);
    std::string_view bytes;
    if (!data) return {};
    if (!bytes_view(data, bytes)) return raise(errors::TypeError, "read() didn't return bytes");
    const bool enough = static_cast<int64_t>(bytes.size()) == count * size;
    if (!from_bytes(self_of(a[0]), bytes)) return {};
    return enough ? none() : raise(errors::EOFError, "read() didn't return enough bytes");
}
Value array_tofile(const Value* a) {
    static const Name write("write");
    const Value bytes = array_tobytes(a);
    return call_method(a[1], write, &bytes, 1) ? none() : Value();
}
Value array_buffer_info(const Value* a) {
    return make_tuple({make_int(static_cast<int64_t>(reinterpret_cast<uintptr_t>(a[0].object()))),
                       make_int(array_length(a[0]))});
}
Value array_byteswap(const Value* a) {
    std::string& bytes = self_of(a[0])->bytes;
    const auto size = static_cast<std::ptrdiff_t>(self_of(a[0])->item_size());
    for (auto at = bytes.begin(); at != bytes.end(); at += size) std::reverse(at, at + size);
    return none();
}
// As a list's method of that name does; its messages name an array.
Value as_list_does(const Value* a, const Name& method, size_t count) {
    return call_method(items_of(self_of(a[0])), method, a + 1, count);
}
Value array_count(const Value* a) {
    static const Name count("count");
    return as_list_does(a, count, 1);
}
Value array_index(const Value* a) {
    static const Name index("index");
    const size_t given = a[3] ? 3 : a[2] ? 2 : 1;
    const Value found = as_list_does(a, index, given);
    if (found || !clear_raised_if(errors::ValueError)) return found;
    return raise(errors::ValueError, "array.index(x): x not in array");
}
Value array_remove(const Value* a) {
    static const Name index("index");
    const Value found = as_list_does(a, index, 1);
    if (!found)
        return clear_raised_if(errors::ValueError)
                   ? raise(errors::ValueError, "array.remove(x): x not in array")
                   : Value();
    return array_set_item(a[0], found, Value()) ? none() : Value();
}
Value array_insert(const Value* a) {
    int64_t index;
    char item[8];
    ArrayObject* array = self_of(a[0]);
    if (!to_index(a[1], index) || !store(item, array->code, a[2])) return {};
    const auto count = static_cast<int64_t>(array->count());
    if (index < 0) index = std::max<int64_t>(index + count, 0);
    const size_t size = array->item_size();
    array->bytes.insert(static_cast<size_t>(std::min(index, count)) * size, item, size);
    return none();
}
Value array_pop(const Value* a) {
    const ArrayObject* array = self_of(a[0]);
    if (!array->count()) return raise(errors::IndexError, "pop from empty array");
    size_t at = array->count() - 1;
    if (a[1] && !place(array, a[1], "pop index out of range", at)) return {};
    Value item = item_at(array, at);
    self_of(a[0])->bytes.erase(at * array->item_size(), array->item_size());
    return item;
}
Value array_reverse(const Value* a) {
    array_byteswap(a);
    std::string& bytes = self_of(a[0])->bytes;
    std::reverse(bytes.begin(), bytes.end());
    return none();
}
Value array_clear(const Value* a) {
    self_of(a[0])->bytes.clear();
    return none();
}
Value array_copy(const Value* a) {
    return make_like(self_of(a[0]), self_of(a[0])->bytes);
}
Value array_reduce(const Value* a) {
    return make_tuple(
        {Value::share(a[0].object()->type),
         make_tuple({make_str(std::string(1, self_of(a[0])->code)), items_of(self_of(a[0]))}),
         none()});
}
Value array_typecode(const Value* a) {
    return make_str(std::string(1, self_of(a[0])->code));
}
Value array_itemsize(const Value* a) {
    return make_int(static_cast<int64_t>(self_of(a[0])->item_size()));
}

constexpr NativeMethod kMethods[] = {
    {"append", array_append, "(self, v, /)"},
    {"extend", array_extend, "(self, bb, /)"},
    {"fromlist", array_fromlist, "(self, list, /)"},
    {"fromunicode", array_fromunicode, "(self, ustr, /)"},
    {"tounicode", array_tounicode},
    {"frombytes", array_frombytes, "(self, buffer, /)"},
    {"tobytes", array_tobytes},
    {"fromfile", array_fromfile, "(self, f, n, /)"},
    {"tofile", array_tofile, "(self, f, /)"},
    {"tolist", array_tolist},
    {"buffer_info", array_buffer_info},
    {"byteswap", array_byteswap},
    {"count", array_count, "(self, v, /)"},
    {"index", array_index, "(self, v, start=0, stop=9223372036854775807, /)"},
    {"insert", array_insert, "(self, i, v, /)"},
    {"pop", array_pop, "(self, i=-1, /)"},
    {"remove", array_remove, "(self, v, /)"},
    {"reverse", array_reverse},
    {"clear", array_clear},
    {"__copy__", array_copy},
    {"__deepcopy__", array_copy, "(self, unused, /)"},
    {"__reduce__", array_reduce},
    {"typecode", array_typecode, "(self)", MethodKind::Getter},
    {"itemsize", array_itemsize, "(self)", MethodKind::Getter},
};

void define_array_types() {
    Slots slots{.destroy = destroy_native<ArrayObject>,
                .repr = array_repr,
                .hash = array_hash,
                .compare = array_compare,
                .iter = array_iter,
                .length = array_length,
                .get_item = array_get_item,
                .set_item = array_set_item,
                .contains = array_contains,
                .construct = array_construct,
                .init = array_init};
    slots.binary[static_cast<size_t>(BinaryOp::Add)] = array_add;
    slots.binary[static_cast<size_t>(BinaryOp::Mul)] = array_multiply;
    slots.inplace[static_cast<size_t>(BinaryOp::Add)] = array_inplace_add;
    slots.inplace[static_cast<size_t>(BinaryOp::Mul)] = array_inplace_multiply;
    ArrayObject::type = define_type({.name = "array.array",
                                     .instance_size = sizeof(ArrayObject),
                                     .flags = kBaseType | kSequencePattern | kDottedName,
                                     .slots = slots,
                                     .methods = kMethods});
    ArrayIterator::type = define_type(
        {.name = "array.arrayiterator",
         .instance_size = sizeof(ArrayIterator),
         .flags = kDottedName,
         .slots = {.destroy = destroy_native<ArrayIterator>, .iter = same, .next = iterator_next}});
}

}  // namespace

Value make_module_array() {
    if (!ArrayObject::type) define_array_types();
    Value module = make_native_module("array", {});
    module_set(module, "array", Value::share(ArrayObject::type));
    module_set(module, "ArrayType", Value::share(ArrayObject::type));
    module_set(module, "typecodes", make_str(kCodes));
    return module;
}

}  // namespace loopglass::script
