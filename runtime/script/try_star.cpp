// except*: splitting groups over the handlers and putting together what is left. The rules are
// CPython's (Objects/exceptions.c, _PyExc_PrepReraiseStar).
#include <algorithm>

#include "runtime/loop/coroutine.hpp"
#include "runtime/script/exception_matching.hpp"
#include "runtime/script/step.hpp"

namespace loopglass::script::eval {

namespace {

using value::Exception;

bool is_group(const Value& exception) {
    return value::is_exception(exception, value::errors::BaseExceptionGroup);
}

// The members of a group: a Tuple, or empty with an exception pending.
Value members(const Value& group) {
    static const Name kExceptions("exceptions");
    return value::get_attribute(group, kExceptions);
}

Value make_group(const Value& exceptions) {
    return value::call(Value::share(value::errors::BaseExceptionGroup), value::make_str(""),
                       exceptions);
}

void collect_leaves(const Value& exception, std::vector<Object*>& leaves) {
    if (!is_group(exception)) {
        leaves.push_back(exception.object());
        return;
    }
    const Value parts = members(exception);
    if (!parts) return value::clear_raised();
    const auto* tuple = value::cast<Tuple>(parts);
    for (size_t i = 0; i < tuple->size; ++i) collect_leaves((*tuple)[i], leaves);
}

// A group like `group` with other members: same traceback, cause, context and notes.
Value derive(const Value& group, std::vector<Value> kept) {
    static const Name kDerive("derive");
    const Value list = value::make_list(std::move(kept));
    Value made = value::call_method(group, kDerive, &list, 1);
    if (!made || !is_group(made)) return made;
    const auto* from = value::cast<Exception>(group);
    auto* to = value::cast<Exception>(made);
    to->traceback = from->traceback;
    to->cause = from->cause;
    to->context = from->context;
    to->suppress_context = from->suppress_context;
    if (from->notes) to->notes = value::list_from(from->notes);
    return made;
}

// The part of `group` whose leaves are among `leaves`, in its own shape; None if nothing is.
Value project(const Value& group, const std::vector<Object*>& leaves) {
    if (!is_group(group))
        return std::find(leaves.begin(), leaves.end(), group.object()) != leaves.end()
                   ? group
                   : value::none();
    const Value parts = members(group);
    if (!parts) return Value();
    const auto* tuple = value::cast<Tuple>(parts);
    std::vector<Value> kept;
    bool all = true;
    for (size_t i = 0; i < tuple->size; ++i) {
        Value part = project((*tuple)[i], leaves);
        if (!part) return Value();
        all = all && part.is((*tuple)[i]);
        if (!value::is_none(part)) kept.push_back(std::move(part));
    }
    if (all) return group;
    if (kept.empty()) return value::none();
    return derive(group, std::move(kept));
}

bool same_metadata(const Value& a, const Value& b) {
    if (!is_group(a) || !is_group(b)) return false;
    const auto* x = value::cast<Exception>(a);
    const auto* y = value::cast<Exception>(b);
    return x->notes.is(y->notes) && x->traceback.is(y->traceback) && x->cause.is(y->cause) &&
           x->context.is(y->context);
}

// What try/except* raises at its end, or None.
Value prepare_reraise(const Value& original, const std::vector<Value>& exceptions) {
    if (exceptions.empty()) return value::none();
    if (!is_group(original)) return exceptions.front();
    std::vector<Value> raised;
    std::vector<Object*> leaves;
    bool again = false;
    for (const Value& exception : exceptions) {
        if (exception.is(original) || same_metadata(exception, original)) {
            again = true;
            collect_leaves(exception, leaves);
        } else {
            raised.push_back(exception);
        }
    }
    if (again) {
        Value part = project(original, leaves);
        if (!part) return part;
        if (raised.empty()) return part;
        if (!value::is_none(part)) raised.push_back(std::move(part));
    }
    if (raised.size() == 1) return raised.front();
    return make_group(value::make_list(std::move(raised)));
}

struct TryStar final : Statement {
    const Statement *body, *orelse;
    std::vector<Handler> handlers;
    TryStar(const Span& where, const Statement* its_body, std::vector<Handler> its_handlers,
            const Statement* otherwise)
        : Statement(where), body(its_body), orelse(otherwise), handlers(std::move(its_handlers)) {}

    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        const Status status = body->exec(frame);
        if (status == Status::Raised) return handle(frame);
        if (status != Status::Normal || !orelse) return status;
        return orelse->exec(frame);
    }

    Status handle(ScriptFrame& frame) const {
        if (loop::abandoning()) return Status::Raised;
        const Value original = value::take_raised();
        Value rest = original;
        std::vector<Value> raised;
        Handling handling(original);
        for (const Handler& handler : handlers) {
            if (value::is_none(rest)) break;
            step(frame, handler.span);
            const Value type = run(handler.type, frame);
            if (!type) return Status::Raised;
            Value match;
            if (!split(frame, handler, type, rest, match)) return Status::Raised;
            if (value::is_none(match)) continue;
            if (!run_handler(frame, handler, match)) raised.push_back(value::take_raised());
        }
        if (!value::is_none(rest)) raised.push_back(rest);
        const Value outcome = prepare_reraise(original, raised);
        if (!outcome) return fail(frame, span), Status::Raised;
        if (value::is_none(outcome)) return Status::Normal;
        value::restore_raised(outcome);
        return Status::Raised;
    }

    // Splits `rest` into what the handler takes and what it leaves; None stands for nothing.
    bool split(ScriptFrame& frame, const Handler& handler, const Value& type, Value& rest,
               Value& match) const {
        static const Name kSplit("split");
        if (!valid_type(type)) return fail(frame, handler.type), false;
        const int matches = exception_matches(rest, type);
        if (matches < 0) return fail(frame, handler.type), false;
        if (matches) {
            if (is_group(rest)) {
                match = std::exchange(rest, value::none());
                return true;
            }
            const Value traceback = value::cast<Exception>(rest)->traceback;
            match = make_group(value::make_tuple({rest}));
            if (!match) return fail(frame, handler.type), false;
            value::cast<Exception>(match)->traceback = traceback;
            rest = value::none();
            return true;
        }
        match = value::none();
        if (!is_group(rest)) return true;
        const Value pair = value::call_method(rest, kSplit, &type, 1);
        if (!pair || !value::is<Tuple>(pair)) return fail(frame, handler.type), false;
        match = (*value::cast<Tuple>(pair))[0];
        rest = (*value::cast<Tuple>(pair))[1];
        return true;
    }

    static bool valid_type(const Value& type) {
        const auto bad = [](const Value& one) {
            return is_exception_class(one) &&
                   value::is_subtype(value::cast<Type>(one), value::errors::BaseExceptionGroup);
        };
        bool refused = bad(type);
        if (const auto* tuple = value::as<Tuple>(type))
            for (size_t i = 0; i < tuple->size; ++i) refused = refused || bad((*tuple)[i]);
        if (refused)
            value::raise(
                value::errors::TypeError,
                "catching ExceptionGroup with except* is not allowed. Use except instead.");
        return !refused;
    }

    static bool run_handler(ScriptFrame& frame, const Handler& handler, const Value& match) {
        Status status;
        {
            Handling handling(match);
            status = Status::Raised;
            if (!handler.name || handler.name->store(frame, match))
                status = handler.body->exec(frame);
        }
        if (handler.name) unbind_handler_name(frame, handler.name);
        return status != Status::Raised;
    }
};

}  // namespace

Statement* make_try_star(Unit& unit, const Span& span, Statement* body,
                         std::vector<Handler> handlers, Statement* orelse) {
    return unit.add<TryStar>(span, body, std::move(handlers), orelse);
}

}  // namespace loopglass::script::eval
