// Trees: one test per kind of thing; the whole standard library is compared by tests/oracle.
#include <doctest/doctest.h>

#include <string>

#include "runtime/script/syntax/ast_dump.hpp"
#include "runtime/script/syntax/parse.hpp"

using namespace loopglass;
using namespace loopglass::script;

namespace {

std::string tree(std::string_view source, bool spans = false) {
    base::Arena arena;
    const ParseOutcome outcome = parse_module(source, "t.py", {true}, arena);
    if (!outcome) return outcome.error.message;
    return dump(*outcome.module, {spans, false});
}

// The tree of one expression.
std::string expression(std::string_view source) {
    base::Arena arena;
    const ParseOutcome outcome = parse_expression(source, "t.py", {true}, arena);
    return outcome ? dump(*outcome.module) : outcome.error.message;
}

const Expr& only_expression(const ParseOutcome& outcome) {
    return *as<ExprStmt>(*outcome.module->body[0]).value;
}

InputState state(std::string_view source) {
    base::Arena arena;
    return parse_interactive(source, "t.py", {}, arena).state;
}

}  // namespace

TEST_CASE("operators bind as Python says") {
    CHECK(expression("a + b * c") ==
          "(BinOp (Name a Load) Add (BinOp (Name b Load) Mult (Name c Load)))");
    CHECK(expression("-a ** -b") ==
          "(UnaryOp USub (BinOp (Name a Load) Pow (UnaryOp USub (Name b Load))))");
    CHECK(expression("not a in b") == "(UnaryOp Not (Compare (Name a Load) [In] [(Name b Load)]))");
    CHECK(expression("a < b is not c") ==
          "(Compare (Name a Load) [Lt IsNot] [(Name b Load) (Name c Load)])");
    CHECK(expression("a or b and c or d") ==
          "(BoolOp Or [(Name a Load) (BoolOp And [(Name b Load) (Name c Load)]) (Name d Load)])");
    CHECK(expression("a if b else c if d else e") ==
          "(IfExp (Name b Load) (Name a Load) (IfExp (Name d Load) (Name c Load) (Name e Load)))");
}

TEST_CASE("constants carry their values") {
    CHECK(expression("0x10") == "(Constant 16 ~)");
    CHECK(expression("1_000") == "(Constant 1000 ~)");
    CHECK(expression("1.5") == "(Constant f:3ff8000000000000 ~)");
    CHECK(expression("2j") == "(Constant j:4000000000000000 ~)");
    CHECK(expression("u'a' 'b'") == "(Constant 'ab' u)");
    CHECK(expression("b'\\x00a'") == "(Constant b'\\x00a' ~)");
    CHECK(expression("'\\u00e9\\n'") == "(Constant '\\xc3\\xa9\\x0a' ~)");
    CHECK(expression("r'\\n'") == "(Constant '\\x5cn' ~)");
    CHECK(expression("'\\ud800'") == "(Constant '\\xed\\xa0\\x80' ~)");
}

TEST_CASE("a large integer keeps its digits") {
    base::Arena arena;
    const auto outcome = parse_module("0xFF_FFFF_FFFF_FFFF_FFFF", "t.py", {}, arena);
    REQUIRE(outcome);
    const auto& number = as<Constant>(only_expression(outcome));
    CHECK(number.value == ConstantKind::BigInt);
    CHECK(number.radix == 16);
    CHECK(number.text == "FFFFFFFFFFFFFFFFFF");
}

TEST_CASE("f-strings become joined strings with merged text") {
    CHECK(expression("f'a{x!r:>{w}}' 'b'") ==
          "(JoinedStr [(Constant 'a' ~) (FormattedValue (Name x Load) 114 (JoinedStr [(Constant "
          "'>' ~) (FormattedValue (Name w Load) -1 ~)])) (Constant 'b' ~)])");
    CHECK(expression("f'{x = }'") ==
          "(JoinedStr [(Constant 'x = ' ~) (FormattedValue (Name x Load) 114 ~)])");
    CHECK(expression("f'{{}}'") == "(JoinedStr [(Constant '{}' ~)])");
    CHECK(expression("f'{d[\"k\"]}'") ==
          "(JoinedStr [(FormattedValue (Subscript (Name d Load) (Constant 'k' ~) Load) -1 ~)])");
}

TEST_CASE("calls take every kind of argument") {
    CHECK(expression("f(a, *b, c=d, **e)") ==
          "(Call (Name f Load) [(Name a Load) (Starred (Name b Load) Load)] [(keyword c (Name d "
          "Load)) (keyword ~ (Name e Load))])");
    CHECK(expression("f(x for x in y)") ==
          "(Call (Name f Load) [(GeneratorExp (Name x Load) [(comprehension (Name x Store) (Name y "
          "Load) [] 0)])] [])");
}

TEST_CASE("subscripts slice") {
    CHECK(expression("a[1:2, ::3]") ==
          "(Subscript (Name a Load) (Tuple [(Slice (Constant 1 ~) (Constant 2 ~) ~) (Slice ~ ~ "
          "(Constant 3 ~))] Load) Load)");
}

TEST_CASE("assignments have targets, annotations and operators") {
    CHECK(tree("a, *b = c = d") ==
          "[(Assign [(Tuple [(Name a Store) (Starred (Name b Store) Store)] Store) (Name c Store)] "
          "(Name d Load))]");
    CHECK(tree("x: int = 1") == "[(AnnAssign (Name x Store) (Name int Load) (Constant 1 ~) 1)]");
    CHECK(tree("(x): int") == "[(AnnAssign (Name x Store) (Name int Load) ~ 0)]");
    CHECK(tree("a.b //= 2") ==
          "[(AugAssign (Attribute (Name a Load) b Store) FloorDiv (Constant 2 ~))]");
}

TEST_CASE("parameters of all kinds") {
    CHECK(tree("def f(a, /, b=1, *c, d, e=2, **g): pass") ==
          "[(FunctionDef f (arguments [(arg a ~)] [(arg b ~)] (arg c ~) [(arg d ~) (arg e ~)] [~ "
          "(Constant 2 ~)] (arg g ~) [(Constant 1 ~)]) [(Pass)] [] ~ [])]");
    CHECK(expression("lambda *, a: a") ==
          "(Lambda (arguments [] [] ~ [(arg a ~)] [~] ~ []) (Name a Load))");
}

TEST_CASE("match is a keyword only where it makes a match statement") {
    CHECK(tree("match = 1") == "[(Assign [(Name match Store)] (Constant 1 ~))]");
    CHECK(tree("match(x)") == "[(Expr (Call (Name match Load) [(Name x Load)] []))]");
}

TEST_CASE("patterns") {
    CHECK(tree("match x:\n case P(1, a=None) as p: pass") ==
          "[(Match (Name x Load) [(match_case (MatchAs (MatchClass (Name P Load) [(MatchValue "
          "(Constant 1 ~))] [a] [(MatchSingleton None)]) p) ~ [(Pass)])])]");
    CHECK(tree("match x, y:\n case -1 + 2j, _: pass") ==
          "[(Match (Tuple [(Name x Load) (Name y Load)] Load) [(match_case (MatchSequence "
          "[(MatchValue (BinOp (UnaryOp USub (Constant 1 ~)) Add (Constant j:4000000000000000 ~))) "
          "(MatchAs ~ ~)]) ~ [(Pass)])])]");
}

TEST_CASE("with items may stand in parentheses") {
    const std::string plain = tree("with a as b, c: pass");
    CHECK(plain ==
          "[(With [(withitem (Name a Load) (Name b Store)) (withitem (Name c Load) ~)] [(Pass)])]");
    CHECK(tree("with (a as b, c): pass") == plain);
    CHECK(tree("with (a, b): pass") ==
          "[(With [(withitem (Name a Load) ~) (withitem (Name b Load) ~)] [(Pass)])]");
    CHECK(tree("with (a): pass") == "[(With [(withitem (Name a Load) ~)] [(Pass)])]");
}

TEST_CASE("try with plain and with starred handlers") {
    CHECK(tree("try: a\nexcept B as c: d\nelse: e\nfinally: f") ==
          "[(Try [(Expr (Name a Load))] [(ExceptHandler (Name B Load) c [(Expr (Name d Load))])] "
          "[(Expr (Name e Load))] [(Expr (Name f Load))])]");
    CHECK(tree("try: a\nexcept* B: d").starts_with("[(TryStar"));
}

TEST_CASE("type parameters and aliases") {
    CHECK(tree("type A[T: int, *U, **P = []] = T") ==
          "[(TypeAlias (Name A Store) [(TypeVar T (Name int Load) ~) (TypeVarTuple U "
          "~) (ParamSpec P (List [] Load))] (Name T Load))]");
    CHECK(tree("type = 1") == "[(Assign [(Name type Store)] (Constant 1 ~))]");
}

TEST_CASE("spans are CPython's") {
    CHECK(tree("(a)+b", true) ==
          "[(Expr@1:0-1:5 (BinOp@1:0-1:5 (Name@1:1-1:2 a Load) Add (Name@1:4-1:5 b Load)))]");
    CHECK(tree("é = f(\n 1)", true) ==
          "[(Assign@1:0-2:3 [(Name@1:0-1:2 é Store)] (Call@1:5-2:3 (Name@1:5-1:6 f Load) "
          "[(Constant@2:1-2:2 1 ~)] []))]");
    CHECK(tree("@d\ndef f(): pass", true) ==
          "[(FunctionDef@2:0-2:13 f (arguments [] [] ~ [] [] ~ []) [(Pass@2:9-2:13)] "
          "[(Name@1:1-1:2 d Load)] ~ [])]");
}

TEST_CASE("positions for carets: operator, parenthesis, bracket, attribute") {
    base::Arena arena;
    const auto outcome = parse_module("(a) + b\nf (x)\na [0]\na . b\n", "t.py", {}, arena);
    REQUIRE(outcome);
    const auto value = [&](uint32_t i) -> const Expr& {
        return *as<ExprStmt>(*outcome.module->body[i]).value;
    };
    CHECK(as<BinOp>(value(0)).op_position.column == 4);
    CHECK(as<Call>(value(1)).paren.column == 2);
    CHECK(as<Subscript>(value(2)).bracket.column == 2);
    CHECK(as<Attribute>(value(3)).attr_position.column == 4);
}

TEST_CASE("a module keeps its lines and names after the source is gone") {
    base::Arena arena;
    Module* module = nullptr;
    {
        const std::string source = "first = 1\r\nsecond = 'text'\r\n";
        module = parse_module(source, "t.py", {}, arena).module;
    }
    REQUIRE(module);
    REQUIRE(module->lines.size() == 2);
    CHECK(module->lines[1] == "second = 'text'");
    CHECK(as<Constant>(*as<Assign>(*module->body[1]).value).text == "text");
    CHECK(as<Name>(*as<Assign>(*module->body[0]).targets[0]).id->text == "first");
}

TEST_CASE("an encoding can be declared, a byte order mark is skipped") {
    CHECK(tree("# -*- coding: latin-1 -*-\nx = '\xe9'") ==
          "[(Assign [(Name x Store)] (Constant '\\xc3\\xa9' ~))]");
    CHECK(tree("\xEF\xBB\xBFx") == "[(Expr (Name x Load))]");
}

TEST_CASE("a suspicious escape is a warning with its line") {
    base::Arena arena;
    const auto outcome = parse_module("\nx = '\\d'", "t.py", {}, arena);
    REQUIRE(outcome.warnings.size() == 1);
    CHECK(outcome.warnings[0].message == "invalid escape sequence '\\d'");
    CHECK(outcome.warnings[0].line == 2);
}

TEST_CASE("a REPL waits for what can still come") {
    CHECK(state("x = 1") == InputState::Complete);
    CHECK(state("# nothing") == InputState::Complete);
    CHECK(state("if x:") == InputState::Incomplete);
    CHECK(state("if x:\n  y") == InputState::Incomplete);
    CHECK(state("if x:\n  y\n") == InputState::Complete);
    CHECK(state("f(1,") == InputState::Incomplete);
    CHECK(state("x = '''abc") == InputState::Incomplete);
    CHECK(state("@decorator") == InputState::Incomplete);
    CHECK(state("x = 'abc") == InputState::Error);
    CHECK(state("x y") == InputState::Error);
    CHECK(state("x = )") == InputState::Error);
}

TEST_CASE("depth is an error before it is a crash") {
    const auto kind = [](const std::string& source) {
        base::Arena arena;
        return parse_module(source, "t.py", {}, arena).error.kind;
    };
    const auto repeat = [](std::string_view text, int times) {
        std::string out;
        for (int i = 0; i < times; ++i) out += text;
        return out;
    };
    CHECK(kind("x = " + repeat("not ", 100000) + "1") == SyntaxErrorKind::RecursionError);
    CHECK(kind("x = " + repeat("-", 100000) + "1") == SyntaxErrorKind::RecursionError);
    CHECK(kind("x = a" + repeat(".a", 100000)) == SyntaxErrorKind::RecursionError);
    CHECK(kind("x = a" + repeat("+a", 100000)) == SyntaxErrorKind::RecursionError);
    CHECK(kind("x = " + repeat("lambda: ", 100000) + "1") == SyntaxErrorKind::RecursionError);
    CHECK(kind("x = " + repeat("(", 199) + repeat(")", 199)) == SyntaxErrorKind::None);
    CHECK(kind("x = " + repeat("[", 190) + "a b" + repeat("]", 190)) ==
          SyntaxErrorKind::SyntaxError);
    CHECK(kind("x = '" + repeat("a", 1000000) + "'") == SyntaxErrorKind::None);
}
