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

// A hob: its plate, and burners with three flames each.
void draw_hob(Ui& ui, const Rect& box) {
    const Canvas& c = ui.canvas;
    const float y = box.bottom() + ui.px(9);
    c.fill({box.x + ui.px(8), y, box.w - ui.px(16), ui.px(3)}, c.theme.faint, 2);
    for (int i = 0; i < 4; ++i) {
        const float x = box.x + box.w * (0.17f + 0.22f * static_cast<float>(i));
        for (int flame = -1; flame <= 1; ++flame) {
            const float at = x + ui.px(7) * static_cast<float>(flame), r = ui.px(2.4f);
            const float foot = y - ui.px(3), top = foot - ui.px(flame ? 5 : 7);
            c.circle({at, foot}, 2.4f, c.theme.number);
            c.triangle({at - r, foot - r * 0.3f}, {at, top}, {at + r, foot - r * 0.3f},
                       c.theme.number);
        }
    }
}

constexpr float kCurtain = 20;

// A curtain drawn aside: folds, lit from the stage.
void draw_curtain(Ui& ui, const Rect& box, bool left) {
    const Canvas& c = ui.canvas;
    constexpr int kFolds = 3;
    const float fold = (ui.px(kCurtain) - ui.px(3)) / kFolds;
    for (int i = 0; i < kFolds; ++i) {
        const float at = left ? box.x + ui.px(2) + fold * static_cast<float>(i)
                              : box.right() - ui.px(2) - fold * static_cast<float>(i + 1);
        const Color cloth =
            mix(c.theme.inset, c.theme.error, 0.24f + 0.10f * static_cast<float>(i));
        // The inner folds are gathered higher up.
        const float hem = ui.px(3) + ui.px(5) * static_cast<float>(i);
        c.fill({at, box.y + ui.px(2), fold - ui.px(1), box.h - hem}, cloth, 3);
    }
}

// Scallops along the top and a beam on whoever acts.
void draw_stage(Ui& ui, const Rect& box) {
    const Canvas& c = ui.canvas;
    const Color cloth = mix(c.theme.inset, c.theme.error, c.theme.dark ? 0.42f : 0.36f);
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
            return draw_curtain(ui, box, place == LoopPlace::Waiting);
    }
}

Rect ticket_room(const Ui& ui, const Rect& box, LoopPlace place) {
    if (ui.state.clothes() != trace::Clothes::Theatre || place == LoopPlace::Running) return box;
    const float curtain = ui.px(kCurtain - 4);
    return {place == LoopPlace::Waiting ? box.x + curtain : box.x, box.y, box.w - curtain, box.h};
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
