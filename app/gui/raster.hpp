// Raster: draws a frame of the drawing library into memory, so that pictures need no display. The
// same triangles as on the screen; their soft edges are part of the geometry.
#pragma once

#include <cstdint>
#include <vector>

struct ImDrawData;

namespace loopglass::gui {

struct Picture {
    int width = 0, height = 0;
    std::vector<uint8_t> rgb;  // rows from the top, three bytes a pixel

    [[nodiscard]] bool write_png(const char* path) const;  // false: it could not be written
};

// The font texture: one byte of coverage a pixel. Lives as long as ImGui's atlas.
struct Coverage {
    const uint8_t* pixels = nullptr;
    int width = 0, height = 0;
};

// `ground` is what shows through, as 0xAABBGGRR.
[[nodiscard]] Picture draw_picture(const ImDrawData& data, const Coverage& texture,
                                   uint32_t ground);

}  // namespace loopglass::gui
