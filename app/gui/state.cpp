#include "app/gui/state.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "runtime/base/words.hpp"
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
    add_typed(document);
    document.threads = trace::thread_lanes(*document.recording);
    return document;
}

AppState::AppState(Document document)
    : document_(std::move(document)), model_(document_.timeline->model_at(kNoEvent)) {
    editor_.load(document_.source, document_.path);
    dressed_ = document_.clothes;
    reset();
}

void AppState::show(Document document) {
    document_ = std::move(document);
    reset();
}

void AppState::reset() {
    model_ = document_.timeline->model_at(kNoEvent);
    shown_of_ = UINT32_MAX;
    unfolded_.clear();
    answered_.assign(document_.predictions.size(), false);
    bookmarks_.clear();
    history_.clear();
    history_at_ = 0;
    selected_ = 0;
    page_ = 0;
    wrong_tries_ = 0;
    wrong_choices_.clear();
    picked_.clear();
    written_.clear();
    told_ = -1;
    compare_open = -1;
    playing_ = false;
    side_ = document_.pages.empty() ? Side::Task : Side::Lesson;
    breakpoints_.clear();
    stops_.clear();
    findings_.clear();
    findings_known_ = false;
    constexpr EventIndex kAtOnce = 300'000;  // events that are linted in a blink
    if (timeline().size() <= kAtOnce) look_for_mistakes();
    momentary_ = document_.recording->duration() == 0;
    stepping_ = document_.step;
    fit_view();
    go(0, false);
}

void AppState::open(Document document) {
    show(std::move(document));
    dressed_ = chose_clothes_ ? std::nullopt : document_.clothes;
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

void AppState::look_for_mistakes() {
    if (findings_known_) return;
    findings_ = trace::lint(timeline());
    findings_known_ = true;
}

bool AppState::shows(const trace::Finding& finding) const {
    return finding.event <= horizon();
}

void AppState::replace_run(Document document) {
    const trace::Recording& before = *document_.recording;
    const trace::Recording& after = *document.recording;
    const EventIndex last = focus_;
    const EventIndex difference = first_difference(before, after);
    const bool same = difference == before.size() && difference == after.size();
    editor_.notice = same ? base::tr("Nothing changed: the same events at the same times.")
                          : base::tr("First difference: event ") + std::to_string(difference) +
                                base::tr(", marked in the timeline.");
    document.pages = std::move(document_.pages);
    document.number = document_.number;
    document.place = document_.place;
    document.of = document_.of;
    document.title = document_.title;
    document.path = document_.path;
    document.lesson = document_.lesson;
    document.step = stepping_;
    document.goals = std::move(document_.goals);
    for (Comparison& each : document_.comparisons)
        if (each.left) document.comparisons.push_back(std::move(each));
    const size_t page = page_;
    const Side side = side_;
    std::vector<Breakpoint> kept = std::move(breakpoints_);
    show(std::move(document));
    editor_.set_ran();
    page_ = page;
    if (!same && difference < timeline().size()) bookmarks_ = {difference};
    side_ = side;
    breakpoints_ = std::move(kept);
    find_stops();
    // The lesson's moments were those of the run before: its pages are turned by hand from now on,
    // and the one that asks for a goal stays in sight.
    if (!same)
        for (Page& each : document_.pages) each.from = kNoEvent;
    go(std::min(last, difference), false);
    page_ = page;
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
    if (remember && event != focus_) remember_here();
    if (event != focus_) {
        wrong_tries_ = 0;
        wrong_choices_.clear();
        picked_.clear();
        written_.clear();
        told_ = -1;
    }
    focus_ = event;
    refresh();
    keep_focus_in_view();
    // The lesson's text keeps up with the run.
    for (size_t i = 0; i < document_.pages.size(); ++i)
        if (document_.pages[i].from <= focus_) page_ = i;
}

void AppState::refresh() {
    live_.clear();
    if (timeline().size() == 0) return;
    timeline().seek(model_, focus_);
    for (trace::TaskId task = 1; task <= model_.task_count(); ++task)
        if (trace::is_alive(model_.phase(task))) live_.push_back(task);
    sentence_ = trace::say(timeline(), model_, focus_, clothes());
    report_ =
        selected_ ? trace::report_task(timeline(), model_, selected_, focus_) : trace::TaskReport{};
    constexpr uint32_t kFewTasks = 2000;  // a circle among more is nothing to draw
    cycle_ = model_.task_count() <= kFewTasks ? trace::deadlock_cycle(timeline(), model_)
                                              : std::vector<trace::CycleLink>{};
    if (!cycle_.empty() && focus_ + 1 == timeline().size()) sentence_ = deadlock_sentence();
}

// What the last event says of it, that nothing is in line, is true and no help.
std::string AppState::deadlock_sentence() const {
    std::string out;
    constexpr size_t kNamed = 3;
    for (size_t i = 0; i < cycle_.size() && i < kNamed; ++i)
        out += (i ? ", " : "") + timeline().label(cycle_[i].task) + base::tr(" waits for ") +
               cycle_[i].what;
    return out + base::tr(
                     " and nobody can go on, because each holds what the next one wants: a "
                     "deadlock.");
}

void AppState::step(int direction) {
    const StepSize size = step_size();
    if (timeline().size() == 0) return;
    EventIndex target =
        direction > 0 ? timeline().next(size, focus_) : timeline().previous(size, focus_);
    // Beyond the outermost stops lie the ends of the run, the same ones in both directions.
    if (target == focus_) target = direction > 0 ? timeline().size() - 1 : 0;
    // No page of the lesson is skipped.
    for (const Page& page : document_.pages)
        if (direction > 0 ? page.from > focus_ && page.from < target
                          : page.from < focus_ && page.from > target)
            target = page.from;
    if (direction > 0)
        go_asking(target, false);
    else
        go(target, false);
}

// A question between here and there is asked first.
void AppState::go_asking(EventIndex target, bool remember) {
    for (size_t i = 0; i < document_.predictions.size(); ++i) {
        const EventIndex at = document_.predictions[i].at;
        if (answered_[i] || at < focus_ || at >= target) continue;
        return go(at, remember);
    }
    go(target, remember);
}

void AppState::remember_here() {
    history_.resize(std::min(history_at_, history_.size()));
    history_.push_back(focus_);
    history_at_ = history_.size();
}

bool AppState::note_open() const {
    return clothes() != trace::Clothes::Asyncio &&
           !(settings.notes_seen & (1 << static_cast<int>(clothes())));
}

bool AppState::tick(float seconds) {
    if (!playing_) return false;
    play_debt_ += seconds * settings.speed;
    bool moved = false;
    while (play_debt_ >= 1) {
        play_debt_ -= 1;
        const EventIndex before = focus_;
        step(+1);
        const EventIndex stop = stop_between(before, focus_);
        if (stop != kNoEvent) go(stop, false);
        if (focus_ == before || open_prediction() || stop != kNoEvent) {
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

EventIndex AppState::horizon() const {
    EventIndex horizon = timeline().size() ? timeline().size() - 1 : 0;
    for (size_t i = 0; i < document_.predictions.size(); ++i)
        if (!answered_[i] && document_.predictions[i].at >= focus_)
            horizon = std::min(horizon, document_.predictions[i].at);
    return horizon;
}

bool AppState::asks_later() const {
    for (size_t i = 0; i < document_.predictions.size(); ++i)
        if (!answered_[i] && document_.predictions[i].at >= focus_) return true;
    return false;
}

int AppState::replay() const {
    const Prediction* asked = told_prediction() ? told_prediction() : open_prediction();
    if (!asked) return -1;
    for (size_t i = wrong_choices_.size(); i-- > 0;) {
        const auto choice = static_cast<size_t>(wrong_choices_[i]);
        if (choice < asked->replays.size() && asked->replays[choice] >= 0)
            return asked->replays[choice];
    }
    return -1;
}

int AppState::page_comparison() const {
    for (size_t i = 0; i < document_.comparisons.size(); ++i)
        if (document_.comparisons[i].page == static_cast<int>(page_)) return static_cast<int>(i);
    return -1;
}

const GoalCard* AppState::page_goal() const {
    for (const GoalCard& goal : document_.goals)
        if (goal.page == static_cast<int>(page_)) return &goal;
    return nullptr;
}

const Prediction* AppState::told_prediction() const {
    return told_ < 0 ? nullptr : &document_.predictions[static_cast<size_t>(told_)];
}

size_t AppState::prediction_number() const {
    if (told_ >= 0) return static_cast<size_t>(told_) + 1;
    for (size_t i = 0; i < document_.predictions.size(); ++i)
        if (document_.predictions[i].at >= focus_) return i + 1;
    return document_.predictions.size();
}

bool AppState::shows(trace::TaskId task) const {
    if (settings.detail >= 3) return true;
    return !trace::made_by_runtime(timeline(), task);
}

const std::vector<trace::TaskId>& AppState::shown_tasks() const {
    if (shown_of_ == timeline().task_count() && shown_detail_ == settings.detail) return shown_;
    shown_of_ = timeline().task_count();
    shown_detail_ = settings.detail;
    shown_.clear();
    for (trace::TaskId task = 1; task <= timeline().task_count(); ++task)
        if (shows(task)) shown_.push_back(task);
    find_groups();
    return shown_;
}

void AppState::find_groups() const {
    groups_.clear();
    group_of_.assign(timeline().task_count() + 1, 0);
    std::unordered_map<uint64_t, uint32_t> known;
    for (const trace::TaskId task : shown_) {
        const trace::TaskInfo& info = timeline().task(task);
        const uint64_t key = static_cast<uint64_t>(info.parent) << 32 | info.function;
        const auto [entry, fresh] = known.try_emplace(key, static_cast<uint32_t>(groups_.size()));
        if (fresh) {
            const std::string_view name = timeline().recording().text_of(info.function);
            groups_.push_back({name.empty() ? timeline().label(task) : std::string(name), {}});
        }
        groups_[entry->second].tasks.push_back(task);
        group_of_[task] = entry->second;
    }
}

const LaneGroup* AppState::folded(trace::TaskId task) const {
    constexpr size_t kFew = 3;  // that many lanes are worth one
    if (!settings.fold_lanes || !shows(task)) return nullptr;
    static_cast<void>(shown_tasks());
    if (task == 0 || task >= group_of_.size()) return nullptr;
    const LaneGroup& group = groups_[group_of_[task]];
    const bool open =
        std::find(unfolded_.begin(), unfolded_.end(), group.tasks.front()) != unfolded_.end();
    return group.tasks.size() < kFew || open ? nullptr : &group;
}

const std::vector<trace::TaskId>& AppState::lanes() const {
    const std::vector<trace::TaskId>& all = shown_tasks();
    if (!settings.fold_lanes) return all;
    lanes_.clear();
    for (const trace::TaskId task : all) {
        const LaneGroup* group = folded(task);
        if (!group || group->tasks.front() == task) lanes_.push_back(task);
    }
    return lanes_;
}

trace::Axis AppState::axis() const {
    return momentary_ ? trace::Axis::Events : settings.axis;
}

void AppState::fit_view() {
    const trace::Recording& recording = *document_.recording;
    view_begin_ = 0;
    view_end_ = axis() == trace::Axis::Time
                    ? static_cast<double>(std::max<int64_t>(recording.duration(), 1'000'000)) * 1.04
                    : static_cast<double>(recording.size()) + 1;
}

void AppState::keep_focus_in_view() {
    if (timeline().size() == 0) return;
    const auto at = static_cast<double>(timeline().position(axis(), focus_));
    const double span = view_end_ - view_begin_;
    const EventIndex end = timeline().size() - 1;
    const bool shows_end = static_cast<double>(timeline().position(axis(), end)) <= view_end_;
    if (at >= view_begin_ && (shows_end || at <= view_begin_ + span * 0.97)) return;
    view_begin_ = std::max(0.0, at - span * 0.3);
    view_end_ = view_begin_ + span;
}

}  // namespace loopglass::gui
