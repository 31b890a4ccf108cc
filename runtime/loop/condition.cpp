#include <algorithm>

#include "runtime/loop/api.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/locks.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {

using trace::AwaitKind;
using trace::SyncOp;

Type* Condition::type = nullptr;

Value sync_aenter(const Value* a);  // lock.cpp
Value sync_aexit(const Value* a);

namespace {

Name kLocked("locked"), kAcquire("acquire"), kRelease("release");

}  // namespace

int Condition::is_locked() const {
    if (is_exact<Lock>(lock)) return cast<Lock>(lock)->locked;
    const Value answer = call_method(lock, kLocked, {});
    return answer ? truth(answer) : -1;
}
Value Condition::acquire() {
    if (is_exact<Lock>(lock)) return cast<Lock>(lock)->acquire();
    const Value awaitable = call_method(lock, kAcquire, {});
    return awaitable ? await(awaitable) : Value();
}
bool Condition::release() {
    if (is_exact<Lock>(lock)) return cast<Lock>(lock)->release();
    return static_cast<bool>(call_method(lock, kRelease, {}));
}

// asyncio Condition.wait (3.13). The lock is taken back whatever happens; of several cancellations
// meanwhile the latest is raised, and the notification is passed on.
Value Condition::wait() {
    const int held = is_locked();
    if (held < 0) return {};
    if (!held) return raise(errors::RuntimeError, "cannot wait on un-acquired lock");
    EventLoop* its_loop = get_loop();
    if (!its_loop) return {};
    const Ref<Future> turn = create_future(its_loop, "condition");
    if (!release()) return {};
    waiters.append(turn);
    const Value woken = await_future(turn.get(), AwaitKind::Condition, id);
    waiters.remove(turn.get());
    if (abandoning()) return {};
    Value error = woken ? Value() : take_raised(), latest;
    for (;;) {
        const Value taken = acquire();
        if (taken) break;
        if (abandoning()) return {};
        if (!raised_is(errors::CancelledError)) {
            wake(1);
            return {};
        }
        latest = take_raised();
    }
    if (latest) error = std::move(latest);
    if (!error) return boolean(true);
    wake(1);
    restore_raised(std::move(error));
    return {};
}

void Condition::wake(int64_t count) {
    int64_t woken = 0;
    for (size_t i = 0; i < waiters.size() && woken < count; ++i) {
        if (waiters[i]->done()) continue;
        ++woken;
        (void)waiters[i]->set_result(boolean(false));
    }
}

bool Condition::notify(int64_t count) {
    const int held = is_locked();
    if (held < 0) return false;
    if (!held) return raise(errors::RuntimeError, "cannot notify on un-acquired lock"), false;
    const auto most = static_cast<int64_t>(waiters.size());
    changed(SyncOp::Notify, static_cast<uint32_t>(std::max<int64_t>(0, std::min(count, most))));
    wake(count);
    return true;
}

namespace {

[[nodiscard]] Condition* self_of(const Value* a) {
    return cast<Condition>(a[0]);
}
Value construct(Type* type, const Args& args) {
    static const Signature* const signature = parse_signature("(lock=None)");
    Value lock = args.count ? args.items[0] : args.keyword("lock");
    if (!type->has(kHeapType) &&
        !bind_arguments(*signature, "Condition.__init__", ErrorStyle::Python, args, {&lock, 1}))
        return {};
    if (!given(lock)) {
        Ref<Lock> own = make<Lock>();
        own->created(trace::SyncType::Lock, 0);
        lock = own;
    }
    Ref<Condition> condition = make_as<Condition>(type);
    condition->lock = lock;
    condition->created(trace::SyncType::Condition, 0);
    return condition;
}
bool accept_init(const Value&, const Args&) {
    return true;
}
Value condition_repr(const Value& self) {
    const auto* condition = cast<Condition>(self);
    const int held = condition->is_locked();
    return held < 0 ? Value() : condition->repr_with(held ? "locked" : "unlocked");
}
Value locked(const Value* a) {
    const int held = self_of(a)->is_locked();
    return held < 0 ? Value() : boolean(held);
}
Value acquire(const Value* a) {
    return self_of(a)->acquire();
}
Value release(const Value* a) {
    return result_of(self_of(a)->release());
}
Value wait(const Value* a) {
    return self_of(a)->wait();
}
Value wait_for(const Value* a) {
    for (;;) {
        const Value result = call(a[1]);
        if (!result) return {};
        const int holds = truth(result);
        if (holds) return holds < 0 ? Value() : result;
        if (!self_of(a)->wait()) return {};
    }
}
Value notify(const Value* a) {
    int64_t count = 1;
    if (a[1] && !to_index(a[1], count)) return {};
    return result_of(self_of(a)->notify(count));
}
Value notify_all(const Value* a) {
    return result_of(self_of(a)->notify(static_cast<int64_t>(self_of(a)->waiters.size())));
}
Value get_lock(const Value* a) {
    return self_of(a)->lock;
}
constexpr NativeMethod kMethods[] = {
    getter("_loop", &SyncObject::get_bound_loop),
    setter("_loop", &SyncObject::set_bound_loop),
    method("locked", locked),
    async_method("acquire", acquire),
    method("release", release),
    async_method("wait", wait),
    async_method("wait_for", wait_for, "(self, predicate)"),
    method("notify", notify, "(self, n=1)"),
    method("notify_all", notify_all),
    getter("_lock", get_lock),
    async_method("__aenter__", sync_aenter),
    async_method("__aexit__", sync_aexit, "(self, exc_type, exc, tb)"),
};

}  // namespace

void define_condition_type() {
    NativeTypeSpec condition{"asyncio.locks.Condition", sizeof(Condition), kBaseType};
    condition.slots.destroy = &destroy_native<Condition>;
    condition.slots.construct = &construct;
    condition.slots.init = &accept_init;
    condition.slots.repr = &condition_repr;
    condition.methods = kMethods;
    condition.has_dict = true;
    Condition::type = define_type(condition);
    publish_type("asyncio.locks.Condition", Condition::type);
}

}  // namespace loopglass::loop
