// ByHand: an event loop that goes on piece by piece, for a prompt. While it lives the loop counts
// as running, as between two handles of run_forever(): get_running_loop() answers it, create_task()
// puts tasks on its ready queue, and nothing moves until advance() is called.
#pragma once

#include <cstdint>

#include "runtime/loop/asyncgen.hpp"
#include "runtime/loop/event_loop.hpp"

namespace loopglass::loop {

class ByHand {
public:
    // Requires a loop that is neither running nor closed.
    explicit ByHand(EventLoop* loop);
    ~ByHand();
    ByHand(const ByHand&) = delete;
    ByHand& operator=(const ByHand&) = delete;

    enum class Did : uint8_t {
        Poll,    // an iteration began: it polled, the clock may have moved, due timers got in line
        Handle,  // the handle at the front of the ready queue has run
        Stuck,   // nothing: no handle, no timer, no thread and no socket will ever wake the loop
        Failed,  // KeyboardInterrupt or SystemExit left a handle, or the run is abandoned: pending
    };
    Did advance();
    // Is nothing in line, so that the next piece moves the clock (or is stuck)?
    [[nodiscard]] bool idle() const { return !todo_ && loop_->ready.empty(); }
    [[nodiscard]] bool inside_iteration() const { return todo_ > 0; }
    // Loop time of the next timer that is set, in ns; kNever if there is none.
    [[nodiscard]] int64_t next_timer();
    // Moves the clock to `ns` (not beyond the next timer) without an iteration.
    void let_time_pass(int64_t ns);
    // loop.stop() was called.
    [[nodiscard]] bool stopped() const { return loop_->stopping; }

private:
    [[nodiscard]] Did begin();
    [[nodiscard]] bool nobody_else() const;

    value::Value keep_;
    EventLoop* loop_;
    value::Value outer_loop_;
    VirtualThread* outer_thread_;
    AsyncgenHooks hooks_;
    size_t todo_ = 0;  // handles left of the iteration that has begun
};

}  // namespace loopglass::loop
