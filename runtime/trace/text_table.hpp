// TextTable: text <-> TextId. Each distinct text is stored once; ids count from 1 in order of first
// use, so equal runs number their texts equally. Texts never move: views stay valid with the table.
// What a variable holds is mostly a number, and another one each time: such a text is not stored,
// its id says what it reads, and it is made when somebody does read it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/trace/event.hpp"

namespace loopglass::trace {

// Made texts: "-12", and "<list of 12>", "<dict of 12>", "<set of 12>".
enum class MadeText : uint8_t { Number, List, Dict, Set };
inline constexpr TextId kMadeBit = 0x80000000u;
inline constexpr unsigned kMadeBits = 29;  // of the number, a signed one

// Its id; 0 if the number is too large for one.
[[nodiscard]] constexpr TextId made_text(MadeText form, int64_t number) {
    constexpr int64_t kHalf = int64_t{1} << (kMadeBits - 1);
    if (number < -kHalf || number >= kHalf) return 0;
    return kMadeBit | static_cast<TextId>(form) << kMadeBits |
           (static_cast<TextId>(number) & ((1u << kMadeBits) - 1));
}
[[nodiscard]] constexpr bool is_made_text(TextId id) {
    return (id & kMadeBit) != 0;
}
// The id of the made text that reads so; 0 if there is none.
[[nodiscard]] TextId made_text_of(std::string_view text);

class TextTable {
public:
    TextTable();

    // The id of `text`; the empty text is 0.
    [[nodiscard]] TextId intern(std::string_view text);
    // For texts whose characters live at one address unchanged while recording (literals, interned
    // names): a repeated call with the same pointer and length skips the hashing.
    [[nodiscard]] TextId intern_pinned(std::string_view text) {
        const Pinned& pinned =
            pinned_[(reinterpret_cast<uintptr_t>(text.data()) >> 3) & (kPinned - 1)];
        if (pinned.data == text.data() && pinned.size == text.size()) return pinned.id;
        return intern_pinned_slowly(text);
    }

    // From now on every text is the empty one.
    void turn_off() { off_ = true; }

    // The text of an id; empty for 0 and for ids never handed out.
    [[nodiscard]] std::string_view operator[](TextId id) const {
        if (__builtin_expect(is_made_text(id), 0)) return make(id);
        return id < texts_.size() ? texts_[id] : std::string_view{};
    }
    // 0 if the text was never interned.
    [[nodiscard]] TextId find(std::string_view text) const;
    // Number of ids handed out, the empty text's 0 included.
    [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(texts_.size()); }
    // Of an id below size().
    [[nodiscard]] uint64_t content_hash(TextId id) const { return hashes_[id]; }
    [[nodiscard]] size_t memory_bytes() const;

private:
    struct Pinned {
        const char* data = nullptr;
        size_t size = 0;
        TextId id = 0;
    };
    static constexpr size_t kPinned = 256;

    TextId intern_pinned_slowly(std::string_view text);
    [[nodiscard]] std::string_view make(TextId id) const;
    [[nodiscard]] std::string_view store(std::string_view text);
    void grow();

    std::vector<std::string_view> texts_;
    std::vector<uint64_t> hashes_;
    std::vector<TextId> slots_;  // open addressing, power of two; 0 is free
    std::vector<std::unique_ptr<char[]>> blocks_;
    size_t block_left_ = 0;
    char* block_next_ = nullptr;
    size_t stored_bytes_ = 0;
    bool off_ = false;
    Pinned pinned_[kPinned];
    mutable std::unordered_map<TextId, std::string> made_;  // those that were read
};

}  // namespace loopglass::trace
