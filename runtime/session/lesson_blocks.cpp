#include "runtime/session/lesson_blocks.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/session/toml_text.hpp"
#include "runtime/trace/lint.hpp"
#include "runtime/trace/words.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;

namespace {

// What is wrong with a block, and where; thrown inside this file only.
struct BadBlock {
    uint32_t line, column;
    std::string message;
};
[[noreturn]] void refuse(const toml::value& value, std::string message) {
    const auto place = value.location();
    throw BadBlock{static_cast<uint32_t>(place.line()), static_cast<uint32_t>(place.column()),
                   std::move(message)};
}

// What a key's reader knows besides its value.
struct Key {
    const char* name;
    const char* example;
};

const std::string& text(const toml::value& value, Key key) {
    if (!value.is_string())
        refuse(value, cat("`", key.name, "` is a text in quotes: ", key.name, " = ", key.example));
    return value.as_string().str;
}
std::vector<std::string> texts(const toml::value& value, Key key) {
    if (!value.is_array())
        refuse(value, cat("`", key.name, "` is a list of texts: ", key.name, " = ", key.example));
    std::vector<std::string> out;
    for (const toml::value& each : value.as_array()) {
        if (!each.is_string())
            refuse(each,
                   cat("`", key.name, "` is a list of texts: ", key.name, " = ", key.example));
        out.push_back(each.as_string().str);
    }
    return out;
}
uint32_t whole(const toml::value& value, Key key) {
    if (!value.is_integer() || value.as_integer() < 1 || value.as_integer() > 1'000'000)
        refuse(value,
               cat("`", key.name, "` is a whole number from 1: ", key.name, " = ", key.example));
    return static_cast<uint32_t>(value.as_integer());
}
double seconds(const toml::value& value, Key key) {
    const double number = value.is_floating()  ? value.as_floating()
                          : value.is_integer() ? static_cast<double>(value.as_integer())
                                               : -1;
    if (!(number >= 0 && number < 1e9))
        refuse(value,
               cat("`", key.name, "` is a number of seconds: ", key.name, " = ", key.example));
    return number;
}
bool truth(const toml::value& value, Key key) {
    if (!value.is_boolean())
        refuse(value, cat("`", key.name, "` is true or false: ", key.name, " = ", key.example));
    return value.as_boolean();
}
Rule rule_named(const toml::value& value, const std::string& name) {
    if (const RuleInfo* info = find_rule(name)) return info->rule;
    std::string known;
    for (const RuleInfo& info : rules()) known += cat(known.empty() ? "" : ", ", info.name);
    refuse(value, cat("there is no rule \"", name, "\"; known: ", known));
}
std::vector<Rule> rule_list(const toml::value& value, Key key) {
    std::vector<Rule> out;
    for (const std::string& name : texts(value, key)) out.push_back(rule_named(value, name));
    return out;
}

// A key of a block of type T: its name, an example for messages, and what it sets.
template <typename T>
struct Field {
    Key key;
    void (*read)(const toml::value& value, Key key, T& target);
};

template <typename T, size_t N>
bool read_field(const Field<T> (&fields)[N], const std::string& name, const toml::value& value,
                T& target) {
    for (const Field<T>& field : fields) {
        if (name != field.key.name) continue;
        field.read(value, field.key, target);
        return true;
    }
    return false;
}
template <typename T, size_t N>
std::string names_of(const Field<T> (&fields)[N]) {
    std::string out;
    for (const Field<T>& field : fields) out += cat(out.empty() ? "" : ", ", field.key.name);
    return out;
}

// --- moments
// -------------------------------------------------------------------------------------

struct ReadAnchor {
    Anchor anchor;
    int kinds = 0;  // how many of start, print, line, time, end are there
};
void set_kind(ReadAnchor& read, Anchor::Kind kind) {
    read.anchor.kind = kind;
    ++read.kinds;
}
constexpr Field<ReadAnchor> kAnchorFields[] = {
    {{"start", "true"},
     [](auto& v, Key k, auto& a) { truth(v, k), set_kind(a, Anchor::Kind::Start); }},
    {{"print", "\"tick 1\""},
     [](auto& v, Key k, auto& a) { a.anchor.text = text(v, k), set_kind(a, Anchor::Kind::Print); }},
    {{"line", "8"},
     [](auto& v, Key k, auto& a) { a.anchor.line = whole(v, k), set_kind(a, Anchor::Kind::Line); }},
    {{"time", "0.2"},
     [](auto& v, Key k, auto& a) {
         a.anchor.time = seconds(v, k), set_kind(a, Anchor::Kind::Time);
     }},
    {{"end", "true"}, [](auto& v, Key k, auto& a) { truth(v, k), set_kind(a, Anchor::Kind::End); }},
    {{"nth", "2"}, [](auto& v, Key k, auto& a) { a.anchor.nth = whole(v, k); }},
};
Anchor finished_anchor(const toml::value& table, const ReadAnchor& read, const char* block) {
    if (read.kinds != 1)
        refuse(table, cat("a ", block, " names exactly one moment (start, print, line, time or ",
                          "end), for example: print = \"tick 1\""));
    return read.anchor;
}

// --- lesson, stop
// --------------------------------------------------------------------------------

constexpr Field<Lesson> kAboutFields[] = {
    {{"misconception", "\"await makes things concurrent\""},
     [](auto& v, Key k, auto& l) { l.misconception = text(v, k); }},
    {{"breaks", "\"A waiter may choose; the loop never does.\""},
     [](auto& v, Key k, auto& l) { l.breaks = text(v, k); }},
    {{"minutes", "6"}, [](auto& v, Key k, auto& l) { l.minutes = static_cast<int>(whole(v, k)); }},
    {{"step", "\"switch\""},
     [](auto& v, Key k, auto& l) {
         l.step = text(v, k);
         for (const char* known : {"statement", "switch", "iteration", "clock"})
             if (l.step == known) return;
         refuse(v, "`step` is \"statement\", \"switch\", \"iteration\" or \"clock\"");
     }},
    {{"clothes", "\"restaurant\""},
     [](auto& v, Key k, auto& l) {
         l.clothes = text(v, k);
         for (const trace::Clothes known : trace::kAllClothes)
             if (l.clothes == trace::words(known).name) return;
         refuse(v, "`clothes` is \"asyncio\", \"restaurant\" or \"theatre\"");
     }},
    {{"rules", "[\"await-always-yields\"]"},
     [](auto& v, Key k, auto& l) { l.rules = rule_list(v, k); }},
};

void read_about(const toml::value& table, Lesson& lesson) {
    for (const auto& [key, value] : table.as_table())
        if (!read_field(kAboutFields, key, value, lesson))
            refuse(value,
                   cat("a lesson block has no `", key, "`; known: ", names_of(kAboutFields)));
}

void read_stop(const toml::value& table, uint32_t, Lesson& lesson) {
    ReadAnchor read;
    for (const auto& [key, value] : table.as_table())
        if (!read_field(kAnchorFields, key, value, read))
            refuse(value, cat("a stop has no `", key, "`; known: ", names_of(kAnchorFields)));
    lesson.pages.back().stops.push_back(finished_anchor(table, read, "stop"));
}

// --- predict
// -------------------------------------------------------------------------------------

QuestionKind question_kind(const toml::value& value, const std::string& name) {
    constexpr struct {
        const char* name;
        QuestionKind kind;
    } kKinds[] = {{"prints", QuestionKind::Prints},
                  {"runs", QuestionKind::Runs},
                  {"time", QuestionKind::Time},
                  {"state", QuestionKind::State},
                  {"order", QuestionKind::Order}};
    for (const auto& entry : kKinds)
        if (name == entry.name) return entry.kind;
    refuse(value,
           cat("there is no question \"", name, "\"; known: prints, runs, time, state, order"));
}

constexpr Field<Question> kPredictFields[] = {
    {{"ask", "\"prints\""}, [](auto& v, Key k, auto& q) { q.kind = question_kind(v, text(v, k)); }},
    {{"question", "\"What prints first?\""}, [](auto& v, Key k, auto& q) { q.text = text(v, k); }},
    {{"task", "\"tick\""}, [](auto& v, Key k, auto& q) { q.task = text(v, k); }},
    {{"rules", "[\"await-always-yields\"]"},
     [](auto& v, Key k, auto& q) { q.rules = rule_list(v, k); }},
    {{"of", "\"the bill\""}, [](auto& v, Key k, auto& q) { q.of = text(v, k); }},
    {{"lines", "4"},
     [](auto& v, Key k, auto& q) {
         q.lines = whole(v, k);
         if (q.lines < 2 || q.lines > 6) refuse(v, "`lines` is from 2 to 6: lines = 4");
     }},
    {{"choices", "[\"tick 2\"]"}, [](auto& v, Key k, auto& q) { q.choices = texts(v, k); }},
    {{"invented", "[\"tick 9\"]"}, [](auto& v, Key k, auto& q) { q.invented = texts(v, k); }},
    {{"typed", "true"}, [](auto& v, Key k, auto& q) { q.typed = truth(v, k); }},
    {{"because", "\"tick's timer rings first.\""},
     [](auto& v, Key k, auto& q) { q.explanation = text(v, k); }},
};

void read_predict(const toml::value& table, uint32_t line, Lesson& lesson) {
    Question question;
    ReadAnchor read;
    question.place.line = line;
    for (const auto& [key, value] : table.as_table())
        if (!read_field(kPredictFields, key, value, question) &&
            !read_field(kAnchorFields, key, value, read))
            refuse(value, cat("a predict block has no `", key, "`; known: ",
                              names_of(kPredictFields), ", ", names_of(kAnchorFields)));
    question.at = finished_anchor(table, read, "predict block");
    if (question.kind == QuestionKind::State && question.task.empty())
        refuse(table, "ask = \"state\" needs a task: task = \"tick\"");
    if (!question.of.empty() && question.kind != QuestionKind::Prints &&
        question.kind != QuestionKind::Time)
        refuse(table, "`of` names a line for ask = \"prints\" or \"time\"");
    lesson.pages.back().questions.push_back(std::move(question));
}

// --- compare, goal
// -------------------------------------------------------------------------------

constexpr Field<Compare> kCompareFields[] = {
    {{"with", "\"gather.py\""}, [](auto& v, Key k, auto& c) { c.right = text(v, k); }},
    {{"left", "\"scenario.py\""}, [](auto& v, Key k, auto& c) { c.left = text(v, k); }},
    {{"rule", "\"await-overlaps\""},
     [](auto& v, Key k, auto& c) { c.rule = rule_named(v, text(v, k)); }},
    {{"title", "\"One by one, or together\""},
     [](auto& v, Key k, auto& c) { c.title = text(v, k); }},
    {{"look", "\"Where are two bars hatched at once?\""},
     [](auto& v, Key k, auto& c) { c.text = text(v, k); }},
};

void read_compare(const toml::value& table, uint32_t line, Lesson& lesson) {
    Compare compare;
    compare.place.line = line;
    for (const auto& [key, value] : table.as_table())
        if (!read_field(kCompareFields, key, value, compare))
            refuse(value,
                   cat("a compare block has no `", key, "`; known: ", names_of(kCompareFields)));
    if (compare.right.empty() == (compare.rule == Rule::None))
        refuse(table,
               "a compare block names one other run: with = \"variant.py\" or rule = "
               "\"await-overlaps\"");
    lesson.pages.back().compares.push_back(std::move(compare));
}

constexpr Field<Goal> kGoalFields[] = {
    {{"goal", "\"Serve both at 0.2 s.\""}, [](auto& v, Key k, auto& g) { g.text = text(v, k); }},
    {{"hint", "\"Two tasks can wait at once.\""},
     [](auto& v, Key k, auto& g) { g.hint = text(v, k); }},
    {{"file", "\"scenario.py\""}, [](auto& v, Key k, auto& g) { g.file = text(v, k); }},
    {{"solution", "\"together.py\""}, [](auto& v, Key k, auto& g) { g.solution = text(v, k); }},
    {{"total", "0.2"}, [](auto& v, Key k, auto& g) { g.total = seconds(v, k); }},
    {{"prints", "[\"a\", \"b\"]"}, [](auto& v, Key k, auto& g) { g.prints = texts(v, k); }},
    {{"shows", "[\"done\"]"}, [](auto& v, Key k, auto& g) { g.shows = texts(v, k); }},
    {{"never", "[\"lost\"]"}, [](auto& v, Key k, auto& g) { g.never = texts(v, k); }},
    {{"before", "[\"first\", \"second\"]"},
     [](auto& v, Key k, auto& g) {
         const std::vector<std::string> lines = texts(v, k);
         if (lines.size() < 2) refuse(v, "`before` names two lines or more, in the wanted order");
         for (size_t i = 0; i + 1 < lines.size(); ++i)
             g.before.emplace_back(lines[i], lines[i + 1]);
     }},
    {{"no_lint", "[\"L01\"]"},
     [](auto& v, Key k, auto& g) {
         g.no_lint = texts(v, k);
         for (const std::string& id : g.no_lint)
             if (!trace::find_lint(id))
                 refuse(v, cat("there is no lint \"", id, "\"; they are called L01, L02 …"));
     }},
    {{"same_lines", "true"}, [](auto& v, Key k, auto& g) { g.same_lines = truth(v, k); }},
};

void read_goal(const toml::value& table, uint32_t line, Lesson& lesson) {
    Goal goal;
    goal.place.line = line;
    for (const auto& [key, value] : table.as_table())
        if (!read_field(kGoalFields, key, value, goal))
            refuse(value, cat("a goal has no `", key, "`; known: ", names_of(kGoalFields)));
    const bool asks = goal.total || !goal.prints.empty() || !goal.shows.empty() ||
                      !goal.never.empty() || !goal.before.empty() || !goal.no_lint.empty();
    if (!asks)
        refuse(table, "a goal has a condition: total, prints, shows, never, before or no_lint");
    if (goal.text.empty())
        refuse(table, "a goal says what is wanted: goal = \"Serve both at 0.2 s.\"");
    lesson.pages.back().goals.push_back(std::move(goal));
}

constexpr struct {
    std::string_view name;
    void (*read)(const toml::value& table, uint32_t line, Lesson& lesson);
} kBlocks[] = {
    {"stop", read_stop}, {"predict", read_predict}, {"compare", read_compare}, {"goal", read_goal}};

Error located(std::string_view name, uint32_t line, uint32_t column, std::string_view message) {
    return Error{cat(name, ":", line, ":", column, ": ", message), {line, column, line, column}};
}

}  // namespace

Result<bool> read_block(std::string_view kind, std::string_view body, std::string_view name,
                        uint32_t line, Lesson& lesson) {
    const auto* block = std::find_if(std::begin(kBlocks), std::end(kBlocks),
                                     [&](const auto& entry) { return entry.name == kind; });
    if (block == std::end(kBlocks) && kind != "lesson") return true;
    if (kind != "lesson" && lesson.pages.empty())
        return located(name, line, 1,
                       cat("a ", kind, " block belongs to a page: write ## Title above it"));
    try {
        const toml::value table = parse_toml(body, name);
        if (kind == "lesson")
            read_about(table, lesson);
        else
            block->read(table, line, lesson);
        return true;
    } catch (const BadBlock& bad) {
        return located(name, line + bad.line, std::max(bad.column, 1u), bad.message);
    } catch (const toml::exception& bad) {
        return located(name, line + static_cast<uint32_t>(bad.location().line()),
                       std::max(static_cast<uint32_t>(bad.location().column()), 1u),
                       "this is not TOML; each line is name = value, texts stand in quotes: "
                       "print = \"tick 1\"");
    } catch (const std::exception&) {
        return located(name, line, 1, "this block is not TOML: name = value on each line");
    }
}

}  // namespace loopglass::session
