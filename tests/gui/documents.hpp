// Documents to open in tests of the window.
#pragma once

#include <memory>
#include <string>

#include "app/gui/state.hpp"
#include "tests/support/synthetic_recording.hpp"

namespace loopglass::testing {

inline gui::Document document_of(tr::Recording recording, std::string title = "A run") {
    return gui::make_document(std::move(title),
                              std::make_unique<tr::Recording>(std::move(recording)));
}

// The blocking lesson, with two pages and a question at its first print.
inline gui::Document lesson_document() {
    gui::Document document = document_of(lesson_7(), "A blocking call freezes everyone");
    document.number = 7;
    document.of = 16;
    document.pages = {{"One turn", "Only one task has the turn."},
                      {"A blocking call", "It does not give the turn back."}};
    const tr::EventIndex at = document.timeline->prints().at(1);
    document.predictions.push_back(
        {at, "What is printed next?", {"tick 2", "block", "tick 1"}, 1, "bad was first in line."});
    return document;
}

}  // namespace loopglass::testing
