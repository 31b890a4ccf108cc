// Arena: a bump allocator for data that live and die together (a syntax tree, a recording's text).
// Nothing in it is destroyed one by one, so only trivially destructible things may live there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace loopglass::base {

// A view of `size` elements that something else owns, mostly an Arena.
template <typename T>
struct Array {
    T* data = nullptr;
    uint32_t count = 0;

    [[nodiscard]] T* begin() const { return data; }
    [[nodiscard]] T* end() const { return data + count; }
    [[nodiscard]] uint32_t size() const { return count; }
    [[nodiscard]] bool empty() const { return count == 0; }
    [[nodiscard]] T& operator[](size_t i) const { return data[i]; }
    [[nodiscard]] T& front() const { return data[0]; }
    [[nodiscard]] T& back() const { return data[count - 1]; }
};

class Arena {
public:
    Arena() = default;
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;
    ~Arena() {
        while (chunks_) {
            Chunk* next = chunks_->next;
            ::operator delete(chunks_);
            chunks_ = next;
        }
    }

    // `bytes` bytes of uninitialised memory, aligned to `alignment` (at most that of max_align_t).
    [[nodiscard]] void* allocate(size_t bytes, size_t alignment) {
        const uintptr_t at = (cursor_ + alignment - 1) & ~(uintptr_t{alignment} - 1);
        if (at + bytes > limit_ || cursor_ == 0) return allocate_in_new_chunk(bytes);
        cursor_ = at + bytes;
        return reinterpret_cast<void*>(at);
    }

    template <typename T, typename... Args>
    [[nodiscard]] T* make(Args&&... args) {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
    }

    // A copy of `count` elements.
    template <typename T>
    [[nodiscard]] Array<T> copy(const T* from, size_t count) {
        static_assert(std::is_trivially_copyable_v<T>);
        if (count == 0) return {};
        T* to = static_cast<T*>(allocate(sizeof(T) * count, alignof(T)));
        std::memcpy(static_cast<void*>(to), from, sizeof(T) * count);
        return {to, static_cast<uint32_t>(count)};
    }

    // A copy of `text`.
    [[nodiscard]] std::string_view copy(std::string_view text) {
        const Array<char> chars = copy(text.data(), text.size());
        return {chars.data, chars.count};
    }

private:
    struct Chunk {
        Chunk* next;
        size_t bytes;
    };
    static constexpr size_t kHeader =
        (sizeof(Chunk) + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);

    // Chunks grow with the arena, so that a small one stays small and a large one rarely allocates.
    [[nodiscard]] void* allocate_in_new_chunk(size_t bytes) {
        const size_t least = bytes + kHeader;
        const size_t size = least > next_chunk_ ? least : next_chunk_;
        if (next_chunk_ < kLargestChunk) next_chunk_ *= 2;
        auto* chunk = static_cast<Chunk*>(::operator new(size));
        chunk->next = chunks_;
        chunk->bytes = size;
        chunks_ = chunk;
        const auto start = reinterpret_cast<uintptr_t>(chunk) + kHeader;
        cursor_ = start + bytes;
        limit_ = reinterpret_cast<uintptr_t>(chunk) + size;
        return reinterpret_cast<void*>(start);
    }

    static constexpr size_t kLargestChunk = size_t{1} << 20;

    Chunk* chunks_ = nullptr;
    uintptr_t cursor_ = 0;
    uintptr_t limit_ = 0;
    size_t next_chunk_ = 8192;
};

}  // namespace loopglass::base
