// What a learner has done, remembered on this machine only: which questions were answered in how
// many tries, which wrong ideas were chosen, which goals were reached. One JSON file, readable by
// people, written beside and renamed so that a crash leaves the old one.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.hpp"
#include "runtime/session/play.hpp"

namespace loopglass::session {

struct QuestionRecord {
    uint32_t tries = 0;              // of the latest time: 1 is right at once
    bool right = false;              // within two tries
    std::vector<std::string> rules;  // wrong ideas chosen, the latest time
};
struct LessonRecord {
    bool finished = false;
    std::map<std::string, QuestionRecord> questions;  // by Checkpoint::key
    std::map<std::string, bool> goals;                // "1": reached
};
// How often a wrong idea stood among the choices, and how often it was chosen.
struct RuleRecord {
    uint32_t offered = 0, chosen = 0;
};

struct Progress {
    std::string pupil;                            // a name for reports; may be empty
    std::map<std::string, LessonRecord> lessons;  // by slug
    std::map<std::string, RuleRecord> rules;      // by name

    // `chosen`: the wrong choices, in order.
    void answered(const std::string& slug, const Checkpoint& checkpoint,
                  const std::vector<int>& chosen, bool right);
};

// $XDG_STATE_HOME/loopglass/progress.json, or ~/.local/state/…; empty without a home.
[[nodiscard]] std::string progress_path();

// The text of a progress file and back; errors name the line.
[[nodiscard]] std::string progress_text(const Progress& progress);
[[nodiscard]] base::Result<Progress> parse_progress(std::string_view text, std::string_view name);
[[nodiscard]] base::Result<Progress> read_progress(const std::string& path);

// The record of this machine, open for a session.
class ProgressFile {
public:
    // Never fails: what cannot be read is kept beside under another name and told in trouble().
    static ProgressFile open(std::string path);
    [[nodiscard]] const std::string& trouble() const { return trouble_; }
    Progress progress;
    // Writes it; without a path, or where the old file could not be put aside, nothing.
    [[nodiscard]] base::Result<bool> save() const;

private:
    std::string path_, trouble_;
};

}  // namespace loopglass::session
