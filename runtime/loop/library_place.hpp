// The line of asyncio's own Python code at which CPython would be while no function of the script
// runs: the loop is native here, yet a coroutine nobody awaited often dies there, and the warning
// names the place.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/value/thread.hpp"

namespace loopglass::loop {

struct LibraryPlace {
    const char* module;  // asyncio.MODULE
    uint32_t line;       // in MODULE.py of 3.13
    const char* source;  // that line, without its margin
};

inline constexpr LibraryPlace kRunsHandle{"events", 89,
                                          "self._context.run(self._callback, *self._args)"};
inline constexpr LibraryPlace kEmptiesHandle{"events", 82, "self._args = None"};
inline constexpr LibraryPlace kTakesNextHandle{"base_events", 2012,
                                               "handle = self._ready.popleft()"};
inline constexpr LibraryPlace kLetsGoOfHandle{
    "base_events", 2028, "handle = None  # Needed to break cycles when an exception occurs."};
inline constexpr LibraryPlace kClearsReady{"base_events", 746, "self._ready.clear()"};
inline constexpr LibraryPlace kClearsTimers{"base_events", 747, "self._scheduled.clear()"};

// Says where the loop is, for as long as this lives. Threads may be switched meanwhile: what
// another one has said is not taken for this one's, since it was not entered from the same frame.
class InLibrary {
public:
    explicit InLibrary(const LibraryPlace& place) : outer_(now_) {
        now_ = {&place, value::g_thread.frame};
    }
    ~InLibrary() { now_ = outer_; }
    InLibrary(const InLibrary&) = delete;
    InLibrary& operator=(const InLibrary&) = delete;

    // Null while a function of the script runs.
    [[nodiscard]] static const LibraryPlace* now() {
        return now_.entered_from == value::g_thread.frame ? now_.place : nullptr;
    }

private:
    struct Entered {
        const LibraryPlace* place;
        const value::Frame* entered_from;
    };
    static inline Entered now_{};

    Entered outer_;
};

// The text of a line of "<lib>/asyncio/…" that stands above; empty for any other.
[[nodiscard]] std::string_view library_line(std::string_view file, uint32_t line);

}  // namespace loopglass::loop
