// Executable nodes: the tree a body is compiled to. Expressions answer an owned value or 0 with an
// exception pending; statements answer a Status. A node where an operation fails adds the frame to
// the traceback (fail); nodes above it only pass the failure on.
#pragma once

#include "runtime/script/frame.hpp"

namespace loopglass::script::eval {

enum class NodeKind : uint8_t { Other, Local, Const, Global, Starred };

struct Node : Piece {
    Span span;
    Span anchor = {};  // what carets mark inside the span: an operator, brackets; line 0: nothing
    NodeKind kind = NodeKind::Other;

    explicit Node(const Span& where, NodeKind what = NodeKind::Other) : span(where), kind(what) {}
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    [[nodiscard]] virtual Word eval(ScriptFrame& frame) const = 0;
    // Its truth: 1, 0, -1. Comparisons need no bool object for it.
    [[nodiscard]] virtual int test(ScriptFrame& frame) const;
    // `await` of it, as the node `awaiting` says. Calls of native async functions need no coroutine
    // for it.
    [[nodiscard]] virtual Word await(ScriptFrame& frame, const Node* awaiting) const;
};

[[nodiscard]] inline Value run(const Node* node, ScriptFrame& frame) {
    return Value::from_bits(node->eval(frame));
}

// Awaits what the node made; an empty value: that failed.
[[nodiscard]] Word await_value(ScriptFrame& frame, const Value& awaitable, const Node* awaiting);

enum class Status : uint8_t { Normal, Return, Break, Continue, Raised };

struct Statement : Piece {
    Span span;

    explicit Statement(const Span& where) : span(where) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    [[nodiscard]] virtual Status exec(ScriptFrame& frame) const = 0;
};

// Where an assignment puts a value.
struct Target : Piece {
    Span span;

    explicit Target(const Span& where) : span(where) {}
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    [[nodiscard]] virtual bool store(ScriptFrame& frame, Value value) const = 0;
    // `del target`; the target knows nothing else.
    [[nodiscard]] virtual bool remove(ScriptFrame& frame) const = 0;
    // The local slot, if it is one.
    [[nodiscard]] virtual int32_t local_slot() const { return -1; }
};

// Adds `frame` to the pending exception's traceback; answers 0 so that it can be returned.
[[gnu::noinline, gnu::cold]] Word fail(ScriptFrame& frame, const Span& span,
                                       const Span& anchor = {});
[[gnu::noinline, gnu::cold]] Word fail(ScriptFrame& frame, const Node* node);
[[gnu::noinline, gnu::cold]] Word fail_unbound_local(ScriptFrame& frame, uint32_t slot,
                                                     const Span& span);
[[gnu::noinline, gnu::cold]] Word fail_name(ScriptFrame& frame, Str* name, const Span& span);

// ---- the nodes that others look into
// --------------------------------------------------------------------------

struct LocalNode final : Node {
    uint32_t slot;
    LocalNode(const Span& where, uint32_t its_slot)
        : Node(where, NodeKind::Local), slot(its_slot) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value& value = frame.slots[slot];
        if (__builtin_expect(!value, 0)) return fail_unbound_local(frame, slot, span);
        return Value(value).detach();
    }
};

struct ConstNode final : Node {
    Value value;
    ConstNode(const Span& where, Value its_value)
        : Node(where, NodeKind::Const), value(std::move(its_value)) {}
    [[nodiscard]] Word eval(ScriptFrame&) const override { return Value(value).detach(); }
};

// A global name, with where it stood last time among the globals or the builtins.
struct GlobalNode final : Node {
    Str* name;
    bool cache_misses;  // may remember that the globals do not have the name
    mutable int32_t position = -1;
    mutable int32_t builtin_position = -1;
    mutable Dict* missed_in = nullptr;  // the globals that did not have it, and their version
    mutable uint32_t missed_version = 0;

    GlobalNode(const Span& where, Str* its_name, bool may_cache_misses)
        : Node(where, NodeKind::Global), name(its_name), cache_misses(may_cache_misses) {}
    // Borrowed; null with a NameError pending (traceback added).
    [[nodiscard]] const Value* find(ScriptFrame& frame) const {
        const Dict* globals = frame.globals;
        if (__builtin_expect(static_cast<uint32_t>(position) < globals->used, 1)) {
            const value::DictEntry& entry = globals->entries[position];
            if (__builtin_expect(entry.key.is(name), 1)) return &entry.value;
        } else if (missed_in == globals && missed_version == globals->version) {
            const Dict* builtins = frame.builtins;
            if (static_cast<uint32_t>(builtin_position) < builtins->used) {
                const value::DictEntry& entry = builtins->entries[builtin_position];
                if (__builtin_expect(entry.key.is(name), 1)) return &entry.value;
            }
        }
        return find_slowly(frame);
    }
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value* value = find(frame);
        return __builtin_expect(value != nullptr, 1) ? Value(*value).detach() : 0;
    }

private:
    [[gnu::noinline]] const Value* find_slowly(ScriptFrame& frame) const;
};

// ---- operands: how a node reads a part without counting references where it need not
// ------------------------------

// A local read in place: nothing may run between reading and use that could assign it.
struct LocalOperand {
    const Node* node;
    uint32_t slot;
    explicit LocalOperand(const Node* its_node)
        : node(its_node), slot(static_cast<const LocalNode*>(its_node)->slot) {}
    [[nodiscard]] const Value* get(ScriptFrame& frame, Value&) const {
        const Value* value = &frame.slots[slot];
        if (__builtin_expect(!*value, 0)) return (void)node->eval(frame), nullptr;
        return value;
    }
};
struct ConstOperand {
    const ConstNode* node;
    explicit ConstOperand(const Node* its_node) : node(static_cast<const ConstNode*>(its_node)) {}
    [[nodiscard]] const Value* get(ScriptFrame&, Value&) const { return &node->value; }
};
struct NodeOperand {
    const Node* node;
    explicit NodeOperand(const Node* its_node) : node(its_node) {}
    [[nodiscard]] const Value* get(ScriptFrame& frame, Value& storage) const {
        storage = Value::from_bits(node->eval(frame));
        return __builtin_expect(static_cast<bool>(storage), 1) ? &storage : nullptr;
    }
};

[[nodiscard]] inline bool both_small(const Value& a, const Value& b) {
    return a.bits() & b.bits() & 1;
}
// The class of a class (Type::type is the class `type`).
[[nodiscard]] inline Type* metatype_of(const Type* type) {
    return static_cast<const Object*>(type)->type;
}
// The frame's cell by its index (behind the locals).
[[nodiscard]] inline value::Cell* frame_cell(const ScriptFrame& frame, uint32_t index) {
    return value::cast<value::Cell>(frame.slots[frame.script_code()->locals + index]);
}
[[nodiscard]] inline int truth_of(const Value& value) {
    if (value.is(value::g_true)) return 1;
    if (value.is(value::g_false) || value.is(value::g_none)) return 0;
    if (value.is_small()) return value.small() != 0;
    return value::truth(value);
}

// Sets what sys.exception() answers for a stretch of code, and puts it back.
class Handling {
public:
    explicit Handling(Value exception) : saved_(std::move(g_thread.handled)) {
        g_thread.handled = std::move(exception);
    }
    ~Handling() { g_thread.handled = std::move(saved_); }
    Handling(const Handling&) = delete;
    Handling& operator=(const Handling&) = delete;

private:
    Value saved_;
};

}  // namespace loopglass::script::eval
