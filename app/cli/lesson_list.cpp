// loopglass lessons and loopglass rules: the lists, and the class report.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/cli/cli.hpp"
#include "app/cli/files.hpp"
#include "app/cli/lessons.hpp"
#include "runtime/base/text.hpp"
#include "runtime/session/library.hpp"
#include "runtime/session/report.hpp"

namespace loopglass::cli {

using base::cat;
using base::Error;
using base::Result;

namespace {

// "finished", "2 of 3", or nothing.
std::string state_of(const session::Lesson& lesson, const session::Progress& progress) {
    const auto found = progress.lessons.find(lesson.slug);
    if (found == progress.lessons.end()) return "";
    if (found->second.finished) return "finished";
    size_t questions = 0;
    for (const session::LessonPage& page : lesson.pages) questions += page.questions.size();
    return cat(found->second.questions.size(), " of ", questions);
}

void print_list(const session::Progress& progress) {
    for (const session::Lesson& lesson : session::lessons()) {
        const std::string state = state_of(lesson, progress);
        std::printf("%2d  %-36s %-9s %s%s\n", lesson.number, lesson.slug.c_str(), state.c_str(),
                    lesson.title.c_str(), lesson.own ? "  (your own)" : "");
    }
    for (const std::string& trouble : session::lesson_troubles())
        std::fprintf(stderr, "loopglass: %s\n", trouble.c_str());
}

void print_json_list(const session::Progress& progress) {
    nlohmann::ordered_json out = nlohmann::json::array();
    for (const session::Lesson& lesson : session::lessons())
        out.push_back({{"number", lesson.number},
                       {"name", lesson.slug},
                       {"title", lesson.title},
                       {"misconception", lesson.misconception},
                       {"minutes", lesson.minutes},
                       {"own", lesson.own},
                       {"progress", state_of(lesson, progress)}});
    std::printf("%s\n", out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

Result<std::vector<session::Pupil>> pupils_of(const LessonOptions& options) {
    std::vector<session::Pupil> pupils;
    std::vector<std::string> paths = options.progress;
    if (paths.empty()) paths.push_back(session::progress_path());
    for (const std::string& path : paths) {
        auto progress = session::read_progress(path);
        if (!progress) return progress.error();
        std::string name = progress->pupil;
        if (name.empty()) name = std::filesystem::path(path).stem().string();
        pupils.push_back({std::move(name), std::move(*progress)});
    }
    return pupils;
}

int write_report(const LessonOptions& options) {
    constexpr struct {
        std::string_view end;
        std::string (*make)(const std::vector<session::Pupil>&);
    } kForms[] = {{".csv", session::report_csv},
                  {".json", session::report_json},
                  {".html", session::report_html}};
    for (const auto& form : kForms) {
        if (!options.report.ends_with(form.end)) continue;
        auto pupils = pupils_of(options);
        if (!pupils) return complain(pupils.error());
        auto written = write_output(options.report, form.make(*pupils));
        return written ? kGood : complain(written.error());
    }
    return complain({"a report is a .csv, .json or .html file"}, kUsage);
}

}  // namespace

std::string language_of(const LessonOptions& options) {
    if (!options.language.empty()) return options.language;
    const char* language = std::getenv("LOOPGLASS_LANG");
    return language ? language : "";
}

void use_lessons(const LessonOptions& options) {
    session::LibraryOptions library;
    library.folders = options.folders;
    if (const std::string own = session::own_lessons_folder(); !own.empty())
        library.folders.push_back(own);
    library.language = language_of(options);
    session::set_library(std::move(library));
}

Result<session::Lesson> open_lesson(const std::string& name) {
    if (const session::Lesson* found = session::find_lesson(name)) return *found;
    std::error_code error;
    if (name.find('/') != std::string::npos || std::filesystem::is_directory(name, error))
        return session::load_lesson(std::filesystem::absolute(name, error).string());
    return Error{cat("there is no lesson ", name, "; `loopglass lessons` lists them")};
}

int list_lessons(const LessonOptions& options) {
    if (!options.report.empty()) return write_report(options);
    session::ProgressFile file = session::ProgressFile::open(session::progress_path());
    if (!file.trouble().empty()) complain({file.trouble()});
    if (!options.pupil.empty()) {
        file.progress.pupil = options.pupil;
        if (auto saved = file.save(); !saved) return complain(saved.error());
    }
    options.json ? print_json_list(file.progress) : print_list(file.progress);
    return kGood;
}

int list_rules(bool json) {
    nlohmann::ordered_json out = nlohmann::json::array();
    for (const session::RuleInfo& rule : session::rules()) {
        out.push_back({{"name", rule.name}, {"belief", rule.belief}, {"truth", rule.truth}});
        if (!json)
            std::printf("%-27s if %s\n%27s really: %s\n", std::string(rule.name).c_str(),
                        rule.belief, "", rule.truth);
    }
    if (json) std::printf("%s\n", out.dump(2).c_str());
    return kGood;
}

}  // namespace loopglass::cli
