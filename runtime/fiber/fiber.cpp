#include "runtime/fiber/fiber.hpp"

#include <cxxabi.h>
#include <sys/resource.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "runtime/base/check.hpp"
#include "runtime/fiber/stack.hpp"
#include "runtime/fiber/switch_guard.hpp"

namespace loopglass::fiber {
namespace {

// What the C++ runtime knows of exceptions, by the Itanium C++ ABI. It belongs to the thread, but
// every fiber must have its own: resume() puts the resumer's aside.
struct ExceptionState {
    void* caught;
    unsigned int uncaught;
};
ExceptionState* exception_state = nullptr;
// What a fiber or a segment threw, on its way to whoever called it.
std::exception_ptr escaped;

[[nodiscard]] bool no_exception_alive() {
    return exception_state->caught == nullptr && exception_state->uncaught == 0;
}

void rethrow_escaped() {
    if (__builtin_expect(escaped != nullptr, 0))
        std::rethrow_exception(std::exchange(escaped, nullptr));
}

// The main thread's stack grows down from about here to the limit of the process.
char* find_host_limit() {
    constexpr size_t kUsual = size_t{8} << 20, kAlreadyUsed = size_t{64} << 10,
                     kMost = size_t{1} << 30;
    rlimit limit{};
    const bool known = getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
    const size_t bytes = std::min(known ? static_cast<size_t>(limit.rlim_cur) : kUsual, kMost);
    return static_cast<char*>(__builtin_frame_address(0)) - bytes + kAlreadyUsed +
           stack_sizes().reserve_bytes;
}

}  // namespace

#ifdef LOOPGLASS_ASAN
StackMark g_left;
#endif
char* g_stack_limit = find_host_limit();
Fiber* Fiber::g_current = nullptr;
Machine* Machine::g_running = nullptr;

// The first function on a fiber's stack.
struct Trampoline {
    [[noreturn]] static void enter(boost::context::detail::transfer_t from) {
        const Place resumer = after_jump(from.fctx, nullptr);
        Fiber::current()->run_entry(resumer);
    }
};

Fiber::~Fiber() {
    CHECK(state_ == State::New || state_ == State::Finished,
          "a live fiber is abandoned before it is destroyed");
}

void Fiber::prepare() {
    CHECK(state_ == State::New || state_ == State::Suspended,
          "only a new or suspended fiber is resumed");
    if (g_current == nullptr)
        exception_state = reinterpret_cast<ExceptionState*>(abi::__cxa_get_globals());
    if (state_ == State::New) {
        StackPool& pool = fiber_stacks();
        stack_ = pool.take();
        here_ = new_place(stack_, pool.slot_bytes(), &Trampoline::enter);
    }
    state_ = State::Active;
}

// The one way into a fiber. Returns the place it, or a fiber inside it that paused, left.
Place Fiber::switch_to(Fiber& target) {
    Fiber* const resumer = g_current;
    char* const limit = g_stack_limit;
    const ExceptionState exceptions = *exception_state;
    *exception_state = {nullptr, 0};
    g_current = &target;
    const Place left = jump(target.here_);
    g_current = resumer;
    g_stack_limit = limit;
    *exception_state = exceptions;
    return left;
}

void Fiber::resume() {
    prepare();
    here_ = switch_to(*this);
    if (state_ == State::Finished) release();
}

void Fiber::release() {
    fiber_stacks().give_back(std::exchange(stack_, nullptr));
    rethrow_escaped();
}

void Fiber::run_entry(const Place& resumer) {
    back_ = resumer;
    g_stack_limit = stack_ + stack_sizes().reserve_bytes;
    try {
        entry_(argument_);
    } catch (...) {
        escaped = std::current_exception();
    }
    state_ = State::Finished;
    jump_for_good(back_);
}

bool Fiber::suspend() {
    Fiber* const self = g_current;
    CHECK(self != nullptr, "only a fiber suspends");
    CHECK(no_exception_alive(), "no fiber suspends while a C++ exception is handled or in flight");
    if (self->abandoned_) return false;
    char* const limit = g_stack_limit;
    self->state_ = State::Suspended;
    self->back_ = jump(self->back_);
    g_stack_limit = limit;
    return !self->abandoned_;
}

void Fiber::abandon() {
    if (state_ == State::Finished) return;
    abandoned_ = true;
    if (state_ == State::New) {
        state_ = State::Finished;
        return;
    }
    resume();
    CHECK(state_ == State::Finished, "an abandoned fiber returns");
}

Machine::Outcome Machine::run() {
    CHECK(g_running == nullptr && Fiber::current() == nullptr,
          "a machine runs from the host's stack");
    g_running = this;
    if (paused_ == nullptr) root_.prepare();
    Fiber& innermost = paused_ == nullptr ? root_ : *std::exchange(paused_, nullptr);
    const Place left = Fiber::switch_to(innermost);
    g_running = nullptr;
    (paused_ == nullptr ? root_ : *paused_).here_ = left;
    if (!root_.finished()) return Outcome::Paused;
    root_.release();
    return Outcome::Finished;
}

void Machine::abandon() {
    abandoning_ = true;
    root_.abandoned_ = true;
    if (!root_.started()) return root_.abandon();
    if (!root_.finished()) CHECK(run() == Outcome::Finished, "an abandoned machine ends");
}

bool Machine::pause() {
    Machine* const machine = g_running;
    Fiber* const self = Fiber::g_current;
    if (machine == nullptr || self == nullptr || machine->abandoning_ || self->abandoned_)
        return false;
    CHECK(no_exception_alive(), "no machine pauses while a C++ exception is handled or in flight");
    char* const limit = g_stack_limit;
    machine->paused_ = self;
    machine->root_.back_ = jump(machine->root_.back_);
    g_stack_limit = limit;
    return !machine->abandoning_;
}

namespace {

struct SegmentCall {
    Fiber::Entry function;
    void* argument;
    char* base;
    Place caller;
};
SegmentCall* arriving_call = nullptr;

[[noreturn]] void run_segment(boost::context::detail::transfer_t from) {
    SegmentCall* const call = arriving_call;
    call->caller = after_jump(from.fctx, nullptr);
    g_stack_limit = call->base + stack_sizes().reserve_bytes;
    try {
        call->function(call->argument);
    } catch (...) {
        escaped = std::current_exception();
    }
    jump_for_good(call->caller);
}

}  // namespace

void call_on_segment(Fiber::Entry function, void* argument) {
    StackPool& pool = segment_stacks();
    SegmentCall call{function, argument, pool.take(), {}};
    char* const limit = g_stack_limit;
    arriving_call = &call;
    jump(new_place(call.base, pool.slot_bytes(), &run_segment));
    g_stack_limit = limit;
    pool.give_back(call.base);
    rethrow_escaped();
}

}  // namespace loopglass::fiber
