// Fibers, machines and segments: the rules at the top of fiber.hpp, one by one.
#include "runtime/fiber/fiber.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <deque>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/fiber/stack.hpp"

using namespace loopglass::fiber;

namespace {

// A fiber or machine that runs a lambda.
template <typename Kind>
struct Of {
    std::function<void()> body;
    Kind kind;
    explicit Of(std::function<void()> f)
        : body(std::move(f)), kind([](void* self) { static_cast<Of*>(self)->body(); }, this) {}
    Kind* operator->() { return &kind; }
};
using TestFiber = Of<Fiber>;
using TestMachine = Of<Machine>;

// Every test ends with no stack handed out.
struct LeakGuard {
    size_t fibers = fiber_stacks().counts().live;
    size_t segments = segment_stacks().counts().live;
    ~LeakGuard() {
        CHECK(fiber_stacks().counts().live == fibers);
        CHECK(segment_stacks().counts().live == segments);
    }
};

// True when `body` makes the process abort, which is what a failed internal CHECK does.
bool aborts(const std::function<void()>& body) {
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        body();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

struct Note {  // says when it is destroyed
    std::string& log;
    const char* text;
    ~Note() { log += text; }
};

}  // namespace

TEST_CASE("a fiber runs until it suspends and goes on where it stood") {
    const LeakGuard guard;
    std::string log;
    TestFiber fiber([&] {
        log += "a";
        CHECK(Fiber::suspend());
        log += "c";
    });
    CHECK_FALSE(fiber->started());
    fiber->resume();
    log += "b";
    CHECK(fiber->started());
    CHECK(fiber->suspended());
    CHECK_FALSE(fiber->finished());
    fiber->resume();
    CHECK(fiber->finished());
    CHECK(log == "abc");
}

TEST_CASE("current() is the running fiber and null on the host's stack") {
    const LeakGuard guard;
    Fiber* seen_inside = nullptr;
    Fiber* seen_inside_inner = nullptr;
    Fiber* seen_after_inner = nullptr;
    TestFiber inner([&] { seen_inside_inner = Fiber::current(); });
    TestFiber outer([&] {
        seen_inside = Fiber::current();
        inner->resume();
        seen_after_inner = Fiber::current();
    });
    outer->resume();
    CHECK(seen_inside == &outer.kind);
    CHECK(seen_inside_inner == &inner.kind);
    CHECK(seen_after_inner == &outer.kind);
    CHECK(Fiber::current() == nullptr);
}

TEST_CASE("a nested fiber suspends to whoever resumed it, even when that changes") {
    const LeakGuard guard;
    std::string log;
    TestFiber generator([&] {
        for (const char* item : {"1", "2", "3"}) {
            log += item;
            if (!Fiber::suspend()) return;
        }
    });
    TestFiber first([&] {
        generator->resume();
        log += "a";
        (void)Fiber::suspend();
        log += "z";
    });
    TestFiber second([&] {
        generator->resume();
        log += "b";
    });
    first->resume();
    second->resume();
    generator->resume();
    log += "h";
    generator->resume();
    first->resume();
    CHECK(log == "1a2b3hz");
}

TEST_CASE("a C++ exception that leaves a fiber comes out of resume()") {
    const LeakGuard guard;
    TestFiber inner([] { throw std::runtime_error("inside"); });
    std::string caught;
    TestFiber outer([&] {
        try {
            inner->resume();
        } catch (const std::runtime_error& error) {
            caught = error.what();
        }
        CHECK(Fiber::suspend());  // outside the handler this is allowed
    });
    outer->resume();
    CHECK(caught == "inside");
    CHECK(inner->finished());
    outer->resume();
    CHECK(outer->finished());
}

TEST_CASE("fibers may be resumed from a handler and throw there without mixing exceptions") {
    const LeakGuard guard;
    std::string log;
    TestFiber worker([&] {
        for (int i = 0; i < 2; ++i) {
            try {
                throw std::string("w");
            } catch (const std::string& text) {
                log += text;
            }
            if (!Fiber::suspend()) return;
        }
    });
    try {
        throw std::string("h");
    } catch (const std::string& text) {
        worker->resume();
        worker->resume();
        worker->resume();
        try {
            throw;
        } catch (const std::string& again) {
            log += again + text;
        }
    }
    CHECK(log == "wwhh");
}

TEST_CASE("suspending while an exception is handled or in flight aborts") {
    CHECK(aborts([] {
        TestFiber fiber([] {
            try {
                throw 1;
            } catch (int) {
                (void)Fiber::suspend();
            }
        });
        fiber->resume();
    }));
    CHECK(aborts([] {
        TestFiber fiber([] {
            struct Suspends {
                ~Suspends() { (void)Fiber::suspend(); }
            };
            try {
                const Suspends late;
                throw 1;
            } catch (int) {
            }
        });
        fiber->resume();
    }));
    CHECK(aborts([] {
        TestMachine machine([] {
            try {
                throw 1;
            } catch (int) {
                (void)Machine::pause();
            }
        });
        machine->run();
    }));
}

TEST_CASE("misuse aborts: suspend on the host, resume twice, destroy a live fiber") {
    CHECK(aborts([] { (void)Fiber::suspend(); }));
    CHECK(aborts([] {
        TestFiber fiber([] {});
        fiber->resume();
        fiber->resume();
    }));
    CHECK(aborts([] {
        TestFiber fiber([] { Fiber::current()->resume(); });
        fiber->resume();
    }));
    CHECK(aborts([] {
        TestFiber fiber([] { (void)Fiber::suspend(); });
        fiber->resume();
    }));
}

TEST_CASE("an abandoned fiber returns through its frames") {
    const LeakGuard guard;
    std::string log;
    TestFiber fiber([&] {
        const Note outer{log, "o"};
        const Note inner{log, "i"};
        while (Fiber::suspend()) {
        }
        CHECK_FALSE(Fiber::suspend());  // no second wait
    });
    fiber->resume();
    fiber->resume();
    fiber->abandon();
    CHECK(fiber->finished());
    CHECK(fiber->abandoned());
    CHECK(log == "io");
    fiber->abandon();  // of a finished one: nothing
}

TEST_CASE("abandoning a fiber that never started runs nothing") {
    const LeakGuard guard;
    bool ran = false;
    TestFiber fiber([&] { ran = true; });
    fiber->abandon();
    CHECK(fiber->finished());
    CHECK_FALSE(ran);
}

TEST_CASE("a fiber that is abandoned abandons those it owns") {
    const LeakGuard guard;
    std::string log;
    TestFiber inner([&] {
        const Note note{log, "i"};
        (void)Fiber::suspend();
    });
    TestFiber outer([&] {
        struct Owner {
            TestFiber& fiber;
            ~Owner() { fiber->abandon(); }
        } owner{inner};
        const Note note{log, "o"};
        inner->resume();
        (void)Fiber::suspend();
    });
    outer->resume();
    outer->abandon();
    CHECK(log == "oi");
}

TEST_CASE("a machine pauses from the depth of three fibers and goes on there") {
    const LeakGuard guard;
    std::string log;
    TestFiber generator([&] {
        log += "3";
        CHECK(Machine::pause());
        log += "4";
        CHECK(Fiber::suspend());
        log += "6";
        CHECK(Machine::pause());
        log += "7";
    });
    TestFiber task([&] {
        log += "2";
        generator->resume();
        log += "5";
        generator->resume();
        log += "8";
    });
    TestMachine machine([&] {
        log += "1";
        task->resume();
        log += "9";
    });
    CHECK(machine->run() == Machine::Outcome::Paused);
    CHECK(log == "123");
    CHECK(Fiber::current() == nullptr);
    log += "-";
    CHECK(machine->run() == Machine::Outcome::Paused);
    CHECK(log == "123-456");
    CHECK(machine->run() == Machine::Outcome::Finished);
    CHECK(log == "123-456789");
    CHECK(machine->finished());
}

TEST_CASE("a machine whose root suspends is continued by run()") {
    const LeakGuard guard;
    int steps = 0;
    TestMachine machine([&] {
        for (; steps < 3; ++steps) CHECK(Fiber::suspend());
    });
    while (machine->run() == Machine::Outcome::Paused) {
    }
    CHECK(steps == 3);
}

TEST_CASE("paused machines take turns") {
    const LeakGuard guard;
    std::string log;
    const auto chatter = [&](const char* word) {
        return [&log, word] {
            for (int i = 0; i < 3; ++i) {
                TestFiber inner([&] {
                    log += word;
                    CHECK(Machine::pause());
                });
                inner->resume();
            }
        };
    };
    TestMachine a(chatter("a"));
    TestMachine b(chatter("b"));
    bool live = true;
    while (live) {
        live = a->run() == Machine::Outcome::Paused;
        live = b->run() == Machine::Outcome::Paused || live;
    }
    CHECK(log == "ababab");
}

TEST_CASE("an abandoned machine ends from where it was paused, innermost first") {
    const LeakGuard guard;
    std::string log;
    TestFiber inner([&] {
        const Note note{log, "i"};
        while (Machine::pause()) {
        }
        CHECK(Machine::abandoning());
        CHECK_FALSE(Machine::pause());
    });
    TestMachine machine([&] {
        const Note note{log, "o"};
        inner->resume();
        CHECK_FALSE(Fiber::suspend());
    });
    CHECK(machine->run() == Machine::Outcome::Paused);
    CHECK(machine->run() == Machine::Outcome::Paused);
    machine->abandon();
    CHECK(machine->finished());
    CHECK(log == "io");
    CHECK_FALSE(Machine::abandoning());
}

TEST_CASE("an abandoned machine that never ran runs nothing") {
    TestMachine machine([] { FAIL("it ran"); });
    machine->abandon();
    CHECK(machine->finished());
}

TEST_CASE("pause answers false where there is no host to go to") {
    CHECK_FALSE(Machine::pause());
    TestFiber fiber([] { CHECK_FALSE(Machine::pause()); });
    fiber->resume();
    CHECK(fiber->finished());
}

TEST_CASE("a hundred thousand fibers stand still at once and their stacks are recycled") {
    const LeakGuard guard;
    constexpr size_t kFibers = 100'000;
    static size_t ran;
    ran = 0;
    std::deque<Fiber> fibers;
    for (size_t i = 0; i < kFibers; ++i) {
        fibers.emplace_back(
            [](void*) {
                ++ran;
                (void)Fiber::suspend();
                ++ran;
            },
            nullptr);
    }
    for (Fiber& fiber : fibers) fiber.resume();
    CHECK(fiber_stacks().counts().live >= kFibers);
    const size_t carved = fiber_stacks().counts().carved;
    for (Fiber& fiber : fibers) fiber.resume();
    CHECK(ran == 2 * kFibers);
    for (int i = 0; i < 1000; ++i) {
        Fiber again([](void*) {}, nullptr);
        again.resume();
    }
    CHECK(fiber_stacks().counts().carved == carved);
    fiber_stacks().trim();
}

namespace {

// Frames of about 200 bytes, as deep as asked.
int descend(int levels) {
    volatile char frame[200];
    frame[0] = 1;
    if (levels == 0) return 0;
    return with_room([levels] { return descend(levels - 1); }) + frame[0];
}

}  // namespace

TEST_CASE("calls go on in further segments when the stack is used up, on fibers and on the host") {
    const LeakGuard guard;
    int depth = 0;
    TestFiber fiber([&] { depth = descend(20'000); });
    fiber->resume();
    CHECK(depth == 20'000);
    CHECK(segment_stacks().counts().peak > 0);
    CHECK(descend(100'000) == 100'000);
}

TEST_CASE("a fiber suspends and pauses at the bottom of its segments") {
    const LeakGuard guard;
    std::function<int(int)> sink = [&](int levels) -> int {
        if (levels > 0) return with_room([&] { return sink(levels - 1); }) + 1;
        CHECK(segment_stacks().counts().live > 0);
        CHECK(Fiber::suspend());
        CHECK(Machine::pause());
        return 0;
    };
    int depth = 0;
    TestFiber fiber([&] { depth = sink(30'000); });
    TestMachine machine([&] {
        char* const limit = g_stack_limit;
        fiber->resume();
        CHECK(g_stack_limit == limit);
        fiber->resume();
        CHECK(g_stack_limit == limit);
    });
    char* const limit = g_stack_limit;
    CHECK(machine->run() == Machine::Outcome::Paused);
    CHECK(g_stack_limit == limit);
    CHECK(machine->run() == Machine::Outcome::Finished);
    CHECK(depth == 30'000);
}

TEST_CASE("a C++ exception crosses segments") {
    const LeakGuard guard;
    std::function<int(int)> sink = [&](int levels) -> int {
        if (levels == 0) throw std::runtime_error("bottom");
        return with_room([&] { return sink(levels - 1); });
    };
    TestFiber fiber([&] { CHECK_THROWS_WITH(sink(20'000), "bottom"); });
    fiber->resume();
    CHECK(fiber->finished());
}

namespace {

// What is left in a function whose frame holds 2048 bytes.
[[gnu::noinline]] size_t room_below_large_frame() {
    char frame[2048];
    asm volatile("" ::"r"(frame) : "memory");  // the compiler must keep all of it
    return bytes_left();
}

[[gnu::noinline]] size_t room_two_calls_down() {
    char frame[2048];
    asm volatile("" ::"r"(frame) : "memory");
    const size_t below = room_below_large_frame();
    asm volatile("" ::"r"(frame) : "memory");
    return below;
}

}  // namespace

TEST_CASE("bytes_left() shrinks with depth and has_room() turns false below the limit") {
    TestFiber fiber([] {
        const size_t here = bytes_left();
        CHECK(has_room());
        CHECK(here > 0);
        CHECK(here < stack_sizes().fiber_bytes - stack_sizes().reserve_bytes);
        CHECK(room_two_calls_down() + 2048 < here);
        char* const limit = g_stack_limit;
        g_stack_limit = static_cast<char*>(__builtin_frame_address(0));
        CHECK_FALSE(has_room());
        CHECK(bytes_left() == 0);
        g_stack_limit = limit;
    });
    fiber->resume();
}

// ---- the shared stack
// ------------------------------------------------------------------------------------------------

namespace {

// Every fiber that may lives on the shared stack, from the first on; a second one of the same size
// stands for whatever its bytes are mixed up with.
struct Sharing {
    size_t before = SharedStack::set_own_stacks(0);
    ~Sharing() {
        SharedStack::set_own_stacks(before);
        CHECK(SharedStack::counts().lodgers == 0);
        CHECK(SharedStack::counts().saved_bytes == 0);
    }
};

struct Lodger {
    std::function<void()> body;
    Fiber fiber{[](void* self) { static_cast<Lodger*>(self)->body(); }, this, true};
    explicit Lodger(std::function<void()> f) : body(std::move(f)) {}
};

// Adds up numbers that lie on its stack, standing still between two.
void add_up(uint64_t seed, uint64_t& sum) {
    volatile uint64_t numbers[40];
    for (uint64_t i = 0; i < 40; ++i) numbers[i] = seed * 1000 + i;
    for (uint64_t i = 0; i < 40; ++i) {
        if (!Fiber::suspend()) return;
        sum += numbers[i];
    }
}

[[nodiscard]] uint64_t sum_of(uint64_t seed) {
    return seed * 1000 * 40 + 40 * 39 / 2;
}

}  // namespace

TEST_CASE("many fibers on one stack keep what each has on it") {
    const LeakGuard guard;
    const Sharing sharing;
    std::deque<Lodger> fibers;
    std::vector<uint64_t> sums(50);
    for (uint64_t i = 0; i < sums.size(); ++i)
        fibers.emplace_back([i, &sums] { add_up(i, sums[i]); });
    bool all = false;
    while (!all) {
        all = true;
        for (Lodger& each : fibers)
            if (!each.fiber.finished()) each.fiber.resume(), all = false;
    }
    for (uint64_t i = 0; i < sums.size(); ++i) CHECK(sums[i] == sum_of(i));
}

TEST_CASE("a fiber on the shared stack resumes, ends and throws out of another one on it") {
    const LeakGuard guard;
    const Sharing sharing;
    uint64_t inner_sum = 0, outer_sum = 0;
    Lodger inner([&] { add_up(1, inner_sum); });
    Lodger unfinished([&] {
        uint64_t ignored = 0;
        add_up(3, ignored);
    });
    Lodger throwing([] {
        (void)Fiber::suspend();
        throw std::runtime_error("out of it");
    });
    inner.fiber.resume();
    unfinished.fiber.resume();
    throwing.fiber.resume();
    Lodger outer([&] {
        volatile uint64_t mine = 7;
        TestFiber between([&] {  // on a stack of its own
            while (!inner.fiber.finished()) inner.fiber.resume();
        });
        between->resume();
        unfinished.fiber.abandon();
        (void)Fiber::suspend();
        CHECK_THROWS_AS(throwing.fiber.resume(), std::runtime_error);
        outer_sum = mine;
    });
    outer.fiber.resume();
    CHECK(inner_sum == sum_of(1));
    outer.fiber.resume();
    CHECK(outer_sum == 7);
    CHECK(outer.fiber.finished());
    CHECK(throwing.fiber.finished());
}

TEST_CASE("a machine that paused on the shared stack finds its place as it was") {
    const LeakGuard guard;
    const Sharing sharing;
    std::string log;
    uint64_t sums[2] = {};
    // Each machine pauses inside a lodger, and resumes a lodger of the other's.
    Lodger waiting[] = {Lodger([&] { add_up(5, sums[0]); }), Lodger([&] { add_up(6, sums[1]); })};
    const auto make = [&](size_t which) {
        return [&, which] {
            Lodger lodger([&, which] {
                volatile uint64_t mine = which + 10;
                for (int i = 0; i < 60; ++i) {
                    CHECK(Machine::pause());
                    Fiber& other = waiting[1 - which].fiber;
                    if (!other.finished()) other.resume();
                }
                log += std::to_string(mine) + " ";
            });
            lodger.fiber.resume();
        };
    };
    TestMachine one(make(0)), two(make(1));
    bool going = true;
    while (going) {
        going = false;
        for (TestMachine* each : {&one, &two})
            if (!(*each)->finished()) (void)(*each)->run(), going = true;
    }
    CHECK(log == "10 11 ");
    CHECK(sums[0] == sum_of(5));
    CHECK(sums[1] == sum_of(6));
}

TEST_CASE("a fiber on the shared stack goes on deep in a segment") {
    const LeakGuard guard;
    const Sharing sharing;
    uint64_t sums[2] = {};
    const auto on_segment = [&](uint64_t which) {
        struct Call {
            uint64_t which;
            uint64_t* sum;
        } call{which, &sums[which]};
        volatile uint64_t mine = which;
        call_on_segment(
            [](void* argument) {
                auto* const its = static_cast<Call*>(argument);
                add_up(its->which, *its->sum);
            },
            &call);
        CHECK(mine == which);
    };
    Lodger one([&] { on_segment(0); }), two([&] { on_segment(1); });
    while (!one.fiber.finished() || !two.fiber.finished())
        for (Lodger* each : {&one, &two})
            if (!each->fiber.finished()) each->fiber.resume();
    CHECK(sums[0] == sum_of(0));
    CHECK(sums[1] == sum_of(1));
}
