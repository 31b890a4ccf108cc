#include "runtime/loop/asyncgen.hpp"

#include <algorithm>

#include "runtime/loop/combinators.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"

namespace loopglass::loop {

namespace {

Value g_hooks;  // the loop whose hooks are in force; empty: none
Name kAclose("aclose");

}  // namespace

AsyncgenHooks::AsyncgenHooks(EventLoop* loop)
    : outer_(std::exchange(g_hooks, Value::share(loop))) {}
AsyncgenHooks::~AsyncgenHooks() {
    g_hooks = std::move(outer_);
}

Value asyncgen_first_iteration(const Value& generator) {
    if (!g_hooks) return {};
    auto* loop = cast<EventLoop>(g_hooks);
    if (loop->asyncgens_shut_down &&
        !warn(errors::ResourceWarning,
              cat("asynchronous generator ", repr_of(generator),
                  " was scheduled after loop.shutdown_asyncgens() call"),
              1, g_hooks))
        clear_raised();
    loop->asyncgens.push_back(generator.object());
    return g_hooks;
}

// BaseEventLoop._asyncgen_finalizer_hook: call_soon_threadsafe(create_task, agen.aclose()).
bool asyncgen_finalize(const Value& its_loop, const Value& generator) {
    if (!its_loop || abandoning()) return false;
    asyncgen_ended(its_loop, generator.object());
    auto* loop = cast<EventLoop>(its_loop);
    if (loop->closed) return false;
    const Value closing = call_method(generator, kAclose, {});
    if (!closing) return clear_raised(), false;
    (void)loop->call_soon_threadsafe(get_attribute(its_loop, intern("create_task")),
                                     make_tuple({closing}));
    return true;
}

void asyncgen_ended(const Value& loop, const Object* generator) {
    if (loop) std::erase(cast<EventLoop>(loop)->asyncgens, generator);
}

// BaseEventLoop.shutdown_asyncgens (3.13).
Value shutdown_asyncgens(const Value* a) {
    auto* loop = cast<EventLoop>(a[0]);
    loop->asyncgens_shut_down = true;
    if (loop->asyncgens.empty()) return none();
    std::vector<Value> generators, closing;
    for (Object* generator : loop->asyncgens) generators.push_back(Value::share(generator));
    loop->asyncgens.clear();
    for (const Value& generator : generators) {
        closing.push_back(call_method(generator, kAclose, {}));
        if (!closing.back()) return {};
    }
    const Value results = await_gather(closing, true);
    if (!results) return {};
    for (size_t i = 0; i < generators.size(); ++i) {
        const Value& result = cast<List>(results)->items[i];
        if (!is_exception(result, errors::Exception)) continue;
        if (!loop->call_exception_handler(
                error_context(cat("an error occurred during closing of asynchronous generator ",
                                  repr_of(generators[i])),
                              {{"exception", result}, {"asyncgen", generators[i]}})))
            return {};
    }
    return none();
}

}  // namespace loopglass::loop
