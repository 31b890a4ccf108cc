#include "runtime/script/syntax/diagnosis.hpp"

namespace loopglass::script {

Diagnosis diagnose(const SourceText& source, const LexResult& lexed, ParseGoal) {
    if (lexed.error) return {lexed.error->problem, lexed.error->end_of_input};
    const Token& last = lexed.tokens.back();
    const auto line = static_cast<int32_t>(last.span.line);
    return {source.problem(SyntaxErrorKind::SyntaxError, "invalid syntax", line,
                           static_cast<int32_t>(last.span.column), line,
                           static_cast<int32_t>(last.span.end_column)),
            false};
}

}  // namespace loopglass::script
