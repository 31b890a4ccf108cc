// A question about what comes next. Two tries, then the answer is shown from the run.
#include <algorithm>
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

// The answer, as the run gives it, with what explains it; until the reader goes on.
void draw_answer(Ui& ui, const Rect& area, const Prediction& told) {
    const Canvas& c = ui.canvas;
    const bool right = ui.state.told_right();
    c.frame(area, right ? c.theme.accent : c.theme.number, 10, 1.5f);
    const Rect inside = area.inner(ui.px(15));
    const float title =
        c.text({inside.x, inside.y - ui.px(3)}, right ? "Right:" : "The run says:", Face::Strong,
               13, right ? c.theme.accent : c.theme.number);
    const std::string& answer = told.choices[static_cast<size_t>(told.right)];
    c.text_cut({inside.x + title + ui.px(10), inside.y - ui.px(3)}, answer,
               inside.w - title - ui.px(10), Face::Mono, 13, c.theme.text);
    float y = inside.y + ui.px(20);
    if (!told.explanation.empty())
        y +=
            c.text_wrapped({inside.x, y}, told.explanation, inside.w, Face::Text, 13, c.theme.text);
    if (y + ui.px(20) < area.bottom())
        c.text({inside.x, y + ui.px(4)}, "Press → and see it happen.", Face::Text, 13, c.theme.dim);
}

}  // namespace

void draw_predict(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const Prediction* open = state.open_prediction();
    c.fill(area, c.theme.panel, 10);
    c.frame(area, open ? c.theme.accent : c.theme.line, 10, open ? 1.5f : 1);
    Rect inside = area.inner(ui.px(15));
    if (const Prediction* told = state.told_prediction()) return draw_answer(ui, area, *told);
    if (!open) {
        c.heading({inside.x, inside.y - ui.px(2)}, "PREDICT");
        const size_t left = state.document().predictions.size();
        c.text_wrapped({inside.x, inside.y + ui.px(26)},
                       left ? "A question waits further on. Step with the arrow keys."
                            : "Say aloud what happens next, then press → and see.",
                       inside.w, Face::Text, 13, c.theme.faint);
        return;
    }
    const std::string place = std::to_string(state.prediction_number()) + " of " +
                              std::to_string(state.document().predictions.size());
    const float place_width = c.text_width(place, Face::Text, 13);
    c.text({inside.right() - place_width, inside.y - ui.px(3)}, place, Face::Text, 13,
           c.theme.faint);
    c.text_cut({inside.x, inside.y - ui.px(3)}, open->question, inside.w - place_width - ui.px(10),
               Face::Strong, 13, c.theme.accent);
    inside.take_top(ui.px(24));
    float x = inside.x, y = inside.y;
    const float height = ui.px(36);
    for (size_t i = 0; i < open->choices.size(); ++i) {
        const std::string label = std::to_string(i + 1) + "  " + open->choices[i];
        const float width = std::min(c.text_width(label, Face::Mono, 13) + ui.px(28), inside.w);
        if (x + width > inside.right() && x > inside.x) {
            x = inside.x;
            y += height + ui.px(6);
        }
        const Rect box{x, y, width, height};
        const bool wrong = std::find(state.wrong_choices().begin(), state.wrong_choices().end(),
                                     static_cast<int>(i)) != state.wrong_choices().end();
        const Touch touch = ui.touch("predict/" + std::to_string(i), box);
        c.fill(box, touch.hovered ? mix(c.theme.inset, c.theme.line, 0.5f) : c.theme.inset, 8);
        c.frame(box, wrong ? c.theme.error : c.theme.line, 8);
        c.text_cut({box.x + ui.px(14), box.y + (box.h - ui.px(16)) / 2}, label, box.w - ui.px(20),
                   Face::Mono, 13, wrong ? c.theme.faint : c.theme.text);
        if (touch.clicked) ui.act(Answer{static_cast<int>(i)});
        x += width + ui.px(10);
    }
    y += height + ui.px(8);
    if (state.wrong_tries() == 1)
        c.text_cut({inside.x, y}, "Not yet: look at who is in line, and try once more.",
                   inside.w - ui.px(90), Face::Text, 13, c.theme.dim);
    const Rect show{inside.right() - ui.px(76), inside.bottom() - ui.px(22), ui.px(76), ui.px(24)};
    const Touch touch = ui.touch("predict/show", show);
    c.text_centered(show, "show me", Face::Text, 13, touch.hovered ? c.theme.text : c.theme.dim);
    if (touch.clicked) ui.act(ShowAnswer{});
}

}  // namespace loopglass::gui
