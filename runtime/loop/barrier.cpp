#include "runtime/loop/api.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/locks.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {

using trace::SyncOp;
using State = Barrier::State;

Type* Barrier::type = nullptr;

namespace {

constexpr const char* kStateNames[] = {"filling", "draining", "resetting", "broken"};

[[nodiscard]] Barrier* self_of(const Value* a) {
    return cast<Barrier>(a[0]);
}

void record(const Barrier* barrier, SyncOp operation) {
    barrier->changed(operation, static_cast<uint32_t>(barrier->count));
}

[[nodiscard]] bool notify_all(Barrier* barrier) {
    return barrier->condition->notify(static_cast<int64_t>(barrier->condition->waiters.size()));
}

// await self._cond.wait_for(lambda: …).
template <typename Predicate>
[[nodiscard]] bool wait_until(Barrier* barrier, Predicate&& predicate) {
    while (!predicate(barrier->state))
        if (!barrier->condition->wait()) return false;
    return true;
}

[[nodiscard]] bool block(Barrier* barrier) {
    if (!wait_until(barrier, [](State s) { return s != State::Draining && s != State::Resetting; }))
        return false;
    if (barrier->state == State::Broken)
        return raise(errors::BrokenBarrierError, "Barrier aborted"), false;
    return true;
}

[[nodiscard]] bool wait_for_others(Barrier* barrier) {
    if (!wait_until(barrier, [](State s) { return s != State::Filling; })) return false;
    if (barrier->state == State::Broken || barrier->state == State::Resetting)
        return raise(errors::BrokenBarrierError, "Abort or reset of barrier"), false;
    return true;
}

[[nodiscard]] bool leave(Barrier* barrier) {
    if (barrier->count != 0) return true;
    if (barrier->state == State::Resetting || barrier->state == State::Draining)
        barrier->state = State::Filling;
    return notify_all(barrier);
}

// asyncio Barrier.wait (3.13), inside `async with self._cond`.
[[nodiscard]] Value wait_inside(Barrier* barrier) {
    if (!block(barrier)) return {};
    const int64_t index = barrier->count++;
    record(barrier, SyncOp::BarrierArrive);
    bool fine;
    if (index + 1 == barrier->parties) {
        barrier->state = State::Draining;
        record(barrier, SyncOp::BarrierRelease);
        fine = notify_all(barrier);
    } else {
        fine = wait_for_others(barrier);
    }
    if (abandoning()) return {};
    {
        const Finally finally;
        --barrier->count;
        if (!leave(barrier)) return {};
    }
    return fine ? make_int(index) : Value();
}

[[nodiscard]] Value wait_at(Barrier* barrier) {
    if (!barrier->condition->acquire()) return {};
    Value index = wait_inside(barrier);
    if (abandoning()) return {};
    const Finally finally;
    return barrier->condition->release() ? index : Value();
}

Value construct(Type* type, const Args& args) {
    static const Signature* signature = parse_signature("(parties)");
    Value bound[1];
    int64_t parties;
    if (!bind_arguments(*signature, "Barrier.__init__", ErrorStyle::Python, args, bound) ||
        !to_index(bound[0], parties))
        return {};
    if (parties < 1) return raise(errors::ValueError, "parties must be > 0");
    Ref<Barrier> barrier = make_as<Barrier>(type);
    barrier->parties = parties;
    barrier->created(trace::SyncType::Barrier, static_cast<uint32_t>(parties));
    barrier->condition = make<Condition>();
    barrier->condition->id = barrier->id;  // its waiting is the barrier's in the recording
    Ref<Lock> lock = make<Lock>();
    lock->created(trace::SyncType::Lock, 0);
    barrier->condition->lock = lock;
    return barrier;
}
bool accept_init(const Value&, const Args&) {
    return true;
}
[[nodiscard]] int64_t waiting(const Barrier* barrier) {
    return barrier->state == State::Filling ? barrier->count : 0;
}
Value barrier_repr(const Value& self) {
    const auto* barrier = cast<Barrier>(self);
    std::string extra = kStateNames[static_cast<int>(barrier->state)];
    if (barrier->state != State::Broken)
        extra += cat(", waiters:", waiting(barrier), "/", barrier->parties);
    return barrier->repr_with(extra);
}
Value wait(const Value* a) {
    return wait_at(self_of(a));
}
Value aexit(const Value*) {
    return none();
}
template <typename Change>
[[nodiscard]] Value change_state(Barrier* barrier, Change&& change) {
    if (!barrier->condition->acquire()) return {};
    change();
    record(barrier, SyncOp::BarrierReset);
    const bool fine = notify_all(barrier);
    const Finally finally;
    return result_of(barrier->condition->release() && fine);
}
Value reset(const Value* a) {
    Barrier* barrier = self_of(a);
    return change_state(barrier, [barrier] {
        barrier->state = barrier->count > 0 ? State::Resetting : State::Filling;
    });
}
Value abort_barrier(const Value* a) {
    Barrier* barrier = self_of(a);
    return change_state(barrier, [barrier] { barrier->state = State::Broken; });
}
Value parties(const Value* a) {
    return make_int(self_of(a)->parties);
}
Value n_waiting(const Value* a) {
    return make_int(waiting(self_of(a)));
}
Value count(const Value* a) {
    return make_int(self_of(a)->count);
}
Value broken(const Value* a) {
    return boolean(self_of(a)->state == State::Broken);
}
constexpr NativeMethod kMethods[] = {
    getter("_loop", &SyncObject::get_bound_loop),
    setter("_loop", &SyncObject::set_bound_loop),
    async_method("wait", wait),
    async_method("reset", reset),
    async_method("abort", abort_barrier),
    getter("parties", parties),
    getter("n_waiting", n_waiting),
    getter("broken", broken),
    getter("_count", count),
    async_method("__aenter__", wait),
    async_method("__aexit__", aexit, "(self, *args)"),
};

}  // namespace

void define_barrier_type() {
    NativeTypeSpec barrier{"asyncio.locks.Barrier", sizeof(Barrier), kBaseType};
    barrier.slots.destroy = &destroy_native<Barrier>;
    barrier.slots.construct = &construct;
    barrier.slots.init = &accept_init;
    barrier.slots.repr = &barrier_repr;
    barrier.methods = kMethods;
    barrier.has_dict = true;
    Barrier::type = define_type(barrier);
    publish_type("asyncio.locks.Barrier", Barrier::type);
}

}  // namespace loopglass::loop
