// Splitting, counting and replacing in runs of bytes.
#include "runtime/value/text_search.hpp"

namespace loopglass::value {

namespace {

constexpr size_t kNone = std::string_view::npos;

bool space_at(const char*& at, bool wide) {
    if (wide) return is_space(next_code_point(at));
    const char c = *at++;
    return c == ' ' || (c >= '\t' && c <= '\r');
}
bool space_before(const char*& at, bool wide) {
    if (wide) return is_space(previous_code_point(at));
    const char c = *--at;
    return c == ' ' || (c >= '\t' && c <= '\r');
}

const char* skip(const char* at, const char* end, bool wide, bool spaces) {
    while (at < end) {
        const char* next = at;
        if (space_at(next, wide) != spaces) break;
        at = next;
    }
    return at;
}
const char* skip_back(const char* begin, const char* at, bool wide, bool spaces) {
    while (at > begin) {
        const char* next = at;
        if (space_before(next, wide) != spaces) break;
        at = next;
    }
    return at;
}

std::string_view between(const char* first, const char* last) {
    return {first, static_cast<size_t>(last - first)};
}

}  // namespace

Pieces split_on(std::string_view text, std::string_view separator, int64_t limit) {
    Pieces pieces;
    size_t at = 0;
    for (; limit != 0; --limit) {
        const size_t found = text.find(separator, at);
        if (found == kNone) break;
        pieces.push_back(text.substr(at, found - at));
        at = found + separator.size();
    }
    pieces.push_back(text.substr(at));
    return pieces;
}

Pieces split_on_from_right(std::string_view text, std::string_view separator, int64_t limit) {
    Pieces pieces;
    for (; limit != 0; --limit) {
        const size_t found = text.rfind(separator);
        if (found == kNone) break;
        pieces.push_back(text.substr(found + separator.size()));
        text = text.substr(0, found);
    }
    pieces.push_back(text);
    std::reverse(pieces.begin(), pieces.end());
    return pieces;
}

Pieces split_on_space(std::string_view text, int64_t limit, bool wide) {
    Pieces pieces;
    const char* end = text.data() + text.size();
    const char* at = skip(text.data(), end, wide, true);
    for (; at < end && limit != 0; --limit) {
        const char* last = skip(at, end, wide, false);
        pieces.push_back(between(at, last));
        at = skip(last, end, wide, true);
    }
    // What is left after the last split keeps its spaces, those at the end included.
    if (at < end) pieces.push_back(between(at, end));
    return pieces;
}

Pieces split_on_space_from_right(std::string_view text, int64_t limit, bool wide) {
    Pieces pieces;
    const char* begin = text.data();
    const char* at = skip_back(begin, begin + text.size(), wide, true);
    for (; at > begin && limit != 0; --limit) {
        const char* first = skip_back(begin, at, wide, false);
        pieces.push_back(between(first, at));
        at = skip_back(begin, first, wide, true);
    }
    if (at > begin) pieces.push_back(between(begin, at));
    std::reverse(pieces.begin(), pieces.end());
    return pieces;
}

Pieces split_lines(std::string_view text, bool keep_ends, bool wide) {
    Pieces pieces;
    const char* end = text.data() + text.size();
    const char* line = text.data();
    const char* at = line;
    while (at < end) {
        const char* here = at;
        const uint32_t c = wide ? next_code_point(at) : static_cast<unsigned char>(*at++);
        if (!(wide ? is_line_break(c) : c == '\n' || c == '\r')) continue;
        if (c == '\r' && at < end && *at == '\n') ++at;
        pieces.push_back(between(line, keep_ends ? at : here));
        line = at;
    }
    if (line < end) pieces.push_back(between(line, end));
    return pieces;
}

std::string replace_in(std::string_view text, std::string_view from, std::string_view to,
                       int64_t limit, bool wide) {
    std::string out;
    if (!from.empty()) {
        size_t at = 0;
        for (; limit != 0; --limit) {
            const size_t found = text.find(from, at);
            if (found == kNone) break;
            (out += text.substr(at, found - at)) += to;
            at = found + from.size();
        }
        return out += text.substr(at);
    }
    const char* at = text.data();
    const char* end = at + text.size();
    while (limit != 0) {
        out += to;
        --limit;
        if (at == end) break;
        const char* first = at;
        at += wide ? code_point_bytes(static_cast<unsigned char>(*at)) : 1;
        out.append(first, at);
    }
    return out.append(at, end);
}

size_t count_in(std::string_view text, std::string_view needle) {
    size_t count = 0;
    for (size_t at = text.find(needle); at != kNone; at = text.find(needle, at + needle.size()))
        ++count;
    return count;
}

std::string expand_tabs(std::string_view text, int64_t tab_size) {
    std::string out;
    int64_t column = 0;
    for (const char c : text) {
        if (c == '\t') {
            if (tab_size <= 0) continue;
            const int64_t spaces = tab_size - column % tab_size;
            out.append(static_cast<size_t>(spaces), ' ');
            column += spaces;
            continue;
        }
        out += c;
        if (c == '\n' || c == '\r')
            column = 0;
        else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80)
            ++column;
    }
    return out;
}

}  // namespace loopglass::value
