#include "runtime/session/play.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/session/answers.hpp"
#include "runtime/session/session.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;
using trace::EventIndex;

namespace {

constexpr size_t kMostWrong = 3;
constexpr size_t kFewestWrong = 2;
constexpr uint32_t kRuleEvents = 200'000;
constexpr int64_t kRuleFuel = 20'000'000;

// The runs of one lesson under every rule, each made when first asked for.
class RuleRuns {
public:
    explicit RuleRuns(const Lesson& lesson) : lesson_(lesson) {}

    // Null if the script cannot run.
    const trace::Timeline* timeline(Rule rule) {
        auto found = runs.find(rule);
        if (found == runs.end()) {
            auto run = run_lesson_script(lesson_.scenario, lesson_.scenario_name, rule);
            found = runs.emplace(rule, run ? std::move(*run) : LessonRun{}).first;
        }
        return found->second.timeline.get();
    }

    std::map<Rule, LessonRun> runs;

private:
    const Lesson& lesson_;
};

// A time no reader would think of, such as 0.650 s where all others are tenths.
[[nodiscard]] bool odd_beside(const std::string& time, const std::string& right) {
    const auto digits = [](std::string_view text) {
        const size_t point = text.find('.');
        if (point == std::string_view::npos || !text.ends_with(" s")) return size_t{0};
        return text.find_last_not_of("0", text.size() - 3) - point;
    };
    return digits(time) > std::max<size_t>(digits(right), 1);
}

// Finds wrong choices for a question: distinct, none of them right.
class WrongChoices {
public:
    WrongChoices(const Question& question, const trace::Timeline& truth, EventIndex at,
                 const Answers& answers, RuleRuns& runs)
        : question_(question), truth_(truth), at_(at), answers_(answers), runs_(runs) {}

    std::vector<Choice> find(const std::vector<Rule>& of_lesson) {
        add_rules(question_.rules);
        add_rules(of_lesson);
        for (const std::string& choice : question_.choices) {
            const Rule rule = rule_that_says(choice);
            if (rule == Rule::None) unfounded.push_back(choice);
            add(choice, rule);
        }
        for (const std::string& choice : question_.invented) add(choice, Rule::None);
        add_others(kFewestWrong);
        return std::move(out_);
    }

    std::vector<std::string> unfounded;  // of `choices`: no rule gives them

private:
    void add(const std::string& text, Rule rule) {
        if (text.empty() || text == answers_.right || out_.size() == kMostWrong) return;
        if (question_.kind == QuestionKind::Time && odd_beside(text, answers_.right)) return;
        if (text.find('\n') != std::string::npos) return;  // a traceback is no answer to choose
        for (const Choice& known : out_)
            if (known.text == text) return;
        out_.push_back({text, rule});
    }
    void add_rules(const std::vector<Rule>& rules) {
        for (const Rule rule : rules) add(answer(rule), rule);
    }
    // Whatever else wrong ideas lead to, until there are `enough` choices.
    void add_others(size_t enough) {
        for (const RuleInfo& info : rules())
            if (out_.size() < enough) add_rules({info.rule});
    }
    std::string answer(Rule rule) {
        const trace::Timeline* other = runs_.timeline(rule);
        return other ? answer_of_other(question_, truth_, at_, *other) : std::string();
    }
    Rule rule_that_says(const std::string& text) {
        for (const RuleInfo& info : rules())
            if (answer(info.rule) == text) return info.rule;
        return Rule::None;
    }

    const Question& question_;
    const trace::Timeline& truth_;
    EventIndex at_;
    const Answers& answers_;
    RuleRuns& runs_;
    std::vector<Choice> out_;
};

// Puts the right one among the wrong ones; where it stands follows from its text alone.
void place_right(Checkpoint& checkpoint, const std::string& right) {
    size_t place = 0;
    for (const char c : right) place = place * 31 + static_cast<unsigned char>(c);
    place %= checkpoint.choices.size() + 1;
    checkpoint.choices.insert(checkpoint.choices.begin() + static_cast<std::ptrdiff_t>(place),
                              {right, Rule::None});
    checkpoint.right = static_cast<int>(place);
}

// "; rules give: "a" (name)", for messages.
[[nodiscard]] std::string given_answers(const std::vector<Choice>& choices) {
    std::string out;
    for (const Choice& choice : choices)
        if (choice.rule != Rule::None)
            out += cat(out.empty() ? " (rules give \"" : ", \"", choice.text,
                       "\": ", rule_info(choice.rule).name);
    return out.empty() ? out : out + ")";
}

// The lines as they are shown: in an order that gives nothing away, and is not the right one.
[[nodiscard]] std::vector<std::string> mixed(const std::vector<std::string>& right) {
    std::vector<std::string> out = right;
    std::sort(out.begin(), out.end());
    if (out == right) std::rotate(out.begin(), out.begin() + 1, out.end());
    return out;
}

// Why the run has no answer to a question.
[[nodiscard]] std::string unanswered(const Question& question) {
    if (question.kind == QuestionKind::State)
        return cat("the run has no task called \"", question.task, "\"");
    if (!question.of.empty())
        return cat("the run prints no line after that moment that begins with \"", question.of,
                   "\", which `of` asks for");
    return "the run gives this question no answer there: ask earlier";
}

class Grader {
public:
    Grader(const Lesson& lesson, const trace::Timeline& truth, RuleRuns& runs)
        : lesson_(lesson), truth_(truth), runs_(runs) {}

    Result<Checkpoint> grade(const Question& question, size_t page) {
        const auto complain = [&](std::string_view what) {
            return Error{cat(lesson_.path, ":", question.place.line, ":1: ", what),
                         {question.place.line, 1, question.place.line, 1}};
        };
        auto at = resolve(question.at, truth_);
        if (!at) return complain(at.error().message);
        const Answers answers = answers_of(question, truth_, *at);
        if (answers.right.empty()) return complain(unanswered(question));
        Checkpoint checkpoint;
        checkpoint.at = *at;
        checkpoint.kind = question.kind;
        checkpoint.page = page;
        checkpoint.place = question.place;
        checkpoint.typed = question.typed;
        checkpoint.question = question.text.empty() ? answers.question : question.text;
        checkpoint.explanation = question.explanation;
        checkpoint.causes = causes_of_answer(question, truth_, *at, answers.event, lesson_.dress());
        WrongChoices wrong(question, truth_, *at, answers, runs_);
        checkpoint.choices = wrong.find(lesson_.rules);
        if (!wrong.unfounded.empty())
            return complain(cat("no rule gives the wrong answer \"", wrong.unfounded.front(),
                                "\", so nobody can run it: leave it out, or put it into "
                                "`invented`",
                                given_answers(checkpoint.choices)));
        if (checkpoint.choices.size() < kFewestWrong)
            return complain(cat("the rules give this question fewer than two wrong answers",
                                given_answers(checkpoint.choices),
                                ": ask where the wrong ideas differ from the truth, or name some "
                                "in `invented`"));
        place_right(checkpoint, answers.right);
        if (question.kind == QuestionKind::Order) checkpoint.lines = mixed(answers.lines);
        return checkpoint;
    }

private:
    const Lesson& lesson_;
    const trace::Timeline& truth_;
    RuleRuns& runs_;
};

// Answers are compared without regard to blanks and case; "0.4" is "0.400 s".
[[nodiscard]] std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '\t' && c != '\r')
            out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    std::string number = out.ends_with('s') ? out.substr(0, out.size() - 1) : out;
    if (number.find('.') == std::string::npos ||
        number.find_first_not_of("0123456789.") != std::string::npos)
        return out;
    while (number.ends_with('0')) number.pop_back();
    return number;
}

}  // namespace

Result<LessonRun> run_lesson_script(const std::string& source, const std::string& filename,
                                    Rule rule) {
    RunRequest request;
    request.source = source;
    request.filename = filename;
    request.level = trace::Level::Line;
    request.rule = rule;
    if (rule != Rule::None) {
        request.event_budget = kRuleEvents;
        request.fuel = kRuleFuel;
    }
    auto outcome = run_script(std::move(request));
    if (!outcome) return outcome.error();
    LessonRun run;
    run.recording = std::move(outcome->recording);
    run.timeline = std::make_unique<trace::Timeline>(*run.recording);
    run.timeline->update();
    run.rule = rule;
    return run;
}

Result<PlayedLesson> play_lesson(const Lesson& lesson) {
    auto truth = run_lesson_script(lesson.scenario, lesson.scenario_name);
    if (!truth) return truth.error();
    PlayedLesson played;
    played.truth = std::move(*truth);
    RuleRuns runs(lesson);
    Grader grader(lesson, played.timeline(), runs);
    for (size_t page = 0; page < lesson.pages.size(); ++page) {
        for (const Question& question : lesson.pages[page].questions) {
            auto checkpoint = grader.grade(question, page);
            if (!checkpoint) return checkpoint.error();
            checkpoint->key = std::to_string(played.checkpoints.size() + 1);
            played.checkpoints.push_back(std::move(*checkpoint));
        }
    }
    for (const Checkpoint& checkpoint : played.checkpoints)
        for (const Choice& choice : checkpoint.choices)
            if (choice.rule != Rule::None && runs.runs.contains(choice.rule))
                played.rules.insert(runs.runs.extract(choice.rule));
    std::stable_sort(played.checkpoints.begin(), played.checkpoints.end(),
                     [](const Checkpoint& a, const Checkpoint& b) { return a.at < b.at; });
    return played;
}

bool same_answer(std::string_view a, std::string_view b) {
    return plain(a) == plain(b);
}

std::string order_meant(const Checkpoint& checkpoint, std::string_view answer) {
    std::vector<bool> taken(checkpoint.lines.size());
    std::vector<std::string> lines;
    for (const char c : answer) {
        if (c == ' ' || c == ',') continue;
        const auto number = static_cast<size_t>(c - '1');
        if (number >= taken.size() || taken[number]) return {};
        taken[number] = true;
        lines.push_back(checkpoint.lines[number]);
    }
    return lines.size() == taken.size() ? joined(lines) : std::string();
}

int choice_meant(const Checkpoint& checkpoint, std::string_view answer) {
    const std::string wanted = plain(answer);
    if (wanted.empty()) return -1;
    for (size_t i = 0; i < checkpoint.choices.size(); ++i)
        if (plain(checkpoint.choices[i].text) == wanted) return static_cast<int>(i);
    if (checkpoint.kind == QuestionKind::Order) {
        const std::string order = plain(order_meant(checkpoint, answer));
        return order.empty() ? -1 : choice_meant(checkpoint, order);
    }
    if (checkpoint.typed || wanted.size() != 1) return -1;
    const int number = wanted[0] - '1';
    return number >= 0 && number < static_cast<int>(checkpoint.choices.size()) ? number : -1;
}

}  // namespace loopglass::session
