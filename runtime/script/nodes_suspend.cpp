// yield, yield from, await.
#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/script/generator.hpp"

namespace loopglass::script::eval {

using base::cat;

namespace {

struct YieldNode final : Node {
    const Node* node;  // or null
    YieldNode(const Span& where, const Node* its_value) : Node(where), node(its_value) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value value = node ? run(node, frame) : value::none();
        if (!value) return 0;
        const Word sent = yield_value(frame, std::move(value)).detach();
        return __builtin_expect(sent != 0, 1) ? sent : fail(frame, this);
    }
};

struct YieldFromNode final : Node {
    const Node* node;
    YieldFromNode(const Span& where, const Node* its_value) : Node(where), node(its_value) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        const Value source = run(node, frame);
        if (!source) return 0;
        const Value iterator = delegate_iterator(frame, source);
        if (!iterator) return fail(frame, this);
        const Word result = loop::delegate(iterator).detach();
        return result ? result : fail(frame, this);
    }
};

struct AwaitNode final : Node {
    const Node* node;
    AwaitNode(const Span& where, const Node* its_value) : Node(where), node(its_value) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override { return node->await(frame, this); }
};

}  // namespace

Value delegate_iterator(const ScriptFrame& frame, const Value& source) {
    if (!value::is<loop::Coroutine>(source)) return value::iterate(source);
    if (frame.script_code()->flags & (kCoroutine | kIterableCoroutine)) return source;
    return value::raise(value::errors::TypeError,
                        "cannot 'yield from' a coroutine object in a non-coroutine generator");
}

Word await_value(ScriptFrame& frame, const Value& awaitable, const Node* awaiting) {
    if (__builtin_expect(!awaitable, 0)) return 0;
    frame.at = &awaiting->span;
    const Word result = loop::await(awaitable).detach();
    return __builtin_expect(result != 0, 1) ? result : fail(frame, awaiting);
}
Word Node::await(ScriptFrame& frame, const Node* awaiting) const {
    return await_value(frame, run(this, frame), awaiting);
}

Node* make_yield(Unit& unit, const Span& span, Node* value) {
    return unit.add<YieldNode>(span, value);
}
Node* make_yield_from(Unit& unit, const Span& span, Node* value) {
    return unit.add<YieldFromNode>(span, value);
}
Node* make_await(Unit& unit, const Span& span, Node* value) {
    return unit.add<AwaitNode>(span, value);
}

}  // namespace loopglass::script::eval
