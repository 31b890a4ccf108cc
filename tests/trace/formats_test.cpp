// Writers and readers: round trips, golden forms, and that damaged input is refused and never
// crashes.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "runtime/trace/chrome.hpp"
#include "runtime/trace/file.hpp"
#include "runtime/trace/hash.hpp"
#include "runtime/trace/invariants.hpp"
#include "runtime/trace/text_form.hpp"
#include "tests/support/synthetic_recording.hpp"

using namespace loopglass::trace;
using namespace loopglass::testing;

namespace {

std::string first_difference(const Recording& a, const Recording& b) {
    if (a.size() != b.size()) return "sizes";
    if (!(a.info == b.info)) return "info";
    if (a.level() != b.level()) return "level";
    for (EventIndex i = 0; i < a.size(); ++i) {
        if (a.time(i) != b.time(i) || event_text(a, i) != event_text(b, i))
            return event_text(a, i) + " / " + event_text(b, i);
    }
    return a.hash() == b.hash() ? "" : "hash";
}

}  // namespace

TEST_CASE("the text form reads as designed") {
    const Recording rec = lesson_7();
    const std::string text = write_text(rec);
    CHECK(text.starts_with("loopglass-trace 1\nlevel: switch\n"));
    CHECK(text.find("0.000 task-created Main task=1 name=\"Task-1\" function=\"main\"\n") !=
          std::string::npos);
    CHECK(text.find("0.000 task-suspended Gather task=1 object=1 future=f1 line=15 cause=-") !=
          std::string::npos);
    CHECK(text.find("0.100 blocked task=3 call=\"time.sleep(0.5)\" until=0.600 line=11") !=
          std::string::npos);
    CHECK(text.find("0.600 clock Blocked moved=0.500") != std::string::npos);
}

TEST_CASE("text and file give back the recording they were given") {
    for (uint32_t seed = 0; seed < 60; ++seed) {
        const Recording rec = seed == 0
                                  ? lesson_7(Level::Line)
                                  : random_run(seed, seed % 2 == 0 ? Level::Line : Level::Switch);
        const std::string text = write_text(rec);
        const auto read = read_text(text);
        REQUIRE_MESSAGE(static_cast<bool>(read), (read ? std::string() : read.error().message));
        REQUIRE(first_difference(rec, *read) == "");
        REQUIRE(write_text(*read) == text);
        const auto decoded = decode(encode(rec));
        REQUIRE_MESSAGE(static_cast<bool>(decoded),
                        (decoded ? std::string() : decoded.error().message));
        REQUIRE(first_difference(rec, *decoded) == "");
        REQUIRE(encode(*decoded) == encode(rec));
    }
}

TEST_CASE("odd texts survive every form") {
    Recording rec;
    using namespace std::string_literals;
    const std::string odd = "quote\" back\\ tab\t nul\0 newline\n \xff\xfe é 🎭"s;
    rec.append(EventKind::Printed, 0, rec.text(odd), 0, Stream::Stderr);
    rec.append(EventKind::Gap, 0, 0, rec.wide(-5));
    rec.info.source = odd;
    rec.finish(EndReason::Failed, -3, odd);
    const auto read = read_text(write_text(rec));
    REQUIRE(read);
    CHECK(first_difference(rec, *read) == "");
    const auto decoded = decode(encode(rec));
    REQUIRE(decoded);
    CHECK(first_difference(rec, *decoded) == "");
    std::string json;
    append_json(json, "a\x80\"\n\x01é");
    CHECK(json == "\"a\xEF\xBF\xBD\\\"\\n\\u0001é\"");
}

TEST_CASE("numbers and sizes that variables hold are texts that are not stored") {
    Recording rec(Level::Line);
    const TextId name = rec.text("n");
    for (const auto& [id, text] : {std::pair{made_text(MadeText::Number, -12), "-12"},
                                   {made_text(MadeText::List, 3), "<list of 3>"},
                                   {made_text(MadeText::Dict, 1 << 20), "<dict of 1048576>"},
                                   {made_text(MadeText::Set, 0), "<set of 0>"}}) {
        CHECK(rec.text_of(id) == text);
        CHECK(made_text_of(text) == id);
        rec.append(EventKind::VariableChanged, 1, name, id);
    }
    CHECK(rec.texts().size() == 2);
    CHECK(made_text(MadeText::Number, 1 << 28) == 0);
    for (const char* other : {"", "-", "+1", "01", "-0", "1.0", "268435456", "<list of >", "<list"})
        CHECK(made_text_of(other) == 0);
    rec.finish(EndReason::Completed, 0);
    const auto read = read_text(write_text(rec));
    REQUIRE(read);
    CHECK(first_difference(rec, *read) == "");
    const auto decoded = decode(encode(rec));
    REQUIRE(decoded);
    CHECK(first_difference(rec, *decoded) == "");
}

TEST_CASE("errors of the text form name the place") {
    const auto message = [](std::string_view text) {
        const auto read = read_text(text);
        REQUIRE_FALSE(static_cast<bool>(read));
        return std::to_string(read.error().where.line) + ":" +
               std::to_string(read.error().where.column) + " " + read.error().message;
    };
    CHECK(message("hello") == "1:5 this is not a loopglass trace");
    CHECK(message("loopglass-trace 9\n") ==
          "1:17 this trace has version 9, which this program does not know");
    CHECK(message("loopglass-trace 1\n\n0.0 nonsense\n") ==
          "3:12 there is no kind of event 'nonsense'");
    CHECK(message("loopglass-trace 1\n\n1.0 loop-started Run\n0.5 loop-started Run\n") ==
          "4:3 the clock goes back");
    CHECK(message("loopglass-trace 1\n\n0.0 task-resumed task=0\n") ==
          "3:23 task-resumed names no task");
    CHECK(
        message("loopglass-trace 1\n\n0.0 task-resumed task=1 cause=-1\n").find("earlier event") !=
        std::string::npos);
    CHECK(message("loopglass-trace 1\n\n0.0 print Stdout text=\"a\n").find("not closed") !=
          std::string::npos);
    CHECK(message("loopglass-trace 1\n\n0.0 task-resumed task=4000000000\n").find("out of range") !=
          std::string::npos);
}

TEST_CASE("a damaged file is refused, whichever byte is wrong") {
    const std::string good = encode(lesson_7());
    for (size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 0x20);
        CHECK_FALSE(static_cast<bool>(decode(bad)));
        CHECK_FALSE(static_cast<bool>(decode(std::string_view(good).substr(0, i))));
    }
    CHECK_FALSE(static_cast<bool>(decode(good + "x")));
    CHECK(load("/nonexistent/file.loopglass").error().message.find("cannot open") == 0);
}

TEST_CASE("whatever passes the reader can be folded, drawn and exported") {
    std::mt19937 random(5);
    const std::string good = write_text(random_run(21, Level::Line));
    int accepted = 0;
    for (int round = 0; round < 1500; ++round) {
        std::string bad = good;
        for (int edits = 1 + static_cast<int>(random() % 4); edits > 0; --edits) {
            const size_t at = random() % bad.size();
            switch (random() % 4) {
                case 0:
                    bad[at] = static_cast<char>("0123456789 \n=-f"[random() % 15]);
                    break;
                case 1:
                    bad.erase(at, random() % 60);
                    break;
                case 2:
                    bad.insert(at, bad.substr(random() % bad.size(), random() % 60));
                    break;
                default: {  // drop or double a whole line
                    const size_t start = bad.find('\n', at);
                    if (start == std::string::npos) break;
                    const size_t end = bad.find('\n', start + 1);
                    if (end == std::string::npos) break;
                    if (random() % 2 == 0)
                        bad.erase(start, end - start);
                    else
                        bad.insert(end, bad.substr(start, end - start));
                }
            }
        }
        const auto read = read_text(bad);
        if (!read) continue;
        ++accepted;
        static_cast<void>(check_invariants(*read));
        const Timeline timeline(*read);
        std::vector<Box> boxes;
        for (TaskId id = 0; id <= std::min(timeline.task_count(), 20u); ++id) {
            timeline.boxes(id, {Axis::Time, 0, read->duration() + 1, 200, 3}, boxes);
            timeline.boxes(id, {Axis::Events, 0, read->size(), 200, 3}, boxes);
        }
        static_cast<void>(write_chrome(timeline));
        REQUIRE(decode(encode(*read)));
    }
    CHECK(accepted > 20);
}

TEST_CASE("save is atomic and load gives it back") {
    const std::string name = "loopglass-test-" + std::to_string(::getpid()) + ".loopglass";
    const std::string path = std::filesystem::temp_directory_path() / name;
    const Recording rec = lesson_7();
    REQUIRE_FALSE(save(rec, path).has_value());
    const auto back = load(path);
    REQUIRE(back);
    CHECK(first_difference(rec, *back) == "");
    std::remove(path.c_str());
    CHECK(save(rec, "/nonexistent/x.loopglass").has_value());
}

TEST_CASE("a large recording takes at most four bytes an event on disk") {
    const Recording rec = big_run(500'000, 1000);
    const std::string bytes = encode(rec);
    CHECK(bytes.size() < rec.size() * 4);
    const auto back = decode(bytes);
    REQUIRE(back);
    CHECK(back->hash() == rec.hash());
}

TEST_CASE("JSON lines hold one object an event") {
    const Recording rec = lesson_7();
    const std::string lines = write_jsonl(rec);
    CHECK(static_cast<uint32_t>(std::count(lines.begin(), lines.end(), '\n')) == rec.size() + 1);
    CHECK(lines.find("\"kind\":\"print\",\"detail\":\"Stdout\",\"task\":2,\"text\":\"tick "
                     "0\\n\",\"line\":5") != std::string::npos);
}

namespace {

// Enough of a JSON reader for flat checks: the value of "key": in one line.
std::string value_of(const std::string& line, const std::string& key) {
    const size_t at = line.find("\"" + key + "\":");
    if (at == std::string::npos) return "";
    const size_t start = at + key.size() + 3;
    const size_t end =
        line.find_first_of(",}", line[start] == '"' ? line.find('"', start + 1) : start);
    return line.substr(start, end - start);
}

}  // namespace

TEST_CASE("the Chrome export obeys the importer's rules") {
    for (uint32_t seed = 0; seed < 20; ++seed) {
        const Recording rec = seed == 0 ? lesson_7() : random_run(seed);
        const Timeline timeline(rec);
        for (const Axis axis : {Axis::Time, Axis::Events}) {
            const std::string json = write_chrome(timeline, {axis});
            std::map<std::string, int> depth;
            std::set<std::string> started, finished;
            size_t at = 0;
            while (at < json.size()) {
                const size_t end = json.find('\n', at);
                const std::string line = json.substr(at, end - at);
                at = end + 1;
                const std::string phase = value_of(line, "ph");
                const std::string tid = value_of(line, "tid");
                if (phase == "\"B\"") ++depth[tid];
                if (phase == "\"E\"") REQUIRE(--depth[tid] >= 0);
                if (phase == "\"s\"") {
                    REQUIRE(depth[tid] > 0);
                    REQUIRE(started.insert(value_of(line, "id")).second);
                }
                if (phase == "\"f\"") {
                    REQUIRE(depth[tid] > 0);
                    REQUIRE(finished.insert(value_of(line, "id")).second);
                }
                if (!tid.empty()) REQUIRE(tid != "0");
            }
            for (const auto& [tid, open] : depth) REQUIRE(open == 0);
            REQUIRE(started == finished);
            REQUIRE(json.starts_with("{\"displayTimeUnit\":\"ns\""));
        }
    }
}
