// The syntax tree: node for node and field for field the `ast` module of Python 3.13, plus what the
// resolver found out (Ref, Scope) and the positions that traceback carets need.
//
// Differences to `ast`, all for shortness: an async variant is the plain node with is_async set;
// ListComp, SetComp, DictComp and GeneratorExp share the struct Comprehension; MatchValue … share
// the struct Pattern's subclasses. All nodes live in the Arena of the parse and are never
// destroyed.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/base/arena.hpp"
#include "runtime/base/check.hpp"
#include "runtime/base/source.hpp"
#include "runtime/script/syntax/scope.hpp"

namespace loopglass::script {

using base::Span;

struct Position {
    uint32_t line = 0;    // from 1
    uint32_t column = 0;  // from 0, UTF-8 bytes
};

enum class ExprKind : uint8_t {
    BoolOp,
    NamedExpr,
    BinOp,
    UnaryOp,
    Lambda,
    IfExp,
    Dict,
    Set,
    ListComp,
    SetComp,
    DictComp,
    GeneratorExp,
    Await,
    Yield,
    YieldFrom,
    Compare,
    Call,
    FormattedValue,
    JoinedStr,
    Constant,
    Attribute,
    Subscript,
    Starred,
    Name,
    List,
    Tuple,
    Slice,
};

enum class StmtKind : uint8_t {
    FunctionDef,
    ClassDef,
    Return,
    Delete,
    Assign,
    TypeAlias,
    AugAssign,
    AnnAssign,
    For,
    While,
    If,
    With,
    Match,
    Raise,
    Try,
    Assert,
    Import,
    ImportFrom,
    Global,
    Nonlocal,
    Expr,
    Pass,
    Break,
    Continue,
};

enum class PatternKind : uint8_t {
    Value,
    Singleton,
    Sequence,
    Mapping,
    Class,
    Star,
    As,
    Or,
};

enum class ExprContext : uint8_t { Load, Store, Del };

enum class BoolOperator : uint8_t { And, Or };
enum class UnaryOperator : uint8_t { Invert, Not, UAdd, USub };
enum class BinaryOperator : uint8_t {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
};
enum class CompareOperator : uint8_t { Eq, NotEq, Lt, LtE, Gt, GtE, Is, IsNot, In, NotIn };

struct Expr {
    ExprKind kind;
    ExprContext context = ExprContext::Load;  // of Name, Attribute, Subscript, Starred, List, Tuple
    bool parenthesized = false;               // stood in its own parentheses in the source
    Span span = {};

    explicit Expr(ExprKind k) : kind(k) {}
};

struct Stmt {
    StmtKind kind;
    Span span = {};

    explicit Stmt(StmtKind k) : kind(k) {}
};

struct Pattern {
    PatternKind kind;
    Span span = {};

    explicit Pattern(PatternKind k) : kind(k) {}
};

template <ExprKind K>
struct ExprOf : Expr {
    static constexpr ExprKind kKind = K;
    ExprOf() : Expr(K) {}
};

template <StmtKind K>
struct StmtOf : Stmt {
    static constexpr StmtKind kKind = K;
    StmtOf() : Stmt(K) {}
};

template <PatternKind K>
struct PatternOf : Pattern {
    static constexpr PatternKind kKind = K;
    PatternOf() : Pattern(K) {}
};

// as<T>(node): the node as the struct its kind says it is; as_if<T>(node): or nullptr.
template <typename T, typename Base>
[[nodiscard]] const T& as(const Base& node) {
    CHECK(node.kind == T::kKind, "a syntax node is used as what it is");
    return static_cast<const T&>(node);
}
template <typename T, typename Base>
[[nodiscard]] T& as(Base& node) {
    CHECK(node.kind == T::kKind, "a syntax node is used as what it is");
    return static_cast<T&>(node);
}
template <typename T, typename Base>
[[nodiscard]] const T* as_if(const Base* node) {
    return node && node->kind == T::kKind ? static_cast<const T*>(node) : nullptr;
}
template <typename T, typename Base>
[[nodiscard]] T* as_if(Base* node) {
    return node && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}

// ---- small parts
// ---------------------------------------------------------------------------------

// A parameter. `ref` is where the body finds it: Local, or Cell when an inner scope captures it.
struct Arg {
    Identifier name = nullptr;
    Expr* annotation = nullptr;
    Span span;
    Ref ref;
};

// posonly and args share `defaults` (the last ones have them); kw_defaults has an entry, maybe
// nullptr, for each of kwonly.
struct Arguments {
    Array<Arg> posonly;
    Array<Arg> args;
    Arg* vararg = nullptr;
    Array<Arg> kwonly;
    Array<Expr*> kw_defaults;
    Arg* kwarg = nullptr;
    Array<Expr*> defaults;
};

struct Keyword {
    Identifier name = nullptr;  // nullptr for **value
    Expr* value = nullptr;
    Span span;
};

struct Alias {
    Identifier name = nullptr;  // dotted as written, or "*"
    Identifier asname = nullptr;
    Span span;
    Ref ref;  // what the import binds: asname, else the name (`import a.b` binds a)
};

struct WithItem {
    Expr* context_expr = nullptr;
    Expr* optional_vars = nullptr;
};

struct ExceptHandler {
    Expr* type = nullptr;
    Identifier name = nullptr;
    Array<Stmt*> body;
    Span span;
    Ref ref;  // where `name` is bound, and deleted from at the end
};

struct MatchCase {
    Pattern* pattern = nullptr;
    Expr* guard = nullptr;
    Array<Stmt*> body;
};

// One `for target in iter if ifs…` of a comprehension.
struct ForClause {
    Expr* target = nullptr;
    Expr* iter = nullptr;
    Array<Expr*> ifs;
    bool is_async = false;
};

enum class TypeParamKind : uint8_t { TypeVar, ParamSpec, TypeVarTuple };

struct TypeParam {
    TypeParamKind kind = TypeParamKind::TypeVar;
    Identifier name = nullptr;
    Expr* bound = nullptr;  // TypeVar only; a Tuple means constraints
    Expr* default_value = nullptr;
    Span span;
    Ref ref;
    Scope* bound_scope = nullptr;
    Scope* default_scope = nullptr;
};

// ---- expressions
// ---------------------------------------------------------------------------------

struct BoolOp : ExprOf<ExprKind::BoolOp> {
    BoolOperator op = BoolOperator::And;
    Array<Expr*> values;
};

struct NamedExpr : ExprOf<ExprKind::NamedExpr> {
    Expr* target = nullptr;  // a Name
    Expr* value = nullptr;
};

struct BinOp : ExprOf<ExprKind::BinOp> {
    BinaryOperator op = BinaryOperator::Add;
    Expr* left = nullptr;
    Expr* right = nullptr;
    Position op_position;
};

struct UnaryOp : ExprOf<ExprKind::UnaryOp> {
    UnaryOperator op = UnaryOperator::Not;
    Expr* operand = nullptr;
};

struct Lambda : ExprOf<ExprKind::Lambda> {
    Arguments* args = nullptr;
    Expr* body = nullptr;
    Scope* scope = nullptr;
};

struct IfExp : ExprOf<ExprKind::IfExp> {
    Expr* test = nullptr;
    Expr* body = nullptr;
    Expr* orelse = nullptr;
};

struct Dict : ExprOf<ExprKind::Dict> {
    Array<Expr*> keys;  // nullptr stands for `**value`
    Array<Expr*> values;
};

struct Set : ExprOf<ExprKind::Set> {
    Array<Expr*> elts;
};

// ListComp, SetComp, DictComp, GeneratorExp: kind says which. The first clause's `iter` is
// evaluated in the enclosing scope, everything else in `scope`.
struct Comprehension : Expr {
    Expr* elt = nullptr;    // the key of a DictComp
    Expr* value = nullptr;  // DictComp only
    Array<ForClause> generators;
    Scope* scope = nullptr;

    explicit Comprehension(ExprKind k) : Expr(k) {}
};

struct Await : ExprOf<ExprKind::Await> {
    Expr* value = nullptr;
};

struct Yield : ExprOf<ExprKind::Yield> {
    Expr* value = nullptr;  // may be nullptr
};

struct YieldFrom : ExprOf<ExprKind::YieldFrom> {
    Expr* value = nullptr;
};

struct Compare : ExprOf<ExprKind::Compare> {
    Expr* left = nullptr;
    Array<CompareOperator> ops;
    Array<Expr*> comparators;
};

struct Call : ExprOf<ExprKind::Call> {
    Expr* func = nullptr;
    Array<Expr*> args;
    Array<Keyword> keywords;
    Position paren;  // of the opening parenthesis
};

struct FormattedValue : ExprOf<ExprKind::FormattedValue> {
    Expr* value = nullptr;
    char conversion = 0;          // 's', 'r', 'a' or 0
    Expr* format_spec = nullptr;  // a JoinedStr or nullptr
};

struct JoinedStr : ExprOf<ExprKind::JoinedStr> {
    Array<Expr*> values;  // Constant (Str) and FormattedValue
};

enum class ConstantKind : uint8_t {
    None,
    True,
    False,
    Ellipsis,
    Str,        // text: UTF-8, lone surrogates as their three bytes (WTF-8)
    Bytes,      // text: the bytes
    Int,        // integer
    BigInt,     // text: the digits in `radix`, no prefix, no underscores
    Float,      // number
    Imaginary,  // number: the imaginary part
};

struct Constant : ExprOf<ExprKind::Constant> {
    ConstantKind value = ConstantKind::None;
    bool u_prefix = false;  // written u"…"
    uint8_t radix = 10;
    std::string_view text;
    int64_t integer = 0;
    double number = 0;
};

struct Attribute : ExprOf<ExprKind::Attribute> {
    Expr* value = nullptr;
    Identifier attr = nullptr;
    Identifier stored_name = nullptr;  // attr, mangled inside a class
    Position attr_position;
};

struct Subscript : ExprOf<ExprKind::Subscript> {
    Expr* value = nullptr;
    Expr* slice = nullptr;
    Position bracket;
};

struct Starred : ExprOf<ExprKind::Starred> {
    Expr* value = nullptr;
};

struct Name : ExprOf<ExprKind::Name> {
    Identifier id = nullptr;
    Ref ref;
};

struct List : ExprOf<ExprKind::List> {
    Array<Expr*> elts;
};

struct Tuple : ExprOf<ExprKind::Tuple> {
    Array<Expr*> elts;
};

struct Slice : ExprOf<ExprKind::Slice> {
    Expr* lower = nullptr;
    Expr* upper = nullptr;
    Expr* step = nullptr;
};

// ---- statements
// ----------------------------------------------------------------------------------

struct FunctionDef : StmtOf<StmtKind::FunctionDef> {
    bool is_async = false;
    Identifier name = nullptr;
    Arguments* args = nullptr;
    Array<Stmt*> body;
    Array<Expr*> decorator_list;
    Expr* returns = nullptr;
    Array<TypeParam> type_params;
    Position name_position;
    Ref ref;                            // where the function is bound
    Scope* scope = nullptr;             // of the body
    Scope* type_param_scope = nullptr;  // when there are type parameters
};

struct ClassDef : StmtOf<StmtKind::ClassDef> {
    Identifier name = nullptr;
    Array<Expr*> bases;
    Array<Keyword> keywords;
    Array<Stmt*> body;
    Array<Expr*> decorator_list;
    Array<TypeParam> type_params;
    Position name_position;
    Ref ref;
    Scope* scope = nullptr;
    Scope* type_param_scope = nullptr;
};

struct Return : StmtOf<StmtKind::Return> {
    Expr* value = nullptr;
};

struct Delete : StmtOf<StmtKind::Delete> {
    Array<Expr*> targets;
};

struct Assign : StmtOf<StmtKind::Assign> {
    Array<Expr*> targets;
    Expr* value = nullptr;
};

struct TypeAlias : StmtOf<StmtKind::TypeAlias> {
    Expr* name = nullptr;  // a Name
    Array<TypeParam> type_params;
    Expr* value = nullptr;
    Scope* type_param_scope = nullptr;
    Scope* scope = nullptr;  // of the value
};

struct AugAssign : StmtOf<StmtKind::AugAssign> {
    Expr* target = nullptr;
    BinaryOperator op = BinaryOperator::Add;
    Expr* value = nullptr;
    Position op_position;
};

struct AnnAssign : StmtOf<StmtKind::AnnAssign> {
    Expr* target = nullptr;
    Expr* annotation = nullptr;
    Expr* value = nullptr;
    bool simple = false;  // a bare, unparenthesised name
};

struct For : StmtOf<StmtKind::For> {
    bool is_async = false;
    Expr* target = nullptr;
    Expr* iter = nullptr;
    Array<Stmt*> body;
    Array<Stmt*> orelse;
};

struct While : StmtOf<StmtKind::While> {
    Expr* test = nullptr;
    Array<Stmt*> body;
    Array<Stmt*> orelse;
};

struct If : StmtOf<StmtKind::If> {
    Expr* test = nullptr;
    Array<Stmt*> body;
    Array<Stmt*> orelse;
};

struct With : StmtOf<StmtKind::With> {
    bool is_async = false;
    Array<WithItem> items;
    Array<Stmt*> body;
};

struct Match : StmtOf<StmtKind::Match> {
    Expr* subject = nullptr;
    Array<MatchCase> cases;
};

struct Raise : StmtOf<StmtKind::Raise> {
    Expr* exc = nullptr;
    Expr* cause = nullptr;
};

struct Try : StmtOf<StmtKind::Try> {
    bool is_star = false;  // except*
    Array<Stmt*> body;
    Array<ExceptHandler> handlers;
    Array<Stmt*> orelse;
    Array<Stmt*> finalbody;
};

struct Assert : StmtOf<StmtKind::Assert> {
    Expr* test = nullptr;
    Expr* msg = nullptr;
};

struct Import : StmtOf<StmtKind::Import> {
    Array<Alias> names;
};

struct ImportFrom : StmtOf<StmtKind::ImportFrom> {
    Identifier module = nullptr;  // nullptr for `from . import x`
    Array<Alias> names;
    uint32_t level = 0;
};

struct Global : StmtOf<StmtKind::Global> {
    Array<Identifier> names;
};

struct Nonlocal : StmtOf<StmtKind::Nonlocal> {
    Array<Identifier> names;
};

struct ExprStmt : StmtOf<StmtKind::Expr> {
    Expr* value = nullptr;
};

struct Pass : StmtOf<StmtKind::Pass> {};
struct Break : StmtOf<StmtKind::Break> {};
struct Continue : StmtOf<StmtKind::Continue> {};

// ---- patterns
// ------------------------------------------------------------------------------------

struct MatchValue : PatternOf<PatternKind::Value> {
    Expr* value = nullptr;
};

struct MatchSingleton : PatternOf<PatternKind::Singleton> {
    ConstantKind value = ConstantKind::None;  // None, True or False
};

struct MatchSequence : PatternOf<PatternKind::Sequence> {
    Array<Pattern*> patterns;
};

struct MatchMapping : PatternOf<PatternKind::Mapping> {
    Array<Expr*> keys;
    Array<Pattern*> patterns;
    Identifier rest = nullptr;
    Ref ref;  // of rest
};

struct MatchClass : PatternOf<PatternKind::Class> {
    Expr* cls = nullptr;
    Array<Pattern*> patterns;
    Array<Identifier> kwd_attrs;
    Array<Pattern*> kwd_patterns;
};

struct MatchStar : PatternOf<PatternKind::Star> {
    Identifier name = nullptr;  // nullptr for *_
    Ref ref;
};

struct MatchAs : PatternOf<PatternKind::As> {
    Pattern* pattern = nullptr;
    Identifier name = nullptr;  // nullptr for the wildcard _
    Ref ref;
};

struct MatchOr : PatternOf<PatternKind::Or> {
    Array<Pattern*> patterns;
};

// ---- the whole
// -----------------------------------------------------------------------------------

struct Module {
    Array<Stmt*> body;
    Expr* expression = nullptr;  // of parse_expression, whose body is empty
    Scope* scope = nullptr;
    Array<const Scope* const> scopes;     // all of them, outer before inner
    Array<const Symbol* const> symbols;   // by Symbol::id
    Array<const std::string_view> lines;  // the source, line by line, without the line ends
    std::string_view filename;
    bool future_annotations = false;  // from __future__ import annotations
};

}  // namespace loopglass::script
