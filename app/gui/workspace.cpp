// The layout of the window, and its keys.
#include <imgui.h>

#include <algorithm>
#include <string>

#include "app/gui/keys.hpp"
#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

struct KeyHelp {
    const char* keys;
    const char* what;
};
constexpr KeyHelp kKeys[] = {
    {"→  ←", "step forward and back by the chosen size"},
    {"↑  ↓", "choose the size of a step: statement, switch, iteration, clock jump"},
    {"Space", "play and pause"},
    {"Home  End", "to the beginning, to the end"},
    {"[  ]", "to the cause of this event, to its effect"},
    {"W", "why did this happen now?"},
    {"1 – 4", "choose an answer"},
    {"B   N", "set a bookmark, go to the next one"},
    {"Ctrl+Z  Ctrl+Y", "back to where you were, and forth again"},
    {"E", "event axis or true time"},
    {"C", "other clothes: asyncio, restaurant, theatre"},
    {"PgUp  PgDn", "page of the lesson"},
    {"+  −", "larger and smaller type"},
    {"T", "light or dark"},
    {"F5", "presenter mode"},
    {"F11", "full screen"},
    {"Enter", "edit the script; Ctrl+Enter runs it, Esc goes back"},
    {"Ctrl+O  Ctrl+S  Ctrl+N", "open, save, begin a script of your own"},
    {"Ctrl+Q", "close"},
    {"?", "this list"},
};

void cycle_step(Ui& ui, int direction) {
    constexpr trace::StepSize kSizes[] = {trace::StepSize::Statement, trace::StepSize::Switch,
                                          trace::StepSize::Iteration, trace::StepSize::ClockJump};
    int at = 1;
    for (int i = 0; i < 4; ++i)
        if (kSizes[i] == ui.state.settings.step) at = i;
    ui.act(SetStepSize{kSizes[std::clamp(at + direction, 0, 3)]});
}

// Keys that type a character, so that every keyboard layout has them.
void handle_character(Ui& ui, unsigned character) {
    const AppState& state = ui.state;
    switch (character) {
        case '?':
            return ui.act(ToggleHelp{});
        case '[':
            return ui.act(JumpCause{-1});
        case ']':
            return ui.act(JumpCause{+1});
        case 'w':
        case 'W':
            return ui.act(ToggleWhy{});
        case 'b':
        case 'B':
            return ui.act(ToggleBookmark{});
        case 'n':
        case 'N':
            return ui.act(JumpBookmark{+1});
        case 't':
        case 'T':
            return ui.act(ToggleTheme{});
        case 'e':
        case 'E':
            return ui.act(SetAxis{state.settings.axis == trace::Axis::Time ? trace::Axis::Events
                                                                           : trace::Axis::Time});
        case 'c':
        case 'C':
            return ui.act(SetClothes{
                static_cast<trace::Clothes>((static_cast<int>(state.settings.clothes) + 1) % 3)});
        case '+':
        case '=':
            return ui.act(ScaleText{+1});
        case '-':
            return ui.act(ScaleText{-1});
        default:
            break;
    }
    if (character >= '1' && character <= '9' && state.open_prediction())
        ui.act(Answer{static_cast<int>(character - '1')});
}

}  // namespace

void handle_keys(Ui& ui) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.WantTextInput) return;
    if (io.KeyCtrl) handle_file_keys(ui);
    if (ui.state.editor().active()) return handle_editor_keys(ui);
    if (pressed(ImGuiKey_Enter, false)) {
        if (io.KeyCtrl)
            ui.act(RunEdited{ui.state.editor().text().text()});
        else
            ui.act(Edit{});
    }
    if (pressed(ImGuiKey_Escape, false)) {
        if (ui.state.help_open) ui.act(ToggleHelp{});
        if (ui.state.why_open) ui.act(ToggleWhy{});
    }
    if (pressed(ImGuiKey_RightArrow)) ui.act(StepBy{+1});
    if (pressed(ImGuiKey_LeftArrow)) ui.act(StepBy{-1});
    if (pressed(ImGuiKey_UpArrow, false)) cycle_step(ui, -1);
    if (pressed(ImGuiKey_DownArrow, false)) cycle_step(ui, +1);
    if (pressed(ImGuiKey_Space, false)) ui.act(TogglePlay{});
    if (pressed(ImGuiKey_Home, false)) ui.act(GoFirst{});
    if (pressed(ImGuiKey_End, false)) ui.act(GoLast{});
    if (pressed(ImGuiKey_PageUp, false)) ui.act(GoPage{-1});
    if (pressed(ImGuiKey_PageDown, false)) ui.act(GoPage{+1});
    if (io.KeyCtrl && pressed(ImGuiKey_Z)) ui.act(UndoNavigation{-1});
    if (io.KeyCtrl && pressed(ImGuiKey_Y)) ui.act(UndoNavigation{+1});
    if (io.KeyCtrl) return;
    for (const ImWchar character : io.InputQueueCharacters) handle_character(ui, character);
}

void draw_help(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const float row = ui.px(30), width = ui.px(620);
    const Rect box{area.center().x - width / 2, area.y + ui.px(60), width,
                   ui.px(80) + row * static_cast<float>(std::size(kKeys))};
    c.fill(area, fade(c.theme.background, 0.7f));
    if (ui.touch("help/outside", area).clicked) ui.act(ToggleHelp{});
    c.fill(box, c.theme.panel, 12);
    c.frame(box, c.theme.line, 12);
    c.text({box.x + ui.px(28), box.y + ui.px(22)}, "Keys", Face::Strong, 17, c.theme.text);
    float y = box.y + ui.px(60);
    for (const KeyHelp& key : kKeys) {
        c.text({box.x + ui.px(28), y}, key.keys, Face::Mono, 15, c.theme.accent);
        c.text({box.x + ui.px(190), y}, key.what, Face::Text, 15, c.theme.text);
        y += row;
    }
}

void draw_workspace(Ui& ui, Rect window) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const Rect whole = window;
    ui.set_passive(state.help_open || state.why_open);
    c.fill(window, c.theme.background);
    draw_header(ui, window.take_top(ui.px(46)));
    const float margin = ui.px(14), gap = ui.px(12);
    Rect body = window.inner(margin);
    const bool small = body.h < ui.px(760);
    const auto lanes = static_cast<float>(std::clamp<size_t>(state.shown_tasks().size() + 1, 3, 6));
    const Rect timeline = body.take_bottom(std::min(
        ui.px(small ? 110.0f : 130.0f) + ui.px(37) * lanes, body.h * (small ? 0.40f : 0.42f)));
    body.take_bottom(gap);
    Rect left = body.take_left(std::max(ui.px(380), body.w * 0.365f));
    body.take_left(gap);
    if (!state.document().pages.empty()) {
        draw_lesson_card(ui, left.take_top(ui.px(small ? 96 : 124)));
        left.take_top(gap);
    }
    if (state.editor().active())
        draw_editor(ui, left);
    else
        draw_code(ui, left);
    Rect right = body;
    const Rect bottom = right.take_bottom(ui.px(small ? 84 : 96));
    right.take_bottom(gap);
    draw_say(ui, right.take_bottom(ui.px(small ? 70 : 84)));
    right.take_bottom(gap);
    draw_loop(ui, right);
    Rect predict = bottom;
    draw_output(ui, predict.take_left(bottom.w * 0.38f));
    predict.take_left(gap);
    draw_predict(ui, predict);
    draw_timeline(ui, timeline);
    ui.set_passive(false);
    if (state.why_open) draw_why(ui, whole);
    if (state.help_open) draw_help(ui, whole);
}

bool draw_frame(const Fonts& fonts, float scale, const AppState& state, Actions& actions,
                Probe* probe) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("workspace", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav);
    const Canvas canvas(ImGui::GetWindowDrawList(), fonts, theme(state.settings.dark),
                        Sizes{scale});
    Ui ui(canvas, state, actions, probe, ImGui::GetTime());
    draw_workspace(ui, {0, 0, size.x, size.y});
    handle_keys(ui);
    ImGui::End();
    ImGui::PopStyleVar(2);
    return ui.moving();
}

}  // namespace loopglass::gui
