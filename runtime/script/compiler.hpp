// Compiler: the syntax tree with the resolver's findings, turned into executable nodes.
#pragma once

#include <string>
#include <vector>

#include "runtime/script/factory.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/script/syntax/ast.hpp"

namespace loopglass::script::eval {

namespace ast = loopglass::script;

class Compiler {
public:
    Compiler(Unit& unit, const ast::Module& module, CompileMode mode)
        : unit_(unit), module_(module), mode_(mode) {}

    // The code of the whole text.
    Ref<FunctionCode> compile();

private:
    // ---- compile_expr.cpp
    Node* expr(const ast::Expr* expression);
    Node* optional(const ast::Expr* expression) { return expression ? expr(expression) : nullptr; }
    Nodes exprs(const ast::Array<ast::Expr*>& list);
    Node* name(const ast::Ref& ref, const Span& span);
    Node* constant(const ast::Constant& constant);
    Node* binary(const ast::BinOp& node);
    Node* unary(const ast::UnaryOp& node);
    Node* comparison(const ast::Compare& node);
    Node* attribute(const ast::Attribute& node);
    Node* call(const ast::Call& node);
    Node* method_call(const ast::Call& node, const ast::Attribute& callee);
    Node* display_tuple(const ast::Tuple& node);
    Node* fstring(const ast::JoinedStr& node);
    void fstring_parts(const ast::JoinedStr& node, std::vector<FormatPart>& parts);
    CallArguments arguments(const ast::Array<ast::Expr*>& positional,
                            const ast::Array<ast::Keyword>& keywords);

    // ---- compile_target.cpp
    Target* target(const ast::Expr* expression);
    Target* name_target(const ast::Ref& ref, const Span& span);
    Target* unpack_target(const ast::Array<ast::Expr*>& elements, const Span& span);
    std::vector<Target*> targets(const ast::Array<ast::Expr*>& list);

    // ---- compile_function.cpp
    struct Context;
    Ref<FunctionCode> make_code(const ast::Scope* scope, const ast::Arguments* arguments);
    void return_only(FunctionCode& code, const ast::Expr* expression, const Span& span = {});
    Node* lambda(const ast::Lambda& node);
    Node* comprehension(const ast::Comprehension& node);
    Node* generator_expression(const ast::Comprehension& node);
    std::vector<Clause> clauses(const ast::Comprehension& node, Node* first_iterable);
    Node* function(const ast::FunctionDef& node);
    Node* function_value(const ast::FunctionDef& node, FunctionParts parts);
    void annotations(const ast::FunctionDef& node, FunctionParts& parts);
    void annotation(const ast::Arg& arg, FunctionParts& parts);
    Node* annotation_value(const ast::Expr* expression);
    Node* class_definition(const ast::ClassDef& node);
    Node* class_value(const ast::ClassDef& node, Node* type_params);
    Node* decorated(const ast::Array<ast::Expr*>& decorators, const Span& span, Node* inner);

    // ---- compile_flat.cpp: generators without a fiber
    class Flattener;
    [[nodiscard]] bool can_flatten(const ast::Array<ast::Stmt*>& body) const;
    [[nodiscard]] bool can_flatten(const ast::Stmt& node) const;
    [[nodiscard]] size_t yields_in(const Span& span) const;
    void flatten(const ast::Array<ast::Stmt*>& body);
    void flatten(std::vector<Clause> clauses, Node* element, uint32_t slot, const Span& span);

    // ---- compile_generic.cpp: PEP 695
    Node* generic(const ast::Array<ast::TypeParam>& params, const ast::Scope* scope,
                  const Span& span, Nodes arguments, auto&& make_inner);
    Statement* make_type_parameter(const ast::TypeParam& param);
    Node* thunk(const ast::Scope* scope, const ast::Expr* value, const Span& span);
    Statement* type_alias(const ast::TypeAlias& node);

    // ---- compile_stmt.cpp
    Statement* block(const ast::Array<ast::Stmt*>& body, const Span& span);
    void block_item(const ast::Stmt* node, Statements& out);
    Statement* optional_block(const ast::Array<ast::Stmt*>& body, const Span& span) {
        return body.empty() ? nullptr : block(body, span);
    }
    Statement* statement(const ast::Stmt* node);
    Statement* expression_statement(const ast::ExprStmt& node);
    Statement* assign(const ast::Assign& node);
    Statement* augmented(const ast::AugAssign& node);
    void annotated(const ast::AnnAssign& node, Statements& out);
    Statement* for_loop(const ast::For& node);
    Statement* with(const ast::With& node, size_t item);
    Statement* try_statement(const ast::Try& node);
    void import(const ast::Import& node, Statements& out);
    Statement* import_from(const ast::ImportFrom& node);
    Statement* body_with_annotations(Statement* body, const Span& span);

    // ---- compile_match.cpp
    Statement* match(const ast::Match& node);
    Matcher* pattern(const ast::Pattern* node);
    std::vector<Matcher*> patterns(const ast::Array<ast::Pattern*>& list);

    [[nodiscard]] Str* str(ast::Identifier identifier);
    [[nodiscard]] bool in_class_or_module() const;
    [[nodiscard]] std::string source_of(const Span& span) const;

    Unit& unit_;
    const ast::Module& module_;
    CompileMode mode_;
    const ast::Scope* scope_ = nullptr;  // of the frame being compiled
    FunctionCode* code_ = nullptr;
    bool has_annotations_ = false;                    // in the class or module body being compiled
    std::vector<Str*>* static_attributes_ = nullptr;  // of the innermost class around
    std::vector<Str*> names_;                         // by symbol id
    Ref<Str> filename_;
};

// Locals that no script sees; they stand behind the others, the cells follow them.
void add_hidden_locals(FunctionCode& code, uint32_t count, const char* name);

// ---- operators and positions in the evaluator's terms
[[nodiscard]] BinaryOp binary_op(ast::BinaryOperator op);
[[nodiscard]] Span operator_span(const ast::BinOp& node);
// What carets mark inside an expression's span: operator, brackets, parentheses.
[[nodiscard]] Span anchor_of(const ast::Expr* expression);
[[nodiscard]] Value constant_value(const ast::Constant& constant);

}  // namespace loopglass::script::eval
