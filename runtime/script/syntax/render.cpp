// Errors as CPython prints them (the rules of its traceback module).
#include "runtime/base/text.hpp"
#include "runtime/script/syntax/parse.hpp"
#include "runtime/script/syntax/source_text.hpp"

namespace loopglass::script {

namespace {

// The line with what surrounds it cut off, and the carets below it; columns count characters.
std::string excerpt(const SyntaxProblem& error) {
    std::string_view text = error.text;
    while (text.ends_with('\n')) text.remove_suffix(1);
    const size_t indent = std::min(text.find_first_not_of(" \n\f"), text.size());
    const std::string_view shown = text.substr(indent);
    const int32_t length = character_count(text, text.size());
    const int32_t full_length = character_count(error.text, error.text.size());
    int32_t begin = error.offset;
    int32_t end = length + 1;
    if (error.line == error.end_line) end = error.end_offset != 0 ? error.end_offset : begin;
    if (begin > full_length) begin = length + 1;
    if (end > full_length) end = length + 1;
    if (begin >= end || end < 0) end = begin + 1;

    std::string out = base::cat("    ", shown, "\n");
    const int32_t column = begin - 1 - static_cast<int32_t>(indent);
    if (column < 0) return out;
    out += "    ";
    int32_t at = 0;
    for (size_t i = 0; i < shown.size() && at < column; ++i) {
        if ((static_cast<unsigned char>(shown[i]) & 0xC0) == 0x80) continue;
        out += shown[i] == '\t' || shown[i] == '\f' ? shown[i] : ' ';
        ++at;
    }
    out.append(static_cast<size_t>(end - begin), '^');
    return out + '\n';
}

}  // namespace

std::string_view type_name(SyntaxErrorKind kind) {
    switch (kind) {
        case SyntaxErrorKind::IndentationError:
            return "IndentationError";
        case SyntaxErrorKind::TabError:
            return "TabError";
        case SyntaxErrorKind::RecursionError:
            return "RecursionError";
        default:
            return "SyntaxError";
    }
}

std::string render(const SyntaxProblem& error, std::string_view filename) {
    std::string out;
    if (error.line > 0) out = base::cat("  File \"", filename, "\", line ", error.line, "\n");
    if (error.has_text) out += excerpt(error);
    return out + base::cat(type_name(error.kind), ": ", error.message, "\n");
}

}  // namespace loopglass::script
