// AppState: the document that is open, where the reader stands in it, and their settings. Knows no
// ImGui: tests drive it with actions.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/action.hpp"
#include "runtime/trace/inspect.hpp"
#include "runtime/trace/lint.hpp"
#include "runtime/trace/recording.hpp"
#include "runtime/trace/thread_lanes.hpp"
#include "runtime/trace/timeline.hpp"

namespace loopglass::gui {

// A page of a lesson's text beside the run; it comes up when the focus reaches `from`.
struct Page {
    std::string title, text;
    trace::EventIndex from = 0;
};

// A question about what comes next, its choices, and which one the run gives.
struct Prediction {
    trace::EventIndex at = 0;  // stepping past this event asks it
    std::string question;
    std::vector<std::string> choices;
    int right = 0;
    std::string explanation;               // shown after the second wrong answer
    std::vector<std::string> causes = {};  // what leads to the answer in this run
    std::string key = {};                  // for the record of progress
    std::vector<std::string> rules = {};   // of each choice: the wrong idea behind it; may be empty
    std::vector<int> replays = {};         // … and the comparison that runs it; -1: none
    std::vector<std::string> lines = {};   // to be put in order; the choices are not shown then
    bool typed = false;                    // the answer is written; the choices are not shown
};

// Two runs on one axis: a page's own, or a wrong idea beside the truth.
struct Comparison {
    std::string title, sentence, left_name, right_name;
    std::unique_ptr<trace::Recording> left_recording, right_recording;
    std::unique_ptr<trace::Timeline> left, right;  // no left one: the document's own run
    int page = -1;                                 // that offers it; -1: an answer does
};

// Something to reach by changing the script, and how far the latest run is.
struct GoalCard {
    struct Line {
        std::string wanted, seen;
        bool holds = false;
    };
    std::string text, hint;
    int page = 0;
    std::vector<Line> lines;  // empty: not tried yet
    bool reached = false;
};

// What happened in a lesson that is worth remembering.
struct LessonNote {
    int prediction = -1;  // that was answered, after these wrong choices
    std::vector<int> wrong;
    bool right = false;
    bool finished = false;  // the reader came to the end
};

// What is open: a run as a value, with what a lesson says about it.
// An input of a prompt, in the rows [begin, end) of the document's lines.
struct TypedInput {
    trace::EventIndex entered = 0;
    uint32_t begin = 0, end = 0;
};

// The rows of a function; its file's line 1 is row `first`.
struct CodeBlock {
    uint32_t begin = 0, end = 0, first = 0;
};

struct Document {
    std::string title, filename, source;
    std::string path;  // of the file on the disk it came from; empty if it came from none
    int number = 0, place = 0, of = 0;  // lesson's number, its place among all; 0: not a lesson
    std::vector<Page> pages;
    std::vector<Prediction> predictions;
    std::string lesson;                     // by which it is found again; empty: not a lesson
    std::optional<trace::Clothes> clothes;  // the lesson opens in them
    std::optional<trace::StepSize> step;    // … and steps so far at a time
    std::vector<Comparison> comparisons;
    std::vector<GoalCard> goals;
    std::vector<std::string> lines;  // of the source; below them, what was typed at a prompt
    std::vector<TypedInput> typed;
    std::vector<CodeBlock> blocks;  // by task, if there is anything typed
    std::unique_ptr<trace::Recording> recording;
    std::unique_ptr<trace::Timeline> timeline;  // of `recording`
    std::vector<trace::ThreadLane> threads;     // what threads did beside the loop
    std::string hash;                           // "7F3A"

    // Rows count from 1, as lines do; 0: none. A task's line is one of the file it was made from.
    [[nodiscard]] uint32_t row_of(trace::TaskId task, uint32_t line) const;
    // What a row is called: its line in the script, or in its input.
    [[nodiscard]] uint32_t number_of(uint32_t row) const;
    [[nodiscard]] const TypedInput* input_at(uint32_t row) const;
};
// Puts what was typed below the script; typed.cpp.
void add_typed(Document& document);
[[nodiscard]] Document make_document(std::string title,
                                     std::unique_ptr<trace::Recording> recording);

// Of a script that has not ended yet.
struct RunProgress {
    std::string name;
    uint64_t events = 0;
    double seconds = 0;  // on its own clock
};

// Tasks of one coroutine function that the same task created.
struct LaneGroup {
    std::string name;
    std::vector<trace::TaskId> tasks;  // in order of creation
};

struct Settings {
    bool dark = true;
    bool presenter = false;
    bool reduced_motion = false;
    float text_scale = 1;
    int detail = 1;
    trace::Clothes clothes = trace::Clothes::Asyncio;
    trace::StepSize step = trace::StepSize::Switch;
    trace::Axis axis = trace::Axis::Time;
    float speed = 2;  // steps a second
    bool fold_lanes = false;
    bool tour_seen = false;  // the first-minute tour was walked or waved away
    int notes_seen = 0;      // a bit for each clothes whose note on the analogy was read
    int width = 0, height = 0, left = 0, top = 0;  // of the window; 0: never placed
    int lesson = 0;                   // where the reader left: its place in the list …
    trace::EventIndex focus = 0;      // … and the event
    std::vector<std::string> recent;  // paths of the files opened last, the latest first
};

class AppState {
public:
    explicit AppState(Document document);

    void apply(const Action& action);
    // Moves what moves by itself: playing. `seconds` since the last call. True if something
    // changed.
    bool tick(float seconds);
    // Another run or lesson; the focus starts at its beginning.
    void open(Document document);
    // The same script changed and run again: the focus stays at the same event, or goes to the
    // first difference.
    void replace_run(Document document);
    // That file was opened or saved: the first of the recent ones.
    void remember_file(const std::string& path);
    // The script now lives in that file.
    void rename(const std::string& path);

    [[nodiscard]] const Editor& editor() const { return editor_; }
    [[nodiscard]] Editor& editor() { return editor_; }
    [[nodiscard]] const Document& document() const { return document_; }
    [[nodiscard]] const trace::Timeline& timeline() const { return *document_.timeline; }
    [[nodiscard]] const trace::Model& model() const { return model_; }
    [[nodiscard]] trace::EventIndex focus() const { return focus_; }
    [[nodiscard]] trace::TaskId selected() const { return selected_; }
    [[nodiscard]] const std::string& sentence() const { return sentence_; }
    [[nodiscard]] bool playing() const { return playing_; }
    [[nodiscard]] double view_begin() const { return view_begin_; }
    [[nodiscard]] double view_end() const { return view_end_; }
    [[nodiscard]] size_t page() const { return page_; }
    [[nodiscard]] const std::vector<trace::EventIndex>& bookmarks() const { return bookmarks_; }

    // The prediction that is open at the focus, if any, and what was answered so far.
    [[nodiscard]] const Prediction* open_prediction() const;
    // The last event that may be shown: what lies beyond answers a question that is still to come.
    [[nodiscard]] trace::EventIndex horizon() const;
    // Some question waits at the focus or further on.
    [[nodiscard]] bool asks_later() const;
    // The prediction just answered, or given up, at the focus: its answer is shown until the reader
    // goes on. And whether they were right.
    [[nodiscard]] const Prediction* told_prediction() const;
    [[nodiscard]] bool told_right() const { return told_right_; }
    [[nodiscard]] int wrong_tries() const { return wrong_tries_; }
    [[nodiscard]] const std::vector<int>& wrong_choices() const { return wrong_choices_; }
    // The lines of the open question that were put in order so far, and what was written as answer.
    [[nodiscard]] const std::vector<int>& picked() const { return picked_; }
    [[nodiscard]] const std::string& written() const { return written_; }
    [[nodiscard]] bool answered(size_t prediction) const { return answered_[prediction]; }
    [[nodiscard]] size_t prediction_number() const;
    // The comparison that runs the latest wrong answer which a wrong idea leads to; -1: none.
    [[nodiscard]] int replay() const;
    // What the page that is shown offers: the first comparison and goal of it; -1 and null: none.
    [[nodiscard]] int page_comparison() const;
    [[nodiscard]] const GoalCard* page_goal() const;
    void set_goals(std::vector<GoalCard> goals) { document_.goals = std::move(goals); }
    // Tasks the runtime makes for itself are shown only in full detail.
    [[nodiscard]] bool shows(trace::TaskId task) const;
    [[nodiscard]] const std::vector<trace::TaskId>& shown_tasks() const;
    // Tasks with a lane of their own, and the first of every folded group.
    [[nodiscard]] const std::vector<trace::TaskId>& lanes() const;
    // The folded group a task is in; null: it has its own lane.
    [[nodiscard]] const LaneGroup* folded(trace::TaskId task) const;
    // Those that exist at the focus and have not ended.
    [[nodiscard]] const std::vector<trace::TaskId>& live_tasks() const { return live_; }

    [[nodiscard]] Side side() const { return side_; }
    // Of the selected task at the focus; task 0 without a selection.
    [[nodiscard]] const trace::TaskReport& report() const { return report_; }
    // Tasks waiting in a circle at the focus; empty if none do.
    [[nodiscard]] const std::vector<trace::CycleLink>& cycle() const { return cycle_; }
    // What the lints found in this run. Very long runs are looked at when first asked for.
    [[nodiscard]] const std::vector<trace::Finding>& findings() const { return findings_; }
    [[nodiscard]] bool findings_known() const { return findings_known_; }
    // Findings lie in the future, and would tell the answer, while a question is open.
    [[nodiscard]] bool shows(const trace::Finding& finding) const;
    [[nodiscard]] const std::vector<Breakpoint>& breakpoints() const { return breakpoints_; }
    [[nodiscard]] bool has_breakpoint(const Breakpoint& wanted) const;
    // Step of the first-minute tour; -1: none.
    [[nodiscard]] int tour() const { return tour_; }
    static constexpr int kTourSteps = 5;
    [[nodiscard]] bool note_open() const;
    // The reader's, but for a run that takes no time at all: there every event stands beside the
    // others, until the reader chooses.
    [[nodiscard]] trace::Axis axis() const;
    // The lesson's size of a step until the reader chooses another.
    [[nodiscard]] trace::StepSize step_size() const { return stepping_.value_or(settings.step); }
    // The lesson's clothes until the reader chooses others, then theirs.
    [[nodiscard]] trace::Clothes clothes() const { return dressed_.value_or(settings.clothes); }

    Settings settings;
    bool when_open = false;
    int compare_open = -1;          // of the document's comparisons
    std::vector<LessonNote> notes;  // to be remembered; the window clears them
    bool help_open = false;
    bool why_open = false;
    bool fullscreen = false;
    int lesson_step = 0;     // asked for: +1 next lesson, -1 previous; the window clears it
    bool wants_new = false;  // an empty script; the window clears it
    std::optional<std::string> wants_to_run;  // an edited source; the window clears it
    std::optional<RunProgress> running;       // a script that runs now; the window keeps it
    bool wants_stop = false;                  // asked for; the window clears it

private:
    struct Apply;  // state_apply.cpp: one function per action
    void reset();
    void go(trace::EventIndex event, bool remember = true);
    void go_asking(trace::EventIndex target, bool remember = true);
    void remember_here();
    void step(int direction);
    void fit_view();
    void find_stops();
    void look_for_mistakes();
    // The first breakpoint's moment in (from, to], or kNoEvent.
    [[nodiscard]] trace::EventIndex stop_between(trace::EventIndex from,
                                                 trace::EventIndex to) const;
    void keep_focus_in_view();
    void refresh();
    void find_groups() const;
    [[nodiscard]] std::string deadlock_sentence() const;
    void show(Document document);

    Document document_;
    Editor editor_;
    trace::Model model_;
    trace::EventIndex focus_ = 0;
    trace::TaskId selected_ = 0;
    std::string sentence_;
    std::vector<trace::TaskId> live_;
    mutable std::vector<trace::TaskId> shown_;  // of that many tasks, in that much detail
    mutable uint32_t shown_of_ = UINT32_MAX;
    mutable int shown_detail_ = 0;
    // Of the shown tasks: the groups, and of each task which one; lanes_ while lanes are folded.
    mutable std::vector<LaneGroup> groups_;
    mutable std::vector<uint32_t> group_of_;
    mutable std::vector<trace::TaskId> lanes_;
    std::vector<trace::TaskId> unfolded_;  // groups, by their first tasks
    bool playing_ = false;
    float play_debt_ = 0;  // steps owed
    double view_begin_ = 0, view_end_ = 1;
    size_t page_ = 0;
    std::vector<trace::EventIndex> bookmarks_;
    std::vector<trace::EventIndex> history_;
    size_t history_at_ = 0;
    std::vector<bool> answered_;
    std::vector<int> wrong_choices_;
    int wrong_tries_ = 0;
    std::vector<int> picked_;
    std::string written_;
    std::optional<trace::Clothes> dressed_;    // by the lesson, until the reader chooses
    std::optional<trace::StepSize> stepping_;  // likewise
    bool momentary_ = false;      // the run takes no time, and the reader has not chosen an axis
    bool chose_clothes_ = false;  // since the window opened
    int told_ = -1;               // the prediction whose answer is shown
    bool told_right_ = false;
    Side side_ = Side::Lesson;
    trace::TaskReport report_;
    std::vector<trace::CycleLink> cycle_;
    std::vector<trace::Finding> findings_;
    bool findings_known_ = false;
    std::vector<Breakpoint> breakpoints_;
    std::vector<trace::EventIndex> stops_;  // every moment a breakpoint names, in order
    bool gesture_saved_ = false;            // the drag under way has its entry to undo
    int tour_ = -1;
};

}  // namespace loopglass::gui
