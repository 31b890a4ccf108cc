// Comprehensions, run in the frame they stand in (PEP 709), and generator expressions.
#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/script/generator.hpp"

namespace loopglass::script::eval {

using base::cat;

namespace {

// Runs the clauses from `index` on; `sink` gets one call for each combination and answers false to
// stop with an exception pending.
template <typename Sink>
class Clauses {
public:
    // `whole`: the comprehension, which is what fails where awaiting the next item does.
    Clauses(ScriptFrame& frame, const std::vector<Clause>& clauses, Sink& sink, const Span& whole)
        : frame_(frame), clauses_(clauses), sink_(sink), whole_(whole) {}

    // `iterable` is that of the clause at `index`; `where` its node, for errors.
    // Where `begun` it is the iterator already: __iter__ is not asked twice.
    bool run_from(size_t index, Value iterable, const Node* where, bool begun = false) {
        const Clause& clause = clauses_[index];
        if (clause.is_async) return run_async(index, iterable, where);
        if (value::is_exact<List>(iterable)) {
            const auto* list = value::cast<List>(iterable);
            for (size_t i = 0; i < list->items.size(); ++i)
                if (!round(index, list->items[i])) return false;
            return true;
        }
        if (const auto* range = small_range(iterable)) {
            int64_t number = range->first;
            for (int64_t i = 0; i < range->count; ++i, number += range->stride)
                if (!round(index, Value::small(number))) return false;
            return true;
        }
        const Value iterator = begun ? iterable : value::iterate(iterable);
        if (!iterator) return fail(frame_, where), false;
        iterable = Value();
        auto* const next = iterator.type()->slots.next;
        while (Value item = next(iterator))
            if (!round(index, std::move(item))) return false;
        return !value::raised() || fail(frame_, where);
    }

private:
    static const value::Range* small_range(const Value& iterable) {
        if (!value::is_exact<value::Range>(iterable)) return nullptr;
        const auto* range = value::cast<value::Range>(iterable);
        return range->small ? range : nullptr;
    }

    bool run_async(size_t index, Value source, const Node* where) {
        const Value iterator = async_iterate(source);
        if (!iterator) return fail(frame_, where), false;
        source = Value();
        for (;;) {
            Value item = async_next(iterator);
            if (!item)
                return value::clear_raised_if(value::errors::StopAsyncIteration) ||
                       fail(frame_, whole_);
            if (!round(index, std::move(item))) return false;
        }
    }

    bool round(size_t index, Value item) {
        const Clause& clause = clauses_[index];
        if (!burn()) return fail(frame_, clause.target->span), false;
        if (!clause.target->store(frame_, std::move(item))) return false;
        for (const Node* condition : clause.conditions) {
            const int truth = condition->test(frame_);
            if (truth <= 0) return truth == 0;
        }
        if (index + 1 == clauses_.size()) return sink_();
        const Node* iterable = clauses_[index + 1].iterable;
        Value value = run(iterable, frame_);
        return value && run_from(index + 1, std::move(value), iterable);
    }

    ScriptFrame& frame_;
    const std::vector<Clause>& clauses_;
    Sink& sink_;
    const Span& whole_;
};

template <ComprehensionKind Kind>
struct Comprehension final : Node {
    std::vector<Clause> clauses;
    const Node *element, *value_node;
    std::vector<uint32_t> locals, cells;  // its own slots in the frame
    Comprehension(const Span& where, std::vector<Clause> its_clauses, const Node* its_element,
                  const Node* its_value, std::vector<uint32_t> its_locals,
                  std::vector<uint32_t> its_cells)
        : Node(where),
          clauses(std::move(its_clauses)),
          element(its_element),
          value_node(its_value),
          locals(std::move(its_locals)),
          cells(std::move(its_cells)) {}

    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value iterable = run(clauses[0].iterable, frame);
        if (!iterable) return 0;
        const uint32_t first_cell = frame.script_code()->locals;
        for (const uint32_t cell : cells)
            frame.slots[first_cell + cell] = Value(value::make<value::Cell>());
        Value made = make();
        auto sink = [&] { return add(frame, made); };
        const bool fine = Clauses(frame, clauses, sink, span)
                              .run_from(0, std::move(iterable), clauses[0].iterable);
        for (const uint32_t local : locals) frame.slots[local] = Value();
        for (const uint32_t cell : cells) frame.slots[first_cell + cell] = Value();
        return fine ? made.detach() : 0;
    }

    static Value make() {
        if constexpr (Kind == ComprehensionKind::List) return Value(value::make_list());
        if constexpr (Kind == ComprehensionKind::Set) return Value(value::make_set());
        return Value(value::make_dict());
    }

    bool add(ScriptFrame& frame, const Value& made) const {
        Value item = run(element, frame);
        if (!item) return false;
        if constexpr (Kind == ComprehensionKind::List) {
            value::cast<List>(made)->items.push_back(std::move(item));
            return true;
        }
        if constexpr (Kind == ComprehensionKind::Set)
            return value::set_add(value::cast<Set>(made), item) || fail(frame, element);
        Value mapped = run(value_node, frame);
        if (!mapped) return false;
        return value::dict_set(value::cast<Dict>(made), item, std::move(mapped)) ||
               fail(frame, element);
    }
};

// The body of a generator expression; its first iterable (already an iterator) is argument 0.
struct GeneratorBody final : Statement {
    std::vector<Clause> clauses;
    const Node* element;
    uint32_t slot;
    GeneratorBody(const Span& where, std::vector<Clause> its_clauses, const Node* its_element,
                  uint32_t its_slot)
        : Statement(where), clauses(std::move(its_clauses)), element(its_element), slot(its_slot) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        frame.at = &span;
        auto sink = [&] {
            Value value = run(element, frame);
            if (!value) return false;
            return yield_value(frame, std::move(value)) || fail(frame, element);
        };
        Value source = std::move(frame.slots[slot]);
        return Clauses(frame, clauses, sink, span)
                       .run_from(0, std::move(source), clauses[0].iterable, true)
                   ? Status::Normal
                   : Status::Raised;
    }
};

// (… for x in iterable): makes the generator, with the iterator of the first clause.
struct GeneratorExpression final : Node {
    FunctionCode* code;
    const Node* iterable;
    bool is_async;  // of the first clause
    uint32_t slot;
    GeneratorExpression(const Span& where, FunctionCode* its_code, const Node* its_iterable,
                        bool async, uint32_t its_slot)
        : Node(where), code(its_code), iterable(its_iterable), is_async(async), slot(its_slot) {}
    [[nodiscard]] Word eval(ScriptFrame& frame) const override {
        Value source = run(iterable, frame);
        if (!source) return 0;
        Value first = is_async ? async_iterate(source) : value::iterate(source);
        if (!first) return fail(frame, iterable);
        // An async clause takes the iterable again by its own __aiter__, which answers itself.
        const Ref<Function> function = close_over(frame, code);
        Value* slots = LOOPGLASS_SLOTS(code->frame_size);
        slots[slot] = std::move(first);
        const Word result = code->enter(function.get(), slots);
        return result ? result : fail(frame, this);
    }
};

}  // namespace

Node* make_comprehension(Unit& unit, const Span& span, ComprehensionKind kind,
                         std::vector<Clause> clauses, Node* element, Node* value,
                         std::vector<uint32_t> locals, std::vector<uint32_t> cells) {
    const auto make = [&]<ComprehensionKind Kind>() -> Node* {
        return unit.add<Comprehension<Kind>>(span, std::move(clauses), element, value,
                                             std::move(locals), std::move(cells));
    };
    switch (kind) {
        case ComprehensionKind::List:
            return make.operator()<ComprehensionKind::List>();
        case ComprehensionKind::Set:
            return make.operator()<ComprehensionKind::Set>();
        default:
            return make.operator()<ComprehensionKind::Dict>();
    }
}

Statement* make_generator_body(Unit& unit, const Span& span, std::vector<Clause> clauses,
                               Node* element, uint32_t slot) {
    return unit.add<GeneratorBody>(span, std::move(clauses), element, slot);
}

Node* make_generator_expression(Unit& unit, const Span& span, FunctionCode* code, Node* iterable,
                                bool is_async, uint32_t slot) {
    return unit.add<GeneratorExpression>(span, code, iterable, is_async, slot);
}

}  // namespace loopglass::script::eval
