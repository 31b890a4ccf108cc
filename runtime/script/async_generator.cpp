// Async generators: the generator and the awaitables of asend, athrow and aclose.
// CPython: Objects/genobject.c, async_gen_*.
#include <cstdio>

#include "runtime/base/text.hpp"
#include "runtime/loop/asyncgen.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/script/generator.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/native.hpp"

namespace loopglass::script::eval {

using base::cat;
using loop::Resumable;
using value::errors::GeneratorExit;
using value::errors::RuntimeError;
using value::errors::StopAsyncIteration;

Type* AsyncGenerator::type = nullptr;

namespace {

// Marks a value as yielded by the generator; anything else its fiber hands out is awaited.
struct Yielded : Object {
    static Type* type;
    Value content;
    Yielded(Type* its_type, Value its_content)
        : Object(its_type), content(std::move(its_content)) {}
};
Type* Yielded::type = nullptr;

enum class Stage : uint8_t { Fresh, Running, Closed };

struct SendStep : Object {
    static Type* type;
    Ref<AsyncGenerator> generator;
    Value sent;
    Stage stage = Stage::Fresh;
    SendStep(Type* its_type, AsyncGenerator* its_generator, Value value)
        : Object(its_type),
          generator(Ref<AsyncGenerator>::share(its_generator)),
          sent(std::move(value)) {}
};
Type* SendStep::type = nullptr;

struct ThrowStep : Object {
    static Type* type;
    Ref<AsyncGenerator> generator;
    Value exception[3];  // empty: this is aclose()
    Stage stage = Stage::Fresh;
    ThrowStep(Type* its_type, AsyncGenerator* its_generator)
        : Object(its_type), generator(Ref<AsyncGenerator>::share(its_generator)) {}
    [[nodiscard]] bool closing() const { return !exception[0]; }
};
Type* ThrowStep::type = nullptr;

SendResult refuse(Type* type, std::string_view message) {
    value::raise(type, message);
    return SendResult::Raised;
}

// Before the first step: the loop that runs learns of the generator, and will close it if dropped.
void init_hooks(AsyncGenerator* generator) {
    if (generator->hooks_inited) return;
    generator->hooks_inited = true;
    generator->finalizer = loop::asyncgen_first_iteration(Value::share(generator));
}

// What a resumption of the generator means to whoever awaits the step: a yielded value is the
// result, the end of the body is StopAsyncIteration.
SendResult unwrap(AsyncGenerator* generator, SendResult result, Value& out) {
    if (result == SendResult::Yielded) {
        if (!value::is_exact<Yielded>(out)) return result;
        Value content = value::cast<Yielded>(out)->content;
        out = std::move(content);
        generator->running_async = false;
        return SendResult::Returned;
    }
    if (result == SendResult::Returned) value::raise_with(StopAsyncIteration, {});
    if (value::raised_is(StopAsyncIteration) || value::raised_is(GeneratorExit))
        generator->closed = true;
    generator->running_async = false;
    return SendResult::Raised;
}

SendResult resume(AsyncGenerator* generator, const Value& sent, Value& out) {
    if (sent && !value::is_none(sent) && generator->state == Resumable::State::Created)
        return refuse(value::errors::TypeError,
                      "can't send non-None value to a just-started async generator");
    return loop::resume(generator, sent, out);
}

// ---- asend, __anext__
SendResult send_step(SendStep* step, const Value& sent, Value& out) {
    AsyncGenerator* generator = step->generator.get();
    if (step->stage == Stage::Closed) {
        if (!sent) value::clear_raised();
        return refuse(RuntimeError, "cannot reuse already awaited __anext__()/asend()");
    }
    Value value = sent;
    if (step->stage == Stage::Fresh) {
        if (generator->running_async) {
            step->stage = Stage::Closed;
            if (!sent) value::clear_raised();
            return refuse(RuntimeError, "anext(): asynchronous generator is already running");
        }
        if (sent && value::is_none(sent)) value = step->sent;
        step->stage = Stage::Running;
    }
    generator->running_async = true;
    const SendResult result = unwrap(generator, resume(generator, value, out), out);
    if (result != SendResult::Yielded) step->stage = Stage::Closed;
    return result;
}

// ---- athrow, aclose
SendResult check_error(ThrowStep* step, Value& out) {
    step->generator->running_async = false;
    step->stage = Stage::Closed;
    if (step->closing() &&
        (value::clear_raised_if(StopAsyncIteration) || value::clear_raised_if(GeneratorExit))) {
        out = value::none();
        return SendResult::Returned;
    }
    return SendResult::Raised;
}

SendResult finish_throw(ThrowStep* step, SendResult result, Value& out) {
    AsyncGenerator* generator = step->generator.get();
    if (!step->closing()) {
        result = unwrap(generator, result, out);
        if (result == SendResult::Raised) return check_error(step, out);
        if (result == SendResult::Returned) step->stage = Stage::Closed;
        return result;
    }
    if (result == SendResult::Yielded) {
        if (!value::is_exact<Yielded>(out)) return result;
        generator->running_async = false;
        step->stage = Stage::Closed;
        return refuse(RuntimeError, "async generator ignored GeneratorExit");
    }
    if (result == SendResult::Returned) value::raise_with(StopAsyncIteration, {});
    return check_error(step, out);
}

SendResult begin_throw(ThrowStep* step, const Value& sent, Value& out) {
    AsyncGenerator* generator = step->generator.get();
    if (generator->running_async) {
        step->stage = Stage::Closed;
        return refuse(RuntimeError, step->closing()
                                        ? "aclose(): asynchronous generator is already running"
                                        : "athrow(): asynchronous generator is already running");
    }
    if (generator->closed) {
        step->stage = Stage::Closed;
        value::raise_with(StopAsyncIteration, {});
        return SendResult::Raised;
    }
    if (sent && !value::is_none(sent))
        return refuse(RuntimeError, "can't send non-None value to a just-started coroutine");
    step->stage = Stage::Running;
    generator->running_async = true;
    if (step->closing()) {
        generator->closed = true;
        value::raise_with(GeneratorExit, {});
    } else if (!loop::pend_thrown(step->exception[0], step->exception[1], step->exception[2])) {
        return check_error(step, out);
    }
    return finish_throw(step, loop::resume(generator, Value(), out), out);
}

SendResult throw_step(ThrowStep* step, const Value& sent, Value& out) {
    AsyncGenerator* generator = step->generator.get();
    if (step->stage == Stage::Closed) {
        if (!sent) value::clear_raised();
        return refuse(RuntimeError, "cannot reuse already awaited aclose()/athrow()");
    }
    if (!sent && step->stage == Stage::Fresh) {
        if (generator->running_async) {
            value::clear_raised();
            return begin_throw(step, value::none(), out);
        }
        step->stage = Stage::Running;
        generator->running_async = true;
    } else if (step->stage == Stage::Fresh) {
        if (generator->state == Resumable::State::Closed) {
            step->stage = Stage::Closed;
            out = value::none();
            return SendResult::Returned;
        }
        return begin_throw(step, sent, out);
    }
    return finish_throw(step, loop::resume(generator, sent, out), out);
}

// ---- both, as objects
SendResult send_any(const Value& self, const Value& sent, Value& out) {
    return value::is_exact<SendStep>(self) ? send_step(value::cast<SendStep>(self), sent, out)
                                           : throw_step(value::cast<ThrowStep>(self), sent, out);
}
Value outcome(SendResult result, Value& out) {
    if (result == SendResult::Yielded) return std::move(out);
    if (result == SendResult::Returned) value::raise_stop_iteration(out);
    return Value();
}
Value same(const Value& self) {
    return self;
}
Value next_slot(const Value& self) {
    Value out;
    return outcome(send_any(self, value::none(), out), out);
}
Value method_send(const Value* a) {
    Value out;
    return outcome(send_any(a[0], a[1], out), out);
}
Value method_throw(const Value* a) {
    if (!loop::pend_thrown(a[1], a[2], a[3])) return Value();
    Value out;
    return outcome(send_any(a[0], Value(), out), out);
}
Value method_close(const Value* a) {
    const Stage stage = value::is_exact<SendStep>(a[0]) ? value::cast<SendStep>(a[0])->stage
                                                        : value::cast<ThrowStep>(a[0])->stage;
    if (stage == Stage::Closed) return value::none();
    value::raise_with(GeneratorExit, {});
    Value out;
    if (send_any(a[0], Value(), out) == SendResult::Yielded)
        return value::raise(RuntimeError, "coroutine ignored GeneratorExit");
    if (value::clear_raised_if(value::errors::StopIteration) ||
        value::clear_raised_if(StopAsyncIteration) || value::clear_raised_if(GeneratorExit))
        return value::none();
    return value::raised() ? Value() : value::none();
}

// ---- the generator's methods
AsyncGenerator* generator_of(const Value& self) {
    return static_cast<AsyncGenerator*>(self.object());
}
Value make_send(AsyncGenerator* generator, Value sent) {
    init_hooks(generator);
    return value::make<SendStep>(generator, std::move(sent));
}
Value anext_slot(const Value& self) {
    return make_send(generator_of(self), value::none());
}
Value method_asend(const Value* a) {
    return make_send(generator_of(a[0]), a[1]);
}
Value method_athrow(const Value* a) {
    init_hooks(generator_of(a[0]));
    Ref<ThrowStep> step = value::make<ThrowStep>(generator_of(a[0]));
    for (int i = 0; i < 3; ++i) step->exception[i] = a[i + 1];
    return step;
}
Value method_aclose(const Value* a) {
    init_hooks(generator_of(a[0]));
    return value::make<ThrowStep>(generator_of(a[0]));
}
Value repr(const Value& self) {
    const std::string address = value::address_text(self);
    return value::make_str(cat("<async_generator object ", generator_of(self)->qualname->view(),
                               " at ", address, ">"));
}
Value get_running(const Value* a) {
    return value::boolean(generator_of(a[0])->running_async);
}
Value get_suspended(const Value* a) {
    return value::boolean(generator_of(a[0])->state == Resumable::State::Suspended);
}
Value get_frame(const Value* a) {
    return loop::g_frame_object(generator_of(a[0]));
}
Value get_code(const Value* a) {
    return loop::g_code_object(generator_of(a[0]));
}
Value get_await(const Value* a) {
    const AsyncGenerator* self = generator_of(a[0]);
    if (self->awaiting) return Value::share(self->awaiting);
    if (self->native && self->waiting()) return loop::coroutine_stand_in(self);
    return self->awaiting_on ? self->awaiting_on : value::none();
}
Value get_name(const Value* a) {
    return generator_of(a[0])->name;
}
Value get_qualname(const Value* a) {
    return generator_of(a[0])->qualname;
}

// Dropped: the loop closes it in a task of its own, if there is one and the body has not ended.
void destroy(Object* object) {
    auto* self = static_cast<AsyncGenerator*>(object);
    const Value closer = std::move(self->finalizer);
    if (closer && !self->closed && self->state != Resumable::State::Closed) {
        ++self->refs;
        const Value pending = value::take_raised();
        const bool kept = loop::asyncgen_finalize(closer, Value::share(self));
        if (pending) value::restore_raised(pending);
        if (--self->refs != 0) return;
        if (kept) return loop::destroy_resumable(object);
    }
    loop::asyncgen_ended(closer, object);
    loop::destroy_resumable(object);
}

constexpr auto Getter = value::MethodKind::Getter;
constexpr value::NativeMethod kMethods[] = {
    {"__class_getitem__", value::native_class_getitem, "(cls, object, /)",
     value::MethodKind::Class},
    {"asend", method_asend, "(self, value, /)"},
    {"athrow", method_athrow, "(self, type, value=None, traceback=None, /)"},
    {"aclose", method_aclose},
    {"ag_running", get_running, "(self)", Getter},
    {"ag_suspended", get_suspended, "(self)", Getter},
    {"ag_frame", get_frame, "(self)", Getter},
    {"ag_code", get_code, "(self)", Getter},
    {"ag_await", get_await, "(self)", Getter},
    {"__name__", get_name, "(self)", Getter},
    {"__qualname__", get_qualname, "(self)", Getter},
};
constexpr value::NativeMethod kStepMethods[] = {
    {"send", method_send, "(self, arg, /)"},
    {"throw", method_throw, "(self, type, value=None, traceback=None, /)"},
    {"close", method_close},
};

template <typename T>
void define_step(const char* name) {
    value::NativeTypeSpec spec{name, sizeof(T)};
    spec.slots.destroy = &value::destroy_native<T>;
    spec.slots.await = &same;
    spec.slots.iter = &same;
    spec.slots.next = &next_slot;
    spec.slots.send = &send_any;
    spec.methods = kStepMethods;
    T::type = value::define_type(spec);
}

}  // namespace

Value yield_value(ScriptFrame& frame, Value value) {
    if (frame.script_code()->flags & kAsyncGenerator)
        value = Value(value::make<Yielded>(std::move(value)));
    return loop::suspend(std::move(value));
}

void initialise_async_generator_types() {
    value::NativeTypeSpec yielded{"async_generator_wrapped_value", sizeof(Yielded)};
    yielded.slots.destroy = &value::destroy_native<Yielded>;
    Yielded::type = value::define_type(yielded);
    define_step<SendStep>("async_generator_asend");
    define_step<ThrowStep>("async_generator_athrow");
    value::NativeTypeSpec spec{"async_generator", sizeof(AsyncGenerator), value::kVariableSize};
    spec.slots.destroy = &destroy;
    spec.slots.repr = &repr;
    spec.slots.aiter = &same;
    spec.slots.anext = &anext_slot;
    spec.slots.send = [](const Value& self, const Value& sent, Value& out) {
        return loop::resume(generator_of(self), sent, out);
    };
    spec.methods = kMethods;
    AsyncGenerator::type = value::define_type(spec);
}

}  // namespace loopglass::script::eval
