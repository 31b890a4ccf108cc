// The window as the rest of the program sees it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/gui/state.hpp"
#include "runtime/base/result.hpp"

namespace loopglass::gui {

// A script that runs while the window goes on drawing, or a recording read from the disk.
class Run {
public:
    virtual ~Run() = default;
    // Goes on for about so many milliseconds; true when it has ended.
    virtual bool advance(int milliseconds) = 0;
    // Ends it; what is recorded so far stays.
    virtual void stop() = 0;
    [[nodiscard]] virtual RunProgress progress() const = 0;
    // Once it has ended.
    [[nodiscard]] virtual Document take_document() = 0;
};
using StartedRun = base::Result<std::unique_ptr<Run>>;

// What the window asks of the rest of the program.
struct Services {
    // Starts a script, a document of that name; no other runs. An error is shown in the window.
    std::function<StartedRun(const std::string& source, const std::string& filename)> run;
    // The first syntax error of a script, if it has one.
    std::function<std::optional<base::Error>(const std::string& source)> check;
    // A scenario or a recording from the disk.
    std::function<StartedRun(const std::string& path)> open;
    std::function<base::Result<bool>(const std::string& path, const std::string& text)> save;
    // Changes whenever the file is written; 0 if there is none.
    std::function<int64_t(const std::string& path)> stamp;
    // The lesson at that place of the list, counted from 1; empty where there is none.
    std::function<std::optional<Document>(int place)> lesson;
    // The goals of the document's lesson, judged by its run.
    std::function<std::vector<GoalCard>(const Document& document)> judge = {};
    // Remembers what happened in a lesson.
    std::function<void(const Document& document, const LessonNote& note)> record = {};
};

struct WindowOptions {
    int width = 1440, height = 900;
    Settings settings;
    std::optional<trace::EventIndex> at;  // where the focus stands at first
    trace::TaskId select = 0;
    std::string keys;  // of a screenshot: characters typed first
};

// Opens the window and runs until it is closed. Answers the exit code. `under_way` (may be null)
// has been started already and takes the document's place when it ends.
int run_window(Document document, const Services& services, const WindowOptions& options,
               std::unique_ptr<Run> under_way = nullptr);

// Draws one frame and writes it as a PNG. Needs no display.
[[nodiscard]] base::Result<bool> write_screenshot(Document document, const WindowOptions& options,
                                                  const std::string& path);
// The run step by step from where `options` stands, as a GIF that repeats; cut off after
// `most_frames`.
[[nodiscard]] base::Result<bool> write_animation(Document document, const WindowOptions& options,
                                                 const std::string& path, int most_frames);

}  // namespace loopglass::gui
