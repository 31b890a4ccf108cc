// What was typed at prompts before, across runs: a file in the user's state directory. One entry a
// line (a newline inside is written \n, a backslash \\). Always written whole: beside, then
// renamed, under a lock, together with what other prompts have added since.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loopglass::session {

class ReplHistory {
public:
    static constexpr size_t kMostEntries = 5000;
    static constexpr size_t kMostBytes = size_t{8} << 20;

    // Reads it; a missing or damaged file is an empty history. An empty path: kept in memory only.
    explicit ReplHistory(std::string path);
    // $XDG_STATE_HOME/loopglass/repl_history, ~/.local/state/… without that; empty if neither is
    // known.
    [[nodiscard]] static std::string default_path();

    [[nodiscard]] const std::vector<std::string>& entries() const { return entries_; }
    // Keeps an entry in memory, unless it is empty or the same as the last one.
    void add(std::string_view entry);
    // Writes what is not in the file yet. False: it could not be written, and is tried again.
    bool save();

private:
    std::string path_;
    std::vector<std::string> entries_;
    size_t saved_ = 0;  // of entries_
};

}  // namespace loopglass::session
