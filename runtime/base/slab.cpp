#include "runtime/base/slab.hpp"

#include <sys/mman.h>

#include <cstdint>

namespace loopglass::base {

// What lies before the first and after the last whole slab goes back at once.
void* map_slab(size_t bytes) {
    const size_t more = bytes + kSlabBytes;
    void* const mapped = mmap(nullptr, more, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED) return nullptr;
    const auto from = reinterpret_cast<uintptr_t>(mapped);
    const uintptr_t slab = (from + kSlabBytes - 1) & ~(uintptr_t{kSlabBytes} - 1);
    if (slab > from) munmap(mapped, slab - from);
    if (const uintptr_t end = slab + bytes; end < from + more)
        munmap(reinterpret_cast<void*>(end), from + more - end);
    auto* const memory = reinterpret_cast<void*>(slab);
    madvise(memory, bytes, MADV_HUGEPAGE);  // a wish: without huge pages it is as good, but slower
    return memory;
}

void unmap_slab(void* slab, size_t bytes) {
    munmap(slab, bytes);
}

}  // namespace loopglass::base
