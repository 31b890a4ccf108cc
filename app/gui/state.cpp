#include "app/gui/state.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/trace/say.hpp"

namespace loopglass::gui {

using trace::EventIndex;
using trace::kNoEvent;
using trace::StepSize;

Document make_document(std::string title, std::unique_ptr<trace::Recording> recording) {
    Document document;
    document.title = std::move(title);
    document.filename = recording->info.filename;
    document.source = recording->info.source;
    std::string_view rest(document.source);
    while (!rest.empty()) {
        const size_t end = std::min(rest.find('\n'), rest.size());
        std::string line(rest.substr(0, end));
        if (!line.empty() && line.back() == '\r') line.pop_back();
        document.lines.push_back(std::move(line));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    document.hash = trace::Recording::short_hash(recording->hash());
    document.recording = std::move(recording);
    document.timeline = std::make_unique<trace::Timeline>(*document.recording);
    document.timeline->update();
    return document;
}

AppState::AppState(Document document)
    : document_(std::move(document)), model_(document_.timeline->model_at(kNoEvent)) {
    answered_.assign(document_.predictions.size(), false);
    editor_.load(document_.source, document_.path);
    fit_view();
    go(0, false);
}

void AppState::show(Document document) {
    document_ = std::move(document);
    model_ = document_.timeline->model_at(kNoEvent);
    answered_.assign(document_.predictions.size(), false);
    bookmarks_.clear();
    history_.clear();
    history_at_ = 0;
    selected_ = 0;
    page_ = 0;
    wrong_tries_ = 0;
    wrong_choices_.clear();
    playing_ = false;
    fit_view();
    go(0, false);
}

void AppState::open(Document document) {
    show(std::move(document));
    editor_.load(document_.source, document_.path);
}

namespace {

// The first event in which two runs differ, as a reader would say; the shorter one's end if none.
[[nodiscard]] EventIndex first_difference(const trace::Recording& a, const trace::Recording& b) {
    const EventIndex common = std::min(a.size(), b.size());
    EventIndex at = 0;
    for (; at < common; ++at) {
        if (a[at].kind != b[at].kind || a[at].subject != b[at].subject || a.time(at) != b.time(at))
            break;
        if (a[at].kind == trace::EventKind::Printed &&
            a.text_of(a[at].object) != b.text_of(b[at].object))
            break;
    }
    return at;
}

}  // namespace

void AppState::replace_run(Document document) {
    const trace::Recording& before = *document_.recording;
    const trace::Recording& after = *document.recording;
    const EventIndex last = focus_;
    const EventIndex difference = first_difference(before, after);
    const bool same = difference == before.size() && difference == after.size();
    editor_.notice = same ? "Nothing changed: the same events at the same times."
                          : "First difference: event " + std::to_string(difference) +
                                ", marked in the timeline.";
    document.pages = std::move(document_.pages);
    document.number = document_.number;
    document.place = document_.place;
    document.of = document_.of;
    document.title = document_.title;
    document.path = document_.path;
    const size_t page = page_;
    show(std::move(document));
    editor_.set_ran();
    page_ = page;
    if (!same && difference < timeline().size()) bookmarks_ = {difference};
    go(std::min(last, difference), false);
}

void AppState::rename(const std::string& path) {
    document_.path = path;
    document_.filename = path.substr(path.rfind('/') + 1);
}

void AppState::remember_file(const std::string& path) {
    constexpr size_t kMost = 10;
    std::erase(settings.recent, path);
    settings.recent.insert(settings.recent.begin(), path);
    settings.recent.resize(std::min(settings.recent.size(), kMost));
}

void AppState::go(EventIndex event, bool remember) {
    const EventIndex last = timeline().size() ? timeline().size() - 1 : 0;
    event = std::min(event, last);
    if (remember && event != focus_) {
        history_.resize(std::min(history_at_, history_.size()));
        history_.push_back(focus_);
        history_at_ = history_.size();
    }
    if (event != focus_) {
        wrong_tries_ = 0;
        wrong_choices_.clear();
    }
    focus_ = event;
    refresh();
    keep_focus_in_view();
    // The lesson's text keeps up with the run.
    for (size_t i = 0; i < document_.pages.size(); ++i)
        if (document_.pages[i].from <= focus_) page_ = i;
}

void AppState::refresh() {
    if (timeline().size() == 0) return;
    timeline().seek(model_, focus_);
    sentence_ = trace::say(timeline(), model_, focus_, settings.clothes);
}

void AppState::step(int direction) {
    const StepSize size = settings.step;
    if (timeline().size() == 0) return;
    EventIndex target =
        direction > 0 ? timeline().next(size, focus_) : timeline().previous(size, focus_);
    // Beyond the outermost stops lie the ends of the run, the same ones in both directions.
    if (target == focus_) target = direction > 0 ? timeline().size() - 1 : 0;
    // A question between here and there is asked first.
    if (direction > 0)
        for (size_t i = 0; i < document_.predictions.size(); ++i) {
            const EventIndex at = document_.predictions[i].at;
            if (answered_[i] || at < focus_ || at >= target) continue;
            return go(at, false);
        }
    go(target, false);
}

bool AppState::tick(float seconds) {
    if (!playing_) return false;
    play_debt_ += seconds * settings.speed;
    bool moved = false;
    while (play_debt_ >= 1) {
        play_debt_ -= 1;
        const EventIndex before = focus_;
        step(+1);
        if (focus_ == before || open_prediction()) {
            playing_ = false;
            play_debt_ = 0;
            break;
        }
        moved = true;
    }
    return moved || !playing_;
}

const Prediction* AppState::open_prediction() const {
    for (size_t i = 0; i < document_.predictions.size(); ++i)
        if (!answered_[i] && document_.predictions[i].at == focus_)
            return &document_.predictions[i];
    return nullptr;
}

size_t AppState::prediction_number() const {
    for (size_t i = 0; i < document_.predictions.size(); ++i)
        if (document_.predictions[i].at >= focus_) return i + 1;
    return document_.predictions.size();
}

bool AppState::shows(trace::TaskId task) const {
    if (settings.detail >= 3) return true;
    const EventIndex created = timeline().task(task).created;
    if (created == kNoEvent) return true;
    return (*document_.recording)[created].detail_as<trace::TaskOrigin>() !=
           trace::TaskOrigin::Runtime;
}

std::vector<trace::TaskId> AppState::shown_tasks() const {
    std::vector<trace::TaskId> out;
    for (trace::TaskId task = 1; task <= timeline().task_count(); ++task)
        if (shows(task)) out.push_back(task);
    return out;
}

void AppState::fit_view() {
    const trace::Recording& recording = *document_.recording;
    view_begin_ = 0;
    view_end_ = settings.axis == trace::Axis::Time
                    ? static_cast<double>(std::max<int64_t>(recording.duration(), 1'000'000)) * 1.04
                    : static_cast<double>(recording.size()) + 1;
}

void AppState::keep_focus_in_view() {
    if (timeline().size() == 0) return;
    const auto at = static_cast<double>(timeline().position(settings.axis, focus_));
    const double span = view_end_ - view_begin_;
    if (at >= view_begin_ && at <= view_begin_ + span * 0.97) return;
    view_begin_ = std::max(0.0, at - span * 0.3);
    view_end_ = view_begin_ + span;
}

// ---- actions
// ---------------------------------------------------------------------------------------------

struct AppState::Apply {
    AppState& state;
    Settings& settings = state.settings;

    void operator()(const Seek& a) { state.playing_ = false, state.go(a.event); }
    void operator()(const StepBy& a) { state.playing_ = false, state.step(a.direction); }
    void operator()(const SetStepSize& a) { settings.step = a.size; }
    void operator()(const GoFirst&) { state.playing_ = false, state.go(0); }
    void operator()(const GoLast&) { state.playing_ = false, state.go(kNoEvent - 1); }
    void operator()(const TogglePlay&) {
        state.playing_ = !state.playing_;
        state.play_debt_ = 0;
        if (state.playing_ && state.focus_ + 1 >= state.timeline().size()) state.go(0, false);
    }
    void operator()(const SetSpeed& a) {
        settings.speed = std::clamp(a.events_per_second, 0.25f, 64.0f);
    }
    void operator()(const SelectTask& a) { state.selected_ = a.task; }
    void operator()(const SetAxis& a) {
        settings.axis = a.axis;
        state.fit_view();
    }
    void operator()(const SetView& a) {
        if (!(a.end - a.begin > 1e-3) || !std::isfinite(a.begin) || !std::isfinite(a.end)) return;
        state.view_begin_ = std::max(0.0, a.begin);
        state.view_end_ = state.view_begin_ + (a.end - a.begin);
    }
    void operator()(const SetClothes& a) {
        settings.clothes = a.clothes;
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
    void operator()(const ToggleWhy&) { state.why_open = !state.why_open; }
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
        if (!open || a.choice < 0 || a.choice >= static_cast<int>(open->choices.size())) return;
        if (a.choice == open->right) {
            state.answered_[static_cast<size_t>(open - state.document_.predictions.data())] = true;
            state.wrong_tries_ = 0;
            state.wrong_choices_.clear();
            return;
        }
        if (std::find(state.wrong_choices_.begin(), state.wrong_choices_.end(), a.choice) ==
            state.wrong_choices_.end()) {
            state.wrong_choices_.push_back(a.choice);
            ++state.wrong_tries_;
        }
    }
    void operator()(const ShowAnswer&) {
        if (const Prediction* open = state.open_prediction()) (*this)(Answer{open->right});
    }
    void operator()(const GoPage& a) {
        if (state.document_.pages.empty()) return;
        const auto last = static_cast<int>(state.document_.pages.size()) - 1;
        state.page_ =
            static_cast<size_t>(std::clamp(static_cast<int>(state.page_) + a.direction, 0, last));
    }
    void operator()(const OpenLesson& a) { state.lesson_step = a.direction; }
    void operator()(const RunEdited& a) { state.wants_to_run = a.source; }
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
