// Ui: what a panel gets to draw itself in one frame — the canvas, the state to show, where to put
// intentions, and the pointer. Names given to regions let tests click on them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/gui/canvas.hpp"
#include "app/gui/memory.hpp"
#include "app/gui/state.hpp"
#include "runtime/base/words.hpp"

namespace loopglass::gui {

using base::mark;
using base::tr;

struct Touch {
    bool hovered = false;
    bool clicked = false;  // pressed and released on it
    bool pressed = false;  // the button went down on it this frame
    bool held = false;     // being dragged from it
};

// Where named regions were in the last frame: for tests.
struct Probe {
    struct Mark {
        std::string name;
        Rect rect;
    };
    std::vector<Mark> marks;
    std::vector<Spoken> texts;  // everything written on the screen
    std::string tooltip;
    [[nodiscard]] const Rect* find(std::string_view name) const;
    [[nodiscard]] size_t count(std::string_view prefix) const;  // regions so named
    // The first text that holds `part`; null: nothing says so.
    [[nodiscard]] const Spoken* said(std::string_view part) const;
};

class Ui {
public:
    Ui(const Canvas& its_canvas, const AppState& its_state, Memory& its_memory,
       Actions& its_actions, Probe* probe, double now)
        : canvas(its_canvas),
          state(its_state),
          memory(its_memory),
          actions(its_actions),
          time(now),
          probe_(probe) {}

    const Canvas& canvas;
    const AppState& state;
    Memory& memory;
    Actions& actions;
    const double time;  // seconds, for movement

    // Any alternative of Action. Built in one file only: what a variant of forty costs to compile
    // is paid there, not by every panel.
    template <typename A>
    void act(A action);
    // Tells a test where something was drawn; costs nothing while none looks.
    void note(std::string_view what, std::string_view of, const Rect& rect);
    void note(std::string_view what, uint32_t number, std::string_view of, const Rect& rect);
    // A place that answers to the pointer.
    Touch touch(std::string_view name, const Rect& rect);
    // A rounded button with a text or an icon; `on` draws it chosen.
    bool button(std::string_view name, const Rect& rect, std::string_view label, bool on = false);
    // The ground of the one of several that is chosen.
    void chosen(const Rect& rect);
    bool icon_button(std::string_view name, const Rect& rect, Icon icon);
    // A task's letter and name as one small button that selects it. Answers its width.
    float task_button(std::string_view name, Point at, trace::TaskId task);
    // Wheel notches over a place, up positive; 0 elsewhere.
    [[nodiscard]] float wheel_over(const Rect& rect) const;
    // The first few timers to ring at the focus, and how many there are.
    const Memory::NextBells& next_bells();
    // Where the tour finds a thing.
    void remember_place(std::string_view name, const Rect& rect);
    // One sentence near the pointer.
    void tooltip(std::string_view text);
    [[nodiscard]] Point pointer() const;
    [[nodiscard]] float wheel() const;  // notches this frame, up positive
    [[nodiscard]] bool shift() const;
    [[nodiscard]] float px(float pixels) const { return canvas.sizes(pixels); }
    // Something moves: another frame is wanted soon.
    void keep_moving() { moving_ = true; }
    [[nodiscard]] bool moving() const { return moving_; }
    // Panels under an overlay are drawn but do not answer.
    void set_passive(bool passive) { passive_ = passive; }

private:
    Probe* probe_;
    bool moving_ = false;
    bool passive_ = false;
};

// Every panel: draws itself into its place.
void draw_header(Ui& ui, Rect area);
void draw_lesson_card(Ui& ui, Rect area);
// How high a page's text is in that width.
[[nodiscard]] float lesson_text_height(Ui& ui, std::string_view text, float width);
// The panel above the code: lesson, selected task, objects, findings; and the height it asks for.
void draw_side(Ui& ui, Rect area);
[[nodiscard]] float side_height(Ui& ui, float width, float room);
void draw_inspector(Ui& ui, Rect area);
void draw_things(Ui& ui, Rect area);
void draw_findings(Ui& ui, Rect area);
// Tasks that wait for each other, as the circle they are.
void draw_cycle(Ui& ui, Rect area);
void draw_code(Ui& ui, Rect area);
void draw_editor(Ui& ui, Rect area);  // in the place of the code while it is being edited
// What the code or the editor has to tell below the text: errors, what happened last.
[[nodiscard]] float code_foot_height(Ui& ui, float width);
void draw_code_foot(Ui& ui, const Rect& area);
void draw_loop(Ui& ui, Rect area);
void draw_say(Ui& ui, Rect area);
void draw_output(Ui& ui, Rect area);
void draw_predict(Ui& ui, Rect area);
// The height an open question or its answer asks for, in pixels; 0 where there is none.
[[nodiscard]] float predict_height(Ui& ui, float width);
// While an answer is to be written.
void handle_answer_keys(Ui& ui);
void draw_timeline(Ui& ui, Rect area);
void draw_help(Ui& ui, Rect area);
void draw_why(Ui& ui, Rect area);
void draw_when(Ui& ui, Rect area);
void draw_compare(Ui& ui, Rect area);
void draw_run_under_way(Ui& ui, Rect area);
void draw_tour(Ui& ui, Rect area);
// All of them, laid out for the size of the window; keys as well.
void draw_workspace(Ui& ui, Rect window);
void handle_keys(Ui& ui);
void handle_editor_keys(Ui& ui);
void handle_file_keys(Ui& ui);  // those with Ctrl that open and save
// One frame over the whole display, between ImGui::NewFrame and ImGui::Render. Answers whether
// something moves by itself. `probe` may be null.
bool draw_frame(const Fonts& fonts, float scale, const AppState& state, Memory& memory,
                Actions& actions, Probe* probe);

// Who else answers to keys: the window's own. Asked once a frame.
class MoreKeys {
public:
    virtual void take(Actions& actions) = 0;

protected:
    ~MoreKeys() = default;
};
struct BuiltFrame {
    bool moving = false;  // something moves by itself
    bool acted = false;   // the input did something
};
// A whole frame, from ImGui::NewFrame to ImGui::Render. What its input does is done to the state
// and drawn in this very frame. One that is not shown costs little and is not drawn again.
BuiltFrame build_frame(const Fonts& fonts, float scale, AppState& state, Memory& memory,
                       bool show = true, MoreKeys* more = nullptr, Probe* probe = nullptr);

}  // namespace loopglass::gui
