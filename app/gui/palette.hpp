// Palette: at most 256 colours that stand for all of a picture's, as GIF wants them. A screen of
// ours has few colours and many soft edges between them, so the most frequent ones are taken.
#pragma once

#include <cstdint>
#include <vector>

#include "app/gui/raster.hpp"

namespace loopglass::gui {

class Palette {
public:
    struct Entry {
        uint8_t red, green, blue;
    };
    explicit Palette(const Picture& picture);

    [[nodiscard]] const std::vector<Entry>& colors() const { return colors_; }
    // The picture in places of this palette.
    [[nodiscard]] std::vector<uint8_t> indexed(const Picture& picture) const;

private:
    std::vector<Entry> colors_;
    std::vector<uint8_t> nearest_;  // of every 15-bit colour
};

}  // namespace loopglass::gui
