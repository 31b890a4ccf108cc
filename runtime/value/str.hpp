// What the files that make up str share with each other: raw construction, argument checks and the
// method tables its type is put together from.
#pragma once

#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "runtime/value/native.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::value {

// An exact str of that many bytes and code points, its text still to be written.
[[nodiscard]] Ref<Str> make_str_raw(size_t bytes, size_t code_points);
// A piece of a text whose number of code points is known.
[[nodiscard]] inline Ref<Str> make_str_sized(std::string_view text, size_t code_points) {
    Ref<Str> made = make_str_raw(text.size(), code_points);
    std::memcpy(made->data(), text.data(), text.size());
    return made;
}
// A part of `whole`; cheap if that is ASCII.
[[nodiscard]] Ref<Str> make_part(const Str* whole, std::string_view part);

[[nodiscard]] inline Str* self_str(const Value& self) {
    return static_cast<Str*>(self.object());
}
// The text of an argument, or a TypeError "method() argument N must be str, not T".
[[nodiscard]] Str* str_argument(const Value& value, const char* method, int position);
// Optional start and end of find, count, startswith …: clamped into [0, length], as slices are.
[[nodiscard]] bool bounds(const Value& start, const Value& end, size_t length, size_t& from,
                          size_t& to);
// A size argument with a default for "left out".
[[nodiscard]] bool size_argument(const Value& value, int64_t fallback, int64_t& out);
// The factor of a repetition: an index, or an OverflowError.
[[nodiscard]] bool repeat_count(const Value& value, int64_t& out);

extern const std::span<const NativeMethod> kStrSearchMethods;     // str_search.cpp
extern const std::span<const NativeMethod> kStrSplitMethods;      // str_split.cpp
extern const std::span<const NativeMethod> kStrLayoutMethods;     // str_layout.cpp
extern const std::span<const NativeMethod> kStrTestMethods;       // str_test.cpp
extern const std::span<const NativeMethod> kStrTranslateMethods;  // str_translate.cpp
extern const std::span<const NativeMethod> kStrFormatMethods;     // format_template.cpp

void initialise_str_iterators();

}  // namespace loopglass::value
