// Is a script one that parses? What an editor asks while somebody types.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/base/result.hpp"

namespace loopglass::session {

// The first syntax error, as "SyntaxError: invalid syntax" with its place; nothing if it parses as
// a scenario, top-level await included. Runs nothing.
[[nodiscard]] std::optional<base::Error> find_syntax_error(std::string_view source);

}  // namespace loopglass::session
