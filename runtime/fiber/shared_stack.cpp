#include "runtime/fiber/shared_stack.hpp"

#include <memory>
#include <utility>

#include "runtime/base/check.hpp"
#include "runtime/fiber/fiber.hpp"
#include "runtime/fiber/saved_bytes.hpp"
#include "runtime/fiber/stack.hpp"

namespace loopglass::fiber {

// The only code that looks into fibers and machines from here.
class LodgerAccess {
public:
    using State = Fiber::State;
    static bool waits(const Fiber* fiber) { return fiber->state_ == State::Suspended; }
    static bool works(const Fiber* fiber) { return fiber->state_ == State::Active; }
    static bool may_share(const Fiber* fiber) { return fiber->may_share_; }
    static Fiber*& owner() { return Fiber::g_lodger; }
    static const char* place(const Fiber* fiber) {
        return static_cast<const char*>(fiber->here_.context);
    }
    // Where `fiber`, which `innermost` was resumed by, directly or not, stands inside resume();
    // null if it is no such.
    static const char* place_below(const Fiber* innermost, const Fiber* fiber) {
        for (; innermost != nullptr; innermost = innermost->resumer_)
            if (innermost->resumer_ == fiber)
                return static_cast<const char*>(innermost->back_.context);
        return nullptr;
    }
    static Saved& saved(Fiber* fiber) { return fiber->saved_; }
    static Fiber* innermost(const Machine* machine) { return machine->paused_; }
    static Fiber*& evicted(Machine* machine) { return machine->evicted_; }
};
using Access = LodgerAccess;

namespace {

#ifdef LOOPGLASS_ASAN
constexpr bool kSharing = false;  // the sanitizer remembers what lies where on a stack
#else
constexpr bool kSharing = true;
#endif

constexpr size_t kGuardBytes = 4096;

size_t own_stacks = SharedStack::kOwnStacks;
char* stack = nullptr;  // lowest address
char* top = nullptr;
size_t lodgers = 0;
Machine* holder = nullptr;  // the machine that stopped while the owner was at work

// Everything from `place` on is moved aside. Where that is elsewhere, on a segment, the whole stack
// may be in use.
void save(Fiber* fiber, const char* place) {
    const bool here = place >= stack + kGuardBytes && place < top;
    const char* const from = here ? place : stack + kGuardBytes;
    Access::saved(fiber) = save_bytes(from, static_cast<size_t>(top - from));
}

void restore(Fiber* fiber) {
    restore_bytes(std::exchange(Access::saved(fiber), {}), top);
    Access::owner() = fiber;
}

// False: the owner is at work in the machine that runs.
[[nodiscard]] bool vacate() {
    Fiber* const owner = Access::owner();
    if (owner == nullptr) return true;
    if (Access::waits(owner)) {
        save(owner, Access::place(owner));
    } else {
        if (holder == nullptr) return false;
        Fiber* const innermost = Access::innermost(holder);
        save(owner,
             innermost == owner ? Access::place(owner) : Access::place_below(innermost, owner));
        Access::evicted(std::exchange(holder, nullptr)) = owner;
    }
    Access::owner() = nullptr;
    return true;
}

// A lodger is resumed by one that is at work on the same stack, or by whom that one resumed: the
// one at work is moved aside for the time, by a fiber that stands on neither's memory.
struct Exchange {
    Fiber* lodger;
    Fiber helper;

    explicit Exchange(Fiber* its_lodger) : lodger(its_lodger), helper(&run, this) {}
    static void run(void* argument) {
        auto* const self = static_cast<Exchange*>(argument);
        const Aside aside(&self->helper);
        self->lodger->resume();
    }
    struct Aside {
        Fiber* owner = std::exchange(Access::owner(), nullptr);
        explicit Aside(const Fiber* helper) { save(owner, Access::place_below(helper, owner)); }
        ~Aside() {
            CHECK(vacate(), "a lodger has suspended or ended when its resumer goes on");
            restore(owner);
        }
    };
};

}  // namespace

char* SharedStack::move_in(Fiber* fresh) {
    if (!kSharing || !Access::may_share(fresh)) return nullptr;
    if (__builtin_expect(fiber_stacks().counts().live < own_stacks, 1)) return nullptr;
    if (!vacate()) return nullptr;
    if (lodgers++ == 0) {
        stack = fiber_stacks().take();
        top = stack + fiber_stacks().slot_bytes();
    }
    Access::owner() = fresh;
    return stack;
}

bool SharedStack::bring_back(Fiber* lodger) {
    if (__builtin_expect(vacate(), 1)) return restore(lodger), true;
    const auto exchange = std::make_unique<Exchange>(lodger);
    exchange->helper.resume();
    return false;
}

void SharedStack::move_out(Fiber* lodger) {
    CHECK(Access::owner() == lodger, "a lodger ends where it stands");
    Access::owner() = nullptr;
    if (--lodgers == 0) fiber_stacks().give_back(std::exchange(stack, nullptr));
}

void SharedStack::machine_stops(Machine* machine) {
    const Fiber* const owner = Access::owner();
    if (owner != nullptr && Access::works(owner) && holder == nullptr) holder = machine;
}

void SharedStack::machine_goes_on(Machine* machine) {
    if (holder == machine) holder = nullptr;
    Fiber* const evicted = std::exchange(Access::evicted(machine), nullptr);
    if (evicted == nullptr) return;
    CHECK(vacate(), "no other machine runs");
    restore(evicted);
}

SharedStack::Counts SharedStack::counts() {
    return {lodgers, saved_bytes_in_use()};
}

size_t SharedStack::set_own_stacks(size_t count) {
    return std::exchange(own_stacks, count);
}

}  // namespace loopglass::fiber
