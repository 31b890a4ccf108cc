// pool_allocate / pool_free: memory for script objects. Size classes of 8 bytes with free lists,
// because a run makes and drops small objects all the time; one thread, so no locks. Under
// AddressSanitizer every block is malloc's, so that use after free is seen.
#pragma once

#include <cstddef>

#include "runtime/base/memory.hpp"

namespace loopglass::base {

inline constexpr size_t kPoolLimit = 512;  // larger blocks come from counted_allocate()

#if defined(__SANITIZE_ADDRESS__)
inline void* pool_allocate(size_t size) {
    return counted_allocate(size);
}
inline void pool_free(void* block, size_t) {
    counted_free(block);
}
#else
struct PoolBlock {
    PoolBlock* next;
};
extern PoolBlock* g_pool_free[kPoolLimit / 8 + 1];
void* pool_refill(size_t size_class);  // a fresh chunk cut up; returns its first block

inline void* pool_allocate(size_t size) {
    const size_t size_class = (size + 7) / 8;
    if (size > kPoolLimit) return counted_allocate(size);
    PoolBlock* block = g_pool_free[size_class];
    if (__builtin_expect(block == nullptr, 0)) return pool_refill(size_class);
    g_pool_free[size_class] = block->next;
    return block;
}

inline void pool_free(void* memory, size_t size) {
    if (size > kPoolLimit) return counted_free(memory);
    auto* block = static_cast<PoolBlock*>(memory);
    PoolBlock*& head = g_pool_free[(size + 7) / 8];
    block->next = head;
    head = block;
}
#endif

}  // namespace loopglass::base
