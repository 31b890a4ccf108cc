#include "runtime/trace/formats.hpp"

#include "runtime/trace/chrome.hpp"
#include "runtime/trace/draw_svg.hpp"
#include "runtime/trace/file.hpp"
#include "runtime/trace/text_form.hpp"
#include "runtime/trace/web_page.hpp"

namespace loopglass::trace {

const std::vector<Format>& all_formats() {
    static const std::vector<Format> formats{
        {"text", ".txt", [](const Timeline& timeline) { return write_text(timeline.recording()); }},
        {"jsonl", ".jsonl",
         [](const Timeline& timeline) { return write_jsonl(timeline.recording()); }},
        {"chrome", ".json", [](const Timeline& timeline) { return write_chrome(timeline); }},
        {"loopglass", ".loopglass",
         [](const Timeline& timeline) { return encode(timeline.recording()); }},
        {"html", ".html", [](const Timeline& timeline) { return write_web_page(timeline); }},
        {"svg", ".svg", [](const Timeline& timeline) { return draw_svg(timeline); }},
    };
    return formats;
}

const Format* find_format(std::string_view name) {
    for (const Format& format : all_formats())
        if (name == format.name) return &format;
    return nullptr;
}

std::string format_names() {
    std::string out;
    for (const Format& format : all_formats()) {
        if (!out.empty()) out += ", ";
        out += format.name;
    }
    return out;
}

}  // namespace loopglass::trace
