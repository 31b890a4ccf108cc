// What a real run records keeps the rules of recordings: every conformance case, at both levels.
#include "runtime/trace/invariants.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "runtime/session/session.hpp"

namespace {

namespace fs = std::filesystem;
using namespace loopglass;

#ifdef __SANITIZE_ADDRESS__
constexpr size_t kEvery = 24;  // all of them take minutes there
#else
constexpr size_t kEvery = 1;
#endif

[[nodiscard]] std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

[[nodiscard]] std::vector<fs::path> cases() {
    std::vector<fs::path> found;
    for (const auto& entry :
         fs::directory_iterator(fs::path(LOOPGLASS_SOURCE_DIR) / "tests/conformance/cases"))
        if (entry.path().extension() == ".py") found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

void check_case(const fs::path& path, trace::Level level) {
    INFO(path.filename().string());
    session::RunRequest request;
    request.source = read(path);
    request.filename = path.filename().string();
    request.event_budget = 20'000;
    request.level = level;
    const auto outcome = session::run_script(std::move(request));
    if (!outcome) return;  // programs that do not parse are there too
    const auto problems = trace::check_invariants(*outcome->recording);
    if (!problems.empty())
        FAIL_CHECK(problems.front().sentence << " at " << problems.front().event);
}

}  // namespace

TEST_CASE("every conformance case's recording keeps the rules of recordings") {
    const auto all = cases();
    REQUIRE(all.size() > 200);
    for (size_t i = 0; i < all.size(); i += kEvery) {
        check_case(all[i], trace::Level::Switch);
        check_case(all[i], trace::Level::Line);
    }
}
