// Inside the .loopglass format: numbers of variable length, and the columns of a block of events.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/base/result.hpp"
#include "runtime/trace/recording.hpp"

namespace loopglass::trace::codec {

inline constexpr uint32_t kVersion = 1;
// Bits of a recording's second number: it has lines; it ran under a rule, which is named at the end
// of its head.
inline constexpr uint64_t kHasLines = 1, kHasRule = 2;
inline constexpr uint32_t kBlockEvents = 65536;

inline void put(std::string& out, uint64_t value) {
    while (value >= 0x80) {
        out += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    out += static_cast<char>(value);
}
inline uint64_t zigzag(int64_t value) {
    return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}
inline int64_t unzigzag(uint64_t value) {
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}
inline void put_signed(std::string& out, int64_t value) {
    put(out, zigzag(value));
}
inline void put_text(std::string& out, std::string_view text) {
    put(out, text.size());
    out += text;
}

// Reads what put() wrote. After a read beyond the end, failed() is true and every value is 0.
class Source {
public:
    explicit Source(std::string_view bytes)
        : at_(bytes.data()), end_(bytes.data() + bytes.size()), begin_(at_) {}

    [[nodiscard]] uint64_t number() {
        if (__builtin_expect(at_ < end_ && static_cast<signed char>(*at_) >= 0, 1))
            return static_cast<unsigned char>(*at_++);
        return long_number();
    }
    [[nodiscard]] int64_t signed_number() { return unzigzag(number()); }
    [[nodiscard]] uint8_t byte() {
        if (at_ == end_) return fail();
        return static_cast<uint8_t>(*at_++);
    }
    [[nodiscard]] std::string_view bytes(uint64_t count) {
        if (count > left()) {
            static_cast<void>(fail());
            return {};
        }
        const std::string_view out(at_, count);
        at_ += count;
        return out;
    }
    [[nodiscard]] std::string_view text() { return bytes(number()); }
    [[nodiscard]] size_t left() const { return static_cast<size_t>(end_ - at_); }
    [[nodiscard]] size_t offset() const { return static_cast<size_t>(at_ - begin_); }
    [[nodiscard]] bool failed() const { return failed_; }

private:
    [[nodiscard]] uint8_t fail() {
        failed_ = true;
        at_ = end_;
        return 0;
    }
    [[nodiscard]] uint64_t long_number();

    const char* at_;
    const char* end_;
    const char* begin_;
    bool failed_ = false;
};

// What the next value of a column is expected to be near, kind by kind.
struct Context {
    std::array<uint32_t, kKindCount> subject{}, object{}, arg{};
    uint32_t line = 0;
};

// What stands inside the envelope (magic, checksum, zstd): for tests and fuzzing, which want to get
// past it.
[[nodiscard]] std::string encode_body(const Recording& recording);
[[nodiscard]] base::Result<Recording> decode_body(std::string_view body);

}  // namespace loopglass::trace::codec
