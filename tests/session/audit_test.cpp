// The picture is the truth: before every event of a run, the state folded from the events so far
// equals what the live loop holds. Only in debug builds, whose recording can be listened to.
#include <doctest/doctest.h>

#ifdef LOOPGLASS_AUDIT

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <utility>

#include "runtime/loop/event_loop.hpp"
#include "runtime/loop/future.hpp"
#include "runtime/loop/machine.hpp"
#include "runtime/loop/task.hpp"
#include "runtime/session/session.hpp"
#include "runtime/trace/timeline.hpp"

namespace fs = std::filesystem;
namespace loop = loopglass::loop;
namespace session = loopglass::session;
namespace trace = loopglass::trace;
namespace value = loopglass::value;

using trace::EventKind;

namespace {

// A place in the line: whether it is a step of a task, and the task's or handle's id.
using Place = std::pair<bool, uint32_t>;

[[nodiscard]] std::vector<Place> live_line(const loop::EventLoop& live) {
    std::vector<Place> line;
    for (size_t i = 0; i < live.ready.size(); ++i) {
        const loop::ReadyItem& item = live.ready[i];
        const bool step =
            item.kind == loop::ReadyItem::Kind::Step || item.kind == loop::ReadyItem::Kind::Wakeup;
        // A timer that was cancelled before it came up: never fired, as far as anybody can tell.
        if (!step && item.cause == trace::kNoEvent) continue;
        line.emplace_back(step, step ? value::cast<loop::Task>(item.target)->id : item.handle);
    }
    return line;
}

[[nodiscard]] std::vector<Place> folded_line(const trace::Model& model, EventKind next,
                                             uint32_t subject) {
    std::vector<Place> line;
    for (const auto* entry = model.ready_begin(); entry != model.ready_end(); ++entry)
        line.emplace_back(entry->kind == trace::ReadyEntry::Kind::Step, entry->id);
    // Who gets the turn has left the line by the time this is told.
    const bool step = next == EventKind::TaskResumed;
    if (step || next == EventKind::CallbackBegin || next == EventKind::CallbackSkipped) {
        if (!line.empty() && line.front() == Place(step, subject)) line.erase(line.begin());
    }
    return line;
}

[[nodiscard]] std::set<uint32_t> live_timers(const loop::EventLoop& live) {
    std::set<uint32_t> timers;
    for (const auto& entry : live.timers.entries()) {
        if (value::is<loop::Handle>(entry.target)) {
            if (!value::cast<loop::Handle>(entry.target)->cancelled) timers.insert(entry.handle);
        } else if (value::cast<loop::Future>(entry.target)->sleep_timer !=
                   loop::SleepTimer::Cancelled) {
            timers.insert(entry.handle);
        }
    }
    return timers;
}

struct Audit {
    explicit Audit(const trace::Recording& recording) : timeline(recording) {}

    trace::Timeline timeline;
    size_t looks = 0;
    std::string fault;  // the first difference

    void differ(const trace::Recording& recording, EventKind next, std::string_view what) {
        std::ostringstream text;
        text << what << " differs before event " << recording.size() << " (kind "
             << static_cast<int>(next) << ")";
        fault = text.str();
    }

    void look(const trace::Recording& recording, EventKind next, uint32_t subject) {
        const loop::EventLoop* live = loop::running_loop();
        if (!live || !live->running || !fault.empty()) return;
        timeline.update();
        const trace::Model& model = timeline.latest();
        // One loop in one thread: with several, each holds but a part of the picture.
        if (live->iteration == 0 || model.thread_count() > 1) return;
        ++looks;
        if (live_line(*live) != folded_line(model, next, subject))
            differ(recording, next, "the line");
        std::set<uint32_t> folded;
        for (const auto& due : model.timers_by_due()) folded.insert(due.handle);
        if (next == EventKind::TimerFired || next == EventKind::TimerCancelled)
            folded.erase(subject);
        if (folded != live_timers(*live)) differ(recording, next, "the heap");
        const uint32_t begun = next == EventKind::IterationBegin ? 1 : 0;
        if (live->iteration != begun && live->iteration != model.iteration() + begun)
            differ(recording, next, "the iteration");
        // A step that has just ended still has its task entered while its waiters get in line.
        const trace::TaskPhase entered = model.phase(loop::g_task_id);
        if (!live->letting_go && loop::g_task_id != model.running() &&
            next != EventKind::TaskResumed && !trace::is_over(entered) &&
            entered != trace::TaskPhase::Waiting)
            differ(recording, next, "who runs");
        if (const std::string wrong = model.check(); !wrong.empty()) differ(recording, next, wrong);
    }
};

#ifdef __SANITIZE_ADDRESS__
constexpr size_t kEvery = 24;  // all of them take minutes there
#else
constexpr size_t kEvery = 1;
#endif

Audit* g_audit = nullptr;

[[nodiscard]] std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("before every event the folded state equals the live loop's") {
    std::vector<fs::path> scripts;
    const fs::path root = fs::path(LOOPGLASS_SOURCE_DIR) / "tests/conformance/cases";
    for (const auto& entry : fs::directory_iterator(root))
        if (entry.path().extension() == ".py") scripts.push_back(entry.path());
    std::sort(scripts.begin(), scripts.end());
    REQUIRE(scripts.size() > 50);
    size_t looks = 0;
    for (size_t i = 0; i < scripts.size(); i += kEvery) {
        const fs::path& script = scripts[i];
        session::RunRequest request;
        request.source = read(script);
        request.filename = script.filename().string();
        request.event_budget = 20'000;
        auto run = session::Session::create(std::move(request));
        if (!run) continue;  // programs that do not parse are there too
        Audit audit((*run)->recording());
        g_audit = &audit;
        trace::Recording::audit = [](const trace::Recording& recording, EventKind kind,
                                     uint32_t subject) {
            if (&recording == &g_audit->timeline.recording())
                g_audit->look(recording, kind, subject);
        };
        (*run)->run_to_end();
        trace::Recording::audit = nullptr;
        INFO(script.filename().string());
        CHECK(audit.fault == "");
        looks += audit.looks;
    }
    CHECK(looks > 1000);
}

#endif
