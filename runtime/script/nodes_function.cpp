// def and lambda: making function objects; calls of the hidden scopes of type parameters.
#include "runtime/script/call.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/script/generator.hpp"
#include "runtime/script/interpreter_parts.hpp"

namespace loopglass::script::eval {

Ref<Function> close_over(ScriptFrame& frame, FunctionCode* code) {
    Ref<Function> function = make_function(code, frame.globals, frame.builtins);
    if (!code->captures.empty()) {
        Ref<Tuple> cells = value::make_tuple(code->captures.size());
        const uint32_t first = frame.script_code()->locals;
        for (size_t i = 0; i < code->captures.size(); ++i) {
            const Capture& capture = code->captures[i];
            cells->items()[i] = capture.from_cell ? frame.slots[first + capture.index]
                                                  : frame.closure[capture.index];
        }
        function->closure = std::move(cells);
    }
    return function;
}

bool evaluate_all(ScriptFrame& frame, const Nodes& nodes, std::vector<Value>& out) {
    out.reserve(nodes.size());
    for (const Node* node : nodes) {
        Value value = run(node, frame);
        if (!value) return false;
        out.push_back(std::move(value));
    }
    return true;
}

namespace {

struct FunctionNode final : Node {
    FunctionParts parts;
    FunctionNode(const Span& where, FunctionParts its_parts)
        : Node(where), parts(std::move(its_parts)) {}

    [[nodiscard]] Word eval(ScriptFrame& frame) const override { return make(frame).detach(); }

    Value make(ScriptFrame& frame) const {
        Ref<Tuple> defaults;
        if (!parts.defaults.empty()) {
            defaults = value::make_tuple(parts.defaults.size());
            for (size_t i = 0; i < parts.defaults.size(); ++i)
                if (!(defaults->items()[i] = run(parts.defaults[i], frame))) return Value();
        }
        Ref<Dict> keyword_defaults, annotations;
        if (!fill(frame, parts.keyword_names, parts.keyword_defaults, keyword_defaults) ||
            !fill(frame, parts.annotation_names, parts.annotations, annotations))
            return Value();
        Ref<Function> function = close_over(frame, parts.code);
        function->defaults = std::move(defaults);
        function->keyword_defaults = std::move(keyword_defaults);
        if (annotations) function->annotations = std::move(annotations);
        if (parts.type_params && !(function->type_params = run(parts.type_params, frame)))
            return Value();
        return function;
    }

    static bool fill(ScriptFrame& frame, const std::vector<Str*>& names, const Nodes& nodes,
                     Ref<Dict>& dict) {
        if (nodes.empty()) return true;
        dict = value::make_dict();
        for (size_t i = 0; i < nodes.size(); ++i) {
            Value value = run(nodes[i], frame);
            if (!value) return false;
            value::dict_set(dict.get(), names[i], std::move(value));
        }
        return true;
    }
};

struct DecoratedNode final : Node {
    Nodes decorators;
    const Node* inner;
    DecoratedNode(const Span& where, Nodes its_decorators, const Node* its_inner)
        : Node(where), decorators(std::move(its_decorators)), inner(its_inner) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        std::vector<Value> values;
        if (!evaluate_all(frame, decorators, values)) return 0;
        Value made = run(inner, frame);
        if (!made) return 0;
        for (size_t i = decorators.size(); i-- > 0;) {
            made = value::call(values[i], made);
            if (!made) return fail(frame, decorators[i]);
            values.pop_back();
        }
        return made.detach();
    }
};

// Runs a nested body at once: the scope around type parameters, an alias's value.
struct NestedCallNode final : Node {
    FunctionCode* code;
    Nodes arguments;
    uint32_t first_slot;
    NestedCallNode(const Span& where, FunctionCode* its_code, Nodes its_arguments, uint32_t first)
        : Node(where), code(its_code), arguments(std::move(its_arguments)), first_slot(first) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Ref<Function> function = close_over(frame, code);
        std::vector<Value> values;
        if (!evaluate_all(frame, arguments, values)) return 0;
        Value* slots = LOOPGLASS_SLOTS(code->frame_size + 1);
        for (size_t i = 0; i < values.size(); ++i) slots[first_slot + i] = std::move(values[i]);
        const Word result = code->enter(function.get(), slots);
        return result ? result : fail(frame, this);
    }
};

// typing.NAME(arguments), for the syntax of PEP 695.
struct TypingCallNode final : Node {
    Str* function;
    Nodes arguments;
    TypingCallNode(const Span& where, Str* name, Nodes its_arguments)
        : Node(where), function(name), arguments(std::move(its_arguments)) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value typing = import_module("typing");
        if (!typing) return fail(frame, this);
        const Value callee = value::get_attribute(typing, function);
        if (!callee) return fail(frame, this);
        std::vector<Value> values;
        if (!evaluate_all(frame, arguments, values)) return 0;
        const Word result =
            value::call(callee, Args{values.data(), values.size(), nullptr}).detach();
        return result ? result : fail(frame, this);
    }
};

}  // namespace

Node* make_function_node(Unit& unit, const Span& span, FunctionParts parts) {
    return unit.add<FunctionNode>(span, std::move(parts));
}
Node* make_decorated(Unit& unit, const Span& span, Nodes decorators, Node* inner) {
    return unit.add<DecoratedNode>(span, std::move(decorators), inner);
}
Node* make_nested_call(Unit& unit, const Span& span, FunctionCode* code, Nodes arguments,
                       uint32_t first_slot) {
    return unit.add<NestedCallNode>(span, code, std::move(arguments), first_slot);
}
Node* make_typing_call(Unit& unit, const Span& span, const char* function, Nodes arguments) {
    return unit.add<TypingCallNode>(span, value::intern(function), std::move(arguments));
}

}  // namespace loopglass::script::eval
