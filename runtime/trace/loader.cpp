#include "runtime/trace/loader.hpp"

#include <algorithm>
#include <utility>

#include "runtime/base/text.hpp"

namespace loopglass::trace {
namespace {

using base::cat;

// Kinds that may come from code outside any task.
bool subject_may_be_none(EventKind kind) {
    switch (kind) {
        case EventKind::SyncChanged:
        case EventKind::BlockedBegin:
        case EventKind::BlockedEnd:
        case EventKind::Printed:
        case EventKind::Logged:
        case EventKind::UserMark:
        case EventKind::ExceptionRaised:
        case EventKind::ExceptionNeverRetrieved:
        case EventKind::CoroutineCreated:
        case EventKind::CoroutineNeverAwaited:
        case EventKind::FrameEntered:
        case EventKind::FrameLeft:
        case EventKind::LineExecuted:
        case EventKind::VariableChanged:
        case EventKind::LinesSkipped:
            return true;
        default:
            return false;
    }
}

bool object_must_be(EventKind kind) {
    return kind == EventKind::SyncChanged || kind == EventKind::GroupChild ||
           kind == EventKind::WorkBegan || kind == EventKind::WorkEnded;
}

bool is_id(FieldType type) {
    return type >= FieldType::Task && type <= FieldType::Coroutine;
}

}  // namespace

RecordingLoader::RecordingLoader(Level level, uint32_t budget, uint32_t id_limit)
    : rec_(level, budget), id_limit_(std::min(id_limit, Recording::kMaxBudget)) {}

bool RecordingLoader::add_text(std::string_view text) {
    const TextId expected = rec_.texts_.size();
    return !text.empty() && rec_.texts_.intern(text) == expected;
}

std::string RecordingLoader::set_now(int64_t ns) {
    if (ns < rec_.now_) return "the clock goes back";
    if (ns > kMostNs) return "the time is out of range";
    rec_.set_now(ns);
    return {};
}

bool RecordingLoader::valid(FieldType type, uint32_t value, uint8_t detail) const {
    switch (type) {
        case FieldType::None:
            return value == 0;
        case FieldType::Text:
            return value < rec_.texts_.size();
        case FieldType::Count:
            return true;
        case FieldType::Ns:
        case FieldType::Wide: {
            if ((value & Recording::kWideBit) == 0) return true;
            const uint32_t index = value & ~Recording::kWideBit;
            // Between two times there may be twice as much as from 0 to one.
            return index < rec_.wide_.size() && rec_.wide_[index] >= -2 * kMostNs &&
                   rec_.wide_[index] <= 2 * kMostNs;
        }
        case FieldType::Future:
            return (value & ~kPlainFutureBit) <= id_limit_;
        case FieldType::Await:
            return valid(await_object_type(static_cast<AwaitKind>(detail)), value, 0);
        default:
            return value <= id_limit_;
    }
}

std::string RecordingLoader::check(const Event& event) const {
    if (static_cast<unsigned>(event.kind) >= kKindCount) return "there is no such kind of event";
    const KindInfo& kind = info(event.kind);
    if (event.detail >= detail_count(kind.detail_type))
        return cat(kind.text_name, " has no such detail");
    if (event.cause != kNoEvent && event.cause >= rec_.size_)
        return "the cause is not an earlier event";
    const auto field = [&](FieldType type, std::string_view name, uint32_t value) {
        return valid(type, value, event.detail)
                   ? std::string()
                   : cat(kind.text_name, " has a bad ", name.empty() ? "unused field" : name);
    };
    std::string wrong = field(kind.subject_type, kind.subject_name, event.subject);
    if (wrong.empty()) wrong = field(kind.object_type, kind.object_name, event.object);
    const bool made = event.kind == EventKind::VariableChanged && is_made_text(event.arg);
    if (wrong.empty() && !made) wrong = field(kind.arg_type, kind.arg_name, event.arg);
    if (!wrong.empty()) return wrong;
    const bool none = (event.subject & ~kPlainFutureBit) == 0;
    if (is_id(kind.subject_type) && none && !subject_may_be_none(event.kind)) {
        return cat(kind.text_name, " names no ", kind.subject_name);
    }
    if (object_must_be(event.kind) && event.object == 0)
        return cat(kind.text_name, " names no ", kind.object_name);
    return {};
}

void RecordingLoader::count_id(FieldType type, uint32_t value) {
    Recording::Ids& ids = rec_.ids_;
    const auto raise = [value](uint32_t& highest) { highest = std::max(highest, value); };
    switch (type) {
        case FieldType::Task:
            raise(ids.task);
            break;
        case FieldType::Future:
            if (is_plain_future(value)) ids.future = std::max(ids.future, value & ~kPlainFutureBit);
            break;
        case FieldType::Handle:
            raise(ids.handle);
            break;
        case FieldType::Sync:
            raise(ids.sync);
            break;
        case FieldType::Group:
            raise(ids.group);
            break;
        case FieldType::Thread:
            raise(ids.thread);
            break;
        case FieldType::Work:
            raise(ids.work);
            break;
        case FieldType::Socket:
            raise(ids.socket);
            break;
        case FieldType::Coroutine:
            raise(ids.coroutine);
            break;
        default:
            break;
    }
}

std::string RecordingLoader::add(const Event& event) {
    std::string wrong = check(event);
    if (!wrong.empty()) return wrong;
    count_id(info(event.kind).subject_type, event.subject);
    rec_.line_ = event.line;
    const EventIndex index = rec_.append_because(event.cause, event.kind, event.subject,
                                                 event.object, event.arg, event.detail);
    if (index == kNoEvent) return "there are more events than the recording says";
    // Kinds of the loop's own work lose their line in append(); what was written is kept as it was.
    rec_.next_[-1].line = event.line;
    return {};
}

Recording RecordingLoader::finish(RunInfo info) {
    rec_.full_ = rec_.size_ > rec_.budget_;
    rec_.pack_last();
    rec_.next_ = rec_.chunk_end_ = nullptr;
    rec_.info = std::move(info);
    return std::move(rec_);
}

}  // namespace loopglass::trace
