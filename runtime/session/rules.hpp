// The misconception machine: every wrong idea about asyncio that lessons refute is a rule that
// really executes. This is the table of them: their names, what people who hold one say, and what
// is true instead.
#pragma once

#include <span>
#include <string_view>

#include "runtime/loop/rules.hpp"

namespace loopglass::session {

using loop::Rule;

struct RuleInfo {
    Rule rule;
    std::string_view name;  // "await-always-yields", as commands and lessons write it
    const char* belief;     // "every await gives the turn back"; stands after "if"
    const char* truth;      // one sentence: why that is not so
};

// All of them, without Rule::None.
[[nodiscard]] std::span<const RuleInfo> rules();
[[nodiscard]] const RuleInfo& rule_info(Rule rule);
// Null if there is none of that name.
[[nodiscard]] const RuleInfo* find_rule(std::string_view name);

}  // namespace loopglass::session
