// The code as an editor: the script with a cursor, errors underlined in place, a line that asks for
// what to find or which file, and a foot that says what happened.
#include "app/gui/editing/editor.hpp"

#include <imgui.h>

#include <algorithm>
#include <string>

#include "app/gui/keys.hpp"
#include "app/gui/python_colors.hpp"
#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

constexpr float kRow = 22, kGutter = 82, kCode = 15;  // as wide as where code is only read

void edit(Ui& ui, EditOp op) {
    ui.act(Edit{op});
}
void ask(Ui& ui, Asking asking, std::string text = {}) {
    Edit question{EditOp::Ask, std::move(text)};
    question.asking = asking;
    ui.act(question);
}
void run(Ui& ui) {
    ui.act(RunEdited{ui.state.editor().text().text()});
}

// --- drawing -------------------------------------------------------------------------------------

[[nodiscard]] float width_of(const Canvas& c, std::string_view text) {
    return c.text_width(text, Face::Mono, kCode);
}

// The byte column of a line whose left edge is nearest to x.
[[nodiscard]] uint32_t column_at(const Canvas& c, std::string_view line, float x) {
    uint32_t best = 0;
    float best_distance = x < 0 ? 0 : x;
    for (uint32_t column = 1; column <= line.size(); ++column) {
        if (column < line.size() && (static_cast<unsigned char>(line[column]) & 0xC0) == 0x80)
            continue;
        const float distance = std::abs(width_of(c, line.substr(0, column)) - x);
        if (distance > best_distance) break;
        best = column;
        best_distance = distance;
    }
    return best;
}

// A wavy line below what is wrong.
void underline(const Canvas& c, float left, float right, float y, Color color) {
    const float step = c.sizes(3);
    bool low = false;
    for (float x = left; x < std::max(right, left + step * 2); x += step, low = !low)
        c.line({x, y + (low ? step / 2 : 0)}, {x + step, y + (low ? 0 : step / 2)}, color, 1.5f);
}

struct View {  // where the text stands on the screen
    Rect area;
    uint32_t top;
    float left;  // of column 0
};

void draw_selection(Ui& ui, const View& view, uint32_t number, const Rect& row) {
    const Canvas& c = ui.canvas;
    const TextBuffer& text = ui.state.editor().text();
    const Stretch chosen = text.selection();
    if (!text.has_selection() || number < chosen.begin.line || number > chosen.end.line) return;
    const std::string_view line = text.lines()[number];
    const float from =
        number == chosen.begin.line ? width_of(c, line.substr(0, chosen.begin.column)) : 0;
    const float to = number == chosen.end.line ? width_of(c, line.substr(0, chosen.end.column))
                                               : width_of(c, line) + ui.px(8);
    c.fill({view.left + from, row.y, to - from, row.h}, fade(c.theme.accent, 0.28f));
}

void draw_errors(Ui& ui, const View& view, uint32_t number, const Rect& row) {
    const Canvas& c = ui.canvas;
    const std::string_view line = ui.state.editor().text().lines()[number];
    for (const base::Error& error : ui.state.editor().errors) {
        if (error.where.line != number + 1) continue;
        const auto size = static_cast<uint32_t>(line.size());
        const uint32_t end =
            error.where.end_line > error.where.line ? size : error.where.end_column;
        c.fill({view.area.x, row.y, ui.px(3), row.h}, c.theme.error);
        underline(c, view.left + width_of(c, line.substr(0, std::min(error.where.column, size))),
                  view.left + width_of(c, line.substr(0, std::min(end, size))),
                  row.bottom() - ui.px(4), c.theme.error);
    }
}

void draw_line(Ui& ui, const View& view, uint32_t number, const Rect& row, char& quote) {
    const Canvas& c = ui.canvas;
    const TextBuffer& text = ui.state.editor().text();
    const std::string& line = text.lines()[number];
    if (text.cursor().line == number && !text.has_selection())
        c.fill(row, fade(c.theme.line, 0.35f), 4);
    draw_selection(ui, view, number, row);
    const std::string digits = std::to_string(number + 1);
    c.text_level(view.left - ui.px(20) - c.text_width(digits, Face::Mono, 13), row.center().y,
                 digits, Face::Mono, 13, c.theme.faint);
    float x = view.left;
    for (const CodePiece& piece : color_line(line, quote))
        x += c.text_level(x, row.center().y, piece.text, Face::Mono, kCode,
                          code_color(c.theme, piece.kind));
    draw_errors(ui, view, number, row);
    if (text.cursor().line == number && ui.state.editor().asking() == Asking::Nothing) {
        const float at = view.left + width_of(c, line.substr(0, text.cursor().column));
        c.fill({at - ui.px(1), row.y + ui.px(2), ui.px(2), row.h - ui.px(4)}, c.theme.accent);
    }
}

// The pointer on the text: a click puts the cursor, a drag selects, a double click takes a word.
void handle_pointer(Ui& ui, const View& view) {
    const Editor& editor = ui.state.editor();
    const Touch touch = ui.touch("editor/text", view.area);
    if (touch.hovered && ui.wheel() != 0) {
        Edit scroll{EditOp::Scroll};
        scroll.lines = static_cast<int>(-ui.wheel() * 3);
        ui.act(scroll);
    }
    if (!touch.pressed && !touch.held) return;
    const auto row = static_cast<int64_t>((ui.pointer().y - view.area.y) / ui.px(kRow));
    const auto last = static_cast<int64_t>(editor.text().lines().size()) - 1;
    const auto line = static_cast<uint32_t>(std::clamp<int64_t>(view.top + row, 0, last));
    Edit put{EditOp::PutCursor};
    put.place = {line,
                 column_at(ui.canvas, editor.text().lines()[line], ui.pointer().x - view.left)};
    put.select = !touch.pressed || ui.shift();
    if (!touch.pressed && put.place == editor.text().cursor()) return;
    ui.act(put);
    if (touch.pressed && ImGui::IsMouseDoubleClicked(0)) edit(ui, EditOp::SelectWord);
}

void draw_text(Ui& ui, const Rect& area) {
    const Canvas& c = ui.canvas;
    const Editor& editor = ui.state.editor();
    const auto rows = static_cast<uint32_t>(std::max(1.0f, area.h / ui.px(kRow)));
    const std::vector<std::string>& lines = editor.text().lines();
    const uint32_t cursor = editor.text().cursor().line;
    uint32_t top = editor.top();
    if (editor.follows()) {
        if (cursor < top) top = cursor;
        if (cursor >= top + rows) top = cursor - rows + 1;
        if (top != editor.top()) {
            Edit scroll{EditOp::ScrollTo};
            scroll.lines = static_cast<int>(top);
            ui.act(scroll);
        }
    }
    // A line longer than the panel moves to the left as far as the cursor needs.
    const float room = area.w - ui.px(kGutter) - ui.px(24);
    const float cursor_x =
        width_of(c, std::string_view(lines[cursor]).substr(0, editor.text().cursor().column));
    const float shift = std::max(0.0f, cursor_x - room);
    const View view{area, top, area.x + ui.px(kGutter) - shift};
    char quote = 0;
    for (uint32_t i = 0; i < top; ++i) static_cast<void>(color_line(lines[i], quote));
    c.clip(area);
    for (uint32_t i = 0; i < rows && top + i < lines.size(); ++i)
        draw_line(ui, view, top + i,
                  {area.x, area.y + ui.px(kRow) * static_cast<float>(i), area.w, ui.px(kRow)},
                  quote);
    c.unclip();
    handle_pointer(ui, view);
}

[[nodiscard]] std::string_view question_text(Asking asking) {
    switch (asking) {
        case Asking::Find:
            return tr("Find");
        case Asking::Open:
            return tr("Open");
        case Asking::SaveAs:
            return tr("Save as");
        case Asking::Nothing:
            break;
    }
    return {};
}

void draw_question(Ui& ui, const Rect& area) {
    const Canvas& c = ui.canvas;
    const TextBuffer& answer = ui.state.editor().answer();
    const std::string_view label = question_text(ui.state.editor().asking());
    c.fill(area, c.theme.inset, 6);
    c.frame(area, c.theme.accent, 6);
    float x = area.x + ui.px(12);
    const float y = area.center().y;
    x += c.text_level(x, y, label, Face::Strong, 13, c.theme.dim) + ui.px(10);
    const std::string& line = answer.lines().front();
    const Stretch chosen = answer.selection();
    const float from = width_of(c, line.substr(0, chosen.begin.column));
    const float to = width_of(c, line.substr(0, chosen.end.column));
    if (answer.has_selection())
        c.fill({x + from, area.y + ui.px(4), to - from, area.h - ui.px(8)},
               fade(c.theme.accent, 0.3f));
    c.text_level_cut(x, y, line, area.right() - x - ui.px(10), Face::Mono, kCode, c.theme.text);
    const float at = x + width_of(c, line.substr(0, answer.cursor().column));
    c.fill({at, area.y + ui.px(5), ui.px(2), area.h - ui.px(10)}, c.theme.accent);
}

// The files opened last, below the question which one to open.
void draw_recent(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const auto& recent = ui.state.settings.recent;
    c.text({area.x + ui.px(12), area.y + ui.px(6)},
           recent.empty() ? tr("Type a path, or drop a file on the window.") : tr("Opened lately"),
           Face::Text, 13, c.theme.dim);
    area.take_top(ui.px(30));
    for (size_t i = 0; i < recent.size(); ++i) {
        const Rect row = area.take_top(ui.px(28));
        const Touch touch = ui.touch("editor/recent" + std::to_string(i), row);
        if (touch.hovered) c.fill(row, fade(c.theme.line, 0.5f), 6);
        c.text_cut({row.x + ui.px(12), row.y + ui.px(5)}, recent[i], row.w - ui.px(24), Face::Mono,
                   13, c.theme.text);
        if (!touch.clicked) continue;
        ask(ui, Asking::Open, recent[i]);
        edit(ui, EditOp::Accept);
    }
}

// --- keys ----------------------------------------------------------------------------------------

struct MoveKey {
    ImGuiKey key;
    Move plain, with_control;
};
constexpr MoveKey kMoves[] = {
    {ImGuiKey_LeftArrow, Move::Left, Move::WordLeft},
    {ImGuiKey_RightArrow, Move::Right, Move::WordRight},
    {ImGuiKey_UpArrow, Move::Up, Move::Up},
    {ImGuiKey_DownArrow, Move::Down, Move::Down},
    {ImGuiKey_Home, Move::LineStart, Move::Start},
    {ImGuiKey_End, Move::LineEnd, Move::End},
    {ImGuiKey_PageUp, Move::PageUp, Move::PageUp},
    {ImGuiKey_PageDown, Move::PageDown, Move::PageDown},
};

void copy(Ui& ui) {
    const Editor& editor = ui.state.editor();
    const TextBuffer& from = editor.asking() == Asking::Nothing ? editor.text() : editor.answer();
    if (from.has_selection()) ImGui::SetClipboardText(from.selected_text().c_str());
}

void insert(Ui& ui, std::string text) {
    ui.act(Edit{EditOp::Insert, std::move(text)});
}

void erase(Ui& ui, Move move) {
    Edit erase{EditOp::Erase};
    erase.move = move;
    ui.act(erase);
}

void handle_control(Ui& ui) {
    const bool shift = ui.shift();
    if (pressed_letter('Z')) edit(ui, shift ? EditOp::Redo : EditOp::Undo);
    if (pressed_letter('Y')) edit(ui, EditOp::Redo);
    if (pressed_letter('A')) edit(ui, EditOp::SelectAll);
    if (pressed_letter('C')) copy(ui);
    if (pressed_letter('X')) {
        copy(ui);
        erase(ui, Move::Left);
    }
    if (pressed_letter('V'))
        if (const char* text = ImGui::GetClipboardText()) insert(ui, text);
    if (pressed_letter('F')) ask(ui, Asking::Find);
    if (pressed_letter('D')) edit(ui, EditOp::ToggleComment);
}

void handle_typing(Ui& ui) {
    std::string typed;
    for (const ImWchar character : ImGui::GetIO().InputQueueCharacters) {
        char utf8[5] = {};
        if (character < 0x20) continue;
        if (character < 0x80) {
            utf8[0] = static_cast<char>(character);
        } else if (character < 0x800) {
            utf8[0] = static_cast<char>(0xC0 | (character >> 6));
            utf8[1] = static_cast<char>(0x80 | (character & 0x3F));
        } else {
            utf8[0] = static_cast<char>(0xE0 | (character >> 12));
            utf8[1] = static_cast<char>(0x80 | ((character >> 6) & 0x3F));
            utf8[2] = static_cast<char>(0x80 | (character & 0x3F));
        }
        typed += utf8;
    }
    if (!typed.empty()) insert(ui, std::move(typed));
}

}  // namespace

// Saving and opening work whether the script is being edited or looked at.
void handle_file_keys(Ui& ui) {
    const Editor& editor = ui.state.editor();
    if (pressed_letter('O')) ask(ui, Asking::Open);
    if (pressed_letter('N')) ui.act(NewScript{});
    if (!pressed_letter('S')) return;
    if (editor.path().empty() || ui.shift()) {
        ask(ui, Asking::SaveAs, editor.path().empty() ? "my_scenario.py" : editor.path());
        return;
    }
    ask(ui, Asking::SaveAs, editor.path());
    edit(ui, EditOp::Accept);
}

void handle_editor_keys(Ui& ui) {
    const ImGuiIO& io = ImGui::GetIO();
    const bool asking = ui.state.editor().asking() != Asking::Nothing;
    for (const MoveKey& key : kMoves) {
        if (!pressed(key.key)) continue;
        Edit move{EditOp::Move};
        move.move = io.KeyCtrl ? key.with_control : key.plain;
        move.select = ui.shift();
        move.lines = 20;
        ui.act(move);
    }
    if (pressed(ImGuiKey_Backspace)) erase(ui, io.KeyCtrl ? Move::WordLeft : Move::Left);
    if (pressed(ImGuiKey_Delete)) erase(ui, io.KeyCtrl ? Move::WordRight : Move::Right);
    if (pressed(ImGuiKey_Tab)) {
        const bool several = ui.state.editor().text().has_selection();
        if (ui.shift())
            edit(ui, EditOp::Dedent);
        else if (several)
            edit(ui, EditOp::Indent);
        else
            insert(ui, "    ");
    }
    if (pressed(ImGuiKey_Escape, false)) edit(ui, asking ? EditOp::Cancel : EditOp::Leave);
    if (pressed(ImGuiKey_Enter) || pressed(kKeypadEnter)) {
        Edit accept{EditOp::Accept};
        accept.lines = ui.shift() ? -1 : 1;
        if (io.KeyCtrl)
            run(ui);
        else if (asking)
            ui.act(accept);
        else
            edit(ui, EditOp::NewLine);
    }
    if (io.KeyCtrl)
        handle_control(ui);
    else
        handle_typing(ui);
}

void draw_editor(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const Editor& editor = ui.state.editor();
    c.panel(area);
    Rect inside = area.inner(ui.px(16));
    Rect title = inside.take_top(ui.px(28));
    c.heading({title.x + ui.px(2), title.y}, tr("EDIT"));
    const Rect done = title.take_right(ui.px(58));
    title.take_right(ui.px(8));
    const Rect go = title.take_right(ui.px(64));
    if (ui.button("editor/done", {done.x, done.y - ui.px(6), done.w, ui.px(26)}, tr("Done")))
        edit(ui, EditOp::Leave);
    if (ui.button("editor/run", {go.x, go.y - ui.px(6), go.w, ui.px(26)}, tr("Run"), true)) run(ui);
    c.text_level_cut(title.x + ui.px(60), title.y + ui.px(7),
                     (editor.unsaved() ? "• " : "") + ui.state.document().filename,
                     title.w - ui.px(68), Face::Mono, 13, c.theme.faint);
    if (editor.asking() != Asking::Nothing) {
        draw_question(ui, inside.take_top(ui.px(32)));
        inside.take_top(ui.px(8));
    }
    draw_code_foot(ui, inside.take_bottom(code_foot_height(ui, inside.w)));
    if (editor.asking() == Asking::Open) return draw_recent(ui, inside);
    draw_text(ui, inside);
}

// --- the foot, which the code panel has as well --------------------------------------------------

namespace {

constexpr const char* kEditHint = base::mark("Ctrl+Enter runs it   ·   Esc goes back");

[[nodiscard]] std::string foot_text(const AppState& state) {
    const Editor& editor = state.editor();
    if (!editor.errors.empty()) {
        const base::Error& first = editor.errors.front();
        return (first.where.line ? tr("Line ") + std::to_string(first.where.line) + ": " : "") +
               first.message;
    }
    if (!editor.notice.empty()) return editor.notice;
    return editor.active() ? base::tr(kEditHint) : "";
}

}  // namespace

float code_foot_height(Ui& ui, float width) {
    const std::string text = foot_text(ui.state);
    if (text.empty()) return 0;
    return ui.canvas.text_wrapped({}, text, width, Face::Text, 13, 0, false) + ui.px(10);
}

void draw_code_foot(Ui& ui, const Rect& area) {
    const std::string text = foot_text(ui.state);
    const bool bad = !ui.state.editor().errors.empty();
    const Theme& t = ui.canvas.theme;
    if (!text.empty())
        ui.canvas.text_wrapped({area.x + ui.px(2), area.y + ui.px(8)}, text, area.w, Face::Text, 13,
                               bad ? t.error : t.dim);
}

}  // namespace loopglass::gui
