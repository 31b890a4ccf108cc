// What was typed at a prompt as a script that does the same under plain Python.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/session/repl_program.hpp"

namespace loopglass::session {

struct SavedOrder {
    ReplOrder order;
    ReplEnd how = ReplEnd::Done;
    int64_t took = 0;   // loop time, ns
    std::string typed;  // how a command was typed, for a comment
};

// Definitions first, at the top level; from the first input that may need the loop on everything
// stands in one `async def main`, with its names global. Pieces of time are awaits of
// asyncio.sleep. `loaded` is the scenario the prompt began with; may be empty.
[[nodiscard]] std::string saved_program(const std::vector<SavedOrder>& orders,
                                        std::string_view loaded, std::string_view filename);

}  // namespace loopglass::session
