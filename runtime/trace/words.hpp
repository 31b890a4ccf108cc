// The words for the same three boxes in their three clothes: asyncio's own, a restaurant, a
// theatre.
#pragma once

#include <cstdint>
#include <string_view>

namespace loopglass::trace {

enum class Clothes : uint8_t { Asyncio, Restaurant, Theatre };
inline constexpr Clothes kAllClothes[] = {Clothes::Asyncio, Clothes::Restaurant, Clothes::Theatre};

struct Words {
    std::string_view name;  // of the clothes: "asyncio"
    // Titles and notes of the three boxes of the loop panel.
    std::string_view ready_title, ready_note, running_title, running_note, waiting_title,
        waiting_note, nobody;
    // Nouns, as inside a sentence.
    std::string_view loop, task, tasks, turn, line, pass, timer;
    // Verbs with their object; the subject is a task.
    std::string_view joins;       // is put on the ready queue
    std::string_view gets_turn;   // is resumed
    std::string_view gives_turn;  // suspends
    std::string_view keeps_turn;  // blocks
    std::string_view ends;        // returns
    std::string_view bell_note;   // how one comes from waiting back in line
    std::string_view breaks;      // where the picture stops being true; empty for asyncio's own
};

[[nodiscard]] const Words& words(Clothes clothes);

}  // namespace loopglass::trace
