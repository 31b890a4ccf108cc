#include "runtime/trace/web_page.hpp"

#include <algorithm>
#include <vector>

#include "embedded/export_files.hpp"
#include "runtime/base/text.hpp"
#include "runtime/trace/draw_svg.hpp"
#include "runtime/trace/say.hpp"
#include "runtime/trace/text_form.hpp"

namespace loopglass::trace {

using base::cat;

namespace {

constexpr unsigned kWidth = 1200;

// JSON for the inside of a script element: no "</script>" and no "<!--" can come up in it.
[[nodiscard]] std::string json_text(std::string_view text) {
    std::string json, out;
    append_json(json, text);
    for (const char byte : json) {
        if (byte == '<')
            out += "\\u003c";
        else
            out += byte;
    }
    return out;
}

// Where the reader can stop: whenever the turn changes hands, and at every print.
[[nodiscard]] std::vector<EventIndex> stops_of(const Timeline& timeline, uint32_t most) {
    std::vector<EventIndex> stops;
    if (timeline.size() == 0) return stops;
    for (EventIndex at = 0;;) {
        stops.push_back(at);
        const EventIndex next = timeline.next(StepSize::Switch, at);
        if (next == at || next >= timeline.size()) break;
        at = next;
    }
    stops.insert(stops.end(), timeline.prints().begin(), timeline.prints().end());
    if (stops.back() != timeline.size() - 1) stops.push_back(timeline.size() - 1);
    std::sort(stops.begin(), stops.end());
    stops.erase(std::unique(stops.begin(), stops.end()), stops.end());
    if (stops.size() > most) stops.resize(most);
    return stops;
}

[[nodiscard]] std::string_view title_of(const RunInfo& info) {
    const std::string_view file = info.filename;
    return info.title.empty() ? file.substr(file.rfind('/') + 1) : std::string_view(info.title);
}

class Page {
public:
    Page(const Timeline& timeline, WebPageOptions options)
        : timeline_(timeline),
          recording_(timeline.recording()),
          stops_(stops_of(timeline, options.most_steps)) {}

    [[nodiscard]] std::string data();

private:
    [[nodiscard]] std::string tasks() const;
    [[nodiscard]] std::string lines() const;
    [[nodiscard]] std::string prints() const;
    [[nodiscard]] std::string step(const Model& model, EventIndex at) const;

    const Timeline& timeline_;
    const Recording& recording_;
    std::vector<EventIndex> stops_;
};

[[nodiscard]] std::string joined(const std::vector<std::string>& parts) {
    std::string out = "[";
    for (size_t i = 0; i < parts.size(); ++i) out += (i ? "," : "") + parts[i];
    return out + "]";
}

std::string Page::tasks() const {
    std::vector<std::string> all;
    for (TaskId task = 0; task <= timeline_.task_count(); ++task)
        all.push_back(cat("[", json_text(task ? timeline_.label(task) : "the loop"), ",",
                          json_text(task ? timeline_.letter(task) : ""), "]"));
    return joined(all);
}

std::string Page::lines() const {
    std::vector<std::string> all;
    std::string_view rest = recording_.info.source;
    while (!rest.empty()) {
        const size_t end = std::min(rest.find('\n'), rest.size());
        all.push_back(json_text(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return joined(all);
}

std::string Page::prints() const {
    std::vector<std::string> all;
    for (const EventIndex at : timeline_.prints()) {
        const Event& event = recording_[at];
        all.push_back(cat("[", at, ",", json_text(seconds_text(recording_.time(at))), ",",
                          event.subject, ",", json_text(recording_.text_of(event.object)), "]"));
    }
    return joined(all);
}

// [event, time, where on the timeline (0 to 10000), sentence, running, its line, ready, waiting,
// lines of live tasks]
std::string Page::step(const Model& model, EventIndex at) const {
    std::vector<std::string> ready, waiting, marks;
    for (const ReadyEntry* entry = model.ready_begin(); entry != model.ready_end(); ++entry)
        if (entry->kind == ReadyEntry::Kind::Step) ready.push_back(cat(entry->id));
    for (TaskId id = 1; id <= model.task_count(); ++id) {
        if (!is_alive(model.phase(id)) || marks.size() > 60) continue;
        if (made_by_runtime(timeline_, id)) continue;
        const TaskState task = model.task(id);
        if (task.line) marks.push_back(cat("[", id, ",", task.line, "]"));
        if (task.phase != TaskPhase::Waiting || waiting.size() > 20) continue;
        const WaitWords wait = wait_words(timeline_, model, task.suspended);
        waiting.push_back(cat("[", id, ",", json_text(wait.what), ",", json_text(wait.until), "]"));
    }
    const int64_t duration = std::max<int64_t>(recording_.duration(), 1);
    const TaskId running = model.running();
    return cat("[", at, ",", json_text(seconds_text(recording_.time(at))), ",",
               recording_.time(at) * 10000 / duration, ",", json_text(say(timeline_, model, at)),
               ",", running, ",", running ? model.task(running).line : 0, ",", joined(ready), ",",
               joined(waiting), ",", joined(marks), "]");
}

std::string Page::data() {
    std::vector<std::string> steps;
    Model model(recording_);
    for (const EventIndex at : stops_) {
        model.advance_to(at + 1);
        steps.push_back(step(model, at));
    }
    const RunInfo& info = recording_.info;
    const bool all = stops_.empty() || stops_.back() + 1 == timeline_.size();
    const SvgLanes lanes = svg_lanes(kWidth);
    return cat("{\"title\":", json_text(title_of(info)),
               ",\"file\":", json_text(info.filename.substr(info.filename.rfind('/') + 1)),
               ",\"hash\":", json_text(Recording::short_hash(recording_.hash())),
               ",\"whole\":", all ? "true" : "false", ",\"events\":", timeline_.size(),
               ",\"left\":", lanes.left, ",\"width\":", lanes.width, ",\"total\":", kWidth,
               ",\n\"tasks\":", tasks(), ",\n\"lines\":", lines(), ",\n\"prints\":", prints(),
               ",\n\"steps\":", joined(steps), "}");
}

[[nodiscard]] std::string_view asset(std::string_view name) {
    return base::find_embedded(embedded::export_files(), name);
}

}  // namespace

std::string write_web_page(const Timeline& timeline, WebPageOptions options) {
    const RunInfo& info = timeline.recording().info;
    SvgOptions light, dark;
    light.width = dark.width = kWidth;
    dark.dark = true;
    const auto part = [&](std::string_view name) -> std::string {
        if (name == "title") return xml_text(title_of(info));
        if (name == "style") return std::string(asset("page.css"));
        if (name == "script") return std::string(asset("page.js"));
        if (name == "data") return Page(timeline, options).data();
        if (name == "light") return draw_svg(timeline, light);
        if (name == "dark") return draw_svg(timeline, dark);
        return {};
    };
    std::string out;
    std::string_view rest = asset("page.html");
    for (size_t at; (at = rest.find("{{")) != std::string_view::npos;) {
        const size_t end = rest.find("}}", at);
        out += rest.substr(0, at);
        out += part(rest.substr(at + 2, end - at - 2));
        rest.remove_prefix(end + 2);
    }
    return out.append(rest);
}

}  // namespace loopglass::trace
