// Loads and stores of names: locals, cells, globals, class and module namespaces.
#include "runtime/base/text.hpp"
#include "runtime/script/factory.hpp"

namespace loopglass::script::eval {

using base::cat;

int Node::test(ScriptFrame& frame) const {
    const Value value = run(this, frame);
    if (!value) return -1;
    const int result = truth_of(value);
    if (result < 0) (void)fail(frame, this);
    return result;
}

Word fail(ScriptFrame& frame, const Node* node) {
    return fail(frame, node->span, node->anchor);
}

Word fail(ScriptFrame& frame, const Span& span, const Span& anchor) {
    frame_object(&frame);
    value::add_traceback(&frame, span, anchor);
    return 0;
}

namespace {

void add_names(const Value& names, List* out) {
    if (!names || !value::is<Dict>(names)) return value::clear_raised();
    const Dict* dict = value::cast<Dict>(names);
    for (uint32_t i = 0; i < dict->used; ++i)
        if (dict->entries[i].key && value::is<Str>(dict->entries[i].key))
            out->items.push_back(dict->entries[i].key);
}

// NameError and its relatives carry the name, and what else it could have been.
void raise_name_error(ScriptFrame& frame, Type* type, const std::string& message, Str* name) {
    (void)value::raise(type, message);
    Value error = value::take_raised();
    // Python/ceval.c gives a name (and so a suggestion) to NameError itself only.
    if (!value::is_exception(error, value::errors::UnboundLocalError)) {
        Ref<List> candidates = value::make_list();
        add_names(frame_locals(&frame), candidates.get());
        add_names(Value::share(frame.globals), candidates.get());
        add_names(Value::share(frame.builtins), candidates.get());
        auto& fields = value::cast<value::Exception>(error)->fields;
        if (fields.size() < 2) fields.resize(2);
        fields[0] = Value::share(name);
        fields[1] = Value(std::move(candidates));
    }
    value::restore_raised(std::move(error));
}

}  // namespace

Word fail_unbound_local(ScriptFrame& frame, uint32_t slot, const Span& span) {
    Str* name = frame.script_code()->local_names[slot];
    raise_name_error(frame, value::errors::UnboundLocalError,
                     cat("cannot access local variable '", name->view(),
                         "' where it is not associated with a value"),
                     name);
    return fail(frame, span);
}

static Word fail_unbound_cell(ScriptFrame& frame, Str* name, bool free, const Span& span) {
    if (free)
        raise_name_error(frame, value::errors::NameError,
                         cat("cannot access free variable '", name->view(),
                             "' where it is not associated with a value in enclosing scope"),
                         name);
    else
        raise_name_error(frame, value::errors::UnboundLocalError,
                         cat("cannot access local variable '", name->view(),
                             "' where it is not associated with a value"),
                         name);
    return fail(frame, span);
}

Word fail_name(ScriptFrame& frame, Str* name, const Span& span) {
    raise_name_error(frame, value::errors::NameError,
                     cat("name '", name->view(), "' is not defined"), name);
    return fail(frame, span);
}

const Value* GlobalNode::find_slowly(ScriptFrame& frame) const {
    position = value::dict_position(frame.globals, name);
    if (position >= 0) return &frame.globals->entries[position].value;
    builtin_position = value::dict_position(frame.builtins, name);
    if (builtin_position < 0) {
        missed_in = nullptr;
        (void)fail_name(frame, name, span);
        return nullptr;
    }
    missed_in = cache_misses ? frame.globals : nullptr;
    missed_version = frame.globals->version;
    return &frame.builtins->entries[builtin_position].value;
}

namespace {

struct CellNode final : Node {
    uint32_t cell;
    CellNode(const Span& where, uint32_t index) : Node(where), cell(index) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value& content = frame_cell(frame, cell)->content;
        if (__builtin_expect(!content, 0))
            return fail_unbound_cell(frame, frame.script_code()->cell_names[cell], false, span);
        return Value(content).detach();
    }
};

struct FreeNode final : Node {
    uint32_t index;
    FreeNode(const Span& where, uint32_t its_index) : Node(where), index(its_index) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value& content = value::cast<value::Cell>(frame.closure[index])->content;
        if (__builtin_expect(!content, 0))
            return fail_unbound_cell(frame, frame.script_code()->free_names[index], true, span);
        return Value(content).detach();
    }
};

// Looks `name` up in the frame's own namespace; empty without an exception if it is not there.
Value find_in_names(ScriptFrame& frame, Str* name) {
    if (value::is_exact<Dict>(frame.names)) {
        const Value* found = value::dict_find(value::cast<Dict>(frame.names), name);
        return found ? *found : Value();
    }
    Value found = value::get_item(frame.names, Value::share(name));
    if (!found) (void)value::clear_raised_if(value::errors::KeyError);
    return found;
}

struct NameNode final : Node {
    GlobalNode global;
    int32_t free_index;
    NameNode(const Span& where, Str* name, int32_t index, bool cache)
        : Node(where), global(where, name, cache), free_index(index) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        if (!frame.names) return global.eval(frame);
        Value found = find_in_names(frame, global.name);
        if (found) return found.detach();
        if (value::raised()) return fail(frame, span);
        if (free_index < 0) return global.eval(frame);
        const Value& content = value::cast<value::Cell>(frame.closure[free_index])->content;
        if (!content) return fail_unbound_cell(frame, global.name, true, span);
        return Value(content).detach();
    }
};

bool fail_missing(ScriptFrame& frame, Str* name, const Span& span) {
    return fail_name(frame, name, span), false;
}

struct LocalTarget final : Target {
    uint32_t slot;
    LocalTarget(const Span& where, uint32_t its_slot) : Target(where), slot(its_slot) {}
    [[nodiscard]] bool store(ScriptFrame& frame, Value value) const override {
        frame.slots[slot] = std::move(value);
        return true;
    }
    [[nodiscard]] bool remove(ScriptFrame& frame) const override {
        if (!frame.slots[slot]) return fail_unbound_local(frame, slot, span), false;
        frame.slots[slot] = Value();
        return true;
    }
    [[nodiscard]] int32_t local_slot() const override { return static_cast<int32_t>(slot); }
};

struct CellTarget final : Target {
    uint32_t index;
    bool free;
    CellTarget(const Span& where, uint32_t its_index, bool is_free)
        : Target(where), index(its_index), free(is_free) {}
    [[nodiscard]] value::Cell* cell(const ScriptFrame& frame) const {
        return free ? value::cast<value::Cell>(frame.closure[index]) : frame_cell(frame, index);
    }
    [[nodiscard]] bool store(ScriptFrame& frame, Value value) const override {
        cell(frame)->content = std::move(value);
        return true;
    }
    [[nodiscard]] bool remove(ScriptFrame& frame) const override {
        Value& content = cell(frame)->content;
        const FunctionCode* code = frame.script_code();
        if (!content)
            return fail_unbound_cell(
                       frame, free ? code->free_names[index] : code->cell_names[index], free, span),
                   false;
        content = Value();
        return true;
    }
};

struct GlobalTarget final : Target {
    Str* name;
    mutable int32_t position = -1;
    GlobalTarget(const Span& where, Str* its_name) : Target(where), name(its_name) {}
    [[nodiscard]] bool store(ScriptFrame& frame, Value value) const override {
        Dict* globals = frame.globals;
        if (static_cast<uint32_t>(position) < globals->used) {
            value::DictEntry& entry = globals->entries[position];
            if (__builtin_expect(entry.key.is(name), 1))
                return entry.value = std::move(value), true;
        }
        value::dict_set(globals, name, std::move(value));
        position = value::dict_position(globals, name);
        return true;
    }
    [[nodiscard]] bool remove(ScriptFrame& frame) const override {
        return value::dict_remove(frame.globals, name) || fail_missing(frame, name, span);
    }
};

struct NameTarget final : Target {
    GlobalTarget global;
    NameTarget(const Span& where, Str* name) : Target(where), global(where, name) {}
    [[nodiscard]] bool store(ScriptFrame& frame, Value value) const override {
        if (!frame.names) return global.store(frame, std::move(value));
        if (value::is_exact<Dict>(frame.names)) {
            value::dict_set(value::cast<Dict>(frame.names), global.name, std::move(value));
            return true;
        }
        return value::set_item(frame.names, Value::share(global.name), value) || fail(frame, span);
    }
    [[nodiscard]] bool remove(ScriptFrame& frame) const override {
        if (!frame.names) return global.remove(frame);
        if (value::is_exact<Dict>(frame.names))
            return value::dict_remove(value::cast<Dict>(frame.names), global.name) ||
                   fail_missing(frame, global.name, span);
        if (value::delete_item(frame.names, Value::share(global.name))) return true;
        if (value::clear_raised_if(value::errors::KeyError))
            return fail_missing(frame, global.name, span);
        return fail(frame, span), false;
    }
};

}  // namespace

Node* make_constant(Unit& unit, const Span& span, Value value) {
    return unit.add<ConstNode>(span, std::move(value));
}
Node* make_local(Unit& unit, const Span& span, uint32_t slot) {
    return unit.add<LocalNode>(span, slot);
}
Node* make_cell(Unit& unit, const Span& span, uint32_t cell) {
    return unit.add<CellNode>(span, cell);
}
Node* make_free(Unit& unit, const Span& span, uint32_t index) {
    return unit.add<FreeNode>(span, index);
}
Node* make_global(Unit& unit, const Span& span, Str* name) {
    return unit.add<GlobalNode>(span, name, !unit.reusable);
}
Node* make_name(Unit& unit, const Span& span, Str* name, int32_t free_index) {
    return unit.add<NameNode>(span, name, free_index, !unit.reusable);
}
Target* make_local_target(Unit& unit, const Span& span, uint32_t slot) {
    return unit.add<LocalTarget>(span, slot);
}
Target* make_cell_target(Unit& unit, const Span& span, uint32_t cell) {
    return unit.add<CellTarget>(span, cell, false);
}
Target* make_free_target(Unit& unit, const Span& span, uint32_t index) {
    return unit.add<CellTarget>(span, index, true);
}
Target* make_global_target(Unit& unit, const Span& span, Str* name) {
    return unit.add<GlobalTarget>(span, name);
}
Target* make_name_target(Unit& unit, const Span& span, Str* name) {
    return unit.add<NameTarget>(span, name);
}

}  // namespace loopglass::script::eval
