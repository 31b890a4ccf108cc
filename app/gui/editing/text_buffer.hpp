// TextBuffer: a text being edited — lines, a cursor with a selection, and undo. Knows nothing of
// the screen. Columns are bytes and always stand on the boundary of a UTF-8 character.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loopglass::gui {

struct Place {
    uint32_t line = 0, column = 0;  // both from 0
    friend auto operator<=>(const Place&, const Place&) = default;
};
struct Stretch {
    Place begin, end;
    friend bool operator==(const Stretch&, const Stretch&) = default;
};

enum class Move : uint8_t {
    Left,
    Right,
    Up,
    Down,
    WordLeft,
    WordRight,
    LineStart,  // the first character that is not a space, then the first of all
    LineEnd,
    PageUp,
    PageDown,
    Start,
    End,
};

class TextBuffer {
public:
    explicit TextBuffer(std::string_view text = {});

    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
    [[nodiscard]] std::string text() const { return text_between({}, end()); }
    [[nodiscard]] Place cursor() const { return cursor_; }
    [[nodiscard]] Stretch selection() const;
    [[nodiscard]] bool has_selection() const { return cursor_ != anchor_; }
    [[nodiscard]] std::string selected_text() const;
    // Grows with every change of the text, undo included.
    [[nodiscard]] uint64_t version() const { return version_; }

    // `page`: lines of PageUp and PageDown. With `select` the other end of the selection stays.
    void move(Move move, bool select = false, uint32_t page = 20);
    // Places outside the text mean its nearest one.
    void put_cursor(Place place, bool select = false);
    void select(Stretch stretch);
    void select_all();
    void select_word();

    // Replaces the selection. Carriage returns are left out, tabs become four spaces.
    void insert(std::string_view text);
    // A line as deep as this one, and one step deeper after a colon.
    void new_line();
    void erase(Move direction);  // the selection, or what the cursor passes over
    // Every line of the selection, or the cursor's.
    void indent();
    void dedent();
    void toggle_comment();
    bool undo();
    bool redo();

    // The next place of `wanted` after the selection (or before it), going round at the ends.
    [[nodiscard]] std::optional<Stretch> find(std::string_view wanted, bool backwards) const;

private:
    // One replacement; typing that goes on where the last one ended joins it.
    struct Change {
        Place begin;
        std::string removed, inserted;
        Place cursor_before, anchor_before;
        bool typing = false;
    };
    [[nodiscard]] Place end() const;
    [[nodiscard]] Place clamped(Place place) const;
    [[nodiscard]] Place moved(Move move, uint32_t page) const;
    [[nodiscard]] std::string text_between(Place begin, Place end) const;
    [[nodiscard]] Place put(Place begin, Place end, std::string_view text);
    void replace(Stretch where, std::string_view text, bool typing = false);
    template <typename EditLine>
    void edit_lines(EditLine&& edit_line);

    std::vector<std::string> lines_;
    Place cursor_, anchor_;
    uint32_t wanted_column_ = 0;  // where Up and Down would like to be
    std::vector<Change> done_, undone_;
    uint64_t version_ = 0;
};

}  // namespace loopglass::gui
