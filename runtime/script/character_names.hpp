// What Unicode says of characters and utf8proc does not know: names, numeric values, widths.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loopglass::script {

// "LATIN SMALL LETTER A"; empty for a character without a name (controls, unassigned).
[[nodiscard]] std::string character_name(uint32_t code_point);
// The character of a name or alias, in any case; none if there is no such name.
[[nodiscard]] std::optional<uint32_t> character_called(std::string_view name);

// The value of a numeric character that is no decimal digit: ½, ², Ⅷ.
struct NumericCharacter {
    int digit = -1;  // -1: it has a value and is no digit
    double value = 0;
};
[[nodiscard]] std::optional<NumericCharacter> numeric_character(uint32_t code_point);
// East_Asian_Width: "W", "Na", "N" ...
[[nodiscard]] std::string_view east_asian_width(uint32_t code_point);

}  // namespace loopglass::script
