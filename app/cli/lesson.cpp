// loopglass lesson: a lesson played in a plain terminal, or by a script on standard input.
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "app/cli/cli.hpp"
#include "app/cli/files.hpp"
#include "app/cli/lessons.hpp"
#include "runtime/base/text.hpp"
#include "runtime/base/words.hpp"
#include "runtime/session/compare.hpp"
#include "runtime/session/goal.hpp"
#include "runtime/session/progress.hpp"
#include "runtime/trace/draw_text.hpp"
#include "runtime/trace/say.hpp"

namespace loopglass::cli {

using base::cat;
using base::Result;
using base::tr;

namespace {

constexpr size_t kTries = 2;

// One line of input without its newline; false at the end of input.
bool read_line(std::string& line) {
    line.clear();
    int c = 0;
    while ((c = std::getchar()) != EOF && c != '\n') line += static_cast<char>(c);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    return c != EOF || !line.empty();
}

unsigned terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
    return 100;
}

// A text broken between words.
std::string wrapped(std::string_view text, unsigned width) {
    std::string out;
    unsigned column = 0;
    while (!text.empty()) {
        const size_t end = std::min(text.find_first_of(" \n"), text.size());
        const std::string_view word = text.substr(0, end);
        const unsigned columns = trace::text_columns(word);
        if (column && column + 1 + columns > width) out += '\n', column = 0;
        if (column) out += ' ', ++column;
        out += word;
        column += columns;
        if (end < text.size() && text[end] == '\n') out += '\n', column = 0;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// The key that steps in the window is another one here.
std::string for_terminal(std::string text) {
    for (size_t at = 0; (at = text.find("→", at)) != std::string::npos;)
        text.replace(at, std::string_view("→").size(), "Enter");
    return text;
}

class Player {
public:
    Player(const session::Lesson& lesson, const session::PlayedLesson& played,
           session::ProgressFile& record)
        : lesson_(lesson),
          played_(played),
          timeline_(played.timeline()),
          record_(record),
          clothes_(lesson.dress()),
          width_(std::min(terminal_width(), 120u)) {
        for (const session::LessonPage& page : lesson.pages) {
            starts_.push_back(starts_.empty() ? 0 : starts_.back());
            if (page.stops.empty()) continue;
            if (auto from = session::resolve(page.stops.front(), timeline_)) starts_.back() = *from;
        }
    }

    void play() {
        std::printf("%d  %s\n\n", lesson_.number, lesson_.title.c_str());
        print_script(lesson_.scenario);
        show_page(0);
        std::printf("\n%s\n",
                    tr("Enter: step   b: back   t: timeline   n: next page   s: show the answer   "
                       "c: compare   g: goal   g FILE: try it   h: hint   ?: this line   q: quit"));
        if (const session::Checkpoint* question = open_question()) ask(*question);
        std::string line;
        while (!done_ && prompt() && read_line(line)) take(line);
        std::printf("\n");
    }

private:
    static void print_script(std::string_view rest) {
        for (int number = 1; !rest.empty(); ++number) {
            const size_t end = std::min(rest.find('\n'), rest.size());
            std::printf("%4d  %.*s\n", number, static_cast<int>(end), rest.data());
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    [[nodiscard]] const session::LessonPage& page() const { return lesson_.pages[page_]; }

    void show_page(size_t number) {
        if (number >= lesson_.pages.size()) return say(tr("This was the last page."));
        page_ = number;
        say(cat("\n== ", page().title, "\n", wrapped(for_terminal(page().text), width_)));
        for (const session::Compare& compare : page().compares)
            say(base::filled(tr("Side by side: {}   (c)"),
                             {(compare.title.empty() ? compare.right : compare.title)}));
        for (const session::Goal& goal : page().goals)
            say(base::filled(tr("Goal: {}"), {wrapped(goal.text, width_)}));
        if (!page().goals.empty())
            say(tr("Change the script in an editor, then type: g FILE   (h: a hint)"));
    }

    static void say(std::string_view text) {
        std::printf("%.*s\n", static_cast<int>(text.size()), text.data());
    }

    bool prompt() {
        std::printf("%s ", open_question() ? "?" : ">");
        return std::fflush(stdout) == 0;
    }

    // --- questions
    // -------------------------------------------------------------------------------

    // The question asked at the focus and not yet answered.
    [[nodiscard]] const session::Checkpoint* open_question() const {
        return next_question_ < played_.checkpoints.size() &&
                       played_.checkpoints[next_question_].at == focus_
                   ? &played_.checkpoints[next_question_]
                   : nullptr;
    }

    void ask(const session::Checkpoint& question) {
        if (question.page != page_) show_page(question.page);
        std::printf("\n%s\n", question.question.c_str());
        if (!question.lines.empty()) return ask_order(question);
        if (question.typed) return say(tr("  (type your answer)"));
        for (size_t i = 0; i < question.choices.size(); ++i)
            std::printf("  %zu  %s\n", i + 1, question.choices[i].text.c_str());
    }

    void ask_order(const session::Checkpoint& question) const {
        for (size_t i = 0; i < question.lines.size(); ++i)
            std::printf("  %zu  %s\n", i + 1, question.lines[i].c_str());
        say(tr("  (put them in order: type their numbers, the first line first)"));
    }

    void answer(const session::Checkpoint& question, const std::string& line) {
        const int choice = session::choice_meant(question, line);
        if (choice < 0 && !question.lines.empty() && session::order_meant(question, line).empty())
            return say(tr("Every line once, please: type their numbers in order."));
        if (choice < 0 && !question.typed && question.lines.empty()) {
            say(base::filled(tr("Type the number of your answer, 1 to {}, or the answer itself."),
                             {std::to_string(question.choices.size())}));
            return;
        }
        if (choice == question.right) {
            say(base::filled(tr("Yes: {}"), {question.choices[static_cast<size_t>(choice)].text}));
            if (!question.explanation.empty()) say(wrapped(question.explanation, width_));
            return finish(question, true);
        }
        const bool told = wrong_rule_ != session::Rule::None && tries_ > 0;
        ++tries_;
        if (choice >= 0) {
            wrong_.push_back(choice);
            if (const session::Rule rule = question.choices[static_cast<size_t>(choice)].rule;
                rule != session::Rule::None)
                wrong_rule_ = rule;
        }
        if (tries_ < kTries) {
            say(tr("Not yet. Look at who is in line (t shows the timeline), and try once more."));
        } else {
            explain(question);
            finish(question, false);
        }
        if (wrong_rule_ != session::Rule::None && !told) say(tr("r: run it the way you thought"));
    }

    void explain(const session::Checkpoint& question) const {
        say(base::filled(tr("It is: {}"),
                         {question.choices[static_cast<size_t>(question.right)].text}));
        if (!question.explanation.empty())
            std::printf("%s\n", wrapped(question.explanation, width_).c_str());
        for (const std::string& cause : question.causes)
            say(base::filled(tr("In this run: {}"), {wrapped(cause, width_)}));
    }

    void finish(const session::Checkpoint& question, bool right) {
        record_.progress.answered(lesson_.slug, question, wrong_, right);
        save();
        tries_ = 0;
        wrong_.clear();
        ++next_question_;
        if (const session::Checkpoint* another = open_question()) ask(*another);
    }

    void run_rule() {
        const auto found = played_.rules.find(wrong_rule_);
        if (found == played_.rules.end()) return say(tr("There is no wrong answer here to run."));
        std::printf("\n%s", session::draw_side_by_side(timeline_, tr("the true run"),
                                                       *found->second.timeline, tr("your rule"),
                                                       {.width = width_, .to_difference = true})
                                .c_str());
        std::printf("\n%s\n", wrapped(session::sentence_of_rule(wrong_rule_, timeline_,
                                                                *found->second.timeline),
                                      width_)
                                  .c_str());
    }

    // --- compare and goal
    // ------------------------------------------------------------------------

    void compare() {
        if (page().compares.empty()) return say(tr("This page compares nothing."));
        for (const session::Compare& wanted : page().compares) {
            auto compared = session::run_compare(lesson_, wanted);
            if (!compared) {
                say(compared.error().message);
                continue;
            }
            std::printf("\n%s\n%s", compared->title.c_str(),
                        session::draw_side_by_side(*compared->left.timeline, compared->left_name,
                                                   *compared->right.timeline, compared->right_name,
                                                   {.width = width_})
                            .c_str());
            if (!compared->text.empty())
                std::printf("\n%s\n", wrapped(compared->text, width_).c_str());
        }
    }

    void goal(const std::string& file) {
        if (page().goals.empty()) return say(tr("This page has no goal."));
        for (size_t i = 0; i < page().goals.size(); ++i) {
            const session::Goal& goal = page().goals[i];
            say(base::filled(tr("Goal: {}"), {wrapped(goal.text, width_)}));
            if (file.empty()) {
                if (!goal.file.empty())
                    if (const std::string* script = session::goal_script(lesson_, goal))
                        print_script(*script);
                say(tr("Change the script in an editor, then type: g FILE   (h: a hint)"));
            } else {
                try_goal(goal, i, file);
            }
        }
    }

    void try_goal(const session::Goal& goal, size_t number, const std::string& file) {
        auto source = read_text(file);
        auto result = source ? session::try_goal(lesson_, goal, *source)
                             : Result<session::GoalResult>(source.error());
        if (!result) {
            say(result.error().message);
            return;
        }
        for (const session::GoalCondition& each : result->conditions)
            std::printf("  %s %s%s%s\n", each.holds ? "✓" : "✗", each.wanted.c_str(),
                        each.seen.empty() ? "" : ": ", each.seen.c_str());
        say(result->reached() ? tr("Reached!") : tr("Not yet."));
        if (!result->reached()) return;
        record_.progress.lessons[lesson_.slug].goals[session::goal_key(lesson_, page_, number)] =
            true;
        save();
    }

    void hint() const {
        bool any = false;
        for (const session::Goal& goal : page().goals)
            if (!goal.hint.empty()) {
                std::printf("%s\n", wrapped(goal.hint, width_).c_str());
                any = true;
            }
        if (!any) say(tr("There is no hint."));
    }

    void save() {
        if (auto saved = record_.save(); !saved && !save_failed_) {
            complain(saved.error());
            save_failed_ = true;
        }
    }

    // --- stepping
    // --------------------------------------------------------------------------------

    void go(trace::EventIndex event) {
        const uint32_t before = timeline_.prints_until(focus_);
        focus_ = event;
        for (uint32_t i = before; i < timeline_.prints_until(focus_); ++i) {
            const std::string_view text =
                timeline_.recording().text_of(timeline_.recording()[timeline_.prints()[i]].object);
            std::printf("        | %.*s%s", static_cast<int>(text.size()), text.data(),
                        text.ends_with('\n') ? "" : "\n");
        }
        std::printf("%s s  %s\n", trace::seconds_text(timeline_.recording().time(focus_)).c_str(),
                    trace::say(timeline_, focus_, clothes_).c_str());
        for (size_t i = page_ + 1; i < starts_.size(); ++i)
            if (starts_[i] <= focus_ && starts_[i] > 0) show_page(i);
        if (const session::Checkpoint* question = open_question()) ask(*question);
    }

    // Tasks which the runtime makes for itself, at the end of asyncio.run, are no part of a lesson.
    [[nodiscard]] bool of_runtime(trace::EventIndex event) const {
        return trace::made_by_runtime(timeline_, timeline_.actor(event));
    }

    // The next switch of the script's own; stays where there is none.
    [[nodiscard]] trace::EventIndex next_stop() const {
        for (trace::EventIndex at = focus_;;) {
            const trace::EventIndex next = timeline_.next(lesson_.step_size(), at);
            const trace::EventIndex page = page_between(at, next);
            if (page != trace::kNoEvent) return page;
            if (next == at) return focus_;
            if (!of_runtime(next)) return next;
            at = next;
        }
    }

    // No page is jumped over.
    [[nodiscard]] trace::EventIndex page_between(trace::EventIndex from,
                                                 trace::EventIndex to) const {
        trace::EventIndex first = trace::kNoEvent;
        for (const trace::EventIndex start : starts_)
            if (start > from && start < to) first = std::min(first, start);
        return first;
    }

    // What lies beyond the next question is not shown.
    [[nodiscard]] trace::EventIndex horizon() const {
        return next_question_ < played_.checkpoints.size() ? played_.checkpoints[next_question_].at
                                                           : trace::kNoEvent;
    }
    [[nodiscard]] std::string drawn() const {
        const bool timeless = timeline_.recording().duration() == 0;
        return trace::draw_timeline(timeline_,
                                    {.width = width_,
                                     .axis = timeless ? trace::Axis::Events : trace::Axis::Time,
                                     .runtime_tasks = false,
                                     .focus = focus_,
                                     .horizon = horizon()});
    }

    void step() {
        const trace::EventIndex next = next_stop();
        const bool question_first =
            next_question_ < played_.checkpoints.size() &&
            played_.checkpoints[next_question_].at >= focus_ &&
            (played_.checkpoints[next_question_].at < next || next == focus_);
        if (question_first) return go(played_.checkpoints[next_question_].at);
        if (next != focus_) return go(next);
        if (focus_ + 1 < timeline_.size()) return go(timeline_.size() - 1);
        record_.progress.lessons[lesson_.slug].finished = true;
        save();
        if (page_ + 1 < lesson_.pages.size()) return show_page(page_ + 1);
        if (page().goals.empty() && page().compares.empty()) done_ = true;
        say(tr("This was the last page."));
    }

    void take(const std::string& line) {
        const session::Checkpoint* question = open_question();
        if (question && question->typed && line.size() > 1) return answer(*question, line);
        if (line == "q")
            done_ = true;
        else if (line == "?")
            std::printf(
                "%s\n",
                tr("Enter: step   b: back   t: timeline   n: next page   s: show the answer   c: "
                   "compare   g: goal   g FILE: try it   h: hint   ?: this line   q: quit"));
        else if (line == "t")
            std::printf("%s", drawn().c_str());
        else if (line == "n")
            show_page(page_ + 1);
        else if (line == "r")
            run_rule();
        else if (line == "c")
            compare();
        else if (line == "h")
            hint();
        else if (line == "g" || line.starts_with("g "))
            goal(line.size() > 2 ? line.substr(2) : std::string());
        else if (line == "s" && question) {
            explain(*question);
            finish(*question, false);
        } else if (line == "b")
            go(timeline_.previous(lesson_.step_size(), focus_));
        else if (question)
            answer(*question, line);
        else
            step();
    }

    const session::Lesson& lesson_;
    const session::PlayedLesson& played_;
    const trace::Timeline& timeline_;
    session::ProgressFile& record_;
    trace::Clothes clothes_;
    unsigned width_;
    std::vector<trace::EventIndex> starts_;  // of the pages
    trace::EventIndex focus_ = 0;
    size_t page_ = 0, next_question_ = 0, tries_ = 0;
    std::vector<int> wrong_;
    session::Rule wrong_rule_ = session::Rule::None;  // of the latest wrong answer
    bool done_ = false, save_failed_ = false;
};

}  // namespace

int lesson_in_terminal(const LessonOptions& options) {
    auto lesson = open_lesson(options.name);
    if (!lesson) return complain(lesson.error(), kUsage);
    auto played = session::play_lesson(*lesson);
    if (!played) return complain(played.error(), kUsage);
    session::ProgressFile record = session::ProgressFile::open(session::progress_path());
    if (!record.trouble().empty()) complain({record.trouble()});
    Player(*lesson, *played, record).play();
    return kGood;
}

}  // namespace loopglass::cli
