// Signals of the simulated machine: delivered to the main thread, between two steps of it.
#pragma once

#include <cstdint>

#include "runtime/value/value.hpp"

namespace loopglass::loop {

inline constexpr int64_t kSigInt = 2, kSigTerm = 15, kSignals = 65;

// signal.getsignal / signal.signal. SIG_DFL and SIG_IGN are the ints 0 and 1. An empty value means
// the default: KeyboardInterrupt for SIGINT, the end of the run for the others.
[[nodiscard]] value::Value signal_handler(int64_t number);
[[nodiscard]] bool signal_is_default(int64_t number);
void set_signal_handler(int64_t number, value::Value handler);
// raise_signal, os.kill on ourselves: runs the handler now. False: an exception is pending.
[[nodiscard]] bool deliver_signal(int64_t number);
// The function a script sees as signal.default_int_handler, set by the module `_signal`.
extern value::Value g_default_int_handler;
// Forgets all handlers; a session begins with this.
void reset_signals();

[[nodiscard]] value::Value add_signal_handler(const value::Value* arguments);
[[nodiscard]] value::Value remove_signal_handler(const value::Value* arguments);

}  // namespace loopglass::loop
