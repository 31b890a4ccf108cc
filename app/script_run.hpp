// Scripts that run while the window goes on drawing, and recordings read from the disk.
#pragma once

#include <string>

#include "app/gui/app.hpp"

namespace loopglass {

// Starts a script under that name. Any number of steps: whoever watches can stop it. The prompt of
// the window gives up the one machine there can be.
[[nodiscard]] gui::StartedRun start_source(const std::string& source, const std::string& filename);
// Starts the script at `path` ("-": standard input), or reads a recording.
[[nodiscard]] gui::StartedRun start_file(const std::string& path);

}  // namespace loopglass
