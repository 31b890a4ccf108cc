// What the reader may want. Panels return actions; AppState::apply is the only place that acts.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/gui/editing/editor.hpp"
#include "runtime/trace/timeline.hpp"
#include "runtime/trace/words.hpp"

namespace loopglass::gui {

// A drag is one gesture however many places it passes: it leaves one entry to undo.
enum class Gesture : uint8_t { Single, Begin, Continue };
struct Seek {
    trace::EventIndex event;
    Gesture gesture = Gesture::Single;
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
// What the panel above the code shows.
enum class Side : uint8_t { Lesson, Task, Things, Findings };
struct SetSide {
    Side side;
};
// Where playing stops: a line is about to run, anything is printed, a task comes into a state.
struct Breakpoint {
    enum class Kind : uint8_t { Line, Print, Phase };
    Kind kind = Kind::Line;
    uint32_t line = 0;
    trace::TaskId task = 0;
    trace::TaskPhase phase = trace::TaskPhase::Running;
    friend bool operator==(const Breakpoint&, const Breakpoint&) = default;
};
struct ToggleBreakpoint {
    Breakpoint breakpoint;
};
struct ClearBreakpoints {};
struct RunToStop {
    int direction;  // +1 to the next breakpoint's moment, -1 to the one before
};
struct TourStep {
    int direction;  // +1 next, -1 back, 0 ends it
};
struct StartTour {};
struct ToggleReducedMotion {};
struct DismissNote {};  // where the analogy breaks: read
// Tasks that do the same in one lane; or, of a folded group, its first task: unfold that one.
struct ToggleFold {
    trace::TaskId group;  // 0: all
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
struct ToggleWhy {};   // why did this happen now?
struct ToggleWhen {};  // when will the selected task run?
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
struct PickLine {
    int line;  // of the open prediction, comes next in its order; -1: the last one was wrong
};
struct WriteAnswer {
    std::string text;  // so far
};
struct HandIn {};  // what was written
struct ShowAnswer {};
struct GoPage {
    int direction;
};
struct OpenCompare {
    int index;  // of the document's comparisons; -1 closes it
};
struct OpenLesson {
    int direction;
};
struct RunEdited {
    std::string source;
};
struct StopRun {};  // of the script that runs now
struct NewScript {};

using Action =
    std::variant<Seek, StepBy, SetStepSize, GoFirst, GoLast, TogglePlay, SetSpeed, SelectTask,
                 SetAxis, SetView, SetClothes, SetDetail, ToggleTheme, TogglePresenter, ScaleText,
                 ToggleHelp, ToggleWhy, ToggleFullscreen, ToggleBookmark, JumpBookmark, JumpCause,
                 UndoNavigation, ToggleWhen, SetSide, ToggleBreakpoint, ClearBreakpoints, RunToStop,
                 TourStep, StartTour, ToggleReducedMotion, DismissNote, Answer, PickLine,
                 WriteAnswer, HandIn, ShowAnswer, GoPage, OpenCompare, OpenLesson, RunEdited,
                 StopRun, NewScript, Edit, ToggleFold>;
using Actions = std::vector<Action>;

}  // namespace loopglass::gui
