// Splitting, counting and replacing in runs of bytes: what str (as UTF-8) and bytes have in common.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/text.hpp"

namespace loopglass::value {

using Pieces = std::vector<std::string_view>;

// text.split(separator, limit); limit < 0: none.
[[nodiscard]] Pieces split_on(std::string_view text, std::string_view separator, int64_t limit);
[[nodiscard]] Pieces split_on_from_right(std::string_view text, std::string_view separator,
                                         int64_t limit);
// text.split(None, limit): at runs of spaces; `wide` counts those of Unicode too.
[[nodiscard]] Pieces split_on_space(std::string_view text, int64_t limit, bool wide);
[[nodiscard]] Pieces split_on_space_from_right(std::string_view text, int64_t limit, bool wide);
[[nodiscard]] Pieces split_lines(std::string_view text, bool keep_ends, bool wide);
// text.replace(from, to, limit). With an empty `from`, `to` goes between characters: code points if
// `wide`, else bytes.
[[nodiscard]] std::string replace_in(std::string_view text, std::string_view from,
                                     std::string_view to, int64_t limit, bool wide);
// How often a nonempty needle occurs, not overlapping.
[[nodiscard]] size_t count_in(std::string_view text, std::string_view needle);
// str.expandtabs.
[[nodiscard]] std::string expand_tabs(std::string_view text, int64_t tab_size);

}  // namespace loopglass::value
