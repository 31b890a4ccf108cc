// A question about what comes next. Two tries, then the answer is shown from the run.
#include <imgui.h>

#include <algorithm>
#include <string>

#include "app/gui/keys.hpp"
#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

constexpr float kAsked = 15;  // the type of a question

// After a wrong answer that some wrong idea leads to.
void draw_replay_button(Ui& ui, const Rect& area) {
    if (ui.state.replay() < 0) return;
    const std::string label = tr("Run it my way (r)");
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
        c.text({inside.x, inside.y - ui.px(3)}, right ? tr("Right:") : tr("The run says:"),
               Face::Strong, 13, right ? c.theme.accent : c.theme.number);
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
        c.text({inside.x, y + ui.px(4)}, tr("Press → and see it happen."), Face::Text, 13,
               c.theme.dim);
}

// The question itself, what to do after a wrong answer, and how to give up. Answers its height.
float draw_question(Ui& ui, const Rect& area, const Rect& inside, const Prediction& open) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    float right = inside.right();
    if (state.replay() >= 0) {
        draw_replay_button(ui, area);
        right -= c.text_width(tr("Run it my way (r)"), Face::Text, 13) + ui.px(28);
    } else {
        const std::string place = std::to_string(state.prediction_number()) + tr(" of ") +
                                  std::to_string(state.document().predictions.size());
        const float width = c.text_width(place, Face::Text, 13);
        c.text({right - width, inside.y - ui.px(3)}, place, Face::Text, 13, c.theme.faint);
        right -= width + ui.px(10);
    }
    const Rect show{right - ui.px(64), inside.y - ui.px(7), ui.px(64), ui.px(24)};
    const Touch touch = ui.touch("predict/show", show);
    c.text_centered(show, tr("show me"), Face::Text, 13,
                    touch.hovered ? c.theme.text : c.theme.dim);
    if (touch.clicked) ui.act(ShowAnswer{});
    const std::string said =
        state.wrong_tries() ? tr("Not yet, once more: ") + open.question : open.question;
    return c.text_wrapped({inside.x, inside.y - ui.px(3)}, said, show.x - inside.x - ui.px(8),
                          Face::Strong, kAsked, c.theme.accent);
}

// A row of boxes that breaks where it is full.
class Boxes {
public:
    Boxes(Ui& its_ui, const Rect& its_area) : ui_(its_ui), area_(its_area), x_(its_area.x) {}
    // `mark` stands before the text.
    Touch box(const std::string& name, const std::string& mark, const std::string& text, Color edge,
              Color ink) {
        const Canvas& c = ui_.canvas;
        const std::string label = mark + "  " + text;
        const float width = std::min(c.text_width(label, Face::Mono, 13) + ui_.px(28), area_.w);
        const float height = ui_.px(34);
        if (x_ + width > area_.right() && x_ > area_.x) {
            x_ = area_.x;
            y_ += height + ui_.px(6);
        }
        const Rect box{x_, area_.y + y_, width, height};
        const Touch touch = ui_.touch(name, box);
        c.fill(box, touch.hovered ? mix(c.theme.inset, c.theme.line, 0.5f) : c.theme.inset, 8);
        c.frame(box, edge, 8);
        c.text_level_cut(box.x + ui_.px(14), box.center().y, label, box.w - ui_.px(20), Face::Mono,
                         13, ink);
        x_ += width + ui_.px(10);
        return touch;
    }

private:
    Ui& ui_;
    Rect area_;
    float x_, y_ = 0;
};

void draw_choices(Ui& ui, const Rect& inside, const Prediction& open) {
    const Theme& t = ui.canvas.theme;
    const std::vector<int>& tried = ui.state.wrong_choices();
    Boxes boxes(ui, inside);
    for (size_t i = 0; i < open.choices.size(); ++i) {
        const bool wrong =
            std::find(tried.begin(), tried.end(), static_cast<int>(i)) != tried.end();
        const std::string number = std::to_string(i + 1);
        if (boxes
                .box("predict/" + std::to_string(i), number, open.choices[i],
                     wrong ? t.error : t.line, wrong ? t.faint : t.text)
                .clicked)
            ui.act(Answer{static_cast<int>(i)});
    }
}

// The lines to be put in order: each click says which comes next, a second one takes it back.
void draw_lines(Ui& ui, const Rect& inside, const Prediction& open) {
    const Theme& t = ui.canvas.theme;
    const std::vector<int>& picked = ui.state.picked();
    Boxes boxes(ui, inside);
    for (size_t i = 0; i < open.lines.size(); ++i) {
        const auto found = std::find(picked.begin(), picked.end(), static_cast<int>(i));
        const bool taken = found != picked.end();
        const std::string mark =
            taken ? std::to_string(found - picked.begin() + 1) + "." : std::string(" ·");
        if (boxes
                .box("predict/line" + std::to_string(i), mark, open.lines[i],
                     taken ? t.accent : t.line, t.text)
                .clicked)
            ui.act(PickLine{static_cast<int>(i)});
    }
}

// The answer as it is written.
void draw_field(Ui& ui, const Rect& inside) {
    const Canvas& c = ui.canvas;
    const Rect hand{inside.right() - ui.px(92), inside.y, ui.px(92), ui.px(34)};
    const Rect field{inside.x, inside.y, hand.x - inside.x - ui.px(10), ui.px(34)};
    (void)ui.touch("predict/field", field);
    c.fill(field, c.theme.inset, 8);
    c.frame(field, c.theme.accent, 8);
    const Point at{field.x + ui.px(14), field.y + (field.h - ui.px(16)) / 2};
    const std::string& written = ui.state.written();
    if (written.empty())
        c.text_cut({at.x + ui.px(6), at.y}, tr("type the answer, then Enter"), field.w - ui.px(30),
                   Face::Text, 13, c.theme.faint);
    const float width = c.text_width(written, Face::Mono, 13);
    // The end of a long answer is what is being written.
    c.clip(field);
    const float x = std::min(at.x, field.right() - ui.px(16) - width);
    c.text({x, at.y}, written, Face::Mono, 13, c.theme.text);
    c.unclip();
    c.fill({x + width + ui.px(1), at.y - ui.px(1), ui.px(2), ui.px(18)}, c.theme.accent);
    if (ui.button("predict/hand in", hand, tr("Enter"), !written.empty())) ui.act(HandIn{});
}

// The height of the boxes that hold these texts.
float boxes_height(Ui& ui, float room, const std::vector<std::string>& texts) {
    float x = 0, y = ui.px(34);
    for (const std::string& text : texts) {
        const float width =
            std::min(ui.canvas.text_width("00  " + text, Face::Mono, 13) + ui.px(28), room);
        if (x > 0 && x + width > room) x = 0, y += ui.px(40);
        x += width + ui.px(10);
    }
    return y;
}

// What the page offers while no question is open: a goal, two runs to compare.
bool draw_offer(Ui& ui, Rect inside) {
    const Canvas& c = ui.canvas;
    const GoalCard* goal = ui.state.page_goal();
    const int comparison = ui.state.page_comparison();
    if (!goal && comparison < 0) return false;
    if (comparison >= 0) {
        const std::string label = tr("Side by side (v)");
        const float width = c.text_width(label, Face::Text, 13) + ui.px(24);
        const Rect box{inside.right() - width, inside.y - ui.px(7), width, ui.px(26)};
        if (ui.button("predict/compare", box, label)) ui.act(OpenCompare{comparison});
    }
    if (!goal) {
        c.heading({inside.x, inside.y - ui.px(2)}, tr("COMPARE"));
        c.text_wrapped({inside.x, inside.y + ui.px(26)},
                       ui.state.document().comparisons[static_cast<size_t>(comparison)].title,
                       inside.w, Face::Text, 13, c.theme.text);
        return true;
    }
    c.heading({inside.x, inside.y - ui.px(2)}, goal->reached ? tr("GOAL: REACHED") : tr("GOAL"));
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
    // A hint for those who have tried.
    if (goal->lines.empty())
        c.text_cut({inside.x, y + ui.px(3)}, tr("Enter edits the script, Ctrl+Enter runs it."),
                   inside.w, Face::Text, 13, c.theme.dim);
    else if (!goal->reached && y + ui.px(14) < inside.bottom() + ui.px(8))
        c.text_wrapped({inside.x, y + ui.px(2)}, tr("Hint: ") + goal->hint, inside.w, Face::Text,
                       13, c.theme.dim);
    return true;
}

}  // namespace

float predict_height(Ui& ui, float width) {
    const Canvas& c = ui.canvas;
    const float room = width - ui.px(30);
    const auto lines = [&](std::string_view text, Face face, float in) {
        return text.empty() ? 0 : c.text_wrapped({}, text, in, face, 13, {}, false);
    };
    if (const Prediction* told = ui.state.told_prediction()) {
        float height = ui.px(50) + lines(told->explanation, Face::Text, room);
        if (!told->causes.empty()) height += lines(told->causes.front(), Face::Text, room);
        return height + ui.px(18);
    }
    const Prediction* open = ui.state.open_prediction();
    if (!open) return 0;
    const std::string_view again = ui.state.wrong_tries() ? tr("Not yet, once more: ") : "";
    const float beside = c.text_width(tr("Run it my way (r)"), Face::Text, 13) + ui.px(104);
    const float asked = c.text_wrapped({}, std::string(again) + open->question, room - beside,
                                       Face::Strong, kAsked, {}, false) +
                        ui.px(34);
    if (open->typed) return asked + ui.px(34);
    return asked + boxes_height(ui, room, open->lines.empty() ? open->choices : open->lines);
}

void draw_predict(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const Prediction* open = state.open_prediction();
    c.fill(area, c.theme.panel, 10);
    c.frame(area, open ? c.theme.accent : c.theme.line, 10, open ? 1.5f : 1);
    Rect inside = area.inner(ui.px(15));
    if (const Prediction* told = state.told_prediction()) return draw_answer(ui, area, *told);
    if (!open && state.note_open() && ui.memory.loop_area.h < ui.px(270)) {
        c.text_wrapped({inside.x, inside.y - ui.px(4)}, trace::words(state.clothes()).breaks,
                       inside.w - ui.px(84), Face::Text, 13, c.theme.text);
        const Rect close{inside.right() - ui.px(72), area.center().y - ui.px(13), ui.px(72),
                         ui.px(26)};
        if (ui.button("predict/note", close, tr("got it"))) ui.act(DismissNote{});
        return;
    }
    if (!open && draw_offer(ui, inside)) return;
    if (!open) {
        c.heading({inside.x, inside.y - ui.px(2)}, tr("PREDICT"));
        c.text_wrapped({inside.x, inside.y + ui.px(26)},
                       state.asks_later()
                           ? tr("A question waits further on. Step with the arrow keys.")
                           : tr("Say aloud what happens next, then press → and see."),
                       inside.w, Face::Text, 13, c.theme.faint);
        return;
    }
    inside.take_top(draw_question(ui, area, inside, *open) + ui.px(7));
    if (!open->lines.empty()) return draw_lines(ui, inside, *open);
    if (open->typed) return draw_field(ui, inside);
    draw_choices(ui, inside, *open);
}

void handle_answer_keys(Ui& ui) {
    const ImGuiIO& io = ImGui::GetIO();
    std::string text = ui.state.written();
    if (!io.KeyCtrl) text += typed_text();
    if (io.KeyCtrl && pressed(ImGuiKey_V, false))
        if (const char* pasted = ImGui::GetClipboardText())
            text += std::string_view(pasted).substr(0, std::string_view(pasted).find('\n'));
    if (pressed(ImGuiKey_Backspace)) {
        while (!text.empty() && (text.back() & 0xC0) == 0x80) text.pop_back();
        if (!text.empty()) text.pop_back();
    }
    if (text != ui.state.written()) ui.act(WriteAnswer{std::move(text)});
    if (pressed(ImGuiKey_Enter, false)) ui.act(HandIn{});
}

}  // namespace loopglass::gui
