// Slabs: large pieces of fresh memory for pools that cut them up. They lie so that the kernel can
// serve each with one huge page, where it has any: a fault brings 2 MiB instead of 4 KiB.
#pragma once

#include <cstddef>

namespace loopglass::base {

inline constexpr size_t kSlabBytes = size_t{2} << 20;

// Zeroed memory of `bytes`, a multiple of kSlabBytes, aligned to kSlabBytes. Owned by the caller
// and not counted (see memory.hpp): who hands out pieces counts those. Null when the system
// refuses.
[[nodiscard]] void* map_slab(size_t bytes);
void unmap_slab(void* slab, size_t bytes);

}  // namespace loopglass::base
