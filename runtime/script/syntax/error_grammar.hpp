// The grammar of Python 3.13 with its known mistakes, in the notation of peg.hpp.
#pragma once

#include <string>

namespace loopglass::script {

// Start rules: `file` and `eval`.
[[nodiscard]] std::string error_grammar_text();

}  // namespace loopglass::script
