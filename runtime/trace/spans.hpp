// Spans: the events that begin the spans of a lane, in order, and the state of each: two to five
// bytes a span. In blocks of 64, each of which counts from its first event.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "runtime/trace/event.hpp"

namespace loopglass::trace {

enum class SpanState : uint8_t;

class Spans {
public:
    static constexpr unsigned kBlockShift = 6;
    static constexpr uint32_t kBlock = 1u << kBlockShift;

    [[nodiscard]] uint32_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] EventIndex operator[](uint32_t k) const {
        return blocks_[k >> kBlockShift].first + static_cast<EventIndex>(entry(k) >> kStateBits);
    }
    [[nodiscard]] SpanState state(uint32_t k) const {
        return static_cast<SpanState>(entry(k) & ((1u << kStateBits) - 1));
    }
    // The first span in [from, to) that begins at or after `event`; `to` if there is none.
    [[nodiscard]] uint32_t lower_bound(uint32_t from, uint32_t to, EventIndex event) const;
    // Events come in ascending order.
    void push_back(EventIndex event, SpanState state);
    [[nodiscard]] size_t memory_bytes() const {
        return blocks_.capacity() * sizeof(Block) + bytes_.capacity();
    }

private:
    static_assert(std::endian::native == std::endian::little);
    static constexpr unsigned kStateBits = 4;
    static constexpr uint8_t kWide = 5;  // bytes: of the block that is being filled
    struct Block {
        EventIndex first;
        uint32_t at;  // of its first entry in bytes_
        uint8_t width;
    };

    [[nodiscard]] uint64_t entry(uint32_t k) const {
        const Block& block = blocks_[k >> kBlockShift];
        uint64_t value = 0;
        std::memcpy(&value, bytes_.data() + block.at + (k & (kBlock - 1)) * block.width,
                    sizeof value);
        return value & ((uint64_t{1} << 8 * block.width) - 1);
    }
    void narrow_last();

    std::vector<Block> blocks_;
    std::vector<unsigned char> bytes_;  // and eight more, which an entry may be read with
    uint32_t size_ = 0;
};

}  // namespace loopglass::trace
