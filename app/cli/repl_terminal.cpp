// The prompt on a terminal.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "app/cli/cli.hpp"
#include "app/cli/line_editor.hpp"
#include "app/cli/line_painter.hpp"
#include "app/cli/repl.hpp"
#include "runtime/base/text.hpp"
#include "runtime/session/repl_history.hpp"
#include "runtime/session/repl_pieces.hpp"

namespace loopglass::cli {

using base::cat;
using session::Repl;
using session::ReplText;

namespace {

constexpr int kLiveFrameMs = 50;

constexpr const char* kBanner =
    "Loopglass 0.1.0 (CPython 3.13 semantics)\n"
    "asyncio is imported, and \"await\" works here. Otherwise time stands still until you let it "
    "pass:\n"
    "type :help for how, and for what you can ask.\n";

class Front {
public:
    explicit Front(Repl& repl)
        : repl_(repl),
          color_(!std::getenv("NO_COLOR")),
          history_(session::ReplHistory::default_path()),
          editor_({[](std::string_view text) {
                       return !Repl::is_command(text) && session::repl_wants_more(text);
                   },
                   [this](std::string_view text, size_t cursor, size_t& begin) {
                       Repl::Completions found = repl_.complete(text, cursor);
                       begin = found.begin;
                       return std::move(found.words);
                   },
                   [this] { return idle(); }},
                  color_) {}

    int run() {
        write_terminal(kBanner);
        work();
        while (!repl_.ended() && !terminal_lost() && read_one()) work();
        (void)history_.save();
        // exit(3) says what the process should answer; errors shown on the way do not.
        const bool asked_to_leave = repl_.ended();
        if (!repl_.ended()) {
            repl_.end_of_input();
            work();
        }
        editor_.give_back();
        return asked_to_leave ? repl_.status() : kGood;
    }

private:
    // False: no more is to be read.
    bool read_one() {
        if (!editor_.more_waits()) save_history();
        std::string text;
        begin_live();
        switch (editor_.read(repl_.prompt(), history_.entries(), text)) {
            case LineEditor::Outcome::Closed:
                note_terminal_lost();
                history_.add(text);
                return false;
            case LineEditor::Outcome::EndOfInput:
                return false;
            case LineEditor::Outcome::Interrupted:
                write_terminal("KeyboardInterrupt\n");
                return true;
            case LineEditor::Outcome::Text:
                break;
        }
        if (text.find_first_not_of(" \t\n") == std::string::npos) return true;
        history_.add(text);
        if (text.size() > (1u << 14)) save_history();
        repl_.enter(without_last_indent(text));
        return true;
    }

    // Indentation that Enter put there after the last newline.
    static std::string_view without_last_indent(std::string_view text) {
        const size_t last = text.find_last_not_of(" \t");
        return last != std::string_view::npos && text[last] == '\n' ? text.substr(0, last + 1)
                                                                    : text;
    }

    void save_history() {
        if (history_.save() || complained_) return;
        complained_ = true;
        write_terminal("loopglass: the history file cannot be written\n");
    }

    void work() {
        (void)InterruptSignal::take();
        for (;;) {
            const bool idle = repl_.advance(8);
            print(repl_.take_shown());
            if (idle || terminal_lost()) break;
            if (InterruptSignal::take()) {
                write_terminal("^C\n");
                repl_.interrupt();
            }
        }
        if (!at_line_start_) write_terminal("\n");
        at_line_start_ = true;
    }

    void print(const std::vector<ReplText>& shown) {
        for (const ReplText& text : shown) {
            std::string_view color;
            if (text.kind == ReplText::Kind::Note || text.kind == ReplText::Kind::Answer)
                color = "\x1b[36m";
            else if (text.kind == ReplText::Kind::Error)
                color = "\x1b[31m";
            print_lines(text.text, text.task, color_ ? color : "");
        }
    }

    void print_lines(std::string_view text, const std::string& task, std::string_view color) {
        std::string out;
        while (!text.empty()) {
            const size_t end = std::min(text.find('\n'), text.size());
            if (at_line_start_ && !task.empty())
                out += color_ ? cat("\x1b[2m[", task, "]\x1b[0m ") : cat("[", task, "] ");
            out += cat(color, text.substr(0, end), color.empty() ? "" : "\x1b[0m");
            at_line_start_ = end < text.size();
            if (at_line_start_) out += "\n";
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        write_terminal(out);
    }

    // --- :live: the clock goes on while a line is being typed
    void begin_live() {
        live_begin_ = std::chrono::steady_clock::now();
        live_from_ = repl_.time();
    }
    int idle() {
        if (!repl_.live() || repl_.ended() || !repl_.idle()) return -1;
        const auto passed = std::chrono::steady_clock::now() - live_begin_;
        repl_.live_to(live_from_ +
                      std::chrono::duration_cast<std::chrono::nanoseconds>(passed).count());
        while (!repl_.advance(8))
            if (terminal_lost()) return -1;
        std::vector<ReplText> shown = repl_.take_shown();
        if (!shown.empty()) {
            editor_.hide();
            print(shown);
            if (!at_line_start_) write_terminal("\n");
            at_line_start_ = true;
            editor_.show();
        }
        return kLiveFrameMs;
    }

    Repl& repl_;
    bool color_;
    session::ReplHistory history_;
    LineEditor editor_;
    bool at_line_start_ = true, complained_ = false;
    std::chrono::steady_clock::time_point live_begin_;
    int64_t live_from_ = 0;
};

}  // namespace

int repl_in_terminal(Repl& repl) {
    return Front(repl).run();
}

}  // namespace loopglass::cli
