// enumerate, zip, map, filter, reversed, weak references, type aliases, namespaces.
#include "runtime/value/iterators.hpp"

#include "runtime/value/generic_alias.hpp"
#include "runtime/value/namespace.hpp"
#include "runtime/value/weakref.hpp"
#include "tests/value/container_helpers.hpp"

namespace loopglass::value::test {

namespace {

Type* find_type(const Value& instance) {
    return instance.type();
}

TEST_CASE_FIXTURE(Started, "iter of a callable ends at the sentinel") {
    static int64_t count;
    count = 0;
    const Value counter = function_of([](const Value*) { return num(++count); }, "()");
    CHECK(shown(list_from(make_callable_iterator(counter, num(4)))) == "[1, 2, 3]");
}

TEST_CASE_FIXTURE(Started, "aliases and unions of types show as they are written") {
    const Value integer = Value::share(g_int_type), list = Value::share(List::type);
    CHECK(shown(get_item(list, integer)) == "list[int]");
    CHECK(shown(get_item(Value::share(Dict::type), tuple_of({Value::share(Str::type), integer}))) ==
          "dict[str, int]");
    CHECK(shown(binary(BinaryOp::Or, integer, Value::share(Str::type))) == "int | str");
    CHECK(shown(binary(BinaryOp::Or, get_item(list, integer), none())) == "list[int] | None");
    CHECK(binary(BinaryOp::Or, integer, integer).is(integer));
    CHECK(is_instance(num(1), binary(BinaryOp::Or, integer, none())) == 1);
    CHECK(is_instance(none(), binary(BinaryOp::Or, integer, none())) == 1);
    CHECK(is_instance(num(1), get_item(list, integer)) == -1);
    CHECK(error() == "TypeError: isinstance() argument 2 cannot be a parameterized generic");
    CHECK(shown(call(get_item(list, integer), text("ab"))) == "['a', 'b']");
    CHECK(shown(get_item(get_item(list, integer), integer)) ==
          "TypeError: list[int] is not a generic class");
}

TEST_CASE_FIXTURE(Started, "weak references are cleared and their callbacks called, newest first") {
    static std::string calls;
    calls.clear();
    const Value set = make_set();
    const auto note_one = [](const Value* a) { return calls += shown(call(a[0])) + "1 ", none(); };
    const auto note_two = [](const Value*) { return calls += "2 ", none(); };
    Value target = make_set();
    const Value first = make_weakref(target, function_of(note_one, "(ref)"));
    const Value second = make_weakref(target, function_of(note_two, "(ref)"));
    const Value plain = make_weakref(target);
    CHECK(make_weakref(target).is(plain));
    CHECK(!first.is(second));
    CHECK(call(plain).is(target));
    CHECK(weakref_count(target.object()) == 3);
    target = {};
    CHECK(calls == "2 None1 ");
    CHECK(shown(call(plain)) == "None");
    CHECK(shown(make_weakref(num(1))) == "TypeError: cannot create weak reference to 'int' object");
    CHECK(shown(make_weakref(list_of({}))) ==
          "TypeError: cannot create weak reference to 'list' object");
}

TEST_CASE_FIXTURE(Started, "a dropped weak reference is not called") {
    Value target = make_set();
    const auto fail = [](const Value*) { return raise(errors::ValueError, "called"); };
    Value reference = make_weakref(target, function_of(fail, "(ref)"));
    reference = {};
    CHECK(weakref_count(target.object()) == 0);
    target = {};
    CHECK(!has_raised());
}

TEST_CASE_FIXTURE(Started, "a proxy stands for its target until that is gone") {
    Value target = construct(Set::type, {text("a")});
    const Value proxy = make_weak_proxy(target);
    CHECK(length(proxy) == 1);
    CHECK(shown(invoke(proxy, "copy")) == "{'a'}");
    target = {};
    CHECK(length(proxy) == -1);
    CHECK(error() == "ReferenceError: weakly-referenced object no longer exists");
}

TEST_CASE_FIXTURE(Started, "namespaces show their attributes and compare by them") {
    Ref<Tuple> names = make_tuple({Value::share(intern("a")), Value::share(intern("b"))});
    const Value values[] = {num(1), text("x")};
    const Value space = call(Value::share(SimpleNamespace::type), Args{values, 0, names.get()});
    CHECK(shown(space) == "namespace(a=1, b='x')");
    const Value same = call(Value::share(SimpleNamespace::type), Args{values, 0, names.get()});
    CHECK(compare_truth(CompareOp::Eq, space, same) == 1);
    CHECK(set_attribute(same, intern("a"), num(2)));
    CHECK(compare_truth(CompareOp::Eq, space, same) == 0);
}

TEST_CASE_FIXTURE(Started, "a mapping proxy shows a dict and does not change it") {
    Ref<Dict> dict = make_dict();
    dict_set(dict.get(), intern("k"), num(1));
    const Value proxy = make_mapping_proxy(dict);
    CHECK(shown(proxy) == "mappingproxy({'k': 1})");
    CHECK(shown(get_item(proxy, text("k"))) == "1");
    CHECK(shown(invoke(proxy, "get", {text("z")})) == "None");
    CHECK(!set_item(proxy, text("k"), num(2)));
    CHECK(error() == "TypeError: 'mappingproxy' object does not support item assignment");
}

TEST_CASE_FIXTURE(Started, "cells hold one value or none") {
    const Value cell = construct(Cell::type);
    CHECK(shown(get_attribute(cell, intern("cell_contents"))) == "ValueError: Cell is empty");
    CHECK(set_attribute(cell, intern("cell_contents"), num(5)));
    CHECK(shown(get_attribute(cell, intern("cell_contents"))) == "5");
    CHECK(find_type(cell) == Cell::type);
}

}  // namespace

}  // namespace loopglass::value::test
