// Traceback objects, and exceptions written out as CPython writes them.
#pragma once

#include <string>
#include <vector>

#include "runtime/value/errors.hpp"
#include "runtime/value/objects.hpp"

namespace loopglass::value {

// The outermost frame first; `next` leads to where the exception was raised.
struct Traceback : Object {
    static Type* type;
    TracebackEntry entry;
    Value next;         // Traceback, or empty
    Ref<Dict> globals;  // of the frame; may be empty
    Traceback(Type* its_type, TracebackEntry its_entry, Value inner, Dict* its_globals)
        : Object(its_type),
          entry(std::move(its_entry)),
          next(std::move(inner)),
          globals(Ref<Dict>::share(its_globals)) {}
};

// A frame of the library, which CPython has and we have not, stands in the chain as an entry
// without code: nobody sees it, but what its locals hold lives as long as the traceback.
[[nodiscard]] inline bool is_unseen(const Traceback* traceback) {
    return !traceback->entry.code;
}
// The first entry from `traceback` on that a script may see; empty if there is none.
[[nodiscard]] Value seen_from(const Value& traceback);

// Makes the frame object of an entry that has none (tb_frame); set by the script floor.
extern Value (*g_make_traceback_frame)(Traceback* traceback);
// Where text for stderr goes (unraisable errors); set by the host of the machine.
extern void (*g_write_stderr)(std::string_view text);

// One frame's lines: File ..., the source, carets.
[[nodiscard]] std::string format_entry(const TracebackEntry& entry);
// All frames from `traceback` on, repeated ones folded; a positive limit keeps the first ones, a
// negative one the last.
[[nodiscard]] std::string format_frames(const Value& traceback, int64_t limit);
// "Type: message", notes; for a SyntaxError the place as well.
[[nodiscard]] std::string format_exception_only(const Value& exception);
// "; did you mean" part of a NameError, AttributeError or ImportError; may be empty.
// Set by the floor that imports: is this a module of the standard library? For the hint of a
// NameError.
extern bool (*g_is_module_name)(std::string_view name);
[[nodiscard]] std::string suggestion(const Exception* exception);
// The candidate (all Str) one could have meant, or an empty text.
[[nodiscard]] std::string nearest_name(std::string_view wrong, const List* candidates);

}  // namespace loopglass::value
