#include "runtime/loop/timer_heap.hpp"

#include <algorithm>
#include <utility>

namespace loopglass::loop {

namespace {

constexpr size_t kMostInHeap = 1024;  // more are put aside
constexpr size_t kMostInRun = 512;    // sorted at once

}  // namespace

// --- near: a small heap

void TimerHeap::rise(size_t hole, const Node& moving) {
    while (hole > 0) {
        const size_t parent = (hole - 1) / 4;
        if (heap_[parent].key() < moving.key()) break;
        heap_[hole] = heap_[parent];
        hole = parent;
    }
    heap_[hole] = moving;
}

// The first of the children that begin at `first`; no branch depends on who wins.
size_t TimerHeap::least_child(const std::vector<Node>& heap, size_t first) {
    const Node* const child = &heap[first];
    if (first + 4 > heap.size()) {
        size_t least = 0;
        for (size_t i = 1; first + i < heap.size(); ++i)
            if (child[i].key() < child[least].key()) least = i;
        return first + least;
    }
    const size_t left = child[1].key() < child[0].key() ? 1 : 0;
    const size_t right = child[3].key() < child[2].key() ? 3 : 2;
    return first + (child[right].key() < child[left].key() ? right : left);
}

// The hole that the first leaves sinks to the bottom, where the last node mostly belongs.
TimerHeap::Node TimerHeap::pop_heap() {
    const Node top = heap_.front(), moving = heap_.back();
    heap_.pop_back();
    if (heap_.empty()) return top;
    size_t hole = 0;
    for (size_t first = 1; first < heap_.size(); first = hole * 4 + 1) {
        const size_t least = least_child(heap_, first);
        heap_[hole] = heap_[least];
        hole = least;
    }
    rise(hole, moving);
    return top;
}

// --- far: segments

// Each segment that is due earlier makes room by moving its first node to its end.
void TimerHeap::push_far(const Node& node) {
    far_.push_back(node);
    size_t hole = far_.size() - 1, at = segments_.size() - 1;
    for (; at > 0 && node.key() >= segments_[at - 1].least; --at) {
        far_[hole] = far_[segments_[at].begin];
        hole = segments_[at].begin++;
    }
    far_[hole] = node;
}

// Everything near becomes the nearest segment, in no order.
void TimerHeap::spill() {
    constexpr Node::Key kEarliest = Node::Key{INT64_MIN} << 64;
    segments_.push_back({far_.size(), kEarliest});
    far_.insert(far_.end(), run_.begin(), run_.end());
    far_.insert(far_.end(), heap_.begin(), heap_.end());
    run_.clear();
    heap_.clear();
}

// The last segment becomes two. What decides is the median of a few picked by chance, so that no
// order of timers makes it slow.
void TimerHeap::split_last() {
    constexpr size_t kPicked = 9;
    const Segment last = segments_.back();
    const size_t count = far_.size() - last.begin;
    Node::Key picked[kPicked];
    for (Node::Key& each : picked) {
        dice_ = dice_ * 6364136223846793005u + 1442695040888963407u;
        each = far_[last.begin + (dice_ >> 33) % count].key();
    }
    std::nth_element(picked, picked + kPicked / 2, picked + kPicked);
    Node::Key middle = picked[kPicked / 2];
    // Later ones to the front; every node is swapped, so that no branch is guessed wrong.
    const auto partition = [&](auto is_later) {
        size_t later = last.begin;
        for (size_t i = last.begin; i < far_.size(); ++i) {
            const Node node = far_[i];
            far_[i] = far_[later];
            far_[later] = node;
            later += is_later(node.key()) ? 1 : 0;
        }
        return later;
    };
    size_t border = partition([middle](Node::Key key) { return key >= middle; });
    if (border == far_.size()) {  // it was the first of all
        border = partition([middle](Node::Key key) { return key > middle; });
        ++middle;
    }
    segments_.back().least = middle;
    segments_.push_back({border, last.least});
}

void TimerHeap::bring_near() {
    while (far_.size() - segments_.back().begin > kMostInRun) split_last();
    const auto begin = far_.begin() + static_cast<ptrdiff_t>(segments_.back().begin);
    run_.assign(begin, far_.end());
    far_.erase(begin, far_.end());
    segments_.pop_back();
    std::sort(run_.begin(), run_.end(),
              [](const Node& a, const Node& b) { return a.key() > b.key(); });
    if (far_.empty()) far_ = {};
}

// --- both

void TimerHeap::push(Entry entry) {
    const Node node = loosen(std::move(entry));
    if (!segments_.empty() && node.key() >= segments_.back().least) return push_far(node);
    heap_.push_back(node);
    rise(heap_.size() - 1, node);
    if (heap_.size() > kMostInHeap) spill();
}

TimerHeap::Entry TimerHeap::pop() {
    (void)first();
    if (heap_is_first()) return take(pop_heap());
    const Node node = run_.back();
    run_.pop_back();
    return take(node);
}

void TimerHeap::start_with(std::vector<Node> nodes) {
    run_.clear();
    far_.clear();
    segments_.clear();
    heap_.clear();
    if (nodes.size() > kMostInHeap) {
        run_ = std::move(nodes);
        return spill();
    }
    for (const Node& node : nodes) {
        heap_.push_back(node);
        rise(heap_.size() - 1, node);
    }
}

std::vector<TimerHeap::Entry> TimerHeap::entries() const {
    std::vector<Entry> all;
    all.reserve(size());
    for (const std::vector<Node>* part : {&heap_, &run_, &far_})
        for (const Node& node : *part) {
            Entry borrowed = take(node);
            all.push_back(borrowed);
            (void)borrowed.target.detach();
        }
    return all;
}

std::vector<TimerHeap::Entry> TimerHeap::in_order() const {
    std::vector<Entry> all = entries();
    std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) {
        return a.when != b.when ? a.when < b.when : a.sequence < b.sequence;
    });
    return all;
}

void TimerHeap::clear() {
    std::vector<Entry> gone;  // dies last: what hears of it may look at the heap
    gone.reserve(size());
    for (const std::vector<Node>* part : {&heap_, &run_, &far_})
        for (const Node& node : *part) gone.push_back(take(node));
    start_with({});
}

}  // namespace loopglass::loop
