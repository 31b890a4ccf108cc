#include "runtime/fiber/fiber.hpp"

#include <cxxabi.h>
#include <sys/resource.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "runtime/base/check.hpp"
#include "runtime/fiber/stack.hpp"
#include "runtime/fiber/switch.hpp"

namespace loopglass::fiber {
namespace {

// What a fiber or a segment threw, on its way to whoever called it.
std::exception_ptr escaped;

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

char* g_stack_limit = find_host_limit();
ExceptionState* g_exceptions = reinterpret_cast<ExceptionState*>(abi::__cxa_get_globals());
Fiber* Fiber::g_current = nullptr;
Fiber* Fiber::g_lodger = nullptr;
Machine* Machine::g_running = nullptr;

Fiber::~Fiber() {
    CHECK(state_ == State::New || state_ == State::Finished,
          "a live fiber is abandoned before it is destroyed");
}

void Fiber::start() {
    CHECK(state_ == State::New, "only a new or suspended fiber is resumed");
    StackPool& pool = fiber_stacks();
    stack_ = SharedStack::move_in(this);
    shares_ = stack_ != nullptr;
    if (!shares_) stack_ = pool.take();
    state_ = State::Active;
    resumer_ = g_current;
    here_ = switch_away(
        this, [&] { return jump_to_new(stack_, pool.slot_bytes(), &Fiber::run_current); });
}

void Fiber::release() {
    char* const stack = std::exchange(stack_, nullptr);
    if (std::exchange(shares_, false))
        SharedStack::move_out(this);
    else
        fiber_stacks().give_back(stack);
    rethrow_escaped();
}

// The whole life of a fiber, on its own stack.
void Fiber::run_current(const Place& resumer) {
    Fiber* const self = g_current;
    self->back_ = resumer;
    g_stack_limit = self->stack_ + stack_sizes().reserve_bytes;
    try {
        self->entry_(self->argument_);
    } catch (...) {
        escaped = std::current_exception();
    }
    self->state_ = State::Finished;
    jump_for_good(self->back_);
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
    SharedStack::machine_goes_on(this);
    Fiber* const innermost = paused_ != nullptr ? std::exchange(paused_, nullptr) : &root_;
    if (!root_.started()) {
        root_.start();
    } else {
        innermost->state_ = Fiber::State::Active;
        root_.here_ = Fiber::switch_away(innermost, [innermost] { return jump(innermost->here_); });
    }
    g_running = nullptr;
    if (paused_ != nullptr) paused_->here_ = root_.here_;  // what the host came back from
    SharedStack::machine_stops(this);
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
    CHECK(g_exceptions->caught == nullptr && g_exceptions->uncaught == 0,
          "no machine pauses while a C++ exception is handled or in flight");
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
};
SegmentCall* arriving_call = nullptr;

void run_segment(const Place& caller) {
    const SegmentCall call = *arriving_call;
    const Place back = caller;
    g_stack_limit = call.base + stack_sizes().reserve_bytes;
    try {
        call.function(call.argument);
    } catch (...) {
        escaped = std::current_exception();
    }
    jump_for_good(back);
}

}  // namespace

void call_on_stack(char* base, size_t bytes, Fiber::Entry function, void* argument) {
    SegmentCall call{function, argument, base};
    char* const limit = g_stack_limit;
    arriving_call = &call;
    jump_to_new(base, bytes, &run_segment);
    g_stack_limit = limit;
}

void call_on_segment(Fiber::Entry function, void* argument) {
    StackPool& pool = segment_stacks();
    char* const base = pool.take();
    call_on_stack(base, pool.slot_bytes(), function, argument);
    pool.give_back(base);
    rethrow_escaped();
}

}  // namespace loopglass::fiber
