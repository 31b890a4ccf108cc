#include "runtime/loop/asyncgen.hpp"

#include <algorithm>

#include "runtime/loop/combinators.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/value/weakref.hpp"

namespace loopglass::loop {

namespace {

Value g_hooks;  // the loop whose hooks are in force; empty: none
Name kAclose("aclose"), kCreateTask("create_task");

void forget(EventLoop* loop, const Object* generator) {
    std::erase_if(loop->asyncgens, [generator](const Value& reference) {
        const Object* target = cast<WeakRef>(reference)->target;
        return target == nullptr || target == generator;
    });
}

}  // namespace

AsyncgenHooks::AsyncgenHooks(EventLoop* loop)
    : outer_(std::exchange(g_hooks, Value::share(loop))) {}
AsyncgenHooks::~AsyncgenHooks() {
    g_hooks = std::move(outer_);
}

// BaseEventLoop._asyncgen_firstiter_hook.
Value asyncgen_first_iteration(const Value& generator) {
    if (!g_hooks) return {};
    auto* loop = cast<EventLoop>(g_hooks);
    if (loop->asyncgens_shut_down &&
        !warn(errors::ResourceWarning,
              cat("asynchronous generator ", repr_of(generator),
                  " was scheduled after loop.shutdown_asyncgens() call"),
              1, g_hooks))
        clear_raised();
    const size_t known = loop->asyncgens.size();
    if (known >= 16 && (known & (known - 1)) == 0) forget(loop, nullptr);
    Value reference = make_weakref(generator);
    if (reference)
        loop->asyncgens.push_back(std::move(reference));
    else
        clear_raised();
    return g_hooks;
}

// BaseEventLoop._asyncgen_finalizer_hook: call_soon_threadsafe(self.create_task, agen.aclose()).
bool asyncgen_finalize(const Value& its_loop, const Value& generator) {
    if (!its_loop || abandoning() || g_machine->end() != Machine::End::Running) return false;
    auto* loop = cast<EventLoop>(its_loop);
    forget(loop, generator.object());
    if (loop->closed) return false;
    const Value closing = call_method(generator, kAclose, {});
    const Value create = closing ? get_attribute(its_loop, kCreateTask) : Value();
    if (!create) return clear_raised(), false;
    (void)loop->call_soon_threadsafe(create, make_tuple({closing}));
    return true;
}

void asyncgen_ended(const Value& loop, const Object* generator) {
    if (loop) forget(cast<EventLoop>(loop), generator);
}

// BaseEventLoop.shutdown_asyncgens (3.13).
Value shutdown_asyncgens(const Value* a) {
    auto* loop = cast<EventLoop>(a[0]);
    loop->asyncgens_shut_down = true;
    if (loop->asyncgens.empty()) return none();
    std::vector<Value> generators, closing;
    for (const Value& reference : loop->asyncgens)
        if (Value generator = weakref_target(cast<WeakRef>(reference)))
            generators.push_back(std::move(generator));
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
