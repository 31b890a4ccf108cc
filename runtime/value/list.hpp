// Inside list: what its files share.
#pragma once

#include "runtime/value/objects.hpp"

namespace loopglass::value {

// Appends everything an iterable gives; false: pending.
[[nodiscard]] bool list_extend(List* list, const Value& iterable);
// list[key] = value and del list[key] (empty value), slices included.
[[nodiscard]] Value list_get_item(const Value& self, const Value& key);
[[nodiscard]] bool list_set_item(const Value& self, const Value& key, const Value& value);

}  // namespace loopglass::value
