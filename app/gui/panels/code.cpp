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
    for (const TaskId task : state.live_tasks()) {
        const trace::TaskState at = state.model().task(task);
        const uint32_t row = state.document().row_of(task, at.line);
        if (!row) continue;
        if (out.size() > 200) break;
        out.push_back({task, row, at.phase == TaskPhase::Running});
    }
    return out;
}

constexpr float kGutter = 44;  // what the markers of a line share, so that its number stays clear

// One marker: the letter and, where there is room, the sign for what its task does here.
void draw_marker(Ui& ui, const Rect& chip, const Marker& marker) {
    const Canvas& c = ui.canvas;
    std::string letter = ui.state.timeline().letter(marker.task);
    while (letter.size() > 1 && c.text_width(letter, Face::Strong, 12) > chip.w - ui.px(2))
        letter.erase(0, 1);  // of many with one letter the number tells which
    const float width = c.text_width(letter, Face::Strong, 12);
    const bool sign = width + ui.px(14) <= chip.w;
    c.fill(chip, c.theme.task(marker.task), 4);
    const bool wide = width + ui.px(19) <= chip.w;
    const float x = sign ? chip.x + ui.px(wide ? 7 : 3) : chip.center().x - width / 2;
    c.text_level(std::max(x, chip.x + ui.px(1)), chip.center().y, letter, Face::Strong, 12,
                 c.theme.on_task);
    if (sign)
        c.icon(
            marker.running ? Icon::Play : Icon::Pause,
            {chip.right() - ui.px(wide ? 12 : 10), chip.center().y - ui.px(5), ui.px(9), ui.px(10)},
            c.theme.on_task);
    else if (marker.running)
        c.frame(chip, c.theme.text, 4, 1.5f);
    if (ui.touch("code/marker" + std::to_string(marker.task), chip).clicked)
        ui.act(SelectTask{marker.task});
}

// "tick, tick 2 and 3 more go on here."
std::string marker_words(const AppState& state, const std::vector<const Marker*>& here) {
    std::string names;
    constexpr size_t kNamed = 6;
    for (size_t i = 0; i < here.size() && i < kNamed; ++i) {
        if (i) names += i + 1 == here.size() ? tr(" and ") : ", ";
        names += state.timeline().label(here[i]->task);
    }
    if (here.size() > kNamed)
        names += tr(" and ") + std::to_string(here.size() - kNamed) + tr(" more");
    if (here.size() > 1) return names + tr(" stand on this line.");
    return names + (here.front()->running ? tr(" is at this line.") : tr(" goes on here."));
}

// The markers of one line side by side: one whole, two narrow ones, or the first and a count.
// Whoever runs comes first, then whoever is selected.
void draw_markers(Ui& ui, const Rect& row, std::vector<const Marker*> here) {
    if (here.empty()) return;
    const Canvas& c = ui.canvas;
    const auto first = [&](const Marker* m) {
        return m->running ? 2 : m->task == ui.state.selected() ? 1 : 0;
    };
    std::stable_sort(here.begin(), here.end(),
                     [&](const Marker* a, const Marker* b) { return first(a) > first(b); });
    c.fill(row, fade(c.theme.task(here[0]->task), here[0]->running ? 0.28f : 0.10f), 5);
    const Rect room{row.x + ui.px(6), row.y + ui.px(2), ui.px(kGutter), row.h - ui.px(4)};
    // Whoever runs keeps the sign for it; the others make room.
    const bool crowd = here.size() > 10;
    const float lead = crowd                                 ? ui.px(18)
                       : here[0]->running && here.size() > 1 ? ui.px(25)
                                                             : (room.w - ui.px(2)) / 2;
    if (here.size() == 1) {
        draw_marker(ui, {room.x, room.y, ui.px(30), room.h}, *here[0]);
    } else {
        const Rect right{room.x + lead + ui.px(2), room.y, room.w - lead - ui.px(2), room.h};
        draw_marker(ui, {room.x, room.y, lead, room.h}, *here[0]);
        if (here.size() == 2) {
            draw_marker(ui, right, *here[1]);
        } else {  // a click goes from one to the next
            c.frame(right, c.theme.dim, 4);
            const std::string more = "+" + std::to_string(here.size() - 1);
            const bool fits = c.text_width(more, Face::Strong, 12) <= right.w;
            c.text_centered(right, fits ? more : "…", Face::Strong, 12, c.theme.text);
            std::sort(here.begin(), here.end(),
                      [](const Marker* a, const Marker* b) { return a->task < b->task; });
            const auto after = std::find_if(here.begin(), here.end(), [&](const Marker* m) {
                return m->task > ui.state.selected();
            });
            if (ui.touch("code/more" + std::to_string(here[0]->line), right).clicked)
                ui.act(SelectTask{(after == here.end() ? here.front() : *after)->task});
        }
    }
    if (room.contains(ui.pointer())) ui.tooltip(marker_words(ui.state, here));
}

// --- rows ----------------------------------------------------------------------------------------

// A piece of a line as long as the panel is wide: what does not fit goes on in a row of its own.
struct CodeRow {
    uint32_t line;        // from 0
    uint32_t begin, end;  // bytes of it
    uint32_t indent;      // columns before a row that goes on
};

// Where to break text that may be `columns` wide: after the last space or comma, or else a bracket
// or operator, but not in the indentation.
uint32_t fold_at(std::string_view text, uint32_t begin, uint32_t columns, uint32_t least) {
    uint32_t at = begin, used = 0;
    while (at < text.size() && used < columns) {
        ++at, ++used;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    }
    if (at >= text.size()) return static_cast<uint32_t>(text.size());
    for (const std::string_view breaks : {" ,", "(.=+-"})
        for (uint32_t back = at; back > least && back > begin + columns / 3; --back)
            if (breaks.find(text[back - 1]) != std::string_view::npos) return back;
    return at;
}

std::vector<CodeRow> fold_lines(const std::vector<std::string>& lines, uint32_t columns) {
    std::vector<CodeRow> out;
    out.reserve(lines.size() + 8);
    columns = std::max(columns, 16u);
    for (uint32_t i = 0; i < lines.size(); ++i) {
        const std::string& text = lines[i];
        const auto size = static_cast<uint32_t>(text.size());
        if (size <= columns) {
            out.push_back({i, 0, size, 0});
            continue;
        }
        const auto lead = static_cast<uint32_t>(std::min(text.find_first_not_of(' '), text.size()));
        const uint32_t indent = std::min(lead + 4, columns / 2);
        for (uint32_t at = 0; at < size;) {
            const uint32_t room = at ? columns - indent : columns;
            const uint32_t end = std::max(fold_at(text, at, room, lead), at + 1);
            out.push_back({i, at, end, at ? indent : 0});
            at = end;
        }
    }
    return out;
}

// The line to keep in view: the running one, or the selected task's, or else the first marker.
uint32_t wanted_line(const AppState& state, const std::vector<Marker>& markers) {
    const Marker* wanted = nullptr;
    const auto rank = [&](const Marker& marker) {
        return marker.running ? 2 : marker.task == state.selected() ? 1 : 0;
    };
    for (const Marker& marker : markers)
        if (!wanted || rank(marker) > rank(*wanted)) wanted = &marker;
    return wanted ? wanted->line : 1;
}

// The first row to show. The wheel moves it; when the focus moves, the wanted row comes into view.
size_t first_row(Ui& ui, const Rect& place, size_t wanted, size_t total, size_t rows) {
    float& row = ui.memory.code_row;
    const auto shown = static_cast<float>(rows), at = static_cast<float>(wanted);
    row -= std::round(ui.wheel_over(place) * 3);
    if (ui.memory.code_focus != ui.state.focus() || ui.memory.code_rows != shown) {
        ui.memory.code_focus = ui.state.focus();
        ui.memory.code_rows = shown;
        // By half panels, and by where the focus is alone: the same moment looks the same however
        // one came to it.
        const float half = std::max(1.0f, std::floor(shown / 2));
        row = std::floor(at / half) * half - std::floor(half / 2);
    }
    row = std::clamp(row, 0.0f, std::max(0.0f, static_cast<float>(total) - shown));
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
        ui.tooltip(set ? tr("Playing stops here. A click takes the breakpoint away.")
                       : tr("A click makes playing stop before this line."));
    if (touch.clicked) ui.act(ToggleBreakpoint{breakpoint});
}

struct Columns {
    float number, text, width;
};

void draw_row(Ui& ui, const CodeRow& part, const Rect& row, const std::vector<CodePiece>& pieces,
              const std::vector<Marker>& markers, const Columns& at) {
    const Canvas& c = ui.canvas;
    const uint32_t number = part.line + 1;
    const TypedInput* input = ui.state.document().input_at(number);
    const uint32_t shown = ui.state.document().number_of(number);
    const std::string digits = shown ? std::to_string(shown) : std::string();
    if (part.begin == 0) {
        std::vector<const Marker*> here;
        for (const Marker& marker : markers)
            if (marker.line == number) here.push_back(&marker);
        const Color ink = here.empty() ? c.theme.faint : c.theme.text;
        draw_markers(ui, row, std::move(here));
        c.text_level(at.number - c.text_width(digits, Face::Mono, 13), row.center().y, digits,
                     Face::Mono, 13, ink);
        const float left = row.x + ui.px(6 + kGutter);
        if (shown == number)
            draw_gutter(ui, {left, row.y, at.number - left + ui.px(14), row.h}, number);
    }
    float x = at.text + at.width * static_cast<float>(part.indent);
    uint32_t begin = 0;
    for (const CodePiece& piece : pieces) {
        const auto end = begin + static_cast<uint32_t>(piece.text.size());
        const uint32_t from = std::max(begin, part.begin), to = std::min(end, part.end);
        if (from < to)
            x += c.text_level(x, row.center().y, piece.text.substr(from - begin, to - from),
                              Face::Mono, 15, code_color(c.theme, piece.kind));
        begin = end;
    }
    std::string name = std::to_string(number);
    if (part.begin) name += "+" + std::to_string(part.begin);
    if (!ui.touch("code/line" + name, row).clicked) return;
    if (input) return ui.act(Seek{input->entered});
    if (shown != number) return;
    const auto events = ui.state.timeline().events_on_line(number);
    const auto after = std::upper_bound(events.begin(), events.end(), ui.state.focus());
    if (!events.empty()) ui.act(Seek{after == events.end() ? events.front() : *after});
}

}  // namespace

void draw_code(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const Document& document = ui.state.document();
    c.panel(area);
    Rect inside = area.inner(ui.px(16));
    const Rect title = inside.take_top(ui.px(28));
    c.heading({title.x + ui.px(2), title.y}, tr("CODE"));
    const Rect button{title.right() - ui.px(58), title.y - ui.px(6), ui.px(58), ui.px(26)};
    if (ui.button("code/edit", button, tr("Edit"))) ui.act(Edit{});
    const std::string name = (ui.state.editor().unsaved() ? "• " : "") + document.filename;
    const float name_width = c.text_width(name, Face::Mono, 13);
    const float name_end = button.x - ui.px(12);
    c.text_level_cut(std::max(title.x + ui.px(70), name_end - name_width), button.center().y, name,
                     name_end - title.x - ui.px(70), Face::Mono, 13, c.theme.faint);
    draw_code_foot(ui, inside.take_bottom(code_foot_height(ui, inside.w)));

    const float number_x = inside.x + ui.px(62);
    const float text_x = number_x + ui.px(20), column = c.text_width("0", Face::Mono, 15);
    const std::vector<CodeRow> all = fold_lines(
        document.lines,
        static_cast<uint32_t>(std::max(1.0f, (inside.right() + ui.px(6) - text_x) / column)));
    // Where a row or two more would show all of it, rows stand closer.
    const float all_rows = std::max(1.0f, static_cast<float>(all.size()));
    const float fitting = std::floor(inside.h / all_rows);
    const float row_height = fitting >= ui.px(20) ? std::min(fitting, ui.px(22)) : ui.px(22);
    const auto rows = static_cast<size_t>(std::max(1.0f, inside.h / row_height));
    const std::vector<Marker> markers = live_markers(ui.state);
    const uint32_t wanted = wanted_line(ui.state, markers) - 1;
    const auto wanted_row =
        std::lower_bound(all.begin(), all.end(), wanted,
                         [](const CodeRow& row, uint32_t line) { return row.line < line; });
    const size_t first =
        first_row(ui, area, static_cast<size_t>(wanted_row - all.begin()), all.size(), rows);
    ui.remember_place("code", area);
    char quote = 0;
    const size_t first_line = first < all.size() ? all[first].line : 0;
    for (size_t i = 0; i < first_line; ++i) static_cast<void>(color_line(document.lines[i], quote));
    std::vector<CodePiece> pieces;
    c.clip({inside.x - ui.px(10), inside.y, inside.w + ui.px(20), inside.h});
    for (size_t i = 0; i < rows && first + i < all.size(); ++i) {
        const CodeRow& part = all[first + i];
        const Rect row{inside.x - ui.px(10), inside.y + row_height * static_cast<float>(i),
                       inside.w + ui.px(20), row_height};
        if (i == 0 || part.begin == 0) pieces = color_line(document.lines[part.line], quote);
        draw_row(ui, part, row, pieces, markers, {number_x, text_x, column});
    }
    c.unclip();
}

}  // namespace loopglass::gui
