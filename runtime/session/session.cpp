#include "runtime/session/session.hpp"

#include <cmath>
#include <new>

#include "runtime/base/check.hpp"
#include "runtime/base/memory.hpp"
#include "runtime/base/text.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/script/host.hpp"
#include "runtime/script/interpreter.hpp"
#include "runtime/session/program.hpp"
#include "runtime/session/world_reader.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/thread.hpp"
#include "runtime/value/traceback.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;

namespace {

bool g_alive = false;     // one session at a time
int64_t g_fuel_held = 0;  // taken from the evaluator so that it stops at once: not spent

struct EndNames {
    std::string_view name, sentence;
    trace::EndReason reason;
};
constexpr EndNames kEnds[] = {
    {"exit", "", trace::EndReason::Completed},
    {"hang",
     "Nothing can ever run again: no task is ready, no timer is set, and everything left waits for "
     "something nobody will do.",
     trace::EndReason::Stuck},
    {"until", "The run was cut off at the wanted loop time.", trace::EndReason::TimeLimit},
    {"iterlimit", "The event loop went round too often (limit: 400,000 iterations).",
     trace::EndReason::FuelBudget},
    {"eventlimit",
     "The recording is full: the run made more events than allowed (--events raises the limit).",
     trace::EndReason::EventBudget},
    {"fuel", "The script used up all the steps it may take.", trace::EndReason::FuelBudget},
    {"outlimit", "The script printed more than it may (--output raises the limit).",
     trace::EndReason::MemoryBudget},
    {"memlimit", "The script needed more memory than it may have (--memory raises the limit).",
     trace::EndReason::MemoryBudget},
    {"stopped", "The run was stopped.", trace::EndReason::Stopped},
};

}  // namespace

std::string_view run_end_name(RunEnd end) {
    return kEnds[static_cast<size_t>(end)].name;
}
std::string_view run_end_sentence(RunEnd end) {
    return kEnds[static_cast<size_t>(end)].sentence;
}

struct Session::State {
    RunRequest request;
    std::unique_ptr<trace::Recording> recording;
    script::Host host;
    std::unique_ptr<loop::Machine> machine;
    Program program;
    Report report;
    OutputSink sink;
    std::string open_line;  // of stdout, not ended yet
    int64_t fuel_left;
    std::optional<base::MemoryLimit> memory;
    bool ended = false;

    explicit State(RunRequest its_request)
        : request(std::move(its_request)), fuel_left(request.fuel) {}

    void take_output(trace::Stream stream, std::string_view text);
    void finish();
    [[nodiscard]] RunEnd end_of_machine() const;
};

void Session::State::take_output(trace::Stream stream, std::string_view text) {
    const double now = loop::to_seconds(machine->now());
    if (report.out.size() + report.err.size() + text.size() > request.output_budget) {
        report.end = RunEnd::Output;
        machine->finish(loop::Machine::End::Stopped);
        return;
    }
    if (sink) sink(stream, text, now);
    if (stream == trace::Stream::Stderr) {
        report.err += text;
        return;
    }
    report.out += text;
    while (!text.empty()) {
        const size_t end = text.find('\n');
        open_line += text.substr(0, end);
        if (end == std::string_view::npos) break;
        report.lines.push_back({now, std::move(open_line)});
        open_line.clear();
        text.remove_prefix(end + 1);
    }
}

RunEnd Session::State::end_of_machine() const {
    switch (machine->end()) {
        case loop::Machine::End::Running:
        case loop::Machine::End::Exit:
            return RunEnd::Exit;
        case loop::Machine::End::Hang:
            return RunEnd::Hang;
        case loop::Machine::End::Until:
            return RunEnd::Until;
        case loop::Machine::End::Iterations:
            return RunEnd::Iterations;
        case loop::Machine::End::Events:
            return RunEnd::Events;
        case loop::Machine::End::Stopped:
            return RunEnd::Stopped;
    }
    UNREACHABLE();
}

// The machine has come to its end: sums up what is to be reported.
void Session::State::finish() {
    ended = true;
    memory.reset();
    if (report.end == RunEnd::Exit) report.end = end_of_machine();
    if (!host.finalizing) {
        // A run that was cut off never came to its own shut-down: what it left goes in silence.
        loop::set_abandoning(true);
        script::stop_interpreter();
        loop::set_abandoning(false);
    }
    report.status = host.exit_status ? host.exit_status : program.status;
    if (report.end == RunEnd::Hang || report.end == RunEnd::Until) report.status = 0;
    report.syntax_error = program.syntax_error;
    report.error = program.first_error;
    report.duration = loop::to_seconds(machine->now());
    loop::set_rule(Rule::None);
    // What its end drops still belongs to the recording.
    machine.reset();
    if (!open_line.empty()) report.lines.push_back({report.duration, std::move(open_line)});
    const bool failed = report.end == RunEnd::Exit && report.status != 0;
    recording->finish(
        failed ? trace::EndReason::Failed : kEnds[static_cast<size_t>(report.end)].reason,
        report.status,
        report.error ? cat(report.error->type, ": ", report.error->message) : std::string());
}

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}

Session::~Session() {
    if (!state_->ended) stop();
    state_->machine.reset();
    value::g_thread.frame = nullptr;
    value::g_thread.depth = 0;
    value::g_thread.handled = {};
    value::clear_raised();
    value::g_thread.recursion_limit = 1000;
    state_->host.modules = {};
    state_->host.sys = {};
    script::g_host = nullptr;
    value::g_write_stderr = nullptr;
    loop::set_rule(Rule::None);
    g_alive = false;
}

Result<std::unique_ptr<Session>> Session::create(RunRequest request) {
    CHECK(!g_alive, "only one session of a process may be alive at a time");
    auto state = std::make_unique<State>(std::move(request));
    const RunRequest& wanted = state->request;
    script::World& world = state->host.world;
    if (!wanted.world.empty())
        if (auto read = read_world(wanted.world, "world", wanted.world_directory, world); !read)
            return read.error();
    if (auto read = read_script_world(wanted.source, wanted.filename, world); !read)
        return read.error();
    if (wanted.seed) world.seed = *wanted.seed;

    state->recording = std::make_unique<trace::Recording>(wanted.level, wanted.event_budget);
    if (!wanted.record) state->recording->turn_off();
    trace::RunInfo& info = state->recording->info;
    info.title = world.title;
    info.filename = wanted.filename;
    info.source = wanted.source;
    info.world = wanted.world;
    info.seed = world.seed;
    if (wanted.rule != Rule::None) info.rule = rule_info(wanted.rule).name;

    state->host.script_name = wanted.filename;
    state->host.arguments = wanted.arguments;
    if (!wanted.filename.starts_with('<')) state->host.files.put(wanted.filename, wanted.source);
    for (const auto& [path, bytes] : world.files) state->host.files.put(path, bytes);
    for (const auto& [path, bytes] : wanted.files) state->host.files.put(path, bytes);

    loop::MachineOptions options;
    options.cpu_count = world.cpus;
    options.max_iterations = wanted.iterations;
    if (wanted.until) options.stop_at = loop::to_ns(*wanted.until);
    state->machine = std::make_unique<loop::Machine>(*state->recording, options);
    g_alive = true;
    loop::set_rule(wanted.rule);
    State* raw = state.get();
    state->machine->output = [raw](trace::Stream stream, std::string_view text) {
        raw->take_output(stream, text);
    };
    script::g_host = &state->host;
    value::g_write_stderr = [](std::string_view text) {
        loop::g_machine->write(trace::Stream::Stderr, text);
    };
    state->memory.emplace(
        wanted.memory_budget,
        [] {
            g_fuel_held += std::max<int64_t>(value::g_thread.fuel, 0);
            value::g_thread.fuel = 0;
        },
        [] {
            loop::set_abandoning(true);  // what is dropped on the way out runs and prints nothing
            value::g_thread.fuel = 0;
        });
    state->machine->start([raw] {
        if (raw->request.main) return raw->request.main(raw->program);
        raw->program.run(raw->request.source, raw->request.filename);
    });
    return std::unique_ptr<Session>(new Session(std::move(state)));
}

void Session::on_output(OutputSink sink) {
    state_->sink = std::move(sink);
}

bool Session::advance(int64_t fuel) {
    if (state_->ended) return true;
    const int64_t given = std::min(fuel, state_->fuel_left);
    g_fuel_held = 0;
    bool done = false;
    try {
        done = state_->machine->run(given);
    } catch (const std::bad_alloc&) {
        return end_out_of_memory();
    }
    if (state_->fuel_left != INT64_MAX)
        state_->fuel_left -=
            given - std::clamp<int64_t>(value::g_thread.fuel, 0, given) - g_fuel_held;
    if (!done && state_->fuel_left <= 0) {
        state_->report.end = RunEnd::Fuel;
        state_->machine->stop();
    } else if (!done && state_->recording->full()) {
        state_->report.end = RunEnd::Events;
        state_->machine->stop();
    } else if (!done) {
        return false;
    }
    state_->finish();
    return true;
}

// No script frame is left to go on in; what stood on other fibers is abandoned.
bool Session::end_out_of_memory() {
    state_->memory.reset();
    value::clear_raised();
    state_->report.end = RunEnd::Memory;
    state_->machine->stop();
    state_->finish();
    return true;
}

void Session::stop() {
    if (state_->ended) return;
    state_->machine->stop();
    state_->report.end = RunEnd::Stopped;
    state_->finish();
}

bool Session::ended() const {
    return state_->ended;
}
const Report& Session::report() const {
    return state_->report;
}
const trace::Recording& Session::recording() const {
    return *state_->recording;
}

std::unique_ptr<trace::Recording> Session::take_recording() {
    CHECK(state_->ended, "a recording is handed over when its run has ended");
    return std::move(state_->recording);
}

Result<Outcome> run_script(RunRequest request) {
    auto session = Session::create(std::move(request));
    if (!session) return session.error();
    (*session)->run_to_end();
    Outcome outcome;
    outcome.report = (*session)->report();
    outcome.recording = (*session)->take_recording();
    return outcome;
}

}  // namespace loopglass::session
