// The prompt as a panel, in the place of the code: what was shown, the line being typed, the keys.
#include "app/gui/prompt.hpp"

#include <imgui.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/gui/keys.hpp"
#include "app/gui/python_colors.hpp"
#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

constexpr float kSize = 14, kRow = 20;

Color color_of(const Theme& t, Prompt::Line::Kind kind) {
    switch (kind) {
        case Prompt::Line::Kind::Error:
            return t.error;
        case Prompt::Line::Kind::Answer:
            return t.accent;
        case Prompt::Line::Kind::Note:
            return t.dim;
        default:
            return t.text;
    }
}

// A line of Python after its sign, coloured; answers where it ends.
float draw_python(const Canvas& c, Point at, std::string_view text, char& quote) {
    for (const CodePiece& piece : color_line(text, quote))
        at.x += c.text(at, piece.text, Face::Mono, kSize, code_color(c.theme, piece.kind));
    return at.x;
}

// A row of the panel: part of a line that was shown.
struct Row {
    const Prompt::Line* line;
    std::string_view text;
    bool first;
};

// A line in rows of so many columns.
void fold(const Prompt::Line& line, size_t columns, std::vector<Row>& out) {
    const std::string_view text = line.text;
    const size_t taken = line.task.empty() ? 0 : line.task.size() + 3;
    const size_t width = columns > taken + 8 ? columns - taken : 8;
    size_t at = 0;
    do {
        size_t end = at;
        for (size_t count = 0; end < text.size() && count < width; ++count) {
            ++end;
            while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
        }
        // Between words, where there are any.
        const size_t space = end < text.size() ? text.rfind(' ', end) : std::string_view::npos;
        if (space != std::string_view::npos && space > at + width / 2) end = space;
        out.push_back({&line, text.substr(at, end - at), at == 0});
        at = end < text.size() && text[end] == ' ' ? end + 1 : end;
    } while (at < text.size());
}

// The last rows, but for as many as the reader has scrolled back.
std::vector<Row> last_rows(size_t most, size_t columns) {
    const std::vector<Prompt::Line>& lines = prompt().lines();
    const size_t wanted = most + prompt().scrolled();
    std::vector<Row> rows;
    for (size_t i = lines.size() > wanted ? lines.size() - wanted : 0; i < lines.size(); ++i)
        fold(lines[i], columns, rows);
    const size_t back = rows.size() > most ? std::min(prompt().scrolled(), rows.size() - most) : 0;
    rows.resize(rows.size() - back);
    if (rows.size() > most)
        rows.erase(rows.begin(), rows.end() - static_cast<std::ptrdiff_t>(most));
    return rows;
}

void draw_rows(Ui& ui, Rect area, const std::vector<Row>& rows) {
    const Canvas& c = ui.canvas;
    float y = area.y;
    for (const Row& row : rows) {
        float x = area.x;
        if (!row.line->task.empty()) {
            const std::string name = "[" + row.line->task + "] ";
            x += row.first ? c.text({x, y}, name, Face::Mono, kSize, c.theme.faint)
                           : c.text_width(name, Face::Mono, kSize);
        }
        char quote = 0;
        if (row.line->kind == Prompt::Line::Kind::Typed)
            draw_python(c, {x, y}, row.text, quote);
        else
            c.text({x, y}, row.text, Face::Mono, kSize, color_of(c.theme, row.line->kind));
        y += ui.px(kRow);
    }
}

// The text being typed, from its last rows up; the cursor is drawn in it.
void draw_typed(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const std::string& text = prompt().text();
    char quote = 0;
    float y = area.y;
    for (size_t at = 0;;) {
        const size_t end = std::min(text.find('\n', at), text.size());
        const float x = area.x + c.text({area.x, y}, at ? "... " : prompt().sign(), Face::Mono,
                                        kSize, c.theme.accent);
        const std::string_view line = std::string_view(text).substr(at, end - at);
        draw_python(c, {x, y}, line, quote);
        if (prompt().cursor() >= at && prompt().cursor() <= end) {
            const float before =
                c.text_width(line.substr(0, prompt().cursor() - at), Face::Mono, kSize);
            c.fill({x + before, y, ui.px(2), ui.px(kRow - 3)}, c.theme.accent);
        }
        y += ui.px(kRow);
        if (end == text.size()) break;
        at = end + 1;
    }
}

}  // namespace

void draw_prompt(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    prompt().follow(ui.state);
    if (const auto focus = prompt().take_focus()) ui.act(Seek{*focus});
    c.panel(area);
    ui.remember_place("prompt", area);
    (void)ui.touch("prompt", area);
    if (const float wheel = ui.wheel_over(area); wheel != 0)
        prompt().scroll(static_cast<int>(wheel * 3));
    Rect inside = area.inner(ui.px(15));
    c.heading({inside.x, inside.y - ui.px(2)},
              prompt().busy() ? tr("PROMPT: RUNNING") : tr("PROMPT"));
    inside.take_top(ui.px(26));
    const auto typed =
        static_cast<float>(1 + std::count(prompt().text().begin(), prompt().text().end(), '\n'));
    const float height = std::min(inside.h, typed * ui.px(kRow));
    const auto columns =
        static_cast<size_t>(inside.w / std::max(1.0f, c.text_width("m", Face::Mono, kSize)));
    const auto most = static_cast<size_t>((inside.h - height) / ui.px(kRow));
    const std::vector<Row> rows = last_rows(most, columns);
    c.clip(inside);
    draw_rows(ui, inside.take_top(static_cast<float>(rows.size()) * ui.px(kRow)), rows);
    draw_typed(ui, inside);
    c.unclip();
}

void handle_prompt_keys(Ui& ui) {
    Prompt& p = prompt();
    const ImGuiIO& io = ImGui::GetIO();
    if (pressed(ImGuiKey_Escape, false)) return p.close();
    if (io.KeyCtrl) {
        if (pressed(ImGuiKey_C, false)) p.interrupt();
        if (pressed(ImGuiKey_V, false))
            if (const char* pasted = ImGui::GetClipboardText()) p.insert(pasted);
        if (pressed(ImGuiKey_A, false)) p.go_end(false);
        return;
    }
    p.insert(typed_text());
    // With nothing typed the arrows step, as everywhere in the window.
    const bool empty = p.text().empty();
    if (pressed(ImGuiKey_LeftArrow)) empty ? ui.act(StepBy{-1}) : p.move(-1);
    if (pressed(ImGuiKey_RightArrow)) empty ? ui.act(StepBy{+1}) : p.move(+1);
    if (pressed(ImGuiKey_Home)) empty ? ui.act(GoFirst{}) : p.go_end(false);
    if (pressed(ImGuiKey_End)) empty ? ui.act(GoLast{}) : p.go_end(true);
    if (pressed(ImGuiKey_PageUp)) p.scroll(+10);
    if (pressed(ImGuiKey_PageDown)) p.scroll(-10);
    if (pressed(ImGuiKey_UpArrow)) p.recall(-1);
    if (pressed(ImGuiKey_DownArrow)) p.recall(+1);
    if (pressed(ImGuiKey_Backspace)) p.erase(-1);
    if (pressed(ImGuiKey_Delete)) p.erase(+1);
    if (pressed(ImGuiKey_Tab)) p.complete();
    if (pressed(ImGuiKey_Enter)) p.enter();
}

}  // namespace loopglass::gui
