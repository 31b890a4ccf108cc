// A question about what comes next. Two tries, then the answer is shown from the run.
#include <algorithm>
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

// After a wrong answer that some wrong idea leads to.
void draw_replay_button(Ui& ui, const Rect& area) {
    if (ui.state.replay() < 0) return;
    const std::string label = "Run it my way (r)";
    const float width = ui.canvas.text_width(label, Face::Text, 13) + ui.px(24);
    const Rect box{area.right() - width - ui.px(10), area.y + ui.px(7), width, ui.px(26)};
    if (ui.button("predict/replay", box, label, true)) ui.act(OpenCompare{ui.state.replay()});
}

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
    // Where the author says nothing, or there is room, the run itself says why.
    for (const std::string& cause : told.causes) {
        if (y + ui.px(38) > area.bottom()) break;
        y += c.text_wrapped({inside.x, y + ui.px(2)}, cause, inside.w, Face::Text, 13, c.theme.dim);
    }
    draw_replay_button(ui, area);
    if (y + ui.px(20) < area.bottom())
        c.text({inside.x, y + ui.px(4)}, "Press → and see it happen.", Face::Text, 13, c.theme.dim);
}

// The question itself, what to do after a wrong answer, and how to give up.
void draw_question(Ui& ui, const Rect& area, const Rect& inside, const Prediction& open) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    float right = inside.right();
    if (state.replay() >= 0) {
        draw_replay_button(ui, area);
        right -= c.text_width("Run it my way (r)", Face::Text, 13) + ui.px(28);
    } else {
        const std::string place = std::to_string(state.prediction_number()) + " of " +
                                  std::to_string(state.document().predictions.size());
        const float width = c.text_width(place, Face::Text, 13);
        c.text({right - width, inside.y - ui.px(3)}, place, Face::Text, 13, c.theme.faint);
        right -= width + ui.px(10);
    }
    const Rect show{right - ui.px(64), inside.y - ui.px(7), ui.px(64), ui.px(24)};
    const Touch touch = ui.touch("predict/show", show);
    c.text_centered(show, "show me", Face::Text, 13, touch.hovered ? c.theme.text : c.theme.dim);
    if (touch.clicked) ui.act(ShowAnswer{});
    const std::string said =
        state.wrong_tries() ? "Not yet, once more: " + open.question : open.question;
    c.text_cut({inside.x, inside.y - ui.px(3)}, said, show.x - inside.x - ui.px(8), Face::Strong,
               13, c.theme.accent);
}

// What the page offers while no question is open: a goal, two runs to compare.
bool draw_offer(Ui& ui, Rect inside) {
    const Canvas& c = ui.canvas;
    const GoalCard* goal = ui.state.page_goal();
    const int comparison = ui.state.page_comparison();
    if (!goal && comparison < 0) return false;
    if (comparison >= 0) {
        const std::string label = "Side by side (v)";
        const float width = c.text_width(label, Face::Text, 13) + ui.px(24);
        const Rect box{inside.right() - width, inside.y - ui.px(7), width, ui.px(26)};
        if (ui.button("predict/compare", box, label)) ui.act(OpenCompare{comparison});
    }
    if (!goal) {
        c.heading({inside.x, inside.y - ui.px(2)}, "COMPARE");
        c.text_wrapped({inside.x, inside.y + ui.px(26)},
                       ui.state.document().comparisons[static_cast<size_t>(comparison)].title,
                       inside.w, Face::Text, 13, c.theme.text);
        return true;
    }
    c.heading({inside.x, inside.y - ui.px(2)}, goal->reached ? "GOAL: REACHED" : "GOAL");
    float y = inside.y + ui.px(22);
    y += c.text_wrapped({inside.x, y}, goal->text, inside.w, Face::Text, 13, c.theme.text);
    // What is missing comes first: there may not be room for all.
    std::vector<GoalCard::Line> lines = goal->lines;
    std::stable_partition(lines.begin(), lines.end(),
                          [](const GoalCard::Line& line) { return !line.holds; });
    for (const GoalCard::Line& line : lines) {
        if (y + ui.px(16) > inside.bottom() + ui.px(8)) break;
        const Color ink = line.holds ? c.theme.accent : c.theme.error;
        c.icon(line.holds ? Icon::Check : Icon::Cross,
               {inside.x, y + ui.px(3), ui.px(11), ui.px(11)}, ink);
        c.text_cut({inside.x + ui.px(18), y},
                   line.seen.empty() ? line.wanted : line.wanted + ": " + line.seen,
                   inside.w - ui.px(18), Face::Text, 13, line.holds ? c.theme.dim : c.theme.text);
        y += ui.px(17);
    }
    if (goal->lines.empty() && y + ui.px(14) < inside.bottom() + ui.px(8))
        c.text_cut({inside.x, y}, "Enter edits the script, Ctrl+Enter runs it. " + goal->hint,
                   inside.w, Face::Text, 13, c.theme.dim);
    return true;
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
    if (!open && state.note_open() && ui.memory.loop_area.h < ui.px(270)) {
        c.text_wrapped({inside.x, inside.y - ui.px(4)}, trace::words(state.settings.clothes).breaks,
                       inside.w - ui.px(84), Face::Text, 13, c.theme.text);
        const Rect close{inside.right() - ui.px(72), area.center().y - ui.px(13), ui.px(72),
                         ui.px(26)};
        if (ui.button("predict/note", close, "got it")) ui.act(DismissNote{});
        return;
    }
    if (!open && draw_offer(ui, inside)) return;
    if (!open) {
        c.heading({inside.x, inside.y - ui.px(2)}, "PREDICT");
        const size_t left = state.document().predictions.size();
        c.text_wrapped({inside.x, inside.y + ui.px(26)},
                       left ? "A question waits further on. Step with the arrow keys."
                            : "Say aloud what happens next, then press → and see.",
                       inside.w, Face::Text, 13, c.theme.faint);
        return;
    }
    draw_question(ui, area, inside, *open);
    inside.take_top(ui.px(24));
    float x = inside.x, y = inside.y;
    const float height = ui.px(34);
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
}

}  // namespace loopglass::gui
