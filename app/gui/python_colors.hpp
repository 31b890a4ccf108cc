// Colours a line of Python for reading: keywords, strings, numbers, comments, names being defined.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "app/gui/theme.hpp"

namespace loopglass::gui {

enum class CodeKind : uint8_t { Plain, Keyword, String, Number, Comment, Function };

struct CodePiece {
    std::string_view text;
    CodeKind kind;
};

[[nodiscard]] Color code_color(const Theme& theme, CodeKind kind);

// Splits one line. `open_quote` carries a triple-quoted string from line to line: 0, '\'' or '"'.
[[nodiscard]] std::vector<CodePiece> color_line(std::string_view line, char& open_quote);

}  // namespace loopglass::gui
