#include "runtime/value/containers.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/generic_alias.hpp"
#include "runtime/value/initialise.hpp"

namespace loopglass::value {

using base::cat;

namespace {

std::vector<const Object*> g_shown;  // containers whose repr is being made

bool is_repeated_sequence(const Value& value) {
    return value.is_object() &&
           value.type()->has(kListSubclass | kTupleSubclass | kStrSubclass | kBytesSubclass);
}

}  // namespace

bool NativeDepth::enter(std::string_view where) {
    if (g_thread.depth >= g_thread.recursion_limit || !has_stack()) {
        raise(errors::RecursionError, cat("maximum recursion depth exceeded", where));
        return false;
    }
    ++g_thread.depth;
    entered_ = 1;
    return true;
}

ReprGuard::ReprGuard(const Object* object)
    : again_(std::find(g_shown.begin(), g_shown.end(), object) != g_shown.end()) {
    g_shown.push_back(object);
}
ReprGuard::~ReprGuard() {
    g_shown.pop_back();
}

bool to_position(const Value& value, int64_t& out) {
    if (value.is_small()) return out = value.small(), true;
    if (to_index(value, out)) return true;
    if (clear_raised_if(errors::OverflowError))
        raise(errors::IndexError,
              cat("cannot fit '", type_name(value), "' into an index-sized integer"));
    return false;
}

Value raise_bad_index(const char* sequence, const Value& key) {
    return raise(errors::TypeError,
                 cat(sequence, " indices must be integers or slices, not ", type_name(key)));
}

Value ask_right_operand(BinaryOp op, const Value& a, const Value& b) {
    auto* slot = b.type()->slots.binary[static_cast<size_t>(op)];
    if (!slot || slot == a.type()->slots.binary[static_cast<size_t>(op)] || is_repeated_sequence(b))
        return not_implemented();
    return slot(a, b);
}

bool to_repetitions(const Value& factor, int64_t& out) {
    if (!has_index(factor)) {
        raise(errors::TypeError,
              cat("can't multiply sequence by non-int of type '", type_name(factor), "'"));
        return false;
    }
    if (!to_index(factor, out)) {
        if (clear_raised_if(errors::OverflowError))
            raise(errors::OverflowError,
                  cat("cannot fit '", type_name(factor), "' into an index-sized integer"));
        return false;
    }
    out = std::max<int64_t>(out, 0);
    return true;
}

bool order_answer(CompareOp op, int64_t a, int64_t b) {
    switch (op) {
        case CompareOp::Lt:
            return a < b;
        case CompareOp::Le:
            return a <= b;
        case CompareOp::Eq:
            return a == b;
        case CompareOp::Ne:
            return a != b;
        case CompareOp::Gt:
            return a > b;
        case CompareOp::Ge:
            return a >= b;
    }
    return false;
}

Value compare_items(const Value* a, size_t a_count, const Value* b, size_t b_count, CompareOp op) {
    NativeDepth depth;
    if (!depth.enter(" in comparison")) return {};
    for (size_t i = 0; i < std::min(a_count, b_count); ++i) {
        const int same = equal(a[i], b[i]);
        if (same < 0) return {};
        if (same) continue;
        if (op == CompareOp::Eq) return boolean(false);
        if (op == CompareOp::Ne) return boolean(true);
        return compare(op, a[i], b[i]);
    }
    return boolean(order_answer(op, static_cast<int64_t>(a_count), static_cast<int64_t>(b_count)));
}

bool to_search_range(const Value& start, const Value& stop, int64_t length, int64_t& first,
                     int64_t& last) {
    first = 0;
    last = INT64_MAX;
    for (auto [value, out] : {std::pair{&start, &first}, {&stop, &last}}) {
        if (!*value) continue;
        if (!has_index(*value))
            return raise(errors::TypeError,
                         "slice indices must be integers or have an __index__ method"),
                   false;
        if (!to_index_clamped(*value, *out)) return false;
        if (*out < 0) *out = std::max<int64_t>(*out + length, 0);
    }
    last = std::min(last, length);
    return true;
}

bool check_no_keywords(const Args& args, const char* name) {
    if (!args.named()) return true;
    raise(errors::TypeError, cat(name, "() takes no keyword arguments"));
    return false;
}

bool check_arity(const Args& args, const char* name, size_t least, size_t most) {
    if (args.count >= least && args.count <= most) return true;
    const size_t bound = args.count < least ? least : most;
    const char* how = least == most ? "" : args.count < least ? "at least " : "at most ";
    raise(errors::TypeError, cat(name, " expected ", how, bound, " argument", bound == 1 ? "" : "s",
                                 ", got ", args.count));
    return false;
}

Value iterator_self(const Value& self) {
    return self;
}

Value native_class_getitem(const Value* arguments) {
    return make_generic_alias(arguments[0], arguments[1]);
}

void initialise_container_types() {
    initialise_tuple_type();
    initialise_list_type();
    initialise_dict_types();
    initialise_dict_view_types();
    initialise_set_types();
    initialise_slice_type();
    initialise_range_types();
    initialise_sequence_iterator_types();
    initialise_functional_iterator_types();
    initialise_alias_types();
    initialise_namespace_types();
    initialise_weakref_types();
}

}  // namespace loopglass::value
