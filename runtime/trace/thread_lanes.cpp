#include "runtime/trace/thread_lanes.hpp"

#include <algorithm>

namespace loopglass::trace {
namespace {

class Lanes {
public:
    explicit Lanes(const Recording& recording) : rec_(recording) {}

    std::vector<ThreadLane> read() {
        for (EventIndex i = 0; i < rec_.size(); ++i) take(i, rec_[i]);
        std::erase_if(lanes_, [](const ThreadLane& lane) { return lane.spans.empty(); });
        return std::move(lanes_);
    }

private:
    void take(EventIndex index, const Event& e) {
        switch (e.kind) {
            case EventKind::ThreadStarted:
                lanes_.push_back({e.subject, std::string(rec_.text_of(e.object)), {}});
                return;
            case EventKind::WorkSubmitted:
                if (works_.size() <= e.subject) works_.resize(e.subject + 1);
                works_[e.subject] = rec_.text_of(e.object);
                return;
            case EventKind::WorkBegan:
                if (ThreadLane* lane = find(e.object))
                    open(*lane, index, false,
                         e.subject < works_.size() ? works_[e.subject] : std::string());
                return;
            case EventKind::WorkEnded:
                if (ThreadLane* lane = find(e.object)) close(*lane, index);
                return;
            case EventKind::ThreadBlocked:
                if (ThreadLane* lane = find(e.subject); lane && is_open(*lane))
                    open(*lane, index, true, std::string(rec_.text_of(e.object)));
                return;
            case EventKind::ThreadContinues:
                if (ThreadLane* lane = find(e.subject); lane && is_open(*lane))
                    open(*lane, index, false, {});
                return;
            case EventKind::ThreadEnded:
                if (ThreadLane* lane = find(e.subject)) close(*lane, index);
                return;
            case EventKind::Printed:
                // A thread of the script's own has no work handed to it: it is one by what it says.
                if (ThreadLane* lane = find(e.arg); lane && !is_open(*lane))
                    open(*lane, index, false, {});
                return;
            default:
                return;
        }
    }

    ThreadLane* find(ThreadId id) {
        const auto found = std::find_if(lanes_.begin(), lanes_.end(),
                                        [&](const ThreadLane& lane) { return lane.id == id; });
        return found == lanes_.end() ? nullptr : &*found;
    }
    [[nodiscard]] static bool is_open(const ThreadLane& lane) {
        return !lane.spans.empty() && lane.spans.back().end == kNoEvent;
    }
    static void close(ThreadLane& lane, EventIndex at) {
        if (is_open(lane)) lane.spans.back().end = at;
    }
    static void open(ThreadLane& lane, EventIndex at, bool waits, std::string label) {
        close(lane, at);
        lane.spans.push_back({at, kNoEvent, waits, std::move(label)});
    }

    const Recording& rec_;
    std::vector<ThreadLane> lanes_;
    std::vector<std::string> works_;
};

}  // namespace

std::vector<ThreadLane> thread_lanes(const Recording& recording) {
    return Lanes(recording).read();
}

}  // namespace loopglass::trace
