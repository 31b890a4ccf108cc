// What the files that make up bytes, bytearray and memoryview share; text encodings.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::value {

// bytes.decode: the text, or a UnicodeDecodeError or LookupError pending. `object` is what the
// error shows.
[[nodiscard]] Value decode_bytes(std::string_view bytes, std::string_view encoding,
                                 std::string_view error_handler, const Value& object);
// str.encode: a bytes object, or a UnicodeEncodeError or LookupError pending.
[[nodiscard]] Value encode_text(Str* text, std::string_view encoding,
                                std::string_view error_handler);

}  // namespace loopglass::value
