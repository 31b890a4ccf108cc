#include "app/cli/documents.hpp"

#include "app/cli/files.hpp"
#include "runtime/trace/file.hpp"

namespace loopglass::cli {

using base::Result;

Result<RecordedRun> record_or_open(const RunOptions& options, bool lines) {
    RecordedRun run;
    if (options.file.ends_with(trace::kFileExtension)) {
        auto loaded = trace::load(options.file);
        if (!loaded) return loaded.error();
        run.recording = std::make_unique<trace::Recording>(std::move(*loaded));
    } else {
        auto request = make_request(options, lines ? trace::Level::Line : trace::Level::Switch);
        if (!request) return request.error();
        auto outcome = session::run_script(std::move(*request));
        if (!outcome) return outcome.error();
        run.recording = std::move(outcome->recording);
    }
    run.timeline = std::make_unique<trace::Timeline>(*run.recording);
    run.timeline->update();
    return run;
}

}  // namespace loopglass::cli
