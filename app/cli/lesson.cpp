// loopglass lessons and loopglass lesson: the list, and a lesson played in a plain terminal.
#include <unistd.h>

#include <cstdio>
#include <string>

#include "app/cli/cli.hpp"
#include "app/cli/files.hpp"
#include "app/cli/lessons.hpp"
#include "runtime/base/text.hpp"
#include "runtime/trace/draw_text.hpp"
#include "runtime/trace/say.hpp"

namespace loopglass::cli {

using base::cat;
using base::Error;
using base::Result;

Result<PlayedLesson> play_lesson(const session::Lesson& lesson) {
    session::RunRequest request;
    request.source = lesson.scenario;
    request.filename = lesson.scenario_name;
    request.level = trace::Level::Line;
    auto outcome = session::run_script(std::move(request));
    if (!outcome) return outcome.error();
    PlayedLesson played;
    played.recording = std::move(outcome->recording);
    played.timeline = std::make_unique<trace::Timeline>(*played.recording);
    played.timeline->update();
    auto checkpoints = session::checkpoints(lesson, *played.timeline);
    if (!checkpoints) return checkpoints.error();
    played.checkpoints = std::move(*checkpoints);
    return played;
}

Result<session::Lesson> open_lesson(const std::string& name) {
    if (const session::Lesson* found = session::find_lesson(name)) return *found;
    if (name.find('/') != std::string::npos || access(name.c_str(), R_OK) == 0)
        return session::load_lesson(name);
    return Error{cat("there is no lesson ", name, "; `loopglass lessons` lists them")};
}

namespace {

// One line of input without its newline; false at the end of input.
bool read_line(std::string& line) {
    line.clear();
    int c = 0;
    while ((c = std::getchar()) != EOF && c != '\n') line += static_cast<char>(c);
    return c != EOF || !line.empty();
}

class Player {
public:
    Player(const session::Lesson& lesson, const PlayedLesson& played)
        : lesson_(lesson), timeline_(*played.timeline), checkpoints_(played.checkpoints) {}

    void play() {
        std::printf("%d  %s\n\n", lesson_.number, lesson_.title.c_str());
        print_scenario();
        show_page(0);
        std::printf(
            "\nEnter: step   b: back   t: timeline   n: next page   q: quit   (an answer: its "
            "number)\n");
        std::string line;
        while (!done_ && prompt() && read_line(line)) take(line);
        std::printf("\n");
    }

private:
    void print_scenario() {
        std::string_view rest(lesson_.scenario);
        for (int number = 1; !rest.empty(); ++number) {
            const size_t end = std::min(rest.find('\n'), rest.size());
            std::printf("%4d  %.*s\n", number, static_cast<int>(end), rest.data());
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    void show_page(size_t page) {
        if (page >= lesson_.pages.size()) return;
        page_ = page;
        std::printf("\n== %s\n%s\n", lesson_.pages[page].title.c_str(),
                    lesson_.pages[page].text.c_str());
    }

    bool prompt() {
        std::printf("%s ", open_question() ? "?" : ">");
        return std::fflush(stdout) == 0;
    }

    // The question asked at the focus and not yet answered.
    const session::Checkpoint* open_question() const {
        return next_question_ < checkpoints_.size() && checkpoints_[next_question_].at == focus_
                   ? &checkpoints_[next_question_]
                   : nullptr;
    }

    void ask(const session::Checkpoint& question) {
        if (question.page != page_) show_page(question.page);
        std::printf("\n%s\n", question.question.c_str());
        for (size_t i = 0; i < question.choices.size(); ++i)
            std::printf("  %zu  %s\n", i + 1, question.choices[i].c_str());
    }

    void answer(const session::Checkpoint& question, const std::string& line) {
        const int choice =
            line.size() == 1 && line[0] >= '1' && line[0] <= '9' ? line[0] - '1' : -1;
        if (choice < 0 || choice >= static_cast<int>(question.choices.size())) {
            std::printf("Type the number of your answer, 1 to %zu.\n", question.choices.size());
            return;
        }
        const bool right = choice == question.right;
        if (right)
            std::printf("Yes: %s\n", question.choices[static_cast<size_t>(choice)].c_str());
        else if (++tries_ < 2)
            return static_cast<void>(std::printf(
                "Not yet. Look at who is in line (t shows the timeline), and try once more.\n"));
        else
            std::printf("It is %s: %s\n",
                        question.choices[static_cast<size_t>(question.right)].c_str(),
                        question.explanation.c_str());
        tries_ = 0;
        ++next_question_;
    }

    void go(trace::EventIndex event) {
        const uint32_t before = timeline_.prints_until(focus_);
        focus_ = event;
        for (uint32_t i = before; i < timeline_.prints_until(focus_); ++i) {
            const std::string_view text =
                timeline_.recording().text_of(timeline_.recording()[timeline_.prints()[i]].object);
            std::printf("        | %.*s", static_cast<int>(text.size()), text.data());
        }
        std::printf("%s s  %s\n", trace::seconds_text(timeline_.recording().time(focus_)).c_str(),
                    trace::say(timeline_, focus_).c_str());
        if (const session::Checkpoint* question = open_question()) ask(*question);
    }

    void step() {
        const trace::EventIndex next = timeline_.next(trace::StepSize::Switch, focus_);
        if (next == focus_) {
            done_ = true;
            show_page(lesson_.pages.size() - 1);
            return;
        }
        const bool question_first = next_question_ < checkpoints_.size() &&
                                    checkpoints_[next_question_].at < next &&
                                    checkpoints_[next_question_].at >= focus_;
        go(question_first ? checkpoints_[next_question_].at : next);
    }

    void take(const std::string& line) {
        if (line == "q")
            done_ = true;
        else if (line == "t")
            std::printf("%s", trace::draw_timeline(timeline_, {.focus = focus_}).c_str());
        else if (line == "n")
            show_page(page_ + 1);
        else if (line == "b")
            go(timeline_.previous(trace::StepSize::Switch, focus_));
        else if (const session::Checkpoint* question = open_question())
            answer(*question, line);
        else
            step();
    }

    const session::Lesson& lesson_;
    const trace::Timeline& timeline_;
    const std::vector<session::Checkpoint>& checkpoints_;
    trace::EventIndex focus_ = 0;
    size_t page_ = 0, next_question_ = 0;
    int tries_ = 0;
    bool done_ = false;
};

}  // namespace

int list_lessons() {
    for (const session::Lesson& lesson : session::built_in_lessons())
        std::printf("%2d  %-28s %s\n", lesson.number, lesson.slug.c_str(), lesson.title.c_str());
    return kGood;
}

int lesson_in_terminal(const std::string& name) {
    auto lesson = open_lesson(name);
    if (!lesson) return complain(lesson.error(), kUsage);
    auto played = play_lesson(*lesson);
    if (!played) return complain(played.error(), kUsage);
    Player(*lesson, *played).play();
    return kGood;
}

}  // namespace loopglass::cli
