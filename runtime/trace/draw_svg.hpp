// The timeline as a picture that scales: one lane a task and one for the loop, solid where it runs,
// hatched where it waits, dotted where it is in line. For slides and for the web page of a run.
#pragma once

#include <string>

#include "runtime/trace/timeline.hpp"

namespace loopglass::trace {

struct SvgOptions {
    unsigned width = 1200;  // of the whole picture, in its own units
    Axis axis = Axis::Time;
    unsigned most_lanes = 40;  // further tasks are summed up in a line of text
    bool dark = false;
};

// A whole SVG document. Colours are CSS classes with both palettes built in.
[[nodiscard]] std::string draw_svg(const Timeline& timeline, const SvgOptions& options = {});

// Where the lanes begin and how wide they are in a picture of that width.
struct SvgLanes {
    unsigned left, width;
};
[[nodiscard]] SvgLanes svg_lanes(unsigned width);

// Text for the inside of XML and HTML.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace loopglass::trace
