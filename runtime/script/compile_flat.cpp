// Generators whose bodies become lists of steps: which do, and how.
#include "runtime/script/compiler.hpp"
#include "runtime/script/flat_body.hpp"

namespace loopglass::script::eval {

using Op = FlatStep::Op;

namespace {

[[nodiscard]] bool inside(const Span& inner, const Span& outer) {
    const bool begins =
        inner.line > outer.line || (inner.line == outer.line && inner.column >= outer.column);
    return begins && (inner.end_line < outer.end_line ||
                      (inner.end_line == outer.end_line && inner.end_column <= outer.end_column));
}
[[nodiscard]] bool is_yield(const ast::Expr* expression) {
    return expression->kind == ast::ExprKind::Yield || expression->kind == ast::ExprKind::YieldFrom;
}

}  // namespace

size_t Compiler::yields_in(const Span& span) const {
    size_t count = 0;
    for (const Span& yield : scope_->yields) count += inside(yield, span);
    return count;
}

bool Compiler::can_flatten(const ast::Array<ast::Stmt*>& body) const {
    for (const ast::Stmt* node : body)
        if (!can_flatten(*node)) return false;
    return true;
}

bool Compiler::can_flatten(const ast::Stmt& node) const {
    const size_t yields = yields_in(node.span);
    if (yields == 0) return true;
    switch (node.kind) {
        case ast::StmtKind::Expr:
            return yields == 1 && is_yield(ast::as<ast::ExprStmt>(node).value);
        case ast::StmtKind::Assign: {
            const auto& assign = ast::as<ast::Assign>(node);
            return yields == 1 && assign.targets.size() == 1 && is_yield(assign.value);
        }
        case ast::StmtKind::If: {
            const auto& statement = ast::as<ast::If>(node);
            return !yields_in(statement.test->span) && can_flatten(statement.body) &&
                   can_flatten(statement.orelse);
        }
        case ast::StmtKind::While: {
            const auto& statement = ast::as<ast::While>(node);
            return !yields_in(statement.test->span) && can_flatten(statement.body) &&
                   can_flatten(statement.orelse);
        }
        case ast::StmtKind::For: {
            const auto& statement = ast::as<ast::For>(node);
            return !statement.is_async && !yields_in(statement.iter->span) &&
                   !yields_in(statement.target->span) && can_flatten(statement.body) &&
                   can_flatten(statement.orelse);
        }
        default:
            return false;
    }
}

class Compiler::Flattener {
public:
    Flattener(Compiler& compiler, FlatBody& body) : compiler_(compiler), body_(body) {}

    void block(const ast::Array<ast::Stmt*>& body) {
        for (const ast::Stmt* node : body) statement(*node);
    }
    void generator_expression(const std::vector<Clause>& clauses, Node* element, uint32_t slot) {
        body_.iterators.push_back(slot);
        clause(clauses, 0, element, slot);
    }
    void end() { add(Op::End); }

private:
    struct Loop {
        std::vector<uint32_t> runs;  // the statements that may break out of it or continue it
    };

    uint32_t here() const { return static_cast<uint32_t>(body_.steps.size()); }
    FlatStep& at(uint32_t place) { return body_.steps[place]; }
    uint32_t add(Op op, const Span* line = nullptr) {
        body_.steps.push_back({.op = op, .line = line});
        return here() - 1;
    }
    uint32_t iterator_slot() {
        const uint32_t slot = compiler_.code_->locals;
        add_hidden_locals(*compiler_.code_, 1, ".iterator");
        body_.iterators.push_back(slot);
        return slot;
    }
    // A statement's span that lives as long as the body.
    const Span* keep(const Span& span) { return &make_pass(compiler_.unit_, span)->span; }

    void statement(const ast::Stmt& node) {
        if (compiler_.yields_in(node.span) == 0) return plain(node);
        switch (node.kind) {
            case ast::StmtKind::If:
                return if_statement(ast::as<ast::If>(node));
            case ast::StmtKind::While:
                return while_loop(ast::as<ast::While>(node));
            case ast::StmtKind::For:
                return for_loop(ast::as<ast::For>(node));
            case ast::StmtKind::Assign: {
                const auto& assign = ast::as<ast::Assign>(node);
                return yield(*assign.value, assign.targets[0], node.span);
            }
            default:
                return yield(*ast::as<ast::ExprStmt>(node).value, nullptr, node.span);
        }
    }

    void plain(const ast::Stmt& node) {
        Statements made;
        compiler_.block_item(&node, made);
        for (const Statement* statement : made) {
            const uint32_t run = add(Op::Run, &statement->span);
            at(run).statement = statement;
            if (!loops_.empty()) loops_.back().runs.push_back(run);
        }
    }

    void yield(const ast::Expr& expression, const ast::Expr* target, const Span& span) {
        const Span* line = keep(span);
        if (expression.kind == ast::ExprKind::YieldFrom) {
            Node* source = compiler_.expr(ast::as<ast::YieldFrom>(expression).value);
            const Node* where = make_yield_from(compiler_.unit_, expression.span, source);
            const uint32_t begin = add(Op::Source, line), slot = iterator_slot();
            at(begin).node = source;
            at(begin).where = where;
            at(begin).slot = slot;
            const uint32_t pass = add(Op::Delegate);
            at(pass).where = where;
            at(pass).slot = slot;
            if (target) at(pass).target = compiler_.target(target);
            return;
        }
        Node* value = compiler_.optional(ast::as<ast::Yield>(expression).value);
        const uint32_t made = add(Op::Yield, line);
        at(made).node = value;
        at(made).where = make_yield(compiler_.unit_, expression.span, value);
        if (target) at(made).target = compiler_.target(target);
    }

    uint32_t test(const ast::Expr* condition, const Span& span) {
        Node* node = compiler_.expr(condition);
        const uint32_t made = add(Op::Test, keep(span));
        at(made).node = node;
        return made;
    }

    void if_statement(const ast::If& node) {
        const uint32_t condition = test(node.test, node.span);
        block(node.body);
        if (node.orelse.empty()) {
            at(condition).jump = here();
            return;
        }
        const uint32_t over = add(Op::Jump);
        at(condition).jump = here();
        block(node.orelse);
        at(over).jump = here();
    }

    // The body of a loop and what follows it; the loop's head goes to `head`'s jump when it ends.
    void loop(uint32_t head, const ast::Array<ast::Stmt*>& body,
              const ast::Array<ast::Stmt*>& orelse, const Span* again) {
        loops_.emplace_back();
        block(body);
        const Loop ended = std::move(loops_.back());
        loops_.pop_back();
        const uint32_t back = add(Op::Back, again);
        at(back).jump = head;
        at(back).where = at(head).node;
        at(head).jump = here();
        block(orelse);
        for (const uint32_t run : ended.runs) {
            at(run).jump = here();
            at(run).again = back;
        }
    }

    void while_loop(const ast::While& node) {
        const uint32_t head = test(node.test, node.span);
        loop(head, node.body, node.orelse, nullptr);
    }

    void for_loop(const ast::For& node) {
        const Span* line = keep(node.span);
        Node* iterable = compiler_.expr(node.iter);
        const uint32_t slot = iterator_slot();
        const uint32_t begin = add(Op::Iterate, line);
        at(begin).node = iterable;
        at(begin).slot = slot;
        const uint32_t head = next(iterable, slot, compiler_.target(node.target));
        loop(head, node.body, node.orelse, line);
        at(add(Op::Drop)).slot = slot;
    }

    uint32_t next(const Node* iterable, uint32_t slot, const Target* target) {
        const uint32_t made = add(Op::Next);
        at(made).node = iterable;
        at(made).slot = slot;
        at(made).target = target;
        return made;
    }

    void clause(const std::vector<Clause>& clauses, size_t index, Node* element, uint32_t slot) {
        const Clause& part = clauses[index];
        const uint32_t head = next(part.iterable, slot, part.target);
        std::vector<uint32_t> tests;
        for (const Node* condition : part.conditions) {
            tests.push_back(add(Op::Test));
            at(tests.back()).node = condition;
        }
        if (index + 1 < clauses.size()) {
            const uint32_t inner = iterator_slot(), begin = add(Op::Iterate);
            at(begin).node = clauses[index + 1].iterable;
            at(begin).slot = inner;
            clause(clauses, index + 1, element, inner);
        } else {
            const uint32_t made = add(Op::Yield);
            at(made).node = at(made).where = element;
        }
        const uint32_t back = add(Op::Back);
        at(back).jump = head;
        at(back).where = part.iterable;
        at(head).jump = here();
        for (const uint32_t condition : tests) at(condition).jump = back;
    }

    Compiler& compiler_;
    FlatBody& body_;
    std::vector<Loop> loops_;
};

void Compiler::flatten(const ast::Array<ast::Stmt*>& body) {
    auto* flat = unit_.add<FlatBody>();
    Flattener flattener(*this, *flat);
    flattener.block(body);
    flattener.end();
    code_->flat = flat;
    code_->body = make_pass(unit_, body.front()->span);
}

void Compiler::flatten(std::vector<Clause> clauses, Node* element, uint32_t slot,
                       const Span& span) {
    auto* flat = unit_.add<FlatBody>();
    flat->begin = &make_pass(unit_, span)->span;
    Flattener flattener(*this, *flat);
    flattener.generator_expression(clauses, element, slot);
    flattener.end();
    code_->flat = flat;
    code_->body = make_pass(unit_, span);
}

}  // namespace loopglass::script::eval
