#include "runtime/session/goal.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/base/words.hpp"
#include "runtime/session/answers.hpp"
#include "runtime/trace/lint.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;
using trace::Timeline;

namespace {

std::vector<std::string> lines_of(const Timeline& timeline) {
    std::vector<std::string> out;
    std::string_view rest;
    const std::string all = timeline.recording().output(trace::Stream::Stdout);
    for (rest = all; !rest.empty();) {
        const size_t end = std::min(rest.find('\n'), rest.size());
        out.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

[[nodiscard]] ptrdiff_t place_of(const std::vector<std::string>& lines, const std::string& line) {
    const auto found = std::find(lines.begin(), lines.end(), line);
    return found == lines.end() ? -1 : found - lines.begin();
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += cat(out.empty() ? "" : " / ", line);
    return out;
}

class Judge {
public:
    Judge(const Timeline& run, const Timeline& before)
        : run_(run), before_(before), lines_(lines_of(run)) {}

    GoalResult judge(const Goal& goal) {
        const trace::RunInfo& info = run_.recording().info;
        add(base::tr("runs to its end"), info.end == trace::EndReason::Completed,
            info.end_note.empty() ? std::string(trace::end_reason_sentence(info.end))
                                  : info.end_note);
        if (goal.total) {
            const std::string took = trace::seconds_text(run_.recording().duration());
            // A machine needs a few microseconds to wake up.
            add(base::filled(base::tr("takes at most {} s"),
                             {trace::seconds_text(static_cast<int64_t>(*goal.total * 1e9))}),
                run_.recording().duration() <= static_cast<int64_t>(*goal.total * 1e9) + kTolerance,
                base::filled(base::tr("it takes {} s"), {took}));
        }
        if (!goal.prints.empty())
            add(base::filled(base::tr("prints exactly: {}"), {joined(goal.prints)}),
                lines_ == goal.prints, base::filled(base::tr("it prints: {}"), {joined(lines_)}));
        for (const std::string& line : goal.shows)
            add(base::filled(base::tr("prints \"{}\""), {line}), place_of(lines_, line) >= 0);
        for (const std::string& line : goal.never)
            add(base::filled(base::tr("never prints \"{}\""), {line}), place_of(lines_, line) < 0);
        for (const auto& [first, second] : goal.before) judge_order(first, second);
        if (goal.same_lines) judge_same_lines();
        for (const std::string& id : goal.no_lint) judge_lint(id);
        return std::move(result_);
    }

private:
    static constexpr int64_t kTolerance = 500'000;  // ns

    void add(std::string wanted, bool holds, std::string seen = {}) {
        result_.conditions.push_back(
            {std::move(wanted), holds, holds ? std::string() : std::move(seen)});
    }
    void judge_order(const std::string& first, const std::string& second) {
        const auto a = place_of(lines_, first), b = place_of(lines_, second);
        const std::string missing =
            base::filled(base::tr("it does not print \"{}\""), {a < 0 ? first : second});
        add(base::filled(base::tr("prints \"{}\" before \"{}\""), {first, second}),
            a >= 0 && b >= 0 && a < b,
            a < 0 || b < 0 ? missing : base::tr("it is the other way round"));
    }
    void judge_same_lines() {
        std::vector<std::string> now = lines_, then = lines_of(before_);
        std::sort(now.begin(), now.end());
        std::sort(then.begin(), then.end());
        std::vector<std::string> gone;
        std::set_difference(then.begin(), then.end(), now.begin(), now.end(),
                            std::back_inserter(gone));
        add(base::tr("prints the same lines as before, in any order"), now == then,
            gone.empty() ? base::tr("there are more lines now")
                         : base::filled(base::tr("missing: {}"), {joined(gone)}));
    }
    void judge_lint(const std::string& id) {
        for (const trace::Finding& finding : trace::lint(run_))
            if (finding.lint->id == id)
                return add(cat("no ", finding.lint->title, " (", id, ")"), false, finding.sentence);
        add(cat("no ", trace::find_lint(id)->title, " (", id, ")"), true);
    }

    const Timeline& run_;
    const Timeline& before_;
    std::vector<std::string> lines_;
    GoalResult result_;
};

}  // namespace

bool GoalResult::reached() const {
    return std::all_of(conditions.begin(), conditions.end(),
                       [](const GoalCondition& each) { return each.holds; });
}

GoalResult judge_goal(const Goal& goal, const Timeline& run, const Timeline& before) {
    return Judge(run, before).judge(goal);
}

std::string goal_key(const Lesson& lesson, size_t page, size_t goal_of_page) {
    size_t number = goal_of_page + 1;
    for (size_t i = 0; i < page; ++i) number += lesson.pages[i].goals.size();
    return std::to_string(number);
}

const std::string* goal_script(const Lesson& lesson, const Goal& goal) {
    return lesson.script(goal.file);
}

Result<GoalResult> try_goal(const Lesson& lesson, const Goal& goal, const std::string& source) {
    const std::string* script = goal_script(lesson, goal);
    if (!script)
        return Error{cat(lesson.path, ":", goal.place.line,
                         ":1: the lesson's folder has no script ", goal.file)};
    auto before = run_lesson_script(*script, lesson.scenario_name);
    if (!before) return before.error();
    auto run = run_lesson_script(source, lesson.scenario_name);
    if (!run) return run.error();
    return judge_goal(goal, *run->timeline, *before->timeline);
}

Result<bool> check_goal(const Lesson& lesson, const Goal& goal) {
    const auto complain = [&](std::string_view what) {
        return Error{cat(lesson.path, ":", goal.place.line, ":1: ", what),
                     {goal.place.line, 1, goal.place.line, 1}};
    };
    if (!goal_script(lesson, goal))
        return complain(cat("the lesson's folder has no script ", goal.file));
    auto first = try_goal(lesson, goal, *goal_script(lesson, goal));
    if (!first) return complain(first.error().message);
    if (first->reached()) return complain("this goal is reached before anything is changed");
    if (goal.solution.empty())
        return complain("a goal names a script that reaches it: solution = \"solution.py\"");
    const std::string* solution = lesson.script(goal.solution);
    if (!solution) return complain(cat("the lesson's folder has no script ", goal.solution));
    auto reached = try_goal(lesson, goal, *solution);
    if (!reached) return complain(reached.error().message);
    for (const GoalCondition& condition : reached->conditions)
        if (!condition.holds)
            return complain(cat("the solution ", goal.solution, " does not reach it: wanted: ",
                                condition.wanted, "; ", condition.seen));
    return true;
}

}  // namespace loopglass::session
