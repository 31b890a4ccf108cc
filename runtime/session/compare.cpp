#include "runtime/session/compare.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"
#include "runtime/base/words.hpp"
#include "runtime/session/answers.hpp"
#include "runtime/trace/draw_text.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;
using trace::EventIndex;
using trace::kNoEvent;
using trace::Timeline;

namespace {

std::string stamp(const Timeline& timeline, EventIndex event) {
    return trace::seconds_text(timeline.recording().time(event));
}

// "0.100  tick 1", or nothing after the last line.
std::string told(const Timeline& timeline, EventIndex event) {
    return event == kNoEvent ? std::string()
                             : cat(stamp(timeline, event), "  ", printed_line(timeline, event));
}

// Cuts or fills to so many columns.
std::string column(std::string text, unsigned width) {
    const auto first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    unsigned columns = 0;
    size_t end = 0;
    for (; end < text.size(); ++end) {
        if (first_byte(text[end]) && columns == width) break;
        columns += first_byte(text[end]);
    }
    text.resize(end);
    return text + std::string(width - std::min(width, columns), ' ');
}

EventIndex print_at(const Timeline& timeline, size_t place) {
    return place < timeline.prints().size() ? timeline.prints()[place] : kNoEvent;
}

// What happens at the difference in one of the runs: `"tick 1" prints at 0.100 s`.
std::string happening(const Timeline& timeline, EventIndex event) {
    if (event == kNoEvent) return base::tr("nothing more prints");
    return base::filled(base::tr("\"{}\" prints at {} s"),
                        {printed_line(timeline, event), stamp(timeline, event)});
}

}  // namespace

Difference first_difference(const Timeline& left, const Timeline& right) {
    Difference out;
    for (;; ++out.line) {
        out.left = print_at(left, out.line);
        out.right = print_at(right, out.line);
        if (out.left == kNoEvent || out.right == kNoEvent) return out;
        if (printed_line(left, out.left) != printed_line(right, out.right) ||
            left.recording().time(out.left) != right.recording().time(out.right))
            return out;
    }
}

std::string sentence_of_rule(Rule rule, const Timeline& truth, const Timeline& other) {
    const RuleInfo& info = rule_info(rule);
    const Difference difference = first_difference(truth, other);
    if (!difference.any())
        return base::filled(base::tr("If {}, the output would be the same here. {}"),
                            {base::tr(info.belief), base::tr(info.truth)});
    return base::filled(base::tr("If {}, then {}; really, {}. {}"),
                        {base::tr(info.belief), happening(other, difference.right),
                         happening(truth, difference.left), base::tr(info.truth)});
}

Result<Comparison> run_compare(const Lesson& lesson, const Compare& compare) {
    const auto complain = [&](std::string_view what) {
        return Error{cat(lesson.path, ":", compare.place.line, ":1: ", what),
                     {compare.place.line, 1, compare.place.line, 1}};
    };
    Comparison out;
    out.title = compare.title;
    out.text = compare.text;
    const std::string left = compare.left.empty() ? lesson.scenario_name : compare.left;
    const std::string right = compare.rule != Rule::None ? left : compare.right;
    for (const std::string& name : {left, right})
        if (!lesson.script(name)) return complain(cat("the lesson's folder has no script ", name));
    auto left_run = run_lesson_script(*lesson.script(left), left);
    if (!left_run) return left_run.error();
    auto right_run = run_lesson_script(*lesson.script(right), right, compare.rule);
    if (!right_run) return right_run.error();
    out.left = std::move(*left_run);
    out.right = std::move(*right_run);
    out.left_name = left;
    out.right_name =
        compare.rule == Rule::None
            ? right
            : base::filled(base::tr("if {}"), {base::tr(rule_info(compare.rule).belief)});
    if (out.title.empty()) out.title = cat(out.left_name, " and ", out.right_name);
    if (!first_difference(*out.left.timeline, *out.right.timeline).any() &&
        out.left.recording->duration() == out.right.recording->duration())
        return complain(
            "these two runs print the same lines at the same times: nothing to compare");
    return out;
}

std::string draw_side_by_side(const Timeline& left, std::string_view left_name,
                              const Timeline& right, std::string_view right_name,
                              const SideBySideOptions& options) {
    trace::DrawOptions draw;
    draw.width = options.width;
    draw.unicode = options.unicode;
    draw.legend = draw.runtime_tasks = false;
    draw.end = std::max({left.recording().duration(), right.recording().duration(), int64_t{1}});
    std::string out = cat("-- ", left_name, "\n", trace::draw_timeline(left, draw), "-- ",
                          right_name, "\n", trace::draw_timeline(right, draw), "\n");
    const unsigned half = std::max(options.width, 40u) / 2 - 3;
    out += cat("  ", column(std::string(left_name), half), "   ",
               column(std::string(right_name), half), "\n");
    const Difference difference = first_difference(left, right);
    const size_t lines = options.to_difference
                             ? difference.line + 1
                             : std::max(left.prints().size(), right.prints().size());
    for (size_t i = 0; i < lines; ++i) {
        const bool differs = i == difference.line && difference.any();
        const char* mark = !differs ? " | " : options.unicode ? " ≠ " : " # ";
        out += cat(differs ? "> " : "  ", column(told(left, print_at(left, i)), half), mark,
                   column(told(right, print_at(right, i)), half), "\n");
    }
    return out;
}

}  // namespace loopglass::session
