// What the files of the timeline share: the scale of the axis and the rows of lanes.
#pragma once

#include "app/gui/ui.hpp"

namespace loopglass::gui {

// Between axis units and pixels.
struct Scale {
    double begin, end;
    float x, w;
    [[nodiscard]] float at(double position) const {
        return x + static_cast<float>((position - begin) / (end - begin)) * w;
    }
    [[nodiscard]] double position(float pixel) const {
        return begin + (end - begin) * static_cast<double>((pixel - x) / w);
    }
};

// One lane on screen; task 0 is the loop's own.
struct LaneRow {
    trace::TaskId task;
    Rect name, bar;
    const LaneGroup* group = nullptr;  // of which `task` is the first, folded into this lane
};
// The loop's own lane: a bar, and below it how many stand in line.
constexpr float kLoopBar = 14;
[[nodiscard]] inline float loop_bar_top(const Ui& ui, const Rect& bar) {
    return bar.center().y - ui.px(kLoopBar / 2 + 3);
}
[[nodiscard]] trace::Window window_of(const Ui& ui, const Scale& scale);
void draw_lane(Ui& ui, const LaneRow& row, const Scale& scale, const trace::Window& window);
void draw_group(Ui& ui, const LaneRow& row, const Scale& scale, const trace::Window& window);
void draw_thread(Ui& ui, const trace::ThreadLane& lane, const LaneRow& row, const Scale& scale);
// The span under the pointer as a whole sentence; empty where there is none.
[[nodiscard]] std::string lane_sentence(const AppState& state, trace::TaskId task,
                                        trace::EventIndex event);
// The same of a folded group: how many of it do what.
[[nodiscard]] std::string group_sentence(const AppState& state, const LaneGroup& group,
                                         trace::EventIndex event);
void draw_transport(Ui& ui, Rect area);

}  // namespace loopglass::gui
