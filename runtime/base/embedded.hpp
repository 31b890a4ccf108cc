// Text files that are built into the program; see cmake/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace loopglass::base {

struct EmbeddedFile {
    std::string_view
        name;  // relative to the folder given to loopglass_embed(), with forward slashes
    std::string_view text;  // followed by a null character that is not part of it
};

// The text of the file called `name`; a view of nothing (data() == nullptr) when there is none.
[[nodiscard]] constexpr std::string_view find_embedded(std::span<const EmbeddedFile> files,
                                                       std::string_view name) {
    for (const EmbeddedFile& file : files) {
        if (file.name == name) return file.text;
    }
    return {};
}

}  // namespace loopglass::base
