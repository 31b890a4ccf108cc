// Locks, queues and their kin as structures: who holds, who waits in front; and the circle of a
// deadlock.
#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::gui {

namespace {

using trace::SyncState;
using trace::SyncType;
using trace::TaskId;

constexpr float kCell = 26;

// A row of places, some taken by tasks. Answers the x after it.
float draw_places(Ui& ui, Point at, uint32_t places, const std::vector<TaskId>& inside) {
    const Canvas& c = ui.canvas;
    constexpr uint32_t kMost = 10;
    const uint32_t shown = std::min(std::max(places, static_cast<uint32_t>(inside.size())), kMost);
    for (uint32_t i = 0; i < shown; ++i) {
        const Rect cell{at.x, at.y, ui.px(kCell + 4), ui.px(kCell)};
        c.fill(cell, c.theme.inset, 5);
        c.frame(cell, c.theme.line, 5, 1.5f);
        if (i < inside.size())
            c.chip(cell.inner(ui.px(3)), ui.state.timeline().letter(inside[i]),
                   c.theme.task(inside[i]));
        at.x += cell.w + ui.px(3);
    }
    if (places > kMost)
        at.x += c.text({at.x, at.y + ui.px(5)}, tr("of ") + std::to_string(places), Face::Text, 13,
                       c.theme.dim) +
                ui.px(4);
    return at.x;
}

// A queue's items: filled cells.
float draw_items(Ui& ui, Point at, uint32_t items, uint32_t capacity) {
    const Canvas& c = ui.canvas;
    constexpr uint32_t kMost = 12;
    const uint32_t shown = std::min(std::max(capacity, std::max(items, 1u)), kMost);
    for (uint32_t i = 0; i < shown; ++i) {
        const Rect cell{at.x, at.y, ui.px(16), ui.px(kCell)};
        c.fill(cell, i < items ? fade(c.theme.accent, 0.75f) : c.theme.inset, 2);
        c.frame(cell, c.theme.line, 2, 1.5f);
        at.x += cell.w + ui.px(2);
    }
    const std::string count =
        std::to_string(items) + (capacity ? tr(" of ") + std::to_string(capacity) : tr(" items"));
    return at.x + ui.px(4) +
           c.text({at.x + ui.px(4), at.y + ui.px(6)}, count, Face::Text, 13, c.theme.dim);
}

// Those who stand in front, in the order in which they came.
float draw_waiters(Ui& ui, Point at, const std::vector<TaskId>& waiters, std::string_view words) {
    const Canvas& c = ui.canvas;
    if (waiters.empty()) return at.x;
    c.arrow({at.x + ui.px(26), at.y + ui.px(13)}, {at.x + ui.px(6), at.y + ui.px(13)},
            c.theme.faint, 1.5f);
    at.x += ui.px(34);
    constexpr size_t kMost = 8;
    for (size_t i = 0; i < waiters.size() && i < kMost; ++i) {
        const Rect cell{at.x, at.y, ui.px(kCell + 2), ui.px(kCell)};
        c.hatch(cell, fade(c.theme.task(waiters[i]), 0.6f));
        c.chip(cell.inner(ui.px(4)), ui.state.timeline().letter(waiters[i]),
               c.theme.task(waiters[i]));
        at.x += cell.w + ui.px(3);
    }
    std::string text(words);
    if (waiters.size() > kMost) text = "+" + std::to_string(waiters.size() - kMost) + " " + text;
    return at.x + ui.px(4) +
           c.text({at.x + ui.px(4), at.y + ui.px(6)}, text, Face::Text, 13, c.theme.faint);
}

std::vector<TaskId> waiters_for(const AppState& state, const SyncState& sync,
                                trace::AwaitKind kind) {
    std::vector<TaskId> out;
    for (const TaskId task : sync.waiters)
        if (state.model().task(task).awaits == kind) out.push_back(task);
    return out;
}

void draw_body(Ui& ui, Point at, const SyncState& sync) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    switch (sync.type) {
        case SyncType::Lock:
            at.x = draw_places(ui, at, 1, sync.holders);
            draw_waiters(ui, at, sync.waiters, tr("in front"));
            return;
        case SyncType::Semaphore:
        case SyncType::BoundedSemaphore:
            at.x = draw_places(ui, at, sync.value + static_cast<uint32_t>(sync.holders.size()),
                               sync.holders);
            draw_waiters(ui, at, sync.waiters, tr("in front"));
            return;
        case SyncType::Barrier:
            at.x = draw_places(ui, at, sync.capacity, sync.waiters);
            c.text({at.x + ui.px(6), at.y + ui.px(6)}, tr("opens when all are there"), Face::Text,
                   13, c.theme.faint);
            return;
        case SyncType::Event:
        case SyncType::Condition: {
            const bool event = sync.type == SyncType::Event;
            c.circle({at.x + ui.px(13), at.y + ui.px(13)}, 9,
                     event && sync.set ? c.theme.accent : c.theme.inset);
            c.ring({at.x + ui.px(13), at.y + ui.px(13)}, 9, 0, c.theme.line, c.theme.line, 1.5f);
            at.x += ui.px(34);
            if (event)
                at.x += c.text({at.x, at.y + ui.px(6)}, sync.set ? tr("set") : tr("not set"),
                               Face::Text, 13, c.theme.dim) +
                        ui.px(6);
            draw_waiters(ui, at, sync.waiters,
                         event ? tr("until it is set") : tr("until notified"));
            return;
        }
        default:
            at.x = draw_items(ui, at, sync.value, sync.capacity) + ui.px(4);
            at.x = draw_waiters(ui, at, waiters_for(state, sync, trace::AwaitKind::QueueGet),
                                tr("want an item"));
            at.x = draw_waiters(ui, at, waiters_for(state, sync, trace::AwaitKind::QueuePut),
                                tr("want room"));
            draw_waiters(ui, at, waiters_for(state, sync, trace::AwaitKind::QueueJoin), tr("join"));
            return;
    }
}

std::string thing_sentence(const AppState& state, trace::SyncId id, const SyncState& sync) {
    std::string text = trace::sync_label(state.timeline(), id);
    if (sync.holders.empty() && sync.waiters.empty())
        return text + tr(": nobody holds it or waits.");
    const auto names = [&](const std::vector<TaskId>& tasks) {
        std::string out;
        for (const TaskId task : tasks)
            out += (out.empty() ? "" : ", ") + state.timeline().label(task);
        return out;
    };
    if (!sync.holders.empty()) text += tr(" is held by ") + names(sync.holders);
    if (!sync.waiters.empty())
        text += (sync.holders.empty() ? ": " : "; ") + names(sync.waiters) +
                (sync.waiters.size() == 1 ? tr(" waits") : tr(" wait"));
    return text + ".";
}

void draw_timers(Ui& ui, const Rect& inside, float& y) {
    const Canvas& c = ui.canvas;
    const auto& timers = ui.next_bells().timers;
    const size_t count = ui.next_bells().count;
    if (timers.empty()) return;
    c.text({inside.x, y}, tr("TIMER HEAP"), Face::Strong, 12, c.theme.faint);
    y += ui.px(20);
    const trace::Recording& rec = ui.state.timeline().recording();
    constexpr size_t kMost = 6;
    for (size_t i = 0; i < timers.size() && i < kMost; ++i) {
        const trace::Event& made = rec[timers[i].timer.scheduled];
        const float used = c.text({inside.x, y}, trace::seconds_text(timers[i].timer.due) + " s",
                                  Face::Mono, 13, c.theme.text);
        c.text_cut(
            {inside.x + used + ui.px(12), y},
            std::string(rec.text_of(made.object)) + tr(" set by ") +
                ui.state.timeline().label(ui.state.timeline().actor(timers[i].timer.scheduled)),
            inside.w - used - ui.px(12), Face::Text, 13, c.theme.dim);
        y += ui.px(21);
    }
    if (count > kMost) {
        c.text({inside.x, y}, tr("and ") + std::to_string(count - kMost) + tr(" more"), Face::Text,
               13, c.theme.faint);
        y += ui.px(21);
    }
}

}  // namespace

void draw_cycle(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const auto& cycle = ui.state.cycle();
    if (cycle.empty()) return;
    const size_t count = std::min<size_t>(cycle.size(), 8);
    const Point middle = area.center();
    const float rx = area.w * (count == 2 ? 0.32f : 0.36f), ry = area.h * 0.36f;
    const auto place = [&](size_t i) {
        const float turn = 6.2831853f * static_cast<float>(i) / static_cast<float>(count) -
                           (count == 2 ? 3.14159265f : 1.5707963f);
        return Point{middle.x + rx * std::cos(turn), middle.y + ry * std::sin(turn)};
    };
    const float chip_w = ui.px(34), chip_h = ui.px(26);
    for (size_t i = 0; i < count; ++i) {
        const Point a = place(i), b = place((i + 1) % count);
        const float length = std::max(1.0f, std::hypot(b.x - a.x, b.y - a.y));
        const Point unit{(b.x - a.x) / length, (b.y - a.y) / length};
        // The two arrows of a pair bend apart; in a larger circle each takes its own side.
        const float bend = count == 2 ? ui.px(22) : ui.px(6), clear = ui.px(22);
        const Point side{unit.y * bend, -unit.x * bend};
        const Point from{a.x + unit.x * clear + side.x * 0.6f,
                         a.y + unit.y * clear + side.y * 0.6f};
        const Point to{b.x - unit.x * clear + side.x * 0.6f, b.y - unit.y * clear + side.y * 0.6f};
        c.arrow(from, to, c.theme.error, 2);
        const std::string& what = cycle[i].what;
        const float width = std::min(c.text_width(what, Face::Text, 12), ui.px(110));
        const Point mid{(from.x + to.x) / 2 + side.x * 0.9f, (from.y + to.y) / 2 + side.y * 0.9f};
        const Rect label{mid.x - width / 2 - ui.px(4), mid.y - ui.px(9), width + ui.px(8),
                         ui.px(18)};
        c.fill(label, c.theme.inset, 4);
        c.text_cut({label.x + ui.px(4), label.y + ui.px(2)}, what, width + 1, Face::Text, 12,
                   c.theme.text);
    }
    for (size_t i = 0; i < count; ++i) {
        const Point at = place(i);
        const Rect chip{at.x - chip_w / 2, at.y - chip_h / 2, chip_w, chip_h};
        c.chip(chip, ui.state.timeline().letter(cycle[i].task), c.theme.task(cycle[i].task));
        const Touch touch = ui.touch("cycle/" + std::to_string(i), chip);
        if (touch.hovered)
            ui.tooltip(ui.state.timeline().label(cycle[i].task) + tr(" waits for ") +
                       cycle[i].what + tr(", which only ") +
                       ui.state.timeline().label(cycle[i].next) + tr(" can give: a deadlock."));
        if (touch.clicked) ui.act(SelectTask{cycle[i].task});
    }
}

void draw_things(Ui& ui, Rect area) {
    const Canvas& c = ui.canvas;
    const AppState& state = ui.state;
    const Rect inside{area.x + ui.px(18), area.y + ui.px(8), area.w - ui.px(36),
                      area.h - ui.px(16)};
    float& offset = ui.memory.side_offset;
    offset -= ui.wheel_over(area) * ui.px(40);
    c.clip({area.x, area.y, area.w, area.h - ui.px(6)});
    float y = inside.y - offset;
    if (!state.cycle().empty()) {
        c.text({inside.x, y}, tr("DEADLOCK: each waits for the next"), Face::Strong, 13,
               c.theme.error);
        draw_cycle(ui, {inside.x, y + ui.px(18), inside.w, ui.px(120)});
        y += ui.px(146);
    }
    uint32_t shown = 0;
    constexpr uint32_t kMost = 100;
    for (trace::SyncId id = 1; id <= state.model().sync_count() && shown < kMost; ++id) {
        const SyncState* sync = state.model().sync(id);
        if (!sync || sync->created == trace::kNoEvent) continue;
        const Rect row{inside.x, y, inside.w, ui.px(32)};
        const Touch touch = ui.touch("things/" + std::to_string(id), row);
        if (touch.hovered) ui.tooltip(thing_sentence(state, id, *sync));
        if (touch.clicked && sync->last_change != trace::kNoEvent) ui.act(Seek{sync->last_change});
        c.text_cut({row.x, row.y + ui.px(6)}, trace::sync_label(state.timeline(), id), ui.px(104),
                   Face::Strong, 13, c.theme.text);
        draw_body(ui, {row.x + ui.px(112), row.y}, *sync);
        y += ui.px(36);
        ++shown;
    }
    draw_timers(ui, inside, y);
    if (!shown && y + offset < inside.y + 1)
        c.text_wrapped({inside.x, y}, tr("No lock, queue or timer exists at this moment."),
                       inside.w, Face::Text, 13, c.theme.dim);
    c.unclip();
    offset = std::clamp(offset, 0.0f, std::max(0.0f, y + offset - inside.y - inside.h));
}

}  // namespace loopglass::gui
