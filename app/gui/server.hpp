// Server: does what the state asks of the rest of the program (another lesson, a run, a file), and
// looks after the file on the disk that is open. Between frames; needs no display.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/gui/app.hpp"

namespace loopglass::gui {

class Server {
public:
    // `services` must outlive it.
    explicit Server(const Services& services) : services_(services) {}

    // True if there is something new to draw. Takes a few milliseconds while a script runs.
    bool serve(AppState& state);
    // A run that was started elsewhere, of the file at `path`.
    void take_over(AppState& state, const std::string& path, std::unique_ptr<Run> run);
    // A script that could not even begin is opened in the editor, where it is wrong.
    void greet(AppState& state);
    // A file that was dropped on the window.
    void open(AppState& state, const std::string& path);
    // Has another program written the open file? Then it is run again, or said where that would
    // lose what was typed. Costs one look at the disk.
    bool watch(AppState& state);

private:
    // What becomes of a run's document.
    using Then = std::function<void(AppState& state, Document document)>;
    void begin(AppState& state, std::unique_ptr<Run> run, Then then);
    void go_on(AppState& state, int milliseconds);
    void show_file(AppState& state, const std::string& path, Document document);
    void run(AppState& state, const std::string& source);
    void save(AppState& state, const std::string& path);
    bool check(AppState& state);
    void remember(AppState& state);
    void stamp(const AppState& state);

    const Services& services_;
    std::unique_ptr<Run> run_;  // the one that runs now, if any
    Then then_;
    std::string finished_;             // the lesson whose end was noted last
    std::optional<uint64_t> checked_;  // version of the text that was looked through for errors
    std::string stamped_path_;
    int64_t stamp_ = 0;
};

}  // namespace loopglass::gui
