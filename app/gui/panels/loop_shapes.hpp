// The three places and their tickets in the shapes of each clothes: a kitchen's rail, a stage's
// curtain. Same geometry, other furniture.
#pragma once

#include "app/gui/ui.hpp"

namespace loopglass::gui {

enum class LoopPlace : uint8_t { Ready, Running, Waiting };
// The part of a place that tickets may take: curtains stay in sight.
[[nodiscard]] Rect ticket_room(const Ui& ui, const Rect& box, LoopPlace place);
void draw_place(Ui& ui, const Rect& box, LoopPlace place);
// What makes a card a kitchen ticket or an actor's part; nothing in asyncio's own clothes.
void draw_ticket_shape(Ui& ui, const Rect& ticket, Color color);

}  // namespace loopglass::gui
