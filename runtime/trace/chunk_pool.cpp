#include "runtime/trace/chunk_pool.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "runtime/base/check.hpp"

namespace loopglass::trace {
namespace {

constexpr size_t kKeep = 4096;    // 336 MB: a 16-million-event recording can be recycled whole
constexpr size_t kFewChunks = 4;  // a small recording may never fill its last one

// Not locked: the engine has no threads.
struct Pool {
    std::vector<Chunk*> idle;
    size_t made = 0;
};

// Has the kernel bring all pages of a chunk at once: a fault for each costs a quarter more. A
// kernel before 5.14 refuses, and they come one by one.
void touch(Chunk* chunk) {
    constexpr int kPopulateWrite = 23;  // not in every <sys/mman.h>
    constexpr uintptr_t kPage = 4096;
    const auto begin = reinterpret_cast<uintptr_t>(chunk);
    const uintptr_t first = (begin + kPage - 1) & ~(kPage - 1);
    const uintptr_t last = (begin + sizeof(Chunk)) & ~(kPage - 1);
    (void)madvise(reinterpret_cast<void*>(first), last - first, kPopulateWrite);
}

// Never destroyed: recordings with static lifetime may return chunks late.
Pool& pool() {
    static Pool* const instance = new Pool;
    return *instance;
}

}  // namespace

Chunk* take_chunk() {
    Pool& p = pool();
    if (!p.idle.empty()) {
        Chunk* chunk = p.idle.back();
        p.idle.pop_back();
        return chunk;
    }
    auto* chunk = static_cast<Chunk*>(std::malloc(sizeof(Chunk)));
    CHECK(chunk != nullptr, "memory for the recording is exhausted");
    if (++p.made > kFewChunks) touch(chunk);
    return chunk;
}

void return_chunk(Chunk* chunk) {
    Pool& p = pool();
    if (p.idle.size() < kKeep) {
        p.idle.push_back(chunk);
    } else {
        std::free(chunk);
    }
}

size_t idle_chunks() {
    return pool().idle.size();
}

}  // namespace loopglass::trace
