// The transport: step, play, speed, the size of a step, the axis.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "app/gui/panels/timeline_parts.hpp"

namespace loopglass::gui {

using trace::Axis;

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
    c.text_centered(play, state.playing() ? tr("pause") : tr("play"), Face::Strong, 15,
                    c.theme.on_task);
    if (touch.clicked) ui.act(TogglePlay{});

    // In a narrow window words go first, then what they would name gets shorter.
    const bool narrow = area.w < ui.px(1090), slim = area.w < ui.px(930);
    if (!narrow) {
        const Rect word = take(46, 6);
        c.text_level(word.x, word.center().y, tr("speed"), Face::Text, 13, c.theme.dim);
    }
    const Rect track = take(slim ? 60.0f : narrow ? 80.0f : 110.0f, narrow ? 18.0f : 28.0f);
    const Touch slide = ui.touch("transport/speed", track);
    const float share = std::log2(state.settings.speed / 0.25f) / 8;
    c.fill({track.x, track.center().y - ui.px(1.5f), track.w, ui.px(3)}, c.theme.line, 2);
    c.circle({track.x + track.w * share, track.center().y}, 7, c.theme.text);
    if (slide.hovered) {
        char words[64];
        std::snprintf(words, sizeof words, "%.3g", static_cast<double>(state.settings.speed));
        ui.tooltip(std::string(words) + tr(" steps a second"));
    }
    if (slide.held)
        ui.act(SetSpeed{
            0.25f * std::exp2(8 * std::clamp((ui.pointer().x - track.x) / track.w, 0.0f, 1.0f))});

    if (!narrow) {
        const Rect by = take(52, 6);
        c.text_level(by.x, by.center().y, tr("step by"), Face::Text, 13, c.theme.dim);
    }
    constexpr struct {
        trace::StepSize size;
        const char *name, *short_name;
        float width, short_width;
    } kSteps[] = {{trace::StepSize::Statement, mark("statement"), mark("line"), 92, 58},
                  {trace::StepSize::Switch, mark("switch"), mark("switch"), 74, 66},
                  {trace::StepSize::Iteration, mark("iteration"), mark("pass"), 84, 58},
                  {trace::StepSize::ClockJump, mark("clock jump"), mark("clock"), 96, 62}};
    for (const auto& entry : kSteps)
        if (ui.button(std::string("transport/") + entry.name,
                      take(slim ? entry.short_width : entry.width, 6),
                      tr(slim ? entry.short_name : entry.name), state.step_size() == entry.size))
            ui.act(SetStepSize{entry.size});

    const std::string place = (narrow ? "" : tr("event ")) + std::to_string(state.focus() + 1) +
                              " / " + std::to_string(state.timeline().size());
    const float width = c.text_width(place, Face::Mono, 13);
    c.text_level(area.right() - ui.px(18) - width, row.center().y, place, Face::Mono, 13,
                 c.theme.text);
    Rect axes{area.right() - ui.px(18) - width - ui.px(196), row.y, ui.px(176), row.h};
    if (axes.x < row.x) return;
    c.fill(axes, c.theme.inset, 6);
    c.frame(axes, c.theme.line, 6);
    const Rect events = axes.take_left(ui.px(88)), times = axes;
    const bool by_event = state.axis() == Axis::Events;
    if (ui.touch("transport/event-axis", events).clicked) ui.act(SetAxis{Axis::Events});
    if (ui.touch("transport/time-axis", times).clicked) ui.act(SetAxis{Axis::Time});
    ui.chosen((by_event ? events : times).inner(ui.px(3)));
    c.text_centered(events, tr("event axis"), by_event ? Face::Strong : Face::Text, 13,
                    by_event ? c.theme.text : c.theme.dim);
    c.text_centered(times, tr("true time"), by_event ? Face::Text : Face::Strong, 13,
                    by_event ? c.theme.dim : c.theme.text);
}

}  // namespace loopglass::gui
