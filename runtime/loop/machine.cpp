#include "runtime/loop/machine.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/base/check.hpp"
#include "runtime/loop/cycles.hpp"
#include "runtime/loop/network.hpp"
#include "runtime/loop/rules.hpp"
#include "runtime/loop/signals.hpp"
#include "runtime/trace/loader.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::loop {

using trace::ClockReason;
using trace::EventKind;
using value::g_thread;

Machine* g_machine = nullptr;
value::Value g_context;
value::Value g_running_loop;
trace::TaskId g_task_id = 0;

void exchange_chain(Resumable*& current, Resumable*& innermost);  // coroutine.cpp
void abandon_all_fibers();
void reset_policy();  // policy.cpp

namespace {

constexpr uint64_t kSpinIterations = 10'000, kSpinReads = 10'000;
constexpr int64_t kSpinIterationNs = 100'000, kSpinReadNs = 1'000'000;

}  // namespace

int64_t to_ns(double seconds) {
    constexpr double kMost = trace::kMostNs;
    const double ns = std::nearbyint(seconds * 1e9);
    if (!(ns < kMost)) return static_cast<int64_t>(kMost);
    return ns < -kMost ? static_cast<int64_t>(-kMost) : static_cast<int64_t>(ns);
}

VirtualThread::VirtualThread(std::string its_name, bool is_daemon, std::function<void()> its_body)
    : name(std::move(its_name)),
      daemon(is_daemon),
      body(std::move(its_body)),
      fiber(
          [](void* self) {
              auto* thread = static_cast<VirtualThread*>(self);
              const std::function<void()> work = std::move(thread->body);
              thread->body = nullptr;
              work();
          },
          this) {}

Machine::Machine(trace::Recording& its_recording, MachineOptions its_options)
    : recording(its_recording), options(its_options), network(std::make_unique<Network>()) {
    CHECK(g_machine == nullptr, "one machine at a time");
    g_machine = this;
    value::restart_identities();
}

Machine::~Machine() {
    if (!threads_.empty()) stop();
    output = nullptr;  // what dies now has nobody left to speak to
    collect_cycles();
    g_context = {};
    g_running_loop = {};
    reset_policy();
    reset_signals();
    network.reset();
    set_abandoning(true);
    abandon_all_fibers();
    set_abandoning(false);
    g_machine = nullptr;
}

void Machine::start(std::function<void()> main) {
    CHECK(threads_.empty(), "a machine is started once");
    threads_.push_back(std::make_unique<VirtualThread>("MainThread", false, std::move(main)));
    current_ = threads_.front().get();
    current_->ident = 0x7f0000001000;
    current_->state = VirtualThread::State::Running;
}

bool Machine::run(int64_t fuel) {
    g_thread.fuel = fuel;
    paused_by_fuel_ = false;
    while (end_ == End::Running) {
        VirtualThread* const running = current_;
        if (running->fiber.run() == fiber::Machine::Outcome::Finished) {
            thread_ended(running);
        } else if (paused_by_fuel_) {
            return false;
        }
    }
    unwind();
    return true;
}

void Machine::stop(End reason) {
    if (end_ == End::Running) end_ = reason;
    unwind();
}

// Continues everything that still stands with the order to end.
void Machine::unwind() {
    set_abandoning(true);
    for (size_t i = 0; i < threads_.size(); ++i)
        if (!threads_[i]->fiber.finished()) {
            current_ = threads_[i].get();
            g_thread.fuel = 0;  // a loop that goes on must ask for more, and hears the order then
            threads_[i]->fiber.abandon();
            g_thread.raised = {};
        }
    set_abandoning(false);
}

void Machine::thread_ended(VirtualThread* thread) {
    thread->state = VirtualThread::State::Dead;
    g_context = {};
    g_running_loop = {};
    if (thread == main_thread()) {
        if (end_ == End::Running) end_ = End::Exit;
        return;
    }
    recording.append(EventKind::ThreadEnded, thread->id);
    for (VirtualThread* joiner : thread->joiners) make_ready(joiner);
    VirtualThread* next = pick();
    if (end_ != End::Running) return;
    next->state = VirtualThread::State::Running;
    current_ = next;
}

// --- the clock -----------------------------------------------------------------------------------

void Machine::advance_to(int64_t ns, ClockReason reason) {
    ns = std::min(ns, trace::kMostNs);
    if (ns <= now_) return;
    const int64_t moved = ns - now_;
    now_ = ns;
    spin_iterations_ = spin_reads_ = 0;
    recording.set_now(ns);
    recording.append_because(trace::kNoEvent, EventKind::ClockAdvanced, 0, 0, recording.wide(moved),
                             reason);
}

int64_t Machine::user_read() {
    if (++spin_reads_ > kSpinReads) {
        const uint64_t reads = spin_reads_;
        advance_to(now_ + kSpinReadNs, ClockReason::PollingGuard);
        spin_reads_ = reads;
    }
    return now_;
}

void Machine::spin() {
    if (++spin_iterations_ > kSpinIterations) {
        const uint64_t iterations = spin_iterations_;
        advance_to(now_ + kSpinIterationNs, ClockReason::PollingGuard);
        spin_iterations_ = iterations;
    }
}

bool Machine::count_iteration() {
    if (++iterations_ > options.max_iterations)
        finish(End::Iterations);
    else if (recording.full())
        finish(End::Events);
    return end_ == End::Running;
}

// --- threads -------------------------------------------------------------------------------------

void Machine::make_ready(VirtualThread* thread) {
    if (thread->state != VirtualThread::State::Blocked) return;
    thread->state = VirtualThread::State::Ready;
    ++thread->token;
    ready_.push_back(thread);
}

void Machine::expire(VirtualThread* thread) {
    thread->timed_out = true;
    ++thread->token;
    thread->state = VirtualThread::State::Ready;
    ready_.push_back(thread);
}

Machine::Deadline Machine::pop_deadline() {
    std::pop_heap(deadlines_.begin(), deadlines_.end());
    Deadline top = deadlines_.back();
    deadlines_.pop_back();
    return top;
}

// The next thread to run, moving the clock if all are blocked. Ends the run where nothing can
// happen any more (null then).
VirtualThread* Machine::pick() {
    const auto waiting = [](const Deadline& entry) {
        return entry.thread->state == VirtualThread::State::Blocked &&
               entry.thread->token == entry.token;
    };
    while (ready_.empty()) {
        if (deadlines_.empty() && woken_when_stuck) {
            expire(woken_when_stuck);
            continue;
        }
        if (deadlines_.empty()) {
            end_ = End::Hang;
            return nullptr;
        }
        const Deadline first = pop_deadline();
        if (!waiting(first)) continue;
        if (first.when > options.stop_at) {
            advance_to(options.stop_at, first.reason);
            end_ = End::Until;
            return nullptr;
        }
        advance_to(first.when + kOversleepNs, first.reason);
        expire(first.thread);
        while (!deadlines_.empty() && deadlines_.front().when <= now_) {
            const Deadline next = pop_deadline();
            if (waiting(next)) expire(next.thread);
        }
    }
    VirtualThread* next = ready_.front();
    ready_.pop_front();
    return next;
}

// From the thread that runs now to another one, or to the host when the run has ended.
void Machine::hand_over(VirtualThread* next, VirtualThread* me) {
    if (next) next->state = VirtualThread::State::Running;
    if (next == me) return;
    if (next) current_ = next;
    me->registers.frame = g_thread.frame;
    me->registers.handled = std::move(g_thread.handled);
    me->registers.depth = g_thread.depth;
    me->raised = std::move(g_thread.raised);
    me->context.swap(g_context);
    me->running_loop.swap(g_running_loop);
    exchange_chain(me->current, me->innermost);
    const trace::TaskId task = std::exchange(g_task_id, 0);
    const trace::Recording::Context cause = recording.save_context();
    static_cast<value::Registers&>(g_thread) = {};

    (void)fiber::Machine::pause();

    exchange_chain(me->current, me->innermost);
    g_task_id = task;
    recording.restore_context(cause);
    me->running_loop.swap(g_running_loop);
    me->context.swap(g_context);
    g_thread.raised = std::move(me->raised);
    g_thread.frame = me->registers.frame;
    g_thread.handled = std::move(me->registers.handled);
    g_thread.depth = me->registers.depth;
}

bool Machine::block(int64_t deadline, int priority, ClockReason reason) {
    if (abandoning() || end_ != End::Running) return false;
    VirtualThread* const me = current_;
    me->state = VirtualThread::State::Blocked;
    me->timed_out = false;
    if (deadline != kNever) {
        deadlines_.push_back({deadline, priority, sequence_++, me, me->token, reason});
        std::push_heap(deadlines_.begin(), deadlines_.end());
    }
    hand_over(pick(), me);
    return !abandoning() && !me->timed_out;
}

void Machine::yield() {
    if (ready_.empty() || abandoning()) return;
    VirtualThread* const me = current_;
    me->state = VirtualThread::State::Ready;
    ready_.push_back(me);
    hand_over(pick(), me);
}

trace::EventIndex Machine::note_blocked(std::string_view what, int64_t until) {
    const uint32_t text = recording.text(what);
    const uint32_t when = recording.wide(until == kNever ? -1 : until);
    // In the thread of a running loop nobody else can go on; elsewhere only this thread waits.
    const bool loop_blocked = static_cast<bool>(g_running_loop) || current_->id == 0;
    return loop_blocked ? emit(EventKind::BlockedBegin, g_task_id, text, when)
                        : emit(EventKind::ThreadBlocked, current_->id, text, when);
}

void Machine::note_continues(trace::EventIndex blocked, int64_t since) {
    const bool loop_blocked = static_cast<bool>(g_running_loop) || current_->id == 0;
    if (loop_blocked)
        emit_because(blocked, EventKind::BlockedEnd, g_task_id, 0, recording.wide(now_ - since));
    else
        emit_because(blocked, EventKind::ThreadContinues, current_->id);
}

bool Machine::sleep(int64_t ns, std::string_view what) {
    if (ns == 0) {
        yield();
    } else {
        const int64_t since = now_;
        const int64_t until = std::min(now_ + ns, trace::kMostNs);
        const trace::EventIndex blocked = note_blocked(what, until);
        block(until, 0, current_->id == 0 ? ClockReason::Blocked : ClockReason::Thread);
        if (!abandoning()) note_continues(blocked, since);
        if (ruled(Rule::CancelStopsThread) && !sleep_goes_on(current_)) return false;
    }
    return abandoning() ? (raise_abandoned(), false) : true;
}

VirtualThread* Machine::spawn(std::string name, bool daemon, std::function<void()> body,
                              trace::ThreadType type) {
    threads_.push_back(std::make_unique<VirtualThread>(std::move(name), daemon, std::move(body)));
    VirtualThread* thread = threads_.back().get();
    thread->id = recording.new_thread();
    thread->ident = main_thread()->ident + 0x1000 * (threads_.size() - 1);
    emit(EventKind::ThreadStarted, thread->id, recording.text(thread->name), 0, type);
    make_ready(thread);
    return thread;
}

VirtualThread* Machine::start_thread(std::string name, bool daemon, std::function<void()> body,
                                     trace::ThreadType type) {
    VirtualThread* const starter = current_;
    VirtualThread* thread = spawn(std::move(name), daemon, {}, type);
    bool begun = false;
    thread->body = [this, starter, &begun, work = std::move(body)] {
        begun = true;
        make_ready(starter);
        work();
    };
    while (!begun && block()) {
    }
    return thread;
}

bool Machine::join(VirtualThread* thread, int64_t deadline) {
    if (thread->done()) return true;
    VirtualThread* const me = current_;
    const int64_t since = now_;
    const trace::EventIndex blocked = note_blocked("join " + thread->name, deadline);
    thread->joiners.push_back(me);
    while (!thread->done() && block(deadline)) {
    }
    if (abandoning()) return false;
    std::erase(thread->joiners, me);
    note_continues(blocked, since);
    return thread->done();
}

void Machine::join_all() {
    for (size_t i = 1; i < threads_.size() && !abandoning(); ++i)
        if (!threads_[i]->daemon) join(threads_[i].get());
}

void Machine::finish(End reason) {
    if (end_ != End::Running) return;
    end_ = reason;
    hand_over(nullptr, current_);
}

void Machine::pause() {
    if (end_ != End::Running || abandoning()) return;
    paused_by_fuel_ = true;
    const trace::Recording::Context cause = recording.save_context();
    (void)fiber::Machine::pause();
    recording.restore_context(cause);
}

void Machine::write(trace::Stream stream, std::string_view text) {
    if (abandoning() || text.empty()) return;
    emit(EventKind::Printed, g_task_id, recording.text(text), current_ ? current_->id : 0, stream);
    if (output) output(stream, text);
}

}  // namespace loopglass::loop
