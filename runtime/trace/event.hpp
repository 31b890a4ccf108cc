// Event: one fact of a run, 20 bytes; its index in the recording is its identity. What the fields
// of a kind mean stands in event_kinds.def; the types of the `detail` byte are below.
#pragma once

#include <cstdint>
#include <string_view>

namespace loopglass::trace {

using EventIndex = uint32_t;
using TextId = uint32_t;  // 0: no text
inline constexpr EventIndex kNoEvent = UINT32_MAX;

// Ids count from 1 within their type; 0 means "none". Recording::new_task() and its siblings hand
// them out.
using TaskId = uint32_t;
using FutureId = uint32_t;  // a plain future: top bit set. Fields of type Future take a TaskId too.
using HandleId = uint32_t;  // Handle and TimerHandle
using SyncId = uint32_t;
using GroupId = uint32_t;
using ThreadId = uint32_t;
using WorkId = uint32_t;
using SocketId = uint32_t;
using CoroutineId = uint32_t;

inline constexpr uint32_t kPlainFutureBit = 0x80000000u;
[[nodiscard]] constexpr bool is_plain_future(uint32_t future) {
    return (future & kPlainFutureBit) != 0;
}

enum class EventKind : uint8_t {
#define EVENT(kind, ...) kind,
#include "runtime/trace/event_kinds.def"
#undef EVENT
};

enum class Level : uint8_t { Switch, Line };

enum class FieldType : uint8_t {
    None,
    Task,
    Future,
    Handle,
    Sync,
    Group,
    Thread,
    Work,
    Socket,
    Coroutine,
    Text,
    Count,
    Ns,
    Wide,
    Await,
};

// --- values of `detail`, by the DetailType of the kind
// --------------------------------------------- LIST(X) makes the enum and its names for the text
// form; order is the on-disk number.
#define LOOPGLASS_DETAIL_TYPES(TYPE)                                                             \
    TYPE(LoopEntry, Run, RunUntilComplete, RunForever, Nested)                                   \
    TYPE(StopReason, Completed, Stopped, Failed, Cancelled, Stuck, BudgetSpent, Interrupted)     \
    TYPE(PollTimeout, Zero, Finite, Forever)                                                     \
    TYPE(ClockReason, Timer, Blocked, Thread, PollingGuard, External)                            \
    TYPE(TaskOrigin, CreateTask, Main, Gather, TaskGroup, WaitFor, EnsureFuture, Eager, Runtime) \
    TYPE(EnqueueReason, New, Woken, Yielded, Timer, Io, Cancelled, Callback)                     \
    TYPE(AwaitKind, Yield, Sleep, Future, Task, Gather, Wait, WaitFor, AsCompleted, TaskGroup,   \
         Shield, Lock, Event, Condition, Semaphore, Barrier, QueueGet, QueuePut, QueueJoin,      \
         SocketRead, SocketWrite, SocketAccept, SocketConnect, Thread, Process, Signal, Other)   \
    TYPE(Outcome, Result, Exception, Cancelled)                                                  \
    TYPE(HandleKind, CallSoon, DoneCallback, ThreadSafe, Reader, Writer, Signal, Internal)       \
    TYPE(TimerKind, Sleep, CallLater, CallAt, Timeout, Internal)                                 \
    TYPE(SyncType, Lock, Event, Condition, Semaphore, BoundedSemaphore, Barrier, Queue,          \
         PriorityQueue, LifoQueue)                                                               \
    TYPE(SyncOp, Acquire, Release, Set, Clear, Notify, Put, Get, TaskDone, BarrierArrive,        \
         BarrierRelease, BarrierReset, Shutdown)                                                 \
    TYPE(GroupType, Gather, Wait, WaitFor, AsCompleted, TaskGroup, Timeout, Shield)              \
    TYPE(ThreadType, Worker, Thread)                                                             \
    TYPE(SocketRole, Listen, Connect, Accept, Pair)                                              \
    TYPE(SocketEvent, Readable, Writable, Received, Sent, EndOfStream)                           \
    TYPE(Stream, Stdout, Stderr)                                                                 \
    TYPE(LogLevel, Debug, Info, Warning, Error, Critical)                                        \
    TYPE(VariableScope, Local, Global, Nonlocal, Attribute)                                      \
    TYPE(CheckResult, Failed, Passed)

#define LOOPGLASS_ENUM(type, ...) enum class type : uint8_t { __VA_ARGS__ };
LOOPGLASS_DETAIL_TYPES(LOOPGLASS_ENUM)
#undef LOOPGLASS_ENUM

enum class DetailType : uint8_t {
    None,
#define LOOPGLASS_NAME(type, ...) type,
    LOOPGLASS_DETAIL_TYPES(LOOPGLASS_NAME)
#undef LOOPGLASS_NAME
};

// AwaitKind says what `object` of a TaskSuspended is: Sleep a Handle; Future a Future (0: see
// `future`); Task a Task; Gather, Wait, WaitFor, AsCompleted, TaskGroup, Shield a Group; Lock …
// QueueJoin a Sync; Socket* a Socket; Thread a Work; Yield, Process, Signal, Other nothing.
[[nodiscard]] FieldType await_object_type(AwaitKind kind);

struct Event {
    uint32_t subject = 0;
    uint32_t object = 0;
    uint32_t arg = 0;
    EventIndex cause = kNoEvent;
    uint16_t line = 0;  // lines past 65535 are recorded as 0
    EventKind kind = EventKind::LoopStarted;
    uint8_t detail = 0;

    template <typename DetailEnum>
    [[nodiscard]] constexpr DetailEnum detail_as() const {
        return static_cast<DetailEnum>(detail);
    }
    friend bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 20);

// What event_kinds.def says of a kind.
struct KindInfo {
    std::string_view name;       // TaskCreated
    std::string_view text_name;  // task-created
    Level level;
    FieldType subject_type;
    std::string_view subject_name;
    FieldType object_type;
    std::string_view object_name;
    FieldType arg_type;
    std::string_view arg_name;
    DetailType detail_type;
    std::string_view sentence;
};

inline constexpr unsigned kKindCount = 0
#define EVENT(...) +1
#include "runtime/trace/event_kinds.def"
#undef EVENT
    ;

[[nodiscard]] const KindInfo& info(EventKind kind);
// How many values a detail type has (1 for None), and the name of one ("QueueGet"; empty if out of
// range).
[[nodiscard]] unsigned detail_count(DetailType type);
[[nodiscard]] std::string_view detail_name(DetailType type, uint8_t value);
template <typename DetailEnum>
[[nodiscard]] std::string_view name_of(
    DetailEnum value);  // declared for each detail enum in event.cpp
#define LOOPGLASS_NAME_OF(type, ...)                                       \
    template <>                                                            \
    [[nodiscard]] inline std::string_view name_of<type>(type value) {      \
        return detail_name(DetailType::type, static_cast<uint8_t>(value)); \
    }
LOOPGLASS_DETAIL_TYPES(LOOPGLASS_NAME_OF)
#undef LOOPGLASS_NAME_OF

// True for kinds whose subject is the task they are about (the lane they belong to).
[[nodiscard]] constexpr bool subject_is_task(EventKind kind) {
    constexpr bool table[] = {
#define EVENT(kind, text, level, subject_type, ...) FieldType::subject_type == FieldType::Task,
#include "runtime/trace/event_kinds.def"
#undef EVENT
    };
    return table[static_cast<unsigned>(kind)];
}

[[nodiscard]] constexpr Level level_of(EventKind kind) {
    constexpr Level table[] = {
#define EVENT(kind, text, level, ...) Level::level,
#include "runtime/trace/event_kinds.def"
#undef EVENT
    };
    return table[static_cast<unsigned>(kind)];
}

// The loop's own work has no script line.
[[nodiscard]] constexpr bool belongs_to_loop(EventKind kind) {
    return kind <= EventKind::ClockAdvanced || kind == EventKind::LoopClosed ||
           kind == EventKind::TimerFired || kind == EventKind::CallbackBegin ||
           kind == EventKind::CallbackSkipped || kind == EventKind::CallbackEnd;
}

}  // namespace loopglass::trace
