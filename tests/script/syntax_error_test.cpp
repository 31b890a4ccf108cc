// Syntax errors: CPython's words, CPython's place, CPython's display.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "runtime/script/syntax/parse.hpp"

using namespace loopglass;
using namespace loopglass::script;

namespace {

SyntaxProblem problem(std::string_view source) {
    base::Arena arena;
    return parse_module(source, "t.py", {}, arena).error;
}

std::string message(std::string_view source) {
    return problem(source).message;
}

std::string shown(std::string_view source) {
    return render(problem(source), "t.py");
}

struct Case {
    std::string_view source;
    std::string_view message;
    int line;
    int offset;
    int end_offset;
};

void check_all(std::initializer_list<Case> cases) {
    for (const Case& c : cases) {
        CAPTURE(c.source);
        const SyntaxProblem found = problem(c.source);
        CHECK(found.message == c.message);
        CHECK(found.line == c.line);
        CHECK(found.offset == c.offset);
        CHECK(found.end_offset == c.end_offset);
    }
}

}  // namespace

TEST_CASE("errors are shown as CPython shows them") {
    CHECK(shown("async def f(n):\n    for i in range(n, 0, -1)\n        pass\n") ==
          "  File \"t.py\", line 2\n"
          "    for i in range(n, 0, -1)\n"
          "                            ^\n"
          "SyntaxError: expected ':'\n");
    CHECK(shown("    x = 1\n") ==
          "  File \"t.py\", line 1\n    x = 1\nIndentationError: unexpected indent\n");
    CHECK(shown("if True:\n    f()\n  g(\"short\")\n") ==
          "  File \"t.py\", line 3\n"
          "    g(\"short\")\n"
          "              ^\n"
          "IndentationError: unindent does not match any outer indentation level\n");
    CHECK(shown("def f():\n\tx = é b\n") ==
          "  File \"t.py\", line 2\n"
          "    \tx = é b\n"
          "    \t      ^\n"
          "SyntaxError: invalid syntax\n");
    CHECK(shown("def f(u):\n    p = await g(1, {\"u\": u})\n") ==
          "  File \"t.py\", line 2\n"
          "    p = await g(1, {\"u\": u})\n"
          "        ^^^^^^^^^^^^^^^^^^^^\n"
          "SyntaxError: 'await' outside async function\n");
}

TEST_CASE("what is missing or too much is said") {
    check_all({
        {"x = (1 2)", "invalid syntax. Perhaps you forgot a comma?", 1, 6, 9},
        {"x = 1 2", "invalid syntax", 1, 7, 8},
        {"x = [1,\n2", "'[' was never closed", 1, 5, 0},
        {"def f()\n  pass", "expected ':'", 1, 8, 9},
        {"class A\n  pass", "expected ':'", 1, 8, 9},
        {"def f:\n  pass", "expected '('", 1, 6, 7},
        {"try:\n  x\ny", "expected 'except' or 'finally' block", 3, 1, 2},
        {"x = a if b", "expected 'else' after 'if' expression", 1, 5, 11},
        {"for x y in z: pass", "invalid syntax", 1, 7, 8},
        {"[a for b c in d]", "'in' expected after for-loop variables", 1, 10, 11},
        {"f(a=)", "expected argument value expression", 1, 3, 5},
        {"{1:}", "expression expected after dictionary key and ':'", 1, 3, 4},
        {"{1: 2, 3}", "':' expected after dictionary key", 1, 8, 0},
        {"print 'a'", "Missing parentheses in call to 'print'. Did you mean print(...)?", 1, 1, 10},
        {"from a import b,", "trailing comma not allowed without surrounding parentheses", 1, 17,
         17},
        {"import a from b", "Did you mean to use 'from ... import ...' instead?", 1, 1, 16},
    });
}

TEST_CASE("blocks have to be indented, and the message names the statement") {
    check_all({
        {"if x:\ny", "expected an indented block after 'if' statement on line 1", 2, 1, 2},
        {"if x:\n  y\nelse:\nz", "expected an indented block after 'else' statement on line 3", 4,
         1, 2},
        {"while x:\ny", "expected an indented block after 'while' statement on line 1", 2, 1, 2},
        {"for x in y:\nz", "expected an indented block after 'for' statement on line 1", 2, 1, 2},
        {"async def f():\nz", "expected an indented block after function definition on line 1", 2,
         1, 2},
        {"class A:\nz", "expected an indented block after class definition on line 1", 2, 1, 2},
        {"with x:\nz", "expected an indented block after 'with' statement on line 1", 2, 1, 2},
        {"try:\nz", "expected an indented block after 'try' statement on line 1", 2, 1, 2},
        {"try:\n  x\nexcept A:\nz", "expected an indented block after 'except' statement on line 3",
         4, 1, 2},
        {"try:\n  x\nexcept* A:\nz",
         "expected an indented block after 'except*' statement on line 3", 4, 1, 2},
        {"match x:\n  case 1:\n  y", "expected an indented block after 'case' statement on line 2",
         3, 3, 4},
    });
    CHECK(problem("if x:\ny").kind == SyntaxErrorKind::IndentationError);
}

TEST_CASE("what cannot be assigned or deleted is named") {
    CHECK(message("f() = 1") ==
          "cannot assign to function call here. Maybe you meant '==' instead of '='?");
    CHECK(message("1 = x") ==
          "cannot assign to literal here. Maybe you meant '==' instead of '='?");
    CHECK(message("None = 1") == "cannot assign to None");
    CHECK(message("(a, 1) = x") == "cannot assign to literal");
    CHECK(message("a + b = c") ==
          "cannot assign to expression here. Maybe you meant '==' instead of '='?");
    CHECK(message("for f() in x: pass") == "cannot assign to function call");
    CHECK(message("with a as f(): pass") == "cannot assign to function call");
    CHECK(message("del f()") == "cannot delete function call");
    CHECK(message("a, b += 1") == "'tuple' is an illegal expression for augmented assignment");
    CHECK(message("(a, b): int") == "only single target (not tuple) can be annotated");
    CHECK(message("if x = 1: pass") ==
          "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    CHECK(message("*a = 1") == "starred assignment target must be in a list or tuple");
    CHECK(message("*a, *b = c") == "multiple starred expressions in assignment");
    CHECK(message("x = *a") == "can't use starred expression here");
    CHECK(message("(x.y := 1)") == "cannot use assignment expressions with attribute");
}

TEST_CASE("calls and parameters") {
    CHECK(message("f(a=1, b)") == "positional argument follows keyword argument");
    CHECK(message("f(**a, b)") == "positional argument follows keyword argument unpacking");
    CHECK(message("f(a=1, a=2)") == "keyword argument repeated: a");
    CHECK(message("f(1=2)") == "expression cannot contain assignment, perhaps you meant \"==\"?");
    CHECK(message("f(a, x for x in y)") == "Generator expression must be parenthesized");
    CHECK(message("def f(a, a): pass") == "duplicate argument 'a' in function definition");
    CHECK(message("def f(a=1, b): pass") ==
          "parameter without a default follows parameter with a default");
    CHECK(message("def f(*): pass") == "named arguments must follow bare *");
    CHECK(message("def f(**k, a): pass") == "arguments cannot follow var-keyword argument");
    CHECK(message("lambda (a): a") == "Lambda expression parameters cannot be parenthesized");
}

TEST_CASE("statements in the wrong place") {
    CHECK(message("return") == "'return' outside function");
    CHECK(message("yield 1") == "'yield' outside function");
    CHECK(message("await x") == "'await' outside function");
    CHECK(message("break") == "'break' outside loop");
    CHECK(message("continue") == "'continue' not properly in loop");
    CHECK(message("async with x: pass") == "'async with' outside async function");
    CHECK(message("def f():\n  async for x in y: pass") == "'async for' outside async function");
    CHECK(message("def f(): return [x async for x in y]") ==
          "asynchronous comprehension outside of an asynchronous function");
    CHECK(message("async def f():\n  yield\n  return 1") ==
          "'return' with value in async generator");
    CHECK(message("try: pass\nexcept: pass\nexcept A: pass") == "default 'except:' must be last");
    CHECK(message("try: pass\nexcept A, B: pass") ==
          "multiple exception types must be parenthesized");
    CHECK(message("def f():\n  from x import *") == "import * only allowed at module level");
}

TEST_CASE("global and nonlocal") {
    CHECK(message("def f():\n  x = 1\n  global x") ==
          "name 'x' is assigned to before global declaration");
    CHECK(message("def f():\n  x\n  global x") == "name 'x' is used prior to global declaration");
    CHECK(message("def f(x):\n  global x") == "name 'x' is parameter and global");
    CHECK(message("def f():\n  nonlocal x") == "no binding for nonlocal 'x' found");
    CHECK(message("nonlocal x") == "nonlocal declaration not allowed at module level");
}

TEST_CASE("f-strings") {
    CHECK(message("f'{}'") == "f-string: valid expression required before '}'");
    CHECK(message("f'{a'") == "f-string: expecting '}'");
    CHECK(message("f'{a!x}'") ==
          "f-string: invalid conversion character 'x': expected 's', 'r', or 'a'");
    CHECK(message("f'{a $ b}'") == "f-string: expecting '=', or '!', or ':', or '}'");
    CHECK(message("f'{lambda x: 1}'") ==
          "f-string: lambda expressions are not allowed without parentheses");
}

TEST_CASE("strings and encodings") {
    CHECK(message("'\\x1'") ==
          "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: "
          "truncated \\xXX escape");
    CHECK(message("b'é'") == "bytes can only contain ASCII literal characters");
    CHECK(message("'a' b'b'") == "cannot mix bytes and nonbytes literals");
    CHECK(message("x = '\xff'") ==
          "Non-UTF-8 code starting with '\\xff' in file t.py on line 1, but no encoding declared; "
          "see https://peps.python.org/pep-0263/ for details");
    CHECK(message(std::string_view("x\0y", 3)) == "source code cannot contain null bytes");
}

TEST_CASE(
    "an error of the lexer further down outranks invalid syntax, one in an f-string does not") {
    CHECK(message("a b\nx = 'open\n") == "unterminated string literal (detected at line 2)");
    CHECK(message("a b\nf'{'\n") == "invalid syntax");
    CHECK(message("(\na = = 1\n") == "'(' was never closed");
}

TEST_CASE("patterns") {
    CHECK(message("match x:\n  case a: pass\n  case b: pass") ==
          "name capture 'a' makes remaining patterns unreachable");
    CHECK(message("match x:\n  case _: pass\n  case b: pass") ==
          "wildcard makes remaining patterns unreachable");
    CHECK(message("match x:\n  case [a] | [b]: pass") ==
          "alternative patterns bind different names");
    CHECK(message("match x:\n  case [a, a]: pass") ==
          "multiple assignments to name 'a' in pattern");
    CHECK(message("match x:\n  case P(a=1, 2): pass") ==
          "positional patterns follow keyword patterns");
}

TEST_CASE("doubtful code is a warning") {
    base::Arena arena;
    const auto outcome =
        parse_module("x is 1\nassert (x, 'no')\n(1)(2)\n[1]['a']\n", "t.py", {}, arena);
    REQUIRE(outcome.warnings.size() == 4);
    CHECK(outcome.warnings[0].message == "\"is\" with 'int' literal. Did you mean \"==\"?");
    CHECK(outcome.warnings[1].message == "assertion is always true, perhaps remove parentheses?");
    CHECK(outcome.warnings[2].message ==
          "'int' object is not callable; perhaps you missed a comma?");
    CHECK(outcome.warnings[3].message ==
          "list indices must be integers or slices, not str; perhaps you missed a comma?");
    CHECK(outcome.warnings[3].line == 4);
}
