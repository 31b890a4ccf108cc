// What the script has printed up to the focus; a line leads to the moment it was printed.
#include <algorithm>
#include <string>
#include <vector>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

// A row of the panel: one line of what one event printed.
struct OutputRow {
    size_t print;  // which of the prints
    size_t line;   // of its text, from 0
    std::string_view text;
    bool goes_on;  // in the next row
};

// At most so many rows, up to the first line of what lies `ahead` prints after the `printed` ones.
std::vector<OutputRow> last_rows(const trace::Timeline& timeline, size_t printed, size_t ahead,
                                 size_t most) {
    const trace::Recording& recording = timeline.recording();
    std::vector<OutputRow> out, lines;
    for (size_t i = printed + ahead; i-- > 0 && out.size() < most;) {
        std::string_view text = recording.text_of(recording[timeline.prints()[i]].object);
        while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
        lines.clear();
        for (size_t line = 0;; ++line) {
            const size_t end = std::min(text.find('\n'), text.size());
            const bool last = end == text.size() || i >= printed;
            lines.push_back({i, line, text.substr(0, end), !last});
            if (last) break;
            text.remove_prefix(end + 1);
        }
        out.insert(out.end(), lines.rbegin(), lines.rend());
    }
    if (out.size() > most) out.resize(most);
    std::reverse(out.begin(), out.end());
    return out;
}

void draw_output_row(Ui& ui, const OutputRow& part, size_t printed, const Rect& row) {
    const Canvas& c = ui.canvas;
    const trace::Timeline& timeline = ui.state.timeline();
    const trace::Recording& recording = timeline.recording();
    const trace::EventIndex at = timeline.prints()[part.print];
    const trace::Event& event = recording[at];
    const bool past = part.print < printed;
    const std::string line = part.line ? "." + std::to_string(part.line) : std::string();
    const Touch touch = ui.touch("output/" + std::to_string(part.print) + line, row);
    if (touch.hovered) c.fill(row, c.theme.inset, 4);
    if (touch.clicked) ui.act(Seek{at});
    const std::string time = trace::seconds_text(recording.time(at));
    const float width = c.text_width(time, Face::Mono, 13);
    if (!part.line)
        c.text_level(row.x, row.center().y, time, Face::Mono, 13,
                     fade(c.theme.faint, past ? 1.0f : 0.6f));
    const Color color = event.subject ? c.theme.task(event.subject) : c.theme.dim;
    c.fill({row.x + width + ui.px(14), row.y + (part.line ? 0 : ui.px(3)), ui.px(4),
            part.line || part.goes_on ? row.h - (part.line ? 0 : ui.px(3)) : ui.px(13)},
           fade(color, past ? 1.0f : 0.35f), part.line || part.goes_on ? 0 : 2);
    const bool error = event.detail_as<trace::Stream>() == trace::Stream::Stderr;
    const Color ink = error ? c.theme.error : c.theme.text;
    const float room = row.w - width - ui.px(28);
    c.text_level_cut(row.x + width + ui.px(28), row.center().y, part.text, room, Face::Mono, 13,
                     fade(ink, past ? 1.0f : 0.4f));
    if (touch.hovered && c.text_width(part.text, Face::Mono, 13) > room) ui.tooltip(part.text);
}

}  // namespace

void draw_output(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const trace::Timeline& timeline = state.timeline();
    c.panel(area);
    Rect inside = area.inner(ui.px(15));
    c.heading({inside.x, inside.y - ui.px(4)}, tr("OUTPUT"));
    const Breakpoint every{Breakpoint::Kind::Print};
    const bool stops = state.has_breakpoint(every);
    const std::string_view word = tr("stop at prints");
    const float word_width = c.text_width(word, Face::Text, 12);
    const Rect stop{inside.right() - word_width - ui.px(16), inside.y - ui.px(8),
                    word_width + ui.px(18), ui.px(22)};
    const Touch stopper = ui.touch("output/stop", stop);
    c.circle({stop.x + ui.px(5), stop.center().y}, 4,
             stops ? c.theme.error : fade(c.theme.error, stopper.hovered ? 0.6f : 0.25f));
    c.text_level(stop.x + ui.px(14), stop.center().y, word, Face::Text, 12,
                 stops || stopper.hovered ? c.theme.text : c.theme.faint);
    if (stopper.clicked) ui.act(ToggleBreakpoint{every});
    inside = {inside.x, inside.y + ui.px(18), inside.w, inside.h - ui.px(12)};
    const float row_height = ui.px(19);
    const auto rows = static_cast<size_t>(std::max(1.0f, inside.h / row_height));
    const std::vector<trace::EventIndex>& prints = timeline.prints();
    const size_t printed = timeline.prints_until(state.focus());
    // What lies ahead shows faintly, but for what a question is about to ask.
    const auto known = std::max<size_t>(timeline.prints_until(state.horizon()), printed);
    const size_t ahead = std::min<size_t>(known - printed, rows > 2 ? rows / 3 : rows - 1);
    // The wheel looks back at what was printed long ago.
    float& back = ui.memory.output_back;
    back = std::max(0.0f, back + ui.wheel_over(area));
    const std::vector<OutputRow> all =
        last_rows(timeline, printed, ahead, rows + static_cast<size_t>(back));
    back = std::min(back, all.size() > rows ? static_cast<float>(all.size() - rows) : 0.0f);
    const size_t end = all.size() - static_cast<size_t>(back);
    const size_t first = end > rows ? end - rows : 0;
    c.clip(inside);
    for (size_t i = first; i < end; ++i)
        draw_output_row(ui, all[i], printed,
                        {inside.x, inside.y + row_height * static_cast<float>(i - first), inside.w,
                         row_height});
    c.unclip();
    if (prints.empty())
        c.text({inside.x, inside.y}, tr("This run prints nothing."), Face::Text, 13, c.theme.faint);
}

}  // namespace loopglass::gui
