#include "runtime/trace/chunk_pool.hpp"

#include <cstdlib>
#include <vector>

#include "runtime/base/check.hpp"

namespace loopglass::trace {
namespace {

constexpr size_t kKeep = 4096;  // 336 MB: a 16-million-event recording can be recycled whole

// Not locked: the engine has no threads.
struct Pool {
    std::vector<Chunk*> idle;
};

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
