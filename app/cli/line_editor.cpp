// Keys and editing; how it is drawn stands in line_painter.cpp.
#include "app/cli/line_editor.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <csignal>

#include "app/cli/line_painter.hpp"

namespace loopglass::cli {

namespace {

constexpr std::string_view kPasteEnd = "\x1b[201~";
constexpr size_t kLongText = 4096;  // from here on a paste is not parsed at every line

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80);
}
bool is_tail(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

LineEditor::LineEditor(EditorHooks hooks, bool color) : hooks_(std::move(hooks)), color_(color) {}

LineEditor::~LineEditor() {
    set_mode(Mode::Found);
}

void LineEditor::set_mode(Mode mode) {
    if (mode == mode_) return;
    if (mode_ == Mode::Found && tcgetattr(STDIN_FILENO, &before_) != 0) return;
    if (mode_ == Mode::Typing) write_terminal("\x1b[?2004l");
    termios now = before_;
    if (mode != Mode::Found) {
        // Lines longer than the terminal's own limit must arrive whole: no canonical mode.
        now.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | IEXTEN);
        now.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INPCK | ISTRIP | IXON);
        now.c_cc[VMIN] = 1;
        now.c_cc[VTIME] = 0;
    }
    if (mode == Mode::Typing) now.c_lflag &= ~static_cast<tcflag_t>(ISIG);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &now);
    mode_ = mode;
    if (mode == Mode::Typing) write_terminal("\x1b[?2004h");
}

// --- bytes and keys ------------------------------------------------------------------------------

// Reads what is there, waiting for it at most so long. False: nothing came.
bool LineEditor::fill(int timeout_ms) {
    pollfd wait{STDIN_FILENO, POLLIN, 0};
    const int ready = ::poll(&wait, 1, timeout_ms);
    if (ready < 0 && errno == EINTR) return false;
    if (ready <= 0) return false;
    char buffer[1 << 16];
    const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return false;
    if (got <= 0) return closed_ = true, false;
    pending_.erase(0, used_);
    used_ = 0;
    pending_.append(buffer, static_cast<size_t>(got));
    return true;
}

bool LineEditor::more_waits() {
    return used_ < pending_.size() || (!closed_ && fill(0));
}

// -1: none came in time.
int LineEditor::next_byte(int timeout_ms) {
    if (used_ == pending_.size() && !fill(timeout_ms)) return -1;
    return static_cast<unsigned char>(pending_[used_++]);
}

uint32_t LineEditor::escape_sequence() {
    const int first = next_byte(50);
    if (first < 0) return kNone;
    if (first == '\r' || first == '\n') return kNewline;
    if (first == 'b') return kWordLeft;
    if (first == 'f') return kWordRight;
    if (first == 'd') return kDeleteWord;
    if (first == 0x7F || first == 0x08) return kDeleteWordLeft;
    if (first != '[' && first != 'O') return kNone;
    std::string parameters;
    int last = next_byte(50);
    while (last >= 0 && (std::isdigit(last) || last == ';') && parameters.size() < 16) {
        parameters += static_cast<char>(last);
        last = next_byte(50);
    }
    const bool modified = parameters.find(';') != std::string::npos;
    switch (last) {
        case 'A':
            return kUp;
        case 'B':
            return kDown;
        case 'C':
            return modified ? kWordRight : kRight;
        case 'D':
            return modified ? kWordLeft : kLeft;
        case 'H':
            return kHome;
        case 'F':
            return kEnd;
        case '~':
            break;
        default:
            return kNone;
    }
    if (parameters == "200") return kPasteBegin;
    if (parameters == "1" || parameters == "7") return kHome;
    if (parameters == "4" || parameters == "8") return kEnd;
    return parameters == "3" ? kDelete : kNone;
}

uint32_t LineEditor::next_key() {
    while (used_ == pending_.size()) {
        if (closed_) return kClosed;
        if (fill(0)) break;
        paint();
        const int wait = hooks_.idle ? hooks_.idle() : -1;
        if (fill(wait)) break;
        if (terminal_lost()) return kClosed;
    }
    const int byte = next_byte(0);
    return byte == 0x1b ? escape_sequence() : static_cast<uint32_t>(byte);
}

// Everything up to the end of a bracketed paste, with plain newlines.
std::string LineEditor::pasted() {
    std::string out;
    while (!closed_ && !terminal_lost()) {
        const size_t end = pending_.find(kPasteEnd, used_);
        if (end != std::string::npos) {
            out.append(pending_, used_, end - used_);
            used_ = end + kPasteEnd.size();
            break;
        }
        // The end may have come in half.
        const size_t sure =
            std::max(used_, pending_.size() - std::min(pending_.size(), kPasteEnd.size()));
        out.append(pending_, used_, sure - used_);
        used_ = sure;
        (void)fill(1000);
    }
    std::string plain;
    for (size_t i = 0; i < out.size(); ++i)
        if (out[i] != '\r')
            plain += out[i];
        else if (i + 1 == out.size() || out[i + 1] != '\n')
            plain += '\n';
    return plain;
}

// --- editing -------------------------------------------------------------------------------------

size_t LineEditor::line_begin() const {
    const size_t at = cursor_ ? text_.rfind('\n', cursor_ - 1) : std::string::npos;
    return at == std::string::npos ? 0 : at + 1;
}
size_t LineEditor::line_end() const {
    return std::min(text_.find('\n', cursor_), text_.size());
}
size_t LineEditor::left_of(size_t at) const {
    if (at) --at;
    while (at && is_tail(text_[at])) --at;
    return at;
}
size_t LineEditor::right_of(size_t at) const {
    if (at < text_.size()) ++at;
    while (at < text_.size() && is_tail(text_[at])) ++at;
    return at;
}
size_t LineEditor::word_left() const {
    size_t at = cursor_;
    while (at && !is_word(text_[at - 1])) --at;
    while (at && is_word(text_[at - 1])) --at;
    return at;
}
size_t LineEditor::word_right() const {
    size_t at = cursor_;
    while (at < text_.size() && !is_word(text_[at])) ++at;
    while (at < text_.size() && is_word(text_[at])) ++at;
    return at;
}

void LineEditor::insert(std::string_view bytes) {
    text_.insert(cursor_, bytes);
    cursor_ += bytes.size();
}

void LineEditor::erase(size_t from, size_t to) {
    text_.erase(from, to - from);
    cursor_ = from;
}

// Enter: the input is complete, or goes on in a new line with the same indentation.
void LineEditor::enter() {
    const bool paste = more_waits();
    const bool at_end = text_.find_first_not_of(" \t\n", cursor_) == std::string::npos;
    const size_t begin = line_begin();
    const bool indented = begin < text_.size() && (text_[begin] == ' ' || text_[begin] == '\t') &&
                          text_.find_first_not_of(" \t", begin) < text_.size();
    const bool look =
        !(paste && indented && text_.size() > kLongText && text_.size() < checked_ + checked_ / 8);
    if (at_end && look) {
        checked_ = text_.size();
        if (!hooks_.wants_more || !hooks_.wants_more(text_)) {
            cursor_ = text_.size();
            finished_ = true;
            return;
        }
    }
    size_t indent = 0;
    while (begin + indent < cursor_ && text_[begin + indent] == ' ') ++indent;
    size_t last = cursor_;
    while (last > begin && text_[last - 1] == ' ') --last;
    const bool opens = last > begin && text_[last - 1] == ':';
    insert("\n");
    if (!paste) insert(std::string(indent + (opens ? 4 : 0), ' '));
}

void LineEditor::complete() {
    const size_t begin_of_line = line_begin();
    if (text_.find_first_not_of(" \t", begin_of_line) >= cursor_)
        return insert(std::string(4 - (cursor_ - begin_of_line) % 4, ' '));
    size_t begin = cursor_;
    const std::vector<std::string> words =
        hooks_.complete ? hooks_.complete(text_, cursor_, begin) : std::vector<std::string>();
    if (words.empty()) return;
    std::string common = words.front();
    for (const std::string& word : words) {
        size_t same = 0;
        while (same < common.size() && same < word.size() && common[same] == word[same]) ++same;
        common.resize(same);
    }
    if (common.size() > cursor_ - begin || words.size() == 1) {
        erase(begin, cursor_);
        return insert(common);
    }
    hide();
    write_terminal(in_columns(words));
    show();
}

void LineEditor::recall(int direction) {
    const size_t last = history_->size();
    if (direction < 0 ? recalled_ == 0 : recalled_ == last) return;
    if (recalled_ == last) draft_ = text_;
    recalled_ = direction < 0 ? recalled_ - 1 : recalled_ + 1;
    text_ = recalled_ == last ? draft_ : (*history_)[recalled_];
    cursor_ = text_.size();
}

// A line up or down; beyond the first and the last one lies the history.
void LineEditor::vertical(int direction) {
    const size_t begin = line_begin(), column = cursor_ - begin;
    if (direction < 0) {
        if (begin == 0) return recall(-1);
        cursor_ = begin - 1;
        const size_t above = line_begin();
        cursor_ = std::min(above + column, begin - 1);
    } else {
        const size_t end = line_end();
        if (end == text_.size()) return recall(+1);
        cursor_ = end + 1;
        cursor_ = std::min(cursor_ + column, line_end());
    }
    while (cursor_ > 0 && cursor_ < text_.size() && is_tail(text_[cursor_])) --cursor_;
}

// Ctrl-R: the latest earlier entry that contains what is typed next.
void LineEditor::search() {
    const std::string prompt = prompt_, kept = text_;
    std::string wanted;
    size_t at = history_->size();
    for (bool again = false;; again = false) {
        prompt_ = "(search: " + wanted + ") ";
        const uint32_t key = next_key();
        if (key == 0x12) {
            again = true;
        } else if ((key == 0x7F || key == 0x08) && !wanted.empty()) {
            do wanted.pop_back();
            while (!wanted.empty() && is_tail(static_cast<char>(wanted.back())));
            at = history_->size();
        } else if (key >= 0x20 && key < 0x100 && key != 0x7F) {
            wanted += static_cast<char>(key);
            at = std::min(at + 1, history_->size());
        } else {
            prompt_ = prompt;
            if (key == 0x03 || key == 0x07) text_ = kept;
            cursor_ = text_.size();
            if (key != 0x03 && key != 0x07 && key != kNone) (void)act(key);
            return;
        }
        for (size_t i = again || at < history_->size() ? at : history_->size(); i-- > 0;)
            if ((*history_)[i].find(wanted) != std::string::npos) {
                at = i;
                text_ = (*history_)[i];
                cursor_ = text_.size();
                break;
            }
    }
}

bool LineEditor::edit(uint32_t key) {
    switch (key) {
        case 0x01:  // Ctrl-A
        case kHome:
            return cursor_ = line_begin(), true;
        case 0x05:  // Ctrl-E
        case kEnd:
            return cursor_ = line_end(), true;
        case 0x02:  // Ctrl-B
        case kLeft:
            return cursor_ = left_of(cursor_), true;
        case 0x06:  // Ctrl-F
        case kRight:
            return cursor_ = right_of(cursor_), true;
        case 0x10:  // Ctrl-P
        case kUp:
            return vertical(-1), true;
        case 0x0E:  // Ctrl-N
        case kDown:
            return vertical(+1), true;
        case kWordLeft:
            return cursor_ = word_left(), true;
        case kWordRight:
            return cursor_ = word_right(), true;
        case 0x08:
        case 0x7F:
            return erase(left_of(cursor_), cursor_), true;
        case kDelete:
            return erase(cursor_, right_of(cursor_)), true;
        case 0x17:  // Ctrl-W
        case kDeleteWordLeft:
            killed_ = text_.substr(word_left(), cursor_ - word_left());
            return erase(word_left(), cursor_), true;
        case kDeleteWord: {
            const size_t here = cursor_;
            return erase(here, word_right()), true;
        }
        case 0x0B: {  // Ctrl-K
            const size_t end = line_end() > cursor_ ? line_end() : right_of(cursor_);
            killed_ = text_.substr(cursor_, end - cursor_);
            return erase(cursor_, end), true;
        }
        case 0x15:  // Ctrl-U
            killed_ = text_.substr(line_begin(), cursor_ - line_begin());
            return erase(line_begin(), cursor_), true;
        case 0x19:  // Ctrl-Y
            return insert(killed_), true;
        case kNewline:
            return insert("\n"), true;
        case kPasteBegin:
            return insert(pasted()), true;
        default:
            return false;
    }
}

bool LineEditor::act(uint32_t key) {
    if (edit(key)) return true;
    switch (key) {
        case kClosed:
            outcome_ = Outcome::Closed;
            return false;
        case 0x03:  // Ctrl-C
            outcome_ = Outcome::Interrupted;
            return false;
        case 0x04:  // Ctrl-D
            if (!text_.empty()) return erase(cursor_, right_of(cursor_)), true;
            outcome_ = Outcome::EndOfInput;
            return false;
        case '\r':
        case '\n':
            return enter(), !finished_;
        case '\t':
            if (more_waits())
                insert("\t");
            else
                complete();
            return true;
        case 0x0C:  // Ctrl-L
            write_terminal("\x1b[H\x1b[2J");
            painted_rows_ = cursor_row_ = 0;
            return true;
        case 0x12:  // Ctrl-R
            return search(), !finished_ && outcome_ == Outcome::Text;
        case 0x1A:  // Ctrl-Z
            leave();
            set_mode(Mode::Found);
            ::raise(SIGTSTP);
            set_mode(Mode::Typing);
            return true;
        default:
            break;
    }
    if (key >= 0x20 && key < 0x100) insert(std::string(1, static_cast<char>(key)));
    return true;
}

LineEditor::Outcome LineEditor::read(const std::string& prompt,
                                     const std::vector<std::string>& history, std::string& text) {
    prompt_ = prompt;
    text_.clear();
    draft_.clear();
    history_ = &history;
    recalled_ = history.size();
    cursor_ = checked_ = 0;
    painted_rows_ = cursor_row_ = 0;
    finished_ = false;
    hidden_ = false;
    outcome_ = Outcome::Text;
    set_mode(Mode::Typing);
    while (!finished_ && act(next_key())) {
    }
    if (outcome_ != Outcome::Closed) {
        paint();
        leave();
    }
    hidden_ = true;
    set_mode(Mode::Running);
    text = text_;
    return outcome_;
}

}  // namespace loopglass::cli
