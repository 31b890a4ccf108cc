#include "runtime/session/python_colors.hpp"

#include <algorithm>
#include <cctype>

namespace loopglass::session {

namespace {

constexpr std::string_view kKeywords[] = {
    "False",  "None",     "True",   "and", "as",    "assert", "async",  "await",    "break", "case",
    "class",  "continue", "def",    "del", "elif",  "else",   "except", "finally",  "for",   "from",
    "global", "if",       "import", "in",  "is",    "lambda", "match",  "nonlocal", "not",   "or",
    "pass",   "raise",    "return", "try", "while", "with",   "yield"};

bool starts_name(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80);
}
bool in_name(char c) {
    return starts_name(c) || std::isdigit(static_cast<unsigned char>(c));
}

// Where a string that begins at `at` (its quote) ends; npos if the line ends first.
size_t string_end(std::string_view line, size_t at, bool triple) {
    const char quote = line[at];
    for (size_t i = at + (triple ? 3 : 1); i < line.size(); ++i) {
        if (line[i] == '\\')
            ++i;
        else if (line[i] == quote &&
                 (!triple || line.substr(i, 3) ==
                                 std::string_view(triple ? std::string_view(line).substr(at, 3)
                                                         : std::string_view())))
            return i + (triple ? 3 : 1);
    }
    return std::string_view::npos;
}

}  // namespace

std::vector<CodePiece> color_line(std::string_view line, char& open_quote) {
    std::vector<CodePiece> out;
    size_t at = 0;
    const auto add = [&](size_t end, CodeKind kind) {
        if (end > at) out.push_back({line.substr(at, end - at), kind});
        at = end;
    };
    if (open_quote) {
        const char closing[] = {open_quote, open_quote, open_quote};
        const size_t end = line.find(std::string_view(closing, 3));
        if (end == std::string_view::npos) return add(line.size(), CodeKind::String), out;
        add(end + 3, CodeKind::String);
        open_quote = 0;
    }
    bool defines = false;
    while (at < line.size()) {
        const char c = line[at];
        if (c == '#') {
            add(line.size(), CodeKind::Comment);
        } else if (c == '\'' || c == '"') {
            const bool triple = line.size() >= at + 3 && line[at + 1] == c && line[at + 2] == c;
            const size_t end = string_end(line, at, triple);
            if (end == std::string_view::npos && triple) open_quote = c;
            add(std::min(end, line.size()), CodeKind::String);
        } else if (std::isdigit(static_cast<unsigned char>(c))) {
            size_t end = at;
            while (end < line.size() && (in_name(line[end]) || line[end] == '.')) ++end;
            add(end, CodeKind::Number);
        } else if (starts_name(c)) {
            size_t end = at;
            while (end < line.size() && in_name(line[end])) ++end;
            const std::string_view word = line.substr(at, end - at);
            const bool prefix =
                end < line.size() && (line[end] == '\'' || line[end] == '"') && word.size() <= 2;
            if (prefix) {
                add(end, CodeKind::String);
            } else if (std::binary_search(std::begin(kKeywords), std::end(kKeywords), word)) {
                defines = word == "def" || word == "class";
                add(end, CodeKind::Keyword);
            } else {
                add(end, defines ? CodeKind::Function : CodeKind::Plain);
                defines = false;
            }
        } else {
            size_t end = at + 1;
            while (end < line.size() && !starts_name(line[end]) &&
                   !std::isdigit(static_cast<unsigned char>(line[end])) && line[end] != '#' &&
                   line[end] != '\'' && line[end] != '"')
                ++end;
            add(end, CodeKind::Plain);
        }
    }
    return out;
}

}  // namespace loopglass::session
