// Module _thread: virtual threads and their locks (oracle: VLock). threading.py builds on it.
#include <deque>

#include "runtime/loop/coroutine.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/signals.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/text.hpp"
#include "runtime/script/modules/registry.hpp"

namespace loopglass::script {

using namespace loop;  // a file of bindings
namespace errors = loop::errors;

namespace {

// --- locks ---------------------------------------------------------------------------------------

struct ThreadLock : Object {
    static Type* type;
    bool locked = false;
    std::deque<VirtualThread*> waiters;
    explicit ThreadLock(Type* its_type) : Object(its_type) {}
};
Type* ThreadLock::type = nullptr;

struct RecursiveLock : Object {
    static Type* type;
    Ref<ThreadLock> block;
    uint64_t owner = 0;
    int64_t count = 0;
    explicit RecursiveLock(Type* its_type) : Object(its_type), block(make<ThreadLock>()) {}
};
Type* RecursiveLock::type = nullptr;

// Waits until the lock is free or the deadline passes; FIFO, but a newcomer may be faster. 1, 0,
// -1.
[[nodiscard]] int acquire(ThreadLock* lock, int64_t deadline) {
    if (!lock->locked) return lock->locked = true;
    if (deadline <= g_machine->now()) return 0;
    VirtualThread* const me = g_machine->current();
    const int64_t since = g_machine->now();
    const trace::EventIndex blocked = g_machine->note_blocked("lock.acquire", deadline);
    for (bool front = false; lock->locked; front = true) {
        if (front)
            lock->waiters.push_front(me);
        else
            lock->waiters.push_back(me);
        const bool woken = g_machine->block(deadline);
        if (abandoning()) return raise_abandoned(), -1;
        if (woken) continue;
        std::erase(lock->waiters, me);
        g_machine->note_continues(blocked, since);
        return 0;
    }
    g_machine->note_continues(blocked, since);
    return lock->locked = true;
}

[[nodiscard]] bool release(ThreadLock* lock) {
    if (!lock->locked) return raise(errors::RuntimeError, "release unlocked lock"), false;
    lock->locked = false;
    if (lock->waiters.empty()) return true;
    VirtualThread* first = lock->waiters.front();
    lock->waiters.pop_front();
    g_machine->make_ready(first);
    return true;
}

[[nodiscard]] bool read_deadline(const Value& blocking, const Value& timeout, int64_t& deadline) {
    const int blocks = blocking ? truth(blocking) : 1;
    double seconds = -1;
    if (blocks < 0 || (given(timeout) && !to_double(timeout, seconds))) return false;
    if (!blocks && seconds != -1)
        return raise(errors::ValueError, "can't specify a timeout for a non-blocking call"), false;
    if (seconds < 0 && seconds != -1)
        return raise(errors::ValueError, "timeout value must be a non-negative number"), false;
    deadline = !blocks ? INT64_MIN : seconds < 0 ? kNever : g_machine->now() + to_ns(seconds);
    return true;
}

[[nodiscard]] Value answer(int acquired) {
    return acquired < 0 ? Value() : boolean(acquired);
}

Value lock_acquire(const Value* a) {
    int64_t deadline;
    return read_deadline(a[1], a[2], deadline) ? answer(acquire(cast<ThreadLock>(a[0]), deadline))
                                               : Value();
}
Value lock_release(const Value* a) {
    return result_of(abandoning() || release(cast<ThreadLock>(a[0])));
}
Value lock_locked(const Value* a) {
    return boolean(cast<ThreadLock>(a[0])->locked);
}
Value lock_enter(const Value* a) {
    return answer(acquire(cast<ThreadLock>(a[0]), kNever));
}
Value lock_repr(const Value& self) {
    return make_str(cat("<", cast<ThreadLock>(self)->locked ? "locked" : "unlocked",
                        " _thread.lock object at ", address_text(self.object()), ">"));
}
Value lock_construct(Type* type, const Args&) {
    return make_as<ThreadLock>(type);
}
Value lock_reinit(const Value* a) {
    cast<ThreadLock>(a[0])->locked = false;
    return none();
}
constexpr const char* kAcquire = "(self, blocking=True, timeout=-1)";
constexpr const char* kExit = "(self, /, *args)";
constexpr NativeMethod kLockMethods[] = {
    {"acquire", lock_acquire, kAcquire},
    {"acquire_lock", lock_acquire, kAcquire},
    {"release", lock_release},
    {"release_lock", lock_release},
    {"locked", lock_locked},
    {"locked_lock", lock_locked},
    {"__enter__", lock_enter},
    {"__exit__", lock_release, kExit},
    {"_at_fork_reinit", lock_reinit},
};

[[nodiscard]] RecursiveLock* rlock(const Value* a) {
    return cast<RecursiveLock>(a[0]);
}
[[nodiscard]] int acquire_recursive(RecursiveLock* lock, int64_t deadline) {
    const uint64_t me = g_machine->current()->ident;
    if (lock->owner == me) return ++lock->count, 1;
    const int acquired = acquire(lock->block.get(), deadline);
    if (acquired == 1) {
        lock->owner = me;
        lock->count = 1;
    }
    return acquired;
}
Value rlock_acquire(const Value* a) {
    int64_t deadline;
    return read_deadline(a[1], a[2], deadline) ? answer(acquire_recursive(rlock(a), deadline))
                                               : Value();
}
Value rlock_enter(const Value* a) {
    return answer(acquire_recursive(rlock(a), kNever));
}
Value rlock_release(const Value* a) {
    RecursiveLock* lock = rlock(a);
    if (abandoning()) return none();
    if (lock->owner != g_machine->current()->ident)
        return raise(errors::RuntimeError, "cannot release un-acquired lock");
    if (--lock->count > 0) return none();
    lock->owner = 0;
    return result_of(release(lock->block.get()));
}
Value rlock_is_owned(const Value* a) {
    return boolean(rlock(a)->owner == g_machine->current()->ident);
}
Value rlock_release_save(const Value* a) {
    RecursiveLock* lock = rlock(a);
    if (lock->count == 0) return raise(errors::RuntimeError, "cannot release un-acquired lock");
    const Value state = make_tuple({make_int(std::exchange(lock->count, 0)),
                                    make_int_unsigned(std::exchange(lock->owner, 0))});
    return release(lock->block.get()) ? state : Value();
}
Value rlock_acquire_restore(const Value* a) {
    RecursiveLock* lock = rlock(a);
    if (acquire(lock->block.get(), kNever) != 1) return {};
    const auto* state = as<Tuple>(a[1]);
    int64_t owner = 0;
    if (!state || state->size != 2 || !int_value((*state)[0], lock->count) ||
        !int_value((*state)[1], owner))
        return raise(errors::TypeError, "a saved state was expected");
    lock->owner = static_cast<uint64_t>(owner);
    return none();
}
Value rlock_recursion_count(const Value* a) {
    return make_int(rlock(a)->owner == g_machine->current()->ident ? rlock(a)->count : 0);
}
Value rlock_locked(const Value* a) {
    return boolean(rlock(a)->count > 0);
}
Value rlock_repr(const Value& self) {
    const auto* lock = cast<RecursiveLock>(self);
    return make_str(cat("<", lock->count ? "locked" : "unlocked", " _thread.RLock object owner=",
                        lock->owner, " count=", lock->count, " at ", address_text(lock), ">"));
}
Value rlock_construct(Type* type, const Args&) {
    return make_as<RecursiveLock>(type);
}
constexpr NativeMethod kRecursiveMethods[] = {
    {"acquire", rlock_acquire, kAcquire},
    {"release", rlock_release},
    {"locked", rlock_locked},
    {"__enter__", rlock_enter},
    {"__exit__", rlock_release, kExit},
    {"_is_owned", rlock_is_owned},
    {"_release_save", rlock_release_save},
    {"_acquire_restore", rlock_acquire_restore, "(self, state, /)"},
    {"_recursion_count", rlock_recursion_count},
};

// --- threads -------------------------------------------------------------------------------------

struct ThreadHandle : Object {
    static Type* type;
    VirtualThread* thread = nullptr;
    bool done = false;
    explicit ThreadHandle(Type* its_type) : Object(its_type) {}
};
Type* ThreadHandle::type = nullptr;

// What a thread runs; an exception that leaves it is reported, SystemExit is not.
void run_thread(const Value& function, const Value& args, const Value& kwargs) {
    if (call_with(function, as<Tuple>(args), as<Dict>(kwargs)) || abandoning()) return;
    if (clear_raised_if(errors::SystemExit)) return;
    write_unraisable(take_raised(), function);
}

[[nodiscard]] VirtualThread* spawn(const Value& function, const Value& args, const Value& kwargs,
                                   bool daemon) {
    return g_machine->spawn(cat("Thread-", g_machine->threads().size()), daemon,
                            [function, args, kwargs] { run_thread(function, args, kwargs); });
}

Value start_new_thread(const Value* a) {
    if (!is_callable(a[0])) return raise(errors::TypeError, "first arg must be callable");
    if (!is<Tuple>(a[1])) return raise(errors::TypeError, "2nd arg must be a tuple");
    return make_int_unsigned(spawn(a[0], a[1], or_none(a[2]), true)->ident);
}
Value start_joinable_thread(const Value* a) {
    if (!is_callable(a[0])) return raise(errors::TypeError, "thread function must be callable");
    Ref<ThreadHandle> handle;
    if (is<ThreadHandle>(a[1]))
        handle = Ref<ThreadHandle>::share(cast<ThreadHandle>(a[1]));
    else
        handle = make<ThreadHandle>();
    if (handle->thread) return raise(errors::RuntimeError, "thread already started");
    const int daemon = a[2] ? truth(a[2]) : 1;
    if (daemon < 0) return {};
    handle->thread = spawn(a[0], none(), none(), daemon);
    return handle;
}
Value handle_join(const Value* a) {
    auto* handle = cast<ThreadHandle>(a[0]);
    double seconds = -1;
    if (given(a[1]) && !to_double(a[1], seconds)) return {};
    if (!handle->thread)
        return handle->done ? none() : raise(errors::RuntimeError, "thread not started");
    if (handle->thread == g_machine->current())
        return raise(errors::RuntimeError, "Cannot join current thread");
    const int64_t deadline =
        given(a[1]) && seconds >= 0 ? g_machine->now() + to_ns(seconds) : kNever;
    (void)g_machine->join(handle->thread, deadline);
    return abandoning() ? raise_abandoned() : none();
}
Value handle_is_done(const Value* a) {
    const auto* handle = cast<ThreadHandle>(a[0]);
    return boolean(handle->done || (handle->thread && handle->thread->done()));
}
Value handle_set_done(const Value* a) {
    cast<ThreadHandle>(a[0])->done = true;
    return none();
}
Value handle_ident(const Value* a) {
    const auto* handle = cast<ThreadHandle>(a[0]);
    return make_int_unsigned(handle->thread ? handle->thread->ident : 0);
}
Value handle_construct(Type* type, const Args&) {
    return make_as<ThreadHandle>(type);
}
constexpr NativeMethod kHandleMethods[] = {
    {"join", handle_join, "(self, timeout=None, /)"},
    {"is_done", handle_is_done},
    {"_set_done", handle_set_done},
    {"ident", handle_ident, "(self)", MethodKind::Getter},
};

Value allocate_lock(const Value*) {
    return make<ThreadLock>();
}
Value get_ident(const Value*) {
    return make_int_unsigned(g_machine->current()->ident);
}
Value get_native_id(const Value*) {
    return make_int(4242 + g_machine->current()->id);
}
Value get_main_ident(const Value*) {
    return make_int_unsigned(g_machine->main_thread()->ident);
}
Value make_handle(const Value* a) {
    Ref<ThreadHandle> handle = make<ThreadHandle>();
    int64_t ident = 0;
    if (!int_value(a[0], ident)) return raise(errors::TypeError, "an ident was expected");
    for (const auto& thread : g_machine->threads())
        if (thread->ident == static_cast<uint64_t>(ident)) handle->thread = thread.get();
    return handle;
}
Value set_name(const Value* a) {
    g_machine->current()->name = text_of(a[0]);
    return none();
}
Value daemon_allowed(const Value*) {
    return boolean(true);
}
Value interrupt_main(const Value* a) {
    int64_t number = kSigInt;
    if (a[0] && !to_index(a[0], number)) return {};
    return result_of(deliver_signal(number));
}
Value exit_thread(const Value*) {
    return raise_with(errors::SystemExit, {});
}
Value thread_count(const Value*) {
    int64_t count = 0;
    for (const auto& thread : g_machine->threads()) count += !thread->done();
    return make_int(count - 1);
}
Value stack_size(const Value*) {
    return Value::small(0);
}

constexpr MethodKind kFunction = MethodKind::Function;
constexpr NativeMethod kFunctions[] = {
    {"allocate_lock", allocate_lock, "()", kFunction},
    {"allocate", allocate_lock, "()", kFunction},
    {"get_ident", get_ident, "()", kFunction},
    {"get_native_id", get_native_id, "()", kFunction},
    {"_get_main_thread_ident", get_main_ident, "()", kFunction},
    {"_make_thread_handle", make_handle, "(ident, /)", kFunction},
    {"start_new_thread", start_new_thread, "(function, args, kwargs=None, /)", kFunction},
    {"start_new", start_new_thread, "(function, args, kwargs=None, /)", kFunction},
    {"start_joinable_thread", start_joinable_thread, "(function, handle=None, daemon=True)",
     kFunction},
    {"daemon_threads_allowed", daemon_allowed, "()", kFunction},
    {"interrupt_main", interrupt_main, "(signum=None, /)", kFunction},
    {"set_name", set_name, "(name, /)", kFunction},
    {"exit", exit_thread, "()", kFunction},
    {"_count", thread_count, "()", kFunction},
    {"stack_size", stack_size, "(size=None, /)", kFunction},
};

void define_types() {
    NativeTypeSpec lock{"_thread.lock", sizeof(ThreadLock)};
    lock.slots.destroy = &destroy_native<ThreadLock>;
    lock.slots.construct = &lock_construct;
    lock.slots.repr = &lock_repr;
    lock.methods = kLockMethods;
    ThreadLock::type = define_type(lock);

    NativeTypeSpec recursive{"_thread.RLock", sizeof(RecursiveLock), kBaseType};
    recursive.slots.destroy = &destroy_native<RecursiveLock>;
    recursive.slots.construct = &rlock_construct;
    recursive.slots.repr = &rlock_repr;
    recursive.methods = kRecursiveMethods;
    RecursiveLock::type = define_type(recursive);

    NativeTypeSpec handle{"_thread._ThreadHandle", sizeof(ThreadHandle)};
    handle.slots.destroy = &destroy_native<ThreadHandle>;
    handle.slots.construct = &handle_construct;
    handle.methods = kHandleMethods;
    ThreadHandle::type = define_type(handle);
}

}  // namespace

Value make_module__thread() {
    if (!ThreadLock::type) define_types();
    const Value module = make_native_module("_thread", kFunctions);
    module_set(module, "LockType", Value::share(ThreadLock::type));
    module_set(module, "lock", Value::share(ThreadLock::type));
    module_set(module, "RLock", Value::share(RecursiveLock::type));
    module_set(module, "_ThreadHandle", Value::share(ThreadHandle::type));
    module_set(module, "error", Value::share(errors::RuntimeError));
    module_set(module, "TIMEOUT_MAX", make_float(9223372036.0));
    return module;
}

}  // namespace loopglass::script
