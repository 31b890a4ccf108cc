#include "runtime/loop/handle.hpp"

#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/debug.hpp"
#include "runtime/loop/event_loop.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {

using trace::EventKind;

Type* Handle::type = nullptr;
Type* TimerHandle::type = nullptr;

namespace {

[[nodiscard]] EventLoop* loop_of_handle(const Handle* handle) {
    return cast<EventLoop>(handle->loop);
}

// Handle._repr_info, joined.
[[nodiscard]] std::string handle_text(const Handle* handle) {
    std::string text = cat("<", handle->Object::type->name->view());
    if (handle->cancelled) text += " cancelled";
    if (is_subtype(handle->Object::type, TimerHandle::type))
        text += " when=" + float_repr(to_seconds(static_cast<const TimerHandle*>(handle)->when));
    if (given(handle->callback))
        text += " " + format_callback_source(handle->callback, handle->args.get(),
                                             loop_of_handle(handle)->debug);
    return text + created_at_text(handle) + ">";
}

Value handle_repr(const Value& self) {
    const auto* handle = cast<Handle>(self);
    return handle->cancelled_repr ? handle->cancelled_repr : Value(make_str(handle_text(handle)));
}

}  // namespace

Context* context_of(Handle* handle) {
    if (!handle->context) {
        Ref<Context> made = make<Context>();
        made->map = std::move(handle->variables);
        handle->context = std::move(made);
    }
    return cast<Context>(handle->context);
}

void cancel_handle(Handle* handle) {
    if (handle->cancelled) return;
    const bool timer = is_subtype(handle->Object::type, TimerHandle::type);
    EventLoop* const loop = loop_of_handle(handle);
    if (timer && static_cast<TimerHandle*>(handle)->in_heap) ++loop->cancelled_timers;
    handle->cancelled = true;
    if (handle->waiting && g_machine && !abandoning() && !loop->closed)
        emit(timer ? EventKind::TimerCancelled : EventKind::CallbackCancelled, handle->id);
    if (loop->debug) handle->cancelled_repr = make_str(handle_text(handle));
    const InLibrary here(kEmptiesHandle);
    handle->callback = none();
    handle->args = {};
}

bool run_handle(Handle* handle) {
    const Value keep = Value::share(handle);
    const Value callback = handle->callback;
    const Ref<Tuple> args = handle->args;
    {
        const EnterContext enter(context_of(handle));
        if (enter.ok() && call_with(callback, args.get())) return true;
    }
    if (abandoning() || raised_is(errors::KeyboardInterrupt) || raised_is(errors::SystemExit))
        return false;
    const Value exception = take_raised();
    EventLoop* const loop = loop_of_handle(handle);
    const Handling handling(exception);
    const std::string source =
        format_callback_source(or_none(handle->callback), handle->args.get(), loop->debug);
    auto context = error_context("Exception in callback " + source,
                                 {{"exception", exception}, {"handle", keep}});
    add_source_traceback(context, handle);
    return loop->call_exception_handler(context);
}

namespace {

Value cancel(const Value* a) {
    cancel_handle(cast<Handle>(a[0]));
    return none();
}
Value cancelled(const Value* a) {
    return boolean(cast<Handle>(a[0])->cancelled);
}
Value get_context(const Value* a) {
    return Value::share(context_of(cast<Handle>(a[0])));
}
Value run(const Value* a) {
    return result_of(run_handle(cast<Handle>(a[0])));
}
Value get_callback(const Value* a) {
    return or_none(cast<Handle>(a[0])->callback);
}
Value get_args(const Value* a) {
    const auto* handle = cast<Handle>(a[0]);
    return handle->args ? Value(handle->args) : none();
}
Value when(const Value* a) {
    return make_float(to_seconds(cast<TimerHandle>(a[0])->when));
}

Value handle_construct(Type* type, const Args& args) {
    if (args.count < 3)
        return raise(errors::TypeError, "Handle.__init__() missing required arguments");
    EventLoop* loop = as_loop(args.items[2]);
    const Ref<Tuple> arguments = tuple_from(args.items[1]);
    if (!loop || !arguments) return {};
    Ref<Handle> handle = make_as<Handle>(type);
    handle->callback = args.items[0];
    handle->args = arguments;
    handle->loop = args.items[2];
    handle->context =
        args.count > 3 && !is_none(args.items[3]) ? args.items[3] : Value(copy_context());
    handle->id = g_machine->recording.new_handle();
    return handle;
}

Value timer_compare(const Value& a, const Value& b, CompareOp op) {
    if (!is<TimerHandle>(a) || !is<TimerHandle>(b)) return not_implemented();
    const auto *left = cast<TimerHandle>(a), *right = cast<TimerHandle>(b);
    const bool same = left == right ||
                      (left->when == right->when && left->cancelled == right->cancelled &&
                       left->callback.is(right->callback) && left->args.get() == right->args.get());
    switch (op) {
        case CompareOp::Lt:
            return boolean(left->when < right->when);
        case CompareOp::Le:
            return boolean(left->when < right->when || same);
        case CompareOp::Eq:
            return boolean(same);
        case CompareOp::Ne:
            return boolean(!same);
        case CompareOp::Gt:
            return boolean(left->when > right->when);
        case CompareOp::Ge:
            return boolean(left->when > right->when || same);
    }
    return not_implemented();
}
bool timer_hash(const Value& self, int64_t& out) {
    out = cast<TimerHandle>(self)->when;
    return true;
}

constexpr NativeMethod kHandleMethods[] = {
    method("cancel", cancel),           method("cancelled", cancelled),
    method("get_context", get_context), method("_run", run),
    getter("_callback", get_callback),  getter("_args", get_args),
    getter("_cancelled", cancelled),
};
constexpr NativeMethod kTimerMethods[] = {
    method("cancel", cancel),
    method("when", when),
    getter("_when", when),
};

}  // namespace

void define_handle_types() {
    NativeTypeSpec handle{"asyncio.events.Handle", sizeof(Handle), kBaseType};
    handle.slots.destroy = &destroy_native<Handle>;
    handle.slots.repr = &handle_repr;
    handle.slots.construct = &handle_construct;
    handle.methods = kHandleMethods;
    Handle::type = define_type(handle);

    NativeTypeSpec timer{"asyncio.events.TimerHandle", sizeof(TimerHandle), kBaseType};
    timer.base = Handle::type;
    timer.slots.destroy = &destroy_native<TimerHandle>;
    timer.slots.compare = &timer_compare;
    timer.slots.hash = &timer_hash;
    timer.methods = kTimerMethods;
    TimerHandle::type = define_type(timer);
}

}  // namespace loopglass::loop
