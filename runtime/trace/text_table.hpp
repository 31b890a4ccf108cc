// TextTable: text <-> TextId. Each distinct text is stored once; ids count from 1 in order of first
// use, so equal runs number their texts equally. Texts never move: views stay valid with the table.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "runtime/trace/event.hpp"

namespace loopglass::trace {

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

    // The text of an id; empty for 0 and for ids never handed out.
    [[nodiscard]] std::string_view operator[](TextId id) const {
        return id < texts_.size() ? texts_[id] : std::string_view{};
    }
    // 0 if the text was never interned.
    [[nodiscard]] TextId find(std::string_view text) const;
    // Number of ids handed out, the empty text's 0 included.
    [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(texts_.size()); }
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
    [[nodiscard]] std::string_view store(std::string_view text);
    void grow();

    std::vector<std::string_view> texts_;
    std::vector<uint64_t> hashes_;
    std::vector<TextId> slots_;  // open addressing, power of two; 0 is free
    std::vector<std::unique_ptr<char[]>> blocks_;
    size_t block_left_ = 0;
    char* block_next_ = nullptr;
    size_t stored_bytes_ = 0;
    Pinned pinned_[kPinned];
};

}  // namespace loopglass::trace
