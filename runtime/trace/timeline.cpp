// Building a timeline: the fold, checkpoints, lanes and tasks. Questions to it: timeline_query.cpp.
#include "runtime/trace/timeline.hpp"

#include <algorithm>
#include <cctype>

#include "runtime/base/text.hpp"
#include "runtime/trace/hash.hpp"

namespace loopglass::trace {
namespace {

enum CreatedSlot : int { kNoSlot = -1, kSyncs, kGroups, kThreads, kWorks, kSockets };

CreatedSlot slot_of(FieldType type) {
    switch (type) {
        case FieldType::Sync:
            return kSyncs;
        case FieldType::Group:
            return kGroups;
        case FieldType::Thread:
            return kThreads;
        case FieldType::Work:
            return kWorks;
        case FieldType::Socket:
            return kSockets;
        default:
            return kNoSlot;
    }
}

bool creates(EventKind kind) {
    return kind == EventKind::SyncCreated || kind == EventKind::GroupCreated ||
           kind == EventKind::ThreadStarted || kind == EventKind::WorkSubmitted ||
           kind == EventKind::SocketOpened;
}

bool is_mark(EventKind kind) {
    switch (kind) {
        case EventKind::Printed:
        case EventKind::Logged:
        case EventKind::UserMark:
        case EventKind::ExceptionRaised:
        case EventKind::CancelRequested:
        case EventKind::CancelDelivered:
        case EventKind::CancelSwallowed:
            return true;
        default:
            return false;
    }
}

bool begins_span(EventKind kind) {
    return kind == EventKind::TaskEnqueued || kind == EventKind::TaskResumed ||
           kind == EventKind::TaskSuspended || kind == EventKind::TaskDone ||
           kind == EventKind::TaskFailed || kind == EventKind::TaskCancelled ||
           kind == EventKind::BlockedBegin || kind == EventKind::BlockedEnd;
}

bool has_default_name(std::string_view name) {
    constexpr std::string_view kPrefix = "Task-";
    return name.size() > kPrefix.size() && name.starts_with(kPrefix) &&
           std::all_of(name.begin() + kPrefix.size(), name.end(),
                       [](char c) { return c >= '0' && c <= '9'; });
}

uint32_t label_key(std::string_view label) {
    return static_cast<uint32_t>(stable_hash(label)) | 1u;
}

unsigned char letter_of(std::string_view label) {
    for (const char c : label) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 128 && std::isalpha(byte) != 0)
            return static_cast<unsigned char>(std::toupper(byte));
    }
    return '#';
}

}  // namespace

Timeline::Timeline(const Recording& recording, TimelineOptions options)
    : recording_(&recording),
      options_(options),
      live_(recording),
      checkpoint_every_(std::max(options.checkpoint_every, 1u)),
      tasks_(1),
      lanes_(1) {
    update();
}

void Timeline::update() {
    const Recording& rec = *recording_;
    const EventIndex end = rec.size();
    const std::vector<TimePoint>& points = rec.time_points();
    rec.each(live_.next(), end, [&](const Event& event) {
        const EventIndex index = live_.next();
        while (time_point_ + 1 < points.size() && points[time_point_ + 1].event <= index)
            ++time_point_;
        now_ = points[time_point_].now;
        take_in(event, index);
    });
}

void Timeline::take_in(const Event& event, EventIndex index) {
    if (event.kind == EventKind::TaskCreated) add_task(event, index);
    if (event.kind == EventKind::Printed) prints_.push_back(index);
    if (creates(event.kind)) {
        std::vector<EventIndex>& created = created_[slot_of(info(event.kind).subject_type)];
        if (created.size() <= event.subject) created.resize(event.subject + 1, kNoEvent);
        created[event.subject] = index;
    }
    const TaskId had_turn = live_.running();
    live_.apply(event);
    if (__builtin_expect(live_.task_count() >= tasks_.size(), 0)) make_room(live_.task_count());
    add_spans(event, index, had_turn);
    add_loop_span(event, index);
    if (is_mark(event.kind) && event.subject < lanes_.size()) lanes_[event.subject].add_mark(index);
    count(index);
    if (live_.next() % checkpoint_every_ == 0) take_checkpoint();
}

// A damaged recording may tell of tasks whose creation it does not hold: they have a lane as well.
void Timeline::make_room(TaskId highest) {
    while (tasks_.size() <= highest) {
        lanes_.emplace_back(static_cast<TaskId>(tasks_.size()));
        tasks_.emplace_back();
    }
}

void Timeline::add_task(const Event& event, EventIndex index) {
    const TaskId id = event.subject;
    make_room(id);
    TaskInfo& info = tasks_[id];
    info = {id, event.object, event.arg, live_.running(), index, kNoEvent, 1, 1};
    const std::string_view label = label_text(info);
    info.ordinal = ++label_counts_.edit(label_key(label));
    info.letter_ordinal = ++letter_counts_[letter_of(label)];
    lanes_[id].begin_span(index, now_, SpanState::New);
}

TaskId Timeline::waker(EventIndex enqueued, TaskId had_turn) const {
    const EventIndex cause = (*recording_)[enqueued].cause;
    if (cause < enqueued) {
        const Event& event = (*recording_)[cause];
        if (subject_is_task(event.kind) && event.kind != EventKind::TaskCreated &&
            event.kind != EventKind::CancelRequested) {
            return event.subject;
        }
    }
    return had_turn;
}

void Timeline::add_spans(const Event& event, EventIndex index, TaskId had_turn) {
    const TaskId task = event.subject;
    if (begins_span(event.kind) && task != 0 && task < lanes_.size()) {
        const bool over =
            event.kind >= EventKind::TaskDone && event.kind <= EventKind::TaskCancelled;
        if (over) tasks_[task].ended = index;
        lanes_[task].begin_span(index, now_, span_state(*recording_, index, task));
        if (event.kind == EventKind::TaskEnqueued) {
            const TaskId from = waker(index, had_turn);
            if (from != 0 && from != task && from < lanes_.size()) lanes_[from].add_wake(index);
        }
    }
    // An eager task or a nested loop took the turn from somebody, or gave it back.
    const TaskId has_turn = live_.running();
    if (had_turn != 0 && had_turn != task && had_turn != has_turn && had_turn < lanes_.size() &&
        live_.task(had_turn).phase == TaskPhase::Aside) {
        lanes_[had_turn].begin_span(index, now_, SpanState::Aside);
    }
    if (has_turn != 0 && has_turn != task && had_turn != has_turn && has_turn < lanes_.size()) {
        lanes_[has_turn].begin_span(index, now_, SpanState::Running);
    }
}

void Timeline::add_loop_span(const Event& event, EventIndex index) {
    bool begins = false;
    switch (event.kind) {
        case EventKind::LoopStarted:
        case EventKind::LoopStopped:
        case EventKind::IterationBegin:
        case EventKind::IterationEnd:
        case EventKind::TaskResumed:
        case EventKind::CallbackBegin:
        case EventKind::BlockedBegin:
        case EventKind::BlockedEnd:
            begins = true;
            break;
        case EventKind::PollBegin:  // a poll that cannot take time is not worth a box
            begins = event.detail_as<PollTimeout>() != PollTimeout::Zero;
            poll_ = begins ? index : kNoEvent;
            break;
        case EventKind::PollEnd:
            begins = poll_ != kNoEvent;
            break;
        default:
            break;
    }
    if (begins) lanes_[0].begin_span(index, now_, span_state(*recording_, index, 0));
}

void Timeline::count(EventIndex index) {
    const size_t block = index >> kCounterShift;
    const uint32_t ready = live_.ready_count();
    const uint32_t timers = live_.timer_count();
    if (block == counters_.size())
        counters_.push_back({UINT32_MAX, 0, ready, UINT32_MAX, 0, timers});
    CounterBlock& counter = counters_[block];
    counter.ready_least = std::min(counter.ready_least, ready);
    counter.ready_greatest = std::max(counter.ready_greatest, ready);
    counter.timers_least = std::min(counter.timers_least, timers);
    counter.timers_greatest = std::max(counter.timers_greatest, timers);
}

void Timeline::take_checkpoint() {
    // Only now are the pages of the last checkpoint shared with this one or its alone.
    if (!checkpoints_.empty()) checkpoint_bytes_ += checkpoints_.back().own_bytes();
    checkpoints_.emplace_back(live_, last_checkpoint_);
    const size_t allowed =
        std::max(options_.checkpoint_bytes,
                 static_cast<size_t>(live_.next()) * options_.checkpoint_bytes_per_event);
    if (checkpoint_bytes_ > allowed && checkpoints_.size() >= 4) thin_checkpoints();
}

// Keeps every second one; from now on they are taken half as often.
void Timeline::thin_checkpoints() {
    std::vector<Checkpoint> kept;
    kept.reserve(checkpoints_.size() / 2 + 1);
    for (size_t i = 1; i < checkpoints_.size(); i += 2) kept.push_back(std::move(checkpoints_[i]));
    checkpoints_.swap(kept);
    kept.clear();
    checkpoint_every_ *= 2;
    checkpoint_bytes_ = 0;
    for (size_t i = 0; i + 1 < checkpoints_.size(); ++i)
        checkpoint_bytes_ += checkpoints_[i].own_bytes();
}

// checkpoints_[i] is the world after (i + 1) * checkpoint_every_ events.
const Checkpoint* Timeline::checkpoint_for(EventIndex events) const {
    const size_t below =
        std::min(static_cast<size_t>(events / checkpoint_every_), checkpoints_.size());
    return below == 0 ? nullptr : &checkpoints_[below - 1];
}

Model Timeline::model_at(EventIndex event) const {
    Model model(*recording_);
    seek(model, event);
    return model;
}

void Timeline::seek(Model& model, EventIndex event) const {
    const EventIndex events = event == kNoEvent ? 0 : std::min(event + 1, size());
    const Checkpoint* checkpoint = checkpoint_for(events);
    const EventIndex from = checkpoint == nullptr ? 0 : checkpoint->next();
    if (model.next() > events || model.next() < from || &model.recording() != recording_) {
        model = checkpoint == nullptr ? Model(*recording_) : checkpoint->restore();
    }
    model.advance_to(events);
}

// --- tasks
// -----------------------------------------------------------------------------------------

std::string_view Timeline::label_text(const TaskInfo& info) const {
    const std::string_view name = recording_->text_of(info.name);
    if (info.function == 0 || (!name.empty() && !has_default_name(name))) return name;
    std::string_view function = recording_->text_of(info.function);
    const size_t dot = function.rfind('.');
    return dot == std::string_view::npos ? function : function.substr(dot + 1);
}

std::string Timeline::label(TaskId id) const {
    if (id == 0) return "the script";
    const TaskInfo& info = task(id);
    if (info.id == 0) return base::cat("task ", id);
    std::string out(label_text(info));
    if (out.empty()) out = base::cat("task ", id);
    // What was typed at a prompt, and had to await.
    const EventIndex cause = (*recording_)[info.created].cause;
    if (out == "<module>" && cause < info.created &&
        (*recording_)[cause].kind == EventKind::ReplInput)
        return base::cat("input ", (*recording_)[cause].subject);
    if (info.ordinal > 1) base::append(out, base::cat(' ', info.ordinal));
    return out;
}

std::string Timeline::letter(TaskId id) const {
    const TaskInfo& info = task(id);
    if (info.id == 0) return "-";
    std::string out(1, static_cast<char>(letter_of(label_text(info))));
    if (info.letter_ordinal > 1) out += std::to_string(info.letter_ordinal);
    return out;
}

EventIndex Timeline::created(FieldType type, uint32_t id) const {
    if (type == FieldType::Task) return task(id).created;
    const CreatedSlot slot = slot_of(type);
    if (slot == kNoSlot || id >= created_[slot].size()) return kNoEvent;
    return created_[slot][id];
}

size_t Timeline::memory_bytes() const {
    size_t bytes = sizeof *this + tasks_.capacity() * sizeof(TaskInfo) + prints_.capacity() * 4 +
                   counters_.capacity() * sizeof(CounterBlock) + checkpoint_bytes_ +
                   live_.memory_bytes() + label_counts_.memory_bytes();
    for (const std::vector<EventIndex>& created : created_) bytes += created.capacity() * 4;
    for (const Lane& lane : lanes_) bytes += lane.memory_bytes();
    return bytes;
}

}  // namespace loopglass::trace
