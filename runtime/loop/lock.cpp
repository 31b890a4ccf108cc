// Lock and Event, and what all synchronisation objects share.
#include "runtime/loop/api.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/locks.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/text.hpp"

namespace loopglass::loop {

using trace::AwaitKind;
using trace::EventKind;
using trace::SyncOp;
using trace::SyncType;

Type* Lock::type = nullptr;
Type* AsyncEvent::type = nullptr;

// --- shared --------------------------------------------------------------------------------------

void SyncObject::created(SyncType kind, uint32_t value) {
    if (id) return;
    id = g_machine->recording.new_sync();
    emit(EventKind::SyncCreated, id, 0, value, kind);
}

trace::EventIndex SyncObject::changed(SyncOp operation, uint32_t value) const {
    return abandoning() ? trace::kNoEvent
                        : emit(EventKind::SyncChanged, g_task_id, id, value, operation);
}

EventLoop* SyncObject::get_loop() {
    if (!loop) loop = g_running_loop;
    if (loop.is(g_running_loop.object())) return cast<EventLoop>(loop);
    raise(errors::RuntimeError, repr_of(self()) + " is bound to a different event loop");
    return nullptr;
}

Value SyncObject::get_bound_loop(const Value* a) {
    return or_none(static_cast<SyncObject*>(a[0].object())->loop);
}

Value SyncObject::set_bound_loop(const Value* a) {
    if (given(a[1]) && !as_loop(a[1])) return {};
    static_cast<SyncObject*>(a[0].object())->loop = given(a[1]) ? a[1] : Value();
    return none();
}

Value SyncObject::repr_with(std::string extra) const {
    if (!waiters.empty()) extra += cat(", waiters:", waiters.size());
    return make_str(cat(object_head(this), " [", extra, "]>"));
}

// --- Lock ----------------------------------------------------------------------------------------

// asyncio Lock.acquire (3.13). Newcomers queue behind live waiters: that is the fairness.
Value Lock::acquire() {
    const auto all_cancelled = [this] {
        for (size_t i = 0; i < waiters.size(); ++i)
            if (!waiters[i]->cancelled()) return false;
        return true;
    };
    if (!locked && all_cancelled()) {
        locked = true;
        changed(SyncOp::Acquire);
        return boolean(true);
    }
    EventLoop* its_loop = get_loop();
    if (!its_loop) return {};
    const Ref<Future> turn = create_future(its_loop, "lock");
    waiters.append(turn);
    const Value woken = await_future(turn.get(), AwaitKind::Lock, id);
    waiters.remove(turn.get());
    if (!woken) {
        if (raised_is(errors::CancelledError) && !locked) wake_up_first();
        return {};
    }
    locked = true;
    changed(SyncOp::Acquire);
    return boolean(true);
}

bool Lock::release() {
    if (!locked) return raise(errors::RuntimeError, "Lock is not acquired."), false;
    locked = false;
    changed(SyncOp::Release);
    wake_up_first();
    return true;
}

void Lock::wake_up_first() {
    if (waiters.empty() || waiters.front()->done()) return;
    (void)waiters.front()->set_result(boolean(true));
}

namespace {

Name kAcquire("acquire"), kRelease("release");

Value lock_construct(Type* type, const Args& args) {
    if (args.named() && !args.count && !type->has(kHeapType))
        return raise(errors::TypeError,
                     cat(type->name->view(), ".__init__() got an unexpected keyword argument '",
                         cast<Str>((*args.names)[0])->view(), "'"));
    if ((args.count || args.named()) && !type->has(kHeapType))
        return raise(errors::TypeError,
                     cat(type->name->view(), ".__init__() takes 1 positional argument but ",
                         args.count + 1, " were given"));
    Ref<Lock> lock = make_as<Lock>(type);
    lock->created(SyncType::Lock, 0);
    return lock;
}
bool accept_init(const Value&, const Args&) {
    return true;
}
Value lock_repr(const Value& self) {
    const auto* lock = cast<Lock>(self);
    return lock->repr_with(lock->locked ? "locked" : "unlocked");
}
Value lock_acquire(const Value* a) {
    return cast<Lock>(a[0])->acquire();
}
Value lock_release(const Value* a) {
    return result_of(cast<Lock>(a[0])->release());
}
Value lock_locked(const Value* a) {
    return boolean(cast<Lock>(a[0])->locked);
}

}  // namespace

// _ContextManagerMixin: through self where a script's class may override.
Value sync_aenter(const Value* a) {
    Value acquired;
    if (is_exact<Lock>(a[0]))
        acquired = cast<Lock>(a[0])->acquire();
    else if (is_exact<Semaphore>(a[0]))
        acquired = cast<Semaphore>(a[0])->acquire();
    else if (const Value awaitable = call_method(a[0], kAcquire, {}))
        acquired = await(awaitable);
    return acquired ? none() : Value();
}
Value sync_aexit(const Value* a) {
    if (abandoning()) return {};
    if (is_exact<Lock>(a[0])) return result_of(cast<Lock>(a[0])->release());
    return call_method(a[0], kRelease, {}) ? none() : Value();
}

namespace {

constexpr NativeMethod kLockMethods[] = {
    getter("_loop", &SyncObject::get_bound_loop),
    setter("_loop", &SyncObject::set_bound_loop),
    async_method("acquire", lock_acquire),
    method("release", lock_release),
    method("locked", lock_locked),
    async_method("__aenter__", sync_aenter),
    async_method("__aexit__", sync_aexit, "(self, exc_type, exc, tb)"),
};

}  // namespace

// --- Event ---------------------------------------------------------------------------------------

void AsyncEvent::set() {
    if (value_) return;
    value_ = true;
    if (id) changed(SyncOp::Set);
    for (size_t i = 0; i < waiters.size(); ++i)
        if (!waiters[i]->done()) (void)waiters[i]->set_result(boolean(true));
}

void AsyncEvent::clear() {
    if (value_ && id) changed(SyncOp::Clear);
    value_ = false;
}

// asyncio Event.wait (3.13).
Value AsyncEvent::wait(AwaitKind kind, uint32_t object) {
    if (value_) return boolean(true);
    EventLoop* its_loop = get_loop();
    if (!its_loop) return {};
    const Ref<Future> turn = create_future(its_loop, "event");
    waiters.append(turn);
    const Value woken = await_future(turn.get(), kind, object);
    waiters.remove(turn.get());
    return woken ? boolean(true) : Value();
}

namespace {

Value event_construct(Type* type, const Args& args) {
    static const Signature* const signature = parse_signature("()");
    if (!type->has(kHeapType) &&
        !bind_arguments(*signature, "Event.__init__", ErrorStyle::Python, args, {}))
        return {};
    Ref<AsyncEvent> event = make_as<AsyncEvent>(type);
    event->created(SyncType::Event, 0);
    return event;
}
Value event_repr(const Value& self) {
    const auto* event = cast<AsyncEvent>(self);
    return event->repr_with(event->value_ ? "set" : "unset");
}
Value event_is_set(const Value* a) {
    return boolean(cast<AsyncEvent>(a[0])->value_);
}
Value event_set(const Value* a) {
    cast<AsyncEvent>(a[0])->set();
    return none();
}
Value event_clear(const Value* a) {
    cast<AsyncEvent>(a[0])->clear();
    return none();
}
Value event_wait(const Value* a) {
    return cast<AsyncEvent>(a[0])->wait();
}
constexpr NativeMethod kEventMethods[] = {
    getter("_loop", &SyncObject::get_bound_loop),
    setter("_loop", &SyncObject::set_bound_loop),
    method("is_set", event_is_set),
    method("set", event_set),
    method("clear", event_clear),
    async_method("wait", event_wait),
};

}  // namespace

void define_lock_types() {
    NativeTypeSpec lock{"asyncio.locks.Lock", sizeof(Lock), kBaseType};
    lock.slots.destroy = &destroy_native<Lock>;
    lock.slots.construct = &lock_construct;
    lock.slots.init = &accept_init;
    lock.slots.repr = &lock_repr;
    lock.methods = kLockMethods;
    lock.has_dict = true;
    Lock::type = define_type(lock);
    publish_type("asyncio.locks.Lock", Lock::type);

    NativeTypeSpec event{"asyncio.locks.Event", sizeof(AsyncEvent), kBaseType};
    event.slots.destroy = &destroy_native<AsyncEvent>;
    event.slots.construct = &event_construct;
    event.slots.init = &accept_init;
    event.slots.repr = &event_repr;
    event.methods = kEventMethods;
    event.has_dict = true;
    AsyncEvent::type = define_type(event);
    publish_type("asyncio.locks.Event", AsyncEvent::type);
}

}  // namespace loopglass::loop
