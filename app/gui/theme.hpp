// Colours by meaning, and sizes. Two palettes; everything on screen takes its colour from here.
#pragma once

#include <array>
#include <cstdint>

namespace loopglass::gui {

using Color = uint32_t;  // 0xAABBGGRR, as the drawing library packs it

constexpr Color rgb(uint32_t hex, uint32_t alpha = 255) {
    return (alpha << 24) | ((hex & 0xFF) << 16) | (hex & 0xFF00) | (hex >> 16);
}
// The same colour, more transparent: 0 to 1 of its own opacity.
[[nodiscard]] Color fade(Color color, float opacity);
// Between two colours, 0 to 1; opaque.
[[nodiscard]] Color mix(Color a, Color b, float share);

struct Theme {
    bool dark;
    Color background, panel, inset, line;
    Color text, dim, faint;
    Color accent, error;
    Color on_task;                                     // letters on a task's own colour
    Color keyword, string, number, comment, function;  // code
    std::array<Color, 8> tasks;

    [[nodiscard]] Color task(uint32_t id) const { return tasks[(id ? id - 1 : 7) % tasks.size()]; }
};
[[nodiscard]] const Theme& theme(bool dark);

// Lengths in pixels at scale 1; multiply by Sizes::scale.
struct Sizes {
    float scale = 1;  // of the display, times the reader's own (A+), times presenter mode
    [[nodiscard]] float operator()(float pixels) const { return pixels * scale; }
};

}  // namespace loopglass::gui
