#include "runtime/loop/coroutine.hpp"

#include <utility>

#include "runtime/base/check.hpp"
#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/loop/future.hpp"
#include "runtime/loop/resume.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/thrown_at_start.hpp"
#include "runtime/value/bootstrap.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::loop {

using namespace value;  // NOLINT: this floor speaks of values in every line
using base::cat;

void (*g_never_awaited)(Coroutine*) = nullptr;
void (*g_thrown_at_start)(Resumable*) = nullptr;
Value (*g_frame_object)(Resumable*) = nullptr;
Value (*g_code_object)(Resumable*) = nullptr;
Type* Coroutine::type = nullptr;
Resumable* g_current = nullptr;
Resumable* g_innermost = nullptr;
bool g_abandoning = false;

namespace {

// A coroutine of a native function has ended, or never begins: its arguments go with its frame.
void end_native(Resumable* self);

[[nodiscard]] std::string kind_name(const Resumable* resumable) {
    return std::string(resumable->type->name->view());
}

// PEP 479: a StopIteration must not look like the end of the body.
void convert_stop_iteration(const Resumable* resumable) {
    const bool stop = raised_is(errors::StopIteration);
    if (!stop && !(raised_is(errors::StopAsyncIteration) && resumable->type != Coroutine::type &&
                   kind_name(resumable) == "async_generator"))
        return;
    Value cause = take_raised();
    std::string kind = kind_name(resumable);
    if (kind == "async_generator") kind = "async generator";
    raise(errors::RuntimeError,
          cat(kind, " raised ", stop ? "StopIteration" : "StopAsyncIteration"));
    auto* raised = static_cast<Exception*>(g_thread.raised.object());
    raised->cause = cause;
    raised->context = std::move(cause);
    raised->suppress_context = true;
}

[[nodiscard]] Value run_body(Resumable* resumable) {
    Value result = resumable->body(resumable);
    if (ruled(Rule::AwaitOverlaps) && !wait_for_overlapping(resumable, bool(result))) result = {};
    if (__builtin_expect(!result, 0) && raised()) convert_stop_iteration(resumable);
    return result;
}

void fiber_entry(void* argument) {
    auto* resumable = static_cast<Resumable*>(argument);
    resumable->transfer = run_body(resumable);
}

Resumable* g_first_live = nullptr;  // all that own a fiber, in no particular order

[[nodiscard]] fiber::Fiber* new_fiber(Resumable* resumable) {
    void* const memory = base::pool_allocate(sizeof(fiber::Fiber));  // before the list has it
    resumable->next_live = g_first_live;
    if (g_first_live) g_first_live->previous_live = resumable;
    g_first_live = resumable;
    // Where calls run bodies, frames of plain functions wait on stacks.
    const bool may_share = resumable->portable && g_rule == Rule::None;
    return new (memory) fiber::Fiber(&fiber_entry, resumable, may_share);
}
void delete_fiber(Resumable* resumable) {
    Resumable* const next = std::exchange(resumable->next_live, nullptr);
    Resumable* const previous = std::exchange(resumable->previous_live, nullptr);
    if (next) next->previous_live = previous;
    (previous ? previous->next_live : g_first_live) = next;
    fiber::Fiber* fiber = std::exchange(resumable->fiber, nullptr);
    fiber->~Fiber();
    base::pool_free(fiber, sizeof(fiber::Fiber));
}

SendResult raise_result(Type* type, std::string_view message) {
    raise(type, message);
    return SendResult::Raised;
}

SendResult resume_closed(const Resumable* resumable, const Value& sent, Value& out) {
    if (resumable->type == Coroutine::type) {
        if (!sent) clear_raised();
        return raise_result(errors::RuntimeError, "cannot reuse already awaited coroutine");
    }
    if (!sent) return SendResult::Raised;
    out = none();
    return SendResult::Returned;
}

SendResult walk_on(Resumable* self, const Value& sent, Value& out) {
    const Value keep = Value::share(self);
    Resumable* const outer = std::exchange(g_innermost, self);
    self->state = Resumable::State::Running;
    const SendResult result = fiber::with_room([&] { return self->walk(self, sent, out); });
    g_innermost = outer;
    if (result == SendResult::Yielded) {
        self->state = Resumable::State::Suspended;
        return result;
    }
    self->state = Resumable::State::Closed;
    self->awaiting_on = {};
    if (result == SendResult::Raised) convert_stop_iteration(self);
    return result;
}

// Ends a walked body that waits at a plain yield: nothing of it would run.
void drop_walked(Resumable* self) {
    Value out;
    self->state = Resumable::State::Closed;
    self->awaiting_on = {};
    (void)self->walk(self, {}, out);
}

}  // namespace

Frame* bottom_frame(const Resumable* resumable, const Frame* resumers) {
    Frame* frame = resumable->registers.frame;
    while (frame && frame->back != resumers) frame = frame->back;
    return frame;
}

void finish(Resumable* resumable) {
    resumable->state = Resumable::State::Closed;
    resumable->frame = nullptr;
    resumable->awaiting_on = {};
    resumable->innermost = nullptr;
    delete_fiber(resumable);
}

Resumable::~Resumable() {
    if (fiber) delete_fiber(this);
}

SendResult resume(Resumable* self, const Value& sent, Value& out) {
    switch (self->state) {
        case Resumable::State::Suspended:
            break;
        case Resumable::State::Running:
            if (!sent) clear_raised();
            return raise_result(errors::ValueError, cat(kind_name(self), " already executing"));
        case Resumable::State::Closed:
            return resume_closed(self, sent, out);
        case Resumable::State::Created:
            if (!sent) {  // thrown in before the first line: nothing runs
                self->state = Resumable::State::Closed;
                if (g_thrown_at_start && !abandoning()) g_thrown_at_start(self);
                end_native(self);
                return SendResult::Raised;
            }
            if (!is_none(sent))
                return raise_result(
                    errors::TypeError,
                    cat("can't send non-None value to a just-started ", kind_name(self)));
            if (!self->walk) self->fiber = new_fiber(self);
            break;
    }
    if (self->walk) return walk_on(self, sent, out);
    const Value keep = Value::share(self);
    if (!sent && self->awaiting && raised_is(errors::GeneratorExit))
        for (Resumable* inner = self->awaiting; inner; inner = inner->awaiting)
            inner->closing = true;
    self->transfer = sent;
    return resume_suspended(self, out);
}

Value suspend(Value yielded) {
    Resumable* const self = g_current;
    if (!self) return raise(errors::RuntimeError, "await outside of a coroutine");
    self->transfer = std::move(yielded);
    if (!fiber::Fiber::suspend()) return raise_abandoned();
    return std::move(self->transfer);
}

Resumable* current_resumable() {
    return g_current;
}
Resumable* innermost_resumable() {
    return g_innermost;
}
// For a switch of virtual threads, which have a chain each.
void exchange_chain(Resumable*& current, Resumable*& innermost) {
    std::swap(current, g_current);
    std::swap(innermost, g_innermost);
}

namespace {

Type* g_abandoned_type = nullptr;

[[nodiscard]] Value await_in_line(Coroutine* coroutine) {
    const Value keep = Value::share(coroutine);
    Resumable* const awaiter = g_innermost;
    coroutine->state = Resumable::State::Running;
    coroutine->awaited_inline = true;
    coroutine->driver = g_current;
    if (awaiter) awaiter->awaiting = coroutine;
    g_innermost = coroutine;
    Value result = fiber::with_room([&] { return run_body(coroutine); });
    if (result && coroutine->closing) result = raise_with(errors::GeneratorExit, {});
    g_innermost = awaiter;
    if (awaiter) awaiter->awaiting = nullptr;
    coroutine->state = Resumable::State::Closed;
    coroutine->driver = nullptr;
    coroutine->frame = nullptr;
    coroutine->awaiting_on = {};
    return result;
}

[[nodiscard]] Value await_coroutine(Coroutine* coroutine) {
    using State = Resumable::State;
    if (coroutine->state == State::Created && g_current) return await_in_line(coroutine);
    if (coroutine->state == State::Created) return delegate(Value::share(coroutine));
    if (coroutine->state == State::Closed)
        return raise(errors::RuntimeError, "cannot reuse already awaited coroutine");
    if (coroutine->executing()) return raise(errors::ValueError, "coroutine already executing");
    return raise(errors::RuntimeError, "coroutine is being awaited already");
}

Name kThrow("throw"), kSend("send"), kClose("close");

}  // namespace

// What a pending StopIteration carries is the value of the `yield from`.
static SendResult returned_by_stop(Value& out) {
    if (!raised_is(errors::StopIteration)) return SendResult::Raised;
    const Value stop = take_raised();
    auto* carried = static_cast<Exception*>(stop.object());
    out = carried->args && carried->args->size ? (*carried->args)[0] : none();
    return SendResult::Returned;
}

// Throws the pending exception into the generator or coroutine delegated to. GeneratorExit closes
// it instead, and goes on in the one that delegates. CPython: _gen_throw.
static SendResult throw_into(Resumable* inner, Value& out) {
    if (!raised_is(errors::GeneratorExit))
        return inner->type->slots.send(Value::share(inner), {}, out);
    Value exit = take_raised();
    if (!close(inner)) return SendResult::Raised;
    restore_raised(std::move(exit));
    return SendResult::Raised;
}

// The arguments of throw() as the script gave them, for the throw() of a foreign iterator that the
// generator delegates to.
static Value g_thrown;

bool pend_thrown_into(Resumable* self, const Value& type, const Value& value,
                      const Value& traceback) {
    g_thrown = {};
    const Resumable* leaf = self;
    while (leaf->state == Resumable::State::Suspended && leaf->awaiting_on &&
           leaf->awaiting_on.type()->slots.destroy == &destroy_resumable)
        leaf = static_cast<const Resumable*>(leaf->awaiting_on.object());
    const bool valid = pend_thrown(type, value, traceback);
    if (leaf->state != Resumable::State::Suspended || !leaf->awaiting_on ||
        raised_is(errors::GeneratorExit))
        return valid;
    Value pending = take_raised();
    const bool foreign = static_cast<bool>(find_attribute(leaf->awaiting_on, kThrow));
    if (raised()) clear_raised();
    restore_raised(std::move(pending));
    if (!foreign) return valid;
    const Value all[] = {type, value, traceback};
    const size_t count = traceback ? 3 : value ? 2 : 1;
    Ref<Tuple> given = make_tuple(count);
    for (size_t i = 0; i < count; ++i) given->items()[i] = all[i];
    g_thrown = given;
    return true;
}

SendResult step_iterator(const Value& iterator, const Value& sent, Value& out) {
    const Slots& slots = iterator.type()->slots;
    if (sent && slots.send) return slots.send(iterator, sent, out);
    if (sent) {
        out = is_none(sent) && slots.next ? next_or_stop(iterator)
                                          : call_method(iterator, kSend, &sent, 1);
        if (!out && !raised())
            out = none();  // exhausted without a value
        else if (out)
            return SendResult::Yielded;
        else
            return returned_by_stop(out);
        return SendResult::Returned;
    }
    if (auto* inner = slots.send == nullptr ? nullptr : iterator.object();
        inner && inner->type->has(kVariableSize) && slots.destroy == &destroy_resumable)
        return throw_into(static_cast<Resumable*>(inner), out);
    const Value exception = take_raised();
    if (is_exception(exception, errors::GeneratorExit)) {
        const Value close_method = find_attribute(iterator, kClose);
        if (!close_method && raised()) return SendResult::Raised;
        if (close_method && !call(close_method)) return SendResult::Raised;
        restore_raised(exception);
        return SendResult::Raised;
    }
    const Value throw_method = find_attribute(iterator, kThrow);
    if (!throw_method) {
        if (raised()) return SendResult::Raised;
        restore_raised(exception);
        return returned_by_stop(out);
    }
    const Value raw = std::move(g_thrown);
    const Tuple* given = raw ? cast<Tuple>(raw) : nullptr;
    out = given ? call(throw_method, Args{given->items(), given->size})
                : call(throw_method, exception);
    return out ? SendResult::Yielded : returned_by_stop(out);
}

Value delegate(const Value& iterator) {
    Resumable* const self = g_innermost;
    Value sent = none(), out;
    for (;;) {
        switch (step_iterator(iterator, sent, out)) {
            case SendResult::Returned:
                return out;
            case SendResult::Raised:
                return {};
            case SendResult::Yielded:
                break;
        }
        if (self) self->awaiting_on = iterator;
        sent = suspend(std::move(out));
        if (self) self->awaiting_on = {};
        if (!sent && abandoning()) return {};
    }
}

Value awaitable_iterator(const Value& awaitable) {
    if (is_exact<Coroutine>(awaitable)) return awaitable;
    if (auto* get = awaitable.type()->slots.await) {
        Value iterator = get(awaitable);
        if (!iterator) return {};
        if (is_exact<Coroutine>(iterator))
            return raise(errors::TypeError, "__await__() returned a coroutine");
        if (!iterator.type()->slots.next && !iterator.type()->slots.send)
            return raise(errors::TypeError, cat("__await__() returned non-iterator of type '",
                                                type_name(iterator), "'"));
        return iterator;
    }
    return raise(errors::TypeError,
                 cat("object ", type_name(awaitable), " can't be used in 'await' expression"));
}

Value await(const Value& awaitable) {
    return __builtin_expect(g_rule != Rule::None, 0) ? await_by_rule(awaitable)
                                                     : await_plainly(awaitable);
}

Value await_plainly(const Value& awaitable) {
    if (is_exact<Coroutine>(awaitable)) return await_coroutine(cast<Coroutine>(awaitable));
    if (is_plain(awaitable) && g_current) return await_future(cast<Future>(awaitable));
    const Value iterator = awaitable_iterator(awaitable);
    if (!iterator) return {};
    return delegate(iterator);
}

Value await_native(const NativeFunction* function, const Value* arguments) {
    Resumable* const awaiter = g_innermost;
    awaiter->native = function;
    Value result = function->method->function(arguments);
    awaiter->native = nullptr;
    if (__builtin_expect(!result, 0)) {
        if (raised_is(errors::StopIteration)) convert_stop_iteration(awaiter);
        const MethodKind kind = function->method->kind;
        if (kind == MethodKind::Coroutine || kind == MethodKind::AsyncFunction)
            keep_with_raised(make_tuple(
                std::span<const Value>(arguments, parameter_count(*function->signature))));
    }
    return result;
}

bool close(Resumable* self, Value* returned) {
    if (returned) *returned = none();
    if (self->state == Resumable::State::Created) self->state = Resumable::State::Closed;
    if (self->state == Resumable::State::Closed) return true;
    if (self->walk && self->state == Resumable::State::Suspended && !self->awaiting_on)
        return drop_walked(self), true;
    if (!abandoning())
        raise_with(errors::GeneratorExit, {});
    else
        raise_abandoned();
    Value out;
    switch (resume(self, {}, out)) {
        case SendResult::Yielded:
            return raise(errors::RuntimeError,
                         cat(kind_name(self) == "async_generator" ? "async generator"
                                                                  : kind_name(self),
                             " ignored GeneratorExit")),
                   false;
        case SendResult::Returned:
            if (returned) *returned = std::move(out);
            return true;
        case SendResult::Raised:
            return clear_raised_if(errors::GeneratorExit) || clear_raised_if(errors::StopIteration);
    }
    return false;
}

// Takes the body's stack back without running any more of its code.
static void abandon_body(Resumable* self) {
    if (self->walk) return drop_walked(self);
    Frame* const frame = g_thread.frame;
    const Value handled = g_thread.handled;
    const uint32_t depth = g_thread.depth;
    self->fiber->abandon();
    clear_raised();
    g_thread.frame = frame;
    g_thread.handled = handled;
    g_thread.depth = depth;
    finish(self);
}

void destroy_resumable(Object* object) {
    auto* self = static_cast<Resumable*>(object);
    if (self->state == Resumable::State::Suspended || self->state == Resumable::State::Created) {
        ++self->refs;  // what runs now may look at it
        const Value pending = take_raised();
        if (self->state == Resumable::State::Created) {
            if (self->type == Coroutine::type && g_never_awaited && !abandoning())
                g_never_awaited(static_cast<Coroutine*>(self));
            self->state = Resumable::State::Closed;
        } else if (abandoning()) {
            abandon_body(self);
        } else if (!close(self)) {
            write_unraisable(take_raised(), Value::share(self));
            if (self->state == Resumable::State::Suspended) {  // it refused: no more of its code
                const bool before = std::exchange(g_abandoning, true);
                abandon_body(self);
                g_abandoning = before;
            }
        }
        if (pending) restore_raised(pending);
        if (--self->refs != 0) return;  // someone keeps it
    }
    const uint32_t bytes = self->bytes;
    self->dispose(self);
    free_variable(self, bytes);
}

bool pend_thrown(const Value& type_or_instance, const Value& value, const Value& traceback) {
    if (traceback && !is_none(traceback) && !is<Traceback>(traceback))
        return raise(errors::TypeError, "throw() third argument must be a traceback object"), false;
    Value exception = type_or_instance;
    const bool is_class =
        type_or_instance.is_object() && type_or_instance.object()->type->has(kTypeSubclass) &&
        is_subtype(static_cast<Type*>(type_or_instance.object()), errors::BaseException);
    if (is_class) {
        if (value && is_exception(value, static_cast<Type*>(type_or_instance.object())))
            exception = value;
        else if (value && !is_none(value) && is<Tuple>(value)) {
            const Tuple* arguments = cast<Tuple>(value);
            exception = call(type_or_instance, Args{arguments->items(), arguments->size});
        } else
            exception =
                value && !is_none(value) ? call(type_or_instance, value) : call(type_or_instance);
        // What goes wrong in making it is thrown in instead.
        if (!exception) return true;
        if (!is_exception(exception, errors::BaseException)) {
            const Ref<Str> shown = repr(type_or_instance);
            if (shown)
                raise(errors::TypeError,
                      cat("calling ", shown->view(),
                          " should have returned an instance of BaseException, not ",
                          type_name(exception)));
            return true;
        }
    } else if (!is_exception(exception, errors::BaseException)) {
        return raise(
                   errors::TypeError,
                   cat("exceptions must be classes or instances deriving from BaseException, not ",
                       type_name(exception))),
               false;
    } else if (value && !is_none(value)) {
        return raise(errors::TypeError, "instance exception may not have a separate value"), false;
    }
    if (traceback && !is_none(traceback)) cast<Exception>(exception)->traceback = traceback;
    restore_raised(std::move(exception));
    return true;
}

bool abandoning() {
    return g_abandoning;
}
void set_abandoning(bool on) {
    g_abandoning = on;
}
// Unwinds every suspended body that nobody will resume any more: reference cycles keep them.
void abandon_all_fibers() {
    while (Resumable* resumable = g_first_live) {
        const Value keep = Value::share(resumable);
        resumable->fiber->abandon();
        clear_raised();
        if (resumable->fiber) finish(resumable);
    }
}
Value raise_abandoned() {
    Ref<Exception> marker = make_as<Exception>(g_abandoned_type);
    marker->args = make_tuple(size_t{0});
    restore_raised(marker);
    return {};
}

// ---- coroutines of C++ code
// ---------------------------------------------------------------------
namespace {

struct FunctionCoroutine : Coroutine {
    std::function<Value()> function;
    FunctionCoroutine(Type* its_type, std::function<Value()> its_function)
        : Coroutine(its_type, &run), function(std::move(its_function)) {}
    static Value run(Resumable* self) { return static_cast<FunctionCoroutine*>(self)->function(); }
};

// The names of a native async function's coroutines, remembered by its table entry and class: a
// coroutine is made for every await of asyncio.sleep.
struct CoroutineNames {
    const NativeMethod* method = nullptr;
    const Type* owner = nullptr;
    Ref<Str> name, qualname;
};

[[nodiscard]] const CoroutineNames& names_of(const NativeFunction& function) {
    constexpr size_t kEntries = 128;
    static CoroutineNames cache[kEntries];
    CoroutineNames& entry = cache[(reinterpret_cast<uintptr_t>(function.method) >> 4) % kEntries];
    if (entry.method != function.method || entry.owner != function.owner) {
        entry.method = function.method;
        entry.owner = function.owner;
        entry.name = Ref<Str>::share(intern(function.method->name));
        entry.qualname = function.owner
                             ? Ref<Str>::share(intern(cat(function.owner->qualname->view(), ".",
                                                          function.method->name)))
                             : entry.name;
    }
    return entry;
}

// The coroutine of a native async function: its arguments, bound when it was called, follow it.
struct NativeCoroutine : Coroutine {
    const NativeMethod* method;
    size_t count;
    [[nodiscard]] Value* arguments() { return reinterpret_cast<Value*>(this + 1); }
    NativeCoroutine(Type* its_type, const NativeFunction& function, std::span<const Value> bound)
        : Coroutine(its_type, &run), method(function.method), count(bound.size()) {
        for (size_t i = 0; i < count; ++i) new (arguments() + i) Value(bound[i]);
        const CoroutineNames& names = names_of(function);
        name = names.name;
        qualname = names.qualname;
    }
    ~NativeCoroutine() {
        for (size_t i = 0; i < count; ++i) arguments()[i].~Value();
    }
    static Value run(Resumable* self) {
        auto* coroutine = static_cast<NativeCoroutine*>(self);
        Value result = coroutine->method->function(coroutine->arguments());
        end_native(self);
        return result;
    }
};

void end_native(Resumable* self) {
    if (self->body != &NativeCoroutine::run) return;
    auto* coroutine = static_cast<NativeCoroutine*>(self);
    if (raised())
        keep_with_raised(
            make_tuple(std::span<const Value>(coroutine->arguments(), coroutine->count)));
    for (size_t i = 0; i < coroutine->count; ++i) coroutine->arguments()[i] = {};
}

Value make_native_coroutine(const NativeFunction& function, std::span<const Value> bound) {
    const size_t bytes = sizeof(NativeCoroutine) + bound.size() * sizeof(Value);
    auto* made = new (allocate_variable(Coroutine::type, bytes))
        NativeCoroutine(Coroutine::type, function, bound);
    made->bytes = static_cast<uint32_t>(bytes);
    made->dispose = [](Resumable* self) {
        static_cast<NativeCoroutine*>(self)->~NativeCoroutine();
    };
    return Value::take(made);
}

}  // namespace

Value coroutine_stand_in(const Resumable* awaiter) {
    Ref<Coroutine> made = make_resumable<Coroutine>(Coroutine::type, nullptr);
    const CoroutineNames& names = names_of(*awaiter->native);
    made->name = names.name;
    made->qualname = names.qualname;
    made->state = Resumable::State::Closed;
    made->awaiting_on = awaiter->awaiting_on;
    return made;
}

Ref<Coroutine> make_coroutine(std::string_view qualname, std::function<Value()> body) {
    auto made = make_resumable<FunctionCoroutine>(Coroutine::type, std::move(body));
    made->qualname = make_str(qualname);
    const size_t dot = qualname.rfind('.');
    made->name = make_str(dot == std::string_view::npos ? qualname : qualname.substr(dot + 1));
    return Ref<Coroutine>::share(made.get());
}

// Defined beside the types, see coroutine_types.cpp.
void define_coroutine_types();

void initialise_coroutine_types() {
    if (Coroutine::type) return;
    define_coroutine_types();
    g_make_native_coroutine = &make_native_coroutine;
    static constexpr NativeTypeSpec kAbandoned{"loopglass.Abandoned", sizeof(Exception)};
    NativeTypeSpec spec = kAbandoned;
    spec.base = errors::BaseException;
    g_abandoned_type = define_type(spec);
    // No class of CPython's: __subclasses__ does not show it.
    std::erase(errors::BaseException->subclasses, g_abandoned_type);
}

}  // namespace loopglass::loop
