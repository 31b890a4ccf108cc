#include "runtime/base/pool.hpp"

#if !defined(__SANITIZE_ADDRESS__)
#include <utility>

#include "runtime/base/slab.hpp"

namespace loopglass::base {

PoolBlock* g_pool_free[kPoolLimit / 8 + 1] = {};

namespace {

constexpr size_t kChunk = 64 * 1024;

// The first chunks come from malloc, so that a small program stays small; after that from slabs,
// whose pages cost a quarter. Chunks are never given back.
[[nodiscard]] char* take_chunk() {
    constexpr size_t kSmallProgram = 32;
    static size_t taken = 0;
    static char *fresh = nullptr, *end = nullptr;
    if (taken < kSmallProgram) return ++taken, static_cast<char*>(counted_allocate(kChunk));
    if (fresh == end) {
        fresh = static_cast<char*>(map_slab(kSlabBytes));
        end = fresh ? fresh + kSlabBytes : nullptr;
        if (!fresh) refuse_memory();
    }
    count_or_refuse(kChunk);
    return std::exchange(fresh, fresh + kChunk);
}

}  // namespace

void* pool_refill(size_t size_class) {
    const size_t size = (size_class ? size_class : 1) * 8;
    char* chunk = take_chunk();
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
