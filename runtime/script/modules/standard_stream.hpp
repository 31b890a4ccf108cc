// sys.stdin, sys.stdout and sys.stderr: text files on the machine's own streams.
#pragma once

#include "runtime/value/value.hpp"

namespace loopglass::script {

enum class StandardStream : uint8_t { In, Out, Err };

// The one object for that stream of this process.
[[nodiscard]] value::Value standard_stream(StandardStream which);
// Makes them instances of io.TextIOWrapper, which is made later than they are.
void derive_standard_streams(const value::Type* text_file);

}  // namespace loopglass::script
