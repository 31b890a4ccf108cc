// Stacks for fibers: fixed-size slots of reserved address space, committed by the kernel page by
// page as they are touched, and recycled last in, first out so that the next fiber starts on a warm
// page.
#pragma once

#include <cstddef>
#include <vector>

namespace loopglass::fiber {

// One size of stacks. Not thread-safe: the engine has no threads.
class StackPool {
public:
    struct Counts {
        size_t live = 0;    // slots handed out now
        size_t peak = 0;    // most ever handed out at once
        size_t carved = 0;  // slots that exist: live ones and free ones
    };

    // `keep_warm`: how many slots keep their touched pages once none is in use; if there are more,
    // all return them.
    StackPool(size_t slot_bytes, size_t keep_warm);
    ~StackPool();
    StackPool(const StackPool&) = delete;
    StackPool& operator=(const StackPool&) = delete;

    // The lowest address of a free slot; the stack grows down from base + slot_bytes(). Aborts with
    // a message when the system refuses more address space.
    [[nodiscard]] char* take();
    void give_back(char* base);
    // Returns the pages of every free slot to the system (the address space stays reserved).
    void trim();

    [[nodiscard]] size_t slot_bytes() const { return slot_bytes_; }
    [[nodiscard]] Counts counts() const { return counts_; }
    // True where the kernel can put a guard page below a stack without splitting the mapping
    // (Linux 6.13 and later). Elsewhere the check before each script call is the only defence
    // against overflow.
    [[nodiscard]] static bool guarded();

private:
    struct Region {
        char* base;
        size_t bytes;
    };
    char* carve();
    void reserve_region();

    const size_t slot_bytes_;
    const size_t keep_warm_;
    std::vector<char*> free_;
    std::vector<Region> regions_;
    char* fresh_ = nullptr;  // never used slots of the newest region: [fresh_, fresh_end_)
    char* fresh_end_ = nullptr;
    Counts counts_;
};

struct StackSizes {
    size_t fiber_bytes;    // what every fiber starts with
    size_t segment_bytes;  // what a deep call chain is lent on top, see call_on_segment()
    size_t reserve_bytes;  // kept free below g_stack_limit for native code that does not check
};

// The sizes in use. Defaults suit the build: sanitizers and -O0 have frames several times larger.
[[nodiscard]] const StackSizes& stack_sizes();
// Changes them; only before the first fiber has run, as the pools take their sizes then.
void configure_stacks(const StackSizes& sizes);

[[nodiscard]] StackPool& fiber_stacks();
[[nodiscard]] StackPool& segment_stacks();

}  // namespace loopglass::fiber
