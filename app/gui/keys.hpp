// Keys by name, for every version of the drawing library.
#pragma once

#include <imgui.h>

#include <string>

namespace loopglass::gui {

#if IMGUI_VERSION_NUM >= 18700
constexpr ImGuiKey kKeypadEnter = ImGuiKey_KeypadEnter;
inline bool pressed(ImGuiKey key, bool repeat = true) {
    return ImGui::IsKeyPressed(key, repeat);
}
// A letter together with Ctrl: such keys arrive as keys, not as characters.
inline bool pressed_letter(char letter) {
    return pressed(static_cast<ImGuiKey>(ImGuiKey_A + (letter - 'A')), false);
}
#else
constexpr ImGuiKey kKeypadEnter = ImGuiKey_KeyPadEnter;
inline bool pressed(ImGuiKey key, bool repeat = true) {
    return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), repeat);
}
// Versions without names for all keys take the window library's codes, which are ASCII for letters.
inline bool pressed_letter(char letter) {
    return ImGui::IsKeyPressed(letter, false);
}
#endif

// UTF-8, without control characters.
[[nodiscard]] std::string typed_text();

}  // namespace loopglass::gui
