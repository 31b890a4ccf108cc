#include "runtime/session/repl_pieces.hpp"

#include <algorithm>

#include "runtime/base/arena.hpp"
#include "runtime/script/syntax/parse.hpp"

namespace loopglass::session {

namespace {

constexpr script::ParseOptions kOptions{true};

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\f\r") == std::string_view::npos;
}
bool is_indented(std::string_view line) {
    return !line.empty() && (line[0] == ' ' || line[0] == '\t') && !is_blank(line);
}

std::string_view last_line(std::string_view text) {
    const size_t at = text.rfind('\n');
    return at == std::string_view::npos ? text : text.substr(at + 1);
}

// else, elif, except, finally: a line that goes on with the block above it.
bool goes_on(std::string_view line) {
    for (const std::string_view word : {"else", "elif", "except", "finally"}) {
        if (!line.starts_with(word)) continue;
        const char after = line.size() > word.size() ? line[word.size()] : ':';
        if (!std::isalnum(static_cast<unsigned char>(after)) && after != '_') return true;
    }
    return false;
}

// Byte offset at which each line begins; one more at the end.
std::vector<size_t> line_starts(std::string_view text) {
    std::vector<size_t> starts{0};
    for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
        starts.push_back(at + 1);
    starts.push_back(text.size() + 1);
    return starts;
}

}  // namespace

std::vector<ReplPiece> repl_pieces(std::string_view text, std::string_view filename) {
    base::Arena arena;
    const script::ParseOutcome outcome = script::parse_module(text, filename, kOptions, arena);
    std::vector<ReplPiece> pieces;
    if (!outcome) {
        pieces.push_back({std::string(text), false});
        return pieces;
    }
    const std::vector<size_t> starts = line_starts(text);
    uint32_t done = 0;  // lines that belong to earlier pieces
    for (const script::Stmt* statement : outcome.module->body) {
        const uint32_t end =
            std::min<uint32_t>(statement->span.end_line, static_cast<uint32_t>(starts.size() - 1));
        const size_t stop = std::min(starts[end] - 1, text.size());
        if (!pieces.empty() && statement->span.line <= done) {
            ReplPiece& shared = pieces.back();
            shared.group = true;
            if (end > done) shared.text += text.substr(starts[done] - 1, stop - starts[done] + 1);
        } else {
            pieces.push_back({std::string(done, '\n'), false});
            pieces.back().text += text.substr(starts[done], stop - starts[done]);
        }
        done = std::max(done, end);
    }
    return pieces;
}

ReplInputState repl_input_state(std::string_view text) {
    base::Arena arena;
    switch (script::parse_interactive(text, "<stdin>", kOptions, arena).state) {
        case script::InputState::Complete:
            return ReplInputState::Complete;
        case script::InputState::Incomplete:
            return ReplInputState::Incomplete;
        case script::InputState::Error:
            break;
    }
    return ReplInputState::Broken;
}

bool repl_wants_more(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        const std::string_view shorter = text.substr(0, text.size() - 1);
        if (shorter.find_last_not_of(" \t") != std::string_view::npos &&
            shorter[shorter.find_last_not_of(" \t")] != '\n')
            break;
        text = shorter;
    }
    const ReplInputState state = repl_input_state(text);
    if (state == ReplInputState::Incomplete) return true;
    const bool several = text.find('\n') != std::string_view::npos;
    if (state == ReplInputState::Complete) {
        // Several statements are no single one: they go on until an empty line.
        return several && !is_blank(last_line(text)) && repl_pieces(text, "<stdin>").size() > 1;
    }
    return several && !is_blank(last_line(text));
}

std::vector<std::string> ReplLines::take(std::string_view line, const std::string* next) {
    std::vector<std::string> out;
    if (pending_.empty() && is_blank(line)) return out;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (is_blank(line) && line.find('\f') == std::string_view::npos) line = {};
    if (!pending_.empty()) pending_ += '\n';
    pending_ += line;
    // Half of a long input is looked at again only when it has grown by a tenth.
    const bool plain_end = is_blank(line) || !is_indented(line);
    if (!plain_end && checked_ && pending_.size() < checked_ + checked_ / 10 + 64 && next &&
        (is_indented(*next) || is_blank(*next)))
        return out;
    checked_ = pending_.size();
    if (next && is_blank(line) && is_indented(*next)) return out;
    std::string probe = pending_;
    const bool block_ends = next && !is_blank(*next) && !is_indented(*next) && !goes_on(*next);
    if (block_ends && !is_blank(line)) probe += '\n';
    if (repl_input_state(probe) == ReplInputState::Incomplete) return out;
    out.push_back(rest());
    return out;
}

std::string ReplLines::rest() {
    std::string out;
    out.swap(pending_);
    checked_ = 0;
    return out;
}

}  // namespace loopglass::session
