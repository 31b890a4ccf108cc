// Futures of this floor and of concurrent.futures, tied together.
#pragma once

#include "runtime/value/value.hpp"

namespace loopglass::loop {

// futures._chain_future: what ends `source` ends `destination`; cancelling `destination` cancels
// `source`. False and pending on error.
[[nodiscard]] bool chain_future(const value::Value& source, const value::Value& destination);
// asyncio.wrap_future; a left-out loop is the current one.
[[nodiscard]] value::Value wrap_future(const value::Value& future, const value::Value& loop = {});

}  // namespace loopglass::loop
