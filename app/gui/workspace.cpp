// The layout of the window, and its keys.
#include <imgui.h>

#include <algorithm>
#include <string>

#include "app/gui/keys.hpp"
#include "app/gui/prompt.hpp"
#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

// Without keys: the heading of a group; a column ends before one that says so.
struct KeyHelp {
    const char* keys;
    const char* what;
    bool column = false;
};
constexpr KeyHelp kKeys[] = {
    {nullptr, mark("TIME")},
    {"→ ←", mark("step forward and back")},
    {"↑ ↓", mark("larger and smaller steps")},
    {"Space", mark("play and pause")},
    {"Home End", mark("to the beginning, to the end")},
    {"[ ]", mark("to the cause of this event, its effect")},
    {". ,", mark("to the next breakpoint, the one before")},
    {"Ctrl+Z Ctrl+Y", mark("back to where you were, forth again")},
    {nullptr, mark("QUESTIONS")},
    {"w W", mark("why did it happen? when will it run?")},
    {"1 – 9 a", mark("choose an answer; show it")},
    {"v r", mark("side by side; run a wrong answer")},
    {nullptr, mark("LOOK"), true},
    {"Tab", mark("choose the next task")},
    {"i o l", mark("task, locks and queues, findings")},
    {"b n N", mark("bookmark; next one, one before")},
    {"k p", mark("stop at this line, at every print")},
    {"c", mark("asyncio, restaurant, theatre")},
    {"d", mark("how much detail")},
    {nullptr, mark("TIMELINE")},
    {"z Z 0", mark("closer, wider, all of it")},
    {"( )", mark("to the left, to the right")},
    {"e", mark("event axis or true time")},
    {"g", mark("fold tasks that do the same")},
    {nullptr, mark("LESSON"), true},
    {"PgUp PgDn", mark("page of the lesson")},
    {"{ }", mark("lesson before, next lesson")},
    {nullptr, mark("SCRIPT")},
    {"Enter", mark("edit the script; Esc goes back")},
    {"Ctrl+Enter", mark("run it, stay at the same moment")},
    {"Ctrl+ O S N", mark("open, save, begin a new one")},
    {">", mark("a prompt inside this run")},
    {nullptr, mark("WINDOW")},
    {"+ −", mark("larger and smaller type")},
    {"t m", mark("light or dark; reduced motion")},
    {"F5 F11", mark("presenter mode, full screen")},
    {"Ctrl+Q", mark("close")},
};

void cycle_step(Ui& ui, int direction) {
    constexpr trace::StepSize kSizes[] = {trace::StepSize::Statement, trace::StepSize::Switch,
                                          trace::StepSize::Iteration, trace::StepSize::ClockJump};
    int at = 1;
    for (int i = 0; i < 4; ++i)
        if (kSizes[i] == ui.state.step_size()) at = i;
    ui.act(SetStepSize{kSizes[std::clamp(at + direction, 0, 3)]});
}

void zoom(Ui& ui, double factor) {
    const AppState& state = ui.state;
    const auto at =
        state.timeline().size()
            ? static_cast<double>(state.timeline().position(state.axis(), state.focus()))
            : 0.0;
    ui.act(SetView{at - (at - state.view_begin()) * factor, at + (state.view_end() - at) * factor});
}

void pan(Ui& ui, double share) {
    const double move = (ui.state.view_end() - ui.state.view_begin()) * share;
    ui.act(SetView{ui.state.view_begin() + move, ui.state.view_end() + move});
}

void select_next(Ui& ui, int direction) {
    const std::vector<trace::TaskId>& tasks = ui.state.shown_tasks();
    if (tasks.empty()) return;
    const auto at = std::find(tasks.begin(), tasks.end(), ui.state.selected());
    const auto count = static_cast<int>(tasks.size());
    const int from =
        at == tasks.end() ? (direction > 0 ? -1 : 0) : static_cast<int>(at - tasks.begin());
    ui.act(SelectTask{tasks[static_cast<size_t>((from + direction + count) % count)]});
}

void toggle_side(Ui& ui, Side side) {
    ui.act(SetSide{ui.state.side() == side && !ui.state.document().pages.empty() ? Side::Lesson
                                                                                 : side});
}

void break_here(Ui& ui) {
    if (!ui.state.timeline().size()) return;
    uint32_t line = ui.state.timeline().recording()[ui.state.focus()].line;
    // A switch has no line of its own: the one that is lit is where the task goes on.
    const trace::TaskId task = ui.state.model().running();
    if (!line && task) line = ui.state.model().task(task).line;
    if (line) ui.act(ToggleBreakpoint{{Breakpoint::Kind::Line, line}});
}

// Keys that type a character, so that every keyboard layout has them.
struct CharacterKey {
    unsigned character;
    void (*act)(Ui&);
};
constexpr CharacterKey kCharacters[] = {
    {'?', [](Ui& ui) { ui.act(ToggleHelp{}); }},
    {'>', [](Ui& ui) { prompt().toggle(ui.state.document()); }},
    {'[', [](Ui& ui) { ui.act(JumpCause{-1}); }},
    {']', [](Ui& ui) { ui.act(JumpCause{+1}); }},
    {'w', [](Ui& ui) { ui.act(ToggleWhy{}); }},
    {'W', [](Ui& ui) { ui.act(ToggleWhen{}); }},
    {'a', [](Ui& ui) { ui.act(ShowAnswer{}); }},
    {'b', [](Ui& ui) { ui.act(ToggleBookmark{}); }},
    {'n', [](Ui& ui) { ui.act(JumpBookmark{+1}); }},
    {'N', [](Ui& ui) { ui.act(JumpBookmark{-1}); }},
    {'t', [](Ui& ui) { ui.act(ToggleTheme{}); }},
    {'m', [](Ui& ui) { ui.act(ToggleReducedMotion{}); }},
    {'g', [](Ui& ui) { ui.act(ToggleFold{0}); }},
    {'i', [](Ui& ui) { toggle_side(ui, Side::Task); }},
    {'o', [](Ui& ui) { toggle_side(ui, Side::Things); }},
    {'l', [](Ui& ui) { toggle_side(ui, Side::Findings); }},
    {'k', break_here},
    {'p', [](Ui& ui) { ui.act(ToggleBreakpoint{{Breakpoint::Kind::Print}}); }},
    {'.', [](Ui& ui) { ui.act(RunToStop{+1}); }},
    {',', [](Ui& ui) { ui.act(RunToStop{-1}); }},
    {'z', [](Ui& ui) { zoom(ui, 1 / 1.5); }},
    {'Z', [](Ui& ui) { zoom(ui, 1.5); }},
    {'(', [](Ui& ui) { pan(ui, -0.2); }},
    {')', [](Ui& ui) { pan(ui, +0.2); }},
    {'0', [](Ui& ui) { ui.act(SetAxis{ui.state.axis()}); }},
    {'{', [](Ui& ui) { ui.act(OpenLesson{-1}); }},
    {'}', [](Ui& ui) { ui.act(OpenLesson{+1}); }},
    {'v',
     [](Ui& ui) {
         ui.act(OpenCompare{ui.state.compare_open < 0 ? ui.state.page_comparison() : -1});
     }},
    {'r', [](Ui& ui) { ui.act(OpenCompare{ui.state.compare_open < 0 ? ui.state.replay() : -1}); }},
    {'d', [](Ui& ui) { ui.act(SetDetail{ui.state.settings.detail % 3 + 1}); }},
    {'e',
     [](Ui& ui) {
         ui.act(SetAxis{ui.state.axis() == trace::Axis::Time ? trace::Axis::Events
                                                             : trace::Axis::Time});
     }},
    {'c',
     [](Ui& ui) {
         ui.act(SetClothes{
             static_cast<trace::Clothes>((static_cast<int>(ui.state.clothes()) + 1) % 3)});
     }},
    {'+', [](Ui& ui) { ui.act(ScaleText{+1}); }},
    {'=', [](Ui& ui) { ui.act(ScaleText{+1}); }},
    {'-', [](Ui& ui) { ui.act(ScaleText{-1}); }},
};

void handle_character(Ui& ui, unsigned character) {
    if (character >= '1' && character <= '9') {
        if (ui.state.open_prediction()) ui.act(Answer{static_cast<int>(character - '1')});
        return;
    }
    const auto find = [](unsigned wanted) -> const CharacterKey* {
        for (const CharacterKey& key : kCharacters)
            if (key.character == wanted) return &key;
        return nullptr;
    };
    const CharacterKey* key = find(character);
    // With caps lock on, letters mean the same where capitals have no meaning of their own.
    if (!key && character >= 'A' && character <= 'Z') key = find(character - 'A' + 'a');
    if (key) key->act(ui);
}

}  // namespace

void handle_keys(Ui& ui) {
    const ImGuiIO& io = ImGui::GetIO();
    if (ui.state.running) {
        if (pressed(ImGuiKey_Escape, false)) ui.act(StopRun{});
        return;
    }
    if (io.WantTextInput) return;
    if (io.KeyCtrl) handle_file_keys(ui);
    if (ui.state.editor().active()) return handle_editor_keys(ui);
    if (prompt().is_open()) return handle_prompt_keys(ui);
    const Prediction* open = ui.state.open_prediction();
    const bool writes = open && open->typed && !ui.state.help_open && ui.state.compare_open < 0;
    if (writes) handle_answer_keys(ui);
    if (pressed(ImGuiKey_Enter, false) && !writes) {
        if (io.KeyCtrl)
            ui.act(RunEdited{ui.state.editor().text().text()});
        else if (ui.state.help_open)
            ui.act(StartTour{});
        else if (ui.state.tour() >= 0)
            ui.act(TourStep{+1});
        else
            ui.act(Edit{});
    }
    if (pressed(ImGuiKey_Escape, false)) {
        if (ui.state.help_open)
            ui.act(ToggleHelp{});
        else if (ui.state.compare_open >= 0)
            ui.act(OpenCompare{-1});
        else if (ui.state.why_open)
            ui.act(ToggleWhy{});
        else if (ui.state.when_open)
            ui.act(ToggleWhen{});
        else if (ui.state.tour() >= 0)
            ui.act(TourStep{0});
        else if (ui.state.selected())
            ui.act(SelectTask{0});
    }
    if (pressed(ImGuiKey_Tab)) select_next(ui, io.KeyShift ? -1 : +1);
    if (pressed(ImGuiKey_RightArrow)) ui.act(StepBy{+1});
    if (pressed(ImGuiKey_LeftArrow)) ui.act(StepBy{-1});
    if (pressed(ImGuiKey_UpArrow, false)) cycle_step(ui, -1);
    if (pressed(ImGuiKey_DownArrow, false)) cycle_step(ui, +1);
    if (pressed(ImGuiKey_Space, false) && !writes) ui.act(TogglePlay{});
    if (pressed(ImGuiKey_Home, false)) ui.act(GoFirst{});
    if (pressed(ImGuiKey_End, false)) ui.act(GoLast{});
    if (pressed(ImGuiKey_PageUp, false)) ui.act(GoPage{-1});
    if (pressed(ImGuiKey_PageDown, false)) ui.act(GoPage{+1});
    if (io.KeyCtrl && pressed(ImGuiKey_Z)) ui.act(UndoNavigation{-1});
    if (io.KeyCtrl && pressed(ImGuiKey_Y)) ui.act(UndoNavigation{+1});
    if (pressed(ImGuiKey_Backspace, false) && !writes) ui.act(PickLine{-1});
    if (io.KeyCtrl || writes) return;
    for (const ImWchar character : io.InputQueueCharacters) handle_character(ui, character);
}

namespace {

// Keys as caps, one after the other; what is no key, as the dash in 1 – 9, stands plain.
void draw_caps(Ui& ui, Point at, std::string_view keys) {
    const Canvas& c = ui.canvas;
    while (!keys.empty()) {
        const size_t end = std::min(keys.find(' '), keys.size());
        const std::string_view key = keys.substr(0, end);
        const bool plain = key == "–" || key == "Ctrl+";
        const float text = c.text_width(key, Face::Text, 13);
        const Rect cap{at.x, at.y, plain ? text : std::max(text + ui.px(12), ui.px(22)), ui.px(22)};
        if (!plain) {
            c.fill({cap.x, cap.y, cap.w, cap.h + ui.px(1.5f)}, c.theme.line, 5);
            c.fill(cap, c.theme.inset, 5);
            c.frame(cap, c.theme.line, 5);
        }
        c.text_centered(cap, key, Face::Text, 13, plain ? c.theme.dim : c.theme.text);
        at.x += cap.w + ui.px(5);
        keys.remove_prefix(std::min(end + 1, keys.size()));
    }
}

}  // namespace

void draw_help(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const float row = ui.px(30), width = std::min(ui.px(1240), area.w - ui.px(24));
    float height = 0, column_height = 0;
    for (const KeyHelp& entry : kKeys) {
        if (entry.column) column_height = 0;
        column_height += entry.keys || column_height == 0 ? row : row + ui.px(10);
        height = std::max(height, column_height);
    }
    height += ui.px(154);
    const Rect box{area.center().x - width / 2, std::max(ui.px(8), area.center().y - height / 2),
                   width, height};
    c.fill(area, fade(c.theme.background, 0.7f));
    c.fill(box, c.theme.panel, 12);
    c.frame(box, c.theme.line, 12);
    const float margin = ui.px(32);
    c.text({box.x + margin, box.y + ui.px(26)}, tr("Keys"), Face::Strong, 17, c.theme.text);
    const Rect close{box.right() - ui.px(50), box.y + ui.px(20), ui.px(26), ui.px(26)};
    if (ui.touch("help/close", close).clicked) ui.act(ToggleHelp{});
    c.icon(Icon::Close, close.inner(ui.px(6)), c.theme.dim);
    const float gap = ui.px(28), column = (width - 2 * margin - 2 * gap) / 3;
    float x = box.x + margin, y = box.y + ui.px(64);
    for (const KeyHelp& entry : kKeys) {
        if (entry.column) x += column + gap, y = box.y + ui.px(64);
        if (!entry.keys) {
            if (y > box.y + ui.px(65)) y += ui.px(10);
            c.heading({x, y + ui.px(5)}, tr(entry.what));
        } else {
            draw_caps(ui, {x, y}, entry.keys);
            c.text_level_cut(x + ui.px(122), y + ui.px(11), tr(entry.what), column - ui.px(122),
                             Face::Text, 13, c.theme.text);
        }
        y += row;
    }
    const Rect tour{box.x + margin, box.bottom() - ui.px(62), ui.px(220), ui.px(34)};
    if (ui.button("help/tour", tour, tr("Show me around (Enter)"), true)) ui.act(StartTour{});
    c.text_level_cut(tour.right() + ui.px(18), tour.center().y,
                     tr("One minute: what the places mean, and how to go back."),
                     box.right() - tour.right() - ui.px(40), Face::Text, 13, c.theme.dim);
    if (ui.touch("help/outside", area).clicked) ui.act(ToggleHelp{});
}

namespace {

// What was printed last is long: a traceback.
bool prints_much(const AppState& state) {
    const size_t printed = state.timeline().prints_until(state.focus());
    if (!printed) return false;
    const trace::Recording& recording = state.timeline().recording();
    const std::string_view text =
        recording.text_of(recording[state.timeline().prints()[printed - 1]].object);
    return std::count(text.begin(), text.end(), '\n') > 4;
}

// How the window is shared out.
struct Layout {
    Rect header, side, code, loop, say, output, predict, timeline;
};

Layout lay_out(Ui& ui, Rect window) {
    const AppState& state = ui.state;
    Layout out;
    out.header = window.take_top(ui.px(46));
    const float margin = ui.px(14), gap = ui.px(12);
    Rect body = window.inner(margin);
    const bool small = body.h < ui.px(760), tight = body.h < ui.px(600);
    const auto lanes = static_cast<float>(
        std::clamp<size_t>(state.lanes().size() + state.document().threads.size() + 1, 3, 6));
    const GoalCard* goal = state.page_goal();
    const bool asks =
        state.open_prediction() || state.told_prediction() || (goal && !goal->lines.empty());
    const float say = ui.px(small ? 72 : 84);
    // A question, its answer or a goal that was tried takes the room it needs.
    const bool long_print = !asks && !tight && prints_much(state);
    const float aside = std::max(ui.px(404), body.w * 0.365f);
    const float asked = predict_height(ui, (body.w - aside - gap) * (tight ? 1.0f : 0.62f) - gap);
    const float least_low = ui.px(long_print ? 168.0f
                                  : asks     ? 124.0f
                                  : tight    ? 66.0f
                                  : small    ? 84.0f
                                             : 118.0f);
    const float low_row = std::clamp(asked, least_low, std::max(least_low, body.h * 0.25f));
    // The loop comes first: in a low window the lanes stand closer.
    const float wanted = std::min(ui.px(104) + ui.px(small ? 36.0f : 40.0f) * lanes,
                                  body.h * (small ? 0.40f : 0.42f));
    const float left_for_it = body.h - say - low_row - 3 * gap - ui.px(240);
    const float least = ui.px(101) + ui.px(27) * (!tight ? lanes : asks ? 1.5f : 3.0f);
    out.timeline =
        body.take_bottom(std::max(std::min(wanted, left_for_it), std::min(wanted, least)));
    body.take_bottom(gap);
    Rect left = body.take_left(aside);
    body.take_left(gap);
    // Where there is room for little, the code has it: of a lesson's page its title stays.
    const bool title_only = tight && state.side() == Side::Lesson;
    out.side = left.take_top(title_only ? ui.px(72)
                                        : std::min(side_height(ui, left.w, left.h), left.h * 0.6f));
    left.take_top(gap);
    out.code = left;
    Rect bottom = body.take_bottom(low_row);
    body.take_bottom(gap);
    out.say = body.take_bottom(say);
    body.take_bottom(gap);
    out.loop = body;
    // What was printed and what is asked: one behind the other.
    if (tight) {
        const bool offers = asks || goal || state.page_comparison() >= 0 || state.note_open();
        (offers ? out.predict : out.output) = bottom;
        return out;
    }
    // Without anything to ask, what was printed has the room.
    const bool quiet = state.document().predictions.empty() && state.document().pages.empty();
    out.output = bottom.take_left(bottom.w * (quiet ? 0.64f : 0.38f));
    bottom.take_left(gap);
    out.predict = bottom;
    return out;
}

}  // namespace

void draw_workspace(Ui& ui, Rect window) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const bool overlaid = state.help_open || state.why_open || state.when_open ||
                          state.compare_open >= 0 || state.running.has_value();
    const bool tour = state.tour() >= 0 && !overlaid;
    const auto bubble = ui.memory.places.find(std::string_view("tour box"));
    ui.set_passive(overlaid || (tour && bubble != ui.memory.places.end() &&
                                bubble->second.contains(ui.pointer())));
    c.fill(window, c.theme.background);
    const Layout at = lay_out(ui, window);
    draw_header(ui, at.header);
    draw_side(ui, at.side);
    if (prompt().is_open() && !state.editor().active())
        draw_prompt(ui, at.code);
    else if (state.editor().active())
        draw_editor(ui, at.code);
    else
        draw_code(ui, at.code);
    draw_say(ui, at.say);
    draw_loop(ui, at.loop);
    if (at.output.h > 0) draw_output(ui, at.output);
    if (at.predict.h > 0) draw_predict(ui, at.predict);
    draw_timeline(ui, at.timeline);
    ui.set_passive(false);
    if (tour) draw_tour(ui, window);
    if (state.why_open) draw_why(ui, window);
    if (state.when_open) draw_when(ui, window);
    if (state.compare_open >= 0) draw_compare(ui, window);
    if (state.help_open) draw_help(ui, window);
    if (state.running) draw_run_under_way(ui, window);
}

bool draw_frame(const Fonts& fonts, float scale, const AppState& state, Memory& memory,
                Actions& actions, Probe* probe) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("workspace", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav);
    const Canvas canvas(ImGui::GetWindowDrawList(), fonts, theme(state.settings.dark), Sizes{scale},
                        probe ? &probe->texts : nullptr);
    Ui ui(canvas, state, memory, actions, probe, ImGui::GetTime());
    draw_workspace(ui, {0, 0, size.x, size.y});
    handle_keys(ui);
    ImGui::End();
    ImGui::PopStyleVar(2);
    return ui.moving();
}

BuiltFrame build_frame(const Fonts& fonts, float scale, AppState& state, Memory& memory, bool show,
                       MoreKeys* more, Probe* probe) {
    BuiltFrame built;
    float& seconds = ImGui::GetIO().DeltaTime;
    const float passed = seconds;
    for (int pass = 0; pass < 2; ++pass) {
        if (pass > 0) seconds = 1e-6f;
        ImGui::NewFrame();
        if (probe) *probe = {};
        Actions actions;
        built.moving = draw_frame(fonts, scale, state, memory, actions, probe);
        if (pass == 0 && more) more->take(actions);
        for (const Action& action : actions) state.apply(action);
        built.acted |= !actions.empty();
        if (actions.empty() || pass > 0 || !show) break;
        ImGui::EndFrame();
    }
    ImGui::Render();
    seconds = passed;
    return built;
}

}  // namespace loopglass::gui
