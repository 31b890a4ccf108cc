// The window as the rest of the program sees it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/gui/state.hpp"
#include "runtime/base/result.hpp"

namespace loopglass::gui {

// What the window asks of the rest of the program.
struct Services {
    // Runs a script as a document of the same name; an error is shown in the window.
    std::function<base::Result<Document>(const std::string& source, const std::string& filename)>
        run;
    // The first syntax error of a script, if it has one.
    std::function<std::optional<base::Error>(const std::string& source)> check;
    // A scenario or a recording from the disk.
    std::function<base::Result<Document>(const std::string& path)> open;
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

// Opens the window and runs until it is closed. Answers the exit code.
int run_window(Document document, const Services& services, const WindowOptions& options);

// Draws one frame and writes it as a PNG. Needs no display.
[[nodiscard]] base::Result<bool> write_screenshot(Document document, const WindowOptions& options,
                                                  const std::string& path);
// The run step by step from where `options` stands, as a GIF that repeats; cut off after
// `most_frames`.
[[nodiscard]] base::Result<bool> write_animation(Document document, const WindowOptions& options,
                                                 const std::string& path, int most_frames);

}  // namespace loopglass::gui
