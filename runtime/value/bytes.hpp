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

// Set by the script floor: encodings and error handlers not known here. `known`: the encoding is
// known, the handler is not.
extern Value (*g_other_codec)(bool encode, const Value& object, std::string_view encoding,
                              std::string_view error_handler, bool known);

// ---- inside the bytes files -------------------------------------------------------------------

// The bytes of a bytes or bytearray that is known to be one.
[[nodiscard]] std::string_view own_bytes(const Value& self);
// An exact bytes or bytearray, as `self` is one or the other.
[[nodiscard]] Value bytes_like(const Value& self, std::string_view bytes);
// Bytes of an argument, or TypeError "a bytes-like object is required, not 'T'".
[[nodiscard]] bool bytes_argument(const Value& value, std::string_view& out);
// One byte: an int in range(256), or errors.
[[nodiscard]] bool byte_argument(const Value& value, unsigned char& out);
// What bytes(...) and bytearray(...) are made of; false and pending on error.
[[nodiscard]] bool bytes_arguments(const Args& args, const char* type_name, std::string& out);
// One item, or a slice as bytes; false and pending. `item` is set for an index.
[[nodiscard]] Value bytes_item(const Value& self, const Value& key, const char* type_name);
[[nodiscard]] Value bytes_multiply(const Value& a, const Value& b);
[[nodiscard]] Value bytes_add(const Value& a, const Value& b);
[[nodiscard]] Value bytes_compare(const Value& a, const Value& b, CompareOp op);
[[nodiscard]] int bytes_contains(const Value& self, const Value& item);
[[nodiscard]] Value bytes_iter(const Value& self);
[[nodiscard]] Value bytes_modulo(const Value& a, const Value& b);
// Appends repr(): b'...'.
void append_bytes_repr(std::string& out, std::string_view bytes);
// Appends two digits a byte; false and pending (bad separator).
[[nodiscard]] Value bytes_hex(std::string_view bytes, const Value& separator, const Value& every);

extern const std::span<const NativeMethod> kBytesSearchMethods;  // bytes_search.cpp
extern const std::span<const NativeMethod> kBytesTextMethods;    // bytes_text.cpp
void initialise_bytearray_type();
void initialise_memoryview_type();

}  // namespace loopglass::value
