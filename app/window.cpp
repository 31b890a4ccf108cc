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
#include "runtime/base/text.hpp"
#include "runtime/session/library.hpp"
#include "runtime/session/syntax.hpp"

namespace loopglass {

using base::Error;
using base::Result;

namespace {

// The prompt of the window holds the one machine there can be.
Result<gui::Document> file_document(const std::string& file) {
    gui::prompt().let_go();
    cli::RunOptions options;
    options.file = file;
    auto run = cli::record_or_open(options, true);
    if (!run) return run.error();
    const std::string title = run->recording->info.title.empty() ? file.substr(file.rfind('/') + 1)
                                                                 : run->recording->info.title;
    gui::Document document = gui::make_document(title, std::move(run->recording));
    if (file != "-" && !file.ends_with(".loopglass")) document.path = file;
    return document;
}

Result<bool> save_text(const std::string& path, const std::string& text) {
    return cli::write_output(path, text.ends_with('\n') ? text : text + "\n");
}

int64_t stamp_of(const std::string& path) {
    std::error_code error;
    const auto written = std::filesystem::last_write_time(path, error);
    return error ? 0 : static_cast<int64_t>(written.time_since_epoch().count());
}

Result<gui::Document> wanted_document(const cli::WindowRequest& request) {
    if (!request.file.empty()) return file_document(request.file);
    auto lesson = cli::open_lesson(request.lesson.empty() ? "1" : request.lesson);
    if (!lesson) return lesson.error();
    return lesson_document(*lesson, request.lesson.empty() ? "1" : request.lesson);
}

Result<gui::Document> run_source(const std::string& source, const std::string& filename) {
    gui::prompt().let_go();
    session::RunRequest request;
    request.source = source;
    request.filename = filename;
    request.level = trace::Level::Line;
    auto outcome = session::run_script(std::move(request));
    if (!outcome) return outcome.error();
    return gui::make_document(filename, std::move(outcome->recording));
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

int show_window(gui::Document document, const gui::WindowOptions& options) {
    return gui::run_window(std::move(document),
                           {run_source, session::find_syntax_error, file_document, save_text,
                            stamp_of, lesson_at, judge_goals, record_progress},
                           options);
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
    auto document = wanted_document(request);
    if (!document) return cli::complain(document.error(), cli::kUsage);
    options.width = request.width;
    options.height = request.height;
    options.at = request.at;
    if (!request.screenshot) return show_window(std::move(*document), options);
    options.settings.dark = !request.light;
    options.settings.presenter = request.presenter;
    options.settings.tour_seen = true;
    options.select = request.select;
    options.keys = request.keys;
    for (const trace::Clothes clothes : trace::kAllClothes)
        if (trace::words(clothes).name == request.clothes) options.settings.clothes = clothes;
    constexpr int kMostFrames = 600;
    auto written =
        request.animation
            ? gui::write_animation(std::move(*document), options, request.out, kMostFrames)
            : gui::write_screenshot(std::move(*document), options, request.out);
    if (!written) return cli::complain(written.error());
    return cli::kGood;
}

}  // namespace loopglass
