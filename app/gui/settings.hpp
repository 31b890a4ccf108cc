// The reader's settings, kept between runs in the XDG configuration folder.
#pragma once

#include "app/gui/state.hpp"

namespace loopglass::gui {

// What was kept; the defaults where nothing (or nothing readable) was.
[[nodiscard]] Settings load_settings();
// Written beside and renamed, so that a crash leaves the old ones. Failing is not an error.
void save_settings(const Settings& settings);

}  // namespace loopglass::gui
