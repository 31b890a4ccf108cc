// Program: what the main thread of a run does, from compiling the script to the last message at
// exit. A plain script runs as a module; a notebook (`# %%` lines) and a script with top-level
// await run as tasks of one loop that stays open (conformance MODEL, rules 8 and 9).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/session/session.hpp"
#include "runtime/value/value.hpp"

namespace loopglass::session {

class Program {
public:
    // Runs inside the machine, on its main thread.
    void run(std::string_view source, std::string_view filename);

    // --- the pieces of it, for a prompt ----------------------------------------------------------
    // The script without the end of the program; it may have set `status`.
    void load(std::string_view source, std::string_view filename);
    // Ends the main part with the pending exception: status, message.
    void end_with_raised();
    // What the interpreter prints for an exception nobody caught.
    void report_exception(const value::Value& exception);
    // Joins threads, runs atexit functions, drops everything.
    void shut_down();

    int status = 0;
    bool syntax_error = false;
    std::optional<ScriptError> first_error;

private:
    void run_plain(std::string_view source, std::string_view filename);
    void run_cells(std::string_view source, std::string_view filename);
    bool run_cell(const value::Value& loop, std::string_view text, std::string_view filename,
                  bool echo);
};

}  // namespace loopglass::session
