// A class report: the progress of several pupils in one table.
#pragma once

#include <string>
#include <vector>

#include "runtime/session/progress.hpp"

namespace loopglass::session {

// Who it is, and what they did.
struct Pupil {
    std::string name;
    Progress progress;
};
// One row a pupil and question; then nothing else: made for a spreadsheet.
[[nodiscard]] std::string report_csv(const std::vector<Pupil>& pupils);
// Pupils, and how often each wrong idea was offered and chosen in the whole class.
[[nodiscard]] std::string report_json(const std::vector<Pupil>& pupils);
// The same for people: one self-contained page.
[[nodiscard]] std::string report_html(const std::vector<Pupil>& pupils);

}  // namespace loopglass::session
