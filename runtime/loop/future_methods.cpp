// Future as scripts see it: the class _asyncio.Future, its repr, what happens when one is dropped.
#include <algorithm>

#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/debug.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/future.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/value/containers.hpp"

namespace loopglass::loop {

using trace::EventKind;

Type* Future::type = nullptr;

std::string callbacks_text(const Future* future) {
    if (!future->first.callable) return {};
    const auto show = [](const Future::Callback& callback) {
        return is<Task>(callback.callable)
                   ? std::string("Task.task_wakeup()")
                   : format_callback_source(callback.callable, nullptr, false);
    };
    std::string text = "cb=[" + show(future->first);
    const size_t more = future->more.size();
    if (more > 1) text += cat(", <", more - 1, " more>");
    if (more > 0) text += ", " + show(future->more.back());
    return text + "]";
}

std::string future_info(const Future* future) {
    std::string text = future->state == Future::State::Pending     ? "pending"
                       : future->state == Future::State::Cancelled ? "cancelled"
                                                                   : "finished";
    if (future->state == Future::State::Finished)
        text += future->failed ? " exception=" + repr_of(future->outcome)
                               : " result=" + short_repr(future->outcome);
    const std::string callbacks = callbacks_text(future);
    if (!callbacks.empty()) text += " " + callbacks;
    return text + created_at_text(future);
}

namespace {

std::vector<const Object*> g_being_shown;  // reprlib.recursive_repr

class Showing {
public:
    explicit Showing(const Object* object) { g_being_shown.push_back(object); }
    ~Showing() { g_being_shown.pop_back(); }
    [[nodiscard]] static bool already(const Object* object) {
        return std::find(g_being_shown.begin(), g_being_shown.end(), object) != g_being_shown.end();
    }
};

}  // namespace

Value future_repr(const Value& self) {
    if (Showing::already(self.object())) return make_str("...");
    const Showing showing(self.object());
    const auto* future = cast<Future>(self);
    const std::string_view name = future->Object::type->name->view();
    return make_str(is<Task>(self) ? cat("<", name, " ", task_info(cast<Task>(self)), ">")
                                   : cat("<", name, " ", future_info(future), ">"));
}

namespace {

// Future.__del__: an exception that nobody looked at.
void report_never_retrieved(Future* future) {
    future->log_traceback = false;
    ++future->refs;
    const Value pending = take_raised();
    {
        const Value self = Value::share(future);
        emit_because(future->done_event, EventKind::ExceptionNeverRetrieved, future->id,
                     exception_text(future->outcome));
        auto context =
            error_context(cat(future->Object::type->name->view(), " exception was never retrieved"),
                          {{"exception", future->outcome}, {"future", self}});
        add_source_traceback(context, future);
        future->event_loop()->call_exception_handler(context);
    }
    clear_raised();
    if (pending) restore_raised(pending);
    --future->refs;
}

}  // namespace

bool revived_by_report(Future* future) {
    if (!g_machine || abandoning() || !future->loop) return false;
    if (is_subtype(future->Object::type, Task::type)) task_dropped(static_cast<Task*>(future));
    if (future->refs == 0 && future->log_traceback && future->failed)
        report_never_retrieved(future);
    return future->refs != 0;
}

namespace {

Name kBlocking("_asyncio_future_blocking");

[[nodiscard]] Future* self_of(const Value* a) {
    return cast<Future>(a[0]);
}
[[nodiscard]] bool initialised(const Future* future) {
    return future->loop ||
           (raise(errors::RuntimeError, "Future object is not initialized."), false);
}

Value future_construct(Type* type, const Args&) {
    return make_as<Future>(type, nullptr);
}
bool future_init(const Value& self, const Args& args) {
    if (args.count)
        return raise(errors::TypeError,
                     cat("Future() takes at most 0 positional arguments (", args.count, " given)")),
               false;
    Value loop = args.keyword("loop");
    if (!given(loop)) loop = get_event_loop();
    if (!loop || !as_loop(loop)) return false;
    auto* future = cast<Future>(self);
    future->loop = loop;
    if (!future->id) {
        future->id = g_machine->recording.new_future();
        emit(EventKind::FutureCreated, future->id);
    }
    if (cast<EventLoop>(loop)->debug) future->source_traceback = capture_stack();
    return true;
}

// result() and exception() have a complaint of their own.
[[nodiscard]] bool has_begun(const Future* future) {
    return future->loop ||
           (raise(errors::InvalidStateError, "Future object is not initialized."), false);
}
Value result(const Value* a) {
    return has_begun(self_of(a)) ? self_of(a)->result() : Value();
}
Value exception(const Value* a) {
    return has_begun(self_of(a)) ? self_of(a)->exception() : Value();
}
Value set_result(const Value* a) {
    return result_of(initialised(self_of(a)) && self_of(a)->set_result(a[1]));
}
Value set_exception(const Value* a) {
    return result_of(initialised(self_of(a)) && self_of(a)->set_exception(a[1]));
}
Value add_callback(const Value* a) {
    if (!initialised(self_of(a))) return {};
    emit(EventKind::CallbackAdded, self_of(a)->id,
         g_machine->recording.text(format_callback_source(a[1], nullptr, false)));
    return result_of(self_of(a)->add_done_callback(a[1], given(a[2]) ? a[2] : Value()));
}
Value remove_callback(const Value* a) {
    if (!initialised(self_of(a))) return {};
    const int64_t removed = self_of(a)->remove_done_callback(a[1]);
    return removed < 0 ? Value() : make_int(removed);
}
Value cancel_method(const Value* a) {
    return initialised(self_of(a))
               ? boolean(self_of(a)->cancel_future(given(a[1]) ? a[1] : Value()))
               : Value();
}
Value cancelled(const Value* a) {
    return boolean(self_of(a)->cancelled());
}
Value done(const Value* a) {
    return boolean(self_of(a)->done());
}
Value get_loop(const Value* a) {
    return initialised(self_of(a)) ? self_of(a)->loop : Value();
}
Value make_cancelled_error(const Value* a) {
    return self_of(a)->make_cancelled_error();
}

Value get_state(const Value* a) {
    static const char* const kNames[] = {"PENDING", "CANCELLED", "FINISHED"};
    return make_str(kNames[static_cast<int>(self_of(a)->state)]);
}
Value get_callbacks(const Value* a) {
    const Future* future = self_of(a);
    if (!future->first.callable) return none();
    Ref<List> list = make_list();
    list->items.push_back(make_tuple({future->first.callable, or_none(future->first.context)}));
    for (const auto& callback : future->more)
        list->items.push_back(make_tuple({callback.callable, or_none(callback.context)}));
    return list;
}
Value get_blocking(const Value* a) {
    return boolean(self_of(a)->blocking);
}
Value set_blocking(const Value* a) {
    if (!a[1]) return raise(errors::AttributeError, "cannot delete attribute");
    const int on = truth(a[1]);
    if (on < 0) return {};
    self_of(a)->blocking = on;
    return none();
}
Value get_result(const Value* a) {
    const Future* future = self_of(a);
    return future->state == Future::State::Finished && !future->failed ? future->outcome : none();
}
Value get_exception(const Value* a) {
    return self_of(a)->failed ? self_of(a)->outcome : none();
}
Value get_log_traceback(const Value* a) {
    return boolean(self_of(a)->log_traceback);
}
Value set_log_traceback(const Value* a) {
    const int on = a[1] ? truth(a[1]) : -1;
    if (on < 0)
        return raised() ? Value() : raise(errors::AttributeError, "cannot delete attribute");
    if (on) return raise(errors::ValueError, "_log_traceback can only be set to False");
    self_of(a)->log_traceback = false;
    return none();
}
Value get_cancel_message(const Value* a) {
    return or_none(self_of(a)->cancel_message);
}
Value set_cancel_message(const Value* a) {
    self_of(a)->cancel_message = given(a[1]) ? a[1] : Value();
    return none();
}

Value get_source_traceback(const Value* a) {
    return or_none(self_of(a)->source_traceback);
}

constexpr NativeMethod kMethods[] = {
    {"result", result},
    {"exception", exception},
    {"set_result", set_result, "(self, result, /)"},
    {"set_exception", set_exception, "(self, exception, /)"},
    {"add_done_callback", add_callback, "(self, fn, /, *, context=None)"},
    {"remove_done_callback", remove_callback, "(self, fn, /)"},
    {"cancel", cancel_method, "(self, /, msg=None)"},
    {"cancelled", cancelled},
    {"done", done},
    {"get_loop", get_loop},
    {"_make_cancelled_error", make_cancelled_error},
    {"__class_getitem__", native_class_getitem, "(cls, item, /)", MethodKind::Class},
    getter("_source_traceback", get_source_traceback),
    getter("_state", get_state),
    getter("_callbacks", get_callbacks),
    getter("_asyncio_future_blocking", get_blocking),
    setter("_asyncio_future_blocking", set_blocking),
    getter("_loop", get_loop),
    getter("_result", get_result),
    getter("_exception", get_exception),
    getter("_log_traceback", get_log_traceback),
    setter("_log_traceback", set_log_traceback),
    getter("_cancel_message", get_cancel_message),
    setter("_cancel_message", set_cancel_message),
};

// What `yield from future` and future.__await__() iterate.
struct FutureIterator : Object {
    static Type* type;
    Ref<Future> future;  // empty once exhausted
    FutureIterator(Type* its_type, Future* its_future)
        : Object(its_type), future(Ref<Future>::share(its_future)) {}
};
Type* FutureIterator::type = nullptr;

Value future_await(const Value& self) {
    return make<FutureIterator>(cast<Future>(self));
}
SendResult iterator_send(const Value& self, const Value& sent, Value& out) {
    auto* iterator = cast<FutureIterator>(self);
    if (!iterator->future || !sent) {
        iterator->future = {};
        if (!sent) return SendResult::Raised;
        out = none();
        return SendResult::Returned;
    }
    Future* future = iterator->future.get();
    if (!future->done()) {
        if (!future->blocking) {
            future->blocking = true;
            out = iterator->future;
            return SendResult::Yielded;
        }
        raise(errors::RuntimeError, "await wasn't used with future");
        return SendResult::Raised;
    }
    const Ref<Future> kept = std::exchange(iterator->future, {});
    out = kept->result();
    return out ? SendResult::Returned : SendResult::Raised;
}
Value iterator_next(const Value& self) {
    Value out;
    const SendResult result = iterator_send(self, none(), out);
    if (result == SendResult::Yielded) return out;
    if (result == SendResult::Returned) raise_stop_iteration(out);
    return {};
}
Value iterator_send_method(const Value* a) {
    return iterator_next(a[0]);
}
Value iterator_throw(const Value* a) {
    if (a[2] && !warn(errors::DeprecationWarning,
                      "the (type, exc, tb) signature of throw() is deprecated, use the single-arg "
                      "signature instead."))
        return {};
    cast<FutureIterator>(a[0])->future = {};
    (void)pend_thrown(a[1], a[2], a[3]);
    return {};
}
Value iterator_close(const Value* a) {
    cast<FutureIterator>(a[0])->future = {};
    return none();
}
Value same(const Value& self) {
    return self;
}
constexpr NativeMethod kIteratorMethods[] = {
    {"send", iterator_send_method, "(self, value, /)"},
    {"throw", iterator_throw, "(self, type, value=None, traceback=None, /)"},
    {"close", iterator_close},
};

}  // namespace

void define_future_types() {
    NativeTypeSpec future{"_asyncio.Future", sizeof(Future), kBaseType};
    future.slots.destroy = &destroy_future<Future>;
    future.slots.repr = &future_repr;
    future.slots.construct = &future_construct;
    future.slots.init = &future_init;
    future.slots.await = &future_await;
    future.slots.iter = &future_await;
    future.methods = kMethods;
    future.has_dict = true;
    future.flags |= kDottedName;
    Future::type = define_type(future);

    NativeTypeSpec iterator{"_asyncio.FutureIter", sizeof(FutureIterator)};
    iterator.slots.destroy = &destroy_native<FutureIterator>;
    iterator.slots.iter = &same;
    iterator.slots.next = &iterator_next;
    iterator.slots.send = &iterator_send;
    iterator.methods = kIteratorMethods;
    FutureIterator::type = define_type(iterator);
}

}  // namespace loopglass::loop
