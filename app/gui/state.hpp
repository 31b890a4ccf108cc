// AppState: the document that is open, where the reader stands in it, and their settings. Knows no
// ImGui: tests drive it with actions.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/action.hpp"
#include "runtime/trace/recording.hpp"
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
    std::string explanation;  // shown after the second wrong answer
};

// What is open: a run as a value, with what a lesson says about it.
struct Document {
    std::string title, filename, source;
    std::string path;  // of the file on the disk it came from; empty if it came from none
    int number = 0, place = 0, of = 0;  // lesson's number, its place among all; 0: not a lesson
    std::vector<Page> pages;
    std::vector<Prediction> predictions;
    std::vector<std::string> lines;  // of the source
    std::unique_ptr<trace::Recording> recording;
    std::unique_ptr<trace::Timeline> timeline;  // of `recording`
    std::string hash;                           // "7F3A"
};
[[nodiscard]] Document make_document(std::string title,
                                     std::unique_ptr<trace::Recording> recording);

struct Settings {
    bool dark = true;
    bool presenter = false;
    bool reduced_motion = false;
    float text_scale = 1;
    int detail = 1;
    trace::Clothes clothes = trace::Clothes::Asyncio;
    trace::StepSize step = trace::StepSize::Switch;
    trace::Axis axis = trace::Axis::Time;
    float speed = 2;                  // steps a second
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
    [[nodiscard]] int wrong_tries() const { return wrong_tries_; }
    [[nodiscard]] const std::vector<int>& wrong_choices() const { return wrong_choices_; }
    [[nodiscard]] bool answered(size_t prediction) const { return answered_[prediction]; }
    [[nodiscard]] size_t prediction_number() const;
    // Tasks the runtime makes for itself are shown only in full detail.
    [[nodiscard]] bool shows(trace::TaskId task) const;
    [[nodiscard]] std::vector<trace::TaskId> shown_tasks() const;

    Settings settings;
    bool help_open = false;
    bool why_open = false;
    bool fullscreen = false;
    int lesson_step = 0;     // asked for: +1 next lesson, -1 previous; the window clears it
    bool wants_new = false;  // an empty script; the window clears it
    std::optional<std::string> wants_to_run;  // an edited source; the window clears it

private:
    struct Apply;  // state_apply.cpp: one function per action
    void go(trace::EventIndex event, bool remember = true);
    void step(int direction);
    void fit_view();
    void keep_focus_in_view();
    void refresh();
    void show(Document document);

    Document document_;
    Editor editor_;
    trace::Model model_;
    trace::EventIndex focus_ = 0;
    trace::TaskId selected_ = 0;
    std::string sentence_;
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
};

}  // namespace loopglass::gui
