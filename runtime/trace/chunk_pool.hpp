// Recycled memory for recordings: a fresh page costs more than the events it holds, so chunks of
// ended recordings are kept for the next. One pool for the process; safe to use from several
// threads.
#pragma once

#include <cstddef>

#include "runtime/trace/event.hpp"

namespace loopglass::trace {

inline constexpr unsigned kChunkShift = 12;
inline constexpr uint32_t kChunkEvents = 1u << kChunkShift;

struct Chunk {
    Event events[kChunkEvents];
};

// A chunk with unspecified content. Never null: aborts when memory is exhausted.
[[nodiscard]] Chunk* take_chunk();
// Gives it back; beyond a high-water mark the memory returns to the system.
void return_chunk(Chunk* chunk);
// Chunks now kept for reuse, for tests and statistics.
[[nodiscard]] size_t idle_chunks();

}  // namespace loopglass::trace
