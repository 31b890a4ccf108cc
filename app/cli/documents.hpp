// A run to look at: recorded now from a script, or opened from a .loopglass file.
#pragma once

#include <memory>

#include "app/cli/cli.hpp"
#include "runtime/base/result.hpp"
#include "runtime/trace/timeline.hpp"

namespace loopglass::cli {

struct RecordedRun {
    std::unique_ptr<trace::Recording> recording;
    std::unique_ptr<trace::Timeline> timeline;
};

// Records the script (lines too when `lines`), or opens the recording the file is.
[[nodiscard]] base::Result<RecordedRun> record_or_open(const RunOptions& options, bool lines);

}  // namespace loopglass::cli
