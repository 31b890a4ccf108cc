#include "runtime/session/repl_commands.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "runtime/base/text.hpp"
#include "runtime/session/repl_answers.hpp"
#include "runtime/session/repl_names.hpp"
#include "runtime/session/repl_save.hpp"
#include "runtime/trace/draw_text.hpp"
#include "runtime/trace/file.hpp"
#include "runtime/trace/formats.hpp"
#include "runtime/trace/text_form.hpp"

namespace loopglass::session {

using base::cat;
using trace::EventIndex;
using trace::TaskId;
using Kind = ReplOrder::Kind;

namespace {

std::string_view trimmed(std::string_view text) {
    const size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// The first word; `rest` is what stands behind it.
std::string_view first_word(std::string_view text, std::string_view& rest) {
    const size_t end = std::min(text.find_first_of(" \t"), text.size());
    rest = trimmed(text.substr(end));
    return text.substr(0, end);
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// Seconds, as in "1.5" or "1.5s"; at most some thousand years.
std::optional<int64_t> ns_of(std::string_view text) {
    if (text.ends_with('s')) text = trimmed(text.substr(0, text.size() - 1));
    const std::optional<double> seconds = number_of<double>(text);
    if (!seconds || !(*seconds >= 0) || !(*seconds < 1e9)) return std::nullopt;
    return static_cast<int64_t>(*seconds * 1e9 + 0.5);
}

}  // namespace

// One function per command; all may see the prompt from inside.
class ReplCommands {
public:
    using Handler = void (*)(Repl& repl, std::string_view arguments);
    struct Entry {
        ReplCommandInfo info;
        Handler handler;
    };
    static const std::vector<Entry>& table();
    static void unknown(Repl& repl, std::string_view name, std::string_view why) {
        complain(repl, cat(":", name, " ", why, "; :help lists them."));
    }

private:
    static void answer(Repl& repl, std::string text) {
        repl.say(ReplText::Kind::Answer, std::move(text));
    }
    static void complain(Repl& repl, std::string text) {
        repl.say(ReplText::Kind::Note, std::move(text));
    }
    // A piece of time, as often as the argument says.
    template <Kind kind>
    static void step(Repl& repl, std::string_view arguments) {
        const std::optional<uint32_t> count =
            arguments.empty() ? std::optional<uint32_t>(1) : number_of<uint32_t>(arguments);
        if (!count || !*count) return complain(repl, "How often? Give a number from 1.");
        ReplOrder order;
        order.kind = kind;
        order.count = *count;
        repl.move(std::move(order));
    }
    static void run(Repl& repl, std::string_view arguments) {
        ReplOrder order;
        order.kind = Kind::Idle;
        if (!arguments.empty()) {
            const std::optional<int64_t> ns = ns_of(arguments);
            if (!ns) return complain(repl, "How long? Give seconds, such as :run 0.5.");
            order.kind = Kind::Sleep;
            order.ns = *ns;
        }
        repl.move(std::move(order));
    }
    static void live(Repl& repl, std::string_view arguments) {
        if (!arguments.empty() && arguments != "on" && arguments != "off")
            return complain(repl, "Say :live on or :live off.");
        repl.live_ = arguments.empty() ? !repl.live_ : arguments == "on";
        complain(repl, repl.live_ ? "The clock follows real time; :live stops it."
                                  : "Time stands still again.");
    }

    // --- going back
    static void arrived(Repl& repl) {
        if (!repl.in_past()) return complain(repl, "Here is the present.");
        const EventIndex position = repl.position();
        if (!position) return complain(repl, "Before the first event.");
        answer(repl, tell_event(repl.timeline(), position - 1));
    }
    static void back(Repl& repl, std::string_view arguments) {
        static constexpr std::pair<std::string_view, trace::StepSize> kSizes[] = {
            {"step", trace::StepSize::Statement},
            {"switch", trace::StepSize::Switch},
            {"iter", trace::StepSize::Iteration},
            {"jump", trace::StepSize::ClockJump}};
        for (const auto& [name, size] : kSizes) {
            if (arguments != name) continue;
            const EventIndex position = repl.position();
            repl.go_to(position ? repl.timeline().previous(size, position - 1) + 1 : 0);
            return arrived(repl);
        }
        std::optional<uint32_t> count =
            arguments.empty() ? std::optional<uint32_t>(1) : number_of<uint32_t>(arguments);
        if (!count)
            return complain(repl,
                            "Back by how many inputs and commands? Or by step, switch, iter "
                            "or jump.");
        const auto& orders = repl.branch().orders;
        EventIndex to = repl.position();
        for (size_t i = orders.size(); i-- > 0 && *count > 0;)
            if (orders[i].begin < to) to = orders[i].begin, --*count;
        repl.go_to(to);
        arrived(repl);
    }
    static void go(Repl& repl, std::string_view arguments) {
        if (arguments == "now" || arguments == "end") return repl.go_to(UINT32_MAX), arrived(repl);
        if (const auto event = number_of<uint32_t>(arguments)) {
            repl.go_to(*event < UINT32_MAX ? *event + 1 : *event);
        } else if (const auto ns = ns_of(arguments)) {
            // Times are shown in milliseconds: what is shown with the time asked for belongs to it.
            const int64_t later = *ns % 1'000'000 == 0 ? 500'000 : 1;
            repl.go_to(repl.timeline().recording().first_at(*ns + later));
        } else {
            return complain(repl, "Where to? The number of an event, a time such as 0.2s, or now.");
        }
        arrived(repl);
    }

    // --- questions
    template <std::string (*question)(const trace::Timeline&, EventIndex)>
    static void ask(Repl& repl, std::string_view) {
        answer(repl, question(repl.timeline(), repl.position()));
    }
    template <std::string (*question)(const trace::Timeline&, EventIndex, TaskId)>
    static void ask_of(Repl& repl, std::string_view arguments) {
        const std::vector<std::string> alive = task_labels(repl);
        TaskId task = 0;
        if (!arguments.empty()) task = find_task(repl, arguments);
        if (arguments.empty() && alive.size() == 1) task = find_task(repl, alive.front());
        if (task && repl.timeline().task(task).created >= repl.position())
            return complain(repl, "That task does not exist yet.");
        if (task) return answer(repl, question(repl.timeline(), repl.position(), task));
        std::string names;
        for (const std::string& name : alive) names += cat(names.empty() ? "" : ", ", name);
        complain(repl,
                 cat(arguments.empty() ? std::string("Which task?")
                                       : cat("There is no task ", arguments, "."),
                     names.empty() ? std::string(" None is alive.") : cat(" Alive: ", names, ".")));
    }
    static void timeline(Repl& repl, std::string_view arguments) {
        trace::DrawOptions draw;
        draw.width = number_of<unsigned>(arguments).value_or(80);
        draw.focus = repl.position() ? repl.position() - 1 : trace::kNoEvent;
        if (repl.timeline().size() == 0) return answer(repl, "Nothing has happened yet.\n");
        answer(repl, trace::draw_timeline(repl.timeline(), draw));
    }
    static void help(Repl& repl, std::string_view arguments) {
        std::string out;
        for (const Entry& entry : table()) {
            if (!arguments.empty() && entry.info.name != arguments &&
                arguments != cat(":", entry.info.name))
                continue;
            std::string call = cat(":", entry.info.name, " ", entry.info.arguments);
            call.resize(std::max<size_t>(call.size(), 20), ' ');
            out += cat("  ", call, " ", entry.info.help, "\n");
        }
        if (out.empty()) return complain(repl, cat("There is no command :", arguments, "."));
        if (arguments.empty())
            out +=
                "Everything else is Python: an await runs the loop until it is done; otherwise "
                "time stands still.\n";
        answer(repl, std::move(out));
    }

    // --- branches
    static std::string describe(const ReplOrder& order) {
        const auto times = [&](std::string_view name) {
            return order.count == 1 ? cat(":", name) : cat(":", name, " ", order.count);
        };
        switch (order.kind) {
            case Kind::Input:
                return cat(order.text.substr(0, order.text.find('\n')),
                           order.text.find('\n') == std::string::npos ? "" : " …");
            case Kind::Statement:
                return times("step");
            case Kind::Switch:
                return times("switch");
            case Kind::Iteration:
                return times("iter");
            case Kind::Jump:
                return times("jump");
            case Kind::Sleep:
                return cat(":run ", trace::seconds_text(order.ns));
            case Kind::Idle:
                return ":run";
            case Kind::Until:
                return cat("live until ", trace::seconds_text(order.ns), " s");
            case Kind::Pieces:
                return "(part of a command)";
            case Kind::Quit:
                return "(end)";
        }
        return {};
    }
    static void history(Repl& repl, std::string_view) {
        std::string out;
        for (const auto& done : repl.branch().orders)
            out += cat("  ", trace::seconds_text(done.from), " s  event ", done.begin, "  ",
                       describe(done.order), "\n");
        answer(repl, out.empty() ? "Nothing has been typed yet.\n" : out);
    }
    static void branches(Repl& repl, std::string_view) {
        std::string out;
        for (size_t i = 0; i < repl.branches_.size(); ++i) {
            const auto& branch = repl.branches_[i];
            out += cat(i == repl.current_ ? "* " : "  ", branch.number, ": ");
            if (branch.parent) out += cat("from ", branch.parent, ", ");
            const size_t own = branch.shared;
            out += cat(branch.orders.size(), branch.orders.size() == 1 ? " order" : " orders");
            if (own < branch.orders.size())
                out += cat(", first of its own: ", describe(branch.orders[own].order));
            out += "\n";
        }
        answer(repl, out);
    }
    static size_t find_branch(Repl& repl, std::string_view text) {
        const auto number = number_of<uint32_t>(text);
        for (size_t i = 0; number && i < repl.branches_.size(); ++i)
            if (repl.branches_[i].number == *number) return i;
        complain(repl, cat("There is no branch ", text, "; :branches lists them."));
        return SIZE_MAX;
    }
    static void branch(Repl& repl, std::string_view arguments) {
        if (arguments.empty())
            return complain(repl, "Which branch? Give its number; :branches lists them.");
        const size_t to = find_branch(repl, arguments);
        if (to == SIZE_MAX) return;
        if (to != repl.current_) {
            repl.leave_branch();
            repl.current_ = to;
            std::vector<Repl::Done> orders = repl.branch().orders;
            repl.rebuild(std::move(orders));
        }
        complain(repl, cat("This is branch ", repl.branch().number, "."));
    }
    static const trace::Timeline& timeline_of(const Repl& repl, size_t branch) {
        return branch == repl.current_ ? *repl.timeline_ : *repl.branches_[branch].timeline;
    }
    static void compare(Repl& repl, std::string_view arguments) {
        std::string_view second;
        const std::string_view first = first_word(arguments, second);
        if (second.empty()) return complain(repl, "Compare which two branches? :compare 1 2");
        const size_t a = find_branch(repl, first), b = find_branch(repl, second);
        if (a == SIZE_MAX || b == SIZE_MAX) return;
        const trace::Timeline &left = timeline_of(repl, a), &right = timeline_of(repl, b);
        const auto size = [&](size_t branch, const trace::Timeline& timeline) {
            return branch == repl.current_ ? timeline.size() : repl.branches_[branch].size;
        };
        const EventIndex left_size = size(a, left), right_size = size(b, right);
        EventIndex at = 0;
        while (at < left_size && at < right_size &&
               trace::event_text(left.recording(), at) == trace::event_text(right.recording(), at))
            ++at;
        if (at == left_size && at == right_size) return answer(repl, "They do not differ.\n");
        const auto side = [&](std::string_view name, const trace::Timeline& timeline,
                              EventIndex end) {
            return at < end ? cat("  branch ", name, ": ", tell_event(timeline, at))
                            : cat("  branch ", name, ": nothing more has happened\n");
        };
        answer(repl, cat("They differ from event ", at, " on:\n", side(first, left, left_size),
                         side(second, right, right_size)));
    }

    // --- files
    static void save(Repl& repl, std::string_view arguments) {
        if (arguments.empty()) return complain(repl, "Save as what? :save FILE.py");
        std::vector<SavedOrder> orders;
        for (const auto& done : repl.branch().orders) {
            if (repl.in_past() && done.end > repl.position()) break;
            orders.push_back({done.order, done.how, done.to - done.from, describe(done.order)});
        }
        const std::string text =
            saved_program(orders, repl.request_.source, repl.request_.filename);
        write(repl, std::string(arguments), text);
    }
    static void export_run(Repl& repl, std::string_view arguments) {
        std::string_view file;
        const std::string_view name = first_word(arguments, file);
        const trace::Format* format = trace::find_format(name);
        if (!format || file.empty())
            return complain(repl,
                            cat("Say :export FORMAT FILE; formats: ", trace::format_names(), "."));
        write(repl, std::string(file), format->write(repl.timeline()));
    }
    static void write(Repl& repl, const std::string& path, const std::string& bytes) {
        if (const auto error = trace::write_file(path, bytes))
            return complain(repl, error->message);
        complain(repl, cat("Wrote ", path, "."));
    }
    static void quit(Repl& repl, std::string_view) { repl.end_of_input(); }
};

const std::vector<ReplCommands::Entry>& ReplCommands::table() {
    using A = ReplArgument;
    static const std::vector<Entry> entries{
        {{"help", "[COMMAND]", "this list", A::Command}, &help},
        {{"step", "[N]", "to the next statement of a task", A::None}, &step<Kind::Statement>},
        {{"switch", "[N]", "the next task step or callback, to its end", A::None},
         &step<Kind::Switch>},
        {{"iter", "[N]", "to the end of an iteration of the loop", A::None},
         &step<Kind::Iteration>},
        {{"jump", "[N]", "until the clock jumps to the next timer", A::None}, &step<Kind::Jump>},
        {{"run", "[SECONDS]", "lets time pass, as await asyncio.sleep(SECONDS); all there is",
          A::None},
         &run},
        {{"live", "[on|off]", "the clock follows real time, or stands still", A::OnOff}, &live},
        {{"back", "[N|SIZE]", "back by N inputs; or by a step, switch, iter, jump", A::Stop},
         &back},
        {{"goto", "EVENT|TIME|now", "to an event (:goto 17), a time (:goto 0.2s), the present",
          A::None},
         &go},
        {{"tasks", "", "every task and its state", A::None}, &ask<answer_tasks>},
        {{"ready", "", "the ready queue, front first", A::None}, &ask<answer_ready>},
        {{"timers", "", "the timers that are set, in the order they will ring", A::None},
         &ask<answer_timers>},
        {{"why", "TASK", "why it is where it is: the chain of causes", A::Task},
         &ask_of<answer_why>},
        {{"waits", "TASK", "what it waits for, and whom that waits for", A::Task},
         &ask_of<answer_waits>},
        {{"tree", "", "who created whom", A::None}, &ask<answer_tree>},
        {{"locals", "TASK", "its local variables", A::Task}, &ask_of<answer_locals>},
        {{"timeline", "[COLUMNS]", "what has happened, drawn", A::None}, &timeline},
        {{"lint", "", "what looks like a mistake", A::None}, &ask<answer_lint>},
        {{"output", "", "everything printed, with its time", A::None}, &ask<answer_output>},
        {{"history", "", "the inputs and commands that led here", A::None}, &history},
        {{"branches", "", "the pasts that were changed", A::None}, &branches},
        {{"branch", "N", "to the end of another branch", A::Branch}, &branch},
        {{"compare", "A B", "the first difference between two branches", A::Branch}, &compare},
        {{"save", "FILE.py", "what was typed as a script", A::None}, &save},
        {{"export", "FORMAT FILE", "the recording, in a form of the export command", A::Format},
         &export_run},
        {{"quit", "", "leaves (so does Ctrl-D)", A::None}, &quit},
    };
    return entries;
}

std::vector<ReplCommandInfo> repl_commands() {
    std::vector<ReplCommandInfo> out;
    for (const ReplCommands::Entry& entry : ReplCommands::table()) out.push_back(entry.info);
    return out;
}

void run_command(Repl& repl, std::string_view line) {
    std::string_view arguments;
    std::string_view name = first_word(trimmed(line).substr(1), arguments);
    if (name.empty() || name == "?") name = "help";  // ": step" asks what :step does
    // Any beginning of a name that belongs to one command only will do.
    const ReplCommands::Entry* found = nullptr;
    size_t matches = 0;
    for (const ReplCommands::Entry& entry : ReplCommands::table()) {
        if (entry.info.name == name) {
            found = &entry;
            matches = 1;
            break;
        }
        if (!name.empty() && entry.info.name.starts_with(name)) found = &entry, ++matches;
    }
    if (matches == 1) return found->handler(repl, arguments);
    ReplCommands::unknown(repl, name,
                          matches > 1 ? "could mean several commands" : "is no command");
}

TaskId find_task(const Repl& repl, std::string_view text) {
    const trace::Timeline& timeline = repl.timeline();
    TaskId found = 0;
    for (TaskId task = 1; task <= timeline.task_count(); ++task) {
        if (timeline.task(task).created >= repl.position()) continue;
        if (timeline.label(task) == text) return task;
        if (timeline.recording().text_of(timeline.task(task).name) == text ||
            timeline.letter(task) == text)
            found = task;
    }
    return found ? found : task_of_variable(text);
}

std::vector<std::string> task_labels(const Repl& repl) {
    std::vector<std::string> out;
    const trace::Timeline& timeline = repl.timeline();
    const EventIndex position = repl.position();
    const trace::Model model = timeline.model_at(position ? position - 1 : trace::kNoEvent);
    for (TaskId task = 1; task <= model.task_count(); ++task)
        if (trace::is_alive(model.phase(task))) out.push_back(timeline.label(task));
    return out;
}

}  // namespace loopglass::session
