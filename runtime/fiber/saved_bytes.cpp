#include "runtime/fiber/saved_bytes.hpp"

#include <cstdlib>
#include <cstring>

#include "runtime/base/check.hpp"
#include "runtime/base/memory.hpp"
#include "runtime/base/slab.hpp"

namespace loopglass::fiber {
namespace {

// --- blocks, in sizes of 16 bytes, cut from slabs

constexpr size_t kStep = 16, kLargest = 8192;

struct Link {
    Link* next;
};
Link* free_blocks[kLargest / kStep + 1] = {};
Link* slabs = nullptr;  // each begins with the link
char *fresh = nullptr, *fresh_end = nullptr;
size_t in_use = 0;

void add_slab() {
    auto* const slab = static_cast<char*>(base::map_slab(base::kSlabBytes));
    CHECK(slab != nullptr, "the system has no memory left for stacks");
    auto* const link = reinterpret_cast<Link*>(slab);
    link->next = slabs;
    slabs = link;
    fresh = slab + kStep;
    fresh_end = slab + base::kSlabBytes;
}

[[nodiscard]] void* allocate_large(size_t bytes) {
    void* const block = std::malloc(bytes);
    CHECK(block != nullptr, "the system has no memory left for stacks");
    return block;
}

[[nodiscard]] Saved allocate(size_t bytes) {
    const size_t size = (bytes + kStep - 1) / kStep * kStep;
    in_use += size;
    base::count_memory(static_cast<int64_t>(size));
    Saved saved{nullptr, static_cast<uint32_t>(size)};
    if (size > kLargest) return saved.block = allocate_large(size), saved;
    if (Link*& head = free_blocks[size / kStep]; head != nullptr) {
        saved.block = head;
        head = head->next;
        return saved;
    }
    if (static_cast<size_t>(fresh_end - fresh) < size) add_slab();
    saved.block = fresh;
    fresh += size;
    return saved;
}

// --- patterns

using Word [[gnu::may_alias]] = uint64_t;  // of a stack: part of whatever lies there

constexpr size_t kMostWords = 1024;   // of bytes that are compared with a pattern
constexpr size_t kMostPatterns = 64;  // of all sizes
constexpr size_t kMostOfOneSize = 4;

struct Pattern {
    size_t count = 0;  // words
    uint64_t* words = nullptr;
};
Pattern patterns[kMostPatterns];
size_t pattern_count = 0;

constexpr uint32_t kNoPattern = UINT32_MAX;
// What a block begins with; then, with a pattern, a bit for every word that differs from it, and
// those words; without one, all words.
struct Head {
    uint32_t pattern;
    uint32_t count;  // words
};

[[nodiscard]] constexpr size_t masks_for(size_t count) {
    return (count + 63) / 64;
}

// Which words differ; answers how many.
[[nodiscard]] size_t compare(const Word* words, const Pattern& pattern, uint64_t* masks) {
    size_t different = 0;
    for (size_t from = 0; from < pattern.count; from += 64) {
        const size_t count = pattern.count - from < 64 ? pattern.count - from : 64;
        uint64_t mask = 0;
        for (size_t i = 0; i < count; ++i)
            mask |= uint64_t{words[from + i] != pattern.words[from + i]} << i;
        masks[from / 64] = mask;
        different += static_cast<size_t>(__builtin_popcountll(mask));
    }
    return different;
}

void add_pattern(const Word* words, size_t count) {
    auto* const copy = static_cast<uint64_t*>(std::malloc(count * sizeof(uint64_t)));
    if (copy == nullptr) return;
    std::memcpy(copy, words, count * sizeof(uint64_t));
    patterns[pattern_count++] = {count, copy};
}

// A pattern from which few words differ; `masks` says which. If there is none these become one.
[[nodiscard]] uint32_t find_pattern(const Word* words, size_t count, uint64_t* masks,
                                    size_t& different) {
    if (count > kMostWords) return kNoPattern;
    static uint32_t last = 0;
    const auto fits = [&](uint32_t number) {
        if (number >= pattern_count || patterns[number].count != count) return false;
        different = compare(words, patterns[number], masks);
        return different * 2 < count;
    };
    if (fits(last)) return last;
    size_t of_this_size = 0;
    for (uint32_t i = 0; i < pattern_count; ++i) {
        if (patterns[i].count == count) ++of_this_size;
        if (i != last && fits(i)) return last = i;
    }
    if (pattern_count < kMostPatterns && of_this_size < kMostOfOneSize) add_pattern(words, count);
    return kNoPattern;
}

void forget_everything() {
    for (Link*& head : free_blocks) head = nullptr;
    while (slabs != nullptr) {
        Link* const slab = slabs;
        slabs = slab->next;
        base::unmap_slab(slab, base::kSlabBytes);
    }
    fresh = fresh_end = nullptr;
    while (pattern_count > 0) std::free(patterns[--pattern_count].words);
}

[[nodiscard]] Saved save_all(const Word* words, size_t count) {
    const Saved saved = allocate(sizeof(Head) + count * sizeof(uint64_t));
    auto* const head = static_cast<Head*>(saved.block);
    *head = {kNoPattern, static_cast<uint32_t>(count)};
    std::memcpy(head + 1, words, count * sizeof(uint64_t));
    return saved;
}

}  // namespace

Saved save_bytes(const char* from, size_t bytes) {
    const auto* const words = reinterpret_cast<const Word*>(from);
    const size_t count = bytes / sizeof(uint64_t), mask_count = masks_for(count);
    uint64_t masks[masks_for(kMostWords)];
    size_t different = 0;
    const uint32_t pattern = find_pattern(words, count, masks, different);
    if (pattern == kNoPattern) return save_all(words, count);
    const Saved saved = allocate(sizeof(Head) + (mask_count + different) * sizeof(uint64_t));
    auto* const head = static_cast<Head*>(saved.block);
    *head = {pattern, static_cast<uint32_t>(count)};
    auto* to = reinterpret_cast<uint64_t*>(head + 1);
    for (size_t i = 0; i < mask_count; ++i) *to++ = masks[i];
    for (size_t i = 0; i < mask_count; ++i)
        for (uint64_t mask = masks[i]; mask != 0; mask &= mask - 1)
            *to++ = words[i * 64 + static_cast<size_t>(__builtin_ctzll(mask))];
    return saved;
}

void restore_bytes(const Saved& saved, char* end) {
    const auto* const head = static_cast<const Head*>(saved.block);
    const size_t count = head->count, mask_count = masks_for(count);
    const auto* from = reinterpret_cast<const uint64_t*>(head + 1);
    auto* const words = reinterpret_cast<Word*>(end) - count;
    if (head->pattern == kNoPattern) {
        std::memcpy(words, from, count * sizeof(uint64_t));
    } else {
        std::memcpy(words, patterns[head->pattern].words, count * sizeof(uint64_t));
        const uint64_t* const masks = from;
        from += mask_count;
        for (size_t i = 0; i < mask_count; ++i)
            for (uint64_t mask = masks[i]; mask != 0; mask &= mask - 1)
                words[i * 64 + static_cast<size_t>(__builtin_ctzll(mask))] = *from++;
    }
    in_use -= saved.bytes;
    base::count_memory(-static_cast<int64_t>(saved.bytes));
    if (saved.bytes > kLargest) {
        std::free(saved.block);
    } else {
        auto* const link = static_cast<Link*>(saved.block);
        Link*& free_head = free_blocks[saved.bytes / kStep];
        link->next = free_head;
        free_head = link;
    }
    if (in_use == 0) forget_everything();
}

size_t saved_bytes_in_use() {
    return in_use;
}

}  // namespace loopglass::fiber
