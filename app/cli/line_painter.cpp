#include "app/cli/line_painter.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cwchar>

#include "app/cli/line_editor.hpp"
#include "runtime/base/text.hpp"
#include "runtime/session/python_colors.hpp"

namespace loopglass::cli {

using base::cat;

namespace {

volatile std::sig_atomic_t g_lost = 0;

// One character of a text as it is shown: its bytes there, what stands for it, its columns.
struct Shown {
    size_t bytes;
    std::string text;
    unsigned columns;
};

Shown shown_at(std::string_view text, size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x20 || first == 0x7F)
        return first == '\t' ? Shown{1, "    ", 4}
                             : Shown{1, cat("^", static_cast<char>(first ^ 0x40)), 2};
    const size_t length = first < 0x80   ? 1
                          : first < 0xC2 ? 0
                          : first < 0xE0 ? 2
                          : first < 0xF0 ? 3
                          : first < 0xF5 ? 4
                                         : 0;
    uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
    for (size_t i = 1; i < length; ++i) {
        if (at + i >= text.size() || (text[at + i] & 0xC0) != 0x80) return {1, "\xEF\xBF\xBD", 1};
        code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    }
    if (length == 0) return {1, "\xEF\xBF\xBD", 1};
    const int width = length == 1 ? 1 : ::wcwidth(static_cast<wchar_t>(code));
    if (width < 0) return {length, "\xEF\xBF\xBD", 1};
    return {length, std::string(text.substr(at, length)), static_cast<unsigned>(width)};
}

std::string_view color_of(session::CodeKind kind) {
    switch (kind) {
        case session::CodeKind::Keyword:
            return "\x1b[1;34m";
        case session::CodeKind::String:
            return "\x1b[32m";
        case session::CodeKind::Number:
            return "\x1b[33m";
        case session::CodeKind::Comment:
            return "\x1b[31m";
        case session::CodeKind::Function:
            return "\x1b[1m";
        case session::CodeKind::Plain:
            break;
    }
    return "";
}

// Rows of everything, of which those near the cursor are kept.
class Layout {
public:
    Layout(TerminalSize size, size_t cursor, bool color)
        : size_(size), cursor_(cursor), color_(color) {
        picture_.rows.emplace_back();
    }
    void prompt(std::string_view text) {
        if (color_) row() += "\x1b[1;35m";
        for (size_t at = 0; at < text.size();) {
            const Shown shown = shown_at(text, at);
            put(shown);
            at += shown.bytes;
        }
        if (color_) row() += "\x1b[0m";
    }
    void line(std::string_view text, size_t offset, char& open_quote) {
        const bool command = text.find_first_not_of(' ') != std::string_view::npos &&
                             text[text.find_first_not_of(' ')] == ':';
        if (command || !color_ || text.size() > (1u << 16)) {
            piece(text, offset, "");
        } else {
            for (const session::CodePiece& part : session::color_line(text, open_quote)) {
                piece(part.text, offset, color_of(part.kind));
                offset += part.text.size();
            }
            return mark(offset);
        }
        mark(offset + text.size());
    }
    void next_row() {
        picture_.rows.emplace_back();
        column_ = 0;
    }
    Picture take() {
        // Only what fits on the screen, with the cursor in it.
        auto& rows = picture_.rows;
        const size_t most = std::max(2u, size_.rows);
        if (rows.size() <= most) return std::move(picture_);
        size_t first = picture_.cursor_row + 1 > most ? picture_.cursor_row + 1 - most : 0;
        first = std::min(first, rows.size() - most);
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(first + most), rows.end());
        rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(first));
        picture_.cursor_row -= static_cast<unsigned>(first);
        return std::move(picture_);
    }

private:
    std::string& row() { return picture_.rows.back(); }
    void mark(size_t offset) {
        if (offset != cursor_) return;
        if (column_ >= size_.columns) next_row();
        picture_.cursor_row = static_cast<unsigned>(picture_.rows.size() - 1);
        picture_.cursor_column = column_;
    }
    void put(const Shown& shown) {
        if (column_ + shown.columns > size_.columns) {
            if (!now_.empty()) row() += "\x1b[0m";
            next_row();
            row() += now_;
        }
        row() += shown.text;
        column_ += shown.columns;
    }
    void piece(std::string_view text, size_t offset, std::string_view color) {
        now_ = color;
        row() += color;
        for (size_t at = 0; at < text.size();) {
            mark(offset + at);
            const Shown shown = shown_at(text, at);
            put(shown);
            at += shown.bytes;
        }
        if (!color.empty()) row() += "\x1b[0m";
        now_ = "";
    }

    TerminalSize size_;
    size_t cursor_;
    bool color_;
    unsigned column_ = 0;
    std::string_view now_;
    Picture picture_;
};

}  // namespace

void write_terminal(std::string_view bytes) {
    while (!bytes.empty() && !g_lost) {
        const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return note_terminal_lost();
        bytes.remove_prefix(static_cast<size_t>(written));
    }
}

bool terminal_lost() {
    return g_lost;
}
void note_terminal_lost() {
    g_lost = 1;
}

TerminalSize terminal_size() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return {};
    return {std::max<unsigned>(size.ws_col, 8), std::max<unsigned>(size.ws_row, 2)};
}

Picture picture_of(std::string_view prompt, std::string_view text, size_t cursor, TerminalSize size,
                   bool color) {
    Layout layout(size, cursor, color);
    char open_quote = 0;
    for (size_t at = 0, number = 0;; ++number) {
        if (number) layout.next_row();
        layout.prompt(number ? "... " : prompt);
        const size_t end = std::min(text.find('\n', at), text.size());
        layout.line(text.substr(at, end - at), at, open_quote);
        if (end == text.size()) break;
        at = end + 1;
    }
    return layout.take();
}

std::string in_columns(const std::vector<std::string>& words) {
    constexpr size_t kMost = 200;
    size_t width = 0;
    for (const std::string& word : words) width = std::max(width, word.size() + 2);
    const size_t columns = std::max<size_t>(1, terminal_size().columns / width);
    std::string out;
    for (size_t i = 0; i < words.size() && i < kMost; ++i) {
        out += words[i];
        const bool last = i + 1 == words.size() || (i + 1) % columns == 0;
        out += last ? "\r\n" : std::string(width - words[i].size(), ' ');
    }
    if (words.size() > kMost) out += cat("… ", words.size() - kMost, " more\r\n");
    return out;
}

// --- the editor's picture ------------------------------------------------------------------------

void LineEditor::paint() {
    if (hidden_) return;
    const Picture picture = picture_of(prompt_, text_, cursor_, terminal_size(), color_);
    std::string out = "\x1b[?25l";
    if (cursor_row_) out += cat("\x1b[", cursor_row_, "A");
    out += "\r\x1b[J";
    for (size_t i = 0; i < picture.rows.size(); ++i) out += cat(i ? "\r\n" : "", picture.rows[i]);
    const auto below = static_cast<unsigned>(picture.rows.size() - 1) - picture.cursor_row;
    if (below) out += cat("\x1b[", below, "A");
    out += "\r";
    if (picture.cursor_column) out += cat("\x1b[", picture.cursor_column, "C");
    out += "\x1b[?25h";
    write_terminal(out);
    painted_rows_ = static_cast<unsigned>(picture.rows.size());
    cursor_row_ = picture.cursor_row;
}

void LineEditor::leave() {
    const unsigned below = painted_rows_ > cursor_row_ + 1 ? painted_rows_ - cursor_row_ - 1 : 0;
    write_terminal(cat(below ? cat("\x1b[", below, "B") : std::string(), "\r\n"));
    painted_rows_ = cursor_row_ = 0;
}

void LineEditor::hide() {
    std::string out;
    if (cursor_row_) out += cat("\x1b[", cursor_row_, "A");
    write_terminal(out + "\r\x1b[J");
    painted_rows_ = cursor_row_ = 0;
    hidden_ = true;
}

void LineEditor::show() {
    hidden_ = false;
    paint();
}

}  // namespace loopglass::cli
