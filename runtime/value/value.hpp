// Value: the 8-byte tagged word every script-visible thing is; Object: what it may point to.
//
//   0                       no value: an exception is pending (see thread.hpp), or a slot is unset
//   ...1                    a small int, 63 bits, held in the word itself
//   8-aligned pointer       an Object, reference counted (CPython's counting moments are lessons)
//
// Ownership: a Value owns one reference. A raw Object* only borrows. Functions return owned Values
// and take `const Value&` (borrowed). Ref<T> is a Value known to hold a T.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace loopglass::value {

struct Type;

enum ObjectFlags : uint32_t {
    kHasWeakrefs = 1,  // listed in the weak reference registry (weakref.hpp)
    kFinalized = 2,    // __del__ has run
    kInterned = 4,     // Str: the one copy of its text; equal interned strings are the same object
    kFrozen = 8,       // internal: hash cached and so on; meaning is the type's own
};

struct Object {
    Type* type;
    uint32_t refs = 1;
    uint32_t flags = 0;

    explicit Object(Type* its_type) : type(its_type) {}
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;
};

// References of an immortal object start here and never come near zero.
inline constexpr uint32_t kImmortalRefs = 1u << 30;

void destroy_object(Object* object);  // the count reached zero: finalise, then free

inline void retain(Object* object) {
    ++object->refs;
}
inline void release(Object* object) {
    if (__builtin_expect(--object->refs == 0, 0)) destroy_object(object);
}

template <typename T>
class Ref;

class Value {
public:
    constexpr Value() = default;
    Value(const Value& other) : bits_(other.bits_) { acquire(); }
    Value(Value&& other) noexcept : bits_(std::exchange(other.bits_, 0)) {}
    // By value: what the old content's end runs may look at us, and finds the new content.
    Value& operator=(Value other) noexcept {
        std::swap(bits_, other.bits_);
        return *this;
    }
    ~Value() { drop(bits_); }

    // Adopts the reference the caller owns.
    static Value take(Object* object) { return Value(reinterpret_cast<uintptr_t>(object)); }
    // Adds a reference of its own.
    static Value share(Object* object) {
        retain(object);
        return take(object);
    }
    // The caller makes sure that the number fits (fits_small).
    static Value small(int64_t number) { return Value((static_cast<uintptr_t>(number) << 1) | 1); }
    static Value from_bits(uintptr_t bits) { return Value(bits); }  // adopts

    [[nodiscard]] explicit operator bool() const { return bits_ != 0; }
    [[nodiscard]] bool is_small() const { return bits_ & 1; }
    [[nodiscard]] bool is_object() const { return bits_ && !(bits_ & 1); }
    [[nodiscard]] int64_t small() const { return static_cast<int64_t>(bits_) >> 1; }
    [[nodiscard]] Object* object() const { return reinterpret_cast<Object*>(bits_); }
    [[nodiscard]] uintptr_t bits() const { return bits_; }
    // Python's `is`.
    [[nodiscard]] bool is(const Value& other) const { return bits_ == other.bits_; }
    [[nodiscard]] bool is(const Object* other) const {
        return bits_ == reinterpret_cast<uintptr_t>(other);
    }
    [[nodiscard]] Type* type() const;  // never null for a value; type.hpp
    // Gives up ownership.
    [[nodiscard]] uintptr_t detach() { return std::exchange(bits_, 0); }
    void swap(Value& other) noexcept { std::swap(bits_, other.bits_); }

private:
    explicit Value(uintptr_t bits) : bits_(bits) {}
    void acquire() const {
        if (is_object()) retain(object());
    }
    static void drop(uintptr_t bits) {
        if (bits && !(bits & 1)) release(reinterpret_cast<Object*>(bits));
    }
    uintptr_t bits_ = 0;
};
static_assert(sizeof(Value) == 8);

inline constexpr int64_t kSmallMax = INT64_MAX >> 1;
inline constexpr int64_t kSmallMin = INT64_MIN >> 1;
inline bool fits_small(int64_t number) {
    return number >= kSmallMin && number <= kSmallMax;
}

// An owning, typed pointer; may be null (then, as a result, an exception is pending). It is a Value
// known to hold a T, so it goes wherever a Value goes.
template <typename T>
class Ref : public Value {
public:
    Ref() = default;
    static Ref take(T* object) { return Ref(Value::take(object)); }
    static Ref share(T* object) { return object ? Ref(Value::share(object)) : Ref(); }
    [[nodiscard]] T* get() const { return static_cast<T*>(object()); }
    T* operator->() const { return get(); }
    T& operator*() const { return *get(); }

private:
    explicit Ref(Value value) : Value(std::move(value)) {}
};

}  // namespace loopglass::value
