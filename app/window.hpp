// The bridge between the command line and the window: opens it on a lesson, a script or a
// recording.
#pragma once

#include "app/cli/cli.hpp"

namespace loopglass {

int open_window(const cli::WindowRequest& request);

}  // namespace loopglass
