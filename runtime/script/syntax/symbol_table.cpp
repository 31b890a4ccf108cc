#include "runtime/script/syntax/symbol_table.hpp"

#include <cstring>

#include "runtime/script/syntax/token.hpp"

namespace loopglass::script {

namespace {

constexpr std::string_view kFirstNames[] = {
#define X(name, spelling) spelling,
    LOOPGLASS_KEYWORDS(X)
#undef X
        "match",
    "case",
    "type",
    "_",
};

// Names are short: eight bytes a step is enough mixing for an open table.
size_t hash(std::string_view text) {
    uint64_t value = text.size() * 0x9E3779B97F4A7C15u;
    const char* at = text.data();
    size_t left = text.size();
    while (left > 0) {
        uint64_t word = 0;
        const size_t step = left < 8 ? left : 8;
        std::memcpy(&word, at, step);
        value = (value ^ word) * 0xD6E8FEB86659FD93u;
        value ^= value >> 32;
        at += step;
        left -= step;
    }
    return static_cast<size_t>(value);
}

}  // namespace

SymbolTable::SymbolTable(base::Arena& arena) : arena_(arena), buckets_(256) {
    symbols_.reserve(128);
    for (const std::string_view name : kFirstNames) static_cast<void>(intern(name, true));
}

Identifier SymbolTable::intern(std::string_view text, bool text_is_kept) {
    const size_t mask = buckets_.size() - 1;
    size_t i = hash(text) & mask;
    for (; buckets_[i]; i = (i + 1) & mask) {
        if (buckets_[i]->text == text) return buckets_[i];
    }
    Symbol* symbol = arena_.make<Symbol>();
    symbol->text = text_is_kept ? text : arena_.copy(text);
    symbol->id = size();
    symbols_.push_back(symbol);
    buckets_[i] = symbol;
    if (symbols_.size() * 2 > buckets_.size()) grow();
    return symbol;
}

void SymbolTable::grow() {
    std::vector<const Symbol*> larger(buckets_.size() * 2);
    const size_t mask = larger.size() - 1;
    for (const Symbol* symbol : symbols_) {
        size_t i = hash(symbol->text) & mask;
        while (larger[i]) i = (i + 1) & mask;
        larger[i] = symbol;
    }
    buckets_ = std::move(larger);
}

Array<const Symbol* const> SymbolTable::all() const {
    const auto copied = arena_.copy(symbols_.data(), symbols_.size());
    return {copied.data, copied.count};
}

}  // namespace loopglass::script
