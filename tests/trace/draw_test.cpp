// The timeline as text.
#include <doctest/doctest.h>

#include <sstream>
#include <string>

#include "runtime/trace/draw_text.hpp"
#include "tests/support/synthetic_recording.hpp"

using namespace loopglass::trace;
using namespace loopglass::testing;

TEST_CASE("the lesson's timeline can be read in a terminal") {
    const Recording rec = lesson_7();
    const Timeline timeline(rec);
    DrawOptions options;
    options.width = 90;
    options.unicode = false;
    const std::string picture = draw_timeline(timeline, options);
    INFO("\n" << picture);
    CHECK(picture.find("stuck in bad") != std::string::npos);
    CHECK(picture.find("@ time.sleep(0.5) @") != std::string::npos);
    CHECK(picture.find("/ gather(tick, bad) /") != std::string::npos);
    CHECK(picture.find("!!!!") != std::string::npos);
    CHECK(picture.find("\x1b") == std::string::npos);
    for (const char c : picture) CHECK(static_cast<unsigned char>(c) < 0x80);
    options.color = true;
    options.unicode = true;
    options.focus = 20;
    CHECK(draw_timeline(timeline, options).find("▼") != std::string::npos);
    CHECK(draw_timeline(timeline, options).find("\x1b[31m") != std::string::npos);
}

TEST_CASE("no line is wider than asked for, on either axis, for any run") {
    for (uint32_t seed = 0; seed < 40; ++seed) {
        const Recording rec = random_run(seed);
        const Timeline timeline(rec);
        DrawOptions options;
        options.width = 40 + seed;
        options.axis = seed % 2 == 0 ? Axis::Time : Axis::Events;
        options.most_lanes = 5;
        std::istringstream lines(draw_timeline(timeline, options));
        for (std::string line; std::getline(lines, line);)
            REQUIRE(text_columns(line) <= options.width);
    }
    const Recording nothing;
    CHECK_FALSE(draw_timeline(Timeline(nothing)).empty());
    CHECK(draw_table(Timeline(nothing)) == "nothing was recorded\n");
}

TEST_CASE("the table tells state and numbers of each task") {
    const Recording rec = lesson_7();
    const Timeline timeline(rec);
    CHECK(draw_table(timeline) ==
          "   task  state  steps  running  ready  waiting  for\n"
          "M  main  done       2    0.000  0.000    0.800\n"
          "T  tick  done       5    0.000  0.000    0.800\n"
          "B  bad   done       2    0.500  0.000    0.100\n");
    EventIndex blocked = 0;
    while (rec[blocked].kind != EventKind::BlockedBegin) ++blocked;
    CHECK(draw_table(timeline, blocked)
              .find("T  tick  waiting      2    0.000  0.000    0.100  sleep(0.1): timer rings at "
                    "0.200 s\n") != std::string::npos);
}

TEST_CASE("what lies beyond the horizon is not drawn") {
    const Recording recording = lesson_7();
    Timeline timeline(recording);
    timeline.update();
    const std::string whole = draw_timeline(timeline, {.legend = false});
    CHECK(whole.find("time.sleep(0.5)") != std::string::npos);
    const EventIndex first = timeline.prints().at(1);  // at 0.1 s, before the long call
    const std::string part = draw_timeline(timeline, {.legend = false, .horizon = first});
    CHECK(part.find("time.sleep(0.5)") == std::string::npos);
    CHECK(part.find("0.6") == std::string::npos);
    CHECK(part.find("bad") != std::string::npos);  // the lane is there, empty
}
