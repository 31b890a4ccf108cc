#include "runtime/script/syntax/escapes.hpp"

#include "runtime/base/text.hpp"
#include "runtime/script/character_names.hpp"
#include "runtime/script/syntax/characters.hpp"

namespace loopglass::script {

namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The character a one-letter escape stands for, or -1.
int simple_escape(char c) {
    switch (c) {
        case '\\':
            return '\\';
        case '\'':
            return '\'';
        case '"':
            return '"';
        case 'a':
            return '\a';
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'v':
            return '\v';
        default:
            return -1;
    }
}

// One to three octal digits from text[i]; moves i behind them.
uint32_t octal(std::string_view text, size_t& i) {
    uint32_t value = 0;
    for (int n = 0; n < 3 && i < text.size() && text[i] >= '0' && text[i] <= '7'; ++n, ++i)
        value = value * 8 + static_cast<uint32_t>(text[i] - '0');
    return value;
}

// Positions in CPython's messages count the escaped form, in which a character beyond ASCII has
// ten.
size_t reported_position(std::string_view text, size_t offset) {
    size_t position = 0;
    for (size_t i = 0; i < offset; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80)
            ++position;
        else if (byte >= 0xC0)
            position += 10;
    }
    return position;
}

std::string undecodable(std::string_view text, size_t begin, size_t end, const char* why) {
    const size_t first = reported_position(text, begin);
    const size_t last = first + (end - begin) - 1;
    if (last == first)
        return base::cat("'unicodeescape' codec can't decode byte 0x5c in position ", first, ": ",
                         std::string_view(why));
    return base::cat("'unicodeescape' codec can't decode bytes in position ", first, "-", last,
                     ": ", std::string_view(why));
}

struct NumericEscape {
    size_t digits;
    const char* truncated;
};

NumericEscape numeric_escape(char letter) {
    if (letter == 'x') return {2, "truncated \\xXX escape"};
    if (letter == 'u') return {4, "truncated \\uXXXX escape"};
    return {8, "truncated \\UXXXXXXXX escape"};
}

class StringDecoder {
public:
    StringDecoder(std::string_view body, std::string& out, EscapeOutcome& outcome)
        : body_(body), out_(out), outcome_(outcome) {}

    void run() {
        while (at_ < body_.size() && outcome_.error.empty()) {
            const size_t backslash = body_.find('\\', at_);
            out_ += body_.substr(at_, backslash - at_);
            if (backslash == std::string_view::npos) return;
            at_ = backslash + 1;
            escape(backslash);
        }
    }

private:
    void escape(size_t begin) {
        // Before a brace of an f-string, and before a character beyond ASCII, it is just a
        // backslash.
        if (at_ >= body_.size() || static_cast<unsigned char>(body_[at_]) >= 0x80) {
            out_ += '\\';
            return;
        }
        const char c = body_[at_];
        if (c >= '0' && c <= '7') return octal_escape(begin);
        ++at_;
        if (c == '\n') return;
        if (c == 'x' || c == 'u' || c == 'U') return numeric(begin, numeric_escape(c));
        if (c == 'N') return named(begin);
        const int simple = simple_escape(c);
        if (simple >= 0) {
            out_ += static_cast<char>(simple);
            return;
        }
        out_ += '\\';
        out_ += c;
        if (outcome_.suspicious.empty()) outcome_.suspicious = body_.substr(begin, 2);
    }

    void octal_escape(size_t begin) {
        const uint32_t code = octal(body_, at_);
        append_utf8(out_, code);
        if (code <= 0377 || !outcome_.suspicious.empty()) return;
        outcome_.suspicious = body_.substr(begin, at_ - begin);
        outcome_.suspicious_octal = true;
    }

    void numeric(size_t begin, const NumericEscape& form) {
        uint32_t code = 0;
        for (size_t n = 0; n < form.digits; ++n, ++at_) {
            const int digit = at_ < body_.size() ? hex_value(body_[at_]) : -1;
            if (digit < 0) {
                outcome_.error = undecodable(body_, begin, at_, form.truncated);
                return;
            }
            code = code << 4 | static_cast<uint32_t>(digit);
        }
        if (code > 0x10FFFF)
            outcome_.error = undecodable(body_, begin, at_, "illegal Unicode character");
        else
            append_utf8(out_, code);
    }

    void named(size_t begin) {
        const size_t close = body_.find('}', at_);
        const bool open = at_ < body_.size() && body_[at_] == '{';
        if (!open || close == std::string_view::npos || close == at_ + 1) {
            const size_t end = !open                             ? at_
                               : close == std::string_view::npos ? body_.size()
                                                                 : at_ + 1;
            outcome_.error = undecodable(body_, begin, end, "malformed \\N character escape");
            return;
        }
        const std::string_view name = body_.substr(at_ + 1, close - at_ - 1);
        const std::optional<uint32_t> code = character_called(name);
        if (!code) {
            outcome_.error = undecodable(body_, begin, close + 1, "unknown Unicode character name");
            return;
        }
        append_utf8(out_, *code);
        at_ = close + 1;
    }

    std::string_view body_;
    std::string& out_;
    EscapeOutcome& outcome_;
    size_t at_ = 0;
};

}  // namespace

EscapeOutcome decode_string(std::string_view body, std::string& out) {
    EscapeOutcome outcome;
    StringDecoder(body, out, outcome).run();
    return outcome;
}

EscapeOutcome decode_bytes(std::string_view body, std::string& out) {
    EscapeOutcome outcome;
    for (size_t i = 0; i < body.size();) {
        if (body[i] != '\\') {
            out += body[i++];
            continue;
        }
        const size_t begin = i++;
        const char c = body[i];
        if (c >= '0' && c <= '7') {
            const uint32_t code = octal(body, i);
            out += static_cast<char>(code);
            if (code > 0377 && outcome.suspicious.empty()) {
                outcome.suspicious = body.substr(begin, i - begin);
                outcome.suspicious_octal = true;
            }
            continue;
        }
        ++i;
        if (c == '\n') continue;
        if (c == 'x') {
            const int high = i < body.size() ? hex_value(body[i]) : -1;
            const int low = i + 1 < body.size() ? hex_value(body[i + 1]) : -1;
            if (high < 0 || low < 0) {
                outcome.error = base::cat("invalid \\x escape at position ", begin);
                outcome.value_error = true;
                return outcome;
            }
            out += static_cast<char>(high * 16 + low);
            i += 2;
            continue;
        }
        const int simple = simple_escape(c);
        if (simple >= 0) {
            out += static_cast<char>(simple);
            continue;
        }
        out += '\\';
        out += c;
        if (outcome.suspicious.empty()) outcome.suspicious = body.substr(begin, 2);
    }
    return outcome;
}

}  // namespace loopglass::script
