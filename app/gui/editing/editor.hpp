// Editor: the script on its way to the next run — the text being edited, the line that asks for a
// path or for what to find, what is wrong with the text, and what is to be told. Knows no ImGui.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/editing/text_buffer.hpp"
#include "runtime/base/result.hpp"

namespace loopglass::gui {

// What the one-line question above the text asks for.
enum class Asking : uint8_t { Nothing, Find, Open, SaveAs };

enum class EditOp : uint8_t {
    Begin,  // start editing; `place` is where the cursor goes if it is not the start
    Leave,
    Insert,  // `text`
    NewLine,
    Move,
    Erase,  // what `move` passes over
    PutCursor,
    SelectWord,
    SelectAll,
    Indent,
    Dedent,
    ToggleComment,
    Undo,
    Redo,
    Scroll,    // by `lines`
    ScrollTo,  // `lines` is the first one shown
    Ask,       // `asking`
    Accept,    // the question's answer; `lines` -1: find backwards
    Cancel,    // the question
};

// One thing a hand does to the text.
struct Edit {
    EditOp op = EditOp::Begin;
    std::string text = {};
    gui::Move move = gui::Move::Left;
    Place place = {};
    bool select = false;
    int lines = 0;
    Asking asking = Asking::Nothing;
};

class Editor {
public:
    // Another script; `path` is the file it came from, empty if it came from none.
    void load(std::string_view source, std::string path);
    void apply(const Edit& edit);
    // It was run, or saved, as it is now.
    void set_ran() { ran_ = text_.text(); }
    void set_saved(std::string path);

    [[nodiscard]] bool active() const { return active_; }
    [[nodiscard]] const TextBuffer& text() const { return text_; }
    [[nodiscard]] const TextBuffer& answer() const { return answer_; }
    [[nodiscard]] Asking asking() const { return asking_; }
    [[nodiscard]] uint32_t top() const { return top_; }  // first line shown
    // The view should keep the cursor in sight.
    [[nodiscard]] bool follows() const { return follows_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    // Differs from what is shown in the window, and from what is on the disk.
    [[nodiscard]] bool edited() const { return text_.version() != 0 && text_.text() != ran_; }
    [[nodiscard]] bool unsaved() const { return text_.version() != 0 && text_.text() != saved_; }

    std::vector<base::Error> errors;  // found in the text as it is now
    std::string notice;               // one sentence about what happened last
    // Answers that wait to be served: paths.
    std::optional<std::string> wants_to_open, wants_to_save;

private:
    void apply_to(TextBuffer& buffer, const Edit& edit);
    void accept(int direction);
    void end_question();

    bool active_ = false;
    bool opened_to_ask_ = false;  // the script was only looked at before: closes with the question
    TextBuffer text_, answer_;
    Asking asking_ = Asking::Nothing;
    uint32_t top_ = 0;
    bool follows_ = true;
    std::string path_, ran_, saved_;
};

}  // namespace loopglass::gui
