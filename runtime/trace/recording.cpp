#include "runtime/trace/recording.hpp"

#include <algorithm>
#include <utility>

#include "runtime/base/check.hpp"
#include "runtime/trace/hash.hpp"

namespace loopglass::trace {
namespace {

constexpr unsigned kTimeShift = 6;

struct EndText {
    std::string_view name;
    std::string_view sentence;
};
constexpr EndText kEnds[] = {
    {"running", "The run has not ended yet."},
    {"completed", "The script came to its end."},
    {"failed", "An exception left the script."},
    {"stuck", "Nothing can ever become ready again, so the run was ended."},
    {"event-budget", "The run was ended because it had produced as many events as it was allowed."},
    {"fuel-budget",
     "The run was ended because the script used all the computation it was allowed."},
    {"memory-budget", "The run was ended because the script used all the memory it was allowed."},
    {"time-limit", "The run was ended at the loop time it was given."},
    {"stopped", "The run was stopped by its user."},
};

}  // namespace

std::string_view end_reason_name(EndReason reason) {
    return kEnds[static_cast<unsigned>(reason)].name;
}
std::string_view end_reason_sentence(EndReason reason) {
    return kEnds[static_cast<unsigned>(reason)].sentence;
}

Recording::Recording(Level level, uint32_t budget)
    : level_(level), budget_(std::clamp(budget, 1u, kMaxBudget)), time_points_{{0, 0}} {}

Recording::~Recording() {
    if (last_) return_chunk(last_);
}

Recording::Recording(Recording&& other) noexcept
    : info(std::move(other.info)),
      next_(std::exchange(other.next_, nullptr)),
      chunk_end_(std::exchange(other.chunk_end_, nullptr)),
      watcher_(std::exchange(other.watcher_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      context_(other.context_),
      line_(other.line_),
      level_(other.level_),
      full_(other.full_),
      off_(other.off_),
      finished_(other.finished_),
      budget_(other.budget_),
      now_(other.now_),
      packed_(std::move(other.packed_)),
      last_(std::exchange(other.last_, nullptr)),
      time_points_(std::move(other.time_points_)),
      time_index_(std::move(other.time_index_)),
      wide_(std::move(other.wide_)),
      texts_(std::move(other.texts_)),
      ids_(other.ids_),
      dropped_(other.dropped_) {}

Recording& Recording::operator=(Recording&& other) noexcept {
    if (this != &other) {
        this->~Recording();
        new (this) Recording(std::move(other));
    }
    return *this;
}

void Recording::turn_off() {
    off_ = true;
    chunk_end_ = next_;
    texts_.turn_off();
}

// A full chunk, or the budget, was reached. Returns false when the event must be dropped.
bool Recording::make_room(EventKind kind) {
    if (off_) return false;
    if (!watcher_) return extend();
    const Watcher watcher = std::exchange(watcher_, nullptr);
    set_chunk_end();
    const bool goes_on = watcher(*this, kind);
    if (next_ == chunk_end_ && !extend()) return false;
    if (goes_on) {
        watcher_ = watcher;
        chunk_end_ = next_ + 1;
    }
    return true;
}

// How far the chunk begun may be filled.
void Recording::set_chunk_end() {
    const uint32_t filled = size_ % kChunkEvents;
    const uint32_t stop = full_ ? budget_ + kClosingEvents : budget_;
    chunk_end_ =
        filled == 0 ? next_ : next_ - filled + std::min(kChunkEvents, stop - (size_ - filled));
}

bool Recording::extend() {
    CHECK(!finished_, "a finished recording takes no more events");
    if (size_ >= budget_) full_ = true;
    const uint32_t limit = budget_ + kClosingEvents;
    if (size_ >= limit) {
        ++dropped_;
        return false;
    }
    if (size_ % kChunkEvents == 0) {
        if (!last_) last_ = take_chunk();
        if (size_ > 0) packed_.add(last_->events, kChunkEvents);
        next_ = last_->events;
    }
    const uint32_t chunk_start = size_ & ~(kChunkEvents - 1);
    const uint32_t stop = full_ ? limit : budget_;
    chunk_end_ = last_->events + std::min(kChunkEvents, stop - chunk_start);
    return true;
}

void Recording::set_now(int64_t ns) {
    if (ns == now_) return;
    CHECK(ns > now_, "virtual time never goes back");
    now_ = ns;
    const auto previous = static_cast<uint32_t>(time_points_.size() - 1);
    if (time_points_.back().event == size_) {
        time_points_.back().now = ns;
        return;
    }
    while ((time_index_.size() << kTimeShift) <= size_) time_index_.push_back(previous);
    time_points_.push_back({size_, ns});
}

int64_t Recording::time(EventIndex index) const {
    const size_t block = index >> kTimeShift;
    size_t point = block < time_index_.size() ? time_index_[block] : time_points_.size() - 1;
    while (point + 1 < time_points_.size() && time_points_[point + 1].event <= index) ++point;
    return time_points_[point].now;
}

EventIndex Recording::first_at(int64_t ns) const {
    const auto point = std::lower_bound(time_points_.begin(), time_points_.end(), ns,
                                        [](const TimePoint& p, int64_t t) { return p.now < t; });
    return point == time_points_.end() ? size_ : std::min(point->event, size_);
}

void Recording::finish(EndReason reason, int exit_status, std::string_view note) {
    if (finished_) return;
    if (dropped_ > 0 && size_ > 0) {
        // The last slot becomes the honest note that something is missing.
        last_->events[(size_ - 1) & (kChunkEvents - 1)] =
            Event{0, 0, wide(static_cast<int64_t>(dropped_ + 1)), kNoEvent, 0, EventKind::Gap, 0};
    }
    pack_last();
    next_ = chunk_end_ = nullptr;
    watcher_ = nullptr;
    info.end = reason;
    info.exit_status = exit_status;
    info.end_note = note;
}

void Recording::pack_last() {
    finished_ = true;
    if (!last_) return;
    if (packed_.size() < size_) packed_.add(last_->events, size_ - packed_.size());
    return_chunk(std::exchange(last_, nullptr));
}

std::string Recording::output(Stream stream) const {
    std::string out;
    for (EventIndex i = 0; i < size_; ++i) {
        const Event& event = (*this)[i];
        if (event.kind == EventKind::Printed && event.detail_as<Stream>() == stream)
            out += text_of(event.object);
    }
    return out;
}

uint64_t Recording::hash() const {
    StableHash hash(info.seed);
    hash.add(info.source);
    hash.add(info.world);
    if (!info.rule.empty()) hash.add(info.rule);
    std::vector<uint32_t> rank(size_);  // position among the switch-level events
    uint32_t next_rank = 0;
    int64_t last_time = 0;
    size_t point = 0;
    const auto field = [&](FieldType type, uint32_t value) -> uint64_t {
        if (type == FieldType::Text) return value < texts_.size() ? texts_.content_hash(value) : 0;
        if (type == FieldType::Ns || type == FieldType::Wide)
            return static_cast<uint64_t>(wide_of(value));
        return value;
    };
    for (EventIndex i = 0; i < size_; ++i) {
        const Event& event = (*this)[i];
        while (point + 1 < time_points_.size() && time_points_[point + 1].event <= i) ++point;
        rank[i] = next_rank;
        const KindInfo& kind = trace::info(event.kind);
        if (kind.level != Level::Switch) continue;
        ++next_rank;
        const uint64_t cause = event.cause < i ? rank[event.cause] : UINT32_MAX;
        hash.add(static_cast<uint64_t>(event.kind) | static_cast<uint64_t>(event.detail) << 8 |
                 static_cast<uint64_t>(event.line) << 16 | cause << 32);
        hash.add(field(kind.subject_type, event.subject));
        hash.add(field(kind.object_type, event.object));
        hash.add(field(kind.arg_type, event.arg));
        hash.add(static_cast<uint64_t>(time_points_[point].now - last_time));
        last_time = time_points_[point].now;
    }
    return hash.value();
}

std::string Recording::short_hash(uint64_t hash) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const uint64_t folded = hash ^ (hash >> 32);
    const uint64_t small = (folded ^ (folded >> 16)) & 0xFFFF;
    std::string out(4, '0');
    for (unsigned i = 0; i < 4; ++i) out[i] = kDigits[(small >> (12 - 4 * i)) & 15];
    return out;
}

size_t Recording::memory_bytes() const {
    return packed_.memory_bytes() + (last_ ? sizeof(Chunk) : 0) +
           time_points_.capacity() * sizeof(TimePoint) + time_index_.capacity() * sizeof(uint32_t) +
           wide_.capacity() * sizeof(int64_t) + texts_.memory_bytes();
}

}  // namespace loopglass::trace
