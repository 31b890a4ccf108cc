// RecordingLoader: the one door through which a recording comes in from outside. Every event is
// checked against event_kinds.def, so that nothing behind it has to expect nonsense.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/trace/recording.hpp"

namespace loopglass::trace {

// The latest time in a recording, 73 years: beyond it sums of times could overflow.
inline constexpr int64_t kMostNs = int64_t{1} << 61;

class RecordingLoader {
public:
    // `id_limit`: the highest id accepted, so that a small file cannot ask for much memory.
    RecordingLoader(Level level, uint32_t budget, uint32_t id_limit);

    // Texts come before the events that use them, in order of their ids, each once.
    [[nodiscard]] bool add_text(std::string_view text);
    [[nodiscard]] TextId text(std::string_view text) { return rec_.texts_.intern(text); }
    void add_wide(int64_t value) { rec_.wide_.push_back(value); }
    [[nodiscard]] uint32_t wide(int64_t value) { return rec_.wide(value); }
    [[nodiscard]] uint32_t size() const { return rec_.size_; }
    [[nodiscard]] int64_t now() const { return rec_.now_; }

    // Each returns what is wrong as one sentence, or the empty string.
    [[nodiscard]] std::string set_now(int64_t ns);
    [[nodiscard]] std::string add(const Event& event);

    // The recording, closed with what `info` says of its end.
    [[nodiscard]] Recording finish(RunInfo info);

private:
    [[nodiscard]] std::string check(const Event& event) const;
    [[nodiscard]] bool valid(FieldType type, uint32_t value, uint8_t detail) const;
    void count_id(FieldType type, uint32_t value);

    Recording rec_;
    uint32_t id_limit_;
};

}  // namespace loopglass::trace
