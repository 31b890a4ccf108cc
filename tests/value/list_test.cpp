// list: items, slices, methods, sorting.
#include <algorithm>

#include "runtime/value/containers.hpp"
#include "tests/value/container_helpers.hpp"

namespace loopglass::value::test {

namespace {

Value numbers(int64_t count) {
    std::vector<Value> items;
    for (int64_t i = 0; i < count; ++i) items.push_back(num(i));
    return list_of(items);
}
Value slice(Value start, Value stop, Value step = none()) {
    return make<Slice>(start, stop, step);
}

TEST_CASE_FIXTURE(Started, "a list shows its items, and itself as dots") {
    const Value list = list_of({num(1), text("a"), none()});
    CHECK(shown(list) == "[1, 'a', None]");
    cast<List>(list)->items.push_back(list);
    CHECK(shown(list) == "[1, 'a', None, [...]]");
    cast<List>(list)->items.clear();
    CHECK(shown(list) == "[]");
}

TEST_CASE_FIXTURE(Started, "list items are read by position from both ends") {
    const Value list = numbers(4);
    CHECK(shown(get_item(list, num(-1))) == "3");
    CHECK(shown(get_item(list, num(4))) == "IndexError: list index out of range");
    CHECK(shown(get_item(list, text("a"))) ==
          "TypeError: list indices must be integers or slices, not str");
    CHECK(shown(get_item(list, slice(num(3), none(), num(-2)))) == "[3, 1]");
    CHECK(shown(get_item(list, slice(num(1), num(-1)))) == "[1, 2]");
}

TEST_CASE_FIXTURE(Started, "slices of a list are replaced and deleted") {
    const Value list = numbers(6);
    CHECK(set_item(list, slice(num(1), num(3)), list_of({text("x"), text("y"), text("z")})));
    CHECK(shown(list) == "[0, 'x', 'y', 'z', 3, 4, 5]");
    CHECK(set_item(list, slice(none(), none(), num(2)), list_of({num(9), num(9), num(9), num(9)})));
    CHECK(shown(list) == "[9, 'x', 9, 'z', 9, 4, 9]");
    CHECK(!set_item(list, slice(none(), none(), num(2)), list_of({num(1)})));
    CHECK(error() ==
          "ValueError: attempt to assign sequence of size 1 to extended slice of size 4");
    CHECK(delete_item(list, slice(none(), none(), num(-3))));
    CHECK(shown(list) == "['x', 9, 9, 4]");
    CHECK(set_item(list, slice(num(1), num(1)), list));
    CHECK(shown(list) == "['x', 'x', 9, 9, 4, 9, 9, 4]");
    CHECK(!set_item(list, slice(num(0), num(1)), num(5)));
    CHECK(error() == "TypeError: must assign iterable to extended slice");
}

TEST_CASE_FIXTURE(Started, "list methods change the list in place") {
    const Value list = numbers(3);
    invoke(list, "append", {num(7)});
    invoke(list, "insert", {num(-1), text("a")});
    invoke(list, "extend", {tuple_of({num(1), num(2)})});
    CHECK(shown(list) == "[0, 1, 2, 'a', 7, 1, 2]");
    CHECK(shown(invoke(list, "pop")) == "2");
    CHECK(shown(invoke(list, "pop", {num(0)})) == "0");
    CHECK(shown(invoke(list, "count", {num(1)})) == "2");
    CHECK(shown(invoke(list, "index", {num(1), num(1)})) == "4");
    invoke(list, "remove", {num(1)});
    invoke(list, "reverse");
    CHECK(shown(list) == "[1, 7, 'a', 2]");
    CHECK(shown(invoke(list, "remove", {num(5)})) == "ValueError: list.remove(x): x not in list");
    CHECK(shown(invoke(list, "index", {num(5)})) == "ValueError: 5 is not in list");
    CHECK(shown(invoke(list, "pop", {num(10)})) == "IndexError: pop index out of range");
    invoke(list, "clear");
    CHECK(shown(invoke(list, "pop")) == "IndexError: pop from empty list");
}

TEST_CASE_FIXTURE(Started, "lists are added to lists only, and repeated by ints only") {
    const Value list = numbers(2);
    CHECK(shown(binary(BinaryOp::Add, list, list)) == "[0, 1, 0, 1]");
    CHECK(shown(binary(BinaryOp::Add, list, num(1))) ==
          "TypeError: can only concatenate list (not \"int\") to list");
    CHECK(shown(binary(BinaryOp::Add, num(1), list)) ==
          "TypeError: unsupported operand type(s) for +: 'int' and 'list'");
    CHECK(shown(binary(BinaryOp::Mul, num(2), list)) == "[0, 1, 0, 1]");
    CHECK(shown(binary(BinaryOp::Mul, list, num(-2))) == "[]");
    CHECK(shown(binary(BinaryOp::Mul, list, text("a"))) ==
          "TypeError: can't multiply sequence by non-int of type 'str'");
    CHECK(shown(binary(BinaryOp::Mul, make_float(1.5), list)) ==
          "TypeError: can't multiply sequence by non-int of type 'float'");
    CHECK(shown(inplace(BinaryOp::Add, list, text("ab"))) == "[0, 1, 'a', 'b']");
}

TEST_CASE_FIXTURE(Started, "lists compare item by item") {
    CHECK(compare_truth(CompareOp::Lt, numbers(2), numbers(3)) == 1);
    CHECK(compare_truth(CompareOp::Eq, numbers(2), numbers(2)) == 1);
    CHECK(shown(compare(CompareOp::Lt, list_of({list_of({})}), list_of({num(1)}))) ==
          "TypeError: '<' not supported between instances of 'list' and 'int'");
}

TEST_CASE_FIXTURE(Started, "sorting is stable, with a key and backwards") {
    const auto first_of = [](const Value* a) { return get_item(a[0], Value::small(0)); };
    const auto pair = [](int64_t a, int64_t b) { return tuple_of({num(a), num(b)}); };
    const Value list = list_of({pair(2, 0), pair(1, 1), pair(2, 2), pair(1, 3)});
    const Value key = function_of(first_of, "(x)");
    CHECK(sort_list(cast<List>(list), key, false));
    CHECK(shown(list) == "[(1, 1), (1, 3), (2, 0), (2, 2)]");
    CHECK(sort_list(cast<List>(list), key, true));
    CHECK(shown(list) == "[(2, 0), (2, 2), (1, 1), (1, 3)]");
}

TEST_CASE_FIXTURE(Started, "sorting large lists agrees with the standard library") {
    uint64_t seed = 1;
    for (int round = 0; round < 60; ++round) {
        std::vector<int64_t> expected;
        std::vector<Value> items;
        const size_t count = 1 + (seed >> 33) % 1500;
        for (size_t i = 0; i < count; ++i) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            // Some rounds have runs, some many equals.
            const int64_t number =
                round % 3 == 0 ? static_cast<int64_t>(i % 200)
                               : static_cast<int64_t>(seed >> 40) % (round % 3 == 1 ? 10 : 100000);
            expected.push_back(number);
            items.push_back(round % 2 ? make_float(static_cast<double>(number)) : num(number));
        }
        std::sort(expected.begin(), expected.end());
        const Value list = list_of(items);
        CHECK(sort_list(cast<List>(list), {}, false));
        bool same = true;
        for (size_t i = 0; i < count; ++i)
            same &= equal(cast<List>(list)->items[i], num(expected[i])) == 1;
        CHECK(same);
    }
}

TEST_CASE_FIXTURE(Started, "a list that cannot be sorted keeps its items") {
    const Value list = list_of({num(1), text("a"), num(2)});
    CHECK(!sort_list(cast<List>(list), {}, false));
    CHECK(error() == "TypeError: '<' not supported between instances of 'str' and 'int'");
    CHECK(cast<List>(list)->items.size() == 3);
}

TEST_CASE_FIXTURE(Started, "a list changed by its key function says so") {
    static Value list;
    list = numbers(3);
    const Value key =
        function_of([](const Value* a) { return invoke(list, "append", {a[0]}), a[0]; }, "(x)");
    CHECK(!sort_list(cast<List>(list), key, false));
    CHECK(error() == "ValueError: list modified during sort");
    list = {};
}

TEST_CASE_FIXTURE(Started, "iterating over a list sees what is appended meanwhile") {
    const Value list = numbers(2);
    int64_t seen = 0;
    CHECK(for_each(list, [&](const Value&) {
        if (++seen < 5) invoke(list, "append", {num(9)});
        return true;
    }));
    CHECK(seen == 6);
    CHECK(shown(invoke(iterate(list), "__length_hint__")) == "6");
}

TEST_CASE_FIXTURE(Started,
                  "a deeply nested list is freed and compared without exhausting the stack") {
    Value nest = list_of({}), other = list_of({});
    for (int i = 0; i < 200000; ++i) nest = list_of({nest}), other = list_of({other});
    CHECK(compare_truth(CompareOp::Eq, nest, other) == -1);
    CHECK(error() == "RecursionError: maximum recursion depth exceeded in comparison");
    CHECK(shown(nest) ==
          "RecursionError: maximum recursion depth exceeded while getting the repr of an object");
}

}  // namespace

}  // namespace loopglass::value::test
