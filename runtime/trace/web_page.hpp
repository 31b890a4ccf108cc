// A run as one web page: code, loop, say-it line, timeline and output, to step and scrub in any
// browser without a network. The page stands in assets/export/.
#pragma once

#include <string>

#include "runtime/trace/timeline.hpp"

namespace loopglass::trace {

struct WebPageOptions {
    uint32_t most_steps = 20'000;  // further ones are left out, and the page says so
};

// A whole HTML document; nothing in it is loaded from elsewhere.
[[nodiscard]] std::string write_web_page(const Timeline& timeline, WebPageOptions options = {});

}  // namespace loopglass::trace
