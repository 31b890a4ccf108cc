// FlatMap<V>: a hash map from non-zero uint32_t keys to small values in one flat array (linear
// probing, no tombstones), so that copying it is copying an array. For the few things alive at an
// instant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace loopglass::trace {

template <typename V>
class FlatMap {
public:
    struct Slot {
        uint32_t key = 0;
        V value{};
    };

    [[nodiscard]] const V* find(uint32_t key) const {
        if (count_ == 0) return nullptr;
        for (uint32_t i = home(key);; i = (i + 1) & mask()) {
            if (slots_[i].key == key) return &slots_[i].value;
            if (slots_[i].key == 0) return nullptr;
        }
    }
    [[nodiscard]] V* find(uint32_t key) {
        return const_cast<V*>(static_cast<const FlatMap*>(this)->find(key));
    }

    // The value of `key`, made if absent. The key must not be 0.
    V& edit(uint32_t key) {
        if ((count_ + 1) * 4 > slots_.size() * 3) grow();
        uint32_t i = home(key);
        while (slots_[i].key != 0 && slots_[i].key != key) i = (i + 1) & mask();
        if (slots_[i].key == 0) {
            slots_[i] = Slot{key, V{}};
            ++count_;
        }
        return slots_[i].value;
    }

    void erase(uint32_t key) {
        if (count_ == 0) return;
        uint32_t i = home(key);
        while (slots_[i].key != key) {
            if (slots_[i].key == 0) return;
            i = (i + 1) & mask();
        }
        --count_;
        // Close the hole: move back every later entry of the run whose home is at or before it.
        for (uint32_t j = (i + 1) & mask(); slots_[j].key != 0; j = (j + 1) & mask()) {
            const uint32_t wanted = home(slots_[j].key);
            if (((j - wanted) & mask()) >= ((j - i) & mask())) {
                slots_[i] = slots_[j];
                i = j;
            }
        }
        slots_[i] = Slot{};
    }

    [[nodiscard]] uint32_t size() const { return count_; }
    [[nodiscard]] bool empty() const { return count_ == 0; }
    // Visits (key, value) in no particular, but reproducible, order.
    template <typename Visit>
    void each(Visit&& visit) const {
        for (const Slot& slot : slots_) {
            if (slot.key != 0) visit(slot.key, slot.value);
        }
    }
    [[nodiscard]] size_t memory_bytes() const { return slots_.capacity() * sizeof(Slot); }

private:
    [[nodiscard]] uint32_t mask() const { return static_cast<uint32_t>(slots_.size() - 1); }
    [[nodiscard]] uint32_t home(uint32_t key) const { return (key * 2654435769u >> 7) & mask(); }
    void grow() {
        std::vector<Slot> old(slots_.empty() ? 16 : slots_.size() * 2);
        old.swap(slots_);
        count_ = 0;
        for (const Slot& slot : old) {
            if (slot.key != 0) edit(slot.key) = slot.value;
        }
    }

    std::vector<Slot> slots_;
    uint32_t count_ = 0;
};

}  // namespace loopglass::trace
