#include "app/window.hpp"

#include <cstdio>
#include <filesystem>

#include "app/cli/documents.hpp"
#include "app/cli/files.hpp"
#include "app/cli/lessons.hpp"
#include "app/gui/app.hpp"
#include "app/gui/prompt.hpp"
#include "app/gui/settings.hpp"
#include "app/lesson_document.hpp"
#include "app/script_run.hpp"
#include "runtime/base/text.hpp"
#include "runtime/session/library.hpp"
#include "runtime/session/syntax.hpp"

namespace loopglass {

using base::Error;
using base::Result;

namespace {

Result<bool> save_text(const std::string& path, const std::string& text) {
    return cli::write_output(path, text.ends_with('\n') ? text : text + "\n");
}

int64_t stamp_of(const std::string& path) {
    std::error_code error;
    const auto written = std::filesystem::last_write_time(path, error);
    return error ? 0 : static_cast<int64_t>(written.time_since_epoch().count());
}

Result<gui::Document> wanted_lesson(const std::string& name) {
    auto lesson = cli::open_lesson(name);
    if (!lesson) return lesson.error();
    return lesson_document(*lesson, name);
}

// The lesson at a place of the list, counted from 1.
std::optional<gui::Document> lesson_at(int place) {
    gui::prompt().let_go();
    const std::vector<session::Lesson>& all = session::lessons();
    if (place < 1 || place > static_cast<int>(all.size())) return std::nullopt;
    auto document = lesson_document(all[static_cast<size_t>(place) - 1],
                                    all[static_cast<size_t>(place) - 1].slug);
    if (!document) return std::nullopt;
    return std::move(*document);
}

int show_window(gui::Document document, const gui::WindowOptions& options,
                std::unique_ptr<gui::Run> under_way = nullptr) {
    return gui::run_window(std::move(document),
                           {start_source, session::find_syntax_error, start_file, save_text,
                            stamp_of, lesson_at, judge_goals, record_progress},
                           options, std::move(under_way));
}

// A script that takes long goes on in the open window, which shows an empty run until then.
int show_file(const std::string& file, const gui::WindowOptions& options) {
    constexpr int kBeforeOpening = 200;  // milliseconds
    auto nothing = start_source("", file);
    if (!nothing || !(*nothing)->advance(kBeforeOpening)) return cli::kUsage;
    gui::Document empty = (*nothing)->take_document();
    nothing->reset();
    auto run = start_file(file);
    if (!run) return cli::complain(run.error(), cli::kUsage);
    const std::string path = file == "-" || file.ends_with(".loopglass") ? "" : file;
    const bool ended = (*run)->advance(kBeforeOpening);
    gui::Document document = ended ? (*run)->take_document() : std::move(empty);
    if (ended) run->reset();  // the window will start others: only one is alive at a time
    document.path = path;
    return show_window(std::move(document), options, ended ? nullptr : std::move(*run));
}

// To its end, or to a limit.
Result<gui::Document> ended_document(const cli::WindowRequest& request) {
    if (request.file.empty()) return wanted_lesson(request.lesson.empty() ? "1" : request.lesson);
    cli::RunOptions options;
    options.file = request.file;
    auto run = cli::record_or_open(options, true);
    if (!run) return run.error();
    const std::string& title = run->recording->info.title;
    return gui::make_document(
        title.empty() ? request.file.substr(request.file.rfind('/') + 1) : title,
        std::move(run->recording));
}

}  // namespace

int open_window(const cli::WindowRequest& request) {
    gui::WindowOptions options;
    if (!request.screenshot) {
        options.settings = gui::load_settings();
        if (request.file.empty() && request.lesson.empty())
            if (auto left = lesson_at(options.settings.lesson)) {  // where the reader left
                options.at = options.settings.focus;
                return show_window(std::move(*left), options);
            }
    }
    options.width = request.width;
    options.height = request.height;
    options.at = request.at;
    if (!request.screenshot && !request.file.empty()) return show_file(request.file, options);
    auto document = ended_document(request);
    if (!document) return cli::complain(document.error(), cli::kUsage);
    if (!request.screenshot) return show_window(std::move(*document), options);
    options.settings.dark = !request.light;
    options.settings.presenter = request.presenter;
    options.settings.tour_seen = true;
    options.select = request.select;
    options.keys = request.keys;
    for (const trace::Clothes clothes : trace::kAllClothes)
        if (trace::words(clothes).name == request.clothes)
            options.settings.clothes = clothes, document->clothes.reset();
    constexpr int kMostFrames = 600;
    auto written =
        request.animation
            ? gui::write_animation(std::move(*document), options, request.out, kMostFrames)
            : gui::write_screenshot(std::move(*document), options, request.out);
    if (!written) return cli::complain(written.error());
    return cli::kGood;
}

}  // namespace loopglass
