#include "runtime/script/syntax/checker.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"

namespace loopglass::script {

namespace {

constexpr size_t kMaxBlocks = 21;

constexpr std::string_view kFutureFeatures[] = {
    "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
    "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};

bool is_future_import(const Stmt& s) {
    const auto* node = as_if<ImportFrom>(&s);
    return node && node->module && node->module->text == "__future__" && node->level == 0;
}

bool is_docstring(const Stmt& s) {
    const auto* e = as_if<ExprStmt>(&s);
    const auto* text = e ? as_if<Constant>(e->value) : nullptr;
    return text && text->value == ConstantKind::Str;
}

}  // namespace

struct Checker::InBlock {
    InBlock(Checker& c, Block block, const Span& span) : checker(c) {
        auto& blocks = checker.surroundings_.back().blocks;
        if (blocks.size() >= kMaxBlocks) checker.fail(span, "too many statically nested blocks");
        blocks.push_back(block);
    }
    ~InBlock() { checker.surroundings_.back().blocks.pop_back(); }
    Checker& checker;
};

void Checker::fail(const Span& span, std::string message) {
    if (!problem_) problem_ = context_.problem(span, std::move(message));
}

void Checker::warn(const Span& span, std::string message) {
    ParseWarning& warning = context_.warnings.emplace_back();
    warning.message = std::move(message);
    warning.line = span.line;
}

std::optional<SyntaxProblem> Checker::future_imports() {
    for (uint32_t i = 0; i < module_.body.size(); ++i) {
        const Stmt& s = *module_.body[i];
        if (i == 0 && is_docstring(s)) continue;
        if (!is_future_import(s)) break;
        for (const Alias& alias : as<ImportFrom>(s).names) {
            const std::string_view name = alias.name->text;
            std::string message;
            if (name == "braces")
                message = "not a chance";
            else if (std::ranges::find(kFutureFeatures, name) == std::end(kFutureFeatures))
                message = base::cat("future feature ", name, " is not defined");
            if (!message.empty()) {
                SyntaxProblem problem = context_.problem(s.span, std::move(message));
                problem.end_line = problem.line;
                problem.end_offset = 0;  // located by its start only
                return problem;
            }
            if (name == "annotations") module_.future_annotations = true;
        }
    }
    return std::nullopt;
}

std::optional<SyntaxProblem> Checker::run() {
    surroundings_.push_back({module_.scope, {}});
    if (module_.expression) expr(module_.expression);
    body(module_.body);
    return problem_;
}

// ---- statements
// ----------------------------------------------------------------------------------

void Checker::body(const Array<Stmt*>& statements) {
    for (const Stmt* s : statements) {
        if (problem_) return;
        statement(*s);
    }
}

void Checker::statement(const Stmt& s) {
    if (!definition(s) && !compound(s)) simple(s);
}

bool Checker::definition(const Stmt& s) {
    switch (s.kind) {
        case StmtKind::FunctionDef:
            function(as<FunctionDef>(s));
            return true;
        case StmtKind::ClassDef:
            class_def(as<ClassDef>(s));
            return true;
        case StmtKind::TypeAlias: {
            const auto& node = as<TypeAlias>(s);
            expr(node.name);
            type_params(node.type_params);
            surroundings_.push_back({node.scope, {}});
            expr(node.value);
            surroundings_.pop_back();
            return true;
        }
        default:
            return false;
    }
}

bool Checker::compound(const Stmt& s) {
    switch (s.kind) {
        case StmtKind::For:
            for_statement(as<For>(s));
            return true;
        case StmtKind::While: {
            const auto& node = as<While>(s);
            {
                const InBlock loop(*this, Block::Loop, s.span);
                expr(node.test);
                body(node.body);
            }
            body(node.orelse);
            return true;
        }
        case StmtKind::If: {
            // elif chains are walked with a loop
            const If* node = &as<If>(s);
            for (;;) {
                expr(node->test);
                body(node->body);
                if (node->orelse.size() != 1) break;
                const auto* next = as_if<If>(node->orelse[0]);
                if (!next) break;
                node = next;
            }
            body(node->orelse);
            return true;
        }
        case StmtKind::With:
            with_statement(as<With>(s));
            return true;
        case StmtKind::Try:
            try_statement(as<Try>(s));
            return true;
        case StmtKind::Match:
            match(as<Match>(s));
            return true;
        default:
            return false;
    }
}

void Checker::simple(const Stmt& s) {
    switch (s.kind) {
        case StmtKind::Return:
            return return_statement(as<Return>(s));
        case StmtKind::Delete:
            return exprs(as<Delete>(s).targets);
        case StmtKind::Assign:
            expr(as<Assign>(s).value);
            return exprs(as<Assign>(s).targets);
        case StmtKind::AugAssign:
            expr(as<AugAssign>(s).target);
            return expr(as<AugAssign>(s).value);
        case StmtKind::AnnAssign:
            return annotated_assignment(as<AnnAssign>(s));
        case StmtKind::Raise:
            expr(as<Raise>(s).exc);
            return expr(as<Raise>(s).cause);
        case StmtKind::Assert: {
            const auto* tuple = as_if<Tuple>(as<Assert>(s).test);
            if (tuple && !tuple->elts.empty())
                warn(s.span, "assertion is always true, perhaps remove parentheses?");
            expr(as<Assert>(s).test);
            return expr(as<Assert>(s).msg);
        }
        case StmtKind::Import:
            for (const Alias& alias : as<Import>(s).names)
                forbidden(alias.asname ? alias.asname : alias.name, ExprContext::Store, s.span);
            return;
        case StmtKind::ImportFrom:
            return import_from(as<ImportFrom>(s));
        case StmtKind::Expr:
            return expr(as<ExprStmt>(s).value);
        case StmtKind::Break:
        case StmtKind::Continue:
            return leave_loop(s);
        default:
            return;
    }
}

void Checker::import_from(const ImportFrom& node) {
    if (is_future_import(node)) {
        for (const Stmt* s : module_.body) {
            if (s == &node) return;
            if (!is_future_import(*s) && !(s == module_.body[0] && is_docstring(*s))) break;
        }
        return fail(node.span, "from __future__ imports must occur at the beginning of the file");
    }
    for (const Alias& alias : node.names)
        forbidden(alias.asname ? alias.asname : alias.name, ExprContext::Store, node.span);
}

void Checker::annotated_assignment(const AnnAssign& node) {
    expr(node.value);
    if (!node.value) {
        if (const auto* name = as_if<Name>(node.target))
            forbidden(name->id, ExprContext::Store, node.span);
        if (const auto* attribute = as_if<Attribute>(node.target))
            forbidden(attribute->attr, ExprContext::Store, node.span);
    }
    if (node.value || node.target->kind != ExprKind::Name) expr(node.target);
    if (!module_.future_annotations) expr(node.annotation);
}

void Checker::return_statement(const Return& node) {
    if (!in_function_like()) return fail(node.span, "'return' outside function");
    if (node.value && scope().is_async_generator)
        return fail(node.span, "'return' with value in async generator");
    expr(node.value);
    const bool constant = node.value && node.value->kind == ExprKind::Constant;
    for (const Block block : surroundings_.back().blocks) {
        if (block == Block::ExceptStar)
            return fail(constant ? node.value->span : node.span,
                        "'break', 'continue' and 'return' cannot appear in an except* block");
    }
}

void Checker::leave_loop(const Stmt& s) {
    const auto& blocks = surroundings_.back().blocks;
    for (size_t i = blocks.size(); i-- > 0;) {
        if (blocks[i] == Block::Loop) return;
        if (blocks[i] == Block::ExceptStar)
            return fail(s.span,
                        "'break', 'continue' and 'return' cannot appear in an except* block");
    }
    fail(s.span,
         s.kind == StmtKind::Break ? "'break' outside loop" : "'continue' not properly in loop");
}

// ---- loops, with, try
// ----------------------------------------------------------------------------

void Checker::for_statement(const For& node) {
    if (node.is_async && !top_level_await() && !in_async_function())
        return fail(node.span, "'async for' outside async function");
    expr(node.iter);
    {
        const InBlock loop(*this, Block::Loop, node.span);
        expr(node.target);
        body(node.body);
    }
    body(node.orelse);
}

void Checker::with_statement(const With& node) {
    if (node.is_async && !top_level_await() && !in_async_function())
        return fail(node.span, "'async with' outside async function");
    with_items(node, 0);
}

void Checker::with_items(const With& node, uint32_t i) {
    if (i == node.items.size()) return body(node.body);
    expr(node.items[i].context_expr);
    const InBlock block(*this, Block::Other, node.span);
    expr(node.items[i].optional_vars);
    with_items(node, i + 1);
}

void Checker::try_statement(const Try& node) {
    if (node.finalbody.empty()) return handlers(node);
    {
        const InBlock block(*this, Block::Other, node.span);
        handlers(node);
    }
    const InBlock block(*this, Block::Other, node.span);
    body(node.finalbody);
}

void Checker::handlers(const Try& node) {
    if (node.handlers.empty()) return body(node.body);
    {
        const InBlock block(*this, Block::Other, node.span);
        body(node.body);
    }
    {
        const InBlock block(*this, node.is_star ? Block::ExceptStar : Block::Other, node.span);
        for (uint32_t i = 0; i < node.handlers.size(); ++i) {
            const ExceptHandler& handler = node.handlers[i];
            if (!handler.type && i + 1 < node.handlers.size())
                return fail(handler.span, "default 'except:' must be last");
            expr(handler.type);
            if (handler.name) forbidden(handler.name, ExprContext::Store, handler.span);
            const InBlock cleanup(*this, Block::Other, handler.span);
            body(handler.body);
        }
    }
    body(node.orelse);
}

// ---- def and class
// -------------------------------------------------------------------------------

void Checker::function(const FunctionDef& node) {
    exprs(node.decorator_list);
    parameters(*node.args);
    type_params(node.type_params);
    if (!module_.future_annotations) {
        const auto annotation = [&](const Arg& arg) {
            if (const auto* star = as_if<Starred>(arg.annotation))
                expr(star->value);
            else
                expr(arg.annotation);
        };
        for (const Arg& arg : node.args->posonly) annotation(arg);
        for (const Arg& arg : node.args->args) annotation(arg);
        if (node.args->vararg) annotation(*node.args->vararg);
        for (const Arg& arg : node.args->kwonly) annotation(arg);
        if (node.args->kwarg) annotation(*node.args->kwarg);
        expr(node.returns);
    }
    parameter_names(*node.args);
    surroundings_.push_back({node.scope, {}});
    body(node.body);
    surroundings_.pop_back();
    forbidden(node.name, ExprContext::Store, node.span);
}

void Checker::parameters(const Arguments& args) {
    exprs(args.defaults);
    for (const Expr* e : args.kw_defaults) expr(e);
}

void Checker::parameter_names(const Arguments& args) {
    const auto check = [&](const Arg& arg) { forbidden(arg.name, ExprContext::Store, arg.span); };
    for (const Arg& arg : args.posonly) check(arg);
    for (const Arg& arg : args.args) check(arg);
    if (args.vararg) check(*args.vararg);
    for (const Arg& arg : args.kwonly) check(arg);
    if (args.kwarg) check(*args.kwarg);
}

void Checker::type_params(const Array<TypeParam>& params) {
    bool defaults = false;
    for (const TypeParam& param : params) {
        if (defaults && !param.default_value)
            fail(param.span, base::cat("non-default type parameter '", param.name->text,
                                       "' follows default type parameter"));
        defaults = param.default_value != nullptr;
        if (param.bound) {
            surroundings_.push_back({param.bound_scope, {}});
            expr(param.bound);
            surroundings_.pop_back();
        }
        if (param.default_value) {
            surroundings_.push_back({param.default_scope, {}});
            const auto* star = as_if<Starred>(param.default_value);
            expr(star ? star->value : param.default_value);
            surroundings_.pop_back();
        }
    }
}

void Checker::class_def(const ClassDef& node) {
    exprs(node.decorator_list);
    type_params(node.type_params);
    surroundings_.push_back({node.scope, {}});
    body(node.body);
    surroundings_.pop_back();
    keywords(node.keywords);
    for (const Expr* e : node.bases) element(e);
    forbidden(node.name, ExprContext::Store, node.span);
}

}  // namespace loopglass::script
