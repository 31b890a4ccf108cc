// Recordings are the same in every build, byte for byte: a sample of the conformance cases, run
// here (release, debug, sanitizers, whichever compiler), against hashes stored once. All of them:
// scripts/same-recordings. After a change that is meant to change recordings:
//     LOOPGLASS_STORE_RECORDINGS=1 test_session -tc="recordings of a sample*"
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "runtime/session/session.hpp"
#include "runtime/trace/hash.hpp"
#include "runtime/trace/text_form.hpp"

namespace {

namespace fs = std::filesystem;
using namespace loopglass;

const fs::path kCases = fs::path(LOOPGLASS_SOURCE_DIR) / "tests/conformance/cases";
const fs::path kStored = fs::path(LOOPGLASS_SOURCE_DIR) / "tests/session/recording_hashes.txt";
constexpr size_t kEvery = 8;  // of the cases in alphabetical order

[[nodiscard]] std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

[[nodiscard]] std::string hash_of(const fs::path& path) {
    session::RunRequest request;
    request.source = read(path);
    request.filename = path.filename().string();
    const auto outcome = session::run_script(std::move(request));
    if (!outcome) return "refused";
    char text[17];
    std::snprintf(text, sizeof text, "%016llx",
                  static_cast<unsigned long long>(
                      trace::stable_hash(trace::write_text(*outcome->recording))));
    return text;
}

[[nodiscard]] std::vector<fs::path> sample() {
    std::vector<fs::path> cases, chosen;
    for (const auto& entry : fs::directory_iterator(kCases))
        if (entry.path().extension() == ".py") cases.push_back(entry.path());
    std::sort(cases.begin(), cases.end());
    for (size_t i = 0; i < cases.size(); i += kEvery) chosen.push_back(cases[i]);
    return chosen;
}

void store() {
    std::ofstream file(kStored);
    for (const fs::path& path : sample())
        file << hash_of(path) << ' ' << path.filename().string() << '\n';
}

TEST_CASE("recordings of a sample of programs are what every other build makes of them") {
    if (std::getenv("LOOPGLASS_STORE_RECORDINGS") != nullptr) store();
    std::ifstream file(kStored);
    std::string hash, name;
    int count = 0;
    for (; file >> hash >> name; ++count) {
        INFO(name);
        CHECK(hash_of(kCases / name) == hash);
    }
    CHECK(count >= 30);
}

}  // namespace
