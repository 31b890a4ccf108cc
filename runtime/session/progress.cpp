#include "runtime/session/progress.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "runtime/base/text.hpp"
#include "runtime/trace/file.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;
using Json = nlohmann::ordered_json;

namespace {

constexpr int kVersion = 1;

Json to_json(const QuestionRecord& record) {
    return {{"tries", record.tries}, {"right", record.right}, {"wrong ideas", record.rules}};
}
QuestionRecord question_from(const Json& json) {
    QuestionRecord out;
    out.tries = json.value("tries", 0u);
    out.right = json.value("right", false);
    out.rules = json.value("wrong ideas", std::vector<std::string>());
    return out;
}

Json to_json(const LessonRecord& record) {
    Json questions = Json::object(), goals = Json::object();
    for (const auto& [key, question] : record.questions) questions[key] = to_json(question);
    for (const auto& [key, reached] : record.goals) goals[key] = reached;
    return {{"finished", record.finished}, {"questions", questions}, {"goals", goals}};
}
// The members of an object inside; none where it is missing.
Json inside(const Json& json, const char* name) {
    Json found = json.value(name, Json::object());
    if (!found.is_object()) throw Json::type_error::create(302, name, nullptr);
    return found;
}

LessonRecord lesson_from(const Json& json) {
    LessonRecord out;
    out.finished = json.value("finished", false);
    const Json questions = inside(json, "questions"), goals = inside(json, "goals");
    for (const auto& [key, question] : questions.items())
        out.questions[key] = question_from(question);
    for (const auto& [key, reached] : goals.items()) out.goals[key] = reached.get<bool>();
    return out;
}

Progress from_json(const Json& json) {
    Progress out;
    out.pupil = json.value("pupil", std::string());
    const Json lessons = inside(json, "lessons"), rules = inside(json, "wrong ideas");
    for (const auto& [slug, lesson] : lessons.items()) out.lessons[slug] = lesson_from(lesson);
    for (const auto& [name, rule] : rules.items())
        out.rules[name] = {rule.value("offered", 0u), rule.value("chosen", 0u)};
    return out;
}

// The line of a byte of a text.
size_t line_of(std::string_view text, size_t byte) {
    return 1 + static_cast<size_t>(std::count(
                   text.begin(), text.begin() + static_cast<ptrdiff_t>(std::min(byte, text.size())),
                   '\n'));
}

std::string free_name_beside(const std::string& path) {
    std::error_code error;
    for (int i = 1;; ++i)
        if (std::string name = cat(path, ".damaged-", i); !std::filesystem::exists(name, error))
            return name;
}

}  // namespace

void Progress::answered(const std::string& slug, const Checkpoint& checkpoint,
                        const std::vector<int>& chosen, bool right) {
    QuestionRecord& record = lessons[slug].questions[checkpoint.key];
    record = {};
    record.tries = static_cast<uint32_t>(chosen.size() + (right ? 1 : 0));
    record.right = right;
    for (const int choice : chosen)
        if (const Rule rule = checkpoint.choices[static_cast<size_t>(choice)].rule;
            rule != Rule::None) {
            record.rules.emplace_back(rule_info(rule).name);
            ++rules[std::string(rule_info(rule).name)].chosen;
        }
    for (const Choice& choice : checkpoint.choices)
        if (choice.rule != Rule::None) ++rules[std::string(rule_info(choice.rule).name)].offered;
}

std::string progress_path() {
    if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state)
        return cat(state, "/loopglass/progress.json");
    if (const char* home = std::getenv("HOME"); home && *home)
        return cat(home, "/.local/state/loopglass/progress.json");
    return "";
}

std::string progress_text(const Progress& progress) {
    Json out;
    out["loopglass progress"] = kVersion;
    out["pupil"] = progress.pupil;
    out["lessons"] = Json::object();
    for (const auto& [slug, lesson] : progress.lessons) out["lessons"][slug] = to_json(lesson);
    out["wrong ideas"] = Json::object();
    for (const auto& [name, rule] : progress.rules)
        out["wrong ideas"][name] = {{"offered", rule.offered}, {"chosen", rule.chosen}};
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Progress> parse_progress(std::string_view text, std::string_view name) {
    try {
        const Json json = Json::parse(text);
        if (!json.is_object() || !json.contains("loopglass progress"))
            return Error{cat(name, " is not a record of progress")};
        if (json["loopglass progress"] != kVersion)
            return Error{cat(name, " was written by another version of the program")};
        return from_json(json);
    } catch (const Json::parse_error& bad) {
        return Error{cat(name, ":", line_of(text, bad.byte), ": this is not JSON")};
    } catch (const Json::exception&) {
        return Error{cat(name, ": something in it has the wrong type")};
    }
}

Result<Progress> read_progress(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error{cat("cannot open ", path)};
    return parse_progress(std::string(std::istreambuf_iterator<char>(in), {}), path);
}

ProgressFile ProgressFile::open(std::string path) {
    ProgressFile file;
    std::error_code error;
    file.path_ = std::move(path);
    if (file.path_.empty() || !std::filesystem::exists(file.path_, error)) return file;
    auto read = read_progress(file.path_);
    if (read) {
        file.progress = std::move(*read);
        return file;
    }
    const std::string aside = free_name_beside(file.path_);
    std::filesystem::rename(file.path_, aside, error);
    file.trouble_ = cat("your progress could not be read: ", read.error().message, "; ");
    if (error) {
        file.trouble_ += "it is left as it is, and this lesson is not recorded";
        file.path_.clear();
    } else {
        file.trouble_ += cat("it is kept as ", aside, ", and a new record begins");
    }
    return file;
}

Result<bool> ProgressFile::save() const {
    if (path_.empty()) return true;
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(path_).parent_path(), error);
    if (auto trouble = trace::write_file(path_, progress_text(progress))) return *trouble;
    return true;
}

}  // namespace loopglass::session
