// Machine: the simulated computer one run happens on. It owns the clock, the virtual threads and
// the recording, and ends the run when nothing can ever go on (rules: conformance MODEL 1, 2, 4,
// 5).
//
// Exactly one virtual thread runs at a time, until it blocks or ends (baton passing). Each is a
// fiber::Machine of its own: whoever blocks picks the next runnable thread and goes straight to the
// host's stack, where run() continues that one. A thread that picks itself does not switch at all.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/fiber/fiber.hpp"
#include "runtime/loop/coroutine.hpp"
#include "runtime/trace/recording.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::loop {

struct EventLoop;
struct Context;
struct Task;
struct Network;

inline constexpr int64_t kEpochNs = 1'700'000'000'123'456'000;  // 2023-11-14 22:13:20.123456 UTC
inline constexpr int64_t kOversleepNs = 1'000;
inline constexpr int64_t kNever = INT64_MAX;

// Seconds to nanoseconds, rounded half to even as Python's round(); clamped, so that infinity is
// some two hundred years.
[[nodiscard]] int64_t to_ns(double seconds);
[[nodiscard]] inline double to_seconds(int64_t ns) {
    return static_cast<double>(ns) / 1e9;
}

struct VirtualThread {
    enum class State : uint8_t { Ready, Running, Blocked, Dead };

    VirtualThread(std::string its_name, bool is_daemon, std::function<void()> its_body);

    std::string name;
    bool daemon;
    State state = State::Blocked;
    bool timed_out = false;
    uint64_t token = 0;      // changes with every wake-up, so that stale deadlines are known
    trace::ThreadId id = 0;  // 0: the main thread
    uint64_t ident = 0;      // threading.get_ident()
    std::vector<VirtualThread*> joiners;

    // What belongs to a thread and is put aside while another one runs.
    value::Registers registers;
    value::Value raised;
    Resumable* current = nullptr;
    Resumable* innermost = nullptr;
    value::Value context;       // Context, or empty
    value::Value running_loop;  // EventLoop, or empty

    std::function<void()> body;
    fiber::Machine fiber;
    [[nodiscard]] bool done() const { return state == State::Dead; }
};

struct MachineOptions {
    int64_t stop_at = kNever;           // virtual time at which the run ends ("until")
    uint64_t max_iterations = 400'000;  // of all event loops together
    int cpu_count = 4;
};

class Machine {
public:
    enum class End : uint8_t { Running, Exit, Hang, Until, Iterations, Events, Stopped };

    Machine(trace::Recording& its_recording, MachineOptions its_options = {});
    ~Machine();
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    // --- host side
    // -------------------------------------------------------------------------------- `main` is
    // what the main thread does; it runs at the first run().
    void start(std::function<void()> main);
    // Runs until the program ends (true), or until `fuel` evaluator steps are spent (false: call
    // again to go on exactly there). A stopped run unwinds all its fibers before this returns.
    bool run(int64_t fuel = INT64_MAX);
    // Ends the run from outside: everything that still stands is unwound silently.
    void stop(End reason = End::Stopped);
    [[nodiscard]] End end() const { return end_; }

    // --- inside: the clock
    // ------------------------------------------------------------------------
    [[nodiscard]] int64_t now() const { return now_; }
    void advance_to(int64_t ns, trace::ClockReason reason);
    // A read of a clock by the script: many in a row make time pass (MODEL 5).
    int64_t user_read();
    // One more iteration of a loop that polls with timeout zero.
    void spin();

    // --- inside: threads
    // -------------------------------------------------------------------------- Blocks the current
    // thread until somebody makes it ready (true) or `deadline` passes (false). False too when the
    // machine is being abandoned: ask abandoning(). `priority` 1 is for select().
    bool block(int64_t deadline = kNever, int priority = 0,
               trace::ClockReason reason = trace::ClockReason::Thread);
    // Lets every other runnable thread run until it blocks.
    void yield();
    // time.sleep: suspends the current thread only. False and pending on abandonment.
    [[nodiscard]] bool sleep(int64_t ns, std::string_view what);
    // Begins and ends the picture of a blocking call of the current thread.
    [[nodiscard]] trace::EventIndex note_blocked(std::string_view what, int64_t until);
    void note_continues(trace::EventIndex blocked, int64_t since);
    void make_ready(VirtualThread* thread);
    // A new thread, at the tail of the ready line. The machine keeps it.
    VirtualThread* spawn(std::string name, bool daemon, std::function<void()> body,
                         trace::ThreadType type = trace::ThreadType::Thread);
    // Thread.start(): as spawn, then blocks until the new thread has begun; it runs to its first
    // blocking call before the starter goes on.
    VirtualThread* start_thread(std::string name, bool daemon, std::function<void()> body,
                                trace::ThreadType type = trace::ThreadType::Worker);
    // True if it ended before the deadline.
    bool join(VirtualThread* thread, int64_t deadline = kNever);
    [[nodiscard]] VirtualThread* current() const { return current_; }
    [[nodiscard]] VirtualThread* main_thread() const { return threads_.front().get(); }
    [[nodiscard]] const std::vector<std::unique_ptr<VirtualThread>>& threads() const {
        return threads_;
    }
    // Joins all threads that are not daemons, in the order they were started: what the end of a
    // program waits for.
    void join_all();

    // Ends the run here and now, with a reason that is not a normal exit.
    void finish(End reason);
    // The evaluator calls this when g_thread.fuel is spent: hands the machine to the host.
    void pause();
    // A loop begins an iteration; false if a limit ended the run.
    [[nodiscard]] bool count_iteration();

    // --- what the floors above install
    // ------------------------------------------------------------
    std::function<void(trace::Stream, std::string_view)> output;  // stdout and stderr

    // Writes to a stream of the script and records it.
    void write(trace::Stream stream, std::string_view text);

    trace::Recording& recording;
    MachineOptions options;
    std::unique_ptr<Network> network;
    bool nested_runs = false;  // nest_asyncio.apply(): a running loop may be run again
    // Woken, as by a deadline, instead of ending the run where nothing can ever happen: a prompt.
    VirtualThread* woken_when_stuck = nullptr;
    uint64_t unnamed_tasks = 0;  // Task-N
    Task* first_task = nullptr;  // all live tasks, in order of creation
    Task* last_task = nullptr;

private:
    struct Deadline {
        int64_t when;
        int priority;
        uint64_t sequence;
        VirtualThread* thread;
        uint64_t token;
        trace::ClockReason reason;
        [[nodiscard]] bool operator<(const Deadline& other) const {  // a max-heap's order, reversed
            if (when != other.when) return when > other.when;
            if (priority != other.priority) return priority > other.priority;
            return sequence > other.sequence;
        }
    };
    [[nodiscard]] VirtualThread* pick();
    [[nodiscard]] Deadline pop_deadline();
    void expire(VirtualThread* thread);
    void hand_over(VirtualThread* next, VirtualThread* me);
    void thread_ended(VirtualThread* thread);
    void unwind();

    int64_t now_ = 0;
    End end_ = End::Running;
    bool paused_by_fuel_ = false;
    uint64_t spin_iterations_ = 0, spin_reads_ = 0, iterations_ = 0, sequence_ = 0;
    std::vector<std::unique_ptr<VirtualThread>> threads_;
    std::deque<VirtualThread*> ready_;
    std::vector<Deadline> deadlines_;
    VirtualThread* current_ = nullptr;
};

// The machine of the session that runs; null outside any.
extern Machine* g_machine;

// Per-thread registers of this floor (a thread switch exchanges them).
extern value::Value g_context;       // the current Context, or empty: made when first needed
extern value::Value g_running_loop;  // what get_running_loop() answers, or empty
extern trace::TaskId g_task_id;      // of the running task; 0: none

// The line of the script that a frame stands at: its own, or that of the script's frame which
// called into the library, looked for down to `bottom`. 0: none.
[[nodiscard]] inline uint32_t script_line(const value::Frame* frame,
                                          const value::Frame* bottom = nullptr) {
    while (frame && frame->code && frame->code->library) {
        if (frame == bottom) return 0;
        frame = frame->back;
    }
    return frame && frame->at ? frame->at->line : 0;
}
// The script line now running; 0 in the loop's own work.
[[nodiscard]] inline uint32_t current_line() {
    return script_line(value::g_thread.frame);
}

// Appends a fact with the line now running; the cause is the step or callback that runs.
template <typename Detail = uint8_t>
trace::EventIndex emit(trace::EventKind kind, uint32_t subject = 0, uint32_t object = 0,
                       uint32_t arg = 0, Detail detail = Detail{}) {
    trace::Recording& recording = g_machine->recording;
    recording.set_line(current_line());
    return recording.append(kind, subject, object, arg, detail);
}
template <typename Detail = uint8_t>
trace::EventIndex emit_because(trace::EventIndex cause, trace::EventKind kind, uint32_t subject = 0,
                               uint32_t object = 0, uint32_t arg = 0, Detail detail = Detail{}) {
    trace::Recording& recording = g_machine->recording;
    recording.set_line(current_line());
    return recording.append_because(cause, kind, subject, object, arg, detail);
}

}  // namespace loopglass::loop
