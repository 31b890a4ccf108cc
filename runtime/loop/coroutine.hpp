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
#include <string_view>

#include "runtime/fiber/fiber.hpp"
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

    Body body;
    State state = State::Created;
    bool awaited_inline = false;     // Running as a plain call of its awaiter
    fiber::Fiber* fiber = nullptr;   // owned; while driven from outside
    value::Frame* frame = nullptr;   // the body's own script frame, for the await chain; may be null
    Resumable* awaiting = nullptr;   // borrowed: the coroutine this one is awaiting in line, if any
    value::Value awaiting_on;        // what it is suspended at: a future, an iterator; empty if not
    value::Registers registers;      // put aside while suspended
    value::Value transfer;           // carries yielded and sent values across the switch
    value::Ref<value::Str> name, qualname;

    Resumable(value::Type* its_type, Body its_body) : Object(its_type), body(its_body) {}
    ~Resumable();
};

// One resumption from outside: sends `sent`, or throws the pending exception in if `sent` is empty.
// Raises CPython's errors for "already executing", "cannot reuse already awaited coroutine" …
value::SendResult resume(Resumable* resumable, const value::Value& sent, value::Value& out);

// Inside a body: yields to whoever resumed this fiber. Answers the value sent, or empty with the
// exception thrown in pending. Must not be called while C++ handles an exception.
[[nodiscard]] value::Value suspend(value::Value yielded);

// The Resumable whose fiber runs now (the outermost of an await chain); null outside any.
[[nodiscard]] Resumable* current_resumable();

// `await x` for any x: coroutines that have not begun run in line; futures suspend the task;
// anything else goes through __await__. Empty and pending on error.
[[nodiscard]] value::Value await(const value::Value& awaitable);

// coro.close() / generator.close(): throws GeneratorExit in. False and pending on error.
[[nodiscard]] bool close(Resumable* resumable);

// The native coroutine type ("coroutine"): script coroutines are of the same type.
struct Coroutine : Resumable {
    static value::Type* type;
    value::Value origin;  // debug mode: where it was created
    using Resumable::Resumable;
};

// A coroutine of C++ code: tests and the loop's own combinators use it.
[[nodiscard]] value::Ref<Coroutine> make_coroutine(std::string_view qualname, std::function<value::Value()> body);

// Set by the script floor: how a coroutine that is dropped before it began is reported
// ("coroutine 'f' was never awaited", with the line then running).
extern void (*g_never_awaited)(Coroutine* coroutine);

}  // namespace loopglass::loop
