// cat(...): joins strings, characters and whole numbers into one std::string. Small on purpose:
// it keeps formatting libraries out of headers and off hot paths.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace loopglass::base {

inline void append(std::string& out, std::string_view text) {
    out += text;
}
inline void append(std::string& out, char c) {
    out += c;
}
template <std::integral T>
requires(!std::same_as<T, char> && !std::same_as<T, bool>) void append(std::string& out, T number) {
    out += std::to_string(number);
}

template <typename... Parts>
[[nodiscard]] std::string cat(const Parts&... parts) {
    std::string out;
    (append(out, parts), ...);
    return out;
}

}  // namespace loopglass::base
