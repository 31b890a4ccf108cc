// The window: GLFW, OpenGL 3 and the frame loop. The only file that knows GLFW. A frame is drawn
// when something happened; otherwise it waits for events.
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>
#if IMGUI_VERSION_NUM >= 18700
#include <imgui_internal.h>  // how many events wait is told nowhere else
#endif

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/app.hpp"
#include "app/gui/offscreen.hpp"
#include "app/gui/prompt.hpp"
#include "app/gui/server.hpp"
#include "app/gui/settings.hpp"
#include "app/gui/ui.hpp"
#include "runtime/base/text.hpp"

namespace loopglass::gui {

using base::cat;
using base::Error;
using base::Result;

namespace {

std::string g_glfw_error;

// Keys and characters in the order they came. What would be lost or change places within one frame
// (a key tapped twice, a character typed before an arrow) waits for the next.
class KeyQueue {
public:
    static void watch(GLFWwindow* window) {
        glfwSetMouseButtonCallback(window, [](GLFWwindow* from, int button, int action, int mods) {
            ++inputs;
            ImGui_ImplGlfw_MouseButtonCallback(from, button, action, mods);
        });
        glfwSetKeyCallback(window, [](GLFWwindow* from, int key, int code, int action, int mods) {
            ++inputs;
#if IMGUI_VERSION_NUM < 18700
            events.push_back({from, key, code, action, mods, 0});
        });
        glfwSetCharCallback(window, [](GLFWwindow* from, unsigned character) {
            events.push_back({from, 0, 0, 0, 0, character});
#else  // later versions have such a queue themselves
            ImGui_ImplGlfw_KeyCallback(from, key, code, action, mods);
#endif
        });
    }
    static inline int inputs = 0;  // keys and buttons since a frame was last shown
    // Call before each frame. Answers whether some must wait for another one.
    static bool feed() {
#if IMGUI_VERSION_NUM >= 18700
        return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
#else
        bool acted = false, typed = false;  // by a key that types nothing; a character
        std::vector<int> changed;
        for (; !events.empty(); events.pop_front()) {
            const Event& event = events.front();
            if (event.character) {
                if (acted) break;
                typed = true;
                ImGui_ImplGlfw_CharCallback(event.window, event.character);
                continue;
            }
            const bool types = event.key < GLFW_KEY_ESCAPE && !(event.mods & GLFW_MOD_CONTROL);
            if (std::find(changed.begin(), changed.end(), event.key) != changed.end()) break;
            if (!types && typed) break;
            if (event.key >= GLFW_KEY_LEFT_SHIFT && acted) break;  // Ctrl stays for its Ctrl+Enter
            acted |= !types && event.key < GLFW_KEY_LEFT_SHIFT && event.action != GLFW_RELEASE;
            changed.push_back(event.key);
            ImGui_ImplGlfw_KeyCallback(event.window, event.key, event.code, event.action,
                                       event.mods);
        }
        return !events.empty();
#endif
    }

private:
#if IMGUI_VERSION_NUM < 18700
    struct Event {
        GLFWwindow* window;
        int key, code, action, mods;
        unsigned character;  // 0: a key
    };
    static inline std::deque<Event> events;
#endif
};

// One GLFW window with an ImGui context on it; visible or not.
class Surface {
public:
    Surface() = default;
    Surface(const Surface&) = delete;
    ~Surface() {
        if (ready_) {
            ImGui_ImplOpenGL3_Shutdown();
            ImGui_ImplGlfw_Shutdown();
            ImGui::DestroyContext();
        }
        if (window) glfwDestroyWindow(window);
        glfwTerminate();
    }

    Result<bool> open(int width, int height, const char* title) {
        glfwSetErrorCallback([](int, const char* text) { g_glfw_error = text; });
        if (!glfwInit()) return Error{cat("cannot open a display: ", g_glfw_error)};
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
        glfwWindowHint(GLFW_SAMPLES, 4);
        // Where things are to be twice as large, so is the window.
        glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
        window = glfwCreateWindow(width, height, title, nullptr, nullptr);
        if (!window) return Error{cat("cannot open a window with OpenGL 3.3: ", g_glfw_error)};
        keep_on_monitor();
        glfwMakeContextCurrent(window);
        glfwSwapInterval(1);
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        ImGui_ImplGlfw_InitForOpenGL(window, true);
        KeyQueue::watch(window);
        ImGui_ImplOpenGL3_Init("#version 330");
        ready_ = true;
        return true;
    }

    GLFWwindow* window = nullptr;

private:
    // No larger than the screen has room for.
    void keep_on_monitor() {
        GLFWmonitor* monitor = glfwGetPrimaryMonitor();
        if (!monitor) return;
        int x = 0, y = 0, width = 0, height = 0, wide = 0, high = 0;
        glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
        glfwGetWindowSize(window, &wide, &high);
        if (width > 0 && height > 0 && (wide > width || high > height))
            glfwSetWindowSize(window, std::min(wide, width), std::min(high, height));
    }

    bool ready_ = false;
};

// How much larger than usual the monitor under the window wants things, in the units of the
// window. Where those units are larger than pixels, that much of it is done already.
float display_scale(GLFWwindow* window) {
    float x = 1, y = 1;
    glfwGetWindowContentScale(window, &x, &y);
    int width = 0, height = 0, pixels = 0;
    glfwGetWindowSize(window, &width, &height);
    glfwGetFramebufferSize(window, &pixels, &height);
    if (width > 0 && pixels > 0) x *= static_cast<float>(width) / static_cast<float>(pixels);
    return std::clamp(x, 1.0f, 4.0f);
}

// For tests: LOOPGLASS_FRAMES names a file that gets a line for every frame that is shown, with how
// many keys and buttons came before it and what it shows.
class FrameLog {
public:
    FrameLog() {
        const char* path = std::getenv("LOOPGLASS_FRAMES");
        if (path && *path) file_ = std::fopen(path, "w");
    }
    FrameLog(const FrameLog&) = delete;
    ~FrameLog() {
        if (file_) std::fclose(file_);
    }
    void shown(const AppState& state) {
        if (!file_) return;
        std::fprintf(file_, "frame %d inputs %d focus %u of %u run %s\n", ++frames_,
                     std::exchange(KeyQueue::inputs, 0), state.focus(), state.timeline().size(),
                     state.document().hash.c_str());
        std::fflush(file_);
    }

private:
    std::FILE* file_ = nullptr;
    int frames_ = 0;
};

// Draws frames of a state; rebuilds the fonts when the scale changes.
class Frames final : private MoreKeys {
public:
    explicit Frames(Surface& surface) : surface_(surface) {}

    // Answers whether something still moves. Actions are applied before it returns. A frame that is
    // not shown costs little: for input when more of it waits.
    bool draw(AppState& state, bool show = true) {
        prepare_fonts(state);
        ImGui_ImplOpenGL3_NewFrame();
        ImGui_ImplGlfw_NewFrame();
        const BuiltFrame built = build_frame(fonts_, scale_, state, memory_, show, this, nullptr);
        if (show) render(state);
        return built.moving || built.acted;
    }

private:
    void take(Actions& actions) override {
        if (pressed(GLFW_KEY_F5)) actions.push_back(TogglePresenter{});
        if (pressed(GLFW_KEY_F11)) actions.push_back(ToggleFullscreen{});
        if (pressed(GLFW_KEY_Q) && ImGui::GetIO().KeyCtrl)
            glfwSetWindowShouldClose(surface_.window, GLFW_TRUE);
    }

    void render(const AppState& state) {
        int width = 0, height = 0;
        glfwGetFramebufferSize(surface_.window, &width, &height);
        glViewport(0, 0, width, height);
        const Color ground = theme(state.settings.dark).background;
        glClearColor(static_cast<float>(ground & 0xFF) / 255,
                     static_cast<float>((ground >> 8) & 0xFF) / 255,
                     static_cast<float>((ground >> 16) & 0xFF) / 255, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    }

    // Keys which the drawing library does not name in every version.
    static bool pressed(int glfw_key) {
#if IMGUI_VERSION_NUM >= 18700
        const ImGuiKey key = glfw_key == GLFW_KEY_F5    ? ImGuiKey_F5
                             : glfw_key == GLFW_KEY_F11 ? ImGuiKey_F11
                                                        : ImGuiKey_Q;
        return ImGui::IsKeyPressed(key, false);
#else
        return ImGui::IsKeyPressed(glfw_key, false);
#endif
    }

    void prepare_fonts(const AppState& state) {
        int width = 0, height = 0;
        glfwGetWindowSize(surface_.window, &width, &height);
        const float wanted =
            std::max(scale_for(height, state.settings),
                     display_scale(surface_.window) * scale_for(0, state.settings));
        const float scale = fit_scale(wanted, width, height);
        if (scale == scale_) return;
        scale_ = scale;
        load_fonts(fonts_, scale);
#if IMGUI_VERSION_NUM < 19200  // later versions see for themselves
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
#endif
    }

    Surface& surface_;
    Fonts fonts_;
    Memory memory_;
    float scale_ = 0;
};

void toggle_fullscreen(GLFWwindow* window, bool on, int (&kept)[4]) {
    if (on) {
        glfwGetWindowPos(window, &kept[0], &kept[1]);
        glfwGetWindowSize(window, &kept[2], &kept[3]);
        GLFWmonitor* monitor = glfwGetPrimaryMonitor();
        const GLFWvidmode* mode = glfwGetVideoMode(monitor);
        glfwSetWindowMonitor(window, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
    } else {
        glfwSetWindowMonitor(window, nullptr, kept[0], kept[1], kept[2], kept[3], GLFW_DONT_CARE);
    }
}

// Files that were dropped on the window since the last frame.
std::vector<std::string> g_dropped;

void watch_drops(GLFWwindow* window) {
    glfwSetDropCallback(window, [](GLFWwindow*, int count, const char** paths) {
        g_dropped.assign(paths, paths + count);
    });
}

// Where it was last time, if some of that is on a monitor that is still there.
void place_window(GLFWwindow* window, const Settings& settings) {
    int count = 0;
    GLFWmonitor** monitors = glfwGetMonitors(&count);
    for (int i = 0; i < count; ++i) {
        int x = 0, y = 0, width = 0, height = 0;
        glfwGetMonitorWorkarea(monitors[i], &x, &y, &width, &height);
        const bool inside = settings.left + 100 > x && settings.left + 100 < x + width &&
                            settings.top >= y && settings.top + 40 < y + height;
        if (!inside) continue;
        glfwSetWindowSize(window, std::min(settings.width, width),
                          std::min(settings.height, height));
        return glfwSetWindowPos(window, settings.left, settings.top);
    }
}

void prepare(AppState& state, const WindowOptions& options) {
    state.settings = options.settings;
    if (options.select) state.apply(SelectTask{options.select});
    state.apply(Seek{options.at.value_or(0)});
}

}  // namespace

constexpr double kLookAtDisk = 1;  // seconds between two looks at the open file

int run_window(Document document, const Services& services, const WindowOptions& options,
               std::unique_ptr<Run> under_way) {
    Surface surface;
    if (auto opened = surface.open(options.width, options.height, "Loopglass"); !opened) {
        std::fprintf(stderr, "loopglass: %s\n", opened.error().message.c_str());
        return 1;
    }
    if (options.settings.width) place_window(surface.window, options.settings);
    AppState state(std::move(document));
    prepare(state, options);
    if (!state.settings.tour_seen && state.document().number) state.apply(StartTour{});
    Frames frames(surface);
    FrameLog log;
    Server server(services);
    const std::string path = state.document().path;
    if (under_way)
        server.take_over(state, path, std::move(under_way));
    else if (!path.empty())
        state.remember_file(path);
    if (!state.running) server.greet(state);
    watch_drops(surface.window);
    double watched = 0;
    bool fullscreen = false;
    int kept[4] = {100, 100, options.width, options.height};
    int awake = 3;  // frames still to draw before it may rest
    double before = glfwGetTime();
    while (!glfwWindowShouldClose(surface.window)) {
        if (awake > 0) {
            glfwPollEvents();
        } else {
            const bool busy = state.playing() || prompt().live();
            const double asleep = glfwGetTime();
            glfwWaitEventsTimeout(busy ? 0.02 : kLookAtDisk);
            awake = state.playing() ? 1 : 3;
            // Nobody did anything: a look at the disk, and back to sleep without a frame.
            if (!busy && glfwGetTime() - asleep >= kLookAtDisk && !server.watch(state)) {
                awake = 0;
                continue;
            }
        }
        const double now = glfwGetTime();
        const bool stepped = state.tick(static_cast<float>(now - before));
        before = now;
        for (int unseen = 0; KeyQueue::feed() && unseen < 100; ++unseen) {
            frames.draw(state, false);
            if (!state.running) server.serve(state);
        }
        const bool moving = frames.draw(state);
        glfwSwapBuffers(surface.window);
        log.shown(state);
        awake = moving || stepped ? 3 : awake - 1;
        if (!g_dropped.empty()) server.open(state, std::exchange(g_dropped, {}).front());
        if (server.serve(state)) awake = 3;
        if (prompt().work()) awake = 3;
        if (auto typed = prompt().take_document()) {
            state.open(std::move(*typed));
            state.apply(GoLast{});
            awake = 3;
        }
        if (now - watched >= kLookAtDisk) {
            watched = now;
            if (server.watch(state)) awake = 3;
        }
        if (state.fullscreen != fullscreen)
            toggle_fullscreen(surface.window, fullscreen = state.fullscreen, kept);
    }
    prompt().end();
    if (!fullscreen) {
        glfwGetWindowPos(surface.window, &state.settings.left, &state.settings.top);
        glfwGetWindowSize(surface.window, &state.settings.width, &state.settings.height);
    }
    if (state.document().number) {
        state.settings.lesson = state.document().place;
        state.settings.focus = state.focus();
    }
    save_settings(state.settings);
    return 0;
}

}  // namespace loopglass::gui
