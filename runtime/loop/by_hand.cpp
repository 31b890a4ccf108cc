#include "runtime/loop/by_hand.hpp"

#include <algorithm>
#include <utility>

#include "runtime/loop/support.hpp"

namespace loopglass::loop {

using trace::EventKind;

ByHand::ByHand(EventLoop* loop)
    : keep_(Value::share(loop)),
      loop_(loop),
      outer_loop_(std::exchange(g_running_loop, Value::share(loop))),
      outer_thread_(std::exchange(loop->thread, g_machine->current())),
      hooks_(loop) {
    loop->running = true;
    emit(EventKind::LoopStarted, 0, 0, 0, trace::LoopEntry::RunForever);
}

ByHand::~ByHand() {
    if (!abandoning()) emit(EventKind::LoopStopped, 0, 0, 0, trace::StopReason::Stopped);
    loop_->stopping = false;
    loop_->running = false;
    loop_->thread = outer_thread_;
    g_running_loop = std::move(outer_loop_);
}

int64_t ByHand::next_timer() {
    loop_->drop_dead_timers();
    return loop_->timers.empty() ? kNever : loop_->timers.next_when();
}

void ByHand::let_time_pass(int64_t ns) {
    ns = std::min(ns, next_timer());
    if (ns <= g_machine->now()) return;
    // Threads that sleep are woken on the way.
    g_machine->block(ns - kOversleepNs, 1, trace::ClockReason::External);
}

// Only a thread or a socket could still wake a loop that has nothing in line and no timer.
bool ByHand::nobody_else() const {
    return g_machine->threads().size() == 1 && loop_->ready_sockets.empty() && !loop_->woken;
}

ByHand::Did ByHand::begin() {
    loop_->drop_dead_timers();
    const bool waits = loop_->ready.empty() && !loop_->stopping;
    const bool for_ever = waits && loop_->timers.empty();
    if (for_ever && nobody_else()) return Did::Stuck;
    int64_t timeout = waits ? kNever : 0;
    if (waits && !for_ever)
        timeout = std::max<int64_t>(loop_->timers.next_when() - g_machine->now(), 0);
    if (!g_machine->count_iteration()) return raise_abandoned(), Did::Failed;
    g_machine->woken_when_stuck = g_machine->current();
    loop_->select(timeout);
    g_machine->woken_when_stuck = nullptr;
    if (abandoning()) return raise_abandoned(), Did::Failed;
    loop_->take_due_timers();
    todo_ = loop_->ready.size();
    trace::Recording& recording = g_machine->recording;
    recording.append_because(trace::kNoEvent, EventKind::IterationBegin, ++loop_->iteration,
                             static_cast<uint32_t>(todo_),
                             static_cast<uint32_t>(loop_->timers.size()));
    if (todo_) return Did::Poll;
    recording.append_because(trace::kNoEvent, EventKind::IterationEnd, loop_->iteration);
    return for_ever ? Did::Stuck : Did::Poll;
}

ByHand::Did ByHand::advance() {
    if (!todo_) return begin();
    --todo_;
    const InLibrary here(kRunsHandle);
    ReadyItem item = loop_->ready.pop();
    const bool fine = loop_->run_item(item);
    loop_->let_go_of_last();
    loop_->last_item_ = std::move(item);
    if (abandoning()) return raise_abandoned(), Did::Failed;
    todo_ = std::min(todo_, loop_->ready.size());
    if (!todo_) loop_->let_go_of_last(kLetsGoOfHandle);
    if (!todo_)
        g_machine->recording.append_because(trace::kNoEvent, EventKind::IterationEnd,
                                            loop_->iteration);
    return fine ? Did::Handle : Did::Failed;
}

}  // namespace loopglass::loop
