// The command line: one function per command, options already parsed. Exit codes: 0 good, 1 the
// script failed, 2 it does not parse or the call is wrong, 3 a limit or a deadlock ended the run,
// 4 a file could not be read or written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loopglass::cli {

enum ExitCode : int { kGood = 0, kScriptFailed = 1, kUsage = 2, kLimit = 3, kFileTrouble = 4 };

// What every command that runs a scenario takes.
struct RunOptions {
    std::string file;  // "-": standard input
    std::vector<std::string> arguments;
    std::string world;  // a TOML file
    std::string files;  // a folder, copied into the simulated disk
    std::optional<double> until;
    std::optional<uint64_t> seed;
    uint32_t events = 10'000'000;
    int64_t fuel = 3'000'000'000;  // about twenty seconds of an empty loop
    size_t memory = 1024;          // MiB
    size_t output = 64;            // MiB
    bool json = false;
    bool stamps = false;
    bool lines = false;
    std::string rule;  // the name of a wrong idea to run under
};

struct OutputOptions {
    std::string format;
    std::string out;  // empty: standard output
    int width = 0;    // 0: as wide as the terminal
};

struct CheckOptions {
    std::vector<std::string> paths;  // scenarios, lessons, or folders of them
    bool json = false;
};

int run(const RunOptions& options);
int trace(const RunOptions& options, const OutputOptions& output);
int show(const RunOptions& options, const OutputOptions& output);
// A prompt; `file` may be empty. Reads inputs from a pipe where standard input is one.
int repl(const RunOptions& options);
// The formats that need no drawing of the window.
int export_run(const RunOptions& options, const OutputOptions& output);
// What `output` asks for, or what the end of its file's name says; empty if neither is known.
[[nodiscard]] std::string export_format(const OutputOptions& output);
// Exit code 1 if anything is an error.
int check(const CheckOptions& options);

// Everything: parses argv and runs the command. What needs a window is handed to `window`.
struct WindowRequest {
    std::string file;    // scenario or recording; empty: the first lesson
    std::string lesson;  // a lesson's name
    std::string language;
    bool screenshot = false;  // or an animation: write `out` and open nothing
    std::string out;          // of a picture
    bool animation = false;   // a GIF, not a PNG
    std::optional<uint32_t> at;
    int width = 1440, height = 900;
    bool light = false;
    bool presenter = false;
    std::string clothes;
    uint32_t select = 0;  // a task's number
    std::string keys;     // characters typed before the picture is taken
};
using WindowMain = int (*)(const WindowRequest& request);
int main(int argc, char** argv, WindowMain window);

}  // namespace loopglass::cli
