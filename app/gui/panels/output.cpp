// What the script has printed up to the focus; a line leads to the moment it was printed.
#include <algorithm>
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

void draw_output(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const trace::Timeline& timeline = state.timeline();
    const trace::Recording& recording = timeline.recording();
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
    c.text({stop.x + ui.px(14), stop.y + ui.px(5)}, word, Face::Text, 12,
           stops || stopper.hovered ? c.theme.text : c.theme.faint);
    if (stopper.clicked) ui.act(ToggleBreakpoint{every});
    inside = {inside.x, inside.y + ui.px(18), inside.w, inside.h - ui.px(12)};
    const float row_height = ui.px(19);
    const auto rows = static_cast<size_t>(std::max(1.0f, inside.h / row_height));
    const std::vector<trace::EventIndex>& prints = timeline.prints();
    const size_t printed = timeline.prints_until(state.focus());
    // What lies ahead shows faintly, unless a question about it is open.
    const bool veiled = state.open_prediction() != nullptr;
    const size_t ahead =
        veiled ? 0 : std::min<size_t>(prints.size() - printed, rows > 2 ? rows / 3 : rows - 1);
    // The wheel looks back at what was printed long ago.
    float& back = ui.memory.output_back;
    back += ui.wheel_over(area);
    const size_t newest = printed + ahead;
    back = std::clamp(back, 0.0f, newest > rows ? static_cast<float>(newest - rows) : 0.0f);
    const size_t end = newest - static_cast<size_t>(back);
    const size_t first = end > rows ? end - rows : 0;
    c.clip(inside);
    for (size_t i = first; i < end; ++i) {
        const trace::Event& event = recording[prints[i]];
        const Rect row{inside.x, inside.y + row_height * static_cast<float>(i - first), inside.w,
                       row_height};
        const bool past = i < printed;
        const Touch touch = ui.touch("output/" + std::to_string(i), row);
        if (touch.hovered) c.fill(row, c.theme.inset, 4);
        if (touch.clicked) ui.act(Seek{prints[i]});
        std::string text(recording.text_of(event.object));
        if (!text.empty() && text.back() == '\n') text.pop_back();
        std::replace(text.begin(), text.end(), '\n', ' ');
        const float width =
            c.text({row.x, row.y + ui.px(2)}, trace::seconds_text(recording.time(prints[i])),
                   Face::Mono, 13, c.theme.faint);
        const Color color = event.subject ? c.theme.task(event.subject) : c.theme.dim;
        c.fill({row.x + width + ui.px(14), row.y + ui.px(4), ui.px(4), ui.px(13)},
               fade(color, past ? 1.0f : 0.35f), 2);
        const bool error = event.detail_as<trace::Stream>() == trace::Stream::Stderr;
        const Color ink = error ? c.theme.error : c.theme.text;
        c.text_cut({row.x + width + ui.px(28), row.y + ui.px(2)}, text, row.w - width - ui.px(28),
                   Face::Mono, 13, fade(ink, past ? 1.0f : 0.3f));
    }
    c.unclip();
    if (prints.empty())
        c.text({inside.x, inside.y}, tr("This run prints nothing."), Face::Text, 13, c.theme.faint);
}

}  // namespace loopglass::gui
