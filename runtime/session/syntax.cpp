#include "runtime/session/syntax.hpp"

#include <algorithm>

#include "runtime/base/arena.hpp"
#include "runtime/base/text.hpp"
#include "runtime/script/syntax/parse.hpp"

namespace loopglass::session {

namespace {

// The line counted from 1, without its end; empty where there is none.
[[nodiscard]] std::string_view line_of(std::string_view source, uint32_t number) {
    for (uint32_t line = 1; line < number; ++line) {
        const size_t end = source.find('\n');
        if (end == std::string_view::npos) return {};
        source.remove_prefix(end + 1);
    }
    return source.substr(0, source.find('\n'));
}

// Characters counted from 1, as CPython reports them, to bytes from 0.
[[nodiscard]] uint32_t byte_column(std::string_view line, int32_t offset) {
    uint32_t column = 0;
    for (int32_t left = offset - 1; left > 0 && column < line.size(); --left) {
        do ++column;
        while (column < line.size() && (static_cast<unsigned char>(line[column]) & 0xC0) == 0x80);
    }
    return column;
}

}  // namespace

std::optional<base::Error> find_syntax_error(std::string_view source) {
    base::Arena arena;
    const script::ParseOutcome outcome = script::parse_module(source, "", {true}, arena);
    if (outcome) return std::nullopt;
    const script::SyntaxProblem& problem = outcome.error;
    base::Span where;
    where.line = static_cast<uint32_t>(std::max(problem.line, 1));
    where.column = byte_column(line_of(source, where.line), problem.offset);
    where.end_line =
        problem.end_line > problem.line ? static_cast<uint32_t>(problem.end_line) : where.line;
    where.end_column = byte_column(line_of(source, where.end_line), problem.end_offset);
    if (where.end_line == where.line)
        where.end_column = std::max(where.end_column, where.column + 1);
    return base::Error{base::cat(script::type_name(problem.kind), ": ", problem.message), where};
}

}  // namespace loopglass::session
