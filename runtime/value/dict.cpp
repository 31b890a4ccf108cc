// dict, the table: entries in insertion order and, for the larger ones, an index over them. Sizes
// and growth follow CPython (Objects/dictobject.c), so that a dict changed while it is walked shows
// the same entries.
#include "runtime/value/dict.hpp"

#include <cstring>
#include <new>

#include "runtime/base/pool.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

namespace {

constexpr int32_t kFree = -1, kDeleted = -2;
constexpr uint32_t kMinimumTable = 8;
constexpr uint32_t kLargestUnindexed = 16;  // table size, not entries

uint32_t usable_of(uint32_t table) {
    return (table << 1) / 3;
}
uint32_t table_for(uint32_t least) {
    uint32_t table = kMinimumTable;
    const uint32_t last = (least | kMinimumTable) - 1;
    while (table <= last) table <<= 1;
    return table;
}
uint32_t table_of(const Dict* dict) {
    if (dict->index) return dict->index_mask + 1;
    return dict->capacity > usable_of(kMinimumTable) ? kLargestUnindexed : kMinimumTable;
}
bool plain(const Dict* dict) {
    return !(dict->flags & kMixedKeys);
}

// Where a hash may stand: CPython's recurrence, so that every slot is visited in the end.
class Probe {
public:
    Probe(int64_t hash, uint32_t mask)
        : perturb_(static_cast<uint64_t>(hash)), mask_(mask), slot_(perturb_ & mask) {}
    [[nodiscard]] uint32_t slot() const { return slot_; }
    void advance() {
        perturb_ >>= 5;
        slot_ = static_cast<uint32_t>(slot_ * 5 + perturb_ + 1) & mask_;
    }

private:
    uint64_t perturb_;
    uint32_t mask_;
    uint32_t slot_;
};

void index_entry(Dict* dict, int64_t hash, int32_t position) {
    Probe probe(hash, dict->index_mask);
    while (dict->index[probe.slot()] >= 0) probe.advance();
    dict->index[probe.slot()] = position;
}

void free_table(DictEntry* entries, uint32_t used, uint32_t capacity, int32_t* index,
                uint32_t index_mask) {
    for (uint32_t i = 0; i < used; ++i) entries[i].~DictEntry();
    if (entries) base::pool_free(entries, capacity * sizeof(DictEntry));
    if (index) base::pool_free(index, (size_t{index_mask} + 1) * sizeof(int32_t));
}

// Moves the live entries into a table of the given size.
void remake(Dict* dict, uint32_t table) {
    const uint32_t capacity = usable_of(table);
    auto* entries = static_cast<DictEntry*>(base::pool_allocate(capacity * sizeof(DictEntry)));
    uint32_t used = 0;
    bool mixed = false;
    for (uint32_t position = 0; DictEntry* entry = dict_next(dict, position);) {
        mixed |= !is_plain_key(entry->key);
        new (&entries[used++]) DictEntry(std::move(*entry));
    }
    free_table(dict->entries, dict->used, dict->capacity, dict->index, dict->index_mask);
    dict->entries = entries;
    dict->used = used;
    dict->capacity = capacity;
    dict->usable = capacity - used;
    dict->index = nullptr;
    dict->flags = mixed ? dict->flags | kMixedKeys : dict->flags & ~kMixedKeys;
    if (table <= kLargestUnindexed) return;
    dict->index = static_cast<int32_t*>(base::pool_allocate(table * sizeof(int32_t)));
    dict->index_mask = table - 1;
    std::memset(dict->index, 0xFF, table * sizeof(int32_t));
    for (uint32_t i = 0; i < used; ++i) index_entry(dict, entries[i].hash, static_cast<int32_t>(i));
}

void append_entry(Dict* dict, const Value& key, Value value, int64_t hash) {
    if (dict->usable == 0) remake(dict, table_for(dict->count * 3));
    const auto position = static_cast<int32_t>(dict->used);
    new (&dict->entries[position]) DictEntry{hash, key, std::move(value)};
    if (dict->index) index_entry(dict, hash, position);
    if (!is_plain_key(key)) dict->flags |= kMixedKeys;
    ++dict->used;
    ++dict->count;
    --dict->usable;
    ++dict->version;
}

enum class Match : int8_t { Failed = -1, No = 0, Yes = 1, Changed = 2 };

bool is_exact_str(const Value& value) {
    return value.is_object() && value.object()->type == Str::type;
}

// Is the entry's key, of the same hash but another object, equal? Scripts' __eq__ may change the
// dict meanwhile.
Match match(Dict* dict, uint32_t position, const Value& key) {
    DictEntry* entries = dict->entries;
    if (is_exact_str(entries[position].key) && is_exact_str(key))
        return str_equal(cast<Str>(entries[position].key), cast<Str>(key)) ? Match::Yes : Match::No;
    const Value candidate = entries[position].key;
    const int answer = compare_truth(CompareOp::Eq, candidate, key);
    if (answer < 0) return Match::Failed;
    if (dict->entries != entries || position >= dict->used || !entries[position].key.is(candidate))
        return Match::Changed;
    return answer ? Match::Yes : Match::No;
}

Match scan_entries(Dict* dict, const Value& key, int64_t hash, int32_t& position) {
    for (uint32_t i = 0; i < dict->used; ++i) {
        if (dict->entries[i].hash != hash || !dict->entries[i].key) continue;
        const Match found = match(dict, i, key);
        if (found == Match::No) continue;
        position = static_cast<int32_t>(i);
        return found;
    }
    return Match::No;
}

Match scan_index(Dict* dict, const Value& key, int64_t hash, int32_t& position) {
    const bool by_identity = plain(dict) && is_plain_key(key);
    for (Probe probe(hash, dict->index_mask);; probe.advance()) {
        const int32_t at = dict->index[probe.slot()];
        if (at == kFree) return Match::No;
        if (at == kDeleted) continue;
        const DictEntry& entry = dict->entries[at];
        position = at;
        if (entry.key.is(key)) return Match::Yes;
        if (by_identity || entry.hash != hash) continue;
        const Match found = match(dict, static_cast<uint32_t>(at), key);
        if (found != Match::No) return found;
    }
}

// Small dicts: the position of this very key, or -1.
int32_t scan_identity(const Dict* dict, const Value& key) {
    const DictEntry* entries = dict->entries;
    for (uint32_t i = 0, used = dict->used; i < used; ++i)
        if (entries[i].key.is(key)) return static_cast<int32_t>(i);
    return -1;
}

// A look-up that needs no hash: true if it settled the question.
inline bool lookup_unhashed(const Dict* dict, const Value& key, int32_t& position) {
    if (dict->index) return false;
    position = scan_identity(dict, key);
    return position >= 0 || (plain(dict) && is_plain_key(key));
}

}  // namespace

Type* Dict::type = nullptr;

Dict::~Dict() {
    free_table(entries, used, capacity, index, index_mask);
}

Ref<Dict> make_dict() {
    return make<Dict>();
}

bool key_hash(const Value& key, int64_t& out) {
    if (key.is_small()) return out = small_hash(key.small()), true;
    if (is_exact_str(key)) return out = str_hash(cast<Str>(key)), true;
    return hash(key, out);
}

bool dict_lookup(Dict* dict, const Value& key, int64_t hash, int32_t& position) {
    for (;;) {
        if (lookup_unhashed(dict, key, position)) return true;
        const Match found = dict->index ? scan_index(dict, key, hash, position)
                                        : scan_entries(dict, key, hash, position);
        if (found == Match::Changed) continue;
        if (found == Match::Failed) return false;
        if (found == Match::No) position = -1;
        return true;
    }
}

bool dict_set_hashed(Dict* dict, const Value& key, int64_t hash, Value value) {
    int32_t position;
    if (!dict_lookup(dict, key, hash, position)) return false;
    if (position >= 0)
        dict->entries[position].value = std::move(value);
    else
        append_entry(dict, key, std::move(value), hash);
    return true;
}

void dict_remove_at(Dict* dict, int32_t position) {
    DictEntry& entry = dict->entries[position];
    const Value key = std::move(entry.key);
    const Value value = std::move(entry.value);  // dropped last, when the dict is whole again
    if (dict->index) {
        Probe probe(entry.hash, dict->index_mask);
        while (dict->index[probe.slot()] != position) probe.advance();
        dict->index[probe.slot()] = kDeleted;
    }
    --dict->count;
    ++dict->version;
}

int32_t dict_position(Dict* dict, Str* key) {
    const uintptr_t bits = reinterpret_cast<uintptr_t>(key);
    int32_t position;
    if (!dict->index) {
        for (uint32_t i = 0; i < dict->used; ++i)
            if (dict->entries[i].key.bits() == bits) return static_cast<int32_t>(i);
        if (plain(dict) && (key->flags & kInterned)) return -1;
    }
    if (!dict_lookup(dict, Value::share(key), str_hash(key), position)) {
        clear_raised();
        return -1;
    }
    return position;
}

Value* dict_find(Dict* dict, Str* key) {
    const int32_t position = dict_position(dict, key);
    return position < 0 ? nullptr : &dict->entries[position].value;
}

void dict_set(Dict* dict, Str* key, Value value) {
    const int32_t position = dict_position(dict, key);
    if (position >= 0)
        dict->entries[position].value = std::move(value);
    else
        append_entry(dict, Value::share(key), std::move(value), str_hash(key));
}

bool dict_remove(Dict* dict, Str* key) {
    const int32_t position = dict_position(dict, key);
    if (position < 0) return false;
    dict_remove_at(dict, position);
    return true;
}

bool dict_find(Dict* dict, const Value& key, Value*& out) {
    int64_t hash;
    int32_t position;
    if (!lookup_unhashed(dict, key, position) &&
        (!key_hash(key, hash) || !dict_lookup(dict, key, hash, position)))
        return false;
    out = position < 0 ? nullptr : &dict->entries[position].value;
    return true;
}

bool dict_set(Dict* dict, const Value& key, Value value) {
    int64_t hash;
    int32_t position = -1;
    if (!dict->index && (position = scan_identity(dict, key)) >= 0) {
        dict->entries[position].value = std::move(value);
        return true;
    }
    return key_hash(key, hash) && dict_set_hashed(dict, key, hash, std::move(value));
}

int dict_remove(Dict* dict, const Value& key, Value* removed) {
    int64_t hash;
    int32_t position;
    if (!key_hash(key, hash) || !dict_lookup(dict, key, hash, position)) return -1;
    if (position < 0) return 0;
    if (removed) *removed = dict->entries[position].value;
    dict_remove_at(dict, position);
    return 1;
}

void dict_clear(Dict* dict) {
    DictEntry* entries = std::exchange(dict->entries, nullptr);
    int32_t* index = std::exchange(dict->index, nullptr);
    const uint32_t used = std::exchange(dict->used, 0);
    const uint32_t capacity = std::exchange(dict->capacity, 0);
    dict->count = dict->usable = 0;
    dict->flags &= ~kMixedKeys;
    ++dict->version;
    free_table(entries, used, capacity, index, dict->index_mask);
}

Ref<Dict> dict_copy(Dict* dict) {
    Ref<Dict> copy = make_dict();
    if (!dict->count) return copy;
    const bool dense = dict->count >= dict->used * 2 / 3;
    remake(copy.get(), dense ? table_of(dict) : table_for((dict->count * 3 + 1) / 2));
    for (uint32_t position = 0; DictEntry* entry = dict_next(dict, position);)
        append_entry(copy.get(), entry->key, entry->value, entry->hash);
    return copy;
}

}  // namespace loopglass::value
