#include "app/lesson_document.hpp"

#include "app/cli/files.hpp"
#include "app/cli/lessons.hpp"
#include "runtime/base/text.hpp"
#include "runtime/base/words.hpp"
#include "runtime/session/compare.hpp"
#include "runtime/session/goal.hpp"
#include "runtime/session/library.hpp"
#include "runtime/session/progress.hpp"

namespace loopglass {

using base::cat;
using base::Result;

namespace {

void add_pages(const session::Lesson& lesson, gui::Document& document) {
    for (const session::LessonPage& page : lesson.pages) {
        gui::Page shown{page.title, page.text,
                        document.pages.empty() ? 0 : document.pages.back().from};
        if (!page.stops.empty())
            if (auto from = session::resolve(page.stops.front(), *document.timeline))
                shown.from = *from;
        document.pages.push_back(std::move(shown));
    }
}

// The run of every wrong idea that some answer stands for, beside the document's own.
std::map<session::Rule, int> add_replays(session::PlayedLesson& played, gui::Document& document) {
    std::map<session::Rule, int> places;
    for (auto& [rule, run] : played.rules) {
        gui::Comparison replay;
        replay.title = cat(base::tr("If "), base::tr(session::rule_info(rule).belief), " …");
        replay.sentence = session::sentence_of_rule(rule, *document.timeline, *run.timeline);
        replay.left_name = base::tr("the true run");
        replay.right_name = base::tr("your rule: not what happens");
        replay.right_recording = std::move(run.recording);
        replay.right = std::move(run.timeline);
        places[rule] = static_cast<int>(document.comparisons.size());
        document.comparisons.push_back(std::move(replay));
    }
    return places;
}

void add_predictions(session::PlayedLesson& played, gui::Document& document) {
    const std::map<session::Rule, int> replays = add_replays(played, document);
    for (session::Checkpoint& checkpoint : played.checkpoints) {
        gui::Prediction prediction;
        prediction.at = checkpoint.at;
        prediction.question = checkpoint.question;
        prediction.right = checkpoint.right;
        prediction.explanation = checkpoint.explanation;
        prediction.causes = checkpoint.causes;
        prediction.key = checkpoint.key;
        prediction.lines = std::move(checkpoint.lines);
        prediction.typed = checkpoint.typed;
        for (session::Choice& choice : checkpoint.choices) {
            const auto replay = replays.find(choice.rule);
            prediction.choices.push_back(std::move(choice.text));
            prediction.rules.emplace_back(session::rule_info(choice.rule).name);
            prediction.replays.push_back(replay == replays.end() ? -1 : replay->second);
        }
        document.predictions.push_back(std::move(prediction));
    }
}

void add_offers(const session::Lesson& lesson, gui::Document& document) {
    for (size_t page = 0; page < lesson.pages.size(); ++page) {
        for (const session::Compare& compare : lesson.pages[page].compares) {
            auto run = session::run_compare(lesson, compare);
            if (!run) continue;  // `loopglass check` says what is wrong with it
            gui::Comparison shown;
            shown.title = std::move(run->title);
            shown.sentence = std::move(run->text);
            shown.left_name = std::move(run->left_name);
            shown.right_name = std::move(run->right_name);
            shown.left_recording = std::move(run->left.recording);
            shown.right_recording = std::move(run->right.recording);
            shown.left = std::move(run->left.timeline);
            shown.right = std::move(run->right.timeline);
            shown.page = static_cast<int>(page);
            document.comparisons.push_back(std::move(shown));
        }
        for (const session::Goal& goal : lesson.pages[page].goals)
            document.goals.push_back({goal.text, goal.hint, static_cast<int>(page), {}, false});
    }
}

session::ProgressFile& progress_file() {
    static session::ProgressFile file = [] {
        session::ProgressFile opened = session::ProgressFile::open(session::progress_path());
        if (!opened.trouble().empty()) cli::complain({opened.trouble()});
        return opened;
    }();
    return file;
}

void save_progress() {
    static bool told = false;
    auto saved = progress_file().save();
    if (!saved && !told) cli::complain(saved.error());
    told = told || !saved;
}

}  // namespace

Result<gui::Document> lesson_document(const session::Lesson& lesson, const std::string& name) {
    auto played = session::play_lesson(lesson);
    if (!played) return played.error();
    gui::Document document = gui::make_document(lesson.title, std::move(played->truth.recording));
    const std::vector<session::Lesson>& all = session::lessons();
    document.number = lesson.number;
    document.of = static_cast<int>(all.size());
    document.lesson = name;
    if (!lesson.clothes.empty()) document.clothes = lesson.dress();
    if (!lesson.step.empty()) document.step = lesson.step_size();
    for (size_t i = 0; i < all.size(); ++i)
        if (all[i].slug == lesson.slug) document.place = static_cast<int>(i) + 1;
    add_pages(lesson, document);
    add_predictions(*played, document);
    add_offers(lesson, document);
    return document;
}

std::vector<gui::GoalCard> judge_goals(const gui::Document& document) {
    std::vector<gui::GoalCard> cards = document.goals;
    const auto lesson = cli::open_lesson(document.lesson);
    if (!lesson) return cards;
    size_t place = 0;
    for (size_t page = 0; page < lesson->pages.size(); ++page)
        for (size_t i = 0; i < lesson->pages[page].goals.size(); ++i, ++place) {
            const session::Goal& goal = lesson->pages[page].goals[i];
            const std::string* script = session::goal_script(*lesson, goal);
            if (!script || place >= cards.size()) continue;
            auto before = session::run_lesson_script(*script, lesson->scenario_name);
            if (!before) continue;
            const session::GoalResult result =
                session::judge_goal(goal, *document.timeline, *before->timeline);
            cards[place].reached = result.reached();
            cards[place].lines.clear();
            for (const session::GoalCondition& each : result.conditions)
                cards[place].lines.push_back({each.wanted, each.seen, each.holds});
            if (!result.reached()) continue;
            progress_file().progress.lessons[lesson->slug].goals[session::goal_key(*lesson, page,
                                                                                   i)] = true;
            save_progress();
        }
    return cards;
}

void record_progress(const gui::Document& document, const gui::LessonNote& note) {
    const auto lesson = cli::open_lesson(document.lesson);
    if (!lesson) return;
    session::Progress& progress = progress_file().progress;
    if (note.finished) progress.lessons[lesson->slug].finished = true;
    if (note.prediction >= 0 && note.prediction < static_cast<int>(document.predictions.size())) {
        const gui::Prediction& asked = document.predictions[static_cast<size_t>(note.prediction)];
        session::Checkpoint checkpoint;
        checkpoint.key = asked.key;
        for (const std::string& rule : asked.rules) {
            const session::RuleInfo* info = session::find_rule(rule);
            checkpoint.choices.push_back({"", info ? info->rule : session::Rule::None});
        }
        progress.answered(lesson->slug, checkpoint, note.wrong, note.right);
    }
    save_progress();
}

}  // namespace loopglass
