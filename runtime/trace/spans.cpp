#include "runtime/trace/spans.hpp"

namespace loopglass::trace {
namespace {

constexpr size_t kBeyond = sizeof(uint64_t);

// By a quarter: there are many lanes, and what a vector holds ready is held by each of them.
template <typename T>
void make_room(std::vector<T>& items, size_t size) {
    if (size > items.capacity()) items.reserve(size + size / 4);
}

}  // namespace

void Spans::push_back(EventIndex event, SpanState state) {
    if ((size_ & (kBlock - 1)) == 0) {
        if (size_ > 0) narrow_last();
        const size_t used = bytes_.empty() ? 0 : bytes_.size() - kBeyond;
        make_room(blocks_, blocks_.size() + 1);
        blocks_.push_back({event, static_cast<uint32_t>(used), kWide});
    }
    const Block& block = blocks_.back();
    const size_t at = block.at + size_t{size_ & (kBlock - 1)} * kWide;
    make_room(bytes_, at + kWide + kBeyond);
    bytes_.resize(at + kWide + kBeyond);
    const uint64_t value =
        uint64_t{event - block.first} << kStateBits | static_cast<uint64_t>(state);
    std::memcpy(bytes_.data() + at, &value, sizeof value);
    ++size_;
}

// A full block is not written any more: its entries take only what the largest needs.
void Spans::narrow_last() {
    Block& block = blocks_.back();
    const uint64_t largest = entry(size_ - 1) | ((1u << kStateBits) - 1);
    const auto width = static_cast<uint8_t>((std::bit_width(largest) + 7) / 8);
    unsigned char* to = bytes_.data() + block.at;
    for (uint32_t k = size_ - kBlock; k < size_; ++k, to += width) {
        const uint64_t value = entry(k);
        std::memcpy(to, &value, width);
    }
    block.width = width;
    bytes_.resize(block.at + size_t{kBlock} * width + kBeyond);
}

uint32_t Spans::lower_bound(uint32_t from, uint32_t to, EventIndex event) const {
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        if ((*this)[middle] < event)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

}  // namespace loopglass::trace
