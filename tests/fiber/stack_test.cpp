// The stack pool: recycling, counting, guards.
#include "runtime/fiber/stack.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <vector>

using loopglass::fiber::StackPool;

TEST_CASE("the slot given back last is taken first") {
    StackPool pool(65536, 16);
    char* const a = pool.take();
    char* const b = pool.take();
    CHECK(a != b);
    pool.give_back(a);
    pool.give_back(b);
    CHECK(pool.take() == b);
    CHECK(pool.take() == a);
    pool.give_back(a);
    pool.give_back(b);
}

TEST_CASE("the pool grows by regions, never hands out a slot twice, and counts") {
    StackPool pool(16384, 16);
    std::vector<char*> slots;
    std::set<char*> distinct;
    for (int i = 0; i < 2000; ++i) {
        slots.push_back(pool.take());
        slots.back()[pool.slot_bytes() - 1] = 1;  // the top is writable
        distinct.insert(slots.back());
    }
    CHECK(distinct.size() == 2000);
    CHECK(pool.counts().live == 2000);
    for (char* slot : slots) pool.give_back(slot);
    CHECK(pool.counts().live == 0);
    CHECK(pool.counts().peak == 2000);
    CHECK(pool.counts().carved == 2000);
}

TEST_CASE("slots keep their pages until none of too many is in use, or until a trim") {
    StackPool pool(16384, 1);
    char* const first = pool.take();
    first[16383] = 7;
    pool.give_back(first);
    CHECK(first[16383] == 7);
    REQUIRE(pool.take() == first);
    char* const second = pool.take();
    second[16383] = 7;
    pool.give_back(second);
    CHECK(second[16383] == 7);
    pool.trim();
    CHECK(second[16383] == 0);
    CHECK(first[16383] == 7);
    pool.give_back(first);
    CHECK(first[16383] == 0);
}

TEST_CASE("where the kernel guards stacks, writing below one is a fault") {
    if (!StackPool::guarded()) {
        MESSAGE("skipped: this kernel has no MADV_GUARD_INSTALL");
        return;
    }
    StackPool pool(16384, 1);
    char* const slot = pool.take();
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL);
        static_cast<volatile char*>(slot)[0] = 1;
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    pool.give_back(slot);
}
