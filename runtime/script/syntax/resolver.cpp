// Second step of the resolver: which scope owns each name, and where in a frame it lives.
#include "runtime/script/syntax/resolver.hpp"

#include "runtime/base/text.hpp"
#include "runtime/script/syntax/checker.hpp"
#include "runtime/script/syntax/scope_builder.hpp"

namespace loopglass::script {

namespace {

class Layout {
public:
    Layout(ScopeList& scopes, ResolveContext& context) : scopes_(scopes), context_(context) {}

    std::optional<SyntaxProblem> run() {
        share_globals();
        for (auto& scope : scopes_) {
            for (Variable& variable : scope->variables) {
                if (auto problem = find_owner(*scope, variable)) return problem;
            }
        }
        for (auto& scope : scopes_) assign_slots(*scope);
        for (auto& scope : scopes_) fill_references(*scope);
        for (auto& scope : scopes_) publish(*scope);
        return std::nullopt;
    }

private:
    // A name that any scope declares global is global in the module's own statements too, which
    // exec with separate locals shows. CPython: Python/symtable.c, symtable_add_def_helper().
    void share_globals() {
        ScopeData* module = nullptr;
        for (auto& scope : scopes_)
            if (scope->scope->kind == ScopeKind::Module) module = scope.get();
        if (!module) return;
        for (auto& scope : scopes_) {
            if (scope.get() == module) continue;
            for (const Variable& variable : scope->variables) {
                if (!(variable.use & kGlobal)) continue;
                for (Variable& own : module->variables)
                    if (own.name == variable.name) own.use |= kGlobal;
            }
        }
    }

    // The variable of an enclosing scope that `name`, unbound in `scope`, means. Class bodies are
    // passed over: functions do not see their names, except `__class__`.
    struct Found {
        ScopeData* scope = nullptr;
        uint32_t index = 0;
    };
    Found find_enclosing(ScopeData& scope, Identifier name) {
        for (ScopeData* outer = scope.parent; outer; outer = outer->parent) {
            if (outer->scope->kind == ScopeKind::Module) break;
            if (outer->scope->kind == ScopeKind::Class) {
                if (name->text != "__class__") continue;
                if (scope.frame == outer) return {};  // a comprehension in the class body itself
                return {outer, class_variable(*outer, name)};
            }
            const Variable* variable = outer->find(name);
            if (!variable || (variable->use & kNonlocal)) continue;
            if (variable->use & kGlobal) break;
            if (variable->use & kBound)
                return {outer, static_cast<uint32_t>(variable - outer->variables.data())};
        }
        return {};
    }

    // `__class__` is no name of the class body itself; it has a variable of its own.
    uint32_t class_variable(ScopeData& class_scope, Identifier name) {
        for (uint32_t i = 0; i < class_scope.variables.size(); ++i) {
            if (class_scope.variables[i].use & kImplicitClass) return i;
        }
        Variable& variable = class_scope.variables.emplace_back();
        variable.name = name;
        variable.use = kImplicitClass;
        return static_cast<uint32_t>(class_scope.variables.size() - 1);
    }

    std::optional<SyntaxProblem> find_owner(ScopeData& scope, Variable& variable) {
        if (variable.use & kImplicitClass) return std::nullopt;
        const ScopeKind kind = scope.scope->kind;
        const bool in_class = kind == ScopeKind::Class;
        const uint16_t use = variable.use;
        variable.ref.name = variable.name;
        variable.ref.access = in_class ? Access::ClassName : Access::GlobalImplicit;
        if (use & kGlobal) {
            if ((use & kNonlocal) && variable.directive.line > 0)
                return wrong(variable, "name '", "' is nonlocal and global");
            variable.ref.access = Access::GlobalExplicit;
            return std::nullopt;
        }
        if ((use & kBound) && !(use & kNonlocal)) {
            if (in_class || kind == ScopeKind::Module) return std::nullopt;
            variable.owner = &scope;
            variable.owner_index = static_cast<uint32_t>(&variable - scope.variables.data());
            return std::nullopt;
        }
        if ((use & kNonlocal) && kind == ScopeKind::Module)
            return context_.problem(variable.directive,
                                    "nonlocal declaration not allowed at module level");
        const Identifier name = variable.name;
        const auto index = static_cast<uint32_t>(&variable - scope.variables.data());
        const Found found = find_enclosing(scope, name);
        if (!found.scope) {
            if (!(use & kNonlocal)) return std::nullopt;
            return wrong(scope.variables[index], "no binding for nonlocal '", "' found");
        }
        Variable& here = scope.variables[index];
        const bool type_parameter = found.scope->variables[found.index].use & kTypeParameter;
        if ((use & kNonlocal) && type_parameter && here.directive.line > 0)
            return wrong(here, "nonlocal binding not allowed for type parameter '", "'");
        here.owner = found.scope;
        here.owner_index = found.index;
        if (found.scope->frame != scope.frame) found.scope->variables[found.index].captured = true;
        return std::nullopt;
    }

    [[nodiscard]] SyntaxProblem wrong(const Variable& variable, std::string_view before,
                                      std::string_view after) const {
        return context_.problem(variable.directive, base::cat(before, variable.name->text, after));
    }

    void assign_slots(ScopeData& scope) {
        ScopeData& frame = *scope.frame;
        const bool inlined = &frame != &scope;
        for (Variable& variable : scope.variables) {
            const bool mine = variable.owner == &scope || (variable.use & kImplicitClass);
            if (!mine) continue;
            const bool parameter = variable.use & kParameter;
            if (parameter || !(variable.captured || (variable.use & kImplicitClass))) {
                variable.local = static_cast<int32_t>(frame.locals.size());
                frame.locals.push_back({variable.name, parameter, inlined});
                if (inlined) scope.own_locals.push_back(static_cast<uint32_t>(variable.local));
            }
            if (!variable.captured) continue;
            variable.cell = static_cast<int32_t>(frame.cells.size());
            frame.cells.push_back({variable.name, variable.local, inlined});
            if (inlined) scope.own_cells.push_back(static_cast<uint32_t>(variable.cell));
            if (variable.use & kImplicitClass) scope.scope->class_cell = variable.cell;
        }
    }

    // The index in frame.frees of a variable that an enclosing frame owns.
    uint32_t free_index(ScopeData& frame, ScopeData& owner, const Variable& variable) {
        for (uint32_t i = 0; i < frame.frees.size(); ++i) {
            if (frame.free_owners[i] == &variable) return i;
        }
        FreeVariable free;
        free.name = variable.name;
        ScopeData& outer = *frame.parent->frame;
        free.from_cell = &outer == owner.frame;
        free.index = free.from_cell ? static_cast<uint32_t>(variable.cell)
                                    : free_index(outer, owner, variable);
        frame.frees.push_back(free);
        frame.free_owners.push_back(&variable);
        return static_cast<uint32_t>(frame.frees.size() - 1);
    }

    void fill_references(ScopeData& scope) {
        for (Variable& variable : scope.variables) {
            if (!variable.owner) continue;
            const Variable& owned = variable.owner->variables[variable.owner_index];
            Ref& ref = variable.ref;
            if (variable.owner->frame == scope.frame) {
                ref.access = owned.captured ? Access::Cell : Access::Local;
                ref.slot = static_cast<uint32_t>(owned.captured ? owned.cell : owned.local);
                continue;
            }
            const bool in_class = scope.scope->kind == ScopeKind::Class;
            // A name that the class body declares nonlocal is the cell and nothing else.
            ref.access = in_class && !(variable.use & kNonlocal) ? Access::ClassFree : Access::Free;
            ref.slot = free_index(*scope.frame, *variable.owner, owned);
            if (owned.use & kImplicitClass)
                scope.frame->scope->class_cell = static_cast<int32_t>(ref.slot);
        }
        for (const Reference& reference : scope.references)
            *reference.ref = scope.variables[reference.variable].ref;
    }

    void publish(ScopeData& data) {
        base::Arena& arena = context_.arena;
        Scope& scope = *data.scope;
        scope.locals = arena.copy(data.locals.data(), data.locals.size());
        scope.cells = arena.copy(data.cells.data(), data.cells.size());
        scope.frees = arena.copy(data.frees.data(), data.frees.size());
        scope.own_locals = arena.copy(data.own_locals.data(), data.own_locals.size());
        scope.own_cells = arena.copy(data.own_cells.data(), data.own_cells.size());
        scope.yields = arena.copy(data.yields.data(), data.yields.size());
    }

    ScopeList& scopes_;
    ResolveContext& context_;
};

}  // namespace

SyntaxProblem ResolveContext::problem(const Span& span, std::string message) const {
    SyntaxProblem error;
    error.kind = SyntaxErrorKind::SyntaxError;
    error.message = std::move(message);
    error.line = static_cast<int32_t>(span.line);
    error.offset = static_cast<int32_t>(span.column) + 1;
    error.end_line = static_cast<int32_t>(span.end_line);
    error.end_offset = static_cast<int32_t>(span.end_column) + 1;
    error.has_text = true;
    error.text = base::cat(source.line(error.line), '\n');
    return error;
}

std::optional<SyntaxProblem> resolve(Module& module, ResolveContext& context) {
    Checker checker(module, context);
    if (auto problem = checker.future_imports()) return problem;
    ScopeBuilder builder(module, context);
    ScopeList scopes = builder.build();
    if (builder.problem()) return builder.problem();
    if (auto problem = Layout(scopes, context).run()) return problem;
    std::vector<const Scope*> all;
    for (const auto& scope : scopes) all.push_back(scope->scope);
    const auto kept = context.arena.copy(all.data(), all.size());
    module.scopes = {kept.data, kept.count};
    return checker.run();
}

}  // namespace loopglass::script
