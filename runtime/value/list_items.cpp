// list: making them in C++, reading and writing items and slices.
#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/value/containers.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/list.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

using base::cat;

namespace {

bool assign_extended(List* list, std::vector<Value> fresh, int64_t start, int64_t step,
                     int64_t count) {
    if (static_cast<int64_t>(fresh.size()) != count)
        return raise(errors::ValueError, cat("attempt to assign sequence of size ", fresh.size(),
                                             " to extended slice of size ", count)),
               false;
    // Swapped, so that what is replaced is dropped when the list is whole again.
    for (int64_t i = 0; i < count; ++i)
        list->items[static_cast<size_t>(start + i * step)].swap(fresh[static_cast<size_t>(i)]);
    return true;
}

// Replaces items[start, start + count) by the fresh ones.
void splice(List* list, std::vector<Value> fresh, int64_t start, int64_t count) {
    std::vector<Value>& items = list->items;
    const int64_t common = std::min(count, static_cast<int64_t>(fresh.size()));
    const auto first = items.begin() + start;
    for (int64_t i = 0; i < common; ++i) first[i].swap(fresh[static_cast<size_t>(i)]);
    if (common < static_cast<int64_t>(fresh.size())) {
        items.insert(first + common, std::make_move_iterator(fresh.begin() + common),
                     std::make_move_iterator(fresh.end()));
        return;
    }
    std::vector<Value> dropped(std::make_move_iterator(first + common),
                               std::make_move_iterator(first + count));
    items.erase(first + common, first + count);
}

void delete_slice(List* list, int64_t start, int64_t step, int64_t count) {
    if (count <= 0) return;
    if (step == 1) return splice(list, {}, start, count);
    if (step < 0) {
        start += step * (count - 1);
        step = -step;
    }
    std::vector<Value> kept, dropped;
    kept.reserve(list->items.size());
    for (int64_t i = 0; i < static_cast<int64_t>(list->items.size()); ++i) {
        const int64_t offset = i - start;
        const bool drop = offset >= 0 && offset % step == 0 && offset / step < count;
        (drop ? dropped : kept).push_back(std::move(list->items[static_cast<size_t>(i)]));
    }
    list->items.swap(kept);
}

bool set_slice(List* list, const Slice* slice, const Value& value) {
    int64_t start, step, count;
    std::vector<Value> fresh;
    if (value) {
        const Ref<List> source = list_from(value);
        if (!source) {
            if (!value.type()->slots.iter && clear_raised_if(errors::TypeError))
                raise(errors::TypeError, "must assign iterable to extended slice");
            return false;
        }
        fresh.swap(source->items);
    }
    if (!slice_indices(slice, static_cast<int64_t>(list->items.size()), start, step, count))
        return false;
    if (!value) return delete_slice(list, start, step, count), true;
    if (step == 1) return splice(list, std::move(fresh), start, count), true;
    return assign_extended(list, std::move(fresh), start, step, count);
}

}  // namespace

Ref<List> make_list() {
    return make<List>();
}

Ref<List> make_list(std::vector<Value> items) {
    Ref<List> list = make<List>();
    list->items = std::move(items);
    return list;
}

Ref<List> list_from(const Value& iterable) {
    Ref<List> list = make_list();
    if (!list_extend(list.get(), iterable)) return {};
    return list;
}

bool list_extend(List* list, const Value& iterable) {
    if (is_exact<List>(iterable) || is_exact<Tuple>(iterable)) {
        const bool from_list = iterable.type() == List::type;
        // By position: the list may be extended by itself.
        const size_t count =
            from_list ? cast<List>(iterable)->items.size() : cast<Tuple>(iterable)->size;
        const size_t needed = list->items.size() + count;
        if (needed > list->items.capacity())
            list->items.reserve(std::max(needed, list->items.capacity() * 2));
        const Value* source =
            from_list ? cast<List>(iterable)->items.data() : cast<Tuple>(iterable)->items();
        for (size_t i = 0; i < count; ++i) list->items.push_back(source[i]);
        return true;
    }
    // Room for what a native container holds: sys.getsizeof shows that it comes in pairs.
    if (list->items.empty() && !iterable.type()->has(kHeapType) && iterable.type()->slots.length) {
        constexpr int64_t kMost = int64_t{1} << 20;  // the rest grows as it comes
        const int64_t count = std::min(iterable.type()->slots.length(iterable), kMost);
        if (count < 0 && !clear_raised_if(errors::TypeError)) return false;
        list->items.reserve((static_cast<size_t>(std::max<int64_t>(count, 0)) + 1) & ~size_t{1});
    }
    return for_each_sized(iterable, [&](Value& item) {
        list->items.push_back(std::move(item));
        return true;
    });
}

Value list_get_item(const Value& self, const Value& key) {
    const std::vector<Value>& items = cast<List>(self)->items;
    const auto size = static_cast<int64_t>(items.size());
    if (has_index(key)) {
        int64_t at;
        if (!to_position(key, at)) return {};
        if (at < 0) at += size;
        if (at < 0 || at >= size) return raise(errors::IndexError, "list index out of range");
        return items[static_cast<size_t>(at)];
    }
    if (!is<Slice>(key)) return raise_bad_index("list", key);
    int64_t start, step, count;
    if (!slice_indices(cast<Slice>(key), size, start, step, count)) return {};
    if (step == 1)
        return make_list(std::vector<Value>(items.begin() + start, items.begin() + start + count));
    Ref<List> part = make_list();
    part->items.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i)
        part->items.push_back(items[static_cast<size_t>(start + i * step)]);
    return part;
}

bool list_set_item(const Value& self, const Value& key, const Value& value) {
    List* list = cast<List>(self);
    if (!has_index(key)) {
        if (is<Slice>(key)) return set_slice(list, cast<Slice>(key), value);
        return raise_bad_index("list", key), false;
    }
    int64_t at;
    if (!to_position(key, at)) return false;
    const auto size = static_cast<int64_t>(list->items.size());
    if (at < 0) at += size;
    if (at < 0 || at >= size)
        return raise(errors::IndexError, "list assignment index out of range"), false;
    if (value) {
        list->items[static_cast<size_t>(at)] = value;
        return true;
    }
    const Value removed = std::move(list->items[static_cast<size_t>(at)]);
    list->items.erase(list->items.begin() + at);
    return true;
}

}  // namespace loopglass::value
