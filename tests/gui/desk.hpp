// A window that exists only in memory, for tests of what it draws and how it answers.
#pragma once

#include <doctest/doctest.h>
#include <imgui.h>

#include <string>

#include "app/gui/ui.hpp"

namespace loopglass::testing {

using gui::Point;
using gui::Probe;
using gui::Rect;

// Frames, and a hand on mouse and keyboard.
class Desk {
public:
    explicit Desk(gui::Document document, float width = 1440, float height = 900)
        : state(std::move(document)) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {width, height};
        io.DeltaTime = 1.0f / 60;
#if IMGUI_VERSION_NUM < 18700  // later versions know keys by name
        constexpr ImGuiKey_ kKeys[] = {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow,
                                       ImGuiKey_DownArrow, ImGuiKey_Space,      ImGuiKey_Home,
                                       ImGuiKey_End,       ImGuiKey_PageUp,     ImGuiKey_PageDown,
                                       ImGuiKey_Escape,    ImGuiKey_Enter,      ImGuiKey_Z,
                                       ImGuiKey_Y,         ImGuiKey_Tab};
        for (const ImGuiKey_ key : kKeys) io.KeyMap[key] = key;
#endif
        gui::load_fonts(fonts_, 1);
        frame();
        frame();
    }
    Desk(const Desk&) = delete;
    ~Desk() {
        ImGui::DestroyContext();
    }

    void frame() {
        gui::build_frame(fonts_, 1, state, memory_, true, nullptr, &probe);
        triangles = ImGui::GetDrawData()->TotalIdxCount / 3;
    }

    Rect place(std::string_view name) {
        const Rect* found = probe.find(name);
        REQUIRE_MESSAGE(found != nullptr, std::string(name));
        return *found;
    }
    void move(Point to) {
#if IMGUI_VERSION_NUM < 18700
        ImGui::GetIO().MousePos = {to.x, to.y};
#else
        ImGui::GetIO().AddMousePosEvent(to.x, to.y);
#endif
        frame();
    }
    void hold(bool down) {
#if IMGUI_VERSION_NUM < 18700
        ImGui::GetIO().MouseDown[0] = down;
#else
        ImGui::GetIO().AddMouseButtonEvent(0, down);
#endif
        frame();
    }
    void click(std::string_view name) {
        move(place(name).center());
        hold(true);
        hold(false);
        frame();
    }
    void set_key(ImGuiKey which, bool down) {
#if IMGUI_VERSION_NUM < 18700
        ImGui::GetIO().KeysDown[which] = down;
#else
        ImGui::GetIO().AddKeyEvent(which, down);
#endif
        frame();
    }
    void key(ImGuiKey which) {
        set_key(which, true);
        set_key(which, false);
    }
    void wheel(Point over, float notches) {
        move(over);
#if IMGUI_VERSION_NUM < 18700
        ImGui::GetIO().MouseWheel = notches;
#else
        ImGui::GetIO().AddMouseWheelEvent(0, notches);
#endif
        frame();
    }
    void type(const char* characters) {
        ImGui::GetIO().AddInputCharactersUTF8(characters);
        frame();
    }

    gui::AppState state;
    Probe probe;
    int triangles = 0;

private:
    gui::Fonts fonts_;
    gui::Memory memory_;
};

}  // namespace loopglass::testing
