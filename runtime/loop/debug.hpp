// Debug mode: where a handle, future or task was created.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/value/objects.hpp"

namespace loopglass::loop {

struct EventLoop;
struct Handle;
struct Future;

// The stack of script functions now, innermost last, as "  File ..." lines of a traceback; a str.
// `library` is the place inside asyncio that CPython would show last ("tasks.py:410"), or null.
[[nodiscard]] value::Value capture_stack(const char* library = nullptr);
// " created at FILE:LINE", or empty outside debug mode.
[[nodiscard]] std::string created_at_text(const Handle* handle);
[[nodiscard]] std::string created_at_text(const Future* future);
// Adds the key 'source_traceback' to a context for the exception handler, in debug mode.
void add_source_traceback(const value::Ref<value::Dict>& context, const Handle* handle);
void add_source_traceback(const value::Ref<value::Dict>& context, const Future* future);

// "Executing <Handle ...> took 0.300 seconds", if it did.
struct ReadyItem;
void report_slow_callback(EventLoop* loop, const ReadyItem& item, int64_t took);

}  // namespace loopglass::loop
