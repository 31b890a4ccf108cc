// Script exceptions: their classes, instances, and how C++ raises them. Exceptions travel as
// results (an empty Value with g_thread.raised set), never as C++ exceptions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/source.hpp"
#include "runtime/value/thread.hpp"
#include "runtime/value/type.hpp"

namespace loopglass::value {

// Every builtin exception class, base classes first: X(name, base).
#define LOOPGLASS_EXCEPTIONS(X)                \
    X(Exception, BaseException)                \
    X(GeneratorExit, BaseException)            \
    X(KeyboardInterrupt, BaseException)        \
    X(SystemExit, BaseException)               \
    X(BaseExceptionGroup, BaseException)       \
    X(ArithmeticError, Exception)              \
    X(FloatingPointError, ArithmeticError)     \
    X(OverflowError, ArithmeticError)          \
    X(ZeroDivisionError, ArithmeticError)      \
    X(AssertionError, Exception)               \
    X(AttributeError, Exception)               \
    X(BufferError, Exception)                  \
    X(EOFError, Exception)                     \
    X(ImportError, Exception)                  \
    X(ModuleNotFoundError, ImportError)        \
    X(LookupError, Exception)                  \
    X(IndexError, LookupError)                 \
    X(KeyError, LookupError)                   \
    X(MemoryError, Exception)                  \
    X(NameError, Exception)                    \
    X(UnboundLocalError, NameError)            \
    X(OSError, Exception)                      \
    X(BlockingIOError, OSError)                \
    X(ChildProcessError, OSError)              \
    X(ConnectionError, OSError)                \
    X(BrokenPipeError, ConnectionError)        \
    X(ConnectionAbortedError, ConnectionError) \
    X(ConnectionRefusedError, ConnectionError) \
    X(ConnectionResetError, ConnectionError)   \
    X(FileExistsError, OSError)                \
    X(FileNotFoundError, OSError)              \
    X(InterruptedError, OSError)               \
    X(IsADirectoryError, OSError)              \
    X(NotADirectoryError, OSError)             \
    X(PermissionError, OSError)                \
    X(ProcessLookupError, OSError)             \
    X(TimeoutError, OSError)                   \
    X(ReferenceError, Exception)               \
    X(RuntimeError, Exception)                 \
    X(NotImplementedError, RuntimeError)       \
    X(RecursionError, RuntimeError)            \
    X(PythonFinalizationError, RuntimeError)   \
    X(StopAsyncIteration, Exception)           \
    X(StopIteration, Exception)                \
    X(SyntaxError, Exception)                  \
    X(IndentationError, SyntaxError)           \
    X(TabError, IndentationError)              \
    X(SystemError, Exception)                  \
    X(TypeError, Exception)                    \
    X(ValueError, Exception)                   \
    X(UnicodeError, ValueError)                \
    X(UnicodeDecodeError, UnicodeError)        \
    X(UnicodeEncodeError, UnicodeError)        \
    X(UnicodeTranslateError, UnicodeError)     \
    X(Warning, Exception)                      \
    X(BytesWarning, Warning)                   \
    X(DeprecationWarning, Warning)             \
    X(EncodingWarning, Warning)                \
    X(FutureWarning, Warning)                  \
    X(ImportWarning, Warning)                  \
    X(PendingDeprecationWarning, Warning)      \
    X(ResourceWarning, Warning)                \
    X(RuntimeWarning, Warning)                 \
    X(SyntaxWarning, Warning)                  \
    X(UnicodeWarning, Warning)                 \
    X(UserWarning, Warning)

// The classes, by name: errors::ValueError. ExceptionGroup has two bases and stands apart.
namespace errors {
extern Type* BaseException;
extern Type* ExceptionGroup;
#define X(name, base) extern Type* name;
LOOPGLASS_EXCEPTIONS(X)
#undef X
}  // namespace errors

// One line of a traceback: where a frame was when an exception passed through it.
struct TracebackEntry {
    Value code;       // Code
    base::Span span;  // what failed; line 0 if unknown
    base::Span
        anchor;  // the operator, attribute, brackets inside span that carets point at; line 0: none
    Value frame;  // FrameObject if one was made, or empty
};

struct Exception : Object {
    static Type* type;  // BaseException
    Ref<Tuple> args;
    Value cause, context;  // empty: None
    bool suppress_context = false;
    Value traceback;  // Traceback object (traceback.hpp), or empty
    Value notes;      // __notes__ list, or empty
    // What classes with more fields keep, in the order of their table in exceptions.cpp
    // (StopIteration.value, SystemExit.code, OSError errno strerror filename, group message
    // exceptions …).
    std::vector<Value> fields;

    explicit Exception(Type* its_type) : Object(its_type) {}
};

// Raise: make the exception pending. All answer an empty Value, so `return raise(...)` works; in a
// function that returns bool or int, write `return raise(...), false`.
Value raise(Type* type, std::string_view message);
Value raise_with(Type* type, std::initializer_list<Value> args);
Value raise_value(const Value& instance);  // as `raise instance` does; fills in __context__
Value raise_stop_iteration(const Value& value);
Value raise_key_error(const Value& key);
Value raise_os_error(int error_number, std::string_view strerror, std::string_view filename = {});
// Restores an exception taken with take_raised(), without touching __context__.
void restore_raised(Value exception);

[[nodiscard]] inline bool is_exception(const Value& value, const Type* type) {
    return value.is_object() && is_subtype(value.object()->type, type);
}
// Is the pending exception of this class? (AttributeError, StopIteration …)
[[nodiscard]] bool raised_is(const Type* type);
// Drops the pending exception.
void clear_raised();
// Drops it if it is of this class; false if another one is pending.
bool clear_raised_if(const Type* type);

// Adds the frame to the pending exception's traceback. Call once for each frame it passes, with
// the place that failed. `anchor` is what carets mark; line 0 for none.
void add_traceback(Frame* frame, const base::Span& span, const base::Span& anchor = {});

// "TypeName: message" lines and whole tracebacks as CPython prints them (Lib/traceback.py).
[[nodiscard]] std::string format_exception(const Value& exception, int64_t limit = INT64_MAX,
                                           bool chain = true);
// An error nobody can receive (in __del__, a callback): "Exception ignored in: ..." on stderr.
void write_unraisable(const Value& exception, const Value& where);

}  // namespace loopglass::value
