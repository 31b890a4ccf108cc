// PagedTable<T>: a growing table indexed by ids from 1, copied page-wise only when written. Copying
// a table copies one pointer per 64 entries, so a checkpoint costs what changed since the last one.
// Not for sharing between threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/base/check.hpp"

namespace loopglass::trace {

template <typename T>
class PagedTable {
public:
    PagedTable() = default;
    ~PagedTable() { release_all(); }
    PagedTable(const PagedTable& other) : pages_(other.pages_), size_(other.size_) {
        for (Page* page : pages_) ++page->users;
    }
    PagedTable(PagedTable&& other) noexcept
        : pages_(std::move(other.pages_)), size_(std::exchange(other.size_, 0)) {
        other.pages_.clear();
    }
    PagedTable& operator=(const PagedTable& other) {
        if (this != &other) {
            for (Page* page : other.pages_) ++page->users;
            release_all();
            pages_ = other.pages_;
            size_ = other.size_;
        }
        return *this;
    }
    PagedTable& operator=(PagedTable&& other) noexcept {
        pages_.swap(other.pages_);
        std::swap(size_, other.size_);
        return *this;
    }

    // By pages, for who copies whole tables: page p begins with id p * kPageItems + 1.
    static constexpr size_t kPageItems = 64;
    [[nodiscard]] size_t page_count() const { return pages_.size(); }
    [[nodiscard]] const T* page(size_t p) const {
        return p < pages_.size() ? pages_[p]->items : nullptr;
    }
    [[nodiscard]] T* add_page() {
        pages_.push_back(new Page);
        return pages_.back()->items;
    }
    // Of a table that has the pages for it.
    void set_size(uint32_t size) { size_ = size; }

    // Highest id in use; ids run from 1 to this.
    [[nodiscard]] uint32_t size() const { return size_; }
    [[nodiscard]] bool has(uint32_t id) const { return id - 1 < size_; }
    // Requires has(id).
    [[nodiscard]] const T& operator[](uint32_t id) const {
        return pages_[(id - 1) >> kShift]->items[(id - 1) & kMask];
    }
    // For writing; entries up to `id` come into being with T's initial value.
    [[nodiscard]] T& edit(uint32_t id) {
        CHECK(id != 0, "ids count from 1");
        if (id > size_) grow(id);
        Page*& page = pages_[(id - 1) >> kShift];
        if (__builtin_expect(page->users != 1, 0)) own(page);
        return page->items[(id - 1) & kMask];
    }
    [[nodiscard]] size_t memory_bytes() const {
        return pages_.capacity() * sizeof(Page*) + pages_.size() * sizeof(Page);
    }
    // Bytes only this table holds (pages shared with others are counted where they are alone).
    [[nodiscard]] size_t own_bytes() const {
        size_t bytes = pages_.capacity() * sizeof(Page*);
        for (const Page* page : pages_) bytes += page->users == 1 ? sizeof(Page) : 0;
        return bytes;
    }

private:
    static constexpr unsigned kShift = 6;
    static constexpr uint32_t kMask = (1u << kShift) - 1;
    struct Page {
        uint32_t users = 1;
        T items[1u << kShift]{};
    };

    void grow(uint32_t id) {
        size_ = id;
        while ((static_cast<uint64_t>(pages_.size()) << kShift) < size_) pages_.push_back(new Page);
    }
    static void own(Page*& page) {
        Page* copy = new Page(*page);
        copy->users = 1;
        --page->users;
        page = copy;
    }
    void release_all() {
        for (Page* page : pages_) {
            if (--page->users == 0) delete page;
        }
        pages_.clear();
    }

    std::vector<Page*> pages_;
    uint32_t size_ = 0;
};

}  // namespace loopglass::trace
