// The say-it line: the one sentence that tells what just happened and why. The largest text.
#include "runtime/trace/say.hpp"

#include <algorithm>
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

void draw_say(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    c.panel(area);
    c.fill(area, mix(c.theme.panel, c.theme.line, 0.18f), 10);
    c.frame(area, c.theme.line, 10);
    const trace::TaskId actor = state.timeline().size() ? state.timeline().actor(state.focus()) : 0;
    const Color color = actor ? c.theme.task(actor) : c.theme.dim;
    c.fill({area.x, area.y, ui.px(5), area.h}, color, 2);
    ui.remember_place("say", area);
    // The sentence comes first: where it is long the buttons stand above each other, and where even
    // that is not enough its type gets smaller before anything of it is cut off.
    const float button = ui.px(72), stacked = area.w - ui.px(24) - button - ui.px(32);
    const auto height_at = [&](float width, float size) {
        return c.text_wrapped({}, state.sentence(), width, size > 15 ? Face::Medium : Face::Text,
                              size, c.theme.text, false);
    };
    float width = stacked - button - ui.px(12), height = height_at(width, 20), size = 20;
    const bool tall = height + ui.px(8) > area.h;
    if (tall) height = height_at(width = stacked, size);
    if (height + ui.px(8) > area.h) height = height_at(width, size = 15);
    if (size > 15) width = c.balanced(state.sentence(), width, Face::Medium, size);
    const float y = area.y + std::max(ui.px(5), (area.h - height) / 2);
    c.clip(area);
    // Its line has more below the letters than above: half a difference up.
    c.text_wrapped({area.x + ui.px(24), y + ui.px(size > 15 ? 3 : 2)}, state.sentence(), width,
                   size > 15 ? Face::Medium : Face::Text, size, c.theme.text);
    c.unclip();
    const float high = ui.px(tall ? 26 : 32), middle = area.center().y;
    const Rect why{area.right() - button - ui.px(18), tall ? middle + ui.px(3) : middle - high / 2,
                   button, high};
    if (ui.button("say/why", why, tr("why?"), state.why_open)) ui.act(ToggleWhy{});
    const Rect when = tall ? Rect{why.x, why.y - why.h - ui.px(6), button, why.h}
                           : Rect{why.x - button - ui.px(8), why.y, button, why.h};
    if (ui.button("say/when", when, tr("when?"), state.when_open)) ui.act(ToggleWhen{});
}

namespace {

// What an overlay lists: moments, each a place to go.
struct Story {
    std::string id, title, lead, nothing;
    std::vector<trace::EventIndex> moments;
};

struct StoryRow {
    trace::EventIndex moment;
    std::string text;
    float height;
};

template <typename Toggle>
void draw_story(Ui& ui, const Rect& area, const Story& story, Toggle close_it) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const float row = ui.px(40),
                width = std::min(area.w - ui.px(40), std::max(area.w * 0.6f, ui.px(640)));
    const float lead =
        c.text_wrapped({}, story.lead, width - ui.px(40), Face::Text, 15, c.theme.dim, false);
    // Sentences too long for one row go on below: none is cut.
    const float words = width - ui.px(40) - c.text_width("00.000", Face::Mono, 13) - ui.px(44);
    std::vector<StoryRow> rows;
    float high = 0;
    for (const trace::EventIndex moment : story.moments) {
        std::string text = trace::say(state.timeline(), moment, state.clothes());
        const float needed =
            ui.px(19) + c.text_wrapped({}, text, words, Face::Text, 15, c.theme.text, false);
        if (rows.size() == 9 || (!rows.empty() && high + needed > area.h * 0.8f - ui.px(140)))
            break;
        rows.push_back({moment, std::move(text), needed});
        high += needed;
    }
    const float height = ui.px(88) + lead + std::max(high, row);
    const Rect box{area.center().x - width / 2,
                   std::max(area.y + ui.px(50), area.center().y - height * 0.6f), width, height};
    c.fill(area, fade(c.theme.background, 0.6f));
    c.fill(box, c.theme.panel, 12);
    c.frame(box, c.theme.accent, 12, 1.5f);
    Rect inside = box.inner(ui.px(20));
    const Rect title = inside.take_top(ui.px(30));
    c.text({title.x, title.y}, story.title, Face::Strong, 17, c.theme.text);
    const Rect close{box.right() - ui.px(42), box.y + ui.px(14), ui.px(26), ui.px(26)};
    if (ui.touch(story.id + "/close", close).clicked) ui.act(close_it);
    c.icon(Icon::Close, close.inner(ui.px(6)), c.theme.dim);
    c.text_wrapped({inside.x, inside.y}, story.lead, inside.w, Face::Text, 15, c.theme.dim);
    inside.take_top(lead + ui.px(10));
    if (story.moments.empty())
        c.text_cut({inside.x, inside.y + ui.px(8)}, story.nothing, inside.w, Face::Text, 15,
                   c.theme.text);
    for (size_t i = 0; i < rows.size(); ++i) {
        const trace::EventIndex moment = rows[i].moment;
        const Rect line = inside.take_top(rows[i].height);
        const Touch touch = ui.touch(story.id + "/" + std::to_string(i), line);
        if (touch.hovered) c.fill(line, c.theme.inset, 6);
        if (touch.clicked) {
            ui.act(Seek{moment});
            ui.act(close_it);
        }
        const trace::TaskId actor = state.timeline().actor(moment);
        c.fill({line.x, line.y + ui.px(9), ui.px(4), line.h - ui.px(18)},
               actor ? c.theme.task(actor) : c.theme.faint, 2);
        const std::string when = trace::seconds_text(state.timeline().recording().time(moment));
        const float used =
            c.text({line.x + ui.px(14), line.y + ui.px(13)}, when, Face::Mono, 13, c.theme.dim);
        c.text_wrapped({line.x + ui.px(28) + used, line.y + ui.px(12)}, rows[i].text, words,
                       Face::Text, 15, c.theme.text);
    }
    // Last, so that what lies on it answers first.
    if (ui.touch(story.id + "/outside", area).clicked && !box.contains(ui.pointer()))
        ui.act(close_it);
}

}  // namespace

// The chain of causes behind the event at the focus, nearest first; each line is a place to go.
void draw_why(Ui& ui, Rect area) {
    const AppState& state = ui.state;
    Story story{"why",
                tr("Why did this happen now?"),
                state.sentence(),
                tr("Nothing came before it: this is where it all begins."),
                {}};
    if (state.timeline().size()) story.moments = state.timeline().why(state.focus());
    draw_story(ui, area, story, ToggleWhy{});
}

// From here along causes to the moment the task has the turn again.
void draw_when(Ui& ui, Rect area) {
    const AppState& state = ui.state;
    const trace::TaskId task = state.selected()          ? state.selected()
                               : state.timeline().size() ? state.timeline().actor(state.focus())
                                                         : 0;
    const std::string name = state.timeline().label(task);
    Story story{"when", tr("When will ") + name + tr(" run?"), "", "", {}};
    if (state.open_prediction()) {
        story.lead = tr("A question is open: answer it first.");
        return draw_story(ui, area, story, ToggleWhen{});
    }
    if (task) story.moments = trace::path_to_turn(state.timeline(), task, state.focus());
    if (story.moments.empty()) {
        story.lead = task ? tr("It will not have the turn again in this run.")
                          : tr("Choose a task first: a click on its ticket or its lane.");
    } else {
        const trace::Recording& rec = state.timeline().recording();
        story.lead = name + tr(" has the turn at ") +
                     trace::seconds_text(rec.time(story.moments.back())) + " s, " +
                     trace::seconds_text(rec.time(story.moments.back()) - rec.time(state.focus())) +
                     tr(" s from now. What has to happen first, in order:");
    }
    draw_story(ui, area, story, ToggleWhen{});
}

}  // namespace loopglass::gui
