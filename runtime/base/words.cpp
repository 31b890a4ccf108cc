#include "runtime/base/words.hpp"

#include <utility>

namespace loopglass::base {

namespace {

std::map<std::string, std::string, std::less<>> g_words;

}  // namespace

void set_words(std::map<std::string, std::string, std::less<>> words) {
    g_words = std::move(words);
}

const char* tr(const char* english) {
    if (g_words.empty()) return english;
    const auto found = g_words.find(std::string_view(english));
    return found == g_words.end() ? english : found->second.c_str();
}

std::string filled(std::string_view pattern, std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) {
        const size_t place = pattern.find("{}");
        if (place == std::string_view::npos) break;
        out += pattern.substr(0, place);
        out += part;
        pattern.remove_prefix(place + 2);
    }
    return out += pattern;
}

}  // namespace loopglass::base
