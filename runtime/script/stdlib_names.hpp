// Which modules CPython has, whether or not a scenario can import them.
#pragma once

#include <string_view>

namespace loopglass::script::eval {

// Is it the public name of a module of CPython 3.13's standard library?
[[nodiscard]] bool is_stdlib_name(std::string_view name);

}  // namespace loopglass::script::eval
