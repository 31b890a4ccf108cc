// How long a frame of the window takes to build (CPU time, no display), in recordings of 100
// thousand and of 10 million events: at random places, at every zoom, on both axes. What is asked:
// 95 % of the frames within 4 ms, and the large recording at most 1.5 times the small one.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>

#include "app/gui/ui.hpp"
#include "tests/gui/documents.hpp"

namespace {

using namespace loopglass;

double cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Numbers {
    double median, p95, worst;
};

Numbers measure(uint32_t events) {
    gui::AppState state(testing::document_of(testing::big_run(events, 200)));
    std::printf("%u events, %u tasks\n", state.timeline().size(), state.timeline().task_count());
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().DisplaySize = {1440, 900};
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    gui::Fonts fonts;
    gui::load_fonts(fonts, 1);
    gui::Memory memory;
    std::mt19937 random(1);
    std::vector<double> times, seeks;
    constexpr int kFrames = 600;
    for (int i = 0; i < kFrames + 20; ++i) {
        const auto axis = i % 2 ? trace::Axis::Events : trace::Axis::Time;
        if (state.settings.axis != axis) state.apply(gui::SetAxis{axis});
        state.apply(gui::SetAxis{axis});
        const double whole = state.view_end();
        const double span = whole * std::pow(10.0, -0.1 * static_cast<double>(random() % 70));
        const double at = static_cast<double>(random() % 1000) / 1000 * (whole - span);
        const double began = cpu_ms();
        state.apply(gui::Seek{static_cast<trace::EventIndex>(random() % state.timeline().size())});
        state.apply(gui::SetView{at, at + std::max(span, 10.0)});
        if (i % 50 == 0)
            state.apply(gui::SelectTask{
                1 + static_cast<trace::TaskId>(random() % state.timeline().task_count())});
        const double sought = cpu_ms();
        ImGui::NewFrame();
        gui::Actions actions;
        gui::draw_frame(fonts, 1, state, memory, actions, nullptr);
        ImGui::Render();
        if (i >= 20) times.push_back(cpu_ms() - sought), seeks.push_back(sought - began);
    }
    ImGui::DestroyContext();
    std::sort(times.begin(), times.end());
    std::sort(seeks.begin(), seeks.end());
    const Numbers out{times[times.size() / 2], times[times.size() * 95 / 100], times.back()};
    std::printf("  frame: median %.2f ms, 95 %% within %.2f ms, worst %.2f ms\n", out.median,
                out.p95, out.worst);
    std::printf("  seek before it: median %.2f ms, 95 %% within %.2f ms, worst %.2f ms\n",
                seeks[seeks.size() / 2], seeks[seeks.size() * 95 / 100], seeks.back());
    return out;
}

}  // namespace

int main() {
    const Numbers small = measure(100'000), large = measure(10'000'000);
    const double ratio = large.p95 / small.p95;
    std::printf("10 M against 100 k: %.2f times\n", ratio);
    return large.p95 <= 4 && ratio <= 1.5 ? 0 : 1;
}
