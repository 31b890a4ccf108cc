// asyncio.Runner and asyncio.run (runners.py, 3.13).
#pragma once

#include "runtime/loop/task.hpp"

namespace loopglass::loop {

// asyncio.run(main, debug=…): empty debug: as it is.
[[nodiscard]] value::Value run(const value::Value& main, const value::Value& debug = {},
                               const value::Value& loop_factory = {});

}  // namespace loopglass::loop
