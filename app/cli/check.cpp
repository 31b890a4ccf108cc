// loopglass check: lints scenarios, and proves that lessons are sound.
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "app/cli/documents.hpp"
#include "app/cli/files.hpp"
#include "app/cli/lessons.hpp"
#include "runtime/base/text.hpp"
#include "runtime/session/compare.hpp"
#include "runtime/session/goal.hpp"
#include "runtime/trace/lint.hpp"

namespace loopglass::cli {

using base::cat;

namespace {

// One line of the report.
struct Remark {
    std::string path;
    uint32_t line = 0, column = 0;
    std::string severity, id, text;
};

class Checker {
public:
    void check(const std::filesystem::path& path) {
        namespace fs = std::filesystem;
        std::error_code error;
        if (fs::is_regular_file(path / "lesson.md", error)) return lesson(path);
        if (!fs::is_directory(path, error)) return scenario(path.string());
        std::vector<fs::path> inside;
        for (const fs::directory_entry& entry : fs::directory_iterator(path, error))
            inside.push_back(entry.path());
        std::sort(inside.begin(), inside.end());
        for (const fs::path& entry : inside)
            if (fs::is_directory(entry, error) || entry.extension() == ".py") check(entry);
    }

    std::vector<Remark> remarks;
    size_t scenarios = 0, lessons = 0;

private:
    void lesson(const std::filesystem::path& folder) {
        ++lessons;
        auto found = session::load_lesson(folder.string());
        if (!found) return add(folder.string(), found.error());
        auto played = session::play_lesson(*found);
        if (!played) return add(folder.string(), played.error());
        for (const session::LessonPage& page : found->pages) {
            for (const session::Anchor& stop : page.stops)
                if (auto at = session::resolve(stop, played->timeline()); !at)
                    add(found->path, {cat("page \"", page.title, "\": ", at.error().message)});
            for (const session::Compare& compare : page.compares)
                if (auto compared = session::run_compare(*found, compare); !compared)
                    add(found->path, compared.error());
            for (const session::Goal& goal : page.goals)
                if (auto checked = session::check_goal(*found, goal); !checked)
                    add(found->path, checked.error());
        }
    }

    // An error that names its place itself is not named twice.
    void add(const std::string& path, const base::Error& error) {
        std::string text = error.message;
        std::string file = path;
        if (const size_t end = text.find(cat(":", error.where.line, ":"));
            error.where.line && end != std::string::npos) {
            file = text.substr(0, end);
            text = text.substr(text.find(": ", end) + 2);
        }
        remarks.push_back({file, error.where.line, error.where.column, "error", "lesson", text});
    }

    void scenario(const std::string& path) {
        ++scenarios;
        RunOptions options;
        options.file = path;
        auto run = record_or_open(options, true);
        if (!run) return remarks.push_back({path, 0, 0, "error", "run", run.error().message});
        if (!run->recording->info.end_note.empty())
            remarks.push_back({path, 0, 0, "error", "run", run->recording->info.end_note});
        for (const trace::Finding& finding : trace::lint(*run->timeline))
            remarks.push_back({path, finding.line, 0,
                               std::string(trace::severity_name(finding.lint->severity)),
                               cat(finding.lint->id, " ", finding.lint->name), finding.sentence});
    }
};

void print_text(const Checker& checker) {
    for (const Remark& remark : checker.remarks) {
        const std::string place = !remark.line ? remark.path
                                  : remark.column
                                      ? cat(remark.path, ":", remark.line, ":", remark.column)
                                      : cat(remark.path, ":", remark.line);
        std::printf("%s: %s: %s [%s]\n", place.c_str(), remark.severity.c_str(),
                    remark.text.c_str(), remark.id.c_str());
    }
    std::printf("%zu scenario%s, %zu lesson%s checked, %zu remark%s\n", checker.scenarios,
                checker.scenarios == 1 ? "" : "s", checker.lessons, checker.lessons == 1 ? "" : "s",
                checker.remarks.size(), checker.remarks.size() == 1 ? "" : "s");
}

void print_json(const Checker& checker) {
    nlohmann::ordered_json out = nlohmann::json::array();
    for (const Remark& remark : checker.remarks)
        out.push_back({{"path", remark.path},
                       {"line", remark.line},
                       {"column", remark.column},
                       {"severity", remark.severity},
                       {"id", remark.id},
                       {"text", remark.text}});
    std::printf("%s\n", out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

}  // namespace

int check(const CheckOptions& options) {
    Checker checker;
    for (const std::string& path : options.paths) {
        std::error_code error;
        if (!std::filesystem::exists(path, error)) return complain({cat("there is no ", path)});
        checker.check(path);
    }
    options.json ? print_json(checker) : print_text(checker);
    for (const Remark& remark : checker.remarks)
        if (remark.severity == "error") return kScriptFailed;
    return kGood;
}

}  // namespace loopglass::cli
