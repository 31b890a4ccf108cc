// Number tokens. The value is computed by the parser; here is only where a number ends, and whether
// it is one.
#include "runtime/base/text.hpp"
#include "runtime/script/syntax/characters.hpp"
#include "runtime/script/syntax/lexer_state.hpp"

namespace loopglass::script {

namespace {

bool is_digit_of(char c, char radix) {
    if (radix == 'b') return c == '0' || c == '1';
    if (radix == 'o') return c >= '0' && c <= '7';
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

const char* radix_name(char radix) {
    return radix == 'x' ? "hexadecimal" : radix == 'o' ? "octal" : "binary";
}

}  // namespace

void Lexer::number() {
    const uint32_t begin = cursor_;
    bool good = true;
    if (at() == '.') {
        good = fraction_and_rest();
    } else if (at() != '0') {
        good = decimal_tail() && fraction_and_rest();
    } else {
        const char radix = static_cast<char>(at(1) | 0x20);
        const bool plain = radix != 'x' && radix != 'o' && radix != 'b';
        good = plain ? zero_number() : radix_number(radix);
    }
    if (good) push(TokenKind::Number, begin, cursor_);
}

bool Lexer::radix_number(char radix) {
    const std::string literal = base::cat(std::string_view(radix_name(radix)), " literal");
    const auto wrong_digit = [&] {
        const char digit = at();
        ++cursor_;
        fail(base::cat("invalid digit '", digit, "' in ", literal));
        return false;
    };
    cursor_ += 2;
    do {
        if (at() == '_') ++cursor_;
        if (!is_digit_of(at(), radix)) {
            if (is_digit(at())) return wrong_digit();
            fail(base::cat("invalid ", literal));
            return false;
        }
        while (is_digit_of(at(), radix)) ++cursor_;
    } while (at() == '_');
    if (is_digit(at())) return wrong_digit();
    return end_of_number(radix_name(radix));
}

// A number that begins with 0: zero itself, a float, or a mistake.
bool Lexer::zero_number() {
    const uint32_t begin = cursor_;
    while (at() == '0' || at() == '_') {
        if (at() == '_' && !is_digit(at(1))) {
            ++cursor_;
            fail("invalid decimal literal");
            return false;
        }
        ++cursor_;
    }
    if (!is_digit(at())) return fraction_and_rest();
    const uint32_t zeros_end = cursor_ + 1;
    if (!decimal_tail()) return false;
    const char c = static_cast<char>(at() | 0x20);
    if (at() == '.' || c == 'e' || c == 'j') return fraction_and_rest();
    fail_range(
        "leading zeros in decimal integer literals are not permitted; "
        "use an 0o prefix for octal integers",
        begin + 1, zeros_end);
    return false;
}

// Digits with single underscores between them.
bool Lexer::decimal_tail() {
    for (;;) {
        while (is_digit(at())) ++cursor_;
        if (at() != '_') return true;
        ++cursor_;
        if (!is_digit(at())) {
            fail("invalid decimal literal");
            return false;
        }
    }
}

bool Lexer::fraction_and_rest() {
    if (at() == '.') {
        ++cursor_;
        if (is_digit(at()) && !decimal_tail()) return false;
    }
    if ((at() | 0x20) == 'e') {
        const bool sign = at(1) == '+' || at(1) == '-';
        if (!is_digit(at(sign ? 2 : 1))) {
            if (!sign) return end_of_number("decimal");
            cursor_ += 2;
            fail("invalid decimal literal");
            return false;
        }
        cursor_ += sign ? 2 : 1;
        if (!decimal_tail()) return false;
    }
    if ((at() | 0x20) == 'j') {
        ++cursor_;
        return end_of_number("imaginary");
    }
    return end_of_number("decimal");
}

// A number may touch a keyword (`1if x`), with a warning, but no other word.
bool Lexer::end_of_number(const char* kind) {
    const char c = at();
    if (static_cast<unsigned char>(c) >= 128 || !is_identifier_part(c)) return true;
    const std::string message = base::cat("invalid ", std::string_view(kind), " literal");
    if (!keyword_follows()) {
        fail(message);
        return false;
    }
    warn(message);
    return true;
}

bool Lexer::keyword_follows() const {
    static constexpr std::string_view kWhole[] = {"and", "else", "for", "or", "not"};
    for (const std::string_view word : kWhole) {
        if (text_.compare(cursor_, word.size(), word) == 0)
            return !is_identifier_part(at(word.size()));
    }
    return at() == 'i' && (at(1) == 'f' || at(1) == 'n' || at(1) == 's');
}

}  // namespace loopglass::script
