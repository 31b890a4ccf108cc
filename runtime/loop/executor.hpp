// Threads for functions that block: the default executor and asyncio.to_thread (MODEL rule 4).
#pragma once

#include <string_view>

#include "runtime/value/value.hpp"

namespace loopglass::loop {

struct EventLoop;

// Native bodies of the loop's methods.
[[nodiscard]] value::Value run_in_executor(const value::Value* arguments);
[[nodiscard]] value::Value set_default_executor(const value::Value* arguments);
[[nodiscard]] value::Value shutdown_default_executor(const value::Value* arguments);

// Set by the script floor: the attribute `name` of module `module`, imported if need be.
extern value::Value (*g_import)(std::string_view module, std::string_view name);

}  // namespace loopglass::loop
