// The native value types a script sees, as C++ structs. Their methods and slots live in the .cpp of
// each; what C++ code uses of them stands here.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/type.hpp"

namespace loopglass::value {

// ---- str: UTF-8 (lone surrogates as three bytes), immutable, text follows the struct
// -------------
struct Str : Object {
    static Type* type;
    uint32_t size;    // bytes
    uint32_t length;  // code points; == size exactly when ASCII
    int64_t hash;     // 0: not computed yet

    [[nodiscard]] const char* data() const { return reinterpret_cast<const char*>(this + 1); }
    [[nodiscard]] char* data() { return reinterpret_cast<char*>(this + 1); }
    [[nodiscard]] std::string_view view() const { return {data(), size}; }
    [[nodiscard]] bool ascii() const { return size == length; }
    Str(Type* its_type, uint32_t bytes, uint32_t code_points)
        : Object(its_type), size(bytes), length(code_points), hash(0) {}
};
// The text must be valid UTF-8 (or WTF-8 for surrogates).
[[nodiscard]] Ref<Str> make_str(std::string_view text);
[[nodiscard]] Ref<Str> make_str_uninitialised(size_t bytes);  // ASCII only; fill data() before use
// The one copy of this text, for names: identity compares them. Lives as long as the process.
[[nodiscard]] Str* intern(std::string_view text);
[[nodiscard]] Ref<Str> intern(Str* text);  // the interned equal of it
[[nodiscard]] Value str_char(uint32_t code_point);
[[nodiscard]] int64_t str_hash(Str* text);
[[nodiscard]] inline bool str_equal(const Str* a, const Str* b) {
    return a == b || (a->size == b->size && a->view() == b->view());
}
// Both texts, one behind the other; null with MemoryError pending beyond 4 GiB.
[[nodiscard]] Ref<Str> str_concat(const Str* a, const Str* b);
[[nodiscard]] Ref<Str> str_concat(std::span<const Value> pieces);  // all of them Str
[[nodiscard]] Ref<Str> str_join(const Str* separator, std::span<const Value> items);
// left += right, both Str. Amortised fast if `left` holds the only reference.
[[nodiscard]] bool str_append(Value& left, const Value& right);
// str(number); the text stands in the buffer.
[[nodiscard]] std::string_view small_text(int64_t number, char (&digits)[24]);
[[nodiscard]] Ref<Str> small_str(int64_t number);
// Builds text piece by piece. Its buffer is recycled, so short-lived ones cost no allocation.
class StrBuilder {
public:
    StrBuilder();
    ~StrBuilder();
    StrBuilder(const StrBuilder&) = delete;
    StrBuilder& operator=(const StrBuilder&) = delete;
    void add(std::string_view text) { text_ += text; }
    void add(char c) { text_ += c; }
    bool add_str(const Value& value);   // str(value); false: pending
    bool add_repr(const Value& value);  // repr(value)
    [[nodiscard]] Ref<Str> finish() { return make_str(text_); }
    std::string& text() { return text_; }

private:
    std::string text_;
};
// repr() of a text, quotes chosen as CPython does.
[[nodiscard]] std::string quote(std::string_view text);

// A name used often in C++: `static Name kName("__name__"); ... kName.get()`.
class Name {
public:
    explicit Name(const char* text) : text_(text) {}
    [[nodiscard]] Str* get() const { return str_ ? str_ : (str_ = intern(text_)); }
    operator Str*() const { return get(); }

private:
    const char* text_;
    mutable Str* str_ = nullptr;
};

// ---- int: small ones live in the Value; others, bools and instances of subclasses are Int
// ---------
struct Int;  // int.hpp: holds a Boost.Multiprecision integer
[[nodiscard]] Value make_int(int64_t number);
[[nodiscard]] Value make_int_unsigned(uint64_t number);
[[nodiscard]] Value int_from_text(std::string_view digits, int base);  // ValueError on bad digits
[[nodiscard]] inline bool is_int(const Value& value) {
    return value.is_small() || (value.is_object() && value.object()->type->has(kIntSubclass));
}
// Exact value of an int (or bool, or subclass); false without an exception where it needs more than
// 64 bits.
[[nodiscard]] bool int_value(const Value& value, int64_t& out);
[[nodiscard]] std::string int_text(const Value& value, int base = 10);  // any int, no prefix
[[nodiscard]] double int_to_double(const Value& value);                 // inf beyond the range
[[nodiscard]] Value int_from_double(double number);  // towards zero; ValueError, OverflowError
[[nodiscard]] int64_t int_hash(const Value& value);
[[nodiscard]] Value int_exact(const Value& value);  // of a bool or subclass, the plain int
[[nodiscard]] Value int_divmod(const Value& a, const Value& b);  // may be NotImplemented
// pow(base, exponent, modulus); all errors of theirs.
[[nodiscard]] Value int_power_modulo(const Value& base, const Value& exponent,
                                     const Value& modulus);
extern uint32_t g_int_max_str_digits;  // sys.set_int_max_str_digits; 0: no limit
extern Type* g_bool_type;
[[nodiscard]] inline bool is_bool(const Value& value) {
    return value.is_object() && value.object()->type == g_bool_type;
}

// ---- float
// ----------------------------------------------------------------------------------------
struct Float : Object {
    static Type* type;
    double number;
    Float(Type* its_type, double value) : Object(its_type), number(value) {}
};
[[nodiscard]] Value make_float(double number);
[[nodiscard]] inline bool is_float(const Value& value) {
    return value.is_object() && value.object()->type->has(kFloatSubclass);
}
[[nodiscard]] std::string float_repr(double number);  // shortest that reads back the same
struct Complex : Object {
    static Type* type;
    double real, imaginary;
    Complex(Type* its_type, double re, double im) : Object(its_type), real(re), imaginary(im) {}
};
[[nodiscard]] Value make_complex(double real, double imaginary);

// ---- bytes and bytearray
// --------------------------------------------------------------------------
struct Bytes : Object {
    static Type* type;
    uint32_t size;
    int64_t hash = 0;
    [[nodiscard]] const char* data() const { return reinterpret_cast<const char*>(this + 1); }
    [[nodiscard]] std::string_view view() const { return {data(), size}; }
    Bytes(Type* its_type, uint32_t bytes) : Object(its_type), size(bytes) {}
};
[[nodiscard]] Value make_bytes(std::string_view bytes);
struct ByteArray : Object {
    static Type* type;
    std::string bytes;
    explicit ByteArray(Type* its_type) : Object(its_type) {}
};
struct MemoryView : Object {  // of unsigned bytes
    static Type* type;
    Value source;  // bytes or bytearray; empty: released
    size_t start, count;
    MemoryView(Type* its_type, Value its_source, size_t its_start, size_t its_count)
        : Object(its_type), source(std::move(its_source)), start(its_start), count(its_count) {}
    [[nodiscard]] std::string_view bytes() const;
};
// The bytes of a bytes, bytearray or memoryview; false without an exception if it is none of them.
[[nodiscard]] bool bytes_view(const Value& value, std::string_view& out);
// What bytes(x) makes of a bytes-like object or an iterable of ints (PyObject_Bytes): bytes.
[[nodiscard]] Value bytes_from(const Value& value);

// ---- tuple: items follow the struct
// ---------------------------------------------------------------
struct Tuple : Object {
    static Type* type;
    uint32_t size;
    [[nodiscard]] const Value* items() const { return reinterpret_cast<const Value*>(this + 1); }
    [[nodiscard]] Value* items() { return reinterpret_cast<Value*>(this + 1); }
    [[nodiscard]] const Value& operator[](size_t i) const { return items()[i]; }
    Tuple(Type* its_type, uint32_t count) : Object(its_type), size(count) {}
};
[[nodiscard]] Ref<Tuple> make_tuple(size_t size);  // slots empty: fill all before a script sees it
[[nodiscard]] Ref<Tuple> make_tuple(std::initializer_list<Value> items);
[[nodiscard]] Ref<Tuple> make_tuple(std::span<const Value> items);
[[nodiscard]] Ref<Tuple> tuple_from(const Value& iterable);

// ---- list
// -----------------------------------------------------------------------------------------
struct List : Object {
    static Type* type;
    std::vector<Value> items;
    explicit List(Type* its_type) : Object(its_type) {}
};
[[nodiscard]] Ref<List> make_list();
[[nodiscard]] Ref<List> make_list(std::vector<Value> items);
[[nodiscard]] Ref<List> list_from(const Value& iterable);
// list.sort: stable; key may be empty.
[[nodiscard]] bool sort_list(List* list, const Value& key, bool reverse);

// ---- dict: insertion ordered; an index table only from eleven entries on
// ----------------------------
struct DictEntry {
    int64_t hash;
    Value key;  // empty: deleted
    Value value;
};
struct Dict : Object {
    static Type* type;
    DictEntry* entries = nullptr;
    int32_t* index = nullptr;  // open addressing, -1 free, -2 deleted; null for small dicts
    uint32_t count = 0;        // live entries
    uint32_t used = 0;         // entries written, deleted ones included
    uint32_t capacity = 0;     // of entries
    uint32_t usable = 0;       // entries that may still be written before the table is remade
    uint32_t index_mask = 0;
    uint32_t version = 0;  // changes with every insertion or deletion of a key (not of a value)

    explicit Dict(Type* its_type) : Object(its_type) {}
    ~Dict();
};
[[nodiscard]] Ref<Dict> make_dict();
// Borrowed pointer to the value, null if absent; these never fail, for interned or plain str keys.
[[nodiscard]] Value* dict_find(Dict* dict, Str* key);
void dict_set(Dict* dict, Str* key, Value value);
bool dict_remove(Dict* dict, Str* key);  // false if absent
// Any key: false and pending where hashing or comparing fails. `out` is null if absent.
[[nodiscard]] bool dict_find(Dict* dict, const Value& key, Value*& out);
[[nodiscard]] bool dict_set(Dict* dict, const Value& key, Value value);
[[nodiscard]] int dict_remove(Dict* dict, const Value& key, Value* removed = nullptr);  // 1, 0, -1
void dict_clear(Dict* dict);
[[nodiscard]] Ref<Dict> dict_copy(Dict* dict);
[[nodiscard]] bool dict_update(Dict* dict, const Value& mapping_or_pairs);
// Position of a str key among entries, or -1: lets inline caches remember where a name stood.
// A remembered position is right if position < used and entries[position].key is the same interned
// Str.
[[nodiscard]] int32_t dict_position(Dict* dict, Str* key);

// ---- set and frozenset: CPython's probing, so that small ints iterate in its order
// ------------------
struct SetEntry {
    int64_t hash;  // an empty key with 0: never used; with -1: deleted
    Value key;
};
struct Set : Object {
    static Type* type;
    static Type* frozen_type;
    SetEntry* table;
    uint32_t mask;         // table size (a power of two, 8 at least) minus one
    uint32_t count = 0;    // live
    uint32_t fill = 0;     // live and deleted ones
    uint32_t finger = 0;   // where pop() goes on looking
    uint32_t version = 0;  // changes when the table is remade or an entry changes
    int64_t hash = -1;     // frozenset; -1: not computed
    explicit Set(Type* its_type);
    ~Set();
};
[[nodiscard]] Ref<Set> make_set();
[[nodiscard]] Ref<Set> make_frozenset();
[[nodiscard]] bool set_add(Set* set, const Value& key);
[[nodiscard]] bool set_update(Set* set, const Value& iterable);
// The next live entry from position on, which moves behind it; null at the end.
[[nodiscard]] const SetEntry* set_next(const Set* set, uint32_t& position);
[[nodiscard]] int set_contains(Set* set, const Value& key);  // 1, 0, -1
[[nodiscard]] int set_remove(Set* set, const Value& key);    // 1, 0 (absent), -1

// ---- slice and range
// --------------------------------------------------------------------------------
struct Slice : Object {
    static Type* type;
    Value start, stop, step;
    Slice(Type* its_type, Value a, Value b, Value c)
        : Object(its_type), start(std::move(a)), stop(std::move(b)), step(std::move(c)) {}
};
// As slice.indices, for sequences of up to 2^62 items; false and pending (step zero, not an index).
[[nodiscard]] bool slice_indices(const Slice* slice, int64_t length, int64_t& start, int64_t& step,
                                 int64_t& count);
struct Range : Object {
    static Type* type;
    Value start, stop, step;
    bool small = true;  // the three fit in 62 bits: use the numbers below
    int64_t first = 0, stride = 1, count = 0;
    explicit Range(Type* its_type) : Object(its_type) {}
};
[[nodiscard]] Value make_range(int64_t start, int64_t stop, int64_t step);

// ---- functions bound and wrapped
// --------------------------------------------------------------------
struct BoundMethod : Object {
    static Type* type;  // method
    Value function, self;
    BoundMethod(Type* its_type, Value f, Value s)
        : Object(its_type), function(std::move(f)), self(std::move(s)) {}
};
struct Property : Object {
    static Type* type;
    Value getter, setter, deleter, doc, name;
    explicit Property(Type* its_type) : Object(its_type) {}
};
struct StaticMethod : Object {
    static Type* type;
    Value function;
    explicit StaticMethod(Type* its_type) : Object(its_type) {}
};
struct ClassMethod : Object {
    static Type* type;
    Value function;
    explicit ClassMethod(Type* its_type) : Object(its_type) {}
};
// A cell of a closure.
struct Cell : Object {
    static Type* type;
    Value content;  // empty: unbound
    explicit Cell(Type* its_type) : Object(its_type) {}
};
struct Module : Object {
    static Type* type;
    Ref<Dict> dict;
    Module(Type* its_type, Ref<Dict> its_dict) : Object(its_type), dict(std::move(its_dict)) {}
};
[[nodiscard]] Ref<Module> make_module(std::string_view name);

// super(after, object).
[[nodiscard]] Value make_super(Type* after, const Value& object);

// What tracebacks need to know of compiled code; script::FunctionCode derives from it.
struct Code : Object {
    static Type* type;
    Ref<Str> name, qualname, filename;
    uint32_t first_line = 0;
    bool library = false;  // not the script's own: its lines mean nothing in the script
    // The text of a source line (1-based) without its newline; empty if unknown.
    std::string_view (*source_line)(const Code* code, uint32_t line) = nullptr;
    explicit Code(Type* its_type) : Object(its_type) {}
};

// Makes all types of this floor, once a process.
void initialise_types();

}  // namespace loopglass::value
