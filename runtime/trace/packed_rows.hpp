// PackedRows<N>: rows of N numbers, each column in as few bytes as the span of its values needs.
// Written once; any row is read at once.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

namespace loopglass::trace {

template <size_t N>
class PackedRows {
public:
    using Row = std::array<uint32_t, N>;

    PackedRows() = default;
    explicit PackedRows(std::span<const Row> rows) : size_(static_cast<uint32_t>(rows.size())) {
        if (rows.empty()) return;
        Row most{};
        base_.fill(UINT32_MAX);
        for (const Row& row : rows)
            for (size_t c = 0; c < N; ++c) {
                base_[c] = std::min(base_[c], row[c]);
                most[c] = std::max(most[c], row[c]);
            }
        for (size_t c = 0; c < N; ++c) {
            const auto bytes = static_cast<uint8_t>((std::bit_width(most[c] - base_[c]) + 7) / 8);
            at_[c] = stride_;
            stride_ += bytes;
            mask_[c] = static_cast<uint32_t>((uint64_t{1} << 8 * bytes) - 1);
        }
        data_ = std::make_unique_for_overwrite<unsigned char[]>(bytes());
        unsigned char* to = data_.get();
        // In order: what is written too much is overwritten by the next.
        for (const Row& row : rows) {
            for (size_t c = 0; c < N; ++c) {
                const uint32_t value = row[c] - base_[c];
                std::memcpy(to + at_[c], &value, sizeof value);
            }
            to += stride_;
        }
    }

    [[nodiscard]] uint32_t size() const { return size_; }
    // Calls take(row) for each in order.
    template <typename Take>
    void each(Take&& take) const {
        // Copies, since take() may write numbers anywhere.
        const Row base = base_, mask = mask_;
        const auto at = at_;
        const unsigned char* from = data_.get();
        const size_t stride = stride_;
        for (uint32_t i = 0, count = size_; i < count; ++i, from += stride) {
            Row row;
#pragma GCC unroll 8
            for (size_t c = 0; c < N; ++c) {
                uint32_t value = 0;
                std::memcpy(&value, from + at[c], sizeof value);
                row[c] = base[c] + (value & mask[c]);
            }
            take(row);
        }
    }
    [[nodiscard]] size_t memory_bytes() const {
        return sizeof *this + (data_ ? bytes() : 0);
    }

private:
    static_assert(std::endian::native == std::endian::little);
    // The last column may be read and written beyond its row.
    [[nodiscard]] size_t bytes() const {
        return size_t{size_} * stride_ + sizeof(uint32_t);
    }

    std::unique_ptr<unsigned char[]> data_;
    Row base_{}, mask_{};
    uint32_t size_ = 0;
    std::array<uint8_t, N> at_{};
    uint8_t stride_ = 0;
};

}  // namespace loopglass::trace
