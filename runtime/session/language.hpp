// The program's words in another language: LANG/words.toml beside the lessons, a line for each
// sentence: "English" = "translation".
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.hpp"

namespace loopglass::session {

using Words = std::map<std::string, std::string, std::less<>>;

// Errors say where and what to write instead. `name` is for messages.
[[nodiscard]] base::Result<Words> parse_words(std::string_view toml, std::string_view name);

// The table that is built in, with what the folders' own tables add to it or say otherwise. What
// cannot be read is added to `troubles`.
[[nodiscard]] Words words_of(std::string_view language, const std::vector<std::string>& folders,
                             std::vector<std::string>& troubles);

}  // namespace loopglass::session
