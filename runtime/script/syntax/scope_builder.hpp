// First step of the resolver: walks the tree once, opens the scopes and notes in each how every
// name is used there. The errors it finds are those of CPython's symbol table.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/script/syntax/resolver.hpp"

namespace loopglass::script {

// What a scope does with a name.
enum NameUse : uint16_t {
    kUsed = 1,
    kBound = 2,
    kParameter = 4,
    kGlobal = 8,
    kNonlocal = 16,
    kAnnotated = 32,
    kIteration = 64,  // target of a comprehension's for
    kTypeParameter = 128,
    kImplicitClass = 256,  // `__class__` of a class body, for its methods
};

struct ScopeData;

struct Variable {
    Identifier name = nullptr;
    uint16_t use = 0;
    bool captured = false;
    int32_t local = -1;
    int32_t cell = -1;
    Span directive;  // the global or nonlocal statement
    Ref ref;
    ScopeData* owner = nullptr;  // the scope that binds it, for Local, Cell and Free
    uint32_t owner_index = 0;
};

struct Reference {
    Ref* ref = nullptr;
    uint32_t variable = 0;
};

struct ScopeData {
    Scope* scope = nullptr;
    ScopeData* parent = nullptr;
    Identifier private_class = nullptr;  // the class whose `__names` are mangled here
    std::vector<Variable> variables;
    std::vector<Reference> references;
    std::vector<uint32_t> buckets;  // open hash of variable index + 1
    int iterable_depth = 0;         // inside a comprehension's iterables

    // Layout under construction, for scopes that own a frame.
    std::vector<LocalVariable> locals;
    std::vector<CellVariable> cells;
    std::vector<FreeVariable> frees;
    std::vector<const Variable*> free_owners;
    std::vector<uint32_t> own_locals;
    std::vector<uint32_t> own_cells;
    std::vector<Span> yields;
    ScopeData* frame = nullptr;

    [[nodiscard]] bool is_function_like() const {
        return scope->kind != ScopeKind::Module && scope->kind != ScopeKind::Class;
    }
    [[nodiscard]] Variable* find(Identifier name);
    [[nodiscard]] uint32_t index_of(Identifier name);  // adds it when new
};

using ScopeList = std::vector<std::unique_ptr<ScopeData>>;

class ScopeBuilder {
public:
    ScopeBuilder(Module& module, ResolveContext& context);

    // Creation order: a parent stands before its children.
    [[nodiscard]] ScopeList build();
    [[nodiscard]] const std::optional<SyntaxProblem>& problem() const { return problem_; }

private:
    // scope_builder.cpp
    ScopeData& open(ScopeKind kind, Identifier name, const Span& span);
    void close() { current_ = current_->parent; }
    [[nodiscard]] std::string_view qualname(ScopeKind kind, Identifier name) const;
    [[nodiscard]] Identifier generic_name(Identifier name);
    [[nodiscard]] Identifier mangle(Identifier name) const;
    void refer(Identifier name, Ref& ref, uint16_t use, const Span& span);
    void bind(Identifier name, Ref& ref, const Span& span);
    bool check_binding(Variable& variable, uint16_t use, const Span& span);
    void fail(const Span& span, std::string message);

    void body(const Array<Stmt*>& statements);
    void statement(Stmt& s);
    bool definition(Stmt& s);
    bool compound(Stmt& s);
    void simple(Stmt& s);
    void function(FunctionDef& node);
    void class_def(ClassDef& node);
    void type_params(const Array<TypeParam>& params);
    void type_alias(TypeAlias& node);
    void lazy(ScopeKind kind, Identifier name, Expr* value, Scope*& scope);
    void parameters(Arguments& args);
    void parameter(Arg& arg);
    void defaults(const Arguments& args);
    void annotations(const Arguments& args);
    void annotation(Expr* e);
    void annotated_assignment(AnnAssign& node);
    void try_statement(Try& node);
    void match_statement(Match& node);
    void pattern(Pattern& p);
    void declare(const Array<Identifier>& names, const Span& span, bool global);
    void import(Array<Alias>& names, bool from);
    void docstring(const Array<Stmt*>& statements);

    // scope_builder_expressions.cpp
    void expr(Expr* e);
    void exprs(const Array<Expr*>& list);
    void operators(Expr& e);
    void displays(Expr& e);
    void name(Name& node);
    void lambda(Lambda& node);
    void comprehension(Comprehension& node);
    void clause(ForClause& clause, bool first);
    void iteration_target(Expr* target);
    void named_expression(NamedExpr& node);
    bool extend_to_function(Name& target);
    void binary(BinOp& node);
    void yield_in(const Span& span);
    void await_in();
    bool reject_in_lazy_scope(const Span& span, std::string_view what);

    Module& module_;
    ResolveContext& context_;
    ScopeList scopes_;
    ScopeData* current_ = nullptr;
    bool in_iteration_target_ = false;
    std::optional<SyntaxProblem> problem_;
    Identifier super_;
    Identifier class_cell_;
};

}  // namespace loopglass::script
