#include "runtime/base/pool.hpp"

#if !defined(__SANITIZE_ADDRESS__)
namespace loopglass::base {

PoolBlock* g_pool_free[kPoolLimit / 8 + 1] = {};

void* pool_refill(size_t size_class) {
    constexpr size_t kChunk = 64 * 1024;
    const size_t size = (size_class ? size_class : 1) * 8;
    char* chunk = static_cast<char*>(counted_allocate(kChunk));
    PoolBlock*& head = g_pool_free[size_class];
    for (size_t offset = kChunk / size * size - size; offset > 0; offset -= size) {
        auto* block = reinterpret_cast<PoolBlock*>(chunk + offset);
        block->next = head;
        head = block;
    }
    return chunk;
}

}  // namespace loopglass::base
#endif
