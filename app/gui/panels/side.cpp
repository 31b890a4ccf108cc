// The panel above the code and its tabs: the lesson's page, the selected task, locks and queues,
// findings.
#include <algorithm>
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

constexpr float kTabs = 34;

std::string tab_label(const AppState& state, Side side) {
    switch (side) {
        case Side::Lesson:
            return tr("Lesson");
        case Side::Task:
            return state.selected() ? tr("Task ") + state.timeline().label(state.selected())
                                    : tr("Task");
        case Side::Things:
            return tr("Locks & queues");
        case Side::Findings: {
            const auto& all = state.findings();
            const auto count = std::count_if(all.begin(), all.end(),
                                             [&](const auto& f) { return state.shows(f); });
            return state.findings_known() ? tr("Findings ") + std::to_string(count)
                                          : tr("Findings");
        }
    }
    return {};
}

Color badge_color(const Ui& ui) {
    for (const trace::Finding& finding : ui.state.findings())
        if (finding.lint->severity == trace::Severity::Error && ui.state.shows(finding))
            return ui.canvas.theme.error;
    return ui.canvas.theme.dim;
}

void draw_tabs(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const bool lesson = !ui.state.document().pages.empty();
    float x = area.x + ui.px(10);
    for (const Side side : {Side::Lesson, Side::Task, Side::Things, Side::Findings}) {
        if (side == Side::Lesson && !lesson) continue;
        const bool on = ui.state.side() == side;
        const std::string label = tab_label(ui.state, side);
        const Face face = on ? Face::Strong : Face::Text;
        const float width =
            std::min(c.text_width(label, face, 13) + ui.px(20), area.right() - x - ui.px(8));
        if (width < ui.px(30)) break;
        const Rect tab{x, area.y + ui.px(6), width, ui.px(26)};
        const Touch touch = ui.touch("side/tab" + std::to_string(static_cast<int>(side)), tab);
        if (on) ui.chosen(tab);
        const Color ink = on || touch.hovered                                      ? c.theme.text
                          : side == Side::Findings && !ui.state.findings().empty() ? badge_color(ui)
                                                                                   : c.theme.dim;
        c.text_level_cut(tab.x + ui.px(10), tab.center().y, label, tab.w - ui.px(14), face, 13,
                         ink);
        if (touch.clicked) ui.act(SetSide{side});
        x += width + ui.px(4);
    }
}

}  // namespace

float side_height(Ui& ui, float width, float room) {
    const AppState& state = ui.state;
    if (state.side() != Side::Lesson) {
        const bool nothing = state.side() == Side::Task && !state.selected();
        return nothing ? ui.px(84) : std::clamp(room * 0.53f, ui.px(190), ui.px(350));
    }
    const Page& page =
        state.document().pages[std::min(state.page(), state.document().pages.size() - 1)];
    const float text = lesson_text_height(ui, page.text, width - ui.px(36));
    return std::clamp(ui.px(kTabs + 46) + text, ui.px(116), std::max(ui.px(116), room * 0.42f));
}

void draw_side(Ui& ui, Rect area) {
    ui.canvas.panel(area);
    draw_tabs(ui, area.take_top(ui.px(kTabs)));
    switch (ui.state.side()) {
        case Side::Lesson:
            return draw_lesson_card(ui, area);
        case Side::Task:
            return draw_inspector(ui, area);
        case Side::Things:
            return draw_things(ui, area);
        case Side::Findings:
            return draw_findings(ui, area);
    }
}

}  // namespace loopglass::gui
