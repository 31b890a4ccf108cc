// Recording: append, time, texts, budget, chunk recycling, hash.
#include "runtime/trace/recording.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "runtime/trace/chunk_pool.hpp"

using namespace loopglass::trace;

TEST_CASE("an event keeps what was appended, with the current line and the running step as cause") {
    Recording rec;
    rec.append(EventKind::LoopStarted, 0, 0, 0, LoopEntry::Run);
    const TaskId task = rec.new_task();
    const EventIndex created =
        rec.append(EventKind::TaskCreated, task, rec.text("Task-1"), rec.text("main"));
    const EventIndex queued =
        rec.append_because(created, EventKind::TaskEnqueued, task, 0, 0, EnqueueReason::New);
    rec.set_line(7);
    const EventIndex resumed = rec.append_because(queued, EventKind::TaskResumed, task);
    const EventIndex printed =
        rec.append(EventKind::Printed, task, rec.text("hi\n"), 0, Stream::Stdout);
    CHECK(rec[printed].cause == resumed);
    CHECK(rec[printed].line == 7);
    CHECK(rec.text_of(rec[printed].object) == "hi\n");
    rec.append(EventKind::TaskDone, task);
    const EventIndex iteration = rec.append(EventKind::IterationEnd, 1);
    CHECK(rec[iteration].cause == kNoEvent);
    CHECK(rec[iteration].line == 0);
    CHECK(rec.output(Stream::Stdout) == "hi\n");
    CHECK(rec.output(Stream::Stderr).empty());
}

TEST_CASE(
    "the time of an event is the clock at its append, however far the clock has moved since") {
    Recording rec;
    for (int64_t i = 0; i < 20'000; ++i) {
        if (i % 3 == 0) rec.set_now(i * 1'000'000'000);
        if (i % 1000 == 999) rec.set_now(i * 1'000'000'000 + 5);
        rec.append(EventKind::IterationBegin, 1);
    }
    for (uint32_t i = 0; i < rec.size(); ++i) {
        int64_t expected = (i - i % 3) * int64_t{1'000'000'000};
        for (uint32_t j = i - i % 3; j <= i; ++j) {
            if (j % 1000 == 999) expected = j * int64_t{1'000'000'000} + 5;
        }
        REQUIRE(rec.time(i) == expected);
    }
    CHECK(rec.first_at(0) == 0);
    CHECK(rec.first_at(3'000'000'000) == 3);
    CHECK(rec.first_at(3'000'000'001) == 6);
    CHECK(rec.first_at(int64_t{1} << 62) == rec.size());
}

TEST_CASE(
    "a recording says it is full at its budget, takes the closing events and counts what it "
    "drops") {
    Recording rec(Level::Switch, 10);
    for (int i = 0; i < 10; ++i) {
        CHECK_FALSE(rec.full());
        rec.append(EventKind::IterationBegin, 1);
    }
    rec.append(EventKind::LoopStopped);
    CHECK(rec.full());
    CHECK(rec.size() == 11);
    for (int i = 0; i < 5000; ++i) rec.append(EventKind::IterationBegin, 1);
    CHECK(rec.size() == 10 + Recording::kClosingEvents);
    CHECK(rec.dropped() == 5001 - Recording::kClosingEvents);
    rec.finish(EndReason::EventBudget, 1, "too long");
    CHECK(rec[rec.size() - 1].kind == EventKind::Gap);
    CHECK(rec.wide_of(rec[rec.size() - 1].arg) == 5001 - Recording::kClosingEvents + 1);
    CHECK(rec.info.end == EndReason::EventBudget);
}

TEST_CASE("texts are stored once and numbered in order of first use") {
    TextTable texts;
    CHECK(texts.intern("") == 0);
    CHECK(texts.intern("a") == 1);
    CHECK(texts.intern("b") == 2);
    CHECK(texts.intern("a") == 1);
    const std::string name = "worker";
    CHECK(texts.intern_pinned(name) == 3);
    CHECK(texts.intern_pinned(name) == 3);
    CHECK(texts[3] == "worker");
    CHECK(texts[99].empty());
    for (int i = 0; i < 5000; ++i)
        CHECK(texts.intern("t" + std::to_string(i)) == 4u + static_cast<unsigned>(i));
    CHECK(texts.find("t4321") == 4325);
    CHECK(texts.find("nobody") == 0);
    const TextId big = texts.intern(std::string(100'000, 'x'));
    CHECK(big == texts.size() - 1);
    CHECK(texts[big].size() == 100'000);
}

TEST_CASE("chunks of an ended recording are used again") {
    {
        Recording rec;
        for (uint32_t i = 0; i < 1'500'000; ++i) rec.append(EventKind::IterationBegin, i);
    }
    const size_t chunks = idle_chunks(), slabs = idle_slabs();
    CHECK(chunks >= 1);
    CHECK(slabs >= 2);
    Recording rec;
    for (uint32_t i = 0; i < 1'000'000; ++i) rec.append(EventKind::IterationBegin, i);
    CHECK(idle_chunks() == chunks - 1);
    CHECK(idle_slabs() < slabs);
    Recording moved = std::move(rec);
    CHECK(moved.size() == 1'000'000);
    CHECK(moved[5000].subject == 5000);
    CHECK(moved[999'999].subject == 999'999);
    CHECK(moved.memory_bytes() < size_t{8} << 20);
}

TEST_CASE("every field of an event comes back as it was, however large") {
    constexpr uint32_t kValues[] = {0, 1, 255, 256, 65'535, 1u << 24, 0x7FFFFFFF, 0x80000001u};
    Recording rec;
    std::vector<Event> written;
    uint32_t dice = 1;
    const auto throw_dice = [&dice] { return (dice = dice * 1664525 + 1013904223) >> 24; };
    for (uint32_t i = 0; i < 3 * kChunkEvents + 100; ++i) {
        // Each chunk has larger values than the one before.
        const auto value = [&] { return kValues[throw_dice() % (2 + 2 * (i >> kChunkShift))]; };
        const Event event{value(),
                          value(),
                          value(),
                          throw_dice() % 2 || i == 0 ? kNoEvent : throw_dice() % i,
                          static_cast<uint16_t>(value()),
                          EventKind::Printed,
                          static_cast<uint8_t>(throw_dice() % 2)};
        written.push_back(event);
        rec.set_line(event.line);
        rec.append_because(event.cause, event.kind, event.subject, event.object, event.arg,
                           event.detail);
    }
    const auto wrong = [&] {
        uint32_t count = 0;
        for (uint32_t i = 0; i < rec.size(); ++i) count += !(rec[i] == written[i]);
        return count;
    };
    CHECK(wrong() == 0);
    rec.finish(EndReason::Completed, 0);
    CHECK(wrong() == 0);
}

TEST_CASE("equal runs hash equally at both levels, different ones do not") {
    const auto run = [](Level level, const char* text, uint64_t seed) {
        Recording rec(level);
        rec.info.seed = seed;
        rec.append(EventKind::LoopStarted);
        if (rec.lines_on()) rec.append(EventKind::LineExecuted, 1);
        if (rec.lines_on()) rec.append(EventKind::VariableChanged, 1, rec.text("x"), rec.text("1"));
        const EventIndex resumed = rec.append(EventKind::TaskResumed, 1);
        rec.append_because(resumed, EventKind::Printed, 1, rec.text(text));
        rec.set_now(5);
        rec.append(EventKind::LoopStopped);
        return rec.hash();
    };
    CHECK(run(Level::Switch, "a", 0) == run(Level::Line, "a", 0));
    CHECK(run(Level::Switch, "a", 0) != run(Level::Switch, "b", 0));
    CHECK(run(Level::Switch, "a", 0) != run(Level::Switch, "a", 1));
    CHECK(Recording::short_hash(0x7F3A) == "7F3A");
    CHECK(Recording::short_hash(run(Level::Switch, "a", 0)).size() == 4);
}

TEST_CASE("every kind and every detail value has a name") {
    for (unsigned k = 0; k < kKindCount; ++k) {
        const KindInfo& kind = info(static_cast<EventKind>(k));
        CHECK_FALSE(kind.text_name.empty());
        CHECK(kind.sentence.back() == '.');
        CHECK((kind.subject_type == FieldType::None) == kind.subject_name.empty());
        CHECK((kind.object_type == FieldType::None) == kind.object_name.empty());
        CHECK((kind.arg_type == FieldType::None) == kind.arg_name.empty());
        for (unsigned d = 0;
             kind.detail_type != DetailType::None && d < detail_count(kind.detail_type); ++d) {
            CHECK_FALSE(detail_name(kind.detail_type, static_cast<uint8_t>(d)).empty());
        }
    }
    CHECK(name_of(AwaitKind::QueueGet) == "QueueGet");
    CHECK(name_of(AwaitKind::Other) == "Other");
    CHECK(detail_name(DetailType::Stream, 9).empty());
}
