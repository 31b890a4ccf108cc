// What the line editor puts on the terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loopglass::cli {

// Writes all of it; a terminal that is gone is noted (terminal_lost).
void write_terminal(std::string_view bytes);
// The terminal was closed: SIGHUP, or a write failed.
[[nodiscard]] bool terminal_lost();
void note_terminal_lost();
struct TerminalSize {
    unsigned columns = 80, rows = 24;
};
[[nodiscard]] TerminalSize terminal_size();

// A prompt and a text as rows of a terminal of so many columns, coloured, and where the cursor
// stands. Only rows that fit on the screen are kept.
struct Picture {
    std::vector<std::string> rows;
    unsigned cursor_row = 0, cursor_column = 0;
};
[[nodiscard]] Picture picture_of(std::string_view prompt, std::string_view text, size_t cursor,
                                 TerminalSize size, bool color);

// Words side by side, as `ls` shows names.
[[nodiscard]] std::string in_columns(const std::vector<std::string>& words);

}  // namespace loopglass::cli
