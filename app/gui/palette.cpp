#include "app/gui/palette.hpp"

#include <algorithm>
#include <climits>

namespace loopglass::gui {

namespace {

constexpr size_t kBins = size_t{1} << 15;

size_t bin_of(const uint8_t* pixel) {
    return (static_cast<size_t>(pixel[0] >> 3) << 10) | (static_cast<size_t>(pixel[1] >> 3) << 5) |
           (pixel[2] >> 3);
}

struct Bin {
    uint32_t count = 0;
    uint32_t red = 0, green = 0, blue = 0;  // sums
    size_t number = 0;
};

}  // namespace

Palette::Palette(const Picture& picture) {
    std::vector<Bin> bins(kBins);
    for (size_t i = 0; i < kBins; ++i) bins[i].number = i;
    for (size_t i = 0; i + 2 < picture.rgb.size(); i += 3) {
        const uint8_t* pixel = &picture.rgb[i];
        Bin& bin = bins[bin_of(pixel)];
        ++bin.count;
        bin.red += pixel[0];
        bin.green += pixel[1];
        bin.blue += pixel[2];
    }
    std::sort(bins.begin(), bins.end(), [](const Bin& a, const Bin& b) {
        return a.count != b.count ? a.count > b.count : a.number < b.number;
    });
    for (const Bin& bin : bins) {
        if (bin.count == 0 || colors_.size() == 256) break;
        colors_.push_back({static_cast<uint8_t>(bin.red / bin.count),
                           static_cast<uint8_t>(bin.green / bin.count),
                           static_cast<uint8_t>(bin.blue / bin.count)});
    }
    nearest_.assign(kBins, 0);
    for (const Bin& bin : bins) {
        if (bin.count == 0) break;
        int best = INT_MAX;
        for (size_t i = 0; i < colors_.size(); ++i) {
            const int red = static_cast<int>(bin.red / bin.count) - colors_[i].red;
            const int green = static_cast<int>(bin.green / bin.count) - colors_[i].green;
            const int blue = static_cast<int>(bin.blue / bin.count) - colors_[i].blue;
            const int distance = red * red + green * green + blue * blue;
            if (distance >= best) continue;
            best = distance;
            nearest_[bin.number] = static_cast<uint8_t>(i);
        }
    }
}

std::vector<uint8_t> Palette::indexed(const Picture& picture) const {
    std::vector<uint8_t> places(picture.rgb.size() / 3);
    for (size_t i = 0; i < places.size(); ++i) places[i] = nearest_[bin_of(&picture.rgb[3 * i])];
    return places;
}

}  // namespace loopglass::gui
