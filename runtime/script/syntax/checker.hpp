// Third step of the resolver: the rules CPython checks while it generates code (return outside a
// function, await outside async def, …) and the warnings it gives then.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/script/syntax/resolver.hpp"

namespace loopglass::script {

class Checker {
public:
    Checker(Module& module, ResolveContext& context) : module_(module), context_(context) {}

    // `from __future__` lines; sets Module::future_annotations.
    [[nodiscard]] std::optional<SyntaxProblem> future_imports();
    [[nodiscard]] std::optional<SyntaxProblem> run();

private:
    enum class Block : uint8_t { Loop, ExceptStar, Other };

    // What surrounds the code being looked at; one per frame.
    struct Surroundings {
        const Scope* scope = nullptr;
        std::vector<Block> blocks;
    };

    // Opens a block for its lifetime.
    struct InBlock;

    // checker.cpp: statements
    void body(const Array<Stmt*>& statements);
    void statement(const Stmt& s);
    bool definition(const Stmt& s);
    bool compound(const Stmt& s);
    void simple(const Stmt& s);
    void function(const FunctionDef& node);
    void class_def(const ClassDef& node);
    void parameters(const Arguments& args);
    void parameter_names(const Arguments& args);
    void type_params(const Array<TypeParam>& params);
    void for_statement(const For& node);
    void with_statement(const With& node);
    void with_items(const With& node, uint32_t i);
    void try_statement(const Try& node);
    void handlers(const Try& node);
    void return_statement(const Return& node);
    void leave_loop(const Stmt& s);
    void import_from(const ImportFrom& node);
    void annotated_assignment(const AnnAssign& node);

    // checker_expressions.cpp
    void expr(const Expr* e);
    void other_expr(const Expr& e);
    void binary(const BinOp& node);
    void exprs(const Array<Expr*>& list);
    void elements(const Expr& e, const Array<Expr*>& list);
    void element(const Expr* e);
    void call(const Call& node);
    void keywords(const Array<Keyword>& list);
    void compare(const Compare& node);
    void subscript(const Subscript& node);
    void lambda(const Lambda& node);
    void comprehension(const Comprehension& node);
    void await(const Expr& e);
    void yield(const Expr& e);
    void forbidden(Identifier name, ExprContext context, const Span& span);

    // checker_patterns.cpp
    void match(const Match& node);
    void pattern(const Pattern& p, std::vector<Identifier>& names);
    void alternatives(const MatchOr& node, std::vector<Identifier>& names);
    void sequence(const MatchSequence& node, std::vector<Identifier>& names);
    void mapping(const MatchMapping& node, std::vector<Identifier>& names);
    void class_pattern(const MatchClass& node, std::vector<Identifier>& names);
    void capture(Identifier name, const Span& span, std::vector<Identifier>& names);
    void unreachable(const Pattern& p);

    [[nodiscard]] const Scope& scope() const { return *surroundings_.back().scope; }
    [[nodiscard]] bool in_async_function() const {
        return scope().kind == ScopeKind::Function && scope().is_async;
    }
    [[nodiscard]] bool in_function_like() const {
        return scope().kind != ScopeKind::Module && scope().kind != ScopeKind::Class;
    }
    [[nodiscard]] bool top_level_await() const {
        return context_.options.allow_top_level_await && scope().kind == ScopeKind::Module;
    }
    void fail(const Span& span, std::string message);
    void warn(const Span& span, std::string message);

    Module& module_;
    ResolveContext& context_;
    std::vector<Surroundings> surroundings_;
    std::optional<SyntaxProblem> problem_;
};

}  // namespace loopglass::script
