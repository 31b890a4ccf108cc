#include "runtime/trace/chunk_pool.hpp"

#include <cstdlib>
#include <vector>

#include "runtime/base/check.hpp"

namespace loopglass::trace {
namespace {

constexpr size_t kKeepSlabs = 80;  // 160 MiB: a 16-million-event recording can be recycled whole
constexpr size_t kKeepChunks = 8;  // one for each recording that is being written

// Not locked: the engine has no threads.
struct Pool {
    std::vector<Chunk*> chunks;
    std::vector<void*> slabs;
};

// Never destroyed: recordings with static lifetime may return memory late.
Pool& pool() {
    static Pool* const instance = new Pool;
    return *instance;
}

template <typename T>
[[nodiscard]] T* take_from(std::vector<T*>& idle) {
    if (idle.empty()) return nullptr;
    T* const taken = idle.back();
    idle.pop_back();
    return taken;
}

}  // namespace

Chunk* take_chunk() {
    Chunk* chunk = take_from(pool().chunks);
    if (!chunk) chunk = static_cast<Chunk*>(std::malloc(sizeof(Chunk)));
    CHECK(chunk != nullptr, "memory for the recording is exhausted");
    return chunk;
}

void return_chunk(Chunk* chunk) {
    std::vector<Chunk*>& idle = pool().chunks;
    if (idle.size() < kKeepChunks) return idle.push_back(chunk);
    std::free(chunk);
}

void* take_slab(size_t bytes) {
    void* slab = nullptr;
    if (bytes == kLargestSlab) {
        slab = take_from(pool().slabs);
        if (!slab) slab = base::map_slab(bytes);
    } else {
        slab = std::malloc(bytes);
    }
    CHECK(slab != nullptr, "memory for the recording is exhausted");
    return slab;
}

void return_slab(void* slab, size_t bytes) {
    std::vector<void*>& idle = pool().slabs;
    if (bytes != kLargestSlab) return std::free(slab);
    if (idle.size() < kKeepSlabs) return idle.push_back(slab);
    base::unmap_slab(slab, bytes);
}

size_t idle_chunks() {
    return pool().chunks.size();
}

size_t idle_slabs() {
    return pool().slabs.size();
}

}  // namespace loopglass::trace
