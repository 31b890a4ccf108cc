// The program's type: Inter for words, JetBrains Mono for code and times, from the system's fonts.
#include <imgui.h>
#include <imgui_freetype.h>

#include <filesystem>
#include <initializer_list>
#include <string>

#include "app/gui/canvas.hpp"

namespace loopglass::gui {

namespace {

const ImWchar* glyph_ranges() {
    // Latin, Greek, Cyrillic, punctuation, arrows, mathematical signs, box drawing, shapes.
    static const ImWchar ranges[] = {0x0020, 0x024F, 0x0370, 0x03FF, 0x0400, 0x04FF, 0x2010, 0x205E,
                                     0x2070, 0x209F, 0x20A0, 0x20BF, 0x2190, 0x21FF, 0x2200, 0x22FF,
                                     0x2500, 0x259F, 0x25A0, 0x25FF, 0x2713, 0x2717, 0};
    return ranges;
}

std::string first_existing(std::initializer_list<const char*> paths) {
    for (const char* path : paths)
        if (std::error_code error; std::filesystem::exists(path, error)) return path;
    return {};
}

std::string font_path(Face face) {
    switch (face) {
        case Face::Text:
            return first_existing({"/usr/share/fonts/opentype/inter/Inter-Regular.otf",
                                   "/usr/share/fonts/truetype/inter/Inter-Regular.ttf",
                                   "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"});
        case Face::Medium:
            return first_existing({"/usr/share/fonts/opentype/inter/Inter-Medium.otf",
                                   "/usr/share/fonts/truetype/inter/Inter-Medium.ttf",
                                   "/usr/share/fonts/opentype/inter/Inter-Regular.otf",
                                   "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"});
        case Face::Strong:
            return first_existing({"/usr/share/fonts/opentype/inter/Inter-SemiBold.otf",
                                   "/usr/share/fonts/truetype/inter/Inter-SemiBold.ttf",
                                   "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"});
        case Face::Mono:
            return first_existing(
                {"/usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-Regular.ttf",
                 "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"});
    }
    return {};
}

// The library measures type by its line (ascent and descent), designers by its em. How many ems a
// line of each family has: from the families' own tables.
float line_share(const std::string& path) {
    if (path.find("Inter") != std::string::npos) return 1.21f;
    if (path.find("JetBrains") != std::string::npos) return 1.32f;
    return path.empty() ? 1.0f : 1.164f;
}

}  // namespace

void load_fonts(Fonts& fonts, float scale) {
    constexpr struct {
        Face face;
        float size;
    } kWanted[] = {{Face::Text, 13},   {Face::Text, 14},   {Face::Text, 15},   {Face::Medium, 20},
                   {Face::Strong, 12}, {Face::Strong, 13}, {Face::Strong, 15}, {Face::Strong, 17},
                   {Face::Mono, 13},   {Face::Mono, 15}};
    ImFontAtlas* atlas = ImGui::GetIO().Fonts;
    atlas->Clear();
#if IMGUI_VERSION_NUM < 19200  // later versions are built with FreeType or without it
    atlas->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
#endif
    fonts.count = 0;
    for (const auto& wanted : kWanted) {
        ImFontConfig config;
        config.OversampleH = config.OversampleV = 1;
        config.PixelSnapH = true;
        const std::string path = font_path(wanted.face);
        const float pixels = wanted.size * scale * line_share(path);
        config.SizePixels = pixels;
        ImFont* font =
            path.empty() ? atlas->AddFontDefault(&config)
                         : atlas->AddFontFromFileTTF(path.c_str(), pixels, &config, glyph_ranges());
        fonts.entries[fonts.count++] = {wanted.face, wanted.size, pixels, font};
    }
#if IMGUI_VERSION_NUM >= 19200  // there, a renderer that can asks for glyphs when they are needed
    if (ImGui::GetIO().BackendFlags & ImGuiBackendFlags_RendererHasTextures) return;
#endif
    atlas->Build();
}

}  // namespace loopglass::gui
