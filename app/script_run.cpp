#include "app/script_run.hpp"

#include <chrono>
#include <cstdint>

#include "app/cli/files.hpp"
#include "app/gui/prompt.hpp"
#include "runtime/session/session.hpp"
#include "runtime/trace/file.hpp"

namespace loopglass {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int64_t kSlice = 100'000;  // steps between two looks at the clock: about a millisecond

std::string last_part(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

gui::Document document_of(const std::string& name, std::unique_ptr<trace::Recording> recording) {
    const std::string title = recording->info.title.empty() ? name : recording->info.title;
    return gui::make_document(title, std::move(recording));
}

class ScriptRun : public gui::Run {
public:
    ScriptRun(std::string name, std::unique_ptr<session::Session> session)
        : name_(std::move(name)), session_(std::move(session)) {}

    bool advance(int milliseconds) override {
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds(milliseconds);
        while (!session_->advance(kSlice))
            if (Clock::now() >= end) return false;
        return true;
    }
    void stop() override { session_->stop(); }
    [[nodiscard]] gui::RunProgress progress() const override {
        const trace::Recording& so_far = session_->recording();
        const auto now = so_far.size() ? so_far.time(so_far.size() - 1) : 0;
        return {name_, so_far.size(), static_cast<double>(now) / 1e9};
    }
    [[nodiscard]] gui::Document take_document() override {
        return document_of(name_, session_->take_recording());
    }

private:
    std::string name_;
    std::unique_ptr<session::Session> session_;
};

class ReadRecording : public gui::Run {
public:
    ReadRecording(std::string name, trace::Recording recording)
        : name_(std::move(name)),
          recording_(std::make_unique<trace::Recording>(std::move(recording))) {}

    bool advance(int) override { return true; }
    void stop() override {}
    [[nodiscard]] gui::RunProgress progress() const override { return {name_, recording_->size()}; }
    [[nodiscard]] gui::Document take_document() override {
        return document_of(name_, std::move(recording_));
    }

private:
    std::string name_;
    std::unique_ptr<trace::Recording> recording_;
};

gui::StartedRun start(session::RunRequest request) {
    gui::prompt().let_go();
    request.fuel = INT64_MAX;
    const std::string name = last_part(request.filename);
    auto session = session::Session::create(std::move(request));
    if (!session) return session.error();
    return std::unique_ptr<gui::Run>(std::make_unique<ScriptRun>(name, std::move(*session)));
}

}  // namespace

gui::StartedRun start_source(const std::string& source, const std::string& filename) {
    session::RunRequest request;
    request.source = source;
    request.filename = filename;
    request.level = trace::Level::Line;
    return start(std::move(request));
}

gui::StartedRun start_file(const std::string& path) {
    if (path.ends_with(trace::kFileExtension)) {
        auto loaded = trace::load(path);
        if (!loaded) return loaded.error();
        return std::unique_ptr<gui::Run>(
            std::make_unique<ReadRecording>(last_part(path), std::move(*loaded)));
    }
    cli::RunOptions options;
    options.file = path;
    auto request = cli::make_request(options, trace::Level::Line);
    if (!request) return request.error();
    return start(std::move(*request));
}

}  // namespace loopglass
