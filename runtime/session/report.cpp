#include "runtime/session/report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "runtime/base/text.hpp"
#include "runtime/base/words.hpp"

namespace loopglass::session {

using base::cat;
using Json = nlohmann::ordered_json;

namespace {

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += cat(out.empty() ? "" : "; ", text);
    return out;
}

// A field of a CSV row. A leading = + - or @ would be a formula in a spreadsheet.
std::string field(std::string text) {
    if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos)
        text.insert(text.begin(), '\'');
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '<'   ? std::string("&lt;")
               : c == '>' ? std::string("&gt;")
               : c == '&' ? std::string("&amp;")
               : c == '"' ? std::string("&quot;")
                          : std::string(1, c);
    return out;
}

// The wrong ideas of a class, the most often chosen first.
struct ClassRule {
    std::string name, belief, truth;
    RuleRecord record;
    uint32_t pupils = 0;  // who chose it at least once
};
std::vector<ClassRule> class_rules(const std::vector<Pupil>& pupils) {
    std::map<std::string, ClassRule> rules;
    for (const Pupil& pupil : pupils)
        for (const auto& [name, record] : pupil.progress.rules) {
            ClassRule& rule = rules[name];
            rule.name = name;
            rule.record.offered += record.offered;
            rule.record.chosen += record.chosen;
            rule.pupils += record.chosen > 0;
        }
    std::vector<ClassRule> out;
    for (auto& [name, rule] : rules) {
        const RuleInfo* info = find_rule(name);
        rule.belief = info ? std::string(base::tr(info->belief)) : name;
        rule.truth = info ? std::string(base::tr(info->truth)) : std::string();
        out.push_back(std::move(rule));
    }
    std::stable_sort(out.begin(), out.end(), [](const ClassRule& a, const ClassRule& b) {
        return a.record.chosen > b.record.chosen;
    });
    return out;
}

struct Sum {
    size_t finished = 0, questions = 0, at_once = 0, right = 0, goals = 0;
};
Sum sum_of(const Progress& progress) {
    Sum out;
    for (const auto& [slug, lesson] : progress.lessons) {
        out.finished += lesson.finished;
        for (const auto& [key, question] : lesson.questions) {
            ++out.questions;
            out.right += question.right;
            out.at_once += question.right && question.tries == 1;
        }
        for (const auto& [key, reached] : lesson.goals) out.goals += reached;
    }
    return out;
}

std::string row(std::initializer_list<std::string> cells, const char* tag = "td") {
    std::string out = "<tr>";
    for (const std::string& cell : cells) out += cat("<", tag, ">", escaped(cell), "</", tag, ">");
    return out + "</tr>\n";
}

}  // namespace

std::string report_csv(const std::vector<Pupil>& pupils) {
    std::string out = "pupil,lesson,finished,question,tries,right,wrong ideas\n";
    for (const Pupil& pupil : pupils)
        for (const auto& [slug, lesson] : pupil.progress.lessons) {
            const std::string start =
                cat(field(pupil.name), ",", field(slug), ",", lesson.finished ? "yes" : "no", ",");
            for (const auto& [key, question] : lesson.questions)
                out += cat(start, field(key), ",", question.tries, ",",
                           question.right ? "yes" : "no", ",", field(joined(question.rules)), "\n");
            for (const auto& [key, reached] : lesson.goals)
                out += cat(start, field("goal " + key), ",,", reached ? "yes" : "no", ",\n");
            if (lesson.questions.empty() && lesson.goals.empty()) out += cat(start, ",,,\n");
        }
    return out;
}

std::string report_json(const std::vector<Pupil>& pupils) {
    Json out;
    out["pupils"] = Json::array();
    for (const Pupil& pupil : pupils) {
        Json entry = Json::parse(progress_text(pupil.progress));
        entry["pupil"] = pupil.name;
        out["pupils"].push_back(std::move(entry));
    }
    out["wrong ideas"] = Json::array();
    for (const ClassRule& rule : class_rules(pupils))
        out["wrong ideas"].push_back({{"name", rule.name},
                                      {"belief", rule.belief},
                                      {"offered", rule.record.offered},
                                      {"chosen", rule.record.chosen},
                                      {"pupils", rule.pupils}});
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string report_html(const std::vector<Pupil>& pupils) {
    std::string out =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<title>Loopglass: class report</title>\n<style>body{font:16px/1.5 sans-serif;max-width:"
        "60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;margin:"
        "1rem 0 2rem}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid "
        "#ccc}</style></head><body>\n<h1>Class report</h1>\n<h2>Wrong ideas</h2>\n<table>\n";
    out += row({"If you think that", "chosen", "offered", "pupils", "Really"}, "th");
    for (const ClassRule& rule : class_rules(pupils))
        out += row({rule.belief, std::to_string(rule.record.chosen),
                    std::to_string(rule.record.offered), std::to_string(rule.pupils), rule.truth});
    out += "</table>\n<h2>Pupils</h2>\n<table>\n";
    out +=
        row({"Pupil", "lessons finished", "questions", "right at once", "right", "goals reached"},
            "th");
    for (const Pupil& pupil : pupils) {
        const Sum sum = sum_of(pupil.progress);
        out += row({pupil.name, std::to_string(sum.finished), std::to_string(sum.questions),
                    std::to_string(sum.at_once), std::to_string(sum.right),
                    std::to_string(sum.goals)});
    }
    return out + "</table>\n</body></html>\n";
}

}  // namespace loopglass::session
