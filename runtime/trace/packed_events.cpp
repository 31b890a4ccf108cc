#include "runtime/trace/packed_events.hpp"

#include <algorithm>
#include <utility>

#include "runtime/trace/chunk_pool.hpp"

namespace loopglass::trace {
namespace {

constexpr size_t kBeyond = 4;  // bytes a field may be read beyond its record

void store(unsigned char* to, uint32_t value) {
    std::memcpy(to, &value, sizeof value);
}

uint8_t bytes_for(uint32_t most) {
    return static_cast<uint8_t>((std::bit_width(most) + 7) / 8);
}

uint32_t back_of(const Event& event, EventIndex index) {
    return event.cause == kNoEvent ? 0 : index - event.cause;
}

}  // namespace

PackedEvents::~PackedEvents() {
    for (const Slab& slab : slabs_) return_slab(slab.memory, slab.bytes);
}

void PackedEvents::swap(PackedEvents& other) noexcept {
    std::swap(blocks_, other.blocks_);
    std::swap(slabs_, other.slabs_);
    std::swap(free_, other.free_);
    std::swap(left_, other.left_);
    std::swap(size_, other.size_);
}

// Slabs grow with the recording, so that a small one stays small.
unsigned char* PackedEvents::room(size_t bytes) {
    if (bytes > left_) {
        const size_t wanted = slabs_.empty() ? kFirstSlab : slabs_.back().bytes * 2;
        const size_t size = std::max(bytes, std::min(wanted, kLargestSlab));
        slabs_.push_back({static_cast<unsigned char*>(take_slab(size)), size});
        free_ = slabs_.back().memory;
        left_ = size;
    }
    left_ -= bytes;
    return std::exchange(free_, free_ + bytes);
}

void PackedEvents::add(const Event* events, uint32_t count) {
    uint32_t most[kFields] = {};
    for (uint32_t i = 0; i < count; ++i) {
        const Event& event = events[i];
        most[Line] |= event.line;
        most[Subject] |= std::rotl(event.subject, 1);
        most[Object] |= std::rotl(event.object, 1);
        most[Arg] |= std::rotl(event.arg, 1);
        most[Cause] |= back_of(event, size_ + i);
    }
    Block block;
    block.stride = 2;
    for (unsigned field = 0; field < kFields; ++field) {
        block.at[field] = block.stride;
        block.stride += bytes_for(most[field]);
        block.mask[field] = static_cast<uint32_t>((uint64_t{1} << 8 * bytes_for(most[field])) - 1);
    }
    unsigned char* record = room(size_t{count} * block.stride + kBeyond);
    block.records = record;
    // In order: what a store writes too much is overwritten by the next.
    for (uint32_t i = 0; i < count; ++i, record += block.stride) {
        const Event& event = events[i];
        record[0] = static_cast<unsigned char>(event.kind);
        record[1] = event.detail;
        store(record + block.at[Line], event.line);
        store(record + block.at[Subject], std::rotl(event.subject, 1));
        store(record + block.at[Object], std::rotl(event.object, 1));
        store(record + block.at[Arg], std::rotl(event.arg, 1));
        store(record + block.at[Cause], back_of(event, size_ + i));
    }
    blocks_.push_back(block);
    size_ += count;
}

size_t PackedEvents::memory_bytes() const {
    size_t bytes = blocks_.capacity() * sizeof(Block) + slabs_.capacity() * sizeof(Slab);
    for (const Slab& slab : slabs_) bytes += slab.bytes;
    return bytes - left_;
}

}  // namespace loopglass::trace
