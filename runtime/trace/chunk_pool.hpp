// Recycled memory for recordings: a fresh page costs more than the events it holds, so the memory
// of ended recordings is kept for the next. One pool for the process.
#pragma once

#include <cstddef>

#include "runtime/base/slab.hpp"
#include "runtime/trace/packed_events.hpp"

namespace loopglass::trace {

// The events appended last, before they are packed.
struct Chunk {
    Event events[kChunkEvents];
};

// A chunk with unspecified content. Never null: aborts when memory is exhausted.
[[nodiscard]] Chunk* take_chunk();
void return_chunk(Chunk* chunk);

// Memory for packed events, with unspecified content; never null. Slabs of the largest size are
// kept for reuse up to a high-water mark, and made of huge pages where the system has them.
inline constexpr size_t kFirstSlab = size_t{64} << 10;
inline constexpr size_t kLargestSlab = base::kSlabBytes;
[[nodiscard]] void* take_slab(size_t bytes);
void return_slab(void* slab, size_t bytes);

// Chunks and slabs now kept for reuse, for tests and statistics.
[[nodiscard]] size_t idle_chunks();
[[nodiscard]] size_t idle_slabs();

}  // namespace loopglass::trace
