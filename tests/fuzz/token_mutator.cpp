// Damage done to program text by its tokens and lines, so that most of what comes out still parses
// and goes deep: what libFuzzer calls instead of flipping bytes, and replay_main.cpp too.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Texts = std::vector<std::string_view>;

class Dice {
public:
    explicit Dice(uint64_t seed) : state_(seed * 2 + 1) {}
    size_t below(size_t limit) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return limit == 0 ? 0 : static_cast<size_t>((state_ >> 33) % limit);
    }
    template <typename Range>
    auto& of(Range& range) {
        return range[below(std::size(range))];
    }

private:
    uint64_t state_;
};

bool in_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80);
}

// Words, numbers, strings, runs of blanks, single signs.
Texts split_tokens(std::string_view text) {
    Texts tokens;
    for (size_t at = 0; at < text.size();) {
        const char c = text[at];
        size_t end = at + 1;
        if (in_word(c)) {
            while (end < text.size() && in_word(text[end])) ++end;
        } else if (c == ' ') {
            while (end < text.size() && text[end] == ' ') ++end;
        } else if (c == '"' || c == '\'') {
            while (end < text.size() && text[end] != c && text[end] != '\n')
                end += text[end] == '\\' ? 2 : 1;
            end = std::min(end + 1, text.size());
        }
        tokens.push_back(text.substr(at, end - at));
        at = end;
    }
    return tokens;
}

Texts split_lines(std::string_view text) {
    Texts lines;
    while (!text.empty()) {
        const size_t end = text.find('\n');
        const size_t size = end == std::string_view::npos ? text.size() : end + 1;
        lines.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return lines;
}

std::string join(const Texts& parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    return text;
}

constexpr std::string_view kWords[] = {"None",
                                       "True",
                                       "0",
                                       "-1",
                                       "1",
                                       "2**64",
                                       "1e308",
                                       "''",
                                       "'x'",
                                       "b'y'",
                                       "[]",
                                       "{}",
                                       "()",
                                       "...",
                                       "self",
                                       "await ",
                                       "async ",
                                       "yield ",
                                       "yield from ",
                                       "return ",
                                       "raise ",
                                       "lambda: ",
                                       "not ",
                                       "del ",
                                       "global ",
                                       "nonlocal ",
                                       "in",
                                       "is",
                                       "*",
                                       "**",
                                       "=",
                                       ":=",
                                       "==",
                                       "<",
                                       "+",
                                       "-",
                                       "/",
                                       "//",
                                       "%",
                                       "@",
                                       "&",
                                       "|",
                                       "^",
                                       "~",
                                       "<<",
                                       ">>",
                                       "if",
                                       "else",
                                       "for",
                                       "while True:",
                                       "break",
                                       "continue",
                                       "pass",
                                       "try:",
                                       "finally:",
                                       "except:",
                                       "except* Exception:",
                                       "with ",
                                       "match x:",
                                       "class C:",
                                       "def f():",
                                       "async def f():",
                                       "import asyncio",
                                       "asyncio.sleep(0)",
                                       "asyncio.sleep(1)",
                                       "asyncio.gather",
                                       "asyncio.create_task",
                                       "asyncio.wait_for",
                                       "asyncio.timeout(1)",
                                       "asyncio.TaskGroup()",
                                       "asyncio.Queue(1)",
                                       "asyncio.Lock()",
                                       "asyncio.Event()",
                                       "asyncio.Future()",
                                       "asyncio.current_task()",
                                       ".cancel()",
                                       ".result()",
                                       ".set_result(None)",
                                       ".add_done_callback(print)",
                                       ".__class__",
                                       ".__dict__",
                                       ".__name__",
                                       "print",
                                       "len",
                                       "repr",
                                       "str",
                                       "int",
                                       "float",
                                       "list",
                                       "dict",
                                       "set",
                                       "tuple",
                                       "sorted",
                                       "sum",
                                       "iter",
                                       "next",
                                       "range(9)",
                                       "zip",
                                       "map",
                                       "filter",
                                       "isinstance",
                                       "type",
                                       "super()",
                                       "object",
                                       "Exception",
                                       "ValueError",
                                       "BaseException",
                                       "StopIteration",
                                       "GeneratorExit",
                                       "KeyError",
                                       "asyncio.CancelledError",
                                       "exec",
                                       "eval",
                                       "globals()",
                                       "locals()",
                                       "vars",
                                       "getattr",
                                       "setattr",
                                       "hash",
                                       "id",
                                       "compile",
                                       "f'{x!r:>5}'",
                                       "f\"{x=}\"",
                                       "x[1:2]",
                                       "x[::-1]",
                                       "*x",
                                       "**x",
                                       "1j",
                                       "10**100",
                                       "1 << 70",
                                       "'é'",
                                       "'\\ud800'",
                                       "__import__('gc').collect()"};

void change_tokens(std::string& text, const Texts& others, Dice& dice) {
    Texts tokens = split_tokens(text);
    if (tokens.empty()) return;
    const size_t at = dice.below(tokens.size());
    const size_t count = std::min(tokens.size() - at, 1 + dice.below(6));
    const auto begin = tokens.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = begin + static_cast<std::ptrdiff_t>(count);
    switch (dice.below(6)) {
        case 0:
            tokens.erase(begin, end);
            break;
        case 1: {
            const Texts copy(begin, end);
            tokens.insert(begin, copy.begin(), copy.end());
            break;
        }
        case 2:
            *begin = dice.of(tokens);
            break;
        case 3:
            *begin = dice.of(kWords);
            break;
        case 4:
            tokens.insert(begin, dice.of(kWords));
            break;
        default:
            if (!others.empty()) *begin = dice.of(others);
            std::swap(*begin, dice.of(tokens));
    }
    text = join(tokens);
}

void change_lines(std::string& text, std::string_view other, Dice& dice) {
    Texts lines = split_lines(text);
    if (lines.empty()) return;
    const size_t at = dice.below(lines.size());
    const size_t count = std::min(lines.size() - at, 1 + dice.below(5));
    const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = begin + static_cast<std::ptrdiff_t>(count);
    Texts moved(begin, end);
    std::string shifted;
    switch (dice.below(6)) {
        case 0:
            lines.erase(begin, end);
            break;
        case 1:
            lines.insert(begin, moved.begin(), moved.end());
            break;
        case 2:
            lines.erase(begin, end);
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(dice.below(lines.size() + 1)),
                         moved.begin(), moved.end());
            break;
        case 3:
            shifted = "    " + std::string(*begin);
            *begin = shifted;
            break;
        case 4:
            if (begin->starts_with("    ")) begin->remove_prefix(4);
            break;
        default: {
            const Texts foreign = split_lines(other);
            if (foreign.empty()) break;
            const size_t from = dice.below(foreign.size());
            const size_t most = std::min(foreign.size() - from, 1 + dice.below(8));
            const auto first = foreign.begin() + static_cast<std::ptrdiff_t>(from);
            lines.insert(begin, first, first + static_cast<std::ptrdiff_t>(most));
        }
    }
    text = join(lines);
}

size_t change(uint8_t* data, size_t size, size_t most, std::string_view other, unsigned seed) {
    Dice dice(seed);
    std::string text(reinterpret_cast<const char*>(data), size);
    const Texts others = split_tokens(other);
    for (size_t changes = 1 + dice.below(4); changes > 0; --changes) {
        if (dice.below(3) == 0)
            change_lines(text, other, dice);
        else
            change_tokens(text, others, dice);
    }
    const size_t kept = std::min(text.size(), most);
    std::memcpy(data, text.data(), kept);
    return kept;
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
    return change(data, size, most, {}, seed);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* first, size_t first_size,
                                            const uint8_t* second, size_t second_size, uint8_t* out,
                                            size_t most, unsigned seed) {
    const size_t kept = std::min(first_size, most);
    std::memcpy(out, first, kept);
    const std::string_view other(reinterpret_cast<const char*>(second), second_size);
    return change(out, kept, most, other, seed);
}
