// The text form of a recording: a header, then one event per line, for golden files and for people.
// Causes are written as distances ("cause=-3"), so that a diff stays where the change is.
//
//     loopglass-trace 1
//     level: switch
//     source: "import asyncio\n…"
//
//     0.000 task-created CreateTask task=2 name="Task-2" function="tick" line=15 cause=-4
//     0.100 task-resumed task=2 line=6 cause=-1
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/result.hpp"
#include "runtime/trace/recording.hpp"

namespace loopglass::trace {

struct TextFormOptions {
    bool with_script = true;  // the source and the world; golden files may leave them out
};

[[nodiscard]] std::string write_text(const Recording& recording, TextFormOptions options = {});
// One event as its line, without the newline.
[[nodiscard]] std::string event_text(const Recording& recording, EventIndex event);
// Reads what write_text wrote. Never crashes; errors name line and column.
[[nodiscard]] base::Result<Recording> read_text(std::string_view text);

// One JSON object per line: first the run, then each event, with texts and times spelled out.
[[nodiscard]] std::string write_jsonl(const Recording& recording);

// `text` as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
void append_json(std::string& out, std::string_view text);

}  // namespace loopglass::trace
