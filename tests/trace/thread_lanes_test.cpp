// Lanes of threads: what is worked on, where it waits, and who has none.
#include "runtime/trace/thread_lanes.hpp"

#include <doctest/doctest.h>

using namespace loopglass::trace;

TEST_CASE("a worker's lane shows its function, its waits and nothing of its idle time") {
    Recording rec;
    rec.append(EventKind::WorkSubmitted, 1, rec.text("peel"));
    rec.append(EventKind::ThreadStarted, 1, rec.text("hand"));
    const EventIndex began = rec.append(EventKind::WorkBegan, 1, 1);
    const EventIndex blocked =
        rec.append(EventKind::ThreadBlocked, 1, rec.text("time.sleep(0.3)"), rec.wide(300'000'000));
    const EventIndex on = rec.append(EventKind::ThreadContinues, 1);
    const EventIndex ended = rec.append(EventKind::WorkEnded, 1, 1);
    rec.append(EventKind::ThreadBlocked, 1, rec.text("lock.acquire"), rec.wide(-1));
    rec.append(EventKind::ThreadStarted, 2, rec.text("helper"));
    const auto lanes = thread_lanes(rec);
    REQUIRE(lanes.size() == 1);
    CHECK(lanes[0].name == "hand");
    REQUIRE(lanes[0].spans.size() == 3);
    CHECK(lanes[0].spans[0].label == "peel");
    CHECK(lanes[0].spans[0].begin == began);
    CHECK(lanes[0].spans[1].waits);
    CHECK(lanes[0].spans[1].begin == blocked);
    CHECK(lanes[0].spans[1].end == on);
    CHECK(lanes[0].spans[2].end == ended);
}

TEST_CASE("a thread of the script's own has a lane from its first word on") {
    Recording rec;
    rec.append(EventKind::ThreadStarted, 1, rec.text("Thread-1 (work)"));
    rec.append(EventKind::Printed, 0, rec.text("hello\n"), 1, Stream::Stdout);
    const EventIndex end = rec.append(EventKind::ThreadEnded, 1);
    const auto lanes = thread_lanes(rec);
    REQUIRE(lanes.size() == 1);
    REQUIRE(lanes[0].spans.size() == 1);
    CHECK(lanes[0].spans[0].end == end);
}
