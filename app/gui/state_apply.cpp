// What each action does to the state.
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/gui/state.hpp"
#include "runtime/session/answers.hpp"
#include "runtime/session/play.hpp"

namespace loopglass::gui {

using trace::EventIndex;
using trace::kNoEvent;

struct AppState::Apply {
    AppState& state;
    Settings& settings = state.settings;

    void operator()(const Seek& a) {
        state.playing_ = false;
        if (a.gesture == Gesture::Single) return state.go(a.event);
        if (a.gesture == Gesture::Begin) state.gesture_saved_ = false;
        const EventIndex before = state.focus_;
        state.go(a.event, !state.gesture_saved_);
        state.gesture_saved_ = state.gesture_saved_ || state.focus_ != before;
    }
    void operator()(const StepBy& a) {
        state.playing_ = false;
        state.step(a.direction);
        if (state.tour_ >= 0) advance_tour(a.direction);
    }
    void operator()(const SetStepSize& a) {
        settings.step = a.size;
        state.stepping_.reset();
    }
    void operator()(const GoFirst&) { state.playing_ = false, state.go(0); }
    void operator()(const GoLast&) { state.playing_ = false, state.go(kNoEvent - 1); }
    void operator()(const TogglePlay&) {
        state.playing_ = !state.playing_;
        state.play_debt_ = 0;
        if (!state.playing_) return;
        if (state.focus_ + 1 >= state.timeline().size())
            state.go(0);
        else
            state.remember_here();
    }
    void operator()(const SetSpeed& a) {
        settings.speed = std::clamp(a.events_per_second, 0.25f, 64.0f);
    }
    void operator()(const SelectTask& a) {
        state.selected_ = a.task;
        if (a.task)
            state.side_ = Side::Task;
        else if (state.side_ == Side::Task && !state.document_.pages.empty())
            state.side_ = Side::Lesson;
        state.refresh();
    }
    void operator()(const SetSide& a) {
        state.side_ = a.side;
        if (a.side == Side::Findings) state.look_for_mistakes();
        if (a.side != Side::Task || state.selected_) return;
        // Without a selection: whoever has the turn, or else the first task there is.
        const trace::TaskId actor =
            state.timeline().size() ? state.timeline().actor(state.focus_) : 0;
        const auto& shown = state.shown_tasks();
        (*this)(SelectTask{actor ? actor : shown.empty() ? 0 : shown.front()});
    }
    void operator()(const ToggleBreakpoint& a) {
        auto& all = state.breakpoints_;
        const auto found = std::find(all.begin(), all.end(), a.breakpoint);
        if (found != all.end())
            all.erase(found);
        else
            all.push_back(a.breakpoint);
        state.find_stops();
    }
    void operator()(const ClearBreakpoints&) {
        state.breakpoints_.clear();
        state.find_stops();
    }
    void operator()(const RunToStop& a) {
        state.playing_ = false;
        const auto& stops = state.stops_;
        if (a.direction > 0) {
            const auto at = std::upper_bound(stops.begin(), stops.end(), state.focus_);
            if (at != stops.end()) state.go_asking(*at);
        } else {
            const auto at = std::lower_bound(stops.begin(), stops.end(), state.focus_);
            if (at != stops.begin()) state.go(*(at - 1));
        }
    }
    void operator()(const StartTour&) {
        state.help_open = state.why_open = state.when_open = false;
        state.playing_ = false;
        state.tour_ = 0;
        state.go(0);
    }
    void operator()(const TourStep& a) {
        if (state.tour_ < 0) return;
        state.tour_ = a.direction == 0 ? -1 : std::max(0, state.tour_ + a.direction);
        if (state.tour_ >= AppState::kTourSteps) state.tour_ = -1;
        if (state.tour_ < 0) settings.tour_seen = true;
    }
    // The tour's steps ask for a step forward, forward, forward, back: doing it turns the page.
    void advance_tour(int direction) {
        const bool wants_back = state.tour_ == 3;
        if (state.tour_ < 4 && (direction < 0) == wants_back) (*this)(TourStep{+1});
    }
    void operator()(const ToggleFold& a) {
        if (a.group) {
            state.unfolded_.push_back(a.group);
        } else {
            settings.fold_lanes = !settings.fold_lanes || !state.unfolded_.empty();
            state.unfolded_.clear();
        }
    }
    void operator()(const ToggleReducedMotion&) {
        settings.reduced_motion = !settings.reduced_motion;
    }
    void operator()(const DismissNote&) {
        settings.notes_seen |= 1 << static_cast<int>(state.clothes());
    }
    void operator()(const SetAxis& a) {
        settings.axis = a.axis;
        state.momentary_ = false;
        state.fit_view();
    }
    void operator()(const SetView& a) {
        if (!(a.end - a.begin > 1e-3) || !std::isfinite(a.begin) || !std::isfinite(a.end)) return;
        state.view_begin_ = std::max(0.0, a.begin);
        state.view_end_ = state.view_begin_ + (a.end - a.begin);
    }
    void operator()(const SetClothes& a) {
        settings.clothes = a.clothes;
        state.dressed_.reset();
        state.chose_clothes_ = true;
        state.refresh();
    }
    void operator()(const SetDetail& a) { settings.detail = std::clamp(a.level, 1, 3); }
    void operator()(const ToggleTheme&) { settings.dark = !settings.dark; }
    void operator()(const TogglePresenter&) { settings.presenter = !settings.presenter; }
    void operator()(const ScaleText& a) {
        settings.text_scale =
            a.direction == 0
                ? 1.0f
                : std::clamp(settings.text_scale + 0.1f * static_cast<float>(a.direction), 0.7f,
                             2.0f);
    }
    void operator()(const ToggleHelp&) { state.help_open = !state.help_open; }
    void operator()(const ToggleWhy&) {
        state.why_open = !state.why_open;
        state.when_open = false;
    }
    void operator()(const ToggleWhen&) {
        state.when_open = !state.when_open;
        state.why_open = false;
    }
    void operator()(const ToggleFullscreen&) { state.fullscreen = !state.fullscreen; }
    void operator()(const ToggleBookmark&) {
        auto& marks = state.bookmarks_;
        const auto at = std::lower_bound(marks.begin(), marks.end(), state.focus_);
        if (at != marks.end() && *at == state.focus_)
            marks.erase(at);
        else
            marks.insert(at, state.focus_);
    }
    void operator()(const JumpBookmark& a) {
        const auto& marks = state.bookmarks_;
        if (marks.empty()) return;
        if (a.direction > 0) {
            const auto at = std::upper_bound(marks.begin(), marks.end(), state.focus_);
            state.go(at == marks.end() ? marks.front() : *at);
        } else {
            const auto at = std::lower_bound(marks.begin(), marks.end(), state.focus_);
            state.go(at == marks.begin() ? marks.back() : *(at - 1));
        }
    }
    void operator()(const JumpCause& a) {
        if (state.timeline().size() == 0) return;
        const EventIndex target = a.direction < 0 ? (*state.document_.recording)[state.focus_].cause
                                                  : state.timeline().effect(state.focus_);
        if (target != kNoEvent) state.go(target);
    }
    void operator()(const UndoNavigation& a) {
        if (a.direction < 0 && state.history_at_ > 0) {
            if (state.history_at_ == state.history_.size()) state.history_.push_back(state.focus_);
            state.go(state.history_[--state.history_at_], false);
        } else if (a.direction > 0 && state.history_at_ + 1 < state.history_.size()) {
            state.go(state.history_[++state.history_at_], false);
        }
    }
    void operator()(const Answer& a) {
        const Prediction* open = state.open_prediction();
        if (!open || a.choice < 0) return;
        if (!open->lines.empty()) return (*this)(PickLine{a.choice});
        if (a.choice < static_cast<int>(open->choices.size())) choose(*open, a.choice);
    }
    void choose(const Prediction& asked, int choice) {
        if (choice == asked.right) return tell(asked, true);
        if (std::find(state.wrong_choices_.begin(), state.wrong_choices_.end(), choice) ==
            state.wrong_choices_.end()) {
            state.wrong_choices_.push_back(choice);
            ++state.wrong_tries_;
        }
        if (state.wrong_tries_ >= 2) tell(asked, false);
    }
    void operator()(const PickLine& a) {
        const Prediction* open = state.open_prediction();
        if (!open || a.line >= static_cast<int>(open->lines.size())) return;
        std::vector<int>& picked = state.picked_;
        if (a.line < 0 ? picked.empty() : picked.size() == open->lines.size()) return;
        if (a.line < 0) return picked.pop_back();
        const auto there = std::find(picked.begin(), picked.end(), a.line);
        if (there != picked.end()) return (void)picked.erase(there);
        picked.push_back(a.line);
        if (picked.size() < open->lines.size()) return;
        std::vector<std::string> lines;
        for (const int line : picked) lines.push_back(open->lines[static_cast<size_t>(line)]);
        picked.clear();
        judge(*open, session::joined(lines));
    }
    void operator()(const WriteAnswer& a) { state.written_ = a.text; }
    void operator()(const HandIn&) {
        const Prediction* open = state.open_prediction();
        if (!open || state.written_.empty()) return;
        judge(*open, std::exchange(state.written_, {}));
    }
    // An answer that was not chosen from some: it may be one nobody thought of.
    void judge(const Prediction& asked, const std::string& answer) {
        for (size_t i = 0; i < asked.choices.size(); ++i)
            if (session::same_answer(asked.choices[i], answer))
                return choose(asked, static_cast<int>(i));
        if (++state.wrong_tries_ >= 2) tell(asked, false);
    }
    // Shows the answer and what explains it until the reader goes on.
    void tell(const Prediction& prediction, bool right) {
        const auto index = static_cast<size_t>(&prediction - state.document_.predictions.data());
        if (!state.document_.lesson.empty())
            state.notes.push_back({static_cast<int>(index), state.wrong_choices_, right, false});
        state.answered_[index] = true;
        state.told_ = static_cast<int>(index);
        state.told_right_ = right;
        state.wrong_tries_ = 0;
        state.picked_.clear();
        state.written_.clear();
    }
    void operator()(const ShowAnswer&) {
        if (const Prediction* open = state.open_prediction()) tell(*open, false);
    }
    void operator()(const GoPage& a) {
        if (state.document_.pages.empty()) return;
        const auto last = static_cast<int>(state.document_.pages.size()) - 1;
        state.page_ =
            static_cast<size_t>(std::clamp(static_cast<int>(state.page_) + a.direction, 0, last));
    }
    void operator()(const OpenCompare& a) {
        const auto count = static_cast<int>(state.document_.comparisons.size());
        state.compare_open = a.index >= 0 && a.index < count ? a.index : -1;
    }
    void operator()(const OpenLesson& a) { state.lesson_step = a.direction; }
    void operator()(const RunEdited& a) { state.wants_to_run = a.source; }
    void operator()(const StopRun&) { state.wants_stop = true; }
    void operator()(const NewScript&) { state.wants_new = true; }
    void operator()(const Edit& a) {
        state.playing_ = false;
        state.editor_.apply(a);
    }
};

void AppState::apply(const Action& action) {
    std::visit(Apply{*this}, action);
}

}  // namespace loopglass::gui
