// list.sort: an adaptive, stable merge sort that asks the same questions in the same order as
// CPython's (Objects/listsort.txt), because a script's __lt__ may print, fail, or contradict
// itself.
#include <algorithm>
#include <tuple>

#include "runtime/value/errors.hpp"
#include "runtime/value/fuel.hpp"
#include "runtime/value/objects.hpp"
#include "runtime/value/protocol.hpp"

namespace loopglass::value {

namespace {

enum class KeyKind : uint8_t { Any, Small, Text, Real };

// What is sorted: keys and, where they are not the items themselves, the values that follow them.
struct Run {
    size_t start, length;
    int power = 0;  // of the boundary to the run on its right (powersort)
};

class Sorter {
public:
    Sorter(std::vector<Value>& keys, std::vector<Value>* values) : keys_(keys), values_(values) {
        kind_ = common_kind();
    }
    bool sort();

private:
    using Index = int64_t;

    // One position of keys, and of values with them.
    struct Pair {
        Value key, value;
    };

    KeyKind common_kind() const;
    bool ask(const Value& a, const Value& b);
    bool less(size_t a, size_t b) { return ask(keys_[a], keys_[b]); }
    void reverse(size_t start, size_t count);
    size_t count_run(size_t start, size_t limit);
    size_t descend(size_t start, size_t n, size_t limit);
    void insert_rest(size_t start, size_t sorted, size_t length);
    bool push_run(size_t start, size_t length);
    bool merge_at(size_t which);
    bool merge(size_t start_a, size_t length_a, size_t length_b);
    bool merge_low(Index a, Index length_a, Index b, Index length_b);
    bool merge_high(Index a, Index length_a, Index b, Index length_b);
    Index gallop_left(const Value& key, const Value* base, Index n, Index hint);
    Index gallop_right(const Value& key, const Value* base, Index n, Index hint);

    Pair take(Index at) {
        return {std::move(keys_[at]), values_ ? std::move((*values_)[at]) : Value()};
    }
    void put(Index at, Pair& pair) {
        keys_[at] = std::move(pair.key);
        if (values_) (*values_)[at] = std::move(pair.value);
    }
    void move(Index to, Index from) {
        keys_[to] = std::move(keys_[from]);
        if (values_) (*values_)[to] = std::move((*values_)[from]);
    }
    void set_aside(Index from, Index count);
    // From what was set aside back into place.
    void restore(Index to, Index from) {
        keys_[to] = std::move(aside_keys_[from]);
        if (values_) (*values_)[to] = std::move(aside_values_[from]);
    }

    std::vector<Value>& keys_;
    std::vector<Value>* values_;
    std::vector<Value> aside_keys_, aside_values_;
    std::vector<Run> runs_;
    Index min_gallop_ = 7;
    KeyKind kind_;
    bool failed_ = false;
};

KeyKind kind_of(const Value& key) {
    if (key.is_small()) return KeyKind::Small;
    if (key.type() == Str::type) return KeyKind::Text;
    return key.type() == Float::type ? KeyKind::Real : KeyKind::Any;
}

KeyKind Sorter::common_kind() const {
    const KeyKind first = kind_of(keys_[0]);
    for (const Value& key : keys_)
        if (kind_of(key) != first) return KeyKind::Any;
    return first;
}

// a < b; after a failure always false.
bool Sorter::ask(const Value& a, const Value& b) {
    switch (kind_) {
        case KeyKind::Small:
            return a.small() < b.small();
        case KeyKind::Text:
            return cast<Str>(a)->view() < cast<Str>(b)->view();  // UTF-8 keeps the order
        case KeyKind::Real:
            return cast<Float>(a)->number < cast<Float>(b)->number;
        case KeyKind::Any:
            break;
    }
    if (failed_) return false;
    if (!spend()) return failed_ = true, false;
    const int answer = compare_truth(CompareOp::Lt, a, b);
    failed_ = answer < 0;
    return answer > 0;
}

void Sorter::reverse(size_t start, size_t count) {
    for (size_t i = start, j = start + count; i + 1 < j; ++i) {
        --j;
        keys_[i].swap(keys_[j]);
        if (values_) (*values_)[i].swap((*values_)[j]);
    }
}

// Goes on with a strictly descending run (groups of equal keys inside it are allowed and keep their
// order), then turns it around.
size_t Sorter::descend(size_t start, size_t n, size_t limit) {
    size_t equals = 0;  // the keys at the end that equal the one before
    const auto turn_equals = [&] {
        if (equals) reverse(start + n - equals - 1, equals + 1);
        equals = 0;
    };
    for (; n < limit && !failed_; ++n) {
        if (less(start + n, start + n - 1))
            turn_equals();
        else if (failed_ || less(start + n - 1, start + n))
            break;
        else
            ++equals;
    }
    turn_equals();
    reverse(start, n);
    while (n < limit && !failed_ && !less(start + n, start + n - 1)) ++n;
    return n;
}

// Length of the run that begins at start, which is ascending afterwards.
size_t Sorter::count_run(size_t start, size_t limit) {
    size_t n = 1;
    while (n < limit && !less(start + n, start + n - 1)) {
        if (failed_) return n;
        ++n;
    }
    if (n == limit || failed_) return n;
    if (n > 1) {
        if (less(start, start + n - 1) || failed_) return n;
        reverse(start, n);
    }
    return descend(start, n + 1, limit);
}

void Sorter::insert_rest(size_t start, size_t sorted, size_t length) {
    for (; sorted < length && !failed_; ++sorted) {
        const Value pivot = keys_[start + sorted];
        size_t low = 0, high = sorted;
        while (low < high) {
            const size_t middle = (low + high) / 2;
            if (ask(pivot, keys_[start + middle]))
                high = middle;
            else
                low = middle + 1;
        }
        if (failed_) return;
        const auto at = static_cast<std::ptrdiff_t>(start + low);
        const auto end = static_cast<std::ptrdiff_t>(start + sorted + 1);
        std::rotate(keys_.begin() + at, keys_.begin() + end - 1, keys_.begin() + end);
        if (values_)
            std::rotate(values_->begin() + at, values_->begin() + end - 1, values_->begin() + end);
    }
}

void Sorter::set_aside(Index from, Index count) {
    aside_keys_.assign(std::make_move_iterator(keys_.begin() + from),
                       std::make_move_iterator(keys_.begin() + from + count));
    if (values_)
        aside_values_.assign(std::make_move_iterator(values_->begin() + from),
                             std::make_move_iterator(values_->begin() + from + count));
}

// Where key belongs in the sorted base[0, n), left of its equals; the search begins at hint.
Sorter::Index Sorter::gallop_left(const Value& key, const Value* base, Index n, Index hint) {
    Index last = 0, offset = 1;
    if (ask(base[hint], key)) {
        const Index most = n - hint;
        while (offset < most && ask(base[hint + offset], key)) {
            last = offset;
            offset = offset * 2 + 1;
        }
        offset = std::min(offset, most);
        last += hint;
        offset += hint;
    } else {
        const Index most = hint + 1;
        while (offset < most && !failed_ && !ask(base[hint - offset], key)) {
            last = offset;
            offset = offset * 2 + 1;
        }
        offset = std::min(offset, most);
        std::tie(last, offset) = std::pair(hint - offset, hint - last);
    }
    for (++last; last < offset;) {
        const Index middle = last + (offset - last) / 2;
        if (ask(base[middle], key))
            last = middle + 1;
        else
            offset = middle;
    }
    return offset;
}

// The same, right of its equals.
Sorter::Index Sorter::gallop_right(const Value& key, const Value* base, Index n, Index hint) {
    Index last = 0, offset = 1;
    if (ask(key, base[hint])) {
        const Index most = hint + 1;
        while (offset < most && ask(key, base[hint - offset])) {
            last = offset;
            offset = offset * 2 + 1;
        }
        offset = std::min(offset, most);
        std::tie(last, offset) = std::pair(hint - offset, hint - last);
    } else {
        const Index most = n - hint;
        while (offset < most && !failed_ && !ask(key, base[hint + offset])) {
            last = offset;
            offset = offset * 2 + 1;
        }
        offset = std::min(offset, most);
        last += hint;
        offset += hint;
    }
    for (++last; last < offset;) {
        const Index middle = last + (offset - last) / 2;
        if (ask(key, base[middle]))
            offset = middle;
        else
            last = middle + 1;
    }
    return offset;
}

// Merges a (set aside, the shorter one) with b, which follows it, from the left.
bool Sorter::merge_low(Index a, Index length_a, Index b, Index length_b) {
    set_aside(a, length_a);
    Index to = a, left = 0, right = b, left_end = length_a, right_end = b + length_b;
    move(to++, right++);
    const auto finish = [&] {  // what is left of a stands before what is left of b
        while (left < left_end) restore(to++, left++);
        return !failed_;
    };
    const auto last_left = [&] {  // the last of a belongs behind all of b
        while (right < right_end) move(to++, right++);
        return finish();
    };
    if (right == right_end) return finish();
    if (left_end == 1) return last_left();
    for (;;) {
        Index left_wins = 0, right_wins = 0;
        do {
            if (ask(keys_[right], aside_keys_[left])) {
                move(to++, right++);
                ++right_wins, left_wins = 0;
                if (right == right_end) return finish();
            } else {
                if (failed_) return finish();
                restore(to++, left++);
                ++left_wins, right_wins = 0;
                if (left_end - left == 1) return last_left();
            }
        } while (std::max(left_wins, right_wins) < min_gallop_);
        ++min_gallop_;
        do {
            min_gallop_ -= min_gallop_ > 1;
            left_wins = gallop_right(keys_[right], &aside_keys_[left], left_end - left, 0);
            if (failed_) return finish();
            for (Index i = 0; i < left_wins; ++i) restore(to++, left++);
            if (left_wins && left_end - left == 1) return last_left();
            if (left == left_end) return finish();
            move(to++, right++);
            if (right == right_end) return finish();
            right_wins = gallop_left(aside_keys_[left], &keys_[right], right_end - right, 0);
            if (failed_) return finish();
            for (Index i = 0; i < right_wins; ++i) move(to++, right++);
            if (right == right_end) return finish();
            restore(to++, left++);
            if (left_end - left == 1) return last_left();
        } while (left_wins >= 7 || right_wins >= 7);
        ++min_gallop_;
    }
}

// Merges b (set aside, the shorter one) with a, which stands before it, from the right.
bool Sorter::merge_high(Index a, Index length_a, Index b, Index length_b) {
    set_aside(b, length_b);
    Index to = b + length_b - 1, left = b - 1,
          right = length_b - 1;  // next to take; left ends at a
    move(to--, left--);
    --length_a;
    const auto finish = [&] {
        while (right >= 0) restore(to--, right--);
        return !failed_;
    };
    const auto last_right = [&] {  // the first of b belongs before all of a
        while (left >= a) move(to--, left--);
        return finish();
    };
    if (left < a) return finish();
    if (right == 0) return last_right();
    for (;;) {
        Index left_wins = 0, right_wins = 0;
        do {
            if (ask(aside_keys_[right], keys_[left])) {
                move(to--, left--);
                ++left_wins, right_wins = 0;
                if (left < a) return finish();
            } else {
                if (failed_) return finish();
                restore(to--, right--);
                ++right_wins, left_wins = 0;
                if (right == 0) return last_right();
            }
        } while (std::max(left_wins, right_wins) < min_gallop_);
        ++min_gallop_;
        do {
            min_gallop_ -= min_gallop_ > 1;
            Index count = left - a + 1;
            left_wins = count - gallop_right(aside_keys_[right], &keys_[a], count, count - 1);
            if (failed_) return finish();
            for (Index i = 0; i < left_wins; ++i) move(to--, left--);
            if (left < a) return finish();
            restore(to--, right--);
            if (right == 0) return last_right();
            count = right + 1;
            right_wins = count - gallop_left(keys_[left], &aside_keys_[0], count, count - 1);
            if (failed_) return finish();
            for (Index i = 0; i < right_wins; ++i) restore(to--, right--);
            if (right_wins && right == 0) return last_right();
            if (right < 0) return finish();
            move(to--, left--);
            if (left < a) return finish();
        } while (left_wins >= 7 || right_wins >= 7);
        ++min_gallop_;
    }
}

bool Sorter::merge(size_t start_a, size_t length_a, size_t length_b) {
    auto a = static_cast<Index>(start_a), count_a = static_cast<Index>(length_a);
    const Index b = a + count_a;
    auto count_b = static_cast<Index>(length_b);
    // Where b begins in a, and where a ends in b: the rest is in place.
    const Index skip = gallop_right(keys_[b], &keys_[a], count_a, 0);
    if (failed_) return false;
    a += skip;
    count_a -= skip;
    if (count_a == 0) return true;
    count_b = gallop_left(keys_[b - 1], &keys_[b], count_b, count_b - 1);
    if (failed_ || count_b == 0) return !failed_;
    return count_a <= count_b ? merge_low(a, count_a, b, count_b)
                              : merge_high(a, count_a, b, count_b);
}

bool Sorter::merge_at(size_t which) {
    const Run left = runs_[which], right = runs_[which + 1];
    runs_[which].length += right.length;
    runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(which) + 1);
    return merge(left.start, left.length, right.length);
}

// The depth of the boundary between two neighbouring runs in the ideal merge tree over n items:
// the first bit in which the runs' midpoints, as fractions of n, differ.
int boundary_power(size_t start, size_t left, size_t right, size_t n) {
    size_t a = 2 * start + left, b = a + left + right;
    for (int power = 1;; ++power) {
        if (a >= n) {
            a -= n;
            b -= n;
        } else if (b >= n) {
            return power;
        }
        a *= 2;
        b *= 2;
    }
}

bool Sorter::push_run(size_t start, size_t length) {
    if (!runs_.empty()) {
        const Run& top = runs_.back();
        const int power = boundary_power(top.start, top.length, length, keys_.size());
        while (runs_.size() > 1 && runs_[runs_.size() - 2].power > power)
            if (!merge_at(runs_.size() - 2)) return false;
        runs_.back().power = power;
    }
    runs_.push_back({start, length});
    return true;
}

size_t shortest_run(size_t n) {
    size_t rest = 0;
    for (; n >= 64; n >>= 1) rest |= n & 1;
    return n + rest;
}

bool Sorter::sort() {
    const size_t shortest = shortest_run(keys_.size());
    for (size_t start = 0; start < keys_.size();) {
        const size_t left = keys_.size() - start;
        size_t length = count_run(start, left);
        if (failed_) return false;
        if (length < shortest) {
            const size_t forced = std::min(shortest, left);
            insert_rest(start, length, forced);
            if (failed_) return false;
            length = forced;
        }
        if (!push_run(start, length)) return false;
        start += length;
    }
    // From the top, smaller neighbours first.
    while (runs_.size() > 1) {
        size_t at = runs_.size() - 2;
        if (at > 0 && runs_[at - 1].length < runs_[at + 1].length) --at;
        if (!merge_at(at)) return false;
    }
    return true;
}

bool make_keys(const std::vector<Value>& items, const Value& key, std::vector<Value>& keys) {
    keys.reserve(items.size());
    for (const Value& item : items) {
        Value made = call(key, item);
        if (!made) return false;
        keys.push_back(std::move(made));
    }
    return true;
}

bool sort_items(std::vector<Value>& items, const Value& key, bool reverse) {
    std::vector<Value> keys;
    if (key && !make_keys(items, key, keys)) return false;
    if (items.size() < 2) return true;
    // Equal items keep their order: sorted backwards, they are turned around twice.
    if (reverse) {
        std::reverse(items.begin(), items.end());
        std::reverse(keys.begin(), keys.end());
    }
    const bool sorted = key ? Sorter(keys, &items).sort() : Sorter(items, nullptr).sort();
    if (reverse) std::reverse(items.begin(), items.end());
    return sorted;
}

}  // namespace

bool sort_list(List* list, const Value& key, bool reverse) {
    // As in CPython, scripts called meanwhile see an empty list.
    std::vector<Value> items;
    items.swap(list->items);
    const bool sorted = sort_items(items, key, reverse);
    const bool touched = !list->items.empty() || list->items.capacity();
    list->items.swap(items);
    if (sorted && touched) return raise(errors::ValueError, "list modified during sort"), false;
    return sorted;
}

}  // namespace loopglass::value
