// How a task waits, in the words of the loop panel and the timeline.
#include <cstdio>
#include <cstdlib>

#include "runtime/base/text.hpp"
#include "runtime/trace/inspect.hpp"
#include "runtime/trace/timeline.hpp"

namespace loopglass::trace {

using base::cat;

namespace {

// Nanoseconds of the last of so many digits.
uint64_t unit_of(int digits) {
    uint64_t unit = 1'000'000'000;
    for (int i = 0; i < digits; ++i) unit /= 10;
    return unit;
}

}  // namespace

std::string seconds_text(int64_t ns, int digits) {
    char buffer[64];
    const bool negative = ns < 0;
    const auto magnitude = negative ? 0 - static_cast<uint64_t>(ns) : static_cast<uint64_t>(ns);
    const uint64_t unit = unit_of(digits);
    const uint64_t rounded = (magnitude + unit / 2) / unit;
    const uint64_t scale = 1'000'000'000 / unit;
    if (digits == 0) return cat(negative ? "-" : "", rounded);
    std::snprintf(buffer, sizeof buffer, "%s%llu.%0*llu", negative ? "-" : "",
                  static_cast<unsigned long long>(rounded / scale), digits,
                  static_cast<unsigned long long>(rounded % scale));
    return buffer;
}

std::string short_seconds_text(int64_t ns, int digits) {
    const bool visible = ns == 0 || std::abs(ns) >= static_cast<int64_t>(unit_of(digits));
    std::string text = seconds_text(ns, visible ? digits : 9);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

namespace {

std::string child_names(const Timeline& timeline, const std::vector<uint32_t>& children) {
    constexpr size_t kNamed = 3;
    std::string out;
    for (size_t i = 0; i < children.size() && i < kNamed; ++i) {
        if (i > 0) out += ", ";
        out += is_plain_future(children[i]) ? std::string("a future") : timeline.label(children[i]);
    }
    if (children.size() > kNamed) out += cat(" and ", children.size() - kNamed, " more");
    return out;
}

}  // namespace

bool made_by_runtime(const Timeline& timeline, TaskId task) {
    const EventIndex created = timeline.task(task).created;
    return created != kNoEvent &&
           timeline.recording()[created].detail_as<TaskOrigin>() == TaskOrigin::Runtime;
}

namespace {

WaitWords sleep_words(const Model& model, const Event& event, int64_t began) {
    const std::optional<TimerState> timer = model.timer_ever(event.object);
    if (!timer) return {"sleep", ""};
    const bool overdue = timer->due < model.now();  // it rang while somebody blocked the loop
    return {cat("sleep(", short_seconds_text(timer->due - began), ")"),
            cat(model.timer(event.object) ? (overdue ? "timer due since " : "timer rings at ")
                                          : "timer rang at ",
                seconds_text(timer->due), " s")};
}

WaitWords group_words(const Timeline& timeline, const Model& model, const Event& event,
                      std::string_view name) {
    const GroupState* group = model.group(event.object);
    if (group == nullptr || group->children.empty()) return {std::string(name), ""};
    return {cat(name, "(", child_names(timeline, group->children), ")"),
            cat(model.children_done(event.object), " of ", group->children.size(), " done")};
}

WaitWords sync_words(const Timeline& timeline, const Model& model, const Event& event,
                     AwaitKind kind) {
    const std::string name = sync_label(timeline, event.object);
    const SyncState* sync = model.sync(event.object);
    switch (kind) {
        case AwaitKind::Lock:
        case AwaitKind::Semaphore:
            return {name, sync == nullptr || sync->holders.empty()
                              ? "free"
                              : cat("held by ", child_names(timeline, sync->holders))};
        case AwaitKind::Event:
            return {name, "until it is set"};
        case AwaitKind::Condition:
            return {name, "until it is notified"};
        case AwaitKind::QueueGet:
            return {cat("get from ", name), "it is empty"};
        case AwaitKind::QueuePut:
            return {cat("put into ", name), "it is full"};
        case AwaitKind::QueueJoin:
            return {cat("join ", name), "until every item is done"};
        case AwaitKind::Barrier:
            return {name,
                    sync == nullptr ? "" : cat(sync->value, " of ", sync->capacity, " are there")};
        default:
            return {name, ""};
    }
}

WaitWords socket_words(const Timeline& timeline, const Event& event, std::string_view verb) {
    const EventIndex opened = timeline.created(FieldType::Socket, event.object);
    const Recording& rec = timeline.recording();
    const std::string_view address =
        opened == kNoEvent ? "a socket" : rec.text_of(rec[opened].object);
    return {cat(verb, " ", address), ""};
}

}  // namespace

WaitWords wait_words(const Timeline& timeline, const Model& model, EventIndex suspended) {
    const Recording& rec = timeline.recording();
    const Event& event = rec[suspended];
    const auto kind = event.detail_as<AwaitKind>();
    switch (kind) {
        case AwaitKind::Yield:
            return {"sleep(0)", "back in line at once"};
        case AwaitKind::Sleep:
            return sleep_words(model, event, rec.time(suspended));
        case AwaitKind::Future:
            return {"a future", "until somebody sets its result"};
        case AwaitKind::Task:
            return {timeline.label(event.object), "until it is done"};
        case AwaitKind::Gather:
            return group_words(timeline, model, event, "gather");
        case AwaitKind::Wait:
            return group_words(timeline, model, event, "wait");
        case AwaitKind::WaitFor:
            return group_words(timeline, model, event, "wait_for");
        case AwaitKind::AsCompleted:
            return group_words(timeline, model, event, "as_completed");
        case AwaitKind::TaskGroup:
            return group_words(timeline, model, event, "TaskGroup");
        case AwaitKind::Shield:
            return group_words(timeline, model, event, "shield");
        case AwaitKind::Lock:
        case AwaitKind::Event:
        case AwaitKind::Condition:
        case AwaitKind::Semaphore:
        case AwaitKind::Barrier:
        case AwaitKind::QueueGet:
        case AwaitKind::QueuePut:
        case AwaitKind::QueueJoin:
            return sync_words(timeline, model, event, kind);
        case AwaitKind::SocketRead:
            return socket_words(timeline, event, "read from");
        case AwaitKind::SocketWrite:
            return socket_words(timeline, event, "write to");
        case AwaitKind::SocketAccept:
            return socket_words(timeline, event, "a connection to");
        case AwaitKind::SocketConnect:
            return socket_words(timeline, event, "connecting to");
        case AwaitKind::Thread: {
            const EventIndex submitted = timeline.created(FieldType::Work, event.object);
            const std::string_view what =
                submitted == kNoEvent ? "a function" : rec.text_of(rec[submitted].object);
            return {cat(what, " in a thread"), "until it returns"};
        }
        case AwaitKind::Process:
            return {"a process", "until it ends"};
        case AwaitKind::Signal:
            return {"a signal", ""};
        case AwaitKind::Other:
            return {"something", ""};
    }
    return {};
}

}  // namespace loopglass::trace
