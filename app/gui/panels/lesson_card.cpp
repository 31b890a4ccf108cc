// The lesson card: a page of the lesson's text; without a lesson, what is open.
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

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
    const Rect turn{inside.right() - place_width - ui.px(4), inside.y - ui.px(4),
                    place_width + ui.px(8), ui.px(24)};
    const Touch touch = ui.touch("lesson/page", turn);
    if (touch.clicked) ui.act(GoPage{ui.pointer().x < turn.center().x ? -1 : +1});
    c.text({inside.right() - place_width, inside.y + ui.px(1)}, place, Face::Text, 13,
           touch.hovered ? c.theme.text : c.theme.faint);
    c.text_cut({inside.x, inside.y - ui.px(2)}, page.title, inside.w - place_width - ui.px(12),
               Face::Strong, 15, c.theme.text);
    c.clip({area.x, inside.y + ui.px(22), area.w, area.bottom() - inside.y - ui.px(26)});
    c.prose({inside.x, inside.y + ui.px(26)}, page.text, inside.w, 13, c.theme.dim, c.theme.text);
    c.unclip();
}

}  // namespace loopglass::gui
