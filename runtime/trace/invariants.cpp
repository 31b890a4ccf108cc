#include "runtime/trace/invariants.hpp"

#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/trace/model.hpp"

namespace loopglass::trace {
namespace {

using base::cat;

class Checker {
public:
    Checker(const Recording& recording, size_t limit)
        : rec_(recording), model_(recording), limit_(limit) {}

    std::vector<Violation> run() {
        int64_t last_time = 0;
        for (EventIndex i = 0; i < rec_.size() && found_.size() < limit_; ++i) {
            const Event& event = rec_[i];
            if (event.kind == EventKind::Gap) break;
            index_ = i;
            const int64_t now = rec_.time(i);
            if (now < last_time) fail("the clock went back");
            last_time = now;
            if (event.cause != kNoEvent && event.cause >= i)
                fail("the cause is not an earlier event");
            before(event);
            model_.apply(event);
            after(event);
        }
        return std::move(found_);
    }

private:
    void fail(std::string sentence) { found_.push_back({index_, std::move(sentence)}); }

    // (d), seen from the phase the event finds the task in.
    void expect(const Event& event, std::initializer_list<TaskPhase> allowed) {
        const TaskPhase phase = model_.phase(event.subject);
        for (const TaskPhase candidate : allowed) {
            if (candidate == phase) return;
        }
        fail(
            cat(info(event.kind).text_name, " finds task ", event.subject, " ", phase_name(phase)));
    }

    void before(const Event& event) {
        switch (event.kind) {
            case EventKind::TaskCreated:
                expect(event, {TaskPhase::Unborn});
                break;
            case EventKind::TaskEnqueued:
                expect(event, {TaskPhase::New, TaskPhase::Waiting});
                if (event.cause == kNoEvent) fail("a task was put in line without a cause");
                break;
            case EventKind::TaskResumed:
                resumed(event);
                break;
            case EventKind::TaskSuspended:
                expect(event, {TaskPhase::Running});
                break;
            case EventKind::TaskDone:
            case EventKind::TaskFailed:
            case EventKind::CancelDelivered:
            case EventKind::CancelSwallowed:
                expect(event, {TaskPhase::Running});
                break;
            case EventKind::TaskCancelled:
                expect(event,
                       {TaskPhase::Running, TaskPhase::New, TaskPhase::Ready, TaskPhase::Waiting});
                break;
            case EventKind::CallbackBegin:
                callback_begin(event);
                break;
            case EventKind::TimerFired:
                timer_fired(event);
                break;
            case EventKind::FutureResolved:
                if (!model_.is_pending(event.subject)) fail("the future is not pending");
                break;
            default:
                break;
        }
    }

    void resumed(const Event& event) {
        const bool eager = is_kind(event.cause, EventKind::TaskCreated);
        if (eager) {
            expect(event, {TaskPhase::New});
            return;
        }
        expect(event, {TaskPhase::Ready});
        if (model_.running() != 0 || model_.running_callback() != 0)
            fail("two have the turn at once");
        if (!is_kind(event.cause, EventKind::TaskEnqueued) ||
            rec_[event.cause].subject != event.subject ||
            event.cause != model_.task(event.subject).since) {
            fail(cat("task ", event.subject,
                     " was resumed, but its cause is not the event that put it in line"));
        }
        if (model_.ready_position(event.subject) != 0)
            fail(cat("task ", event.subject, " jumped the line"));
    }

    void callback_begin(const Event& event) {
        if (model_.running() != 0 || model_.running_callback() != 0)
            fail("two have the turn at once");
        const bool known = is_kind(event.cause, EventKind::CallbackScheduled) ||
                           is_kind(event.cause, EventKind::TimerFired);
        if (!known || rec_[event.cause].subject != event.subject) {
            fail(cat("callback ", event.subject,
                     " runs, but its cause is not the event that put it in line"));
        }
        const ReadyEntry* front = model_.ready_begin();
        if (front == model_.ready_end() || front->kind == ReadyEntry::Kind::Step ||
            front->id != event.subject) {
            fail(cat("callback ", event.subject, " jumped the line"));
        }
    }

    void timer_fired(const Event& event) {
        const std::optional<TimerState> timer = model_.timer(event.subject);
        if (!timer) return fail(cat("timer ", event.subject, " fires but is not in the heap"));
        if (timer->scheduled != event.cause) fail("the cause of a firing timer is its scheduling");
        // One nanosecond of grace: asyncio takes timers due within its clock's resolution.
        if (timer->due > rec_.time(index_) + 1)
            fail(cat("timer ", event.subject, " fires before it is due"));
    }

    void after(const Event& event) {
        const EventKind kind = event.kind;
        const bool moved_a_task =
            kind >= EventKind::TaskCreated && kind <= EventKind::TaskCancelled;
        // The whole state is looked at every so often: it costs as much as there are tasks.
        if (moved_a_task && (index_ < 2000 || index_ % 997 == 0)) {
            std::string wrong = model_.check();
            if (!wrong.empty()) fail(std::move(wrong));
        }
    }

    [[nodiscard]] bool is_kind(EventIndex index, EventKind kind) const {
        return index < rec_.size() && rec_[index].kind == kind;
    }

    const Recording& rec_;
    Model model_;
    size_t limit_;
    EventIndex index_ = 0;
    std::vector<Violation> found_;
};

}  // namespace

std::vector<Violation> check_invariants(const Recording& recording, size_t limit) {
    return Checker(recording, limit).run();
}

}  // namespace loopglass::trace
