#include "runtime/session/lesson.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "runtime/base/text.hpp"
#include "runtime/base/words.hpp"
#include "runtime/session/lesson_blocks.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;

namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

// Reads lesson.md line by line: "# title", "## page", fenced blocks, text.
class Reader {
public:
    Reader(std::string_view markdown, std::string_view name) : rest_(markdown), name_(name) {}

    Result<Lesson> read() {
        while (next()) {
            if (line_.substr(0, 3) == "```") {
                if (auto read = block(); !read) return read.error();
            } else if (line_.substr(0, 2) == "# ") {
                lesson_.title = trim(line_.substr(2));
            } else if (line_.substr(0, 3) == "## ") {
                LessonPage page;
                page.title = trim(line_.substr(3));
                lesson_.pages.push_back(std::move(page));
            } else if (!lesson_.pages.empty()) {
                std::string& text = lesson_.pages.back().text;
                // A paragraph's lines are one line on screen.
                if (trim(line_).empty())
                    text += text.empty() || text.back() == '\n' ? "" : "\n";
                else
                    text += cat(text.empty() || text.back() == '\n' ? "" : " ", trim(line_));
            }
        }
        if (lesson_.title.empty()) return error("a lesson begins with its title: # Title");
        if (lesson_.pages.empty())
            return error("a lesson has at least one page: ## Title of the page");
        for (LessonPage& page : lesson_.pages) page.text = trim(page.text);
        // Said once, at the end: where the picture the lesson was told in no longer holds.
        std::string& last = lesson_.pages.back().text;
        if (!lesson_.breaks.empty())
            last += cat(last.empty() ? "" : "\n", base::tr("Where the picture breaks: "),
                        lesson_.breaks);
        return std::move(lesson_);
    }

private:
    bool next() {
        if (rest_.empty()) return false;
        const size_t end = std::min(rest_.find('\n'), rest_.size());
        line_ = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        ++number_;
        return true;
    }

    Error error(std::string_view message) const {
        return Error{cat(name_, ":", number_, ":1: ", message), {number_, 1, number_, 1}};
    }

    // Code for readers of the Markdown is no block of ours, but a misspelt block would be lost.
    Result<bool> check_kind(std::string_view kind) const {
        for (const std::string_view known : {"lesson", "stop", "predict", "compare", "goal",
                                             "python", "py", "text", "console", ""})
            if (kind == known) return true;
        return error(cat("there is no block \"", kind,
                         "\"; known: lesson, stop, predict, compare, goal (code to read: python, "
                         "text)"));
    }

    Result<bool> block() {
        const std::string_view kind = trim(line_.substr(3));
        if (auto known = check_kind(kind); !known) return known;
        const uint32_t first = number_;
        std::string body;
        bool closed = false;
        while (!closed && next()) {
            if (line_.substr(0, 3) == "```")
                closed = true;
            else
                body += cat(line_, "\n");
        }
        if (!closed) return error("this block is not closed: ``` is missing");
        return read_block(kind, body, cat(name_), first, lesson_);
    }

    std::string_view rest_, line_, name_;
    uint32_t number_ = 0;
    Lesson lesson_;
};

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error{cat("cannot open ", path.string())};
    return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

void take_folder_name(std::string_view folder, Lesson& lesson) {
    size_t digits = 0;
    while (digits < folder.size() && folder[digits] >= '0' && folder[digits] <= '9') ++digits;
    if (digits && digits < 6) lesson.number = std::stoi(std::string(folder.substr(0, digits)));
    lesson.slug =
        folder.substr(digits < folder.size() && folder[digits] == '-' ? digits + 1 : digits);
}

Result<Lesson> parse_lesson(std::string_view markdown, std::string_view scenario,
                            std::string_view name) {
    auto lesson = Reader(markdown, name).read();
    if (!lesson) return lesson;
    lesson->scenario = scenario;
    lesson->path = name;
    if (lesson->scenario_name.empty()) lesson->scenario_name = "scenario.py";
    return lesson;
}

Result<Lesson> load_lesson(const std::string& folder, std::string_view language) {
    namespace fs = std::filesystem;
    fs::path path(folder);
    if (path.filename().empty()) path = path.parent_path();
    fs::path text = path / "lesson.md";
    std::error_code error;
    if (!language.empty())
        if (fs::path translated = path.parent_path() / language / path.filename() / "lesson.md";
            fs::is_regular_file(translated, error))
            text = translated;
    auto markdown = read_file(text);
    if (!markdown) return markdown.error();
    auto scenario = read_file(path / "scenario.py");
    if (!scenario)
        return Error{cat(scenario.error().message, ": a lesson has a script scenario.py")};
    auto lesson = parse_lesson(*markdown, *scenario, text.string());
    if (!lesson) return lesson;
    lesson->own = true;
    take_folder_name(path.filename().string(), *lesson);
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
        if (entry.path().extension() != ".py" || entry.path().filename() == "scenario.py") continue;
        auto variant = read_file(entry.path());
        if (!variant) return variant.error();
        lesson->files.push_back({entry.path().filename().string(), std::move(*variant)});
    }
    std::sort(lesson->files.begin(), lesson->files.end(),
              [](const LessonFile& a, const LessonFile& b) { return a.name < b.name; });
    return lesson;
}

trace::Clothes Lesson::dress() const {
    for (const trace::Clothes known : trace::kAllClothes)
        if (clothes == trace::words(known).name) return known;
    return trace::Clothes::Asyncio;
}

trace::StepSize Lesson::step_size() const {
    return step == "statement"   ? trace::StepSize::Statement
           : step == "iteration" ? trace::StepSize::Iteration
           : step == "clock"     ? trace::StepSize::ClockJump
                                 : trace::StepSize::Switch;
}

const std::string* Lesson::script(std::string_view name) const {
    if (name.empty() || name == scenario_name) return &scenario;
    for (const LessonFile& file : files)
        if (file.name == name) return &file.text;
    return nullptr;
}

}  // namespace loopglass::session
