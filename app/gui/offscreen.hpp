// The window without a display: its frames as pictures, and several of them as a moving one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/gui/app.hpp"
#include "app/gui/canvas.hpp"
#include "app/gui/memory.hpp"
#include "app/gui/raster.hpp"

namespace loopglass::gui {

// A drawing context of its own; one at a time.
class Offscreen {
public:
    Offscreen(int width, int height, const Settings& settings);
    ~Offscreen();
    Offscreen(const Offscreen&) = delete;

    // Keys that type a character, one a frame.
    void press(AppState& state, std::string_view keys);
    [[nodiscard]] Picture draw(AppState& state);

private:
    void frame(AppState& state);

    Memory memory_;
    Fonts fonts_;
    float scale_;
    Coverage texture_;
};

// As much of it as leaves every panel its place in a window of that size.
[[nodiscard]] float fit_scale(float wanted, int width, int height);
// How large the program's type and boxes are in a window of that height.
[[nodiscard]] float scale_for(int height, const Settings& settings);

}  // namespace loopglass::gui
