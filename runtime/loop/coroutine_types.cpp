// How scripts see coroutines: the types `coroutine` and `coroutine_wrapper` (Objects/genobject.c).
#include "runtime/base/text.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/text.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::loop {

using namespace value;  // NOLINT
using base::cat;

namespace {

// What coro.__await__() gives: iterates the coroutine.
struct CoroutineWrapper : Object {
    static Type* type;
    Ref<Coroutine> coroutine;
    CoroutineWrapper(Type* its_type, Coroutine* its_coroutine)
        : Object(its_type), coroutine(Ref<Coroutine>::share(its_coroutine)) {}
};
Type* CoroutineWrapper::type = nullptr;

[[nodiscard]] Coroutine* coroutine_of(const Value& self) {
    return is_exact<Coroutine>(self) ? cast<Coroutine>(self)
                                     : cast<CoroutineWrapper>(self)->coroutine.get();
}

// The outcome of a resumption as a method call shows it: a return is StopIteration.
[[nodiscard]] Value outcome(SendResult result, Value& out) {
    if (result == SendResult::Yielded) return std::move(out);
    if (result == SendResult::Returned) raise_stop_iteration(out);
    return {};
}

SendResult coroutine_send_slot(const Value& self, const Value& sent, Value& out) {
    return resume(coroutine_of(self), sent, out);
}
Value wrapper_next(const Value& self) {
    Value out;
    const SendResult result = resume(coroutine_of(self), none(), out);
    if (result == SendResult::Returned && !is_none(out)) raise_stop_iteration(out);
    return result == SendResult::Yielded ? out : Value();
}
Value coroutine_await(const Value& self) {
    return make<CoroutineWrapper>(cast<Coroutine>(self));
}
Value same(const Value& self) {
    return self;
}
Value coroutine_repr(const Value& self) {
    return make_str(cat("<coroutine object ", cast<Coroutine>(self)->qualname->view(), " at ",
                        address_text(self.object()), ">"));
}

Value send(const Value* a) {
    Value out;
    return outcome(resume(coroutine_of(a[0]), a[1], out), out);
}
Value throw_in(const Value* a) {
    if (a[2] && !warn(errors::DeprecationWarning,
                      "the (type, exc, tb) signature of throw() is deprecated, use the single-arg "
                      "signature instead."))
        return {};
    if (!pend_thrown(a[1], a[2], a[3])) return {};
    Value out;
    return outcome(resume(coroutine_of(a[0]), {}, out), out);
}
Value close_method(const Value* a) {
    return close(coroutine_of(a[0])) ? none() : Value();
}
Value cr_await(const Value* a) {
    const auto* self = cast<Coroutine>(a[0]);
    if (self->awaiting) return Value::share(self->awaiting);
    if (self->native && self->waiting()) return coroutine_stand_in(self);
    return self->awaiting_on && self->waiting() ? self->awaiting_on : none();
}
Value cr_running(const Value* a) {
    return boolean(cast<Coroutine>(a[0])->executing());
}
Value cr_suspended(const Value* a) {
    return boolean(cast<Coroutine>(a[0])->waiting());
}
Value cr_frame(const Value* a) {
    auto* self = cast<Coroutine>(a[0]);
    if (self->state == Resumable::State::Closed || !g_frame_object) return none();
    Value frame = g_frame_object(self);
    return frame || raised() ? frame : none();
}
Value cr_code(const Value* a) {
    Value code = g_code_object ? g_code_object(cast<Coroutine>(a[0])) : Value();
    return code || raised() ? code : none();
}
Value cr_origin(const Value* a) {
    const auto* self = cast<Coroutine>(a[0]);
    return self->origin ? self->origin : none();
}
Value get_name(const Value* a) {
    return cast<Coroutine>(a[0])->name;
}
Value get_qualname(const Value* a) {
    return cast<Coroutine>(a[0])->qualname;
}
template <Ref<Str> Resumable::*field>
Value set_text(const Value* a) {
    if (!a[1] || !is<Str>(a[1]))
        return raise(errors::TypeError, cat(field == &Resumable::name ? "__name__" : "__qualname__",
                                            " must be set to a string object"));
    cast<Coroutine>(a[0])->*field = Ref<Str>::share(cast<Str>(a[1]));
    return none();
}

constexpr MethodKind Getter = MethodKind::Getter, Setter = MethodKind::Setter;
constexpr NativeMethod kCoroutineMethods[] = {
    {"send", send, "(self, arg, /)"},
    {"throw", throw_in, "(self, type, value=None, traceback=None, /)"},
    {"close", close_method},
    {"cr_await", cr_await, "(self)", Getter},
    {"cr_running", cr_running, "(self)", Getter},
    {"cr_suspended", cr_suspended, "(self)", Getter},
    {"cr_frame", cr_frame, "(self)", Getter},
    {"cr_code", cr_code, "(self)", Getter},
    {"cr_origin", cr_origin, "(self)", Getter},
    {"__name__", get_name, "(self)", Getter},
    {"__name__", set_text<&Resumable::name>, "(self, value)", Setter},
    {"__qualname__", get_qualname, "(self)", Getter},
    {"__qualname__", set_text<&Resumable::qualname>, "(self, value)", Setter},
};
constexpr NativeMethod kWrapperMethods[] = {
    {"send", send, "(self, arg, /)"},
    {"throw", throw_in, "(self, type, value=None, traceback=None, /)"},
    {"close", close_method},
};

}  // namespace

void define_coroutine_types() {
    NativeTypeSpec coroutine{"coroutine", sizeof(Coroutine), kVariableSize};
    coroutine.slots.destroy = &destroy_resumable;
    coroutine.slots.repr = &coroutine_repr;
    coroutine.slots.await = &coroutine_await;
    coroutine.slots.send = &coroutine_send_slot;
    coroutine.methods = kCoroutineMethods;
    Coroutine::type = define_type(coroutine);

    NativeTypeSpec wrapper{"coroutine_wrapper", sizeof(CoroutineWrapper)};
    wrapper.slots.destroy = &destroy_native<CoroutineWrapper>;
    wrapper.slots.iter = &same;
    wrapper.slots.next = &wrapper_next;
    wrapper.slots.send = &coroutine_send_slot;
    wrapper.methods = kWrapperMethods;
    CoroutineWrapper::type = define_type(wrapper);
}

}  // namespace loopglass::loop
