// The tree as an S-expression, for tests and for comparing with CPython's.
#pragma once

#include <string>

#include "runtime/script/syntax/ast.hpp"

namespace loopglass::script {

struct DumpOptions {
    bool spans = false;     // `@line:column-line:column` behind each node that has one
    bool resolved = false;  // `#local0`, `#free1` … behind each name
};

[[nodiscard]] std::string dump(const Module& module, DumpOptions options = {});
[[nodiscard]] std::string dump(const Expr& expr, DumpOptions options = {});

}  // namespace loopglass::script
