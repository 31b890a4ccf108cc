// Two runs side by side on one time axis: what a lesson compares, or a wrong answer beside the
// truth. Above the lanes of both, below what they print, with the first difference marked.
#include <algorithm>
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

using trace::Box;
using trace::SpanState;
using trace::Timeline;

constexpr size_t kMostLanes = 8;
constexpr float kNames = 150;

// The tasks of the script itself, in order of creation; in a script without tasks, the script.
std::vector<trace::TaskId> lanes_of(const Timeline& timeline) {
    std::vector<trace::TaskId> out;
    for (trace::TaskId task = 1; task <= timeline.task_count() && out.size() < kMostLanes; ++task) {
        const trace::EventIndex made = timeline.task(task).created;
        if (made == trace::kNoEvent ||
            timeline.recording()[made].detail_as<trace::TaskOrigin>() != trace::TaskOrigin::Runtime)
            out.push_back(task);
    }
    if (out.empty()) out.push_back(0);
    return out;
}

float lane_height(const Ui& ui, const Timeline& left, const Timeline& right) {
    return ui.px(lanes_of(left).size() + lanes_of(right).size() > 10 ? 22 : 28);
}

struct RunSide {
    const Timeline& timeline;
    const std::string& name;
};

void draw_box(const Canvas& c, const Box& box, const Rect& bar, Color color) {
    const float over = c.sizes(3);
    switch (box.state) {
        case SpanState::Waiting:
            return c.hatch(bar, fade(color, 0.6f));
        case SpanState::Ready:
            return c.dots(bar, color);
        case SpanState::Blocking:
            c.fill(bar, mix(c.theme.panel, color, 0.62f), 3);
            return c.frame(bar, c.theme.error, 3, 1.6f);
        case SpanState::Running:
            return c.fill({bar.x, bar.y - over, bar.w, bar.h + 2 * over}, color, 3);
        default:
            return;
    }
}

// True time; or, where no time passes, every event as wide as another.
struct CommonAxis {
    trace::Axis axis = trace::Axis::Time;
    int64_t end = 1;
};
CommonAxis common_axis(const Timeline& left, const Timeline& right) {
    const int64_t time = std::max(left.recording().duration(), right.recording().duration());
    if (time >= 1'000'000) return {trace::Axis::Time, time};
    return {trace::Axis::Events, std::max<int64_t>({left.size(), right.size(), 1})};
}

// One run's lanes; `end` is where the common axis ends.
float draw_lanes(Ui& ui, Rect area, float row, const RunSide& side, const CommonAxis& axis) {
    const Canvas& c = ui.canvas;
    const float names = ui.px(kNames);
    c.text_cut({area.x, area.y}, side.name, area.w, Face::Strong, 13, c.theme.dim);
    float y = area.y + ui.px(20);
    for (const trace::TaskId task : lanes_of(side.timeline)) {
        const Rect lane{area.x + names, y, area.w - names, row};
        const Rect chip{area.x, y + (row - ui.px(18)) / 2, ui.px(24), ui.px(18)};
        if (task) c.chip(chip, side.timeline.letter(task), c.theme.task(task));
        c.text_level_cut(chip.right() + ui.px(8), chip.center().y, side.timeline.label(task),
                         names - ui.px(44), Face::Strong, 13, c.theme.text);
        std::vector<Box> boxes;
        side.timeline.boxes(task, {axis.axis, 0, axis.end, static_cast<double>(lane.w), 0}, boxes);
        const auto at = [&](int64_t when) {
            return lane.x +
                   static_cast<float>(static_cast<double>(when) / static_cast<double>(axis.end)) *
                       (lane.w - ui.px(6));
        };
        for (const Box& box : boxes) {
            const float x = at(box.begin);
            const float gap = box.state == SpanState::Blocking ? ui.px(2) : 0;
            draw_box(c, box,
                     {x, y + row * 0.25f, std::max(at(box.end) - x - gap, ui.px(6)), row * 0.5f},
                     c.theme.task(task));
        }
        y += row;
    }
    return y - area.y + ui.px(12);
}

std::string printed(const Timeline& timeline, size_t line) {
    if (line >= timeline.prints().size()) return "";
    const trace::Recording& recording = timeline.recording();
    std::string text(recording.text_of(recording[timeline.prints()[line]].object));
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return trace::seconds_text(recording.time(timeline.prints()[line])) + "  " + text;
}

// Both outputs in two columns, scrolled so that the first difference is in sight.
void draw_outputs(Ui& ui, const Rect& area, const RunSide& left, const RunSide& right) {
    const Canvas& c = ui.canvas;
    const size_t lines = std::max(left.timeline.prints().size(), right.timeline.prints().size());
    size_t difference = 0;
    while (difference < lines &&
           printed(left.timeline, difference) == printed(right.timeline, difference))
        ++difference;
    const float row = ui.px(22), half = area.w / 2;
    const auto room = static_cast<size_t>(std::max(area.h / row - 1, 1.0f));
    const size_t first = difference < lines && difference + 2 > room ? difference + 2 - room : 0;
    c.text_cut({area.x, area.y}, left.name, half - ui.px(16), Face::Strong, 13, c.theme.dim);
    c.text_cut({area.x + half, area.y}, right.name, half, Face::Strong, 13, c.theme.dim);
    for (size_t i = first; i < std::min(lines, first + room); ++i) {
        const float y = area.y + row * static_cast<float>(i - first + 1);
        if (i == difference) {
            c.fill({area.x - ui.px(8), y - ui.px(2), area.w + ui.px(16), row}, c.theme.inset, 5);
            c.frame({area.x - ui.px(8), y - ui.px(2), area.w + ui.px(16), row}, c.theme.accent, 5);
        }
        const Color ink = i > difference ? c.theme.dim : c.theme.text;
        c.text_cut({area.x, y + ui.px(2)}, printed(left.timeline, i), half - ui.px(16), Face::Mono,
                   13, ink);
        c.text_cut({area.x + half, y + ui.px(2)}, printed(right.timeline, i), half, Face::Mono, 13,
                   ink);
    }
}

void draw_axis(Ui& ui, const Rect& area, const CommonAxis& axis) {
    const Canvas& c = ui.canvas;
    if (axis.axis == trace::Axis::Events) return;
    const float names = ui.px(kNames);
    for (int i = 0; i <= 4; ++i) {
        const std::string text = trace::seconds_text(axis.end * i / 4);
        const float x = area.x + names + (area.w - names - ui.px(6)) * static_cast<float>(i) / 4;
        const float width = c.text_width(text, Face::Mono, 13);
        c.text({std::min(x - width / 2, area.right() - width), area.y}, text, Face::Mono, 13,
               c.theme.faint);
    }
}

}  // namespace

void draw_compare(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const Comparison& shown =
        ui.state.document().comparisons[static_cast<size_t>(ui.state.compare_open)];
    const RunSide left{shown.left ? *shown.left : ui.state.timeline(), shown.left_name};
    const RunSide right{*shown.right, shown.right_name};
    const CommonAxis axis = common_axis(left.timeline, right.timeline);
    c.fill(area, fade(c.theme.background, 0.75f));
    const float width = std::min(ui.px(1080), area.w - ui.px(40));
    const float row = lane_height(ui, left.timeline, right.timeline);
    const auto lanes =
        static_cast<float>(lanes_of(left.timeline).size() + lanes_of(right.timeline).size());
    const auto lines =
        static_cast<float>(std::max(left.timeline.prints().size(), right.timeline.prints().size()));
    const float sentence = shown.sentence.empty()
                               ? 0
                               : ui.px(14) + c.text_wrapped({}, shown.sentence, width - ui.px(44),
                                                            Face::Text, 15, c.theme.text, false);
    const float height =
        std::min(ui.px(196) + sentence + row * lanes + ui.px(22) * lines, area.h - ui.px(40));
    const Rect box{area.center().x - width / 2, area.center().y - height / 2, width, height};
    c.fill(box, c.theme.panel, 12);
    c.frame(box, c.theme.accent, 12, 1.5f);
    Rect inside = box.inner(ui.px(22));
    const Rect close{box.right() - ui.px(42), box.y + ui.px(14), ui.px(26), ui.px(26)};
    if (ui.touch("compare/close", close).clicked) ui.act(OpenCompare{-1});
    c.icon(Icon::Close, close.inner(ui.px(6)), c.theme.dim);
    const Rect title = inside.take_top(ui.px(30));
    c.text_cut({title.x, title.y}, shown.title, title.w - ui.px(40), Face::Strong, 17,
               c.theme.text);
    if (!shown.sentence.empty())
        c.text_wrapped({inside.x, inside.y}, shown.sentence, inside.w, Face::Text, 15,
                       c.theme.text);
    inside.take_top(sentence);
    inside.take_top(draw_lanes(ui, inside, row, left, axis));
    inside.take_top(draw_lanes(ui, inside, row, right, axis));
    draw_axis(ui, inside.take_top(ui.px(28)), axis);
    c.clip({inside.x - ui.px(10), inside.y, inside.w + ui.px(20), inside.h});
    draw_outputs(ui, inside, left, right);
    c.unclip();
    if (ui.touch("compare/outside", area).clicked && !box.contains(ui.pointer()))
        ui.act(OpenCompare{-1});
}

}  // namespace loopglass::gui
