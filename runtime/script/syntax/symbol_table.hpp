// SymbolTable: interns the names of one parse. Keywords come first, in TokenKind's order.
#pragma once

#include <string_view>
#include <vector>

#include "runtime/base/arena.hpp"
#include "runtime/script/syntax/scope.hpp"

namespace loopglass::script {

class SymbolTable {
public:
    explicit SymbolTable(base::Arena& arena);

    // The one Symbol for `text`, which is copied unless `text_is_kept` (it outlives the arena's
    // user).
    [[nodiscard]] Identifier intern(std::string_view text, bool text_is_kept = false);

    [[nodiscard]] Array<const Symbol* const> all() const;
    [[nodiscard]] uint32_t size() const { return static_cast<uint32_t>(symbols_.size()); }

private:
    void grow();

    base::Arena& arena_;
    std::vector<const Symbol*> symbols_;
    std::vector<const Symbol*> buckets_;
};

}  // namespace loopglass::script
