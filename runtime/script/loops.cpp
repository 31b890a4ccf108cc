// if, while, for, async for.
#include <memory>
#include <utility>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/script/step.hpp"

namespace loopglass::script::eval {

using base::cat;
using loop::Rule;

namespace {

struct If final : Statement {
    const Node* condition;
    const Statement *body, *orelse;
    If(const Span& where, const Node* test, const Statement* then, const Statement* otherwise)
        : Statement(where), condition(test), body(then), orelse(otherwise) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const int truth = condition->test(frame);
        if (__builtin_expect(truth < 0, 0)) return Status::Raised;
        if (truth) return body->exec(frame);
        return orelse ? orelse->exec(frame) : Status::Normal;
    }
};

// The script ran out of fuel and must end: the loop's frame belongs to the traceback.
Status stopped(ScriptFrame& frame, const Span& span) {
    return fail(frame, span), Status::Raised;
}

struct While final : Statement {
    const Node* condition;
    const Statement *body, *orelse;
    While(const Span& where, const Node* test, const Statement* its_body,
          const Statement* otherwise)
        : Statement(where), condition(test), body(its_body), orelse(otherwise) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        for (;;) {
            const int truth = condition->test(frame);
            if (__builtin_expect(truth < 0, 0)) return Status::Raised;
            if (!truth) break;
            const Status status = body->exec(frame);
            if (__builtin_expect(status != Status::Normal, 0)) {
                if (status == Status::Break) return Status::Normal;
                if (status != Status::Continue) return status;
            }
            if (!burn()) return stopped(frame, span);
            step(frame, span);
        }
        return orelse ? orelse->exec(frame) : Status::Normal;
    }
};

// The parts every for loop has.
struct Loop : Statement {
    const Target* target;
    int32_t slot;  // of the target, if it is a local
    const Statement *body, *orelse;
    Loop(const Span& where, const Target* its_target, const Statement* its_body,
         const Statement* otherwise)
        : Statement(where),
          target(its_target),
          slot(its_target->local_slot()),
          body(its_body),
          orelse(otherwise) {}

    [[gnu::always_inline]] bool assign(ScriptFrame& frame, Value item) const {
        if (__builtin_expect(slot >= 0, 1)) {
            frame.slots[slot] = std::move(item);
            return true;
        }
        return target->store(frame, std::move(item));
    }
    // One round; Normal means: go on.
    [[gnu::always_inline]] Status round(ScriptFrame& frame, Value item) const {
        if (!assign(frame, std::move(item))) return Status::Raised;
        const Status status = body->exec(frame);
        if (__builtin_expect(status != Status::Normal, 0) && status != Status::Continue)
            return status;
        if (!burn()) return stopped(frame, span);
        step(frame, span);
        return Status::Normal;
    }
    Status finish(ScriptFrame& frame) const {
        return orelse ? orelse->exec(frame) : Status::Normal;
    }
    static Status leave(Status status) { return status == Status::Break ? Status::Normal : status; }

    Status over_list(ScriptFrame& frame, const Value& iterable) const {
        const auto* list = value::cast<List>(iterable);
        for (size_t i = 0; i < list->items.size(); ++i) {
            const Status status = round(frame, list->items[i]);
            if (status != Status::Normal) return leave(status);
        }
        return finish(frame);
    }
    Status over_tuple(ScriptFrame& frame, const Value& iterable) const {
        const auto* tuple = value::cast<Tuple>(iterable);
        for (size_t i = 0; i < tuple->size; ++i) {
            const Status status = round(frame, (*tuple)[i]);
            if (status != Status::Normal) return leave(status);
        }
        return finish(frame);
    }
    Status over_numbers(ScriptFrame& frame, int64_t first, int64_t stride, int64_t count) const {
        int64_t number = first;
        for (int64_t i = 0; i < count; ++i, number += stride) {
            const Status status = round(frame, Value::small(number));
            if (status != Status::Normal) return leave(status);
        }
        return finish(frame);
    }
    // Any iterable; `where` is the iterable's node, for errors.
    Status over(ScriptFrame& frame, Value iterable, const Node* where) const {
        if (value::is_exact<List>(iterable)) return over_list(frame, iterable);
        if (value::is_exact<Tuple>(iterable)) return over_tuple(frame, iterable);
        const Value iterator = value::iterate(iterable);
        if (!iterator) return fail(frame, where), Status::Raised;
        iterable = Value();  // the iterator keeps what it needs
        auto* const next = iterator.type()->slots.next;
        for (;;) {
            Value item = next(iterator);
            if (!item) {
                if (!value::raised()) break;
                return fail(frame, where), Status::Raised;
            }
            const Status status = round(frame, std::move(item));
            if (status != Status::Normal) return leave(status);
        }
        return finish(frame);
    }
};

struct For final : Loop {
    const Node* iterable;
    For(const Span& where, const Target* its_target, const Node* its_iterable,
        const Statement* its_body, const Statement* otherwise)
        : Loop(where, its_target, its_body, otherwise), iterable(its_iterable) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        Value value = run(iterable, frame);
        if (!value) return Status::Raised;
        return over(frame, std::move(value), iterable);
    }
};

// for x in range(…): no range object, no iterator, if `range` is the builtin.
struct ForRange final : Loop {
    const GlobalNode* range;
    Nodes arguments;
    const Node* call;
    ForRange(const Span& where, const Target* its_target, const GlobalNode* its_range,
             Nodes its_arguments, const Node* its_call, const Statement* its_body,
             const Statement* otherwise)
        : Loop(where, its_target, its_body, otherwise),
          range(its_range),
          arguments(std::move(its_arguments)),
          call(its_call) {}

    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const Value* callee = range->find(frame);
        if (!callee) return Status::Raised;
        if (!callee->is(value::Range::type)) {
            Value value = run(call, frame);
            return value ? over(frame, std::move(value), call) : Status::Raised;
        }
        Value values[3];
        for (size_t i = 0; i < arguments.size(); ++i) {
            values[i] = run(arguments[i], frame);
            if (!values[i]) return Status::Raised;
        }
        int64_t first, stride, count;
        if (plan(values, first, stride, count)) return over_numbers(frame, first, stride, count);
        Value made =
            value::call(Value::share(value::Range::type), Args{values, arguments.size(), nullptr});
        if (!made) return fail(frame, call), Status::Raised;
        return over(frame, std::move(made), call);
    }

    // False where the numbers are not small enough (or no numbers at all).
    bool plan(const Value* values, int64_t& first, int64_t& stride, int64_t& count) const {
        constexpr int64_t kLimit = int64_t{1} << 60;
        for (size_t i = 0; i < arguments.size(); ++i)
            if (!values[i].is_small() || values[i].small() > kLimit || values[i].small() < -kLimit)
                return false;
        first = arguments.size() > 1 ? values[0].small() : 0;
        const int64_t stop = values[arguments.size() > 1 ? 1 : 0].small();
        stride = arguments.size() > 2 ? values[2].small() : 1;
        if (stride == 0) return false;
        const int64_t distance = stride > 0 ? stop - first : first - stop;
        const int64_t width = stride > 0 ? stride : -stride;
        count = distance <= 0 ? 0 : (distance + width - 1) / width;
        return true;
    }
};

struct AsyncFor final : Loop {
    const Node* iterable;
    AsyncFor(const Span& where, const Target* its_target, const Node* its_iterable,
             const Statement* its_body, const Statement* otherwise)
        : Loop(where, its_target, its_body, otherwise), iterable(its_iterable) {}
    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        Value source = run(iterable, frame);
        if (!source) return Status::Raised;
        const Value iterator = async_iterate(source);
        if (!iterator) return fail(frame, iterable), Status::Raised;
        source = Value();
        if (loop::ruled(Rule::ForWorksAhead)) return work_ahead(frame, iterator);
        if (loop::ruled(Rule::ForCollectsFirst)) return collect_first(frame, iterator);
        if (loop::ruled(Rule::ForRoundsOverlap)) return overlap_rounds(frame, iterator);
        for (;;) {
            Value item = next(frame, iterator);
            if (!item) return over(frame);
            const Status status = round(frame, std::move(item));
            if (status != Status::Normal) return leave(status);
        }
    }

private:
    Value next(ScriptFrame& frame, const Value& iterator) const {
        frame.at = &iterable->span;
        return async_next(iterator);
    }
    // There is no next item: the end, or an error of the loop as a whole.
    Status over(ScriptFrame& frame) const {
        if (value::clear_raised_if(value::errors::StopAsyncIteration)) return finish(frame);
        return fail(frame, span), Status::Raised;
    }

    // --- as wrong ideas have it
    // --------------------------------------------------------------------------
    Status work_ahead(ScriptFrame& frame, const Value& iterator) const {
        Value item = next(frame, iterator);
        while (item) {
            const Value ahead =
                loop::begin_in_background("next item", [iterator] { return async_next(iterator); });
            if (!ahead) return Status::Raised;
            const Status status = round(frame, std::move(item));
            if (status != Status::Normal) return leave(status);
            frame.at = &iterable->span;
            item = loop::await(ahead);
        }
        return over(frame);
    }
    Status collect_first(ScriptFrame& frame, const Value& iterator) const {
        std::vector<Value> items;
        while (Value item = next(frame, iterator)) items.push_back(std::move(item));
        if (!value::clear_raised_if(value::errors::StopAsyncIteration)) return over(frame);
        for (Value& item : items) {
            const Status status = round(frame, std::move(item));
            if (status != Status::Normal) return leave(status);
        }
        return finish(frame);
    }
    // Every round in a task of its own, with locals of its own.
    struct Round {
        std::vector<Value> slots;
        ScriptFrame frame;
        Round(const ScriptFrame& from, size_t count)
            : slots(from.slots, from.slots + count), frame(from) {
            frame.slots = slots.data();
            frame.object = Value();
            frame.recorded = 0;
            frame.back = nullptr;
        }
    };
    Status overlap_rounds(ScriptFrame& frame, const Value& iterator) const {
        std::vector<Value> tasks;
        while (Value item = next(frame, iterator)) {
            auto its = std::make_shared<Round>(frame, frame.script_code()->frame_size);
            if (!assign(its->frame, std::move(item))) return Status::Raised;
            tasks.push_back(loop::begin_in_background("round", [this, its] {
                its->frame.back = std::exchange(value::g_thread.frame, &its->frame);
                const Status status = body->exec(its->frame);
                value::g_thread.frame = its->frame.back;  // whoever resumed it last
                return status == Status::Raised ? Value() : value::none();
            }));
            if (!tasks.back()) return Status::Raised;
        }
        if (!value::clear_raised_if(value::errors::StopAsyncIteration)) return over(frame);
        for (const Value& task : tasks)
            if (!loop::await(task)) return fail(frame, iterable), Status::Raised;
        return finish(frame);
    }
};

const Name kAnext("__anext__");

}  // namespace

Value async_iterate(const Value& source) {
    const Type* type = source.type();
    if (!type->slots.aiter)
        return value::raise(value::errors::TypeError,
                            cat("'async for' requires an object with __aiter__ method, got ",
                                value::type_name(source)));
    Value iterator = type->slots.aiter(source);
    if (iterator && !iterator.type()->slots.anext && !value::type_lookup(iterator.type(), kAnext))
        return value::raise(
            value::errors::TypeError,
            cat("'async for' received an object from __aiter__ that does not implement __anext__: ",
                value::type_name(iterator)));
    return iterator;
}

Value async_next(const Value& iterator) {
    auto* const step = iterator.type()->slots.anext;
    const Value awaitable = step ? step(iterator) : value::call_method(iterator, kAnext);
    if (!awaitable) return Value();
    if (!awaitable.type()->slots.await) {
        value::raise(value::errors::TypeError,
                     cat("'async for' received an invalid object from __anext__: ",
                         value::type_name(awaitable)));
        return Value();
    }
    return loop::await(awaitable);
}

Statement* make_if(Unit& unit, const Span& span, Node* test, Statement* body, Statement* orelse) {
    return unit.add<If>(span, test, body, orelse);
}
Statement* make_while(Unit& unit, const Span& span, Node* test, Statement* body,
                      Statement* orelse) {
    return unit.add<While>(span, test, body, orelse);
}
Statement* make_for(Unit& unit, const Span& span, Target* target, Node* iterable, Statement* body,
                    Statement* orelse) {
    return unit.add<For>(span, target, iterable, body, orelse);
}
Statement* make_for_range(Unit& unit, const Span& span, Target* target, Node* range,
                          Nodes arguments, Node* call, Statement* body, Statement* orelse) {
    return unit.add<ForRange>(span, target, static_cast<GlobalNode*>(range), std::move(arguments),
                              call, body, orelse);
}
Statement* make_async_for(Unit& unit, const Span& span, Target* target, Node* iterable,
                          Statement* body, Statement* orelse) {
    return unit.add<AsyncFor>(span, target, iterable, body, orelse);
}

}  // namespace loopglass::script::eval
