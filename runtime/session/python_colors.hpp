// Colours a line of Python for reading: keywords, strings, numbers, comments, names being defined.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace loopglass::session {

enum class CodeKind : uint8_t { Plain, Keyword, String, Number, Comment, Function };

struct CodePiece {
    std::string_view text;
    CodeKind kind;
};

// Splits one line. `open_quote` carries a triple-quoted string from line to line: 0, '\'' or '"'.
[[nodiscard]] std::vector<CodePiece> color_line(std::string_view line, char& open_quote);

}  // namespace loopglass::session
