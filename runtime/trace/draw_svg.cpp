#include "runtime/trace/draw_svg.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "runtime/base/text.hpp"

namespace loopglass::trace {

using base::cat;

namespace {

constexpr unsigned kTop = 34, kRow = 34, kBar = 20, kNames = 150, kMargin = 24;
constexpr unsigned kColors = 8;

// The colours of the window, by role.
struct Palette {
    const char *ground, *line, *text, *dim, *error;
    const char* tasks[kColors];
};
constexpr Palette kDark{
    "#1C1F26",
    "#2E3440",
    "#E6E9EF",
    "#8B93A3",
    "#F2685C",
    {"#B7A5F0", "#56B4E9", "#E69F00", "#3FBF8F", "#F0E442", "#CC79A7", "#D55E00", "#7FA6FF"}};
constexpr Palette kLight{
    "#FFFFFF",
    "#D9DEE7",
    "#1B2230",
    "#5D677A",
    "#C8372D",
    {"#6C4FC4", "#0072B2", "#C77700", "#00845A", "#8A7A00", "#A8437D", "#B34700", "#2F5FD0"}};

class Svg {
public:
    Svg(const Timeline& timeline, const SvgOptions& options)
        : timeline_(timeline),
          recording_(timeline.recording()),
          options_(options),
          palette_(options.dark ? kDark : kLight),
          lanes_(svg_lanes(options.width)) {
        tasks_.push_back(0);
        for (TaskId task = 1; task <= timeline.task_count(); ++task) {
            if (made_by_runtime(timeline, task)) continue;
            if (tasks_.size() <= options.most_lanes)
                tasks_.push_back(task);
            else
                ++hidden_;
        }
        window_.axis = options.axis;
        window_.end = std::max<int64_t>(
            options.axis == Axis::Time ? recording_.duration() : timeline.size(), 1);
        window_.pixels = lanes_.width;
    }

    [[nodiscard]] std::string draw();

private:
    [[nodiscard]] double x_of(int64_t position) const {
        return lanes_.left +
               static_cast<double>(position) * lanes_.width / static_cast<double>(window_.end);
    }
    // Two drawings may stand in one page: their fills have names of their own.
    [[nodiscard]] std::string name(std::string_view fill) const {
        return cat(options_.dark ? "dark-" : "light-", fill);
    }
    [[nodiscard]] static std::string number(double value) {
        char text[32];
        std::snprintf(text, sizeof text, "%.1f", value);
        return text;
    }
    [[nodiscard]] const char* color(TaskId task) const {
        return palette_.tasks[(task ? task - 1 : 7) % kColors];
    }
    void text(double x, double y, std::string_view words, std::string_view fill,
              std::string_view more = "") {
        out_ += cat("<text x=\"", number(x), "\" y=\"", number(y), "\" fill=\"", fill, "\"",
                    more.empty() ? "" : " ", more, ">", xml_text(words), "</text>\n");
    }
    void rect(double x, double y, double width, double height, std::string_view fill,
              std::string_view more = "") {
        out_ += cat("<rect x=\"", number(x), "\" y=\"", number(y), "\" width=\"", number(width),
                    "\" height=\"", number(height), "\" fill=\"", fill, "\"",
                    more.empty() ? "" : " ", more, "/>\n");
    }
    void patterns();
    void ruler(double bottom);
    void lane(TaskId task, double y);
    void box(TaskId task, const Box& box, double y);
    void label(const Box& box, double x, double width, double y, std::string_view words,
               bool on_color);

    const Timeline& timeline_;
    const Recording& recording_;
    const SvgOptions& options_;
    const Palette& palette_;
    const SvgLanes lanes_;
    Window window_;
    std::vector<TaskId> tasks_;
    uint32_t hidden_ = 0;  // tasks without a lane
    std::string out_;
};

// Two fills for each colour: stripes for waiting, dots for being in line.
void Svg::patterns() {
    out_ += "<defs>\n";
    for (unsigned i = 0; i < kColors; ++i) {
        const char* ink = palette_.tasks[i];
        out_ += cat("<pattern id=\"", name("wait"), i,
                    "\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
                    "patternTransform=\"rotate(45)\"><rect width=\"3\" height=\"8\" fill=\"",
                    ink, "\" fill-opacity=\"0.75\"/></pattern>\n<pattern id=\"", name("ready"), i,
                    "\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><circle cx=\"3\" "
                    "cy=\"3\" r=\"1.4\" fill=\"",
                    ink, "\"/></pattern>\n");
    }
    out_ += "</defs>\n";
}

void Svg::ruler(double bottom) {
    const double units = static_cast<double>(window_.end);
    const double rough = units / lanes_.width * 110;
    double step = std::pow(10.0, std::floor(std::log10(std::max(rough, 1.0))));
    for (const double factor : {1.0, 2.0, 5.0, 10.0})
        if (step * factor >= rough) {
            step *= factor;
            break;
        }
    const int digits = std::clamp(static_cast<int>(std::ceil(9 - std::log10(step))), 0, 9);
    for (double at = 0; at <= units; at += step) {
        const double x = x_of(static_cast<int64_t>(at));
        char words[32];
        std::snprintf(words, sizeof words, "%.*f", options_.axis == Axis::Time ? digits : 0,
                      options_.axis == Axis::Time ? at / 1e9 : at);
        out_ += cat("<line x1=\"", number(x), "\" x2=\"", number(x), "\" y1=\"", kTop - 6,
                    "\" y2=\"", number(bottom), "\" stroke=\"", palette_.line, "\"/>\n");
        text(x, kTop - 12, words, palette_.dim, "text-anchor=\"middle\" font-size=\"12\"");
    }
}

void Svg::label(const Box& box, double x, double width, double y, std::string_view words,
                bool on_color) {
    const double needed = 7.2 * static_cast<double>(words.size()) + 16;
    if (words.empty() || box.count > 1 || needed > width) return;
    if (!on_color) rect(x + 5, y + 2, needed - 8, kBar - 4, palette_.ground, "rx=\"3\"");
    text(x + 9, y + kBar - 6, words, on_color ? palette_.ground : palette_.text,
         "font-size=\"12\"");
}

void Svg::box(TaskId task, const Box& box, double y) {
    const double x = x_of(std::max<int64_t>(box.begin, 0));
    const double width = std::max(x_of(std::min(box.end, window_.end)) - x, 0.0);
    const unsigned shade = (task ? task - 1 : 7) % kColors;
    switch (box.state) {
        case SpanState::Running:
        case SpanState::Aside:
            rect(x, y - 2, std::max(width, 2.5), kBar + 4, color(task), "rx=\"2\"");
            break;
        case SpanState::Blocking: {
            const Event& event = recording_[box.first];
            const std::string what = task == 0 ? "stuck in " + timeline_.label(event.subject)
                                               : std::string(recording_.text_of(event.object));
            rect(x, y, std::max(width, 2.5), kBar, task == 0 ? palette_.error : color(task),
                 cat("stroke=\"", palette_.error, "\" stroke-width=\"2\" rx=\"2\""));
            label(box, x, width, y, what, true);
            break;
        }
        case SpanState::Waiting:
            rect(x, y, width, kBar, cat("url(#", name("wait"), shade, ")"));
            label(box, x, width, y, wait_words(timeline_, timeline_.latest(), box.first).what,
                  false);
            break;
        case SpanState::New:
        case SpanState::Ready:
            rect(x, y, width, kBar, cat("url(#", name("ready"), shade, ")"));
            break;
        case SpanState::LoopWorking:
            rect(x, y, std::max(width, 2.0), kBar, palette_.dim, "rx=\"1\"");
            break;
        case SpanState::LoopIdle:
            label(box, x, width, y, "idle", false);
            break;
        case SpanState::Done:
            text(x + 4, y + kBar - 5, "✓", color(task));
            break;
        case SpanState::Failed:
            text(x + 4, y + kBar - 5, "✕", palette_.error);
            break;
        case SpanState::Cancelled:
            text(x + 4, y + kBar - 5, "⊘", color(task));
            break;
        default:
            break;
    }
}

void Svg::lane(TaskId task, double y) {
    const std::string title = task == 0 ? "the loop" : timeline_.label(task);
    if (task) {
        rect(kMargin, y - 1, 26, kBar + 2, color(task), "rx=\"4\"");
        text(kMargin + 13, y + kBar - 5, timeline_.letter(task), palette_.ground,
             "text-anchor=\"middle\" font-size=\"12\" font-weight=\"600\"");
    }
    text(kMargin + 34, y + kBar - 5, title.size() > 15 ? title.substr(0, 14) + "…" : title,
         task ? palette_.text : palette_.dim);
    std::vector<Box> boxes;
    timeline_.boxes(task, window_, boxes);
    for (const Box& each : boxes) box(task, each, y);
}

std::string Svg::draw() {
    const double bottom = kTop + kRow * static_cast<double>(tasks_.size());
    const double height = bottom + (hidden_ ? 2 : 1) * kMargin;
    out_ = cat("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ", options_.width, " ",
               number(height),
               "\" font-family=\"Inter, system-ui, sans-serif\" font-size=\"13\" "
               "role=\"img\" aria-label=\"Timeline of ",
               xml_text(recording_.info.filename), "\">\n");
    rect(0, 0, options_.width, height, palette_.ground);
    patterns();
    ruler(bottom);
    for (size_t i = 0; i < tasks_.size(); ++i)
        lane(tasks_[i], kTop + kRow * static_cast<double>(i) + (kRow - kBar) / 2.0);
    if (hidden_) text(kMargin, bottom + kMargin, cat("and ", hidden_, " more tasks"), palette_.dim);
    return out_ + "</svg>\n";
}

}  // namespace

SvgLanes svg_lanes(unsigned width) {
    return {kNames + kMargin, std::max(width, 400u) - kNames - 3 * kMargin};
}

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        if (byte == '&')
            out += "&amp;";
        else if (byte == '<')
            out += "&lt;";
        else if (byte == '>')
            out += "&gt;";
        else if (byte == '"')
            out += "&quot;";
        else if (static_cast<unsigned char>(byte) >= 0x20 || byte == '\n' || byte == '\t')
            out += byte;
    }
    return out;
}

std::string draw_svg(const Timeline& timeline, const SvgOptions& options) {
    return Svg(timeline, options).draw();
}

}  // namespace loopglass::trace
