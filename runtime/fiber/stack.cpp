#include "runtime/fiber/stack.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "runtime/base/check.hpp"
#include "runtime/base/memory.hpp"
#include "runtime/fiber/switch.hpp"

namespace loopglass::fiber {
namespace {

// Not in every <sys/mman.h> that runs on a kernel with it.
constexpr int kMadvGuardInstall = 102;
constexpr size_t kPageBytes = 4096;
constexpr int64_t kTouchedBytes = 2 * kPageBytes;  // of a stack, as a rule
constexpr size_t kFirstRegionSlots = 256;
constexpr size_t kLargestRegionSlots = 65536;
// Beyond that many, a guard's price (a microsecond and a share of a page table) buys nothing: the
// check before each call is what stops a script.
constexpr size_t kGuardedSlots = 65536;
constexpr size_t kKiB = 1024;

#if defined(LOOPGLASS_ASAN)
StackSizes sizes_in_use{512 * kKiB, 2048 * kKiB, 128 * kKiB};
#elif !defined(__OPTIMIZE__)
StackSizes sizes_in_use{256 * kKiB, 1024 * kKiB, 48 * kKiB};
#else
// About 128 KiB: a slot costs 256 bytes of page table; more would show with a million tasks. One
// page more: with a power of two the parts in use of all stacks would share the same few sets of
// the caches.
StackSizes sizes_in_use{132 * kKiB, 512 * kKiB, 32 * kKiB};
#endif

bool pools_exist = false;

bool probe_guards() {
    void* page =
        mmap(nullptr, kPageBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return false;
    const bool works = madvise(page, kPageBytes, kMadvGuardInstall) == 0;
    munmap(page, kPageBytes);
    return works;
}

}  // namespace

StackPool::StackPool(size_t slot_bytes, size_t keep_warm)
    : slot_bytes_(slot_bytes), keep_warm_(keep_warm) {
    CHECK(slot_bytes >= 4 * kPageBytes && slot_bytes % kPageBytes == 0,
          "a stack is a whole number of pages");
}

StackPool::~StackPool() {
    for (const Region& region : regions_) munmap(region.base, region.bytes);
}

char* StackPool::take() {
    char* stack;
    if (free_.empty()) {
        stack = carve();
    } else {
        stack = free_.back();
        free_.pop_back();
    }
    counts_.peak = std::max(counts_.peak, ++counts_.live);
    loopglass::base::count_memory(kTouchedBytes);
    return stack;
}

void StackPool::give_back(char* base) {
    CHECK(counts_.live > 0, "a stack is given back once");
    --counts_.live;
    loopglass::base::count_memory(-kTouchedBytes);
    free_.push_back(base);
    if (counts_.live == 0 && free_.size() > keep_warm_) trim();
}

// Everything at once where nothing is in use: a call for each stack costs more than its page.
void StackPool::trim() {
    if (counts_.live == 0) {
        for (const Region& region : regions_) madvise(region.base, region.bytes, MADV_DONTNEED);
        return;
    }
    for (char* base : free_) madvise(base, slot_bytes_, MADV_DONTNEED);
}

bool StackPool::guarded() {
    static const bool works = probe_guards();
    return works;
}

char* StackPool::carve() {
    if (fresh_ == fresh_end_) reserve_region();
    char* base = fresh_;
    fresh_ += slot_bytes_;
    ++counts_.carved;
    if (counts_.carved <= kGuardedSlots && guarded()) madvise(base, kPageBytes, kMadvGuardInstall);
    return base;
}

// Regions double, so that a small program reserves little and a million tasks need a few dozen
// mappings.
void StackPool::reserve_region() {
    const size_t slots =
        std::min(kFirstRegionSlots << std::min<size_t>(regions_.size(), 16), kLargestRegionSlots);
    // Giving a stack back happens while runs end for want of memory: it must not need any.
    free_.reserve(counts_.carved + slots);
    regions_.reserve(regions_.size() + 1);
    const size_t bytes = slots * slot_bytes_;
    void* base = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    CHECK(base != MAP_FAILED, "the system has no address space left for stacks");
    // With huge pages set to `always`, every stack would cost 2 MiB.
    madvise(base, bytes, MADV_NOHUGEPAGE);
    fresh_ = static_cast<char*>(base);
    fresh_end_ = fresh_ + bytes;
    regions_.push_back({fresh_, bytes});
}

const StackSizes& stack_sizes() {
    return sizes_in_use;
}

void configure_stacks(const StackSizes& sizes) {
    CHECK(!pools_exist, "stack sizes are chosen before the first fiber runs");
    CHECK(sizes.reserve_bytes < sizes.fiber_bytes && sizes.reserve_bytes < sizes.segment_bytes,
          "a stack is larger than its reserve");
    sizes_in_use = sizes;
}

// The pools are never destroyed: a fiber may still be alive when static objects die.
StackPool& fiber_stacks() {
    static StackPool& pool = *(pools_exist = true, new StackPool(sizes_in_use.fiber_bytes, 4096));
    return pool;
}

StackPool& segment_stacks() {
    static StackPool& pool = *(pools_exist = true, new StackPool(sizes_in_use.segment_bytes, 16));
    return pool;
}

}  // namespace loopglass::fiber
