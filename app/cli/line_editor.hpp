// LineEditor: types one input of one or many lines in a terminal — history, completion, colours,
// pasted text, and output of others above what is being typed.
#pragma once

#include <termios.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace loopglass::cli {

// What the editor asks while it reads.
struct EditorHooks {
    // Enter was pressed at the end of the text: does it need more lines?
    std::function<bool(std::string_view text)> wants_more;
    // What could stand in place of text[begin, cursor).
    std::function<std::vector<std::string>(std::string_view text, size_t cursor, size_t& begin)>
        complete;
    // Called when nothing is typed for a while; answers after how many ms to call again, -1: never.
    std::function<int()> idle;
};

class LineEditor {
public:
    enum class Outcome : uint8_t { Text, EndOfInput, Interrupted, Closed };

    // Takes over the terminal of standard input and output while read() is under way.
    explicit LineEditor(EditorHooks hooks, bool color);
    ~LineEditor();
    LineEditor(const LineEditor&) = delete;
    LineEditor& operator=(const LineEditor&) = delete;

    // `history`: earlier entries, oldest first; borrowed for the call.
    Outcome read(const std::string& prompt, const std::vector<std::string>& history,
                 std::string& text);
    // Typed ahead is kept, not echoed, while something else runs after read(); this gives the
    // terminal back as it was found.
    void give_back() { set_mode(Mode::Found); }
    // Takes the picture of the line away, so that something else can be printed, and puts it back.
    void hide();
    void show();
    // More was typed than has been read: a paste.
    [[nodiscard]] bool more_waits();

private:
    enum Key : uint32_t {
        kNone = 0x110000,
        kUp,
        kDown,
        kLeft,
        kRight,
        kHome,
        kEnd,
        kDelete,
        kWordLeft,
        kWordRight,
        kDeleteWord,
        kDeleteWordLeft,
        kNewline,
        kPasteBegin,
        kClosed,
        kWake,
    };
    // As it was found; for typing; for running, when only Ctrl-C means something at once.
    enum class Mode : uint8_t { Found, Typing, Running };
    void set_mode(Mode mode);
    [[nodiscard]] bool fill(int timeout_ms);
    [[nodiscard]] int next_byte(int timeout_ms);
    [[nodiscard]] uint32_t next_key();
    [[nodiscard]] uint32_t escape_sequence();
    [[nodiscard]] std::string pasted();
    bool act(uint32_t key);  // false: the input is finished
    bool edit(uint32_t key);
    void enter();
    void insert(std::string_view bytes);
    void erase(size_t from, size_t to);
    void complete();
    void vertical(int direction);
    void recall(int direction);
    void search();
    [[nodiscard]] size_t line_begin() const;
    [[nodiscard]] size_t line_end() const;
    [[nodiscard]] size_t left_of(size_t at) const;
    [[nodiscard]] size_t right_of(size_t at) const;
    [[nodiscard]] size_t word_left() const;
    [[nodiscard]] size_t word_right() const;
    void paint();
    void leave();  // the cursor goes below what is painted

    EditorHooks hooks_;
    bool color_;
    bool hidden_ = true, finished_ = false, closed_ = false;
    Mode mode_ = Mode::Found;
    termios before_{};
    std::string pending_;  // bytes read, not used yet
    size_t used_ = 0;
    std::string prompt_, text_, killed_, draft_;
    const std::vector<std::string>* history_ = nullptr;
    size_t recalled_ = 0;  // index into history; its size: what is being typed
    size_t cursor_ = 0;
    size_t checked_ = 0;  // size of the text when wants_more was asked last
    unsigned painted_rows_ = 0, cursor_row_ = 0;
    Outcome outcome_ = Outcome::Text;
};

}  // namespace loopglass::cli
