#include "runtime/script/syntax/source_text.hpp"

#include <algorithm>
#include <vector>

#include "runtime/base/text.hpp"
#include "runtime/value/bytes.hpp"
#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::script {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The encoding named by a `coding:` or `coding=` comment in the line, or "".
std::string_view coding_cookie(std::string_view line) {
    const size_t start = line.find_first_not_of(" \t\f");
    if (start == std::string_view::npos || line[start] != '#') return {};
    const size_t at = line.find("coding", start);
    if (at == std::string_view::npos) return {};
    size_t i = at + 6;
    if (i >= line.size() || (line[i] != ':' && line[i] != '=')) return {};
    ++i;
    while (i < line.size() && (line[i] == ' ' || line[i] == '\t')) ++i;
    size_t end = i;
    const auto belongs = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    };
    while (end < line.size() && belongs(line[end])) ++end;
    return line.substr(i, end - i);
}

enum class Encoding { Utf8, Latin1, Other };

Encoding encoding_of(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z')
            plain += static_cast<char>(c - 'A' + 'a');
        else
            plain += c == '_' ? '-' : c;
    }
    static constexpr std::string_view kUtf8[] = {"utf-8", "utf8",  "utf-8-sig",
                                                 "u8",    "ascii", "us-ascii"};
    static constexpr std::string_view kLatin1[] = {"latin-1", "latin1", "iso-8859-1", "iso8859-1",
                                                   "l1"};
    if (std::ranges::find(kUtf8, plain) != std::end(kUtf8)) return Encoding::Utf8;
    if (std::ranges::find(kLatin1, plain) != std::end(kLatin1)) return Encoding::Latin1;
    return Encoding::Other;
}

// The cookie of one of the first two lines; the second counts only after a comment or blank line.
std::string_view find_cookie(std::string_view source) {
    for (int i = 0; i < 2; ++i) {
        const size_t end = source.find_first_of("\r\n");
        const std::string_view line = source.substr(0, end);
        if (const std::string_view cookie = coding_cookie(line); !cookie.empty()) return cookie;
        const size_t first = line.find_first_not_of(" \t\f");
        if (first != std::string_view::npos && line[first] != '#') return {};
        if (end == std::string_view::npos) return {};
        const bool two = source.substr(end, 2) == "\r\n";
        source.remove_prefix(end + (two ? 2 : 1));
    }
    return {};
}

std::string utf8_of_latin1(std::string_view source) {
    std::string out;
    out.reserve(source.size() + source.size() / 8);
    for (const char c : source) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | (byte >> 6));
            out += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return out;
}

struct DecodeFault {
    size_t at = std::string_view::npos;
    const char* why = "";
};

// The shortest and longest second byte a lead byte allows, and how many bytes follow it.
struct LeadByte {
    int following;
    unsigned char low;
    unsigned char high;
};

LeadByte lead_byte(unsigned char byte) {
    if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
    if (byte == 0xE0) return {2, 0xA0, 0xBF};
    if (byte == 0xED) return {2, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
    if (byte == 0xF0) return {3, 0x90, 0xBF};
    if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
    if (byte == 0xF4) return {3, 0x80, 0x8F};
    return {0, 0, 0};
}

DecodeFault find_decode_fault(std::string_view text) {
    size_t i = 0;
    while (i < text.size()) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            ++i;
            continue;
        }
        const LeadByte lead = lead_byte(byte);
        if (lead.following == 0) return {i, "invalid start byte"};
        for (int k = 1; k <= lead.following; ++k) {
            if (i + k >= text.size()) return {i, "unexpected end of data"};
            const auto next = static_cast<unsigned char>(text[i + k]);
            const bool fits = k == 1 ? next >= lead.low && next <= lead.high : (next >> 6) == 2;
            if (!fits) return {i, "invalid continuation byte"};
        }
        i += lead.following + 1;
    }
    return {};
}

std::string hex_byte(unsigned char byte) {
    static constexpr char kDigits[] = "0123456789abcdef";
    return {'0', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
}

// The text without the first `bytes` bytes that are part of earlier lines, counted for a message.
SyntaxProblem undecodable(std::string_view text, const DecodeFault& fault) {
    const auto lines_before = std::count(text.begin(), text.begin() + fault.at, '\n');
    const size_t line_start = fault.at == 0 ? 0 : text.rfind('\n', fault.at - 1) + 1;
    const auto line = static_cast<int32_t>(lines_before) + 1;
    SyntaxProblem error;
    error.kind = SyntaxErrorKind::SyntaxError;
    error.message = base::cat("(unicode error) 'utf-8' codec can't decode byte ",
                              hex_byte(static_cast<unsigned char>(text[fault.at])), " in position ",
                              fault.at - line_start, ": ", std::string_view(fault.why));
    error.line = error.end_line = line;
    error.offset = character_count(text.substr(line_start), fault.at - line_start) + 1;
    error.end_offset = error.offset + 1;
    return error;
}

// A copy of `text` in the arena with \n for every line end, a \n at the end, and a \0 behind.
std::string_view normalise_lines(std::string_view text, base::Arena& arena) {
    char* const out = static_cast<char*>(arena.allocate(text.size() + 2, 1));
    char* to = out;
    if (text.find('\r') == std::string_view::npos) {
        to = std::copy(text.begin(), text.end(), to);
    } else {
        for (size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '\r') {
                *to++ = text[i];
                continue;
            }
            *to++ = '\n';
            if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
        }
    }
    if (to != out && to[-1] != '\n') *to++ = '\n';
    *to = '\0';
    return {out, static_cast<size_t>(to - out)};
}

Array<const std::string_view> split_lines(std::string_view text, base::Arena& arena) {
    std::vector<std::string_view> lines;
    lines.reserve(text.size() / 30 + 1);
    while (!text.empty()) {
        const size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    const auto copied = arena.copy(lines.data(), lines.size());
    return {copied.data, copied.count};
}

SyntaxProblem encoding_problem(std::string_view name) {
    SyntaxProblem error;
    error.kind = SyntaxErrorKind::SyntaxError;
    error.message = base::cat("encoding problem: ", name);
    return error;
}

bool is_utf8_proper(std::string_view name) {
    std::string plain;
    for (const char c : name) plain += c == '_' ? '-' : c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    return plain == "utf-8" || plain.starts_with("utf-8-");
}
bool is_ascii_name(std::string_view name) {
    return name == "ascii" || name == "us-ascii";
}

SyntaxProblem null_byte_problem(std::string_view text) {
    SyntaxProblem error;
    error.kind = SyntaxErrorKind::SyntaxError;
    error.message = "source code cannot contain null bytes";
    const size_t at = text.find('\0');
    error.line = static_cast<int32_t>(std::count(text.begin(), text.begin() + at, '\n')) + 1;
    error.end_line = error.line;
    const size_t start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    error.has_text = true;
    error.text = text.substr(start, at - start);
    return error;
}

}  // namespace

int32_t character_count(std::string_view line, size_t bytes) {
    int32_t count = 0;
    const size_t end = std::min(bytes, line.size());
    for (size_t i = 0; i < end; ++i) {
        if ((static_cast<unsigned char>(line[i]) & 0xC0) != 0x80) ++count;
    }
    return count;
}

std::string_view SourceText::line(int32_t number) const {
    if (number < 1 || static_cast<uint32_t>(number) > lines.count) return {};
    return lines[number - 1];
}

SyntaxProblem SourceText::problem(SyntaxErrorKind kind, std::string message, int32_t at_line,
                                  int32_t column, int32_t end_line, int32_t end_column) const {
    const std::string_view shown = line(at_line);
    // CPython cuts columns at the end of the line it shows, line end included.
    const auto offset = [&](int32_t bytes) {
        if (bytes < 0) return bytes + 1;
        const auto size = static_cast<int32_t>(shown.size()) + 1;
        const int32_t cut = std::min(bytes, size);
        const int32_t past = cut > static_cast<int32_t>(shown.size()) ? 1 : 0;
        return character_count(shown, static_cast<size_t>(cut)) + past + 1;
    };
    SyntaxProblem error;
    error.kind = kind;
    error.message = std::move(message);
    error.line = at_line;
    error.offset = offset(column);
    error.end_line = end_line;
    error.end_offset = offset(end_column);
    error.has_text = true;
    error.text = base::cat(shown, '\n');
    return error;
}

SyntaxProblem decode_source(std::string_view source, base::Arena& arena, SourceText& out) {
    const bool marked = source.starts_with(kByteOrderMark);
    if (marked) source.remove_prefix(kByteOrderMark.size());
    if (source.find('\0') != std::string_view::npos) return null_byte_problem(source);
    const std::string_view cookie = find_cookie(source);
    const Encoding encoding = cookie.empty() ? Encoding::Utf8 : encoding_of(cookie);
    if (marked && !cookie.empty() && !is_utf8_proper(cookie))
        return encoding_problem(base::cat(cookie, " with BOM"));
    if (is_ascii_name(cookie) && std::ranges::any_of(source, [](char c) { return c < 0; }))
        return encoding_problem(cookie);
    if (encoding == Encoding::Other) {
        // A code page or another encoding that scripts may name.
        const value::Value decoded = value::decode_bytes(source, cookie, "strict", value::Value());
        if (!decoded) return value::clear_raised(), encoding_problem(cookie);
        out.text = normalise_lines(value::cast<value::Str>(decoded)->view(), arena);
        out.ended_without_newline = !source.empty() && source.back() != '\n';
        out.lines = split_lines(out.text, arena);
        return {};
    }
    if (encoding == Encoding::Latin1) {
        out.text = normalise_lines(utf8_of_latin1(source), arena);
    } else {
        const DecodeFault fault = find_decode_fault(source);
        if (fault.at != std::string_view::npos) return undecodable(source, fault);
        out.text = normalise_lines(source, arena);
    }
    out.ended_without_newline = !source.empty() && source.back() != '\n' && source.back() != '\r';
    out.lines = split_lines(out.text, arena);
    return {};
}

}  // namespace loopglass::script
