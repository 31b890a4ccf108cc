// Tasks that do the same, folded into one lane: how many of them wait and are ready as a skyline,
// and every turn in the colour of whoever had it.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/gui/panels/timeline_parts.hpp"

namespace loopglass::gui {

using trace::Box;
using trace::SpanState;
using trace::TaskId;

namespace {

constexpr size_t kAsked = 256;  // of a larger group every so many-th stands for those around it

// What goes on in a strip of the lane.
struct Strip {
    float waiting = 0, ready = 0;  // members
    TaskId runs = 0;               // the last one that had the turn
    bool trouble = false;
};

class Strips {
public:
    Strips(const LaneRow& row, const Scale& scale, float width)
        : bar_(row.bar),
          scale_(scale),
          width_(width),
          strips_(static_cast<size_t>(row.bar.w / width) + 1) {}

    void take(TaskId task, const Box& box) {
        const float x0 = scale_.at(static_cast<double>(box.begin)) - bar_.x,
                    x1 = scale_.at(static_cast<double>(box.end)) - bar_.x;
        if (x1 < 0 || x0 > bar_.w) return;
        const size_t last = strips_.size() - 1;
        const auto strip = [&](float x) {
            return std::min(static_cast<size_t>(std::max(x, 0.0f) / width_), last);
        };
        const bool merged = box.count > 1;
        const bool runs = merged ? (box.flags & trace::kHasRun) != 0
                                 : box.state == SpanState::Running ||
                                       box.state == SpanState::Blocking ||
                                       box.state == SpanState::Aside;
        const bool waits = merged ? !runs : box.state == SpanState::Waiting;
        const bool ready =
            !merged && (box.state == SpanState::Ready || box.state == SpanState::New);
        for (size_t i = strip(x0), end = strip(x1); i <= end; ++i) {
            if (runs) strips_[i].runs = task;
            if (waits) strips_[i].waiting += 1;
            if (ready) strips_[i].ready += 1;
            strips_[i].trouble |= box.state == SpanState::Blocking ||
                                  (box.flags & (trace::kHasBlocking | trace::kHasFailure)) ||
                                  box.state == SpanState::Failed;
        }
    }

    // `future`: where it begins; `members`: how many make the lane full.
    void draw(Ui& ui, float future, float members) const {
        const Canvas& c = ui.canvas;
        const float turns = std::round(bar_.h * 0.42f), room = bar_.h - turns - ui.px(1);
        const auto high = [&](float count) {
            return std::min(room, std::ceil(room * count / std::max(members, 1.0f)));
        };
        for (size_t i = 0; i < strips_.size(); ++i) {
            const Strip& strip = strips_[i];
            const float x = bar_.x + width_ * static_cast<float>(i);
            const float veil = x > future ? 0.5f : 1.0f;
            const float waiting = high(strip.waiting), ready = high(strip.ready);
            if (strip.waiting > 0)
                c.fill({x, bar_.bottom() - waiting, width_, waiting},
                       fade(c.theme.dim, 0.5f * veil));
            if (strip.ready > 0)
                c.fill({x, bar_.bottom() - std::min(room, waiting + ready), width_, ready},
                       fade(c.theme.accent, 0.5f * veil));
            if (strip.runs)
                c.fill({x, bar_.y, width_, turns}, fade(c.theme.task(strip.runs), veil));
            if (strip.trouble)
                c.fill({x, bar_.bottom() - ui.px(3), width_, ui.px(3)}, fade(c.theme.error, veil));
        }
    }

private:
    Rect bar_;
    const Scale& scale_;
    float width_;
    std::vector<Strip> strips_;
};

void draw_name(Ui& ui, const LaneRow& row) {
    const Canvas& c = ui.canvas;
    const LaneGroup& group = *row.group;
    const Rect chip{row.name.x, row.bar.center().y - ui.px(10), ui.px(24), ui.px(20)};
    // Two cards behind the first: there are more of them.
    for (const float by : {4.0f, 2.0f})
        c.fill({chip.x + ui.px(by), chip.y - ui.px(by), chip.w, chip.h},
               mix(c.theme.panel, c.theme.task(group.tasks.back()), by > 3 ? 0.3f : 0.55f), 5);
    c.chip(chip, ui.state.timeline().letter(row.task), c.theme.task(row.task));
    const std::string count = "×" + std::to_string(group.tasks.size());
    const float room = row.name.right() - chip.right() - ui.px(16);
    const float width = c.text_width(count, Face::Text, 13);
    const float used = c.text_level_cut(chip.right() + ui.px(12), chip.center().y, group.name,
                                        room - width - ui.px(6), Face::Strong, 13, c.theme.text);
    c.text_level(chip.right() + ui.px(18) + used, chip.center().y, count, Face::Text, 13,
                 c.theme.dim);
    const Touch touch = ui.touch("timeline/group" + std::to_string(row.task), row.name);
    if (touch.hovered) ui.tooltip(tr("A click gives each of them a lane of its own."));
    if (touch.clicked) ui.act(ToggleFold{row.task});
}

}  // namespace

void draw_group(Ui& ui, const LaneRow& row, const Scale& scale, const trace::Window& window) {
    draw_name(ui, row);
    const std::vector<TaskId>& tasks = row.group->tasks;
    const size_t step = (tasks.size() + kAsked - 1) / kAsked;
    Strips strips(row, scale, ui.px(3));
    static thread_local std::vector<Box> boxes;
    float asked = 0;
    for (size_t i = 0; i < tasks.size(); i += step, ++asked) {
        ui.state.timeline().boxes(tasks[i], window, boxes);
        for (const Box& box : boxes) strips.take(tasks[i], box);
    }
    const auto now = ui.state.timeline().position(ui.state.axis(), ui.state.focus());
    ui.note("timeline/folded", row.task, "", row.bar);
    strips.draw(ui, scale.at(static_cast<double>(now)), asked);
}

std::string group_sentence(const AppState& state, const LaneGroup& group, trace::EventIndex event) {
    const trace::Timeline& timeline = state.timeline();
    if (event == trace::kNoEvent || event >= timeline.size()) return {};
    size_t waiting = 0, ready = 0, over = 0, unborn = 0;
    std::string runs;
    for (const TaskId task : group.tasks) {
        const int64_t at = timeline.lane(task).span_at(event);
        if (at < 0) {
            ++unborn;
            continue;
        }
        switch (trace::span_state(timeline.recording(),
                                  timeline.lane(task).span(static_cast<uint32_t>(at)), task)) {
            case SpanState::Running:
            case SpanState::Blocking:
            case SpanState::Aside:
                runs = timeline.label(task);
                break;
            case SpanState::Waiting:
                ++waiting;
                break;
            case SpanState::New:
            case SpanState::Ready:
                ++ready;
                break;
            default:
                ++over;
        }
    }
    std::string out = std::to_string(group.tasks.size()) + " × " + group.name + ": ";
    if (!runs.empty()) out += runs + tr(" has the turn, ");
    out += std::to_string(ready) + tr(" ready, ") + std::to_string(waiting) + tr(" waiting, ") +
           std::to_string(over) + tr(" at their end");
    if (unborn) out += ", " + std::to_string(unborn) + tr(" not made yet");
    return out + ".";
}

}  // namespace loopglass::gui
