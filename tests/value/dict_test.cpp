// dict: look-ups, order, methods, views, changes during iteration.
#include "runtime/value/dict.hpp"

#include "tests/value/container_helpers.hpp"

namespace loopglass::value::test {

namespace {

Value dict_of(std::initializer_list<std::pair<Value, Value>> items) {
    Ref<Dict> dict = make_dict();
    for (const auto& [key, value] : items) CHECK(dict_set(dict.get(), key, value));
    return dict;
}

TEST_CASE_FIXTURE(Started, "a dict keeps the order of insertion through growth and removal") {
    Ref<Dict> dict = make_dict();
    for (int64_t i = 0; i < 1000; ++i) CHECK(dict_set(dict.get(), num(i * 7 % 1000), num(i)));
    for (int64_t i = 0; i < 1000; i += 2) CHECK(dict_remove(dict.get(), num(i * 7 % 1000)) == 1);
    for (int64_t i = 0; i < 100; ++i) CHECK(dict_set(dict.get(), num(5000 + i), num(i)));
    CHECK(dict->count == 600);
    int64_t expected = 1;
    bool ordered = true;
    for (uint32_t position = 0; const DictEntry* entry = dict_next(dict.get(), position);) {
        if (entry->key.small() >= 5000) break;
        ordered &= entry->key.small() == expected * 7 % 1000;
        expected += 2;
    }
    CHECK(ordered);
    Value* found = nullptr;
    CHECK(dict_find(dict.get(), num(7), found));
    CHECK(found->small() == 1);
    CHECK(dict_find(dict.get(), num(14), found));
    CHECK(!found);
}

TEST_CASE_FIXTURE(Started, "equal keys of different types are one key") {
    const Value dict = dict_of({{num(1), text("int")}});
    CHECK(set_item(dict, make_float(1.0), text("float")));
    CHECK(set_item(dict, boolean(true), text("bool")));
    CHECK(shown(dict) == "{1: 'bool'}");
    CHECK(set_item(dict, text("k"), num(1)));
    CHECK(shown(get_item(dict, Value::share(intern("k")))) == "1");
}

TEST_CASE_FIXTURE(Started, "missing and unhashable keys are errors") {
    const Value dict = dict_of({{num(1), num(2)}});
    CHECK(shown(get_item(dict, text("x"))) == "KeyError: 'x'");
    CHECK(shown(get_item(dict, list_of({}))) == "TypeError: unhashable type: 'list'");
    CHECK(!delete_item(dict, num(5)));
    CHECK(error() == "KeyError: 5");
}

TEST_CASE_FIXTURE(Started, "dict methods answer as in CPython") {
    const Value dict = dict_of({{text("a"), num(1)}, {text("b"), num(2)}});
    CHECK(shown(invoke(dict, "get", {text("z")})) == "None");
    CHECK(shown(invoke(dict, "get", {text("z"), num(0)})) == "0");
    CHECK(shown(invoke(dict, "setdefault", {text("c"), num(3)})) == "3");
    CHECK(shown(invoke(dict, "pop", {text("a")})) == "1");
    CHECK(shown(invoke(dict, "pop", {text("a")})) == "KeyError: 'a'");
    CHECK(shown(invoke(dict, "pop", {text("a"), none()})) == "None");
    CHECK(shown(invoke(dict, "popitem")) == "('c', 3)");
    CHECK(shown(invoke(dict, "update", {list_of({tuple_of({num(1), num(2)}), text("xy")})})) ==
          "None");
    CHECK(shown(dict) == "{'b': 2, 1: 2, 'x': 'y'}");
    CHECK(shown(invoke(dict, "update", {list_of({num(1)})})) ==
          "TypeError: cannot convert dictionary update sequence element #0 to a sequence");
    CHECK(shown(invoke(dict, "update", {list_of({text("abc")})})) ==
          "ValueError: dictionary update sequence element #0 has length 3; 2 is required");
    CHECK(shown(invoke(Value::share(Dict::type), "fromkeys", {text("ab"), num(0)})) ==
          "{'a': 0, 'b': 0}");
    invoke(dict, "clear");
    CHECK(shown(invoke(dict, "popitem")) == "KeyError: 'popitem(): dictionary is empty'");
}

TEST_CASE_FIXTURE(Started, "popitem and growth alternate without losing entries") {
    Ref<Dict> dict = make_dict();
    for (int round = 0; round < 2000; ++round) {
        for (int64_t i = 0; i < 20; ++i) CHECK(dict_set(dict.get(), num(round * 100 + i), num(i)));
        for (int i = 0; i < 20; ++i) CHECK(invoke(dict, "popitem"));
    }
    CHECK(dict->count == 0);
}

TEST_CASE_FIXTURE(Started, "dicts are merged by operators") {
    const Value a = dict_of({{text("a"), num(1)}}),
                b = dict_of({{text("b"), num(2)}, {text("a"), num(3)}});
    CHECK(shown(binary(BinaryOp::Or, a, b)) == "{'a': 3, 'b': 2}");
    CHECK(shown(inplace(BinaryOp::Or, a, list_of({tuple_of({text("z"), num(0)})}))) ==
          "{'a': 1, 'z': 0}");
    CHECK(shown(binary(BinaryOp::Or, a, num(1))) ==
          "TypeError: unsupported operand type(s) for |: 'dict' and 'int'");
    CHECK(compare_truth(CompareOp::Eq, a, b) == 0);
    CHECK(compare_truth(CompareOp::Eq, b, dict_of({{text("a"), num(3)}, {text("b"), num(2)}})) ==
          1);
}

TEST_CASE_FIXTURE(Started, "a dict that grows while it is walked is an error") {
    const Value dict = dict_of({{num(1), num(1)}});
    const Value iterator = iterate(dict);
    CHECK(shown(next(iterator)) == "1");
    CHECK(set_item(dict, num(2), num(2)));
    CHECK(shown(next(iterator)) == "RuntimeError: dictionary changed size during iteration");
    CHECK(shown(next(iterator)) == "RuntimeError: dictionary changed size during iteration");
}

TEST_CASE_FIXTURE(Started, "a dict whose keys are exchanged while it is walked is an error") {
    const Value dict = dict_of({{num(1), num(1)}});
    const bool walked = for_each(dict, [&](const Value& key) {
        return delete_item(dict, key) && set_item(dict, num(key.small() + 1), none());
    });
    CHECK(!walked);
    CHECK(error() == "RuntimeError: dictionary keys changed during iteration");
}

TEST_CASE_FIXTURE(Started, "views are live and act as sets") {
    const Value dict = dict_of({{num(1), text("a")}, {num(2), text("b")}});
    const Value keys = invoke(dict, "keys"), items = invoke(dict, "items");
    CHECK(shown(invoke(dict, "values")) == "dict_values(['a', 'b'])");
    CHECK(set_item(dict, num(3), text("c")));
    CHECK(shown(keys) == "dict_keys([1, 2, 3])");
    CHECK(shown(items) == "dict_items([(1, 'a'), (2, 'b'), (3, 'c')])");
    CHECK(contains(items, tuple_of({num(2), text("b")})) == 1);
    CHECK(contains(items, tuple_of({num(2), text("x")})) == 0);
    CHECK(shown(binary(BinaryOp::And, keys, list_of({num(3), num(9)}))) == "{3}");
    CHECK(shown(binary(BinaryOp::Sub, keys, list_of({num(3)}))) == "{1, 2}");
    CHECK(shown(binary(BinaryOp::Xor, keys, list_of({num(3), num(4)}))) == "{1, 2, 4}");
    CHECK(compare_truth(CompareOp::Eq, keys,
                        construct(Set::type, {list_of({num(3), num(2), num(1)})})) == 1);
    CHECK(shown(list_from(invoke(dict, "__reversed__"))) == "[3, 2, 1]");
    CHECK(shown(get_attribute(keys, intern("mapping"))) ==
          "mappingproxy({1: 'a', 2: 'b', 3: 'c'})");
}

TEST_CASE_FIXTURE(Started, "a dict that holds itself shows dots") {
    const Value dict = make_dict();
    CHECK(set_item(dict, text("me"), dict));
    CHECK(shown(dict) == "{'me': {...}}");
    dict_clear(cast<Dict>(dict));
}

}  // namespace

}  // namespace loopglass::value::test
