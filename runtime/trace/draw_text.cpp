#include "runtime/trace/draw_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "runtime/base/text.hpp"

namespace loopglass::trace {
namespace {

using base::append;
using base::cat;

// One column of a lane. The strongest thing that happens inside it is shown.
enum class Cell : uint8_t {
    Empty,
    Idle,
    Waiting,
    Ready,
    Overdue,
    Aside,
    Running,
    Blocking,
    Done,
    Failed,
    Cancelled
};

struct Look {
    std::string_view unicode, ascii, color, meaning;
};
constexpr std::array<Look, 11> kLooks{{
    {" ", " ", "", ""},
    {"·", ".", "2", "idle"},
    {"╱", "/", "2", "waiting"},
    {"░", ":", "33", "ready, not picked"},
    {"▒", "!", "33", "its timer rang, nobody heard"},
    {"┄", "-", "2", "set aside"},
    {"█", "#", "32", "running"},
    {"▓", "@", "31", "blocking the loop"},
    {"✓", "v", "32", "done"},
    {"✗", "x", "31", "failed"},
    {"⊘", "o", "35", "cancelled"},
}};

Cell cell_of(SpanState state) {
    switch (state) {
        case SpanState::None:
        case SpanState::LoopStopped:
            return Cell::Empty;
        case SpanState::New:
        case SpanState::Ready:
            return Cell::Ready;
        case SpanState::Running:
        case SpanState::LoopWorking:
            return Cell::Running;
        case SpanState::Aside:
            return Cell::Aside;
        case SpanState::Waiting:
            return Cell::Waiting;
        case SpanState::Blocking:
            return Cell::Blocking;
        case SpanState::Done:
            return Cell::Done;
        case SpanState::Failed:
            return Cell::Failed;
        case SpanState::Cancelled:
            return Cell::Cancelled;
        case SpanState::LoopIdle:
            return Cell::Idle;
    }
    return Cell::Empty;
}

// Cuts to so many columns.
std::string fit(std::string_view text, unsigned columns) {
    std::string out;
    unsigned used = 0;
    for (size_t i = 0; i < text.size();) {
        size_t next = i + 1;
        while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80)
            ++next;
        if (used == columns) break;
        out += text.substr(i, next - i);
        ++used;
        i = next;
    }
    return out;
}

std::string padded(std::string_view text, unsigned columns) {
    std::string out = fit(text, columns);
    out.append(columns - text_columns(out), ' ');
    return out;
}

class Picture {
public:
    Picture(const Timeline& timeline, const DrawOptions& options)
        : timeline_(timeline), rec_(timeline.recording()), options_(options) {
        const unsigned width = std::max(options.width, 40u);
        names_ = 4;
        for (TaskId id = 1; id <= timeline.task_count() && id <= 1000; ++id) {
            if (!shows(id)) continue;
            names_ = std::max(names_, text_columns(timeline.label(id)));
        }
        names_ = std::min(names_, width / 4);
        columns_ = width - names_ - 2;
        window_ = {options.axis, options.begin, options.end, static_cast<double>(columns_), 1};
        if (window_.end < 0) {
            window_.end =
                options.axis == Axis::Time ? rec_.duration() : static_cast<int64_t>(rec_.size());
            // Room for what happens at the very end.
            window_.end +=
                std::max<int64_t>((window_.end - window_.begin) / std::max(1u, columns_ - 1), 1);
        }
        window_.end = std::max(window_.end, window_.begin + 1);
        seen_ = columns_;
        if (options.horizon < rec_.size())
            seen_ = std::min(columns_, column(timeline.position(options.axis, options.horizon)));
    }

    std::string run() {
        ruler();
        lane(0, "loop");
        std::vector<TaskId> tasks = timeline_.active_tasks(window_);
        std::erase_if(tasks, [this](TaskId task) { return !shows(task); });
        const size_t shown = std::min<size_t>(tasks.size(), options_.most_lanes);
        for (size_t i = 0; i < shown; ++i) lane(tasks[i], timeline_.label(tasks[i]));
        if (shown < tasks.size())
            append(out_, cat("… and ", tasks.size() - shown, " more tasks\n"));
        if (options_.legend) legend();
        return std::move(out_);
    }

private:
    [[nodiscard]] bool shows(TaskId task) const {
        return options_.runtime_tasks || !made_by_runtime(timeline_, task);
    }
    [[nodiscard]] unsigned column(int64_t position) const {
        const double share = static_cast<double>(position - window_.begin) /
                             static_cast<double>(window_.end - window_.begin);
        const double place = share * static_cast<double>(columns_);
        return place <= 0 ? 0 : std::min(columns_, static_cast<unsigned>(place));
    }

    void ruler() {
        std::string marks(columns_, ' ');
        unsigned free_from = 0;
        constexpr unsigned kTicks = 8;
        for (unsigned tick = 0; tick <= kTicks; ++tick) {
            const int64_t at = window_.begin + (window_.end - window_.begin) / kTicks * tick;
            const std::string label =
                options_.axis == Axis::Time ? seconds_text(at) : std::to_string(at);
            const unsigned place = column(at);
            if (place < free_from || place + label.size() > std::max(seen_, 5u)) continue;
            marks.replace(place, label.size(), label);
            free_from = place + static_cast<unsigned>(label.size()) + 2;
        }
        append(out_,
               cat(padded(options_.axis == Axis::Time ? "s" : "event", names_), "  ", marks, '\n'));
        if (options_.focus == kNoEvent || options_.focus >= rec_.size()) return;
        const int64_t focus = timeline_.position(options_.axis, options_.focus);
        if (focus < window_.begin || focus >= window_.end) return;
        append(out_, cat(std::string(names_ + 2 + column(focus), ' '), options_.unicode ? "▼" : "v",
                         '\n'));
    }

    void lane(TaskId task, const std::string& name) {
        std::vector<Cell> cells(columns_, Cell::Empty);
        std::vector<Label> labels;
        timeline_.boxes(task, window_, boxes_);
        for (const Box& box : boxes_) {
            paint(box, task, cells);
            if (box.state == SpanState::Waiting && box.count == 1) {
                const Model model = timeline_.model_at(box.first);
                labels.push_back({column(box.begin), column(box.bell >= 0 ? box.bell : box.end),
                                  wait_words(timeline_, model, box.first).what});
            } else if (box.state == SpanState::Blocking && box.count == 1) {
                const std::string call(rec_.text_of(rec_[box.first].object));
                labels.push_back(
                    {column(box.begin), column(box.end), task != 0 ? call : stuck_in(box)});
            }
        }
        std::fill(cells.begin() + seen_, cells.end(), Cell::Empty);
        std::erase_if(labels, [this](const Label& label) { return label.begin + 2 >= seen_; });
        append(out_, cat(padded(name, names_), "  "));
        write(cells, labels);
        out_ += '\n';
    }

    struct Label {
        unsigned begin, end;
        std::string text;
    };

    [[nodiscard]] std::string stuck_in(const Box& box) const {
        const TaskId task = rec_[box.first].subject;
        return task == 0 ? "stuck" : cat("stuck in ", timeline_.label(task));
    }

    void paint(const Box& box, TaskId task, std::vector<Cell>& cells) const {
        Cell cell = cell_of(box.state);
        if (task == 0 && box.state == SpanState::LoopWorking && box.begin == box.end)
            cell = Cell::Running;
        const unsigned begin = column(std::max(box.begin, window_.begin));
        if (begin >= columns_) return;
        const unsigned end = std::max(column(box.end), begin + 1);
        const unsigned bell = box.bell >= 0 ? column(box.bell) : end;
        for (unsigned c = begin; c < std::min(end, columns_); ++c) {
            const Cell drawn = cell == Cell::Waiting && c >= bell ? Cell::Overdue : cell;
            cells[c] = std::max(cells[c], drawn);
        }
        // What is too small to have a column of its own must still be seen.
        if ((box.flags & kHasBlocking) != 0)
            cells[begin] = std::max(cells[begin], Cell::Blocking);
        else if ((box.flags & kHasRun) != 0)
            cells[begin] = std::max(cells[begin], Cell::Running);
    }

    void write(const std::vector<Cell>& cells, const std::vector<Label>& labels) {
        std::string_view color;
        auto label = labels.begin();
        for (unsigned c = 0; c < columns_;) {
            while (label != labels.end() && label->begin + 2 < c) ++label;
            const bool fits = label != labels.end() && label->begin + 2 == c &&
                              label->begin + 2 + text_columns(label->text) + 2 <=
                                  std::min(label->end, columns_) &&
                              uniform(cells, label->begin + 1, c + text_columns(label->text) + 2);
            if (fits) {
                set_color(color, "");
                append(out_, cat(' ', options_.unicode ? label->text : ascii(label->text), ' '));
                c += text_columns(label->text) + 2;
                continue;
            }
            const Look& look = kLooks[static_cast<size_t>(cells[c++])];
            set_color(color, look.color);
            out_ += options_.unicode ? look.unicode : look.ascii;
        }
        set_color(color, "");
        while (!out_.empty() && out_.back() == ' ') out_.pop_back();
    }

    // Only over cells of the same kind may a label be written.
    static bool uniform(const std::vector<Cell>& cells, unsigned from, unsigned to) {
        return to <= cells.size() && std::all_of(cells.begin() + from, cells.begin() + to,
                                                 [&](Cell cell) { return cell == cells[from]; });
    }
    static std::string ascii(std::string_view text) {
        std::string out;
        for (const char c : text) {
            if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;
            out += static_cast<unsigned char>(c) < 0x80 ? c : '?';
        }
        return out;
    }
    void set_color(std::string_view& now, std::string_view wanted) {
        if (!options_.color || now == wanted) return;
        append(out_, cat("\x1b[", wanted.empty() ? std::string_view("0") : wanted, 'm'));
        now = wanted;
    }

    void legend() {
        std::string line;
        for (const Cell cell :
             {Cell::Running, Cell::Blocking, Cell::Ready, Cell::Waiting, Cell::Overdue, Cell::Idle,
              Cell::Done, Cell::Failed, Cell::Cancelled}) {
            const Look& look = kLooks[static_cast<size_t>(cell)];
            const std::string entry =
                cat(options_.unicode ? look.unicode : look.ascii, ' ', look.meaning);
            if (!line.empty() &&
                text_columns(line) + text_columns(entry) + 3 > names_ + 2 + columns_) {
                append(out_, cat(line, '\n'));
                line.clear();
            }
            append(line, cat(line.empty() ? "" : "   ", entry));
        }
        append(out_, cat(line, '\n'));
    }

    const Timeline& timeline_;
    const Recording& rec_;
    const DrawOptions& options_;
    Window window_;
    unsigned names_ = 0;
    unsigned columns_ = 0;
    unsigned seen_ = 0;  // columns before the horizon
    std::vector<Box> boxes_;
    std::string out_;
};

}  // namespace

unsigned text_columns(std::string_view text) {
    return static_cast<unsigned>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

std::string draw_timeline(const Timeline& timeline, const DrawOptions& options) {
    return Picture(timeline, options).run();
}

std::string draw_table(const Timeline& timeline, EventIndex focus) {
    const Recording& rec = timeline.recording();
    if (rec.empty()) return "nothing was recorded\n";
    const EventIndex at = std::min(focus, rec.size() - 1);
    const Model model = timeline.model_at(at);
    std::vector<std::array<std::string, 8>> rows{
        {"", "task", "state", "steps", "running", "ready", "waiting", "for"}};
    for (TaskId id = 1; id <= model.task_count(); ++id) {
        const TaskState state = model.task(id);
        if (state.phase == TaskPhase::Unborn) continue;
        const LaneTimes times = timeline.lane(id).times_at(rec, at);
        std::string waits;
        if (state.phase == TaskPhase::Waiting) {
            const WaitWords words = wait_words(timeline, model, state.since);
            waits = words.until.empty() ? words.what : cat(words.what, ": ", words.until);
        }
        rows.push_back({timeline.letter(id), timeline.label(id),
                        std::string(phase_name(state.phase)), std::to_string(state.steps),
                        seconds_text(times.running), seconds_text(times.ready),
                        seconds_text(times.waiting), waits});
    }
    std::array<unsigned, 8> widths{};
    for (const auto& row : rows) {
        for (size_t c = 0; c < row.size(); ++c)
            widths[c] = std::max(widths[c], text_columns(row[c]));
    }
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (size_t c = 0; c < row.size(); ++c) {
            const bool number = c >= 3 && c <= 6;
            const std::string gap(widths[c] - text_columns(row[c]), ' ');
            append(line, cat(c == 0 ? "" : "  ", number ? gap : "", row[c], number ? "" : gap));
        }
        while (!line.empty() && line.back() == ' ') line.pop_back();
        append(out, cat(line, '\n'));
    }
    return out;
}

}  // namespace loopglass::trace
