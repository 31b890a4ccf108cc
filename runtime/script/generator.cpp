// Generators and coroutines of scripts: their objects, how calls make them, their methods.
// CPython: Objects/genobject.c.
#include "runtime/script/generator.hpp"

#include <new>
#include <type_traits>

#include "runtime/base/pool.hpp"
#include "runtime/base/text.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/thrown_at_start.hpp"
#include "runtime/script/call.hpp"
#include "runtime/script/flat_body.hpp"
#include "runtime/script/nodes.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/native.hpp"

namespace loopglass::script::eval {

using base::cat;
using loop::Resumable;
using loop::Rule;

Type* Generator::type = nullptr;
static Type* g_iterable_coroutine_type = nullptr;  // generators that types.coroutine has marked

void Activation::take(Function* its_function, Value* arguments) {
    FunctionCode* code = its_function->code;
    function = Value::share(its_function);
    const size_t bytes = code->frame_size * sizeof(Value);
    slots = static_cast<Value*>(base::pool_allocate(bytes ? bytes : sizeof(Value)));
    for (uint32_t i = 0; i < code->frame_size; ++i) new (slots + i) Value(std::move(arguments[i]));
    frame.code = code;
    frame.slots = slots;
    frame.globals = its_function->globals.get();
    frame.builtins = its_function->builtins;
    frame.function = its_function;
    if (its_function->closure) frame.closure = its_function->closure->items();
}

void Activation::free_slots() {
    if (!slots) return;
    const size_t bytes = frame.script_code()->frame_size * sizeof(Value);
    base::pool_free(slots, bytes ? bytes : sizeof(Value));
    slots = nullptr;
}

Value Activation::run(Resumable* self) {
    self->frame = &frame;
    Value result = Value::from_bits(run_frame(frame));
    self->frame = nullptr;
    free_slots();
    return result;
}

void Activation::discard() {
    if (!slots) return;
    end_frame(frame);
    free_slots();
}

Activation* activation_of(Resumable* resumable) {
    const Type* type = static_cast<Object*>(resumable)->type;
    if (type == Generator::type || type == g_iterable_coroutine_type)
        return &static_cast<Generator*>(resumable)->activation;
    if (type == AsyncGenerator::type) return &static_cast<AsyncGenerator*>(resumable)->activation;
    if (type == loop::Coroutine::type && resumable->bytes == sizeof(ScriptCoroutine))
        return &static_cast<ScriptCoroutine*>(resumable)->activation;
    return nullptr;
}

namespace {

template <typename T>
Value run_activation(Resumable* self) {
    return static_cast<T*>(self)->activation.run(self);
}

template <typename T>
Word make_activated(Type* type, Function* function, Value* slots) {
    Ref<T> made = loop::make_resumable<T>(type, &run_activation<T>);
    made->name = Ref<Str>::share(value::cast<Str>(function->name));
    made->qualname = Ref<Str>::share(value::cast<Str>(function->qualname));
    made->activation.take(function, slots);
    made->portable = std::is_same_v<T, ScriptCoroutine>;  // its frame, and those it awaits, are not
    made->dispose = [](Resumable* self) {
        static_cast<T*>(self)->activation.discard();
        static_cast<T*>(self)->~T();
    };
    return Value(std::move(made)).detach();
}

// The outcome of a resumption as a method call shows it: a return is StopIteration.
Value outcome(SendResult result, Value& out) {
    if (result == SendResult::Yielded) return std::move(out);
    if (result == SendResult::Returned) {
        if (value::is_none(out)) return value::raise_with(value::errors::StopIteration, {});
        value::raise_stop_iteration(out);
    }
    return Value();
}

Resumable* resumable(const Value& self) {
    return static_cast<Resumable*>(self.object());
}

SendResult send_slot(const Value& self, const Value& sent, Value& out) {
    return loop::resume(resumable(self), sent, out);
}
Value next_slot(const Value& self) {
    Value out;
    const SendResult result = loop::resume(resumable(self), value::none(), out);
    return result == SendResult::Yielded ? std::move(out) : Value();
}
Value same(const Value& self) {
    return self;
}

Value method_next(const Value* a) {
    Value out;
    return outcome(loop::resume(resumable(a[0]), value::none(), out), out);
}
Value method_send(const Value* a) {
    Value out;
    return outcome(loop::resume(resumable(a[0]), a[1], out), out);
}
// throw(type, value, traceback): deprecated since 3.12 where more than the exception is given.
bool warn_old_throw(const Value* a) {
    return !a[2] || loop::warn(value::errors::DeprecationWarning,
                               "the (type, exc, tb) signature of throw() is deprecated, use the "
                               "single-arg signature instead.");
}
Value method_throw(const Value* a) {
    if (!warn_old_throw(a)) return Value();
    if (!loop::pend_thrown_into(resumable(a[0]), a[1], a[2], a[3])) return Value();
    Value out;
    return outcome(loop::resume(resumable(a[0]), Value(), out), out);
}
Value method_close(const Value* a) {
    Value returned;
    return loop::close(resumable(a[0]), &returned) ? returned : Value();
}
Value repr(const Value& self) {
    const std::string address = value::address_text(self);
    return value::make_str(
        cat("<generator object ", resumable(self)->qualname->view(), " at ", address, ">"));
}
Value get_running(const Value* a) {
    return value::boolean(resumable(a[0])->state == Resumable::State::Running);
}
Value get_suspended(const Value* a) {
    return value::boolean(resumable(a[0])->state == Resumable::State::Suspended);
}
Value frame_of(Resumable* self) {
    Activation* activation = activation_of(self);
    if (!activation || self->state == Resumable::State::Closed || !activation->slots)
        return value::none();
    return Value::share(frame_object(&activation->frame));
}
Value code_of(Resumable* self) {
    Activation* activation = activation_of(self);
    return activation ? Value::share(activation->frame.code) : value::none();
}
Value get_frame(const Value* a) {
    return frame_of(resumable(a[0]));
}
Value get_code(const Value* a) {
    return code_of(resumable(a[0]));
}
Value get_yield_from(const Value* a) {
    const Resumable* self = resumable(a[0]);
    return self->awaiting_on ? self->awaiting_on : value::none();
}
Value get_name(const Value* a) {
    return resumable(a[0])->name;
}
Value get_qualname(const Value* a) {
    return resumable(a[0])->qualname;
}
template <Ref<Str> Resumable::*Field>
Value set_text(const Value* a) {
    if (!a[1] || !value::is<Str>(a[1]))
        return value::raise(value::errors::TypeError,
                            Field == &Resumable::name
                                ? "__name__ must be set to a string object"
                                : "__qualname__ must be set to a string object");
    resumable(a[0])->*Field = Ref<Str>::share(value::cast<Str>(a[1]));
    return value::none();
}

constexpr auto Getter = value::MethodKind::Getter, Setter = value::MethodKind::Setter;
constexpr value::NativeMethod kMethods[] = {
    {"__class_getitem__", value::native_class_getitem, "(cls, object, /)",
     value::MethodKind::Class},
    {"__next__", method_next},
    {"send", method_send, "(self, arg, /)"},
    {"throw", method_throw, "(self, type, value=None, traceback=None, /)"},
    {"close", method_close},
    {"gi_running", get_running, "(self)", Getter},
    {"gi_suspended", get_suspended, "(self)", Getter},
    {"gi_frame", get_frame, "(self)", Getter},
    {"gi_code", get_code, "(self)", Getter},
    {"gi_yieldfrom", get_yield_from, "(self)", Getter},
    {"__name__", get_name, "(self)", Getter},
    {"__name__", set_text<&Resumable::name>, "(self, value)", Setter},
    {"__qualname__", get_qualname, "(self)", Getter},
    {"__qualname__", set_text<&Resumable::qualname>, "(self, value)", Setter},
};

}  // namespace

Word enter_generator(Function* function, Value* slots) {
    Type* type =
        function->code->flags & kIterableCoroutine ? g_iterable_coroutine_type : Generator::type;
    const Word made = make_activated<Generator>(type, function, slots);
    if (function->code->flat)
        static_cast<Generator*>(reinterpret_cast<Object*>(made))->walk = &walk_flat_body;
    return made;
}
Word enter_coroutine(Function* function, Value* slots) {
    const Word made = make_activated<ScriptCoroutine>(loop::Coroutine::type, function, slots);
    if (loop::ruled(Rule::CallStartsIt))
        return loop::start_at_call(Value::from_bits(made)).detach();
    if (!loop::ruled(Rule::CallRunsIt)) return made;
    return loop::run_at_call(Value::from_bits(made)).detach();
}
Word enter_async_generator(Function* function, Value* slots) {
    return make_activated<AsyncGenerator>(AsyncGenerator::type, function, slots);
}

// The frame it would have run in appears in the traceback, at the line of its `def`.
void note_thrown_at_start(Resumable* self) {
    Activation* activation = activation_of(self);
    if (!activation || !activation->slots) return;
    const uint32_t line = activation->frame.code ? activation->frame.code->first_line : 0;
    (void)fail(activation->frame, Span{line, 0, line, 10000}, {});
}

void initialise_generator_types() {
    value::NativeTypeSpec spec{"generator", sizeof(Generator), value::kVariableSize};
    spec.slots.destroy = &loop::destroy_resumable;
    spec.slots.repr = &repr;
    spec.slots.iter = &same;
    spec.slots.next = &next_slot;
    spec.slots.send = &send_slot;
    spec.methods = kMethods;
    Generator::type = value::define_type(spec);
    spec.slots.await = &same;
    g_iterable_coroutine_type = value::define_type(spec);
    loop::g_thrown_at_start = &note_thrown_at_start;
    loop::g_frame_object = &frame_of;
    loop::g_code_object = &code_of;
}

}  // namespace loopglass::script::eval
