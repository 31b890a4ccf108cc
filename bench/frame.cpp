// How long a frame of the window takes to build (CPU time, no display), in recordings of 100
// thousand and of 10 million events: at random places, on both axes, once at the same zooms (10 to
// 100 thousand events in sight) and once at every zoom there is. What is asked: 95 % of the frames
// within 4 ms, and of the same views within 1.5 times what the small recording takes.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
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

// `most`: events in sight at the widest zoom.
Numbers measure(gui::AppState& state, double most) {
    std::printf("%u events, %u tasks, 10 to %.0f events in sight\n", state.timeline().size(),
                state.timeline().task_count(), most);
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().DisplaySize = {1440, 900};
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    gui::Fonts fonts;
    gui::load_fonts(fonts, 1);
    gui::Memory memory;
    std::mt19937 random(1);
    std::vector<double> times, seeks;
    constexpr int kFrames = 1000;
    for (int i = 0; i < kFrames + 20; ++i) {
        const auto axis = i % 2 ? trace::Axis::Events : trace::Axis::Time;
        if (state.settings.axis != axis) state.apply(gui::SetAxis{axis});
        state.apply(gui::SetAxis{axis});
        const double whole = state.view_end();
        const double share = static_cast<double>(random() % 1000) / 999;
        const double in_sight = 10 * std::pow(most / 10, share);
        const double span = whole * in_sight / static_cast<double>(state.timeline().size());
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
    constexpr uint32_t kSmall = 100'000, kLarge = 10'000'000;
    double small = 0;
    {
        gui::AppState state(testing::document_of(testing::big_run(kSmall, 200)));
        small = measure(state, kSmall).p95;
    }
    gui::AppState state(testing::document_of(testing::big_run(kLarge, 200)));
    const double same = measure(state, kSmall).p95, large = measure(state, kLarge).p95;
    std::printf("10 M against 100 k: the same views %.2f times, every view %.2f times\n",
                same / small, large / small);
    return large <= 4 && same / small <= 1.5 ? 0 : 1;
}
