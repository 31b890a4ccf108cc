// What the evaluator's files share with the interpreter around them.
#pragma once

#include <string_view>

#include "runtime/script/factory.hpp"
#include "runtime/script/interpreter.hpp"

namespace loopglass::script {
struct SyntaxProblem;
}

namespace loopglass::script::eval {

// sys.modules[name], imported first if need be: the module itself (of `a.b`: b).
[[nodiscard]] Value import_module(std::string_view name);
// `import name` as a statement or __import__ does it: the top package, or the leaf if `leaf`.
[[nodiscard]] Value import_name(std::string_view name, Dict* globals, uint32_t level, bool leaf);
// One name of `from module import name`.
[[nodiscard]] Value import_from(const Value& module, Str* name);

[[nodiscard]] bool evaluate_all(ScriptFrame& frame, const Nodes& nodes, std::vector<Value>& out);

// The dict of the module builtins.
[[nodiscard]] Dict* builtins_dict();

// A code object; `reusable`: it may be run with several namespaces (compile()).
[[nodiscard]] Value compile_text(std::string_view source, std::string_view filename,
                                 CompileMode mode, bool reusable);
// Raises the exception of a text that does not parse.
void raise_syntax_error(const SyntaxProblem& problem, std::string_view filename);
// Runs a module's, eval's or exec's code; `names` empty: the globals.
[[nodiscard]] Value run_code(FunctionCode* code, Dict* globals, const Value& names,
                             const Tuple* closure = nullptr);

}  // namespace loopglass::script::eval
