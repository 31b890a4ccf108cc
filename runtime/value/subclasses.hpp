// Native classes that __subclasses__ must not show yet: their module is not imported.
#pragma once

namespace loopglass::value {

struct Type;

// Set by the script floor; null: all are shown.
extern bool (*g_shows_class)(const Type* type);

}  // namespace loopglass::value
