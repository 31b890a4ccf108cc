// with and async with.
#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/script/factory.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::script::eval {

using base::cat;

namespace {

const Name kEnter("__enter__"), kExit("__exit__"), kAsyncEnter("__aenter__"),
    kAsyncExit("__aexit__");

struct With final : Statement {
    const Node* manager;
    const Target* target;  // or null
    const Statement* body;
    bool is_async;
    With(const Span& where, const Node* its_manager, const Target* its_target,
         const Statement* its_body, bool async)
        : Statement(where),
          manager(its_manager),
          target(its_target),
          body(its_body),
          is_async(async) {}

    [[nodiscard]] Status exec(ScriptFrame& frame) const override {
        Value context = run(manager, frame);
        if (!context) return Status::Raised;
        Value enter, exit;
        if (!find_methods(context, enter, exit)) return fail(frame, manager), Status::Raised;
        context = Value();  // the bound methods keep it
        Value entered = value::call(enter);
        if (entered) entered = finish_call(frame, std::move(entered), "__aenter__");
        if (!entered) return fail(frame, manager), Status::Raised;
        enter = Value();
        Status status = Status::Normal;
        if (target) {
            if (!target->store(frame, std::move(entered))) status = Status::Raised;
        }
        entered = Value();
        if (status == Status::Normal) status = body->exec(frame);
        if (status == Status::Raised) return leave_raised(frame, exit);
        return leave(frame, exit, status);
    }

    bool find_methods(const Value& context, Value& enter, Value& exit) const {
        enter = value::find_special(context, is_async ? kAsyncEnter : kEnter);
        if (!enter) return refuse(context, "");
        exit = value::find_special(context, is_async ? kAsyncExit : kExit);
        return exit || refuse(context, is_async ? " (missed __aexit__ method)"
                                                : " (missed __exit__ method)");
    }
    bool refuse(const Value& context, const char* detail) const {
        if (value::raised()) return false;
        value::raise(value::errors::TypeError,
                     cat("'", value::type_name(context), "' object does not support the ",
                         is_async ? "asynchronous " : "", "context manager protocol", detail));
        return false;
    }

    // For async with: awaits what the method answered.
    Value finish_call(ScriptFrame& frame, Value answer, const char* method) const {
        if (!is_async) return answer;
        if (!answer.type()->slots.await && !value::is<loop::Coroutine>(answer))
            return value::raise(
                value::errors::TypeError,
                cat("'async with' received an object from ", method,
                    " that does not implement __await__: ", value::type_name(answer)));
        frame.at = &manager->span;
        return loop::await(answer);
    }

    Value call_exit(ScriptFrame& frame, const Value& exit, const Value& type,
                    const Value& exception, const Value& traceback) const {
        Value answer = value::call(exit, type, exception, traceback);
        return answer ? finish_call(frame, std::move(answer), "__aexit__") : Value();
    }

    Status leave(ScriptFrame& frame, const Value& exit, Status status) const {
        Value result = std::move(frame.result);
        const Value none = value::none();
        frame.at = &span;
        if (!call_exit(frame, exit, none, none, none)) return fail(frame, manager), Status::Raised;
        frame.result = std::move(result);
        return status;
    }

    [[gnu::noinline]] Status leave_raised(ScriptFrame& frame, const Value& exit) const {
        if (loop::abandoning()) return Status::Raised;
        const Value exception = value::take_raised();
        Handling handling(exception);
        Value traceback = value::seen_from(value::cast<value::Exception>(exception)->traceback);
        if (!traceback) traceback = value::none();
        frame.at = &span;
        const Value answer =
            call_exit(frame, exit, Value::share(exception.type()), exception, traceback);
        if (!answer) return fail(frame, manager), Status::Raised;
        const int swallowed = truth_of(answer);
        if (swallowed < 0) return fail(frame, manager), Status::Raised;
        if (swallowed) return Status::Normal;
        value::restore_raised(exception);
        return Status::Raised;
    }
};

}  // namespace

Statement* make_with(Unit& unit, const Span& span, Node* manager, Target* target, Statement* body,
                     bool is_async) {
    return unit.add<With>(span, manager, target, body, is_async);
}

}  // namespace loopglass::script::eval
