// set and frozenset: order, algebra, hashes.
#include "runtime/value/set.hpp"

#include "tests/value/container_helpers.hpp"

namespace loopglass::value::test {

namespace {

Value set_of(std::vector<Value> items) {
    return construct(Set::type, {list_of(std::move(items))});
}

TEST_CASE_FIXTURE(Started, "sets of ints iterate in CPython's order") {
    CHECK(shown(set_of({num(5), num(3), num(1), num(8), num(16)})) == "{1, 3, 5, 8, 16}");
    CHECK(shown(set_of({num(8), num(0), num(16)})) == "{8, 0, 16}");
    CHECK(shown(set_of({num(100), num(33), num(65), num(1), num(129)})) == "{65, 33, 129, 100, 1}");
    CHECK(shown(set_of({num(-1), num(-2), num(5)})) == "{5, -1, -2}");
}

TEST_CASE_FIXTURE(Started, "a new key takes the last deleted place on its way") {
    std::vector<Value> items;
    for (int64_t i = 0; i < 10; ++i) items.push_back(num(i));
    const Value set = set_of(items);
    invoke(set, "discard", {num(1)});
    invoke(set, "discard", {num(3)});
    invoke(set, "add", {num(33)});
    CHECK(shown(set) == "{0, 2, 33, 4, 5, 6, 7, 8, 9}");
}

TEST_CASE_FIXTURE(Started, "set methods change the set in place") {
    const Value set = set_of({num(1), num(2)});
    invoke(set, "add", {num(3)});
    invoke(set, "discard", {num(9)});
    CHECK(shown(invoke(set, "remove", {num(9)})) == "KeyError: 9");
    invoke(set, "update", {list_of({num(4)}), list_of({num(5)})});
    invoke(set, "difference_update", {list_of({num(1)})});
    CHECK(shown(set) == "{2, 3, 4, 5}");
    CHECK(shown(invoke(set, "pop")) == "2");
    CHECK(shown(invoke(set, "pop")) == "3");
    invoke(set, "clear");
    CHECK(shown(set) == "set()");
    CHECK(shown(invoke(set, "pop")) == "KeyError: 'pop from an empty set'");
    CHECK(shown(invoke(set, "add", {list_of({})})) == "TypeError: unhashable type: 'list'");
}

TEST_CASE_FIXTURE(Started, "the algebra of sets") {
    const Value a = set_of({num(1), num(2), num(3)}), b = set_of({num(2), num(3), num(4)});
    CHECK(shown(binary(BinaryOp::Or, a, b)) == "{1, 2, 3, 4}");
    CHECK(shown(binary(BinaryOp::And, a, b)) == "{2, 3}");
    CHECK(shown(binary(BinaryOp::Sub, a, b)) == "{1}");
    CHECK(shown(binary(BinaryOp::Xor, a, b)) == "{1, 4}");
    CHECK(shown(binary(BinaryOp::Or, a, list_of({}))) ==
          "TypeError: unsupported operand type(s) for |: 'set' and 'list'");
    CHECK(shown(invoke(a, "union", {list_of({num(9)})})) == "{1, 2, 3, 9}");
    CHECK(shown(invoke(a, "isdisjoint", {list_of({num(9)})})) == "True");
    CHECK(shown(invoke(a, "issuperset", {list_of({num(1)})})) == "True");
    CHECK(compare_truth(CompareOp::Lt, set_of({num(1)}), a) == 1);
    CHECK(compare_truth(CompareOp::Le, a, b) == 0);
    CHECK(shown(inplace(BinaryOp::And, a, b)) == "{2, 3}");
}

TEST_CASE_FIXTURE(Started,
                  "frozensets hash by content, and sets are looked up in sets of frozensets") {
    const Value inner = construct(Set::frozen_type, {list_of({num(1), num(2), num(3)})});
    int64_t hash_value = 0;
    CHECK(hash(inner, hash_value));
    CHECK(hash_value == -272375401224217160);
    CHECK(shown(inner) == "frozenset({1, 2, 3})");
    const Value outer = set_of({inner});
    CHECK(contains(outer, set_of({num(3), num(2), num(1)})) == 1);
    CHECK(shown(construct(Set::frozen_type)) == "frozenset()");
    CHECK(construct(Set::frozen_type, {inner}).is(inner));
}

TEST_CASE_FIXTURE(Started, "a set that changes while it is walked is an error") {
    const Value set = set_of({num(1), num(2)});
    const Value iterator = iterate(set);
    CHECK(shown(next(iterator)) == "1");
    invoke(set, "add", {num(3)});
    CHECK(shown(next(iterator)) == "RuntimeError: Set changed size during iteration");
}

TEST_CASE_FIXTURE(Started, "adding and removing thousands of keys keeps the set consistent") {
    const Value set = set_of({});
    for (int64_t i = 0; i < 5000; ++i) {
        CHECK(set_add(cast<Set>(set), num(i)));
        if (i >= 10) CHECK(set_remove(cast<Set>(set), num(i - 10)) == 1);
    }
    CHECK(length(set) == 10);
    CHECK(set_contains(cast<Set>(set), num(4995)) == 1);
    CHECK(set_contains(cast<Set>(set), num(1)) == 0);
}

}  // namespace

}  // namespace loopglass::value::test
