// The header: what is open, which clothes, how much detail, size of type, and the run's hash.
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

void draw_clothes(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    c.fill(area, c.theme.inset, 8);
    c.frame(area, c.theme.line, 8);
    const float width = area.w / 3;
    for (const trace::Clothes clothes : trace::kAllClothes) {
        const Rect part = area.take_left(width);
        const std::string name(trace::words(clothes).name);
        const bool on = ui.state.clothes() == clothes;
        const Touch touch = ui.touch("header/" + name, part);
        if (on) ui.chosen(part.inner(ui.px(3)));
        c.text_centered(part, name, on ? Face::Strong : Face::Text, 13,
                        on || touch.hovered ? c.theme.text : c.theme.dim);
        if (touch.clicked) ui.act(SetClothes{clothes});
    }
}

void draw_detail(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const float label =
        c.text_level(area.x, area.center().y, tr("detail"), Face::Text, 13, c.theme.dim);
    for (int level = 1; level <= 3; ++level) {
        const Point center{
            area.x + label + ui.px(8) + ui.px(14) * static_cast<float>(level) - ui.px(4),
            area.center().y};
        const Rect hit{center.x - ui.px(7), area.y, ui.px(14), area.h};
        if (ui.touch("header/detail" + std::to_string(level), hit).clicked)
            ui.act(SetDetail{level});
        if (level <= ui.state.settings.detail)
            c.circle(center, 4.5f, c.theme.accent);
        else
            c.ring(center, 4, 0, c.theme.dim, c.theme.dim, 1.2f);
    }
}

}  // namespace

void draw_header(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const Document& document = ui.state.document();
    c.fill(area, c.theme.background);
    c.line({area.x, area.bottom()}, {area.right(), area.bottom()}, c.theme.line);
    const float middle = area.center().y;
    float x = area.x + ui.px(20);
    x += c.text_level(x, middle, "Loopglass", Face::Strong, 17, c.theme.accent) + ui.px(18);
    if (document.number) {
        const auto turn = [&](const char* name, Icon icon, int direction) {
            const Rect button{x, area.center().y - ui.px(11), ui.px(22), ui.px(22)};
            const Touch touch = ui.touch(name, button);
            const bool can = direction < 0 ? document.place > 1 : document.place < document.of;
            c.icon(icon, button.inner(ui.px(6)),
                   !can            ? fade(c.theme.faint, 0.4f)
                   : touch.hovered ? c.theme.text
                                   : c.theme.dim);
            if (touch.clicked) ui.act(OpenLesson{direction});
            x += ui.px(26);
        };
        turn("header/previous-lesson", Icon::Back, -1);
        const std::string place =
            std::to_string(document.place) + " / " + std::to_string(document.of);
        x += c.text_level(x, middle, place, Face::Text, 15, c.theme.dim) + ui.px(4);
        turn("header/next-lesson", Icon::Step, +1);
        x += ui.px(8);
    }

    Rect right{area.x, area.y + ui.px(8), area.w - ui.px(18), area.h - ui.px(16)};
    const Rect full = right.take_right(ui.px(26));
    if (ui.touch("header/fullscreen", full).clicked) ui.act(ToggleFullscreen{});
    c.icon(Icon::Full, full.inner(ui.px(5)), c.theme.dim);
    const Rect help = right.take_right(ui.px(24));
    if (ui.touch("header/help", help).clicked) ui.act(ToggleHelp{});
    c.text_centered(help, "?", Face::Strong, 15, c.theme.text);
    const Rect look = right.take_right(ui.px(28));
    if (ui.touch("header/theme", look).clicked) ui.act(ToggleTheme{});
    c.icon(c.theme.dark ? Icon::Sun : Icon::Moon, look.inner(ui.px(6)), c.theme.dim);
    right.take_right(ui.px(8));
    const Rect hash = right.take_right(ui.px(96));
    c.fill(hash, c.theme.inset, 6);
    c.frame(hash, c.theme.line, 6);
    c.text_centered(hash, tr("run ") + document.hash, Face::Mono, 13, c.theme.dim);
    if (ui.touch("header/hash", hash).hovered)
        ui.tooltip(tr(
            "Equal runs have equal hashes: everybody who runs this script in this world sees the "
            "same four signs."));
    right.take_right(ui.px(10));
    const Rect larger = right.take_right(ui.px(26)), smaller = right.take_right(ui.px(26));
    if (ui.touch("header/larger", larger).clicked) ui.act(ScaleText{+1});
    if (ui.touch("header/smaller", smaller).clicked) ui.act(ScaleText{-1});
    c.text_centered(larger, "A+", Face::Text, 15, c.theme.dim);
    c.text_centered(smaller, "A−", Face::Text, 13, c.theme.dim);
    right.take_right(ui.px(12));
    draw_detail(ui, right.take_right(ui.px(102)));
    right.take_right(ui.px(16));
    if (area.w > ui.px(1100)) draw_clothes(ui, right.take_right(ui.px(300)));
    c.text_level_cut(x, middle, document.title, right.right() - x - ui.px(16), Face::Strong, 17,
                     c.theme.text);
}

}  // namespace loopglass::gui
