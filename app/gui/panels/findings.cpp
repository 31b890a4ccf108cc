// What the lints found: what happened, why it matters, how to mend it, and "show me".
#include <algorithm>
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

Color severity_color(const Theme& t, trace::Severity severity) {
    if (severity == trace::Severity::Error) return t.error;
    return severity == trace::Severity::Warning ? t.number : t.dim;
}

// One finding; answers its height.
float draw_finding(Ui& ui, const Rect& place, const trace::Finding& finding, size_t index) {
    const Canvas& c = ui.canvas;
    const Color color = severity_color(c.theme, finding.lint->severity);
    const float x = place.x + ui.px(14), width = place.w - ui.px(20);
    float y = place.y;
    const std::string id = std::to_string(index);
    const Rect show{place.right() - ui.px(86), y - ui.px(2), ui.px(82), ui.px(26)};
    std::string title(finding.lint->title);
    if (finding.count > 1) title += "  ×" + std::to_string(finding.count);
    c.text_cut({x, y + ui.px(2)}, title, width - ui.px(96), Face::Strong, 15, c.theme.text);
    if (ui.button("findings/show" + id, show, tr("show me"))) {
        ui.act(Seek{finding.event});
        if (finding.task) {
            ui.act(SelectTask{finding.task});
            ui.act(SetSide{Side::Findings});
        }
    }
    y += ui.px(26);
    const std::string_view severity = trace::severity_name(finding.lint->severity);
    std::string where = std::string(severity) + ", " +
                        trace::seconds_text(ui.state.timeline().recording().time(finding.event)) +
                        " s";
    if (finding.line) where += tr(", line ") + std::to_string(finding.line);
    where += ", " + std::string(finding.lint->id);
    c.text({x, y}, where, Face::Text, 13, color);
    y += ui.px(21);
    y += c.text_wrapped({x, y}, finding.sentence, width, Face::Text, 13, c.theme.text);
    for (const auto& [word, text] :
         {std::pair(tr("Why: "), finding.lint->why), std::pair(tr("Mend it: "), finding.lint->fix)})
        y += c.text_wrapped({x, y + ui.px(2)}, word + std::string(text), width, Face::Text, 13,
                            c.theme.dim) +
             ui.px(2);
    c.fill({place.x, place.y, ui.px(4), y - place.y}, color, 2);
    return y - place.y + ui.px(14);
}

}  // namespace

void draw_findings(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const Rect inside{area.x + ui.px(18), area.y + ui.px(8), area.w - ui.px(36),
                      area.h - ui.px(16)};
    float& offset = ui.memory.side_offset;
    offset -= ui.wheel_over(area) * ui.px(40);
    c.clip({area.x, area.y, area.w, area.h - ui.px(6)});
    float y = inside.y - offset;
    size_t shown = 0;
    for (const trace::Finding& finding : ui.state.findings())
        if (ui.state.shows(finding)) {
            y += draw_finding(ui, {inside.x, y, inside.w, 0}, finding, shown);
            ++shown;
        }
    if (!shown)
        c.text_wrapped({inside.x, y},
                       ui.state.open_prediction()
                           ? tr("Answer the question first.")
                           : tr("Nothing found: this run looks well-behaved."),
                       inside.w, Face::Text, 13, c.theme.dim);
    c.unclip();
    offset = std::clamp(offset, 0.0f, std::max(0.0f, y + offset - inside.y - inside.h));
}

}  // namespace loopglass::gui
