// Facts about the importer that shape this file: `ts` is in microseconds; thread id 0 is taken for
// the process, so tracks are numbered from 1 (the loop) on; a flow's start binds to the slice open
// on its track at that moment and its end, with "bp":"e", to the enclosing slice; id, category and
// name of both ends must agree and be used once.
#include "runtime/trace/chrome.hpp"

#include "runtime/base/text.hpp"
#include "runtime/trace/text_form.hpp"

namespace loopglass::trace {
namespace {

using base::append;
using base::cat;

class Writer {
public:
    Writer(const Timeline& timeline, ChromeOptions options)
        : timeline_(timeline), rec_(timeline.recording()), axis_(options.axis) {}

    std::string run() {
        out_ = "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"program\":\"loopglass\",\"run\":";
        append_json(out_, Recording::short_hash(rec_.hash()));
        out_ += "},\"traceEvents\":[\n";
        names();
        for (TaskId task = 1; task <= timeline_.task_count(); ++task) states(task);
        for (EventIndex i = 0; i < rec_.size(); ++i) event(i);
        close_open_slices();
        out_ += "\n]}\n";
        return std::move(out_);
    }

private:
    static uint32_t track(TaskId task) { return task + 1; }

    // Microseconds with three digits: exact nanoseconds.
    [[nodiscard]] std::string stamp(int64_t ns) const {
        std::string digits = std::to_string(ns % 1000);
        return cat(ns / 1000, '.', std::string(3 - digits.size(), '0'), digits);
    }
    [[nodiscard]] int64_t place(EventIndex index) const {
        return axis_ == Axis::Time ? rec_.time(index) : static_cast<int64_t>(index) * 1000;
    }
    [[nodiscard]] int64_t end_place() const {
        return axis_ == Axis::Time ? rec_.duration() : static_cast<int64_t>(rec_.size()) * 1000;
    }

    // Begins an object: everything but what is special to its phase.
    void open(std::string_view phase, uint32_t tid, int64_t ns, std::string_view name,
              std::string_view category = {}) {
        if (!first_) out_ += ",\n";
        first_ = false;
        append(out_, cat("{\"ph\":\"", phase, "\",\"pid\":1,\"tid\":", tid, ",\"ts\":", stamp(ns),
                         ",\"name\":"));
        append_json(out_, name);
        if (!category.empty()) append(out_, cat(",\"cat\":\"", category, '"'));
    }
    void close() { out_ += '}'; }

    void metadata(std::string_view what, uint32_t tid, std::string_view name) {
        if (!first_) out_ += ",\n";
        first_ = false;
        append(out_, cat("{\"ph\":\"M\",\"pid\":1,\"tid\":", tid, ",\"name\":\"", what,
                         "\",\"args\":{\"name\":"));
        append_json(out_, name);
        out_ += "}}";
    }
    void sort_index(uint32_t tid) {
        append(out_, cat(",\n{\"ph\":\"M\",\"pid\":1,\"tid\":", tid,
                         ",\"name\":\"thread_sort_index\",\"args\":{\"sort_index\":", tid, "}}"));
    }
    void names() {
        metadata("process_name", 1,
                 rec_.info.title.empty() ? std::string_view("loopglass")
                                         : std::string_view(rec_.info.title));
        metadata("thread_name", 1, "loop");
        sort_index(1);
        for (TaskId task = 1; task <= timeline_.task_count(); ++task) {
            const std::string_view name = rec_.text_of(timeline_.task(task).name);
            metadata("thread_name", track(task), cat(timeline_.label(task), " (", name, ")"));
            sort_index(track(task));
        }
    }

    // Thread states tile a task's life; names begin as Perfetto colours them.
    [[nodiscard]] std::string state_name(const Box& span, TaskId task) const {
        switch (span.state) {
            case SpanState::New:
                return "Created";
            case SpanState::Ready:
                return "Runnable";
            case SpanState::Running:
                return "Running";
            case SpanState::Blocking:
                return "Running (blocks the loop)";
            case SpanState::Aside:
                return "Runnable (set aside)";
            case SpanState::Waiting:
                return cat("Sleeping (", name_of(span.awaits), ")");
            default:
                return cat("Dead of task ", task);
        }
    }
    void states(TaskId task) {
        const Lane& lane = timeline_.lane(task);
        for (uint32_t k = 0; k < lane.span_count(); ++k) {
            Box span;
            span.first = lane.span(k);
            span.state = span_state(rec_, span.first, task);
            if (span.state >= SpanState::Done) break;
            span.awaits = rec_[span.first].detail_as<AwaitKind>();
            const int64_t begin = place(span.first);
            const int64_t end = k + 1 < lane.span_count() ? place(lane.span(k + 1)) : end_place();
            open("T", track(task), begin, state_name(span, task));
            append(out_, cat(",\"dur\":", stamp(end - begin)));
            if (span.state == SpanState::Running) out_ += ",\"args\":{\"cpu\":0}";
            close();
        }
    }

    void event(EventIndex i) {
        const Event& e = rec_[i];
        switch (e.kind) {
            case EventKind::TaskResumed:
                begin_slice(e.subject, i, cat("step of ", timeline_.label(e.subject)), "run");
                arrive(i);
                break;
            case EventKind::TaskSuspended:
            case EventKind::TaskDone:
            case EventKind::TaskFailed:
            case EventKind::TaskCancelled:
                end_slice(e.subject, i);
                break;
            case EventKind::CallbackBegin:
                begin_slice(0, i, "callback", "callback");
                break;
            case EventKind::CallbackEnd:
                end_slice(0, i);
                break;
            case EventKind::BlockedBegin:
                begin_slice(e.subject, i, rec_.text_of(e.object), "blocks the loop");
                break;
            case EventKind::BlockedEnd:
                end_slice(e.subject, i);
                break;
            case EventKind::TaskEnqueued:
                depart(i);
                break;
            case EventKind::Printed:
                instant(i, rec_.text_of(e.object), "print");
                break;
            case EventKind::Logged:
                instant(i, rec_.text_of(e.object), "log");
                break;
            case EventKind::UserMark:
                instant(i, rec_.text_of(e.object), "mark");
                break;
            case EventKind::ExceptionRaised:
                instant(i, rec_.text_of(e.object), "exception");
                break;
            case EventKind::CancelRequested:
                instant(i, "cancel requested", "cancel");
                break;
            case EventKind::IterationBegin:
                open("C", 1, place(i), "loop");
                append(out_, cat(",\"args\":{\"ready\":", e.object, ",\"timers\":", e.arg, '}'));
                close();
                break;
            default:
                break;
        }
    }

    // Slices are B/E pairs, so that a blocking call nests inside its step.
    void begin_slice(TaskId task, EventIndex i, std::string_view name, std::string_view category) {
        open("B", track(task), place(i), name, category);
        append(out_, cat(",\"args\":{\"event\":", i));
        if (rec_[i].line != 0) append(out_, cat(",\"line\":", rec_[i].line));
        out_ += '}';
        close();
        if (depth_.size() <= task) depth_.resize(task + 1, 0);
        ++depth_[task];
    }
    void end_slice(TaskId task, EventIndex i) {
        if (task >= depth_.size() || depth_[task] == 0) return;
        --depth_[task];
        open("E", track(task), place(i), "");
        close();
    }
    void close_open_slices() {
        for (TaskId task = 0; task < depth_.size(); ++task) {
            for (; depth_[task] > 0; --depth_[task]) {
                open("E", track(task), end_place(), "");
                close();
            }
        }
    }
    void instant(EventIndex i, std::string_view name, std::string_view category) {
        open("i", track(rec_[i].subject), place(i), name, category);
        out_ += ",\"s\":\"t\"";
        close();
    }

    // An arrow begins on the waker's track if a slice is open there, and ends at the woken task's
    // next step.
    void depart(EventIndex enqueued) {
        const TaskId from = timeline_.actor(enqueued);
        const TaskId to = rec_[enqueued].subject;
        if (from >= depth_.size() || depth_[from] == 0 || from == to) return;
        if (timeline_.when_will_run(to, enqueued) == kNoEvent) return;
        if (pending_.size() <= to) pending_.resize(to + 1, kNoEvent);
        pending_[to] = enqueued;
        open("s", track(from), place(enqueued), "wake", "wake");
        append(out_, cat(",\"id\":", enqueued + 1));
        close();
    }
    void arrive(EventIndex resumed) {
        const TaskId to = rec_[resumed].subject;
        if (to >= pending_.size() || pending_[to] == kNoEvent) return;
        open("f", track(to), place(resumed), "wake", "wake");
        append(out_, cat(",\"bp\":\"e\",\"id\":", pending_[to] + 1));
        close();
        pending_[to] = kNoEvent;
    }

    const Timeline& timeline_;
    const Recording& rec_;
    Axis axis_;
    std::string out_;
    bool first_ = true;
    std::vector<uint32_t> depth_;      // open slices, by task
    std::vector<EventIndex> pending_;  // arrows under way, by task
};

}  // namespace

std::string write_chrome(const Timeline& timeline, ChromeOptions options) {
    return Writer(timeline, options).run();
}

}  // namespace loopglass::trace
