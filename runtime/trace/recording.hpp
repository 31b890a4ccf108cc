// Recording: what a run leaves. An append-only sequence of events in recycled chunks, the texts and
// 64-bit numbers they refer to, the moments at which virtual time moved, and what was run.
//
// Writing: set_now() when the clock moves, set_line() when a statement begins, and append() one
// fact at a time. Each append stores the current line and, as cause, the context: the TaskResumed
// or CallbackBegin whose work is running (append() keeps it up to date by itself).
//
//     rec.append(EventKind::Printed, task, rec.text("tick 0\n"), 0, Stream::Stdout);
//     const EventIndex why = rec.append(EventKind::FutureResolved, future, 0, task,
//     Outcome::Result); rec.append_because(why, EventKind::TaskEnqueued, waiter, future, 0,
//     EnqueueReason::Woken);
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "runtime/trace/chunk_pool.hpp"
#include "runtime/trace/event.hpp"
#include "runtime/trace/packed_events.hpp"
#include "runtime/trace/text_table.hpp"

namespace loopglass::trace {

enum class EndReason : uint8_t {
    Running,      // not ended yet
    Completed,    // the script came to its end
    Failed,       // an exception left the script
    Stuck,        // nothing can ever become ready again
    EventBudget,  // the recording was full
    FuelBudget,   // the evaluator's step budget was spent
    MemoryBudget,
    TimeLimit,  // the wanted virtual time was reached (--until)
    Stopped,    // the user stopped it
};
[[nodiscard]] std::string_view end_reason_name(EndReason reason);      // "event-budget"
[[nodiscard]] std::string_view end_reason_sentence(EndReason reason);  // one sentence for people

// What was run, and how it ended. Set by the session.
struct RunInfo {
    std::string title;
    std::string filename;  // as shown in tracebacks
    std::string source;    // the script's text
    std::string world;     // its world, as TOML text
    uint64_t seed = 0;
    EndReason end = EndReason::Running;
    int exit_status = 0;
    std::string end_note;  // detail for people, such as the last line of a traceback
    std::string rule;  // the wrong rule it ran under, by name; empty: none, the order is CPython's

    friend bool operator==(const RunInfo&, const RunInfo&) = default;
};

// From this event on the loop time is `now`, in nanoseconds.
struct TimePoint {
    EventIndex event;
    int64_t now;

    friend bool operator==(const TimePoint&, const TimePoint&) = default;
};

class Recording {
public:
    static constexpr uint32_t kDefaultBudget = 10'000'000;
    static constexpr uint32_t kMaxBudget = 0x7FFFFFFFu;
    static constexpr uint32_t kWideBit =
        0x80000000u;  // Ns and Wide fields: the rest is an index of wides()

    // `budget`: events after which full() turns true. A reserve of kClosingEvents more is accepted
    // so that the run can be closed properly; beyond it events are dropped and counted.
    static constexpr uint32_t kClosingEvents = 4096;
    explicit Recording(Level level = Level::Switch, uint32_t budget = kDefaultBudget);
    ~Recording();
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;
    Recording(Recording&&) noexcept;
    Recording& operator=(Recording&&) noexcept;

    // --- writing ---------------------------------------------------------------------------------
    // Virtual time in nanoseconds, for the events appended from now on. It never goes back.
    void set_now(int64_t ns);
    [[nodiscard]] int64_t now() const { return now_; }
    // The script line of the statement now running; 0: unknown.
    void set_line(uint32_t line) {
        line_ = line <= UINT16_MAX ? static_cast<uint16_t>(line) : uint16_t{0};
    }
    [[nodiscard]] uint32_t line() const { return line_; }
    // The cause the next append()s get. TaskResumed and CallbackBegin set it to themselves; the end
    // of a step or callback sets it to kNoEvent and the line to 0.
    void set_context(EventIndex cause) { context_ = cause; }
    [[nodiscard]] EventIndex context() const { return context_; }
    // For a step or callback that begins inside another (eager task, nested loop): save before,
    // restore after.
    struct Context {
        EventIndex cause;
        uint16_t line;
    };
    [[nodiscard]] Context save_context() const { return {context_, line_}; }
    void restore_context(Context context) {
        context_ = context.cause;
        line_ = context.line;
    }

    // Called before the next event is appended, which is told by its kind, and, as long as it
    // answers true, before each one after it. It may append events itself: they go before. Without
    // one, appending costs nothing more.
    using Watcher = bool (*)(Recording& recording, EventKind kind);
    void watch(Watcher watcher) {
        watcher_ = watcher;
        chunk_end_ = next_;
    }

    template <typename Detail = uint8_t>
    EventIndex append(EventKind kind, uint32_t subject = 0, uint32_t object = 0, uint32_t arg = 0,
                      Detail detail = Detail{}) {
        return append_because(context_, kind, subject, object, arg, detail);
    }
    // Returns the event's index, or kNoEvent when it was dropped.
    template <typename Detail = uint8_t>
    EventIndex append_because(EventIndex cause, EventKind kind, uint32_t subject = 0,
                              uint32_t object = 0, uint32_t arg = 0, Detail detail = Detail{}) {
        static_assert(sizeof(Detail) == 1 &&
                      (std::is_enum_v<Detail> || std::is_same_v<Detail, uint8_t>));
#ifdef LOOPGLASS_AUDIT
        if (audit) audit(*this, kind, subject);
#endif
        if (__builtin_expect(next_ == chunk_end_, 0) && !make_room(kind)) return kNoEvent;
        const EventIndex index = size_++;
        *next_++ = Event{subject,
                         object,
                         arg,
                         cause,
                         belongs_to_loop(kind) ? uint16_t{0} : line_,
                         kind,
                         static_cast<uint8_t>(detail)};
        follow_context(kind, index);
        return index;
    }
#ifdef LOOPGLASS_AUDIT
    // Debug builds: called before each append with the event to come. By then the runtime has done
    // all that the events so far tell, so that a test can compare the two after every event.
    inline static void (*audit)(const Recording&, EventKind, uint32_t subject) = nullptr;
#endif
    // As append, for a fact that belongs to another line than the current one.
    template <typename Detail = uint8_t>
    EventIndex append_at(uint32_t line, EventKind kind, uint32_t subject = 0, uint32_t object = 0,
                         uint32_t arg = 0, Detail detail = Detail{}) {
        const uint16_t kept = line_;
        set_line(line);
        const EventIndex index = append(kind, subject, object, arg, detail);
        line_ = kept;
        return index;
    }

    // For measurements only: from now on nothing is taken in.
    void turn_off();

    // Values for fields of type Text, and of type Ns or Wide.
    [[nodiscard]] TextId text(std::string_view text) {
        return texts_.intern(text);
    }
    [[nodiscard]] TextId pinned_text(std::string_view text) {
        return texts_.intern_pinned(text);
    }
    [[nodiscard]] uint32_t wide(int64_t value) {
        if (value >= 0 && value < kWideBit) return static_cast<uint32_t>(value);
        wide_.push_back(value);
        return static_cast<uint32_t>(wide_.size() - 1) | kWideBit;
    }

    [[nodiscard]] TaskId new_task() {
        return ++ids_.task;
    }
    [[nodiscard]] FutureId new_future() {
        return ++ids_.future | kPlainFutureBit;
    }
    [[nodiscard]] HandleId new_handle() {
        return ++ids_.handle;
    }
    [[nodiscard]] SyncId new_sync() {
        return ++ids_.sync;
    }
    [[nodiscard]] GroupId new_group() {
        return ++ids_.group;
    }
    [[nodiscard]] ThreadId new_thread() {
        return ++ids_.thread;
    }
    [[nodiscard]] WorkId new_work() {
        return ++ids_.work;
    }
    [[nodiscard]] SocketId new_socket() {
        return ++ids_.socket;
    }
    [[nodiscard]] CoroutineId new_coroutine() {
        return ++ids_.coroutine;
    }

    // The run should stop: the event budget is spent.
    [[nodiscard]] bool full() const {
        return full_;
    }
    [[nodiscard]] uint64_t dropped() const {
        return dropped_;
    }
    // Ends the recording; adds a Gap if events were dropped. Appending afterwards is an error.
    void finish(EndReason reason, int exit_status, std::string_view note = {});

    // --- reading ---------------------------------------------------------------------------------
    [[nodiscard]] Level level() const {
        return level_;
    }
    [[nodiscard]] bool lines_on() const {
        return level_ == Level::Line;
    }
    [[nodiscard]] uint32_t budget() const {
        return budget_;
    }
    [[nodiscard]] uint32_t size() const {
        return size_;
    }
    [[nodiscard]] bool empty() const {
        return size_ == 0;
    }
    [[nodiscard]] Event operator[](EventIndex index) const {
        return __builtin_expect(index < packed_.size(), 1)
                   ? packed_[index]
                   : last_->events[index & (kChunkEvents - 1)];
    }
    // Calls take(event) for those from `from` up to `to`, in order: faster than one by one.
    template <typename Take>
    void each(EventIndex from, EventIndex to, Take&& take) const {
        const EventIndex packed = std::clamp(packed_.size(), from, to);
        packed_.each(from, packed, take);
        for (EventIndex i = packed; i < to; ++i) take(last_->events[i & (kChunkEvents - 1)]);
    }
    // Loop time of an event in nanoseconds. A few nanoseconds of work.
    [[nodiscard]] int64_t time(EventIndex index) const;
    // The first event whose time is >= ns; size() if there is none.
    [[nodiscard]] EventIndex first_at(int64_t ns) const;
    [[nodiscard]] const std::vector<TimePoint>& time_points() const {
        return time_points_;
    }
    [[nodiscard]] std::string_view text_of(TextId id) const {
        return texts_[id];
    }
    [[nodiscard]] const TextTable& texts() const {
        return texts_;
    }
    [[nodiscard]] int64_t wide_of(uint32_t field) const {
        if ((field & kWideBit) == 0) return field;
        const uint32_t index = field & ~kWideBit;
        return index < wide_.size() ? wide_[index] : 0;
    }
    [[nodiscard]] const std::vector<int64_t>& wides() const {
        return wide_;
    }
    // Loop time of the last event.
    [[nodiscard]] int64_t duration() const {
        return size_ == 0 ? 0 : time(size_ - 1);
    }
    [[nodiscard]] uint32_t task_count() const {
        return ids_.task;
    }
    // Everything printed to a stream, joined.
    [[nodiscard]] std::string output(Stream stream) const;

    // Equal runs have equal hashes on every machine, whatever the recording level: it covers the
    // switch-level events (texts by content, causes by rank), their times, the source, the world
    // and the seed.
    [[nodiscard]] uint64_t hash() const;
    // Its short form for people: four hex digits, such as "7F3A".
    [[nodiscard]] static std::string short_hash(uint64_t hash);
    [[nodiscard]] size_t memory_bytes() const;

    RunInfo info;

private:
    struct Ids {
        uint32_t task = 0, future = 0, handle = 0, sync = 0, group = 0, thread = 0, work = 0,
                 socket = 0, coroutine = 0;
    };
    friend class RecordingLoader;

    [[nodiscard]] bool make_room(EventKind kind);
    [[nodiscard]] bool extend();
    void pack_last();
    void set_chunk_end();
    void follow_context(EventKind kind, EventIndex index) {
        if (kind == EventKind::TaskResumed || kind == EventKind::CallbackBegin) {
            context_ = index;
            if (kind == EventKind::CallbackBegin) line_ = 0;
        } else if ((kind >= EventKind::TaskSuspended && kind <= EventKind::TaskCancelled) ||
                   kind == EventKind::CallbackEnd) {
            context_ = kNoEvent;
            line_ = 0;
        }
    }

    Event* next_ = nullptr;
    Event* chunk_end_ = nullptr;  // end of the chunk, or the budget inside it; a watcher is due
    Watcher watcher_ = nullptr;
    uint32_t size_ = 0;
    EventIndex context_ = kNoEvent;
    uint16_t line_ = 0;
    Level level_;
    bool full_ = false;
    bool off_ = false;
    bool finished_ = false;
    uint32_t budget_;
    int64_t now_ = 0;
    PackedEvents packed_;    // all chunks but the last
    Chunk* last_ = nullptr;  // none after finish()
    std::vector<TimePoint> time_points_;
    std::vector<uint32_t>
        time_index_;  // per 64 events: the time point in force at the first of them
    std::vector<int64_t> wide_;
    TextTable texts_;
    Ids ids_;
    uint64_t dropped_ = 0;
};

}  // namespace loopglass::trace
