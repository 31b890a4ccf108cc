#include "runtime/session/language.hpp"

#include <filesystem>
#include <fstream>

#include "embedded/lesson_files.hpp"
#include "runtime/base/text.hpp"
#include "runtime/session/toml_text.hpp"

namespace loopglass::session {

using base::cat;
using base::Error;
using base::Result;

namespace {

constexpr size_t kLongestTable = 1 << 20;

[[nodiscard]] Error located(std::string_view name, const toml::source_location& at,
                            std::string_view message) {
    const auto line = static_cast<uint32_t>(at.line()), column = static_cast<uint32_t>(at.column());
    return Error{cat(name, ":", line, ":", column, ": ", message), {line, column, line, column}};
}

[[nodiscard]] size_t gaps_in(std::string_view pattern) {
    size_t count = 0;
    for (size_t at = 0; (at = pattern.find("{}", at)) != std::string_view::npos; at += 2) ++count;
    return count;
}

void add(Result<Words> more, Words& out, std::vector<std::string>& troubles) {
    if (!more) return troubles.push_back(more.error().message);
    for (auto& [english, other] : *more) out.insert_or_assign(english, std::move(other));
}

}  // namespace

Result<Words> parse_words(std::string_view toml_text, std::string_view name) {
    try {
        const toml::value table = parse_toml(toml_text, name);
        Words out;
        for (const auto& [english, other] : table.as_table()) {
            if (!other.is_string())
                return located(name, other.location(),
                               "a translation is a text in quotes: \"play\" = \"abspielen\"");
            if (gaps_in(english) != gaps_in(other.as_string().str))
                return located(name, other.location(),
                               "a translation has as many {} as the English has");
            out.emplace(english, other.as_string().str);
        }
        return out;
    } catch (const toml::exception& bad) {
        return located(name, bad.location(),
                       "this is not TOML; each line is \"English\" = \"translation\"");
    } catch (const std::exception&) {
        return Error{cat(name, ": this is not TOML")};
    }
}

Words words_of(std::string_view language, const std::vector<std::string>& folders,
               std::vector<std::string>& troubles) {
    Words out;
    if (language.empty() || language.find('/') != std::string_view::npos) return out;
    const std::string file = cat(language, "/words.toml");
    if (const std::string_view text = base::find_embedded(embedded::lesson_files(), file);
        text.data())
        add(parse_words(text, cat("lessons/", file)), out, troubles);
    for (const std::string& folder : folders) {
        const std::string path = cat(folder, "/", file);
        std::error_code error;
        if (!std::filesystem::is_regular_file(path, error) ||
            std::filesystem::file_size(path, error) > kLongestTable)
            continue;
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        add(parse_words(text.str(), path), out, troubles);
    }
    return out;
}

}  // namespace loopglass::session
