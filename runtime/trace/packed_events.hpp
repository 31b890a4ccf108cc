// PackedEvents: the events of a recording whose chunk is full, each in as few bytes as the chunk
// needs, 8 to 12 mostly. All records of a chunk are of one size, so any event is read at once.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "runtime/trace/event.hpp"

namespace loopglass::trace {

inline constexpr unsigned kChunkShift = 12;
inline constexpr uint32_t kChunkEvents = 1u << kChunkShift;

class PackedEvents {
public:
    PackedEvents() = default;
    ~PackedEvents();
    PackedEvents(PackedEvents&& other) noexcept { swap(other); }
    PackedEvents& operator=(PackedEvents&& other) noexcept {
        swap(other);
        return *this;
    }
    PackedEvents(const PackedEvents&) = delete;
    PackedEvents& operator=(const PackedEvents&) = delete;

    // The next chunk: kChunkEvents of them, fewer only in the last.
    void add(const Event* events, uint32_t count);
    [[nodiscard]] uint32_t size() const { return size_; }
    [[nodiscard]] Event operator[](EventIndex index) const {
        const Block& block = blocks_[index >> kChunkShift];
        return unpack(block, block.records + (index & (kChunkEvents - 1)) * block.stride, index);
    }
    // Calls take(event) for those from `from` up to `to`, in order.
    template <typename Take>
    void each(EventIndex from, EventIndex to, Take&& take) const {
        while (from < to) {
            const Block block = blocks_[from >> kChunkShift];
            const unsigned char* record =
                block.records + (from & (kChunkEvents - 1)) * block.stride;
            const EventIndex stop = std::min(to, (from | (kChunkEvents - 1)) + 1);
            for (; from < stop; ++from, record += block.stride) take(unpack(block, record, from));
        }
    }
    [[nodiscard]] size_t memory_bytes() const;

private:
    static_assert(std::endian::native == std::endian::little);
    enum Field : uint8_t { Line, Subject, Object, Arg, Cause, kFields };
    // A record: kind, detail, then each field in the bytes that the largest of the block needs.
    struct Block {
        const unsigned char* records = nullptr;
        uint8_t stride = 0;
        uint8_t at[kFields] = {};  // offset in the record
        uint32_t mask[kFields] = {};
    };
    // Memory that blocks are cut from.
    struct Slab {
        unsigned char* memory;
        size_t bytes;
    };

    [[nodiscard]] static uint32_t load(const unsigned char* from) {
        uint32_t value = 0;
        std::memcpy(&value, from, sizeof value);
        return value;
    }
    // Ids keep what kind of id they are in their top bit: at the bottom it costs no bytes.
    [[nodiscard]] static Event unpack(const Block& block, const unsigned char* record,
                                      EventIndex index) {
        const auto field = [&](Field which) {
            return load(record + block.at[which]) & block.mask[which];
        };
        const uint32_t back = field(Cause);
        return {std::rotr(field(Subject), 1),
                std::rotr(field(Object), 1),
                std::rotr(field(Arg), 1),
                back == 0 ? kNoEvent : index - back,
                static_cast<uint16_t>(field(Line)),
                static_cast<EventKind>(record[0]),
                record[1]};
    }
    [[nodiscard]] unsigned char* room(size_t bytes);
    void swap(PackedEvents& other) noexcept;

    std::vector<Block> blocks_;
    std::vector<Slab> slabs_;
    unsigned char* free_ = nullptr;
    size_t left_ = 0;
    uint32_t size_ = 0;
};

}  // namespace loopglass::trace
