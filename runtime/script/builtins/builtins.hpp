// The module builtins: its functions, by topic. Wordings are CPython's (Python/bltinmodule.c).
#pragma once

#include <span>
#include <string_view>

#include "runtime/value/native.hpp"

namespace loopglass::script {

[[nodiscard]] std::span<const value::NativeMethod>
object_builtins();  // getattr, isinstance, hash …
[[nodiscard]] std::span<const value::NativeMethod> number_builtins();  // abs, divmod, hex, chr …
[[nodiscard]] std::span<const value::NativeMethod>
iteration_builtins();                                                  // iter, sorted, min, sum …
[[nodiscard]] std::span<const value::NativeMethod> code_builtins();    // eval, compile, globals …
[[nodiscard]] std::span<const value::NativeMethod> stream_builtins();  // print, input, open

// exit, quit, copyright, credits, license, help: what module site adds.
void add_site_builtins(const value::Value& module);
void initialise_anext_type();

// Writes what print() calls under way have put together so far. Whoever writes to the program's
// standard output by another way calls it first, so that the pieces come in the order of the calls.
void flush_open_prints();

}  // namespace loopglass::script
