// The timeline: one lane a task and one for the loop, on true time or with every event equally
// wide. Solid runs, hatched waits, dotted is ready; what lies ahead is veiled.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/ui.hpp"
#include "runtime/trace/say.hpp"

namespace loopglass::gui {

namespace {

using trace::Axis;
using trace::Box;
using trace::EventIndex;
using trace::SpanState;
using trace::TaskId;

// Between axis units and pixels.
struct Scale {
    double begin, end;
    float x, w;
    [[nodiscard]] float at(double position) const {
        return x + static_cast<float>((position - begin) / (end - begin)) * w;
    }
    [[nodiscard]] double position(float pixel) const {
        return begin + (end - begin) * static_cast<double>((pixel - x) / w);
    }
};

// 1, 2 or 5 times a power of ten: about one tick every `pixels`.
double tick_step(double units_per_pixel, double pixels) {
    const double rough = units_per_pixel * pixels;
    const double power = std::pow(10.0, std::floor(std::log10(std::max(rough, 1e-9))));
    for (const double factor : {1.0, 2.0, 5.0})
        if (power * factor >= rough) return power * factor;
    return power * 10;
}

std::string tick_text(Axis axis, double position, double step) {
    char text[32];
    if (axis == Axis::Events)
        std::snprintf(text, sizeof text, "%.0f", position);
    else
        std::snprintf(text, sizeof text, "%.*f",
                      std::clamp(static_cast<int>(std::ceil(9 - std::log10(step))), 1, 9),
                      position / 1e9);
    return text;
}

void draw_ruler(Ui& ui, const Rect& ruler, const Rect& lanes, const Scale& scale) {
    const Canvas& c = ui.canvas;
    const Axis axis = ui.state.settings.axis;
    double step = tick_step((scale.end - scale.begin) / static_cast<double>(scale.w), ui.px(130));
    if (axis == Axis::Events) step = std::max(1.0, step);
    for (double at = std::ceil(scale.begin / step) * step; at < scale.end; at += step) {
        const float x = scale.at(at);
        const std::string text = tick_text(axis, at, step);
        c.text({x - c.text_width(text, Face::Mono, 13) / 2, ruler.y}, text, Face::Mono, 13,
               c.theme.faint);
        c.line({x, ruler.bottom() - ui.px(2)}, {x, lanes.bottom()}, fade(c.theme.line, 0.5f));
    }
}

struct LaneRow {
    TaskId task;
    Rect name, bar;
};

// A wait's label on the panel's ground, so that the stripes do not run through it.
void draw_label(Ui& ui, const Rect& bar, std::string_view text, Color ink, Color ground) {
    const Canvas& c = ui.canvas;
    const float width = c.text_width(text, Face::Text, 13);
    if (width + ui.px(20) > bar.w) return;
    if (ground)
        c.fill({bar.x + ui.px(8), bar.y + ui.px(2), width + ui.px(10), bar.h - ui.px(4)}, ground,
               3);
    c.text({bar.x + ui.px(13), bar.y + (bar.h - ui.px(13)) / 2 - ui.px(2)}, text, Face::Text, 13,
           ink);
}

std::string box_label(const AppState& state, const Box& box, TaskId lane) {
    const trace::Timeline& timeline = state.timeline();
    const trace::Recording& recording = timeline.recording();
    const trace::Event& event = recording[box.first];
    switch (box.state) {
        case SpanState::Waiting:
            return trace::wait_words(timeline, timeline.latest(), box.first).what;
        case SpanState::Blocking:
            if (lane == 0) return "stuck in " + timeline.label(event.subject);
            return std::string(recording.text_of(event.object));
        case SpanState::LoopIdle:
            return "idle";
        default:
            return {};
    }
}

void draw_task_box(Ui& ui, const LaneRow& row, const Box& box, const Scale& scale, bool future) {
    const Canvas& c = ui.canvas;
    const float x0 = std::max(scale.at(static_cast<double>(box.begin)), row.bar.x - ui.px(4));
    const float x1 = std::min(scale.at(static_cast<double>(box.end)), row.bar.right());
    const float opacity = future ? 0.45f : 1.0f;
    const Color color = fade(c.theme.task(row.task), opacity);
    const Rect bar{x0, row.bar.y + ui.px(4), std::max(x1 - x0, 0.0f), row.bar.h - ui.px(8)};
    const bool merged = box.count > 1;
    if (merged) {
        const float height = row.bar.h - ui.px(8);
        const float run = static_cast<float>(box.running) / 255.0f,
                    ready = static_cast<float>(box.ready) / 255.0f;
        c.fill(bar, fade(color, 0.22f));
        if (box.flags & trace::kHasRun)
            c.fill({bar.x, bar.y, std::max(bar.w, ui.px(1)),
                    std::max(height * std::max(run, 0.25f), ui.px(2))},
                   color);
        if (ready > 0.2f) c.dots(bar, color);
        if (box.flags & (trace::kHasFailure | trace::kHasBlocking))
            c.fill({bar.x, bar.bottom() - ui.px(3), std::max(bar.w, ui.px(1)), ui.px(3)},
                   fade(c.theme.error, opacity));
        return;
    }
    switch (box.state) {
        case SpanState::Running:
        case SpanState::Aside: {
            const float width = std::max(bar.w, ui.px(6));
            c.fill({bar.x - (bar.w < ui.px(6) ? ui.px(3) : 0), row.bar.y, width, row.bar.h}, color,
                   3);
            break;
        }
        case SpanState::Blocking:
            c.fill(bar, fade(mix(c.theme.panel, c.theme.task(row.task), 0.62f), opacity), 4);
            c.frame(bar, fade(c.theme.error, opacity), 4, 1.6f);
            draw_label(ui, bar, box_label(ui.state, box, row.task),
                       c.theme.dark ? c.theme.inset : c.theme.text, 0);
            break;
        case SpanState::Waiting:
            c.hatch(bar, fade(color, 0.62f));
            if (box.bell >= 0) {
                const float x = scale.at(static_cast<double>(box.bell));
                const Rect late{x, bar.y, bar.right() - x, bar.h};
                c.fill(late, c.theme.panel);
                c.dots(late, fade(color, 0.7f));
                draw_label(ui, late, "bell rung, nobody to hear", fade(c.theme.dim, opacity),
                           c.theme.panel);
            }
            draw_label(
                ui,
                {bar.x, bar.y,
                 box.bell >= 0 ? scale.at(static_cast<double>(box.bell)) - bar.x : bar.w, bar.h},
                box_label(ui.state, box, row.task), fade(c.theme.dim, opacity), c.theme.panel);
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

void draw_loop_box(Ui& ui, const LaneRow& row, const Box& box, const Scale& scale, bool future) {
    const Canvas& c = ui.canvas;
    const float x0 = std::max(scale.at(static_cast<double>(box.begin)), row.bar.x);
    const float x1 = std::min(scale.at(static_cast<double>(box.end)), row.bar.right());
    const Rect bar{x0, row.bar.center().y - ui.px(6), std::max(x1 - x0, ui.px(3)), ui.px(12)};
    const float opacity = future ? 0.45f : 1.0f;
    if (box.state == SpanState::Blocking || (box.flags & trace::kHasBlocking)) {
        c.fill(bar, fade(mix(c.theme.panel, c.theme.error, 0.55f), opacity), 3);
        const std::string label = box.count == 1 ? box_label(ui.state, box, 0) : std::string();
        const float width = c.text_width(label, Face::Strong, 12);
        if (width + ui.px(12) < bar.w)
            c.text({bar.center().x - width / 2, bar.y - ui.px(2)}, label, Face::Strong, 12,
                   fade(c.theme.text, opacity));
    } else if (box.state == SpanState::LoopIdle) {
        draw_label(ui, {bar.x, row.bar.y, bar.w, row.bar.h}, "idle", fade(c.theme.faint, opacity),
                   0);
    } else if (box.state == SpanState::LoopWorking || box.state == SpanState::Running) {
        c.fill({bar.x, bar.y, std::max(bar.w, ui.px(4)), bar.h}, fade(c.theme.dim, opacity), 3);
    }
}

void draw_lane(Ui& ui, const LaneRow& row, const Scale& scale) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const Axis axis = state.settings.axis;
    const bool selected = row.task && row.task == state.selected();
    if (row.task) {
        const Rect chip{row.name.x, row.bar.center().y - ui.px(10), ui.px(24), ui.px(20)};
        c.chip(chip, state.timeline().letter(row.task), c.theme.task(row.task));
        c.text_cut({chip.right() + ui.px(10), chip.y + ui.px(1)}, state.timeline().label(row.task),
                   row.name.right() - chip.right() - ui.px(14), Face::Strong, 13,
                   selected ? c.theme.accent : c.theme.text);
    } else {
        c.text({row.name.x + ui.px(34), row.bar.center().y - ui.px(8)},
               trace::words(state.settings.clothes).loop, Face::Text, 13, c.theme.dim);
    }
    if (selected)
        c.fill({row.name.x - ui.px(6), row.bar.y - ui.px(3),
                row.bar.right() - row.name.x + ui.px(6), row.bar.h + ui.px(6)},
               fade(c.theme.accent, 0.07f), 5);
    static thread_local std::vector<Box> boxes;
    const trace::Window window{axis, static_cast<int64_t>(scale.begin),
                               static_cast<int64_t>(std::ceil(scale.end)),
                               static_cast<double>(scale.w), 3};
    state.timeline().boxes(row.task, window, boxes);
    const auto now = state.timeline().position(axis, state.focus());
    c.clip(
        {row.bar.x - ui.px(4), row.bar.y - ui.px(4), row.bar.w + ui.px(8), row.bar.h + ui.px(8)});
    for (const Box& box : boxes) {
        const bool future = box.first > state.focus() && box.begin >= now;
        if (row.task)
            draw_task_box(ui, row, box, scale, future);
        else
            draw_loop_box(ui, row, box, scale, future);
    }
    c.unclip();
    if (ui.touch("timeline/name" + std::to_string(row.task), row.name).clicked)
        ui.act(SelectTask{selected ? 0 : row.task});
}

// A thread beside the loop: solid where it works, hatched where it waits in a blocking call.
void draw_thread(Ui& ui, const trace::ThreadLane& lane, const LaneRow& row, const Scale& scale) {
    const Canvas& c = ui.canvas;
    const trace::Timeline& timeline = ui.state.timeline();
    const Axis axis = ui.state.settings.axis;
    const Rect chip{row.name.x, row.bar.center().y - ui.px(10), ui.px(24), ui.px(20)};
    c.frame(chip, c.theme.dim, 5);
    c.text_cut({chip.right() + ui.px(10), chip.y + ui.px(1)}, lane.name,
               row.name.right() - chip.right() - ui.px(14), Face::Text, 13, c.theme.dim);
    const EventIndex last = timeline.size() ? timeline.size() - 1 : 0;
    c.clip(row.bar);
    for (const trace::ThreadSpan& span : lane.spans) {
        const float x0 = scale.at(static_cast<double>(timeline.position(axis, span.begin)));
        const float x1 =
            scale.at(static_cast<double>(timeline.position(axis, std::min(span.end, last))));
        const float opacity = span.begin > ui.state.focus() ? 0.45f : 1.0f;
        const Rect bar{x0, row.bar.y + ui.px(4), x1 - x0, row.bar.h - ui.px(8)};
        if (span.waits) {
            c.hatch(bar, fade(c.theme.dim, 0.6f * opacity));
            draw_label(ui, bar, span.label, fade(c.theme.dim, opacity), c.theme.panel);
        } else {
            c.fill({x0, row.bar.y, std::max(bar.w, ui.px(4)), row.bar.h},
                   fade(c.theme.dim, opacity), 3);
        }
    }
    c.unclip();
}

void draw_flows(Ui& ui, const std::vector<LaneRow>& rows, const Scale& scale) {
    const AppState& state = ui.state;
    const TaskId task = state.selected() ? state.selected() : state.timeline().actor(state.focus());
    if (!task) return;
    std::vector<trace::Flow> flows;
    const trace::Window window{state.settings.axis, static_cast<int64_t>(scale.begin),
                               static_cast<int64_t>(std::ceil(scale.end)),
                               static_cast<double>(scale.w), 3};
    state.timeline().flows(task, window, flows, 60);
    const auto row_of = [&](TaskId id) -> const LaneRow* {
        for (const LaneRow& row : rows)
            if (row.task == id) return &row;
        return nullptr;
    };
    for (const trace::Flow& flow : flows) {
        const LaneRow *from = row_of(flow.from), *to = row_of(flow.to);
        if (!from || !to || from == to || flow.enqueued > state.focus() ||
            flow.resumed == trace::kNoEvent)
            continue;
        const float x0 = scale.at(
            static_cast<double>(state.timeline().position(state.settings.axis, flow.enqueued)));
        const float x1 = scale.at(
            static_cast<double>(state.timeline().position(state.settings.axis, flow.resumed)));
        ui.canvas.curve({x0, from->bar.center().y},
                        {std::max(x1, x0 + ui.px(3)), to->bar.center().y},
                        fade(ui.canvas.theme.text, 0.5f), 1.2f);
    }
}

void draw_focus(Ui& ui, const Rect& lanes, const Scale& scale) {
    const Canvas& c = ui.canvas;
    const float x = scale.at(static_cast<double>(
        ui.state.timeline().position(ui.state.settings.axis, ui.state.focus())));
    if (x < lanes.x - 1 || x > lanes.right() + 1) return;
    const Color color = c.theme.dark ? rgb(0xFFFFFF) : c.theme.text;
    c.line({x, lanes.y - ui.px(4)}, {x, lanes.bottom()}, color, 1.8f);
    const Point tip[] = {{x - ui.px(7), lanes.y - ui.px(11)},
                         {x, lanes.y - ui.px(2)},
                         {x + ui.px(7), lanes.y - ui.px(11)},
                         {x - ui.px(7), lanes.y - ui.px(11)}};
    for (float y = 0; y < ui.px(9); y += 1)
        c.line({x - (ui.px(7) - y * 0.78f), tip[0].y + y},
               {x + (ui.px(7) - y * 0.78f), tip[0].y + y}, color, 1);
    c.polyline(tip, 4, color, 1);
    for (const EventIndex mark : ui.state.bookmarks()) {
        const float at = scale.at(
            static_cast<double>(ui.state.timeline().position(ui.state.settings.axis, mark)));
        c.fill({at - ui.px(2), lanes.y - ui.px(12), ui.px(4), ui.px(8)}, c.theme.accent, 1);
    }
}

// Dragging scrubs; the wheel zooms at the pointer, with shift it pans.
void handle_pointer(Ui& ui, const Rect& place, const Scale& scale) {
    const AppState& state = ui.state;
    const Touch touch = ui.touch("timeline/lanes", place);
    const double at = scale.position(std::clamp(ui.pointer().x, place.x, place.right()));
    const EventIndex event =
        state.timeline().event_at(state.settings.axis, static_cast<int64_t>(at));
    if (touch.pressed)
        ui.act(Seek{event, Gesture::Begin});
    else if (touch.held && event != state.focus())
        ui.act(Seek{event, Gesture::Continue});
    if (!touch.hovered || ui.wheel() == 0) return;
    const double span = scale.end - scale.begin;
    if (ui.shift())
        return ui.act(SetView{scale.begin - span * 0.15 * static_cast<double>(ui.wheel()),
                              scale.end - span * 0.15 * static_cast<double>(ui.wheel())});
    const double factor = std::pow(0.8, static_cast<double>(ui.wheel()));
    ui.act(SetView{at - (at - scale.begin) * factor, at + (scale.end - at) * factor});
}

void draw_transport(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    c.line({area.x, area.y}, {area.right(), area.y}, c.theme.line);
    Rect row{area.x + ui.px(18), area.y + ui.px(10), area.w - ui.px(36), ui.px(32)};
    const auto take = [&](float width, float gap) {
        const Rect out = row.take_left(ui.px(width));
        row.take_left(ui.px(gap));
        return out;
    };
    if (ui.icon_button("transport/first", take(40, 6), Icon::First)) ui.act(GoFirst{});
    const Rect back = take(40, 6);
    ui.remember_place("back", back);
    if (ui.icon_button("transport/back", back, Icon::Back)) ui.act(StepBy{-1});
    if (ui.icon_button("transport/step", take(40, 6), Icon::Step)) ui.act(StepBy{+1});
    if (ui.icon_button("transport/last", take(40, 10), Icon::Last)) ui.act(GoLast{});
    const Rect play = take(72, 20);
    const Touch touch = ui.touch("transport/play", play);
    c.fill(play, touch.hovered ? mix(c.theme.accent, c.theme.text, 0.15f) : c.theme.accent, 6);
    c.text_centered(play, state.playing() ? "pause" : "play", Face::Strong, 15, c.theme.on_task);
    if (touch.clicked) ui.act(TogglePlay{});

    const Rect word = take(46, 6);
    c.text({word.x, word.y + ui.px(8)}, "speed", Face::Text, 13, c.theme.dim);
    const Rect track = take(110, 28);
    const Touch slide = ui.touch("transport/speed", track);
    const float share = std::log2(state.settings.speed / 0.25f) / 8;
    c.fill({track.x, track.center().y - ui.px(1.5f), track.w, ui.px(3)}, c.theme.line, 2);
    c.circle({track.x + track.w * share, track.center().y}, 7, c.theme.text);
    if (slide.held)
        ui.act(SetSpeed{
            0.25f * std::exp2(8 * std::clamp((ui.pointer().x - track.x) / track.w, 0.0f, 1.0f))});

    const Rect by = take(52, 6);
    c.text({by.x, by.y + ui.px(8)}, "step by", Face::Text, 13, c.theme.dim);
    constexpr struct {
        trace::StepSize size;
        const char* name;
        float width;
    } kSteps[] = {{trace::StepSize::Statement, "statement", 92},
                  {trace::StepSize::Switch, "switch", 74},
                  {trace::StepSize::Iteration, "iteration", 84},
                  {trace::StepSize::ClockJump, "clock jump", 96}};
    for (const auto& entry : kSteps)
        if (ui.button(std::string("transport/") + entry.name, take(entry.width, 6), entry.name,
                      state.settings.step == entry.size))
            ui.act(SetStepSize{entry.size});

    const std::string place = "event " + std::to_string(state.focus() + 1) + " / " +
                              std::to_string(state.timeline().size());
    const float width = c.text_width(place, Face::Mono, 13);
    c.text({area.right() - ui.px(18) - width, row.y + ui.px(8)}, place, Face::Mono, 13,
           c.theme.text);
    Rect axes{area.right() - ui.px(18) - width - ui.px(190), row.y, ui.px(160), row.h};
    if (axes.x < row.x) return;
    const Rect events = axes.take_left(ui.px(80)), times = axes;
    const bool by_event = state.settings.axis == Axis::Events;
    if (ui.touch("transport/event-axis", events).clicked) ui.act(SetAxis{Axis::Events});
    if (ui.touch("transport/time-axis", times).clicked) ui.act(SetAxis{Axis::Time});
    c.text_centered(events, "event axis", Face::Text, 13, by_event ? c.theme.text : c.theme.faint);
    c.text_centered(times, "true time", Face::Text, 13, by_event ? c.theme.faint : c.theme.text);
}

}  // namespace

void draw_timeline(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    c.panel(area);
    Rect inside = area;
    draw_transport(ui, inside.take_bottom(ui.px(52)));
    inside = {inside.x + ui.px(20), inside.y + ui.px(14), inside.w - ui.px(40),
              inside.h - ui.px(18)};
    Rect ruler = inside.take_top(ui.px(22));
    c.heading({ruler.x, ruler.y}, "TIMELINE");
    const float names = ui.px(134);
    const Rect lanes{inside.x + names, inside.y + ui.px(8), inside.w - names, inside.h - ui.px(8)};
    if (lanes.w < ui.px(40) || lanes.h < ui.px(10)) return;
    const Scale scale{state.view_begin(), state.view_end(), lanes.x, lanes.w};
    ruler.take_left(names);
    draw_ruler(ui, ruler, lanes, scale);
    handle_pointer(ui, {lanes.x, ruler.y, lanes.w, lanes.bottom() - ruler.y}, scale);

    // Lanes stand closer before any of them has to hide.
    const float pitch = std::clamp(lanes.h / static_cast<float>(state.shown_tasks().size() + 1 +
                                                                state.document().threads.size()),
                                   ui.px(27), ui.px(37));
    const float height = std::min(ui.px(24), pitch - ui.px(5));
    const auto room = static_cast<size_t>(std::max(2.0f, lanes.h / pitch));
    std::vector<LaneRow> rows;
    const auto add = [&](TaskId task) {
        const float y =
            lanes.y + pitch * static_cast<float>(rows.size()) + (pitch - height) / 2 - ui.px(4);
        rows.push_back({task,
                        {inside.x, y - ui.px(4), names - ui.px(10), height + ui.px(8)},
                        {lanes.x, y, lanes.w, height}});
    };
    add(0);
    // With many tasks: those with something to see in this window, from the focus's own on.
    std::vector<TaskId> shown;
    const trace::Window window{state.settings.axis, static_cast<int64_t>(scale.begin),
                               static_cast<int64_t>(std::ceil(scale.end)),
                               static_cast<double>(scale.w), 3};
    shown = state.shown_tasks();
    if (shown.size() + 1 > room) {
        shown = state.timeline().active_tasks(window);
        std::erase_if(shown, [&](TaskId task) { return !state.shows(task); });
    }
    size_t first = 0;
    const TaskId wanted = state.selected()          ? state.selected()
                          : state.timeline().size() ? state.timeline().actor(state.focus())
                                                    : 0;
    if (shown.size() + 1 > room) {
        const auto at = std::find(shown.begin(), shown.end(), wanted);
        if (at != shown.end() && static_cast<size_t>(at - shown.begin()) + 2 > room)
            first = static_cast<size_t>(at - shown.begin()) + 2 - room;
    }
    for (size_t i = first; i < shown.size() && rows.size() < room; ++i) add(shown[i]);
    for (const LaneRow& row : rows) draw_lane(ui, row, scale);
    for (const trace::ThreadLane& lane : state.document().threads) {
        if (rows.size() >= room) break;
        add(0);
        draw_thread(ui, lane, rows.back(), scale);
    }
    if (shown.size() + 1 > room) {
        const std::string more = "+" + std::to_string(shown.size() + 1 - room) + " lanes";
        c.text({inside.x, lanes.bottom() - ui.px(14)}, more, Face::Text, 13, c.theme.faint);
    }
    draw_flows(ui, rows, scale);
    draw_focus(ui, lanes, scale);
}

}  // namespace loopglass::gui
