#include "app/gui/editing/text_buffer.hpp"

#include <algorithm>
#include <cctype>

namespace loopglass::gui {

namespace {

constexpr std::string_view kIndent = "    ";

[[nodiscard]] bool continues(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}
[[nodiscard]] bool is_word(char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) || byte == '_' ||
           static_cast<unsigned char>(byte) >= 0x80;
}
[[nodiscard]] uint32_t size_of(std::string_view text) {
    return static_cast<uint32_t>(text.size());
}
[[nodiscard]] uint32_t indentation(std::string_view line) {
    const size_t at = line.find_first_not_of(' ');
    return at == std::string_view::npos ? size_of(line) : static_cast<uint32_t>(at);
}

// What a script may hold: no carriage returns, no tabs.
[[nodiscard]] std::string cleaned(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char byte : text) {
        if (byte == '\t')
            out += kIndent;
        else if (byte != '\r')
            out += byte;
    }
    return out;
}

[[nodiscard]] std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> lines(1);
    for (const char byte : text) {
        if (byte == '\n')
            lines.emplace_back();
        else
            lines.back() += byte;
    }
    return lines;
}

// Where a text that begins at `begin` ends.
[[nodiscard]] Place end_of(std::string_view text, Place begin) {
    const auto lines = static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n'));
    if (lines == 0) return {begin.line, begin.column + size_of(text)};
    return {begin.line + lines, size_of(text.substr(text.rfind('\n') + 1))};
}

}  // namespace

TextBuffer::TextBuffer(std::string_view text) : lines_(split(cleaned(text))) {}

Stretch TextBuffer::selection() const {
    return {std::min(cursor_, anchor_), std::max(cursor_, anchor_)};
}

std::string TextBuffer::selected_text() const {
    const Stretch chosen = selection();
    return text_between(chosen.begin, chosen.end);
}

Place TextBuffer::end() const {
    return {static_cast<uint32_t>(lines_.size() - 1), size_of(lines_.back())};
}

Place TextBuffer::clamped(Place place) const {
    if (place.line >= lines_.size()) return end();
    const std::string& line = lines_[place.line];
    place.column = std::min(place.column, size_of(line));
    while (place.column > 0 && place.column < line.size() && continues(line[place.column]))
        --place.column;
    return place;
}

std::string TextBuffer::text_between(Place begin, Place end) const {
    if (begin.line == end.line)
        return lines_[begin.line].substr(begin.column, end.column - begin.column);
    std::string out = lines_[begin.line].substr(begin.column);
    for (uint32_t line = begin.line + 1; line < end.line; ++line) out += '\n' + lines_[line];
    return out + '\n' + lines_[end.line].substr(0, end.column);
}

// --- moving --------------------------------------------------------------------------------------

Place TextBuffer::moved(Move move, uint32_t page) const {
    const Place at = cursor_;
    const std::string& line = lines_[at.line];
    const auto by_lines = [&](int64_t count) -> Place {
        const int64_t wanted = at.line + count;
        if (wanted < 0) return {};
        if (wanted >= static_cast<int64_t>(lines_.size())) return end();
        return clamped({static_cast<uint32_t>(wanted), wanted_column_});
    };
    switch (move) {
        case Move::Left:
        case Move::WordLeft: {
            if (at.column == 0)
                return at.line == 0 ? at : Place{at.line - 1, size_of(lines_[at.line - 1])};
            uint32_t column = at.column - 1;
            if (move == Move::Left) return clamped({at.line, column});
            while (column > 0 && !is_word(line[column])) --column;
            while (column > 0 && is_word(line[column - 1])) --column;
            return {at.line, column};
        }
        case Move::Right:
        case Move::WordRight: {
            if (at.column == line.size())
                return at.line + 1 == lines_.size() ? at : Place{at.line + 1, 0};
            uint32_t column = at.column;
            if (move == Move::Right) {
                do ++column;
                while (column < line.size() && continues(line[column]));
                return {at.line, column};
            }
            while (column < line.size() && is_word(line[column])) ++column;
            while (column < line.size() && !is_word(line[column])) ++column;
            return {at.line, column};
        }
        case Move::Up:
            return by_lines(-1);
        case Move::Down:
            return by_lines(1);
        case Move::PageUp:
            return by_lines(-static_cast<int64_t>(page));
        case Move::PageDown:
            return by_lines(page);
        case Move::LineStart:
            return {at.line, at.column == indentation(line) ? 0 : indentation(line)};
        case Move::LineEnd:
            return {at.line, size_of(line)};
        case Move::Start:
            return {};
        case Move::End:
            return end();
    }
    return at;
}

void TextBuffer::move(Move move, bool select, uint32_t page) {
    const bool across =
        move == Move::Up || move == Move::Down || move == Move::PageUp || move == Move::PageDown;
    if (has_selection() && !select && (move == Move::Left || move == Move::Right)) {
        cursor_ = move == Move::Left ? selection().begin : selection().end;
    } else {
        cursor_ = moved(move, page);
    }
    if (!select) anchor_ = cursor_;
    if (!across) wanted_column_ = cursor_.column;
}

void TextBuffer::put_cursor(Place place, bool select) {
    cursor_ = clamped(place);
    if (!select) anchor_ = cursor_;
    wanted_column_ = cursor_.column;
}

void TextBuffer::select(Stretch stretch) {
    anchor_ = clamped(stretch.begin);
    put_cursor(stretch.end, true);
}

void TextBuffer::select_all() {
    select({{}, end()});
}

void TextBuffer::select_word() {
    const std::string& line = lines_[cursor_.line];
    uint32_t begin = cursor_.column, stop = cursor_.column;
    while (begin > 0 && is_word(line[begin - 1])) --begin;
    while (stop < line.size() && is_word(line[stop])) ++stop;
    select({{cursor_.line, begin}, {cursor_.line, stop}});
}

// --- changing ------------------------------------------------------------------------------------

// The raw replacement: answers where the new text ends.
Place TextBuffer::put(Place begin, Place end, std::string_view text) {
    std::vector<std::string> fresh = split(text);
    const std::string tail = lines_[end.line].substr(end.column);
    fresh.front().insert(0, lines_[begin.line], 0, begin.column);
    const Place after{begin.line + static_cast<uint32_t>(fresh.size()) - 1, size_of(fresh.back())};
    fresh.back() += tail;
    const auto first = lines_.begin() + begin.line;
    const auto place = lines_.erase(first, lines_.begin() + end.line + 1);
    lines_.insert(place, std::make_move_iterator(fresh.begin()),
                  std::make_move_iterator(fresh.end()));
    ++version_;
    return after;
}

void TextBuffer::replace(Stretch where, std::string_view text, bool typing) {
    Change change{where.begin,       text_between(where.begin, where.end),
                  std::string(text), cursor_,
                  anchor_,           typing};
    const Place after = put(where.begin, where.end, text);
    const bool goes_on =
        typing && !done_.empty() && done_.back().typing && change.removed.empty() &&
        change.cursor_before == where.begin && text != " " &&
        done_.back().begin.line == where.begin.line &&
        done_.back().begin.column + done_.back().inserted.size() == where.begin.column;
    if (goes_on)
        done_.back().inserted += text;
    else
        done_.push_back(std::move(change));
    undone_.clear();
    put_cursor(after);
}

void TextBuffer::insert(std::string_view text) {
    const std::string clean = cleaned(text);
    if (clean.empty() && !has_selection()) return;
    const bool typing = clean.size() <= 4 && clean.find('\n') == std::string::npos;
    replace(selection(), clean, typing);
}

void TextBuffer::new_line() {
    const std::string before = lines_[selection().begin.line].substr(0, selection().begin.column);
    std::string text = "\n" + std::string(std::min(indentation(before), size_of(before)), ' ');
    const size_t last = before.find_last_not_of(' ');
    if (last != std::string::npos && before[last] == ':') text += kIndent;
    replace(selection(), text);
}

void TextBuffer::erase(Move direction) {
    if (!has_selection()) {
        const std::string& line = lines_[cursor_.line];
        // Within the indentation a step back takes a whole level.
        if (direction == Move::Left && cursor_.column > 0 && cursor_.column <= indentation(line)) {
            anchor_.column = (cursor_.column - 1) / size_of(kIndent) * size_of(kIndent);
        } else {
            anchor_ = moved(direction, 1);
        }
    }
    if (has_selection()) replace(selection(), "");
}

// Lets `edit_line` change a copy of every chosen line; the selection stays on those lines.
template <typename EditLine>
void TextBuffer::edit_lines(EditLine&& edit_line) {
    const Stretch chosen = selection();
    const bool several = has_selection();
    uint32_t last = chosen.end.line;
    if (several && chosen.end.column == 0 && last > chosen.begin.line) --last;
    const Place kept = cursor_;
    std::string text;
    for (uint32_t line = chosen.begin.line; line <= last; ++line) {
        std::string copy = lines_[line];
        edit_line(copy);
        text += (line == chosen.begin.line ? "" : "\n") + copy;
    }
    const int64_t grown =
        static_cast<int64_t>(text.size()) -
        static_cast<int64_t>(
            text_between({chosen.begin.line, 0}, {last, size_of(lines_[last])}).size());
    if (grown == 0) return;
    replace({{chosen.begin.line, 0}, {last, size_of(lines_[last])}}, text);
    if (several) return select({{chosen.begin.line, 0}, cursor_});
    put_cursor({kept.line, static_cast<uint32_t>(std::max<int64_t>(0, kept.column + grown))});
}

void TextBuffer::indent() {
    edit_lines([](std::string& line) {
        if (!line.empty()) line.insert(0, kIndent);
    });
}

void TextBuffer::dedent() {
    edit_lines(
        [](std::string& line) { line.erase(0, std::min(indentation(line), size_of(kIndent))); });
}

void TextBuffer::toggle_comment() {
    const Stretch chosen = selection();
    bool all = true;
    for (uint32_t line = chosen.begin.line; line <= chosen.end.line; ++line)
        if (const std::string& text = lines_[line]; indentation(text) < text.size())
            all = all && text[indentation(text)] == '#';
    edit_lines([all](std::string& line) {
        const uint32_t at = indentation(line);
        if (at == line.size()) return;
        if (!all)
            line.insert(at, "# ");
        else
            line.erase(at, line.compare(at, 2, "# ") == 0 ? 2 : 1);
    });
}

bool TextBuffer::undo() {
    if (done_.empty()) return false;
    Change change = std::move(done_.back());
    done_.pop_back();
    static_cast<void>(put(change.begin, end_of(change.inserted, change.begin), change.removed));
    anchor_ = change.anchor_before;
    put_cursor(change.cursor_before, true);
    undone_.push_back(std::move(change));
    return true;
}

bool TextBuffer::redo() {
    if (undone_.empty()) return false;
    Change change = std::move(undone_.back());
    undone_.pop_back();
    put_cursor(put(change.begin, end_of(change.removed, change.begin), change.inserted));
    done_.push_back(std::move(change));
    return true;
}

// --- finding -------------------------------------------------------------------------------------

std::optional<Stretch> TextBuffer::find(std::string_view wanted, bool backwards) const {
    if (wanted.empty() || wanted.find('\n') != std::string_view::npos) return std::nullopt;
    const Stretch from = selection();
    const auto count = static_cast<uint32_t>(lines_.size());
    for (uint32_t step = 0; step <= count; ++step) {
        const uint32_t line = backwards ? (from.begin.line + count - step % count) % count
                                        : (from.end.line + step) % count;
        size_t at = std::string::npos;
        if (!backwards) {
            at = lines_[line].find(wanted, step == 0 ? from.end.column : 0);
        } else if (step > 0) {
            at = lines_[line].rfind(wanted);
        } else if (from.begin.column >= wanted.size()) {
            at = lines_[line].rfind(wanted, from.begin.column - wanted.size());
        }
        if (at != std::string::npos) {
            const auto column = static_cast<uint32_t>(at);
            return Stretch{{line, column}, {line, column + size_of(wanted)}};
        }
    }
    return std::nullopt;
}

}  // namespace loopglass::gui
