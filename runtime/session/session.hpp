// Session: one run under control. A script, its world and a recording; the host advances it by fuel
// and always gets control back. Command line, window, tests and fuzzers drive the same object.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.hpp"
#include "runtime/session/rules.hpp"
#include "runtime/trace/recording.hpp"

namespace loopglass::session {

class Program;

// What to run, and where the limits are. Every limit has its own end reason and message.
struct RunRequest {
    std::string source;                  // the script's text, UTF-8
    std::string filename = "<script>";   // as tracebacks show it
    std::vector<std::string> arguments;  // sys.argv[1:]
    std::string world;                   // TOML; tables of the script's own metadata block win
    std::string world_directory;         // what its `files` entry is relative to
    std::map<std::string, std::string>
        files;  // more files for the simulated disk, by relative path
    std::optional<uint64_t> seed;
    std::optional<double> until;  // seconds of loop time at which the run is cut off
    uint32_t event_budget = trace::Recording::kDefaultBudget;
    int64_t fuel = INT64_MAX;                 // evaluator steps in all
    size_t output_budget = size_t{64} << 20;  // bytes printed in all
    uint64_t iterations = 400'000;            // of all event loops together
    size_t memory_budget = size_t{1} << 30;   // bytes its values and stacks may take
    trace::Level level = trace::Level::Switch;
    bool record = true;      // for measurements: without a recording there is nothing to look at
    Rule rule = Rule::None;  // the run is what a wrong idea expects: never CPython's order
    // What the main thread does in place of running `source`: a prompt.
    std::function<void(Program&)> main;
};

enum class RunEnd : uint8_t {
    Exit,
    Hang,
    Until,
    Iterations,
    Events,
    Fuel,
    Output,
    Memory,
    Stopped
};
[[nodiscard]] std::string_view run_end_name(RunEnd end);  // "exit", "hang", "until" … as in reports
[[nodiscard]] std::string_view run_end_sentence(RunEnd end);  // for people; empty for Exit

struct ScriptError {
    std::string type;     // "ValueError", "asyncio.exceptions.TimeoutError"
    std::string message;  // str() of it
};

// One line of stdout and the loop time (seconds) at which it was completed.
struct TimedLine {
    double time;
    std::string text;
};

struct Report {
    std::string out;  // all of stdout
    std::string err;  // all of stderr
    std::vector<TimedLine> lines;
    RunEnd end = RunEnd::Exit;
    int status = 0;                    // what the script's process would exit with
    bool syntax_error = false;         // it never ran
    double duration = 0;               // seconds of loop time
    std::optional<ScriptError> error;  // the first exception nobody caught
};

class Session {
public:
    // Only one session of a process may be alive at a time: scripts' values live in global pools.
    [[nodiscard]] static base::Result<std::unique_ptr<Session>> create(RunRequest request);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Called with every piece of output as it appears, besides being kept; `time` in seconds.
    using OutputSink =
        std::function<void(trace::Stream stream, std::string_view text, double time)>;
    void on_output(OutputSink sink);

    // Runs on for at most `fuel` evaluator steps; true when the run has ended.
    bool advance(int64_t fuel = INT64_MAX);
    void run_to_end() {
        while (!advance()) {
        }
    }
    void stop();  // ends it from outside
    [[nodiscard]] bool ended() const;

    [[nodiscard]] const Report& report() const;
    [[nodiscard]] const trace::Recording& recording() const;
    // Hands the recording over; the session must have ended.
    [[nodiscard]] std::unique_ptr<trace::Recording> take_recording();

private:
    struct State;
    bool end_out_of_memory();
    explicit Session(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// Everything at once: what commands and tests mostly want.
struct Outcome {
    Report report;
    std::unique_ptr<trace::Recording> recording;
};
[[nodiscard]] base::Result<Outcome> run_script(RunRequest request);

}  // namespace loopglass::session
