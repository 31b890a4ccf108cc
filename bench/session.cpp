// Runs a script as `loopglass run` does, and says what its recording cost.
//     bench_session [--lines | --off] [--recording] FILE
// --lines: executed lines and variables are recorded too. --off: nothing is recorded. --recording:
// prints bytes an event in memory and on disk, and how long it takes to load the file and to go to
// any event of it.
#include "runtime/session/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "runtime/base/memory.hpp"
#include "runtime/trace/file.hpp"
#include "runtime/trace/timeline.hpp"

using namespace loopglass;

namespace {

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void measure(const trace::Recording& recording) {
    const double events = recording.size();
    const std::string bytes = trace::encode(recording);
    double began = cpu_seconds();
    const auto loaded = trace::decode(bytes);
    if (!loaded) return;
    const double load = cpu_seconds() - began;
    const int64_t before = base::g_memory.used;
    trace::Timeline timeline(*loaded);
    timeline.update();
    const double index = static_cast<double>(base::g_memory.used - before);

    std::vector<double> seeks;
    trace::Model model = timeline.model_at(0);
    uint64_t dice = 1;
    for (int i = 0; i < 4000; ++i) {
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        const auto target = static_cast<trace::EventIndex>((dice >> 33) % recording.size());
        began = cpu_seconds();
        timeline.seek(model, target);
        seeks.push_back(cpu_seconds() - began);
    }
    std::sort(seeks.begin(), seeks.end());
    std::printf(
        "recording of %.0f events: %.1f B an event in memory with its indexes (goal: <= 24), "
        "%.2f B on disk (goal: <= 4), loads 10,000,000 events in %.2f s (goal: <= 1), "
        "seek p50 %.1f us, p99 %.1f us (goal: <= 50)\n",
        events, (static_cast<double>(recording.memory_bytes()) + index) / events,
        static_cast<double>(bytes.size()) / events, load * 1e7 / events,
        seeks[seeks.size() / 2] * 1e6, seeks[seeks.size() * 99 / 100] * 1e6);
}

}  // namespace

int main(int count, char** arguments) {
    session::RunRequest request;
    bool recording = false;
    for (int i = 1; i < count; ++i) {
        if (std::strcmp(arguments[i], "--lines") == 0)
            request.level = trace::Level::Line;
        else if (std::strcmp(arguments[i], "--off") == 0)
            request.record = false;
        else if (std::strcmp(arguments[i], "--recording") == 0)
            recording = true;
        else
            request.filename = arguments[i];
    }
    std::ifstream file(request.filename, std::ios::binary);
    request.source.assign(std::istreambuf_iterator<char>(file), {});
    const auto outcome = session::run_script(std::move(request));
    if (!outcome) return 1;
    if (recording) measure(*outcome->recording);
    const bool fine = outcome->report.end == session::RunEnd::Exit ||
                      outcome->report.end == session::RunEnd::Events;
    return fine ? outcome->report.status : 1;
}
