// What the panels say and draw: lanes, arrows, tooltips, markers, words; and that nothing of it is
// cut off, covered or late.
#include <doctest/doctest.h>

#include <utility>

#include "tests/gui/desk.hpp"
#include "tests/gui/documents.hpp"

using namespace loopglass;
using namespace loopglass::gui;
using loopglass::testing::Desk;
using loopglass::testing::document_of;
using loopglass::testing::lesson_document;
using trace::EventIndex;

namespace {

// main waits for `count` tasks that sleep on line 6, all at the same time.
trace::Recording crowd(int count) {
    trace::Recording rec(trace::Level::Switch);
    rec.info.source =
        "import asyncio\n\nasync def tick():\n    for i in range(4):\n        print(i)\n"
        "        await asyncio.sleep(0.1)\n\n"
        "names = [\"one\", \"two\", \"three\", \"four\", \"five\", \"six\", \"seven\", \"eight\", "
        "\"nine\", \"ten\"]\n\nasync def main():\n    await asyncio.gather(*all)\n";
    testing::Program main{"main", {{testing::Op::Gather, 11}}};
    std::vector<testing::Program> programs{main};
    for (int i = 1; i <= count; ++i) {
        programs[0].body[0].targets.push_back(i);
        programs.push_back({"tick", {{testing::Op::Sleep, 6, 100 * testing::kMillisecond}}});
    }
    testing::MiniLoop(rec, programs).run();
    return rec;
}

// The first event after which that many stand in line.
EventIndex when_in_line(const trace::Timeline& timeline, uint32_t count) {
    for (EventIndex i = 0; i < timeline.size(); ++i)
        if (timeline.model_at(i).ready_count() == count) return i;
    FAIL("never so many in line");
    return 0;
}

}  // namespace

TEST_CASE("a lane says when a timer rings, what else is waited for, and what rang unheard") {
    Desk desk(document_of(testing::lesson_7()));
    desk.state.apply(GoLast{});
    desk.frame();
    CHECK(desk.probe.said("timer 0.1"));
    CHECK(desk.probe.said("waits for gather(tick, bad)"));
    CHECK(desk.probe.said("bell rung, nobody to hear"));
    CHECK(desk.probe.said("stuck in bad for 0.5 s"));
    CHECK(desk.probe.said("idle until 0.1"));
    CHECK(desk.probe.count("timeline/box3blocking") == 1);
    CHECK(desk.probe.count("timeline/box1waiting") >= 1);
}

TEST_CASE("a ticket that says more below has its name whole") {
    for (const float width : {1200.0f, 1240.0f, 1280.0f, 1360.0f, 1440.0f}) {
        trace::Recording rec(trace::Level::Switch);
        rec.info.source = "\n\n\n\n\n        await asyncio.sleep(0.3)\n";
        testing::MiniLoop(rec,
                          {{"wash_up", {{testing::Op::Sleep, 6, 300 * testing::kMillisecond}}}})
            .run();
        Desk desk(document_of(std::move(rec)), width, 720);
        desk.state.settings.reduced_motion = true;
        desk.state.apply(SetClothes{trace::Clothes::Restaurant});
        for (EventIndex at = 0; at < desk.state.timeline().size(); ++at) {
            desk.state.apply(Seek{at});
            if (desk.state.model().phase(1) == trace::TaskPhase::Waiting) break;
        }
        desk.frame();
        REQUIRE(desk.probe.said("timer rings"));
        for (const auto& spoken : desk.probe.texts)
            if (spoken.text.starts_with("was")) CHECK(spoken.text.starts_with("wash_up"));
    }
}

TEST_CASE("a ticket says what its task waits for, and until when") {
    Desk desk(document_of(testing::lesson_7()));
    const trace::Recording& rec = *desk.state.document().recording;
    EventIndex at = 0;
    while (rec[at].kind != trace::EventKind::BlockedBegin) ++at;
    desk.state.apply(Seek{at});
    desk.frame();
    CHECK(desk.probe.said("sleep(0.1)"));
    CHECK(desk.probe.said("timer rings at 0.200 s"));
    CHECK(desk.probe.said("gather(tick, bad)"));
    CHECK(desk.probe.said("0 of 2 done"));
    CHECK(desk.probe.said("BLOCKING THE LOOP"));
    CHECK(desk.probe.said("keeps the turn until 0.600 s"));
}

TEST_CASE("arrows lead from who woke a task to its lane, and only into the past") {
    Desk desk(document_of(testing::lesson_7()));
    desk.state.apply(GoLast{});
    desk.state.apply(SelectTask{1});
    desk.frame();
    CHECK(desk.probe.count("timeline/arrow") >= 2);
    const Rect* arrow = desk.probe.find("timeline/arrow2");
    REQUIRE(arrow);
    CHECK(arrow->h > 0);  // from main's lane down to tick's
    desk.state.apply(GoFirst{});
    desk.frame();
    CHECK(desk.probe.count("timeline/arrow") == 0);
}

TEST_CASE("lanes that have no room are scrolled to, counted, and reached by arrows at the edge") {
    Desk desk(document_of(crowd(40)));
    desk.state.apply(GoLast{});
    desk.state.apply(SelectTask{1});
    desk.frame();
    const size_t shown = desk.probe.count("timeline/name");
    CHECK(shown < 20);
    CHECK(desk.probe.said(" / 41"));
    REQUIRE(desk.probe.find("timeline/name1"));
    CHECK_FALSE(desk.probe.find("timeline/name30"));
    CHECK(desk.probe.count("timeline/arrow") > 0);
    desk.wheel(desk.place("timeline/name2").center(), -3);
    desk.frame();
    CHECK_FALSE(desk.probe.find("timeline/name1"));
    CHECK(desk.probe.count("timeline/arrow") > 0);
    desk.state.apply(SelectTask{30});
    desk.state.apply(Seek{5});
    desk.frame();
    desk.frame();
    CHECK(desk.probe.find("timeline/name30"));
}

TEST_CASE("only tasks with something to see in the window have lanes where lanes are short") {
    Desk desk(document_of(testing::big_run(3'000, 60)));
    const double whole = desk.state.view_end();
    desk.state.apply(SetView{whole * 2, whole * 3});  // beyond the end of the run
    desk.frame();
    const auto active = desk.state.timeline().active_tasks(
        {trace::Axis::Time, static_cast<int64_t>(whole * 2), static_cast<int64_t>(whole * 3)});
    CHECK(active.size() == 60);  // none of them ever ends
    CHECK(desk.probe.said(" / 60"));
}

TEST_CASE("hovering a lane tells what it does there, as a sentence") {
    Desk desk(document_of(testing::lesson_7()));
    const Rect lanes = desk.place("timeline/lanes");
    const auto at = [&](double second, uint32_t task) {
        const double span = desk.state.view_end() - desk.state.view_begin();
        const double share = (second * 1e9 - desk.state.view_begin()) / span;
        const Rect name = desk.place("timeline/name" + std::to_string(task));
        desk.move({lanes.x + lanes.w * static_cast<float>(share), name.center().y});
        desk.frame();
        return desk.probe.tooltip;
    };
    CHECK(at(0.3, 3) == "bad blocks the loop in time.sleep(0.5) from 0.100 s to 0.600 s.");
    CHECK(at(0.05, 2).starts_with("tick waits for sleep(0.1)"));
    CHECK(at(0.3, 1).starts_with("main waits for gather(tick, bad)"));
    desk.state.apply(Seek{0});
    desk.move({10, 10});
    desk.frame();
    CHECK(desk.probe.tooltip.empty());
}

TEST_CASE("no tooltip tells what a question is about to ask") {
    Desk desk(lesson_document());
    desk.state.apply(Seek{desk.state.document().predictions[0].at});
    desk.frame();
    const Rect lanes = desk.place("timeline/lanes");
    desk.move({lanes.right() - 40, desk.place("timeline/name2").center().y});
    desk.frame();
    CHECK(desk.probe.tooltip.empty());
    for (const Spoken& spoken : desk.probe.texts) CHECK(spoken.text != "unblock");
}

TEST_CASE("how many stand in line is a number at the focus and a skyline over the run") {
    Desk desk(document_of(testing::lesson_7()));
    const EventIndex two = when_in_line(desk.state.timeline(), 2);
    desk.state.apply(SetAxis{trace::Axis::Events});
    desk.state.apply(Seek{two});
    desk.frame();
    CHECK(desk.probe.said("2 in line"));
    CHECK(desk.probe.find("timeline/in line2"));
    const Rect high = *desk.probe.find("timeline/in line2");
    const Rect* low = desk.probe.find("timeline/in line1");
    REQUIRE(low);
    CHECK(high.h > low->h);
    desk.state.apply(GoLast{});
    desk.frame();
    CHECK(desk.probe.said("0 in line"));
}

TEST_CASE("markers share the gutter and leave the line's number clear") {
    for (const int count : {1, 2, 5, 30}) {
        CAPTURE(count);
        Desk desk(document_of(crowd(count)));
        const trace::Timeline& timeline = desk.state.timeline();
        EventIndex at = 0;
        while (timeline.model_at(at).task(static_cast<trace::TaskId>(count) + 1).phase !=
               trace::TaskPhase::Waiting)
            ++at;
        desk.state.apply(Seek{at});
        desk.frame();
        const Spoken* number = nullptr;
        const Rect line = desk.place("code/line6");
        for (const Spoken& spoken : desk.probe.texts)
            if (spoken.text == "6" && spoken.rect.y > line.y && spoken.rect.y < line.bottom())
                number = &spoken;
        REQUIRE(number);
        for (const Probe::Mark& mark : desk.probe.marks)
            if (mark.name.starts_with("code/marker") || mark.name.starts_with("code/more"))
                CHECK(mark.rect.right() <= number->rect.x);
        CHECK(desk.probe.find("code/marker2"));
        if (count < 3) continue;
        CHECK(desk.probe.said("+" + std::to_string(count - 1)));
        desk.move(desk.place("code/more6").center());
        desk.frame();
        CHECK(desk.probe.tooltip.find("stand on this line") != std::string::npos);
        desk.click("code/more6");
        CHECK(desk.state.selected() == 2);
        desk.click("code/more6");
        CHECK(desk.state.selected() == 3);
    }
}

TEST_CASE("a line of code too long for its panel goes on below") {
    Desk desk(document_of(crowd(1)), 1280, 720);
    size_t rows = 0;
    for (const Probe::Mark& mark : desk.probe.marks) rows += mark.name.starts_with("code/line8");
    CHECK(rows >= 2);
    const Rect edit = desk.place("code/edit");
    for (const Spoken& spoken : desk.probe.texts)
        if (spoken.text.find("ten") != std::string::npos)
            CHECK(spoken.rect.right() <= edit.right() + 12);
}

TEST_CASE("what a key does is in the very frame that follows it") {
    Desk desk(document_of(testing::lesson_7()));
    REQUIRE(desk.probe.said("event 1 / "));
    desk.set_key(ImGuiKey_RightArrow, true);  // one frame
    const std::string now = "event " + std::to_string(desk.state.focus() + 1) + " / ";
    CHECK(desk.state.focus() > 0);
    CHECK(desk.probe.said(now));
    CHECK(desk.probe.said(desk.state.sentence().substr(0, 12)));
    desk.set_key(ImGuiKey_RightArrow, false);
    desk.type("?");
    CHECK(desk.probe.said("Keys"));
}

TEST_CASE("nothing is written outside the window, and no button covers another") {
    for (const auto& [width, height] : {std::pair{1280.0f, 720.0f},
                                        {1440.0f, 900.0f},
                                        {1000.0f, 562.0f},
                                        {1200.0f, 675.0f},
                                        {900.0f, 562.0f}}) {
        CAPTURE(width);
        Desk desk(lesson_document(), width, height);
        desk.state.settings.reduced_motion = true;
        for (EventIndex at = 0; at < desk.state.timeline().size(); ++at) {
            desk.state.apply(Seek{at});
            desk.frame();
            for (const Spoken& spoken : desk.probe.texts) {
                CAPTURE(spoken.text);
                CHECK(spoken.rect.x >= 0);
                CHECK(spoken.rect.right() <= width + 1);
            }
            const Rect jump = desk.place("transport/clock jump");
            const Spoken* place =
                desk.probe.said(" / " + std::to_string(desk.state.timeline().size()));
            REQUIRE(place);
            CHECK(jump.right() <= place->rect.x);
            if (desk.state.model().running()) CHECK(desk.place("loop/running").h >= 26);
        }
    }
}
