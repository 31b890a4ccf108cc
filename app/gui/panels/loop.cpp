// The loop: who is in line, who runs (one!), who waits for what. Three places and nothing else.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/panels/loop_shapes.hpp"
#include "app/gui/ui.hpp"
#include "runtime/trace/say.hpp"

namespace loopglass::gui {

namespace {

using trace::EventIndex;
using trace::Model;
using trace::ReadyEntry;
using trace::TaskId;
using trace::TaskPhase;
using trace::Timeline;

std::string task_name(const Timeline& timeline, TaskId task) {
    return timeline.label(task);
}

// The title above a place: READY  first in, first out.
void draw_title(Ui& ui, const Rect& box, std::string_view title, std::string_view note) {
    const Canvas& c = ui.canvas;
    const float width = c.text({box.x, box.y - ui.px(26)}, title, Face::Strong, 15, c.theme.text);
    // Whole or not at all: half of it says nothing.
    if (width + ui.px(10) + c.text_width(note, Face::Text, 13) <= box.w)
        c.text({box.x + width + ui.px(10), box.y - ui.px(24.5f)}, note, Face::Text, 13,
               c.theme.faint);
}

struct Ticket {
    Rect rect;
    TaskId task;
    std::string name, right, detail;
    Color color;
    bool ring = false;  // its detail leaves room for one

    // In a tight ticket the ring is small, to stay clear of the words above and beside it.
    [[nodiscard]] bool tight(const Ui& ui) const {
        return rect.h < ui.px(74) || rect.w < ui.px(190);
    }
};

void draw_ticket_text(Ui& ui, const Ticket& ticket, bool details) {
    const Canvas& c = ui.canvas;
    const Rect& r = ticket.rect;
    const float row = details ? (r.h < ui.px(64) ? 36.0f : 46.0f) : 50.0f;
    const float top = r.y + (std::min(r.h, ui.px(row)) - ui.px(22)) / 2;
    const bool narrow = r.w < ui.px(170);
    const float lead = ui.px(narrow ? 9 : 16);
    const Rect chip{r.x + lead, top, ui.px(27), ui.px(22)};
    c.chip(chip, ticket.task ? ui.state.timeline().letter(ticket.task) : std::string("·"),
           ticket.color);
    // The name has the first right to the room, what stands right of it the rest.
    const float room = r.right() - ui.px(narrow ? 9 : 14) - chip.right() - ui.px(10);
    const float right_width = c.text_width(ticket.right, Face::Mono, 13);
    const float name_width = c.text_width(ticket.name, Face::Strong, 15);
    const float for_name = std::max(room - right_width - ui.px(10), room * 0.45f);
    // Where there is not room for both, the name stands alone, and the other comes back below.
    const bool alone = name_width > for_name && (details || room < ui.px(120));
    const float used = c.text_cut({chip.right() + ui.px(10), top + ui.px(3)}, ticket.name,
                                  (alone ? room : std::min(name_width, for_name)) + 1, Face::Strong,
                                  15, c.theme.text);
    const float rest = room - used - ui.px(10);
    const bool moved = details && rest < right_width;
    if (!alone && !moved && rest > std::max(right_width * 0.6f, std::min(right_width, ui.px(44))))
        c.text_cut({r.right() - ui.px(14) - std::min(right_width, rest), top + ui.px(4)},
                   ticket.right, rest + 1, Face::Mono, 13, c.theme.dim);
    if (!details) return;
    // What stood in its way above comes back here: "gather(tick, bad): 0 of 2 done".
    const float below = r.w - (!ticket.ring ? ui.px(32) : ticket.tight(ui) ? ui.px(50) : ui.px(62));
    std::string detail = ticket.detail;
    if (rest < right_width && !ticket.right.empty())
        detail = detail.empty() ? ticket.right : ticket.right + ": " + detail;
    if (c.text_width(detail, Face::Text, 13) > below && !ticket.detail.empty())
        detail = ticket.detail;
    c.text_cut({chip.x, r.y + std::min(r.h - ui.px(22), ui.px(48))}, detail, below, Face::Text, 13,
               c.theme.text);
}

// Where the ticket is drawn now: on its way from where it was, at most 150 ms.
Rect glide(Ui& ui, TaskId task, const Rect& target) {
    constexpr double kSeconds = 0.15;
    auto [entry, fresh] = ui.memory.tickets.try_emplace(task, Memory::Glide{target, target, -1});
    Memory::Glide& way = entry->second;
    const auto now = [&] {
        const double share = std::clamp((ui.time - way.since) / kSeconds, 0.0, 1.0);
        const auto eased = static_cast<float>(1 - (1 - share) * (1 - share));
        const auto between = [&](float a, float b) { return a + (b - a) * eased; };
        return share >= 1 ? way.to
                          : Rect{between(way.from.x, way.to.x), between(way.from.y, way.to.y),
                                 between(way.from.w, way.to.w), between(way.from.h, way.to.h)};
    };
    const bool elsewhere = std::abs(way.to.x - target.x) > 1 || std::abs(way.to.y - target.y) > 1 ||
                           std::abs(way.to.w - target.w) > 1;
    if (ui.state.settings.reduced_motion) {
        way = {target, target, -1};
    } else if (elsewhere && !fresh) {
        const Rect from = now();
        way = {from, target, ui.time};
    }
    way.to = target;
    const Rect out = now();
    if (way.since >= 0 && ui.time - way.since < kSeconds) ui.keep_moving();
    return out;
}

// How much of a sleep has passed; -1 where the wait has no known end.
float waited_share(const AppState& state, TaskId task) {
    const trace::TaskState at = state.model().task(task);
    if (at.awaits != trace::AwaitKind::Sleep) return -1;
    const auto timer = state.model().timer(at.object);
    if (!timer) return -1;
    const trace::Recording& recording = state.timeline().recording();
    const int64_t began = recording.time(at.since), now = recording.time(state.focus());
    return timer->due > began
               ? static_cast<float>(now - began) / static_cast<float>(timer->due - began)
               : 1.0f;
}

void draw_waiting_ticket(Ui& ui, const Ticket& ticket, float share, bool details) {
    const Canvas& c = ui.canvas;
    c.fill(ticket.rect, c.theme.inset, 8);
    c.hatch(ticket.rect.inner(ui.px(2)), fade(ticket.color, 0.30f));
    const Rect inside = ticket.rect.inner(ui.px(8));
    c.fill(inside, fade(c.theme.inset, 0.92f), 4);
    c.frame(ticket.rect, ticket.color, 8, 1.5f);
    draw_ticket_shape(ui, ticket.rect, ticket.color);
    draw_ticket_text(ui, ticket, details);
    if (share >= 0 && details)
        ticket.tight(ui)
            ? c.ring({ticket.rect.right() - ui.px(22),
                      ticket.rect.y + std::min(ticket.rect.h - ui.px(18), ui.px(56))},
                     7, share, ticket.color, fade(ticket.color, 0.3f), 3)
            : c.ring({ticket.rect.right() - ui.px(30), ticket.rect.bottom() - ui.px(24)}, 10, share,
                     ticket.color, fade(ticket.color, 0.3f), 4);
}

// Tickets under each other: as high as there is room for, and a line for those that do not fit.
struct Stack {
    Rect box;
    float height, gap, margin;
    size_t shown;
    [[nodiscard]] Rect place(size_t i) const {
        return {box.x + margin, box.y + margin + (height + gap) * static_cast<float>(i),
                box.w - 2 * margin, height};
    }
};

Stack stack_in(Ui& ui, const Rect& box, size_t count, float tallest) {
    const auto fits = [](float height, float gap, float margin, float room) {
        return static_cast<size_t>(std::max(0.0f, (room - 2 * margin + gap) / (height + gap)));
    };
    const bool low = box.h < ui.px(150);
    for (const float height : {tallest, 66.0f, 58.0f, 48.0f, 38.0f, 32.0f})
        for (const bool close : {false, true}) {
            if (low && !close) continue;
            const float gap = ui.px(close ? 5 : 8), margin = ui.px(close ? 6 : 10);
            if (height <= tallest && fits(ui.px(height), gap, margin, box.h) >= count)
                return {box, ui.px(height), gap, margin, count};
        }
    const float height = ui.px(32), gap = ui.px(5), margin = ui.px(low ? 6 : 10);
    const size_t shown = fits(height, gap, margin, box.h - ui.px(18));
    return {box, height, gap, margin, std::max<size_t>(1, std::min(count, shown))};
}

void draw_more(Ui& ui, const Rect& box, const Stack& stack, size_t count, std::string_view words) {
    if (count <= stack.shown) return;
    const Canvas& c = ui.canvas;
    const float y = stack.place(stack.shown).y - stack.gap + ui.px(3);
    c.text({box.x + ui.px(14), std::min(y, box.bottom() - ui.px(17))},
           tr("and ") + std::to_string(count - stack.shown) + std::string(words), Face::Text, 13,
           c.theme.dim);
}

// "gather.<locals>._done_callback" is nobody's word for it.
std::string callback_name(std::string_view name) {
    const size_t inner = name.find(".<locals>");
    return inner == std::string_view::npos
               ? std::string(name)
               : tr("callback of ") + std::string(name.substr(0, inner));
}

void draw_ready(Ui& ui, const Rect& place) {
    const Rect box = ticket_room(ui, place, LoopPlace::Ready);
    const Canvas& c = ui.canvas;
    const Model& model = ui.state.model();
    const ReadyEntry* begin = model.ready_begin();
    const auto count = static_cast<size_t>(model.ready_end() - begin);
    if (!count) {
        c.text_centered(box, trace::words(ui.state.clothes()).nobody, Face::Text, 15,
                        c.theme.faint);
        return;
    }
    const Stack stack = stack_in(ui, box, count, 52);
    for (size_t i = 0; i < stack.shown; ++i) {
        const ReadyEntry& entry = begin[i];
        const TaskId task = entry.kind == ReadyEntry::Kind::Step ? entry.id : 0;
        const Rect target = stack.place(i);
        const Rect rect = task ? glide(ui, task, target) : target;
        const trace::Event& queued = ui.state.timeline().recording()[entry.queued];
        std::string name = task
                               ? task_name(ui.state.timeline(), task)
                               : callback_name(ui.state.timeline().recording().text_of(queued.arg));
        if (name.empty())
            name = entry.kind == ReadyEntry::Kind::Timer ? tr("timer callback") : tr("callback");
        const Color color = task ? c.theme.task(task) : c.theme.dim;
        c.fill(rect, c.theme.panel, 8);
        c.dots(rect.inner(ui.px(4)), fade(color, 0.5f));
        c.fill(rect.inner(ui.px(8)), fade(c.theme.panel, 0.94f), 4);
        c.frame(rect, color, 8, 1.5f);
        draw_ticket_shape(ui, rect, color);
        const uint32_t line = task ? model.task(task).line : 0;
        draw_ticket_text(ui,
                         {rect, task, name,
                          line ? tr("line ") + std::to_string(line) : std::string(), "", color},
                         false);
        const Touch touch = ui.touch("loop/ready" + std::to_string(i), rect);
        if (touch.clicked && task) ui.act(SelectTask{task});
        if (touch.hovered)
            ui.tooltip(trace::say(ui.state.timeline(), entry.queued, ui.state.clothes()));
    }
    draw_more(ui, box, stack, count, tr(" more in line"));
}

std::string source_line(const Document& document, uint32_t row) {
    if (!row || row > document.lines.size()) return {};
    const std::string& text = document.lines[row - 1];
    const size_t start = text.find_first_not_of(" \t");
    return start == std::string::npos ? std::string() : text.substr(start);
}

void draw_blocking(Ui& ui, Rect& rest, Color color) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    // A thread that starts holds its task up for no time at all: nobody is kept waiting.
    const EventIndex begun = state.model().blocked_by();
    if (begun != trace::kNoEvent) {
        const trace::Recording& rec = state.timeline().recording();
        if (rec.wide_of(rec[begun].arg) < 0 && rec.time(begun) == rec.time(state.focus())) return;
    }
    const Rect badge = rest.take_top(ui.px(24));
    const float width = c.text_width(tr("BLOCKING THE LOOP"), Face::Strong, 12) + ui.px(20);
    c.fill({badge.x, badge.y, width, badge.h}, fade(c.theme.error, 0.22f), 4);
    c.text({badge.x + ui.px(10), badge.y + ui.px(5)}, tr("BLOCKING THE LOOP"), Face::Strong, 12,
           c.theme.error);
    rest.take_top(ui.px(rest.h < ui.px(50) ? 6 : 12));
    const EventIndex begin = state.model().blocked_by();
    if (begin == trace::kNoEvent || rest.h < ui.px(14)) return;
    const trace::Recording& recording = state.timeline().recording();
    const int64_t until = recording.wide_of(recording[begin].arg);
    if (until < 0) return;
    const Rect words = rest.take_top(ui.px(24));
    c.text({words.x, words.y}, tr("keeps the turn until ") + trace::seconds_text(until) + " s",
           Face::Text, 13, c.theme.dim);
    if (rest.h < ui.px(9)) return;
    const Rect bar{rest.x, rest.y + ui.px(2), rest.w, ui.px(7)};
    const int64_t from = recording.time(begin), now = recording.time(state.focus());
    const float share =
        until > from ? std::clamp(static_cast<float>(now - from) / static_cast<float>(until - from),
                                  0.02f, 1.0f)
                     : 1.0f;
    c.fill(bar, c.theme.inset, 3);
    c.fill({bar.x, bar.y, bar.w * share, bar.h}, color, 3);
    rest.take_top(ui.px(16));
}

// A callback has the turn: a timer's, a done callback, call_soon.
void draw_callback(Ui& ui, const Rect& box) {
    const Canvas& c = ui.canvas;
    const Rect card = box.inner(ui.px(12));
    c.fill(card, c.theme.panel, 8);
    c.frame(card, c.theme.dim, 8, 2);
    c.text_cut({card.x + ui.px(16), card.y + ui.px(16)}, tr("a callback of the loop"),
               card.w - ui.px(32), Face::Strong, 15, c.theme.text);
    c.text_wrapped({card.x + ui.px(16), card.y + ui.px(44)},
                   tr("No task runs: it only puts somebody in line."), card.w - ui.px(32),
                   Face::Text, 13, c.theme.dim);
}

void draw_running(Ui& ui, const Rect& box) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const TaskId task = state.model().running();
    if (!task && !state.cycle().empty()) {
        c.text_centered({box.x, box.y + ui.px(6), box.w, ui.px(22)}, tr("DEADLOCK"), Face::Strong,
                        13, c.theme.error);
        return draw_cycle(ui, {box.x, box.y + ui.px(18), box.w, box.h - ui.px(18)});
    }
    if (!task && state.model().running_callback()) return draw_callback(ui, box);
    if (!task) {
        c.text_centered(box, trace::words(state.clothes()).nobody, Face::Text, 15, c.theme.faint);
        return;
    }
    const Color color = c.theme.task(task);
    const Rect card = glide(ui, task, box.inner(ui.px(box.h < ui.px(80) ? 6 : 12)));
    c.fill(card, mix(c.theme.inset, color, 0.13f), 8);
    c.frame(card, color, 8, 3);
    draw_ticket_shape(ui, card, color);
    if (card.h < box.h - ui.px(30)) {  // still on its way
        draw_ticket_text(ui, {card, task, task_name(state.timeline(), task), "", "", color}, false);
        return;
    }
    if (ui.touch("loop/running", card).clicked) ui.act(SelectTask{task});
    const trace::TaskState at = state.model().task(task);
    draw_ticket_text(ui,
                     {card, task, task_name(state.timeline(), task),
                      at.line ? tr("line ") + std::to_string(at.line) : std::string(), "", color},
                     false);
    if (card.h < ui.px(78)) return;  // a low window has room for one row
    Rect rest = card.inner(ui.px(16));
    rest.take_top(ui.px(36));
    const std::string line = source_line(state.document(), state.document().row_of(task, at.line));
    const float two = c.text_wrapped({}, line, rest.w, Face::Mono, 15, c.theme.text, false);
    // A word that fits no row is cut instead.
    if (!at.blocking && c.widest_word(line, Face::Mono, 15) <= rest.w &&
        two <= rest.h - ui.px(24) && two < c.line_height(Face::Mono, 15) * 3.5f) {
        c.text_wrapped({rest.x, rest.y}, line, rest.w, Face::Mono, 15, c.theme.text);
        rest.take_top(two + ui.px(8));
    } else {
        const Rect code = rest.take_top(ui.px(28));
        c.text_cut({code.x, code.y}, line, code.w, Face::Mono, 15, c.theme.text);
    }
    if (at.blocking) draw_blocking(ui, rest, color);
    const auto* chain = state.model().await_chain(task);
    if (!chain || chain->empty() || rest.h < ui.px(20)) return;
    std::string names;
    for (const trace::TextId name : *chain)
        names +=
            (names.empty() ? "" : " › ") + std::string(state.timeline().recording().text_of(name));
    c.text_cut({rest.x, std::min(rest.y + ui.px(6), rest.bottom() - ui.px(16))},
               tr("await chain: ") + names, rest.w, Face::Text, 13, c.theme.faint);
}

void draw_waiting(Ui& ui, const Rect& place) {
    const Rect box = ticket_room(ui, place, LoopPlace::Waiting);
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    std::vector<TaskId> waiting;
    for (const TaskId task : state.live_tasks())
        if (state.model().phase(task) == TaskPhase::Waiting) waiting.push_back(task);
    if (waiting.empty()) {
        c.text_centered(box, trace::words(state.clothes()).nobody, Face::Text, 15, c.theme.faint);
        return;
    }
    const Stack stack = stack_in(ui, box, waiting.size(), 80);
    const bool roomy = stack.height >= ui.px(58);
    for (size_t i = 0; i < stack.shown; ++i) {
        const TaskId task = waiting[i];
        const trace::WaitWords words =
            trace::wait_words(state.timeline(), state.model(), state.model().task(task).since);
        const Rect rect = glide(ui, task, stack.place(i));
        const float share = waited_share(state, task);
        const Ticket ticket{rect,       task,        task_name(state.timeline(), task),
                            words.what, words.until, c.theme.task(task),
                            share >= 0};
        draw_waiting_ticket(ui, ticket, share, roomy);
        const Touch touch = ui.touch("loop/waiting" + std::to_string(task), rect);
        if (touch.clicked) ui.act(SelectTask{task});
        if (touch.hovered)
            ui.tooltip(task_name(state.timeline(), task) + tr(" waits for ") + words.what +
                       (words.until.empty() ? "." : ": " + words.until + "."));
    }
    draw_more(ui, box, stack, waiting.size(), tr(" more"));
}

// The next bells, in the order in which they will ring.
std::string next_bells(Ui& ui) {
    const AppState& state = ui.state;
    std::string out;
    const auto& timers = ui.next_bells().timers;
    for (size_t i = 0; i < timers.size() && i < 4; ++i)
        out += (i ? "  ·  " : tr("next bells: ")) + trace::seconds_text(timers[i].timer.due) +
               " s " + state.timeline().label(state.timeline().actor(timers[i].timer.scheduled));
    return out.empty() ? tr("no bell is set") : out;
}

// In a low window the note stands where predictions do.
bool low_note(const Ui& ui) {
    return ui.memory.loop_area.h < ui.px(270);
}

// Once for each clothes: where the picture stops being true.
void draw_note(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const Rect box{area.x, area.y + ui.px(10), area.w, area.h - ui.px(10)};
    c.fill(box, fade(c.theme.number, 0.13f), 6);
    const Rect close{box.right() - ui.px(80), box.center().y - ui.px(13), ui.px(72), ui.px(26)};
    c.clip(box);
    const std::string_view words = trace::words(ui.state.clothes()).breaks;
    const float width = c.balanced(words, close.x - box.x - ui.px(24), Face::Text, 13);
    const float high = c.text_wrapped({}, words, width, Face::Text, 13, c.theme.text, false);
    c.text_wrapped({box.x + ui.px(12), box.y + (box.h - high) / 2 + ui.px(2)}, words, width,
                   Face::Text, 13, c.theme.text);
    c.unclip();
    if (ui.button("loop/note", close, tr("got it"))) ui.act(DismissNote{});
}

}  // namespace

void draw_loop(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    c.panel(area);
    const bool low = area.h < ui.px(200);
    Rect inside = area.inner(ui.px(low ? 12 : 18));
    const Rect title = inside.take_top(ui.px(low ? 20 : 26));
    c.heading({title.x, title.y}, tr("THE LOOP"));
    const std::string clock = tr("clock ") + trace::seconds_text(state.model().now()) +
                              tr(" s   iteration ") + std::to_string(state.model().iteration());
    const float clock_width = c.text_width(clock, Face::Mono, 13);
    c.text({title.right() - clock_width, title.y}, clock, Face::Mono, 13, c.theme.dim);
    ui.remember_place("clock", {title.right() - clock_width - ui.px(6), title.y - ui.px(4),
                                clock_width + ui.px(10), ui.px(24)});

    const bool bell = inside.h > ui.px(220);
    if (state.note_open() && !low_note(ui)) draw_note(ui, inside.take_bottom(ui.px(54)));
    inside.take_top(ui.px(low ? 28 : 30));
    const Rect below = bell ? inside.take_bottom(ui.px(26)) : Rect{};
    const float gap = ui.px(area.w < ui.px(560) ? 28 : 48), width = (inside.w - 2 * gap) / 3;
    const Rect ready{inside.x, inside.y, width, inside.h};
    const Rect running{ready.right() + gap, inside.y, width, inside.h};
    const Rect waiting{running.right() + gap, inside.y, width, inside.h};
    const trace::Words& words = trace::words(state.clothes());
    draw_title(ui, ready, words.ready_title, words.ready_note);
    draw_title(ui, running, words.running_title, words.running_note);
    draw_title(ui, waiting, words.waiting_title, words.waiting_note);
    if (std::abs(ui.memory.loop_area.w - area.w) + std::abs(ui.memory.loop_area.h - area.h) > 1) {
        ui.memory.loop_area = area;
        ui.memory.tickets.clear();
    }
    draw_place(ui, ready, LoopPlace::Ready);
    draw_place(ui, running, LoopPlace::Running);
    draw_place(ui, waiting, LoopPlace::Waiting);
    ui.remember_place("running", running);
    ui.remember_place("waiting", waiting);
    draw_waiting(ui, waiting);
    draw_ready(ui, ready);
    draw_running(ui, running);
    const float middle = inside.center().y;
    for (const Rect* from : {&ready, &running})
        c.arrow({from->right() + gap / 6, middle}, {from->right() + gap * 5 / 6, middle},
                c.theme.faint, 2);
    if (!bell) return;
    const float y = below.y + ui.px(18);
    const std::string note =
        state.settings.detail >= 2 ? next_bells(ui) : std::string(words.bell_note);
    const float note_width = c.text_width(note, Face::Text, 13);
    const float center = running.center().x;
    c.dotted_line({waiting.center().x, waiting.bottom() + ui.px(6)}, {waiting.center().x, y},
                  c.theme.faint);
    c.dotted_line({waiting.center().x, y}, {center + note_width / 2 + ui.px(14), y}, c.theme.faint);
    c.dotted_line({center - note_width / 2 - ui.px(14), y}, {ready.center().x, y}, c.theme.faint);
    c.dotted_line({ready.center().x, y}, {ready.center().x, ready.bottom() + ui.px(8)},
                  c.theme.faint);
    c.arrow({ready.center().x, ready.bottom() + ui.px(14)},
            {ready.center().x, ready.bottom() + ui.px(5)}, c.theme.faint);
    c.text_level(center - note_width / 2, y, note, Face::Text, 13, c.theme.faint);
}

}  // namespace loopglass::gui
