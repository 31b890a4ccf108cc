#include "runtime/loop/signals.hpp"

#include <algorithm>

#include "runtime/loop/event_loop.hpp"
#include "runtime/loop/exceptions.hpp"
#include "runtime/loop/support.hpp"
#include "runtime/loop/task.hpp"

namespace loopglass::loop {

Value g_default_int_handler;

namespace {

Value g_handlers[kSignals];

[[nodiscard]] bool check_signal(const Value& signal, int64_t& number) {
    if (!is_int(signal))
        return raise(errors::TypeError, "sig must be an int, not " + repr_of(signal)), false;
    if (!int_value(signal, number) || number < 1 || number >= kSignals)
        return raise(errors::ValueError, "invalid signal number " + repr_of(signal)), false;
    return true;
}

}  // namespace

Value signal_handler(int64_t number) {
    if (g_handlers[number]) return g_handlers[number];
    return number == kSigInt && g_default_int_handler ? g_default_int_handler : Value::small(0);
}

bool signal_is_default(int64_t number) {
    return !g_handlers[number];
}

void set_signal_handler(int64_t number, Value handler) {
    const bool restores = g_default_int_handler && handler.is(g_default_int_handler);
    g_handlers[number] = restores && number == kSigInt ? Value() : std::move(handler);
}

void reset_signals() {
    for (Value& handler : g_handlers) handler = {};
    g_default_int_handler = {};
}

bool deliver_signal(int64_t number) {
    // A handler of a loop is called by that loop, woken through its self-pipe.
    for (EventLoop* loop = running_loop(); loop;) {
        for (auto& [its_number, handle] : loop->signal_handlers) {
            if (its_number != number) continue;
            const auto* kept = cast<Handle>(handle);
            (void)loop->call_soon_threadsafe(kept->callback, kept->args, kept->context);
            return true;
        }
        break;
    }
    const Value handler = signal_handler(number);
    if (handler.is_small() && handler.small() == 1) return true;
    if (handler.is_small()) {
        if (number == kSigInt) return raise_with(errors::KeyboardInterrupt, {}), false;
        g_machine->finish(Machine::End::Stopped);
        return raise_abandoned(), false;
    }
    return static_cast<bool>(call(handler, Value::small(number), none()));
}

// _UnixSelectorEventLoop.add_signal_handler (3.13).
Value add_signal_handler(const Value* a) {
    auto* loop = cast<EventLoop>(a[0]);
    int64_t number;
    if (is_coroutine(a[2]) || is_coroutine_function(a[2]))
        return raise(errors::TypeError, "coroutines cannot be used with add_signal_handler()");
    if (!check_signal(a[1], number) || !loop->check_closed()) return {};
    if (number == 9 || number == 19)
        return raise(errors::RuntimeError, cat("sig ", number, " cannot be caught"));
    Ref<Handle> handle = make<Handle>();
    handle->callback = a[2];
    handle->args = Ref<Tuple>::share(cast<Tuple>(a[3]));
    handle->loop = a[0];
    handle->context = copy_context();
    std::erase_if(loop->signal_handlers, [&](const auto& entry) { return entry.first == number; });
    loop->signal_handlers.emplace_back(number, handle);
    return none();
}

Value remove_signal_handler(const Value* a) {
    auto* loop = cast<EventLoop>(a[0]);
    int64_t number;
    if (!check_signal(a[1], number)) return {};
    return boolean(std::erase_if(loop->signal_handlers,
                                 [&](const auto& entry) { return entry.first == number; }) > 0);
}

}  // namespace loopglass::loop
