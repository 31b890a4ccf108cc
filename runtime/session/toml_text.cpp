#include "runtime/session/toml_text.hpp"

#include <sstream>
#include <string>

namespace loopglass::session {

toml::value parse_toml(std::string_view text, std::string_view name) {
    std::istringstream in{std::string(text)};
    return toml::parse(in, std::string(name));
}

}  // namespace loopglass::session
