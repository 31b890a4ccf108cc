#include "runtime/base/memory.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <new>
#include <vector>

#include "runtime/base/slab.hpp"

using namespace loopglass;

static int g_passed = 0;

TEST_CASE("every new is counted until it is deleted") {
    const int64_t before = base::g_memory.used;
    {
        const std::vector<char> block(1'000'000);
        CHECK(base::g_memory.used >= before + 1'000'000);
    }
    CHECK(base::g_memory.used == before);
}

TEST_CASE("the soft limit is told once, the hard limit refuses") {
    g_passed = 0;
    const base::MemoryLimit limit(1'000'000, [] { ++g_passed; });
    CHECK(base::memory_allows(900'000));
    CHECK_FALSE(base::memory_allows(2'000'000));
    const std::vector<char> a(1'100'000), b(1'100'000);
    CHECK(g_passed == 1);
    CHECK(base::g_memory.noticed);
    CHECK_THROWS_AS(std::make_unique<char[]>(100'000'000), std::bad_alloc);
    CHECK_THROWS_AS(std::make_unique<char[]>(SIZE_MAX / 2), std::bad_alloc);
}

TEST_CASE("an allocation can be made to fail") {
    base::g_allocations_left = 0;
    CHECK_THROWS_AS((void)base::counted_allocate(8), std::bad_alloc);
    base::g_allocations_left = -1;
    void* block = base::counted_allocate(8);
    block = base::counted_reallocate(block, 100'000);
    base::counted_free(block);
}

TEST_CASE("a slab is aligned, zeroed and writable to its end") {
    auto* const slab = static_cast<char*>(base::map_slab(2 * base::kSlabBytes));
    REQUIRE(slab != nullptr);
    CHECK(reinterpret_cast<uintptr_t>(slab) % base::kSlabBytes == 0);
    CHECK(slab[0] == 0);
    slab[2 * base::kSlabBytes - 1] = 1;
    base::unmap_slab(slab, 2 * base::kSlabBytes);
}
