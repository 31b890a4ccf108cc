// set and frozenset, the table. Probing and growth are CPython's (Objects/setobject.c: up to ten
// neighbours, then a perturbed jump), so that small ints and everything else whose hash is defined
// come out in the same order.
#include "runtime/value/set.hpp"

#include <algorithm>
#include <new>

#include "runtime/base/pool.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/dict.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/identity.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

Type* Set::type = nullptr;
Type* Set::frozen_type = nullptr;

namespace {

constexpr uint32_t kSmallest = 8;
constexpr uint32_t kNeighbours = 9;
constexpr int64_t kDeletedHash = -1;

SetEntry* new_table(uint32_t size) {
    auto* table = static_cast<SetEntry*>(base::pool_allocate(size * sizeof(SetEntry)));
    for (uint32_t i = 0; i < size; ++i) new (&table[i]) SetEntry{0, Value()};
    return table;
}

void free_table(SetEntry* table, uint32_t mask) {
    for (uint32_t i = 0; i <= mask; ++i) table[i].~SetEntry();
    base::pool_free(table, (size_t{mask} + 1) * sizeof(SetEntry));
}

// Walks the slots a hash may stand in.
class Probe {
public:
    Probe(int64_t hash, uint32_t mask)
        : perturb_(static_cast<uint64_t>(hash)), mask_(mask), home_(perturb_ & mask) {
        begin_neighbours();
    }
    [[nodiscard]] uint32_t slot() const { return slot_; }
    void advance() {
        if (slot_ < last_) {
            ++slot_;
            return;
        }
        perturb_ >>= 5;
        home_ = (home_ * 5 + 1 + perturb_) & mask_;
        begin_neighbours();
    }

private:
    void begin_neighbours() {
        slot_ = static_cast<uint32_t>(home_);
        last_ = slot_ + kNeighbours <= mask_ ? slot_ + kNeighbours : slot_;
    }
    uint64_t perturb_;
    uint64_t mask_;
    uint64_t home_;
    uint32_t slot_ = 0, last_ = 0;
};

bool is_unused(const SetEntry& entry) {
    return !entry.key && entry.hash == 0;
}

// Adds a key known to be absent to a table without deleted entries.
void insert_clean(SetEntry* table, uint32_t mask, Value key, int64_t hash) {
    Probe probe(hash, mask);
    while (table[probe.slot()].key) probe.advance();
    table[probe.slot()].key = std::move(key);
    table[probe.slot()].hash = hash;
}

bool same_text(const Value& a, const Value& b) {
    return str_equal(cast<Str>(a), cast<Str>(b));
}
bool is_text(const Value& value) {
    return value.is_object() && value.object()->type == Str::type;
}

enum class Search : int8_t { Failed, Found, Unused, Changed };

// Looks for the key; `slot` is where it stands, or where it would be put: the last deleted slot on
// the way if there is one, else the unused slot where the search ended.
Search search(Set* set, const Value& key, int64_t hash, uint32_t& slot) {
    uint32_t deleted = UINT32_MAX;
    for (Probe probe(hash, set->mask);; probe.advance()) {
        slot = probe.slot();
        SetEntry& entry = set->table[slot];
        if (is_unused(entry)) {
            if (deleted != UINT32_MAX) slot = deleted;
            return Search::Unused;
        }
        if (!entry.key) deleted = slot;
        if (entry.hash != hash || !entry.key) continue;
        if (entry.key.is(key)) return Search::Found;
        if (is_text(entry.key) && is_text(key)) {
            if (same_text(entry.key, key)) return Search::Found;
            continue;
        }
        const Value candidate = entry.key;
        const uint32_t version = set->version;
        const int same = compare_truth(CompareOp::Eq, candidate, key);
        if (same < 0) return Search::Failed;
        if (same) return Search::Found;
        if (set->version != version) return Search::Changed;
    }
}

Search search_again(Set* set, const Value& key, int64_t hash, uint32_t& slot) {
    Search result;
    do {
        result = search(set, key, hash, slot);
    } while (result == Search::Changed);
    return result;
}

// A set given as a key is looked up as the frozenset of its items. Pending TypeError otherwise.
Value frozen_key(const Value& key) {
    if (!is<Set>(key) || !raised_is(errors::TypeError)) return {};
    clear_raised();
    return set_copy(cast<Set>(key), Set::frozen_type);
}

// A set whose keys are all hashed by identity is gone through in the order of their
// identity_number: CPython's order would be that of addresses. The orders of the sets that were
// last gone through are kept until something is added to the set.
struct Ordered {
    const Set* set = nullptr;
    uint32_t version = 0;
    bool by_identity = false;
    std::vector<uint32_t> positions;
};
constexpr size_t kKept = 4;
Ordered g_ordered[kKept];
size_t g_next_ordered = 0;
size_t g_kept = 0;  // how many of them stand for a set: none, in most scripts

[[nodiscard]] Ordered* known_order(const Set* set) {
    if (g_kept)
        for (Ordered& known : g_ordered)
            if (known.set == set) return &known;
    return nullptr;
}

void forget_order(const Set* set) {
    Ordered* known = known_order(set);
    if (!known) return;
    *known = {};
    --g_kept;
}

[[nodiscard]] bool hashed_by_identity(const Value& key) {
    return key.is_object() && key.type()->slots.hash == object_hash;
}

[[nodiscard]] Ordered make_order(const Set* set) {
    Ordered made{set, set->version, true, {}};
    for (uint32_t i = 0; i <= set->mask && made.by_identity; ++i) {
        if (!set->table[i].key) continue;
        made.by_identity = hashed_by_identity(set->table[i].key);
        made.positions.push_back(i);
    }
    if (made.by_identity)
        std::sort(made.positions.begin(), made.positions.end(), [set](uint32_t a, uint32_t b) {
            return identity_number(set->table[a].key.object()) <
                   identity_number(set->table[b].key.object());
        });
    return made;
}

// Null where the table's own order is CPython's.
[[nodiscard]] const std::vector<uint32_t>* identity_order(const Set* set) {
    Ordered* known = known_order(set);
    if (!known || known->version != set->version) {
        if (!known) {
            known = &g_ordered[g_next_ordered++ % kKept];
            g_kept += known->set == nullptr;
        }
        *known = make_order(set);
    }
    return known->by_identity ? &known->positions : nullptr;
}

}  // namespace

Set::Set(Type* its_type) : Object(its_type), table(new_table(kSmallest)), mask(kSmallest - 1) {}

Set::~Set() {
    forget_order(this);
    free_table(table, mask);
}

Ref<Set> new_set(Type* type) {
    return make_as<Set>(type);
}
Ref<Set> make_set() {
    return make_as<Set>(Set::type);
}
Ref<Set> make_frozenset() {
    return make_as<Set>(Set::frozen_type);
}

const SetEntry* set_next(const Set* set, uint32_t& position) {
    uint32_t at = position;
    while (at <= set->mask && !set->table[at].key) ++at;
    const SetEntry* entry = at <= set->mask ? &set->table[at] : nullptr;
    if (!set->count || (entry && !hashed_by_identity(entry->key))) {
        position = at + 1;
        return entry;
    }
    if (const std::vector<uint32_t>* order = identity_order(set)) {
        while (position < order->size())
            if (const SetEntry& next = set->table[(*order)[position++]]; next.key) return &next;
        return nullptr;
    }
    position = at + 1;
    return entry;
}

void set_resize(Set* set, uint32_t least) {
    uint32_t size = kSmallest;
    while (size <= least) size <<= 1;
    SetEntry* table = new_table(size);
    for (uint32_t i = 0; i <= set->mask; ++i)
        if (set->table[i].key)
            insert_clean(table, size - 1, std::move(set->table[i].key), set->table[i].hash);
    free_table(std::exchange(set->table, table), set->mask);
    set->mask = size - 1;
    set->fill = set->count;
    ++set->version;
}

bool set_lookup(Set* set, const Value& key, int64_t hash, int64_t& position) {
    uint32_t slot;
    const Search result = search_again(set, key, hash, slot);
    position = result == Search::Found ? static_cast<int64_t>(slot) : -1;
    return result != Search::Failed;
}

bool set_add_hashed(Set* set, const Value& key, int64_t hash) {
    uint32_t slot;
    const Search result = search_again(set, key, hash, slot);
    if (result != Search::Unused) return result == Search::Found;
    const bool fresh = is_unused(set->table[slot]);
    set->table[slot].key = key;
    set->table[slot].hash = hash;
    set->fill += fresh;
    ++set->count;
    ++set->version;
    if (fresh && uint64_t{set->fill} * 5 >= uint64_t{set->mask} * 3)
        set_resize(set, set->count > 50000 ? set->count * 2 : set->count * 4);
    return true;
}

void set_remove_at(Set* set, int64_t position) {
    SetEntry& entry = set->table[position];
    const Value key = std::move(entry.key);  // dropped when the table is whole
    entry.hash = kDeletedHash;
    --set->count;
    Ordered* const order = known_order(set);
    if (order && order->version == set->version) ++order->version;  // it has a gap now
    ++set->version;
}

int set_remove_hashed(Set* set, const Value& key, int64_t hash) {
    int64_t position;
    if (!set_lookup(set, key, hash, position)) return -1;
    if (position < 0) return 0;
    set_remove_at(set, position);
    return 1;
}

bool set_add(Set* set, const Value& key) {
    int64_t hash;
    return key_hash(key, hash) && set_add_hashed(set, key, hash);
}

int set_contains(Set* set, const Value& key) {
    int64_t hash, position;
    if (!key_hash(key, hash) || !set_lookup(set, key, hash, position)) return -1;
    return position >= 0;
}

int set_remove(Set* set, const Value& key) {
    int64_t hash;
    return key_hash(key, hash) ? set_remove_hashed(set, key, hash) : -1;
}

int set_contains_key(Set* set, const Value& key) {
    const int found = set_contains(set, key);
    if (found >= 0) return found;
    const Value frozen = frozen_key(key);
    return frozen ? set_contains(set, frozen) : -1;
}

int set_discard_key(Set* set, const Value& key) {
    const int removed = set_remove(set, key);
    if (removed >= 0) return removed;
    const Value frozen = frozen_key(key);
    return frozen ? set_remove(set, frozen) : -1;
}

void set_clear(Set* set) {
    SetEntry* table = std::exchange(set->table, new_table(kSmallest));
    const uint32_t mask = std::exchange(set->mask, kSmallest - 1);
    set->count = set->fill = 0;
    ++set->version;
    free_table(table, mask);
}

void set_swap(Set* a, Set* b) {
    std::swap(a->table, b->table);
    std::swap(a->mask, b->mask);
    std::swap(a->count, b->count);
    std::swap(a->fill, b->fill);
    ++a->version;
    ++b->version;
}

}  // namespace loopglass::value
