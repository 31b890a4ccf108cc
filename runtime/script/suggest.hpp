// "Did you mean …?": the closest of the possible names.
#pragma once

#include <string_view>
#include <vector>

namespace loopglass::script::eval {

// The name CPython would suggest, or an empty view (Python/suggestions.c: edit distance with
// moves of cost 2, case changes of cost 1, at most a third of the letters).
[[nodiscard]] std::string_view closest_name(std::string_view name,
                                            const std::vector<std::string_view>& possible);

}  // namespace loopglass::script::eval
