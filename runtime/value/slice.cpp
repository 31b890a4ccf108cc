// slice, and the arithmetic of slices of sequences.
#include <bit>

#include "runtime/value/containers.hpp"
#include "runtime/value/dict.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

Type* Slice::type = nullptr;

namespace {

// One of a slice's numbers; `missing` where it is None.
bool slice_number(const Value& value, int64_t missing, int64_t& out) {
    if (is_none(value)) return out = missing, true;
    if (value.is_small()) return out = value.small(), true;
    if (has_index(value)) return to_index_clamped(value, out);
    raise(errors::TypeError, "slice indices must be integers or None or have an __index__ method");
    return false;
}

// Counts a negative position from the end, and keeps it within low..high.
int64_t clamp_position(int64_t position, int64_t length, int64_t low, int64_t high) {
    if (position < 0) position += length;
    return position < low ? low : position > high ? high : position;
}

bool resolve(const Slice* slice, int64_t length, int64_t& start, int64_t& stop, int64_t& step) {
    if (!slice_number(slice->step, 1, step)) return false;
    if (step == 0) return raise(errors::ValueError, "slice step cannot be zero"), false;
    if (step < -INT64_MAX) step = -INT64_MAX;
    const int64_t low = step > 0 ? 0 : -1, high = step > 0 ? length : length - 1;
    if (!slice_number(slice->start, 0, start) || !slice_number(slice->stop, 0, stop)) return false;
    start =
        is_none(slice->start) ? (step > 0 ? low : high) : clamp_position(start, length, low, high);
    stop = is_none(slice->stop) ? (step > 0 ? high : low) : clamp_position(stop, length, low, high);
    return true;
}

Value slice_construct(Type*, const Args& args) {
    if (!check_no_keywords(args, "slice") || !check_arity(args, "slice", 1, 3)) return {};
    if (args.count == 1) return make<Slice>(none(), args.items[0], none());
    return make<Slice>(args.items[0], args.items[1], args.count > 2 ? args.items[2] : none());
}

Value slice_repr(const Value& self) {
    const auto* slice = cast<Slice>(self);
    StrBuilder out;
    out.add("slice(");
    if (!out.add_repr(slice->start)) return {};
    out.add(", ");
    if (!out.add_repr(slice->stop)) return {};
    out.add(", ");
    if (!out.add_repr(slice->step)) return {};
    out.add(')');
    return out.finish();
}

Value slice_compare(const Value& self, const Value& other, CompareOp op) {
    if (!is<Slice>(self) || !is<Slice>(other)) return not_implemented();
    if (self.is(other)) return boolean(order_answer(op, 0, 0));
    const auto *a = cast<Slice>(self), *b = cast<Slice>(other);
    const Value left[] = {a->start, a->stop, a->step}, right[] = {b->start, b->stop, b->step};
    return compare_items(left, 3, right, 3, op);
}

// CPython's slicehash: the tuple's mixing without its length.
bool slice_hash(const Value& self, int64_t& out) {
    constexpr uint64_t kPrime1 = 11400714785074694791u, kPrime2 = 14029467366897019727u,
                       kPrime5 = 2870177450012600261u;
    const auto* slice = cast<Slice>(self);
    uint64_t sum = kPrime5;
    for (const Value* part : {&slice->start, &slice->stop, &slice->step}) {
        int64_t lane;
        if (!key_hash(*part, lane)) return false;
        sum = std::rotl(sum + static_cast<uint64_t>(lane) * kPrime2, 31) * kPrime1;
    }
    out = sum == ~uint64_t{0} ? 1546275796 : static_cast<int64_t>(sum);
    return true;
}

Value slice_start(const Value* arguments) {
    return cast<Slice>(arguments[0])->start;
}
Value slice_stop(const Value* arguments) {
    return cast<Slice>(arguments[0])->stop;
}
Value slice_step(const Value* arguments) {
    return cast<Slice>(arguments[0])->step;
}

Value slice_indices_method(const Value* arguments) {
    int64_t length, start, stop, step;
    if (!to_index(arguments[1], length)) return {};
    if (length < 0) return raise(errors::ValueError, "length should not be negative");
    if (!resolve(cast<Slice>(arguments[0]), length, start, stop, step)) return {};
    return make_tuple({make_int(start), make_int(stop), make_int(step)});
}

constexpr NativeMethod kMethods[] = {
    {"start", slice_start, "(self)", MethodKind::Getter},
    {"stop", slice_stop, "(self)", MethodKind::Getter},
    {"step", slice_step, "(self)", MethodKind::Getter},
    {"indices", slice_indices_method, "(self, object, /)"},
};

}  // namespace

bool slice_indices(const Slice* slice, int64_t length, int64_t& start, int64_t& step,
                   int64_t& count) {
    int64_t stop;
    if (!resolve(slice, length, start, stop, step)) return false;
    if (step > 0)
        count = start < stop ? (stop - start - 1) / step + 1 : 0;
    else
        count = stop < start ? (start - stop - 1) / -step + 1 : 0;
    return true;
}

void initialise_slice_type() {
    NativeTypeSpec spec{
        .name = "slice", .instance_size = sizeof(Slice), .flags = kDefaultGetAttribute};
    spec.slots.destroy = destroy_native<Slice>;
    spec.slots.construct = slice_construct;
    spec.slots.repr = slice_repr;
    spec.slots.compare = slice_compare;
    spec.slots.hash = slice_hash;
    spec.methods = kMethods;
    Slice::type = define_type(spec);
}

}  // namespace loopglass::value
