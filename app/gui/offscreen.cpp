#include "app/gui/offscreen.hpp"

#include <gif_lib.h>
#include <imgui.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/gui/palette.hpp"
#include "app/gui/ui.hpp"
#include "runtime/base/text.hpp"

namespace loopglass::gui {

using base::cat;
using base::Error;
using base::Result;

float fit_scale(float wanted, int width, int height) {
    constexpr float kLeastWidth = 880, kLeastHeight = 540;
    return std::clamp(std::min(static_cast<float>(width) / kLeastWidth,
                               static_cast<float>(height) / kLeastHeight),
                      0.5f, wanted);
}

float scale_for(int height, const Settings& settings) {
    // Large windows get larger type, so that 4K on a projector is not a page of ants.
    const float whole = std::clamp(static_cast<float>(height) / 900.0f, 1.0f, 2.4f);
    if (!settings.presenter) return whole * settings.text_scale;
    // Code at 24 pixels or more, as far as every panel still has its place.
    constexpr float kLarger = 1.3f, kLeast = 1.6f, kLowest = 560;
    const float fits = height ? static_cast<float>(height) / kLowest : kLeast;
    return std::max(whole, std::min(std::max(whole * kLarger, kLeast), fits)) * settings.text_scale;
}

Offscreen::Offscreen(int width, int height, const Settings& settings)
    : scale_(fit_scale(scale_for(height, settings), width, height)) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    io.DeltaTime = 1;  // movement is over by the next frame
    load_fonts(fonts_, scale_);
    unsigned char* pixels = nullptr;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &texture_.width, &texture_.height);
    texture_.pixels = pixels;
}

Offscreen::~Offscreen() {
    ImGui::DestroyContext();
}

void Offscreen::frame(AppState& state) {
    ImGui::NewFrame();
    Actions actions;
    draw_frame(fonts_, scale_, state, memory_, actions, nullptr);
    ImGui::Render();
    for (const Action& action : actions) state.apply(action);
}

void Offscreen::press(AppState& state, std::string_view keys) {
    for (const char key : keys) {
        ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(key));
        frame(state);
    }
}

Picture Offscreen::draw(AppState& state) {
    for (int settle = 0; settle < 3; ++settle) frame(state);  // one may ask for another
    return draw_picture(*ImGui::GetDrawData(), texture_, theme(state.settings.dark).background);
}

namespace {

AppState prepared(Document document, const WindowOptions& options) {
    AppState state(std::move(document));
    state.settings = options.settings;
    state.settings.reduced_motion = true;
    if (options.select) state.apply(SelectTask{options.select});
    state.apply(Seek{options.at.value_or(0)});
    return state;
}

// Written beside and renamed, so that a full disk leaves no half picture.
template <typename Write>
Result<bool> write_whole(const std::string& path, Write&& write) {
    const std::string beside = path + ".part";
    std::error_code error;
    if (write(beside.c_str()))
        std::filesystem::rename(beside, path, error);
    else
        error = std::make_error_code(std::errc::io_error);
    if (!error) return true;
    std::filesystem::remove(beside, error);
    return Error{cat("cannot write ", path)};
}

struct CloseGif {
    void operator()(GifFileType* file) const { EGifCloseFile(file, nullptr); }
};

bool write_frame(GifFileType* file, const Picture& picture, int hundredths) {
    const Palette palette(picture);
    GifColorType colors[256] = {};
    for (size_t i = 0; i < palette.colors().size(); ++i)
        colors[i] = {palette.colors()[i].red, palette.colors()[i].green, palette.colors()[i].blue};
    std::unique_ptr<ColorMapObject, void (*)(ColorMapObject*)> map(GifMakeMapObject(256, colors),
                                                                   GifFreeMapObject);
    const GraphicsControlBlock control{DISPOSE_DO_NOT, false, hundredths, NO_TRANSPARENT_COLOR};
    GifByteType extension[4];
    EGifGCBToExtension(&control, extension);
    if (EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, extension) == GIF_ERROR) return false;
    if (EGifPutImageDesc(file, 0, 0, picture.width, picture.height, false, map.get()) == GIF_ERROR)
        return false;
    std::vector<GifPixelType> pixels = palette.indexed(picture);
    return EGifPutLine(file, pixels.data(), static_cast<int>(pixels.size())) != GIF_ERROR;
}

bool repeat_forever(GifFileType* file) {
    constexpr unsigned char kLoop[] = {1, 0, 0};
    return EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE) != GIF_ERROR &&
           EGifPutExtensionBlock(file, 11, "NETSCAPE2.0") != GIF_ERROR &&
           EGifPutExtensionBlock(file, sizeof kLoop, kLoop) != GIF_ERROR &&
           EGifPutExtensionTrailer(file) != GIF_ERROR;
}

}  // namespace

Result<bool> write_screenshot(Document document, const WindowOptions& options,
                              const std::string& path) {
    AppState state = prepared(std::move(document), options);
    Offscreen screen(options.width, options.height, options.settings);
    screen.press(state, options.keys);
    const Picture picture = screen.draw(state);
    return write_whole(path, [&](const char* part) { return picture.write_png(part); });
}

Result<bool> write_animation(Document document, const WindowOptions& options,
                             const std::string& path, int most_frames) {
    AppState state = prepared(std::move(document), options);
    Offscreen screen(options.width, options.height, options.settings);
    return write_whole(path, [&](const char* part) {
        std::unique_ptr<GifFileType, CloseGif> file(EGifOpenFileName(part, false, nullptr));
        if (!file) return false;
        EGifSetGifVersion(file.get(), true);
        if (EGifPutScreenDesc(file.get(), options.width, options.height, 8, 0, nullptr) ==
                GIF_ERROR ||
            !repeat_forever(file.get()))
            return false;
        const auto pace = static_cast<int>(100 / std::max(options.settings.speed, 0.25f));
        for (int frame = 0; frame < most_frames; ++frame) {
            const trace::EventIndex before = state.focus();
            const Picture picture = screen.draw(state);
            state.apply(StepBy{+1});
            const bool last = state.focus() == before || frame + 1 == most_frames;
            if (!write_frame(file.get(), picture, last ? 4 * pace : pace)) return false;
            if (last) break;
        }
        return true;
    });
}

}  // namespace loopglass::gui
