// _ast: the parser's tree as nested tuples, (kind, place, field …) in the order of CPython's
// fields. lib/ast.py makes its node objects of them. CPython: Python/Python-ast.c.
#include "runtime/base/text.hpp"
#include "runtime/script/compiler.hpp"
#include "runtime/script/interpreter_parts.hpp"
#include "runtime/script/modules/registry.hpp"
#include "runtime/script/syntax/parse.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::script {

namespace {

using value::Value;

constexpr const char* kExprNames[] = {
    "BoolOp",    "NamedExpr", "BinOp",   "UnaryOp",        "Lambda",       "IfExp",    "Dict",
    "Set",       "ListComp",  "SetComp", "DictComp",       "GeneratorExp", "Await",    "Yield",
    "YieldFrom", "Compare",   "Call",    "FormattedValue", "JoinedStr",    "Constant", "Attribute",
    "Subscript", "Starred",   "Name",    "List",           "Tuple",        "Slice"};
constexpr const char* kStmtNames[] = {
    "FunctionDef", "ClassDef",  "Return", "Delete", "Assign", "TypeAlias",
    "AugAssign",   "AnnAssign", "For",    "While",  "If",     "With",
    "Match",       "Raise",     "Try",    "Assert", "Import", "ImportFrom",
    "Global",      "Nonlocal",  "Expr",   "Pass",   "Break",  "Continue"};
constexpr const char* kPatternNames[] = {"MatchValue",   "MatchSingleton", "MatchSequence",
                                         "MatchMapping", "MatchClass",     "MatchStar",
                                         "MatchAs",      "MatchOr"};
constexpr const char* kContextNames[] = {"Load", "Store", "Del"};
constexpr const char* kBinaryNames[] = {"Add",    "Sub",    "Mult",    "MatMult", "Div",
                                        "Mod",    "Pow",    "LShift",  "RShift",  "BitOr",
                                        "BitXor", "BitAnd", "FloorDiv"};
constexpr const char* kUnaryNames[] = {"Invert", "Not", "UAdd", "USub"};
constexpr const char* kCompareNames[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                         "GtE", "Is",    "IsNot", "In",  "NotIn"};
constexpr const char* kTypeParamNames[] = {"TypeVar", "ParamSpec", "TypeVarTuple"};

template <typename E>
constexpr size_t index(E e) {
    return static_cast<size_t>(e);
}

Value word(const char* text) {
    return Value::share(value::intern(text));
}

template <typename... Fields>
Value node(const char* kind, Value place, Fields... fields) {
    std::vector<Value> all;
    all.reserve(sizeof...(fields) + 2);
    all.push_back(word(kind));
    all.push_back(std::move(place));
    (all.push_back(std::move(fields)), ...);
    return value::make_tuple(all);
}

// A node without fields or place: an operator, a context.
Value bare(const char* kind) {
    return node(kind, value::none());
}

Value place(const Span& span) {
    return value::make_tuple({Value::small(span.line), Value::small(span.column),
                              Value::small(span.end_line), Value::small(span.end_column)});
}

template <typename List, typename Make>
Value sequence(const List& list, Make make) {
    std::vector<Value> all;
    all.reserve(list.size());
    for (uint32_t i = 0; i < list.size(); ++i) all.push_back(make(list[i]));
    return value::make_list(std::move(all));
}

Value name(Identifier id) {
    return id ? Value::share(value::intern(id->text)) : value::none();
}
Value name_list(const Array<Identifier>& list) {
    return sequence(list, [](Identifier id) { return name(id); });
}

Value expr(const Expr* e);
Value stmt(const Stmt& s);
Value pattern(const Pattern* p);

Value exprs(const Array<Expr*>& list) {
    return sequence(list, [](const Expr* e) { return expr(e); });
}
Value body(const Array<Stmt*>& list) {
    return sequence(list, [](const Stmt* s) { return stmt(*s); });
}
Value patterns(const Array<Pattern*>& list) {
    return sequence(list, [](const Pattern* p) { return pattern(p); });
}

Value keywords(const Array<Keyword>& list) {
    return sequence(list, [](const Keyword& k) {
        return node("keyword", place(k.span), name(k.name), expr(k.value));
    });
}

Value arg(const Arg* a) {
    return a ? node("arg", place(a->span), name(a->name), expr(a->annotation), value::none())
             : value::none();
}

Value arguments(const Arguments& a) {
    const auto each = [](const Arg& one) { return arg(&one); };
    return node("arguments", value::none(), sequence(a.posonly, each), sequence(a.args, each),
                arg(a.vararg), sequence(a.kwonly, each), exprs(a.kw_defaults), arg(a.kwarg),
                exprs(a.defaults));
}

Value type_params(const Array<TypeParam>& list) {
    return sequence(list, [](const TypeParam& p) {
        const char* kind = kTypeParamNames[index(p.kind)];
        if (p.kind != TypeParamKind::TypeVar)
            return node(kind, place(p.span), name(p.name), expr(p.default_value));
        return node(kind, place(p.span), name(p.name), expr(p.bound), expr(p.default_value));
    });
}

// ---- expressions

Value comprehension(const Comprehension& c) {
    const char* kind = kExprNames[index(c.kind)];
    Value generators = sequence(c.generators, [](const ForClause& clause) {
        return node("comprehension", value::none(), expr(clause.target), expr(clause.iter),
                    exprs(clause.ifs), Value::small(clause.is_async));
    });
    if (c.kind == ExprKind::DictComp)
        return node(kind, place(c.span), expr(c.elt), expr(c.value), std::move(generators));
    return node(kind, place(c.span), expr(c.elt), std::move(generators));
}

Value compare(const Compare& c) {
    Value ops = sequence(c.ops, [](CompareOperator op) { return bare(kCompareNames[index(op)]); });
    return node("Compare", place(c.span), expr(c.left), std::move(ops), exprs(c.comparators));
}

// The kinds that can be assigned to, and slices.
Value target(const Expr& e) {
    const char* kind = kExprNames[index(e.kind)];
    const Value where = place(e.span), context = bare(kContextNames[index(e.context)]);
    switch (e.kind) {
        case ExprKind::Attribute:
            return node(kind, where, expr(as<Attribute>(e).value), name(as<Attribute>(e).attr),
                        context);
        case ExprKind::Subscript:
            return node(kind, where, expr(as<Subscript>(e).value), expr(as<Subscript>(e).slice),
                        context);
        case ExprKind::Starred:
            return node(kind, where, expr(as<Starred>(e).value), context);
        case ExprKind::Name:
            return node(kind, where, name(as<Name>(e).id), context);
        case ExprKind::List:
            return node(kind, where, exprs(as<List>(e).elts), context);
        case ExprKind::Tuple:
            return node(kind, where, exprs(as<Tuple>(e).elts), context);
        default:
            return node(kind, where, expr(as<Slice>(e).lower), expr(as<Slice>(e).upper),
                        expr(as<Slice>(e).step));
    }
}

Value small_expression(const Expr& e) {
    const char* kind = kExprNames[index(e.kind)];
    const Value where = place(e.span);
    switch (e.kind) {
        case ExprKind::Set:
            return node(kind, where, exprs(as<Set>(e).elts));
        case ExprKind::Await:
            return node(kind, where, expr(as<Await>(e).value));
        case ExprKind::Yield:
            return node(kind, where, expr(as<Yield>(e).value));
        case ExprKind::YieldFrom:
            return node(kind, where, expr(as<YieldFrom>(e).value));
        case ExprKind::FormattedValue: {
            const auto& f = as<FormattedValue>(e);
            return node(kind, where, expr(f.value), Value::small(f.conversion ? f.conversion : -1),
                        expr(f.format_spec));
        }
        case ExprKind::JoinedStr:
            return node(kind, where, exprs(as<JoinedStr>(e).values));
        case ExprKind::Constant:
            return node(kind, where, eval::constant_value(as<Constant>(e)),
                        as<Constant>(e).u_prefix ? word("u") : value::none());
        default:
            return target(e);
    }
}

Value expr(const Expr* expression) {
    if (!expression) return value::none();
    const Expr& e = *expression;
    const char* kind = kExprNames[index(e.kind)];
    const Value where = place(e.span);
    switch (e.kind) {
        case ExprKind::BoolOp:
            return node(kind, where, bare(as<BoolOp>(e).op == BoolOperator::And ? "And" : "Or"),
                        exprs(as<BoolOp>(e).values));
        case ExprKind::NamedExpr:
            return node(kind, where, expr(as<NamedExpr>(e).target), expr(as<NamedExpr>(e).value));
        case ExprKind::BinOp:
            return node(kind, where, expr(as<BinOp>(e).left),
                        bare(kBinaryNames[index(as<BinOp>(e).op)]), expr(as<BinOp>(e).right));
        case ExprKind::UnaryOp:
            return node(kind, where, bare(kUnaryNames[index(as<UnaryOp>(e).op)]),
                        expr(as<UnaryOp>(e).operand));
        case ExprKind::Lambda:
            return node(kind, where, arguments(*as<Lambda>(e).args), expr(as<Lambda>(e).body));
        case ExprKind::IfExp:
            return node(kind, where, expr(as<IfExp>(e).test), expr(as<IfExp>(e).body),
                        expr(as<IfExp>(e).orelse));
        case ExprKind::Dict:
            return node(kind, where, exprs(as<Dict>(e).keys), exprs(as<Dict>(e).values));
        case ExprKind::ListComp:
        case ExprKind::SetComp:
        case ExprKind::DictComp:
        case ExprKind::GeneratorExp:
            return comprehension(static_cast<const Comprehension&>(e));
        case ExprKind::Compare:
            return compare(as<Compare>(e));
        case ExprKind::Call:
            return node(kind, where, expr(as<Call>(e).func), exprs(as<Call>(e).args),
                        keywords(as<Call>(e).keywords));
        default:
            return small_expression(e);
    }
}

// ---- patterns

Value pattern(const Pattern* tested) {
    if (!tested) return value::none();
    const Pattern& p = *tested;
    const char* kind = kPatternNames[index(p.kind)];
    const Value where = place(p.span);
    switch (p.kind) {
        case PatternKind::Value:
            return node(kind, where, expr(as<MatchValue>(p).value));
        case PatternKind::Singleton: {
            const ConstantKind single = as<MatchSingleton>(p).value;
            return node(kind, where,
                        single == ConstantKind::None
                            ? value::none()
                            : value::boolean(single == ConstantKind::True));
        }
        case PatternKind::Sequence:
            return node(kind, where, patterns(as<MatchSequence>(p).patterns));
        case PatternKind::Mapping:
            return node(kind, where, exprs(as<MatchMapping>(p).keys),
                        patterns(as<MatchMapping>(p).patterns), name(as<MatchMapping>(p).rest));
        case PatternKind::Class:
            return node(
                kind, where, expr(as<MatchClass>(p).cls), patterns(as<MatchClass>(p).patterns),
                name_list(as<MatchClass>(p).kwd_attrs), patterns(as<MatchClass>(p).kwd_patterns));
        case PatternKind::Star:
            return node(kind, where, name(as<MatchStar>(p).name));
        case PatternKind::As:
            return node(kind, where, pattern(as<MatchAs>(p).pattern), name(as<MatchAs>(p).name));
        case PatternKind::Or:
            return node(kind, where, patterns(as<MatchOr>(p).patterns));
    }
    return value::none();
}

// ---- statements

Value function(const FunctionDef& f) {
    return node(f.is_async ? "AsyncFunctionDef" : "FunctionDef", place(f.span), name(f.name),
                arguments(*f.args), body(f.body), exprs(f.decorator_list), expr(f.returns),
                value::none(), type_params(f.type_params));
}

Value class_def(const ClassDef& c) {
    return node("ClassDef", place(c.span), name(c.name), exprs(c.bases), keywords(c.keywords),
                body(c.body), exprs(c.decorator_list), type_params(c.type_params));
}

Value try_statement(const Try& t) {
    Value handlers = sequence(t.handlers, [](const ExceptHandler& h) {
        return node("ExceptHandler", place(h.span), expr(h.type), name(h.name), body(h.body));
    });
    return node(t.is_star ? "TryStar" : "Try", place(t.span), body(t.body), std::move(handlers),
                body(t.orelse), body(t.finalbody));
}

Value with_statement(const With& w) {
    Value items = sequence(w.items, [](const WithItem& item) {
        return node("withitem", value::none(), expr(item.context_expr), expr(item.optional_vars));
    });
    return node(w.is_async ? "AsyncWith" : "With", place(w.span), std::move(items), body(w.body),
                value::none());
}

Value match_statement(const Match& m) {
    Value cases = sequence(m.cases, [](const MatchCase& c) {
        return node("match_case", value::none(), pattern(c.pattern), expr(c.guard), body(c.body));
    });
    return node("Match", place(m.span), expr(m.subject), std::move(cases));
}

Value aliases(const Array<Alias>& names) {
    return sequence(names, [](const Alias& a) {
        return node("alias", place(a.span), name(a.name), name(a.asname));
    });
}

Value simple(const Stmt& s) {
    const char* kind = kStmtNames[index(s.kind)];
    const Value where = place(s.span);
    switch (s.kind) {
        case StmtKind::Return:
            return node(kind, where, expr(as<Return>(s).value));
        case StmtKind::Delete:
            return node(kind, where, exprs(as<Delete>(s).targets));
        case StmtKind::Assign:
            return node(kind, where, exprs(as<Assign>(s).targets), expr(as<Assign>(s).value),
                        value::none());
        case StmtKind::TypeAlias:
            return node(kind, where, expr(as<TypeAlias>(s).name),
                        type_params(as<TypeAlias>(s).type_params), expr(as<TypeAlias>(s).value));
        case StmtKind::AugAssign:
            return node(kind, where, expr(as<AugAssign>(s).target),
                        bare(kBinaryNames[index(as<AugAssign>(s).op)]),
                        expr(as<AugAssign>(s).value));
        case StmtKind::AnnAssign:
            return node(kind, where, expr(as<AnnAssign>(s).target),
                        expr(as<AnnAssign>(s).annotation), expr(as<AnnAssign>(s).value),
                        Value::small(as<AnnAssign>(s).simple));
        case StmtKind::Raise:
            return node(kind, where, expr(as<Raise>(s).exc), expr(as<Raise>(s).cause));
        case StmtKind::Assert:
            return node(kind, where, expr(as<Assert>(s).test), expr(as<Assert>(s).msg));
        case StmtKind::Import:
            return node(kind, where, aliases(as<Import>(s).names));
        case StmtKind::ImportFrom:
            return node(kind, where, name(as<ImportFrom>(s).module),
                        aliases(as<ImportFrom>(s).names), Value::small(as<ImportFrom>(s).level));
        case StmtKind::Global:
            return node(kind, where, name_list(as<Global>(s).names));
        case StmtKind::Nonlocal:
            return node(kind, where, name_list(as<Nonlocal>(s).names));
        case StmtKind::Expr:
            return node(kind, where, expr(as<ExprStmt>(s).value));
        default:
            return node(kind, where);  // pass, break, continue
    }
}

Value stmt(const Stmt& s) {
    switch (s.kind) {
        case StmtKind::FunctionDef:
            return function(as<FunctionDef>(s));
        case StmtKind::ClassDef:
            return class_def(as<ClassDef>(s));
        case StmtKind::For: {
            const auto& f = as<For>(s);
            return node(f.is_async ? "AsyncFor" : "For", place(s.span), expr(f.target),
                        expr(f.iter), body(f.body), body(f.orelse), value::none());
        }
        case StmtKind::While:
            return node("While", place(s.span), expr(as<While>(s).test), body(as<While>(s).body),
                        body(as<While>(s).orelse));
        case StmtKind::If:
            return node("If", place(s.span), expr(as<If>(s).test), body(as<If>(s).body),
                        body(as<If>(s).orelse));
        case StmtKind::With:
            return with_statement(as<With>(s));
        case StmtKind::Match:
            return match_statement(as<Match>(s));
        case StmtKind::Try:
            return try_statement(as<Try>(s));
        default:
            return simple(s);
    }
}

// tree(source, filename, expression): the statements of a module, or one expression.
Value tree(const Value* a) {
    const value::Str *source = value::as<value::Str>(a[0]), *file = value::as<value::Str>(a[1]);
    if (!source || !file) return value::raise(value::errors::TypeError, "two strings are needed");
    const int expression = value::truth(a[2]);
    if (expression < 0) return {};
    base::Arena arena;
    const ParseOptions options{true};
    const ParseOutcome outcome =
        expression ? parse_expression(source->view(), file->view(), options, arena)
                   : parse_module(source->view(), file->view(), options, arena);
    if (!outcome) return eval::raise_syntax_error(outcome.error, file->view()), Value();
    return expression ? expr(outcome.module->expression) : body(outcome.module->body);
}

constexpr value::NativeMethod kFunctions[] = {
    {"tree", tree, "(source, filename, expression, /)", value::MethodKind::Function},
};

}  // namespace

Value make_module__ast() {
    return make_native_module("_ast", kFunctions);
}

}  // namespace loopglass::script
