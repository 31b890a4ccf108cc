#include "runtime/session/library.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "embedded/lesson_files.hpp"
#include "runtime/base/text.hpp"
#include "runtime/base/words.hpp"
#include "runtime/session/language.hpp"

namespace loopglass::session {

using base::cat;

namespace {

namespace fs = std::filesystem;

struct Library {
    LibraryOptions options;
    std::vector<Lesson> built_in, all;
    std::vector<std::string> troubles;
};
std::optional<LibraryOptions> g_options;
std::vector<std::string> g_word_troubles;

// A built-in lesson whose text is `file`; the variants lie beside its scenario.
void add_built_in(const base::EmbeddedFile& file, std::string_view folder, Library& library) {
    const auto files = embedded::lesson_files();
    std::string_view markdown = file.text, name = file.name;
    const std::string translated = cat(library.options.language, "/", file.name);
    if (const std::string_view found = base::find_embedded(files, translated); found.data())
        markdown = found, name = translated;
    auto lesson = parse_lesson(markdown, base::find_embedded(files, cat(folder, "/scenario.py")),
                               cat("lessons/", name));
    if (!lesson) return library.troubles.push_back(lesson.error().message);
    take_folder_name(folder, *lesson);
    for (const base::EmbeddedFile& other : files)
        if (other.name.starts_with(cat(folder, "/")) && other.name.ends_with(".py") &&
            !other.name.ends_with("/scenario.py"))
            lesson->files.push_back(
                {std::string(other.name.substr(folder.size() + 1)), std::string(other.text)});
    library.built_in.push_back(std::move(*lesson));
}

void add_folder(const std::string& folder, Library& library) {
    std::error_code error;
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
        if (fs::is_regular_file(entry.path() / "lesson.md", error)) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    for (const fs::path& path : found) {
        if (!fs::is_regular_file(path / "scenario.py", error) &&
            path.parent_path().filename() == library.options.language)
            continue;  // only a translation
        auto lesson = load_lesson(path.string(), library.options.language);
        if (lesson)
            library.all.push_back(std::move(*lesson));
        else
            library.troubles.push_back(lesson.error().message);
    }
}

const Library& library() {
    static const Library made = [] {
        Library out;
        if (g_options) out.options = *g_options;
        out.troubles = g_word_troubles;
        for (const base::EmbeddedFile& file : embedded::lesson_files()) {
            if (!file.name.ends_with("/lesson.md")) continue;
            const std::string_view folder = file.name.substr(0, file.name.rfind('/'));
            if (folder.find('/') == std::string_view::npos) add_built_in(file, folder, out);
        }
        std::sort(out.built_in.begin(), out.built_in.end(),
                  [](const Lesson& a, const Lesson& b) { return a.number < b.number; });
        out.all = out.built_in;
        for (const std::string& folder : out.options.folders) add_folder(folder, out);
        return out;
    }();
    return made;
}

[[nodiscard]] std::string folder_name(const Lesson& lesson) {
    const std::string number = std::to_string(lesson.number);
    return cat(number.size() < 2 ? "0" : "", number, "-", lesson.slug);
}

}  // namespace

void set_library(LibraryOptions options) {
    g_options = std::move(options);
    g_word_troubles.clear();
    base::set_words(words_of(g_options->language, g_options->folders, g_word_troubles));
}

std::string own_lessons_folder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
        return cat(data, "/loopglass/lessons");
    if (const char* home = std::getenv("HOME"); home && *home)
        return cat(home, "/.local/share/loopglass/lessons");
    return "";
}

const std::vector<Lesson>& lessons() {
    return library().all;
}
const std::vector<std::string>& lesson_troubles() {
    return library().troubles;
}
const std::vector<Lesson>& built_in_lessons() {
    return library().built_in;
}

const Lesson* find_lesson(std::string_view name) {
    for (const Lesson& lesson : lessons())
        if (name == lesson.slug || name == folder_name(lesson)) return &lesson;
    for (const Lesson& lesson : lessons())
        if (name == std::to_string(lesson.number)) return &lesson;
    return nullptr;
}

}  // namespace loopglass::session
