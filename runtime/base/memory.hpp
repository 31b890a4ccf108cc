// How much memory the program holds, and the most it may: every `new` and every block of the pools
// is counted, so that a script cannot take the machine down. The soft limit raises MemoryError in
// the script as soon as that is safe; at the hard limit an allocation throws std::bad_alloc, which
// ends the run, and the limits no longer hold.
#pragma once

#include <cstddef>
#include <cstdint>

namespace loopglass::base {

struct Memory {
    int64_t used = 0;  // bytes
    int64_t soft = INT64_MAX;
    int64_t hard = INT64_MAX;
    bool noticed = false;          // the soft limit was passed, and nobody has acted on it yet
    void (*passed)() = nullptr;    // called once when the soft limit is passed
    void (*exceeded)() = nullptr;  // called before the std::bad_alloc of the hard limit
};
extern Memory g_memory;

[[gnu::noinline, gnu::cold]] void notice_memory();
// Counts memory that is taken (or, negative, given back) in other ways: stacks.
inline void count_memory(int64_t bytes) {
    g_memory.used += bytes;
    if (__builtin_expect(g_memory.used > g_memory.soft, 0)) notice_memory();
}
// May so many bytes more be taken?
[[nodiscard]] inline bool memory_allows(uint64_t bytes) {
    return bytes < uint64_t{1} << 62 && static_cast<int64_t>(bytes) < g_memory.soft - g_memory.used;
}

// Counts memory that is about to be taken in other ways, or throws std::bad_alloc as the functions
// below do.
void count_or_refuse(size_t bytes);
// The system has no memory left.
[[noreturn, gnu::cold]] void refuse_memory();

// malloc, realloc and free with counting; throw std::bad_alloc.
[[nodiscard]] void* counted_allocate(size_t bytes);
[[nodiscard]] void* counted_reallocate(void* block, size_t bytes);
void counted_free(void* block);

// Allows `bytes` more than is held now, until it is destroyed.
class MemoryLimit {
public:
    MemoryLimit(size_t bytes, void (*passed)(), void (*exceeded)() = nullptr);
    ~MemoryLimit();
    MemoryLimit(const MemoryLimit&) = delete;
    MemoryLimit& operator=(const MemoryLimit&) = delete;
};

// The next allocations fail: `after` of them succeed first. For tests of what happens then;
// negative: never.
extern int64_t g_allocations_left;

}  // namespace loopglass::base
