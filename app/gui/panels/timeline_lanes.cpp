// One lane: boxes by pattern, labels in words, marks and flags.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "app/gui/panels/timeline_parts.hpp"

namespace loopglass::gui {

using trace::Axis;
using trace::Box;
using trace::EventIndex;
using trace::SpanState;
using trace::TaskId;

namespace {

constexpr float kVeil = 0.5f;  // how much of the future shows

// A wait's label on the panel's ground, so that the stripes do not run through it: the long words
// if there is room, or else the short ones, or none.
void draw_label(Ui& ui, const Rect& bar, std::string_view words, std::string_view short_words,
                Color ink, Color ground, Face face = Face::Text) {
    const Canvas& c = ui.canvas;
    float width = c.text_width(words, face, 13);
    if (width + ui.px(18) > bar.w) {
        words = short_words;
        width = c.text_width(words, face, 13);
    }
    if (words.empty() || width + ui.px(14) > bar.w) return;
    const float x = bar.x + ui.px(bar.w > width + ui.px(28) ? 8 : 3);
    if (ground) c.fill({x, bar.y - ui.px(1), width + ui.px(10), bar.h + ui.px(2)}, ground, 3);
    c.text_level(x + ui.px(5), bar.center().y, words, face, 13, ink);
}

// "gather(tick, bad)": the group's members as they were told just after it was made.
std::string group_words(const AppState& state, std::string what, trace::GroupId group) {
    const trace::Recording& rec = state.timeline().recording();
    const EventIndex from = state.timeline().created(trace::FieldType::Group, group);
    constexpr EventIndex kNear = 40;
    std::string names;
    int count = 0;
    for (EventIndex i = from; i < rec.size() && i < from + kNear && count < 4; ++i) {
        if (rec[i].kind != trace::EventKind::GroupChild || rec[i].subject != group) continue;
        const uint32_t child = rec[i].object;
        if (!names.empty()) names += ", ";
        names += ++count > 3                     ? "…"
                 : trace::is_plain_future(child) ? tr("a future")
                                                 : state.timeline().label(child);
    }
    return names.empty() ? what : what + "(" + names + ")";
}

std::string wait_label(const AppState& state, EventIndex suspended) {
    const trace::Event& event = state.timeline().recording()[suspended];
    std::string what =
        trace::wait_words(state.timeline(), state.timeline().latest(), suspended).what;
    const bool group =
        trace::await_object_type(event.detail_as<trace::AwaitKind>()) == trace::FieldType::Group;
    return group && what.find('(') == std::string::npos
               ? group_words(state, std::move(what), event.object)
               : what;
}

// When a span ends, in words.
std::string until_words(const AppState& state, const Box& box) {
    if (state.axis() != Axis::Time) return {};
    return trace::short_seconds_text(box.end, 3);
}

// What a wait is for, as far as there is room before its bell.
void draw_wait_label(Ui& ui, const Rect& bar, const Box& box, const Scale& scale, Color ink) {
    Rect room = bar;
    if (box.bell >= 0) room.w = std::min(bar.w, scale.at(static_cast<double>(box.bell)) - bar.x);
    if (room.w < ui.px(30)) return;
    const trace::Recording& rec = ui.state.timeline().recording();
    const trace::Event& event = rec[box.first];
    if (event.detail_as<trace::AwaitKind>() == trace::AwaitKind::Sleep) {
        // When it rings says more on an axis of time than how long it was set for.
        if (const auto timer = ui.state.timeline().latest().timer_ever(event.object)) {
            const std::string due = trace::short_seconds_text(timer->due, 3);
            return draw_label(ui, room, tr("timer ") + due, due, ink, ui.canvas.theme.panel);
        }
    }
    const std::string what = wait_label(ui.state, box.first);
    draw_label(ui, room, tr("waits for ") + what, what, ink, ui.canvas.theme.panel);
}

// What a test finds a box by.
std::string_view pattern_of(const Box& box) {
    return box.count > 1 ? tr("merged") : trace::span_state_name(box.state);
}

constexpr float kTurn = 7;  // how wide the shortest turn is drawn
constexpr uint8_t kTroubles = trace::kHasFailure | trace::kHasBlocking;

// How high the solid part of merged spans stands: what share of the time the task had the turn, in
// whole pixels.
float run_height(const Box& box, float height) {
    return std::round(height * std::max(static_cast<float>(box.running) / 255.0f, 0.25f));
}
bool mostly_ready(const Box& box) {
    return box.ready > 51;
}
bool alike(const Box& a, const Box& b, float height) {
    return a.count > 1 && b.count > 1 && a.end == b.begin && a.end > a.begin && b.end > b.begin &&
           ((a.flags ^ b.flags) & (kTroubles | trace::kHasRun)) == 0 &&
           (a.state == SpanState::LoopIdle) == (b.state == SpanState::LoopIdle) &&
           (a.state == SpanState::Blocking) == (b.state == SpanState::Blocking) &&
           mostly_ready(a) == mostly_ready(b) && run_height(a, height) == run_height(b, height);
}

// A turn: solid and higher than a wait, and never too narrow to be seen. Opaque even where it is
// veiled, for what lies under it is no part of it.
void draw_turn(Ui& ui, const LaneRow& row, const Rect& bar, bool future) {
    const Canvas& c = ui.canvas;
    const Color color = c.theme.task(row.task);
    const float width = std::max(bar.w, ui.px(kTurn));
    const Rect pill{bar.w < width ? bar.x - (width - bar.w) / 2 : bar.x, row.bar.y, width,
                    row.bar.h};
    ui.note("timeline/turn", row.task, "", pill);
    c.fill(pill, future ? mix(c.theme.panel, color, 0.5f) : color, 3);
}

void draw_task_box(Ui& ui, const LaneRow& row, const Box& box, const Scale& scale, bool future) {
    const Canvas& c = ui.canvas;
    const float x0 = std::max(scale.at(static_cast<double>(box.begin)), row.bar.x - ui.px(4));
    const float x1 = std::min(scale.at(static_cast<double>(box.end)), row.bar.right());
    const float opacity = future ? kVeil : 1.0f;
    const Color color = fade(c.theme.task(row.task), opacity);
    const Rect bar{x0, row.bar.y + ui.px(4), std::max(x1 - x0, 0.0f), row.bar.h - ui.px(8)};
    ui.note("timeline/box", row.task, pattern_of(box), bar);
    if (box.count > 1) {
        c.fill(bar, fade(color, 0.22f));
        if (box.flags & trace::kHasRun)
            c.fill({bar.x, bar.y, std::max(bar.w, ui.px(1)),
                    std::max(run_height(box, bar.h), ui.px(2))},
                   color);
        if (mostly_ready(box)) c.dots(bar, color);
        if (box.flags & kTroubles)
            c.fill({bar.x, bar.bottom() - ui.px(3), std::max(bar.w, ui.px(1)), ui.px(3)},
                   fade(c.theme.error, opacity));
        return;
    }
    switch (box.state) {
        case SpanState::Blocking:
            c.fill(bar, fade(mix(c.theme.panel, c.theme.task(row.task), 0.62f), opacity), 4);
            c.frame(bar, fade(c.theme.error, opacity), 4, 1.6f);
            draw_label(ui, bar,
                       ui.state.timeline().recording().text_of(
                           ui.state.timeline().recording()[box.first].object),
                       "", c.theme.dark && !future ? c.theme.inset : c.theme.text, 0, Face::Mono);
            break;
        case SpanState::Waiting:
            if (bar.w < ui.px(7)) {  // too narrow for stripes
                c.fill(bar, fade(color, 0.3f));
                break;
            }
            c.hatch(bar, fade(color, 0.62f));
            if (box.bell >= 0 && scale.at(static_cast<double>(box.bell)) < bar.right()) {
                const float x = scale.at(static_cast<double>(box.bell));
                const Rect late{x, bar.y, bar.right() - x, bar.h};
                c.fill(late, c.theme.panel);
                c.dots(late, fade(color, 0.7f));
                draw_label(ui, late, tr("bell rung, nobody to hear"), "",
                           fade(c.theme.dim, opacity), c.theme.panel);
            }
            draw_wait_label(ui, bar, box, scale, fade(c.theme.dim, opacity));
            break;
        case SpanState::New:
        case SpanState::Ready:
            c.dots(bar, fade(color, 0.8f));
            break;
        case SpanState::Done:
        case SpanState::Failed:
        case SpanState::Cancelled: {
            const Icon cap = box.state == SpanState::Done     ? Icon::Check
                             : box.state == SpanState::Failed ? Icon::Cross
                                                              : Icon::Stop;
            c.icon(cap, {x0 + ui.px(5), row.bar.center().y - ui.px(6), ui.px(12), ui.px(12)},
                   box.state == SpanState::Failed ? fade(c.theme.error, opacity) : color);
            break;
        }
        default:
            break;
    }
}

// The part of a box that is drawn as a turn: a turn of its own, or, in a piece too short for its
// parts to be told from each other, the one that is in it.
std::optional<Rect> turn_in(const Ui& ui, const Box& box, const Scale& scale, const Box* next) {
    const float x0 = scale.at(static_cast<double>(box.begin)),
                x1 = scale.at(static_cast<double>(box.end));
    const bool own =
        box.count == 1 && (box.state == SpanState::Running || box.state == SpanState::Aside);
    const bool within = box.count > 1 && (box.flags & trace::kHasRun) && x1 - x0 < ui.px(kTurn) &&
                        !(box.flags & trace::kHasFailure) && (!next || next->count == 1);
    if (!own && !within) return std::nullopt;
    return Rect{x0, 0, std::max(x1 - x0, 0.0f), 0};
}
struct Turn {
    Rect bar;
    bool future;
};

void draw_loop_box(Ui& ui, const LaneRow& row, const Box& box, const Scale& scale, bool future) {
    const Canvas& c = ui.canvas;
    const float x0 = std::max(scale.at(static_cast<double>(box.begin)), row.bar.x);
    const float x1 = std::min(scale.at(static_cast<double>(box.end)), row.bar.right());
    const Rect bar{x0, loop_bar_top(ui, row.bar), std::max(x1 - x0, ui.px(3)), ui.px(kLoopBar)};
    const float opacity = future ? kVeil : 1.0f;
    ui.note("timeline/box", 0, pattern_of(box), bar);
    if (box.state == SpanState::Blocking || (box.flags & trace::kHasBlocking)) {
        c.fill(bar, fade(mix(c.theme.panel, c.theme.error, 0.55f), opacity), 3);
        if (box.count > 1) return;
        const trace::Event& event = ui.state.timeline().recording()[box.first];
        std::string label = tr("stuck in ") + ui.state.timeline().label(event.subject);
        if (ui.state.axis() == Axis::Time)
            label += tr(" for ") + trace::short_seconds_text(box.end - box.begin, 3) + " s";
        const float width = c.text_width(label, Face::Strong, 12);
        if (width + ui.px(12) < bar.w)
            c.text_level(bar.center().x - width / 2, bar.center().y, label, Face::Strong, 12,
                         fade(c.theme.text, std::max(opacity, 0.7f)));
    } else if (box.state == SpanState::LoopIdle) {
        draw_label(ui, bar, tr("idle until ") + until_words(ui.state, box), tr("idle"),
                   fade(c.theme.dim, opacity), 0);
    } else if (box.state == SpanState::LoopWorking || box.state == SpanState::Running) {
        c.fill({bar.x, bar.y, std::max(bar.w, ui.px(4)), bar.h}, fade(c.theme.dim, opacity), 3);
    }
}

// What happened on a lane besides its states: prints as ticks below, cancel requests as letters,
// exceptions as crosses.
void draw_marks(Ui& ui, const LaneRow& row, const Scale& scale, const trace::Window& window) {
    const Canvas& c = ui.canvas;
    static thread_local std::vector<trace::Mark> marks;
    ui.state.timeline().marks(row.task, window, marks);
    const trace::Recording& rec = ui.state.timeline().recording();
    for (const trace::Mark& mark : marks) {
        const bool future = mark.first > ui.state.focus();
        const float x = scale.at(static_cast<double>(mark.at)), opacity = future ? kVeil : 1.0f;
        if (x < row.bar.x - ui.px(6) || x > row.bar.right()) continue;
        switch (rec[mark.first].kind) {
            case trace::EventKind::Printed:
            case trace::EventKind::Logged:
                c.fill({x - ui.px(1), row.bar.bottom() - ui.px(1), ui.px(mark.count > 1 ? 5 : 3),
                        ui.px(5)},
                       fade(c.theme.text, 0.85f * opacity), 1);
                break;
            case trace::EventKind::CancelRequested:
            case trace::EventKind::CancelDelivered: {
                const Rect letter{x, row.bar.y - ui.px(6), ui.px(13), ui.px(9)};
                c.fill(letter, c.theme.panel);
                c.frame(letter, fade(c.theme.number, opacity), 1, 1.3f);
                const Point flap[] = {
                    {letter.x, letter.y}, letter.center(), {letter.right(), letter.y}};
                c.polyline(flap, 3, fade(c.theme.number, opacity), 1.3f);
                break;
            }
            case trace::EventKind::ExceptionRaised:
                c.icon(Icon::Cross,
                       {x - ui.px(5), row.bar.bottom() - ui.px(4), ui.px(10), ui.px(10)},
                       fade(c.theme.error, opacity));
                break;
            default:
                break;
        }
    }
}

// A flag where a lint found something; a click tells what.
void draw_findings_on(Ui& ui, const LaneRow& row, const Scale& scale, const trace::Window& window) {
    const Canvas& c = ui.canvas;
    int drawn = 0;
    const std::vector<trace::Finding>& all = ui.state.findings();  // in the order of their events
    const trace::Timeline& timeline = ui.state.timeline();
    const EventIndex from = timeline.event_at(window.axis, window.begin - 1) + 1;
    auto at = std::lower_bound(all.begin(), all.end(), from,
                               [](const trace::Finding& f, EventIndex e) { return f.event < e; });
    for (; at != all.end(); ++at) {
        const trace::Finding& finding = *at;
        if (timeline.position(window.axis, finding.event) >= window.end) break;
        const auto index = at - all.begin() + 1;
        if (finding.task != row.task || !ui.state.shows(finding)) continue;
        const float x = scale.at(
            static_cast<double>(ui.state.timeline().position(ui.state.axis(), finding.event)));
        if (x < row.bar.x - 1 || x > row.bar.right() || ++drawn > 100) continue;
        const Color color = finding.lint->severity == trace::Severity::Error     ? c.theme.error
                            : finding.lint->severity == trace::Severity::Warning ? c.theme.number
                                                                                 : c.theme.dim;
        const Rect flag{x, row.bar.y - ui.px(7), ui.px(9), ui.px(7)};
        const Touch touch =
            ui.touch("timeline/finding" + std::to_string(index), flag.inner(-ui.px(2)));
        c.fill(flag, color, 2);
        c.line({x, flag.y}, {x, row.bar.y + ui.px(4)}, color, 1.5f);
        if (touch.hovered) ui.tooltip(std::string(finding.lint->title) + ": " + finding.sentence);
        if (touch.clicked) {
            ui.act(Seek{finding.event});
            ui.act(SetSide{Side::Findings});
        }
    }
}

}  // namespace

trace::Window window_of(const Ui& ui, const Scale& scale) {
    return {ui.state.axis(), static_cast<int64_t>(scale.begin),
            static_cast<int64_t>(std::ceil(scale.end)), static_cast<double>(scale.w),
            static_cast<double>(ui.px(4))};
}

std::string lane_sentence(const AppState& state, TaskId task, EventIndex event) {
    const trace::Timeline& timeline = state.timeline();
    const trace::Recording& rec = timeline.recording();
    if (event == trace::kNoEvent || event >= rec.size()) return {};
    const trace::Lane& lane = timeline.lane(task);
    const int64_t at = lane.span_at(event);
    if (at < 0) return {};
    const auto k = static_cast<uint32_t>(at);
    const EventIndex began = lane.span(k);
    const EventIndex ends = k + 1 < lane.span_count() ? lane.span(k + 1) : rec.size() - 1;
    const std::string from = trace::seconds_text(rec.time(began)) + " s",
                      to = trace::seconds_text(rec.time(ends)) + " s";
    const std::string name =
        task ? timeline.label(task) : std::string(trace::words(state.clothes()).loop);
    const std::string when =
        from == to ? tr(" at ") + from + "." : tr(" from ") + from + tr(" to ") + to + ".";
    switch (trace::span_state(rec, began, task)) {
        case SpanState::Waiting:
            return name + tr(" waits for ") + wait_label(state, began) + when;
        case SpanState::Running:
        case SpanState::Aside:
            return task ? name + tr(" has the turn") + when : tr("A task has the turn") + when;
        case SpanState::Ready:
            return name + tr(" is ready and waits for its turn") + when;
        case SpanState::Blocking:
            return timeline.label(rec[began].subject) + tr(" blocks the loop in ") +
                   std::string(rec.text_of(rec[began].object)) + when;
        case SpanState::LoopIdle:
            return name + tr(" is idle: nobody is ready") + when;
        case SpanState::LoopWorking:
            return name + tr(" does its own work between two turns") + when;
        case SpanState::New:
            return name + tr(" was made but is not in line yet") + when;
        case SpanState::Done:
            return name + tr(" returned at ") + from + ".";
        case SpanState::Failed:
            return name + tr(" raised at ") + from + ": " +
                   std::string(rec.text_of(rec[began].object)) + ".";
        case SpanState::Cancelled:
            return name + tr(" ended as cancelled at ") + from + ".";
        default:
            return {};
    }
}

void draw_lane(Ui& ui, const LaneRow& row, const Scale& scale, const trace::Window& window) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const Axis axis = state.axis();
    const bool selected = row.task && row.task == state.selected();
    if (row.task) {
        const Rect chip{row.name.x, row.bar.center().y - ui.px(10), ui.px(24), ui.px(20)};
        c.chip(chip, state.timeline().letter(row.task), c.theme.task(row.task));
        c.text_level_cut(chip.right() + ui.px(10), chip.center().y,
                         state.timeline().label(row.task),
                         row.name.right() - chip.right() - ui.px(14), Face::Strong, 13,
                         selected ? c.theme.accent : c.theme.text);
    } else {
        const float name_end = row.name.right() - ui.px(4);
        const float middle = loop_bar_top(ui, row.bar) + ui.px(kLoopBar) / 2;
        const std::string count = std::to_string(state.model().ready_count());
        const std::string_view loop = trace::words(state.clothes()).loop;
        const float used = c.text_level_cut(row.name.x + ui.px(34), middle, loop,
                                            row.name.w - ui.px(38), Face::Text, 13, c.theme.dim);
        // How many stand in line: beside the name, or else where the tasks have their letters.
        const std::string words = count + tr(" in line");
        const float width = c.text_width(words, Face::Text, 12);
        if (row.name.x + ui.px(42) + used + width <= name_end) {
            c.text_level(name_end - width, middle, words, Face::Text, 12, c.theme.faint);
        } else {
            const Rect chip{row.name.x, middle - ui.px(10), ui.px(24), ui.px(20)};
            c.frame(chip, c.theme.line, 5);
            c.text_centered(chip, count, Face::Strong, 12, c.theme.dim);
            if (ui.touch("timeline/in line", chip).hovered) ui.tooltip(words + ".");
        }
    }
    if (selected)
        c.fill({row.name.x - ui.px(6), row.bar.y - ui.px(3),
                row.bar.right() - row.name.x + ui.px(6), row.bar.h + ui.px(6)},
               fade(c.theme.accent, 0.07f), 5);
    static thread_local std::vector<Box> boxes;
    state.timeline().boxes(row.task, window, boxes);
    const auto now = state.timeline().position(axis, state.focus());
    c.clip(
        {row.bar.x - ui.px(4), row.bar.y - ui.px(4), row.bar.w + ui.px(8), row.bar.h + ui.px(8)});
    static thread_local std::vector<Turn> turns;
    turns.clear();
    const auto lies_ahead = [&](const Box& box) {
        return box.first > state.focus() && box.begin >= now;
    };
    for (size_t i = 0; i < boxes.size(); ++i) {
        Box& box = boxes[i];
        const bool future = lies_ahead(box);
        // What looks alike is drawn as one.
        while (i + 1 < boxes.size() && alike(box, boxes[i + 1], row.bar.h) &&
               lies_ahead(boxes[i + 1]) == future)
            box.end = boxes[++i].end, box.count += boxes[i].count;
        if (!row.task) {
            draw_loop_box(ui, row, box, scale, future);
            continue;
        }
        const auto turn = turn_in(ui, box, scale, i + 1 < boxes.size() ? &boxes[i + 1] : nullptr);
        if (turn) {
            const float most = std::max(row.bar.right() - turn->x, 0.0f);
            turns.push_back({{turn->x, 0, std::min(turn->w, most), 0}, future});
        }
        if (!turn || box.count > 1)
            draw_task_box(ui, row, box, scale, future);
        else
            ui.note("timeline/box", row.task, pattern_of(box),
                    {turn->x, turn->y, std::min(turn->w, row.bar.right() - turn->x), turn->h});
    }
    // Last, for a wait begins under the turn before it.
    for (const Turn& turn : turns) draw_turn(ui, row, turn.bar, turn.future);
    c.unclip();
    if (row.task) draw_marks(ui, row, scale, window);
    draw_findings_on(ui, row, scale, window);
    if (ui.touch("timeline/name" + std::to_string(row.task), row.name).clicked)
        ui.act(SelectTask{selected ? 0 : row.task});
}

// A thread beside the loop: solid where it works, hatched where it waits in a blocking call.
void draw_thread(Ui& ui, const trace::ThreadLane& lane, const LaneRow& row, const Scale& scale) {
    const Canvas& c = ui.canvas;
    const trace::Timeline& timeline = ui.state.timeline();
    const Axis axis = ui.state.axis();
    const Rect chip{row.name.x, row.bar.center().y - ui.px(10), ui.px(24), ui.px(20)};
    c.frame(chip, c.theme.dim, 5);
    c.text_cut({chip.right() + ui.px(10), chip.y + ui.px(4)}, lane.name,
               row.name.right() - chip.right() - ui.px(14), Face::Text, 13, c.theme.dim);
    const EventIndex last = timeline.size() ? timeline.size() - 1 : 0;
    c.clip(row.bar);
    for (const trace::ThreadSpan& span : lane.spans) {
        const float x0 = scale.at(static_cast<double>(timeline.position(axis, span.begin)));
        const float x1 =
            scale.at(static_cast<double>(timeline.position(axis, std::min(span.end, last))));
        const float opacity = span.begin > ui.state.focus() ? kVeil : 1.0f;
        const Rect bar{x0, row.bar.y + ui.px(4), x1 - x0, row.bar.h - ui.px(8)};
        if (span.waits) {
            c.hatch(bar, fade(c.theme.dim, 0.6f * opacity));
            draw_label(ui, bar, span.label, "", fade(c.theme.dim, opacity), c.theme.panel);
        } else {
            c.fill({x0, row.bar.y, std::max(bar.w, ui.px(4)), row.bar.h},
                   fade(c.theme.dim, opacity), 3);
        }
    }
    c.unclip();
}

}  // namespace loopglass::gui
