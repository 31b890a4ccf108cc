// The timeline as text, for terminals: `loopglass show` and the prompt's `:timeline`.
//
//     loop    ▏█▏·····▏▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓█▏····█
//     main    ▏█▏╱╱╱╱╱╱╱╱ gather(tick, bad) ╱╱╱╱╱╱╱╱
#pragma once

#include <cstdint>
#include <string>

#include "runtime/trace/timeline.hpp"

namespace loopglass::trace {

struct DrawOptions {
    unsigned width = 100;  // columns of the whole picture; at least 40 are used
    bool unicode = true;   // false: ASCII only
    bool color = false;    // ANSI colours
    Axis axis = Axis::Time;
    int64_t begin = 0;          // ns or event index
    int64_t end = -1;           // -1: the end of the recording
    unsigned most_lanes = 60;   // further tasks are summed up in one line
    bool runtime_tasks = true;  // those the runtime makes for itself, such as at the end of a run
    bool legend = true;
    EventIndex focus = kNoEvent;    // marked on the ruler if given
    EventIndex horizon = kNoEvent;  // what lies beyond stays hidden, if given
};

// The ruler, the loop's lane, a lane for each task, and a legend. Lines end in '\n', none is wider
// than `width`.
[[nodiscard]] std::string draw_timeline(const Timeline& timeline, const DrawOptions& options = {});

// A table: task, state at the end, steps, running, ready, waiting, what it waits for. `focus`
// kNoEvent: the end.
[[nodiscard]] std::string draw_table(const Timeline& timeline, EventIndex focus = kNoEvent);

// Columns a text takes on a terminal: code points, which is right for everything drawn here.
[[nodiscard]] unsigned text_columns(std::string_view text);

}  // namespace loopglass::trace
