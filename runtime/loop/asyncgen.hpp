// Async generators and the loop: which are being iterated, and who closes those that are dropped
// (sys.set_asyncgen_hooks, BaseEventLoop._asyncgen_*_hook).
#pragma once

#include "runtime/value/value.hpp"

namespace loopglass::loop {

struct EventLoop;

// While a loop runs, its hooks are the ones in force in its thread.
class AsyncgenHooks {
public:
    explicit AsyncgenHooks(EventLoop* loop);
    ~AsyncgenHooks();
    AsyncgenHooks(const AsyncgenHooks&) = delete;
    AsyncgenHooks& operator=(const AsyncgenHooks&) = delete;

private:
    value::Value outer_;
};

// The evaluator calls this before an async generator's first iteration. Answers the loop that will
// finalise it, to be kept in the generator; empty if none runs.
[[nodiscard]] value::Value asyncgen_first_iteration(const value::Value& generator);
// … and this when the last reference to a suspended one drops (it is alive during the call and may
// be kept). `loop` is what asyncgen_first_iteration answered. True: the loop will close it.
bool asyncgen_finalize(const value::Value& loop, const value::Value& generator);
// … and this when one ends.
void asyncgen_ended(const value::Value& loop, const value::Object* generator);

// Native bodies of loop.shutdown_asyncgens.
[[nodiscard]] value::Value shutdown_asyncgens(const value::Value* arguments);

}  // namespace loopglass::loop
