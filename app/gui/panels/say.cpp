// The say-it line: the one sentence that tells what just happened and why. The largest text.
#include "runtime/trace/say.hpp"

#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

void draw_say(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    c.panel(area);
    c.fill(area, mix(c.theme.panel, c.theme.line, 0.18f), 10);
    c.frame(area, c.theme.line, 10);
    const trace::TaskId actor = state.timeline().size() ? state.timeline().actor(state.focus()) : 0;
    const Color color = actor ? c.theme.task(actor) : c.theme.dim;
    c.fill({area.x, area.y, ui.px(5), area.h}, color, 2);
    const float button = ui.px(72);
    const float width = area.w - ui.px(24) - button - ui.px(36);
    const float height =
        c.text_wrapped({}, state.sentence(), width, Face::Text, 20, c.theme.text, false);
    const float y = area.y + std::max(ui.px(8), (area.h - height) / 2);
    c.clip(area);
    c.text_wrapped({area.x + ui.px(24), y}, state.sentence(), width, Face::Text, 20, c.theme.text);
    c.unclip();
    const Rect why{area.right() - button - ui.px(18), area.bottom() - ui.px(40), button, ui.px(28)};
    if (ui.button("say/why", why, "why?", state.why_open)) ui.act(ToggleWhy{});
}

// The chain of causes behind the event at the focus, nearest first; each line is a place to go.
void draw_why(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const std::vector<trace::EventIndex> chain = state.timeline().size()
                                                     ? state.timeline().why(state.focus())
                                                     : std::vector<trace::EventIndex>();
    const size_t shown = std::min<size_t>(chain.size(), 7);
    const float row = ui.px(40);
    const Rect box{area.x + area.w * 0.2f, area.y + area.h * 0.18f, area.w * 0.6f,
                   ui.px(96) + row * static_cast<float>(std::max<size_t>(shown, 1))};
    c.fill(area, fade(c.theme.background, 0.6f));
    c.fill(box, c.theme.panel, 12);
    c.frame(box, c.theme.accent, 12, 1.5f);
    Rect inside = box.inner(ui.px(20));
    const Rect title = inside.take_top(ui.px(28));
    c.text({title.x, title.y}, "Why did this happen now?", Face::Strong, 17, c.theme.text);
    const Rect close{box.right() - ui.px(42), box.y + ui.px(14), ui.px(26), ui.px(26)};
    if (ui.touch("why/close", close).clicked) ui.act(ToggleWhy{});
    c.icon(Icon::Close, close.inner(ui.px(6)), c.theme.dim);
    const float sentence = c.text_wrapped({inside.x, inside.y}, state.sentence(), inside.w,
                                          Face::Text, 13, c.theme.dim, false);
    c.text_wrapped({inside.x, inside.y}, state.sentence(), inside.w, Face::Text, 13, c.theme.dim);
    inside.take_top(sentence + ui.px(6));
    if (chain.empty())
        c.text({inside.x, inside.y}, "Nothing came before it: this is where it all begins.",
               Face::Text, 15, c.theme.text);
    for (size_t i = 0; i < shown; ++i) {
        const Rect line = inside.take_top(row);
        const Touch touch = ui.touch("why/" + std::to_string(i), line);
        if (touch.hovered) c.fill(line, c.theme.inset, 6);
        if (touch.clicked) {
            ui.act(Seek{chain[i]});
            ui.act(ToggleWhy{});
        }
        const std::string when = trace::seconds_text(state.timeline().recording().time(chain[i]));
        const float width =
            c.text({line.x + ui.px(6), line.y + ui.px(11)}, when, Face::Mono, 13, c.theme.faint);
        c.text_cut({line.x + ui.px(20) + width, line.y + ui.px(10)},
                   trace::say(state.timeline(), chain[i], state.settings.clothes),
                   line.w - width - ui.px(30), Face::Text, 15,
                   touch.hovered ? c.theme.text : c.theme.dim);
    }
    // Last, so that what lies on it answers first.
    if (ui.touch("why/outside", area).clicked && !box.contains(ui.pointer())) ui.act(ToggleWhy{});
}

}  // namespace loopglass::gui
