// The colours of Python text in the window's themes.
#pragma once

#include "app/gui/theme.hpp"
#include "runtime/session/python_colors.hpp"

namespace loopglass::gui {

using session::CodeKind;
using session::CodePiece;
using session::color_line;

[[nodiscard]] Color code_color(const Theme& theme, CodeKind kind);

}  // namespace loopglass::gui
