#include "runtime/session/lesson.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "embedded/lesson_files.hpp"
#include "runtime/base/text.hpp"
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
                lesson_.pages.push_back({std::string(trim(line_.substr(3))), "", {}, {}});
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
        return Error{cat(name_, ":", number_, ": ", message), {number_, 0, number_, 0}};
    }

    Result<bool> block() {
        const std::string_view kind = trim(line_.substr(3));
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

// "07-asleep" → 7 and "asleep".
void take_folder_name(std::string_view folder, Lesson& lesson) {
    size_t digits = 0;
    while (digits < folder.size() && folder[digits] >= '0' && folder[digits] <= '9') ++digits;
    if (digits && digits < 6) lesson.number = std::stoi(std::string(folder.substr(0, digits)));
    lesson.slug =
        folder.substr(digits < folder.size() && folder[digits] == '-' ? digits + 1 : digits);
}

}  // namespace

Result<Lesson> parse_lesson(std::string_view markdown, std::string_view scenario,
                            std::string_view name) {
    auto lesson = Reader(markdown, name).read();
    if (!lesson) return lesson;
    lesson->scenario = scenario;
    if (lesson->scenario_name.empty()) lesson->scenario_name = "scenario.py";
    return lesson;
}

const std::vector<Lesson>& built_in_lessons() {
    static const std::vector<Lesson> lessons = [] {
        std::vector<Lesson> out;
        const auto files = embedded::lesson_files();
        for (const base::EmbeddedFile& file : files) {
            if (!file.name.ends_with("/lesson.md")) continue;
            const std::string folder(file.name.substr(0, file.name.find('/')));
            auto lesson = parse_lesson(
                file.text, base::find_embedded(files, folder + "/scenario.py"), file.name);
            if (!lesson) continue;  // a test reads them all, so none is missing in a release
            take_folder_name(folder, *lesson);
            out.push_back(std::move(*lesson));
        }
        std::sort(out.begin(), out.end(),
                  [](const Lesson& a, const Lesson& b) { return a.number < b.number; });
        return out;
    }();
    return lessons;
}

const Lesson* find_lesson(std::string_view name) {
    for (const Lesson& lesson : built_in_lessons()) {
        const std::string number = std::to_string(lesson.number);
        if (name == lesson.slug || name == number ||
            name == cat(number.size() < 2 ? "0" : "", number, "-", lesson.slug))
            return &lesson;
    }
    return nullptr;
}

Result<Lesson> load_lesson(const std::string& folder) {
    const std::filesystem::path path(folder);
    auto markdown = read_file(path / "lesson.md");
    if (!markdown) return markdown.error();
    auto scenario = read_file(path / "scenario.py");
    if (!scenario) return scenario.error();
    auto lesson = parse_lesson(*markdown, *scenario, (path / "lesson.md").string());
    if (!lesson) return lesson;
    take_folder_name(path.filename().string(), *lesson);
    return lesson;
}

}  // namespace loopglass::session
