// Tuples with named fields that C code of CPython makes: time.struct_time, sys.version_info.
#pragma once

#include <initializer_list>
#include <span>

#include "runtime/value/objects.hpp"

namespace loopglass::value {

// A class of such tuples, for the life of the process. `name` as for define_type
// ("time.struct_time"). At most 12 fields; constructing it takes one sequence of that length.
[[nodiscard]] Type* define_struct_sequence(const char* name,
                                           std::initializer_list<const char*> fields);
[[nodiscard]] Value make_struct_sequence(Type* type, std::span<const Value> items);

}  // namespace loopglass::value
