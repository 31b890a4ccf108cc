// Any program at all, run from its first line to its end or to a limit: nothing it does may harm
// the process, and its recording keeps the rules of recordings. Every sixteenth is run twice: the
// second run must be the same as the first.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "runtime/base/check.hpp"
#include "runtime/session/session.hpp"
#include "runtime/trace/file.hpp"
#include "runtime/trace/invariants.hpp"

using namespace loopglass;

namespace {

session::RunRequest request(std::string_view source, trace::Level level) {
    session::RunRequest wanted;
    wanted.source = source;
    wanted.filename = "fuzz.py";
    wanted.event_budget = 20'000;
    wanted.fuel = 100'000;
    wanted.output_budget = size_t{1} << 20;
    wanted.memory_budget = size_t{64} << 20;
    wanted.level = level;
    return wanted;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view source(reinterpret_cast<const char*>(data), size);
    const trace::Level level = size % 4 == 0 ? trace::Level::Line : trace::Level::Switch;
    const auto outcome = session::run_script(request(source, level));
    if (!outcome) return 0;
    const trace::Recording& recording = *outcome->recording;
    const auto problems = trace::check_invariants(recording);
    for (const trace::Violation& problem : problems)
        std::fprintf(stderr, "event %u: %s\n", problem.event, problem.sentence.c_str());
    CHECK(problems.empty(), "a recording keeps its rules");
    if (size % 16 != 0 || outcome->report.end == session::RunEnd::Memory) return 0;
    const auto back = trace::decode(trace::encode(recording));
    CHECK(back && back->hash() == recording.hash(), "a recording survives its file");
    const auto again = session::run_script(request(source, level));
    CHECK(again && again->recording->hash() == recording.hash(), "a run is repeatable");
    return 0;
}
