// Where names live, what frames look like, which scopes wait or yield.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "runtime/script/syntax/ast_dump.hpp"
#include "runtime/script/syntax/parse.hpp"

using namespace loopglass;
using namespace loopglass::script;

namespace {

struct Resolved {
    base::Arena arena;
    ParseOutcome outcome;

    explicit Resolved(std::string_view source, bool await = true)
        : outcome(parse_module(source, "t.py", {await}, arena)) {
        INFO(outcome.error.message);
        REQUIRE(outcome.module != nullptr);
    }
    [[nodiscard]] const Scope& scope(std::string_view qualname) const {
        for (const Scope* scope : outcome.module->scopes) {
            if (scope->qualname == qualname) return *scope;
        }
        FAIL("no scope ", std::string(qualname));
        return *outcome.module->scope;
    }
    [[nodiscard]] std::string tree() const { return dump(*outcome.module, {false, true}); }
    [[nodiscard]] bool has(std::string_view part) const {
        return tree().find(part) != std::string::npos;
    }
};

template <typename List>
std::string names(const List& list) {
    std::string out;
    for (const auto& entry : list) {
        if (!out.empty()) out += ' ';
        out += entry.name->text;
    }
    return out;
}

}  // namespace

TEST_CASE("a function's names are slots, parameters first") {
    const Resolved r("def f(a, *args, k=1, **kw):\n  x = a\n  return x, y\n");
    CHECK(names(r.scope("f").locals) == "a k args kw x");
    CHECK(r.scope("f").locals[3].parameter);
    CHECK_FALSE(r.scope("f").locals[4].parameter);
    CHECK(r.has("(Name x #local4 Store)"));
    CHECK(r.has("(Name y #implicit Load)"));
}

TEST_CASE("names of a module are global, whether declared or not") {
    const Resolved r("x = 1\ndef f():\n  global x\n  x = 2\n");
    CHECK(!r.has("(Assign [(Name x #implicit Store)]"));
    CHECK(r.has("(Assign [(Name x #global Store)]"));
}

TEST_CASE("a captured variable is a cell here and free there") {
    const Resolved r("def f(a):\n  b = a\n  def g():\n    return lambda: a + b\n  return g\n");
    CHECK(names(r.scope("f").cells) == "a b");
    CHECK(r.scope("f").cells[0].parameter == 0);
    CHECK(r.scope("f").cells[1].parameter == -1);
    CHECK(names(r.scope("f.<locals>.g").frees) == "a b");
    CHECK(r.scope("f.<locals>.g").frees[0].from_cell);
    const Scope& inner = r.scope("f.<locals>.g.<locals>.<lambda>");
    CHECK_FALSE(inner.frees[0].from_cell);
    CHECK(inner.frees[1].index == 1);
    CHECK(r.has("(Name a #free0 Load)"));
}

TEST_CASE("nonlocal binds the variable outside") {
    const Resolved r("def f():\n  n = 0\n  def g():\n    nonlocal n\n    n += 1\n");
    CHECK(r.has("(AugAssign (Name n #free0 Store)"));
    CHECK(names(r.scope("f").cells) == "n");
}

TEST_CASE("class bodies look in their namespace, functions do not see it") {
    const Resolved r("def f(v):\n  class C:\n    x = v\n    y = x\n    def m(self): return x\n");
    CHECK(r.has("(Assign [(Name x #class Store)] (Name v #classfree0 Load))"));
    CHECK(r.has("(Assign [(Name y #class Store)] (Name x #class Load))"));
    CHECK(r.has("(Return (Name x #implicit Load))"));
    CHECK(r.scope("f.<locals>.C.m").is_method);
}

TEST_CASE("super and __class__ take the cell of the class") {
    const Resolved r("class C:\n  def m(self):\n    return super().m()\n  def n(self): pass\n");
    CHECK(r.scope("C").class_cell == 0);
    CHECK(names(r.scope("C").cells) == "__class__");
    CHECK(r.scope("C.m").class_cell == 0);
    CHECK(r.scope("C.n").class_cell == -1);
}

TEST_CASE("private names are mangled inside a class") {
    const Resolved r("class _C:\n  def m(self, __a):\n    self.__x = __a\n    __d__ = 1\n");
    CHECK(r.scope("_C.m").locals[1].name->text == "_C__a");
    const auto& method = as<FunctionDef>(*as<ClassDef>(*r.outcome.module->body[0]).body[0]);
    const auto& target = as<Attribute>(*as<Assign>(*method.body[0]).targets[0]);
    CHECK(target.attr->text == "__x");
    CHECK(target.stored_name->text == "_C__x");
    CHECK(r.scope("_C.m").locals[2].name->text == "__d__");
}

TEST_CASE("an inlined comprehension has hidden slots of its own") {
    const Resolved r("def f(x):\n  y = [x for x in x]\n  return x\n");
    const Scope& f = r.scope("f");
    CHECK(names(f.locals) == "x y x");
    CHECK(f.locals[2].hidden);
    CHECK(
        r.has("(ListComp (Name x #local2 Load) [(comprehension (Name x #local2 Store) (Name x "
              "#local0 Load) [] 0)])"));
    const auto& assign = as<Assign>(*as<FunctionDef>(*r.outcome.module->body[0]).body[0]);
    const auto& list = static_cast<const Comprehension&>(*assign.value);
    CHECK(list.scope->frame == &f);
    REQUIRE(list.scope->own_locals.size() == 1);
    CHECK(list.scope->own_locals[0] == 2);
}

TEST_CASE("a comprehension variable that is captured gets a cell for each execution") {
    const Resolved r("fs = [lambda: i for i in range(3)]\n");
    const Scope& module = *r.outcome.module->scope;
    CHECK(names(module.cells) == "i");
    CHECK(module.cells[0].hidden);
    CHECK(names(r.scope("<lambda>").frees) == "i");
}

TEST_CASE("a generator expression is a frame of its own") {
    const Resolved r("def f(n):\n  return (n + k for k in range(n))\n");
    const Scope& g = r.scope("f.<locals>.<genexpr>");
    CHECK(g.is_generator);
    CHECK(names(g.frees) == "n");
    CHECK(r.has("(Name range #implicit Load) [(Name n #cell0 Load)]"));
}

TEST_CASE("a walrus in a comprehension binds in the function") {
    const Resolved r("def f(xs):\n  [y := x for x in xs]\n  return y\n");
    CHECK(r.has("(NamedExpr (Name y #local1 Store)"));
    CHECK(r.has("(Return (Name y #local1 Load))"));
}

TEST_CASE("functions know what they are") {
    const Resolved r(
        "def g(): yield 1\nasync def c(): await x\nasync def a(): yield 1\ndef p(): pass\n");
    CHECK(r.scope("g").is_generator);
    CHECK(r.scope("c").is_coroutine);
    CHECK(r.scope("a").is_async_generator);
    CHECK_FALSE(r.scope("p").is_generator);
}

TEST_CASE("qualified names say how things nest") {
    const Resolved r(
        "class A:\n  class B:\n    def m(self):\n      def h(): pass\n"
        "def f():\n  global g\n  def g(): pass\n");
    CHECK(r.scope("A.B.m.<locals>.h").name->text == "h");
    CHECK(r.scope("g").name->text == "g");
}

TEST_CASE("top-level await is noticed, and that of functions is not") {
    CHECK(Resolved("await x").outcome.module->scope->has_top_level_await);
    CHECK(Resolved("async with x: pass").outcome.module->scope->has_top_level_await);
    CHECK(Resolved("[y async for y in x]").outcome.module->scope->has_top_level_await);
    CHECK_FALSE(Resolved("async def f(): await x").outcome.module->scope->has_top_level_await);
    CHECK_FALSE(Resolved("g = (y async for y in x)").outcome.module->scope->has_top_level_await);
}

TEST_CASE("docstrings, locals() and star imports are noted") {
    const Resolved r("'doc'\nfrom m import *\ndef f():\n  'inner'\n  return locals()\n");
    const Scope& module = *r.outcome.module->scope;
    REQUIRE(module.docstring);
    CHECK(module.docstring->text == "doc");
    CHECK(module.has_star_import);
    CHECK(r.scope("f").docstring->text == "inner");
    CHECK(r.scope("f").calls_locals);
    CHECK_FALSE(module.calls_locals);
}

TEST_CASE("except, import, with, for, match and del bind names") {
    const Resolved r(
        "def f():\n"
        "  import a.b, c as d\n"
        "  for e in x: pass\n"
        "  with x as g: pass\n"
        "  try: pass\n"
        "  except E as h: pass\n"
        "  match x:\n"
        "    case [i, *j] | {'k': i, **j}: pass\n"
        "  del l\n");
    CHECK(names(r.scope("f").locals) == "a d e g h i j l");
}

TEST_CASE("under future annotations nobody looks at annotations") {
    const Resolved r("from __future__ import annotations\ndef f(x: y) -> z: pass\n");
    CHECK(r.outcome.module->future_annotations);
    CHECK(r.has("(Name y #unresolved Load)"));
}
