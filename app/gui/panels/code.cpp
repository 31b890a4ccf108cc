// The code with a marker for every live task: where it runs, or where it will go on.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/python_colors.hpp"
#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

using trace::TaskId;
using trace::TaskPhase;

struct Marker {
    TaskId task;
    uint32_t line;
    bool running;
};

std::vector<Marker> live_markers(const AppState& state) {
    std::vector<Marker> out;
    for (TaskId task = 1; task <= state.timeline().task_count(); ++task) {
        if (!trace::is_alive(state.model().phase(task))) continue;
        const trace::TaskState at = state.model().task(task);
        if (!at.line) continue;
        if (out.size() > 200) break;
        out.push_back({task, at.line, at.phase == TaskPhase::Running});
    }
    return out;
}

void draw_marker(Ui& ui, const Rect& row, const Marker& marker, float shift) {
    const Canvas& c = ui.canvas;
    const Color color = c.theme.task(marker.task);
    const std::string letter = ui.state.timeline().letter(marker.task);
    const Rect chip{row.x + shift, row.y + ui.px(2), ui.px(30), row.h - ui.px(4)};
    c.fill(chip, color, 4);
    c.text({chip.x + ui.px(7), chip.y + (chip.h - ui.px(13)) / 2}, letter, Face::Strong, 12,
           c.theme.on_task);
    const Rect sign{chip.right() - ui.px(12), chip.y + chip.h / 2 - ui.px(5), ui.px(9), ui.px(10)};
    if (marker.running)
        c.icon(Icon::Play, sign, c.theme.on_task);
    else
        c.icon(Icon::Pause, sign, c.theme.on_task);
    if (ui.touch("code/marker" + std::to_string(marker.task), chip).clicked)
        ui.act(SelectTask{marker.task});
}

// The line to keep in view: the running one, or else the first marker.
uint32_t wanted_line(const std::vector<Marker>& markers) {
    uint32_t wanted = 1;
    for (const Marker& marker : markers)
        if (marker.running || wanted == 1) wanted = marker.line;
    return wanted;
}

// The first row to show. The wheel moves it; when the focus moves, the wanted line comes into view.
size_t first_row(Ui& ui, const Rect& place, uint32_t wanted, size_t rows) {
    float& row = ui.memory.code_row;
    const auto total = static_cast<float>(ui.state.document().lines.size());
    const auto shown = static_cast<float>(rows), line = static_cast<float>(wanted) - 1;
    row -= std::round(ui.wheel_over(place) * 3);
    if (ui.memory.code_focus != ui.state.focus() || ui.memory.code_rows != shown) {
        ui.memory.code_focus = ui.state.focus();
        ui.memory.code_rows = shown;
        if (line < row + 1 || line > row + shown - 2) row = line - std::floor(shown / 2);
    }
    row = std::clamp(row, 0.0f, std::max(0.0f, total - shown));
    return static_cast<size_t>(row);
}

// A click left of the code makes playing stop at the line.
void draw_gutter(Ui& ui, const Rect& place, uint32_t number) {
    const Canvas& c = ui.canvas;
    const Breakpoint breakpoint{Breakpoint::Kind::Line, number, 0, trace::TaskPhase::Running};
    const bool set = ui.state.has_breakpoint(breakpoint);
    const Touch touch = ui.touch("code/gutter" + std::to_string(number), place);
    if (set || touch.hovered)
        c.circle({place.right() - ui.px(4), place.center().y}, 4.5f,
                 set ? c.theme.error : fade(c.theme.error, 0.35f));
    if (touch.hovered)
        ui.tooltip(set ? "Playing stops here. A click takes the breakpoint away."
                       : "A click makes playing stop before this line.");
    if (touch.clicked) ui.act(ToggleBreakpoint{breakpoint});
}

}  // namespace

void draw_code(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const Document& document = ui.state.document();
    c.panel(area);
    Rect inside = area.inner(ui.px(16));
    const Rect title = inside.take_top(ui.px(28));
    c.heading({title.x + ui.px(2), title.y}, "CODE");
    const Rect button{title.right() - ui.px(58), title.y - ui.px(4), ui.px(58), ui.px(26)};
    if (ui.button("code/edit", button, "Edit")) ui.act(Edit{});
    const std::string name = (ui.state.editor().unsaved() ? "• " : "") + document.filename;
    const float name_width = c.text_width(name, Face::Mono, 13);
    const float name_end = button.x - ui.px(12);
    c.text_cut({std::max(title.x + ui.px(70), name_end - name_width), title.y}, name,
               name_end - title.x - ui.px(70), Face::Mono, 13, c.theme.faint);
    draw_code_foot(ui, inside.take_bottom(code_foot_height(ui, inside.w)));

    const float row_height = ui.px(22);
    const auto rows = static_cast<size_t>(std::max(1.0f, inside.h / row_height));
    const std::vector<Marker> markers = live_markers(ui.state);
    const size_t first = first_row(ui, area, wanted_line(markers), rows);
    ui.remember_place("code", area);
    char quote = 0;
    for (size_t i = 0; i < first && i < document.lines.size(); ++i)
        static_cast<void>(color_line(document.lines[i], quote));
    c.clip(inside);
    for (size_t i = 0; i < rows && first + i < document.lines.size(); ++i) {
        const auto number = static_cast<uint32_t>(first + i + 1);
        const Rect row{inside.x - ui.px(10), inside.y + row_height * static_cast<float>(i),
                       inside.w + ui.px(20), row_height};
        float shift = ui.px(8);
        for (const Marker& marker : markers) {
            if (marker.line != number) continue;
            if (shift < ui.px(9))
                c.fill(row, fade(c.theme.task(marker.task), marker.running ? 0.28f : 0.10f), 5);
            draw_marker(ui, row, marker, shift);
            shift += ui.px(14);
        }
        const std::string digits = std::to_string(number);
        const float number_x = inside.x + ui.px(62);
        c.text({number_x - c.text_width(digits, Face::Mono, 13), row.y + ui.px(3)}, digits,
               Face::Mono, 13, c.theme.faint);
        draw_gutter(ui, {row.x + ui.px(38), row.y, number_x - row.x - ui.px(38) + ui.px(14), row.h},
                    number);
        float x = number_x + ui.px(24);
        for (const CodePiece& piece : color_line(document.lines[first + i], quote))
            x += c.text({x, row.y + ui.px(2)}, piece.text, Face::Mono, 15,
                        code_color(c.theme, piece.kind));
        if (ui.touch("code/line" + digits, row).clicked) {
            const auto events = ui.state.timeline().events_on_line(number);
            const auto after = std::upper_bound(events.begin(), events.end(), ui.state.focus());
            if (!events.empty()) ui.act(Seek{after == events.end() ? events.front() : *after});
        }
    }
    c.unclip();
}

}  // namespace loopglass::gui
