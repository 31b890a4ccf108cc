// The inspector: everything about the selected task at the focus, and its life as places to go.
#include <algorithm>
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

using trace::TaskPhase;
using trace::TaskReport;

struct Column {
    float x, y, w;
};

void heading(Ui& ui, Column& column, std::string_view words) {
    ui.canvas.text({column.x, column.y}, words, Face::Strong, 12, ui.canvas.theme.faint);
    column.y += ui.px(20);
}

std::string ordinal_words(int32_t place) {
    if (place == 0) return tr("next in line");
    return tr("in line, ") + std::to_string(place) + tr(" before it");
}

// "waiting", with what for; "ready", with its place in line.
std::string state_sentence(const AppState& state, const TaskReport& report) {
    const trace::Recording& rec = state.timeline().recording();
    const std::string since =
        report.state.since == trace::kNoEvent
            ? std::string()
            : tr(" since ") + trace::seconds_text(rec.time(report.state.since)) + " s";
    switch (report.state.phase) {
        case TaskPhase::Running:
            return report.state.blocking ? tr("has the turn and blocks the loop") + since
                                         : tr("has the turn") + since;
        case TaskPhase::Ready:
            return ordinal_words(report.place_in_line) + since;
        case TaskPhase::Waiting:
            return tr("waits for ") + report.waits.what +
                   (report.waits.until.empty() ? "" : ": " + report.waits.until);
        case TaskPhase::New:
            return tr("made, but not in line yet");
        case TaskPhase::Aside:
            return tr("in the middle of a step; another task inside it has the turn");
        case TaskPhase::Unborn:
            return tr("not created yet");
        default:
            return tr("is over") + since;
    }
}

// A swatch in the state's pattern, as on the timeline.
void draw_swatch(Ui& ui, const Rect& box, const TaskReport& report) {
    const Canvas& c = ui.canvas;
    const Color color = c.theme.task(report.task);
    switch (report.state.phase) {
        case TaskPhase::Running:
        case TaskPhase::Aside:
            c.fill(box, color, 3);
            if (report.state.blocking) c.frame(box, c.theme.error, 3, 2);
            return;
        case TaskPhase::Waiting:
            c.hatch(box, color);
            break;
        case TaskPhase::Ready:
        case TaskPhase::New:
            c.dots(box, color);
            break;
        case TaskPhase::Done:
            return c.icon(Icon::Check, box, color);
        case TaskPhase::Failed:
            return c.icon(Icon::Cross, box, c.theme.error);
        case TaskPhase::Cancelled:
            return c.icon(Icon::Stop, box, color);
        case TaskPhase::Unborn:
            break;
    }
    c.frame(box, fade(color, 0.6f), 3);
}

void draw_title(Ui& ui, Column& column, const TaskReport& report) {
    const Canvas& c = ui.canvas;
    const trace::Timeline& timeline = ui.state.timeline();
    const Rect chip{column.x, column.y, ui.px(27), ui.px(22)};
    c.chip(chip, timeline.letter(report.task), c.theme.task(report.task));
    float x = chip.right() + ui.px(10);
    x += c.text({x, column.y + ui.px(2)}, timeline.label(report.task), Face::Strong, 17,
                c.theme.text) +
         ui.px(12);
    const Rect swatch{x, column.y + ui.px(4), ui.px(26), ui.px(14)};
    draw_swatch(ui, swatch, report);
    x = swatch.right() + ui.px(8);
    x += c.text({x, column.y + ui.px(4)}, trace::phase_name(report.state.phase), Face::Strong, 13,
                c.theme.text) +
         ui.px(12);
    if (report.state.line && trace::is_alive(report.state.phase))
        c.text_cut({x, column.y + ui.px(4)}, tr("line ") + std::to_string(report.state.line),
                   column.x + column.w - x, Face::Mono, 13, c.theme.dim);
    column.y += ui.px(30);
    column.y += c.text_wrapped({column.x, column.y}, state_sentence(ui.state, report), column.w,
                               Face::Text, 13, c.theme.text);
    column.y += ui.px(6);
}

void draw_chain(Ui& ui, Column& column, const TaskReport& report) {
    if (report.chain.empty()) return;
    const Canvas& c = ui.canvas;
    std::string names;
    for (const trace::TextId name : report.chain) {
        if (!names.empty()) names += " → ";
        names += ui.state.timeline().recording().text_of(name);
    }
    const float label =
        c.text({column.x, column.y}, tr("await chain"), Face::Text, 13, c.theme.dim) + ui.px(10);
    c.text_cut({column.x + label, column.y}, names, column.w - label, Face::Mono, 13, c.theme.text);
    column.y += ui.px(24);
}

void draw_partners(Ui& ui, Column& column, std::string_view words, std::string_view id,
                   const std::vector<trace::TaskId>& tasks) {
    if (tasks.empty()) return;
    const Canvas& c = ui.canvas;
    float x = column.x +
              c.text({column.x, column.y + ui.px(5)}, words, Face::Text, 13, c.theme.dim) +
              ui.px(10);
    const float begin = x;
    for (size_t i = 0; i < tasks.size(); ++i) {
        const float width =
            ui.px(40) + c.text_width(ui.state.timeline().label(tasks[i]), Face::Text, 13);
        if (x + width > column.x + column.w && x > begin) {
            c.text({x, column.y + ui.px(5)}, "+" + std::to_string(tasks.size() - i), Face::Text, 13,
                   c.theme.dim);
            break;
        }
        x +=
            ui.task_button(std::string(id) + std::to_string(i), {x, column.y}, tasks[i]) + ui.px(6);
    }
    column.y += ui.px(30);
}

void draw_variables(Ui& ui, Column& column, const TaskReport& report) {
    const Canvas& c = ui.canvas;
    const trace::Recording& rec = ui.state.timeline().recording();
    heading(ui, column, tr("VARIABLES"));
    if (report.variables.empty())
        c.text({column.x, column.y},
               rec.lines_on() ? tr("none here") : tr("not recorded in this run"), Face::Text, 13,
               c.theme.faint);
    size_t index = 0;
    for (const trace::VariableView& variable : report.variables) {
        const Rect row{column.x - ui.px(6), column.y - ui.px(3), column.w, ui.px(21)};
        const Touch touch = ui.touch("inspector/variable" + std::to_string(index++), row);
        if (variable.fresh) {
            c.fill(row, fade(c.theme.accent, 0.16f), 4);
            c.fill({row.x, row.y, ui.px(3), row.h}, c.theme.accent, 1);
        } else if (touch.hovered) {
            c.fill(row, c.theme.inset, 4);
        }
        const std::string name =
            std::string(rec.text_of(variable.name)) + (variable.global ? tr(" (global)") : "");
        const float used =
            c.text_cut({column.x, column.y}, name, column.w * 0.5f, Face::Mono, 13, c.theme.dim);
        c.text_cut({column.x + used + ui.px(8), column.y}, rec.text_of(variable.repr),
                   column.w - used - ui.px(20), Face::Mono, 13, c.theme.text);
        if (touch.hovered)
            ui.tooltip(std::string(variable.fresh ? tr("Just bound here. ") : "") +
                       tr("A click goes to the moment it got this value."));
        if (touch.clicked) ui.act(Seek{variable.bound});
        column.y += ui.px(22);
    }
}

void draw_life(Ui& ui, Column& column, const TaskReport& report) {
    const Canvas& c = ui.canvas;
    heading(ui, column, tr("ITS LIFE SO FAR"));
    size_t index = 0;
    for (const trace::Moment& moment : report.history) {
        const Rect row{column.x - ui.px(4), column.y - ui.px(3), column.w, ui.px(21)};
        const Touch touch = ui.touch("inspector/moment" + std::to_string(index++), row);
        if (touch.hovered) {
            c.fill(row, c.theme.inset, 4);
            ui.tooltip(trace::seconds_text(ui.state.timeline().recording().time(moment.event)) +
                       " s: " + moment.text + tr(". A click goes there."));
        }
        const float time =
            c.text({column.x, column.y},
                   trace::seconds_text(ui.state.timeline().recording().time(moment.event)),
                   Face::Mono, 13, c.theme.faint);
        c.text_cut({column.x + time + ui.px(8), column.y}, moment.text, column.w - time - ui.px(12),
                   Face::Text, 13, touch.hovered ? c.theme.text : c.theme.dim);
        if (touch.clicked) ui.act(Seek{moment.event});
        column.y += ui.px(22);
    }
}

void draw_numbers(Ui& ui, Column& column, const TaskReport& report) {
    const Canvas& c = ui.canvas;
    const trace::LaneTimes& times = report.numbers.times;
    const auto part = [](std::string_view word, int64_t ns) {
        return std::string(word) + " " + trace::seconds_text(ns) + " s";
    };
    std::string words = std::to_string(report.numbers.steps) +
                        (report.numbers.steps == 1 ? tr(" turn  ·  ") : tr(" turns  ·  ")) +
                        part(tr("running"), times.running) + "  ·  " +
                        part(tr("ready"), times.ready) + "  ·  " +
                        part(tr("waiting"), times.waiting);
    if (times.blocking > 0) words += "  ·  " + part(tr("blocking"), times.blocking);
    column.y += c.text_wrapped({column.x, column.y}, words, column.w, Face::Text, 13, c.theme.dim) +
                ui.px(6);
}

// Chips that make playing stop when this task comes into a state.
void draw_stops(Ui& ui, Column& column, trace::TaskId task) {
    constexpr struct {
        TaskPhase phase;
        const char* name;
    } kPhases[] = {{TaskPhase::Ready, mark("is ready")},
                   {TaskPhase::Running, mark("runs")},
                   {TaskPhase::Waiting, mark("waits")},
                   {TaskPhase::Done, mark("ends")}};
    const Canvas& c = ui.canvas;
    float x =
        column.x +
        c.text({column.x, column.y + ui.px(6)}, tr("stop when it"), Face::Text, 13, c.theme.dim) +
        ui.px(10);
    for (const auto& entry : kPhases) {
        const Breakpoint breakpoint{Breakpoint::Kind::Phase, 0, task, entry.phase};
        const float width = c.text_width(tr(entry.name), Face::Strong, 13) + ui.px(18);
        if (ui.button(std::string("inspector/stop ") + entry.name, {x, column.y, width, ui.px(26)},
                      tr(entry.name), ui.state.has_breakpoint(breakpoint)))
            ui.act(ToggleBreakpoint{breakpoint});
        x += width + ui.px(6);
    }
    column.y += ui.px(34);
}

}  // namespace

void draw_inspector(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const TaskReport& report = ui.state.report();
    const Rect inside{area.x + ui.px(18), area.y + ui.px(6), area.w - ui.px(36),
                      area.h - ui.px(12)};
    if (!report.task) {
        c.text_wrapped(
            {inside.x, inside.y + ui.px(6)},
            tr("Choose a task: a click on its ticket, its lane or its marker in the code, "
               "or Tab."),
            inside.w, Face::Text, 13, c.theme.dim);
        return;
    }
    c.clip({area.x, area.y, area.w, area.h - ui.px(6)});
    float& offset = ui.memory.side_offset;
    offset -= ui.wheel_over(area) * ui.px(40);
    Column column{inside.x, inside.y - offset, inside.w};
    draw_title(ui, column, report);
    draw_chain(ui, column, report);
    draw_partners(ui, column, tr("waits for"), "inspector/for", report.waits_for);
    draw_partners(ui, column, tr("waited for by"), "inspector/by", report.waited_by);
    draw_numbers(ui, column, report);
    const float half = (inside.w - ui.px(16)) / 2;
    Column left{inside.x, column.y + ui.px(2), half},
        right{inside.x + half + ui.px(16), left.y, half};
    draw_variables(ui, left, report);
    draw_life(ui, right, report);
    column.y = std::max(left.y, right.y) + ui.px(8);
    draw_stops(ui, column, report.task);
    c.unclip();
    const float full = column.y + offset - inside.y;
    offset = std::clamp(offset, 0.0f, std::max(0.0f, full - inside.h));
}

}  // namespace loopglass::gui
