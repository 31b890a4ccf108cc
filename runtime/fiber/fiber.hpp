// Fibers: functions that can stand still in the middle and go on later, each on a stack of its own.
// This floor is the only code that knows how (Boost.Context). One switch is a few nanoseconds;
// there are no threads.
//
// Rules, each with a test: a fiber suspends only to whoever resumed it; nobody suspends inside a
// C++ `catch` or while a C++ exception is in flight (a CHECK aborts); a live fiber is never
// destroyed, it is abandoned first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "runtime/base/check.hpp"
#include "runtime/fiber/saved_bytes.hpp"
#include "runtime/fiber/shared_stack.hpp"
#include "runtime/fiber/switch.hpp"

namespace loopglass::fiber {

// What the C++ runtime knows of exceptions, by the Itanium C++ ABI. It belongs to the thread, but
// every fiber must have its own: resume() puts the resumer's aside.
struct ExceptionState {
    void* caught;
    unsigned int uncaught;
};
extern ExceptionState* g_exceptions;

// Calls must not go deeper on the running stack than this address; every switch updates it.
extern char* g_stack_limit;

// True while the caller may call further on this stack: one compare.
[[nodiscard]] inline bool has_room() {
    return static_cast<char*>(__builtin_frame_address(0)) > g_stack_limit;
}
// Bytes until the limit; 0 once it is passed. The reserve below the limit is not counted.
[[nodiscard]] inline size_t bytes_left() {
    char* const here = static_cast<char*>(__builtin_frame_address(0));
    return here > g_stack_limit ? static_cast<size_t>(here - g_stack_limit) : 0;
}

class Fiber {
public:
    using Entry = void (*)(void* argument);

    // Costs no stack: it is taken at the first resume and given back at the end. With `may_share`
    // nothing outside points to what lies on its stack while it is suspended: with thousands of
    // others it may stand on one, see shared_stack.hpp.
    Fiber(Entry entry, void* argument, bool may_share = false)
        : entry_(entry), argument_(argument), may_share_(may_share) {}
    ~Fiber();
    Fiber(const Fiber&) = delete;
    Fiber& operator=(const Fiber&) = delete;

    [[nodiscard]] bool started() const { return state_ != State::New; }
    [[nodiscard]] bool finished() const { return state_ == State::Finished; }
    [[nodiscard]] bool suspended() const { return state_ == State::Suspended; }
    [[nodiscard]] bool abandoned() const { return abandoned_; }

    // Runs it until it suspends or ends. A C++ exception that leaves the entry function comes out
    // here.
    void resume();
    // Makes a fiber that is not running end: its suspend() returns false, and it must return. No-op
    // when finished.
    void abandon();

    // Back to whoever resumed the current fiber. True: resumed, go on. False: abandoned, return
    // from everything now; from then on suspend() returns false without switching.
    [[nodiscard]] static bool suspend();
    // The fiber that runs now; null on the host's stack.
    [[nodiscard]] static Fiber* current() { return g_current; }
    // Asks the memory for what a resume will touch first: the top of its stack.
    void fetch_stack() const {
        constexpr size_t kLine = 64, kLines = 14;
        const bool aside = saved_.block != nullptr;
        const auto* const top = static_cast<const char*>(aside ? saved_.block : here_.context);
        const size_t lines = aside ? (saved_.bytes + kLine) / kLine : kLines;
        for (size_t i = 0; i < lines && i < kLines; ++i) __builtin_prefetch(top + i * kLine);
    }

private:
    friend class Machine;
    friend class LodgerAccess;
    enum class State : uint8_t {
        New,        // no stack yet
        Active,     // running, or waiting inside resume() for a fiber it resumed
        Suspended,  // here_ says where it stands
        Finished,   // the entry function has returned; the stack is back in its pool
    };

    void start();
    void release();
    static void run_current(const Place& resumer);
    template <typename Jump>
    static Place switch_away(Fiber* target, Jump jump);

    static Fiber* g_current;
    static Fiber* g_lodger;  // whose bytes lie on the shared stack; null: nobody's

    Place here_;                // where it stands while it does not run
    Place back_;                // whoever resumed it
    Fiber* resumer_ = nullptr;  // the same, if that is a fiber
    char* stack_ = nullptr;     // lowest address
    Saved saved_;               // what it has on the shared stack, while others are there
    Entry entry_;
    void* argument_;
    State state_ = State::New;
    bool abandoned_ = false;
    const bool may_share_;
    bool shares_ = false;  // stack_ is the shared one
};

// A root fiber with everything it resumes, directly or not: what one run of a program executes. It
// can be stopped wherever it stands (no fuel left, the window wants its turn) and goes on exactly
// there.
class Machine {
public:
    enum class Outcome : uint8_t { Paused, Finished };

    Machine(Fiber::Entry entry, void* argument) : root_(entry, argument) {}

    // Host side: starts or continues it, until it pauses, its root suspends, or its root ends.
    Outcome run();
    // Host side: continues it with the order to end; see Fiber::abandon(). Fibers that are merely
    // suspended stay so: their owners abandon them.
    void abandon();
    [[nodiscard]] bool finished() const { return root_.finished(); }

    // Inside: straight from the current fiber, however deeply nested, to the host. True: continued.
    // False: there is no host to go to or the machine is being abandoned: return from everything.
    [[nodiscard]] static bool pause();
    // True while the machine that runs now is told to end: schedulers stop resuming others.
    [[nodiscard]] static bool abandoning() {
        return g_running != nullptr && g_running->abandoning_;
    }

private:
    static Machine* g_running;

    Fiber root_;
    friend class LodgerAccess;
    Fiber* paused_ = nullptr;   // the innermost fiber at the time of the pause
    Fiber* evicted_ = nullptr;  // was at work on the shared stack, which another machine needed
    bool abandoning_ = false;
};

// The one way into a fiber: returns the place it, or a fiber inside it that paused, left.
template <typename Jump>
inline Place Fiber::switch_away(Fiber* target, Jump jump_into) {
    Fiber* const resumer = g_current;
    char* const limit = g_stack_limit;
    const ExceptionState exceptions = *g_exceptions;
    *g_exceptions = {nullptr, 0};
    g_current = target;
    const Place left = jump_into();
    g_current = resumer;
    g_stack_limit = limit;
    *g_exceptions = exceptions;
    return left;
}

// Inline, like suspend(): see switch.hpp.
[[gnu::always_inline]] inline void Fiber::resume() {
    if (__builtin_expect(state_ == State::Suspended, 1)) {
        if (__builtin_expect(shares_, 0) && g_lodger != this && !SharedStack::bring_back(this))
            return;
        state_ = State::Active;
        resumer_ = g_current;
        here_ = switch_away(this, [this] { return jump(here_); });
    } else {
        start();
    }
    if (__builtin_expect(state_ == State::Finished, 0)) release();
}

[[gnu::always_inline]] inline bool Fiber::suspend() {
    Fiber* const self = g_current;
    CHECK(self != nullptr, "only a fiber suspends");
    CHECK(g_exceptions->caught == nullptr && g_exceptions->uncaught == 0,
          "no fiber suspends while a C++ exception is handled or in flight");
    if (self->abandoned_) return false;
    char* const limit = g_stack_limit;
    self->state_ = State::Suspended;
    self->back_ = jump(self->back_);
    g_stack_limit = limit;
    return !g_current->abandoned_;
}

// Runs function(argument) on the caller's own stack memory [base, base + bytes), which must be
// larger than stack_sizes().reserve_bytes. The function may suspend, and must not throw.
void call_on_stack(char* base, size_t bytes, Fiber::Entry function, void* argument);

// Runs function(argument) on a further piece of stack, lent for the call. The function may suspend
// and throw.
void call_on_segment(Fiber::Entry function, void* argument);

// Calls `callee()` here while there is room, on a segment otherwise: wrap recursive calls in it,
// and depth is bounded by the script's recursion limit instead of by a stack.
template <typename Callee>
auto with_room(Callee&& callee) -> decltype(callee()) {
    using Result = decltype(callee());
    if (__builtin_expect(has_room(), 1)) return callee();
    if constexpr (std::is_void_v<Result>) {
        call_on_segment(
            [](void* argument) { (*static_cast<std::remove_reference_t<Callee>*>(argument))(); },
            &callee);
    } else {
        struct Call {
            std::remove_reference_t<Callee>& callee;
            union {
                Result result;
            };
            explicit Call(std::remove_reference_t<Callee>& f) : callee(f) {}
            ~Call() {}
        } call(callee);
        call_on_segment(
            [](void* argument) {
                Call& self = *static_cast<Call*>(argument);
                new (&self.result) Result(self.callee());
            },
            &call);
        struct Destroy {
            Result& result;
            ~Destroy() { result.~Result(); }
        } destroy{call.result};
        return static_cast<Result&&>(call.result);
    }
}

}  // namespace loopglass::fiber
