// raise, try/except, try/finally.
#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/script/exception_matching.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/script/step.hpp"

namespace loopglass::script::eval {

using base::cat;
using value::errors::TypeError;

// What `raise x` and `from x` turn x into: an instance, or empty with an exception pending.
static Value exception_instance(const Value& thing, const char* complaint) {
    if (value::is_exception(thing, value::errors::BaseException)) return thing;
    const bool is_class = value::is<Type>(thing) &&
                          value::is_subtype(value::cast<Type>(thing), value::errors::BaseException);
    if (!is_class) return value::raise(TypeError, complaint);
    Value made = value::call(thing);
    if (made && !value::is_exception(made, value::errors::BaseException)) {
        const Ref<Str> text = value::repr(thing);
        return text ? value::raise(TypeError,
                                   cat("calling ", text->view(),
                                       " should have returned an instance of BaseException, not ",
                                       value::cast<Str>(Value(made.type()->name))->view()))
                    : Value();
    }
    return made;
}

int exception_matches(const Value& exception, const Value& type) {
    if (value::is<Tuple>(type)) {
        const auto* tuple = value::cast<Tuple>(type);
        for (size_t i = 0; i < tuple->size; ++i)
            if (!is_exception_class((*tuple)[i])) return refuse_handler_type(), -1;
        for (size_t i = 0; i < tuple->size; ++i)
            if (value::is_subtype(exception.type(), value::cast<Type>((*tuple)[i]))) return 1;
        return 0;
    }
    if (!is_exception_class(type)) return refuse_handler_type(), -1;
    if (loop::ruled(loop::Rule::ExceptCatchesCancel) && type.is(value::errors::Exception) &&
        value::is_subtype(exception.type(), loop::errors::CancelledError))
        return 1;
    return value::is_subtype(exception.type(), value::cast<Type>(type));
}

bool is_exception_class(const Value& value) {
    return value::is<Type>(value) &&
           value::is_subtype(value::cast<Type>(value), value::errors::BaseException);
}

void refuse_handler_type() {
    value::raise(TypeError,
                 "catching classes that do not inherit from BaseException is not allowed");
}

void unbind_handler_name(ScriptFrame& frame, const Target* name) {
    // As CPython: set to None first, so that a `del e` in the body does no harm.
    const Value pending = value::take_raised();
    if (!name->store(frame, value::none()) || !name->remove(frame)) value::clear_raised();
    if (pending) value::restore_raised(pending);
}

namespace {

struct Raise final : Statement {
    const Node *exception, *cause;
    Raise(const Span& where, const Node* its_exception, const Node* its_cause)
        : Statement(where), exception(its_exception), cause(its_cause) {}

    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        if (!exception) return raise_again(frame);
        Value thing = run(exception, frame);
        if (!thing) return Status::Raised;
        Value origin;
        if (cause) {
            origin = run(cause, frame);
            if (!origin) return Status::Raised;
        }
        const Value instance =
            exception_instance(thing, "exceptions must derive from BaseException");
        if (!instance || (cause && !set_cause(instance, origin)))
            return fail(frame, span), Status::Raised;
        thing = Value();
        value::raise_value(instance);
        return fail(frame, span), Status::Raised;
    }

    Status raise_again(ScriptFrame& frame) const {
        const Value handled = g_thread.handled;
        if (!handled || value::is_none(handled)) {
            value::raise(value::errors::RuntimeError, "No active exception to reraise");
            return fail(frame, span), Status::Raised;
        }
        value::restore_raised(handled);
        return Status::Raised;
    }

    static bool set_cause(const Value& instance, const Value& origin) {
        auto* raised = value::cast<value::Exception>(instance);
        if (value::is_none(origin)) {
            raised->cause = Value();
        } else {
            Value made =
                exception_instance(origin, "exception causes must derive from BaseException");
            if (!made) return false;
            raised->cause = std::move(made);
        }
        raised->suppress_context = true;
        return true;
    }
};

struct TryExcept final : Statement {
    const Statement *body, *orelse;
    std::vector<Handler> handlers;
    TryExcept(const Span& where, const Statement* its_body, std::vector<Handler> its_handlers,
              const Statement* otherwise)
        : Statement(where), body(its_body), orelse(otherwise), handlers(std::move(its_handlers)) {}

    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const Status status = body->exec(frame);
        if (__builtin_expect(status == Status::Raised, 0)) return handle(frame);
        if (status != Status::Normal || !orelse) return status;
        return orelse->exec(frame);
    }

    [[gnu::noinline]] Status handle(ScriptFrame& frame) const {
        if (loop::abandoning()) return Status::Raised;
        Value exception = value::take_raised();
        const Target* name = nullptr;
        Status status;
        {
            Handling handling(exception);
            const Handler* handler = nullptr;
            status = choose(frame, exception, handler);
            if (status == Status::Normal) {
                name = handler->name;
                if (name && !name->store(frame, std::move(exception)))
                    status = Status::Raised;
                else {
                    exception = Value();
                    status = handler->body->exec(frame);
                }
            }
        }
        if (name) unbind_handler_name(frame, name);
        return status;
    }

    // Normal: `handler` is the one. Raised: none matched (the exception is pending again), or the
    // choice itself failed.
    Status choose(ScriptFrame& frame, const Value& exception, const Handler*& handler) const {
        for (const Handler& candidate : handlers) {
            handler = &candidate;
            if (!candidate.type) return Status::Normal;
            step(frame, candidate.span);
            const Value type = run(candidate.type, frame);
            if (!type) return Status::Raised;
            const int matches = exception_matches(exception, type);
            if (matches < 0) return fail(frame, candidate.type), Status::Raised;
            if (matches) return Status::Normal;
        }
        value::restore_raised(exception);
        return Status::Raised;
    }
};

struct TryFinally final : Statement {
    const Statement *body, *last;
    TryFinally(const Span& where, const Statement* its_body, const Statement* its_last)
        : Statement(where), body(its_body), last(its_last) {}

    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const Status status = body->exec(frame);
        if (status == Status::Raised) return after_exception(frame);
        Value result = std::move(frame.result);
        const Status outcome = last->exec(frame);
        if (outcome != Status::Normal) return outcome;
        frame.result = std::move(result);
        return status;
    }

    [[gnu::noinline]] Status after_exception(ScriptFrame& frame) const {
        if (loop::abandoning()) return Status::Raised;
        if (loop::ruled(loop::Rule::CancelSkipsFinally) &&
            value::raised_is(loop::errors::CancelledError))
            return Status::Raised;
        const Value exception = value::take_raised();
        Handling handling(exception);
        const Status outcome = last->exec(frame);
        if (outcome != Status::Normal) return outcome;
        value::restore_raised(exception);
        return Status::Raised;
    }
};

}  // namespace

Statement* make_raise(Unit& unit, const Span& span, Node* exception, Node* cause) {
    return unit.add<Raise>(span, exception, cause);
}
Statement* make_try_except(Unit& unit, const Span& span, Statement* body,
                           std::vector<Handler> handlers, Statement* orelse) {
    return unit.add<TryExcept>(span, body, std::move(handlers), orelse);
}
Statement* make_try_finally(Unit& unit, const Span& span, Statement* body, Statement* last) {
    return unit.add<TryFinally>(span, body, last);
}

}  // namespace loopglass::script::eval
