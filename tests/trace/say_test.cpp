// The say-it line: every kind of event has its sentence in all three clothes.
#include "runtime/trace/say.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "tests/support/synthetic_recording.hpp"

using namespace loopglass::trace;
using namespace loopglass::testing;

namespace {

void check_sentence(const std::string& sentence) {
    INFO(sentence);
    const size_t because = sentence.find(", because ");
    REQUIRE(because != std::string::npos);
    CHECK(sentence.find(", because ", because + 1) == std::string::npos);
    CHECK(because > 5);
    CHECK(sentence.back() == '.');
    CHECK(sentence[sentence.size() - 2] != '.');
    CHECK(sentence.find("  ") == std::string::npos);
    CHECK(sentence.find(" ,") == std::string::npos);
    CHECK(sentence.find("because .") == std::string::npos);
}

EventIndex find(const Recording& rec, EventKind kind, uint32_t subject, int nth = 1) {
    for (EventIndex i = 0; i < rec.size(); ++i) {
        if (rec[i].kind == kind && rec[i].subject == subject && --nth == 0) return i;
    }
    return kNoEvent;
}

}  // namespace

TEST_CASE("every kind of event, with every detail, has a sentence that ends in its reason") {
    Recording rec;
    const TaskId task = rec.new_task();
    const EventIndex created =
        rec.append(EventKind::TaskCreated, task, rec.text("Task-1"), rec.text("main"));
    const EventIndex queued = rec.append_because(created, EventKind::TaskEnqueued, task);
    rec.append_because(queued, EventKind::TaskResumed, task);
    rec.append(EventKind::SyncCreated, 1, rec.text("door"), 0, SyncType::Lock);
    rec.append(EventKind::GroupCreated, 1, task, 1, GroupType::Gather);
    rec.append(EventKind::ThreadStarted, 1, rec.text("worker_0"));
    rec.append(EventKind::WorkSubmitted, 1, rec.text("fetch"));
    rec.append(EventKind::SocketOpened, 1, rec.text("127.0.0.1:40001"));
    rec.set_line(3);
    for (unsigned k = 0; k < kKindCount; ++k) {
        const auto kind = static_cast<EventKind>(k);
        if (kind == EventKind::TaskCreated || kind == EventKind::Gap) continue;
        for (unsigned d = 0; d < detail_count(info(kind).detail_type); ++d) {
            const auto value = [&](FieldType type) -> uint32_t {
                switch (type) {
                    case FieldType::None:
                        return 0;
                    case FieldType::Text:
                        return rec.text("some text");
                    case FieldType::Future:
                        return 1u | kPlainFutureBit;
                    case FieldType::Ns:
                        return rec.wide(300'000'000);
                    default:
                        return 1;
                }
            };
            rec.append(kind, value(info(kind).subject_type), value(info(kind).object_type),
                       value(info(kind).arg_type), static_cast<uint8_t>(d));
        }
    }
    rec.append(EventKind::Gap, 0, 0, rec.wide(7));
    const Timeline timeline(rec);
    std::set<EventKind> told;
    for (EventIndex i = 0; i < rec.size(); ++i) {
        told.insert(rec[i].kind);
        for (const Clothes clothes : kAllClothes) check_sentence(say(timeline, i, clothes));
        CHECK_FALSE(say_reason(timeline, i, task).empty());
    }
    CHECK(told.size() == kKindCount);
}

TEST_CASE("the lesson is told as the window tells it") {
    const Recording rec = lesson_7();
    const Timeline timeline(rec);
    CHECK(say(timeline, find(rec, EventKind::BlockedBegin, 3)) ==
          "bad is inside time.sleep(0.5) and keeps the turn; tick must wait for it, because only "
          "the running task can "
          "give the turn back.");
    CHECK(say(timeline, find(rec, EventKind::TaskResumed, 2, 2)) ==
          "tick gets the turn, because its timer rang at 0.100 s and it is now first in line.");
    CHECK(say(timeline, find(rec, EventKind::TaskResumed, 2, 3)) ==
          "tick gets the turn, because its timer rang at 0.200 s with nobody to hear it before "
          "0.600 s and it is now first in line.");
    CHECK(say(timeline, find(rec, EventKind::TaskSuspended, 2)) ==
          "tick gives the turn back and waits for sleep(0.1), because its timer rings at 0.100 s.");
    CHECK(say(timeline, find(rec, EventKind::TaskSuspended, 1)) ==
          "main gives the turn back and waits for gather(tick, bad), because it is not finished: 0 "
          "of 2 done.");
    CHECK(say(timeline, find(rec, EventKind::TaskResumed, 3), Clothes::Restaurant) ==
          "bad gets the waiter, because it was created and is now first on the rail.");
    CHECK(say(timeline, find(rec, EventKind::TaskSuspended, 3), Clothes::Theatre) ==
          "bad leaves the stage and waits for sleep(0.1), because its timer rings at 0.100 s.");
    CHECK(say(timeline, kNoEvent) ==
          "Nothing has happened yet, because the run begins with the next step.");
}

TEST_CASE("what a thread or a callback prints is not said of the script") {
    Recording rec;
    rec.append(EventKind::ThreadStarted, 1, rec.text("worker_0"));
    rec.append(EventKind::Printed, 0, rec.text("peeled\n"), 1, Stream::Stdout);
    rec.append(EventKind::Printed, 0, rec.text("closed\n"), 0, Stream::Stdout);
    const Timeline timeline(rec);
    CHECK(say(timeline, 1).starts_with("The thread worker_0 prints \"peeled\""));
    CHECK(say(timeline, 2).starts_with("The script prints \"closed\""));
}

TEST_CASE("random runs are told without a stumble") {
    for (uint32_t seed = 0; seed < 30; ++seed) {
        const Recording rec = random_run(seed, Level::Line);
        const Timeline timeline(rec);
        Model model(rec);
        for (EventIndex i = 0; i < rec.size(); ++i) {
            timeline.seek(model, i);
            check_sentence(say(timeline, model, i, kAllClothes[i % 3]));
        }
    }
}
