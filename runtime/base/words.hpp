// The program's own words in another language. English is what stands in the source; a table that
// was set translates it, and what it does not know stays English.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

namespace loopglass::base {

// English to another language. Set before anything asks, and again only while nobody holds a word.
void set_words(std::map<std::string, std::string, std::less<>> words);

// The word or sentence in the language that was set; lives until the next set_words.
[[nodiscard]] const char* tr(const char* english);
// For tables of words that are translated where they are shown.
[[nodiscard]] constexpr const char* mark(const char* english) {
    return english;
}
// The pattern with each "{}" replaced by the next of the parts.
[[nodiscard]] std::string filled(std::string_view pattern,
                                 std::initializer_list<std::string_view> parts);

}  // namespace loopglass::base
