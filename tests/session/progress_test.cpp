// The record of progress: kept, merged into reports, and never lost.
#include "runtime/session/progress.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "runtime/session/report.hpp"

namespace session = loopglass::session;
namespace fs = std::filesystem;

namespace {

session::Checkpoint question() {
    session::Checkpoint out;
    out.key = "1";
    out.choices = {{"a", session::Rule::None},
                   {"b", session::Rule::AwaitOverlaps},
                   {"c", session::Rule::LastInFirstOut}};
    return out;
}

// A folder that is gone after the test.
struct Folder {
    fs::path path =
        fs::temp_directory_path() / ("loopglass-progress-" + std::to_string(::getpid()));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
    [[nodiscard]] std::string file(const char* name) const { return (path / name).string(); }
};

std::string text_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("answers are remembered by lesson, question and wrong idea") {
    session::Progress progress;
    progress.answered("soup", question(), {1}, true);
    const session::QuestionRecord& record = progress.lessons["soup"].questions["1"];
    CHECK(record.tries == 2);
    CHECK(record.right);
    REQUIRE(record.rules.size() == 1);
    CHECK(record.rules[0] == "await-overlaps");
    CHECK(progress.rules["await-overlaps"].offered == 1);
    CHECK(progress.rules["await-overlaps"].chosen == 1);
    CHECK(progress.rules["last-in-first-out"].offered == 1);
    CHECK(progress.rules["last-in-first-out"].chosen == 0);

    progress.pupil = "Ana \"A\" <b>";
    progress.lessons["soup"].finished = true;
    progress.lessons["soup"].goals["1"] = true;
    auto read = session::parse_progress(session::progress_text(progress), "x");
    REQUIRE(read);
    CHECK(session::progress_text(*read) == session::progress_text(progress));
}

TEST_CASE("a record is saved and opened again, folders made as needed") {
    const Folder folder;
    const std::string path = folder.file("a/b/progress.json");
    {
        session::ProgressFile file = session::ProgressFile::open(path);
        CHECK(file.trouble().empty());
        file.progress.lessons["soup"].finished = true;
        CHECK(file.save());
    }
    const session::ProgressFile again = session::ProgressFile::open(path);
    CHECK(again.trouble().empty());
    CHECK(again.progress.lessons.at("soup").finished);
}

TEST_CASE("a damaged record is kept aside and told, and nothing is lost") {
    const Folder folder;
    const std::string path = folder.file("progress.json");
    for (const char* damaged :
         {"{\n  \"loopglass progress\": 1,\n  oops", "[]", "",
          "{\"loopglass progress\": 1, \"lessons\": 7}", "{\"loopglass progress\": 99}"}) {
        CAPTURE(damaged);
        std::ofstream(path, std::ios::binary) << damaged;
        session::ProgressFile file = session::ProgressFile::open(path);
        CHECK(file.trouble().find("could not be read") != std::string::npos);
        CHECK(file.trouble().find(".damaged-") != std::string::npos);
        CHECK(file.save());
        CHECK(session::ProgressFile::open(path).trouble().empty());
    }
    CHECK(text_of(path + ".damaged-1") == "{\n  \"loopglass progress\": 1,\n  oops");
    CHECK(fs::exists(path + ".damaged-5"));
    const auto read = session::read_progress(path + ".damaged-1");
    REQUIRE_FALSE(read);
    CHECK(read.error().message.find(":3: ") != std::string::npos);
}

TEST_CASE("reports merge several pupils") {
    session::Progress ana, ben;
    ana.answered("soup", question(), {1, 2}, false);
    ben.answered("soup", question(), {1}, true);
    ben.lessons["soup"].finished = true;
    const std::vector<session::Pupil> pupils = {{"=Ana", ana}, {"Ben <b>", ben}};
    const std::string csv = session::report_csv(pupils);
    CHECK(csv.find("\"'=Ana\",\"soup\",no,\"1\",2,no,\"await-overlaps; last-in-first-out\"") !=
          std::string::npos);
    CHECK(csv.find("\"Ben <b>\",\"soup\",yes,\"1\",2,yes,\"await-overlaps\"") != std::string::npos);
    const std::string html = session::report_html(pupils);
    CHECK(html.find("Ben &lt;b&gt;") != std::string::npos);
    CHECK(html.find("two awaits in a row overlap</td><td>2</td><td>2</td><td>2</td>") !=
          std::string::npos);
    CHECK(session::report_json(pupils).find("\"chosen\": 2") != std::string::npos);
}
