// The stable 64-bit hash recordings are compared by: the same number on every machine and in every
// build.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace loopglass::trace {

// Feeds 64-bit words through a multiply-and-fold step (128-bit product, both halves xored).
class StableHash {
public:
    explicit StableHash(uint64_t seed = 0) : state_(seed ^ 0x9E3779B97F4A7C15ull) {}

    void add(uint64_t word) {
        state_ = fold(state_ ^ word, 0xA0761D6478BD642Full) + 0x8EBC6AF09C88C6E3ull;
    }
    void add(std::string_view bytes) {
        add(static_cast<uint64_t>(bytes.size()));
        while (bytes.size() >= 8) {
            add(load(bytes.data(), 8));
            bytes.remove_prefix(8);
        }
        if (!bytes.empty()) add(load(bytes.data(), bytes.size()));
    }
    [[nodiscard]] uint64_t value() const {
        return fold(state_ ^ 0xE7037ED1A0B428DBull, 0x589965CC75374CC3ull);
    }

private:
    static uint64_t fold(uint64_t a, uint64_t b) {
        __extension__ using Wide = unsigned __int128;
        const Wide product = static_cast<Wide>(a) * b;
        return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
    }
    // Little-endian whatever the machine.
    static uint64_t load(const char* bytes, size_t count) {
        uint64_t word = 0;
        for (size_t i = 0; i < count; ++i)
            word |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
        return word;
    }
    uint64_t state_;
};

[[nodiscard]] inline uint64_t stable_hash(std::string_view bytes) {
    StableHash hash;
    hash.add(bytes);
    return hash.value();
}

}  // namespace loopglass::trace
