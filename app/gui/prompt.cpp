#include "app/gui/prompt.hpp"

#include <algorithm>
#include <utility>

#include "runtime/base/text.hpp"
#include "runtime/base/words.hpp"
#include "runtime/session/repl_pieces.hpp"
#include "runtime/trace/file.hpp"

namespace loopglass::gui {

using session::Repl;
using session::ReplText;

namespace {

constexpr size_t kMostLines = 5000;

bool is_tail(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

Prompt& prompt() {
    static Prompt the_prompt;
    return the_prompt;
}

void Prompt::toggle(const Document& document) {
    open_ = !open_;
    if (!open_) return;
    const bool same = repl_ && !repl_->ended() &&
                      (document.recording.get() == shown_ || document.source == source_);
    if (same) return;
    repl_.reset();
    lines_.clear();
    source_ = document.source;
    title_ = document.title;
    session::RunRequest request;
    request.source = document.source;
    request.filename = document.filename;
    request.world = document.recording->info.world;
    request.seed = document.recording->info.seed;
    auto made = Repl::create(std::move(request));
    if (!made) return add(Line::Kind::Note, made.error().message, {});
    repl_ = std::move(*made);
    shown_ = nullptr;
    shown_generation_ = 0;
    add(Line::Kind::Note, base::tr(":help lists what you can ask; Esc closes."), {});
}

void Prompt::let_go() {
    if (!repl_) return;
    repl_->interrupt();
    while (!repl_->advance(64)) repl_->interrupt();
    if (!repl_->ended()) repl_->let_go();
}

void Prompt::add(Line::Kind kind, std::string_view text, const std::string& task) {
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        const bool goes_on = line_open_ && !lines_.empty() && lines_.back().kind == kind &&
                             lines_.back().task == task;
        if (goes_on)
            lines_.back().text += text.substr(0, end);
        else
            lines_.push_back({kind, std::string(text.substr(0, end)), task});
        line_open_ = end == text.size();
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (lines_.size() > kMostLines)
        lines_.erase(lines_.begin(), lines_.end() - static_cast<std::ptrdiff_t>(kMostLines / 2));
}

bool Prompt::work() {
    if (!repl_) return false;
    const bool was_busy = busy();
    if (!was_busy && live()) {
        const auto now = std::chrono::steady_clock::now();
        if (live_from_ < 0) live_from_ = repl_->time(), live_begin_ = now;
        repl_->live_to(
            live_from_ +
            std::chrono::duration_cast<std::chrono::nanoseconds>(now - live_begin_).count());
    } else if (!live()) {
        live_from_ = -1;
    }
    const auto begin = std::chrono::steady_clock::now();
    bool idle = repl_->advance();
    while (!idle && std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(12))
        idle = repl_->advance();
    std::vector<ReplText> shown = repl_->take_shown();
    for (const ReplText& text : shown)
        add(text.kind == ReplText::Kind::Output   ? Line::Kind::Output
            : text.kind == ReplText::Kind::Error  ? Line::Kind::Error
            : text.kind == ReplText::Kind::Answer ? Line::Kind::Answer
                                                  : Line::Kind::Note,
            text.text, text.task);
    if (idle && was_busy) {
        fresh_ = true;
        (void)history_.save();
    }
    if (idle && repl_->ended()) open_ = false;
    return !idle || was_busy || !shown.empty();
}

std::optional<Document> Prompt::take_document() {
    if (!repl_ || !repl_->idle() || !(fresh_ || live())) return std::nullopt;
    fresh_ = false;
    const trace::Timeline& timeline = repl_->timeline();
    if (timeline.size() == shown_size_ && repl_->generation() == shown_generation_)
        return std::nullopt;
    auto copy = trace::decode(trace::encode(timeline.recording()));
    if (!copy) return std::nullopt;
    auto recording = std::make_unique<trace::Recording>(std::move(*copy));
    shown_ = recording.get();
    shown_size_ = timeline.size();
    shown_generation_ = repl_->generation();
    focus_ = shown_size_ ? shown_size_ - 1 : 0;
    wanted_focus_.reset();
    return make_document(title_, std::move(recording));
}

void Prompt::follow(const AppState& state) {
    if (!repl_ || !repl_->idle() || state.document().recording.get() != shown_) return;
    if (state.focus() == focus_) return;
    focus_ = state.focus();
    repl_->go_to(focus_ + 1);
}

std::optional<trace::EventIndex> Prompt::take_focus() {
    return std::exchange(wanted_focus_, std::nullopt);
}

// --- typing --------------------------------------------------------------------------------------

void Prompt::insert(std::string_view bytes) {
    text_.insert(cursor_, bytes);
    cursor_ += bytes.size();
}

void Prompt::erase(int direction) {
    const size_t from = cursor_;
    move(direction);
    const size_t to = cursor_;
    cursor_ = std::min(from, to);
    text_.erase(cursor_, std::max(from, to) - cursor_);
}

void Prompt::move(int direction) {
    do {
        if (direction < 0 ? cursor_ == 0 : cursor_ >= text_.size()) return;
        cursor_ = direction < 0 ? cursor_ - 1 : cursor_ + 1;
    } while (cursor_ < text_.size() && is_tail(text_[cursor_]));
}

void Prompt::recall(int direction) {
    const std::vector<std::string>& entries = history_.entries();
    recalled_ = std::min(recalled_, entries.size());
    if (direction < 0 ? recalled_ == entries.size() : recalled_ == 0) return;
    if (recalled_ == 0) draft_ = text_;
    recalled_ = direction < 0 ? recalled_ + 1 : recalled_ - 1;
    text_ = recalled_ ? entries[entries.size() - recalled_] : draft_;
    cursor_ = text_.size();
}

void Prompt::complete() {
    if (!repl_ || !repl_->idle()) return;
    const size_t line = cursor_ ? text_.rfind('\n', cursor_ - 1) + 1 : 0;
    if (text_.find_first_not_of(' ', line) >= cursor_) return insert("    ");
    const Repl::Completions found = repl_->complete(text_, cursor_);
    if (found.words.empty()) return;
    std::string common = found.words.front(), all;
    for (const std::string& word : found.words) {
        const auto differs = std::mismatch(common.begin(), common.end(), word.begin(), word.end());
        common.erase(differs.first, common.end());
        all += word + "  ";
    }
    if (found.words.size() > 1 && common.size() <= cursor_ - found.begin)
        return add(Line::Kind::Note, all + "\n", {});
    text_.replace(found.begin, cursor_ - found.begin, common);
    cursor_ = found.begin + common.size();
}

void Prompt::enter() {
    if (!repl_ || !repl_->idle() || repl_->ended()) return;
    const bool command = Repl::is_command(text_);
    if (!command && session::repl_wants_more(text_)) {
        const size_t line = text_.rfind('\n') + 1;
        size_t indent = 0;
        while (line + indent < text_.size() && text_[line + indent] == ' ') ++indent;
        const bool opens = text_.find_last_not_of(' ') != std::string::npos &&
                           text_[text_.find_last_not_of(' ')] == ':';
        cursor_ = text_.size();
        return insert("\n" + std::string(indent + (opens ? 4 : 0), ' '));
    }
    std::string input = std::move(text_);
    text_.clear();
    cursor_ = recalled_ = 0;
    if (input.find_first_not_of(" \n") == std::string::npos) return;
    scrolled_ = 0;
    add(Line::Kind::Typed, base::cat(sign(), input, "\n"), {});
    history_.add(input);
    const trace::EventIndex before = repl_->position();
    const size_t last = input.find_last_not_of(' ');
    if (input[last] == '\n') input.resize(last + 1);
    repl_->enter(input);
    fresh_ = true;
    if (repl_->idle() && repl_->position() != before && repl_->position())
        wanted_focus_ = focus_ = repl_->position() - 1;
}

void Prompt::interrupt() {
    if (busy()) return repl_->interrupt();
    text_.clear();
    cursor_ = recalled_ = 0;
}

std::string Prompt::sign() const {
    return repl_ && repl_->idle() && !repl_->ended() ? repl_->prompt() : std::string("... ");
}

}  // namespace loopglass::gui
