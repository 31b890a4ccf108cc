// Resumable: a body that can stop in the middle and go on later. Generators, coroutines and async
// generators of scripts are Resumables, and so are the coroutines of native async functions
// (asyncio.sleep, Lock.acquire, a C++ lambda run as a task).
//
// A Resumable that is driven from outside (by a Task's step, by next(), by coro.send()) runs on a
// fiber of its own, taken at the first resumption and given back at the end. A coroutine that is
// awaited before it started needs none: `await coro()` is a plain call on the awaiting fiber, so a
// suspension inside it suspends the whole chain, exactly as in CPython.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "runtime/fiber/fiber.hpp"
#include "runtime/value/native.hpp"
#include "runtime/value/thread.hpp"
#include "runtime/value/type.hpp"

namespace loopglass::loop {

struct Resumable : value::Object {
    enum class State : uint8_t {
        Created,    // the body has not begun
        Suspended,  // waiting inside suspend(), on its own fiber
        Running,    // its body is on the stack: resumed, or awaited in line
        Closed,     // the body returned, raised, or was closed before it began
    };
    // Runs the body to its end: the result, or empty with an exception pending.
    using Body = value::Value (*)(Resumable* self);

    // A generator that keeps its place itself instead of on a fiber: runs on to the next yield or
    // the end. Empty `sent`: throws the pending exception in; nothing pending: drops everything.
    using Walk = value::SendResult (*)(Resumable* self, const value::Value& sent,
                                       value::Value& out);

    Body body;
    Walk walk = nullptr;
    State state = State::Created;
    bool awaited_inline = false;            // Running as a plain call of its awaiter
    bool portable = false;                  // nothing points to what its body has on the stack
    bool closing = false;                   // awaited in line when its driver was told to exit
    uint32_t bytes = 0;                     // of the whole object; set by make_resumable
    void (*dispose)(Resumable*) = nullptr;  // runs the destructor of what it really is
    fiber::Fiber* fiber = nullptr;          // owned; while driven from outside
    value::Frame* frame = nullptr;  // the body's own script frame, for the await chain; may be null
    value::Frame* bottom = nullptr;  // outermost frame of the fiber, while suspended
    Resumable* awaiting = nullptr;   // borrowed: the coroutine this one is awaiting in line, if any
    Resumable* driver = nullptr;     // borrowed: whose fiber it runs on, while awaited in line
    Resumable* innermost = nullptr;  // borrowed: where the await chain ends, while suspended
    Resumable* next_live = nullptr;  // among all that own a fiber
    Resumable* previous_live = nullptr;
    const value::NativeFunction* native = nullptr;  // borrowed: being awaited by await_native()
    value::Value awaiting_on;    // what it is suspended at: a future, an iterator; empty if not
    value::Registers registers;  // put aside while suspended; depth counts from the resumer's
    value::Value transfer;       // carries yielded and sent values across the switch
    value::Ref<value::Str> name, qualname;

    Resumable(value::Type* its_type, Body its_body) : Object(its_type), body(its_body) {}
    ~Resumable();

    // Is the body executing right now (not merely waiting inside an await)?
    [[nodiscard]] bool executing() const {
        return state == State::Running && (driver == nullptr || driver->state == State::Running);
    }
    // Has it begun, and waits at an await or yield?
    [[nodiscard]] bool waiting() const {
        return state == State::Suspended || (state == State::Running && !executing());
    }
};

// A new T, which derives from Resumable and may be larger than other instances of `type`. The type
// needs the flag kVariableSize, and destroy_resumable in its slots.
template <typename T, typename... Arguments>
[[nodiscard]] value::Ref<T> make_resumable(value::Type* type, Arguments&&... arguments) {
    T* made = new (value::allocate_variable(type, sizeof(T)))
        T(type, std::forward<Arguments>(arguments)...);
    made->bytes = sizeof(T);
    made->dispose = [](Resumable* self) { static_cast<T*>(self)->~T(); };
    return value::Ref<T>::take(made);
}
// Slots::destroy: closes a suspended body (GeneratorExit, as CPython's finaliser does), reports a
// coroutine that never began, frees the object.
void destroy_resumable(value::Object* object);

// One resumption from outside: sends `sent`, or throws the pending exception in if `sent` is empty.
// Raises CPython's errors for "already executing", "cannot reuse already awaited coroutine" …
// It is what Slots::send of generators and coroutines does.
value::SendResult resume(Resumable* resumable, const value::Value& sent, value::Value& out);

// Inside a body: yields to whoever resumed this fiber. Answers the value sent, or empty with the
// exception thrown in pending. Must not be called while C++ handles an exception.
[[nodiscard]] value::Value suspend(value::Value yielded);

// The Resumable whose fiber runs now (the outermost of an await chain); null outside any.
[[nodiscard]] Resumable* current_resumable();
// The innermost of the chain: the coroutine whose code runs.
[[nodiscard]] Resumable* innermost_resumable();

// `await x` for any x: coroutines that have not begun run in line; futures suspend the task;
// anything else goes through __await__. Empty and pending on error.
[[nodiscard]] value::Value await(const value::Value& awaitable);
// The same, whatever rule the run has (rules.hpp).
[[nodiscard]] value::Value await_plainly(const value::Value& awaitable);
// `await function(arguments)` for a native async function or method: it is called at once, and no
// coroutine is made. One argument per parameter, self first. Only inside a coroutine.
[[nodiscard]] value::Value await_native(const value::NativeFunction* function,
                                        const value::Value* arguments);
// A closed coroutine that shows as the one await_native() did not make; for cr_await.
[[nodiscard]] value::Value coroutine_stand_in(const Resumable* awaiter);
// `yield from iterator` and the tail of `await`: passes everything on in both directions.
[[nodiscard]] value::Value delegate(const value::Value& iterator);
// One step of any iterator: sends, or throws the pending exception in if `sent` is empty.
value::SendResult step_iterator(const value::Value& iterator, const value::Value& sent,
                                value::Value& out);
// The iterator behind `await x` (what GET_AWAITABLE makes); empty and pending on error.
[[nodiscard]] value::Value awaitable_iterator(const value::Value& awaitable);

// coro.close() / generator.close(): throws GeneratorExit in. False and pending on error. `returned`
// receives what a generator returned on the way (3.13), else None.
[[nodiscard]] bool close(Resumable* resumable, value::Value* returned = nullptr);
// coro.throw(type, value, traceback): makes the exception and leaves it pending. Answers false with
// another exception pending if the arguments do not name one.
[[nodiscard]] bool pend_thrown(const value::Value& type_or_instance, const value::Value& value,
                               const value::Value& traceback);

// The same for a suspended generator: what it delegates to may be an iterator of the script, whose
// own throw() is given these arguments untouched.
[[nodiscard]] bool pend_thrown_into(Resumable* self, const value::Value& type_or_instance,
                                    const value::Value& value, const value::Value& traceback);

// The native coroutine type ("coroutine"): script coroutines are of the same type.
struct Coroutine : Resumable {
    static value::Type* type;
    value::Value origin;  // debug mode: where it was created
    using Resumable::Resumable;
};

// A coroutine of C++ code: tests and the loop's own combinators use it.
[[nodiscard]] value::Ref<Coroutine> make_coroutine(std::string_view qualname,
                                                   std::function<value::Value()> body);

// Makes the type `coroutine` and its relatives; called by initialise_loop_types().
void initialise_coroutine_types();

// Set by the script floor: how a coroutine that is dropped before it began is reported
// ("coroutine 'f' was never awaited", with the line then running).
extern void (*g_never_awaited)(Coroutine* coroutine);
// Set by the script floor: cr_frame and cr_code of a script coroutine; empty: None.
extern value::Value (*g_frame_object)(Resumable* resumable);
extern value::Value (*g_code_object)(Resumable* resumable);
// While a machine is abandoned (its run was stopped), every suspension answers empty with this
// pending. No handler of a script catches it and no finally clause runs: the evaluator asks here.
[[nodiscard]] bool abandoning();
void set_abandoning(bool on);
value::Value raise_abandoned();

}  // namespace loopglass::loop
