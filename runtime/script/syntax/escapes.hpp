// Escape sequences of string and bytes literals.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace loopglass::script {

struct EscapeOutcome {
    std::string error;         // CPython's message without its "(unicode error) "; empty: all well
    bool value_error = false;  // of bytes: "(value error) …"
    std::string_view
        suspicious;  // the first escape that is none, or the first octal one above \377
    bool suspicious_octal = false;
};

// Appends the decoded `body` of a string literal to `out` as UTF-8 (lone surrogates as WTF-8).
[[nodiscard]] EscapeOutcome decode_string(std::string_view body, std::string& out);

// The same for a bytes literal.
[[nodiscard]] EscapeOutcome decode_bytes(std::string_view body, std::string& out);

}  // namespace loopglass::script
