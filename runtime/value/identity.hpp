// Identity: what id(), the default hash and "at 0x…" rest on. Numbers instead of addresses, so that
// the same script prints and orders the same in every run on every machine.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/value/value.hpp"

namespace loopglass::value {

// The bits of an object's flags from here on hold its number; 0: none yet.
inline constexpr uint32_t kIdentityShift = 4;

// Counts from 1 in the order in which objects first need one; futures take theirs when they are
// made.
[[nodiscard]] uint32_t identity_number(Object* object);
// What id() answers: made from the number.
[[nodiscard]] uint64_t address_of(const Value& value);
[[nodiscard]] std::string address_text(const Value& value);  // "0x7f…"
// A run begins: counts from 1 again. Immortal objects keep theirs.
void restart_identities();
// object.__hash__, the hash of whatever defines none.
[[nodiscard]] bool object_hash(const Value& self, int64_t& out);

}  // namespace loopglass::value
