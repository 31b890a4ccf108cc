// The parts of stacks that were moved aside. Tasks that wait at the same place have nearly the same
// bytes on their stacks: return addresses, saved registers, what earlier calls left. So most are
// kept as what differs from a pattern, the first that was saved of its kind: a fifth of the memory,
// and less to read when they go on.
#pragma once

#include <cstddef>
#include <cstdint>

namespace loopglass::fiber {

struct Saved {
    void* block = nullptr;
    uint32_t bytes = 0;  // of the block
};

// Never throws, as it is called where nobody could go on without: it aborts when the system has no
// memory left. Counted against the limit of the run. `bytes` is a multiple of 8, as is `from`.
[[nodiscard]] Saved save_bytes(const char* from, size_t bytes);
// Writes them so that they end at `end`, and frees the block.
void restore_bytes(const Saved& saved, char* end);
// Bytes of all blocks. All memory goes back to the system when there are none.
[[nodiscard]] size_t saved_bytes_in_use();

}  // namespace loopglass::fiber
