// What this floor offers to the module `asyncio` and its relatives: functions by module. The
// classes are the `type` members of their structs, and define_… below lists the others.
#pragma once

#include <span>
#include <string_view>

#include "runtime/value/native.hpp"

namespace loopglass::loop {

// Makes all types of this floor, once a process; the value floor's must exist.
void initialise_loop_types();

[[nodiscard]] std::span<const value::NativeMethod> tasks_functions();
[[nodiscard]] std::span<const value::NativeMethod> as_completed_functions();
[[nodiscard]] std::span<const value::NativeMethod> events_functions();
[[nodiscard]] std::span<const value::NativeMethod> runners_functions();
[[nodiscard]] std::span<const value::NativeMethod> timeouts_functions();
[[nodiscard]] std::span<const value::NativeMethod> coroutines_functions();
[[nodiscard]] std::span<const value::NativeMethod> futures_functions();
[[nodiscard]] std::span<const value::NativeMethod> threads_functions();

// A class that has no C++ name outside its file: "asyncio.locks.Lock"; null if there is none.
[[nodiscard]] value::Type* find_type(std::string_view name);
void publish_type(std::string_view name, value::Type* type);

}  // namespace loopglass::loop
