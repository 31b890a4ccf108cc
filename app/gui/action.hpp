// What the reader may want. Panels return actions; AppState::apply is the only place that acts.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/gui/editing/editor.hpp"
#include "runtime/trace/timeline.hpp"
#include "runtime/trace/words.hpp"

namespace loopglass::gui {

struct Seek {
    trace::EventIndex event;
};
struct StepBy {
    int direction;  // +1 forward, -1 back
};
struct SetStepSize {
    trace::StepSize size;
};
struct GoFirst {};
struct GoLast {};
struct TogglePlay {};
struct SetSpeed {
    float events_per_second;
};
struct SelectTask {
    trace::TaskId task;  // 0: none
};
struct SetAxis {
    trace::Axis axis;
};
struct SetView {
    double begin, end;  // axis units
};
struct SetClothes {
    trace::Clothes clothes;
};
struct SetDetail {
    int level;  // 1 to 3
};
struct ToggleTheme {};
struct TogglePresenter {};
struct ScaleText {
    int direction;  // +1 larger, -1 smaller, 0 as it was
};
struct ToggleHelp {};
struct ToggleWhy {};
struct ToggleFullscreen {};
struct ToggleBookmark {};
struct JumpBookmark {
    int direction;
};
struct JumpCause {
    int direction;  // -1: to the cause, +1: to the effect
};
struct UndoNavigation {
    int direction;  // -1 undo, +1 redo
};
struct Answer {
    int choice;  // of the open prediction
};
struct ShowAnswer {};
struct GoPage {
    int direction;
};
struct OpenLesson {
    int direction;
};
struct RunEdited {
    std::string source;
};
struct NewScript {};

using Action = std::variant<Seek, StepBy, SetStepSize, GoFirst, GoLast, TogglePlay, SetSpeed,
                            SelectTask, SetAxis, SetView, SetClothes, SetDetail, ToggleTheme,
                            TogglePresenter, ScaleText, ToggleHelp, ToggleWhy, ToggleFullscreen,
                            ToggleBookmark, JumpBookmark, JumpCause, UndoNavigation, Answer,
                            ShowAnswer, GoPage, OpenLesson, RunEdited, NewScript, Edit>;
using Actions = std::vector<Action>;

}  // namespace loopglass::gui
