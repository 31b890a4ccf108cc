#include "runtime/loop/api.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/locks.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {

using trace::AwaitKind;
using trace::SyncOp;

Type* Semaphore::type = nullptr;
Type* Semaphore::bounded_type = nullptr;

Value sync_aenter(const Value* a);  // lock.cpp
Value sync_aexit(const Value* a);

bool Semaphore::locked() const {
    if (value_ == 0) return true;
    for (size_t i = 0; i < waiters.size(); ++i)
        if (!waiters[i]->cancelled()) return true;
    return false;
}

// asyncio Semaphore.acquire (3.13).
Value Semaphore::acquire() {
    if (!locked()) {
        --value_;
        changed(SyncOp::Acquire, static_cast<uint32_t>(value_));
        return boolean(true);
    }
    EventLoop* its_loop = get_loop();
    if (!its_loop) return {};
    const Ref<Future> turn = create_future(its_loop, "semaphore");
    waiters.append(turn);
    const Value woken = await_future(turn.get(), AwaitKind::Semaphore, id);
    waiters.remove(turn.get());
    if (abandoning()) return {};
    if (!woken && raised_is(errors::CancelledError) && turn->done() && !turn->cancelled())
        ++value_;  // it was our turn, but we leave: give it back
    {
        const Finally finally;
        while (value_ > 0 && wake_up_next()) {
        }
    }
    if (!woken) return {};
    changed(SyncOp::Acquire, static_cast<uint32_t>(value_));
    return boolean(true);
}

bool Semaphore::release() {
    if (is_subtype(Object::type, bounded_type) && value_ >= bound)
        return raise(errors::ValueError, "BoundedSemaphore released too many times"), false;
    ++value_;
    changed(SyncOp::Release, static_cast<uint32_t>(value_));
    if (ruled(Rule::SemaphoreInBatches) && value_ < bound) return true;
    wake_up_next();
    return true;
}

bool Semaphore::wake_up_next() {
    for (size_t i = 0; i < waiters.size(); ++i) {
        if (waiters[i]->done()) continue;
        --value_;
        (void)waiters[i]->set_result(boolean(true));
        return true;
    }
    return false;
}

namespace {

[[nodiscard]] Semaphore* self_of(const Value* a) {
    return cast<Semaphore>(a[0]);
}
Value construct(Type* type, const Args&) {
    return make_as<Semaphore>(type);
}
bool initialise(const Value& self, const Args& args) {
    static const Signature* signature = parse_signature("(value=1)");
    Value bound[1];
    auto* semaphore = cast<Semaphore>(self);
    const bool bounded = is_subtype(self.type(), Semaphore::bounded_type);
    if (!bind_arguments(*signature, bounded ? "BoundedSemaphore.__init__" : "Semaphore.__init__",
                        ErrorStyle::Python, args, bound))
        return false;
    if (bound[0]) {
        const int negative = compare_truth(CompareOp::Lt, bound[0], Value::small(0));
        if (negative < 0) return false;
        if (negative)
            return raise(errors::ValueError, "Semaphore initial value must be >= 0"), false;
        if (!to_index(bound[0], semaphore->value_)) return false;
    }
    semaphore->bound = semaphore->value_;
    semaphore->created(bounded ? trace::SyncType::BoundedSemaphore : trace::SyncType::Semaphore,
                       static_cast<uint32_t>(semaphore->value_));
    return true;
}
Value semaphore_repr(const Value& self) {
    const auto* semaphore = cast<Semaphore>(self);
    return semaphore->repr_with(semaphore->locked() ? "locked"
                                                    : cat("unlocked, value:", semaphore->value_));
}
Value acquire(const Value* a) {
    return self_of(a)->acquire();
}
Value release(const Value* a) {
    return result_of(self_of(a)->release());
}
Value locked(const Value* a) {
    return boolean(self_of(a)->locked());
}
Value get_value(const Value* a) {
    return make_int(self_of(a)->value_);
}
Value get_waiters(const Value* a) {
    const auto& waiters = self_of(a)->waiters;
    if (waiters.empty()) return none();
    Ref<List> list = make_list();
    for (size_t i = 0; i < waiters.size(); ++i) list->items.push_back(Value::share(waiters[i]));
    return list;
}
constexpr NativeMethod kMethods[] = {
    getter("_loop", &SyncObject::get_bound_loop),
    setter("_loop", &SyncObject::set_bound_loop),
    async_method("acquire", acquire),
    method("release", release),
    method("locked", locked),
    getter("_value", get_value),
    getter("_waiters", get_waiters),
    async_method("__aenter__", sync_aenter),
    async_method("__aexit__", sync_aexit, "(self, exc_type, exc, tb)"),
};

}  // namespace

void define_semaphore_types() {
    NativeTypeSpec semaphore{"asyncio.locks.Semaphore", sizeof(Semaphore), kBaseType};
    semaphore.slots.destroy = &destroy_native<Semaphore>;
    semaphore.slots.construct = &construct;
    semaphore.slots.init = &initialise;
    semaphore.slots.repr = &semaphore_repr;
    semaphore.methods = kMethods;
    semaphore.has_dict = true;
    Semaphore::type = define_type(semaphore);
    publish_type("asyncio.locks.Semaphore", Semaphore::type);

    NativeTypeSpec bounded{"asyncio.locks.BoundedSemaphore", sizeof(Semaphore), kBaseType};
    bounded.base = Semaphore::type;
    bounded.slots.destroy = &destroy_native<Semaphore>;
    Semaphore::bounded_type = define_type(bounded);
    publish_type("asyncio.locks.BoundedSemaphore", Semaphore::bounded_type);
}

}  // namespace loopglass::loop
