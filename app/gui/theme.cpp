#include "app/gui/theme.hpp"

namespace loopglass::gui {

namespace {

uint32_t channel(Color color, int shift) {
    return (color >> shift) & 0xFF;
}

constexpr Theme kDark{
    .dark = true,
    .background = rgb(0x15171C),
    .panel = rgb(0x1C1F26),
    .inset = rgb(0x0F1115),
    .line = rgb(0x2E3440),
    .text = rgb(0xE6E9EF),
    .dim = rgb(0x9AA2B2),
    .faint = rgb(0x757F92),
    .accent = rgb(0x7FD1AE),
    .error = rgb(0xF2685C),
    .on_task = rgb(0x15171C),
    .keyword = rgb(0xC792EA),
    .string = rgb(0xA5D6A0),
    .number = rgb(0xF0B775),
    .comment = rgb(0x6B7486),
    .function = rgb(0x8AB8F5),
    .tasks = {rgb(0xB7A5F0), rgb(0x56B4E9), rgb(0xE69F00), rgb(0x3FBF8F), rgb(0xF0E442),
              rgb(0xCC79A7), rgb(0xD55E00), rgb(0x7FA6FF)},
};
constexpr Theme kLight{
    .dark = false,
    .background = rgb(0xF4F5F7),
    .panel = rgb(0xFFFFFF),
    .inset = rgb(0xF1F3F7),
    .line = rgb(0xD9DEE7),
    .text = rgb(0x1B2230),
    .dim = rgb(0x5D677A),
    .faint = rgb(0x768093),
    .accent = rgb(0x00845A),
    .error = rgb(0xC8372D),
    .on_task = rgb(0xFFFFFF),
    .keyword = rgb(0x7B3FB5),
    .string = rgb(0x2C7A3F),
    .number = rgb(0xA85A00),
    .comment = rgb(0x8A93A4),
    .function = rgb(0x1F5FBF),
    .tasks = {rgb(0x6C4FC4), rgb(0x0072B2), rgb(0xC77700), rgb(0x00845A), rgb(0x8A7A00),
              rgb(0xA8437D), rgb(0xB34700), rgb(0x2F5FD0)},
};

}  // namespace

const Theme& theme(bool dark) {
    return dark ? kDark : kLight;
}

Color fade(Color color, float opacity) {
    const auto alpha = static_cast<uint32_t>(static_cast<float>(color >> 24) * opacity + 0.5f);
    return (color & 0x00FFFFFF) | (alpha << 24);
}

Color mix(Color a, Color b, float share) {
    Color out = 0xFF000000;
    for (const int shift : {0, 8, 16}) {
        const float value = static_cast<float>(channel(a, shift)) * (1 - share) +
                            static_cast<float>(channel(b, shift)) * share;
        out |= static_cast<uint32_t>(value + 0.5f) << shift;
    }
    return out;
}

}  // namespace loopglass::gui
