// The interpreter as a session uses it: modules, compiling, running. One per process at a time,
// bound to g_host.
#pragma once

#include <string_view>

#include "runtime/value/objects.hpp"

namespace loopglass::script {

enum class CompileMode : uint8_t {
    Module,       // a file: `exec`
    ModuleAwait,  // the same with top-level await allowed; running it gives a coroutine if it uses
                  // any
    Cell,         // ModuleAwait; a last expression statement's value is the result
    Interactive,  // REPL input: every expression statement goes to sys.displayhook; await allowed
    Expression,   // `eval`
};

// Makes the types, sys.modules, builtins and an empty __main__ for g_host. Once a session.
void start_interpreter();
// Drops what scripts left, in CPython's order (Python/pylifecycle.c): __main__'s names, then
// modules.
void stop_interpreter();

// A Code object; empty with a SyntaxError pending (fields filled for the display).
[[nodiscard]] value::Value compile_source(std::string_view source, std::string_view filename,
                                          CompileMode mode);
// Is the source one that only parses with top-level await? (MODEL rule 8)
[[nodiscard]] bool needs_top_level_await(std::string_view source, std::string_view filename);
// Runs code with these globals. Answers the result (None, the value of an expression or cell), or a
// coroutine to be awaited where the code has top-level await; empty with the exception pending.
[[nodiscard]] value::Value run_code(const value::Value& code, value::Dict* globals);

[[nodiscard]] value::Module* main_module();
// import NAME: the module of exactly that (dotted) name; empty and pending on error.
[[nodiscard]] value::Value import_module(std::string_view name);

}  // namespace loopglass::script
