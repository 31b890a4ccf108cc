// What the names of the prompt hold, looked at from outside while the machine stands still. No code
// of the script is run for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/trace/event.hpp"

namespace loopglass::session {

// The id of the task a variable of the prompt holds; 0: none.
[[nodiscard]] trace::TaskId task_of_variable(std::string_view name);
// Keywords, builtins and variables that begin with `prefix`, in order.
[[nodiscard]] std::vector<std::string> names_with(std::string_view prefix);
// The attributes of `path` ("asyncio", "self.queue") that begin with `prefix`; private ones only if
// it begins with an underscore.
[[nodiscard]] std::vector<std::string> attributes_with(std::string_view path,
                                                       std::string_view prefix);

}  // namespace loopglass::session
