// SourceText: the decoded source of one parse, line by line, and errors located in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/base/arena.hpp"
#include "runtime/script/syntax/parse.hpp"

namespace loopglass::script {

// A column that CPython does not know (its -1).
inline constexpr int32_t kNoColumn = -1;

struct SourceText {
    // UTF-8, line ends are \n, ends with \n and then a \0 that is not counted. Lives in the arena.
    std::string_view text;
    Array<const std::string_view> lines;  // without line ends
    bool ended_without_newline = false;   // the last line end was put in

    // Line `number` (from 1), empty if there is none.
    [[nodiscard]] std::string_view line(int32_t number) const;

    // An error as CPython's parser locates it: byte columns from 0, kNoColumn for none.
    [[nodiscard]] SyntaxProblem problem(SyntaxErrorKind kind, std::string message, int32_t line,
                                        int32_t column, int32_t end_line, int32_t end_column) const;
};

// Decodes `source` (byte order mark, coding cookie, UTF-8, line ends) into `out`; the lines are
// filled in. Returns an error with kind None when all is well.
[[nodiscard]] SyntaxProblem decode_source(std::string_view source, base::Arena& arena,
                                          SourceText& out);

// How many characters the first `bytes` bytes of `line` hold; a broken one counts as one.
[[nodiscard]] int32_t character_count(std::string_view line, size_t bytes);

}  // namespace loopglass::script
