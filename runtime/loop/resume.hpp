// The switch into a suspended body and back, for the two places that do it: resume(), and the event
// loop's turn. Inline, because the processor predicts returns by the calls before them: a turn that
// switched stacks inside a few nested calls would mispredict each of their returns, and as many of
// the body's, which costs more than the turn itself.
#pragma once

#include <utility>

#include "runtime/loop/coroutine.hpp"
#include "runtime/value/errors.hpp"

namespace loopglass::loop {

extern Resumable* g_current;    // whose fiber runs
extern Resumable* g_innermost;  // the end of its await chain
extern bool g_abandoning;

// The outermost frame of a body that has no frame of its own: that of the first script function it
// called.
[[nodiscard]] value::Frame* bottom_frame(const Resumable* resumable, const value::Frame* resumers);
// The body has ended: gives the fiber back.
void finish(Resumable* resumable);

// Takes the registers of the resumer, switches, and brings them back.
[[gnu::always_inline]] inline void switch_into(Resumable* self) {
    using value::g_thread;
    Resumable* const outer = std::exchange(g_current, self);
    Resumable* const outer_innermost =
        std::exchange(g_innermost, self->innermost ? self->innermost : self);
    value::Frame* const frame = g_thread.frame;
    value::Value handled = std::move(g_thread.handled);
    const uint32_t depth = g_thread.depth;

    if (self->registers.frame) {
        self->bottom->back = frame;
        g_thread.frame = self->registers.frame;
    }
    const bool handles_own = static_cast<bool>(self->registers.handled);
    if (handles_own)
        g_thread.handled = std::move(self->registers.handled);
    else if (handled)
        g_thread.handled = handled;
    g_thread.depth = depth + self->registers.depth;
    self->state = Resumable::State::Running;
    // What is thrown in meets what the body is handling (_PyErr_ChainStackItem).
    if (__builtin_expect(handles_own, 0) && !self->transfer && value::raised() && !g_abandoning)
        value::raise_value(value::take_raised());

    self->fiber->resume();

    self->registers.frame = nullptr;
    if (g_thread.frame != frame) {
        self->registers.frame = g_thread.frame;
        self->bottom = self->frame ? self->frame : bottom_frame(self, frame);
        self->bottom->back = nullptr;
    }
    self->registers.depth = g_thread.depth - depth;
    if (!g_thread.handled.is(handled)) self->registers.handled = std::move(g_thread.handled);
    self->innermost = g_innermost;
    g_thread.frame = frame;
    g_thread.handled = std::move(handled);
    g_thread.depth = depth;
    g_current = outer;
    g_innermost = outer_innermost;
}

// The rest of a resumption: what the body yielded or returned, or empty with its exception pending.
[[gnu::always_inline]] inline value::SendResult resume_suspended(Resumable* self,
                                                                 value::Value& out) {
    switch_into(self);
    out = std::move(self->transfer);
    if (__builtin_expect(!self->fiber->finished(), 1)) {
        self->state = Resumable::State::Suspended;
        return value::SendResult::Yielded;
    }
    finish(self);
    return out ? value::SendResult::Returned : value::SendResult::Raised;
}

}  // namespace loopglass::loop
