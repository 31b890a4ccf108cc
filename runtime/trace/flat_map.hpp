// FlatMap<V>: a hash map from non-zero uint32_t keys to small values in one flat array (linear
// probing, no tombstones). Copies share the array until one is written. For the few things alive at
// an instant. Not for sharing between threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
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
        const uint32_t i = place(key);
        return i == kNowhere ? nullptr : &(*slots_)[i].value;
    }
    // For writing.
    [[nodiscard]] V* find(uint32_t key) {
        const uint32_t i = place(key);
        return i == kNowhere ? nullptr : &own()[i].value;
    }

    // The value of `key`, made if absent. The key must not be 0.
    V& edit(uint32_t key) {
        if (!slots_ || (count_ + 1) * 4 > slots_->size() * 3) grow();
        std::vector<Slot>& slots = own();
        uint32_t i = home(key);
        while (slots[i].key != 0 && slots[i].key != key) i = (i + 1) & mask();
        if (slots[i].key == 0) {
            slots[i] = Slot{key, V{}};
            ++count_;
        }
        return slots[i].value;
    }

    void erase(uint32_t key) {
        uint32_t i = place(key);
        if (i == kNowhere) return;
        std::vector<Slot>& slots = own();
        --count_;
        // Close the hole: move back every later entry of the run whose home is at or before it.
        for (uint32_t j = (i + 1) & mask(); slots[j].key != 0; j = (j + 1) & mask()) {
            const uint32_t wanted = home(slots[j].key);
            if (((j - wanted) & mask()) >= ((j - i) & mask())) {
                slots[i] = slots[j];
                i = j;
            }
        }
        slots[i] = Slot{};
    }

    [[nodiscard]] uint32_t size() const { return count_; }
    [[nodiscard]] bool empty() const { return count_ == 0; }
    // Visits (key, value) in no particular, but reproducible, order.
    template <typename Visit>
    void each(Visit&& visit) const {
        if (!slots_) return;
        for (const Slot& slot : *slots_) {
            if (slot.key != 0) visit(slot.key, slot.value);
        }
    }
    // Bytes only this map holds.
    [[nodiscard]] size_t memory_bytes() const {
        return slots_ && slots_.use_count() == 1 ? slots_->capacity() * sizeof(Slot) : 0;
    }

private:
    static constexpr uint32_t kNowhere = UINT32_MAX;

    [[nodiscard]] uint32_t mask() const { return static_cast<uint32_t>(slots_->size() - 1); }
    [[nodiscard]] uint32_t home(uint32_t key) const { return (key * 2654435769u >> 7) & mask(); }
    [[nodiscard]] uint32_t place(uint32_t key) const {
        if (count_ == 0) return kNowhere;
        for (uint32_t i = home(key);; i = (i + 1) & mask()) {
            if ((*slots_)[i].key == key) return i;
            if ((*slots_)[i].key == 0) return kNowhere;
        }
    }
    std::vector<Slot>& own() {
        if (slots_.use_count() != 1) slots_ = std::make_shared<std::vector<Slot>>(*slots_);
        return *slots_;
    }
    void grow() {
        const std::shared_ptr<std::vector<Slot>> old = std::move(slots_);
        slots_ = std::make_shared<std::vector<Slot>>(old ? old->size() * 2 : 16);
        count_ = 0;
        if (!old) return;
        for (const Slot& slot : *old) {
            if (slot.key != 0) edit(slot.key) = slot.value;
        }
    }

    std::shared_ptr<std::vector<Slot>> slots_;
    uint32_t count_ = 0;
};

}  // namespace loopglass::trace
