#include "runtime/session/lesson_blocks.hpp"

#include <sstream>
#include <toml.hpp>

#include "runtime/base/text.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;

namespace {

// What is wrong with a block; thrown inside this file only.
struct BadBlock {
    uint32_t line;
    std::string message;
};
[[noreturn]] void refuse(const toml::value& value, std::string message) {
    throw BadBlock{static_cast<uint32_t>(value.location().line()), std::move(message)};
}

std::string text(const toml::value& value, const char* what) {
    if (!value.is_string()) refuse(value, cat("`", what, "` is a text"));
    return value.as_string().str;
}
uint32_t whole(const toml::value& value, const char* what) {
    if (!value.is_integer() || value.as_integer() < 1 || value.as_integer() > 1'000'000)
        refuse(value, cat("`", what, "` is a whole number from 1"));
    return static_cast<uint32_t>(value.as_integer());
}
double seconds(const toml::value& value) {
    if (value.is_floating()) return value.as_floating();
    if (value.is_integer()) return static_cast<double>(value.as_integer());
    refuse(value, "`time` is a number of seconds");
}

// start = true | print = "…" | line = 8 | time = 0.2 | end = true, each with nth = 2.
bool read_anchor(const std::string& key, const toml::value& value, Anchor& anchor) {
    if (key == "start")
        anchor.kind = Anchor::Kind::Start;
    else if (key == "end")
        anchor.kind = Anchor::Kind::End;
    else if (key == "print")
        anchor.kind = Anchor::Kind::Print, anchor.text = text(value, "print");
    else if (key == "line")
        anchor.kind = Anchor::Kind::Line, anchor.line = whole(value, "line");
    else if (key == "time")
        anchor.kind = Anchor::Kind::Time, anchor.time = seconds(value);
    else if (key == "nth")
        anchor.nth = whole(value, "nth");
    else
        return false;
    return true;
}

void read_about(const toml::value& table, Lesson& lesson) {
    for (const auto& [key, value] : table.as_table()) {
        if (key == "misconception")
            lesson.misconception = text(value, "misconception");
        else if (key == "breaks")
            lesson.breaks = text(value, "breaks");
        else if (key == "minutes")
            lesson.minutes = static_cast<int>(whole(value, "minutes"));
        else if (key == "step")
            lesson.step = text(value, "step");
        else
            refuse(value, cat("a lesson block has no `", key,
                              "`; known: misconception, breaks, minutes, step"));
    }
}

void read_stop(const toml::value& table, Lesson& lesson) {
    Anchor anchor;
    for (const auto& [key, value] : table.as_table())
        if (!read_anchor(key, value, anchor))
            refuse(value,
                   cat("a stop has no `", key, "`; known: start, print, line, time, end, nth"));
    lesson.pages.back().stops.push_back(std::move(anchor));
}

QuestionKind kind_of(const toml::value& value) {
    constexpr struct {
        const char* name;
        QuestionKind kind;
    } kKinds[] = {{"prints", QuestionKind::Prints},
                  {"runs", QuestionKind::Runs},
                  {"time", QuestionKind::Time},
                  {"state", QuestionKind::State},
                  {"order", QuestionKind::Order}};
    const std::string name = text(value, "ask");
    for (const auto& entry : kKinds)
        if (name == entry.name) return entry.kind;
    refuse(value,
           cat("there is no question \"", name, "\"; known: prints, runs, time, state, order"));
}

void read_predict(const toml::value& table, uint32_t line, Lesson& lesson) {
    Question question;
    question.source_line = line;
    for (const auto& [key, value] : table.as_table()) {
        if (key == "ask")
            question.kind = kind_of(value);
        else if (key == "question")
            question.text = text(value, "question");
        else if (key == "task")
            question.task = text(value, "task");
        else if (key == "because")
            question.explanation = text(value, "because");
        else if (key == "choices") {
            if (!value.is_array()) refuse(value, "`choices` is a list of texts");
            for (const toml::value& choice : value.as_array())
                question.choices.push_back(text(choice, "choices"));
        } else if (!read_anchor(key, value, question.at)) {
            refuse(value, cat("a predict block has no `", key,
                              "`; known: ask, question, task, choices, because, start, print, "
                              "line, time, end, nth"));
        }
    }
    lesson.pages.back().questions.push_back(std::move(question));
}

}  // namespace

Result<bool> read_block(std::string_view kind, std::string_view body, std::string_view name,
                        uint32_t line, Lesson& lesson) {
    if (kind != "lesson" && kind != "stop" && kind != "predict") return true;
    if (kind != "lesson" && lesson.pages.empty())
        return Error{
            cat(name, ":", line, ": a ", kind, " block belongs to a page: ## Title first")};
    try {
        std::istringstream in{std::string(body)};
        const toml::value table = toml::parse(in, std::string(name));
        if (kind == "lesson")
            read_about(table, lesson);
        else if (kind == "stop")
            read_stop(table, lesson);
        else
            read_predict(table, line, lesson);
        return true;
    } catch (const BadBlock& bad) {
        return Error{cat(name, ":", line + bad.line, ": ", bad.message),
                     {line + bad.line, 0, line + bad.line, 0}};
    } catch (const toml::exception& bad) {
        const auto at = line + static_cast<uint32_t>(bad.location().line());
        return Error{cat(name, ":", at, ": this block is not TOML"), {at, 0, at, 0}};
    } catch (const std::exception&) {
        return Error{cat(name, ":", line, ": this block is not TOML"), {line, 0, line, 0}};
    }
}

}  // namespace loopglass::session
