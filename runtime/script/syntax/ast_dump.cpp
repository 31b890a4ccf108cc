#include "runtime/script/syntax/ast_dump.hpp"

#include <bit>

#include "runtime/base/text.hpp"

namespace loopglass::script {

namespace {

constexpr std::string_view kExprNames[] = {
    "BoolOp",    "NamedExpr", "BinOp",   "UnaryOp",        "Lambda",       "IfExp",    "Dict",
    "Set",       "ListComp",  "SetComp", "DictComp",       "GeneratorExp", "Await",    "Yield",
    "YieldFrom", "Compare",   "Call",    "FormattedValue", "JoinedStr",    "Constant", "Attribute",
    "Subscript", "Starred",   "Name",    "List",           "Tuple",        "Slice"};
constexpr std::string_view kStmtNames[] = {
    "FunctionDef", "ClassDef",  "Return", "Delete", "Assign", "TypeAlias",
    "AugAssign",   "AnnAssign", "For",    "While",  "If",     "With",
    "Match",       "Raise",     "Try",    "Assert", "Import", "ImportFrom",
    "Global",      "Nonlocal",  "Expr",   "Pass",   "Break",  "Continue"};
constexpr std::string_view kPatternNames[] = {"MatchValue",   "MatchSingleton", "MatchSequence",
                                              "MatchMapping", "MatchClass",     "MatchStar",
                                              "MatchAs",      "MatchOr"};
constexpr std::string_view kContextNames[] = {"Load", "Store", "Del"};
constexpr std::string_view kBinaryNames[] = {"Add",    "Sub",    "Mult",    "MatMult", "Div",
                                             "Mod",    "Pow",    "LShift",  "RShift",  "BitOr",
                                             "BitXor", "BitAnd", "FloorDiv"};
constexpr std::string_view kUnaryNames[] = {"Invert", "Not", "UAdd", "USub"};
constexpr std::string_view kCompareNames[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                              "GtE", "Is",    "IsNot", "In",  "NotIn"};
constexpr std::string_view kAccessNames[] = {"unresolved", "local",    "cell",  "free",
                                             "global",     "implicit", "class", "classfree"};
constexpr std::string_view kTypeParamNames[] = {"TypeVar", "ParamSpec", "TypeVarTuple"};
constexpr char kHexDigits[] = "0123456789abcdef";

template <typename E>
constexpr size_t index(E e) {
    return static_cast<size_t>(e);
}

class Dumper {
public:
    explicit Dumper(DumpOptions options) : options_(options) {}

    std::string out;

    void body(const Array<Stmt*>& list) {
        sequence(list, [&](const Stmt* s) { stmt(*s); });
    }

    void expr(const Expr* e) {
        if (!e) {
            out += '~';
            return;
        }
        open(kExprNames[index(e->kind)], e->span);
        expr_fields(*e);
        out += ')';
    }

private:
    // ---- pieces ----
    void open(std::string_view name, const Span& span) {
        out += '(';
        out += name;
        if (options_.spans)
            out += base::cat('@', span.line, ':', span.column, '-', span.end_line, ':',
                             span.end_column);
    }
    template <typename List, typename F>
    void sequence(const List& list, F each) {
        out += '[';
        for (uint32_t i = 0; i < list.size(); ++i) {
            if (i > 0) out += ' ';
            each(list[i]);
        }
        out += ']';
    }
    void field(const Expr* e) {
        out += ' ';
        expr(e);
    }
    void field(const Array<Expr*>& list) {
        out += ' ';
        sequence(list, [&](const Expr* e) { expr(e); });
    }
    void field(const Array<Stmt*>& list) {
        out += ' ';
        body(list);
    }
    void field(const Array<Identifier>& list) {
        out += ' ';
        sequence(list, [&](Identifier id) { out += id->text; });
    }
    void field(std::string_view word) {
        out += ' ';
        out += word;
    }
    void field(Identifier id) { field(id ? id->text : std::string_view("~")); }
    void field(const Ref& ref) {
        if (!options_.resolved) return;
        out += " #";
        out += kAccessNames[index(ref.access)];
        const bool slotted = ref.access == Access::Local || ref.access == Access::Cell ||
                             ref.access == Access::Free || ref.access == Access::ClassFree;
        if (slotted) out += std::to_string(ref.slot);
    }
    void quoted(std::string_view text) {
        out += '\'';
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte >= 0x20 && byte < 0x7F && c != '\'' && c != '\\') {
                out += c;
                continue;
            }
            out += "\\x";
            out += kHexDigits[byte >> 4];
            out += kHexDigits[byte & 15];
        }
        out += '\'';
    }
    void real(double value) {
        const auto bits = std::bit_cast<uint64_t>(value);
        for (int shift = 60; shift >= 0; shift -= 4) out += kHexDigits[(bits >> shift) & 15];
    }

    // ---- expressions ----
    void constant(const Constant& c) {
        out += ' ';
        switch (c.value) {
            case ConstantKind::None:
                out += "None";
                break;
            case ConstantKind::True:
                out += "True";
                break;
            case ConstantKind::False:
                out += "False";
                break;
            case ConstantKind::Ellipsis:
                out += "Ellipsis";
                break;
            case ConstantKind::Str:
                quoted(c.text);
                break;
            case ConstantKind::Bytes:
                out += 'b';
                quoted(c.text);
                break;
            case ConstantKind::Int:
                out += std::to_string(c.integer);
                break;
            case ConstantKind::BigInt:
                out += "big";
                break;
            case ConstantKind::Float:
                out += "f:";
                real(c.number);
                break;
            case ConstantKind::Imaginary:
                out += "j:";
                real(c.number);
                break;
        }
        out += c.u_prefix ? " u" : " ~";
    }

    void comprehension(const Comprehension& c) {
        field(c.elt);
        if (c.kind == ExprKind::DictComp) field(c.value);
        out += ' ';
        sequence(c.generators, [&](const ForClause& clause) {
            out += "(comprehension";
            field(clause.target);
            field(clause.iter);
            field(clause.ifs);
            field(clause.is_async ? "1" : "0");
            out += ')';
        });
    }

    void compare(const Compare& c) {
        field(c.left);
        out += ' ';
        sequence(c.ops, [&](CompareOperator op) { out += kCompareNames[index(op)]; });
        field(c.comparators);
    }

    void keywords(const Array<Keyword>& list) {
        out += ' ';
        sequence(list, [&](const Keyword& k) {
            open("keyword", k.span);
            field(k.name);
            field(k.value);
            out += ')';
        });
    }

    void formatted_value(const FormattedValue& f) {
        field(f.value);
        field(f.conversion ? std::to_string(f.conversion) : std::string("-1"));
        field(f.format_spec);
    }

    void expr_fields(const Expr& e) {
        switch (e.kind) {
            case ExprKind::BoolOp:
                field(as<BoolOp>(e).op == BoolOperator::And ? "And" : "Or");
                return field(as<BoolOp>(e).values);
            case ExprKind::NamedExpr:
                field(as<NamedExpr>(e).target);
                return field(as<NamedExpr>(e).value);
            case ExprKind::BinOp:
                field(as<BinOp>(e).left);
                field(kBinaryNames[index(as<BinOp>(e).op)]);
                return field(as<BinOp>(e).right);
            case ExprKind::UnaryOp:
                field(kUnaryNames[index(as<UnaryOp>(e).op)]);
                return field(as<UnaryOp>(e).operand);
            case ExprKind::Lambda:
                arguments(*as<Lambda>(e).args);
                return field(as<Lambda>(e).body);
            case ExprKind::IfExp:
                field(as<IfExp>(e).test);
                field(as<IfExp>(e).body);
                return field(as<IfExp>(e).orelse);
            case ExprKind::Dict:
                field(as<Dict>(e).keys);
                return field(as<Dict>(e).values);
            case ExprKind::Set:
                return field(as<Set>(e).elts);
            case ExprKind::ListComp:
            case ExprKind::SetComp:
            case ExprKind::DictComp:
            case ExprKind::GeneratorExp:
                return comprehension(static_cast<const Comprehension&>(e));
            case ExprKind::Await:
                return field(as<Await>(e).value);
            case ExprKind::Yield:
                return field(as<Yield>(e).value);
            case ExprKind::YieldFrom:
                return field(as<YieldFrom>(e).value);
            case ExprKind::Compare:
                return compare(as<Compare>(e));
            case ExprKind::Call:
                field(as<Call>(e).func);
                field(as<Call>(e).args);
                return keywords(as<Call>(e).keywords);
            case ExprKind::FormattedValue:
                return formatted_value(as<FormattedValue>(e));
            case ExprKind::JoinedStr:
                return field(as<JoinedStr>(e).values);
            case ExprKind::Constant:
                return constant(as<Constant>(e));
            default:
                return target_fields(e);
        }
    }

    // The kinds that can be assigned to, and slices.
    void target_fields(const Expr& e) {
        switch (e.kind) {
            case ExprKind::Attribute:
                field(as<Attribute>(e).value);
                field(as<Attribute>(e).attr);
                break;
            case ExprKind::Subscript:
                field(as<Subscript>(e).value);
                field(as<Subscript>(e).slice);
                break;
            case ExprKind::Starred:
                field(as<Starred>(e).value);
                break;
            case ExprKind::Name:
                field(as<Name>(e).id);
                field(as<Name>(e).ref);
                break;
            case ExprKind::List:
                field(as<List>(e).elts);
                break;
            case ExprKind::Tuple:
                field(as<Tuple>(e).elts);
                break;
            default:
                field(as<Slice>(e).lower);
                field(as<Slice>(e).upper);
                return field(as<Slice>(e).step);
        }
        field(kContextNames[index(e.context)]);
    }

    // ---- parameters ----
    void arg(const Arg& a) {
        open("arg", a.span);
        field(a.name);
        field(a.ref);
        field(a.annotation);
        out += ')';
    }
    void field(const Arg* a) {
        out += ' ';
        if (a)
            arg(*a);
        else
            out += '~';
    }
    void field(const Array<Arg>& list) {
        out += ' ';
        sequence(list, [&](const Arg& a) { arg(a); });
    }
    void arguments(const Arguments& a) {
        out += " (arguments";
        field(a.posonly);
        field(a.args);
        field(a.vararg);
        field(a.kwonly);
        field(a.kw_defaults);
        field(a.kwarg);
        field(a.defaults);
        out += ')';
    }
    void type_params(const Array<TypeParam>& list) {
        out += ' ';
        sequence(list, [&](const TypeParam& p) {
            open(kTypeParamNames[index(p.kind)], p.span);
            field(p.name);
            field(p.ref);
            if (p.kind == TypeParamKind::TypeVar) field(p.bound);
            field(p.default_value);
            out += ')';
        });
    }

    // ---- statements ----
    static std::string_view name_of(const Stmt& s) {
        if (const auto* f = as_if<FunctionDef>(&s); f && f->is_async) return "AsyncFunctionDef";
        if (const auto* f = as_if<For>(&s); f && f->is_async) return "AsyncFor";
        if (const auto* w = as_if<With>(&s); w && w->is_async) return "AsyncWith";
        if (const auto* t = as_if<Try>(&s); t && t->is_star) return "TryStar";
        return kStmtNames[index(s.kind)];
    }

    void stmt(const Stmt& s) {
        open(name_of(s), s.span);
        if (!compound_fields(s)) simple_fields(s);
        out += ')';
    }

    void function(const FunctionDef& f) {
        field(f.name);
        field(f.ref);
        arguments(*f.args);
        field(f.body);
        field(f.decorator_list);
        field(f.returns);
        type_params(f.type_params);
    }
    void class_def(const ClassDef& c) {
        field(c.name);
        field(c.ref);
        field(c.bases);
        keywords(c.keywords);
        field(c.body);
        field(c.decorator_list);
        type_params(c.type_params);
    }
    void try_fields(const Try& t) {
        field(t.body);
        out += ' ';
        sequence(t.handlers, [&](const ExceptHandler& h) {
            open("ExceptHandler", h.span);
            field(h.type);
            field(h.name);
            if (h.name) field(h.ref);
            field(h.body);
            out += ')';
        });
        field(t.orelse);
        field(t.finalbody);
    }
    void with_fields(const With& w) {
        out += ' ';
        sequence(w.items, [&](const WithItem& item) {
            out += "(withitem";
            field(item.context_expr);
            field(item.optional_vars);
            out += ')';
        });
        field(w.body);
    }
    void match_fields(const Match& m) {
        field(m.subject);
        out += ' ';
        sequence(m.cases, [&](const MatchCase& c) {
            out += "(match_case ";
            pattern(*c.pattern);
            field(c.guard);
            field(c.body);
            out += ')';
        });
    }

    bool compound_fields(const Stmt& s) {
        switch (s.kind) {
            case StmtKind::FunctionDef:
                function(as<FunctionDef>(s));
                return true;
            case StmtKind::ClassDef:
                class_def(as<ClassDef>(s));
                return true;
            case StmtKind::For:
                field(as<For>(s).target);
                field(as<For>(s).iter);
                field(as<For>(s).body);
                field(as<For>(s).orelse);
                return true;
            case StmtKind::While:
                field(as<While>(s).test);
                field(as<While>(s).body);
                field(as<While>(s).orelse);
                return true;
            case StmtKind::If:
                field(as<If>(s).test);
                field(as<If>(s).body);
                field(as<If>(s).orelse);
                return true;
            case StmtKind::With:
                with_fields(as<With>(s));
                return true;
            case StmtKind::Match:
                match_fields(as<Match>(s));
                return true;
            case StmtKind::Try:
                try_fields(as<Try>(s));
                return true;
            default:
                return false;
        }
    }

    void aliases(const Array<Alias>& names) {
        out += ' ';
        sequence(names, [&](const Alias& a) {
            open("alias", a.span);
            field(a.name);
            field(a.asname);
            field(a.ref);
            out += ')';
        });
    }

    void simple_fields(const Stmt& s) {
        switch (s.kind) {
            case StmtKind::Return:
                return field(as<Return>(s).value);
            case StmtKind::Delete:
                return field(as<Delete>(s).targets);
            case StmtKind::Assign:
                field(as<Assign>(s).targets);
                return field(as<Assign>(s).value);
            case StmtKind::TypeAlias:
                field(as<TypeAlias>(s).name);
                type_params(as<TypeAlias>(s).type_params);
                return field(as<TypeAlias>(s).value);
            case StmtKind::AugAssign:
                field(as<AugAssign>(s).target);
                field(kBinaryNames[index(as<AugAssign>(s).op)]);
                return field(as<AugAssign>(s).value);
            case StmtKind::AnnAssign:
                field(as<AnnAssign>(s).target);
                field(as<AnnAssign>(s).annotation);
                field(as<AnnAssign>(s).value);
                return field(as<AnnAssign>(s).simple ? "1" : "0");
            case StmtKind::Raise:
                field(as<Raise>(s).exc);
                return field(as<Raise>(s).cause);
            case StmtKind::Assert:
                field(as<Assert>(s).test);
                return field(as<Assert>(s).msg);
            case StmtKind::Import:
                return aliases(as<Import>(s).names);
            case StmtKind::ImportFrom:
                field(as<ImportFrom>(s).module);
                aliases(as<ImportFrom>(s).names);
                return field(std::to_string(as<ImportFrom>(s).level));
            case StmtKind::Global:
                return field(as<Global>(s).names);
            case StmtKind::Nonlocal:
                return field(as<Nonlocal>(s).names);
            case StmtKind::Expr:
                return field(as<ExprStmt>(s).value);
            default:
                return;  // pass, break, continue
        }
    }

    // ---- patterns ----
    void patterns(const Array<Pattern*>& list) {
        out += ' ';
        sequence(list, [&](const Pattern* p) { pattern(*p); });
    }

    void pattern(const Pattern& p) {
        open(kPatternNames[index(p.kind)], p.span);
        switch (p.kind) {
            case PatternKind::Value:
                field(as<MatchValue>(p).value);
                break;
            case PatternKind::Singleton: {
                const ConstantKind value = as<MatchSingleton>(p).value;
                field(value == ConstantKind::None   ? "None"
                      : value == ConstantKind::True ? "True"
                                                    : "False");
                break;
            }
            case PatternKind::Sequence:
                patterns(as<MatchSequence>(p).patterns);
                break;
            case PatternKind::Mapping:
                field(as<MatchMapping>(p).keys);
                patterns(as<MatchMapping>(p).patterns);
                field(as<MatchMapping>(p).rest);
                if (as<MatchMapping>(p).rest) field(as<MatchMapping>(p).ref);
                break;
            case PatternKind::Class:
                field(as<MatchClass>(p).cls);
                patterns(as<MatchClass>(p).patterns);
                field(as<MatchClass>(p).kwd_attrs);
                patterns(as<MatchClass>(p).kwd_patterns);
                break;
            case PatternKind::Star:
                field(as<MatchStar>(p).name);
                if (as<MatchStar>(p).name) field(as<MatchStar>(p).ref);
                break;
            case PatternKind::As:
                out += ' ';
                if (as<MatchAs>(p).pattern)
                    pattern(*as<MatchAs>(p).pattern);
                else
                    out += '~';
                field(as<MatchAs>(p).name);
                if (as<MatchAs>(p).name) field(as<MatchAs>(p).ref);
                break;
            case PatternKind::Or:
                patterns(as<MatchOr>(p).patterns);
                break;
        }
        out += ')';
    }

    DumpOptions options_;
};

}  // namespace

std::string dump(const Module& module, DumpOptions options) {
    Dumper dumper(options);
    if (module.expression)
        dumper.expr(module.expression);
    else
        dumper.body(module.body);
    return std::move(dumper.out);
}

std::string dump(const Expr& expr, DumpOptions options) {
    Dumper dumper(options);
    dumper.expr(&expr);
    return std::move(dumper.out);
}

}  // namespace loopglass::script
