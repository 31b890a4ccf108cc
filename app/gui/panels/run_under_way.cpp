// A script that has not ended yet: what it has come to so far, and how to stop it.
#include <string>

#include "app/gui/ui.hpp"
#include "runtime/base/text.hpp"

namespace loopglass::gui {

namespace {

// 1234567 as 1,234,567
std::string grouped(uint64_t number) {
    std::string text = std::to_string(number);
    for (size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
    return text;
}

}  // namespace

void draw_run_under_way(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const RunProgress& run = *ui.state.running;
    const float width = ui.px(460), height = ui.px(168);
    const Rect box{area.center().x - width / 2, area.center().y - height / 2, width, height};
    c.fill(area, fade(c.theme.background, 0.7f));
    c.fill(box, c.theme.panel, 12);
    c.frame(box, c.theme.accent, 12, 1.5f);
    const Rect inside = box.inner(ui.px(22));
    c.text_cut({inside.x, inside.y}, base::cat(run.name, tr(" is running")), inside.w, Face::Strong,
               17, c.theme.text);
    const std::string so_far =
        base::cat(grouped(run.events), tr(" events, "), trace::seconds_text(run.seconds),
                  tr(" s on its own clock. What is recorded stays when you stop it."));
    c.text_wrapped({inside.x, inside.y + ui.px(32)}, so_far, inside.w, Face::Text, 15, c.theme.dim);
    const Rect stop{inside.x, inside.bottom() - ui.px(36), ui.px(140), ui.px(36)};
    if (ui.button("running/stop", stop, tr("Stop (Esc)"), true)) ui.act(StopRun{});
    ui.keep_moving();
}

}  // namespace loopglass::gui
