// range, also of numbers beyond 64 bits, and its iterators.
#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/fuel.hpp"
#include "runtime/value/iterators.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

Type* Range::type = nullptr;
Type* RangeIterator::type = nullptr;

namespace {

Range* range_of(const Value& value) {
    return cast<Range>(value);
}

// int() of an argument: __index__, of any size.
Value index_of(const Value& value) {
    if (value.is_small() || value.type() == g_int_type) return value;
    if (value.type()->slots.index) return value.type()->slots.index(value);
    return raise(errors::TypeError,
                 cat("'", type_name(value), "' object cannot be interpreted as an integer"));
}

int64_t count_between(int64_t start, int64_t stop, int64_t step) {
    if (step > 0) return start < stop ? (stop - start - 1) / step + 1 : 0;
    return stop < start ? (start - stop - 1) / -step + 1 : 0;
}

// The three are ints; step is not zero.
Value new_range(Value start, Value stop, Value step) {
    Ref<Range> range = make<Range>();
    range->small = start.is_small() && stop.is_small() && step.is_small();
    if (range->small) {
        range->first = start.small();
        range->stride = step.small();
        range->count = count_between(range->first, stop.small(), range->stride);
    }
    range->start = std::move(start);
    range->stop = std::move(stop);
    range->step = std::move(step);
    return range;
}

Value range_construct(Type*, const Args& args) {
    if (!check_no_keywords(args, "range") || !check_arity(args, "range", 1, 3)) return {};
    Value numbers[3];
    for (size_t i = 0; i < args.count; ++i)
        if (!(numbers[i] = index_of(args.items[i]))) return {};
    if (args.count == 1) return new_range(Value::small(0), numbers[0], Value::small(1));
    if (args.count == 2) numbers[2] = Value::small(1);
    const int zero = truth(numbers[2]);
    if (zero < 0) return {};
    if (!zero) return raise(errors::ValueError, "range() arg 3 must not be zero");
    return new_range(numbers[0], numbers[1], numbers[2]);
}

// ---- arithmetic on ints of any size; an empty operand gives an empty result (pending)
Value add(const Value& a, const Value& b) {
    return a && b ? binary(BinaryOp::Add, a, b) : Value();
}
Value subtract(const Value& a, const Value& b) {
    return a && b ? binary(BinaryOp::Sub, a, b) : Value();
}
Value multiply(const Value& a, const Value& b) {
    return a && b ? binary(BinaryOp::Mul, a, b) : Value();
}
Value divide(const Value& a, const Value& b) {
    return a && b ? binary(BinaryOp::FloorDiv, a, b) : Value();
}
bool is_negative(const Value& number) {  // of an int; cannot fail
    return compare_truth(CompareOp::Lt, number, Value::small(0)) > 0;
}
bool is_less(const Value& a, const Value& b) {
    return compare_truth(CompareOp::Lt, a, b) > 0;
}

Value range_count(const Range* range) {
    if (range->small) return make_int(range->count);
    const bool down = is_negative(range->step);
    const Value& low = down ? range->stop : range->start;
    const Value& high = down ? range->start : range->stop;
    if (!is_less(low, high)) return Value::small(0);
    const Value stride = down ? unary(UnaryOp::Neg, range->step) : range->step;
    const Value span = subtract(subtract(high, low), Value::small(1));
    return add(divide(span, stride), Value::small(1));
}

// The item at a position known to be inside.
Value item_at(const Range* range, const Value& position) {
    if (range->small && position.is_small())
        return make_int(range->first + position.small() * range->stride);
    return add(range->start, multiply(position, range->step));
}

Value range_repr(const Value& self) {
    const Range* range = range_of(self);
    std::string text = cat("range(", int_text(range->start), ", ", int_text(range->stop));
    if (!range->step.is(Value::small(1))) text += cat(", ", int_text(range->step));
    return make_str(text + ")");
}

// What two equal ranges have in common: (count, first or None, step or None).
Ref<Tuple> identity_of(const Range* range) {
    const Value count = range_count(range);
    if (!count) return {};
    const bool empty = count.is(Value::small(0)), single = count.is(Value::small(1));
    return make_tuple(
        {count, empty ? none() : range->start, empty || single ? none() : range->step});
}

Value range_compare(const Value& a, const Value& b, CompareOp op) {
    if ((op != CompareOp::Eq && op != CompareOp::Ne) || !is<Range>(a) || !is<Range>(b))
        return not_implemented();
    const Ref<Tuple> left = identity_of(range_of(a)), right = identity_of(range_of(b));
    return left && right ? compare(op, left, right) : Value();
}

bool range_hash(const Value& self, int64_t& out) {
    const Ref<Tuple> identity = identity_of(range_of(self));
    return identity && hash(identity, out);
}

int64_t range_length(const Value& self) {
    const Range* range = range_of(self);
    if (range->small) return range->count;
    const Value count = range_count(range);
    int64_t number;
    if (!count) return -1;
    if (int_value(count, number)) return number;
    raise(errors::OverflowError, "Python int too large to convert to C ssize_t");
    return -1;
}

int range_truth(const Value& self) {
    const Range* range = range_of(self);
    if (range->small) return range->count != 0;
    const Value count = range_count(range);
    return count ? truth(count) : -1;
}

Value range_slice(const Range* range, const Slice* slice) {
    const Value count = range_count(range);
    int64_t length, start, step, taken;
    if (!count) return {};
    if (!int_value(count, length))
        return raise(errors::OverflowError, "Python int too large to convert to C ssize_t");
    if (!slice_indices(slice, length, start, step, taken)) return {};
    // The end is where the slice says, not after the last item taken.
    int64_t stop = start;
    if (is_none(slice->stop)) {
        stop = step < 0 ? -1 : length;
    } else {
        if (!to_index_clamped(slice->stop, stop)) return {};
        const int64_t low = step < 0 ? -1 : 0, high = step < 0 ? length - 1 : length;
        if (stop < 0) stop = stop < -length ? low : stop + length;
        stop = std::clamp(stop, low, std::max(low, high));
    }
    const Value first = item_at(range, make_int(start)), last = item_at(range, make_int(stop));
    const Value stride = multiply(range->step, make_int(step));
    return first && last && stride ? new_range(first, last, stride) : Value();
}

Value range_get_item(const Value& self, const Value& key) {
    const Range* range = range_of(self);
    if (is<Slice>(key)) return range_slice(range, cast<Slice>(key));
    if (!has_index(key)) return raise_bad_index("range", key);
    Value position = index_of(key);
    const Value count = position ? range_count(range) : Value();
    if (!count) return {};
    if (is_negative(position)) position = add(position, count);
    if (!position) return {};
    if (is_negative(position) || !is_less(position, count))
        return raise(errors::IndexError, "range object index out of range");
    return item_at(range, position);
}

// Is an exact int (or bool) among the numbers? 1, 0, -1
int contains_int(const Range* range, const Value& item) {
    if (range->small && item.is_small()) {
        const int64_t offset = item.small() - range->first;
        return offset % range->stride == 0 && offset / range->stride >= 0 &&
               offset / range->stride < range->count;
    }
    const Value offset = subtract(item, range->start);
    const Value rest = offset ? binary(BinaryOp::Mod, offset, range->step) : Value();
    const int uneven = rest ? truth(rest) : -1;
    if (uneven) return uneven < 0 ? -1 : 0;
    const Value position = divide(offset, range->step), count = range_count(range);
    if (!position || !count) return -1;
    return !is_negative(position) && is_less(position, count);
}

bool is_plain_int(const Value& value) {
    return is_int(value) && (value.is_small() || value.type() == g_int_type || value.is(g_true) ||
                             value.is(g_false));
}

// Anything else is compared with each number. Calls found() for each equal one, until it is false.
template <typename Found>
bool search(const Value& self, const Value& item, Found found) {
    int64_t position = 0;
    return for_each(self, [&](const Value& number) {
        const int same = equal(number, item);
        if (same < 0) return false;
        return same ? found(position++) : (++position, true);
    });
}

int range_contains(const Value& self, const Value& item) {
    if (is_plain_int(item)) return contains_int(range_of(self), item);
    int answer = 0;
    const bool done = search(self, item, [&](int64_t) { return answer = 1, false; });
    return done || !has_raised() ? answer : -1;
}

Value range_count_method(const Value* arguments) {
    if (is_plain_int(arguments[1])) {
        const int found = contains_int(range_of(arguments[0]), arguments[1]);
        return found < 0 ? Value() : Value::small(found);
    }
    int64_t count = 0;
    const bool done = search(arguments[0], arguments[1], [&](int64_t) { return ++count, true; });
    return done ? Value::small(count) : Value();
}

Value range_index(const Value* arguments) {
    const Range* range = range_of(arguments[0]);
    if (!is_plain_int(arguments[1])) {
        int64_t at = -1;
        const bool done =
            search(arguments[0], arguments[1], [&](int64_t found) { return at = found, false; });
        if (!done && has_raised()) return {};
        return at >= 0 ? Value::small(at)
                       : raise(errors::ValueError, "sequence.index(x): x not in sequence");
    }
    const int found = contains_int(range, arguments[1]);
    if (found < 0) return {};
    if (found) return divide(subtract(arguments[1], range->start), range->step);
    const Ref<Str> shown = repr(arguments[1]);
    return shown ? raise(errors::ValueError, cat(shown->view(), " is not in range")) : Value();
}

// ---- iterators

struct LongRangeIterator : Object {
    static Type* type;
    Value at, step, left;
    LongRangeIterator(Type* its_type, Value first, Value its_step, Value count)
        : Object(its_type),
          at(std::move(first)),
          step(std::move(its_step)),
          left(std::move(count)) {}
};
Type* LongRangeIterator::type = nullptr;

Value range_iterator_next(const Value& self) {
    auto* iterator = cast<RangeIterator>(self);
    if (iterator->left <= 0 || !spend()) return {};
    --iterator->left;
    const int64_t number = iterator->at;
    iterator->at += iterator->stride;
    return Value::small(number);
}

Value range_iterator_length_hint(const Value* arguments) {
    return make_int(cast<RangeIterator>(arguments[0])->left);
}

Value long_iterator_next(const Value& self) {
    auto* iterator = cast<LongRangeIterator>(self);
    if (iterator->left.is(Value::small(0)) || !spend()) return {};
    Value number = iterator->at;
    Value following = add(number, iterator->step), left = subtract(iterator->left, Value::small(1));
    if (!following || !left) return {};
    iterator->at = std::move(following);
    iterator->left = std::move(left);
    return number;
}

Value long_iterator_length_hint(const Value* arguments) {
    return cast<LongRangeIterator>(arguments[0])->left;
}

Value iterate_from(const Value& first, const Value& step, const Value& count) {
    if (first.is_small() && step.is_small() && count.is_small())
        return make<RangeIterator>(first.small(), step.small(), count.small());
    return make<LongRangeIterator>(first, step, count);
}

Value range_reversed(const Value* arguments) {
    const Range* range = range_of(arguments[0]);
    const Value count = range_count(range);
    const Value step = count ? unary(UnaryOp::Neg, range->step) : Value();
    const Value last = step ? item_at(range, subtract(count, Value::small(1))) : Value();
    return last ? iterate_from(last, step, count) : Value();
}

Value range_start(const Value* arguments) {
    return range_of(arguments[0])->start;
}
Value range_stop(const Value* arguments) {
    return range_of(arguments[0])->stop;
}
Value range_step(const Value* arguments) {
    return range_of(arguments[0])->step;
}

constexpr NativeMethod kMethods[] = {
    {"start", range_start, "(self)", MethodKind::Getter},
    {"stop", range_stop, "(self)", MethodKind::Getter},
    {"step", range_step, "(self)", MethodKind::Getter},
    {"count", range_count_method, "(self, value, /)"},
    {"index", range_index, "(self, value, /)"},
    {"__reversed__", range_reversed, "(self, /)"},
};
constexpr NativeMethod kIteratorMethods[] = {
    {"__length_hint__", range_iterator_length_hint, "(self, /)"},
};
constexpr NativeMethod kLongIteratorMethods[] = {
    {"__length_hint__", long_iterator_length_hint, "(self, /)"},
};

Slots range_slots() {
    Slots slots;
    slots.destroy = destroy_native<Range>;
    slots.construct = range_construct;
    slots.repr = range_repr;
    slots.compare = range_compare;
    slots.hash = range_hash;
    slots.iter = make_range_iterator;
    slots.truth = range_truth;
    slots.length = range_length;
    slots.get_item = range_get_item;
    slots.contains = range_contains;
    return slots;
}

template <typename T>
Type* define_iterator(const char* name, Value (*next)(const Value&),
                      std::span<const NativeMethod> methods) {
    NativeTypeSpec spec{.name = name, .instance_size = sizeof(T), .flags = kDefaultGetAttribute};
    spec.slots.destroy = destroy_native<T>;
    spec.slots.iter = iterator_self;
    spec.slots.next = next;
    spec.methods = methods;
    return define_type(spec);
}

}  // namespace

Value make_range(int64_t start, int64_t stop, int64_t step) {
    return new_range(make_int(start), make_int(stop), make_int(step));
}

Value make_range_iterator(const Value& self) {
    const Range* range = range_of(self);
    if (range->small) return make<RangeIterator>(range->first, range->stride, range->count);
    const Value count = range_count(range);
    return count ? iterate_from(range->start, range->step, count) : Value();
}

void initialise_range_types() {
    NativeTypeSpec spec{.name = "range",
                        .instance_size = sizeof(Range),
                        .flags = kSequencePattern | kDefaultGetAttribute};
    spec.slots = range_slots();
    spec.methods = kMethods;
    spec.doc = "range(stop) -> range object";
    Range::type = define_type(spec);
    RangeIterator::type =
        define_iterator<RangeIterator>("range_iterator", range_iterator_next, kIteratorMethods);
    LongRangeIterator::type = define_iterator<LongRangeIterator>(
        "longrange_iterator", long_iterator_next, kLongIteratorMethods);
}

}  // namespace loopglass::value
