// The interpreter's registers: the pending exception, the exception being handled, the innermost
// frame. One global, because a step must reach them without chasing pointers through its own
// stack. A fiber switch saves and restores what belongs to the fiber (see Registers).
#pragma once

#include <cstdint>

#include "runtime/base/source.hpp"
#include "runtime/value/value.hpp"

namespace loopglass::value {

struct Code;
struct Str;
struct Dict;

// One activation of script code (or of a native coroutine). Lives on the C++ stack of its call, or
// inside the generator or coroutine it belongs to.
struct Frame {
    Frame* back = nullptr;           // who called, or resumed
    Code* code = nullptr;            // borrowed: the function keeps it alive
    Value* slots = nullptr;          // locals; meaning is the code's
    Dict* globals = nullptr;         // borrowed
    const base::Span* at = nullptr;  // the statement running, or the await suspended at
    Value object;                    // the FrameObject a script asked for, made when first needed
};

// What a switch of fibers must put aside and bring back.
struct Registers {
    Frame* frame = nullptr;  // innermost
    Value handled;       // what sys.exception() answers: the exception being handled, or None/empty
    uint32_t depth = 0;  // nested script calls; RecursionError at the limit
};

struct Thread : Registers {
    Value raised;                     // the pending exception instance; set exactly while an empty
                                      // Value (or false / -1) travels up
    uint32_t recursion_limit = 1000;  // sys.setrecursionlimit
    int64_t fuel = INT64_MAX;         // steps left before the host gets the machine back
};

extern Thread g_thread;

[[nodiscard]] inline bool raised() {
    return static_cast<bool>(g_thread.raised);
}
// The pending exception, which is then no longer pending.
[[nodiscard]] inline Value take_raised() {
    return std::move(g_thread.raised);
}

}  // namespace loopglass::value
