#include "app/gui/panels/loop_shapes.hpp"

#include <algorithm>

namespace loopglass::gui {

namespace {

// A steel rail with the clips that hold tickets.
void draw_rail(Ui& ui, const Rect& box) {
    const Canvas& c = ui.canvas;
    const Rect rail{box.x - ui.px(4), box.y - ui.px(3), box.w + ui.px(8), ui.px(6)};
    c.fill(rail, c.theme.faint, 3);
    for (float x = box.x + ui.px(22); x < box.right() - ui.px(10); x += ui.px(44))
        c.circle({x, rail.center().y}, 4.5f, mix(c.theme.faint, c.theme.text, 0.35f));
}

// A tray under whom the waiter serves.
void draw_tray(Ui& ui, const Rect& box) {
    const Canvas& c = ui.canvas;
    const float y = box.bottom() + ui.px(2);
    c.fill({box.x - ui.px(6), y, box.w + ui.px(12), ui.px(5)}, c.theme.faint, 3);
    c.fill({box.center().x - ui.px(16), y + ui.px(4), ui.px(32), ui.px(4)}, c.theme.faint, 2);
}

// A hob with its flames.
void draw_hob(Ui& ui, const Rect& box) {
    const Canvas& c = ui.canvas;
    const float y = box.bottom();
    for (int i = 0; i < 4; ++i) {
        const float x = box.x + box.w * (0.2f + 0.2f * static_cast<float>(i));
        for (int flame = -1; flame <= 1; ++flame) {
            const float at = x + ui.px(6) * static_cast<float>(flame);
            const Point tongue[] = {{at - ui.px(2.5f), y + ui.px(7)},
                                    {at, y + ui.px(flame ? 2 : 0)},
                                    {at + ui.px(2.5f), y + ui.px(7)}};
            c.polyline(tongue, 3, c.theme.number, 1.5f);
        }
    }
}

// Folds hanging at a side of the box.
void draw_curtain(Ui& ui, const Rect& box, bool left, float width) {
    const Canvas& c = ui.canvas;
    const Color cloth = fade(c.theme.error, c.theme.dark ? 0.30f : 0.20f);
    const float fold = ui.px(7);
    for (float x = 0; x < width; x += fold) {
        const float at = left ? box.x + x : box.right() - x - fold + 1;
        c.fill({at, box.y, fold - ui.px(1), box.h}, fade(cloth, x / fold > 1 ? 0.6f : 1.0f), 3);
    }
}

// Scallops along the top and a beam on whoever acts.
void draw_stage(Ui& ui, const Rect& box) {
    const Canvas& c = ui.canvas;
    const Color cloth = fade(c.theme.error, c.theme.dark ? 0.45f : 0.30f);
    const int count = std::max(3, static_cast<int>(box.w / ui.px(34)));
    const float width = box.w / static_cast<float>(count);
    c.clip({box.x, box.y, box.w, ui.px(11)});
    for (int i = 0; i < count; ++i)
        c.circle({box.x + width * (static_cast<float>(i) + 0.5f), box.y - ui.px(4)},
                 width * 0.52f / c.sizes.scale, cloth);
    c.unclip();
    c.fill({box.x - ui.px(4), box.bottom() + ui.px(1), box.w + ui.px(8), ui.px(5)}, c.theme.faint,
           2);
}

}  // namespace

void draw_place(Ui& ui, const Rect& box, LoopPlace place) {
    const Canvas& c = ui.canvas;
    c.fill(box, c.theme.inset, 8);
    if (place == LoopPlace::Running)
        c.frame(box, c.theme.line, 8, 1.5f);
    else
        c.dashed_frame(box, c.theme.line, 8);
    switch (ui.state.clothes()) {
        case trace::Clothes::Asyncio:
            return;
        case trace::Clothes::Restaurant:
            if (place == LoopPlace::Ready) return draw_rail(ui, box);
            return place == LoopPlace::Running ? draw_tray(ui, box) : draw_hob(ui, box);
        case trace::Clothes::Theatre:
            if (place == LoopPlace::Running) return draw_stage(ui, box);
            return draw_curtain(ui, box, place == LoopPlace::Waiting, ui.px(14));
    }
}

void draw_ticket_shape(Ui& ui, const Rect& ticket, Color color) {
    const Canvas& c = ui.canvas;
    const Color ground = c.theme.inset;
    if (ui.state.clothes() == trace::Clothes::Restaurant) {
        // Torn off a pad: teeth along the lower edge.
        const float tooth = ui.px(8);
        for (float x = ticket.x + ui.px(10); x + tooth < ticket.right() - ui.px(8); x += tooth) {
            const Point edge[] = {{x, ticket.bottom()},
                                  {x + tooth / 2, ticket.bottom() - ui.px(4)},
                                  {x + tooth, ticket.bottom()}};
            c.polyline(edge, 3, color, 1.5f);
        }
    } else if (ui.state.clothes() == trace::Clothes::Theatre) {
        // A page of the part with its corner turned down.
        const float fold = ui.px(12);
        const Point corner[] = {{ticket.right() - fold, ticket.bottom() - ui.px(1)},
                                {ticket.right() - fold, ticket.bottom() - fold},
                                {ticket.right() - ui.px(1), ticket.bottom() - fold}};
        c.fill({ticket.right() - fold, ticket.bottom() - fold, fold + ui.px(1), fold + ui.px(1)},
               ground);
        c.polyline(corner, 3, color, 1.5f);
        c.line(corner[0], corner[2], color, 1.5f);
    }
}

}  // namespace loopglass::gui
