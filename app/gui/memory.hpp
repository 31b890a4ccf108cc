// What the window keeps between frames that is no part of the state: where things were drawn, how
// far lists are scrolled, what is on its way from one place to another.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/gui/canvas.hpp"
#include "runtime/trace/lanes.hpp"
#include "runtime/trace/model.hpp"

namespace loopglass::gui {

struct Memory {
    // A ticket on its way: where it was, where it goes, since when.
    struct Glide {
        Rect from, to;
        double since = -1;
    };
    std::unordered_map<uint32_t, Glide> tickets;  // by task
    Rect loop_area;                               // tickets do not glide when the window changes
    // How far lists are scrolled, in rows or pixels; and the focus for which a list last moved by
    // itself, so that a reader who scrolls away is left alone until the focus moves.
    float code_row = 0, code_rows = 0, side_offset = 0, lane_row = 0;
    trace::EventIndex code_focus = trace::kNoEvent, lanes_focus = trace::kNoEvent;
    // Tasks with something to see in the window of the timeline they were asked for.
    struct ActiveLanes {
        trace::Axis axis = trace::Axis::Time;
        int64_t begin = 0, end = -1;
        trace::EventIndex events = 0;
        int detail = 0;
        std::vector<trace::TaskId> tasks;
    } active;
    // The timers that will ring next at a moment: asked once, for a long run has many to go
    // through.
    struct NextBells {
        trace::EventIndex focus = trace::kNoEvent;
        const void* recording = nullptr;
        std::vector<trace::Model::DueTimer> timers;
        size_t count = 0;
    } bells;
    float output_back = 0;    // rows scrolled back from the newest
    float page_scrolled = 0;  // how far the lesson's page is, where it is longer than its place
    size_t page_shown = 0;
    std::map<std::string, Rect, std::less<>> places;  // what the tour points at
};

}  // namespace loopglass::gui
