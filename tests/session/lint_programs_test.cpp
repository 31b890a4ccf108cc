// Every lint has a program that it speaks of and one, mended, that it is silent about.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "runtime/session/session.hpp"
#include "runtime/trace/lint.hpp"

namespace session = loopglass::session;
namespace trace = loopglass::trace;

namespace {

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The gap of L25 is where a recording was full.
uint32_t budget_for(std::string_view id) {
    return id == "L25" ? 300 : 300'000;
}

bool finds(const std::filesystem::path& path, std::string_view id) {
    session::RunRequest request;
    request.source = read(path);
    request.filename = path.filename().string();
    request.level = trace::Level::Line;
    request.until = 20;
    request.event_budget = budget_for(id);
    auto outcome = session::run_script(std::move(request));
    REQUIRE_MESSAGE(outcome, path.string());
    const trace::Timeline timeline(*outcome->recording);
    const auto all = trace::lint(timeline);
    return std::any_of(all.begin(), all.end(),
                       [&](const trace::Finding& finding) { return finding.lint->id == id; });
}

}  // namespace

TEST_CASE("every lint speaks of its bad program and is silent about the mended one") {
    const std::filesystem::path folder = LOOPGLASS_SOURCE_DIR "/tests/lints";
    for (const trace::LintInfo& lint : trace::all_lints()) {
        const std::string id(lint.id);
        CAPTURE(id);
        CHECK(finds(folder / (id + ".bad.py"), id));
        CHECK_FALSE(finds(folder / (id + ".good.py"), id));
    }
    CHECK(trace::all_lints().size() == 25);
}
