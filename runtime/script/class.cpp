// class statements: what __build_class__ does (Python/bltinmodule.c).
#include "runtime/base/text.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/script/generator.hpp"
#include "runtime/script/interpreter_parts.hpp"

namespace loopglass::script::eval {

using base::cat;
using value::errors::TypeError;

namespace {

const Name kName("__name__"), kModule("__module__"), kQualname("__qualname__"),
    kFirstLine("__firstlineno__"), kDoc("__doc__"), kStaticAttributes("__static_attributes__"),
    kClassCell("__classcell__"), kMroEntries("__mro_entries__"), kPrepare("__prepare__"),
    kOrigBases("__orig_bases__"), kMetaclass("metaclass"), kTypeParams("__type_params__");

// Bases that are no classes say by __mro_entries__ what stands in their place.
Value resolve_bases(const Value& bases) {
    const auto* tuple = value::cast<Tuple>(bases);
    std::vector<Value> resolved;
    bool changed = false;
    for (size_t i = 0; i < tuple->size; ++i) {
        const Value& base = (*tuple)[i];
        if (value::is<Type>(base)) {
            resolved.push_back(base);
            continue;
        }
        const Value entries = value::find_attribute(base, kMroEntries);
        if (!entries) {
            if (value::raised()) return Value();
            resolved.push_back(base);
            continue;
        }
        const Value replaced = value::call(entries, bases);
        if (!replaced) return Value();
        if (!value::is<Tuple>(replaced))
            return value::raise(TypeError, "__mro_entries__ must return a tuple");
        const auto* items = value::cast<Tuple>(replaced);
        for (size_t k = 0; k < items->size; ++k) resolved.push_back((*items)[k]);
        changed = true;
    }
    return changed ? Value(value::make_tuple(std::span<const Value>(resolved))) : bases;
}

// The keywords of a call as Args want them.
struct KeywordArgs {
    std::vector<Value> items;
    Ref<Tuple> names;
    size_t positional;

    KeywordArgs(std::vector<Value> values, const Dict* keywords)
        : items(std::move(values)), positional(items.size()) {
        if (!keywords || keywords->count == 0) return;
        names = value::make_tuple(keywords->count);
        size_t k = 0;
        for (uint32_t i = 0; i < keywords->used; ++i) {
            const value::DictEntry& entry = keywords->entries[i];
            if (!entry.key) continue;
            names->items()[k++] = entry.key;
            items.push_back(entry.value);
        }
    }
    [[nodiscard]] Args args() const { return Args{items.data(), positional, names.get()}; }
};

struct ClassNode final : Node {
    ClassParts parts;
    ClassNode(const Span& where, ClassParts its_parts) : Node(where), parts(std::move(its_parts)) {}

    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value bases;
        Ref<Dict> keywords = value::make_dict();
        if (!gather(frame, bases, keywords.get())) return 0;
        Value type_params;
        if (parts.type_params && !add_generic_base(frame, type_params, bases)) return 0;
        const Word made = build(frame, bases, keywords.get(), type_params).detach();
        return made ? made : fail(frame, this);
    }

    bool gather(ScriptFrame& frame, Value& bases, Dict* keywords) const {
        std::vector<Value> items;
        for (const Node* node : parts.arguments.positional) {
            Value value = run(node, frame);
            if (!value) return false;
            if (node->kind != NodeKind::Starred) {
                items.push_back(std::move(value));
            } else if (!value::for_each(value, [&](Value& item) {
                           items.push_back(std::move(item));
                           return true;
                       })) {
                return fail(frame, node), false;
            }
        }
        for (size_t i = 0; i < parts.arguments.names.size(); ++i) {
            Value value = run(parts.arguments.keywords[i], frame);
            if (!value) return false;
            if (Str* name = parts.arguments.names[i])
                value::dict_set(keywords, name, std::move(value));
            else if (!value::dict_update(keywords, value))
                return fail(frame, parts.arguments.keywords[i]), false;
        }
        bases = Value(value::make_tuple(std::span<const Value>(items)));
        return true;
    }

    // class C[T]: typing's Generic[T] is the last base.
    bool add_generic_base(ScriptFrame& frame, Value& type_params, Value& bases) const {
        type_params = run(parts.type_params, frame);
        if (!type_params) return false;
        const Value typing = import_module("typing");
        static const Name kGenericBase("_generic_base");
        const Value base =
            typing ? value::call_method(typing, kGenericBase, &type_params, 1) : Value();
        if (!base) return fail(frame, this), false;
        const auto* old = value::cast<Tuple>(bases);
        std::vector<Value> items(old->items(), old->items() + old->size);
        items.push_back(base);
        bases = Value(value::make_tuple(std::span<const Value>(items)));
        return true;
    }

    // The metaclass, which may be any callable.
    static bool choose_metaclass(const Value& bases, Dict* keywords, Value& metaclass) {
        Value given;
        if (const Value* found = value::dict_find(keywords, kMetaclass)) {
            given = *found;
            value::dict_remove(keywords, kMetaclass);
        } else {
            const auto* tuple = value::cast<Tuple>(bases);
            given = Value::share(tuple->size ? (*tuple)[0].type() : Type::type);
        }
        if (value::is<Type>(given)) {
            Type* winner =
                value::winning_metatype(value::cast<Type>(given), value::cast<Tuple>(bases));
            if (!winner) return false;
            given = Value::share(winner);
        }
        metaclass = std::move(given);
        return true;
    }

    Value prepare(const Value& metaclass, const Value& bases, const Dict* keywords) const {
        const Value method = value::find_attribute(metaclass, kPrepare);
        if (!method) return value::raised() ? Value() : Value(value::make_dict());
        const KeywordArgs call({Value::share(parts.name), bases}, keywords);
        Value names = value::call(method, call.args());
        if (names && !value::is<Dict>(names) && !names.type()->slots.get_item)
            return value::raise(
                TypeError,
                cat(value::is<Type>(metaclass) ? value::cast<Type>(metaclass)->name->view()
                                               : std::string_view("<metaclass>"),
                    ".__prepare__() must return a mapping, not ", value::type_name(names)));
        return names;
    }

    Value build(ScriptFrame& frame, const Value& original_bases, Dict* keywords,
                const Value& type_params) const {
        const Value bases = resolve_bases(original_bases);
        if (!bases) return Value();
        Value metaclass;
        if (!choose_metaclass(bases, keywords, metaclass)) return Value();
        const Value names = prepare(metaclass, bases, keywords);
        if (!names) return Value();
        const Ref<Function> body = close_over(frame, parts.body);
        Value cell;
        if (!run_body(body.get(), names, type_params, cell)) return Value();
        if (!bases.is(original_bases) &&
            !value::set_item(names, Value::share(kOrigBases.get()), original_bases))
            return Value();
        const KeywordArgs call({Value::share(parts.name), bases, names}, keywords);
        Value made = value::call(metaclass, call.args());
        if (made && cell && value::is<Type>(made)) check_cell(cell, made);
        return made && !value::raised() ? made : Value();
    }

    // Runs the body in its own namespace; `cell` receives the cell of __class__, if it has one.
    static bool run_body(Function* function, const Value& names, const Value& type_params,
                         Value& cell) {
        FunctionCode* code = function->code;
        Value* slots = LOOPGLASS_SLOTS(code->frame_size + 1);
        ScriptFrame frame;
        frame.code = code;
        frame.slots = slots;
        frame.globals = function->globals.get();
        frame.builtins = function->builtins;
        frame.names = names;
        if (function->closure) frame.closure = function->closure->items();
        if (type_params && !value::set_item(names, Value::share(kTypeParams.get()), type_params))
            return false;
        const Value result = Value::from_bits(run_frame(frame));
        if (!result) return false;
        if (value::is<value::Cell>(result)) cell = result;
        return true;
    }

    // A metaclass must hand __classcell__ on to type.__new__.
    static void check_cell(const Value& cell, const Value& made) {
        auto* content = value::cast<value::Cell>(cell);
        if (content->content.is(made)) return;
        const auto* type = value::cast<Type>(made);
        if (!content->content) {
            value::raise(
                value::errors::RuntimeError,
                cat("__class__ not set defining '", type->name->view(), "' as ",
                    value::repr(made)->view(), ". Was __classcell__ propagated to type.__new__?"));
            return;
        }
        value::raise(TypeError,
                     cat("__class__ set to ", value::repr(content->content)->view(), " defining '",
                         type->name->view(), "' as ", value::repr(made)->view()));
    }
};

// The whole of a class body: the names every class has, the statements, the cell of __class__.
struct ClassBody final : Statement {
    const Statement* body;
    Str* qualname;
    uint32_t first_line;
    Value static_attributes;
    ClassBody(const Span& where, const Statement* its_body, Str* its_qualname, uint32_t line,
              Value attributes)
        : Statement(where),
          body(its_body),
          qualname(its_qualname),
          first_line(line),
          static_attributes(std::move(attributes)) {}

    static bool set(ScriptFrame& frame, Str* name, const Value& value) {
        return value::set_item(frame.names, Value::share(name), value);
    }

    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        frame.at = &span;
        const Value* module = value::dict_find(frame.globals, kName);
        const Value& doc = frame.script_code()->docstring;
        if ((module && !set(frame, kModule, *module)) ||
            !set(frame, kQualname, Value::share(qualname)) ||
            !set(frame, kFirstLine, Value::small(first_line)) || (doc && !set(frame, kDoc, doc)))
            return fail(frame, span), Status::Raised;
        const Status status = body->exec(frame);
        if (status == Status::Raised) return status;
        if (!set(frame, kStaticAttributes, static_attributes))
            return fail(frame, span), Status::Raised;
        const int32_t index = frame.script_code()->class_cell;
        if (index < 0) return Status::Normal;
        const Value cell = frame.slots[frame.script_code()->locals + static_cast<uint32_t>(index)];
        if (!set(frame, kClassCell, cell)) return fail(frame, span), Status::Raised;
        frame.result = cell;
        return Status::Return;
    }
};

}  // namespace

Node* make_class_node(Unit& unit, const Span& span, ClassParts parts) {
    return unit.add<ClassNode>(span, std::move(parts));
}
Statement* make_class_body(Unit& unit, const Span& span, Statement* body, Str* qualname,
                           uint32_t first_line, Value static_attributes) {
    return unit.add<ClassBody>(span, body, qualname, first_line, std::move(static_attributes));
}

}  // namespace loopglass::script::eval
