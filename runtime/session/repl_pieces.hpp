// Inputs of a prompt as text: when one is complete, and the statements it is run in. No machine is
// needed for that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loopglass::session {

// A statement of an input, or all of one line, behind as many empty lines as stand above it.
struct ReplPiece {
    std::string text;
    bool group = false;  // several statements that share a line
};
// CPython's prompt runs the statements of an input one after the other; only the last is echoed. A
// text that does not parse is one piece.
[[nodiscard]] std::vector<ReplPiece> repl_pieces(std::string_view text, std::string_view filename);

enum class ReplInputState : uint8_t { Complete, Incomplete, Broken };
// As codeop decides it: lines joined by \n, none behind the last.
[[nodiscard]] ReplInputState repl_input_state(std::string_view text);
// As an editor of several lines decides it when Enter is pressed at the end of `text`
// (_pyrepl.simple_interact): a broken text of several lines goes on until an empty or plain line.
[[nodiscard]] bool repl_wants_more(std::string_view text);

// Lines as they come from a pipe, joined to inputs. A block ends at an empty line with no indented
// line behind it, or before a line that cannot belong to it.
class ReplLines {
public:
    // Takes the next line, without its line end. `next` is the one after it, null if that is not
    // known (yet). Answers complete inputs, in order.
    [[nodiscard]] std::vector<std::string> take(std::string_view line, const std::string* next);
    // The end of the lines: what is left, complete or not; empty if nothing is.
    [[nodiscard]] std::string rest();
    [[nodiscard]] bool in_the_middle() const { return !pending_.empty(); }

private:
    std::string pending_;
    size_t checked_ = 0;  // bytes of pending_ at the last look, which is costly for long texts
};

}  // namespace loopglass::session
