// reprlib.repr (3.13) with its default limits: how the result of a finished future is shown.
#include <algorithm>
#include <span>

#include "runtime/loop/future.hpp"
#include "runtime/loop/support.hpp"

namespace loopglass::loop {
namespace {

constexpr int kMaxLevel = 6;
constexpr size_t kMaxList = 6, kMaxDict = 4, kMaxString = 30, kMaxInt = 40, kMaxOther = 30;

// The first and last pieces of a text that is too long, as reprlib cuts it.
[[nodiscard]] std::string cut(const std::string& text, size_t most) {
    if (text.size() <= most) return text;
    const size_t head = (most - 3) / 2, tail = most - 3 - head;
    return text.substr(0, head) + "..." + text.substr(text.size() - tail);
}

std::string shorten(const Value& value, int level);

[[nodiscard]] std::string shorten_items(std::span<const Value> items, const char* open,
                                        const char* close, int level, const char* trail = "") {
    if (level <= 0 && !items.empty()) return cat(open, "...", close);
    std::string text = open;
    for (size_t i = 0; i < items.size() && i < kMaxList; ++i)
        text += (i ? ", " : "") + shorten(items[i], level - 1);
    if (items.size() > kMaxList)
        text += ", ...";
    else if (items.size() == 1)
        text += trail;
    return text + close;
}

[[nodiscard]] std::string shorten_dict(const Dict* dict, int level) {
    if (dict->count == 0) return "{}";
    if (level <= 0) return "{...}";
    std::vector<const DictEntry*> entries;
    for (uint32_t i = 0; i < dict->used; ++i)
        if (dict->entries[i].key) entries.push_back(&dict->entries[i]);
    // reprlib sorts the keys where they can be sorted; text keys are what results have.
    bool sortable = true;
    for (const DictEntry* entry : entries) sortable = sortable && is<Str>(entry->key);
    if (sortable)
        std::sort(entries.begin(), entries.end(), [](const DictEntry* a, const DictEntry* b) {
            return cast<Str>(a->key)->view() < cast<Str>(b->key)->view();
        });
    std::string text = "{";
    for (size_t i = 0; i < entries.size() && i < kMaxDict; ++i)
        text += cat(i ? ", " : "", shorten(entries[i]->key, level - 1), ": ",
                    shorten(entries[i]->value, level - 1));
    if (entries.size() > kMaxDict) text += ", ...";
    return text + "}";
}

[[nodiscard]] std::string shorten_str(const Value& value) {
    const std::string_view text = cast<Str>(value)->view();
    std::string quoted = quote(text.substr(0, kMaxString));
    if (quoted.size() <= kMaxString && text.size() <= kMaxString) return quoted;
    const size_t head = (kMaxString - 3) / 2, tail = kMaxString - 3 - head;
    const std::string ends =
        cat(text.substr(0, head), text.size() > tail ? text.substr(text.size() - tail) : text);
    quoted = quote(ends);
    return quoted.substr(0, head) + "..." + quoted.substr(quoted.size() - tail);
}

std::string shorten(const Value& value, int level) {
    if (is_exact<List>(value)) return shorten_items(cast<List>(value)->items, "[", "]", level);
    if (is_exact<Tuple>(value))
        return shorten_items({cast<Tuple>(value)->items(), cast<Tuple>(value)->size}, "(", ")",
                             level, ",");
    if (is_exact<Dict>(value)) return shorten_dict(cast<Dict>(value), level);
    if (is_exact<Str>(value)) return shorten_str(value);
    if (is_int(value) && value.type() == g_int_type) return cut(repr_of(value), kMaxInt);
    return cut(repr_of(value), kMaxOther);
}

}  // namespace

std::string short_repr(const Value& value) {
    return shorten(value, kMaxLevel);
}

}  // namespace loopglass::loop
