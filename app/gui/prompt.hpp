// The prompt in the window: what is being typed, what was shown, and the engine behind both. It
// shares the focus with every panel: a step there moves its clock, an input here moves the lanes.
// There is one, as a process has one machine.
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/state.hpp"
#include "runtime/session/repl.hpp"
#include "runtime/session/repl_history.hpp"

namespace loopglass::gui {

class Ui;
struct Rect;

class Prompt {
public:
    struct Line {
        enum class Kind : uint8_t { Typed, Output, Error, Answer, Note };
        Kind kind;
        std::string text, task;  // the background task that printed it, or empty
    };

    [[nodiscard]] bool is_open() const { return open_; }
    // Opens it on a document, whose script is loaded first, or closes it; the same document finds
    // the same prompt again.
    void toggle(const Document& document);
    void close() { open_ = false; }
    // Another program wants to run.
    void let_go();
    // The program ends.
    void end() { repl_.reset(); }
    // Looks further back in what was shown, in rows; 0 rows: its end.
    void scroll(int rows) { scrolled_ = std::max(0, scrolled_ + rows); }
    [[nodiscard]] size_t scrolled() const { return static_cast<size_t>(scrolled_); }
    // Goes on with what runs, for a few milliseconds. True: there is something new to draw.
    bool work();
    // The recording so far, if there is more of it than the window shows.
    [[nodiscard]] std::optional<Document> take_document();
    // The window's focus: the prompt stands there too, if it shows the prompt's recording.
    void follow(const AppState& state);
    // Where the window is to go because the prompt has gone there.
    [[nodiscard]] std::optional<trace::EventIndex> take_focus();
    [[nodiscard]] bool live() const { return open_ && repl_ && repl_->live(); }
    [[nodiscard]] bool busy() const { return repl_ && !repl_->idle(); }

    // --- typing
    void insert(std::string_view bytes);
    void erase(int direction);
    void move(int direction);
    void go_end(bool end) { cursor_ = end ? text_.size() : 0; }
    void recall(int direction);
    void complete();
    void enter();
    void interrupt();  // what runs, or what is being typed
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] size_t cursor() const { return cursor_; }
    [[nodiscard]] std::string sign() const;  // ">>> "
    [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }

private:
    void add(Line::Kind kind, std::string_view text, const std::string& task);

    std::unique_ptr<session::Repl> repl_;
    session::ReplHistory history_{session::ReplHistory::default_path()};
    std::string text_, draft_, source_, title_;
    size_t cursor_ = 0, recalled_ = 0;
    std::vector<Line> lines_;
    int scrolled_ = 0;
    bool open_ = false, line_open_ = false, fresh_ = false;
    const trace::Recording* shown_ = nullptr;  // the window's picture of the prompt's recording
    trace::EventIndex shown_size_ = 0, focus_ = 0;
    uint32_t shown_generation_ = 0;
    std::optional<trace::EventIndex> wanted_focus_;
    std::chrono::steady_clock::time_point live_begin_;
    int64_t live_from_ = -1;
};

[[nodiscard]] Prompt& prompt();

// panels/prompt.cpp
void draw_prompt(Ui& ui, Rect area);
void handle_prompt_keys(Ui& ui);

}  // namespace loopglass::gui
