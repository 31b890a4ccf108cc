#include "runtime/base/memory.hpp"

#include <malloc.h>
#include <sys/mman.h>

#include <cstdlib>
#include <new>

#include "runtime/base/slab.hpp"

namespace loopglass::base {

Memory g_memory;
int64_t g_allocations_left = -1;

void notice_memory() {
    if (g_memory.noticed) return;
    g_memory.noticed = true;
    if (g_memory.passed) g_memory.passed();
}

namespace {

// Is the request refused? What `delete` gives back is what malloc really took, so that is counted.
bool refused(size_t bytes) {
    if (__builtin_expect(g_allocations_left >= 0, 0) && g_allocations_left-- == 0)
        return g_allocations_left = 0, true;
    return bytes > uint64_t{1} << 62 || g_memory.used + static_cast<int64_t>(bytes) > g_memory.hard;
}

}  // namespace

// The run ends. Destructors on the way out may need a little: the limit has done its work.
void refuse_memory() {
    g_memory.hard = INT64_MAX;
    if (g_memory.exceeded) g_memory.exceeded();
    throw std::bad_alloc();
}

void count_or_refuse(size_t bytes) {
    if (__builtin_expect(refused(bytes), 0)) refuse_memory();
    count_memory(static_cast<int64_t>(bytes));
}

// A block so large is mostly a growing array, filled from one end: huge pages spare it hundreds of
// faults. What lies before the first and after the last whole one stays as it is. Not for blocks
// that counted_reallocate() grows: with pages of two kinds the kernel cannot grow them in place.
[[gnu::noinline, gnu::cold]] static void wish_huge_pages(void* block, size_t bytes) {
    const auto from = (reinterpret_cast<uintptr_t>(block) + kSlabBytes - 1) & ~(kSlabBytes - 1);
    const auto to = (reinterpret_cast<uintptr_t>(block) + bytes) & ~(kSlabBytes - 1);
    if (to > from) madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
}
static inline void* with_huge_pages(void* block, size_t bytes) {
    constexpr size_t kHugeBlock = 2 * kSlabBytes;
    if (__builtin_expect(bytes >= kHugeBlock, 0) && block != nullptr) wish_huge_pages(block, bytes);
    return block;
}

// Null when refused.
static inline void* try_allocate(size_t bytes) {
    if (__builtin_expect(refused(bytes), 0)) return nullptr;
    void* block = std::malloc(bytes ? bytes : 1);
    if (__builtin_expect(block != nullptr, 1))
        count_memory(static_cast<int64_t>(malloc_usable_size(block)));
    return block;
}

void* counted_allocate(size_t bytes) {
    void* block = try_allocate(bytes);
    if (__builtin_expect(block == nullptr, 0)) refuse_memory();
    return block;
}

void* counted_reallocate(void* block, size_t bytes) {
    const auto before = static_cast<int64_t>(malloc_usable_size(block));
    if (__builtin_expect(refused(bytes), 0)) refuse_memory();
    void* moved = std::realloc(block, bytes);
    if (__builtin_expect(moved == nullptr, 0)) refuse_memory();
    count_memory(static_cast<int64_t>(malloc_usable_size(moved)) - before);
    return moved;
}

void counted_free(void* block) {
    if (!block) return;
    g_memory.used -= static_cast<int64_t>(malloc_usable_size(block));
    std::free(block);
}

MemoryLimit::MemoryLimit(size_t bytes, void (*passed)(), void (*exceeded)()) {
    const auto most = static_cast<int64_t>(bytes < SIZE_MAX / 4 ? bytes : SIZE_MAX / 4);
    g_memory.soft = g_memory.used + most;
    g_memory.hard = g_memory.soft + most / 4 + (int64_t{1} << 24);  // for handlers and reports
    g_memory.noticed = false;
    g_memory.passed = passed;
    g_memory.exceeded = exceeded;
}

MemoryLimit::~MemoryLimit() {
    g_memory.soft = g_memory.hard = INT64_MAX;
    g_memory.noticed = false;
    g_memory.passed = g_memory.exceeded = nullptr;
}

}  // namespace loopglass::base

// Replacing these is what the standard provides for (new.delete.single, new.delete.array). Every
// form is replaced, so that each block goes back to where it came from under sanitizers as well.
void* operator new(std::size_t bytes) {
    using namespace loopglass::base;
    return with_huge_pages(counted_allocate(bytes), bytes);
}
void* operator new[](std::size_t bytes) {
    using namespace loopglass::base;
    return with_huge_pages(counted_allocate(bytes), bytes);
}
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
    using namespace loopglass::base;
    return with_huge_pages(try_allocate(bytes), bytes);
}
void* operator new[](std::size_t bytes, const std::nothrow_t& tag) noexcept {
    return operator new(bytes, tag);
}
void operator delete(void* block) noexcept {
    loopglass::base::counted_free(block);
}
void operator delete[](void* block) noexcept {
    loopglass::base::counted_free(block);
}
void operator delete(void* block, std::size_t) noexcept {
    loopglass::base::counted_free(block);
}
void operator delete[](void* block, std::size_t) noexcept {
    loopglass::base::counted_free(block);
}
void operator delete(void* block, const std::nothrow_t&) noexcept {
    loopglass::base::counted_free(block);
}
void operator delete[](void* block, const std::nothrow_t&) noexcept {
    loopglass::base::counted_free(block);
}
