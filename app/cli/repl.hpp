// loopglass repl: a prompt on a terminal, or the same engine fed from a pipe.
#pragma once

#include <memory>

#include "runtime/session/repl.hpp"

namespace loopglass::cli {

// Ctrl-C while something runs: asked for and taken by whoever drives the prompt.
class InterruptSignal {
public:
    InterruptSignal();
    ~InterruptSignal();
    InterruptSignal(const InterruptSignal&) = delete;
    InterruptSignal& operator=(const InterruptSignal&) = delete;
    [[nodiscard]] static bool take();
};

// Both answer the exit code.
[[nodiscard]] int repl_in_terminal(session::Repl& repl);
[[nodiscard]] int repl_from_pipe(session::Repl& repl);

}  // namespace loopglass::cli
