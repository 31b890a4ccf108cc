#include "runtime/script/variables.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/script/code.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/thread.hpp"

namespace loopglass::script::eval {

using base::cat;
using trace::MadeText;
using trace::TextId;

namespace {

constexpr size_t kMaxText = 80;   // bytes of a repr that are shown
constexpr size_t kMaxItems = 40;  // of a container whose repr is shown
// The shortest items, "1, " and "1: 1, ", of which no more fit into what is shown.
constexpr size_t kShownItems = kMaxText / 3 + 1;
constexpr size_t kShownEntries = kMaxText / 6 + 1;
constexpr int kMaxDepth = 3;

[[nodiscard]] uint64_t mix(uint64_t mark, uint64_t more) {
    mark = (mark ^ more) * 0x9E3779B97F4A7C15u;
    return mark ^ (mark >> 29);
}

// Of as much of a text as is shown.
uint64_t text_mark(std::string_view text) {
    uint64_t mark = text.size();
    text = text.substr(0, kMaxText);
    for (; text.size() >= 8; text.remove_prefix(8)) {
        uint64_t piece = 0;
        std::memcpy(&piece, text.data(), 8);
        mark = mix(mark, piece);
    }
    uint64_t rest = 0;
    if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
    return mix(mark, rest);
}

uint64_t mark_of(const Value& value, int depth);

uint64_t item_mark(const Value& value, int depth) {
    return value.bits() == 0 || value.is_small() ? value.bits()
                                                 : mix(value.bits(), mark_of(value, depth));
}

uint64_t items_mark(const Value* items, size_t count, int depth) {
    uint64_t mark = count;
    if (count > kMaxItems) return mark;
    for (size_t i = 0, most = std::min(count, kShownItems); i < most; ++i)
        mark = mix(mark, item_mark(items[i], depth));
    return mark;
}

uint64_t entries_mark(const Dict& dict, int depth) {
    uint64_t mark = dict.count;
    if (dict.count > kMaxItems) return mark;
    size_t left = kShownEntries;
    for (uint32_t i = 0; i < dict.used && left > 0; ++i) {
        if (!dict.entries[i].key) continue;
        mark = mix(mark, item_mark(dict.entries[i].key, depth));
        mark = mix(mark, item_mark(dict.entries[i].value, depth));
        --left;
    }
    return mark;
}

uint64_t mark_of(const Value& value, int depth) {
    const Type* type = value.object()->type;
    if (type == Function::type || type == Module::type) return 0;  // what most globals are
    if (type == Str::type) return text_mark(value::cast<Str>(value)->view());
    if (type == value::Float::type)
        return std::bit_cast<uint64_t>(value::cast<value::Float>(value)->number);
    if (type == Set::type) return value::cast<Set>(value)->count;
    if (type == value::g_int_type) return static_cast<uint64_t>(value::int_hash(value));
    if (depth >= kMaxDepth) return 0;
    if (type == List::type) {
        const auto& items = value::cast<List>(value)->items;
        return items_mark(items.data(), items.size(), depth + 1);
    }
    if (type == Tuple::type) {
        const Tuple* tuple = value::cast<Tuple>(value);
        return items_mark(tuple->items(), tuple->size, depth + 1);
    }
    if (type == Dict::type) return entries_mark(*value::cast<Dict>(value), depth + 1);
    return 0;
}

// How many a list, dict or set holds, as a text that is made when it is read; 0 for others.
TextId size_text(const Value& value) {
    const Type* type = value.type();
    if (type == List::type)
        return trace::made_text(MadeText::List,
                                static_cast<int64_t>(value::cast<List>(value)->items.size()));
    if (type == Dict::type)
        return trace::made_text(MadeText::Dict, value::cast<Dict>(value)->count);
    if (type == Set::type) return trace::made_text(MadeText::Set, value::cast<Set>(value)->count);
    return 0;
}

// May its repr be taken without running any code of the script?
bool is_plain(const Value& value, int depth = 0) {
    if (value.is_small()) return true;
    const Type* type = value.type();
    if (type == Str::type || type == value::Float::type || value::is_none(value)) return true;
    if (type->has(value::kHeapType) || depth > kMaxDepth) return false;
    const auto all_plain = [&](const Value* items, size_t count) {
        return count <= kMaxItems && std::all_of(items, items + count, [&](const Value& item) {
                   return is_plain(item, depth + 1);
               });
    };
    if (type == List::type) {
        const auto& items = value::cast<List>(value)->items;
        return all_plain(items.data(), items.size());
    }
    if (type == Tuple::type) {
        const Tuple* tuple = value::cast<Tuple>(value);
        return all_plain(tuple->items(), tuple->size);
    }
    if (type == Dict::type) {
        const Dict* dict = value::cast<Dict>(value);
        if (dict->count > kMaxItems) return false;
        for (uint32_t i = 0; i < dict->used; ++i)
            if (dict->entries[i].key && (!is_plain(dict->entries[i].key, depth + 1) ||
                                         !is_plain(dict->entries[i].value, depth + 1)))
                return false;
        return true;
    }
    return type == value::boolean(true).type() || type == value::g_int_type;
}

// Of a long text only what is shown.
std::string plain_repr(const Value& value) {
    Ref<Str> shown;
    if (value.type() == Str::type && value::cast<Str>(value)->size > 4 * kMaxText) {
        std::string_view start = value::cast<Str>(value)->view().substr(0, 2 * kMaxText);
        while (!start.empty() && (start.back() & 0x80)) start.remove_suffix(1);
        if (start.empty()) start = value::cast<Str>(value)->view();
        shown = value::repr(Value(value::make_str(start)));
    } else {
        shown = value::repr(value);
    }
    return shown ? std::string(shown->view()) : "";
}

void cut(std::string& text) {
    if (text.size() <= kMaxText) return;
    size_t size = kMaxText;
    while (size > 0 && (text[size] & 0xC0) == 0x80) --size;  // not inside a character
    text.resize(size);
    text += "…";
}

}  // namespace

uint64_t content_mark(const Value& value) {
    return mark_of(value, 0);
}

TextId shown_text(trace::Recording& recording, const Value& value) {
    if (!value) return 0;
    if (value.is_small())
        if (const TextId number = trace::made_text(MadeText::Number, value.small())) return number;
    // An exception may be on its way: it is none of the repr's business.
    Value pending = std::exchange(value::g_thread.raised, Value());
    std::string text = is_plain(value) ? plain_repr(value) : std::string();
    value::g_thread.raised = std::move(pending);
    if (text.empty()) {
        if (const TextId size = size_text(value)) return size;
        text = cat("<", value::type_name(value), ">");
    }
    cut(text);
    return recording.text(text);
}

}  // namespace loopglass::script::eval
