// The edit distance behind "Did you mean".
#include "runtime/script/suggest.hpp"

#include <algorithm>
#include <cstdint>

namespace loopglass::script::eval {

namespace {

constexpr size_t kMove = 2, kCase = 1, kMaxLength = 40;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

size_t substitution(char a, char b) {
    if (a == b) return 0;
    return lower(a) == lower(b) ? kCase : kMove;
}

// The distance, or more than `limit`.
size_t distance(std::string_view a, std::string_view b, size_t limit) {
    while (!a.empty() && !b.empty() && a.front() == b.front())
        a.remove_prefix(1), b.remove_prefix(1);
    while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
    if (a.empty() || b.empty()) return (a.size() + b.size()) * kMove;
    if (a.size() > kMaxLength || b.size() > kMaxLength) return limit + 1;
    if (b.size() < a.size()) std::swap(a, b);
    if ((b.size() - a.size()) * kMove > limit) return limit + 1;
    std::vector<size_t> row(a.size());
    for (size_t i = 0; i < a.size(); ++i) row[i] = (i + 1) * kMove;
    size_t result = 0;
    for (size_t j = 0; j < b.size(); ++j) {
        size_t diagonal = result = j * kMove, best = SIZE_MAX;
        for (size_t i = 0; i < a.size(); ++i) {
            const size_t replaced = diagonal + substitution(b[j], a[i]);
            diagonal = row[i];
            result = std::min(std::min(result, diagonal) + kMove, replaced);
            row[i] = result;
            best = std::min(best, result);
        }
        if (best > limit) return limit + 1;
    }
    return result;
}

}  // namespace

std::string_view closest_name(std::string_view name,
                              const std::vector<std::string_view>& possible) {
    if (possible.size() >= 750) return {};
    size_t best = SIZE_MAX;
    std::string_view answer;
    for (const std::string_view candidate : possible) {
        if (candidate == name) continue;
        size_t limit = (name.size() + candidate.size() + 3) * kMove / 6;
        limit = std::min(limit, best == SIZE_MAX ? limit : best - 1);
        const size_t cost = distance(name, candidate, limit);
        if (cost > limit) continue;
        if (answer.empty() || cost < best) {
            answer = candidate;
            best = cost;
        }
    }
    return answer;
}

}  // namespace loopglass::script::eval
