// tuple, slice and range.
#include "tests/value/container_helpers.hpp"

namespace loopglass::value::test {

namespace {

int64_t hash_of(const Value& value) {
    int64_t out = 0;
    CHECK(hash(value, out));
    return out;
}

TEST_CASE_FIXTURE(Started, "tuples show, hash and compare as in CPython") {
    CHECK(shown(tuple_of({})) == "()");
    CHECK(shown(tuple_of({num(1)})) == "(1,)");
    CHECK(shown(tuple_of({num(1), text("b")})) == "(1, 'b')");
    CHECK(hash_of(tuple_of({num(1), num(2), num(3)})) == 529344067295497451);
    CHECK(hash_of(tuple_of({})) == 5740354900026072187);
    CHECK(hash_of(tuple_of({num(-1), make_float(0.5)})) ==
          hash_of(tuple_of({num(-2), make_float(0.5)})));
    CHECK(compare_truth(CompareOp::Ge, tuple_of({num(2)}), tuple_of({num(1), num(5)})) == 1);
    CHECK(tuple_of({}).is(tuple_of({})));
}

TEST_CASE_FIXTURE(Started, "tuples are sliced, searched, added and repeated") {
    const Value tuple = tuple_of({num(1), num(2), num(1)});
    CHECK(shown(get_item(tuple, make<Slice>(none(), none(), num(-1)))) == "(1, 2, 1)");
    CHECK(get_item(tuple, make<Slice>(none(), none(), none())).is(tuple));
    CHECK(shown(get_item(tuple, num(3))) == "IndexError: tuple index out of range");
    CHECK(shown(invoke(tuple, "count", {num(1)})) == "2");
    CHECK(shown(invoke(tuple, "index", {num(1), num(1)})) == "2");
    CHECK(shown(invoke(tuple, "index", {num(7)})) == "ValueError: tuple.index(x): x not in tuple");
    CHECK(shown(binary(BinaryOp::Mul, tuple, num(2))) == "(1, 2, 1, 1, 2, 1)");
    CHECK(shown(binary(BinaryOp::Add, tuple, list_of({}))) ==
          "TypeError: can only concatenate tuple (not \"list\") to tuple");
    CHECK(shown(construct(Tuple::type, {text("ab")})) == "('a', 'b')");
    CHECK(shown(construct(Tuple::type, {num(1), num(2)})) ==
          "TypeError: tuple expected at most 1 argument, got 2");
}

TEST_CASE_FIXTURE(Started, "a script's subclass of tuple keeps its items and takes attributes") {
    const Value made =
        new_class(Type::type, intern("Point"), make_tuple({Value::share(Tuple::type)}).get(),
                  make_dict().get(), Args{});
    CHECK(made);
    const Value point = call(made, tuple_of({num(3), num(4)}));
    CHECK(shown(point) == "(3, 4)");
    CHECK(set_attribute(point, intern("name"), text("p")));
    CHECK(shown(get_attribute(point, intern("name"))) == "'p'");
    CHECK(equal(point, tuple_of({num(3), num(4)})) == 1);
}

TEST_CASE_FIXTURE(Started, "slices resolve as slice.indices does") {
    const Value slice = make<Slice>(num(10), none(), num(-3));
    CHECK(shown(slice) == "slice(10, None, -3)");
    CHECK(shown(invoke(slice, "indices", {num(8)})) == "(7, -1, -3)");
    CHECK(shown(invoke(make<Slice>(none(), none(), num(0)), "indices", {num(3)})) ==
          "ValueError: slice step cannot be zero");
    CHECK(shown(invoke(make<Slice>(text("a"), none(), none()), "indices", {num(3)})) ==
          "TypeError: slice indices must be integers or None or have an __index__ method");
    CHECK(hash_of(make<Slice>(num(1), num(2), num(3))) == -2340833382717974474);
}

TEST_CASE_FIXTURE(Started, "ranges know their items without making them") {
    const Value range = construct(Range::type, {num(10), num(0), num(-3)});
    CHECK(shown(range) == "range(10, 0, -3)");
    CHECK(shown(list_from(range)) == "[10, 7, 4, 1]");
    CHECK(contains(range, num(4)) == 1);
    CHECK(contains(range, num(5)) == 0);
    CHECK(contains(range, make_float(7.0)) == 1);
    CHECK(shown(invoke(range, "index", {num(1)})) == "3");
    CHECK(shown(invoke(range, "index", {num(2)})) == "ValueError: 2 is not in range");
    CHECK(shown(get_item(range, make<Slice>(none(), none(), num(2)))) == "range(10, -2, -6)");
    CHECK(shown(get_item(range, num(4))) == "IndexError: range object index out of range");
    CHECK(shown(list_from(invoke(range, "__reversed__"))) == "[1, 4, 7, 10]");
    CHECK(compare_truth(CompareOp::Eq, construct(Range::type, {num(0)}),
                        construct(Range::type, {num(2), num(2)})) == 1);
    CHECK(shown(construct(Range::type, {num(1), num(2), num(0)})) ==
          "ValueError: range() arg 3 must not be zero");
    CHECK(shown(construct(Range::type, {make_float(1.5)})) ==
          "TypeError: 'float' object cannot be interpreted as an integer");
}

TEST_CASE_FIXTURE(Started, "ranges reach beyond 64 bits") {
    const Value big = int_from_text("1000000000000000000000000000000", 10);
    const Value range = construct(Range::type, {big, binary(BinaryOp::Add, big, num(5)), num(2)});
    CHECK(length(range) == 3);
    CHECK(shown(get_item(range, num(-1))) == "1000000000000000000000000000004");
    CHECK(contains(range, binary(BinaryOp::Add, big, num(2))) == 1);
    CHECK(shown(list_from(range)) ==
          "[1000000000000000000000000000000, 1000000000000000000000000000002, "
          "1000000000000000000000000000004]");
    CHECK(length(construct(Range::type, {big})) == -1);
    CHECK(error() == "OverflowError: Python int too large to convert to C ssize_t");
}

}  // namespace

}  // namespace loopglass::value::test
