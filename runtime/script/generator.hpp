// Generators and coroutines of scripts: a frame that lives in a Resumable.
#pragma once

#include "runtime/loop/coroutine.hpp"
#include "runtime/script/frame.hpp"

namespace loopglass::script::eval {

// The script part of a suspended body: its frame, the slots it keeps and the function that owns its
// code.
struct Activation {
    ScriptFrame frame;
    Value function;
    Value* slots = nullptr;  // frame_size of them, in pool memory
    uint32_t at = 0;         // flat bodies: the step it waits at
    bool begun = false;      // flat bodies

    // Takes over the arguments.
    void take(Function* its_function, Value* arguments);
    void free_slots();
    // Runs the body to its end; `self` is told its frame. Answers the result or empty.
    Value run(loop::Resumable* self);
    // The body will never run: its arguments die.
    void discard();
};

struct Generator : loop::Resumable {
    static Type* type;
    Activation activation;
    using Resumable::Resumable;
};

// A coroutine of a script: of the loop floor's type, larger by the activation.
struct ScriptCoroutine : loop::Coroutine {
    Activation activation;
    using Coroutine::Coroutine;
};

struct AsyncGenerator : loop::Resumable {
    static Type* type;
    Activation activation;
    bool hooks_inited = false;
    bool closed = false;
    bool running_async = false;  // an asend, athrow or aclose is under way
    Value finalizer;             // the loop that closes it when it is dropped
    using Resumable::Resumable;
};

// The activation of any script generator, coroutine or async generator; null for native ones.
[[nodiscard]] Activation* activation_of(loop::Resumable* resumable);

// Yields out of the running body: the value sent, or empty with an exception pending. In an async
// generator the value is marked as yielded, not awaited.
[[nodiscard]] Value yield_value(ScriptFrame& frame, Value value);

// What `yield from source` goes through; empty and pending on error.
[[nodiscard]] Value delegate_iterator(const ScriptFrame& frame, const Value& source);

void initialise_generator_types();
void initialise_async_generator_types();

// A function object over `code` with the cells of the frame that defines it.
[[nodiscard]] Ref<Function> close_over(ScriptFrame& frame, FunctionCode* code);

}  // namespace loopglass::script::eval
