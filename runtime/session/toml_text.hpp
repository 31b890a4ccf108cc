// Reads TOML. The parser's templates take seconds to compile: they are instantiated once, here.
#pragma once

#include <string_view>
#include <toml.hpp>

namespace loopglass::session {

// Throws toml::exception, with places in a file of that name.
[[nodiscard]] toml::value parse_toml(std::string_view text, std::string_view name);

}  // namespace loopglass::session
