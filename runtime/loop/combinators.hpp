// The functions of asyncio.tasks that other files of this floor use too.
#pragma once

#include <span>
#include <vector>

#include "runtime/loop/future.hpp"

namespace loopglass::loop {

[[nodiscard]] value::Value gather(std::span<const value::Value> awaitables, bool return_exceptions);
// await gather(*awaitables): the list of results.
[[nodiscard]] value::Value await_gather(std::span<const value::Value> awaitables,
                                        bool return_exceptions);
// await asyncio.sleep(delay); delay <= 0 gives the turn away once.
[[nodiscard]] value::Value await_sleep(double delay);
// asyncio.wait, on futures that are distinct. Answers whether it was not cancelled; a negative
// timeout means none.
enum class ReturnWhen { FirstCompleted, FirstException, AllCompleted };
[[nodiscard]] bool await_wait(std::span<const value::Value> futures, const value::Value& timeout,
                              ReturnWhen when, EventLoop* loop);
[[nodiscard]] value::Value wait_for(const value::Value& awaitable, const value::Value& timeout);
[[nodiscard]] value::Value shield(const value::Value& awaitable);
// asyncio.isfuture / inspect.isawaitable.
[[nodiscard]] bool is_awaitable(const value::Value& value);

}  // namespace loopglass::loop
