// The lesson card: a page of the lesson's text; without a lesson, what is open.
#include <algorithm>
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {
constexpr float kProse = 14;
}

void draw_lesson_card(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const Document& document = ui.state.document();
    const Rect inside{area.x + ui.px(18), area.y + ui.px(8), area.w - ui.px(36),
                      area.h - ui.px(16)};
    if (document.pages.empty()) return;
    const Page& page = document.pages[std::min(ui.state.page(), document.pages.size() - 1)];
    const std::string place = tr("page ") + std::to_string(ui.state.page() + 1) + " / " +
                              std::to_string(document.pages.size());
    const float place_width = c.text_width(place, Face::Text, 13);
    const float middle = inside.y + ui.px(6);
    const bool several = document.pages.size() > 1;
    Rect turner{inside.right() + ui.px(6) - place_width - ui.px(several ? 48 : 6),
                middle - ui.px(12), place_width + ui.px(several ? 48 : 6), ui.px(24)};
    const Rect whole = turner;
    const auto turn = [&](const char* name, Icon icon, int direction, bool can, const Rect& at) {
        const Touch touch = ui.touch(name, at);
        c.icon(icon, at.inner(ui.px(7)),
               !can            ? fade(c.theme.faint, 0.4f)
               : touch.hovered ? c.theme.text
                               : c.theme.dim);
        if (touch.clicked && can) ui.act(GoPage{direction});
    };
    if (several) {
        turn("lesson/previous-page", Icon::Back, -1, ui.state.page() > 0,
             turner.take_left(ui.px(24)));
        turn("lesson/next-page", Icon::Step, +1, ui.state.page() + 1 < document.pages.size(),
             turner.take_right(ui.px(24)));
    }
    c.text_level(turner.x, middle, place, Face::Text, 13, c.theme.dim);
    c.text_cut({inside.x, inside.y - ui.px(2)}, page.title, whole.x - inside.x - ui.px(12),
               Face::Strong, 15, c.theme.text);
    c.clip({area.x, inside.y + ui.px(22), area.w, area.bottom() - inside.y - ui.px(26)});
    // A page longer than its place is turned with the wheel.
    float& scrolled = ui.memory.page_scrolled;
    if (ui.memory.page_shown != ui.state.page()) scrolled = 0;
    ui.memory.page_shown = ui.state.page();
    scrolled -= ui.wheel_over(area) * ui.px(20);
    const float room = area.bottom() - inside.y - ui.px(30);
    const float height = lesson_text_height(ui, page.text, inside.w);
    scrolled = std::clamp(scrolled, 0.0f, std::max(0.0f, height - room));
    c.prose({inside.x, inside.y + ui.px(28) - scrolled}, page.text, inside.w, kProse,
            mix(c.theme.dim, c.theme.text, 0.75f), c.theme.text);
    c.unclip();
}

float lesson_text_height(Ui& ui, std::string_view text, float width) {
    return ui.canvas.prose({}, text, width, kProse, 0, 0, false);
}

}  // namespace loopglass::gui
