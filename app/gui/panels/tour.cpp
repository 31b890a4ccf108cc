// The first minute: five things to do and see, each pointing at where it happens.
#include <algorithm>
#include <string>
#include <utility>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

struct Step {
    const char* place;  // remembered by the panel that draws it
    const char* title;
    const char* text;
};
constexpr Step kSteps[AppState::kTourSteps] = {
    {"running", mark("One at a time"),
     mark("Press →. The first ticket in READY moves to RUNNING. There is one such place, so only "
          "one "
          "task runs at any moment; its line lights up in the code.")},
    {"waiting", mark("await lets go"),
     mark("Press → again. At an await the task moves to WAITING: the ticket says what it waits "
          "for, and "
          "its mark stays at the line where it will go on. Now the next one can run.")},
    {"clock", mark("What time is it?"),
     mark("Press → until this clock jumps. When nobody is ready, time leaps to the next bell, and "
          "the "
          "ticket it rings for goes back in line.")},
    {"back", mark("Go back"),
     mark("Press ←. Everything returns to how it was: time here is a cursor, nothing is ever lost. "
          "The "
          "timeline below shows the whole run; click or drag on it.")},
    {"say", mark("Why?"),
     mark(
         "This line says what just happened and why. W tells the whole story behind it. Before you "
         "step, say aloud what comes next. That is how to learn here. ? brings all this back.")},
};

// The places' names as they stand on the screen.
std::string dressed(const Ui& ui, std::string text) {
    const trace::Words& words = trace::words(ui.state.clothes());
    for (const auto& [plain, worn] :
         {std::pair{"READY", words.ready_title}, std::pair{"RUNNING", words.running_title},
          std::pair{"WAITING", words.waiting_title}})
        for (size_t at = text.find(plain); at != std::string::npos;
             at = text.find(plain, at + worn.size()))
            text.replace(at, std::string_view(plain).size(), worn);
    return text;
}

Rect bubble_at(Ui& ui, const Rect& area, const Rect& target, float width, float height) {
    const float gap = ui.px(26);
    Rect box{target.center().x - width / 2, target.bottom() + gap, width, height};
    if (box.bottom() > area.bottom() - ui.px(8)) box.y = target.y - gap - height;
    box.x = std::clamp(box.x, area.x + ui.px(10), area.right() - width - ui.px(10));
    box.y = std::clamp(box.y, area.y + ui.px(10), area.bottom() - height - ui.px(10));
    return box;
}

}  // namespace

void draw_tour(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const int at = ui.state.tour();
    const Step& step = kSteps[at];
    const auto found = ui.memory.places.find(std::string_view(step.place));
    const Rect target = found != ui.memory.places.end() ? found->second : area.inner(area.w / 3);
    c.frame(target.inner(-ui.px(4)), c.theme.accent, 10, 3);
    const float width = ui.px(400);
    const std::string words = dressed(ui, std::string(tr(step.text)));
    const float text =
        c.text_wrapped({}, words, width - ui.px(36), Face::Text, 15, c.theme.text, false);
    const Rect box = bubble_at(ui, area, target, width, text + ui.px(96));
    const bool below = box.y > target.y;
    const float x = std::clamp(target.center().x, box.x + ui.px(20), box.right() - ui.px(20));
    c.arrow({x, below ? box.y : box.bottom()},
            {x, below ? target.bottom() + ui.px(6) : target.y - ui.px(6)}, c.theme.accent, 3);
    ui.remember_place("tour box", box);  // what lies under it does not answer
    c.fill(box, c.theme.panel, 12);
    c.frame(box, c.theme.accent, 12, 2);
    c.text({box.x + ui.px(18), box.y + ui.px(14)}, tr(step.title), Face::Strong, 17, c.theme.text);
    const std::string place =
        std::to_string(at + 1) + tr(" of ") + std::to_string(AppState::kTourSteps);
    c.text({box.right() - ui.px(18) - c.text_width(place, Face::Text, 13), box.y + ui.px(17)},
           place, Face::Text, 13, c.theme.dim);
    c.text_wrapped({box.x + ui.px(18), box.y + ui.px(44)}, words, width - ui.px(36), Face::Text, 15,
                   c.theme.text);
    const float y = box.bottom() - ui.px(40);
    if (ui.button("tour/skip", {box.x + ui.px(18), y, ui.px(76), ui.px(28)}, tr("skip (Esc)")))
        ui.act(TourStep{0});
    const bool last = at + 1 == AppState::kTourSteps;
    if (ui.button("tour/next", {box.right() - ui.px(126), y, ui.px(108), ui.px(28)},
                  last ? tr("done (Enter)") : tr("next (Enter)"), true))
        ui.act(TourStep{+1});
}

}  // namespace loopglass::gui
