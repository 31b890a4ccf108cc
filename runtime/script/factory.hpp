// Makers of executable nodes: the compiler knows only these. Each picks the node specialised for
// the shape of its parts.
#pragma once

#include <string_view>
#include <vector>

#include "runtime/script/nodes.hpp"

namespace loopglass::script::eval {

using Nodes = std::vector<Node*>;
using Statements = std::vector<Statement*>;

// ---- names (nodes_name.cpp)
Node* make_constant(Unit& unit, const Span& span, Value value);
Node* make_local(Unit& unit, const Span& span, uint32_t slot);
Node* make_cell(Unit& unit, const Span& span, uint32_t cell);
Node* make_free(Unit& unit, const Span& span, uint32_t index);
Node* make_global(Unit& unit, const Span& span, Str* name);
// Class bodies and modules: the namespace first; then a free cell (index >= 0), or the globals.
Node* make_name(Unit& unit, const Span& span, Str* name, int32_t free_index);
Target* make_local_target(Unit& unit, const Span& span, uint32_t slot);
Target* make_cell_target(Unit& unit, const Span& span, uint32_t cell);
Target* make_free_target(Unit& unit, const Span& span, uint32_t index);
Target* make_global_target(Unit& unit, const Span& span, Str* name);
Target* make_name_target(Unit& unit, const Span& span, Str* name);

// ---- operators (nodes_operator.cpp, nodes_compare.cpp)
Node* make_binary(Unit& unit, const Span& span, BinaryOp op, Node* left, Node* right);
Node* make_unary(Unit& unit, const Span& span, UnaryOp op, Node* operand);
Node* make_not(Unit& unit, const Span& span, Node* operand);
Node* make_and_or(Unit& unit, const Span& span, bool is_and, Nodes values);
Node* make_conditional(Unit& unit, const Span& span, Node* test, Node* body, Node* orelse);
Node* make_named(Unit& unit, const Span& span, Target* target, Node* value);
enum class Comparison : uint8_t { Lt, Le, Eq, Ne, Gt, Ge, Is, IsNot, In, NotIn };
Node* make_comparison(Unit& unit, const Span& span, Comparison op, Node* left, Node* right);
Node* make_comparison_chain(Unit& unit, const Span& span, std::vector<Comparison> ops, Node* first,
                            Nodes others);

// ---- attributes and items (nodes_attribute.cpp, nodes_item.cpp)
Node* make_attribute(Unit& unit, const Span& span, Node* object, Str* name);
Target* make_attribute_target(Unit& unit, const Span& span, Node* object, Str* name);
Node* make_item(Unit& unit, const Span& span, Node* object, Node* key);
Target* make_item_target(Unit& unit, const Span& span, const Span& anchor, Node* object, Node* key);
Node* make_slice(Unit& unit, const Span& span, Node* start, Node* stop, Node* step);
Target* make_unpack_target(Unit& unit, const Span& span, std::vector<Target*> targets,
                           int32_t star);

// ---- calls (call.cpp)
struct CallArguments {
    Nodes positional;         // StarNode for *x
    std::vector<Str*> names;  // of the keywords; null for **x
    Nodes keywords;
    [[nodiscard]] bool simple() const;  // no stars
};
Node* make_starred(Unit& unit, const Span& span, Node* value);
Node* make_call(Unit& unit, const Span& span, Node* callee, CallArguments arguments);
Node* make_method_call(Unit& unit, const Span& span, const Span& attribute_span, Node* object,
                       Str* name, CallArguments arguments);
// super() without arguments: `callee` loads the name, `first` the first argument, `class_index` is
// the free cell of __class__.
Node* make_super_call(Unit& unit, const Span& span, Node* callee, uint32_t class_index);

// ---- displays (nodes_display.cpp, comprehension.cpp, fstring.cpp)
Node* make_spread_one(Unit& unit, const Span& span, Node* operand);
Node* make_tuple_display(Unit& unit, const Span& span, Nodes items);
Node* make_list_display(Unit& unit, const Span& span, Nodes items);
Node* make_set_display(Unit& unit, const Span& span, Nodes items);
Node* make_dict_display(Unit& unit, const Span& span, Nodes keys, Nodes values);
struct Clause {
    Target* target;
    Node* iterable;
    Nodes conditions;
    bool is_async;
};
enum class ComprehensionKind : uint8_t { List, Set, Dict };
Node* make_comprehension(Unit& unit, const Span& span, ComprehensionKind kind,
                         std::vector<Clause> clauses, Node* element, Node* value,
                         std::vector<uint32_t> locals, std::vector<uint32_t> cells);
// The body of a generator expression: loops, yields, ends. `slot` holds the first iterator.
Statement* make_generator_body(Unit& unit, const Span& span, std::vector<Clause> clauses,
                               Node* element, uint32_t slot);
Node* make_generator_expression(Unit& unit, const Span& span, FunctionCode* code, Node* iterable,
                                bool is_async, uint32_t slot);
struct FormatPart {
    Str* text = nullptr;    // either this
    Node* value = nullptr;  // or this
    char conversion = 0;
    Node* spec = nullptr;
    Span span = {};
};
Node* make_fstring(Unit& unit, const Span& span, std::vector<FormatPart> parts);

// ---- suspension (nodes_suspend.cpp)
Node* make_yield(Unit& unit, const Span& span, Node* value);
Node* make_yield_from(Unit& unit, const Span& span, Node* value);
Node* make_await(Unit& unit, const Span& span, Node* value);

// ---- functions and classes (nodes_function.cpp, class.cpp)
struct FunctionParts {
    FunctionCode* code;
    Nodes defaults;
    std::vector<Str*> keyword_names;
    Nodes keyword_defaults;  // of keyword_names
    std::vector<Str*> annotation_names;
    Nodes annotations;
    Node* type_params = nullptr;  // tuple of them, or null
};
Node* make_function_node(Unit& unit, const Span& span, FunctionParts parts);
struct ClassParts {
    Str* name;
    Str* qualname;
    FunctionCode* body;
    CallArguments arguments;
    Node* type_params = nullptr;
};
Node* make_class_node(Unit& unit, const Span& span, ClassParts parts);
Statement* make_class_body(Unit& unit, const Span& span, Statement* body, Str* qualname,
                           uint32_t first_line, Value static_attributes);
// Evaluates the decorators, then `inner`, then applies them, the last first.
Node* make_decorated(Unit& unit, const Span& span, Nodes decorators, Node* inner);
// Runs a nested body at once; the arguments go to its slots from `first_slot` on.
Node* make_nested_call(Unit& unit, const Span& span, FunctionCode* code, Nodes arguments,
                       uint32_t first_slot);
Node* make_typing_call(Unit& unit, const Span& span, const char* function, Nodes arguments);

// ---- simple statements (statements.cpp)
Statement* make_block(Unit& unit, const Span& span, Statements body);
Statement* make_expression_statement(Unit& unit, const Span& span, Node* value);
Statement* make_assign(Unit& unit, const Span& span, std::vector<Target*> targets, Node* value);
Statement* make_augmented_name(Unit& unit, const Span& span, BinaryOp op, Node* load,
                               Target* target, Node* value);
Statement* make_augmented_attribute(Unit& unit, const Span& span, BinaryOp op,
                                    const Span& target_span, Node* object, Str* name, Node* value);
Statement* make_augmented_item(Unit& unit, const Span& span, const Span& anchor, BinaryOp op,
                               const Span& target_span, Node* object, Node* key, Node* value);
Statement* make_delete(Unit& unit, const Span& span, std::vector<Target*> targets);
Statement* make_return(Unit& unit, const Span& span, Node* value);
Statement* make_pass(Unit& unit, const Span& span);
Statement* make_break(Unit& unit, const Span& span);
Statement* make_continue(Unit& unit, const Span& span);
Statement* make_assert(Unit& unit, const Span& span, Node* test, Node* message);
Statement* make_annotation(Unit& unit, const Span& span, Str* name, Node* annotation);
Statement* make_setup_annotations(Unit& unit, const Span& span);
// Interactive input: the value goes to sys.displayhook.
Statement* make_display_statement(Unit& unit, const Span& span, Node* value);
// `leaf`: `import a.b as c` binds a.b, otherwise a.
Statement* make_import(Unit& unit, const Span& span, Str* name, bool leaf, Target* target);
struct ImportName {
    Str* name;
    Target* target;
    Span span;
};
Statement* make_import_from(Unit& unit, const Span& span, Str* module, uint32_t level,
                            std::vector<ImportName> names);
Statement* make_import_star(Unit& unit, const Span& span, Str* module, uint32_t level);

// ---- compound statements (loops.cpp, exceptions_stmt.cpp, with_stmt.cpp, match.cpp)
Statement* make_if(Unit& unit, const Span& span, Node* test, Statement* body, Statement* orelse);
Statement* make_while(Unit& unit, const Span& span, Node* test, Statement* body, Statement* orelse);
Statement* make_for(Unit& unit, const Span& span, Target* target, Node* iterable, Statement* body,
                    Statement* orelse);
// for target in range(…), where `range` is a global name; `call` is the whole call.
Statement* make_for_range(Unit& unit, const Span& span, Target* target, Node* range,
                          Nodes arguments, Node* call, Statement* body, Statement* orelse);
Statement* make_async_for(Unit& unit, const Span& span, Target* target, Node* iterable,
                          Statement* body, Statement* orelse);
// The two halves of `async for`: aiter(source), and one awaited step, which ends with
// StopAsyncIteration pending.
[[nodiscard]] Value async_iterate(const Value& source);
[[nodiscard]] Value async_next(const Value& iterator);
struct Handler {
    Node* type;    // or null
    Target* name;  // or null
    Statement* body;
    Span span;
};
Statement* make_try_except(Unit& unit, const Span& span, Statement* body,
                           std::vector<Handler> handlers, Statement* orelse);
Statement* make_try_star(Unit& unit, const Span& span, Statement* body,
                         std::vector<Handler> handlers, Statement* orelse);
Statement* make_try_finally(Unit& unit, const Span& span, Statement* body, Statement* last);
Statement* make_raise(Unit& unit, const Span& span, Node* exception, Node* cause);
Statement* make_with(Unit& unit, const Span& span, Node* manager, Target* target, Statement* body,
                     bool is_async);

// ---- match (match.cpp)
struct Matcher : Piece {
    Span span;
    explicit Matcher(const Span& where) : span(where) {}
    // 1, 0, or -1 with an exception pending. What it captures is bound once the whole case matches.
    struct Capture {
        const Target* target;
        Value value;
    };
    using Captures = std::vector<Capture>;
    [[nodiscard]] virtual int match(ScriptFrame& frame, const Value& subject,
                                    Captures& captures) const = 0;
};
Matcher* make_match_value(Unit& unit, const Span& span, Node* value);
Matcher* make_match_singleton(Unit& unit, const Span& span, Value value);
Matcher* make_match_sequence(Unit& unit, const Span& span, std::vector<Matcher*> items,
                             int32_t star, Target* star_target);
Matcher* make_match_mapping(Unit& unit, const Span& span, Nodes keys,
                            std::vector<Matcher*> patterns, Target* rest);
Matcher* make_match_class(Unit& unit, const Span& span, Node* cls, std::vector<Matcher*> patterns,
                          std::vector<Str*> names, std::vector<Matcher*> named);
Matcher* make_match_as(Unit& unit, const Span& span, Matcher* pattern, Target* target);
Matcher* make_match_or(Unit& unit, const Span& span, std::vector<Matcher*> patterns);
struct Case {
    Matcher* pattern;
    Node* guard;
    Statement* body;
};
Statement* make_match(Unit& unit, const Span& span, Node* subject, std::vector<Case> cases);

}  // namespace loopglass::script::eval
