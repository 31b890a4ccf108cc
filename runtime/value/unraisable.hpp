// Errors that nobody can receive, on their way to sys.unraisablehook.
#pragma once

#include "runtime/value/value.hpp"

namespace loopglass::value {

// Set by the script floor: true if a hook of the script's took the error. `where` may be empty.
extern bool (*g_unraisable_hook)(const Value& error, const Value& where);

}  // namespace loopglass::value
