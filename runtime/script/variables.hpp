// What the recording of lines tells of variables: whether one has changed since it was last looked
// at, and the text that is shown for its value. Neither runs code of the script.
#pragma once

#include <cstdint>

#include "runtime/script/names.hpp"
#include "runtime/trace/recording.hpp"

namespace loopglass::script::eval {

// What a variable held when it was last looked at: the word, and a mark of all that is shown of the
// content, so that changes in place are seen, and another value at the address of a former one.
struct Seen {
    uintptr_t word = 0;
    uint64_t content = 0;
};

// Of a value that is not a small int.
[[nodiscard]] uint64_t content_mark(const Value& value);

// Has it changed? Then `seen` is what it holds now. An unset variable is a value too.
[[nodiscard]] inline bool has_changed(const Value& value, Seen& seen) {
    const uintptr_t word = value.bits();
    if (word == seen.word && (word == 0 || value.is_small())) return false;
    const uint64_t content = word == 0 || value.is_small() ? 0 : content_mark(value);
    if (word == seen.word && content == seen.content) return false;
    seen = {word, content};
    return true;
}

// Its repr; of what has none that can be taken without the script's code, or is too large: its type
// and size. At most 80 bytes and a sign that there is more. 0: unset.
[[nodiscard]] trace::TextId shown_text(trace::Recording& recording, const Value& value);

}  // namespace loopglass::script::eval
