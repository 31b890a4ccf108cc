// The timeline: one lane a task and one for the loop, on true time or with every event equally
// wide. Solid runs, hatched waits, dotted is ready; what lies ahead is veiled.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/gui/panels/timeline_parts.hpp"

namespace loopglass::gui {

namespace {

using trace::Axis;
using trace::EventIndex;
using trace::TaskId;

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

// `free`: left of it stands something else.
void draw_ruler(Ui& ui, const Rect& ruler, const Rect& lanes, const Scale& scale, float free) {
    const Canvas& c = ui.canvas;
    const Axis axis = ui.state.axis();
    // Beyond the next question even the numbers would say something.
    const bool hides = ui.state.horizon() + 1 < ui.state.timeline().size();
    const double known =
        hides ? static_cast<double>(ui.state.timeline().position(axis, ui.state.horizon()))
              : scale.end;
    double step = tick_step((scale.end - scale.begin) / static_cast<double>(scale.w), ui.px(130));
    if (axis == Axis::Events) step = std::max(1.0, step);
    for (double at = std::ceil(scale.begin / step) * step; at < scale.end; at += step) {
        const float x = scale.at(at);
        const std::string text = tick_text(axis, at, step);
        const float half = c.text_width(text, Face::Mono, 13) / 2;
        if (x - half >= free && x + half <= lanes.right() + ui.px(14) && at <= known)
            c.text({x - half, ruler.y}, text, Face::Mono, 13, c.theme.faint);
        c.line({x, ruler.bottom() - ui.px(2)}, {x, lanes.bottom()}, fade(c.theme.line, 0.5f));
    }
}

// Who woke whom: arrows of the selected task, or of the one that has the turn. Where one end's lane
// is scrolled or folded away the arrow goes to the edge behind which it lies.
void draw_flows(Ui& ui, const std::vector<LaneRow>& rows, const Scale& scale,
                const trace::Window& window) {
    const AppState& state = ui.state;
    const TaskId task = state.selected() ? state.selected() : state.timeline().actor(state.focus());
    if (!task || rows.size() < 2) return;
    static thread_local std::vector<trace::Flow> flows;
    state.timeline().flows(task, window, flows, 60);
    const float top = rows.front().bar.bottom() - ui.px(2), low = rows.back().bar.bottom();
    // Negative: nowhere to be seen, not even behind an edge.
    const auto height_of = [&](TaskId id) {
        const LaneGroup* group = state.folded(id);
        for (const LaneRow& row : rows)
            if (row.task == (group ? group->tasks.front() : id)) return row.bar.center().y;
        if (!id || !state.shows(id)) return -1.0f;
        return id < rows[1].task ? top : low;
    };
    for (const trace::Flow& flow : flows) {
        if (flow.from == flow.to || flow.enqueued > state.focus() ||
            flow.resumed == trace::kNoEvent)
            continue;
        const float from = height_of(flow.from), to = height_of(flow.to);
        if (from < 0 || to < 0 || from == to) continue;
        const float x0 =
            scale.at(static_cast<double>(state.timeline().position(state.axis(), flow.enqueued)));
        const float x1 =
            scale.at(static_cast<double>(state.timeline().position(state.axis(), flow.resumed)));
        const float end = std::max(x1, x0 + ui.px(3));
        ui.note("timeline/arrow", flow.to, "", {x0, std::min(from, to), end - x0, to - from});
        ui.canvas.curve({x0, from}, {end, to}, fade(ui.canvas.theme.text, 0.5f), 1.2f);
    }
}

// What lies beyond the next question: covered until that is answered.
void draw_veil(Ui& ui, const Rect& lanes, const Scale& scale) {
    const EventIndex horizon = ui.state.horizon();
    if (horizon + 1 >= ui.state.timeline().size()) return;
    const Canvas& c = ui.canvas;
    const auto at = static_cast<double>(ui.state.timeline().position(ui.state.axis(), horizon));
    const float x = std::max(scale.at(at) + ui.px(2), lanes.x);
    const float top = lanes.y - ui.px(8);
    const Rect veil{x, top, lanes.right() + ui.px(18) - x, lanes.bottom() - top};
    if (veil.w <= 0) return;
    ui.note("timeline/veil", 0, "", veil);
    c.fill(veil, c.theme.panel);
    const std::string_view why = tr("What comes next is hidden: a question waits for you.");
    const float width = c.text_width(why, Face::Text, 13);
    if (width + ui.px(60) < lanes.right() - x)
        c.text({x + (lanes.right() - x - width) / 2, lanes.center().y - ui.px(8)}, why, Face::Text,
               13, c.theme.faint);
}

void draw_focus(Ui& ui, const Rect& lanes, const Scale& scale) {
    const Canvas& c = ui.canvas;
    const float x = scale.at(
        static_cast<double>(ui.state.timeline().position(ui.state.axis(), ui.state.focus())));
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
        const float at =
            scale.at(static_cast<double>(ui.state.timeline().position(ui.state.axis(), mark)));
        c.fill({at - ui.px(2), lanes.y - ui.px(12), ui.px(4), ui.px(8)}, c.theme.accent, 1);
    }
}

// Dragging scrubs; the wheel zooms at the pointer, with shift it pans.
void handle_pointer(Ui& ui, const Rect& place, const Scale& scale,
                    const std::vector<LaneRow>& rows) {
    const AppState& state = ui.state;
    const Touch touch = ui.touch("timeline/lanes", place);
    const double at = scale.position(std::clamp(ui.pointer().x, place.x, place.right()));
    const EventIndex event = state.timeline().event_at(state.axis(), static_cast<int64_t>(at));
    if (touch.pressed)
        ui.act(Seek{event, Gesture::Begin});
    else if (touch.held && event != state.focus())
        ui.act(Seek{event, Gesture::Continue});
    if (touch.hovered && !touch.held && event <= state.horizon())
        for (const LaneRow& row : rows)
            if (ui.pointer().y >= row.bar.y && ui.pointer().y < row.bar.bottom())
                if (const std::string words = row.group ? group_sentence(state, *row.group, event)
                                                        : lane_sentence(state, row.task, event);
                    !words.empty())
                    ui.tooltip(words);
    if (!touch.hovered || ui.wheel() == 0) return;
    const double span = scale.end - scale.begin;
    if (ui.shift())
        return ui.act(SetView{scale.begin - span * 0.15 * static_cast<double>(ui.wheel()),
                              scale.end - span * 0.15 * static_cast<double>(ui.wheel())});
    const double factor = std::pow(0.8, static_cast<double>(ui.wheel()));
    ui.act(SetView{at - (at - scale.begin) * factor, at + (scale.end - at) * factor});
}

// As wide as the longest name in sight asks for, within reason.
float names_width(Ui& ui) {
    const Canvas& c = ui.canvas;
    float width = c.text_width(trace::words(ui.state.clothes()).loop, Face::Text, 13) + ui.px(12) +
                  c.text_width(tr("99 in line"), Face::Text, 12);
    if (width > ui.px(150))
        width = c.text_width(trace::words(ui.state.clothes()).loop, Face::Text, 13);
    const TaskId count = std::min<TaskId>(ui.state.timeline().task_count(), 12);
    for (TaskId task = 1; task <= count; ++task)
        if (ui.state.shows(task))
            width =
                std::max(width, c.text_width(ui.state.timeline().label(task), Face::Strong, 13));
    return std::clamp(width + ui.px(52), ui.px(134), ui.px(210));
}

// With more lanes than room: which is the first. The wheel over the names scrolls; when the focus
// moves, the wanted lane comes into sight.
size_t first_lane(Ui& ui, const Rect& place, float names, const std::vector<TaskId>& shown,
                  TaskId wanted, size_t room) {
    float& row = ui.memory.lane_row;
    const size_t visible = room > 1 ? room - 1 : 1;
    row -= ui.wheel_over({place.x, place.y, names, place.h});
    if (ui.memory.lanes_focus != ui.state.focus()) {
        ui.memory.lanes_focus = ui.state.focus();
        const auto at = std::find(shown.begin(), shown.end(), wanted);
        const auto index = static_cast<float>(at - shown.begin());
        if (at != shown.end() && (index < row || index >= row + static_cast<float>(visible)))
            row = index - static_cast<float>(visible / 2);
    }
    const float last = shown.size() > visible ? static_cast<float>(shown.size() - visible) : 0.0f;
    row = std::clamp(std::round(row), 0.0f, last);
    return static_cast<size_t>(row);
}

// How many stand in line, as a skyline behind the loop's lane.
void draw_counter(Ui& ui, const Rect& bar, const Scale& scale, const trace::Window& window) {
    const Canvas& c = ui.canvas;
    static thread_local std::vector<trace::CounterBox> boxes;
    trace::Window coarse = window;
    coarse.pixels = std::max(1.0, window.pixels / 3);
    coarse.columns = nullptr;
    ui.state.timeline().counter(trace::Counter::ReadyLength, coarse, boxes);
    const auto now = ui.state.timeline().position(ui.state.axis(), ui.state.focus());
    uint32_t most = 1;
    for (const trace::CounterBox& box : boxes) most = std::max(most, box.greatest);
    const float height = ui.px(9), foot = bar.bottom() + ui.px(4);
    for (const trace::CounterBox& box : boxes) {
        if (!box.greatest) continue;
        const float x0 = std::max(scale.at(static_cast<double>(box.begin)), bar.x);
        const float x1 = std::min(scale.at(static_cast<double>(box.end)), bar.right());
        const float high = height * static_cast<float>(box.greatest) / static_cast<float>(most);
        const Rect column{x0, foot - high, std::max(x1 - x0, ui.px(2)), high};
        ui.note("timeline/in line", box.greatest, "", column);
        c.fill(column, fade(c.theme.accent, box.begin > now ? 0.3f : 0.6f));
    }
}

// Which of the lanes are in sight; a click folds those that do the same. Answers where it ends.
float draw_fold(Ui& ui, const Rect& ruler, float x, bool hidden, size_t first, size_t rows,
                size_t count) {
    const Canvas& c = ui.canvas;
    const bool folds = ui.state.settings.fold_lanes;
    const std::string words = hidden
                                  ? std::to_string(first + 1) + "–" + std::to_string(first + rows) +
                                        " / " + std::to_string(count)
                                  : std::string(tr("folded"));
    const Rect box{x, ruler.y - ui.px(5), c.text_width(words, Face::Text, 13) + ui.px(16),
                   ui.px(22)};
    const Touch touch = ui.touch("timeline/fold", box);
    c.fill(box, touch.hovered ? mix(c.theme.inset, c.theme.line, 0.5f) : c.theme.inset, 6);
    c.frame(box, folds ? c.theme.accent : c.theme.line, 6);
    c.text_centered(box, words, Face::Text, 13, folds ? c.theme.text : c.theme.dim);
    if (touch.hovered)
        ui.tooltip(folds ? tr("A click (g) gives every task a lane of its own.")
                         : tr("A click (g) folds tasks that do the same into one lane."));
    if (touch.clicked) ui.act(ToggleFold{0});
    return box.right() + ui.px(6);
}

// More lanes than room: those with something to see in this window. Asked once for each window.
const std::vector<TaskId>& active_lanes(Ui& ui, const trace::Window& window) {
    Memory::ActiveLanes& kept = ui.memory.active;
    const AppState& state = ui.state;
    const Memory::ActiveLanes wanted{
        window.axis, window.begin, window.end, state.timeline().size(), state.settings.detail, {}};
    if (kept.axis != wanted.axis || kept.begin != wanted.begin || kept.end != wanted.end ||
        kept.events != wanted.events || kept.detail != wanted.detail) {
        kept = wanted;
        kept.tasks = state.timeline().active_tasks(window);
        std::erase_if(kept.tasks, [&](TaskId task) { return !state.shows(task); });
    }
    return kept.tasks;
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
    c.heading({ruler.x, ruler.y}, tr("TIMELINE"));
    const float names = names_width(ui);
    const Rect lanes{inside.x + names, inside.y + ui.px(8), inside.w - names, inside.h - ui.px(8)};
    if (lanes.w < ui.px(40) || lanes.h < ui.px(10)) return;
    const Scale scale{state.view_begin(), state.view_end(), lanes.x, lanes.w};
    ruler.take_left(names);
    // Lanes stand closer before any of them has to hide.
    const std::vector<TaskId>& all = state.lanes();
    const float pitch =
        std::clamp(lanes.h / static_cast<float>(all.size() + 1 + state.document().threads.size()),
                   ui.px(27), ui.px(44));
    const float height = std::min(ui.px(24), pitch - ui.px(5));
    const auto room = static_cast<size_t>(std::max(2.0f, lanes.h / pitch));
    std::vector<LaneRow> rows;
    const auto add = [&](TaskId task) {
        const float y =
            lanes.y + pitch * static_cast<float>(rows.size()) + (pitch - height) / 2 - ui.px(4);
        rows.push_back({task,
                        {inside.x, y - ui.px(4), names - ui.px(10), height + ui.px(8)},
                        {lanes.x, y, lanes.w, height},
                        state.folded(task)});
    };
    add(0);
    // With many tasks: those with something to see in this window, from the focus's own on.
    trace::Window window = window_of(ui, scale);
    static thread_local std::vector<EventIndex> columns;
    state.timeline().columns(window, columns);
    if (!columns.empty()) window.columns = &columns;
    const std::vector<TaskId>& shown =
        all.size() + 1 > room && !state.settings.fold_lanes ? active_lanes(ui, window) : all;
    TaskId wanted = state.selected()          ? state.selected()
                    : state.timeline().size() ? state.timeline().actor(state.focus())
                                              : 0;
    if (const LaneGroup* group = state.folded(wanted)) wanted = group->tasks.front();
    const size_t first =
        first_lane(ui, {inside.x, lanes.y, inside.w, lanes.h}, names, shown, wanted, room);
    for (size_t i = first; i < shown.size() && rows.size() < room; ++i) add(shown[i]);
    const bool hidden = shown.size() + 1 > room;
    const float free = hidden || state.settings.fold_lanes
                           ? draw_fold(ui, ruler, inside.x + ui.px(84), hidden, first,
                                       rows.size() - 1, shown.size())
                           : 0;
    draw_ruler(ui, ruler, lanes, scale, free);
    draw_counter(ui, rows.front().bar, scale, window);
    for (const LaneRow& row : rows)
        row.group ? draw_group(ui, row, scale, window) : draw_lane(ui, row, scale, window);
    const std::vector<LaneRow> with_spans = rows;
    for (const trace::ThreadLane& lane : state.document().threads) {
        if (rows.size() >= room) break;
        add(0);
        draw_thread(ui, lane, rows.back(), scale);
    }
    handle_pointer(ui, {lanes.x, ruler.y, lanes.w, lanes.bottom() - ruler.y}, scale, with_spans);
    draw_flows(ui, with_spans, scale, window);
    draw_veil(ui, lanes, scale);
    draw_focus(ui, lanes, scale);
}

}  // namespace loopglass::gui
