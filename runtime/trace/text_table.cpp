#include "runtime/trace/text_table.hpp"

#include <charconv>
#include <cstring>
#include <iterator>

#include "runtime/base/text.hpp"
#include "runtime/trace/hash.hpp"

namespace loopglass::trace {
namespace {
constexpr size_t kBlockBytes = 16 * 1024;
constexpr size_t kFirstSlots = 256;

struct MadeForm {
    std::string_view before, after;
};
constexpr MadeForm kMadeForms[] = {
    {"", ""}, {"<list of ", ">"}, {"<dict of ", ">"}, {"<set of ", ">"}};

std::string made_form(TextId id) {
    const MadeForm& form = kMadeForms[(id & ~kMadeBit) >> kMadeBits];
    const auto number = static_cast<int32_t>(id << (32 - kMadeBits)) >> (32 - kMadeBits);
    return base::cat(form.before, number, form.after);
}
}  // namespace

TextId made_text_of(std::string_view text) {
    for (unsigned form = 0; form < std::size(kMadeForms); ++form) {
        const auto [before, after] = kMadeForms[form];
        if (!text.starts_with(before) || !text.ends_with(after)) continue;
        int64_t number = 0;
        const char* end = text.data() + text.size() - after.size();
        const auto read = std::from_chars(text.data() + before.size(), end, number);
        if (read.ec != std::errc() || read.ptr != end) continue;
        const TextId id = made_text(static_cast<MadeText>(form), number);
        if (id != 0 && made_form(id) == text) return id;
    }
    return 0;
}

std::string_view TextTable::make(TextId id) const {
    std::string& text = made_[id];
    if (text.empty()) text = made_form(id);
    return text;
}

TextTable::TextTable()
    : texts_{std::string_view{}}, hashes_{stable_hash({})}, slots_(kFirstSlots, 0) {}

TextId TextTable::intern(std::string_view text) {
    if (text.empty() || off_) return 0;
    const uint64_t hash = stable_hash(text);
    size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != 0) {
        const TextId id = slots_[slot];
        if (hashes_[id] == hash && texts_[id] == text) return id;
        slot = (slot + 1) & (slots_.size() - 1);
    }
    const TextId id = size();
    texts_.push_back(store(text));
    hashes_.push_back(hash);
    slots_[slot] = id;
    if (texts_.size() * 2 > slots_.size()) grow();
    return id;
}

TextId TextTable::intern_pinned_slowly(std::string_view text) {
    const TextId id = intern(text);
    pinned_[(reinterpret_cast<uintptr_t>(text.data()) >> 3) & (kPinned - 1)] = {text.data(),
                                                                                text.size(), id};
    return id;
}

TextId TextTable::find(std::string_view text) const {
    if (text.empty()) return 0;
    const uint64_t hash = stable_hash(text);
    for (size_t slot = hash & (slots_.size() - 1); slots_[slot] != 0;
         slot = (slot + 1) & (slots_.size() - 1)) {
        const TextId id = slots_[slot];
        if (hashes_[id] == hash && texts_[id] == text) return id;
    }
    return 0;
}

std::string_view TextTable::store(std::string_view text) {
    if (text.size() > block_left_) {
        const size_t bytes = text.size() > kBlockBytes / 4 ? text.size() : kBlockBytes;
        blocks_.push_back(std::make_unique<char[]>(bytes));
        block_next_ = blocks_.back().get();
        block_left_ = bytes;
        stored_bytes_ += bytes;
    }
    char* place = block_next_;
    std::memcpy(place, text.data(), text.size());
    block_next_ += text.size();
    block_left_ -= text.size();
    return {place, text.size()};
}

void TextTable::grow() {
    std::vector<TextId> bigger(slots_.size() * 2, 0);
    for (TextId id = 1; id < size(); ++id) {
        size_t slot = hashes_[id] & (bigger.size() - 1);
        while (bigger[slot] != 0) slot = (slot + 1) & (bigger.size() - 1);
        bigger[slot] = id;
    }
    slots_.swap(bigger);
}

size_t TextTable::memory_bytes() const {
    return stored_bytes_ + texts_.capacity() * sizeof(std::string_view) + hashes_.capacity() * 8 +
           slots_.capacity() * sizeof(TextId);
}

}  // namespace loopglass::trace
