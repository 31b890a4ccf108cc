// Worlds from TOML: a file of their own, or the [tool.loopglass] table of a script's metadata
// block.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "runtime/base/result.hpp"
#include "runtime/script/world.hpp"

namespace loopglass::session {

// Adds what `toml` says to `world`. `name` is for messages; `directory` is where its `files` folder
// is looked up (empty: `files` is refused).
[[nodiscard]] base::Result<bool> read_world(std::string_view toml, std::string_view name,
                                            std::string_view directory, script::World& world);

// The TOML text of a script's `# /// script` block, comment signs removed, as many lines from the
// top as in the script so that errors point to the right line; empty if it has none.
[[nodiscard]] std::string metadata_block(std::string_view source);
// As read_world, for the [tool.loopglass] table of that block.
[[nodiscard]] base::Result<bool> read_script_world(std::string_view source, std::string_view name,
                                                   script::World& world);

// All files below a folder of the real disk, by relative path.
[[nodiscard]] base::Result<std::map<std::string, std::string>> read_folder(
    const std::string& folder);

}  // namespace loopglass::session
