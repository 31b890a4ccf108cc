// The forms a recording can be written in, by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/trace/timeline.hpp"

namespace loopglass::trace {

struct Format {
    std::string_view name;
    std::string_view suffix;  // how files of it end: ".svg"
    std::string (*write)(const Timeline& timeline);
};
[[nodiscard]] const std::vector<Format>& all_formats();
[[nodiscard]] const Format* find_format(std::string_view name);  // null: there is none
[[nodiscard]] std::string format_names();                        // "text, jsonl, …"

}  // namespace loopglass::trace
